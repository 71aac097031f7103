//! Coding agents: a client that starts the server as the plugin in `server/editors/claude-code/` says, declares little, and
//! replaces whole texts.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Client, repository, tests_folder};

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(repository().join(path)).unwrap()).unwrap()
}

#[test]
fn an_agent_gets_the_findings_of_each_file_after_each_edit() {
    let plugin = read("server/editors/claude-code/.claude-plugin/plugin.json");
    assert_eq!((&plugin["lspServers"], &plugin["version"]), (&json!("./.lsp.json"), &json!(env!("CARGO_PKG_VERSION"))));
    let server = &read("server/editors/claude-code/.lsp.json")["connect-policy"];
    assert_eq!(server["command"], "connect-policy");
    let arguments: Vec<&str> = server["args"].as_array().unwrap().iter().map(|argument| argument.as_str().unwrap()).collect();
    let capabilities =
        json!({"textDocument": {"publishDiagnostics": {"versionSupport": true}, "hover": {"contentFormat": ["markdown", "plaintext"]}}});
    let (mut client, _) = Client::start(&arguments, json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
    for (extension, language) in server["extensionToLanguage"].as_object().unwrap() {
        let sample = match language.as_str().unwrap() {
            "json" | "jsonc" => "policy.json",
            "yaml" => "template.yaml",
            _ => "main.tf",
        };
        let text = fs::read_to_string(tests_folder().join("examples/editor").join(sample)).unwrap();
        let uri = format!("file:///project/sample{extension}");
        client.open(&uri, language.as_str().unwrap(), &text);
        assert_eq!(unknown_actions(&mut client, &uri), 1, "{uri}");
        let corrected = text.replace("connect:DescribeUsr", "connect:DescribeUser");
        let params = json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": corrected}]});
        client.notify("textDocument/didChange", params);
        client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
        assert_eq!(unknown_actions(&mut client, &uri), 0, "{uri}");
        let line = corrected.lines().position(|line| line.contains("connect:ListQueues")).unwrap();
        let column = corrected.lines().nth(line).unwrap().find("ListQueues").unwrap();
        let hover = client.at("textDocument/hover", &uri, (u32::try_from(line).unwrap(), u32::try_from(column).unwrap()));
        assert!(hover["contents"]["value"].as_str().unwrap().contains("ListQueues"), "{uri}");
        client.close(&uri);
        // The change and the save may each have published the findings. The last ones, of the closed document, have no version.
        while client.told("textDocument/publishDiagnostics")["params"].get("version").is_some() {}
    }
}

fn unknown_actions(client: &mut Client, uri: &str) -> usize {
    let told = client.wait_for(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri);
    told["params"]["diagnostics"].as_array().unwrap().iter().filter(|one| one["code"] == "unknown-action").count()
}
