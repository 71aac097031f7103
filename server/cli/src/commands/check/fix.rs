//! Makes the certain fixes of a file.

use std::path::Path;

use connect_policy_project::{CheckedFile, LineIndex, Project, fixes};

use crate::atomic_write::replace;
use crate::output::check_report::Fixed;
use crate::terminal::{eprint_line, one_line};

/// How often fixes may make room for others before they are taken to undo one another.
const MAX_ROUNDS: usize = 10;

/// Makes the certain fixes of a file until none is left, and gives the file as it is then. If it cannot be written, that is
/// reported, and the file stays as it is.
pub(crate) fn fix(project: &Project, path: &Path, before: CheckedFile, fixed: &mut Vec<Fixed>) -> CheckedFile {
    let result = with_fixes(project, path, &before).and_then(|(after, done)| {
        if !done.is_empty() {
            replace(path, &before.text, &after.text)?;
        }
        Ok((after, done))
    });
    match result {
        Ok((after, done)) => {
            fixed.extend(done);
            after
        }
        Err(why) => {
            eprint_line(&one_line(&format!("not fixed {}: {why}", before.path)));
            before
        }
    }
}

/// A file's text with its certain fixes made, and which they were.
fn with_fixes(project: &Project, path: &Path, before: &CheckedFile) -> Result<(CheckedFile, Vec<Fixed>), String> {
    let mut now = before.clone();
    let mut done = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let (settled, edits) = fixes::certain(&now.findings);
        if settled.is_empty() {
            return Ok((now, done));
        }
        let lines = LineIndex::new(&now.text);
        done.extend(settled.iter().map(|(finding, fix)| {
            let (line, column) = lines.line_and_column(&now.text, finding.range.start);
            Fixed { path: now.path.clone(), rule: finding.rule, line, column, title: fix.title.clone() }
        }));
        now = project.check_text(path, fixes::apply(&now.text, &edits));
    }
    Err("its fixes undo one another, which is a bug".to_owned())
}
