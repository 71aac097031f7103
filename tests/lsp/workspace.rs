//! The findings of the whole workspace, for editors that ask for them: closed files, as they are on the disk, and
//! open ones as they are in the editor.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Client, folder, uri_in};

const METHOD: &str = "workspace/diagnostic";
const CANCELLED: i64 = -32800;

fn policy(action: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}]}}"#)
}

/// What an editor says of itself at the start.
fn greeting(folders: &[&Path], declared: Value, is_on: bool) -> Value {
    let mut capabilities = json!({"textDocument": {"diagnostic": {}, "publishDiagnostics": {"relatedInformation": true}}});
    for (part, fields) in declared.as_object().into_iter().flatten() {
        for (name, value) in fields.as_object().into_iter().flatten() {
            capabilities[part][name] = value.clone();
        }
    }
    let folders: Vec<Value> = folders.iter().map(|folder| json!({"uri": uri_in(folder, ""), "name": "a folder"})).collect();
    json!({"capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": {"checkWorkspace": is_on}})
}

fn editor(folders: &[&Path]) -> Client {
    Client::start(&["lsp"], greeting(folders, json!({}), true)).0
}

/// An editor that watches files and asks again on request.
fn watching_editor(folder: &TempDir) -> Client {
    let declared = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}, "diagnostics": {"refreshSupport": true}}});
    let mut client = Client::start(&["lsp"], greeting(&[folder.path()], declared, true)).0;
    let request = client.told("client/registerCapability");
    let registrations = request["params"]["registrations"].as_array().unwrap();
    let patterns = registrations.iter().flat_map(|one| one["registerOptions"]["watchers"].as_array().unwrap());
    let patterns: Vec<&str> = patterns.map(|watcher| watcher["globPattern"].as_str().unwrap()).collect();
    assert!(patterns.iter().any(|pattern| pattern.contains("json") && pattern.contains("tf")), "{patterns:?}");
    assert!(patterns.contains(&"**/{.gitignore,.ignore}"), "{patterns:?}");
    agree(&mut client, &request);
    client
}

fn agree(client: &mut Client, request: &Value) {
    client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
}

fn changed(client: &mut Client, folder: &TempDir, name: &str) {
    let change = json!({"uri": uri_in(folder, name), "type": 2});
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
}

/// What an editor has of the workspace: each document's id, its version, and the rules that found something in it.
#[derive(Default)]
struct Known(BTreeMap<String, Shown>);

#[derive(Debug)]
struct Shown {
    id: Option<String>,
    version: Option<i64>,
    rules: Vec<String>,
}

impl Known {
    /// Takes what is reported, and gives the names of the documents that were not reported as unchanged.
    fn take(&mut self, items: &Value) -> Vec<String> {
        let mut new = Vec::new();
        for item in items.as_array().unwrap() {
            let uri = item["uri"].as_str().unwrap().to_owned();
            let id = item["resultId"].as_str().map(str::to_owned);
            if item["kind"] == "unchanged" {
                assert_eq!(self.0[&uri].id, id, "{item}");
                continue;
            }
            assert_eq!(item["kind"], "full");
            let rules = item["items"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned());
            new.push(uri.rsplit('/').next().unwrap().to_owned());
            self.0.insert(uri, Shown { id, version: item["version"].as_i64(), rules: rules.collect() });
        }
        new
    }

    fn ids(&self) -> Value {
        self.0.iter().filter_map(|(uri, shown)| Some(json!({"uri": uri, "value": shown.id.as_ref()?}))).collect()
    }

    fn params(&self) -> Value {
        json!({"identifier": "connect-policy", "previousResultIds": self.ids()})
    }

    /// Asks, and gives the names of the documents of which something is new.
    #[track_caller]
    fn ask(&mut self, client: &mut Client) -> Vec<String> {
        let report = client.request(METHOD, self.params());
        self.take(&report["items"])
    }

    /// The rules that found something in a file.
    #[track_caller]
    fn rules(&self, folder: impl AsRef<Path>, name: &str) -> Vec<&str> {
        let shown = self.0.get(&uri_in(folder, name)).unwrap_or_else(|| panic!("{name} in {:?}", self.0));
        shown.rules.iter().map(String::as_str).collect()
    }
}

