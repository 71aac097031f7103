//! Which paths a list of globs means. They are read as `.gitignore` reads its lines: `legacy/` is a folder at any depth,
//! `/a.json` one file, `!` takes back.

use std::path::{Component, Path};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::de::{Deserialize, Deserializer};

use crate::config::lenient::kept_list;

/// Globs, relative to the folder of the toml.
#[derive(Clone, Debug)]
pub struct PathGlobs(Gitignore);

impl Default for PathGlobs {
    fn default() -> PathGlobs {
        PathGlobs(Gitignore::empty())
    }
}

impl PathGlobs {
    /// Whether a file is meant, by its path relative to the folder of the toml.
    pub fn matches(&self, relative: &Path) -> bool {
        // A path that leaves the folder is nobody's to mean, and the matcher would refuse it by a panic.
        let stays = relative.components().all(|part| matches!(part, Component::Normal(_)));
        stays && !self.0.is_empty() && self.0.matched_path_or_any_parents(relative, false).is_ignore()
    }
}

impl<'de> Deserialize<'de> for PathGlobs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PathGlobs, D::Error> {
        let globs: Vec<Glob> = kept_list(deserializer)?;
        let mut builder = builder();
        for Glob(glob) in globs {
            // Each was added before, alone.
            let _ = builder.add_line(None, &glob);
        }
        Ok(PathGlobs(builder.build().unwrap_or_else(|_| Gitignore::empty())))
    }
}

/// One glob.
#[derive(serde::Deserialize)]
#[serde(try_from = "String")]
struct Glob(String);

impl TryFrom<String> for Glob {
    type Error = String;

    fn try_from(glob: String) -> Result<Glob, String> {
        match builder().add_line(None, &glob) {
            Ok(_) => Ok(Glob(glob)),
            Err(error) => Err(format!("invalid glob `{glob}`{}", reason(&error.to_string()))),
        }
    }
}

/// What is wrong with a glob, by what the matcher says about it.
fn reason(error: &str) -> &'static str {
    const REASONS: [(&str, &str); 5] = [
        ("unclosed character class", ": unclosed `[`"),
        ("invalid range", ": invalid range in `[…]`"),
        ("unopened alternate", ": unexpected `}`"),
        ("unclosed alternate", ": unclosed `{`"),
        ("dangling", ": `\\` at the end"),
    ];
    REASONS.iter().find(|(words, _)| error.contains(words)).map_or("", |(_, reason)| reason)
}

fn builder() -> GitignoreBuilder {
    let mut builder = GitignoreBuilder::new("");
    builder.allow_unclosed_class(false);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::lenient::{kept, read};

    #[derive(Default, serde::Deserialize)]
    struct Globs {
        #[serde(default, deserialize_with = "kept")]
        globs: PathGlobs,
    }

    #[test]
    fn globs_are_read_as_git_reads_them() {
        let (Globs { globs }, problems) = read(r#"globs = ["legacy/", "/a.json", "**/gen/*.tf", "a[", "!gen/kept.tf"]"#);
        assert_eq!(problems.len(), 1);
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
            assert_eq!(globs.matches(Path::new(path)), taken, "{path}");
        }
        assert!(!PathGlobs::default().matches(Path::new("a.json")));
    }

    #[test]
    fn a_glob_that_is_none_is_refused() {
        let error = |glob: &str| Glob::try_from(glob.to_owned()).err();
        assert_eq!(error("a[").as_deref(), Some("invalid glob `a[`: unclosed `[`"));
        assert_eq!(error("{a").as_deref(), Some("invalid glob `{a`: unclosed `{`"));
        assert_eq!(error("a}").as_deref(), Some("invalid glob `a}`: unexpected `}`"));
        assert_eq!(error("[z-a]").as_deref(), Some("invalid glob `[z-a]`: invalid range in `[…]`"));
        assert_eq!(error("[a-z].tf"), None);
    }
}
