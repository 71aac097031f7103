//! Templates as people write them, most of which is not about access. `tests/speed/documents.py` has the same.

use std::fmt::Write;

use connect_policy_syntax::Format;

/// Sizes in bytes. Tests run every benchmark once, on a small document.
pub const SIZES: &[usize] = if cfg!(debug_assertions) { &[10_000] } else { &[100_000, 550_000, 5_000_000] };

const NAMES: [&str; 7] =
    ["ListUsers", "DescribeUser", "UpdateUserRoutingProfile", "CreateQueue", "List*", "DescribeQueue", "StartOutboundVoiceContact"];

/// A document of about so many bytes.
pub fn document(format: Format, size: usize) -> String {
    let mut text = match format {
        Format::Json => "{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {\n".to_owned(),
        Format::Yaml => "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n".to_owned(),
        Format::Hcl => String::new(),
    };
    let mut number = 0;
    while text.len() < size {
        let is_role = number % 8 == 0;
        let write = match format {
            Format::Json if is_role => json_role,
            Format::Json => json_function,
            Format::Yaml if is_role => yaml_role,
            Format::Yaml => yaml_function,
            Format::Hcl if is_role => hcl_document,
            Format::Hcl => hcl_function,
        };
        write(&mut text, number);
        number += 1;
    }
    if format == Format::Json {
        text.truncate(text.len() - 2);
        text.push_str("\n  }\n}\n");
    }
    text
}

fn names(number: usize) -> [&'static str; 3] {
    [0, 1, 2].map(|ahead| NAMES[(number + ahead) % NAMES.len()])
}

fn arn(number: usize) -> String {
    format!("arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-00000000{:04}", number % 10_000)
}

fn put(text: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(part);
}

fn json_role(text: &mut String, number: usize) {
    let ([one, two, three], arn) = (names(number), arn(number));
    put(
        text,
        format_args!(
            r#"    "Role{number}": {{
      "Type": "AWS::IAM::Role",
      "Properties": {{
        "Policies": [
          {{
            "PolicyName": "p",
            "PolicyDocument": {{
              "Version": "2012-10-17",
              "Statement": [
                {{
                  "Sid": "S{number}",
                  "Effect": "Allow",
                  "Action": [
                    "connect:{one}",
                    "connect:{two}",
                    "connect:{three}"
                  ],
                  "Resource": [
                    "{arn}",
                    "{arn}/queue/*",
                    "{arn}/agent/*"
                  ]
                }}
              ]
            }}
          }}
        ]
      }}
    }},
"#
        ),
    );
}

fn json_function(text: &mut String, number: usize) {
    put(
        text,
        format_args!(
            r#"    "Function{number}": {{
      "Type": "AWS::Lambda::Function",
      "Properties": {{
        "Handler": "index.handler",
        "Runtime": "nodejs20.x",
        "Timeout": 30,
        "Environment": {{
          "Variables": {{
            "KEY_0": "value {number}-0",
            "KEY_1": "value {number}-1"
          }}
        }}
      }}
    }},
"#
        ),
    );
}

fn yaml_role(text: &mut String, number: usize) {
    let ([one, two, three], arn) = (names(number), arn(number));
    put(
        text,
        format_args!(
            "  Role{number}:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: \"2012-10-17\"
            Statement:
              - Sid: S{number}
                Effect: Allow
                Action:
                  - connect:{one}
                  - \"connect:{two}\"
                  - connect:{three}
                Resource:
                  - {arn}
                  - \"{arn}/queue/*\"
                  - {arn}/agent/*
"
        ),
    );
}

fn yaml_function(text: &mut String, number: usize) {
    put(
        text,
        format_args!(
            "  Function{number}:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs20.x
      Timeout: 30
      Environment:
        Variables:
          KEY_0: value {number}-0
          KEY_1: value {number}-1
"
        ),
    );
}

fn hcl_document(text: &mut String, number: usize) {
    let ([one, two, three], arn) = (names(number), arn(number));
    put(
        text,
        format_args!(
            r#"data "aws_iam_policy_document" "d{number}" {{
  statement {{
    sid       = "S{number}"
    actions   = ["connect:{one}", "connect:{two}", "connect:{three}"]
    resources = [
      "{arn}",
      "{arn}/queue/*",
      "{arn}/agent/*",
    ]
  }}
}}

"#
        ),
    );
}

fn hcl_function(text: &mut String, number: usize) {
    put(
        text,
        format_args!(
            r#"resource "aws_lambda_function" "f{number}" {{
  function_name = "f{number}"
  handler       = "index.handler"
  timeout       = 30
  environment {{
    variables = {{
      STAGE = var.stage
      TABLE = "${{var.prefix}}-table"
    }}
  }}
}}

"#
        ),
    );
}
