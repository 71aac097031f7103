//! Every skeleton in every form, as it is offered and with other values at its placeholders: strict parsers read it, no line
//! is too long, and the checker finds nothing but the risks that its purpose implies.

use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::Analysis;
use connect_policy_ide::skeletons::{Form, Skeleton, nearest, skeleton, skeletons};
use connect_policy_ide::writing::{Notation, PLACEHOLDERS, Quote, SnippetText, WritingStyle};
use connect_policy_model::PolicyKind;
use connect_policy_syntax::{Document, Format};
use expect_test::{Expect, expect};

/// The findings that belong to a skeleton, and why.
const EXPECTED: &[(&str, &str, &str)] = &[
    ("instance-admin", "destructive-action", "administration includes closing queues"),
    ("instance-admin", "traffic-redirect", "administration includes changing flows"),
    ("instance-admin", "data-exposure", "administration includes reading contact records"),
    ("read-only", "data-exposure", "reading contact records is part of read-only access"),
    ("agent-sign-in", "credential-exposure", "signing in is its purpose"),
    ("read-only", "data-exposure", "reading includes contacts"),
    ("instance-admin", "destructive-action", "administration includes closing queues"),
    ("instance-admin", "traffic-redirect", "administration includes changing flows"),
    ("instance-admin", "data-exposure", "an administrator reads contacts too"),
    ("contact-attributes", "data-exposure", "the function works with attributes of contacts"),
    ("contact-attributes", "destructive-action", "the function can end contacts"),
    ("agent-profile", "risky-permission", "the default profile gives access to recordings"),
    ("call-center-manager-profile", "risky-permission", "the default profile manages users and recordings"),
    ("call-center-manager-profile", "missing-permission", "a manager has the default profile Agent too"),
    ("admin-profile", "risky-permission", "the default profile gives full access"),
    ("admin-profile", "conflicting-permissions", "the default profile has both permissions of each pair"),
];

const NOTATIONS: [Notation; 4] = [Notation::Json, Notation::YamlBlock, Notation::YamlFlow, Notation::Hcl];

/// A skeleton in one form, in the file around it.
struct Sample {
    skeleton: &'static Skeleton,
    form: Form,
    style: WritingStyle,
    snippet: SnippetText,
}

impl Sample {
    fn all(adjust: impl Fn(WritingStyle) -> WritingStyle) -> Vec<Sample> {
        let catalog = Catalog::builtin();
        let mut samples = Vec::new();
        for skeleton in skeletons() {
            for (form, notation) in Form::ALL.into_iter().flat_map(|form| NOTATIONS.map(|notation| (form, notation))) {
                let style = adjust(WritingStyle::new(notation));
                if let Some(snippet) = skeleton.write(&catalog, form, &style) {
                    samples.push(Sample { skeleton, form, style, snippet });
                }
            }
        }
        samples
    }

    fn name(&self) -> String {
        format!("{} as {:?} in {:?}", self.skeleton.id, self.form, self.style.notation)
    }

    /// The resource of Terraform's that holds a policy of its kind, and the argument.
    fn argument(&self) -> (&'static str, &'static str) {
        match self.skeleton.policy_kind() {
            Some(PolicyKind::Trust) => ("aws_iam_role", "assume_role_policy"),
            Some(PolicyKind::Ceiling) => ("aws_organizations_policy", "content"),
            Some(PolicyKind::Resource) => ("aws_sqs_queue_policy", "policy"),
            _ => ("aws_iam_policy", "policy"),
        }
    }

