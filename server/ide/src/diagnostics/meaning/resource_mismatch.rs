//! Rule `resource-mismatch`.

use connect_policy_model::{ActionVerdict, Effect, Role, Statement, Verdict};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::meaning::malformed_arn::is_malformed;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::resource_entries::{allows_sign_in, is_sign_in};
use crate::diagnostics::support::without_effect::with_sentence;
use crate::finding::Severity;
use crate::resources::{Resources, is_doubtful, is_wrong_arn, judges_resources};

declare_rule! {
    /// Action does not apply to the listed resources
    ///
    /// Each action supports certain resource types, and some actions only support `*`. With other ARNs, the statement grants
    /// nothing for that action. The level is warning for Amazon Connect actions if all ARNs are literal. An action is not
    /// reported if sources disagree on it, or if AWS uses it differently in its own policies. `connect:GetFederationToken` is
    /// evaluated on `instance/ID/user/${aws:userid}`, so the ARN of the instance alone does not allow it.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers",
    ///  "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d/queue/0a1b2c3d"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers",
    ///  "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}
    /// ```
    RESOURCE_MISMATCH {
        summary: "action does not apply to the listed resources",
        group: Meaning,
        severity: Information,
        unit: Statement,
        is_risk: false,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (_, policy) in ctx.policies().filter(|(_, policy)| judges_resources(policy)) {
        for statement in &policy.statements {
            if allows_sign_in(statement) {
                check_sign_in(ctx, acc, statement);
            } else {
                check_statement(ctx, acc, statement);
            }
        }
    }
}

/// The ARN on which IAM evaluates a sign-in with SAML. AWS's reference lists the instance instead.
const SIGN_IN: &str = "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/user/${UserId}";

/// Sign-in with SAML is evaluated on the user, so a statement about the instance alone never applies.
fn check_sign_in(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, statement: &Statement) {
    let document = ctx.document();
    let Some(service) = ctx.catalog().service("connect") else { return };
    let Some(mut resources) = Resources::of(document, statement) else { return };
    if resources.has_everything() || resources.can_match(service, SIGN_IN) {
        return;
    }
    for entry in statement.lists(Role::Action).flat_map(|list| &list.entries).filter(|entry| is_sign_in(entry)) {
        let message = "`connect:GetFederationToken` does not apply to an instance; use `instance/ID/user/${aws:userid}`";
        acc.report_at(Severity::Warning, entry.range.clone(), message.to_owned());
    }
}

fn check_statement(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, statement: &Statement) {
    let document = ctx.document();
    let Some(mut resources) = Resources::of(document, statement).filter(|resources| !resources.has_everything()) else { return };
    // What is wrong there is another finding, and its remedy decides what the ARN is.
    let lists = statement.lists(Role::Resource).flat_map(|list| &list.entries);
    if lists.into_iter().any(|entry| is_wrong_arn(document, ctx.arn_types(), entry) || is_malformed(ctx, entry)) {
        return;
    }
    for entry in statement.lists(Role::Action).flat_map(|list| &list.entries) {
        let Verdict::Action(ActionVerdict::Known { service, action }) = &entry.verdict else { continue };
        let templates: Vec<&'static str> =
            action.resources.iter().filter_map(|used| service.resource_type(used.name)).map(|kind| kind.arn).collect();
        if templates.iter().any(|template| resources.can_match(service, template)) || is_doubtful(ctx.catalog(), service, action) {
            continue;
        }
        let severity = if service.prefix == "connect" && resources.are_literal() { Severity::Warning } else { Severity::Information };
        let name = format!("{}:{}", service.prefix, action.name);
        let message = if templates.is_empty() {
            format!("`{name}` does not support resource-level permissions; use `\"Resource\": \"*\"`")
        } else {
            let kinds: Vec<&str> = action.resources.iter().map(|used| used.name).filter(|kind| !kind.starts_with("wildcard-")).collect();
            // Without a type that has a name of its own, the ARN says what is meant.
            let arns: Vec<String> =
                if kinds.is_empty() { templates.iter().map(|template| readable(template)).collect() } else { Vec::new() };
            let kinds: Vec<&str> = kinds.into_iter().chain(arns.iter().map(String::as_str)).collect();
            format!("`{name}` does not apply to these resources; it requires {}", shortened(&kinds))
        };
        let is_deny = statement.effect(document) == Effect::Deny;
        let (severity, sentence) = if is_deny { (Severity::Warning, "As written, this Deny does not block it") } else { (severity, "") };
        acc.report_at(severity, entry.range.clone(), with_sentence(message, sentence));
    }
}

/// The resource of a type's ARN: `instance/ID/queue/*`.
fn readable(template: &str) -> String {
    let resource = template.splitn(6, ':').last().unwrap_or(template);
    let segments = resource.split('/').map(|segment| if segment.starts_with("${") { "ID" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// The first few of some names.
fn shortened(names: &[&str]) -> String {
    const MOST: usize = 4;
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", describe::codes(names.iter().copied().take(MOST)))
}
