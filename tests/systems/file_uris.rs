//! File URIs as editors of every system write them: whichever spelling comes, the file is found, and comes back as it was
//! written.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Client, TYPO_POLICY, folder, plain, uri_in};

/// A file's URI as editors spell it. On Windows the drive's letter may be lower case and its colon percent-encoded, as
/// VS Code has it; elsewhere any letter may be percent-encoded.
fn spellings(uri: &str) -> Vec<String> {
    let path = uri.strip_prefix("file:///").unwrap();
    if cfg!(windows) {
        let (drive, rest) = path.split_once(':').unwrap();
        let (small, large) = (drive.to_lowercase(), drive.to_uppercase());
        [format!("{small}%3A"), format!("{small}%3a"), format!("{small}:"), format!("{large}:"), format!("{large}%3A")]
            .map(|drive| format!("file:///{drive}{rest}"))
            .into()
    } else {
        let (first, rest) = path.split_at(1);
        vec![uri.to_owned(), format!("file:///%{:02X}{rest}", first.as_bytes()[0]), format!("file://localhost/{path}")]
    }
}

fn pulling(root: Option<&str>) -> Client {
    let folders = root.map(|uri| json!([{"uri": uri, "name": "a"}]));
    Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"diagnostic": {}}}, "workspaceFolders": folders})).0
}

#[test]
fn the_configuration_applies_to_every_spelling_of_a_document() {
    let folder = folder(&[("connect-policy.toml", "[rules]\nunknown-action = \"error\"\n"), ("a.json", TYPO_POLICY)]);
    let root = plain(folder.path());
    let (root, document) = (uri_in(&root, ""), uri_in(&root, "a.json"));
    for root in spellings(root.trim_end_matches('/')) {
        for document in spellings(&document) {
            let mut client = pulling(Some(&root));
            client.open(&document, "json", TYPO_POLICY);
            let item = client.pull(&document)[0].take();
            assert_eq!((&item["code"], &item["severity"]), (&json!("unknown-action"), &json!(1)), "{root} {document}");
        }
    }
}

#[test]
fn a_module_is_one_in_every_spelling() {
    const MAIN: &str = "data \"aws_iam_policy_document\" \"agents\" {\n  statement {\n    actions   = local.agent_actions\n    resources = [\"*\"]\n  }\n}\n";
    const LOCALS: &str = "locals {\n  agent_actions = [\"connect:CreateUser\"]\n}\n";
    let folder = folder(&[("main.tf", ""), ("locals.tf", LOCALS), ("used.tf", "")]);
    let root = plain(folder.path());
    for uri in spellings(&uri_in(&root, "main.tf")) {
        let beside = |name: &str| uri.replace("main.tf", name);
        let mut client = pulling(None);
        client.open(&uri, "terraform", MAIN);
        client.open(&beside("locals.tf"), "terraform", LOCALS);
        // The file on the disk does not use the list: what is found comes from the document that is open.
        assert_eq!(client.pull(&beside("locals.tf"))[0]["code"], "privilege-escalation", "{uri}");
        assert_eq!(client.unread(), [] as [Value; 0]);
        // Likewise with a list that only the disk has.
        let text = MAIN.replace("agent_actions", "typo");
        fs::write(root.join("used.tf"), "locals {\n  typo = [\"connect:CreateUser\"]\n}\n").unwrap();
        let mut client = pulling(None);
        client.open(&uri, "terraform", &text);
        let place = (2, 27);
        let hover = client.at("textDocument/hover", &uri, place);
        assert!(hover.to_string().contains("1 action"), "{uri}: {hover}");
    }
}

#[test]
fn a_change_on_the_disk_is_noticed_under_every_spelling() {
    for index in 0..spellings("file:///c:/a").len() {
        let folder = folder(&[("connect-policy.toml", ""), ("a.json", TYPO_POLICY)]);
        let root = plain(folder.path());
        let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"didChangeWatchedFiles": {}}});
        let folders = json!([{"uri": uri_in(&root, "").trim_end_matches('/'), "name": "a"}]);
        let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities, "workspaceFolders": folders}));
        let document = uri_in(&root, "a.json");
        client.open(&document, "json", TYPO_POLICY);
        assert_eq!(client.pull(&document)[0]["severity"], 2);
        fs::write(root.join("connect-policy.toml"), "[rules]\nunknown-action = \"error\"\n").unwrap();
        let uri = spellings(&uri_in(&root, "connect-policy.toml"))[index].clone();
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]}));
        assert_eq!(client.pull(&document)[0]["severity"], 1, "{uri}");
    }
}

/// `file://server/share` is a folder of another computer on Windows, and nothing elsewhere. It is answered about everywhere,
/// from the text that the editor has.
#[test]
fn a_document_of_another_computer_is_answered_about() {
    for uri in ["file://server/share/policy.json", "file://server/share/deep/main.tf", "file://SERVER/c$/policy.json"] {
        let mut client = pulling(Some("file://server/share"));
        client.open(uri, "json", TYPO_POLICY);
        assert_eq!(client.pull(uri)[0]["code"], "unknown-action", "{uri}");
        assert_eq!(client.unread(), [] as [Value; 0], "{uri}");
    }
}
