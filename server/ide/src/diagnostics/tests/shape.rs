//! Rules on shape, both ways.

use super::*;

#[test]
fn a_misspelt_key_is_told_of_in_its_carriers_words() {
    let of = &["unknown-element"];
    check_statements(
        r#"{"effect": "Allow", "Action": "connect:ListUsers", "Resorce": "*", "Sid": "A"}"#,
        of,
        &["warning unknown-element effect", "warning unknown-element Resorce"],
    );
    check_statements(r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*", "Comment": "x"}"#, of, &[]);
    let block =
        "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    action = [\"connect:ListUsers\"]\n    resources = [\"*\"]\n  }\n}\n";
    assert_eq!(reported("main.tf", block, of), ["warning unknown-element action"]);
    let module = "x = { effect = \"Allow\", action = [\"connect:ListUsers\"], resource = \"*\" }\n";
    assert_eq!(reported("main.tf", module, of), [""; 0]);
    // Somebody's own record, not a statement of a policy.
    let record = r#"{"rules": {"Effect": "Allow", "Actions": ["connect:ListUsers"]}}"#;
    assert_eq!(reported("r.json", record, of), [""; 0]);
}

#[test]
fn what_every_statement_must_have_is_missed() {
    let of = &["missing-element"];
    check_statements(r#"{"Action": "connect:ListUsers"}"#, of, &["warning missing-element Action"]);
    check_statements(r#"{"Effect": "Allow", "NotAction": "connect:ListUsers", "NotResource": "*"}"#, of, &[]);
    check_statements(r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": }"#, of, &[]);
    check_statements(r#"{"Effect": "Allow", "Principal": "*", "Action": "connect:ListUsers"}"#, of, &[]);
    let terraform = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n  }\n}\n";
    assert_eq!(reported("main.tf", terraform, of), [""; 0]);
}

#[test]
fn an_effect_is_allow_or_deny() {
    let of = &["invalid-effect"];
    check_statements(r#"{"Effect": "Permit", "Action": "connect:ListUsers", "Resource": "*"}"#, of, &["error invalid-effect Permit"]);
    check_statements(r#"{"Effect": "${Effect}", "Action": "connect:ListUsers", "Resource": "*"}"#, of, &[]);
    check_statements(r#"{"Effect": "", "Action": "connect:ListUsers", "Resource": "*"}"#, of, &[]);
}

#[test]
fn a_version_is_missed_in_whole_documents_only() {
    let of = &["old-version"];
    let statement =
        r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "arn:aws:connect:*:*:instance/${aws:PrincipalTag/i}"}"#;
    assert_eq!(reported("p.json", &format!("{{\"Statement\": [{statement}]}}"), of), ["warning old-version Statement"]);
    assert_eq!(reported("p.json", statement, of), [""; 0]);
    let sam = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - Statement:\n            - Effect: Allow\n              Action: connect:ListUsers\n              Resource: '*'\n";
    assert_eq!(reported("t.yaml", sam, of), [""; 0]);
    let old = r#"{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}"#;
    assert_eq!(reported("p.json", old, of), ["information old-version 2008-10-17"]);
    assert!(findings("p.json", &fixed("p.json", old, "old-version")).is_empty());
}

#[test]
fn a_managed_policy_needs_the_current_version() {
    let of = &["old-version"];
    let statement = "Statement: [{Effect: Allow, Action: 'connect:ListUsers', Resource: '*'}]";
    let template = |kind: &str, version: &str| {
        format!("Resources:\n  P:\n    Type: AWS::IAM::{kind}\n    Properties:\n      PolicyDocument: {{{version}{statement}}}\n")
    };
    assert_eq!(reported("t.yaml", &template("ManagedPolicy", ""), of), ["warning old-version Statement"]);
    assert_eq!(reported("t.yaml", &template("ManagedPolicy", "Version: 2008-10-17, "), of), ["warning old-version 2008-10-17"]);
    assert_eq!(reported("t.yaml", &template("ManagedPolicy", "Version: 2012-10-17, "), of), [""; 0]);
    assert_eq!(reported("t.yaml", &template("Policy", ""), of), ["information old-version Statement"]);
    assert_eq!(reported("t.yaml", &template("Policy", "Version: 2008-10-17, "), of), ["information old-version 2008-10-17"]);
    let managed = "resource \"aws_iam_policy\" \"x\" {\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"connect:ListUsers\", Resource = \"*\" }] })\n}\n";
    assert_eq!(reported("main.tf", managed, of), ["warning old-version Statement"]);
    assert_eq!(reported("main.tf", &managed.replace("iam_policy", "iam_role_policy"), of), ["information old-version Statement"]);
}

#[test]
fn a_version_is_one_of_two_dates() {
    let of = &["invalid-version"];
    let policy = |version: &str| {
        format!(r#"{{"Version": {version}, "Statement": [{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}}]}}"#)
    };
    for version in ["2010-09-09", "2012-10-18", "2012-10-17T00:00:00Z", " 2012-10-17", "1"] {
        let text = policy(&format!("\"{version}\""));
        assert_eq!(reported("p.json", &text, of), [format!("error invalid-version {version}")]);
        assert_eq!(fixed("p.json", &text, "invalid-version"), policy("\"2012-10-17\""));
    }
    for silent in ["\"2012-10-17\"", "\"2008-10-17\"", "\"\"", "\"${Version}\"", "{\"Ref\": \"Version\"}", "\"{{ version }}\""] {
        assert_eq!(reported("p.json", &policy(silent), of), [""; 0], "{silent}");
    }
    let template = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n          Effect: Allow\n          Action: connect:ListUsers\n          Resource: '*'\n";
    assert_eq!(reported("t.yaml", template, of), [""; 0]);
    assert_eq!(reported("t.yaml", &template.replace("2012-10-17", "2012-10-7"), of), ["error invalid-version 2012-10-7"]);
    let encoded = "policy = jsonencode({ Version = \"2010-09-09\", Statement = [{ Effect = \"Allow\", Action = \"connect:ListUsers\", Resource = \"*\" }] })\n";
    assert_eq!(reported("main.tf", encoded, of), ["error invalid-version 2010-09-09"]);
    assert_eq!(reported("main.tf", &encoded.replace("\"2010-09-09\"", "local.version"), of), [""; 0]);
    let document = "data \"aws_iam_policy_document\" \"x\" {\n  version = \"2010-09-09\"\n  statement {\n    actions = [\"connect:ListUsers\"]\n    resources = [\"*\"]\n  }\n}\n";
    assert_eq!(reported("main.tf", document, of), ["error invalid-version 2010-09-09"]);
    assert_eq!(reported("main.tf", &document.replace("2010-09-09", "2012-10-17"), of), [""; 0]);
}

#[test]
fn sids_are_unique_and_alphanumeric() {
    let of = &["bad-sid"];
    let statement = |sid: &str| format!(r#"{{"Sid": "{sid}", "Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}}"#);
    check_statements(&[statement("A"), statement("A")].join(", "), of, &["warning bad-sid A"]);
    check_statements(&[statement("A"), statement("a"), statement(""), statement("${x}")].join(", "), of, &[]);
    check_statements(&statement("a-b"), of, &["warning bad-sid a-b"]);
    let if_prod = |then: &str| format!(r#"{{"Fn::If": ["Prod", {then}, {{"Ref": "AWS::NoValue"}}]}}"#);
    check_statements(&[statement("A"), if_prod(&statement("A"))].join(", "), of, &["warning bad-sid A"]);
    check_statements(&[if_prod(&statement("A")), if_prod(&statement("A"))].join(", "), of, &[]);
    check_statements(&[statement("B"), statement("B"), if_prod(&statement("A"))].join(", "), of, &["warning bad-sid B"]);
    let bucket = r#"{"Sid": "a b", "Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "s3:GetObject", "Resource": "*"}"#;
    check_statements(bucket, of, &[]);
}

#[test]
fn long_policies_are_told_of_by_what_they_are_attached_to() {
    let of = &["policy-size"];
    let of_size = |size: usize| {
        format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "{}"}}]}}"#, "a".repeat(size))
    };
    let managed =
        |size| format!(r#"{{"R": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"PolicyDocument": {}}}}}}}"#, of_size(size));
    assert_eq!(reported("t.json", &managed(5_000), of), [""; 0]);
    assert_eq!(reported("t.json", &managed(5_800), of), ["information policy-size Statement"]);
    assert_eq!(reported("t.json", &managed(6_144), of), ["warning policy-size Statement"]);
    assert_eq!(reported("t.json", &of_size(8_000), of), ["information policy-size Statement"]);
    let spaced = managed(5_000).replace(", ", &format!(",{}", " ".repeat(9_000)));
    assert_eq!(reported("t.json", &spaced, of), [""; 0]);
    let exported = |account: &str| {
        let policy = of_size(20_000);
        format!(r#"{{"Policies": [{{"Arn": "arn:aws:iam::{account}:policy/A", "PolicyVersionList": [{{"Document": {policy}}}]}}]}}"#)
    };
    assert_eq!(reported("t.json", &exported("123456789012"), of), ["warning policy-size Statement"]);
    assert_eq!(reported("t.json", &exported("aws"), of), [""; 0]);
    let hole = managed(7_000).replace("\"aaa", "\"${x}aaa");
    assert_eq!(reported("t.json", &hole, of), [""; 0]);
}

#[test]
fn profiles_have_limits() {
    let of = &["profile-limits"];
    let profile = |rest: &str| format!(r#"{{"SecurityProfileName": "A", "Permissions": ["Users.View"]{rest}}}"#);
    assert_eq!(reported("p.json", &profile(""), of), [""; 0]);
    assert_eq!(reported("p.json", &profile(r#", "HierarchyRestrictedResources": ["User", "Queue"]"#), of), ["error profile-limits Queue"]);
    let long = profile(&format!(r#", "Description": "{}""#, "d".repeat(251)));
    assert_eq!(reported("p.json", &long, of).len(), 1);
    let many: Vec<String> = (0..501).map(|index| format!("\"P{index}.View\"")).collect();
    let many = format!(r#"{{"SecurityProfileName": "A", "Permissions": [{}]}}"#, many.join(", "));
    assert_eq!(reported("p.json", &many, of), ["error profile-limits Permissions"]);
    let module = "security_profiles = { a = { name = \"A (b)\", permissions = [\"Users.View\"] } }\n";
    assert_eq!(reported("a.tfvars", module, of), [""; 0]);
}

#[test]
fn only_a_policy_in_a_string_has_to_be_json() {
    let of = &["embedded-syntax"];
    let heredoc = |body: &str| format!("resource \"aws_iam_policy\" \"x\" {{\n  policy = <<EOF\n{body}\nEOF\n}}\n");
    let sound =
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": ${jsonencode(var.x)}}]}"#;
    assert_eq!(reported("main.tf", &heredoc(sound), of), [""; 0]);
    let broken = sound.replace("\"Effect\": \"Allow\", ", "\"Effect\": \"Allow\" ");
    assert_eq!(reported("main.tf", &heredoc(&broken), of).len(), 1);
    let comma = sound.replace("}]}", ",}]}");
    assert_eq!(reported("main.tf", &heredoc(&comma), of), ["warning embedded-syntax ,"]);
    assert_eq!(reported("main.json", &comma, of), [""; 0], "what editors tell of themselves");
    assert_eq!(reported("main.tf", &heredoc(&sound.replace("\"Statement", "/* who */ \"Statement")), of), ["warning embedded-syntax /*"]);
    assert_eq!(reported("main.tf", &heredoc(&format!("{broken}\n%{{ if var.x }}%{{ endif }}")), of), [""; 0]);
    assert_eq!(reported("main.tf", &heredoc(&broken.replace("connect:", "s3:")), of), [""; 0]);
}

#[test]
fn every_fault_of_an_embedded_policy_is_reported() {
    let of = &["embedded-syntax"];
    let policy = "{\n  \"Version\": \"2012-10-17\"\n  \"Statement\": [{\n    \"Effect\": \"Allow\"\n    \"Action\": [\"connect:ListUsers\" \"connect:DescribeUser\"],\n    \"Resource\": \"*\",\n  }]\n}";
    let expected = ["\"Statement\"", "\"Action\"", "\"connect:DescribeUser\"", ","].map(|text| format!("warning embedded-syntax {text}"));
    let heredoc = format!("resource \"aws_iam_policy\" \"x\" {{\n  policy = <<EOF\n{policy}\nEOF\n}}\n");
    assert_eq!(reported("main.tf", &heredoc, of), expected);
    let block = format!("PolicyDocument: |\n  {}\n", policy.replace('\n', "\n  "));
    assert_eq!(reported("t.yaml", &block, of), expected);
    // What a function writes over several lines is not JSON.
    let encoded = heredoc.replace("[\"connect:ListUsers\" \"connect:DescribeUser\"]", "${jsonencode([\n  \"connect:ListUsers\"\n])}");
    assert_eq!(reported("main.tf", &encoded, of), [""; 0]);
}

#[test]
fn syntax_errors_of_a_policy_file_are_reported_to_check() {
    let policy = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"connect:ListUsers\",\n      \"Resource\": \"*\"\n    }\n  ]\n}\n";
    assert_eq!(json_syntax(policy), [""; 0]);
    let without_commas = policy.replace(",\n", "\n");
    assert_eq!(json_syntax(&without_commas), [3, 6, 7].map(|line| format!("{line} invalid JSON: missing `,` before this text")));
    let trailing = policy.replace("\"*\"\n    }\n", "\"*\",\n    },\n");
    assert_eq!(json_syntax(&trailing), ["7 invalid JSON: trailing `,`", "8 invalid JSON: trailing `,`"]);
    assert_eq!(json_syntax(policy.trim_end().trim_end_matches('}')), ["9 invalid JSON: unclosed bracket"]);
    assert_eq!(json_syntax(&policy.replace("    }\n", "")), ["8 invalid JSON: missing `}` before this text"]);
    let curly = policy.replace(" \"", " “").replace('"', "”");
    assert_eq!(json_syntax(&curly), ["2 invalid JSON: curly quotes; use straight quotes"]);
    assert_eq!(json_syntax(&policy.replace('"', "'")), ["2 invalid JSON: single quotes; use double quotes"]);
    assert_eq!(json_syntax(&policy.replace("\"Allow\"", "Allow")), ["5 invalid JSON: text without quotes"]);
    assert_eq!(json_syntax(&policy.replace("\"Effect\":", "\"Effect\" =")), ["5 invalid JSON: expected `:`, found `=`"]);
    assert_eq!(json_syntax(&policy.replace("\"Allow\",", "\"Allow\",,")), ["5 invalid JSON: unexpected `,`"]);
    assert_eq!(json_syntax(&policy.replace("List", "\\List")), ["6 invalid JSON: invalid escape in a string"]);
    let outside = policy.replace("    }\n", "    },\n    \"Condition\": {\"StringEquals\": {\"connect:InstanceId\": \"x\"}}\n");
    assert_eq!(json_syntax(&outside), ["9 invalid JSON: missing `{` before this text"]);
}

#[test]
fn json_of_other_things_and_templates_is_left_alone() {
    let policy =
        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:ListUsers\", \"Resource\": \"*\"}]}\n";
    for silent in [
        policy.repeat(2),
        format!("// note\n{policy} /* note */"),
        policy.replace("\"*\"", "${jsonencode(resources)}"),
        policy.replace("\"*\"", "{{ resources }}"),
        policy.replace("\"*\"", "\"a “quoted” word, it's \\\"fine\\\"\""),
        policy.replace("\"*\"", "[1, -2.5e3, true, false, null]"),
        policy.replace("connect:ListUsers", "s3:GetObject").replace("\"*\"}", "\"*\",}"),
    ] {
        assert_eq!(json_syntax(&silent), [""; 0], "{silent}");
    }
    assert_eq!(json_syntax("{\"SecurityProfileName\": \"a\", \"Permissions\": [\"Users.View\",]}"), ["1 invalid JSON: trailing `,`"]);
}

#[test]
fn a_data_source_is_judged_by_the_resource_that_uses_it() {
    let of = &["bad-sid", "policy-size"];
    let module = |sid: &str, resources: usize, rest: &str| {
        let arns: Vec<String> = (0..resources)
            .map(|number| {
                format!("\"arn:aws:connect:us-east-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d/queue/{number:0>36}\"")
            })
            .collect();
        format!(
            "data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    sid       = \"{sid}\"\n    actions   = [\"connect:DescribeQueue\"]\n    resources = [{}]\n  }}\n}}\n{rest}",
            arns.join(", ")
        )
    };
    let used = |kind: &str| format!("resource \"{kind}\" \"a\" {{\n  policy = data.aws_iam_policy_document.x.json\n}}\n");
    assert_eq!(reported("m.tf", &module("Read queues", 1, &used("aws_iam_policy")), of), ["warning bad-sid Read queues"]);
    assert_eq!(reported("m.tf", &module("Read queues", 1, &used("aws_sqs_queue_policy")), of), [""; 0]);
    assert_eq!(reported("m.tf", &module("Read queues", 1, ""), of), [""; 0]);
    let size = |resources: usize, rest: &str| reported("m.tf", &module("Read", resources, rest), of).len();
    // Sixty ARNs are longer than a managed policy may be, a hundred longer than any identity policy.
    assert_eq!(size(60, &used("aws_iam_policy")), 1);
    assert_eq!(size(60, &used("aws_iam_role_policy")), 0);
    assert_eq!(size(60, &used("aws_sqs_queue_policy")), 0);
    assert_eq!(size(60, ""), 0);
    assert_eq!(size(100, ""), 1);
    assert_eq!(size(20, &used("aws_iam_policy")), 0);
}

#[test]
fn commas_count_in_a_policys_size() {
    let statements = |count: usize| {
        let one = r#"{"Effect":"Allow","Action":"connect:ListQueues","Resource":"*"}"#;
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, vec![one; count].join(","))
    };
    let message = |text: &str| findings("p.json", text).into_iter().find(|one| one.rule == "policy-size").map(|one| one.message);
    let text = statements(100);
    let length = text.len();
    assert!(message(&text).is_some_and(|message| message.contains(&format!("at least {length} characters"))), "{length}");
}

#[test]
fn an_argument_of_merge_is_not_a_whole_map() {
    let of = &["old-version", "missing-element"];
    let policy = |text: &str| format!("resource \"aws_iam_policy\" \"a\" {{\n  policy = jsonencode({text})\n}}\n");
    let statement = "{ Effect = \"Allow\", Action = [\"connect:ListUsers\"], Resource = \"*\" }";
    let partial = "{ Effect = \"Allow\", Action = [\"connect:ListUsers\"] }";
    let whole = |statement: &str| policy(&format!("{{ Version = \"2012-10-17\", Statement = [{statement}] }}"));
    for silent in [
        policy(&format!("merge({{ Version = \"2012-10-17\" }}, {{ Statement = [{statement}] }})")),
        policy(&format!("merge(local.base, {{ Statement = [{statement}] }})")),
        policy(&format!("merge(local.base, var.x ? {{ Statement = [{statement}] }} : {{}})")),
        policy(&format!("provider::deepmerge::mergo(local.base, {{ Statement = [{statement}] }})")),
        whole(&format!("merge(local.s, {partial})")),
        whole(&format!("merge({partial}, {{ Resource = \"*\" }})")),
    ] {
        assert_eq!(reported("m.tf", &silent, of), [""; 0], "{silent}");
    }
    let missing = ["warning missing-element Effect"];
    assert_eq!(reported("m.tf", &whole(partial), of), missing);
    assert_eq!(reported("m.tf", &whole(&format!("tomap({partial})")), of), missing);
    assert_eq!(reported("m.tf", &policy(&format!("{{ Statement = [{statement}] }}")), of), ["warning old-version Statement"]);
}
