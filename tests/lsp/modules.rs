//! Terraform's files of one folder: what one of them lists counts in the others, open or not.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Client, connect_policy, folder, uri_in};

const MAIN: &str = r#"data "aws_iam_policy_document" "agents" {
  statement {
    actions   = local.agent_actions
    resources = ["*"]
  }
}
"#;
const LOCALS: &str = "locals {\n  agent_actions = [\"connect:CreateUser\"]\n}\n";
const PROFILE: &str = "resource \"aws_connect_security_profile\" \"lead\" {\n  permissions = concat(local.base, [\"Queues.Edit\"])\n}\n";

fn editor() -> Client {
    let published = json!({"versionSupport": true, "relatedInformation": true});
    Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"publishDiagnostics": published}}})).0
}

/// The next diagnostics that the editor is sent: of which file, and the rules in them.
#[track_caller]
fn next(client: &mut Client) -> (String, Vec<String>) {
    let told = client.told("textDocument/publishDiagnostics");
    let uri = told["params"]["uri"].as_str().unwrap();
    let rules = told["params"]["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned());
    (uri.rsplit('/').next().unwrap().to_owned(), rules.collect())
}

#[track_caller]
fn check_next(client: &mut Client, file: &str, rules: &[&str]) {
    assert_eq!(next(client), (file.to_owned(), rules.iter().map(|rule| (*rule).to_owned()).collect()));
}

#[test]
fn a_file_that_nobody_has_open_counts() {
    let folder = folder(&[("locals.tf", "locals {\n  base = [\"Users.View\"]\n}\n")]);
    let mut client = editor();
    client.open(&uri_in(&folder, "profile.tf"), "terraform", PROFILE);
    check_next(&mut client, "profile.tf", &["missing-permission"]);
    // Somebody else writes the file; this editor watches nothing, so saving is when it is noticed.
    fs::write(folder.path().join("locals.tf"), "locals {\n  base = [\"Queues.View\"]\n}\n").unwrap();
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri_in(&folder, "profile.tf")}}));
    check_next(&mut client, "profile.tf", &[]);
}

#[test]
fn what_is_typed_in_one_file_is_told_in_the_other() {
    let folder = folder::<&str>(&[]);
    let (main, locals) = (uri_in(&folder, "main.tf"), uri_in(&folder, "locals.tf"));
    let mut client = editor();
    client.open(&main, "terraform", MAIN);
    check_next(&mut client, "main.tf", &[]);
    client.open(&locals, "terraform", LOCALS);
    let told = client.told("textDocument/publishDiagnostics");
    let finding = &told["params"]["diagnostics"][0];
    assert_eq!((&told["params"]["uri"], &finding["code"]), (&json!(locals), &json!("privilege-escalation")));
    let expected = json!([{
        "location": {"uri": main, "range": {"start": {"line": 2, "character": 16}, "end": {"line": 2, "character": 35}}},
        "message": "used here",
    }]);
    assert_eq!(finding["relatedInformation"], expected);
    check_next(&mut client, "main.tf", &[]);
    // The reference goes, and with it what was found because of it.
    client.edit(&main, 2, [(2, 16), (2, 35)], "[]");
    check_next(&mut client, "main.tf", &[]);
    check_next(&mut client, "locals.tf", &[]);
    client.edit(&main, 3, [(2, 16), (2, 18)], "local.agent_actions");
    check_next(&mut client, "main.tf", &[]);
    check_next(&mut client, "locals.tf", &["privilege-escalation"]);
    // A file that has nothing to do with them disturbs nobody.
    client.open(
        &uri_in(&folder, "other.tf"),
        "terraform",
        "locals {\n  x = [\"connect:ListUser\", \"connect:ListUsers\", \"connect:ListQueues\"]\n}\n",
    );
    check_next(&mut client, "other.tf", &["unknown-action"]);
    // What is closed counts as it is on the disk, where it is not.
    client.close(&main);
    check_next(&mut client, "main.tf", &[]);
    check_next(&mut client, "locals.tf", &[]);
}

#[test]
fn a_file_that_changes_on_the_disk_is_looked_at_where_the_editor_watches() {
    let folder = folder(&[("locals.tf", "locals {\n  base = [\"Users.View\"]\n}\n")]);
    let watched = json!({"dynamicRegistration": true});
    let capabilities = json!({"workspace": {"didChangeWatchedFiles": watched}});
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    let registered = |message: &Value| message["params"]["registrations"][0]["registerOptions"]["watchers"].clone();
    let first = client.told("client/registerCapability");
    client.send(&json!({"jsonrpc": "2.0", "id": first["id"], "result": null}));
    client.open(&uri_in(&folder, "profile.tf"), "terraform", PROFILE);
    let second = client.told("client/registerCapability");
    client.send(&json!({"jsonrpc": "2.0", "id": second["id"], "result": null}));
    assert_eq!(registered(&second), json!([{"globPattern": "**/*.{tf,tofu,tfvars}"}]));
    check_next(&mut client, "profile.tf", &["missing-permission"]);
    fs::write(folder.path().join("locals.tf"), "locals {\n  base = [\"Queues.View\"]\n}\n").unwrap();
    let change = json!({"uri": uri_in(&folder, "locals.tf"), "type": 2});
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
    check_next(&mut client, "profile.tf", &[]);
}

