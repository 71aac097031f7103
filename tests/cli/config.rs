//! `connect-policy.toml`: levels, exclusions, what a project knows besides, and what is wrong in it.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{self, Client, TYPO_POLICY, connect_policy, native, uri_in};

/// A repository with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = support::folder(files);
    fs::create_dir(folder.path().join(".git")).unwrap();
    folder
}

/// The findings of `check` as `path rule severity`.
#[track_caller]
fn checked(folder: &TempDir, args: &[&str]) -> Vec<String> {
    let args = [&["check", "--format", "json", "--exit-zero", "--level", "hint"], args].concat();
    let json = connect_policy(&args).in_folder(folder).finish().exits_with(0).json();
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let findings = json["findings"].as_array().unwrap().iter();
    findings.map(|one| format!("{} {} {}", text(one, "path"), text(one, "rule"), text(one, "severity"))).collect()
}

#[track_caller]
fn refused(folder: &TempDir, args: &[&str]) -> String {
    let run = connect_policy(&[&["check"], args].concat()).in_folder(folder).finish().exits_with(2);
    assert_eq!(run.output, "");
    run.errors
}

/// The findings in configurations, one on each line.
#[track_caller]
fn bad_config(folder: &TempDir, args: &[&str]) -> String {
    connect_policy(&[&["check", "--format", "short"], args].concat()).in_folder(folder).finish().exits_with(2).output
}

const NOTHING: [&str; 0] = [];

const OWN: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["connect:FrobnicateGizmo", "connect:ListGizmos", "connect:ListUsers"], "Resource": "*"}]}"#;

#[test]
fn levels_are_set_for_all_or_some_paths() {
    let folder = folder(&[
        (
            "connect-policy.toml",
            "[rules]\nunknown-action = \"error\"\n[[override]]\npaths = [\"sandbox/\"]\nrules = { unknown-action = \"off\" }\n",
        ),
        ("a.json", TYPO_POLICY),
        ("sandbox/deep/b.json", TYPO_POLICY),
        ("own/connect-policy.toml", "[rules]\nunknown-action = \"hint\""),
        ("own/c.json", TYPO_POLICY),
    ]);
    assert_eq!(checked(&folder, &[]), ["a.json unknown-action error", &native("own/c.json unknown-action hint")]);
    fs::write(folder.path().join("other.toml"), "[rules]\nunknown-action = \"information\"").unwrap();
    let all =
        ["a.json unknown-action information", "own/c.json unknown-action information", "sandbox/deep/b.json unknown-action information"]
            .map(native);
    assert_eq!(checked(&folder, &["--config", "other.toml"]), all);
}

#[test]
fn what_is_excluded_is_not_checked_unless_named() {
    let folder = folder(&[("connect-policy.toml", "[files]\nexclude = [\"legacy/**\"]"), ("legacy/a.json", TYPO_POLICY), ("b.json", "{}")]);
    assert_eq!(checked(&folder, &[]), NOTHING);
    assert_eq!(checked(&folder, &["legacy"]), NOTHING);
    assert_eq!(checked(&folder, &["legacy/a.json"]), [native("legacy/a.json unknown-action warning")]);
}

