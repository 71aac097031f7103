" vim-lsp, in the vimrc.
autocmd User lsp_setup call lsp#register_server({
  \ 'name': 'connect-policy',
  \ 'cmd': {server_info -> ['connect-policy', 'lsp']},
  \ 'allowlist': ['json', 'jsonc', 'yaml', 'terraform', 'hcl'],
  \ 'root_uri': {server_info -> lsp#utils#path_to_uri(
  \   lsp#utils#find_nearest_parent_file_directory(lsp#utils#get_buffer_path(), ['connect-policy.toml', '.git/']))},
  \ })
