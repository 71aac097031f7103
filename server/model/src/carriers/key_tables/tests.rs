//! The tables against the names that they were derived from, which `facts.json` keeps.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

const PLACES: &[KeyPlace<'_>] = &[
    KeyPlace::Policy,
    KeyPlace::Statement(PolicyKind::Identity),
    KeyPlace::Statement(PolicyKind::Trust),
    KeyPlace::Statement(PolicyKind::Resource),
    KeyPlace::Statement(PolicyKind::Ceiling),
    KeyPlace::Statement(PolicyKind::Endpoint),
    KeyPlace::Statement(PolicyKind::Unknown),
    KeyPlace::Principal,
    KeyPlace::Condition,
    KeyPlace::Template,
    KeyPlace::Resource,
    KeyPlace::ResourceProperties("AWS::Connect::SecurityProfile"),
    KeyPlace::ResourceProperties("AWS::IAM::ManagedPolicy"),
    KeyPlace::ResourceProperties("AWS::IAM::Policy"),
    KeyPlace::ResourceProperties("AWS::IAM::Role"),
    KeyPlace::ResourceProperties("AWS::IAM::RolePolicy"),
    KeyPlace::ResourceProperties("AWS::IAM::UserPolicy"),
    KeyPlace::ResourceProperties("AWS::IAM::GroupPolicy"),
    KeyPlace::ResourceProperties("AWS::Lambda::Permission"),
    KeyPlace::ResourceProperties("AWS::Organizations::Policy"),
    KeyPlace::TerraformResource("aws_connect_security_profile"),
    KeyPlace::TerraformResource("awscc_connect_security_profile"),
    KeyPlace::TerraformResource("aws_iam_policy"),
    KeyPlace::TerraformResource("aws_iam_role"),
    KeyPlace::TerraformResource("aws_iam_role_policy"),
    KeyPlace::TerraformResource("aws_iam_user_policy"),
    KeyPlace::TerraformResource("aws_iam_group_policy"),
    KeyPlace::TerraformResource("aws_organizations_policy"),
    KeyPlace::TerraformData("aws_iam_policy_document"),
    KeyPlace::TerraformData("aws_connect_security_profile"),
    KeyPlace::ServerlessProvider,
    KeyPlace::CreateSecurityProfile,
    KeyPlace::UpdateSecurityProfile,
];

/// Every table, with its place and the path in it.
fn tables() -> Vec<(String, &'static [KeyInfo])> {
    let mut tables = Vec::new();
    let mut open: Vec<(String, &'static [KeyInfo])> = PLACES.iter().map(|&place| (format!("{place:?}"), keys(place))).collect();
    while let Some((path, keys)) = open.pop() {
        open.extend(keys.iter().filter(|key| !key.value.keys().is_empty()).map(|key| (format!("{path} {}", key.name), key.value.keys())));
        tables.push((path, keys));
    }
    tables
}

fn facts() -> Value {
    serde_json::from_str(include_str!("facts.json")).expect("JSON")
}

fn names(keys: &[KeyInfo]) -> BTreeSet<String> {
    keys.iter().map(|key| key.name.to_owned()).collect()
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().expect("a list").iter().map(|text| text.as_str().expect("a string").to_owned()).collect()
}

/// Pairs of a map's keys and the lists behind them.
fn lists<'v>(facts: &'v Value, name: &str) -> impl Iterator<Item = (&'v String, BTreeSet<String>)> {
    facts[name].as_object().expect("a map").iter().map(|(key, list)| (key, texts(list)))
}

/// The keys at a path whose parts are joined by dots.
fn at(place: KeyPlace<'_>, path: &str) -> BTreeSet<String> {
    names(keys_within(place, &path.split('.').filter(|part| !part.is_empty()).collect::<Vec<_>>()))
}

#[test]
fn required_keys_come_first_and_no_key_comes_twice() {
    for (place, keys) in tables() {
        assert!(!keys.is_empty(), "{place}");
        assert!(keys.is_sorted_by_key(|key| !key.is_required), "{place}: a required key comes late");
        assert_eq!(names(keys).len(), keys.len(), "{place}: a key twice");
    }
}

#[test]
fn excluded_keys_exist_and_exclude_each_other() {
    for (place, keys) in tables() {
        for key in keys {
            for other in key.excludes {
                // A kind of policy without a key does not need to name it.
                let Some(other) = keys.iter().find(|candidate| candidate.name == *other) else { continue };
                assert!(other.excludes.contains(&key.name), "{place}: {} excludes {}", key.name, other.name);
            }
        }
    }
}

#[test]
fn documentation_is_one_short_line() {
    for (place, keys) in tables() {
        for key in keys {
            let text = key.documentation;
            assert!(text.chars().count() <= 100, "{place} {}: {} characters", key.name, text.chars().count());
            assert!(text.starts_with(|letter: char| letter.is_uppercase()), "{place} {}: {text}", key.name);
            assert!(!text.ends_with('.') && !text.contains(['\n', '`']), "{place} {}: {text}", key.name);
        }
    }
    for (name, text) in cloudformation::TYPES {
        assert!(text.chars().count() <= 100 && !text.ends_with('.'), "{name}: {text}");
        assert_eq!(resource_type_documentation(name), Some(*text));
    }
}