#[test]
fn what_a_project_knows_besides_is_right() {
    let toml = "[catalog]\nactions = [\"connect:FrobnicateGizmo\"]\npermissions = [\"Gizmo\"]\nservice-reference = [\"lists/connect.json\"]\npermissions-from = [\"lists/instance.json\"]\n";
    let reference = r#"{"Name": "connect", "Actions": [{"Name": "ListGizmos", "Annotations": {"Properties": {"IsList": true}}}]}"#;
    let profile = r#"{"SecurityProfileName": "a", "Permissions": ["Gizmo", "Gizmos.Frob", "HistoricalMetrics.Access", "gizmos.frob", "Gizmos.Frobb"]}"#;
    let folder = folder(&[
        ("connect-policy.toml", toml),
        ("lists/connect.json", reference),
        ("lists/instance.json", r#"{"Permissions": ["Gizmos.Frob", "HistoricalMetrics.Access"]}"#),
        ("a.json", OWN),
        ("b.json", profile),
    ]);
    let told = checked(&folder, &["a.json", "b.json"]);
    assert_eq!(told, ["b.json permission-case error", "b.json unknown-permission error"]);
    let explained = connect_policy(&["explain", "connect:ListGizmos", "Gizmos.Frob", "HistoricalMetrics.Access"])
        .in_folder(&folder)
        .finish()
        .exits_with(0);
    for part in
        ["connect:ListGizmos · List", "From the workspace catalog (lists/connect.json)", "From the workspace catalog (lists/instance.json)"]
    {
        assert!(explained.output.contains(part), "{part}: {}", explained.output);
    }
    fs::remove_file(folder.path().join("connect-policy.toml")).unwrap();
    assert_eq!(checked(&folder, &["a.json"]).len(), 2);
    connect_policy(&["explain", "connect:ListGizmos"]).in_folder(&folder).finish().exits_with(1);
}

#[test]
fn the_scope_widens_to_all_policies() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObjct"], "Resource": "*"}]}"#;
    let folder = folder(&[("a.json", policy)]);
    assert_eq!(checked(&folder, &[]), NOTHING);
    fs::write(folder.path().join("connect-policy.toml"), "[scope]\npolicies = \"all\"").unwrap();
    assert_eq!(checked(&folder, &[]), ["a.json unknown-action warning"]);
}

#[test]
fn what_is_wrong_stops_the_check() {
    let told = |toml: &str| bad_config(&folder(&[("connect-policy.toml", toml), ("a.json", "{}")]), &[]);
    assert_eq!(
        told("# ours\n[rules]\nunknwon-action = \"off\"\n"),
        "connect-policy.toml:3:1: bad-config unknown rule `unknwon-action`; did you mean `unknown-action`?\n"
    );
    assert_eq!(
        told("[catalog]\npermissions-from = [\"none.json\"]\nother = 1\n"),
        "connect-policy.toml:2:21: bad-config none.json: file not found\nconnect-policy.toml:3:1: bad-config unknown key `catalog.other`; known keys: `permissions`, `actions`, `permissions-from`, `service-reference`\n"
    );
    assert_eq!(told("[catalog]\npermissions-from = [\".git\"]\n"), "connect-policy.toml:2:21: bad-config .git: not a file\n");
    let folder = folder(&[
        ("connect-policy.toml", "[catalog]\npermissions-from = [\"list.json\"]"),
        ("list.json", "{\"Permissions\": [\n1]}"),
        ("a.json", "{}"),
    ]);
    let expected = "connect-policy.toml:2:21: bad-config list.json: line 2: `Permissions[0]`: expected a string, found integer `1`\n";
    assert_eq!(bad_config(&folder, &[]), expected);
    assert_eq!(bad_config(&folder, &["a.json"]), expected);
    let list = fs::File::create(folder.path().join("list.json")).unwrap();
    list.set_len((8 << 20) + 1).unwrap();
    assert_eq!(bad_config(&folder, &[]), "connect-policy.toml:2:21: bad-config list.json: larger than 8 MB\n");
    assert_eq!(refused(&folder, &["--config", "none.toml"]), "connect-policy: configuration file `none.toml` does not exist\n");
    connect_policy(&["explain", "Users.View"]).in_folder(&folder).finish().exits_with(2);
}

