//! What is known of a name, in Markdown: the text of hovers, of completion documentation and of `explain`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use connect_policy_catalog::{
    Access, Action, AddedAction, AddedPermission, Basis, Catalog, ConditionKey, Evidence, ManagedEffect, ManagedPolicy, ManagedStatement,
    NameStatus, Pattern, Permission, PermissionStatus, RelationKind, RemovedAction, Risk, RiskLevel, Service, Task, UnlistedAction,
};
use connect_policy_model::{EffectiveEntry, PermissionVerdict, Verdict};

/// How many names of a level a pattern's description lists.
const MAX_NAMES: usize = 12;

/// How many console tasks an action's description lists.
const MAX_TASKS: usize = 6;

/// How the sentence about a risk begins, in lower case.
pub(crate) const CAUTION: &str = "caution: ";

/// An action.
pub(crate) fn action(catalog: &Catalog, service: &Service, action: &Action) -> String {
    let name = format!("{}:{}", service.prefix, action.name);
    let mut out = format!("**`{name}`**");
    if let Some(access) = action.access {
        let _ = write!(out, " · {access}");
    }
    let _ = write!(out, " · {}", service.name);
    if action.permission_only {
        out.push_str(" · permission only (no API operation)");
    }
    if let Some(summary) = action.summary {
        let _ = write!(out, "\n\n{summary}");
    }
    if let Some(risk) = catalog.risk(&name) {
        let _ = write!(out, "\n\nCaution: {}.", risk.reason);
    }
    out.push_str("\n\n");
    resources(&mut out, action);
    conditions(&mut out, service, action);
    if !action.dependent.is_empty() {
        let _ = writeln!(out, "- Also requires: {}", codes(action.dependent.iter().copied()));
    }
    tasks(&mut out, catalog, &name);
    action_notes(&mut out, catalog, &name);
    if !action.disputed.resources.is_empty() || !action.disputed.conditions.is_empty() {
        let mut sources: Vec<&str> = action.disputed.resources.iter().chain(&action.disputed.conditions).copied().collect();
        sources.sort_unstable();
        sources.dedup();
        let _ = writeln!(out, "- Sources disagree on resource types or condition keys: {}", sources.join(", "));
    }
    let _ = write!(out, "\n[Service reference]({})", service.reference_page());
    out
}

/// How a judgment that AWS does not support is marked.
const INFERRED: &str = " (inferred; not documented by AWS)";

/// What to know before an action is granted: its risk class, the permissions that give the same access, the tags that are
/// checked, and the only Region in which it works.
fn action_notes(out: &mut String, catalog: &Catalog, name: &str) {
    if let Some(risk) = catalog.risk(name) {
        let sure = if risk.basis == Evidence::Assumed { INFERRED } else { "" };
        let _ = writeln!(out, "- Risk class: {}{sure}", risk.class);
    }
    for counterpart in catalog.counterparts_of_action(name) {
        same_access(out, "security profiles", &[counterpart.permission], counterpart.basis, counterpart.note);
    }
    if let Some(check) = catalog.tag_check(name) {
        let _ = writeln!(out, "- Tag conditions apply to each of: {}; all of them need the tag", codes(check.types.iter().copied()));
    }
    if let Some(home) = catalog.home_region(name) {
        let _ = writeln!(out, "- Works only in the Region {}, also after a failover", home.region);
    }
}

/// What gives the same access in the other kind of policy, how this is supported, and in what the two differ.
fn same_access(out: &mut String, place: &str, names: &[&str], basis: Evidence, difference: Option<&str>) {
    let sure = match basis {
        Evidence::Documented => " (documented by AWS)",
        Evidence::Derived => " (inferred from AWS documentation)",
        _ => INFERRED,
    };
    let difference = difference.map_or(String::new(), |difference| format!("; {difference}"));
    let _ = writeln!(out, "- Same access in {place}: {}{sure}{difference}", codes(names.iter().copied()));
}

