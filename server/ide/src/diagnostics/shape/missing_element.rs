//! Rule `missing-element`.

use std::ops::Range;

use connect_policy_model::{Element, PolicyKind, Statement, Vocabulary, is_computed_key, is_whole_map};
use connect_policy_syntax::{Document, NodeKind, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::shape::unknown_element::right_word;

declare_rule! {
    /// Statement is missing a required element
    ///
    /// In identity policies, IAM requires `Effect`, `Action` or `NotAction`, and `Resource` or `NotResource` in every
    /// statement.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    MISSING_ELEMENT {
        summary: "statement is missing a required element",
        group: Shape,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    // What is half typed lacks much.
    if !document.tree().errors().is_empty() {
        return;
    }
    for (_, policy) in ctx.policies().filter(|(_, policy)| policy.kind == PolicyKind::Identity) {
        for statement in policy.statements.iter().filter(|statement| statement.vocabulary == Vocabulary::Iam) {
            if !is_whole_map(document, statement.node) {
                continue;
            }
            let Some(place) = place(document, statement) else { continue };
            let missing: Vec<&str> = [
                (&[Element::Effect][..], "`Effect`"),
                (&[Element::Action, Element::NotAction], "`Action`"),
                (&[Element::Resource, Element::NotResource], "`Resource`"),
            ]
            .into_iter()
            .filter(|(elements, _)| elements.iter().all(|&element| statement.element(element).is_none()))
            .filter(|(elements, _)| !is_misspelled(document, statement, elements))
            .map(|(_, name)| name)
            .collect();
            if !missing.is_empty() {
                acc.report(place, format!("statement is missing {}", missing.join(" and ")));
            }
        }
    }
}

/// Whether a key of the statement is one of these elements with a typo, which another rule reports.
fn is_misspelled(document: &Document, statement: &Statement, elements: &[Element]) -> bool {
    let near = |key| right_word(statement.vocabulary, &document.value(key)).and_then(|word| statement.vocabulary.element(word));
    document.pairs(statement.node).filter_map(|pair| near(pair.key)).any(|element| elements.contains(&element))
}

/// Where it is told: the effect's key, the actions' key, or the first key. `None` where a part of the statement is not known
/// here, or nothing is written yet.
fn place(document: &Document, statement: &Statement) -> Option<Range<usize>> {
    let mut pairs = document.pairs(statement.node);
    if pairs.any(|pair| document.tree().node(pair.key).style() == ScalarStyle::Expression || is_computed_key(&document.value(pair.key))) {
        return None;
    }
    if document.pairs(statement.node).any(|pair| document.kind(pair.value) == NodeKind::Missing) {
        return None;
    }
    let key_of = |wanted: &[Element]| statement.elements.iter().find(|(element, ..)| wanted.contains(element)).map(|(_, key, _)| *key);
    let key = key_of(&[Element::Effect]).or_else(|| key_of(&[Element::Action, Element::NotAction]));
    let key = key.or_else(|| document.pairs(statement.node).next().map(|pair| pair.key))?;
    let range = document.inner(key);
    (!range.is_empty()).then_some(range)
}
