// The documents that are sent to the server. It decides by their text whether they contain a policy.

/** `activationEvents` in package.json repeats these. */
export const LANGUAGES = [
    "json",
    "jsonc",
    "yaml",
    "cloudformation",
    "json-cloudformation",
    "yaml-cloudformation",
    "terraform",
    "terraform-vars",
    "opentofu",
    "opentofu-vars",
    "hcl",
] as const;

/**
 * Files that are plain text to an editor without a Terraform or CloudFormation extension, which is why
 * package.json lists `onLanguage:plaintext`. Contributing a language for them would be simpler, but Terraform's
 * and OpenTofu's extensions claim `.tf` under different ids: whichever id we chose could take files away from an
 * extension that supports them better.
 * `connect-policy.toml` is included because the server reports errors in it.
 */
export const PATTERN = "**/{*.tf,*.tfvars,*.tofu,*.tftpl,*.template,connect-policy.toml}";
