//! What a key writes: itself and what follows it, in the style of the document.

use connect_policy_model::keys::{KeyInfo, POLICY_DOCUMENT_REFERENCE, ValueShape};

use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Notation, Quote, WritingStyle};
use crate::writing::words::Words;
use crate::writing::write_members;

/// More choices than these are left to the completion of the value.
const MAX_CHOICES: usize = 8;

/// The placeholder for the label of a block.
const LABEL: &str = "label";

/// What is written around the place of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KeySurroundings {
    /// How the document is written there.
    pub(crate) style: WritingStyle,
    /// Whether a colon, an equals sign or a value follows, so that only the key is missing. Whatever quotes are there stay.
    pub(crate) has_value: bool,
    /// The quote that was typed in front of the key. The text replaces everything behind it, a closing quote included, unless
    /// a value follows.
    pub(crate) opening_quote: Option<Quote>,
    /// Whether a comma must separate the key from what stands in front of it.
    pub(crate) needs_comma_before: bool,
    /// Whether a comma must separate the value from the key behind it.
    pub(crate) needs_comma_after: bool,
    /// By how many columns the key stands behind the indentation of its line: 2 behind the dash of a YAML item.
    pub(crate) hanging: usize,
    /// The label of a policy document of the file, to refer to.
    pub(crate) policy_document: Option<String>,
}

/// The text that a key writes, with tab stops where its value is typed. The name may hold placeholders.
pub(crate) fn key_text(name: &str, value: ValueShape, around: &KeySurroundings) -> SnippetText {
    let style = around.opening_quote.map_or_else(|| around.style.clone(), |quote| WritingStyle { quote, ..around.style.clone() });
    if around.has_value {
        return key_alone(name, &style, around.opening_quote.is_some());
    }
    let mut member = member(name, value, style.notation);
    if let Some(label) = &around.policy_document {
        member.each_text(&mut |_, words| words.rename(LABEL, |_| label.clone()));
    }
    let mut text = SnippetText::default();
    if around.needs_comma_before {
        text.push(", ");
    }
    let written = write_members(&[member], &style).indented(&" ".repeat(around.hanging));
    text.append(&match around.opening_quote {
        Some(_) if style.notation == Notation::Json => written.without_start(1),
        // YAML's keys are written without quotes; one that was typed is closed.
        Some(quote) => closed(&written, &Words::new(name).text(), quote),
        None => written,
    });
    if around.needs_comma_after {
        text.push(",");
    }
    text
}

fn key_alone(name: &str, style: &WritingStyle, is_quoted: bool) -> SnippetText {
    let mut text = SnippetText::default();
    let needs_quotes = style.notation == Notation::Json && !is_quoted;
    let quote = if needs_quotes { "\"" } else { "" };
    text.push(quote);
    Words::new(name).write(&mut text, str::to_owned);
    text.push(quote);
    text
}

/// The text with a quote behind its key.
fn closed(text: &SnippetText, name: &str, quote: Quote) -> SnippetText {
    let mut out = SnippetText::default();
    out.push(name);
    out.push(match quote {
        Quote::Double => "\"",
        Quote::Single => "'",
    });
    out.append(&text.clone().without_start(name.len()));
    out
}

/// A key with the value that its shape asks for.
fn member(name: &str, shape: ValueShape, notation: Notation) -> Member {
    match shape {
        ValueShape::Block(keys) => Member::block(name, &[], required(keys, notation)),
        shape => Member::new(name, value(shape, notation)),
    }
}

fn value(shape: ValueShape, notation: Notation) -> Outline {
    match shape {
        ValueShape::Text => Outline::Text(Words::cursor()),
        ValueShape::Fixed(text) => Outline::text(text),
        ValueShape::Choice(values) => Outline::Text(choice(values)),
        ValueShape::Boolean => Outline::Expression(choice(shape.known_values())),
        ValueShape::Number => Outline::cursor(),
        ValueShape::Reference if notation == Notation::Json => Outline::Text(Words::cursor()),
        ValueShape::Reference => Outline::cursor(),
        ValueShape::List(_) | ValueShape::ListOrText(_) => Outline::List(vec![Outline::cursor()]),
        ValueShape::Map(keys) | ValueShape::Block(keys) => Outline::Map(required(keys, notation)),
        ValueShape::MapList(keys) => Outline::List(vec![Outline::Map(required(keys, notation))]),
        ValueShape::Policy(_) => Outline::Map(required(shape.keys(), notation)),
        ValueShape::PolicyText(_) if notation == Notation::Hcl => {
            let mut words = Words::default();
            words.literal(POLICY_DOCUMENT_REFERENCE);
            words.append(Words::new("<label>"));
            words.literal(".json");
            Outline::Expression(words)
        }
        ValueShape::PolicyText(_) => Outline::Text(Words::cursor()),
        ValueShape::Statements => Outline::List(vec![Outline::Map(Vec::new())]),
    }
}