/// A request whose answer comes in parts.
fn ask_for_parts(client: &mut Client, known: &Known) -> i64 {
    let mut params = known.params();
    params["partialResultToken"] = json!("parts");
    client.ask(METHOD, params)
}

/// Waits for the end of an answer in parts, and gives the names of the documents of which something is new.
#[track_caller]
fn take_parts(client: &mut Client, id: i64, known: &mut Known) -> Vec<String> {
    let mut new = Vec::new();
    loop {
        let message = client.wait_for(|message| message["params"]["token"] == "parts" || message["id"] == id);
        if message["id"] == id {
            assert_eq!(message["result"], json!({"items": []}), "{message}");
            return new;
        }
        new.extend(known.take(&message["params"]["value"]["items"]));
    }
}

#[test]
fn files_that_nobody_has_open_are_reported() {
    let one = folder(&[
        ("policy.json", policy("connect:DescribeUsr").as_str()),
        (
            "deep/er/template.yaml",
            "Resources:\n  P:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      Permissions:\n        - Users.Vew\n",
        ),
        ("sound.json", policy("connect:ListQueues").as_str()),
        ("package.json", r#"{"name": "x"}"#),
        ("notes.txt", policy("connect:DescribeUsr").as_str()),
        ("ignored/policy.json", policy("connect:DescribeUsr").as_str()),
        (".gitignore", "ignored/\n"),
        (".hidden.json", policy("connect:DescribeUsr").as_str()),
        ("legacy/policy.json", policy("connect:DescribeUsr").as_str()),
        ("connect-policy.toml", "[files]\nexclude = [\"legacy/\"]\n[rules]\nunknown-action = \"error\"\n"),
    ]);
    let two = folder(&[
        (
            "main.tf",
            "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions   = local.own\n    resources = [\"*\"]\n  }\n}\n",
        ),
        ("locals.tf", "locals {\n  own = [\"connect:CreateUser\"]\n}\n"),
    ]);
    let elsewhere = folder(&[("policy.json", policy("connect:DescribeUsr").as_str())]);
    let mut client = editor(&[one.path(), two.path()]);
    let report = client.request(METHOD, json!({"previousResultIds": []}));
    let mut known = Known::default();
    known.take(&report["items"]);
    assert_eq!(known.0.len(), 3, "{:?}", known.0);
    assert_eq!(known.rules(&one, "policy.json"), ["unknown-action"]);
    assert_eq!(known.rules(&one, "deep/er/template.yaml"), ["unknown-permission"]);
    assert_eq!(known.rules(&two, "locals.tf"), ["privilege-escalation"]);
    assert!(!known.0.contains_key(&uri_in(&elsewhere, "policy.json")));
    let item = |name: &str| report["items"].as_array().unwrap().iter().find(|item| item["uri"].as_str().unwrap().ends_with(name)).unwrap();
    // By the folder's configuration, and with the place in the other file.
    assert_eq!((&item("/policy.json")["items"][0]["severity"], &item("/policy.json")["version"]), (&json!(1), &Value::Null));
    let related = &item("/locals.tf")["items"][0]["relatedInformation"][0];
    assert_eq!((&related["location"]["uri"], &related["message"]), (&json!(uri_in(&two, "main.tf")), &json!("used here")));
    // The same that is said of it when it is opened.
    client.open(&uri_in(&two, "locals.tf"), "terraform", "locals {\n  own = [\"connect:CreateUser\"]\n}\n");
    let pulled = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri_in(&two, "locals.tf")}}));
    assert_eq!((&pulled["items"], &pulled["resultId"]), (&item("/locals.tf")["items"], &item("/locals.tf")["resultId"]));
    let again = json!({"textDocument": {"uri": uri_in(&two, "locals.tf")}, "previousResultId": pulled["resultId"]});
    let again = client.request("textDocument/diagnostic", again);
    assert_eq!(again, json!({"kind": "unchanged", "resultId": pulled["resultId"]}));
}

