//! Rule `condition-value`.

use connect_policy_model::{ArnParts, instance_arn_reference};
use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::condition_operators::{base, known};
use crate::diagnostics::support::instance_id;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// Condition value has the wrong form
    ///
    /// `connect:InstanceId` contains the ID of the instance. Compared with an ARN it never matches, so an Allow grants nothing
    /// and a Deny blocks nothing. `StringEquals` does not support wildcards; `StringLike` does. In CloudFormation, `Ref` of an instance is its ARN; `Fn::GetAtt` with `Id` is the ID. An ID that
    /// is not a UUID is information.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*", "Condition": {"StringEquals": {
    ///   "connect:InstanceId": "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*", "Condition": {"StringEquals": {
    ///   "connect:InstanceId": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    CONDITION_VALUE {
        summary: "condition value has the wrong form",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// The key whose values are ids of instances.
const INSTANCE_ID: &str = "connect:InstanceId";

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let statements = ctx.policies().flat_map(|(_, policy)| &policy.statements);
    let comparisons = statements.flat_map(|statement| statement.conditions(document).comparisons);
    let compared = comparisons.filter(|one| document.value(one.key).eq_ignore_ascii_case(INSTANCE_ID));
    let values = compared.flat_map(|comparison| {
        let operator = document.value(comparison.operator).into_owned();
        comparison.value_nodes(document).into_iter().map(move |value| (operator.clone(), value))
    });
    for (operator, value) in values.take(MAX_VALUES) {
        check_value(document, acc, &operator, value);
    }
}

/// How many values of a document are checked. Each reference costs a look at the template's resources.
const MAX_VALUES: usize = 500;

fn check_value(document: &Document, acc: &mut Acc<'_>, operator: &str, value: NodeId) {
    let range = document.inner(value);
    let comparison = IdComparison::of(operator);
    let fix = if let Some(reference) = instance_arn_reference(document, value) {
        reference.to_id.filter(|_| comparison != IdComparison::Other).map(|(range, new_text)| Fix {
            title: format!("Replace with `{new_text}`"),
            applicability: Applicability::Safe,
            edits: vec![TextEdit { range, new_text: new_text.to_owned() }],
        })
    } else if document.value(value).starts_with("arn:") {
        id_of(document, value).filter(|id| comparison.can_match(id)).map(|id| {
            let new_text = document.format_entry(Some(value), &range, &id);
            let edits = vec![TextEdit { range: range.clone(), new_text }];
            Fix { title: format!("Replace with `{id}`"), applicability: Applicability::Safe, edits }
        })
    } else {
        let text = document.value(value);
        if !is_whole(document, value) {
            return;
        }
        if comparison == IdComparison::Exact && has_wildcard(&text) {
            let like = if is_negated(operator) { "StringNotLike" } else { "StringLike" };
            acc.report(range, format!("`{}` does not support wildcards, so `{text}` never matches; use `{like}`", base(operator)));
        } else if instance_id::is_wrong(&text) {
            acc.report_at(Severity::Information, range, instance_id::message(&text));
        }
        return;
    };
    let message = format!("`{INSTANCE_ID}` never matches an ARN; use the instance ID");
    acc.report(range, message).fixes.extend(fix);
}

/// How an operator compares the id of an instance.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IdComparison {
    /// As text.
    Exact,
    /// As text with wildcards.
    Like,
    /// As something that an id is not, such as an ARN.
    Other,
}

impl IdComparison {
    fn of(operator: &str) -> IdComparison {
        match known(operator) {
            Some((name, _)) if name.starts_with("String") && name.ends_with("Like") => IdComparison::Like,
            Some((name, _)) if name.starts_with("String") => IdComparison::Exact,
            _ => IdComparison::Other,
        }
    }

    fn can_match(self, id: &str) -> bool {
        match self {
            IdComparison::Exact => !has_wildcard(id),
            IdComparison::Like => true,
            IdComparison::Other => false,
        }
    }
}

/// Whether a text has a wildcard outside of policy variables: `${*}` is a star.
fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?']) && !text.contains("${")
}

/// Whether an operator is `StringNotEquals` or a form of it.
fn is_negated(operator: &str) -> bool {
    known(operator).is_some_and(|(name, _)| name.starts_with("StringNot"))
}

/// Whether a value is a string that is wholly known.
fn is_whole(document: &Document, value: NodeId) -> bool {
    let node = document.tree().node(value);
    document.kind(value) == NodeKind::Scalar
        && node.style() != ScalarStyle::Expression
        && !node.flags().has(NodeFlags::OPEN)
        && !document.has_interpolation(value)
}

/// The id in an instance's ARN, if it is written out.
fn id_of(document: &Document, value: NodeId) -> Option<String> {
    let text = document.value(value);
    let id = ArnParts::of(&text).filter(|parts| parts.service == "connect")?.resource.strip_prefix("instance/")?.to_owned();
    (!id.is_empty() && !id.contains(['/', ':']) && !document.has_interpolation(value)).then_some(id)
}
