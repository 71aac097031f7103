//! Which paths a list of globs means. They are read as `.gitignore` reads its lines: `legacy/` is a folder at any depth,
//! `/a.json` one file, `!` takes back.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Globs, relative to the folder of the toml.
#[derive(Clone, Debug)]
pub(super) struct Paths(Gitignore);

impl Default for Paths {
    fn default() -> Paths {
        Paths(Gitignore::empty())
    }
}

/// Globs on their way to [`Paths`].
pub(super) struct Builder(GitignoreBuilder);

impl Builder {
    pub(super) fn new() -> Builder {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        Builder(builder)
    }

    /// Adds a glob, or tells what is wrong with it.
    pub(super) fn add(&mut self, glob: &str) -> Result<(), String> {
        self.0.add_line(None, glob).map(drop).map_err(|error| match error {
            ignore::Error::Glob { err, .. } => err,
            error => error.to_string(),
        })
    }

    pub(super) fn finish(&self) -> Paths {
        Paths(self.0.build().unwrap_or_else(|_| Gitignore::empty()))
    }
}

impl Paths {
    /// Whether a file is meant, by its path relative to the folder of the toml.
    pub(super) fn take(&self, relative: &Path) -> bool {
        // A path that leaves the folder is nobody's to mean, and the matcher would refuse it by a panic.
        let stays = relative.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        stays && !self.0.is_empty() && self.0.matched_path_or_any_parents(relative, false).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(globs: &[&str]) -> Paths {
        let mut builder = Builder::new();
        globs.iter().for_each(|glob| builder.add(glob).unwrap());
        builder.finish()
    }

    #[test]
    fn globs_are_read_as_git_reads_them() {
        let paths = paths(&["legacy/", "/a.json", "**/gen/*.tf", "!gen/kept.tf"]);
        for (path, taken) in [
            ("legacy/x.json", true),
            ("deep/legacy/y/x.json", true),
            ("a.json", true),
            ("b/a.json", false),
            ("gen/x.tf", true),
            ("b/gen/x.tf", true),
            ("gen/kept.tf", false),
            ("../a.json", false),
            ("/a.json", false),
        ] {
            assert_eq!(paths.take(Path::new(path)), taken, "{path}");
        }
        assert!(!Paths::default().take(Path::new("a.json")));
    }

    #[test]
    fn a_glob_that_is_none_is_refused() {
        assert!(Builder::new().add("a[").is_err());
    }
}