#[test]
fn an_editor_that_asks_is_answered_for_the_whole_folder() {
    let folder = folder(&[("main.tf", MAIN)]);
    let (mut client, result) = Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"diagnostic": {}}}}));
    assert_eq!(result["capabilities"]["diagnosticProvider"]["interFileDependencies"], json!(true));
    client.open(&uri_in(&folder, "locals.tf"), "terraform", LOCALS);
    assert_eq!(client.pull(&uri_in(&folder, "locals.tf"))[0]["code"], "privilege-escalation");
}

#[test]
fn an_editor_is_led_from_a_reference_to_the_list_and_back() {
    let folder = folder(&[("lists.tfvars", "lists = { lead = [\"Users.View\"] }\n")]);
    let capabilities = json!({"textDocument": {"definition": {}, "references": {}, "diagnostic": {}}});
    let (mut client, result) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    assert_eq!(
        (&result["capabilities"]["definitionProvider"], &result["capabilities"]["referencesProvider"]),
        (&json!(true), &json!(true))
    );
    let (main, lists) = (uri_in(&folder, "main.tf"), uri_in(&folder, "lists.tfvars"));
    let text = "resource \"aws_connect_security_profile\" \"p\" {\n  for_each    = var.lists\n  permissions = each.value\n}\n";
    client.open(&main, "terraform", text);
    let definition = client.at("textDocument/definition", &main, (2, 18));
    let name = json!({"start": {"line": 0, "character": 10}, "end": {"line": 0, "character": 14}});
    assert_eq!(definition, json!([{"uri": lists, "range": name}]));
    client.open(&lists, "terraform-vars", "lists = { lead = [\"Users.View\"] }\n");
    let place = json!({"line": 0, "character": 22});
    let asked = json!({"textDocument": {"uri": lists}, "position": place, "context": {"includeDeclaration": true}});
    let used = json!({"start": {"line": 2, "character": 16}, "end": {"line": 2, "character": 26}});
    assert_eq!(client.request("textDocument/references", asked), json!([{"uri": main, "range": used}]));
}

#[test]
fn the_checker_says_what_the_editor_says() {
    let folder = folder(&[("main.tf", MAIN), ("locals.tf", LOCALS)]);
    let check =
        |arguments: &[&str]| connect_policy(&[&["check", "--exit-zero"], arguments].concat()).in_folder(&folder).finish().exits_with(0);
    // A file that is named alone is read with its folder, and the others are not told of.
    for paths in [&["."][..], &["locals.tf"], &["locals.tf", "main.tf"]] {
        let json = check(&[&["--format", "json"], paths].concat()).json();
        assert_eq!(json["findings"].as_array().map(Vec::len), Some(1), "{json}");
        let finding = &json["findings"][0];
        assert_eq!((&finding["path"], &finding["rule"]), (&json!("locals.tf"), &json!("privilege-escalation")));
        let place = json!({"start": {"line": 3, "column": 17}, "end": {"line": 3, "column": 36}});
        let related = json!([{"path": "main.tf", "message": "used here", "range": place, "span": {"start": 72, "end": 91}}]);
        assert_eq!(finding["related"], related);
    }
    let name = folder.path().join("main.tf");
    assert_eq!(check(&["--format", "json", name.to_str().unwrap()]).json()["findings"], json!([]));
    assert!(check(&["."]).output.contains("= note: used here: main.tf:3:17"));
    let sarif = check(&["--format", "sarif", "."]).json();
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["artifactLocation"]["uri"], "main.tf");
    assert_eq!((&related["physicalLocation"]["region"]["startLine"], &related["message"]["text"]), (&json!(3), &json!("used here")));
    // Standard input stands in its file's place.
    let input = "locals {\n  agent_actions = [\"connect:ListUser\"]\n}\n";
    let run =
        connect_policy(&["check", "-", "--stdin-filename", "locals.tf", "--format", "json", "--exit-zero"]).in_folder(&folder).input(input);
    assert_eq!(run.finish().exits_with(0).json()["findings"][0]["rule"], "unknown-action");
}

#[test]
fn a_fix_in_one_file_is_made_though_another_tells_what_it_is() {
    let folder = folder(&[("main.tf", MAIN), ("locals.tf", "locals {\n  agent_actions = [\"connect:listusers \"]\n}\n")]);
    connect_policy(&["check", "--fix", "--level", "hint", "."]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(fs::read_to_string(folder.path().join("locals.tf")).unwrap(), "locals {\n  agent_actions = [\"connect:ListUsers\"]\n}\n");
}

#[test]
fn an_editor_that_asks_is_told_to_ask_again_when_a_file_beside_changes() {
    let folder = folder(&[("locals.tf", LOCALS)]);
    let workspace = json!({"didChangeWatchedFiles": {}, "diagnostics": {"refreshSupport": true}});
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": workspace});
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    client.open(&uri_in(&folder, "main.tf"), "terraform", MAIN);
    let change = json!({"uri": uri_in(&folder, "locals.tf"), "type": 2});
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
    let refresh = client.told("workspace/diagnostic/refresh");
    client.send(&json!({"jsonrpc": "2.0", "id": refresh["id"], "result": null}));
}
