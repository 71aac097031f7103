//! Where policies and permission lists are recognised, and where they are not: every place both ways. A text holds the slip
//! `connect:DescribeUsr` or `RoutingProfiles.View`; in a place of ours it is told of, elsewhere nothing is.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Severity};
use connect_policy_syntax::{Document, Format};

fn findings(name: &str, text: &str) -> Vec<String> {
    let format = Format::from_path(Path::new(name)).expect("a format");
    let analysis = Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin()));
    let reported = analysis.diagnostics().into_iter().filter(|finding| finding.severity <= Severity::Warning);
    reported.map(|finding| format!("{} {}", finding.rule, &text[finding.range])).collect()
}

#[track_caller]
fn ours(name: &str, text: &str) {
    let found = findings(name, text);
    let slip = if text.contains("DescribeUsr") { "unknown-action connect:DescribeUsr" } else { "unknown-permission RoutingProfiles.View" };
    assert!(found.iter().any(|one| one == slip), "{found:?} in {name}\n{text}");
}

#[track_caller]
fn never(name: &str, text: &str) {
    let found = findings(name, text);
    assert!(found.is_empty(), "{found:?} in {name}\n{text}");
}

#[test]
fn cloudformation_and_what_is_made_of_it() {
    ours(
        "t.yaml",
        "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n          - {Effect: Allow, Principal: '*', Action: connect:DescribeUsr}\n",
    );
    ours(
        "t.yaml",
        "Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      KeyPolicy:\n        Statement:\n          Effect: Allow\n          Action: !If [A, connect:DescribeUsr, connect:ListUsers]\n",
    );
    ours(
        "t.json",
        r#"{"Resources": {"P": {"Type": "AWS::IAM::Policy", "Metadata": {"aws:cdk:path": "a"}, "Properties": {"PolicyDocument": {"Statement": [{"Action": ["connect:DescribeUsr"], "Effect": "Allow", "Resource": {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}]]}}]}}}}}"#,
    );
    ours(
        "t.yaml",
        "R:\n  Type: AWS::Connect::SecurityProfile\n  Properties:\n    Permissions:\n      Fn::If:\n        - A\n        - [RoutingProfiles.View]\n        - [Users.View]\n",
    );
    // The permissions of another resource are not ours.
    never("t.yaml", "R:\n  Type: AWS::Lex::Thing\n  Properties:\n    Permissions: [RoutingProfiles.View]\n");
    // What a reference or a substitution makes of it is unknown, never wrong.
    never(
        "t.yaml",
        "Statement:\n  - Effect: Allow\n    Action: !Ref Actions\n    Resource: '*'\n  - Effect: Allow\n    Action: !Sub 'connect:${Verb}Usr'\n    Resource: '*'\n",
    );
    never("t.yaml", "Statement:\n  - Effect: Allow\n    Action: !ImportValue connect:DescribeUsr\n    Resource: '*'\n");
    // A firewall's statements and actions are no policy's.
    never(
        "t.yaml",
        "Rules:\n  - Name: a\n    Action: {Block: {}}\n    Statement: {ByteMatchStatement: {SearchString: 'connect:DescribeUsr'}}\n",
    );
}

#[test]
fn sam_and_serverless() {
    let sam = |policies: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n{policies}"
        )
    };
    ours(
        "t.yaml",
        &sam("        - Statement:\n            - Effect: Allow\n              Action: connect:DescribeUsr\n              Resource: '*'\n"),
    );
    ours(
        "t.yaml",
        &sam(
            "        - Version: '2012-10-17'\n          Statement:\n            - Effect: Allow\n              Action: [connect:DescribeUsr]\n              Resource: '*'\n",
        ),
    );
    ours("t.yaml", &sam("        Statement:\n          Effect: Allow\n          Action: connect:DescribeUsr\n          Resource: '*'\n"));
    // Policy templates and names of managed policies are left alone.
    never(
        "t.yaml",
        &sam("        - AWSLambdaBasicExecutionRole\n        - SQSPollerPolicy:\n            QueueName: connect:DescribeUsr\n"),
    );
    never("t.yaml", &sam("        AmazonConnectReadOnlyAccess\n"));
    ours(
        "serverless.yml",
        "provider:\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: connect:DescribeUsr\n          Resource: '*'\n",
    );
    ours(
        "serverless.yml",
        "provider:\n  iamRoleStatements:\n    - Effect: Allow\n      Action:\n        - connect:DescribeUsr\n      Resource: '*'\n",
    );
}

