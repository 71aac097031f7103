//! Rule `invalid-effect`.

use connect_policy_model::{Element, Vocabulary, nearest};
use connect_policy_syntax::{NodeFlags, NodeKind, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// Invalid `Effect` value
    ///
    /// The value is case-sensitive: IAM accepts `Allow` and rejects `allow`.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "allow", "Action": "connect:ListUsers", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}
    /// ```
    INVALID_EFFECT {
        summary: "invalid `Effect` value",
        group: Shape,
        severity: Error,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

const EFFECTS: [&str; 2] = ["Allow", "Deny"];

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let statements = ctx.policies().flat_map(|(_, policy)| &policy.statements);
    // A module's input may use other values.
    for statement in statements.filter(|statement| statement.vocabulary != Vocabulary::Loose) {
        let Some(value) = statement.element(Element::Effect).filter(|&value| document.kind(value) == NodeKind::Scalar) else { continue };
        let node = document.tree().node(value);
        let text = document.value(value);
        let is_typed = node.flags().has(NodeFlags::OPEN) || text.trim().is_empty();
        if EFFECTS.contains(&&*text) || is_typed || node.style() == ScalarStyle::Expression || document.has_interpolation(value) {
            continue;
        }
        let range = document.inner(value);
        let folded = text.trim().to_ascii_lowercase();
        let near = EFFECTS.into_iter().find(|effect| nearest::distance(&effect.to_ascii_lowercase(), &folded.to_ascii_lowercase()) <= 2);
        let fixes = near.map(|effect| Fix {
            title: format!("Replace with `{effect}`"),
            applicability: Applicability::safe_if(effect.eq_ignore_ascii_case(&folded)),
            edits: vec![TextEdit { range: range.clone(), new_text: document.format_entry(Some(value), &range, effect) }],
        });
        let text = text.into_owned();
        acc.report(range, format!("`Effect` must be `Allow` or `Deny`, found `{text}`")).fixes.extend(fixes);
    }
}
