//! Has the client watch the configurations, the lists that they name, and the files that are read beside open ones.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use connect_policy_project::config::options::FILE_NAME;
use serde_json::json;
use tower_lsp::Client;
use tower_lsp::lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, OneOf, Registration, RelativePattern, Unregistration, Url,
};

use crate::session::Session;

/// How long the client may take to answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

const METHOD: &str = "workspace/didChangeWatchedFiles";
const CONFIGS: &str = "connect-policy/configurations";
const LISTS: &str = "connect-policy/lists";
const MODULES: &str = "connect-policy/modules";
const CHECKED: &str = "connect-policy/workspace";

/// The closed files that are checked, and those that determine which they are.
const CHECKED_PATTERNS: [&str; 2] =
    ["**/*.{json,jsonc,json5,yaml,yml,tf,tfvars,tofu,hcl,tpl,tftpl,tmpl,j2,template,cform,policy}", "**/{.gitignore,.ignore}"];

/// What the client watches by our request.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    has_configs: bool,
    has_modules: bool,
    has_checked: bool,
    lists: Vec<PathBuf>,
}

impl Watched {
    /// Asks for what is not watched yet. Beside the publisher's task, which must not wait for an answer.
    pub(crate) fn update(&mut self, client: &Client, session: &Arc<Session>) {
        if !session.features().watches {
            return;
        }
        let mut wanted = Vec::new();
        let mut unwanted = Vec::new();
        if !self.has_configs {
            self.has_configs = true;
            wanted.push(registration(CONFIGS, vec![GlobPattern::String(format!("**/{FILE_NAME}"))]));
        }
        if !self.has_modules && session.documents.have_folders() {
            self.has_modules = true;
            wanted.push(registration(MODULES, vec![GlobPattern::String("**/*.{tf,tofu,tfvars}".to_owned())]));
        }
        self.update_checked(session, &mut wanted, &mut unwanted);
        let lists = session.workspace.configs.lists();
        if lists != self.lists {
            if !self.lists.is_empty() {
                unwanted.push(Unregistration { id: LISTS.to_owned(), method: METHOD.to_owned() });
            }
            if !lists.is_empty() {
                let is_relative = session.features().relative_patterns;
                wanted.push(registration(LISTS, lists.iter().filter_map(|path| pattern(path, is_relative)).collect()));
            }
            self.lists = lists;
        }
        ask(client, wanted, unwanted);
    }

    /// Asks for what a change of the settings may need. The lists are left: no configuration is read again yet.
    pub(crate) fn update_settings(&mut self, client: &Client, session: &Arc<Session>) {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        if session.features().watches {
            self.update_checked(session, &mut wanted, &mut unwanted);
        }
        ask(client, wanted, unwanted);
    }

    fn update_checked(&mut self, session: &Session, wanted: &mut Vec<Registration>, unwanted: &mut Vec<Unregistration>) {
        let checks = session.checks_workspace();
        if checks && !self.has_checked {
            wanted.push(registration(CHECKED, CHECKED_PATTERNS.map(|pattern| GlobPattern::String(pattern.to_owned())).to_vec()));
        } else if !checks && self.has_checked {
            unwanted.push(Unregistration { id: CHECKED.to_owned(), method: METHOD.to_owned() });
        }
        self.has_checked = checks;
    }
}

fn ask(client: &Client, wanted: Vec<Registration>, unwanted: Vec<Unregistration>) {
    if unwanted.is_empty() && wanted.is_empty() {
        return;
    }
    let client = client.clone();
    tokio::spawn(async move {
        // A client that refuses has its files looked at when documents are opened and saved.
        let asking = async {
            if !unwanted.is_empty() {
                let _ = client.unregister_capability(unwanted).await;
            }
            if !wanted.is_empty() {
                let _ = client.register_capability(wanted).await;
            }
        };
        let _ = tokio::time::timeout(PATIENCE, asking).await;
    });
}

fn registration(id: &str, patterns: Vec<GlobPattern>) -> Registration {
    let watchers = patterns.into_iter().map(|glob_pattern| FileSystemWatcher { glob_pattern, kind: None }).collect();
    let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).unwrap_or_else(|_| json!({"watchers": []}));
    Registration { id: id.to_owned(), method: METHOD.to_owned(), register_options: Some(options) }
}

/// A pattern for one file. Clients that know no relative patterns look for its name in all their folders.
fn pattern(path: &Path, is_relative: bool) -> Option<GlobPattern> {
    let name = escaped(path.file_name()?.to_str()?);
    if !is_relative {
        return Some(GlobPattern::String(format!("**/{name}")));
    }
    let base_uri = OneOf::Right(Url::from_directory_path(path.parent()?).ok()?);
    Some(GlobPattern::Relative(RelativePattern { base_uri, pattern: name }))
}

/// A name without what globs read otherwise; LSP's globs know no escapes, but take any one character by `?`.
fn escaped(name: &str) -> String {
    name.chars().map(|letter| if "*?{}[],!".contains(letter) { '?' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_pattern_that_takes_it() {
        let pattern = |is_relative| serde_json::to_value(pattern(Path::new("/a b/list[1].json"), is_relative)).unwrap();
        assert_eq!(pattern(false), json!("**/list?1?.json"));
        assert_eq!(pattern(true), json!({"baseUri": "file:///a%20b/", "pattern": "list?1?.json"}));
    }
}
