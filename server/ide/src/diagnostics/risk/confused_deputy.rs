//! Rule `confused-deputy`.

use connect_policy_model::{Element, PolicyKind, Statement};
use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::Severity;

declare_rule! {
    /// Policy trusts Amazon Connect for any account
    ///
    /// Amazon Connect makes requests on behalf of all its customers. Without a condition on `aws:SourceAccount` or
    /// `aws:SourceArn`, an instance in another account can access the resource. In the trust policy of a role the finding is a
    /// hint, because Amazon Connect is not known to assume a role for an instance of another account.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "lambda:InvokeFunction",
    ///  "Resource": "arn:aws:lambda:eu-central-1:111122223333:function:greet"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "lambda:InvokeFunction",
    ///  "Resource": "arn:aws:lambda:eu-central-1:111122223333:function:greet",
    ///  "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}
    /// ```
    CONFUSED_DEPUTY {
        summary: "policy trusts Amazon Connect for any account",
        group: Risk,
        severity: Information,
        unit: Document,
        is_risk: true,
        fixes: Never,
    }
}

const PRINCIPAL: &str = "connect.amazonaws.com";

/// Condition keys that limit on whose behalf a service may call.
const KEYS: &[&str] = &[
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "kms:calleraccount",
    "kms:viaservice",
    "sts:externalid",
];

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let message = "any Amazon Connect instance can use this; add a condition on `aws:SourceAccount` or `aws:SourceArn`";
    for (_, policy) in ctx.policies() {
        let (severity, message) = match policy.kind {
            PolicyKind::Trust => {
                (Severity::Hint, "Amazon Connect can assume this role; a condition on `aws:SourceAccount` limits it to your account")
            }
            _ => (acc.severity(), message),
        };
        for statement in policy.statements.iter().filter(|one| one.is_allow(document) && !is_guarded(document, one)) {
            if let Some(principal) = connect_principal(document, statement) {
                acc.report_at(severity, document.inner(principal), message.to_owned());
            }
        }
    }
    for permission in ctx.meaning().invoke_permissions(document) {
        let message = "any Amazon Connect instance can invoke this function; set `SourceAccount` or `SourceArn`";
        acc.report(document.inner(permission), message.to_owned());
    }
}

fn is_guarded(document: &Document, statement: &Statement) -> bool {
    let conditions = statement.conditions(document);
    conditions.has_unknown
        || conditions.comparisons.iter().any(|comparison| KEYS.contains(&&*document.value(comparison.key).to_ascii_lowercase()))
}

fn connect_principal(document: &Document, statement: &Statement) -> Option<NodeId> {
    let principal = statement.element(Element::Principal)?;
    let mut nodes = document.tree().subtree(principal);
    nodes.find(|&node| document.kind(node) == NodeKind::Scalar && document.value(node) == PRINCIPAL)
}
