//! An entry that stands in its list already.
//!
//! It changes nothing. In an `AWS::Connect::SecurityProfile` CloudFormation refuses the template, because its schema demands
//! that permissions be unique. Entries in different branches of a condition are alternatives, not duplicates.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["connect:ListUsers", "connect:DescribeUser", "connect:ListUsers"], "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["connect:ListUsers", "connect:DescribeUser"], "Resource": "*"}
//! ```

use std::collections::HashMap;

use connect_policy_model::{Counted, EntryKind, EntryList, Role};
use connect_policy_syntax::Kind;

use super::{Findings, Rule};
use crate::{Fix, Severity, TextEdit};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-entry",
    summary: "the same entry again in a list",
    severity: Severity::Hint,
    source: include_str!("duplicate_entry.rs"),
    check,
};

/// How many branches with the same entry are told apart.
const MOST_ALTERNATIVES: usize = 16;

/// Functions that take each entry once.
const MAKES_SETS: &[&str] = &["distinct", "toset", "setunion"];

fn check(findings: &mut Findings<'_>) {
    let meaning = findings.context.meaning;
    for statement in findings.policies().flat_map(|(_, policy)| &policy.statements) {
        for list in &statement.lists {
            check_list(findings, list, Severity::Hint);
        }
    }
    for list in &meaning.action_lists {
        check_list(findings, list, Severity::Hint);
    }
    for known in &meaning.permission_lists {
        let severity = if known.must_be_unique(findings.context.document) { Severity::Error } else { Severity::Hint };
        check_list(findings, &known.list, severity);
    }
}

fn check_list(findings: &mut Findings<'_>, list: &EntryList, severity: Severity) {
    let document = findings.context.document;
    // Those of one text of which none holds whenever another does; in lists without branches there is one.
    let mut seen: HashMap<String, Vec<Counted<'_>>> = HashMap::with_capacity(list.entries.len());
    // What cannot be taken out of its list is met first, so that the finding is on what can.
    let (fixed, free): (Vec<_>, Vec<_>) = list.counted(document).partition(|entry| entry.lender.is_some() && !may_go(entry));
    let is_set = document.kind(list.value) == Kind::Call && MAKES_SETS.contains(&&*document.value(list.value));
    for entry in fixed.into_iter().chain(free) {
        // Of an entry that stands elsewhere only the text is at hand.
        let has_holes = if entry.lender.is_some() { entry.text.contains("${") } else { document.has_holes(entry.entry.node) };
        if entry.text.is_empty() || entry.entry.kind == EntryKind::Partial || has_holes {
            continue;
        }
        let text = if list.role.is_action() { entry.text.to_ascii_lowercase() } else { entry.text.clone().into_owned() };
        let earlier = seen.entry(text).or_default();
        // Lists that overlap are put together this way on purpose.
        let is_meant = |earlier: &Counted<'_>| is_set && (earlier.lender.is_some() || entry.lender.is_some());
        let is_twin = |earlier: &&Counted<'_>| !earlier.has_lender_of(&entry) && !is_meant(earlier) && earlier.holds_with(document, &entry);
        let twin = earlier.iter().find(is_twin);
        let Some(twin) = twin.filter(|_| may_go(&entry)) else {
            if earlier.len() < MOST_ALTERNATIVES {
                earlier.push(entry);
            }
            continue;
        };
        let what = match list.role {
            Role::Action | Role::NotAction => "action",
            Role::Resource | Role::NotResource => "resource",
            Role::Permission => "permission",
        };
        let message = match severity {
            Severity::Error => format!("this {what} stands in the list already; CloudFormation refuses a list with duplicates"),
            _ => format!("this {what} stands in the list already"),
        };
        tell_unnecessary(findings, severity, &entry, twin, message);
    }
}

/// Whether an entry may be taken out of its list for the sake of one of its uses: it has no other.
pub(super) fn may_go(entry: &Counted<'_>) -> bool {
    entry.lender.is_none_or(|lender| !lender.is_shared) && entry.entry.kind != EntryKind::Part
}

/// Notes an entry that changes nothing, because of another one.
pub(super) fn tell_unnecessary(findings: &mut Findings<'_>, severity: Severity, entry: &Counted<'_>, other: &Counted<'_>, message: String) {
    let fixes = removal(findings, entry);
    let is_far = entry.lender.is_some() || other.lender.is_some();
    let related = is_far.then(|| findings.related_to(other, "written here"));
    let finding = findings.add_counted(severity, entry, message);
    finding.fixes = fixes;
    finding.is_unnecessary = true;
    finding.related.extend(related);
}

/// A fix that takes an entry out of its list.
fn removal(findings: &Findings<'_>, entry: &Counted<'_>) -> Vec<Fix> {
    let home = match entry.lender {
        Some(lender) => findings.context.of(lender.document).map(|context| context.document),
        None => Some(findings.context.document),
    };
    let Some(range) = home.and_then(|document| document.removal(entry.entry.node)) else { return Vec::new() };
    let title = "Remove the entry".to_owned();
    vec![Fix { title, is_certain: false, edits: vec![TextEdit { range, new_text: String::new() }] }]
}
