//! The last line of `check`: what was recognized, and how many findings there are.

use std::fmt::Write;

use connect_policy_ide::Severity;
use connect_policy_project::fixes::Selection;

use crate::output::check_report::CheckReport;

/// One line: `Checked 3 policies and 1 security profile in 12 files: 2 warnings; 1 file skipped`.
pub(crate) fn line(report: &CheckReport) -> String {
    let counts = counts(report);
    if report.has_bad_config {
        return format!("No files checked: {} in the configuration", joined(&counts));
    }
    let mut line = match (subject(report), counts.is_empty()) {
        (Subject::Recognized(what), false) => format!("Checked {what} in {}: {}", files(report), joined(&counts)),
        (Subject::Recognized(what), true) => format!("Checked {what} in {}: no findings", files(report)),
        (Subject::Nothing(_), false) => format!("Checked {}: {}", files(report), joined(&counts)),
        (Subject::Nothing(why), true) => why,
    };
    if let Some(fixed) = report.fixed.as_ref().filter(|fixed| !fixed.is_empty()) {
        let _ = write!(line, "; {} fixed", fixed.len());
    }
    if let Some(baseline) = report.baseline {
        let _ = write!(line, "; {} in the baseline", baseline.known);
        if baseline.settled > 0 {
            let _ = write!(line, ", {} obsolete (remove with --write-baseline)", baseline.settled);
        }
    }
    if !report.skipped.is_empty() {
        let _ = write!(line, "; {} skipped", numbered(report.skipped.len(), "file", "files"));
    }
    line
}

/// One line about a dry run: `2 safe fixes would be applied`.
pub(crate) fn diff_line(report: &CheckReport, selection: Selection) -> String {
    let (one, many, options) = match selection {
        Selection::Safe => ("safe fix", "safe fixes", "--fix"),
        Selection::Unsafe => ("fix", "fixes", "--fix --unsafe-fixes"),
    };
    match report.fixed.as_ref().map_or(0, Vec::len) {
        0 => format!("no {many} in {}", files(report)),
        count => format!("{} would be applied; to apply, run `connect-policy check {options}`", numbered(count, one, many)),
    }
}

enum Subject {
    /// What was recognized.
    Recognized(String),
    /// Why there is nothing to report.
    Nothing(String),
}

fn subject(report: &CheckReport) -> Subject {
    let recognized = report.recognized;
    let kinds = [
        (recognized.policies, "policy", "policies"),
        (recognized.profiles, "security profile", "security profiles"),
        (recognized.lists, "list outside of policies", "lists outside of policies"),
    ];
    let kinds: Vec<String> =
        kinds.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| numbered(count, one, many)).collect();
    if !kinds.is_empty() {
        return Subject::Recognized(joined(&kinds));
    }
    Subject::Nothing(match (report.files, report.excluded, report.skipped.len()) {
        (0, 0, 0) => "No JSON, YAML or Terraform files found".to_owned(),
        (0, 0, _) => "No files checked".to_owned(),
        (0, 1, _) => "No files checked: the only file is excluded by connect-policy.toml".to_owned(),
        (0, excluded, _) => format!("No files checked: all {excluded} files are excluded by connect-policy.toml"),
        _ => format!("No Amazon Connect policies found in {}", files(report)),
    })
}

/// The numbers of findings by severity, the most severe first.
fn counts(report: &CheckReport) -> Vec<String> {
    let of = |severity: Severity| {
        report.checked.iter().flat_map(|checked| &checked.findings).filter(|finding| finding.severity == severity).count()
    };
    let severities = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Information, "information", "information"),
        (Severity::Hint, "hint", "hints"),
    ];
    let counts = severities.into_iter().map(|(severity, one, many)| (of(severity), one, many));
    counts.filter(|(count, ..)| *count > 0).map(|(count, one, many)| numbered(count, one, many)).collect()
}

fn files(report: &CheckReport) -> String {
    numbered(report.files, "file", "files")
}

/// `a`, `a and b`, `a, b and c`.
fn joined(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

fn numbered(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use connect_policy_ide::report::Recognized;

    use super::*;
    use crate::output::check_report::Skipped;

    fn report(files: usize, policies: usize, profiles: usize) -> CheckReport {
        CheckReport { files, recognized: Recognized { policies, profiles, lists: 0 }, ..CheckReport::default() }
    }

    #[test]
    fn the_line_says_what_was_recognized() {
        assert_eq!(line(&report(1, 1, 0)), "Checked 1 policy in 1 file: no findings");
        assert_eq!(line(&report(12, 3, 1)), "Checked 3 policies and 1 security profile in 12 files: no findings");
        let lists = CheckReport { recognized: Recognized { policies: 1, profiles: 2, lists: 1 }, ..report(2, 0, 0) };
        assert_eq!(line(&lists), "Checked 1 policy, 2 security profiles and 1 list outside of policies in 2 files: no findings");
    }

    #[test]
    fn the_line_says_why_nothing_was_recognized() {
        let skipped = || vec![Skipped { path: String::new(), why: String::new() }];
        assert_eq!(line(&report(12, 0, 0)), "No Amazon Connect policies found in 12 files");
        assert_eq!(line(&report(0, 0, 0)), "No JSON, YAML or Terraform files found");
        assert_eq!(line(&CheckReport { skipped: skipped(), ..report(0, 0, 0) }), "No files checked; 1 file skipped");
        assert_eq!(
            line(&CheckReport { excluded: 12, ..report(0, 0, 0) }),
            "No files checked: all 12 files are excluded by connect-policy.toml"
        );
        assert_eq!(
            line(&CheckReport { excluded: 1, ..report(0, 0, 0) }),
            "No files checked: the only file is excluded by connect-policy.toml"
        );
    }
}