    /// The text in a file of its own.
    fn file(&self, text: &str) -> String {
        let indent = |width: usize| text.replace('\n', &format!("\n{}", " ".repeat(width)));
        match (self.form, self.style.notation) {
            (Form::PolicyValue, Notation::YamlBlock) => format!("PolicyDocument:\n  {}\n", indent(2)),
            (Form::PolicyValue, Notation::YamlFlow) => format!("PolicyDocument: {text}\n"),
            (Form::PolicyValue, Notation::Json) => format!("{{\n  \"PolicyDocument\": {}\n}}", indent(2)),
            (Form::PolicyValue, Notation::Hcl) => {
                let (resource, argument) = self.argument();
                format!("resource \"{resource}\" \"a\" {{\n  {argument} = {}\n}}\n", indent(2))
            }
            (Form::Statements, Notation::Json) => {
                format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {}\n  ]\n}}", indent(4))
            }
            (Form::Statements, Notation::YamlBlock) => format!("Version: \"2012-10-17\"\nStatement:\n  {}\n", indent(2)),
            (Form::Statements, Notation::YamlFlow) => format!("Version: \"2012-10-17\"\nStatement: [{text}]\n"),
            (Form::Statements, Notation::Hcl) => {
                let (resource, argument) = self.argument();
                format!(
                    "resource \"{resource}\" \"a\" {{\n  {argument} = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [\n      {}\n    ]\n  }})\n}}\n",
                    indent(6)
                )
            }
            (Form::StatementBlocks, _) => format!("data \"aws_iam_policy_document\" \"a\" {{\n  {}\n}}\n", indent(2)),
            (Form::Resource, Notation::Json) => format!(
                "{{\n  \"Parameters\": {{\n    \"InstanceArn\": {{ \"Type\": \"String\" }}\n  }},\n  \"Resources\": {{\n    {}\n  }}\n}}",
                indent(4)
            ),
            (Form::Resource, Notation::YamlFlow) => {
                format!("Parameters: {{ InstanceArn: {{ Type: String }} }}\nResources: {{ {text} }}\n")
            }
            (Form::Resource, _) => format!("Parameters:\n  InstanceArn:\n    Type: String\nResources:\n  {}\n", indent(2)),
            _ => text.to_owned(),
        }
    }

    fn format(&self) -> Format {
        match self.style.notation {
            Notation::Json => Format::Json,
            Notation::YamlBlock | Notation::YamlFlow => Format::Yaml,
            Notation::Hcl => Format::Hcl,
        }
    }
}

/// With other values at the placeholders.
fn filled(snippet: &SnippetText) -> String {
    snippet.fill(|stop| PLACEHOLDERS.iter().find(|placeholder| placeholder.name == stop.name).map(|placeholder| placeholder.sample))
}

