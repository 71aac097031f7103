//! What a file is for, by its name: nothing else is known of an empty one.

/// What the name of a file says about what it can become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FilePurpose {
    /// Anything that its format can hold.
    Any,
    /// The code of Terraform or OpenTofu.
    Terraform,
    /// Something without whole policies and without resources: the configuration of a tool, values, a lock file.
    Other,
}

/// Files of other tools, by the beginning and the end of their names in lower case.
const OTHER_FILES: &[(&str, &str)] = &[
    ("angular", ".json"),
    ("appspec", ".yml"),
    ("appveyor", ".yml"),
    ("azure-pipelines", ".yaml"),
    ("azure-pipelines", ".yml"),
    ("babel.config", ".json"),
    ("biome", ".json"),
    ("bitbucket-pipelines", ".yml"),
    ("bower", ".json"),
    ("buildspec", ".yaml"),
    ("buildspec", ".yml"),
    ("cdk", ".json"),
    ("chart", ".yaml"),
    ("cloudbuild", ".yaml"),
    ("codecov", ".yml"),
    ("compose", ".yaml"),
    ("compose", ".yml"),
    ("composer", ".json"),
    ("cypress", ".json"),
    ("deno", ".json"),
    ("dependabot", ".yml"),
    ("docker-compose", ".yaml"),
    ("docker-compose", ".yml"),
    ("helmfile", ".yaml"),
    ("jest.config", ".json"),
    ("jsconfig", ".json"),
    ("kustomization", ".yaml"),
    ("kustomization", ".yml"),
    ("lerna", ".json"),
    ("mkdocs", ".yml"),
    ("nest-cli", ".json"),
    ("nx", ".json"),
    ("openapi", ".json"),
    ("openapi", ".yaml"),
    ("openapi", ".yml"),
    ("package", ".json"),
    ("pnpm", ".yaml"),
    ("pulumi", ".yaml"),
    ("renovate", ".json"),
    ("serverless", ".json"),
    ("serverless", ".yaml"),
    ("serverless", ".yml"),
    ("skaffold", ".yaml"),
    ("swagger", ".json"),
    ("swagger", ".yaml"),
    ("swagger", ".yml"),
    ("tsconfig", ".json"),
    ("tslint", ".json"),
    ("turbo", ".json"),
    ("typedoc", ".json"),
    ("values", ".yaml"),
    ("vercel", ".json"),
];

/// Names that end so are of no policy: lock files, and Terraform's JSON, whose whole constructs are other ones.
const OTHER_ENDS: &[&str] = &[".lock", "-lock.json", "-lock.yaml", ".tf.json", ".tofu.json", ".tfvars.json", ".tftest.json", "rc.json"];

/// The folders of tools.
const OTHER_FOLDERS: &[&str] =
    &[".azuredevops", ".circleci", ".devcontainer", ".github", ".gitlab", ".husky", ".idea", ".vscode", ".zed", "node_modules"];

impl FilePurpose {
    /// The purpose of a file by its path, with slashes between folders.
    pub fn of(path: &str) -> FilePurpose {
        let path = path.replace('\\', "/").to_ascii_lowercase();
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if folder.split('/').any(|part| OTHER_FOLDERS.contains(&part)) || name.starts_with('.') {
            return FilePurpose::Other;
        }
        // `tsconfig.build.json`, `docker-compose-test.yml`, but not `packages.json`.
        let is_of = |(start, end): &(&str, &str)| {
            let rest = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
        };
        if OTHER_FILES.iter().any(is_of) || OTHER_ENDS.iter().any(|end| name.ends_with(end)) {
            return FilePurpose::Other;
        }
        match name.rsplit_once('.') {
            Some((_, "tf" | "tofu")) => FilePurpose::Terraform,
            Some((_, "hcl" | "tfvars")) => FilePurpose::Other,
            _ => FilePurpose::Any,
        }
    }

    /// Whether a whole policy, template or request can be written in it.
    pub(super) fn may_be_policy(self) -> bool {
        self == FilePurpose::Any
    }

    /// Whether resources of Terraform can be written in it.
    pub(super) fn may_be_terraform(self) -> bool {
        self != FilePurpose::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_is_for() {
        for path in [
            "package.json",
            "/a/package.json",
            "tsconfig.json",
            "tsconfig.build.json",
            ".vscode/settings.json",
            "composer.json",
            "composer.lock",
            "docker-compose.yml",
            "docker-compose.test.yaml",
            "compose.yaml",
            ".github/workflows/ci.yml",
            ".gitlab-ci.yml",
            "azure-pipelines.yml",
            "Chart.yaml",
            "yarn.lock",
            ".eslintrc.json",
            "serverless.yml",
            "main.tf.json",
            "prod.tfvars",
            ".terraform.lock.hcl",
            "terragrunt.hcl",
            "image.pkr.hcl",
            "a.tftest.hcl",
        ] {
            assert_eq!(FilePurpose::of(path), FilePurpose::Other, "{path}");
        }
        for path in
            ["policy.json", "packages.json", "template.yaml", "stack.yml", "charts.yaml", "composed.yaml", "Untitled-1", "a.b/c.json"]
        {
            assert_eq!(FilePurpose::of(path), FilePurpose::Any, "{path}");
        }
        assert_eq!(FilePurpose::of("C:\\a\\main.tf"), FilePurpose::Terraform);
    }
}
