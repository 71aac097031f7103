//! A report as Markdown, as GitHub and others show it.

use std::fmt::Write;

use connect_policy_ide::report::{Mark, PolicyReport, ProfileReport, Risk, TaskReport};
use connect_policy_project::rule_page::rule_page;

use crate::output::access_report::{AccessReport, UNLINKED, by_page, counted, hidden_without, note_of};

/// The report.
pub(crate) fn render(told: &AccessReport<'_>) -> String {
    let (report, matrix) = (told.report, told.report.matrix(told.catalog));
    let mut out = String::from("# Access to Amazon Connect\n\n");
    let policies = counted(report.policies.len(), "policy", "policies");
    let profiles = counted(report.profiles.len(), "security profile", "security profiles");
    let _ = writeln!(out, "{policies}, {profiles}. Facts of {}.", told.catalog.date());
    if !report.policies.is_empty() {
        out.push_str("\n## Policies\n");
    }
    for policy in &report.policies {
        write_policy(&mut out, policy);
    }
    if !report.profiles.is_empty() {
        out.push_str("\n## Security profiles\n\n");
        let names = report.profiles.iter().map(|profile| cell(&code(&profile.name)));
        let _ = writeln!(out, "| | {} |", names.collect::<Vec<_>>().join(" | "));
        let _ = writeln!(out, "| --- |{}", " --- |".repeat(report.profiles.len()));
        for section in &matrix.sections {
            let _ = writeln!(out, "| **{}** |{}", cell(&plain(&section.title)), " |".repeat(report.profiles.len()));
            for row in &section.rows {
                let cells = row.cells.iter().map(|marks| marks.iter().map(mark).collect::<Vec<_>>().join(" "));
                let _ = writeln!(out, "| {} | {} |", cell(&code(&row.group)), cells.collect::<Vec<_>>().join(" | "));
            }
        }
        let legend: Vec<String> = matrix.legend.iter().map(|(letters, verb)| format!("{letters} {verb}")).collect();
        let _ = writeln!(out, "\n{}. `!` deserves a second look, `−` takes something away from its holder.", legend.join(" · "));
        for profile in &report.profiles {
            write_profile(&mut out, profile);
        }
    }
    let ungranted = report.ungranted();
    if !ungranted.is_empty() {
        out.push_str("\n## Begun, and granted whole by nobody\n\n");
        for task in ungranted {
            let _ = writeln!(out, "- {}: no statement grants {}", task.task, codes(&task.actions));
        }
    }
    if !report.profiles.is_empty() {
        let _ = writeln!(out, "\n{UNLINKED}");
    }
    out
}

fn write_policy(out: &mut String, policy: &PolicyReport) {
    let _ = writeln!(out, "\n### {}\n", code(&policy.name));
    let open = if policy.is_whole { "" } else { ", and what is not known here" };
    let _ = writeln!(out, "{} · {}{open}", code(&place(&policy.path, policy.line)), counted(policy.actions.len(), "action", "actions"));
    if !policy.tasks.is_empty() {
        let _ = writeln!(out, "\n{} of the console:\n", counted(policy.tasks.len(), "task", "tasks"));
        let notes = hidden_without(&policy.tasks);
        let titled = |task: &&TaskReport| match note_of(task, &notes) {
            Some(number) => format!("{} ({number})", task.title),
            None => task.title.to_owned(),
        };
        for (page, tasks) in by_page(&policy.tasks) {
            let _ = writeln!(out, "- {page}: {}", tasks.iter().map(titled).collect::<Vec<_>>().join(", "));
        }
        for (index, note) in notes.iter().enumerate() {
            let _ = writeln!(out, "\n({}) The page that it is done on is not shown without {}.", index + 1, codes(note));
        }
    }
    if !policy.partially_granted.is_empty() {
        out.push_str("\nNearly granted:\n\n");
        for task in &policy.partially_granted {
            let _ = writeln!(out, "- {}: lacks {}", task.title, codes(&task.missing_actions));
        }
    }
    write_risks(out, &policy.risks);
}

fn write_profile(out: &mut String, profile: &ProfileReport) {
    let _ = writeln!(out, "\n### {}\n", code(&profile.name));
    let open = if profile.is_whole { "" } else { ", and what is not known here" };
    let restricted =
        if profile.restricted_by.is_empty() { String::new() } else { format!(" · restricted by {}", profile.restricted_by.join(" and ")) };
    let permissions = counted(profile.permissions.len(), "permission", "permissions");
    let _ = writeln!(out, "{} · {permissions}{open}{restricted}", code(&place(&profile.path, profile.line)));
    if !profile.unknown.is_empty() {
        let _ = writeln!(out, "\nNo permissions that are known: {}", codes(&profile.unknown));
    }
    write_risks(out, &profile.risks);
}

fn write_risks(out: &mut String, risks: &[Risk]) {
    if !risks.is_empty() {
        out.push_str("\nRisks:\n\n");
    }
    for risk in risks {
        let _ = writeln!(
            out,
            "- **{}** [{}]({}), line {}: {}",
            risk.severity,
            risk.rule,
            rule_page(risk.rule),
            risk.line,
            plain(&risk.message)
        );
    }
}

fn mark(mark: &Mark) -> String {
    let sign = if mark.is_risky {
        "!"
    } else if mark.restricts {
        "−"
    } else {
        ""
    };
    format!("{}{sign}", cell(&plain(&mark.code)))
}

/// A file and a line.
pub(super) fn place(path: &str, line: usize) -> String {
    format!("{path}:{line}")
}

/// Names as code, parted by commas.
pub(super) fn codes<N: AsRef<str>>(names: &[N]) -> String {
    names.iter().map(|name| code(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A text as code: nothing in it is markup, a link or a mention.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A sentence in which only the code that rules put there is markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        // Between an odd backtick and the next stands code, which Markdown leaves alone.
        if index % 2 == 1 {
            out.push_str(&code(part));
            continue;
        }
        for letter in part.chars() {
            match letter {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '@' => out.push_str("&#64;"),
                '*' | '_' | '[' | ']' | '#' | '~' | '\\' => out.extend(['\\', letter]),
                letter if letter.is_control() => out.push(' '),
                letter => out.push(letter),
            }
        }
    }
    out
}

/// A text inside of a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_documents_are_never_markup() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`x`"), "`` `x` ``");
        assert_eq!(code("a\nb"), "`a b`");
        assert_eq!(plain("<img> @all [x](y) `<b>` and *"), "&lt;img&gt; &#64;all \\[x\\](y) `<b>` and \\*");
        assert_eq!(cell("a|b"), "a\\|b");
    }
}
