//! Pages that repeat what the program says. `UPDATE_EXPECT=1 cargo test` rewrites them.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use serde_json::Value;

use crate::support::{connect_policy, folder};

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The help of the program and of each command, as it is printed where no terminal is.
#[test]
fn the_page_of_the_command_line_is_its_help() {
    const COMMANDS: [&[&str]; 9] =
        [&[], &["check"], &["report"], &["explain"], &["catalog"], &["catalog", "diff"], &["rules"], &["tour"], &["lsp"]];
    let mut page = "# Command line\n\nWhat `--help` prints. The tests rewrite this page with `UPDATE_EXPECT=1`.\n".to_owned();
    for command in COMMANDS {
        let help = connect_policy(&[command, &["--help"]].concat()).finish().exits_with(0).output;
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
        assert!(sample.contains(&key), "`{key}` is not told of in the README");
    }
}