#[test]
fn terraform() {
    ours(
        "m.tf",
        "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    not_actions = [\"connect:DescribeUsr\"]\n    resources = [\"*\"]\n  }\n}\n",
    );
    ours(
        "m.tf",
        "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({ Statement = { Effect = \"Allow\", Action = \"connect:DescribeUsr\", Resource = \"*\" } })\n}\n",
    );
    ours(
        "m.tf",
        "resource \"aws_iam_role\" \"a\" {\n  inline_policy {\n    policy = \"{\\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"connect:DescribeUsr\\\", \\\"Resource\\\": \\\"*\\\"}]}\"\n  }\n}\n",
    );
    ours(
        "m.tf",
        "module \"a\" {\n  statements = {\n    x = {\n      effect    = \"Allow\"\n      actions   = [\"connect:DescribeUsr\"]\n      resources = [\"*\"]\n    }\n  }\n}\n",
    );
    ours(
        "m.tf",
        "module \"a\" {\n  statements = [{ actions : [\"connect:ListUsers\", \"connect:DescribeUsr\"], resources : [\"*\"] }]\n}\n",
    );
    ours("m.tf", "locals {\n  names = [\"connect:ListUsers\", \"connect:ListQueues\", \"connect:DescribeUsr\"]\n}\n");
    ours("m.tf", "variable \"actions\" {\n  default = [\"connect:ListUsers\", \"connect:ListQueues\", \"connect:DescribeUsr\"]\n}\n");
    ours("p.tfvars", "security_profiles = {\n  \"a\" = { permissions = [\"RoutingProfiles.View\"] }\n}\n");
    ours("m.tf", "resource \"awscc_connect_security_profile\" \"a\" {\n  permissions = [\"RoutingProfiles.View\"]\n}\n");
    ours("m.tf.json", r#"{"resource": {"aws_connect_security_profile": {"a": {"permissions": ["RoutingProfiles.View"]}}}}"#);
    ours("m.tf", "locals {\n  lead = [\"Users.View\", \"BasicAgentAccess\", \"RoutingProfiles.View\"]\n}\n");
    // One known name makes no list of ours.
    never("m.tf", "locals {\n  names = [\"connect:ListUsers\", \"connect:DescribeUsr\", \"b\", \"c\"]\n}\n");
    never(
        "m.tf",
        "resource \"aws_connect_security_profile\" \"a\" {\n  application_permissions = [\"RoutingProfiles.View\", \"Users.View\", \"Queues.View\"]\n  permissions = local.all\n}\n",
    );
    // Calls whose value is not their arguments', predicates, and sources of a loop.
    never(
        "m.tf",
        "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = formatlist(\"connect:%s\", [\"connect:DescribeUsr\"])\n    resources = [\"*\"]\n  }\n}\n",
    );
    never(
        "m.tf",
        "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = var.x == \"connect:DescribeUsr\" ? [\"connect:ListUsers\"] : []\n    resources = [\"*\"]\n  }\n}\n",
    );
    never(
        "m.tf",
        "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = [for a in [\"connect:DescribeUsr\"] : \"connect:${a}\"]\n    resources = [\"*\"]\n  }\n}\n",
    );
    never(
        "m.tf",
        "resource \"aws_connect_contact_flow\" \"a\" {\n  content = <<EOF\n{\"Text\": \"$${connect:Queue:Sales}\", \"Action\": \"connect:DescribeUsr\"}\nEOF\n}\n",
    );
}

#[test]
fn manifests_exports_and_requests() {
    ours(
        "m.yaml",
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.json: |\n    {\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:DescribeUsr\", \"Resource\": \"*\"}]}\n",
    );
    ours(
        "m.yaml",
        "spec:\n  policy: '{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:DescribeUsr\", \"Resource\": \"*\"}]}'\n",
    );
    ours(
        "r.json",
        r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:DescribeUsr\", \"Resource\": \"*\"}]}"}"#,
    );
    ours("e.json", r#"{"SecurityProfile": {"Permissions": ["RoutingProfiles.View"]}}"#);
    ours("e.json", r#"[{"Name": "a", "Permissions": ["ContactFlows.View", "RoutingProfiles.View"]}]"#);
    // The answer without anything else of it is like a list without a key: what is certainly wrong is reported.
    ours("e.json", r#"{"Permissions": ["BasicAgentAccess", "Users.View", "RoutingProfiles.View"]}"#);
    never("e.json", r#"{"Permissions": ["BasicAgentAccess", "Users.View", "BrandNewThing"]}"#);
    // Names that every program has are ours if something else in the file is.
    let roles = r#"{"comment": "COMMENT", "roles": [{"name": "a", "permissions": ["Users.View", "Queues.View", "RoutingProfiles.View"]}]}"#;
    never("e.json", roles);
    ours("e.json", &roles.replace("COMMENT", "Roles of the Amazon Connect instance"));
    ours("e.json", &roles.replace("Queues.View", "TransferDestinations.View"));
    never("e.json", r#"{"roles": [{"permissions": ["Users.View", "Users.Create", "Users.Remove"]}]}"#);
    never("e.json", r#"{"Name": "clerk", "Permissions": ["Users.View", "Users.Create", "Users.Remove"]}"#);
    never("e.yaml", "roles:\n  - name: clerk\n    permissions: [Cases.View, Cases.Edit, Rules.View, Cases.Aprove]\n");
    never("m.tf", "locals {\n  clerk = [\"Users.View\", \"Queues.View\", \"RoutingProfiles.View\"]\n}\n");
    ours(
        "m.tf",
        "locals {\n  clerk = [\"Users.View\", \"Queues.View\", \"RoutingProfiles.View\"]\n}\nresource \"aws_connect_queue\" \"a\" {\n}\n",
    );
    ours("e.json", r#"{"InstanceId": "i", "SecurityProfileId": "s", "Permissions": ["RoutingProfiles.View"]}"#);
    never("out.json", r#"{"Permissions": ["Users.View", "RoutingProfiles.View"], "NextToken": "t"}"#);
    never("a.yaml", "permissions:\n  contents: read\n  id-token: write\n");
    never("a.json", r#"{"handlers": {"create": {"permissions": ["connect:ListUsers", "connect:ListQueues", "connect:DescribeUsr"]}}}"#);
    never("a.yaml", "config:\n  connect:instanceAlias: RoutingProfiles.View\n  aws:region: eu-west-1\n");
    never("a.json", r#"{"role": {"name": "x", "permissions": ["RoutingProfiles.View", "read"]}}"#);
    never("a.json", r#"{"scopes": ["Users.View", "Queues.View", "RoutingProfiles.View"]}"#);
    never("a.yaml", "# - Effect: Allow\n#   Action: connect:DescribeUsr\na: 1\n");
    never("a.json", r#"{"menu": {"action": "connect:survival", "effect": "fade"}}"#);
    never(
        "a.json",
        r#"{"SegmentAttributes": {"connect:Subtype": {"ValueString": "connect:Guide"}}, "Tags": {"aws:connect:instanceId": "i"}}"#,
    );
}

/// Findings that were once made on files of public packages and documentation, and were wrong.
#[test]
fn what_was_once_a_false_alarm_stays_silent() {
    // AWS's own sample for SAML sign-in names a resource that no resource type has.
    never(
        "saml.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:GetFederationToken", "Resource": "arn:aws:connect:us-east-1:111122223333:instance/i/user/${aws:userid}", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}]}"#,
    );
    // A test's expression holds names, and is no list of them.
    never(
        "rule.json",
        r#"{"conditions": ["and", ["Statement.id.Action", "containAtLeastOneOf", ["*", "iam:CreateUser", "iam:DeleteUser", "iam:Put*"]], ["Effect", "equal", "Deny"]]}"#,
    );
    // A resource type's schema tells which actions tagging takes.
    never("schema.json", r#"{"tagging": {"permissions": ["s3:ListTagsForResource", "s3:TagResource", "s3:UntagResourc"]}}"#);
    // `*` on the ARNs of another service reaches nothing of Connect.
    never(
        "bucket.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::bucket/*"}, {"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}"#,
    );
}
