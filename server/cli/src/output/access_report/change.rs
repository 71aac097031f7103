//! A change as Markdown, for a comment on a pull request.

use std::fmt::Write;

use connect_policy_ide::report::{Change, Changed, Risk};

use crate::output::access_report::counted;
use crate::output::access_report::markdown::{code, codes, plain};

/// The names that are shown; more are folded, so that a comment stays readable.
const MAX_SHOWN: usize = 12;

/// The names that are listed at all: a comment has at most 65,536 characters.
const MAX_LISTED: usize = 300;

/// The change, with what it is compared with.
pub(crate) fn render(change: &Change, against: &str) -> String {
    let mut out = format!("## Access added and removed by this change\n\nCompared with {}. ", code(against));
    if change.is_empty() {
        out.push_str("No changes in granted access.\n");
        return out;
    }
    let escalations = change.escalations().count();
    match escalations {
        0 => out.push_str("No risks at level warning or error added.\n"),
        count => {
            let _ = writeln!(out, "**{} at level warning or error added.**", counted(count, "risk", "risks"));
        }
    }
    for changed in &change.policies {
        write_changed(&mut out, changed, ("action", "actions"));
    }
    for changed in &change.profiles {
        write_changed(&mut out, changed, ("permission", "permissions"));
    }
    out.push_str("\nWildcards are expanded. Resources and conditions are compared by resulting risk.\n");
    out
}

fn write_changed(out: &mut String, changed: &Changed, (one, many): (&str, &str)) {
    let state = if changed.is_new {
        " (new)"
    } else if changed.is_gone {
        " (removed)"
    } else {
        ""
    };
    let _ = writeln!(out, "\n### {}{state}\n\n{}\n", code(&changed.name), code(&changed.path));
    write_risks(out, "Risk added", &changed.risks_added);
    write_tasks(out, "Console tasks added", &changed.tasks_given);
    write_names(out, "added", &changed.given, one, many);
    write_tasks(out, "Console tasks removed", &changed.tasks_taken);
    write_names(out, "removed", &changed.taken, one, many);
    write_risks(out, "Risk removed", &changed.risks_removed);
    if !changed.is_whole {
        out.push_str("- Incomplete: depends on variables, calls or other files\n");
    }
}

fn write_risks(out: &mut String, what: &str, risks: &[Risk]) {
    for risk in risks {
        let _ = writeln!(out, "- {what}: **{}** {}: {}", risk.severity, code(risk.rule), plain(&risk.message));
    }
}

fn write_tasks(out: &mut String, what: &str, tasks: &[&str]) {
    if !tasks.is_empty() {
        let _ = writeln!(out, "- {what}: {}", tasks.join(", "));
    }
}

fn write_names(out: &mut String, what: &str, names: &[String], one: &str, many: &str) {
    let count = counted(names.len(), one, many);
    if names.is_empty() {
        return;
    }
    if names.len() <= MAX_SHOWN {
        let _ = writeln!(out, "- {count} {what}: {}", codes(names));
        return;
    }
    let shown = codes(&names[..names.len().min(MAX_LISTED)]);
    let more = if names.len() > MAX_LISTED { format!(" and {} more", names.len() - MAX_LISTED) } else { String::new() };
    let _ = writeln!(out, "- <details><summary>{count} {what}</summary>\n\n  {shown}{more}\n\n  </details>");
}
