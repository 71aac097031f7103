//! Explains a name outside of any document.

use connect_policy_catalog::{Catalog, Pattern};
use connect_policy_model::nearest::distance;
use connect_policy_model::{nearest_actions, nearest_permissions, right_prefix};

use crate::describe;
use crate::diagnostics::meta::RuleMeta;
use crate::diagnostics::registry::rules;

/// An explanation of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// What the name turned out to be: "action", "pattern", "permission", "label", "console task", "managed policy", "condition key",
    /// "service", "rule".
    pub kind: &'static str,
    /// The explanation, in Markdown.
    pub markdown: String,
}

/// Explains an action, pattern, permission, UI label, console task, managed policy, condition key, service prefix or rule. `Err` holds the
/// nearest names.
pub fn explain(catalog: &Catalog, name: &str) -> Result<Vec<Explanation>, Vec<String>> {
    let name = name.trim();
    let mut found = Vec::new();
    let mut add = |kind, markdown: String| found.push(Explanation { kind, markdown });
    if let Some(rule) = rules().iter().find(|rule| rule.code.eq_ignore_ascii_case(name)) {
        add("rule", format!("**{}** · {} · {}\n\n{}", rule.code, rule.severity, rule.summary, rule.page()));
    }
    if let Some((service, action)) = catalog.action(name) {
        add("action", describe::action(catalog, service, action));
    } else if let Some(added) = catalog.added_action(name) {
        add("action", describe::added_action(added));
    } else if let Some(gone) = catalog.removed_action(name) {
        add("action", describe::gone(gone));
    } else if let Some(unlisted) = catalog.unlisted(name) {
        add("action", describe::unlisted(unlisted));
    } else if Pattern::is_wild(name) {
        // `List*` alone means Connect's.
        let text = if name.contains(':') || name == "*" { name.to_owned() } else { format!("connect:{name}") };
        let is_dead = Pattern::new(&text).is_none_or(|pattern| text != "*" && catalog.all_matching(&pattern).count() == 0);
        if !is_dead {
            describe::pattern(catalog, &text).into_iter().for_each(|markdown| add("pattern", markdown));
        }
    } else if !name.contains(':')
        && let Some((service, action)) = catalog.action(&format!("connect:{name}"))
    {
        add("action", describe::action(catalog, service, action));
    }
    if let Some(permission) = catalog.permission_ignoring_case(name) {
        add("permission", describe::permission(catalog, permission));
    } else if let Some(added) = catalog.added_permissions().find(|added| added.name.eq_ignore_ascii_case(name)) {
        add("permission", describe::added_permission(catalog, added));
    }
    let is_labelled = |label: &str| label.eq_ignore_ascii_case(name);
    for permission in catalog.permissions().iter().filter(|permission| permission.all_labels().any(is_labelled)) {
        add("label", describe::permission(catalog, permission));
    }
    if let Some(task) = catalog.task(name) {
        add("console task", describe::task(catalog, task));
    }
    if let Some(policy) = catalog.managed_policy(name) {
        add("managed policy", describe::managed_policy(policy));
    }
    if let Some(key) = catalog.condition_key(name) {
        add("condition key", describe::condition_key(catalog, key));
    }
    let by_name = catalog.service_names().iter().find(|known| known.name.eq_ignore_ascii_case(name));
    let prefix = by_name.map_or(name.trim_end_matches(':'), |known| known.prefix);
    if let Some(service) = describe::service(catalog, prefix) {
        add("service", service);
    }
    if found.is_empty() { Err(nearest(catalog, name)) } else { Ok(found) }
}

fn nearest(catalog: &Catalog, name: &str) -> Vec<String> {
    let prefix = name.split_once(':').map_or("connect", |(prefix, _)| prefix);
    // `connectcases:CreateCase`: the name of an API client in the place of the prefix.
    let prefix = if catalog.is_prefix(prefix) { prefix } else { right_prefix(catalog, prefix).unwrap_or(prefix) };
    let mut names = nearest_actions(catalog, name, prefix);
    if !name.contains(':') {
        names.extend(nearest_permissions(catalog, name));
        let near_rule = |rule: &&RuleMeta| distance(rule.code, name) <= 3;
        names.extend(rules().iter().filter(near_rule).map(|rule| rule.code.to_owned()));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(name: &str) -> Vec<&'static str> {
        explain(&Catalog::builtin(), name).map(|found| found.iter().map(|one| one.kind).collect()).unwrap_or_default()
    }

    #[test]
    fn every_kind_of_name_is_explained() {
        assert_eq!(kinds("connect:listusers"), ["action"]);
        assert_eq!(kinds("ListUsers"), ["action"]);
        assert_eq!(kinds("connect:List*"), ["pattern"]);
        assert_eq!(kinds("Users.View"), ["permission"]);
        assert_eq!(kinds("Routing profiles - Create"), ["label"]);
        assert_eq!(kinds("Edit call recording"), ["console task"]);
        assert_eq!(kinds("unknown-action"), ["rule"]);
        assert_eq!(kinds("connect:InstanceId"), ["condition key"]);
        assert_eq!(kinds("arn:aws-us-gov:iam::aws:policy/AmazonConnectReadOnlyAccess"), ["managed policy"]);
        assert_eq!(kinds("qconnect"), ["service"]);
        assert_eq!(kinds("amazon connect customer"), ["service"]);
        assert_eq!(kinds("Amazon Q in Connect"), ["service"]);
        assert_eq!(kinds("connect:GetFederationTokens"), ["action"]);
    }

    #[test]
    fn what_is_unknown_brings_the_nearest_names() {
        let nearest = explain(&Catalog::builtin(), "connect:DescribeUsr").expect_err("a typo");
        assert_eq!(nearest[0], "connect:DescribeUser");
        let nearest = explain(&Catalog::builtin(), "connectcases:CreateCase").expect_err("a client's name");
        assert_eq!(nearest[0], "cases:CreateCase");
    }
}
