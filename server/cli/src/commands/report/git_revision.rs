//! Files as they were at a git revision, read through the program `git`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use connect_policy_project::files::reason::reason;
use connect_policy_project::files::walk::{HEAD_LEN, begins_as_json};
use connect_policy_project::files::{absolute, text_of_file};
use connect_policy_syntax::Format;
use rayon::prelude::*;

use crate::output::paths::path_below;

/// A document's name in the report, and its text.
pub(crate) type Texts = Vec<(String, Arc<str>)>;

/// The policy files below paths at a revision, by their place below this folder. Files that are not text are left out.
pub(crate) fn texts(revision: &str, paths: &[PathBuf]) -> Result<Texts, String> {
    let commit = commit(revision)?;
    let here = absolute(Path::new("."));
    let wanted: Vec<String> = paths.iter().map(|path| path_below(&here, &path.display().to_string())).collect();
    let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", &commit, "--"];
    let is_all = wanted.iter().any(String::is_empty);
    arguments.extend(wanted.iter().map(String::as_str).filter(|_| !is_all));
    let listed = git(&arguments)?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let names: Vec<&str> = listed.split('\0').filter(|name| !name.is_empty() && may_be_read(name, &wanted)).collect();
    let read = |name: &&str| -> Result<Option<_>, String> {
        let bytes = git(&["cat-file", "blob", &format!("{commit}:./{name}")])?;
        let head = || &bytes[..bytes.len().min(HEAD_LEN as usize)];
        let is_read = wanted.iter().any(|wanted| wanted == name) || Format::is_known_name(Path::new(name)) || begins_as_json(head());
        Ok(text_of_file(Path::new(name), bytes).ok().filter(|_| is_read).map(|text| ((*name).to_owned(), Arc::from(text))))
    };
    let texts: Result<Vec<_>, String> = names.par_iter().map(read).collect();
    Ok(texts?.into_iter().flatten().collect())
}

/// Whether a file may be read in its folder, which its content decides if its name has no extension, or is one that was named.
fn may_be_read(name: &str, wanted: &[String]) -> bool {
    let path = Path::new(name);
    let is_hidden = || path.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    wanted.iter().any(|wanted| wanted == name) || (!is_hidden() && (Format::is_known_name(path) || Format::is_without_extension(path)))
}

/// The commit that a revision stands for.
fn commit(revision: &str) -> Result<String, String> {
    // Whatever it begins with, it is no option.
    let asked = format!("{revision}^{{commit}}");
    let unknown = |why: String| match why.as_str() {
        "" => format!("`{revision}` is not a path or git revision"),
        _ => why,
    };
    let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked]).map_err(unknown)?;
    Ok(String::from_utf8_lossy(&commit).trim().to_owned())
}

/// What `git` answers; what it complains of, where it does.
fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "`git` not found; it is required to read revisions".to_owned(),
        _ => format!("cannot run `git`: {}", reason(&error)),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}
