//! Rule `invalid-structure`.

use std::ops::Range;

use connect_policy_model::{Found, PermissionContext, StructureFault, StructureFaultKind, nested_lists};
use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// Key, condition or list in the wrong place
    ///
    /// IAM rejects unknown keys of a policy, conditions outside a statement, condition keys without an operator, and lists
    /// inside lists. A condition in the wrong place does not limit what a statement allows.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///   "Condition": {"connect:InstanceId": "0a1b2c3d-1111-2222-3333-444455556666"}}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///   "Condition": {"StringEquals": {"connect:InstanceId": "0a1b2c3d-1111-2222-3333-444455556666"}}}]}
    /// ```
    INVALID_STRUCTURE {
        summary: "key, condition or list in the wrong place",
        group: Shape,
        severity: Error,
        unit: Document,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (_, policy) in ctx.policies() {
        for StructureFault { kind, node } in policy.structure_faults(document) {
            let severity = match kind {
                // A script may remove what a file has beside the policy.
                StructureFaultKind::UnknownKey { is_certain: false, .. } => Severity::Warning,
                _ => acc.severity(),
            };
            let finding = acc.report_at(severity, place(document, node), message(document, &kind, node));
            if let StructureFaultKind::UnknownKey { near: Some(near), .. } = kind {
                finding.fixes.extend(rename(document, node, near));
            }
        }
    }
    let profiles = ctx.meaning().permission_lists.iter().filter(|known| known.context == PermissionContext::Profile);
    for list in profiles.flat_map(|known| nested_lists(document, known.list.value)) {
        acc.report(place(document, list), message(document, &StructureFaultKind::NestedList, list));
    }
}

fn message(document: &Document, kind: &StructureFaultKind, node: NodeId) -> String {
    let text = document.value(node);
    match kind {
        StructureFaultKind::UnknownKey { near: Some(near), .. } => format!("unknown policy key `{text}`; did you mean `{near}`?"),
        StructureFaultKind::UnknownKey { near: None, .. } => format!("unknown policy key `{text}`, which IAM rejects; remove it"),
        StructureFaultKind::OutsideStatement => format!("`{text}` is outside a statement; move it into one"),
        StructureFaultKind::IgnoredConditions => {
            format!("`{text}` has no effect outside a statement; move it into one as `Condition`")
        }
        StructureFaultKind::OperatorOutsideCondition => format!("`{text}` is outside `Condition`; move it into `Condition`"),
        StructureFaultKind::MissingOperator => {
            format!("missing operator; put `{text}` under an operator, for example `StringEquals`")
        }
        StructureFaultKind::WithoutOperators(found) => {
            format!("`{text}` must be an object with operators, found {}", words(*found))
        }
        StructureFaultKind::WithoutKeys(found) => {
            format!("`{text}` must be an object with condition keys, found {}", words(*found))
        }
        StructureFaultKind::ObjectValue => format!("`{text}` must be compared with a value or a list of values, found an object"),
        StructureFaultKind::IncompleteBlock(missing) => {
            let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
            format!("condition is missing {}", names.join(", "))
        }
        StructureFaultKind::ResourceInTrust => format!("`{text}` is not allowed in a trust policy; remove it"),
        StructureFaultKind::PrincipalInIdentity => format!("`{text}` is not allowed in an identity policy; remove it"),
        StructureFaultKind::BesideOpposite(other) => format!("`{text}` is not allowed next to `{other}`; split the statement"),
        StructureFaultKind::NestedList => "list inside a list; move its entries into the outer list".to_owned(),
        StructureFaultKind::PolicyAsStatement => "whole policy where a list of statements is expected; keep only its statements".to_owned(),
    }
}

fn words(found: Found) -> &'static str {
    match found {
        Found::Scalar => "a single value",
        Found::List => "a list",
    }
}

/// A key inside its quotes; of a list its first line, which shows where it begins.
fn place(document: &Document, node: NodeId) -> Range<usize> {
    if document.kind(node) == NodeKind::Key {
        let range = document.inner(node);
        return if range.is_empty() { document.range(node) } else { range };
    }
    let range = document.range(node);
    let first = document.raw(node).split(['\n', '\r']).next().unwrap_or("").trim_end();
    if first.is_empty() { range } else { range.start..range.start + first.len() }
}

/// A fix that renames a key, unless its map has the right one too.
fn rename(document: &Document, key: NodeId, name: &str) -> Option<Fix> {
    let map = document.tree().parent(key)?;
    if document.tree().node(key).flags().has(connect_policy_syntax::NodeFlags::LABEL) || document.get(map, name).is_some() {
        return None;
    }
    // These keys are words, which need no quotes where others have none.
    let edits = vec![TextEdit { range: document.inner(key), new_text: name.to_owned() }];
    Some(Fix { title: format!("Rename to `{name}`"), applicability: Applicability::Unsafe, edits })
}
