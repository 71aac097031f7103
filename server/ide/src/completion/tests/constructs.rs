//! Skeletons and keys in the file that they are written into: its escapes, its names, its braces.

use connect_policy_test_support::expand_snippet;

use super::{at_cursor, labels};

/// The document after an item is accepted, in an editor with snippets.
#[track_caller]
fn accept(name: &str, text: &str, label: &str) -> String {
    let (analysis, offset) = at_cursor(name, text);
    let offered = analysis.completions(offset);
    let item = offered.items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label} is not offered in {text}"));
    let text = analysis.document().text();
    let line = &text[text[..item.edit.range.start].rfind('\n').map_or(0, |at| at + 1)..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let new_text = if item.is_snippet { expand_snippet(&item.edit.new_text, indent).text } else { item.edit.new_text.clone() };
    let others = item.additional_edits.iter().map(|edit| (edit.range.clone(), edit.new_text.clone()));
    let mut edits: Vec<_> = others.chain([(item.edit.range.clone(), new_text)]).collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits overlap: {edits:?}");
    connect_policy_test_support::apply_edits(text, edits.iter().map(|(range, text)| (range.clone(), text)))
}

/// The rules that report something in a document, without those on risk.
fn findings(name: &str, text: &str) -> Vec<&'static str> {
    let (analysis, _) = at_cursor(name, &format!("{text}¦"));
    let risks = ["credential-exposure", "data-exposure", "destructive-action", "risky-permission"];
    analysis.diagnostics().into_iter().map(|finding| finding.rule).filter(|rule| !risks.contains(rule)).collect()
}

const SIGN_IN: &str = "Federated agent sign-in";

#[test]
fn policy_variables_are_escaped_where_the_text_around_has_variables() {
    let variable = "{aws:userid}";
    for (name, text, written) in [
        (
            "m.tf",
            "resource \"aws_iam_policy\" \"x\" {\n  policy = <<EOF\n{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    ¦\n  ]\n}\nEOF\n}\n",
            "$$",
        ),
        (
            "m.tf",
            "resource \"aws_iam_policy\" \"x\" {\n  policy = \"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": [¦]}\"\n}\n",
            "$$",
        ),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: !Sub |\n        {\n          \"Version\": \"2012-10-17\",\n          \"Statement\": [\n            ¦\n          ]\n        }\n",
            "$!",
        ),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Fn::Sub: '{\"Version\": \"2012-10-17\", \"Statement\": [¦]}'\n",
            "$!",
        ),
        (
            "t.json",
            r#"{"Resources":{"A":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{"Fn::Sub":["{\"Version\": \"2012-10-17\", \"Statement\": [¦]}", {}]}}}}}"#,
            "$!",
        ),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: |\n        {\n          \"Version\": \"2012-10-17\",\n          \"Statement\": [\n            ¦\n          ]\n        }\n",
            "$",
        ),
        ("p.json", "{\"Version\": \"2012-10-17\", \"Statement\": [¦]}", "$"),
    ] {
        let after = accept(name, text, SIGN_IN);
        let written = if written == "$!" { format!("${{!{}", &variable[1..]) } else { format!("{written}{variable}") };
        assert!(after.contains(&format!("/{written}")), "{written} is not in {after}");
    }
}

