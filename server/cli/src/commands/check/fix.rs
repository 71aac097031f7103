//! Applies the selected fixes of files, or shows what they would change.

use std::path::Path;

use connect_policy_project::fixes::{self, Selection};
use connect_policy_project::{CheckedFile, LineIndex, Project};
use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token, UnifiedDiffConfig, UnifiedDiffPrinter};

use crate::atomic_write::replace;
use crate::output::check_report::Fixed;
use crate::output::paths::path_from_here;
use crate::terminal::{eprint_line, one_line};

/// How often fixes may make room for others before they are taken to undo one another.
const MAX_ROUNDS: usize = 10;

/// The lines around a change in a diff.
const CONTEXT: u32 = 3;

/// What was fixed, or would be.
#[derive(Debug)]
pub(crate) struct Changes {
    is_dry_run: bool,
    selection: Selection,
    /// The findings that were fixed.
    pub(crate) fixed: Vec<Fixed>,
    /// The changes as a unified diff, in a dry run.
    pub(crate) diff: String,
}

impl Changes {
    /// No changes yet. In a dry run no file is written.
    pub(crate) fn new(is_dry_run: bool, selection: Selection) -> Changes {
        Changes { is_dry_run, selection, fixed: Vec::new(), diff: String::new() }
    }

    /// Applies the selected fixes of a file until none is left, and gives the file as it is then. If it cannot be written, that is
    /// reported, and the file stays as it is.
    pub(crate) fn fix(&mut self, project: &Project, path: &Path, before: CheckedFile) -> CheckedFile {
        let result = with_fixes(project, path, &before, self.selection).and_then(|(after, done)| {
            if !done.is_empty() && !self.is_dry_run {
                replace(path, &before.text, &after.text)?;
            }
            Ok((after, done))
        });
        match result {
            Ok((after, done)) => {
                if self.is_dry_run {
                    self.diff.push_str(&unified(&before, &after.text));
                }
                self.fixed.extend(done);
                after
            }
            Err(why) => {
                eprint_line(&one_line(&format!("cannot fix {}: {why}", before.path)));
                before
            }
        }
    }
}

/// A file's text with its selected fixes applied, and which they were.
fn with_fixes(project: &Project, path: &Path, before: &CheckedFile, selection: Selection) -> Result<(CheckedFile, Vec<Fixed>), String> {
    let mut now = before.clone();
    let mut done = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let (settled, edits) = fixes::selected(&now.findings, selection);
        if settled.is_empty() {
            return Ok((now, done));
        }
        let lines = LineIndex::new(&now.text);
        done.extend(settled.iter().map(|(finding, fix)| {
            let (line, column) = lines.line_and_column(&now.text, finding.range.start);
            let (mut old, mut new) = (None, None);
            if let [edit] = fix.edits.as_slice() {
                (old, new) = (now.text.get(edit.range.clone()).map(str::to_owned), Some(edit.new_text.clone()));
            }
            Fixed { path: now.path.clone(), rule: finding.rule, line, column, title: fix.title.clone(), old, new }
        }));
        now = project.check_text(path, fixes::apply(&now.text, &edits));
    }
    Err("internal error: fixes conflict (please report it)".to_owned())
}

/// The change of a file as `patch` and `git apply` read it; empty without changes.
fn unified(before: &CheckedFile, after: &str) -> String {
    if *before.text == *after {
        return String::new();
    }
    let path = one_line(&path_from_here(&before.path));
    let lines = InternedInput::new(&*before.text, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &lines);
    diff.postprocess_lines(&lines);
    let mut config = UnifiedDiffConfig::default();
    config.context_len(CONTEXT);
    let printer = PatchLines(&lines.interner);
    let hunks = diff.unified_diff(&printer, config, &lines);
    format!("--- a/{path}\n+++ b/{path}\n{hunks}")
}

/// The lines of a patch. A last line without a line break is marked as `patch` and git do, else they do not find it.
struct PatchLines<'a>(&'a Interner<&'a str>);

impl PatchLines<'_> {
    fn write(&self, out: &mut impl std::fmt::Write, mark: char, token: Token) -> std::fmt::Result {
        let line = self.0[token];
        write!(out, "{mark}{line}")?;
        if line.ends_with('\n') { Ok(()) } else { out.write_str("\n\\ No newline at end of file\n") }
    }
}

impl UnifiedDiffPrinter for PatchLines<'_> {
    fn display_header(
        &self,
        mut out: impl std::fmt::Write,
        start_before: u32,
        start_after: u32,
        len_before: u32,
        len_after: u32,
    ) -> std::fmt::Result {
        writeln!(out, "@@ -{},{len_before} +{},{len_after} @@", start_before + 1, start_after + 1)
    }

    fn display_context_token(&self, mut out: impl std::fmt::Write, token: Token) -> std::fmt::Result {
        self.write(&mut out, ' ', token)
    }

    fn display_hunk(&self, mut out: impl std::fmt::Write, before: &[Token], after: &[Token]) -> std::fmt::Result {
        before.iter().try_for_each(|&token| self.write(&mut out, '-', token))?;
        after.iter().try_for_each(|&token| self.write(&mut out, '+', token))
    }
}