#[test]
fn what_is_wrong_is_a_finding_in_every_format() {
    let folder = folder(&[("connect-policy.toml", "[rules]\nunknown-action = \"eror\"\n"), ("a.json", TYPO_POLICY)]);
    let run = |format: &str| connect_policy(&["check", "--format", format]).in_folder(&folder).finish().exits_with(2);
    let json = run("json").json();
    let finding = &json["findings"][0];
    assert_eq!((&finding["path"], &finding["rule"]), (&json!("connect-policy.toml"), &json!("bad-config")));
    assert_eq!((&finding["text"], &finding["fixes"][0]["edits"][0]["newText"]), (&json!("\"eror\""), &json!("\"error\"")));
    assert_eq!((json["findings"].as_array().unwrap().len(), &json["files"]), (1, &json!(0)), "no file is checked");
    let sarif = run("sarif").json();
    let log = &sarif["runs"][0];
    assert_eq!((&log["results"][0]["ruleId"], &log["invocations"][0]["executionSuccessful"]), (&json!("bad-config"), &json!(false)));
    assert_eq!(run("gitlab").json()[0]["check_name"], "bad-config");
    for format in ["github", "junit", "short", "human"] {
        assert!(run(format).output.contains("bad-config"), "{format}");
    }
    let human = run("human");
    assert!(human.output.contains("2 | unknown-action = \"eror\"") && human.errors.is_empty(), "{human:?}");
    assert!(human.output.ends_with("No files checked: 1 error in the configuration\n"), "{human:?}");
    assert!(run("sarif").errors.starts_with("connect-policy: connect-policy.toml:2: "));
}

fn editor(folder: &TempDir, capabilities: &Value) -> Client {
    let folders = json!([{"uri": uri_in(folder, ""), "name": "a"}]);
    Client::start(&["lsp"], json!({"capabilities": capabilities, "workspaceFolders": folders})).0
}

fn pulling(folder: &TempDir) -> Client {
    editor(folder, &json!({"textDocument": {"diagnostic": {}}}))
}

/// The diagnostics of a document as `rule severity`.
fn pulled(client: &mut Client, uri: &str) -> Vec<String> {
    let items = client.pull(uri);
    items.as_array().unwrap().iter().map(|item| format!("{} {}", item["code"].as_str().unwrap(), item["severity"])).collect()
}

#[test]
fn the_editor_obeys_the_toml_over_its_own_settings() {
    let folder =
        folder(&[("connect-policy.toml", "[rules]\nunknown-action = \"error\"\n[files]\nexclude = [\"legacy/\"]"), ("a.json", "")]);
    let mut client = pulling(&folder);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"connectPolicy": {"rules": {"unknown-action": "hint"}}}}));
    client.open(&uri_in(&folder, "a.json"), "json", TYPO_POLICY);
    assert_eq!(pulled(&mut client, &uri_in(&folder, "a.json")), ["unknown-action 1"]);
    client.open(&uri_in(&folder, "legacy/b.json"), "json", TYPO_POLICY);
    assert_eq!(pulled(&mut client, &uri_in(&folder, "legacy/b.json")), NOTHING);
    client.open("untitled:Untitled-1", "json", TYPO_POLICY);
    assert_eq!(pulled(&mut client, "untitled:Untitled-1"), ["unknown-action 1"], "of the first folder");
}

