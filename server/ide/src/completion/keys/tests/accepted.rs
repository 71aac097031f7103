//! What stands in the document once an item is accepted: keys, values, whole constructs.

use super::*;

#[test]
fn a_key_writes_what_follows_it() {
    for (name, before, label, after) in [
        ("p.json", "{\"Statement\": [{\n  ¦\n}]}", "Action", "{\"Statement\": [{\n  \"Action\": [¦]\n}]}"),
        ("p.json", "{\"Statement\": [{\n  \"A¦\"\n}]}", "Action", "{\"Statement\": [{\n  \"Action\": [¦]\n}]}"),
        ("p.json", "{\"Statement\": [{\n  \"A¦\n}]}", "Action", "{\"Statement\": [{\n  \"Action\": [¦]\n}]}"),
        ("p.json", r#"{"Statement": [{"Effect": "Allow" ¦}]}"#, "Action", r#"{"Statement": [{"Effect": "Allow" , "Action": [¦]}]}"#),
        ("p.json", r#"{"Statement": [{¦ "Effect": "Allow"}]}"#, "Sid", r#"{"Statement": [{"Sid": "¦", "Effect": "Allow"}]}"#),
        ("p.json", r#"{"Statement": [{"A¦": "x"}]}"#, "Action", r#"{"Statement": [{"Action¦": "x"}]}"#),
        ("p.json", "{\n    ¦\n}", "Version", "{\n    \"Version\": \"2012-10-17\"¦\n}"),
        (
            "p.json",
            "{\n    \"Version\": \"2012-10-17\",\n    ¦\n}",
            "Statement",
            "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            ¦\n        }\n    ]\n}",
        ),
        (
            "r.json",
            r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", ¦}]}"}"#,
            "Action",
            r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [¦]}]}"}"#,
        ),
        ("t.yaml", "Statement:\n  - Effect: Allow\n    ¦\n", "Action", "Statement:\n  - Effect: Allow\n    Action:\n      - ¦\n"),
        ("t.yaml", "Statement:\n- Effect: Allow\n  Ac¦\n", "Action", "Statement:\n- Effect: Allow\n  Action:\n  - ¦\n"),
        ("t.yaml", "Version: '2012-10-17'\nStatement:\n  - ¦\n", "Action", "Version: '2012-10-17'\nStatement:\n  - Action:\n      - ¦\n"),
        ("t.yaml", "Version: '2012-10-17'\n¦\n", "Statement", "Version: '2012-10-17'\nStatement:\n  - ¦\n"),
        ("t.yaml", "Statement: [{Effect: Allow, ¦}]\n", "Action", "Statement: [{Effect: Allow, Action: [¦]}]\n"),
        ("t.yaml", "Statement:\n  - Ef¦: Allow\n", "Effect", "Statement:\n  - Effect¦: Allow\n"),
        (
            "t.yaml",
            "Statement:\r\n  - Effect: Allow\r\n    ¦\r\n",
            "Action",
            "Statement:\r\n  - Effect: Allow\r\n    Action:\r\n      - ¦\r\n",
        ),
        (
            "m.tf",
            "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    ¦\n  }\n}\n",
            "actions",
            "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = [¦]\n  }\n}\n",
        ),
        (
            "m.tf",
            "data \"aws_iam_policy_document\" \"a\" {\n  st¦\n}\n",
            "statement",
            "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    ¦\n  }\n}\n",
        ),
        (
            "m.tf",
            "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({\n    Statement = [{\n      ¦\n    }]\n  })\n}\n",
            "Action",
            "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({\n    Statement = [{\n      Action = [¦]\n    }]\n  })\n}\n",
        ),
        (
            "m.tf",
            "resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOF\n{\n  \"Statement\": [{\n    ¦\n  }]\n}\nEOF\n}\n",
            "Action",
            "resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOF\n{\n  \"Statement\": [{\n    \"Action\": [¦]\n  }]\n}\nEOF\n}\n",
        ),
    ] {
        check_accepted(name, before, label, after);
    }
}

#[test]
fn a_condition_is_written_key_by_key() {
    let before = "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:ListUsers\", \"Condition\": {\n  ¦\n}}]}";
    let after = accept("p.json", before, "StringEquals");
    assert_eq!(after, before.replace('¦', "\"StringEquals\": {\n    ¦\n  }"));
    let after = accept("p.json", &after, "aws:SourceAccount");
    assert!(after.contains("\"StringEquals\": {\n    \"aws:SourceAccount\": \"¦\"\n  }"), "{after}");
    let before = in_yaml(
        "        Statement:\n          - Effect: Allow\n            Action: connect:ListUsers\n            Condition:\n              StringEquals:\n                aws:Re¦\n",
    );
    let after = accept("t.yaml", &before, "aws:ResourceTag/${TagKey}");
    assert!(after.contains("                aws:ResourceTag/team¦: "), "{after}");
}

