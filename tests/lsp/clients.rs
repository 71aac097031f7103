//! Editors by what they declare (`tests/editors/clients/`): no reply goes beyond it.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Client, document, tests_folder};

const FILES: [&str; 3] = ["policy.json", "template.yaml", "main.tf"];
const TYPO: &str = "connect:DescribeUsr";

#[test]
fn visual_studio_code_gets_what_it_declared() {
    work_as("visual_studio_code");
}

#[test]
fn neovim_gets_what_it_declared() {
    work_as("neovim");
}

#[test]
fn emacs_gets_what_it_declared() {
    work_as("emacs");
}

#[test]
fn a_client_that_declares_no_kinds_gets_those_that_all_know() {
    let mut client = Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"diagnostic": {}}}})).0;
    let text = fs::read_to_string(tests_folder().join("examples/editor/policy.json")).unwrap().replace(TYPO, "connect:");
    client.open("file:///policy.json", "json", &text);
    let (line, column) = place(&text, "connect:\"");
    let completion = client.at("textDocument/completion", "file:///policy.json", (line, column + 8));
    for item in list(&completion["items"]) {
        assert!(item["kind"].as_u64().is_none_or(|kind| kind <= 18), "{item}");
    }
}

/// Opens the examples as an editor, asks for everything that was offered to it, and checks what comes.
fn work_as(editor: &str) {
    let profile = fs::read_to_string(tests_folder().join(format!("editors/clients/{editor}.json"))).unwrap();
    let profile: Value = serde_json::from_str(&profile).unwrap();
    let declared = &profile["capabilities"];
    let text_document = &declared["textDocument"];

    let (mut client, result) = Client::start(&["lsp"], profile.clone());
    let offered = &result["capabilities"];
    check_offer(offered, declared);
    for file in FILES {
        let text = fs::read_to_string(tests_folder().join("examples/editor").join(file)).unwrap();
        let uri = format!("file:///examples/{file}");
        client.open(&uri, "", &text);
        let diagnostics = if text_document["diagnostic"].is_object() {
            client.pull(&uri)
        } else {
            let told = client.wait_for(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri);
            assert!(told["params"].get("version").is_none() || text_document["publishDiagnostics"]["versionSupport"] == true, "{told}");
            told["params"]["diagnostics"].clone()
        };
        check_diagnostics(&diagnostics, &text_document["publishDiagnostics"]);

        let (line, column) = place(&text, TYPO);
        let hover = client.at("textDocument/hover", &uri, place(&text, "connect:ListQueues"));
        one_of(&hover["contents"]["kind"], &text_document["hover"]["contentFormat"]);
        let typo: Vec<&Value> = list(&diagnostics).iter().filter(|one| one["code"] == "unknown-action").collect();
        check_actions(&mut client, &uri, &json!(typo), declared);
        // An entry, nothing (tasks of several lines, snippets), and a statement's keys.
        let end = column + u32::try_from(TYPO.len()).unwrap();
        let edits = [[(line, column + 8), (line, end)], [(line, column), (line, column + 8)]];
        for (version, edit) in (2..).zip(edits) {
            client.edit(&uri, version, edit, "");
            let completion = client.at("textDocument/completion", &uri, edit[0]);
            check_completion(&mut client, &completion, &text_document["completion"]);
        }
        let glances = [("inlayHintProvider", "textDocument/inlayHint"), ("codeLensProvider", "textDocument/codeLens")];
        for (provider, method) in glances {
            if offered.get(provider).is_some() {
                let mut params = document(&uri);
                params["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
                client.request(method, params);
            }
        }
        if offered.get("documentSymbolProvider").is_some() {
            let symbols = client.request("textDocument/documentSymbol", document(&uri));
            check_symbols(&symbols, &text_document["documentSymbol"]);
        }
        client.close(&uri);
    }
    // What was sent unasked, to the end.
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    for message in client.ended().unread {
        check_unasked(&message, declared);
    }
}

fn check_offer(offered: &Value, declared: &Value) {
    let text_document = &declared["textDocument"];
    let encodings = &declared["general"]["positionEncodings"];
    match offered.get("positionEncoding") {
        Some(encoding) => one_of(encoding, encodings),
        None => assert!(encodings.is_null(), "{offered}"),
    }
    let needs = [
        ("diagnosticProvider", "diagnostic"),
        ("inlayHintProvider", "inlayHint"),
        ("codeLensProvider", "codeLens"),
        ("documentSymbolProvider", "documentSymbol"),
    ];
    // A link underlines its text for good, and a policy's keys are read as text.
    assert!(offered.get("documentLinkProvider").is_none(), "{offered}");
    for (provider, feature) in needs {
        assert_eq!(offered.get(provider).is_some(), text_document[feature].is_object(), "{provider}");
    }
    assert_eq!(offered.get("codeActionProvider").is_some(), text_document["codeAction"]["codeActionLiteralSupport"].is_object());
    assert!(offered.get("executeCommandProvider").is_none(), "{offered}");
}

fn check_diagnostics(diagnostics: &Value, declared: &Value) {
    for one in list(diagnostics) {
        assert!(one.get("codeDescription").is_none() || declared["codeDescriptionSupport"] == true, "{one}");
        assert!(one.get("relatedInformation").is_none() || declared["relatedInformation"] == true, "{one}");
        assert!(one.get("data").is_none() || declared["dataSupport"] == true, "{one}");
        each_of(&one["tags"], &declared["tagSupport"]["valueSet"]);
    }
}

#[track_caller]
fn check_completion(client: &mut Client, completion: &Value, declared: &Value) {
    let item_declared = &declared["completionItem"];
    assert!(completion.get("itemDefaults").is_none() || declared["completionList"]["itemDefaults"].is_array());
    let items = list(completion.get("items").unwrap_or(completion));
    assert!(!items.is_empty(), "nothing is offered");
    // One of each kind is enough to ask more of.
    let mut kinds = Vec::new();
    for item in items {
        assert!(item["insertTextFormat"] != 2 || item_declared["snippetSupport"] == true, "{item}");
        assert!(item["textEdit"].get("insert").is_none() || item_declared["insertReplaceSupport"] == true, "{item}");
        assert!(item.get("labelDetails").is_none() || item_declared["labelDetailsSupport"] == true, "{item}");
        assert!(item.get("deprecated").is_none() || item_declared["deprecatedSupport"] == true, "{item}");
        assert!(item.get("commitCharacters").is_none() || item_declared["commitCharactersSupport"] == true, "{item}");
        assert!(item.get("preselect").is_none() || item_declared["preselectSupport"] == true, "{item}");
        if let Some(mode) = item.get("insertTextMode") {
            one_of(mode, &item_declared["insertTextModeSupport"]["valueSet"]);
        }
        if declared["completionItemKind"].is_object() {
            one_of(&item["kind"], &declared["completionItemKind"]["valueSet"]);
        }
        each_of(&item["tags"], &item_declared["tagSupport"]["valueSet"]);
        check_documentation(item, item_declared);
        if !kinds.contains(&&item["kind"]) {
            kinds.push(&item["kind"]);
            let resolved = client.request("completionItem/resolve", item.clone());
            check_documentation(&resolved, item_declared);
        }
    }
}

fn check_documentation(item: &Value, declared: &Value) {
    if let Some(kind) = item["documentation"].get("kind") {
        let plain = json!(["plaintext"]);
        one_of(kind, declared.get("documentationFormat").unwrap_or(&plain));
    }
}

fn check_actions(client: &mut Client, uri: &str, diagnostics: &Value, declared: &Value) {
    let action_declared = &declared["textDocument"]["codeAction"];
    let mut params = document(uri);
    params["range"] = diagnostics[0]["range"].clone();
    params["context"] = json!({"diagnostics": diagnostics});
    let actions = client.request("textDocument/codeAction", params);
    assert!(!list(&actions).is_empty(), "no action for {diagnostics}");
    let kinds = &action_declared["codeActionLiteralSupport"]["codeActionKind"]["valueSet"];
    for action in list(&actions) {
        assert!(action.get("isPreferred").is_none() || action_declared["isPreferredSupport"] == true, "{action}");
        assert!(action.get("disabled").is_none() || action_declared["disabledSupport"] == true, "{action}");
        assert!(action.get("data").is_none() || action_declared["dataSupport"] == true, "{action}");
        let kind = action["kind"].as_str().unwrap();
        assert!(
            list(kinds).iter().filter_map(Value::as_str).any(|known| known.is_empty() || kind.split('.').next() == Some(known)),
            "{action}"
        );
        let versioned = declared["workspace"]["workspaceEdit"]["documentChanges"] == true;
        assert!(action["edit"].get("documentChanges").is_none() || versioned, "{action}");
        check_diagnostics(&action["diagnostics"], &declared["textDocument"]["publishDiagnostics"]);
    }
}

fn check_symbols(symbols: &Value, declared: &Value) {
    for symbol in list(symbols) {
        let nested = symbol.get("selectionRange").is_some() || symbol.get("children").is_some();
        assert!(!nested || declared["hierarchicalDocumentSymbolSupport"] == true, "{symbol}");
        one_of(&symbol["kind"], &declared["symbolKind"]["valueSet"]);
        each_of(&symbol["tags"], &declared["tagSupport"]["valueSet"]);
        check_symbols(&symbol["children"], declared);
    }
}

/// Notifications and requests of the server's own.
fn check_unasked(message: &Value, declared: &Value) {
    let workspace = &declared["workspace"];
    match message["method"].as_str().unwrap() {
        "client/registerCapability" => {
            for registration in list(&message["params"]["registrations"]) {
                assert_eq!(registration["method"], "workspace/didChangeWatchedFiles", "{registration}");
                for watcher in list(&registration["registerOptions"]["watchers"]) {
                    let relative = workspace["didChangeWatchedFiles"]["relativePatternSupport"] == true;
                    assert!(watcher["globPattern"].is_string() || relative, "{watcher}");
                }
                assert_eq!(workspace["didChangeWatchedFiles"]["dynamicRegistration"], true, "{registration}");
            }
        }
        "workspace/configuration" => assert_eq!(workspace["configuration"], true),
        "textDocument/publishDiagnostics" => assert!(declared["textDocument"]["diagnostic"].is_null(), "{message}"),
        "window/logMessage" => {}
        method => panic!("{method} was not declared: {message}"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[track_caller]
fn one_of(value: &Value, set: &Value) {
    assert!(list(set).contains(value), "{value} is none of {set}");
}

#[track_caller]
fn each_of(values: &Value, set: &Value) {
    list(values).iter().for_each(|value| one_of(value, set));
}

/// Line and column of the first `text`; the examples are ASCII, so every encoding counts alike.
fn place(document: &str, text: &str) -> (u32, u32) {
    let before = &document[..document.find(text).unwrap()];
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
}
