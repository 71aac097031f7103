//! What is wrong in a configuration that is open in an editor, as findings.

use std::path::Path;

use connect_policy_ide::{Applicability, Finding, Fix, Severity, TextEdit};

use crate::config::load::check_text;
use crate::files::Files;

/// The findings in the text of a configuration. Without a path the lists that it names are not looked at.
pub fn config_findings(files: &dyn Files, path: Option<&Path>, text: &str) -> Vec<Finding> {
    let problems = check_text(files, path, text);
    let findings = problems.into_iter().filter(|problem| !problem.range.is_empty()).map(|problem| {
        let fix = problem.instead.map(|word| Fix {
            title: format!("Replace with `{}`", word.trim_matches('"')),
            applicability: Applicability::Unsafe,
            edits: vec![TextEdit { range: problem.range.clone(), new_text: word }],
        });
        Finding { fixes: fix.into_iter().collect(), ..Finding::new("bad-config", Severity::Error, problem.range, problem.message) }
    });
    findings.collect()
}