/// The keys without which the value would be rejected.
fn required(keys: &[KeyInfo], notation: Notation) -> Vec<Member> {
    keys.iter().filter(|key| key.is_required).map(|key| member(key.name, key.value, notation)).collect()
}

/// A tab stop with the values to choose from, as far as they are few.
fn choice(values: &'static [&'static str]) -> Words {
    match values {
        [only] => Words::new(only),
        _ if values.len() <= MAX_CHOICES => Words::choice(values),
        _ => Words::cursor(),
    }
}

#[cfg(test)]
mod tests {
    use connect_policy_model::PolicyKind;
    use connect_policy_model::keys::{KeyPlace, keys, keys_within};
    use connect_policy_syntax::{Document, Format};
    use expect_test::{Expect, expect};

    use super::*;

    const STATEMENT: KeyPlace<'_> = KeyPlace::Statement(PolicyKind::Unknown);
    const DOCUMENT: KeyPlace<'_> = KeyPlace::TerraformData("aws_iam_policy_document");

    fn find(keys: &[KeyInfo], name: &str) -> KeyInfo {
        *keys.iter().find(|key| key.name == name).unwrap_or_else(|| panic!("no key {name}"))
    }

    fn text(keys: &[KeyInfo], name: &str, around: &KeySurroundings) -> String {
        key_text(name, find(keys, name).value, around).to_lsp().replace("\\}", "}")
    }

    fn empty_line(style: WritingStyle) -> KeySurroundings {
        KeySurroundings {
            style,
            has_value: false,
            opening_quote: None,
            needs_comma_before: false,
            needs_comma_after: false,
            hanging: 0,
            policy_document: None,
        }
    }

    fn line(notation: Notation) -> KeySurroundings {
        empty_line(WritingStyle::new(notation))
    }

    #[track_caller]
    fn check(place: KeyPlace<'_>, names: &[&str], notation: Notation, expected: Expect) {
        let texts: Vec<String> = names.iter().map(|name| text(keys(place), name, &line(notation))).collect();
        expected.assert_eq(&texts.join("\n"));
    }