#[test]
fn an_accepted_key_leaves_a_readable_document_and_actions_come_next() {
    for (name, text, key) in [
        ("p.json", "{\"Version\": \"2012-10-17\", \"Statement\": [{\n  \"Effect\": \"Allow\",\n  ¦\n}]}", "Action"),
        ("p.json", "{\"Version\": \"2012-10-17\", \"Statement\": [{\n  ¦\n  \"Effect\": \"Allow\"\n}]}", "NotAction"),
        ("t.yaml", &in_yaml("        Statement:\n          - ¦\n"), "Action"),
        ("t.yaml", &in_yaml("        Statement:\n          - Effect: Allow\n            ¦\n            Resource: '*'\n"), "Action"),
        ("m.tf", &in_terraform("  statement {\n    ¦\n  }\n"), "actions"),
        ("m.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({\n    Statement = [{\n      ¦\n    }]\n  })\n}\n", "Action"),
    ] {
        let after = accept(name, text, key);
        assert_eq!(errors(name, &after), 0, "{after}");
        assert!(labels(name, &after, CompletionKind::Action).len() > 300, "{after}");
    }
    for (name, text, key) in [
        ("t.yaml", "Resources:\n  A:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      ¦\n", "Permissions"),
        ("m.tf", "resource \"aws_connect_security_profile\" \"a\" {\n  ¦\n}\n", "permissions"),
        ("r.json", "{\n  \"InstanceId\": \"a\",\n  \"SecurityProfileName\": \"b\",\n  ¦\n}", "Permissions"),
    ] {
        let after = accept(name, text, key);
        assert_eq!(errors(name, &after), 0, "{after}");
        assert!(labels(name, &after, CompletionKind::Permission).contains(&"Users.View".to_owned()), "{after}");
    }
}

// ---- values

