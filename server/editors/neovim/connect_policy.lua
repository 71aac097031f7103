---@brief
---
--- https://github.com/connect-policy/connect-policy
---
--- Language server for access policies of Amazon Connect: IAM `connect:` actions and security profile permissions in JSON, YAML
--- (CloudFormation, SAM, Serverless) and Terraform. It can run next to the servers of these languages.
---
--- Install it with `:MasonInstall connect-policy`, or from a release.

---@type vim.lsp.Config
return {
  cmd = { 'connect-policy', 'lsp' },
  filetypes = { 'json', 'jsonc', 'yaml', 'terraform', 'terraform-vars', 'hcl' },
  root_markers = { 'connect-policy.toml', '.git' },
}
