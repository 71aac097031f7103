//! The JSON document agrees with its schema.

use boon::{Compiler, Schemas};
use connect_policy_catalog::{Catalog, CatalogDocument};
use serde_json::{Map, Value, json};

const SCHEMA: &str = include_str!("../catalog.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

fn document() -> Value {
    serde_json::from_str(&CatalogDocument::of(&Catalog::builtin()).json()).expect("the document is JSON")
}

fn check(document: &Value) -> Result<(), String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("catalog.json", schema()).expect("a resource");
    let index = compiler.compile("catalog.json", &mut schemas).map_err(|error| format!("{error:#}"))?;
    schemas.validate(document, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn the_document_is_valid() {
    let document = document();
    check(&document).expect("it is valid");
    assert_eq!(document["version"], json!(CatalogDocument::VERSION));
    assert!(SCHEMA.contains(&format!("\"const\": {}", CatalogDocument::VERSION)));
}

#[test]
fn the_schema_rejects_what_the_catalog_never_writes() {
    for (pointer, wrong) in [
        ("/version", json!(2)),
        ("/date", json!("today")),
        ("/permissions/0/status", json!("strange")),
        ("/permissions/0/summary", json!("No stop")),
        ("/actions/0/sources", json!([])),
        ("/actions/0/risk", json!({"class": "escalation"})),
    ] {
        let mut document = document();
        *document.pointer_mut(pointer).expect(pointer) = wrong;
        assert!(check(&document).is_err(), "{pointer}");
    }
}

/// The keys of objects that the schema does not describe, with their places.
fn unknown_keys(place: &str, value: &Value, schema: &Value, definitions: &Map<String, Value>, unknown: &mut Vec<String>) {
    let named = schema["$ref"].as_str().map(|name| &definitions[name.trim_start_matches("#/$defs/")]);
    let schema = named.or_else(|| schema["anyOf"].as_array().map(|choices| &choices[0])).unwrap_or(schema);
    if named.is_some() || schema.get("$ref").is_some() {
        return unknown_keys(place, value, schema, definitions, unknown);
    }
    match value {
        Value::Object(fields) if schema.get("properties").is_some() => {
            for (key, value) in fields {
                match schema["properties"].get(key) {
                    Some(schema) => unknown_keys(&format!("{place}.{key}"), value, schema, definitions, unknown),
                    None => unknown.push(format!("{place}.{key}")),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| unknown_keys(place, item, &schema["items"], definitions, unknown)),
        _ => {}
    }
}

#[test]
fn the_schema_describes_every_key() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().expect("definitions");
    let mut unknown = Vec::new();
    unknown_keys("$", &document(), &schema, definitions, &mut unknown);
    assert_eq!(unknown, [""; 0]);
    let mut extended = document();
    extended["permissions"][0]["risk"] = json!({"extra": 1});
    extended["counts"]["extra"] = json!(1);
    unknown_keys("$", &extended, &schema, definitions, &mut unknown);
    assert_eq!(unknown, ["$.counts.extra", "$.permissions.risk.extra"]);
}

#[test]
fn names_lead_to_their_meaning() {
    let document = document();
    let find = |list: &str, name: &str| {
        let rows = document[list].as_array().expect(list);
        rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name} is missing")).clone()
    };
    let permission = find("permissions", "Users.EditPermission");
    assert_eq!(
        (&permission["risk"]["class"], &permission["actions"]),
        (&json!("escalation"), &json!(["connect:UpdateUserSecurityProfiles"]))
    );
    let action = find("actions", "connect:CreateUser");
    assert_eq!(action["tagChecks"], json!(["routing-profile", "security-profile", "user"]));
    assert_eq!((&action["risk"]["level"], &action["permissions"]), (&json!("warning"), &json!(["Users.Create"])));
    let unlisted = find("actions", "connect:DeleteContactData");
    assert_eq!((&unlisted["isListed"], &unlisted["risk"]["class"]), (&json!(false), &json!("irreversible")));
    assert!(find("actions", "connect:ReleasePhoneNumber")["homeRegion"].as_str().is_some_and(|region| region.contains("claimed")));
    let names =
        &document["services"].as_array().expect("services").iter().find(|row| row["prefix"] == "connect").expect("connect")["names"];
    assert!(names.as_array().expect("names").contains(&json!({"name": "Amazon Connect Customer", "status": "current"})));
}