fn resources(out: &mut String, action: &Action) {
    if action.resources.is_empty() {
        out.push_str("- Resource: only `*`\n");
        return;
    }
    let named = action.resources.iter().map(|resource| match resource.required {
        Some(true) => format!("`{}` (required)", resource.name),
        _ => format!("`{}`", resource.name),
    });
    let _ = writeln!(out, "- Resource types: {}", named.collect::<Vec<_>>().join(", "));
}

/// The action's own keys and those that its resource types bring; global keys apply to all and are left out.
fn conditions(out: &mut String, service: &Service, action: &Action) {
    let of_types =
        action.resources.iter().filter_map(|resource| service.resource_type(resource.name)).flat_map(|resource| &resource.conditions);
    let mut keys: Vec<&str> = action.conditions.iter().chain(of_types).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    if !keys.is_empty() {
        let _ = writeln!(out, "- Condition keys: {}", codes(keys));
    }
}

fn tasks(out: &mut String, catalog: &Catalog, name: &str) {
    let titles: Vec<&str> = catalog.tasks_using(name).map(|task| task.title).collect();
    if titles.is_empty() {
        return;
    }
    let _ = write!(out, "- Console tasks: {}", titles.iter().take(MAX_TASKS).copied().collect::<Vec<_>>().join(", "));
    if titles.len() > MAX_TASKS {
        let _ = write!(out, " and {} more", titles.len() - MAX_TASKS);
    }
    out.push('\n');
}

/// A pattern: what it expands to, by level. `None` where the text is no pattern.
pub(crate) fn pattern(catalog: &Catalog, text: &str) -> Option<String> {
    let pattern = Pattern::new(text)?;
    let matches = catalog.all_matching(&pattern);
    let mut out = format!("**`{text}`** · ");
    if text == "*" {
        out.push_str("every action of every AWS service");
        return Some(out);
    }
    let _ = match matches.count() {
        0 => write!(out, "matches no action"),
        1 => write!(out, "1 action"),
        count => write!(out, "{count} actions"),
    };
    for access in Access::ALL {
        let names: Vec<String> = matches
            .listed
            .iter()
            .filter(|(_, action)| action.access == Some(access))
            .map(|(service, action)| format!("{}:{}", service.prefix, action.name))
            .collect();
        if names.is_empty() {
            continue;
        }
        let _ = write!(out, "\n\n{access} ({}): {}", names.len(), codes(names.iter().take(MAX_NAMES).map(String::as_str)));
        if names.len() > MAX_NAMES {
            let _ = write!(out, " and {} more", names.len() - MAX_NAMES);
        }
    }
    let added: Vec<&str> = matches.added.iter().map(|added| added.name.as_str()).collect();
    let unlisted: Vec<&str> = matches.unlisted.iter().map(|unlisted| unlisted.action).collect();
    for (origin, names) in [("From the workspace catalog", added), ("Not in the AWS service reference", unlisted)] {
        if names.is_empty() {
            continue;
        }
        let _ = write!(out, "\n\n{origin} ({}): {}", names.len(), codes(names.iter().take(MAX_NAMES).copied()));
        if names.len() > MAX_NAMES {
            let _ = write!(out, " and {} more", names.len() - MAX_NAMES);
        }
    }
    let risky: Vec<&str> = catalog
        .risks()
        .iter()
        .filter(|risk| risk.rule.is_some() && !risk.action.contains('*') && pattern.matches(risk.action))
        .map(|risk| risk.action)
        .collect();
    if !risky.is_empty() {
        let _ = write!(out, "\n\nRisky actions: {}", codes(risky.iter().take(MAX_NAMES).copied()));
        if risky.len() > MAX_NAMES {
            let _ = write!(out, " and {} more", risky.len() - MAX_NAMES);
        }
    }
    Some(out)
}

