//! The schemas in `server/docs/schema/` describe the output of the real program, and all of it.

use std::fs;

use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::{connect_policy, repository};

/// Errors of an output by its schema. Properties without a description in the schema are errors too.
fn is_valid(name: &str, output: &Value) -> Result<(), String> {
    let path = repository().join(format!("server/docs/schema/{name}.schema.json"));
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    // The published schema allows properties of later releases.
    close(&mut schema);
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("output.json", schema).unwrap();
    let index = compiler.compile("output.json", &mut schemas).unwrap();
    schemas.validate(output, index).map_err(|error| format!("{error:#}\n{output:#}"))
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.remove("$id");
            fields.values_mut().for_each(close);
            if fields.get("type") == Some(&json!("object")) && fields.contains_key("properties") {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_output_of_check_is_as_its_schema_says() {
    let folder = tempdir().unwrap();
    let policy =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["connect: ListUsers","connect:DescribeUsr"],"Resource":"*"}]}"#;
    fs::write(folder.path().join("policy.json"), policy).unwrap();
    fs::write(folder.path().join("skipped.json"), b"\0").unwrap();
    let check = |more: &[&str], code: i32| {
        let arguments = [&["check", "--format", "json", "policy.json"], more].concat();
        connect_policy(&arguments).in_folder(&folder).finish().exits_with(code).json()
    };
    let mut with_findings = check(&["--level", "hint"], 1);
    assert_eq!(is_valid("check", &with_findings), Ok(()));
    let skipped = check(&["skipped.json"], 2);
    assert_eq!(skipped["skipped"].as_array().unwrap().len(), 1);
    assert_eq!(is_valid("check", &skipped), Ok(()));
    connect_policy(&["check", "policy.json", "--baseline", "known.json", "--write-baseline"]).in_folder(&folder).finish().exits_with(0);
    let baseline = check(&["--baseline", "known.json"], 0);
    assert!(baseline["baseline"]["known"].as_u64().unwrap() > 0, "{baseline}");
    assert_eq!(is_valid("check", &baseline), Ok(()));
    let fixed = check(&["--fix"], 1);
    assert_eq!(fixed["fixed"].as_array().unwrap().len(), 1, "{fixed}");
    assert_eq!(is_valid("check", &fixed), Ok(()));

    // Findings with places in other files, among all others.
    let arguments = ["check", "--format", "json", "--level", "hint", "--exit-zero", "tests/examples"];
    let examples = connect_policy(&arguments).in_folder(repository()).finish().exits_with(0).json();
    assert!(examples["findings"].as_array().unwrap().iter().any(|finding| finding.get("related").is_some()));
    assert_eq!(is_valid("check", &examples), Ok(()));

    with_findings["findings"][0]["severity"] = json!("fatal");
    assert!(is_valid("check", &with_findings).is_err(), "the schema is asked");
    with_findings["findings"][0]["severity"] = json!("hint");
    with_findings["findings"][0]["new"] = json!("without a description");
    assert!(is_valid("check", &with_findings).is_err(), "all properties must be in the schema");
}

#[test]
fn the_output_of_explain_is_as_its_schema_says() {
    let folder = tempdir().unwrap();
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"connect:List*","Resource":"*"}]}"#;
    fs::write(folder.path().join("policy.json"), policy).unwrap();
    let denied = "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: connect:DescribeUser on resource: \
                  arn:aws:connect:eu-central-1:111122223333:instance/i-1/agent/a-1 because no identity-based policy allows the \
                  connect:DescribeUser action";
    let questions: [(&[&str], i32, &str); 6] = [
        (&["connect:CreateUser", "Users.View"], 0, "explanations"),
        (&["connect:DescribeUsr"], 1, "unknown"),
        (&["who can listen to live calls"], 0, "results"),
        (&["zzzzzzzz qqqqqqqqq"], 1, "results"),
        (&[denied], 0, "accessDenied"),
        (&["connect:ListUsers", "--in", "policy.json"], 0, "statements"),
    ];
    for (question, code, key) in questions {
        let arguments = [&["explain", "--format", "json"], question].concat();
        let mut output = connect_policy(&arguments).in_folder(&folder).finish().exits_with(code).json();
        assert_eq!(is_valid("explain", &output), Ok(()), "{question:?}");
        assert!(output.get(key).is_some(), "{question:?}: {output}");
        output["answer"] = json!("other");
        assert!(is_valid("explain", &output).is_err(), "the schema is asked");
    }
}