#[test]
fn only_what_has_changed_on_the_disk_is_reported_again() {
    let folder = folder(&[
        ("a.json", policy("connect:DescribeUsr")),
        ("b.json", policy("connect:DescribeUsr")),
        ("c.json", policy("connect:ListQueues")),
    ]);
    let write = |name: &str, action: &str| fs::write(folder.path().join(name), policy(action)).unwrap();
    let mut client = editor(&[folder.path()]);
    let mut known = Known::default();
    assert_eq!(known.ask(&mut client), ["a.json", "b.json"]);
    let report = client.request(METHOD, known.params());
    let kinds: Vec<&Value> = report["items"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, ["unchanged", "unchanged"]);
    write("b.json", "connect:ListUsers");
    write("c.json", "connect:ListUser");
    assert_eq!(known.ask(&mut client), ["b.json", "c.json"]);
    assert_eq!((known.rules(&folder, "b.json"), known.rules(&folder, "c.json")), (vec![], vec!["unknown-action"]));
    fs::remove_file(folder.path().join("c.json")).unwrap();
    write("new.json", "connect:DescribeUsers");
    assert_eq!(known.ask(&mut client), ["new.json", "c.json"]);
    assert_eq!(known.rules(&folder, "c.json"), [] as [&str; 0]);
    fs::write(folder.path().join("connect-policy.toml"), "[rules]\nunknown-action = \"off\"\n").unwrap();
    assert_eq!(known.ask(&mut client), ["a.json", "new.json"]);
    assert_eq!(known.rules(&folder, "a.json"), [] as [&str; 0]);
    assert_eq!(known.ask(&mut client), [] as [&str; 0]);
}

#[test]
fn a_change_in_one_file_is_told_in_the_other() {
    let main = "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions   = local.own\n    resources = [\"*\"]\n  }\n}\n";
    let folder = folder(&[("main.tf", main), ("locals.tf", "locals {\n  own = [\"connect:CreateUser\"]\n}\n")]);
    let mut client = editor(&[folder.path()]);
    let mut known = Known::default();
    assert_eq!(known.ask(&mut client), ["locals.tf"]);
    // What is typed counts before it is saved.
    client.open(&uri_in(&folder, "main.tf"), "terraform", &main.replace("local.own", "[]"));
    assert_eq!(known.ask(&mut client), ["locals.tf"]);
    assert_eq!(known.rules(&folder, "locals.tf"), [] as [&str; 0]);
    client.close(&uri_in(&folder, "main.tf"));
    let mut new = known.ask(&mut client);
    new.sort();
    assert_eq!(new, ["locals.tf", "main.tf"]);
    assert_eq!(known.rules(&folder, "locals.tf"), ["privilege-escalation"]);
}

#[test]
fn an_open_document_wins_over_its_file() {
    let folder = folder(&[("a.json", policy("connect:DescribeUsr").as_str()), ("ignored.json", "{}"), (".gitignore", "ignored.json\n")]);
    let (uri, ignored) = (uri_in(&folder, "a.json"), uri_in(&folder, "ignored.json"));
    let mut client = editor(&[folder.path()]);
    let mut known = Known::default();
    client.open(&uri, "json", "[]");
    client.open(&ignored, "json", &policy("connect:DescribeUsr"));
    assert_eq!(known.ask(&mut client), [] as [&str; 0]);
    client.edit(&uri, 7, [(0, 0), (0, 2)], &policy("connect:ListUser"));
    assert_eq!(known.ask(&mut client), ["a.json"]);
    assert_eq!((known.0[&uri].version, known.rules(&folder, "a.json")), (Some(7), vec!["unknown-action"]));
    // What was shown of documents that are closed is taken back, be it empty now.
    fs::write(folder.path().join("a.json"), "[]").unwrap();
    client.close(&uri);
    client.close(&ignored);
    let mut new = known.ask(&mut client);
    new.sort();
    assert_eq!(new, ["a.json", "ignored.json"]);
    assert_eq!(known.0[&uri].version, None);
    assert!(known.rules(&folder, "a.json").is_empty() && known.rules(&folder, "ignored.json").is_empty());
    assert_eq!(known.ask(&mut client), [] as [&str; 0]);
}

#[test]
fn nothing_is_checked_while_the_setting_is_off() {
    let folder = folder(&[("a.json", policy("connect:DescribeUsr"))]);
    let (mut client, result) = Client::start(&["lsp"], greeting(&[folder.path()], json!({}), false));
    assert_eq!(result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], false);
    let mut known = Known::default();
    assert_eq!(known.ask(&mut client), [] as [&str; 0]);
    let set = |is_on: bool| json!({"settings": {"connectPolicy": {"checkWorkspace": is_on}}});
    client.notify("workspace/didChangeConfiguration", set(true));
    assert_eq!(known.ask(&mut client), ["a.json"]);
    client.notify("workspace/didChangeConfiguration", set(false));
    assert_eq!(known.ask(&mut client), ["a.json"]);
    assert_eq!(known.rules(&folder, "a.json"), [] as [&str; 0]);
    assert_eq!(
        client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri_in(&folder, "a.json")}})).get("resultId"),
        None
    );
}

