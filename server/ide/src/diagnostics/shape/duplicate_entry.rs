//! Rule `duplicate-entry`.

use std::collections::{HashMap, HashSet};

use connect_policy_model::{EffectiveEntry, EntryKind, EntryList, Role};
use connect_policy_syntax::{NodeId, NodeKind, RewrittenItem};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::unnecessary::{is_removable, report_unnecessary};
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// Duplicate list entry
    ///
    /// The duplicate has no effect. CloudFormation requires unique permissions in `AWS::Connect::SecurityProfile` and rejects
    /// the template, so the level is error there. Entries in different branches of a condition are alternatives, not
    /// duplicates. More than five duplicates in a policy are reported as one finding.
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

/// More duplicates than this in one policy are reported as one finding.
const MAX_SINGLE: usize = 5;

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let meaning = ctx.meaning();
    for (_, policy) in ctx.policies() {
        let lists = policy.statements.iter().flat_map(|statement| &statement.lists);
        let found: Vec<Duplicate<'_>> = lists.flat_map(|list| duplicates(ctx, list)).collect();
        if found.len() <= MAX_SINGLE || report_all(ctx, acc, &found).is_none() {
            found.iter().for_each(|duplicate| report(ctx, acc, duplicate, Severity::Hint));
        }
    }
    for list in &meaning.action_lists {
        duplicates(ctx, list).iter().for_each(|duplicate| report(ctx, acc, duplicate, Severity::Hint));
    }
    for known in &meaning.permission_lists {
        let severity = if known.must_be_unique(ctx.document()) { Severity::Error } else { Severity::Hint };
        duplicates(ctx, &known.list).iter().for_each(|duplicate| report(ctx, acc, duplicate, severity));
    }
}

/// An entry of a list that another one repeats.
struct Duplicate<'a> {
    list: &'a EntryList,
    entry: EffectiveEntry<'a>,
    twin: EffectiveEntry<'a>,
}

fn duplicates<'a>(ctx: &RuleContext<'a>, list: &'a EntryList) -> Vec<Duplicate<'a>> {
    let document = ctx.document();
    let mut found = Vec::new();
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
        match earlier.iter().find(is_twin).filter(|_| is_removable(&entry)).cloned() {
            Some(twin) => found.push(Duplicate { list, entry, twin }),
            None if earlier.len() < MAX_ALTERNATIVES => earlier.push(entry),
            None => {}
        }
    }
    found
}

fn report(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, duplicate: &Duplicate<'_>, severity: Severity) {
    let what = match duplicate.list.role {
        Role::Action | Role::NotAction => "action",
        Role::Resource | Role::NotResource => "resource",
        Role::Permission => "permission",
    };
    let message = match severity {
        Severity::Error => format!("duplicate {what}; CloudFormation rejects duplicates"),
        _ => format!("duplicate {what}"),
    };
    report_unnecessary(ctx, acc, severity, &duplicate.entry, &duplicate.twin, message);
}

/// One finding for a whole policy, at the first of its duplicates. `None` if one of them is not an item of its list.
fn report_all(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, found: &[Duplicate<'_>]) -> Option<()> {
    let document = ctx.document();
    let mut edits = Vec::new();
    for of_list in found.chunk_by(|one, other| std::ptr::eq(one.list, other.list)) {
        let value = of_list.first()?.list.value;
        let removed: HashSet<NodeId> = of_list.iter().map(|duplicate| duplicate.entry.entry.node).collect();
        let (taken, kept): (Vec<NodeId>, Vec<NodeId>) = document.items(value).partition(|node| removed.contains(node));
        if of_list.iter().any(|one| one.entry.target.is_some()) || taken.len() != removed.len() {
            return None;
        }
        let kept: Vec<RewrittenItem> = kept.into_iter().map(|node| RewrittenItem { text: None, of: vec![node] }).collect();
        let (range, new_text) = document.rewrite_list(value, &kept)?;
        edits.push(TextEdit { range, new_text });
    }
    edits.sort_by_key(|edit| edit.range.start);
    let first = found.first()?;
    let count = found.len();
    let are_exact = found.iter().all(|duplicate| duplicate.entry.text == duplicate.twin.text);
    let fix = Fix { title: format!("Remove {count} duplicate entries"), applicability: Applicability::safe_if(are_exact), edits };
    let finding = acc.report_entry(Severity::Hint, &first.entry, format!("{count} duplicate entries in this policy"));
    finding.fixes.push(fix);
    finding.is_unnecessary = true;
    Some(())
}