#[test]
fn what_a_project_knows_is_completed_and_explained() {
    let folder = folder(&[("connect-policy.toml", "[catalog]\nactions = [\"connect:FrobnicateGizmo\"]\npermissions = [\"Gizmos.Frob\"]")]);
    let mut client = pulling(&folder);
    let (actions, permissions) = (uri_in(&folder, "a.json"), uri_in(&folder, "b.json"));
    // The place behind a text, on the only line.
    let behind = |text: &str, part: &str| (0, u32::try_from(text.find(part).unwrap() + part.len()).unwrap());
    let own = |text: &Value| assert!(text.as_str().unwrap().contains("workspace catalog"), "{text}");

    let text = r#"{"Effect": "Allow", "Action": ["connect:FrobnicateGizmo"]}"#;
    client.open(&actions, "json", text);
    own(&client.at("textDocument/hover", &actions, behind(text, "Frob"))["contents"]["value"]);
    let text = r#"{"Effect": "Allow", "Action": ["connect:"]}"#;
    client.close(&actions);
    client.open(&actions, "json", text);
    let list = client.at("textDocument/completion", &actions, behind(text, "connect:"));
    let item = list["items"].as_array().unwrap().iter().find(|item| item["label"] == "connect:FrobnicateGizmo");
    own(&client.request("completionItem/resolve", item.expect("it is offered").clone())["documentation"]["value"]);

    let text = r#"{"SecurityProfileName": "a", "Permissions": ["Gizmos.Frob"]}"#;
    client.open(&permissions, "json", text);
    own(&client.at("textDocument/hover", &permissions, behind(text, "Gizm"))["contents"]["value"]);
    let text = r#"{"SecurityProfileName": "a", "Permissions": ["Gizm"]}"#;
    client.close(&permissions);
    client.open(&permissions, "json", text);
    let list = client.at("textDocument/completion", &permissions, behind(text, "Gizm"));
    assert!(list["items"].as_array().unwrap().iter().any(|item| item["label"] == "Gizmos.Frob"), "{list}");
}

#[test]
fn a_toml_that_is_open_shows_what_is_wrong_and_is_no_policy() {
    let folder = folder(&[]);
    let mut client = editor(
        &folder,
        &json!({"textDocument": {"diagnostic": {}, "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}}),
    );
    let toml = uri_in(&folder, "connect-policy.toml");
    client.open(&toml, "toml", "[rules]\nunknwon-action = \"off\"\npermissions = [\"Users.Veiw\", \"Users.View\", \"Users.Edit\"]\n");
    let items = client.pull(&toml);
    assert_eq!(items[0]["code"], "bad-config");
    assert_eq!(items[0]["range"], json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 14}}));
    assert_eq!(items.as_array().unwrap().len(), 2, "{items}");
    let params = json!({"textDocument": {"uri": toml}, "range": items[0]["range"], "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params);
    assert_eq!(actions[0]["edit"]["changes"][&toml][0]["newText"], "unknown-action", "{actions}");
    client.edit(&toml, 2, [(1, 0), (2, 99)], "unknown-action = \"off\"");
    assert_eq!(client.pull(&toml), json!([]));
    assert_eq!(client.at("textDocument/hover", &toml, (1, 3)), Value::Null);
    let other = uri_in(&folder, "other.toml");
    client.open(&other, "toml", "permissions = [\"Users.Veiw\", \"Users.View\", \"Users.Edit\"]\n");
    assert_eq!(client.pull(&other), json!([]));
}

#[test]
fn what_is_wrong_in_a_toml_that_is_not_open_is_logged_once() {
    let folder = folder(&[("connect-policy.toml", "[rules]\nunknwon-action = \"off\"")]);
    let mut client = pulling(&folder);
    client.open(&uri_in(&folder, "a.json"), "json", TYPO_POLICY);
    assert_eq!(pulled(&mut client, &uri_in(&folder, "a.json")), ["unknown-action 2"]);
    let log = client.told("window/logMessage");
    let message = log["params"]["message"].as_str().unwrap();
    assert!(message.ends_with("connect-policy.toml:2: unknown rule `unknwon-action`; did you mean `unknown-action`?"), "{message}");
    client.edit(&uri_in(&folder, "a.json"), 2, [(0, 0), (0, 0)], " ");
    client.pull(&uri_in(&folder, "a.json"));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn changes_are_applied_as_they_are_told() {
    let folder = folder(&[("connect-policy.toml", ""), ("lists/own.json", "[]")]);
    let capabilities = json!({
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true}},
    });
    let mut client = editor(&folder, &capabilities);
    let registered = |client: &mut Client| {
        let request = client.told("client/registerCapability");
        client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
        request["params"]["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"].clone()
    };
    assert_eq!(registered(&mut client), "**/connect-policy.toml");
    let published = |client: &mut Client| {
        let items = client.told("textDocument/publishDiagnostics")["params"]["diagnostics"].take();
        items.as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let document = uri_in(&folder, "a.json");
    let policy = r#"{"SecurityProfileName": "a", "Permissions": ["Gizmos.Frob"]}"#;
    client.open(&document, "json", policy);
    assert_eq!(published(&mut client), ["unknown-permission"]);

    let toml = folder.path().join("connect-policy.toml");
    let changed = |client: &mut Client, name: &str| {
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri_in(&folder, name), "type": 2}]}));
    };
    fs::write(&toml, "[catalog]\npermissions-from = [\"lists/own.json\"]").unwrap();
    changed(&mut client, "connect-policy.toml");
    assert_eq!(published(&mut client), ["unknown-permission"], "its own list does not have it");
    let base = format!("{}/", uri_in(&folder, "lists"));
    assert_eq!(registered(&mut client), json!({"baseUri": base, "pattern": "own.json"}));

    fs::write(folder.path().join("lists/own.json"), "[\"Gizmos.Frob\"]").unwrap();
    changed(&mut client, "lists/own.json");
    assert_eq!(published(&mut client), NOTHING);

    fs::write(&toml, "").unwrap();
    changed(&mut client, "other.json");
    changed(&mut client, "connect-policy.toml");
    assert_eq!(published(&mut client), ["unknown-permission"]);
    let request = client.told("client/unregisterCapability");
    client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn without_watching_a_save_is_enough() {
    let folder = folder(&[]);
    let capabilities = json!({"textDocument": {"synchronization": {"didSave": true}}});
    let folders = json!([{"uri": uri_in(&folder, ""), "name": "a"}]);
    let (mut client, result) = Client::start(&["lsp"], json!({"capabilities": capabilities, "workspaceFolders": folders}));
    assert_eq!(result["capabilities"]["textDocumentSync"]["save"], true);
    let document = uri_in(&folder, "a.json");
    client.open(&document, "json", TYPO_POLICY);
    let count = |client: &mut Client| client.told("textDocument/publishDiagnostics")["params"]["diagnostics"].as_array().unwrap().len();
    assert_eq!(count(&mut client), 1);
    fs::write(folder.path().join("connect-policy.toml"), "[rules]\nunknown-action = \"off\"").unwrap();
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": document}}));
    assert_eq!(count(&mut client), 0);
}