/// A service, by its prefix.
pub(crate) fn service(catalog: &Catalog, prefix: &str) -> Option<String> {
    if let Some(service) = catalog.service(prefix) {
        let mut out = format!("**`{}`** · {} · {} actions\n\n", service.prefix, service.name, service.actions.len());
        for access in Access::ALL {
            let count = service.actions.iter().filter(|action| action.access == Some(access)).count();
            if count > 0 {
                let _ = writeln!(out, "- {access}: {count}");
            }
        }
        for (lead, statuses) in
            [("Current name", &[NameStatus::Current][..]), ("Other names", &[NameStatus::Former, NameStatus::Alternative])]
        {
            let of_service = catalog.service_names().iter().filter(|known| known.prefix == service.prefix && known.name != service.name);
            let names: Vec<&str> = of_service.filter(|known| statuses.contains(&known.status)).map(|known| known.name).collect();
            if !names.is_empty() {
                let _ = writeln!(out, "- {lead}: {}", names.join(", "));
            }
        }
        let _ = write!(out, "\n[Service reference]({})", service.reference_page());
        return Some(out);
    }
    if let Some(service) = catalog.other_service(prefix) {
        return Some(format!("**`{}`** · {} actions (names only)", service.prefix, service.actions.len().max(service.lowercase.len())));
    }
    let client = catalog.client_name(prefix)?;
    let note = client.note.map_or(String::new(), |note| format!(": {note}"));
    Some(match client.prefix {
        Some(prefix) => format!("**`{}`** is not an IAM service prefix; calls are authorized by `{prefix}:` actions{note}", client.client),
        None => format!("**`{}`** is not an IAM service prefix{note}", client.client),
    })
}

/// An action that is gone.
pub(crate) fn gone(gone: &RemovedAction) -> String {
    let mut out = format!("**`{}`** · removed", gone.action);
    if let Some(summary) = gone.summary {
        let _ = write!(out, "\n\n{summary}");
    }
    if !gone.replaced_by.is_empty() {
        let _ = write!(out, "\n\nUse {}", codes(gone.replaced_by.iter().copied()));
        if gone.basis == Basis::Assumed {
            out.push_str(INFERRED);
        }
    }
    if let Some(year) = gone.last_seen {
        let _ = write!(out, "\n\nLast listed by AWS in {year}");
    }
    out
}

/// An action that AWS uses but does not list.
pub(crate) fn unlisted(unlisted: &UnlistedAction) -> String {
    format!(
        "**`{}`** · not in AWS's service reference\n\n{}\n\nUsed by AWS ({}); IAM may not enforce it",
        unlisted.action,
        unlisted.summary,
        unlisted.sources.join(", ")
    )
}

/// An action of the workspace's own list.
pub(crate) fn added_action(added: &AddedAction) -> String {
    let mut out = format!("**`{}`**", added.name);
    if let Some(access) = added.access {
        let _ = write!(out, " · {access}");
    }
    let _ = write!(out, "\n\nFrom the workspace catalog ({}); not in the built-in catalog", added.origin);
    if !added.resources.is_empty() {
        let _ = write!(out, "\n\n- Resource types: {}", codes(added.resources.iter().map(String::as_str)));
    }
    if !added.conditions.is_empty() {
        let _ = write!(out, "\n\n- Condition keys: {}", codes(added.conditions.iter().map(String::as_str)));
    }
    out
}

/// A permission of the workspace's own list, with what ships of it.
pub(crate) fn added_permission(catalog: &Catalog, added: &AddedPermission) -> String {
    catalog.permission(&added.name).map_or_else(
        || format!("**`{}`**\n\n{}; not in the built-in catalog", added.name, own_list(added)),
        |shipped| permission(catalog, shipped),
    )
}

fn own_list(added: &AddedPermission) -> String {
    format!("From the workspace catalog ({})", added.origin)
}

