//! A report as one HTML file that needs nothing else: styles and the few lines of script are inside, nothing is loaded, and
//! the page itself forbids anything but these. The template library escapes whatever it is handed.

use connect_policy_ide::report::{Mark, Matrix, PolicyReport, ProfileReport, Risk, TaskReport};
use connect_policy_ide::{Severity, report::Ungranted};
use connect_policy_project::rule_page::rule_page;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::output::access_report::{AccessReport, UNLINKED, by_page, counted, hidden_without, note_of};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the page may do: its own style, its own script by its hash, and nothing else. A test holds the hash.
const MAY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-0NptbEt5O5fzJG4GhxiGfD26DB0a4mCWd2gT4cNz/M8='";

/// The report.
pub(crate) fn render(told: &AccessReport<'_>) -> String {
    let report = told.report;
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
                        ". Facts of " (told.catalog.date()) "."
                    }
                    p.filter hidden {
                        label for="filter" { "Filter" }
                        input #filter type="search" placeholder="a name, an action, a task" autocomplete="off";
                        span #count aria-live="polite" {}
                    }
                }
                main {
                    @if !report.policies.is_empty() { (policies(&report.policies)) }
                    @if !report.profiles.is_empty() { (profiles(told)) }
                    @if report.policies.is_empty() && report.profiles.is_empty() {
                        p { "There is no policy about Amazon Connect here, and no security profile." }
                    }
                    (ungranted(&report.ungranted()))
                    @if !told.skipped.is_empty() {
                        section { h2 { "Not read" } ul { @for skipped in told.skipped { li { code { (skipped.path) } ": " (skipped.why) } } } }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn policies(policies: &[PolicyReport]) -> Markup {
    html! {
        section {
            h2 { "Policies" }
            @for policy in policies {
                article data-filter {
                    h3 { (policy.name) }
                    p.place {
                        code { (policy.path) ":" (policy.line) } " · " (counted(policy.actions.len(), "action", "actions"))
                        @if !policy.is_whole { ", and what is not known here" }
                    }
                    (risks(&policy.risks))
                    @if !policy.partially_granted.is_empty() {
                        h4 { "Nearly granted" }
                        ul { @for task in &policy.partially_granted { li { (task.title) ": lacks " (names(&task.missing_actions)) } } }
                    }
                    @if !policy.tasks.is_empty() {
                        details open[policy.tasks.len() <= 12] {
                            summary { (counted(policy.tasks.len(), "task", "tasks")) " of the console" }
                            (tasks(&policy.tasks))
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
    }
}

/// So many actions of a policy are listed; one that allows everything has thousands.
const MAX_ACTIONS: usize = 600;

fn tasks(tasks: &[TaskReport]) -> Markup {
    let notes = hidden_without(tasks);
    html! {
        dl {
            @for (page, tasks) in by_page(tasks) {
                dt { (page) }
                dd {
                    @for (index, task) in tasks.iter().enumerate() {
                        @if index > 0 { ", " }
                        (task.title)
                        @if let Some(number) = note_of(task, &notes) { sup { (number) } }
                    }
                }
            }
        }
        @for (index, note) in notes.iter().enumerate() {
            p.aside { sup { (index + 1) } " The page that it is done on is not shown without " (names(note)) "." }
        }
    }
}

/// A name that may be broken between its words.
fn breakable(name: &str) -> Markup {
    let is_end = |(at, letter): &(usize, char)| {
        let next = name[at + letter.len_utf8()..].chars().next();
        *letter == '.' || (letter.is_lowercase() && next.is_some_and(char::is_uppercase))
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
            (table(&matrix, &report.profiles))
            p.legend {
                @for (letters, verb) in &matrix.legend { span { b { (letters) } " " (verb) } " " }
                span { b.risky { "!" } " deserves a second look" } " "
                span { b.restricts { "−" } " takes something away from its holder" }
            }
            @for profile in &report.profiles { (self::profile(profile)) }
            p.aside { (UNLINKED) }
        }
    }
}

fn table(matrix: &Matrix, profiles: &[ProfileReport]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Permissions by security profile" {
            table {
                thead { tr { th scope="col" { "Permissions" } @for profile in profiles { th scope="col" { (breakable(&profile.name)) } } } }
                @for section in &matrix.sections {
                    tbody {
                        tr.section { th scope="colgroup" colspan=(profiles.len() + 1) { span { (section.title) } } }
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

fn profile(profile: &ProfileReport) -> Markup {
    html! {
        article data-filter {
            h3 { (profile.name) }
            p.place {
                code { (profile.path) ":" (profile.line) } " · " (counted(profile.permissions.len(), "permission", "permissions"))
                @if !profile.is_whole { ", and what is not known here" }
                @if !profile.restricted_by.is_empty() { " · restricted by " (profile.restricted_by.join(" and ")) }
            }
            (risks(&profile.risks))
            @if !profile.unknown.is_empty() {
                p { "No permissions that are known: " @for name in &profile.unknown { code { (name) } " " } }
            }
        }
    }
}

fn risks(risks: &[Risk]) -> Markup {
    html! {
        @if !risks.is_empty() {
            ul.risks {
                @for risk in risks {
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
                h2 { "Begun, and granted whole by nobody" }
                ul { @for one in ungranted { li data-filter { (one.task) ": no statement grants " (names(&one.actions)) } } }
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