#[test]
fn the_editors_scope_widens_too() {
    let folder = folder(&[]);
    let mut client = pulling(&folder);
    client.open(
        "file:///x/a.json",
        "json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObjct"], "Resource": "*"}]}"#,
    );
    assert_eq!(pulled(&mut client, "file:///x/a.json"), NOTHING);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"connectPolicy": {"scope": {"policies": "all"}}}}));
    assert_eq!(pulled(&mut client, "file:///x/a.json"), ["unknown-action 2"]);
}

#[test]
fn a_folder_that_is_opened_later_bounds_the_search_too() {
    let folder = folder(&[("connect-policy.toml", "[rules]\nunknown-action = \"off\"")]);
    fs::remove_dir(folder.path().join(".git")).unwrap();
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"workspaceFolders": true}});
    let (mut client, result) = Client::start(&["lsp"], json!({"capabilities": capabilities, "workspaceFolders": null}));
    assert_eq!(result["capabilities"]["workspace"]["workspaceFolders"], json!({"supported": true, "changeNotifications": true}));
    let document = uri_in(&folder, "inner/a.json");
    client.open(&document, "json", TYPO_POLICY);
    assert_eq!(pulled(&mut client, &document), NOTHING);
    let added = json!([{"uri": uri_in(&folder, "inner"), "name": "inner"}]);
    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": added, "removed": []}}));
    assert_eq!(pulled(&mut client, &document), ["unknown-action 2"]);
}
