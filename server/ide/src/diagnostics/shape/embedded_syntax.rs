//! Rule `embedded-syntax`.

use connect_policy_syntax::{NodeId, NodeKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// Embedded policy is not valid JSON
    ///
    /// Editors show a policy in a string, heredoc or block scalar as plain text, so a missing comma is only found when the
    /// policy is deployed.
    ///
    /// Example:
    ///
    /// ```yaml
    /// Resources:
    ///   Policy:
    ///     Type: AWS::IAM::ManagedPolicy
    ///     Properties:
    ///       PolicyDocument: |
    ///         {
    ///           "Version": "2012-10-17"
    ///           "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]
    ///         }
    /// ```
    ///
    /// Instead:
    ///
    /// ```yaml
    /// Resources:
    ///   Policy:
    ///     Type: AWS::IAM::ManagedPolicy
    ///     Properties:
    ///       PolicyDocument: |
    ///         {
    ///           "Version": "2012-10-17",
    ///           "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]
    ///         }
    /// ```
    EMBEDDED_SYNTAX {
        summary: "embedded policy is not valid JSON",
        group: Shape,
        severity: Warning,
        unit: Document,
        is_risk: false,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let tree = document.tree();
    let mut last = None;
    for error in tree.errors().iter().filter(|error| error.is_embedded && !error.range.is_empty()) {
        let around = document.locate(error.range.start).node;
        let holds_document = |&node: &NodeId| document.kind(node) == NodeKind::Scalar && document.embedded(node).is_some();
        let Some(text) = std::iter::once(around).chain(tree.ancestors(around)).find(holds_document) else { continue };
        // What a template engine writes is not known here.
        let raw = document.raw(text);
        let is_template = ["%{", "{{", "<%"].iter().any(|mark| raw.contains(mark)) || raw.split(['\n', '\r']).any(opens_interpolation);
        let holds_policy = ctx.policies().any(|(_, policy)| tree.contains(text, policy.node));
        // One wrong token may be wrong in several ways.
        if holds_policy && !is_template && last != Some(error.range.start) {
            last = Some(error.range.start);
            acc.report(error.range.clone(), format!("invalid JSON in embedded policy: {}", error.message));
        }
    }
}

/// Whether a line opens an interpolation that goes on on the next.
fn opens_interpolation(line: &str) -> bool {
    let Some(start) = line.rfind("${") else { return false };
    let count = |bracket: char| line[start..].matches(bracket).count();
    count('{') > count('}')
}
