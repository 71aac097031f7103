//! Rule `resource-mismatch`.

use connect_policy_model::{ActionVerdict, Effect, Role, Statement, Verdict};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::resource_entries::allows_sign_in;
use crate::diagnostics::support::without_effect::with_sentence;
use crate::finding::Severity;
use crate::resources::{Resources, is_doubtful, judges_resources};

declare_rule! {
    /// Action does not apply to the listed resources
    ///
    /// Each action supports certain resource types, and some actions only support `*`. With other ARNs, the statement grants
    /// nothing for that action. The level is warning for Amazon Connect actions if all ARNs are literal. An action is not
    /// reported if sources disagree on it, or if AWS uses it differently in its own policies.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers",
    ///  "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d/queue/0a1b2c3d"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers",
    ///  "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d"}
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
        for statement in policy.statements.iter().filter(|statement| !allows_sign_in(statement)) {
            check_statement(ctx, acc, statement);
        }
    }
}

fn check_statement(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, statement: &Statement) {
    let document = ctx.document();
    let Some(mut resources) = Resources::of(document, statement).filter(|resources| !resources.has_everything()) else { return };
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
            format!("`{name}` does not apply to these resources; it requires {}", shortened(&kinds))
        };
        let is_deny = statement.effect(document) == Effect::Deny;
        let (severity, sentence) = if is_deny { (Severity::Warning, "As written, this Deny does not block it") } else { (severity, "") };
        acc.report_at(severity, entry.range.clone(), with_sentence(message, sentence));
    }
}

/// The first few of some names.
fn shortened(names: &[&str]) -> String {
    const MOST: usize = 4;
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", describe::codes(names.iter().copied().take(MOST)))
}