#[test]
fn the_checker_finds_nothing_but_risks_that_belong_to_the_purpose() {
    let catalog = Arc::new(Catalog::builtin());
    let mut failures = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for sample in Sample::all(|style| style) {
        for text in [sample.snippet.text().to_owned(), filled(&sample.snippet)] {
            let text = sample.file(&text);
            let analysis = Analysis::new(Document::read(text.clone(), sample.format()), Arc::clone(&catalog));
            let meaning = analysis.meaning();
            // The permission of a function and a profile without permissions are no policies yet.
            let is_other =
                sample.skeleton.id == "ai-agent-profile" || text.contains("ambda_permission") || text.contains("Lambda::Permission");
            assert!(is_other || !meaning.policies.is_empty() || !meaning.permission_lists.is_empty(), "nothing is recognized:\n{text}");
            for finding in analysis.diagnostics() {
                seen.push((sample.skeleton.id, finding.rule));
                if !EXPECTED.iter().any(|(id, rule, _)| *id == sample.skeleton.id && *rule == finding.rule) {
                    failures.push(format!("{}: {} {}: {}\n", sample.name(), finding.severity, finding.rule, finding.message));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.concat());
    for (id, rule, reason) in EXPECTED {
        assert!(seen.contains(&(id, rule)), "{id}: {rule} is not found any more: {reason}");
    }
}

#[test]
fn strict_parsers_read_every_skeleton() {
    let styles: [fn(WritingStyle) -> WritingStyle; 3] = [
        |style| style,
        |style| WritingStyle { line_end: "\r\n", quote: Quote::Single, has_indented_dashes: false, ..style },
        |style| WritingStyle { indent: "    ".to_owned(), ..style },
    ];
    for sample in styles.into_iter().flat_map(Sample::all) {
        for text in [sample.snippet.text().to_owned(), filled(&sample.snippet)] {
            let text = sample.file(&text);
            let outcome = match sample.format() {
                Format::Json => serde_json::from_str::<serde_json::Value>(&text).map(|_| ()).map_err(|error| error.to_string()),
                Format::Yaml => {
                    granit_parser::Parser::new_from_str(&text).try_for_each(|event| event.map(|_| ())).map_err(|error| error.to_string())
                }
                _ => hcl_edit::parser::parse_body(&text).map(|_| ()).map_err(|error| error.to_string()),
            };
            assert_eq!(outcome, Ok(()), "{}\n{text}", sample.name());
            assert_eq!(Document::read(text.clone(), sample.format()).tree().errors(), [], "{}\n{text}", sample.name());
        }
    }
}

#[test]
fn no_line_is_too_long() {
    for sample in Sample::all(|style| style).iter().filter(|sample| sample.style.notation != Notation::YamlFlow) {
        let text = sample.file(sample.snippet.text());
        for line in text.lines() {
            // What stands alone on its line cannot be broken.
            assert!(line.chars().count() <= 120, "{}: {} columns\n{line}", sample.name(), line.chars().count());
        }
    }
}

#[test]
fn line_ends_follow_the_document() {
    for sample in Sample::all(|style| WritingStyle { line_end: "\r\n", ..style }) {
        assert!(!sample.snippet.text().replace("\r\n", "").contains('\n'), "{}", sample.name());
    }
}

#[test]
fn placeholders_are_known_and_repeated_ones_share_a_tab_stop() {
    for sample in Sample::all(|style| style) {
        for stop in sample.snippet.stops() {
            assert!(PLACEHOLDERS.iter().any(|placeholder| placeholder.name == stop.name), "{}: {:?}", sample.name(), stop.name);
            let same = sample.snippet.stops().iter().filter(|other| other.name == stop.name);
            assert!(same.clone().all(|other| other.number == stop.number), "{}: {}", sample.name(), stop.name);
        }
        let text = sample.snippet.text();
        assert!(!text.contains(['<', '>']), "{}: an unknown placeholder\n{text}", sample.name());
        // In an editor's snippet a policy variable is text, not a variable of the editor.
        let lsp = sample.snippet.to_lsp();
        assert!(!lsp.replace("\\$", "").contains("${aws:"), "{}\n{lsp}", sample.name());
    }
}

#[test]
fn skeletons_are_listed_in_plain_words() {
    for (index, skeleton) in skeletons().iter().enumerate() {
        assert!(skeletons()[..index].iter().all(|other| other.id != skeleton.id && other.title != skeleton.title), "{}", skeleton.id);
        for text in [skeleton.title, skeleton.description] {
            assert!(text.len() <= 100 && !text.ends_with('.') && text.starts_with(|letter: char| letter.is_uppercase()), "{text}");
        }
        assert!(Form::ALL.into_iter().any(|form| skeleton.has(form)), "{}", skeleton.id);
    }
}

#[test]
fn a_misspelled_name_leads_to_the_nearest() {
    assert_eq!(nearest("read-onyl"), ["read-only"]);
    assert_eq!(nearest("admin"), ["instance-admin", "admin-profile"]);
    assert_eq!(nearest("zzz"), [""; 0]);
    assert!(skeleton("read-only").is_some() && skeleton("nothing").is_none());
}

#[track_caller]
fn check(id: &str, form: Form, notation: Notation, expected: Expect) {
    let snippet =
        skeleton(id).and_then(|skeleton| skeleton.write(&Catalog::builtin(), form, &WritingStyle::new(notation))).expect("a form");
    expected.assert_eq(&snippet.to_lsp().replace("\\}", "}"));
}

#[test]
fn policy_variables_are_escaped_for_each_format() {
    check(
        "agent-sign-in",
        Form::Statements,
        Notation::Json,
        expect![[r#"
        {
          "Sid": "SignInAsYourself",
          "Effect": "Allow",
          "Action": ["connect:GetFederationToken"],
          "Resource": [
            "arn:${1:aws}:connect:${2:us-east-1}:${3:111122223333}:instance/${4:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee}/user/\${aws:userid}"
          ]
        }"#]],
    );
    check(
        "agent-sign-in",
        Form::Resource,
        Notation::YamlBlock,
        expect![[r#"
        ${1:ConnectPolicy}:
          Type: AWS::IAM::ManagedPolicy
          Properties:
            PolicyDocument:
              Version: "2012-10-17"
              Statement:
                - Sid: SignInAsYourself
                  Effect: Allow
                  Action:
                    - connect:GetFederationToken
                  Resource:
                    - !Sub "\${${2:InstanceArn}}/user/\${!aws:userid}""#]],
    );
    check(
        "agent-sign-in",
        Form::Terraform,
        Notation::Hcl,
        expect![[r#"
        data "aws_iam_policy_document" "${1:connect}" {
          statement {
            sid     = "SignInAsYourself"
            effect  = "Allow"
            actions = ["connect:GetFederationToken"]

            resources = [
              "arn:${2:aws}:connect:${3:us-east-1}:${4:111122223333}:instance/${5:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee}/user/\$\${aws:userid}",
            ]
          }
        }

        resource "aws_iam_policy" "${1:connect}" {
          name   = "${6:connect-policy}"
          policy = data.aws_iam_policy_document.${1:connect}.json
        }"#]],
    );
}

#[test]
fn one_profile_in_every_form() {
    check(
        "restricted-profile",
        Form::TemplateFile,
        Notation::YamlBlock,
        expect![[r#"
            AWSTemplateFormatVersion: "2010-09-09"
            Parameters:
              ${1:InstanceArn}:
                Type: String
                Description: ARN of the Amazon Connect instance
            Resources:
              ${2:TeamLeadProfile}:
                Type: AWS::Connect::SecurityProfile
                Properties:
                  InstanceArn: !Ref ${1:InstanceArn}
                  SecurityProfileName: ${3:TeamLead}
                  Description: ${4:Leads one team}
                  Permissions:
                    - BasicAgentAccess
                    - OutboundCallAccess
                    - Queues.View
                    - Users.View
                  TagRestrictedResources:
                    - User
                    - Queue
                  AllowedAccessControlTags:
                    - Key: ${5:team}
                      Value: ${6:sales}"#]],
    );
    check(
        "restricted-profile",
        Form::Resource,
        Notation::Json,
        expect![[r#"
            "${1:TeamLeadProfile}": {
              "Type": "AWS::Connect::SecurityProfile",
              "Properties": {
                "InstanceArn": { "Ref": "${2:InstanceArn}" },
                "SecurityProfileName": "${3:TeamLead}",
                "Description": "${4:Leads one team}",
                "Permissions": ["BasicAgentAccess", "OutboundCallAccess", "Queues.View", "Users.View"],
                "TagRestrictedResources": ["User", "Queue"],
                "AllowedAccessControlTags": [
                  {
                    "Key": "${5:team}",
                    "Value": "${6:sales}"
                  }
                ]
              }
            }"#]],
    );
    check(
        "restricted-profile",
        Form::TerraformCloudControl,
        Notation::Hcl,
        expect![[r#"
            resource "awscc_connect_security_profile" "${1:team_lead}" {
              instance_arn                = "arn:${2:aws}:connect:${3:us-east-1}:${4:111122223333}:instance/${5:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee}"
              security_profile_name       = "${6:TeamLead}"
              description                 = "${7:Leads one team}"
              permissions                 = ["BasicAgentAccess", "OutboundCallAccess", "Queues.View", "Users.View"]
              tag_restricted_resources    = ["User", "Queue"]
              allowed_access_control_tags = [{ key = "${8:team}", value = "${9:sales}" }]
            }"#]],
    );
    check(
        "restricted-profile",
        Form::RequestFile,
        Notation::Json,
        expect![[r#"
            {
              "InstanceId": "${1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee}",
              "SecurityProfileName": "${2:TeamLead}",
              "Description": "${3:Leads one team}",
              "Permissions": ["BasicAgentAccess", "OutboundCallAccess", "Queues.View", "Users.View"],
              "TagRestrictedResources": ["User", "Queue"],
              "AllowedAccessControlTags": {
                "${4:team}": "${5:sales}"
              }
            }"#]],
    );
    check(
        "profile",
        Form::Terraform,
        Notation::Hcl,
        expect![[r#"
            resource "aws_connect_security_profile" "${1:team_lead}" {
              instance_id = "${2:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee}"
              name        = "${3:TeamLead}"
              description = "${4:Leads one team}"
              permissions = ["BasicAgentAccess", "OutboundCallAccess", "${5:Users.View}"]
            }"#]],
    );
}