#[test]
fn an_editor_is_told_when_it_can_ask() {
    let folder = folder(&[("a.json", policy("connect:DescribeUsr"))]);
    let (_client, result) = Client::start(&["lsp"], greeting(&[folder.path()], json!({}), true));
    let expected =
        json!({"identifier": "connect-policy", "interFileDependencies": true, "workspaceDiagnostics": true, "workDoneProgress": true});
    assert_eq!(result["capabilities"]["diagnosticProvider"], expected);

    let declared = json!({"textDocument": {"diagnostic": {"dynamicRegistration": true}}});
    let (mut client, result) = Client::start(&["lsp"], greeting(&[folder.path()], declared, false));
    let id = result["capabilities"]["diagnosticProvider"]["id"].clone();
    for is_on in [true, false] {
        client.notify("workspace/didChangeConfiguration", json!({"settings": {"connectPolicy": {"checkWorkspace": is_on}}}));
        let old = client.told("client/unregisterCapability");
        assert_eq!(old["params"], json!({"unregisterations": [{"id": id, "method": "textDocument/diagnostic"}]}));
        agree(&mut client, &old);
        let new = client.told("client/registerCapability");
        let registration = &new["params"]["registrations"][0];
        assert_eq!((&registration["id"], &registration["registerOptions"]["workspaceDiagnostics"]), (&id, &json!(is_on)));
        agree(&mut client, &new);
    }
    // Another setting changes nothing about it.
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"connectPolicy": {"level": "error"}}}));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn the_answer_comes_in_parts_with_its_progress() {
    let names: Vec<String> = (0..300).map(|number| format!("{number}.json")).collect();
    let policies: Vec<String> = (0..300).map(|number| policy(&format!("connect:DescribeUsr{number}"))).collect();
    let files: Vec<(&str, &String)> = names.iter().map(String::as_str).zip(&policies).collect();
    let folder = folder(&files);
    let mut client = editor(&[folder.path()]);
    let id = client.ask(METHOD, json!({"previousResultIds": [], "partialResultToken": "parts", "workDoneToken": 7}));
    let mut known = Known::default();
    assert_eq!(take_parts(&mut client, id, &mut known).len(), 300);
    let progress: Vec<Value> = client.unread().into_iter().map(|mut message| message["params"].take()).collect();
    assert_eq!(progress.first().unwrap(), &json!({"token": 7, "value": {"kind": "begin", "title": "Checking policies", "percentage": 0}}));
    assert_eq!(progress.last().unwrap(), &json!({"token": 7, "value": {"kind": "end"}}));
    let done = &progress[progress.len() - 2]["value"];
    assert_eq!(done, &json!({"kind": "report", "message": "300 of 300 files", "percentage": 100}));
}

#[test]
fn a_request_waits_for_news_where_the_answer_comes_in_parts() {
    let folder = folder(&[("a.json", policy("connect:DescribeUsr")), ("b.json", policy("connect:ListQueues"))]);
    let mut client = watching_editor(&folder);
    let mut known = Known::default();
    let id = ask_for_parts(&mut client, &known);
    assert_eq!(take_parts(&mut client, id, &mut known), ["a.json"]);

    let id = ask_for_parts(&mut client, &known);
    fs::write(folder.path().join("b.json"), policy("connect:ListQueue")).unwrap();
    changed(&mut client, &folder, "b.json");
    assert_eq!(take_parts(&mut client, id, &mut known), ["b.json"]);

    let id = ask_for_parts(&mut client, &known);
    client.open(&uri_in(&folder, "a.json"), "json", "[]");
    assert_eq!(take_parts(&mut client, id, &mut known), ["a.json"]);

    let id = ask_for_parts(&mut client, &known);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"checkWorkspace": true, "rules": {"unknown-action": "off"}}}));
    assert_eq!(take_parts(&mut client, id, &mut known), ["b.json"]);

    // One that is not wanted any more, one whose place is taken, and one at the end.
    let id = ask_for_parts(&mut client, &known);
    client.notify("$/cancelRequest", json!({"id": id}));
    assert_eq!(client.response(id)["error"]["code"], CANCELLED);
    let before = ask_for_parts(&mut client, &known);
    let last = ask_for_parts(&mut client, &known);
    assert_eq!(client.response(before)["result"], json!({"items": []}));
    client.request("shutdown", Value::Null);
    assert_eq!(client.response(last)["result"], json!({"items": []}));
    client.notify("exit", Value::Null);
    let refreshed = |message: &Value| message["method"] == "workspace/diagnostic/refresh";
    let unread = client.ended().unread;
    assert!(unread.iter().all(refreshed), "{unread:?}");
}

