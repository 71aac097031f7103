//! Rule `resource-mismatch`.

use connect_policy_model::{ActionVerdict, Role, Statement, Verdict};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::resource_entries::allows_sign_in;
use crate::finding::Severity;
use crate::resources::{Resources, is_doubtful, judges_resources};

declare_rule! {
    /// An action that none of its statement's resources can serve.
    ///
    /// Every action works on certain types of resources, and some only on `*`. Beside other ARNs it grants nothing. Where sources
    /// disagree on an action, or AWS itself writes policies otherwise, nothing is said. For an action of Amazon Connect beside ARNs
    /// that are written out it is a warning.
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
        summary: "an action that none of its statement's resources can serve",
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
            format!("AWS lists no resource type for `{name}`, so it works on `*` only and these resources grant nothing of it")
        } else {
            let kinds: Vec<&str> = action.resources.iter().map(|used| used.name).filter(|kind| !kind.starts_with("wildcard-")).collect();
            format!("none of these resources is of a type that `{name}` works on ({})", shortened(&kinds))
        };
        acc.report_at(severity, entry.range.clone(), message);
    }
}

/// The first few of some names.
fn shortened(names: &[&str]) -> String {
    const MOST: usize = 4;
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(MOST)].join(", "))
}
