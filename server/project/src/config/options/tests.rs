use std::path::Path;

use connect_policy_ide::Severity;

use super::*;
use crate::config::lenient;
use crate::config::problem::ConfigProblem;

fn read(text: &str) -> (Options, Vec<ConfigProblem>) {
    lenient::read(text)
}

/// Every problem as `text: message`.
#[track_caller]
fn told(text: &str) -> Vec<String> {
    read(text).1.iter().map(|problem| format!("{}: {}", &text[problem.range.clone()], problem.message)).collect()
}

#[test]
fn everything_that_may_stand_there_is_understood() {
    let (config, problems) = read(
        r#"
# ours
[catalog]
permissions = ["Acme.Access"]
actions = ["connect:Frobnicate"]
permissions-from = ["lists/instance.json"]
service-reference = ["connect.json"]

[rules]
unknown-action = "error"
"full-access" = "off"

[files]
exclude = ["legacy/**"]

[scope]
policies = "all"

[[override]]
paths = ["sandbox/**"]
rules = { unknown-action = "hint" }
"#,
    );
    assert_eq!(problems, []);
    assert_eq!(
        (config.catalog.permissions, config.catalog.actions),
        (vec![PermissionName("Acme.Access".to_owned())], vec![ActionName("connect:Frobnicate".to_owned())])
    );
    assert_eq!(config.catalog.permissions_from[0].value, Path::new("lists/instance.json"));
    assert_eq!(config.catalog.service_reference.len(), 1);
    assert_eq!(config.rules.0["unknown-action"], Level::At(Severity::Error));
    assert_eq!(config.rules.0["full-access"], Level::Off);
    assert!(config.files.exclude.matches(Path::new("legacy/a.json")));
    assert_eq!(config.scope.policies, Some(PolicyScope::All));
    assert!(config.overrides.0[0].paths.matches(Path::new("sandbox/a.json")));
    assert_eq!(config.overrides.0[0].rules.0["unknown-action"], Level::At(Severity::Hint));
}

#[test]
fn nothing_is_a_config_too() {
    assert_eq!(read("").1, []);
    assert_eq!(read("# only a comment\n").1, []);
}

#[test]
fn a_slip_is_named_with_what_was_meant() {
    assert_eq!(
        told("[rules]\nunknwon-action = \"off\""),
        ["unknwon-action: unknown rule `unknwon-action`; did you mean `unknown-action`?"]
    );
    assert_eq!(
        told("[rules]\nunknown_action = \"off\""),
        ["unknown_action: unknown rule `unknown_action`; did you mean `unknown-action`?"]
    );
    assert_eq!(
        told("[rules]\nunknown-action = \"warn\""),
        ["\"warn\": `rules.unknown-action` must be `off`, `hint`, `information`, `warning` or `error`; did you mean `warning`?"]
    );
    assert_eq!(told("[catalog]\npermission = []"), ["permission: unknown key `catalog.permission`; did you mean `permissions`?"]);
    assert_eq!(told("[rule]\n"), ["rule: unknown key `rule`; did you mean `rules`?"]);
    assert_eq!(told("[files]\nskip = []"), ["skip: unknown key `files.skip`; known keys: `exclude`"]);
    assert_eq!(told("[scope]\npolicies = \"evrything\""), ["\"evrything\": `scope.policies` must be `connect` or `all`"]);
    assert_eq!(told("[[overrides]]\n"), ["overrides: unknown key `overrides`; did you mean `override`?"]);
}

#[test]
fn what_was_meant_can_be_written_in_its_place() {
    let instead = |text: &str| read(text).1[0].instead.clone();
    assert_eq!(instead("[rules]\nunknwon-action = \"off\"").as_deref(), Some("unknown-action"));
    assert_eq!(instead("[rules]\nunknown-action = \"warn\"").as_deref(), Some("\"warning\""));
    assert_eq!(instead("[rules]\nunknown-action = 3"), None);
}

#[test]
fn a_value_of_the_wrong_kind_is_named() {
    assert_eq!(told("rules = 3"), ["3: `rules` must be a table"]);
    assert_eq!(told("[catalog]\nactions = \"a\""), ["\"a\": `catalog.actions` must be a list of strings"]);
    assert_eq!(told("[catalog]\nactions = [\"connect:A\", 3]"), ["3: `catalog.actions` may only contain strings"]);
    assert_eq!(told("[catalog]\nactions = [\"connect:Get*\"]"), ["\"connect:Get*\": `connect:Get*` is not in the form `service:Action`"]);
    assert_eq!(told("[override]\npaths = []").len(), 1);
    assert_eq!(told("[[override]]\npaths = [\"a\"]"), ["[[override]]: `[[override]]` is missing `rules`"]);
    assert!(told("[files]\nexclude = [\"a[\"]")[0].starts_with("\"a[\": invalid glob `a[`: "));
}

#[test]
fn broken_text_is_told_of_and_the_rest_holds() {
    let text = "[rules]\nunknown-action = \"off\"\nfull-access = \n";
    let (config, problems) = read(text);
    assert_eq!(config.rules.0.get("unknown-action"), Some(&Level::Off));
    assert!(!problems.is_empty() && problems.iter().all(|problem| !problem.range.is_empty()), "{problems:?}");
    for text in ["[", "=", "a", "\"", "[[override]", "a = [", "\u{feff}[rules]\nä = 1", "[rules]\n[rules]"] {
        for problem in read(text).1 {
            assert!(!problem.range.is_empty() && text.get(problem.range.clone()).is_some(), "{text:?}: {problem:?}");
        }
    }
}
