//! Rule `duplicate-entry`.

use std::collections::HashMap;

use connect_policy_model::{EffectiveEntry, EntryKind, EntryList, Role};
use connect_policy_syntax::NodeKind;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::unnecessary::{is_removable, report_unnecessary};
use crate::finding::Severity;

declare_rule! {
    /// Duplicate list entry
    ///
    /// The duplicate has no effect. CloudFormation requires unique permissions in `AWS::Connect::SecurityProfile` and rejects
    /// the template, so the level is error there. Entries in different branches of a condition are alternatives, not
    /// duplicates.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect:ListUsers", "connect:DescribeUser", "connect:ListUsers"], "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect:ListUsers", "connect:DescribeUser"], "Resource": "*"}
    /// ```
    DUPLICATE_ENTRY {
        summary: "duplicate list entry",
        group: Shape,
        severity: Hint,
        unit: List,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// How many branches with the same entry are compared.
const MAX_ALTERNATIVES: usize = 16;

/// Functions that remove duplicates.
const MAKES_SETS: &[&str] = &["distinct", "toset", "setunion"];

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let meaning = ctx.meaning();
    for statement in ctx.policies().flat_map(|(_, policy)| &policy.statements) {
        for list in &statement.lists {
            check_list(ctx, acc, list, Severity::Hint);
        }
    }
    for list in &meaning.action_lists {
        check_list(ctx, acc, list, Severity::Hint);
    }
    for known in &meaning.permission_lists {
        let severity = if known.must_be_unique(ctx.document()) { Severity::Error } else { Severity::Hint };
        check_list(ctx, acc, &known.list, severity);
    }
}

fn check_list(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, list: &EntryList, severity: Severity) {
    let document = ctx.document();
    // Those of one text of which none holds whenever another does; in lists without branches there is one.
    let mut seen: HashMap<String, Vec<EffectiveEntry<'_>>> = HashMap::with_capacity(list.entries.len());
    // What cannot be taken out of its list is met first, so that the finding is on what can.
    let (fixed, free): (Vec<_>, Vec<_>) =
        list.effective_entries(document).partition(|entry| entry.target.is_some() && !is_removable(entry));
    let is_set = document.kind(list.value) == NodeKind::Call && MAKES_SETS.contains(&&*document.value(list.value));
    for entry in fixed.into_iter().chain(free) {
        // An entry that is written elsewhere is known only by its text.
        let has_holes = if entry.target.is_some() { entry.text.contains("${") } else { document.has_interpolation(entry.entry.node) };
        if entry.text.is_empty() || entry.entry.kind == EntryKind::Partial || has_holes {
            continue;
        }
        let text = if list.role.is_action() { entry.text.to_ascii_lowercase() } else { entry.text.clone().into_owned() };
        let earlier = seen.entry(text).or_default();
        // Lists that overlap are put together this way on purpose.
        let is_meant = |earlier: &EffectiveEntry<'_>| is_set && (earlier.target.is_some() || entry.target.is_some());
        let is_twin = |earlier: &&EffectiveEntry<'_>| {
            !earlier.shares_target_with(&entry) && !is_meant(earlier) && earlier.applies_with(document, &entry)
        };
        let twin = earlier.iter().find(is_twin);
        let Some(twin) = twin.filter(|_| is_removable(&entry)) else {
            if earlier.len() < MAX_ALTERNATIVES {
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
            Severity::Error => format!("duplicate {what}; CloudFormation rejects duplicates"),
            _ => format!("duplicate {what}"),
        };
        report_unnecessary(ctx, acc, severity, &entry, twin, message);
    }
}
