//! Descriptions that the search adds to those of hovers: condition keys with meaning and example, patterns with their worst
//! risks first, default profiles, managed policies with their risks.

use std::fmt::Write as _;

use connect_policy_catalog::{
    Access, Action, Catalog, ConditionKey, ManagedEffect, ManagedPolicy, Pattern, RelationKind, Risk, Service, ValueType,
};

use super::facts;
use crate::describe::{self, codes};

/// How many names of a group are listed.
const MAX_NAMES: usize = 12;

/// How many permissions of a section are listed.
const MAX_OF_SECTION: usize = 6;

/// How many risks are listed.
const MAX_RISKS: usize = 10;

/// A condition key: its meaning, an example, and the actions that have it, by level.
pub(super) fn condition_key(catalog: &Catalog, key: &ConditionKey, written: &str) -> String {
    let mut out = format!("**`{}`** · condition key · {}", key.key, key.value_type);
    if let Some(meaning) = facts::key_meaning(key.key) {
        let _ = write!(out, "\n\n{meaning}");
    }
    let values = catalog.condition_values(key.key);
    if !values.is_empty() {
        let _ = write!(out, "\n\nValues: {}", codes(values.iter().copied()));
    }
    let name = if written.contains('/') && !written.contains('$') { written } else { key.key };
    let _ = write!(out, "\n\nExample:\n\n```json\n{}\n```", example(name, key.value_type, values.first().copied()));
    let actions = actions_with(catalog, key);
    if actions.is_empty() {
        if key.category.is_some() {
            out.push_str("\n\nGlobal key: works with all services if the request includes it.");
        }
        return out;
    }
    let _ = write!(out, "\n\nActions that support it ({}):\n", actions.len());
    for access in Access::ALL {
        let of_level = actions.iter().filter(|(_, action)| action.access == Some(access));
        let names: Vec<String> = of_level.map(|(service, action)| format!("{}:{}", service.prefix, action.name)).collect();
        list(&mut out, access.name(), &names);
    }
    if let Some(category) = key.category {
        let _ = write!(out, "\n\nGlobal key ({category}): other services also support it.");
    }
    out
}

/// The actions of the Connect family that have a key, themselves or by their resource types; of another service's key, the
/// actions of that service.
fn actions_with(catalog: &Catalog, key: &ConditionKey) -> Vec<(&'static Service, &'static Action)> {
    let prefix = key.key.split_once(':').map_or("", |(prefix, _)| prefix);
    let is_family_key = prefix == "aws" || catalog.is_family(prefix);
    let services = catalog.services().filter(|service| if is_family_key { service.family } else { service.prefix == prefix });
    let mut found = Vec::new();
    for service in services {
        let of_type = |name: &str| service.resource_type(name).is_some_and(|resource| resource.conditions.contains(&key.key));
        let has = |action: &&Action| action.conditions.contains(&key.key) || action.resources.iter().any(|taken| of_type(taken.name));
        found.extend(service.actions.iter().filter(has).map(|action| (service, action)));
    }
    found
}

/// A condition on a key, with the operator that fits its type.
fn example(key: &str, value_type: ValueType, value: Option<&str>) -> String {
    let key_name = key.replace("${TagKey}", "team").replace("${PrimaryAttribute}", "region");
    let (operator, sample) = match value_type {
        ValueType::Arn | ValueType::ArrayOfArn => ("ArnLike", "arn:aws:connect:us-east-1:111122223333:instance/INSTANCE_ID"),
        ValueType::Bool => ("Bool", "true"),
        ValueType::Numeric => ("NumericLessThan", "3600"),
        ValueType::Date => ("DateLessThan", "2027-01-01T00:00:00Z"),
        ValueType::IpAddress => ("IpAddress", "203.0.113.0/24"),
        ValueType::ArrayOfString if key.eq_ignore_ascii_case("aws:TagKeys") => ("ForAllValues:StringEquals", "team"),
        ValueType::ArrayOfString => ("ForAnyValue:StringEquals", "VALUE"),
        _ => ("StringEquals", sample_text(key)),
    };
    let sample = value.unwrap_or(sample);
    format!("\"Condition\": {{\n  \"{operator}\": {{\n    \"{key_name}\": \"{sample}\"\n  }}\n}}")
}

