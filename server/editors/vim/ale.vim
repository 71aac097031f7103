" ALE, in the vimrc after the plugin and after g:ale_linters, if you set it. ALE shows findings, descriptions and fixes. Its completion
" does not match names with a colon; vim-lsp and coc.nvim do.
let g:ale_linters = get(g:, 'ale_linters', {})
for s:filetype in ['json', 'yaml', 'terraform', 'hcl']
  " ALE runs only some linters for JSON and YAML unless the list says otherwise.
  let s:linters = get(g:ale_linters, s:filetype, 'all')
  let g:ale_linters[s:filetype] = type(s:linters) == type([]) ? s:linters + ['connect-policy'] : s:linters
  call ale#linter#Define(s:filetype, {
  \ 'name': 'connect-policy',
  \ 'lsp': 'stdio',
  \ 'executable': 'connect-policy',
  \ 'command': '%e lsp',
  \ 'language': s:filetype,
  \ 'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
  \})
endfor
