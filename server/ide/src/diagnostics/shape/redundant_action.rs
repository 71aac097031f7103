//! Rule `redundant-action`.

use std::collections::{HashMap, HashSet};

use connect_policy_catalog::{Pattern, glob};
use connect_policy_model::{ActionVerdict, EffectiveEntry, EntryList, Verdict};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::unnecessary::{is_removable, report_unnecessary};
use crate::finding::Severity;

declare_rule! {
    /// Action already covered by a wildcard
    ///
    /// The entry has no effect. Remove it, or narrow the wildcard.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect:Describe*", "connect:DescribeUser"], "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect:DescribeQueue", "connect:DescribeUser"], "Resource": "*"}
    /// ```
    REDUNDANT_ACTION {
        summary: "action already covered by a wildcard",
        group: Shape,
        severity: Hint,
        unit: List,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// How many patterns of one service are compared with its entries; no list that a person writes has more.
const MAX_PATTERNS: usize = 64;

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let meaning = ctx.meaning();
    let in_policies = ctx.policies().flat_map(|(_, policy)| &policy.statements).flat_map(|statement| &statement.lists);
    for list in in_policies.chain(&meaning.action_lists).filter(|list| list.role.is_action()) {
        check_list(ctx, acc, list);
    }
}

fn check_list(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, list: &EntryList) {
    let document = ctx.document();
    let mut patterns: HashMap<String, Vec<(String, EffectiveEntry<'_>)>> = HashMap::new();
    let mut seen = HashSet::new();
    for entry in list.effective_entries(document) {
        if !matches!(entry.verdict(), Verdict::Action(ActionVerdict::Pattern { .. } | ActionVerdict::All)) {
            continue;
        }
        let text = entry.text.to_ascii_lowercase();
        // Patterns of several services are compared with everything.
        let prefix = text.split_once(':').map_or("", |(prefix, _)| prefix);
        let prefix = if Pattern::is_wild(prefix) { "" } else { prefix }.to_owned();
        let known = patterns.entry(prefix).or_default();
        if known.len() < MAX_PATTERNS && seen.insert(text.clone()) {
            known.push((text, entry));
        }
    }
    if patterns.is_empty() {
        return;
    }
    for entry in list.effective_entries(document).filter(is_removable) {
        let Verdict::Action(verdict) = entry.verdict() else { continue };
        if !matches!(
            verdict,
            ActionVerdict::Known { .. }
                | ActionVerdict::Added(_)
                | ActionVerdict::NameOnly
                | ActionVerdict::Unlisted(_)
                | ActionVerdict::Pattern { .. }
        ) {
            continue;
        }
        let text = entry.text.to_ascii_lowercase();
        let prefix = text.split_once(':').map_or("", |(prefix, _)| prefix);
        let near = [prefix, ""].into_iter().filter_map(|prefix| patterns.get(prefix)).flatten();
        let covering = near.filter(|(pattern, _)| *pattern != text).find(|(pattern, wide)| {
            covers(pattern, &text)
                // Of two equal patterns the later one is redundant.
                && (!covers(&text, pattern) || wide.is_before(&entry))
                && !wide.shares_target_with(&entry)
                && wide.applies_with(document, &entry)
        });
        let Some((_, wide)) = covering else { continue };
        let message = format!("`{}` is already covered by `{}`", entry.text, wide.text);
        report_unnecessary(ctx, acc, Severity::Hint, &entry, wide, message);
    }
}

/// Whether a pattern matches everything that an action or another pattern matches.
fn covers(pattern: &str, text: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    // A question mark matches one character, which a star need not be.
    (!pattern.contains('?') || !Pattern::is_wild(text)) && glob(pattern, text) && Pattern::is_wild(pattern)
}
