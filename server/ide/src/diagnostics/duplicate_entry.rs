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

use connect_policy_model::{Entry, EntryKind, EntryList, Role};

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
    let mut seen: HashMap<String, Vec<&Entry>> = HashMap::with_capacity(list.entries.len());
    for entry in &list.entries {
        let text = entry.text(document);
        if text.is_empty() || entry.kind == EntryKind::Partial || document.has_holes(entry.node) {
            continue;
        }
        let text = if list.role.is_action() { text.to_ascii_lowercase() } else { text.into_owned() };
        let earlier = seen.entry(text).or_default();
        if !earlier.iter().any(|earlier| EntryList::holds_with(document, earlier, entry)) {
            if earlier.len() < MOST_ALTERNATIVES {
                earlier.push(entry);
            }
            continue;
        }
        let what = match list.role {
            Role::Action | Role::NotAction => "action",
            Role::Resource | Role::NotResource => "resource",
            Role::Permission => "permission",
        };
        let message = match severity {
            Severity::Error => format!("this {what} stands in the list already; CloudFormation refuses a list with duplicates"),
            _ => format!("this {what} stands in the list already"),
        };
        let fixes = removal(findings, entry);
        let finding = findings.add_as(severity, entry.range.clone(), message);
        finding.fixes = fixes;
        finding.is_unnecessary = true;
    }
}

/// A fix that takes an entry out of its list.
pub(super) fn removal(findings: &Findings<'_>, entry: &Entry) -> Vec<Fix> {
    let Some(range) = findings.context.document.removal(entry.node) else { return Vec::new() };
    let title = "Remove the entry".to_owned();
    vec![Fix { title, is_certain: false, edits: vec![TextEdit { range, new_text: String::new() }] }]
}