    #[test]
    fn a_statements_keys_write_what_follows_them() {
        let names = ["Effect", "Action", "Resource", "Principal", "Sid", "Condition"];
        check(
            STATEMENT,
            &names,
            Notation::Json,
            expect![[r#"
                "Effect": "${1|Allow,Deny|}"
                "Action": [$1]
                "Resource": [$1]
                "Principal": {
                  $1
                }
                "Sid": "$1"
                "Condition": {
                  $1
                }"#]],
        );
        check(
            STATEMENT,
            &names,
            Notation::YamlBlock,
            expect![[r#"
                Effect: ${1|Allow,Deny|}
                Action:
                  - $1
                Resource:
                  - $1
                Principal:
                  $1
                Sid: $1
                Condition:
                  $1"#]],
        );
        check(
            STATEMENT,
            &names[1..],
            Notation::Hcl,
            expect![[r#"
                Action = [$1]
                Resource = [$1]
                Principal = {
                  $1
                }
                Sid = "$1"
                Condition = {
                  $1
                }"#]],
        );
    }

    #[test]
    fn policies_are_begun_with_their_version() {
        let names = ["Version", "Statement"];
        check(
            KeyPlace::Policy,
            &names,
            Notation::Json,
            expect![[r#"
                "Version": "2012-10-17"
                "Statement": [
                  {
                    $1
                  }
                ]"#]],
        );
        check(
            KeyPlace::ResourceProperties("AWS::IAM::Role"),
            &["AssumeRolePolicyDocument", "Policies", "Tags", "MaxSessionDuration"],
            Notation::YamlBlock,
            expect![[r#"
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - $1
                Policies:
                  - PolicyName: $1
                    PolicyDocument:
                      Version: "2012-10-17"
                      Statement:
                        - $2
                Tags:
                  - Key: $1
                    Value: $2
                MaxSessionDuration: $1"#]],
        );
    }

    #[test]
    fn terraforms_blocks_are_written_with_their_required_arguments() {
        let statement = keys_within(DOCUMENT, &["statement"]);
        let texts: Vec<String> =
            ["actions", "principals", "condition"].iter().map(|name| text(statement, name, &line(Notation::Hcl))).collect();
        expect![[r#"
            actions = [$1]
            principals {
              type        = "${1|Service,AWS,Federated,CanonicalUser,*|}"
              identifiers = [$2]
            }
            condition {
              test     = "$1"
              variable = "$2"
              values   = [$3]
            }"#]]
        .assert_eq(&texts.join("\n"));
        check(DOCUMENT, &["statement"], Notation::Hcl, expect!["statement {\n  $1\n}"]);
        check(
            KeyPlace::TerraformResource("awscc_connect_security_profile"),
            &["instance_arn", "permissions", "tags"],
            Notation::Hcl,
            expect![[r#"
                instance_arn = $1
                permissions = [$1]
                tags = [{ key = "$1", value = "$2" }]"#]],
        );
        check(
            KeyPlace::TerraformResource("aws_iam_role"),
            &["assume_role_policy", "force_detach_policies", "tags", "inline_policy"],
            Notation::Hcl,
            expect![[r#"
                assume_role_policy = data.aws_iam_policy_document.${1:connect}.json
                force_detach_policies = ${1|true,false|}
                tags = {
                  $1
                }
                inline_policy {
                  name   = "$1"
                  policy = data.aws_iam_policy_document.${2:connect}.json
                }"#]],
        );
    }

    #[test]
    fn only_the_key_is_written_where_a_value_follows() {
        for (notation, quote, expected) in [
            (Notation::Json, None, "\"Action\""),
            (Notation::Json, Some(Quote::Double), "Action"),
            (Notation::YamlBlock, None, "Action"),
            (Notation::YamlBlock, Some(Quote::Single), "Action"),
            (Notation::Hcl, None, "Action"),
        ] {
            let around = KeySurroundings { has_value: true, opening_quote: quote, ..line(notation) };
            assert_eq!(text(keys(STATEMENT), "Action", &around), expected, "{notation:?} {quote:?}");
        }
    }

    #[test]
    fn an_opening_quote_is_not_written_again() {
        let around = |notation, quote| KeySurroundings { opening_quote: Some(quote), ..line(notation) };
        assert_eq!(text(keys(STATEMENT), "Action", &around(Notation::Json, Quote::Double)), "Action\": [$1]");
        assert_eq!(text(keys(STATEMENT), "Sid", &around(Notation::YamlBlock, Quote::Single)), "Sid': $1");
    }

    #[test]
    fn commas_are_written_where_they_are_missing() {
        let around = KeySurroundings { needs_comma_before: true, needs_comma_after: true, ..line(Notation::Json) };
        assert_eq!(text(keys(STATEMENT), "Action", &around), ", \"Action\": [$1],");
        assert_eq!(
            text(keys(STATEMENT), "Action", &KeySurroundings { needs_comma_before: true, ..line(Notation::YamlFlow) }),
            ", Action: [$1]"
        );
    }

    #[test]
    fn lines_follow_the_style_and_the_keys_column() {
        let around = KeySurroundings { hanging: 2, ..line(Notation::YamlBlock) };
        assert_eq!(text(keys(STATEMENT), "Action", &around), "Action:\n    - $1");
        let flat = WritingStyle { has_indented_dashes: false, line_end: "\r\n", ..WritingStyle::new(Notation::YamlBlock) };
        assert_eq!(text(keys(STATEMENT), "Action", &empty_line(flat)), "Action:\r\n- $1");
        let tabs = WritingStyle { indent: "\t".to_owned(), ..WritingStyle::new(Notation::Json) };
        assert_eq!(text(keys(STATEMENT), "Condition", &empty_line(tabs)), "\"Condition\": {\n\t$1\n}");
        let one_line = WritingStyle { is_one_line: true, ..WritingStyle::new(Notation::Json) };
        assert_eq!(text(keys(STATEMENT), "Condition", &empty_line(one_line)), "\"Condition\": {$1}");
    }

    #[test]
    fn every_key_of_every_place_is_readable_and_narrow() {
        let places = [
            STATEMENT,
            KeyPlace::Policy,
            KeyPlace::Principal,
            KeyPlace::Condition,
            KeyPlace::Template,
            KeyPlace::Resource,
            KeyPlace::ResourceProperties("AWS::Connect::SecurityProfile"),
            KeyPlace::ResourceProperties("AWS::IAM::Role"),
            KeyPlace::ResourceProperties("AWS::Organizations::Policy"),
            KeyPlace::CreateSecurityProfile,
            KeyPlace::ServerlessProvider,
        ];
        for key in places.into_iter().flat_map(keys) {
            for (notation, format, open, close) in [
                (Notation::Json, Format::Json, "{", "}"),
                (Notation::YamlBlock, Format::Yaml, "", ""),
                (Notation::YamlFlow, Format::Yaml, "{", "}"),
            ] {
                let text = format!("{open}{}{close}", key_text(key.name, key.value, &line(notation)).text());
                assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
                // A number that is still to be typed is an error in JSON.
                if key.value != ValueShape::Number || notation != Notation::Json {
                    assert_eq!(Document::read(&*text, format).tree().errors(), [], "{text}");
                }
            }
        }
    }
}