#[test]
fn policies_have_iams_keys() {
    let facts = facts();
    assert_eq!(names(keys(KeyPlace::Policy)), texts(&facts["policy"]));
    assert_eq!(names(keys(KeyPlace::Statement(PolicyKind::Unknown))), texts(&facts["statement"]));
    let has = |kind, name| keys(KeyPlace::Statement(kind)).iter().any(|key| key.name == name);
    assert!(!has(PolicyKind::Identity, "Principal") && !has(PolicyKind::Ceiling, "Principal"));
    assert!(!has(PolicyKind::Trust, "Resource") && !has(PolicyKind::Trust, "NotResource"));
    for kind in [PolicyKind::Trust, PolicyKind::Resource] {
        assert!(keys(KeyPlace::Statement(kind)).iter().any(|key| key.name == "Principal" && key.is_required), "{kind:?}");
    }
}

#[test]
fn templates_principals_and_conditions_have_known_keys() {
    let facts = facts();
    assert_eq!(at(KeyPlace::Template, ""), texts(&facts["template"]));
    assert!(at(KeyPlace::Resource, "").is_subset(&texts(&facts["resource"])));
    assert_eq!(at(KeyPlace::Principal, ""), texts(&facts["principalTypes"]));
    assert_eq!(at(KeyPlace::Condition, ""), texts(&facts["operators"]));
    assert_eq!(at(KeyPlace::TerraformData("aws_connect_security_profile"), ""), texts(&facts["findSecurityProfile"]));
}

#[test]
fn a_profile_has_all_its_properties_and_no_other() {
    let facts = facts();
    let profile = KeyPlace::ResourceProperties("AWS::Connect::SecurityProfile");
    assert_eq!(at(profile, ""), texts(&facts["properties"]["AWS::Connect::SecurityProfile"]));
    for (path, properties) in lists(&facts, "objects") {
        assert_eq!(at(profile, path), properties, "{path}");
        // The awscc provider spells them in snake case.
        let snake = |name: &str| {
            let split = name.split_inclusive('.').map(|part| {
                let with_lines = part.char_indices().map(|(at, letter)| match letter {
                    'A'..='Z' if at > 0 => format!("_{}", letter.to_ascii_lowercase()),
                    _ => letter.to_ascii_lowercase().to_string(),
                });
                with_lines.collect::<String>()
            });
            split.collect::<String>()
        };
        let cloud_control = KeyPlace::TerraformResource("awscc_connect_security_profile");
        assert_eq!(at(cloud_control, &snake(path)), properties.iter().map(|name| snake(name)).collect(), "{path}");
    }
}

#[test]
fn requests_have_all_parameters() {
    let facts = facts();
    for (place, name) in
        [(KeyPlace::CreateSecurityProfile, "CreateSecurityProfile"), (KeyPlace::UpdateSecurityProfile, "UpdateSecurityProfile")]
    {
        assert_eq!(at(place, ""), texts(&facts["requests"][name]), "{name}");
        let required = keys(place).iter().filter(|key| key.is_required).map(|key| key.name.to_owned()).collect();
        assert_eq!(texts(&facts["requestsRequired"][name]), required, "{name}");
        assert_eq!(at(place, "Applications"), texts(&facts["objects"]["Applications"]));
    }
}

#[test]
fn resources_have_properties_of_their_schemas() {
    let facts = facts();
    for (name, properties) in lists(&facts, "properties") {
        let keys = keys(KeyPlace::ResourceProperties(name));
        assert!(names(keys).is_subset(&properties) && !keys.is_empty(), "{name}");
    }
    for (name, required) in lists(&facts, "required") {
        let keys = keys(KeyPlace::ResourceProperties(name));
        assert_eq!(keys.iter().filter(|key| key.is_required).map(|key| key.name.to_owned()).collect::<BTreeSet<_>>(), required, "{name}");
    }
    assert!(RESOURCE_TYPES.contains(&"AWS::Connect::SecurityProfile"));
}

#[test]
fn terraform_has_all_arguments() {
    let facts = facts();
    for (name, arguments) in lists(&facts, "terraform") {
        assert_eq!(at(KeyPlace::TerraformResource(name), ""), arguments, "{name}");
    }
    let document = KeyPlace::TerraformData("aws_iam_policy_document");
    assert_eq!(at(document, ""), texts(&facts["policyDocument"]));
    for (path, arguments) in lists(&facts, "policyDocumentBlocks") {
        assert_eq!(at(document, path), arguments, "{path}");
    }
}

#[test]
fn serverless_leads_to_statements() {
    let facts = facts();
    for (path, known) in lists(&facts, "serverless") {
        assert!(at(KeyPlace::ServerlessProvider, path).is_subset(&known), "{path}");
    }
    let role = keys_within(KeyPlace::ServerlessProvider, &["iam", "role"]);
    assert_eq!(role[0].value, ValueShape::Statements);
}

#[test]
fn known_values_are_offered() {
    assert_eq!(principal_values("Service")[0], "connect.amazonaws.com");
    assert_eq!(principal_values("AWS")[0], "arn:aws:iam::<account>:root");
    assert_eq!(principal_values("Nobody"), [""; 0]);
    let test = keys_within(KeyPlace::TerraformData("aws_iam_policy_document"), &["statement", "condition"])[0];
    assert_eq!((test.name, test.value.known_values().len()), ("test", 27));
    assert_eq!(keys_within(KeyPlace::Policy, &["Version"]), []);
}