/// A permission.
pub(crate) fn permission(catalog: &Catalog, permission: &Permission) -> String {
    let mut out = format!("**`{}`**", permission.name);
    if let Some(label) = permission.labels.first().or(permission.old_labels.first()) {
        let _ = write!(out, " · {label}");
    }
    if let Some(section) = permission.section {
        let _ = write!(out, " · {section}");
    }
    let _ = write!(out, "\n\n{}", permission.summary);
    let replaced = codes(permission.replaced_by.iter().copied());
    let _ = match permission.status {
        PermissionStatus::Current => Ok(()),
        PermissionStatus::Observed => write!(out, "\n\nObserved in live instances; not in AWS's list"),
        PermissionStatus::Legacy => write!(out, "\n\nLegacy permission; use {replaced}"),
        PermissionStatus::Superseded => write!(out, "\n\nRenamed to {replaced}"),
        PermissionStatus::Removed => write!(out, "\n\nRemoved from AWS's list"),
    };
    if let Some(added) = catalog.added_permission(permission.name) {
        let _ = write!(out, "\n\n{}", own_list(added));
    }
    if let Some(note) = permission.note {
        let _ = write!(out, "\n\n{note}");
    }
    let risk = catalog.permission_risk(permission.name);
    if let Some(reason) = risk.and_then(|risk| risk.note) {
        let _ = write!(out, "\n\nCaution: {reason}.");
    }
    out.push_str("\n\n");
    for relation in catalog.relations().iter().filter(|relation| relation.from.contains(&permission.name)) {
        let (lead, names) = match relation.kind {
            RelationKind::Requires => ("Requires", &relation.to),
            RelationKind::RequiresAny => ("Requires one of", &relation.to),
            RelationKind::FeatureNeeds => ("Some features also require", &relation.to),
            RelationKind::Masks => ("Overrides", &relation.to),
            RelationKind::AutoSelects => ("The console also selects", &relation.to),
            _ => continue,
        };
        if !names.is_empty() {
            let sure = if relation.basis == Basis::Implied || relation.basis == Basis::Assumed { INFERRED } else { "" };
            let _ = writeln!(out, "- {lead}: {}{sure}", codes(names.iter().copied()));
        }
    }
    if let Some((risk, class)) = risk.and_then(|risk| Some((risk, risk.class?))) {
        let sure = if risk.basis == Basis::Assumed { INFERRED } else { "" };
        let _ = writeln!(out, "- Risk class: {class}{sure}");
    }
    if let Some(counterpart) = catalog.counterpart(permission.name) {
        same_access(&mut out, "IAM", &counterpart.actions, counterpart.basis, counterpart.note);
    }
    out.truncate(out.trim_end().len());
    out
}

/// A console task.
pub(crate) fn task(catalog: &Catalog, task: &Task) -> String {
    let mut out = format!("**{}** · console task · {}\n\nRequires: {}", task.title, task.page, codes(task.actions.iter().copied()));
    for risk in task.actions.iter().filter_map(|name| catalog.risk(name)) {
        let Some(word) = risk_word(risk) else { continue };
        let _ = write!(out, "\n\nCaution: `{}` ({word}): {}.", risk.action, risk.reason);
    }
    let views: Vec<&str> = task.needs_view.iter().filter_map(|id| catalog.task(id)).map(|view| view.title).collect();
    if !views.is_empty() {
        let _ = write!(out, "\n\nConsole tasks needed to open the page: {}", views.join(", "));
    }
    let used_to_list = codes(task.used_to_list());
    if !used_to_list.is_empty() {
        let _ = write!(out, "\n\nFormerly also listed by AWS: {used_to_list}");
    }
    out
}