#[test]
fn a_condition_key_is_offered_once() {
    let text = |keys: &str| format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:ListUsers", "Condition": {{{keys}}}}}]}}"#);
    let offered = |keys: &str| labels("p.json", &text(keys)).contains(&"connect:InstanceId".to_owned());
    assert!(!offered(r#""StringEquals": {"Connect:InstanceID": "a", ¦}"#));
    assert!(!offered(r#""StringEquals": {"connect:InstanceId": "a", "¦"}"#));
    assert!(offered(r#""StringEquals": {"connect:InstanceId": "a"}, "StringLike": {¦}"#));
    let tags = labels("p.json", &text(r#""StringEquals": {"aws:ResourceTag/a": "a", ¦}"#));
    assert!(tags.contains(&"aws:ResourceTag/${TagKey}".to_owned()));
}

#[test]
fn a_template_gets_the_parameter_that_its_new_resource_refers_to() {
    let parameter = "InstanceArn:\n    Type: String\n    Description: ARN of the Amazon Connect instance\n";
    for (before, start) in [
        ("Resources:\n  ¦\n", format!("Parameters:\n  {parameter}Resources:\n  ConnectPolicy:\n")),
        (
            "Parameters:\n  A:\n    Type: String\nResources:\n  ¦\n",
            format!("Parameters:\n  A:\n    Type: String\n  {parameter}Resources:\n  ConnectPolicy:\n"),
        ),
        ("Parameters:\nResources:\n  ¦\n", format!("Parameters:\n  {parameter}Resources:\n  ConnectPolicy:\n")),
        (
            "Parameters: {}\nResources:\n  ¦\n",
            "Parameters: {InstanceArn: { Type: String, Description: ARN of the Amazon Connect instance }}\nResources:\n".to_owned(),
        ),
        (
            "Parameters:\n  MyInstanceArn:\n    Type: String\nResources:\n  ¦\n",
            "Parameters:\n  MyInstanceArn:\n    Type: String\nResources:\n".to_owned(),
        ),
        ("Resources: {¦}\n", format!("Parameters:\n  {parameter}Resources: {{ConnectPolicy: {{")),
    ] {
        let after = accept("t.yaml", before, "Policy");
        assert!(after.starts_with(&start), "{after}");
        let name = if before.contains("MyInstance") { "MyInstanceArn" } else { "InstanceArn" };
        assert!(after.contains(&format!("!Ref {name}")) && after.contains(&format!("${{{name}}}/*")), "{after}");
        assert_eq!(findings("t.yaml", &after), [""; 0], "{after}");
    }
    let serverless = "service: a\nprovider:\n  name: aws\nresources:\n  Resources:\n    A:\n      Type: X\n    ¦\n";
    assert!(accept("s.yml", serverless, "Policy").contains("resources:\n  Parameters:\n    InstanceArn:\n"));
    for before in [
        "{\n  \"Resources\": {\n    ¦\n  }\n}",
        "{\"Resources\": {¦}}",
        "{\n  \"Parameters\": {},\n  \"Resources\": {\n    ¦\n  }\n}",
        "{\n  \"Parameters\": {\n    \"A\": {}\n  },\n  \"Resources\": {\n    ¦\n  }\n}",
    ] {
        let after = accept("t.json", before, "Policy");
        let json: serde_json::Value = serde_json::from_str(&after).unwrap_or_else(|error| panic!("{error}: {after}"));
        assert_eq!(json["Parameters"]["InstanceArn"]["Type"], "String", "{after}");
        assert!(after.lines().all(|line| line.len() <= 120), "{after}");
    }
    let lambda = accept("t.yaml", "Resources:\n  ¦\n", "Trust policy for Amazon Connect");
    assert!(!lambda.contains("Parameters"), "{lambda}");
}

#[test]
fn a_skeleton_accepted_twice_has_other_names() {
    let template = accept("t.yaml", "Resources:\n  ConnectPolicy:\n    Type: X\n  ConnectPolicy2:\n    Type: X\n  ¦\n", "Policy");
    assert!(template.contains("\n  ConnectPolicy3:\n"), "{template}");
    let terraform = accept("m.tf", "resource \"aws_iam_policy\" \"connect\" {\n}\n\n¦\n", "Policy");
    for part in [
        "data \"aws_iam_policy_document\" \"connect2\"",
        "resource \"aws_iam_policy\" \"connect2\"",
        "data.aws_iam_policy_document.connect2.json",
        "name   = \"connect-policy-2\"",
    ] {
        assert!(terraform.contains(part), "{part} is not in {terraform}");
    }
    let other_type = accept("m.tf", "resource \"aws_s3_bucket\" \"connect\" {\n}\n\n¦\n", "Policy");
    assert!(other_type.contains("\"aws_iam_policy\" \"connect\""), "{other_type}");
    let sids = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"SignInAsYourself\"}, ¦]}";
    assert!(accept("p.json", sids, SIGN_IN).contains("\"Sid\": \"SignInAsYourself2\""));
    let blocks = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    sid = \"SignInAsYourself\"\n  }\n  ¦\n}\n";
    assert!(accept("m.tf", blocks, SIGN_IN).contains("= \"SignInAsYourself2\""));
}

#[test]
fn blocks_of_terraform_get_lines_of_their_own() {
    let statement = |text: &str| format!("data \"aws_iam_policy_document\" \"x\" {{\n  statement {text}\n}}\n");
    for text in ["{¦}", "{ ¦ }", "{con¦}", "{¦\n  }", "{\n    ¦}"] {
        let after = accept("m.tf", &statement(text), "sid").replace(' ', "");
        assert_eq!(after, statement("{\n    sid = \"\"\n  }").replace(' ', ""), "{text}");
    }
    let after = accept("m.tf", &statement("{¦}"), "condition");
    assert!(after.contains("statement {\n    condition {\n") && after.ends_with("    }\n  }\n}\n"), "{after}");
    let after = accept("m.tf", "data \"aws_iam_policy_document\" \"x\" {¦}\n", "Statement");
    assert!(after.starts_with("data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    effect"), "{after}");
    assert!(after.ends_with("  }\n}\n"), "{after}");
    assert_eq!(labels("m.tf", &statement("{ sid = \"\" ¦}")), [""; 0]);
    let object = "resource \"aws_iam_policy\" \"x\" {\n  policy = jsonencode({¦})\n}\n";
    assert!(!labels("m.tf", object).is_empty());
}

#[test]
fn a_policy_argument_refers_to_a_document_that_is_there() {
    let resource = "resource \"aws_iam_policy\" \"x\" {\n  name = \"a\"\n  ¦\n}\n";
    assert!(accept("m.tf", resource, "policy").contains("policy = data.aws_iam_policy_document.connect.json\n"));
    let document = "data \"aws_iam_policy_document\" \"agents\" {\n}\n";
    assert!(accept("m.tf", &format!("{document}{resource}"), "policy").contains("data.aws_iam_policy_document.agents.json\n"));
}

#[test]
fn whole_files_are_offered_by_the_name_of_the_file() {
    use crate::completion::{CompletionTrigger, FilePurpose};
    for (name, text, is_offered) in [
        ("p.json", "¦", true),
        ("p.json", "{¦}", true),
        ("package.json", "¦", false),
        ("package.json", "{\n  ¦\n}", false),
        ("main.tf.json", "{¦}", false),
        ("template.yaml", "¦", true),
        ("docker-compose.yml", "¦", false),
        ("serverless.yml", "¦", false),
        ("serverless.yml", "Res¦", false),
        ("main.tf", "¦", true),
        ("terraform.tfvars", "¦", false),
        ("terragrunt.hcl", "¦", false),
    ] {
        let (analysis, offset) = at_cursor(name, text);
        let items = analysis.completions_after(offset, CompletionTrigger::Invoked, FilePurpose::of(name)).items;
        assert_eq!(!items.is_empty(), is_offered, "{name}: {text}");
    }
}

#[test]
fn no_line_of_a_skeleton_grows_too_long() {
    for (name, text) in [
        ("t.yaml", "Version: '2012-10-17'\nStatement: [¦]\n"),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: {Version: '2012-10-17', Statement: [¦]}\n",
        ),
        ("t.yaml", "Resources: {¦}\n"),
        ("p.json", "{\"Version\": \"2012-10-17\", \"Statement\": [¦]}"),
    ] {
        for label in labels(name, text).into_iter().filter(|label| label.contains(' ')) {
            let after = accept(name, text, &label);
            assert!(after.lines().all(|line| line.chars().count() <= 120), "{after}");
            // The risks that belong to a skeleton's purpose are listed beside the tests of all skeletons.
            let is_other = |rule: &&str| {
                let is_risk = crate::rules().iter().any(|meta| meta.code == *rule && meta.is_risk);
                !is_risk && !["missing-permission", "conflicting-permissions"].contains(rule)
            };
            let found: Vec<&str> = findings(name, &after).into_iter().filter(is_other).collect();
            assert_eq!(found, [""; 0], "{after}");
        }
    }
}

#[test]
fn a_profile_is_written_with_todays_names() {
    let before = "Resources:\n  A:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      Permissions:\n        - ¦\n";
    let label = labels("t.yaml", before).into_iter().find(|label| label.starts_with("Profile: Agent")).expect("offered");
    let after = accept("t.yaml", before, &label);
    assert_eq!(findings("t.yaml", &after), [""; 0], "{after}");
    assert!(after.contains("- AccessMetrics\n"), "{after}");
}

#[test]
fn words_come_before_letters_within_words() {
    let offered = labels("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["edit¦"]}]}"#);
    let first_task = offered.iter().position(|label| label.contains("console task")).expect("a task");
    let credit = offered.iter().position(|label| !label.contains("console task")).unwrap_or(usize::MAX);
    assert!(first_task < credit, "{offered:?}");
}

#[test]
fn the_value_of_a_key_can_be_a_whole_policy() {
    let template = "Resources:\n  A:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:";
    for typed in [" ¦", "¦"] {
        let after = accept("t.yaml", &format!("{template}{typed}\n"), "Policy");
        assert!(
            after.starts_with(&format!("{template}\n        Version: \"2012-10-17\"\n        Statement:\n          - Effect")),
            "{after}"
        );
        assert_eq!(findings("t.yaml", &after), [""; 0], "{after}");
    }
    let item = "Resources:\n  A:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyDocument: ¦\n          PolicyName: a\n";
    let after = accept("t.yaml", item, "Policy");
    assert!(
        after.contains("        - PolicyDocument:\n            Version: \"2012-10-17\"\n")
            && after.ends_with("\n          PolicyName: a\n"),
        "{after}"
    );
    let trust = labels("t.yaml", "Resources:\n  A:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: ¦\n");
    assert_eq!(trust, ["Trust policy for SAML sign-in", "Trust policy for Amazon Connect"]);
    let json = r#"{"Resources": {"A": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": ¦ "Path": "/"}}}}"#;
    serde_json::from_str::<serde_json::Value>(&accept("t.json", json, "Policy")).expect("valid JSON");
    let resource = "resource \"aws_iam_policy\" \"x\" {\n  policy = ¦\n}\n";
    let after = accept("m.tf", resource, SIGN_IN);
    assert!(after.contains("  policy = jsonencode({\n    Version = ") && after.contains("$${aws:userid}"), "{after}");
    assert_eq!(findings("m.tf", &after), [""; 0], "{after}");
    let with_document = format!("data \"aws_iam_policy_document\" \"agents\" {{\n}}\n{resource}");
    assert_eq!(labels("m.tf", &with_document)[0], "data.aws_iam_policy_document.agents.json");
    for (name, text) in [
        ("t.yaml", "A:\n  PolicyDocument: ¦\n"),
        ("k.yaml", "kind: A\nspec:\n  policy: ¦\n"),
        ("m.tf", "resource \"aws_s3_bucket\" \"x\" {\n  policy = ¦\n}\n"),
        ("p.json", r#"{"Principal": ¦}"#),
    ] {
        assert_eq!(labels(name, text), [""; 0], "{text}");
    }
}

#[test]
fn principals_and_values_of_null_are_offered() {
    let statement = "Statement:\n  - Effect: Allow\n    Action: sts:AssumeRole\n    Principal:";
    let kinds = ["Service", "AWS", "Federated", "CanonicalUser", "*"];
    assert_eq!(labels("t.yaml", &format!("{statement} ¦\n")), kinds);
    let after = accept("t.yaml", &format!("{statement} ¦\n"), "AWS");
    assert_eq!(after, format!("{statement}\n      AWS: arn:aws:iam::111122223333:root\n"));
    assert_eq!(accept("t.yaml", &format!("{statement}¦\n"), "*"), format!("{statement} \"*\"\n"));
    let json =
        |principal: &str| format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {principal}}}]}}"#);
    assert_eq!(labels("p.json", &json("¦")), kinds);
    assert_eq!(labels("p.json", &json("\"¦\"")), ["*"]);
    let null = |key: &str| {
        format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:ListUsers", "Condition": {{"Null": {{"{key}": "¦"}}}}}}]}}"#)
    };
    assert_eq!(labels("p.json", &null("aws:TokenIssueTime")), ["true", "false"]);
    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n    condition {\n      test = \"Null\"\n      variable = \"aws:TokenIssueTime\"\n      values = [\"¦\"]\n    }\n  }\n}\n";
    assert_eq!(labels("m.tf", block), ["true", "false"]);
}

#[test]
fn a_resource_that_makes_its_line_too_long_gets_one_of_its_own() {
    let json = |resource: &str| {
        format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":\"connect:DescribeQueue\",\"Resource\":{resource}}}]}}\n"
        )
    };
    let arn = "arn:aws:connect:*:*:instance/*/queue/*";
    for (name, text, label) in [
        ("p.json", json("\"¦\""), arn),
        ("p.json", json("¦"), arn),
        ("p.json", json("[\"¦\"]"), arn),
        ("t.yaml", "Statement: [{Effect: Allow, Action: 'connect:DescribeQueue', Resource: [arn:aws:connect:us-east-1:1:instance/1, '¦']}]\n".to_owned(), arn),
        ("t.yaml", "Statement:\n  - {Effect: Allow, Action: 'connect:DescribeQueue', Resource: [arn:aws:connect:us-east-1:1:instance/1, !Sub '¦']}\n".to_owned(), "arn:…:connect:…:…:instance/*/queue/*"),
    ] {
        let after = accept(name, &text, label);
        assert!(after.lines().all(|line| line.chars().count() <= 120) && after.contains("instance/*/queue/*"), "{after}");
    }
    let short = r#"{"Statement":[{"Effect":"Allow","Action":"connect:DescribeQueue","Resource":"¦"}]}"#;
    assert_eq!(accept("p.json", short, arn), short.replace('¦', arn));
}
