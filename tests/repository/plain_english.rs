//! The texts of the program's help, of the extension's settings and of the pages are plain English. The rules, answers and
//! strings of the libraries are checked in `server/ide/tests/plain_english.rs`.

use std::fs;

use connect_policy_test_support::plain_english::{Wording, complaints};
use serde_json::Value;

use crate::support::{connect_policy, repository};

/// Where users see texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Area {
    /// The levels of the rules in the settings of the extension.
    RuleSettings,
    /// The keys of `connect-policy.toml`.
    Configuration,
    /// The help of the program and of its commands.
    CommandLine,
    /// The commands, settings and walkthrough of the extension.
    Extension,
    /// README.
    Readme,
}

const AREAS: [Area; 5] = [Area::RuleSettings, Area::Configuration, Area::CommandLine, Area::Extension, Area::Readme];

#[test]
fn the_texts_of_the_program_are_plain_english() {
    let mut all = String::new();
    for area in AREAS {
        let texts = texts(area);
        assert!(texts.len() > 10, "{area:?} has {} texts", texts.len());
        for (wording, text) in texts {
            all.extend(complaints(wording, &text).iter().map(|complaint| format!("\n{area:?}: {complaint}\n    {text}")));
        }
    }
    assert!(all.is_empty(), "{all}");
}

fn texts(area: Area) -> Vec<(Wording, String)> {
    let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
    let manifest = || -> Value { serde_json::from_str(&read("vscode-extension/package.json")).unwrap() };
    let mut texts = Vec::new();
    match area {
        Area::RuleSettings => {
            let manifest = manifest();
            let rules = &manifest["contributes"]["configuration"]["properties"]["connectPolicy.rules"]["properties"];
            described(rules, &["description"], Wording::Title, &mut texts);
        }
        Area::Configuration => {
            let schema: Value = serde_json::from_str(&read("vscode-extension/schemas/connect-policy.schema.json")).unwrap();
            described(&schema, &["description"], Wording::Title, &mut texts);
        }
        Area::CommandLine => {
            for command in commands() {
                let help = connect_policy(&[command.as_slice(), &["--help".to_owned()]].concat()).finish().exits_with(0).output;
                texts.extend(parts(&help));
            }
        }
        Area::Extension => {
            let mut manifest = manifest();
            manifest["contributes"]["configuration"]["properties"]["connectPolicy.rules"].take();
            let keys = ["title", "description", "markdownDescription", "enumDescriptions", "displayName"];
            described(&manifest, &keys, Wording::Prose, &mut texts);
        }
        Area::Readme => texts.extend(parts(&read("README.md"))),
    }
    texts
}

/// The paragraphs of a page. Of tables, columns and commands only the words are checked: they are not sentences.
fn parts(page: &str) -> impl Iterator<Item = (Wording, String)> {
    let is_table = |part: &str| part.lines().any(|line| line.starts_with(['|', ' ', '`']) || line.trim().contains("  "));
    page.split("\n\n").map(move |part| (if is_table(part) { Wording::Words } else { Wording::Prose }, part.to_owned()))
}

/// The commands and their own commands, with the program itself.
fn commands() -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut next = 0;
    while let Some(command) = commands.get(next).cloned() {
        let help = connect_policy(&[command.as_slice(), &["--help".to_owned()]].concat()).finish().output;
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        for name in listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            commands.push([command.as_slice(), &[name.to_owned()]].concat());
        }
        next += 1;
    }
    commands
}

/// The strings below some keys, at any depth.
fn described(value: &Value, keys: &[&str], wording: Wording, texts: &mut Vec<(Wording, String)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if keys.contains(&key.as_str()) => texts.push((wording, text.clone())),
                    Value::Array(items) if keys.contains(&key.as_str()) => {
                        texts.extend(items.iter().filter_map(Value::as_str).map(|text| (wording, text.to_owned())));
                    }
                    value => described(value, keys, wording, texts),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| described(item, keys, wording, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
