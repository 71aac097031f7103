//! The JSON schema of `connect-policy.toml` and the page of its keys, made from the types of its options.
//! `UPDATE_EXPECT=1 cargo test` rewrites both.

use std::borrow::Cow;
use std::path::PathBuf;

use connect_policy_ide::rules;
use expect_test::expect_file;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::config::globs::PathGlobs;
use crate::config::lenient::{Located, Tables};
use crate::config::options::{ActionName, FILE_NAME, Options, PermissionName, RuleLevels};
use crate::level::LEVELS;

const FILE: &str = "vscode-extension/schemas/connect-policy.schema.json";

fn non_empty_string() -> Schema {
    json_schema!({"type": "string", "minLength": 1})
}

macro_rules! inline_schema {
    ($type:ty, $name:literal, $generator:ident => $schema:expr) => {
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

inline_schema!(PermissionName, "PermissionName", _generator => non_empty_string());
inline_schema!(ActionName, "ActionName", _generator => {
    json_schema!({"type": "string", "minLength": 1, "pattern": "^[^:]+:[^:]+$"})
});
inline_schema!(Located<PathBuf>, "Path", _generator => non_empty_string());
inline_schema!(PathGlobs, "PathGlobs", _generator => json_schema!({"type": "array", "items": non_empty_string()}));
inline_schema!(RuleLevels, "RuleLevels", _generator => {
    let level = |rule: &connect_policy_ide::RuleMeta| {
        // The first paragraph of a rule's page is what the rule fires on.
        let page = rule.page();
        let summary = page.split("\n\n").next().unwrap_or("").replace('\n', " ");
        (rule.code.to_owned(), json!({"description": summary, "default": rule.severity.name(), "enum": LEVELS}))
    };
    let levels: serde_json::Map<String, Value> = rules().iter().map(level).collect();
    json_schema!({"type": "object", "additionalProperties": false, "properties": levels})
});

impl<T: JsonSchema> JsonSchema for Tables<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Tables".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": generator.subschema_for::<T>()})
    }
}

/// The schema of the toml's options, each where it stands.
fn schema() -> Value {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    let mut schema = settings.into_generator().into_root_schema_for::<Options>().to_value();
    schema["title"] = json!(FILE_NAME);
    schema["$id"] = json!(format!("https://raw.githubusercontent.com/connect-policy/connect-policy/main/{FILE}"));
    without_defaults_of_tables(&mut schema);
    schema
}

/// A table or a list that is left out is empty, which needs not be written.
fn without_defaults_of_tables(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("default").is_some_and(|default| !default.is_boolean() && !default.is_string()) {
                fields.remove("default");
            }
            fields.values_mut().for_each(without_defaults_of_tables);
        }
        Value::Array(items) => items.iter_mut().for_each(without_defaults_of_tables),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_schema_of_the_extension_is_that_of_the_options() {
    let text = serde_json::to_string_pretty(&schema()).unwrap();
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/../../vscode-extension/schemas/connect-policy.schema.json")]
        .assert_eq(&format!("{text}\n"));
}

/// The rows of a table's keys.
fn rows(table: &Value, above: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut rows = String::new();
    for (name, value) in table["properties"].as_object().into_iter().flatten() {
        let key = format!("{above}{name}");
        if name == "rules" {
            let levels: Vec<String> = LEVELS.iter().map(|level| format!("`{level}`")).collect();
            rows += &format!("| `{key}.<rule>` | {}: {} | [the rule's](rules.md) |\n", text(&value["description"]), levels.join(", "));
            continue;
        }
        let inner = if value["items"]["properties"].is_object() { &value["items"] } else { value };
        if inner["properties"].is_object() {
            rows += &self::rows(inner, &format!("{key}."));
            continue;
        }
        let default = match &value["default"] {
            Value::Null => "none".to_owned(),
            Value::String(default) => format!("`\"{default}\"`"),
            default => format!("`{default}`"),
        };
        rows += &format!("| `{key}` | {} | {default} |\n", text(&value["description"]));
    }
    rows
}

#[test]
fn the_page_of_the_configuration_lists_all_keys() {
    let page = format!(
        "# Configuration\n\nAll keys of `{FILE_NAME}`. This page is generated; tests rewrite it with `UPDATE_EXPECT=1`.\n\n\
         | key | what | default |\n| --- | --- | --- |\n{}",
        rows(&schema(), "")
    );
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/configuration.md")].assert_eq(&page);
}
