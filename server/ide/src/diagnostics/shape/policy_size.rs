//! Rule `policy-size`.

use connect_policy_model::{Policy, PolicyKind, SizeLimit};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::Severity;

declare_rule! {
    /// Policy is too large or close to the size limit
    ///
    /// White space and unresolved values are not counted, so the policy can be larger than reported. Limits on inline
    /// policies apply to all inline policies of a user, group or role together. Use exact wildcards or split the policy.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": [
    ///   "arn:aws:connect:eu-central-1:111122223333:instance/…"
    /// ]}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    POLICY_SIZE {
        summary: "policy is too large or close to the size limit",
        group: Shape,
        severity: Warning,
        unit: Policy,
        is_risk: false,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let mut followed = 0;
    for (_, policy) in ctx.policies() {
        let is_followed = policy.is_of_data_source() && policy.max_size(document) >= SHORT;
        followed += usize::from(is_followed);
        if followed > MAX_FOLLOWED && is_followed {
            continue;
        }
        let Some(limit) = limit(ctx, policy) else { continue };
        // Most policies are short enough whatever they contain, which their length in the file shows.
        if judge(ctx, limit, policy.max_size(document)).is_none() || policy.has_choice(document) {
            continue;
        }
        let size = policy.min_size(document);
        let Some((severity, what, most)) = judge(ctx, limit, size) else { continue };
        let message = if size > most {
            format!("policy has at least {size} characters; the limit for {what} is {most}")
        } else {
            format!("policy has at least {size} characters, close to the limit of {most} for {what}")
        };
        acc.report_at(severity, place(ctx, policy), message);
    }
}

/// Policies of data sources that are shorter fit everywhere, so their uses are not looked up.
const SHORT: usize = 1_800;

/// The uses of so many data sources of a document are looked up, each of which costs a look at the module.
const MAX_FOLLOWED: usize = 50;

/// How long a policy may be. That of a data source is known by the resource that uses it; without one it fits nowhere beyond the
/// longest limit.
fn limit(ctx: &RuleContext<'_>, policy: &Policy) -> Option<SizeLimit> {
    let document = ctx.document();
    if policy.kind == PolicyKind::Resource {
        return None;
    }
    if !policy.is_of_data_source() || policy.max_size(document) < SHORT {
        return policy.size_limit(document);
    }
    let uses = policy.uses(document, ctx.context().documents())?;
    if uses.is_empty() {
        let most = ctx.catalog().limit("inline-role-policies")?;
        return (policy.min_size(document) > most).then_some(SizeLimit::AnyIdentity);
    }
    uses.into_iter().find_map(|one| one.limit)
}

/// The level, what has the limit, and the limit; `None` if the size is fine.
fn judge(ctx: &RuleContext<'_>, limit: SizeLimit, size: usize) -> Option<(Severity, &'static str, usize)> {
    let most = |id: &str| ctx.catalog().limit(id);
    let (what, id, is_sum) = match limit {
        SizeLimit::Managed => ("a managed policy", "managed-policy", false),
        SizeLimit::InlineUser => ("all inline policies of a user", "inline-user-policies", true),
        SizeLimit::InlineGroup => ("all inline policies of a group", "inline-group-policies", true),
        SizeLimit::InlineRole => ("all inline policies of a role", "inline-role-policies", true),
        // A quota that can be raised.
        SizeLimit::Trust => ("a trust policy (default quota)", "role-trust-policy", true),
        SizeLimit::ServiceControl => ("a service control policy", "service-control-policy", false),
        SizeLimit::AnyIdentity if most("inline-role-policies").is_some_and(|most| size > most) => {
            ("an identity policy", "inline-role-policies", false)
        }
        SizeLimit::AnyIdentity => ("a managed policy", "managed-policy", true),
    };
    let most = most(id)?;
    if size * 10 <= most * 9 {
        return None;
    }
    Some((if size > most && !is_sum { Severity::Warning } else { Severity::Information }, what, most))
}

/// The key of the statements, or the first byte of the policy.
fn place(ctx: &RuleContext<'_>, policy: &Policy) -> std::ops::Range<usize> {
    let document = ctx.document();
    let range = policy.statements_key(document).map_or(0..0, |key| document.inner(key));
    if !range.is_empty() {
        return range;
    }
    let start = document.range(policy.node).start;
    let end = document.text()[start..].char_indices().nth(1).map_or(document.text().len(), |(ahead, _)| start + ahead);
    start..end
}
