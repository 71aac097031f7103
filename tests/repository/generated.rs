//! Pages that repeat what the program says. `UPDATE_EXPECT=1 cargo test` rewrites them.

use std::fs;

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::support::{Client, connect_policy, folder, repository};

/// The help of the program and of each command, as it is printed where no terminal is.
#[test]
fn the_page_of_the_command_line_is_its_help() {
    const COMMANDS: [&[&str]; 13] = [
        &[],
        &["check"],
        &["explain"],
        &["report"],
        &["new"],
        &["init"],
        &["rules"],
        &["catalog"],
        &["catalog", "diff"],
        &["tour"],
        &["lsp"],
        &["completions"],
        &["man"],
    ];
    let mut page = "# Command line\n\nWhat `--help` prints. The tests rewrite this page with `UPDATE_EXPECT=1`.\n".to_owned();
    for command in COMMANDS {
        let help = connect_policy(&[command, &["--help"]].concat()).finish().exits_with(0).output;
        // On Windows it calls itself by its file name.
        let help = help.replace("connect-policy.exe", "connect-policy");
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        let name = [&["connect-policy"], command].concat().join(" ");
        page += &format!("\n## {name}\n\n```text\n{}\n```\n", lines.join("\n").trim_end());
    }
    // Every command has its part, those that are added later too.
    let help = connect_policy(&["--help"]).finish().output;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in listed.filter_map(|line| line.split_whitespace().next()).filter(|command| *command != "help") {
        assert!(COMMANDS.iter().any(|known| known.first() == Some(&command)), "`{command}` is missing here");
    }
    expect_file![repository().join("server/docs/cli.md")].assert_eq(&page);
}

/// The configuration in the README is sound, and names every key that there is.
#[test]
fn the_readmes_configuration_is_whole() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let sample = readme.split("```toml\n").skip(1).find(|block| block.starts_with("[rules]")).and_then(|block| block.split("```").next());
    let sample = sample.expect("a configuration");
    let lists = [("live.json", r#"{"Permissions": []}"#), ("connect.json", r#"{"Name": "connect", "Actions": []}"#)];
    let files = [&[("connect-policy.toml", sample), ("a.json", "{}")][..], &lists].concat();
    let folder = folder(&files);
    connect_policy(&["check", "a.json"]).in_folder(&folder).finish().exits_with(0);
    let schema = fs::read_to_string(repository().join("vscode-extension/schemas/connect-policy.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let mut keys = Vec::new();
    for (name, part) in schema["properties"].as_object().unwrap() {
        keys.push(name.clone());
        let inner = if part["items"].is_object() { &part["items"] } else { part };
        keys.extend(inner["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).filter(|_| name != "rules"));
    }
    assert!(keys.len() > 12, "{keys:?}");
    for key in keys {
        assert!(sample.contains(&key), "`{key}` is not in the README");
    }
}

/// The capabilities of the server, each with its description; one without fails the test.
const OFFERS: [(&str, &str); 11] = [
    ("codeActionProvider", "quick fixes, rewrites, and all safe fixes of a document"),
    ("codeLensProvider", "console tasks above statements, a summary above security profiles"),
    ("completionProvider", "names, keys and snippets, with documentation on request"),
    ("definitionProvider", "from a reference to its lists, unless the servers of the language support it"),
    (
        "diagnosticProvider",
        "findings on request, of the whole workspace with `checkWorkspace`; other clients receive them after each change",
    ),
    ("documentSymbolProvider", "policies, statements and profiles as an outline"),
    ("hoverProvider", "the name, wildcard or reference at the cursor"),
    ("inlayHintProvider", "the number of actions that a wildcard or reference matches, and permission labels"),
    ("referencesProvider", "from a list to its references"),
    ("textDocumentSync", "edits by range"),
    ("workspace", "adding and removing folders"),
];

#[test]
fn the_page_of_the_protocol_is_what_the_server_declares() {
    let supported = json!({"dynamicRegistration": true});
    let document: serde_json::Map<String, Value> =
        ["codeLens", "completion", "definition", "diagnostic", "documentSymbol", "hover", "inlayHint", "references"]
            .map(|name| (name.to_owned(), supported.clone()))
            .into_iter()
            .collect();
    let mut capabilities = json!({"textDocument": document, "workspace": {"workspaceFolders": true}});
    capabilities["textDocument"]["codeAction"] = json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}});
    capabilities["textDocument"]["synchronization"] = json!({"didSave": true});
    let (_client, result) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    let mut page = "# Protocol\n\nThe capabilities that `connect-policy lsp` declares to a client that supports all of them; other clients receive only those they\nsupport. The tests rewrite this page with `UPDATE_EXPECT=1`.\n\n| capability | description | options |\n| --- | --- | --- |\n".to_owned();
    for (offer, options) in result["capabilities"].as_object().unwrap() {
        let word = OFFERS.iter().find(|(known, _)| known == offer).unwrap_or_else(|| panic!("`{offer}` has no description here")).1;
        let options = if options.is_boolean() { String::new() } else { format!("`{options}`") };
        page += &format!("| `{offer}` | {word} | {options} |\n");
    }
    expect_file![repository().join("server/docs/protocol.md")].assert_eq(&page);
}