/// One of AWS's own policies.
pub(crate) fn managed_policy(policy: &ManagedPolicy) -> String {
    let mut out = format!("**`{}`** · AWS managed policy · {}", policy.name, policy.version);
    if policy.deprecated {
        out.push_str(" · replaced by AWS");
    }
    let entries = |effect: ManagedEffect, wanted: bool| {
        let statements = policy.statements.iter().filter(move |statement| statement.effect == effect);
        let limited = |statement: &&ManagedStatement| statement.resources != ["*"] || !statement.conditions.is_empty();
        let mut names: Vec<&str> =
            statements.filter(|statement| limited(statement) == wanted).flat_map(|statement| &statement.actions).copied().collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    for (lead, names) in [
        ("Allows", entries(ManagedEffect::Allow, false)),
        ("Allows for specific resources or under conditions", entries(ManagedEffect::Allow, true)),
        ("Denies", [entries(ManagedEffect::Deny, false), entries(ManagedEffect::Deny, true)].concat()),
    ] {
        if names.is_empty() {
            continue;
        }
        let _ = write!(out, "\n\n{lead} ({}): {}", names.len(), codes(names.iter().take(MAX_NAMES).copied()));
        if names.len() > MAX_NAMES {
            let _ = write!(out, " and {} more", names.len() - MAX_NAMES);
        }
    }
    let _ = write!(out, "\n\n`{}`", policy.arn);
    out
}

/// A condition key.
pub(crate) fn condition_key(catalog: &Catalog, key: &ConditionKey) -> String {
    let mut out = format!("**`{}`** · condition key · {}", key.key, key.value_type);
    if let Some(category) = key.category {
        let _ = write!(out, "\n\nGlobal condition key ({category})");
        return out;
    }
    let prefix = key.key.split_once(':').map_or("", |(prefix, _)| prefix);
    if let Some(service) = catalog.service(prefix) {
        let of_type = |name: &str| service.resource_type(name).is_some_and(|resource| resource.conditions.contains(&key.key));
        let supports =
            |action: &&Action| action.conditions.contains(&key.key) || action.resources.iter().any(|resource| of_type(resource.name));
        let names: Vec<&str> = service.actions.iter().filter(supports).map(|action| action.name).collect();
        if !names.is_empty() {
            let _ = write!(
                out,
                "\n\nSupported by {} actions of {}: {}",
                names.len(),
                service.name,
                codes(names.iter().take(MAX_NAMES).copied())
            );
            if names.len() > MAX_NAMES {
                let _ = write!(out, " and {} more", names.len() - MAX_NAMES);
            }
        }
    }
    out
}

/// One word for what is risky about an action, as completion rows and messages have it; `None` where no rule reports it.
pub(crate) fn risk_word(risk: &Risk) -> Option<&'static str> {
    Some(match risk.rule? {
        "credential-exposure" => "sign-in",
        "privilege-escalation" => "escalation",
        "data-exposure" => "data",
        "traffic-redirect" => "redirects",
        _ => "deletes",
    })
}

/// The mark and word of the worst of some actions, for a completion's row; `None` if none of them is risky.
pub(crate) fn risk_mark<'n>(catalog: &Catalog, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let risks = names.into_iter().filter_map(|name| catalog.risk(name)).filter(|risk| risk.rule.is_some());
    let worst = risks.min_by_key(|risk| (risk.level != Some(RiskLevel::Warning), risk.action))?;
    Some(format!("⚠ {}", risk_word(worst)?))
}

/// Names in code marks, parted by commas.
pub(crate) fn codes<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Each permission that these entries grant once, by name, with what the catalog has on it. Unknown names, labels and empty
/// strings grant nothing. Every number of permissions that is shown comes from here.
pub(crate) fn granted_permissions<'e>(
    entries: impl Iterator<Item = EffectiveEntry<'e>>,
) -> BTreeMap<Cow<'e, str>, Option<&'static Permission>> {
    let granted = entries.filter_map(|entry| {
        let permission = match entry.verdict() {
            Verdict::Permission(PermissionVerdict::Known(permission)) => Some(*permission),
            Verdict::Permission(PermissionVerdict::Renamed(permission)) if permission.status != PermissionStatus::Removed => {
                Some(*permission)
            }
            Verdict::Permission(PermissionVerdict::Added(_)) => None,
            _ => return None,
        };
        Some((entry.text, permission))
    });
    granted.collect()
}

/// How many names a code lens or symbol spells out.
const MAX_FIRST_NAMES: usize = 3;

/// Up to three names, and how many more there are.
pub(crate) fn first_names<N: AsRef<str>>(names: &[N]) -> String {
    let shown: Vec<&str> = names.iter().take(MAX_FIRST_NAMES).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(MAX_FIRST_NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