#[test]
fn values_that_are_known_are_offered() {
    let values = |name: &str, text: &str| labels(name, text, CompletionKind::Value);
    assert_eq!(values("p.json", r#"{"Version": "¦"}"#), ["2012-10-17"]);
    assert_eq!(values("p.json", r#"{"Version": "20¦", "Statement": []}"#), ["2012-10-17"]);
    assert_eq!(values("t.yaml", &in_yaml("        Version: ¦\n")), ["2012-10-17"]);
    assert_eq!(values("t.yaml", "AWSTemplateFormatVersion: ¦\nResources: {}\n"), ["2010-09-09"]);
    assert_eq!(values("package.json", r#"{"name": "a", "Version": "¦"}"#), [""; 0]);
    let types = values("t.yaml", "Resources:\n  A:\n    Type: AWS¦\n");
    assert_eq!(types[0], "AWS::Connect::SecurityProfile");
    assert_eq!(values("t.json", r#"{"Resources": {"A": {"Type": "¦"}}}"#), types);
    assert_eq!(values("k.yaml", "spec:\n  Type: ¦\n"), [""; 0]);
    let restricted =
        "Resources:\n  A:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      HierarchyRestrictedResources:\n        - ¦\n";
    assert_eq!(values("t.yaml", restricted), ["User"]);
    assert_eq!(values("m.tf", &in_terraform("  statement {\n    effect = \"¦\"\n  }\n")), ["Allow", "Deny"]);
    let block = |kind: &str, rest: &str| {
        in_terraform(&format!("  statement {{\n    principals {{\n      type = \"{kind}\"\n      {rest}\n    }}\n  }}\n"))
    };
    assert_eq!(values("m.tf", &block("¦", "")), ["Service", "AWS", "Federated", "CanonicalUser", "*"]);
    assert_eq!(values("m.tf", &block("Service", "identifiers = [\"¦\"]"))[0], "connect.amazonaws.com");
    assert_eq!(values("m.tf", &block("AWS", "identifiers = [\"¦\"]"))[0], "arn:aws:iam::111122223333:root");
    let role = "resource \"aws_iam_role\" \"a\" {\n  force_detach_policies = ¦\n}\n";
    check_accepted("m.tf", role, "true", &role.replace('¦', "true¦"));
}

#[test]
fn a_principals_account_is_a_tab_stop() {
    let before = r#"{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "¦"}, "Action": "sts:AssumeRole"}]}"#;
    let after = accept("p.json", before, "arn:aws:iam::111122223333:root");
    assert_eq!(after, before.replace('¦', "arn:aws:iam::111122223333¦:root"));
}

// ---- whole constructs

#[test]
fn an_empty_file_may_become_any_skeleton_of_its_format() {
    for (name, text, label) in [
        ("p.json", "¦", "Policy"),
        ("p.json", "{¦}", "Policy"),
        ("p.json", "{\n  ¦\n}\n", "Policy"),
        ("p.json", "read¦", "Read-only access to Amazon Connect"),
        ("p.json", "¦\n", "Security profile: Agent (AWS CLI input)"),
        ("t.json", "{ ¦ }", "Security profile (CloudFormation)"),
        ("t.json", "{\n  ¦\n}", "Trust policy for Amazon Connect (CloudFormation)"),
        ("t.yaml", "¦", "Policy"),
        ("t.yaml", "---\n# The contact center\n¦\n", "Security profile: Admin"),
        ("t.yaml", "agent¦", "Federated agent sign-in"),
        ("m.tf", "¦", "Policy"),
        ("m.tf", "# a\n\n¦", "Security profile: QualityAnalyst"),
        ("m.tf", "resource \"a\" \"b\" {\n}\n\n¦\n", "Security profile: QualityAnalyst (awscc)"),
    ] {
        let after = accept(name, text, label);
        assert_eq!(errors(name, &after), 0, "{text}: {after}");
        let (whole, _) = split_cursor(&after);
        let document = Document::read(whole, Format::from_path(Path::new(name)).expect("a format"));
        let analysis = Analysis::new(document, Arc::new(Catalog::builtin()));
        let meaning = analysis.meaning();
        assert!(!meaning.policies.is_empty() || !meaning.permission_lists.is_empty(), "{after}");
    }
    for (name, text) in [
        ("p.json", "{} ¦"),
        ("p.json", "{\"a\": 1}\n¦"),
        ("p.json", "// ¦"),
        ("t.yaml", "# ¦"),
        ("t.yaml", "a: 1\n¦"),
        ("v.tfvars", "a = 1\n¦"),
    ] {
        assert_eq!(labels(name, text, CompletionKind::Skeleton), [""; 0], "{text}");
    }
}

#[test]
fn statements_and_resources_may_be_written_whole() {
    let label = "Allow statement for one instance";
    for (name, text) in [
        ("p.json", "{\"Version\": \"2012-10-17\", \"Statement\": [\n  ¦\n]}"),
        ("p.json", "{\"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"connect:ListUsers\", \"Resource\": \"*\"},\n  ¦\n]}"),
        ("p.json", "{\"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"connect:ListUsers\", \"Resource\": \"*\"}\n  ¦\n]}"),
        ("t.yaml", &in_yaml("        Statement:\n          - ¦\n")),
        ("t.yaml", &in_yaml("        Statement:\n          - al¦\n")),
        (
            "t.yaml",
            &in_yaml(
                "        Statement:\n          - Effect: Allow\n            Action: connect:ListUsers\n            Resource: '*'\n          ¦\n",
            ),
        ),
        (
            "t.yaml",
            &in_yaml(
                "        Statement:\n          - Effect: Allow\n            Action: connect:ListUsers\n            Resource: '*'\n          - ¦\n",
            ),
        ),
        ("t.yaml", "Resources:\n  ¦\n"),
        ("t.json", "{\"Resources\": {\n  ¦\n}}"),
        ("t.json", "{\"Resources\": {\n  \"¦\"\n}}"),
        ("m.tf", &in_terraform("  ¦\n")),
        ("m.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({ Statement = [\n    ¦\n  ] })\n}\n"),
        ("s.yml", "service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - ¦\n"),
    ] {
        let after = accept(name, text, label);
        assert_eq!(errors(name, &after), 0, "{text}: {after}");
        let (whole, _) = split_cursor(&after);
        let analysis =
            Analysis::new(Document::read(whole, Format::from_path(Path::new(name)).expect("a format")), Arc::new(Catalog::builtin()));
        let statements = analysis.meaning().policies.iter().flat_map(|policy| &policy.statements).count();
        assert!(statements >= 1, "{after}");
    }
    // A policy of an identity takes no statement with a principal.
    let identity = labels("t.yaml", &in_yaml("        Statement:\n          - ¦\n"), CompletionKind::Skeleton);
    assert!(!identity.iter().any(|label| label.starts_with("Trust")), "{identity:?}");
}

#[test]
fn ours_sort_behind_the_keys_of_other_language_servers() {
    let sort_texts =
        |name: &str, text: &str| -> Vec<String> { completions(name, text).2.items.into_iter().map(|item| item.sort_text).collect() };
    assert!(sort_texts("m.tf", &in_terraform("  ¦\n")).iter().all(|text| text.starts_with('~')));
    assert!(sort_texts("t.yaml", &in_yaml("        ¦\n")).iter().all(|text| text.starts_with('~')));
    assert!(sort_texts("p.json", r#"{"Statement": [{¦}]}"#).iter().all(|text| !text.starts_with('~')));
    let mut offered = completions("m.tf", &in_terraform("  ¦\n")).2;
    offered.without_keys();
    assert!(!offered.items.is_empty() && offered.items.iter().all(|item| item.kind == CompletionKind::Skeleton));
}
