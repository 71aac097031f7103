//! What an editor and the report tell of references.

use connect_policy_ide::{Analysis, Location};
use connect_policy_test_support::Fixture;
use expect_test::expect;

use super::folder;

/// A folder with a cursor `¦` in one of its files: the analysis of that file, the cursor, and all files.
fn at_cursor(text: &str) -> (Vec<(String, Analysis)>, usize, usize) {
    let (index, offset) = Fixture::parse_with_header("== ", text).cursor();
    (folder(text), index, offset)
}

/// Where the definitions and references of a cursor are, each as its line with the place marked.
#[track_caller]
fn check_locations(text: &str, definitions: &[&str], references: &[&str]) {
    let (files, index, offset) = at_cursor(text);
    let shown = |locations: Vec<Location>| -> Vec<String> {
        let shown = locations.iter().map(|location| {
            let (name, analysis) = &files[location.document];
            let text = analysis.document().text();
            let line = text[..location.range.start].matches('\n').count() + 1;
            format!("{name}:{line} {}", &text[location.range.clone()])
        });
        shown.collect()
    };
    assert_eq!(shown(files[index].1.definitions(offset)), definitions, "definitions");
    assert_eq!(shown(files[index].1.references(offset)), references, "references");
}

const PROFILES: &str = "resource \"aws_connect_security_profile\" \"this\" {\n  for_each    = local.profiles\n  permissions = local.profiles[each.key].permissions\n}\n";
const PROFILE_LISTS: &str = "locals {\n  profiles = {\n    agent = { permissions = [\"BasicAgentAccess\"] }\n    lead  = { permissions = [\"Users.View\"] }\n  }\n}\n";

#[test]
fn from_a_reference_to_its_lists_and_back() {
    let cursor = PROFILES.replace("local.profiles[each", "local.pro¦files[each");
    check_locations(&format!("== a.tf\n{cursor}== b.tf\n{PROFILE_LISTS}"), &["b.tf:3 permissions", "b.tf:4 permissions"], &[]);
    let cursor = PROFILE_LISTS.replace("Users.View", "Users.¦View");
    check_locations(&format!("== a.tf\n{PROFILES}== b.tf\n{cursor}"), &[], &["a.tf:3 local.profiles[each.key].permissions"]);
    // Terraform's own server leads from a local's name to its value.
    check_locations(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.a¦\n  }\n}\nlocals {\n  a = [\"connect:ListUsers\"]\n}\n",
        &[],
        &[],
    );
    const TEMPLATE: &str = "Parameters:\n  Names:\n    Type: CommaDelimitedList\n    Default: connect:ListUsers\nResources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - {Effect: Allow, Action: !Ref Names, Resource: '*'}\n";
    check_locations(&format!("== t.yaml\n{}", TEMPLATE.replace("!Ref Names", "!Ref Na¦mes")), &["t.yaml:4 Default"], &[]);
    check_locations(&format!("== t.yaml\n{}", TEMPLATE.replace("ListUsers", "List¦Users")), &[], &["t.yaml:11 !Ref Names"]);
}

#[test]
fn a_reference_is_explained_by_what_it_stands_for() {
    let (files, index, offset) = at_cursor(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = concat(local.a¦, [\"connect:StopContact\"])\n  }\n}\n== b.tf\nlocals {\n  a = [\"connect:ListUsers\", \"connect:CreateUser\"]\n}\n",
    );
    let hover = files[index].1.hover(offset).expect("a hover");
    expect![[r#"
        **2 actions**

        - List: 1
        - Write: 1"#]]
    .assert_eq(&hover.markdown);
    let (files, index, offset) =
        at_cursor(&format!("== a.tf\n{}== b.tf\n{PROFILE_LISTS}", PROFILES.replace("local.profiles[each", "local.pro¦files[each")));
    let hover = files[index].1.hover(offset).expect("a hover");
    expect![[r#"
        **2 permissions**

        - Contact Control Panel (CCP): 1
        - Users and permissions: 1

        Based on the values in this file; a default may be overridden"#]]
    .assert_eq(&hover.markdown);
}

#[test]
fn names_are_offered_in_a_list_that_only_its_use_tells() {
    let (files, index, offset) = at_cursor(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.a\n  }\n}\n== b.tf\nlocals {\n  a = [\"connect:CreateUse¦\", \"connect:ListUsers\"]\n}\n",
    );
    let offered = files[index].1.completions(offset);
    assert!(offered.items.iter().any(|item| item.label == "connect:CreateUser"), "{:?}", offered.items.first());
    assert!(!offered.items.iter().any(|item| item.label == "connect:ListUsers"), "what the list holds is left out");
}

#[test]
fn the_report_tells_what_references_give() {
    let files = folder(&format!(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions = local.a\n    resources = [\"*\"]\n  }}\n}}\n{PROFILES}== b.tf\nlocals {{\n  a = [\"connect:CreateUser\"]\n}}\n{PROFILE_LISTS}"
    ));
    let reported = |index: usize| {
        let analysis = &files[index].1;
        let mut findings = analysis.diagnostics();
        findings.extend(analysis.diagnostics_at_references());
        analysis.report(&findings)
    };
    let (using, lending) = (reported(0), reported(1));
    assert_eq!(using.policies.len(), 1);
    assert_eq!(using.policies[0].actions.iter().collect::<Vec<_>>(), ["connect:CreateUser"]);
    assert_eq!(using.policies[0].risks[0].rule, "privilege-escalation");
    assert!(using.profiles.is_empty(), "each list is a profile of its own");
    assert_eq!(lending.profiles.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>(), ["agent", "lead"]);
}

#[test]
fn what_references_stand_for_is_seen_at_a_glance() {
    let main = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.a\n    resources = [\"*\"]\n  }\n}\nresource \"aws_connect_security_profile\" \"one\" {\n  permissions = local.base\n}\n";
    let lists = "locals {\n  a = [\"connect:ListApprovedOrigins\", \"connect:AssociateApprovedOrigin\", \"connect:DisassociateApprovedOrigin\"]\n  base = [\"Users.View\"]\n}\n";
    let files = folder(&format!("== a.tf\n{PROFILES}{main}== b.tf\n{PROFILE_LISTS}{lists}"));
    let analysis = &files[0].1;
    let text = analysis.document().text();
    let line = |offset: usize| text[..offset].lines().last().unwrap_or("").trim();
    let hints = analysis.hints(0..text.len()).into_iter().map(|hint| format!("{} ‹{}›\n", line(hint.offset), hint.label));
    let lenses = analysis.lenses().into_iter().map(|lens| format!("{}: {}\n", &text[lens.range], lens.title));
    expect![[r#"
        permissions = local.profiles[each.key].permissions ‹2 lists, 2 entries›
        actions = local.a ‹3 entries›
        permissions = local.base ‹1 entry›
        statement {: Console: Edit approved origins
        permissions: 1 permission in Users and permissions
    "#]]
    .assert_eq(&hints.chain(lenses).collect::<String>());
}