fn sample_text(key: &str) -> &'static str {
    let key = key.to_ascii_lowercase();
    match key.split('/').next().unwrap_or_default() {
        "connect:instanceid" => "INSTANCE_ID",
        "aws:sourceaccount" | "aws:principalaccount" | "aws:resourceaccount" => "111122223333",
        "aws:principalorgid" | "aws:resourceorgid" | "aws:sourceorgid" => "o-a1b2c3d4e5",
        "aws:requestedregion" => "us-east-1",
        "aws:resourcetag" | "aws:requesttag" | "aws:principaltag" | "connect:searchtag" => "support",
        "aws:sourcevpce" => "vpce-0a1b2c3d",
        "aws:sourcevpc" => "vpc-0a1b2c3d",
        _ => "VALUE",
    }
}

/// Adds a line of names, cut off after the first.
fn list(out: &mut String, lead: &str, names: &[String]) {
    list_up_to(MAX_NAMES, out, lead, names);
}

fn list_up_to(max: usize, out: &mut String, lead: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let _ = write!(out, "\n- {lead} ({}): {}", names.len(), codes(names.iter().take(max).map(String::as_str)));
    if names.len() > max {
        let _ = write!(out, " and {} more", names.len() - max);
    }
}

/// A pattern of actions: its worst risks, then what it matches by level. `None` for text that is not a pattern.
pub(super) fn pattern(catalog: &Catalog, text: &str) -> Option<String> {
    let pattern = Pattern::new(text)?;
    let matches = catalog.all_matching(&pattern);
    let mut out = format!("**`{text}`** · wildcard · ");
    if text == "*" {
        out.push_str("all actions of all AWS services");
    } else {
        let count = matches.count();
        let _ = write!(out, "{count} action{}", if count == 1 { "" } else { "s" });
    }
    let risks: Vec<&Risk> = catalog.risks().iter().filter(|risk| !Pattern::is_wild(risk.action) && pattern.matches(risk.action)).collect();
    worst(&mut out, risks);
    if text == "*" {
        return Some(out);
    }
    out.push('\n');
    for access in Access::ALL.into_iter().rev() {
        let of_level = matches.listed.iter().filter(|(_, action)| action.access == Some(access));
        let names: Vec<String> = of_level.map(|(service, action)| format!("{}:{}", service.prefix, action.name)).collect();
        list(&mut out, access.name(), &names);
    }
    let unlisted: Vec<String> = matches.unlisted.iter().map(|unlisted| unlisted.action.to_owned()).collect();
    list(&mut out, "Not in the AWS service reference", &unlisted);
    let added: Vec<String> = matches.added.iter().map(|added| added.name.clone()).collect();
    list(&mut out, "Defined in this workspace", &added);
    Some(out)
}

/// The worst of some risks first, with their reasons.
fn worst(out: &mut String, mut risks: Vec<&Risk>) {
    risks.retain(|risk| risk.rule.is_some());
    if risks.is_empty() {
        return;
    }
    risks.sort_by_key(|risk| (std::cmp::Reverse(risk.level), class_rank(risk.class.name()), risk.action));
    let _ = write!(out, "\n\nRisks ({}), worst first:\n", risks.len());
    for risk in risks.iter().take(MAX_RISKS) {
        let _ = write!(out, "\n- `{}`: {}", risk.action, risk.reason);
    }
    if risks.len() > MAX_RISKS {
        let _ = write!(out, "\n- and {} more", risks.len() - MAX_RISKS);
    }
}

/// How bad a class of risk is, the worst first; classes that are not listed come between the worst and the others.
fn class_rank(class: &str) -> usize {
    match class {
        "escalation" | "sign-in" => 0,
        "outage" | "cost" => 2,
        _ => 1,
    }
}

/// One of AWS's policies: what it is for, what it allows, and the risks of that.
pub(super) fn managed_policy(catalog: &Catalog, policy: &ManagedPolicy) -> String {
    let mut out = describe::managed_policy(policy);
    if let Some(purpose) = facts::policy_purpose(policy.name) {
        let _ = write!(out, "\n\n{purpose}");
    }
    let patterns: Vec<Pattern> = policy.allowed().filter_map(|(entry, _)| Pattern::new(entry)).collect();
    let denied: Vec<Pattern> = policy
        .statements
        .iter()
        .filter(|statement| statement.effect == ManagedEffect::Deny)
        .flat_map(|statement| &statement.actions)
        .filter_map(|name| Pattern::new(name))
        .collect();
    let is_allowed =
        |action: &str| patterns.iter().any(|pattern| pattern.matches(action)) && !denied.iter().any(|pattern| pattern.matches(action));
    worst(&mut out, catalog.risks().iter().filter(|risk| !Pattern::is_wild(risk.action) && is_allowed(risk.action)).collect());
    out
}

