//! Rule `unknown-element`.

use connect_policy_model::{Element, Policy, Statement, Vocabulary, nearest};
use connect_policy_syntax::{Document, NodeId, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// Misspelled statement element
    ///
    /// IAM rejects a policy with `Actions` or `Resources`, and Terraform rejects a `statement` block with `action`. The name
    /// depends on the file: `Action` in JSON and templates, `actions` in `aws_iam_policy_document`.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Actions": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    UNKNOWN_ELEMENT {
        summary: "misspelled statement element",
        group: Shape,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (_, policy) in ctx.policies() {
        for statement in policy.statements.iter().filter(|statement| is_certain(document, policy, statement)) {
            check_statement(ctx, acc, statement);
        }
    }
}

/// Whether a map is certainly a statement of this carrier, not somebody's own record of one.
fn is_certain(document: &Document, policy: &Policy, statement: &Statement) -> bool {
    match statement.vocabulary {
        Vocabulary::TerraformDocument => true,
        Vocabulary::Iam => policy.node != statement.node && policy.has_statement_key(document),
        Vocabulary::Loose => false,
    }
}

fn check_statement(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, statement: &Statement) {
    let document = ctx.document();
    let keys: Vec<NodeId> = document.pairs(statement.node).map(|pair| pair.key).collect();
    let written: Vec<String> = keys.iter().map(|&key| document.value(key).into_owned()).collect();
    for (&key, text) in keys.iter().zip(&written) {
        if document.tree().node(key).style() == ScalarStyle::Expression
            || statement.vocabulary.element(text).is_some()
            || document.has_interpolation(key)
        {
            continue;
        }
        let Some(word) = right_word(statement.vocabulary, text) else { continue };
        let range = document.inner(key);
        if range.is_empty() {
            continue;
        }
        let has_it = written.iter().any(|other| other == word);
        let edit = TextEdit { range: range.clone(), new_text: document.format_entry(Some(key), &range, word) };
        let fix = Fix { title: format!("Rename to `{word}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
        // What is not a condition does not limit what the statement allows.
        let is_condition = statement.vocabulary.element(word) == Some(Element::Condition);
        let severity = if is_condition { Severity::Error } else { acc.severity() };
        let finding = acc.report_at(severity, range, format!("unknown statement element `{text}`; did you mean `{word}`?"));
        // A second key of the same name would be worse.
        finding.fixes = if has_it { Vec::new() } else { vec![fix] };
    }
}

/// The carrier's element that a misspelled key resembles.
pub(super) fn right_word(vocabulary: Vocabulary, text: &str) -> Option<&'static str> {
    if let Some(element) = vocabulary.near_element(text) {
        return Some(vocabulary.word(element));
    }
    let is_word = text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let near = |word: &str| nearest::distance(&word.to_ascii_lowercase(), &text.to_ascii_lowercase()) <= if word.len() > 7 { 2 } else { 1 };
    vocabulary.words().iter().map(|(word, _)| *word).find(|word| is_word && near(word))
}
