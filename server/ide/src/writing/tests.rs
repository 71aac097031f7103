//! One outline in every notation.

use expect_test::{Expect, expect};

use super::*;
use crate::writing::words::Words;

fn policy() -> Vec<Member> {
    let statement = Outline::Map(vec![
        Member::new("Effect", Outline::Text(Words::choice(&["Allow", "Deny"]))),
        Member::new("Action", Outline::texts(&["connect:ListUsers", "connect:Describe*"])),
        Member::new("Resource", Outline::text("*")),
        Member::new("Condition", Outline::Map(vec![Member::new("aws:userid", Outline::text("${aws:userid}"))])),
    ]);
    vec![Member::new("Version", Outline::text("2012-10-17")), Member::new("Statement", Outline::List(vec![statement]))]
}

#[track_caller]
fn check(style: &WritingStyle, expected: Expect) {
    expected.assert_eq(&write_members(&policy(), style).to_lsp());
}

#[test]
fn json() {
    check(
        &WritingStyle::new(Notation::Json),
        expect![[r#"
            "Version": "2012-10-17",
            "Statement": [
              {
                "Effect": "${1|Allow,Deny|}",
                "Action": ["connect:ListUsers", "connect:Describe*"],
                "Resource": "*",
                "Condition": {
                  "aws:userid": "\${aws:userid\}"
                \}
              \}
            ]"#]],
    );
    let one_line = WritingStyle { is_one_line: true, ..WritingStyle::new(Notation::Json) };
    check(
        &one_line,
        expect![[
            r#""Version": "2012-10-17", "Statement": [{"Effect": "${1|Allow,Deny|}", "Action": ["connect:ListUsers", "connect:Describe*"], "Resource": "*", "Condition": {"aws:userid": "\${aws:userid\}"\}\}]"#
        ]],
    );
}

#[test]
fn yaml() {
    check(
        &WritingStyle::new(Notation::YamlBlock),
        expect![[r#"
            Version: "2012-10-17"
            Statement:
              - Effect: ${1|Allow,Deny|}
                Action:
                  - connect:ListUsers
                  - connect:Describe*
                Resource: "*"
                Condition:
                  aws:userid: "\${aws:userid\}""#]],
    );
    let other = WritingStyle {
        quote: Quote::Single,
        has_indented_dashes: false,
        indent: "    ".to_owned(),
        ..WritingStyle::new(Notation::YamlBlock)
    };
    check(
        &other,
        expect![[r#"
            Version: '2012-10-17'
            Statement:
            - Effect: ${1|Allow,Deny|}
              Action:
              - connect:ListUsers
              - connect:Describe*
              Resource: '*'
              Condition:
                  aws:userid: '\${aws:userid\}'"#]],
    );
    check(
        &WritingStyle::new(Notation::YamlFlow),
        expect![[r#"
            Version: "2012-10-17", Statement: [
                {
                  Effect: ${1|Allow,Deny|},
                  Action: [connect:ListUsers, connect:Describe*],
                  Resource: "*",
                  Condition: { aws:userid: "\${aws:userid\}" \}
                \}
              ]"#]],
    );
}

#[test]
fn hcl() {
    check(
        &WritingStyle::new(Notation::Hcl),
        expect![[r#"
            Version = "2012-10-17"

            Statement = [
              {
                Effect   = "${1|Allow,Deny|}"
                Action   = ["connect:ListUsers", "connect:Describe*"]
                Resource = "*"
                Condition = {
                  "aws:userid" = "\$\${aws:userid\}"
                \}
              \},
            ]"#]],
    );
}

#[test]
fn blocks_and_long_values_stand_apart() {
    let tags =
        Outline::List(vec![Outline::Map(vec![Member::new("key", Outline::text("team")), Member::new("value", Outline::text("sales"))])]);
    let statement = vec![
        Member::new("sid", Outline::text("Read")),
        Member::new("actions", Outline::texts(&["connect:ListUsers", "connect:ListQueues", "connect:ListPrompts", "connect:ListViews"])),
        Member::new("resources", Outline::texts(&["*"])),
        Member::block("condition", &[], vec![Member::new("test", Outline::cursor())]),
    ];
    let members = [
        Member::new("name", Outline::text("<label>")),
        Member::new("description", Outline::text("a \"b\"")),
        Member::new("tags", tags),
        Member::block("statement", &["a", "<label>"], statement),
    ];
    expect![[r#"
        name        = "${1:connect}"
        description = "a \\"b\\""
        tags        = [{ key = "team", value = "sales" }]

        statement "a" "${1:connect}" {
          sid = "Read"

          actions = [
            "connect:ListUsers",
            "connect:ListQueues",
            "connect:ListPrompts",
            "connect:ListViews",
          ]

          resources = ["*"]

          condition {
            test = $2
          }
        }"#]]
    .assert_eq(&write_members(&members, &WritingStyle::new(Notation::Hcl)).to_lsp().replace("\\}", "}"));
}

#[test]
fn line_ends_follow_the_style() {
    for notation in [Notation::Json, Notation::YamlBlock, Notation::Hcl] {
        let text = write_members(&policy(), &WritingStyle { line_end: "\r\n", ..WritingStyle::new(notation) });
        assert!(text.text().contains("\r\n") && !text.text().replace("\r\n", "").contains('\n'), "{text:?}");
    }
}

#[test]
fn references_of_templates_have_their_own_syntax() {
    let reference = Member::new("A", Outline::Reference(Words::new("<instance-parameter>")));
    let mut words = Words::default();
    words.verbatim("${AWS::Region}");
    words.literal("/x");
    let substitution = Member::new("B", Outline::Substitution(words));
    let members = [reference, substitution];
    expect![[r#"
        "A": { "Ref": "InstanceArn" },
        "B": { "Fn::Sub": "${AWS::Region}/x" }"#]]
    .assert_eq(write_members(&members, &WritingStyle::new(Notation::Json)).text());
    expect![[r#"
        A: !Ref InstanceArn
        B: !Sub "${AWS::Region}/x""#]]
    .assert_eq(write_members(&members, &WritingStyle::new(Notation::YamlBlock)).text());
}

#[test]
fn empty_maps_and_lists_keep_the_cursor_inside() {
    let members = [
        Member::new("Action", Outline::List(vec![Outline::cursor()])),
        Member::new("Statement", Outline::List(vec![Outline::Map(Vec::new())])),
        Member::new("Properties", Outline::Map(Vec::new())),
    ];
    expect![[r#"
        "Action": [$1],
        "Statement": [
          {
            $2
          }
        ],
        "Properties": {
          $3
        }"#]]
    .assert_eq(&write_members(&members, &WritingStyle::new(Notation::Json)).to_lsp().replace("\\}", "}"));
    expect![[r#"
        Action:
          - $1
        Statement:
          - $2
        Properties:
          $3"#]]
    .assert_eq(&write_members(&members, &WritingStyle::new(Notation::YamlBlock)).to_lsp());
    expect![[r#"
        Action = [$1]

        Statement = [
          {
            $2
          },
        ]

        Properties = {
          $3
        }"#]]
    .assert_eq(&write_members(&members, &WritingStyle::new(Notation::Hcl)).to_lsp().replace("\\}", "}"));
}

#[test]
fn placeholders_are_named_once_and_are_safe_in_every_format() {
    for (index, placeholder) in PLACEHOLDERS.iter().enumerate() {
        assert!(PLACEHOLDERS[..index].iter().all(|other| other.name != placeholder.name), "{} twice", placeholder.name);
        assert_ne!(placeholder.default, placeholder.sample, "{}", placeholder.name);
        for text in [placeholder.default, placeholder.sample] {
            assert!(!text.is_empty() && !text.contains(['"', '\'', '\\', '$', '{', '}', '<', '>', ',', '#']), "{text}");
        }
    }
}