/// A default profile, as it was observed; `None` for another name.
pub(super) fn default_profile(catalog: &Catalog, name: &str) -> Option<String> {
    let is_named = |profile: &str| profile == name || facts::profile_label(profile).is_some_and(|label| label.eq_ignore_ascii_case(name));
    let observed: Vec<_> = catalog.observed_profiles().iter().filter(|observed| is_named(observed.profile)).collect();
    let best = observed.iter().min_by_key(|observed| observed.confidence)?;
    let mut out = format!("**`{}`** · default security profile · {} permissions", best.profile, best.permissions.len());
    if let Some(purpose) = facts::profile_purpose(best.profile) {
        let _ = write!(out, "\n\n{purpose}");
    }
    let risky: Vec<(&str, &str)> = catalog
        .relations()
        .iter()
        .filter(|relation| relation.kind == RelationKind::Risky)
        .flat_map(|relation| relation.from.iter().map(move |name| (*name, relation.note.unwrap_or_default())))
        .filter(|(name, _)| best.permissions.contains(name))
        .collect();
    if !risky.is_empty() {
        let _ = write!(out, "\n\nRisky permissions ({}):\n", risky.len());
        for (name, note) in risky.iter().take(MAX_RISKS) {
            let _ = write!(out, "\n- `{name}`: {note}");
        }
        if risky.len() > MAX_RISKS {
            let _ = write!(out, "\n- and {} more", risky.len() - MAX_RISKS);
        }
    }
    out.push_str("\n\nPermissions by section:\n");
    for (section, names) in by_section(catalog, &best.permissions) {
        list_up_to(MAX_OF_SECTION, &mut out, section, &names);
    }
    let _ = write!(out, "\n\nObserved in an exported profile ({} confidence). Your instance may differ.", best.confidence);
    if observed.len() > 1 {
        let _ = write!(out, " The catalog has {} observations of this profile.", observed.len());
    }
    Some(out)
}

/// Permissions by the console's sections, in the order in which these come first.
fn by_section(catalog: &Catalog, permissions: &[&str]) -> Vec<(&'static str, Vec<String>)> {
    let mut sections: Vec<(&'static str, Vec<String>)> = Vec::new();
    for name in permissions {
        let section = catalog.permission(name).and_then(|permission| permission.section).unwrap_or("Other");
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, names)) => names.push((*name).to_owned()),
            None => sections.push((section, vec![(*name).to_owned()])),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_key_has_a_meaning_an_example_and_its_actions() {
        let catalog = Catalog::builtin();
        let key = |name: &str| condition_key(&catalog, catalog.condition_key(name).expect("a key"), name);
        let text = key("connect:InstanceId");
        for part in ["Limits a policy to one instance", "\"StringEquals\"", "Actions that support it (", "- Write ("] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        assert!(key("aws:ResourceTag/team").contains("\"aws:ResourceTag/team\": \"support\""));
        assert!(
            key("connect:MonitorCapabilities").contains("\"ForAnyValue:StringEquals\": {\n    \"connect:MonitorCapabilities\": \"BARGE\"")
        );
    }

    #[test]
    fn the_worst_risk_of_a_pattern_comes_first() {
        let text = pattern(&Catalog::builtin(), "connect:*").expect("a pattern");
        let (risks, levels) = (text.find("worst first").expect("risks"), text.find("- Write (").expect("levels"));
        assert!(risks < levels, "{text}");
        let first = text.lines().find(|line| line.starts_with("- ")).expect("a risk");
        assert!(first.contains("AdminGetEmergencyAccessToken"), "{first}");
    }

    #[test]
    fn default_profiles_and_managed_policies_are_described() {
        let catalog = Catalog::builtin();
        let text = default_profile(&catalog, "Admin").expect("a profile");
        assert!(text.contains("Users.EditPermission") && text.contains("Permissions by section"), "{text}");
        assert!(default_profile(&catalog, "call center manager").is_some());
        assert_eq!(default_profile(&catalog, "admin"), None);
        let policy = catalog.managed_policy("AmazonConnectReadOnlyAccess").expect("a policy");
        let text = managed_policy(&catalog, policy);
        assert!(!text.contains("- `connect:AdminGetEmergencyAccessToken`"), "{text}");
    }
}