#[test]
fn a_file_is_looked_at_though_its_stamp_is_the_same() {
    let folder = folder(&[("a.json", policy("connect:ListUsers"))]);
    let path = folder.path().join("a.json");
    let stamp = fs::metadata(&path).unwrap().modified().unwrap();
    let mut client = watching_editor(&folder);
    let mut known = Known::default();
    assert_eq!(known.ask(&mut client), [] as [&str; 0]);
    fs::write(&path, policy("connect:ListUsrrs")).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(stamp).unwrap();
    changed(&mut client, &folder, "a.json");
    // No request waits for it, so the editor is asked to refresh.
    let refresh = client.told("workspace/diagnostic/refresh");
    agree(&mut client, &refresh);
    assert_eq!(known.ask(&mut client), ["a.json"]);
}

#[test]
fn what_is_cancelled_ends_and_goes_on_where_it_was() {
    let names: Vec<String> = (0..60).map(|number| format!("{number}.json")).collect();
    let policies: Vec<String> = (0..60)
        .map(|number| {
            let actions: Vec<String> = (0..20).map(|other| format!("\"connect:Descrbe{number}Usr{other}\"")).collect();
            format!(
                r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": [{}], "Resource": "*"}}]}}"#,
                actions.join(", ")
            )
        })
        .collect();
    let files: Vec<(&str, &String)> = names.iter().map(String::as_str).zip(&policies).collect();
    let folder = folder(&files);
    let mut client = editor(&[folder.path()]);
    let mut known = Known::default();
    let id = ask_for_parts(&mut client, &known);
    let first = client.told("$/progress");
    known.take(&first["params"]["value"]["items"]);
    client.notify("$/cancelRequest", json!({"id": id}));
    assert_eq!(client.response(id)["error"]["code"], CANCELLED);
    for message in client.unread() {
        known.take(&message["params"]["value"]["items"]);
    }
    let before = known.0.len();
    assert!(before < 60, "it was done before it was cancelled");
    // Nothing comes any more, and what the editor has is not sent again.
    let id = ask_for_parts(&mut client, &known);
    let new = take_parts(&mut client, id, &mut known);
    assert_eq!((new.len(), known.0.len()), (60 - before, 60));
}

#[test]
fn a_document_without_a_sound_uri_spoils_nothing() {
    let folder = folder(&[("a.json", policy("connect:DescribeUsr"))]);
    let mut client = editor(&[folder.path()]);
    client.open("no uri", "json", &policy("connect:DescribeUsr"));
    let known = json!([{"uri": "no uri", "value": "1"}, {"uri": "untitled:Untitled-1", "value": "2"}]);
    let report = client.request(METHOD, json!({"previousResultIds": known}));
    let uris: Vec<&Value> = report["items"].as_array().unwrap().iter().map(|item| &item["uri"]).collect();
    assert_eq!(uris, [&json!(uri_in(&folder, "a.json")), &json!("untitled:Untitled-1")]);
}

#[test]
fn a_file_that_fails_costs_itself() {
    let folder = folder(&[("a.json", r#"{"BOOM": 1}"#.to_owned()), ("b.json", policy("connect:DescribeUsr"))]);
    let mut client = Client::start(&["lsp", "--panic-on", "BOOM"], greeting(&[folder.path()], json!({}), true)).0;
    let mut known = Known::default();
    assert_eq!(known.ask(&mut client), ["b.json"]);
    let log = client.told("window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().contains("requested by --panic-on"), "{log}");
    // It is reported once.
    assert_eq!(known.ask(&mut client), [] as [&str; 0]);
}
