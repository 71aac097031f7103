//! A report as one self-contained HTML file: styles and the few lines of script are inside, nothing is loaded, and the page
//! itself forbids anything but these. The template library escapes whatever it is given.

use connect_policy_ide::Severity;
use connect_policy_ide::report::{Holder, Mark, Matrix, PolicyReport, ProfileReport, Report, Risk, TaskReport, Ungranted};
use connect_policy_project::rule_page::rule_page;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::output::access_report::{
    AccessReport, Notes, UNLINKED, anchor, by_page, class_name, counted, policy_size, profile_size, sorted, without_risks,
};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the page may do: its own style, its own script by its hash, and nothing else. A test holds the hash.
const MAY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-0NptbEt5O5fzJG4GhxiGfD26DB0a4mCWd2gT4cNz/M8='";

/// The report.
pub(crate) fn render(told: &AccessReport<'_>) -> String {
    let report = told.report;
    let is_empty = report.policies.is_empty() && report.profiles.is_empty();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(MAY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Access to Amazon Connect" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Access to Amazon Connect" }
                    p {
                        (counted(report.policies.len(), "policy", "policies")) ", "
                        (counted(report.profiles.len(), "security profile", "security profiles"))
                        ". Catalog of " (told.catalog.date()) "."
                    }
                    p.filter hidden {
                        label for="filter" { "Filter" }
                        input #filter type="search" placeholder="Name, action or task" autocomplete="off";
                        span #count aria-live="polite" {}
                    }
                }
                main {
                    @if is_empty { p { "No Amazon Connect policies or security profiles found" } } @else { (overview(report)) }
                    @if !report.profiles.is_empty() { (profiles(told)) }
                    @if !report.policies.is_empty() { (policies(report)) }
                    @if !report.profiles.is_empty() { (profile_details(report)) }
                    (ungranted(&report.ungranted()))
                    @if !told.skipped.is_empty() {
                        section { h2 { "Skipped files" } ul { @for skipped in told.skipped { li { code { (skipped.path) } ": " (skipped.why) } } } }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn overview(report: &Report) -> Markup {
    let overview = report.overview();
    let (policies, profiles) = (report.policy_labels(), report.profile_labels());
    html! {
        section {
            h2 { "Risks" }
            @if !overview.rows.is_empty() {
                div.scroll tabindex="0" role="region" aria-label="Risks by policy and security profile" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "Policy or profile" }
                                @for class in &overview.classes { th scope="col" { a href=(rule_page(class)) { (class_name(class)) } } }
                            }
                        }
                        tbody {
                            @for row in &overview.rows {
                                tr data-filter {
                                    @let (kind, label) = match row.holder {
                                        Holder::Policy(place) => ("Policy", &policies[place]),
                                        Holder::Profile(place) => ("Profile", &profiles[place]),
                                    };
                                    th scope="row" { span.kind { (kind) } " " a href={ "#" (anchor(row.holder)) } { (breakable(label)) } }
                                    @for cell in &row.cells {
                                        td {
                                            @if let Some((count, severity)) = cell {
                                                a class=(level(*severity)) href={ "#" (anchor(row.holder)) } { (count) " " (severity) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some(others) = without_risks(report, &overview) { p.aside { (others) } }
        }
    }
}

fn policies(report: &Report) -> Markup {
    let (labels, notes) = (report.policy_labels(), Notes::of(report));
    html! {
        section {
            h2 { "Policies" }
            @for place in report.policies_by_risk() { (policy(Holder::Policy(place), &labels[place], &report.policies[place], &notes)) }
            @for (number, actions) in notes.numbered() {
                p.aside id={ "note-" (number) } { sup { (number) } " To open the page, also allow " (names(actions)) "." }
            }
        }
    }
}

fn policy(holder: Holder, label: &str, policy: &PolicyReport, notes: &Notes<'_>) -> Markup {
    html! {
        article data-filter id=(anchor(holder)) {
            h3 { (label) }
            p.place { code { (policy.path) ":" (policy.line) } " · " (policy_size(policy)) }
            (risks(&policy.risks))
            @if !policy.partially_granted.is_empty() {
                h4 { "Partly granted" }
                ul { @for task in &policy.partially_granted { li { (task.title) ": missing " (names(&task.missing_actions)) } } }
            }
            @if !policy.tasks.is_empty() {
                details open[policy.tasks.len() <= 12] {
                    summary { (counted(policy.tasks.len(), "console task", "console tasks")) }
                    (tasks(&policy.tasks, None))
                }
            }
            @if !policy.hidden_tasks.is_empty() {
                details open[policy.hidden_tasks.len() <= 12] {
                    summary { (counted(policy.hidden_tasks.len(), "task", "tasks")) " allowed, but the page cannot be opened" }
                    (tasks(&policy.hidden_tasks, Some(notes)))
                }
            }
            @if !policy.actions.is_empty() {
                details {
                    summary { "All actions" }
                    p.names { @for action in policy.actions.iter().take(MAX_ACTIONS) { code { (action) } " " } }
                    @if policy.actions.len() > MAX_ACTIONS { p { "and " (policy.actions.len() - MAX_ACTIONS) " more" } }
                }
            }
        }
    }
}

/// The actions of a policy that are listed; one that allows everything has thousands.
const MAX_ACTIONS: usize = 600;

fn tasks(tasks: &[TaskReport], notes: Option<&Notes<'_>>) -> Markup {
    html! {
        dl {
            @for (page, tasks) in by_page(tasks) {
                dt { (page) }
                dd {
                    @for (index, task) in tasks.iter().enumerate() {
                        @if index > 0 { ", " }
                        (task.title)
                        @if let Some(number) = notes.map(|notes| notes.number(task)) { sup { a href={ "#note-" (number) } { (number) } } }
                    }
                }
            }
        }
    }
}

/// A name that may be broken between its words.
fn breakable(name: &str) -> Markup {
    let is_end = |(at, letter): &(usize, char)| {
        let next = name[at + letter.len_utf8()..].chars().next();
        ['.', '/', '_', '-', ':'].contains(letter) || (letter.is_lowercase() && next.is_some_and(char::is_uppercase))
    };
    let ends: Vec<usize> = name.char_indices().filter(is_end).map(|(at, letter)| at + letter.len_utf8()).collect();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let words = starts.zip(ends.iter().copied().chain([name.len()])).map(|(start, end)| &name[start..end]);
    html! { @for (index, word) in words.enumerate() { @if index > 0 { wbr; } (word) } }
}

fn names(names: &[&str]) -> Markup {
    html! { @for (index, name) in names.iter().enumerate() { @if index > 0 { ", " } code { (name) } } }
}

fn profiles(told: &AccessReport<'_>) -> Markup {
    let report = told.report;
    let matrix = report.matrix(told.catalog);
    html! {
        section {
            h2 { "Security profiles" }
            (table(&matrix, &report.profile_labels()))
            p.legend {
                @for (letters, verb) in &matrix.legend { span { b { (letters) } " " (verb) } " " }
                span { b.risky { "!" } " needs review" } " "
                span { b.restricts { "−" } " restricts the user" }
            }
            p.aside { (UNLINKED) }
        }
    }
}

fn profile_details(report: &Report) -> Markup {
    let labels = report.profile_labels();
    html! {
        section {
            h2 { "Security profile details" }
            @for place in report.profiles_by_risk() { (profile(Holder::Profile(place), &labels[place], &report.profiles[place])) }
        }
    }
}

fn table(matrix: &Matrix, labels: &[String]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Permissions by security profile" {
            table {
                thead { tr { th scope="col" { "Permissions" } @for label in labels { th scope="col" { (breakable(label)) } } } }
                @for section in &matrix.sections {
                    tbody {
                        tr.section { th scope="colgroup" colspan=(labels.len() + 1) { span { (section.title) } } }
                        @for row in &section.rows {
                            tr data-filter {
                                th scope="row" { (breakable(&row.group)) }
                                @for cell in &row.cells { td { @for mark in cell { (self::mark(mark)) " " } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn mark(mark: &Mark) -> Markup {
    let (class, sign) = if mark.is_risky {
        ("mark risky", "!")
    } else if mark.restricts {
        ("mark restricts", "−")
    } else {
        ("mark", "")
    };
    html! { span class=(class) title=(mark.permission) { (mark.code) (sign) } }
}

fn profile(holder: Holder, label: &str, profile: &ProfileReport) -> Markup {
    html! {
        article data-filter id=(anchor(holder)) {
            h3 { (label) }
            p.place { code { (profile.path) ":" (profile.line) } " · " (profile_size(profile)) }
            (risks(&profile.risks))
            @if !profile.unknown.is_empty() {
                p { "Unknown permissions: " @for name in &profile.unknown { code { (name) } " " } }
            }
        }
    }
}

fn risks(risks: &[Risk]) -> Markup {
    html! {
        @if !risks.is_empty() {
            ul.risks {
                @for risk in sorted(risks) {
                    li {
                        span class=(level(risk.severity)) { (risk.severity) } " "
                        a href=(rule_page(risk.rule)) { (risk.rule) } ", line " (risk.line) ": "
                        (sentence(&risk.message))
                    }
                }
            }
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => "level warning",
        Severity::Information | Severity::Hint => "level",
    }
}

/// A message whose backticks mark code.
fn sentence(message: &str) -> Markup {
    html! { @for (index, part) in message.split('`').enumerate() { @if index % 2 == 1 { code { (part) } } @else { (part) } } }
}

fn ungranted(ungranted: &[Ungranted]) -> Markup {
    html! {
        @if !ungranted.is_empty() {
            section {
                h2 { "Partly granted tasks" }
                p { "No policy in this report allows these actions:" }
                ul { @for one in ungranted { li data-filter { (one.task) ": missing " (names(&one.actions)) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_page_allows_its_own_script_and_no_other() {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut hash = String::new();
        for bytes in Sha256::digest(SCRIPT).chunks(3) {
            let word = bytes.iter().chain([0, 0].iter()).take(3).fold(0, |word, byte| word << 8 | u32::from(*byte));
            for place in 0..4 {
                hash.push(if place <= bytes.len() { LETTERS[(word >> (18 - 6 * place)) as usize & 63] as char } else { '=' });
            }
        }
        assert!(MAY.contains(&format!("'sha256-{hash}'")), "{hash}");
    }
}
