//! A report as Markdown, as GitHub and others render it.

use std::fmt::Write;

use connect_policy_ide::Severity;
use connect_policy_ide::report::{Holder, Mark, PolicyReport, ProfileReport, Report, Risk, TaskReport};
use connect_policy_project::rule_page::rule_page;

use crate::output::access_report::{
    AccessReport, Notes, UNLINKED, anchor, by_page, class_name, counted, policy_size, profile_size, sorted, without_risks,
};

/// The report.
pub(crate) fn render(told: &AccessReport<'_>) -> String {
    let report = told.report;
    let mut out = String::from("# Access to Amazon Connect\n\n");
    if report.policies.is_empty() && report.profiles.is_empty() {
        let _ = writeln!(out, "No Amazon Connect policies or security profiles found. Catalog of {}.", told.catalog.date());
        return out;
    }
    let policies = counted(report.policies.len(), "policy", "policies");
    let profiles = counted(report.profiles.len(), "security profile", "security profiles");
    let _ = writeln!(out, "{policies}, {profiles}. Catalog of {}.", told.catalog.date());
    write_overview(&mut out, report);
    if !report.profiles.is_empty() {
        write_matrix(&mut out, told);
    }
    let notes = Notes::of(report);
    if !report.policies.is_empty() {
        out.push_str("\n## Policies\n");
    }
    let labels = report.policy_labels();
    for place in report.policies_by_risk() {
        write_policy(&mut out, Holder::Policy(place), &labels[place], &report.policies[place], &notes);
    }
    for (number, actions) in notes.numbered() {
        let _ = writeln!(out, "\n[{number}] To open the page, also allow {}.", codes(actions));
    }
    if !report.profiles.is_empty() {
        out.push_str("\n## Security profile details\n");
    }
    let labels = report.profile_labels();
    for place in report.profiles_by_risk() {
        write_profile(&mut out, Holder::Profile(place), &labels[place], &report.profiles[place]);
    }
    let ungranted = report.ungranted();
    if !ungranted.is_empty() {
        out.push_str("\n## Partly granted tasks\n\nNo policy in this report allows these actions:\n\n");
        for task in ungranted {
            let _ = writeln!(out, "- {}: missing {}", task.task, codes(&task.actions));
        }
    }
    if !told.skipped.is_empty() {
        out.push_str("\n## Skipped files\n\n");
        for skipped in told.skipped {
            let _ = writeln!(out, "- {}: {}", code(&skipped.path), plain(&skipped.why));
        }
    }
    out
}

fn write_overview(out: &mut String, report: &Report) {
    let overview = report.overview();
    out.push_str("\n## Risks\n\n");
    if !overview.rows.is_empty() {
        let classes = overview.classes.iter().map(|rule| class_name(rule));
        let _ = writeln!(out, "| | {} |", classes.collect::<Vec<_>>().join(" | "));
        let _ = writeln!(out, "| --- |{}", " --- |".repeat(overview.classes.len()));
        let (policies, profiles) = (report.policy_labels(), report.profile_labels());
        for row in &overview.rows {
            let (kind, label) = match row.holder {
                Holder::Policy(place) => ("policy", &policies[place]),
                Holder::Profile(place) => ("profile", &profiles[place]),
            };
            let anchor = anchor(row.holder);
            let cell = |cell: &Option<(usize, Severity)>| match cell {
                Some((count, severity)) => format!("[{count} {severity}](#{anchor})"),
                None => String::new(),
            };
            let cells = row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ");
            let _ = writeln!(out, "| {kind} {} | {cells} |", self::cell(&code(label)));
        }
    }
    if let Some(others) = without_risks(report, &overview) {
        let start = if overview.rows.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{start}{others}");
    }
}

fn write_matrix(out: &mut String, told: &AccessReport<'_>) {
    let (report, matrix) = (told.report, told.report.matrix(told.catalog));
    out.push_str("\n## Security profiles\n\n");
    let names = report.profile_labels().into_iter().map(|label| cell(&code(&label))).collect::<Vec<_>>();
    let _ = writeln!(out, "| | {} |", names.join(" | "));
    let _ = writeln!(out, "| --- |{}", " --- |".repeat(names.len()));
    for section in &matrix.sections {
        let _ = writeln!(out, "| **{}** |{}", cell(&plain(&section.title)), " |".repeat(names.len()));
        for row in &section.rows {
            let cells = row.cells.iter().map(|marks| marks.iter().map(mark).collect::<Vec<_>>().join(" "));
            let _ = writeln!(out, "| {} | {} |", cell(&code(&row.group)), cells.collect::<Vec<_>>().join(" | "));
        }
    }
    let legend: Vec<String> = matrix.legend.iter().map(|(letters, verb)| format!("{letters} {verb}")).collect();
    let _ = writeln!(out, "\n{} · `!` needs review · `−` restricts the user\n\n{UNLINKED}", legend.join(" · "));
}

fn write_policy(out: &mut String, holder: Holder, label: &str, policy: &PolicyReport, notes: &Notes<'_>) {
    let _ = writeln!(out, "\n### <a id=\"{}\"></a>{}\n", anchor(holder), code(label));
    let _ = writeln!(out, "{} · {}", code(&place(&policy.path, policy.line)), policy_size(policy));
    write_risks(out, &policy.risks);
    if !policy.tasks.is_empty() {
        let _ = writeln!(out, "\n{}:\n", counted(policy.tasks.len(), "console task", "console tasks"));
        for (page, tasks) in by_page(&policy.tasks) {
            let _ = writeln!(out, "- {page}: {}", tasks.iter().map(|task| task.title).collect::<Vec<_>>().join(", "));
        }
    }
    if !policy.hidden_tasks.is_empty() {
        out.push_str("\nAllowed, but the page cannot be opened:\n\n");
        for (page, tasks) in by_page(&policy.hidden_tasks) {
            let titled = |task: &&TaskReport| format!("{} [{}]", task.title, notes.number(task));
            let _ = writeln!(out, "- {page}: {}", tasks.iter().map(titled).collect::<Vec<_>>().join(", "));
        }
    }
    if !policy.partially_granted.is_empty() {
        out.push_str("\nPartly granted:\n\n");
        for task in &policy.partially_granted {
            let _ = writeln!(out, "- {}: missing {}", task.title, codes(&task.missing_actions));
        }
    }
}

fn write_profile(out: &mut String, holder: Holder, label: &str, profile: &ProfileReport) {
    let _ = writeln!(out, "\n### <a id=\"{}\"></a>{}\n", anchor(holder), code(label));
    let _ = writeln!(out, "{} · {}", code(&place(&profile.path, profile.line)), profile_size(profile));
    if !profile.unknown.is_empty() {
        let _ = writeln!(out, "\nUnknown permissions: {}", codes(&profile.unknown));
    }
    write_risks(out, &profile.risks);
}

fn write_risks(out: &mut String, risks: &[Risk]) {
    if !risks.is_empty() {
        out.push_str("\nRisks:\n\n");
    }
    for risk in sorted(risks) {
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

/// Names as code, separated by commas.
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

/// A text inside a table's cell.
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
