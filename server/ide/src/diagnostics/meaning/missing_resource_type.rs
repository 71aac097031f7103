//! Rule `missing-resource-type`.

use std::collections::HashSet;

use connect_policy_catalog::Pattern;
use connect_policy_model::{ActionVerdict, Policy, Role, Statement, Verdict};
use connect_policy_syntax::Document;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::resources::{Resources, is_doubtful, judges_resources};

declare_rule! {
    /// Required resource type is missing
    ///
    /// Some requests involve several resources, and IAM checks access to each of them: creating a user requires access to the
    /// user, the routing profile and the security profiles. The rule checks a reviewed list of such actions and considers all
    /// statements of the policy.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:UpdateUserRoutingProfile",
    ///  "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d/agent/*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:UpdateUserRoutingProfile",
    ///  "Resource": ["arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d/agent/*",
    ///               "arn:aws:connect:eu-central-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d/routing-profile/*"]}
    /// ```
    MISSING_RESOURCE_TYPE {
        summary: "required resource type is missing",
        group: Meaning,
        severity: Information,
        unit: Policy,
        is_risk: false,
        fixes: Never,
    }
}

/// Actions of which a request names a resource of each type that the reference requires.
const REVIEWED: &[&str] = &[
    "AssociateQueueQuickConnects",
    "AssociateRoutingProfileQueues",
    "CreateQueue",
    "CreateRoutingProfile",
    "CreateUser",
    "DisassociateQueueQuickConnects",
    "UpdateQueueHoursOfOperation",
    "UpdateUserRoutingProfile",
    "UpdateUserSecurityProfiles",
];

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (_, policy) in ctx.policies().filter(|(_, policy)| judges_resources(policy)) {
        // An action is reported once, at its first entry.
        let mut seen = HashSet::new();
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for entry in statement.lists(Role::Action).flat_map(|list| &list.entries) {
                let Verdict::Action(ActionVerdict::Known { service, action }) = &entry.verdict else { continue };
                if service.prefix != "connect"
                    || !REVIEWED.contains(&action.name)
                    || is_doubtful(ctx.catalog(), service, action)
                    || !seen.insert(action.name)
                {
                    continue;
                }
                let name = format!("connect:{}", action.name);
                let Some(mut resources) = allowed_resources(document, policy, &name) else { continue };
                let needed = action.resources.iter().filter(|used| used.required == Some(true));
                let (served, missing): (Vec<&str>, Vec<&str>) = needed
                    .filter_map(|used| service.resource_type(used.name))
                    .map(|kind| (kind.name, resources.can_match(service, kind.arn)))
                    .fold((Vec::new(), Vec::new()), |(mut served, mut missing), (kind, is_served)| {
                        if is_served {
                            served.push(kind)
                        } else {
                            missing.push(kind)
                        }
                        (served, missing)
                    });
                if !served.is_empty() && !missing.is_empty() {
                    let wanted = match missing.as_slice() {
                        [only] => format!("a `{only}` resource"),
                        several => format!("resources of the types {}", describe::codes(several.iter().copied())),
                    };
                    let message = format!("`{name}` also requires {wanted}; the policy only lists {}", describe::codes(served));
                    acc.report(entry.range.clone(), message);
                }
            }
        }
    }
}

/// The resources on which all statements of a policy together allow an action; `None` if some are not known.
fn allowed_resources(document: &Document, policy: &Policy, name: &str) -> Option<Resources> {
    let mut all: Option<Resources> = None;
    for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
        if !may_allow(document, statement, name) {
            continue;
        }
        let resources = Resources::of(document, statement)?;
        match &mut all {
            Some(all) => all.extend(resources),
            None => all = Some(resources),
        }
    }
    all
}

fn may_allow(document: &Document, statement: &Statement, name: &str) -> bool {
    statement.lists(Role::NotAction).next().is_some()
        || statement.lists(Role::Action).any(|list| {
            list.has_unknown
                || list.entries.iter().any(|entry| {
                    let text = entry.text(document);
                    matches!(entry.verdict, Verdict::Opaque)
                        || text.eq_ignore_ascii_case(name)
                        || (Pattern::is_wild(&text) && Pattern::new(&text).is_some_and(|pattern| pattern.matches(name)))
                })
        })
}
