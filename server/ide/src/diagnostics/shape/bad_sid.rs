//! Rule `bad-sid`.

use std::collections::{HashMap, HashSet};

use connect_policy_model::{Element, Policy, PolicyKind, Statement, Vocabulary};
use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// Duplicate or invalid `Sid`
    ///
    /// IAM requires each `Sid` to be unique in its policy. In identity policies, only letters and digits are allowed.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Sid": "Read users", "Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Sid": "ReadUsers", "Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    BAD_SID {
        summary: "duplicate or invalid `Sid`",
        group: Shape,
        severity: Warning,
        unit: Policy,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let mut followed = 0;
    for (_, policy) in ctx.policies() {
        // Found when the first Sid with other characters needs it.
        let mut is_identity = None;
        let mut is_of_identity = || {
            *is_identity.get_or_insert_with(|| {
                followed += usize::from(policy.is_of_data_source());
                followed <= MAX_FOLLOWED && is_of_identity(ctx, policy)
            })
        };
        let mut seen: HashMap<String, Vec<&Statement>> = HashMap::new();
        // No fix writes what another statement has, or will have.
        let sids = policy.statements.iter().filter_map(|statement| statement.element(Element::Sid));
        let mut taken: HashSet<String> = sids.map(|sid| document.value(sid).into_owned()).collect();
        for statement in policy.statements.iter().filter(|statement| statement.vocabulary != Vocabulary::Loose) {
            let Some(sid) = statement.element(Element::Sid).filter(|&sid| is_known(document, sid)) else { continue };
            let text = document.value(sid);
            let range = document.inner(sid);
            let earlier = seen.entry(text.clone().into_owned()).or_default();
            // Two branches may exclude each other.
            let is_again = earlier.iter().any(|other| statement.applies_with(document, other) || other.applies_with(document, statement));
            // Comparing with the first few is enough if there are thousands of equal ones.
            if earlier.len() < MAX_COMPARED {
                earlier.push(statement);
            }
            if is_again && is_unique_wanted(policy) {
                acc.report(range, format!("duplicate `Sid` `{text}`"));
            } else if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) && is_of_identity() {
                let joined: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
                let edit = TextEdit { range: range.clone(), new_text: document.format_entry(Some(sid), &range, &joined) };
                let fix = Fix { title: format!("Replace with `{joined}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
                let finding = acc.report(range, "`Sid` may only contain letters and digits".to_owned());
                if !joined.is_empty() && taken.insert(joined) {
                    finding.fixes.push(fix);
                }
            }
        }
    }
}

/// The uses of so many data sources of a document are looked up, each of which costs a look at the module.
const MAX_FOLLOWED: usize = 50;

/// Whether a policy is certainly one of an identity: by its place, or by the resources that use its data source.
fn is_of_identity(ctx: &RuleContext<'_>, policy: &Policy) -> bool {
    policy.kind == PolicyKind::Identity
        || (policy.is_of_data_source()
            && policy
                .uses(ctx.document(), ctx.context().documents())
                .is_some_and(|uses| uses.iter().any(|one| one.kind == PolicyKind::Identity)))
}

/// With so many earlier statements of the same Sid one is compared.
const MAX_COMPARED: usize = 8;

/// Resource policies are checked by their own services, whose rules differ.
fn is_unique_wanted(policy: &Policy) -> bool {
    !matches!(policy.kind, PolicyKind::Resource | PolicyKind::Endpoint)
}

fn is_known(document: &Document, sid: NodeId) -> bool {
    let node = document.tree().node(sid);
    document.kind(sid) == NodeKind::Scalar
        && node.style() != ScalarStyle::Expression
        && !node.flags().has(NodeFlags::OPEN)
        && !document.has_interpolation(sid)
        && !document.value(sid).is_empty()
}
