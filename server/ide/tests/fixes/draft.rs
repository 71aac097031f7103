//! A policy or security profile that somebody might write, with slips, and how it is written: the same in every format.

use std::fmt::Write as _;

use connect_policy_syntax::Format;
use proptest::prelude::*;
use proptest::sample::select;

use crate::settled::MARK;

/// What is written.
#[derive(Clone, Debug)]
pub(crate) enum Draft {
    Policy { version: Option<(&'static str, &'static str)>, statements: Vec<Statement> },
    Profile { permissions: Vec<&'static str> },
}

/// One statement; the words for its parts are as they are written.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    sid: Option<&'static str>,
    effect: &'static str,
    action_key: &'static str,
    actions: Vec<&'static str>,
    resources: Vec<&'static str>,
    condition: Option<(&'static str, &'static str, &'static str)>,
}

/// How it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Spaces a level.
    indent: usize,
    /// Lists on one line.
    is_flow: bool,
    /// A list of one entry as a string alone.
    is_bare: bool,
    /// A comma behind the last item, where the language takes one.
    has_trailing_comma: bool,
    /// A comment behind each entry, where the language has one.
    has_comments: bool,
    /// The quote of YAML's strings; none for plain ones.
    quote: &'static str,
    is_crlf: bool,
}

/// The languages that a draft is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Language {
    Json,
    Yaml,
    /// `jsonencode({…})`.
    Encoded,
    /// `data "aws_iam_policy_document"`, or a security profile's resource.
    Blocks,
    /// JSON in a heredoc.
    Heredoc,
}

const ACTIONS: &[&str] = &[
    "connect:ListUsers",
    "connect:ListUsers",
    "connect:DescribeUser",
    "connect:CreateUser",
    "connect:UpdateQueueName",
    "connect:List*",
    "connect:listqueues",
    "connect: ListPrompts",
    "connect:DescribeUsr",
    "connect:ListPhoneNumber",
    "conect:ListQueues",
    "qconnect:SearchSessions",
    "connect:Lst*",
    "connect:GetFederationTokens",
    "connect:ModifyInstance",
    "connect:AssociateLexBot",
    "connect:AssociateLambdaFunction",
    "connect:AssociateSecurityKey",
    "connect:UpdateInstanceAttribute",
    "s3:GetObject",
    "s3:GetObjct",
    "iam:PassRole",
];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:connect:us-east-1:123456789012:instance/a",
    "arn:aws:connect:us-east-1:123456789012:instance/a/agent/b",
    "arn:aws:connect:us-east-1:123456789012:instance/a/user/b",
    "arn:aws:connect:*:*:instance/*/quick-connect/*",
    "arn:aws:connect:us-east-1:instance/a",
    "arn:aws:connect:*:*:instance/*/queue",
    "arn:aws:qconnect:*:*:assistant/*",
    "arn:aws:connect:us-east-1:123456789012:instance:a",
];
const CONDITIONS: &[(&str, &str, &str)] = &[
    ("StringEquals", "connect:InstanceId", "a"),
    ("StringEquals", "connect:InstnceId", "a"),
    ("StringEqual", "connect:InstanceId", "a"),
    ("NumericEquals", "connect:InstanceId", "1"),
    ("stringequals", "aws:ResourceTag/team", "a"),
];
const PERMISSIONS: &[&str] = &[
    "Queues.View",
    "Queues.View",
    "Queues.Edit",
    "Users.View",
    "Users.Edit",
    "users.view",
    "Users.Veiw",
    "UsersView",
    "User.View",
    "Routing profiles - Create",
    "RealTimeMetrics.Access",
    "ContactRecording.Access",
    "ListenCallRecordings",
    "BasicAgentAccess",
    "NoSuch.View",
    "connect:ListUsers",
];

fn statement() -> impl Strategy<Value = Statement> {
    let sid = prop::option::of(select(&["One", "Two", "No good"][..]));
    let effect = select(&["Allow", "Allow", "Allow", "Deny", "allow", "Alow"][..]);
    let action_key = select(&["Action", "Action", "Action", "Actions", "action"][..]);
    let actions = prop::collection::vec(select(ACTIONS), 1..5);
    let resources = prop::collection::vec(select(RESOURCES), 1..3);
    let condition = prop::option::weighted(0.3, select(CONDITIONS));
    (sid, effect, action_key, actions, resources, condition).prop_map(|(sid, effect, action_key, actions, resources, condition)| {
        Statement { sid, effect, action_key, actions, resources, condition }
    })
}

pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    let versions = [
        Some(("Version", "2012-10-17")),
        Some(("Version", "2012-10-17")),
        Some(("Version", "2008-10-17")),
        Some(("Version", "2010-09-09")),
        Some(("Verison", "2012-10-17")),
        None,
    ];
    let version = select(versions.to_vec());
    let policy =
        (version, prop::collection::vec(statement(), 1..4)).prop_map(|(version, statements)| Draft::Policy { version, statements });
    let profile = prop::collection::vec(select(PERMISSIONS), 1..7).prop_map(|permissions| Draft::Profile { permissions });
    prop_oneof![2 => policy, 1 => profile]
}

pub(crate) fn style() -> impl Strategy<Value = Style> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (1..5_usize, flags, select(&["", "'", "\""][..])).prop_map(
        |(indent, (is_flow, is_bare, has_trailing_comma, has_comments, is_crlf), quote)| Style {
            indent,
            is_flow,
            is_bare,
            has_trailing_comma,
            has_comments,
            quote,
            is_crlf,
        },
    )
}

pub(crate) fn language() -> impl Strategy<Value = Language> {
    select(&[Language::Json, Language::Yaml, Language::Encoded, Language::Blocks, Language::Heredoc][..])
}

/// The draft as text, and the format that it is in.
pub(crate) fn write(draft: &Draft, style: Style, language: Language) -> (Format, String) {
    let object = object(draft);
    let mut out = String::new();
    let format = match language {
        Language::Json => {
            json(&mut out, &object, style, 0);
            Format::Json
        }
        Language::Yaml => {
            yaml(&mut out, &object, style, 0);
            Format::Yaml
        }
        Language::Heredoc => {
            out.push_str("resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOF\n");
            json(&mut out, &object, style, 0);
            out.push_str("\nEOF\n}\n");
            Format::Hcl
        }
        Language::Encoded => {
            out.push_str("resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode(");
            hcl(&mut out, &object, style, 2);
            out.push_str(")\n}\n");
            Format::Hcl
        }
        Language::Blocks => {
            blocks(&mut out, draft, style);
            Format::Hcl
        }
    };
    (format, if style.is_crlf { out.replace('\n', "\r\n") } else { out })
}

/// A value of any format.
enum Value {
    Text(&'static str),
    List(Vec<Value>),
    Object(Vec<(&'static str, Value)>),
}

fn texts(names: &[&'static str]) -> Value {
    Value::List(names.iter().map(|name| Value::Text(name)).collect())
}

fn object(draft: &Draft) -> Value {
    match draft {
        Draft::Profile { permissions } => Value::Object(vec![
            ("SecurityProfileName", Value::Text("a")),
            ("InstanceId", Value::Text("b")),
            ("Permissions", texts(permissions)),
        ]),
        Draft::Policy { version, statements } => {
            let version = version.map(|(key, version)| (key, Value::Text(version)));
            let statements = statements.iter().map(|statement| {
                let mut pairs: Vec<(&str, Value)> = statement.sid.map(|sid| ("Sid", Value::Text(sid))).into_iter().collect();
                pairs.push(("Effect", Value::Text(statement.effect)));
                pairs.push((statement.action_key, texts(&statement.actions)));
                pairs.push(("Resource", texts(&statement.resources)));
                if let Some((operator, key, value)) = statement.condition {
                    pairs.push(("Condition", Value::Object(vec![(operator, Value::Object(vec![(key, Value::Text(value))]))])));
                }
                Value::Object(pairs)
            });
            Value::Object(version.into_iter().chain([("Statement", Value::List(statements.collect()))]).collect())
        }
    }
}

/// The only text of a list, where the style writes it alone.
fn alone(value: &Value, style: Style) -> Option<&'static str> {
    match value {
        Value::List(items) if style.is_bare => match &items[..] {
            [Value::Text(text)] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The brackets of JSON and HCL around items that `each` writes.
fn bracketed<T>(
    out: &mut String,
    brackets: [char; 2],
    items: &[T],
    inline: bool,
    comma: [&str; 2],
    indent: [usize; 2],
    mut each: impl FnMut(&mut String, &T),
) {
    out.push(brackets[0]);
    for (index, item) in items.iter().enumerate() {
        if inline {
            out.push_str(if index == 0 { "" } else { " " });
        } else {
            let _ = write!(out, "\n{:1$}", "", indent[0]);
        }
        each(out, item);
        out.push_str(if index + 1 < items.len() { comma[0] } else { comma[1] });
    }
    if !inline {
        let _ = write!(out, "\n{:1$}", "", indent[1]);
    }
    out.push(brackets[1]);
}

fn json(out: &mut String, value: &Value, style: Style, depth: usize) {
    let inner = depth + style.indent;
    match value {
        Value::Text(text) => {
            let _ = write!(out, "\"{text}\"");
        }
        value if alone(value, style).is_some() => json(out, &Value::Text(alone(value, style).unwrap_or_default()), style, depth),
        Value::List(items) => {
            let inline = style.is_flow && matches!(items[0], Value::Text(_));
            bracketed(out, ['[', ']'], items, inline, [",", ""], [inner, depth], |out, item| json(out, item, style, inner));
        }
        Value::Object(pairs) => bracketed(out, ['{', '}'], pairs, false, [",", ""], [inner, depth], |out, (key, value)| {
            let _ = write!(out, "\"{key}\": ");
            json(out, value, style, inner);
        }),
    }
}

fn hcl(out: &mut String, value: &Value, style: Style, depth: usize) {
    let inner = depth + style.indent;
    match value {
        Value::Text(text) => {
            let _ = write!(out, "\"{text}\"");
        }
        value if alone(value, style).is_some() => hcl(out, &Value::Text(alone(value, style).unwrap_or_default()), style, depth),
        Value::List(items) => {
            let is_names = matches!(items[0], Value::Text(_));
            let inline = style.is_flow && is_names;
            let comment = if style.has_comments && is_names && !inline { format!(" # {MARK}") } else { String::new() };
            let commas = [format!(",{comment}"), format!("{}{comment}", if style.has_trailing_comma { "," } else { "" })];
            bracketed(out, ['[', ']'], items, inline, [&commas[0], &commas[1]], [inner, depth], |out, item| hcl(out, item, style, inner));
        }
        Value::Object(pairs) => bracketed(out, ['{', '}'], pairs, false, ["", ""], [inner, depth], |out, (key, value)| {
            let quote = if key.contains(':') { "\"" } else { "" };
            let _ = write!(out, "{quote}{key}{quote} = ");
            hcl(out, value, style, inner);
        }),
    }
}

fn yaml(out: &mut String, value: &Value, style: Style, depth: usize) {
    let comment = if style.has_comments { format!(" # {MARK}") } else { String::new() };
    match value {
        Value::Text(text) => {
            let quote = if style.quote.is_empty() && (text.starts_with('*') || text.contains(": ")) { "'" } else { style.quote };
            let _ = writeln!(out, " {quote}{text}{quote}{comment}");
        }
        value if alone(value, style).is_some() => yaml(out, &Value::Text(alone(value, style).unwrap_or_default()), style, depth),
        Value::List(items) if style.is_flow && matches!(items[0], Value::Text(_)) => {
            out.push(' ');
            let quote = if style.quote.is_empty() { "\"" } else { style.quote };
            bracketed(out, ['[', ']'], items, true, [",", ""], [0, 0], |out, item| {
                if let Value::Text(text) = item {
                    let _ = write!(out, "{quote}{text}{quote}");
                }
            });
            let _ = writeln!(out, "{comment}");
        }
        Value::List(items) => {
            out.push('\n');
            for item in items {
                let _ = write!(out, "{:1$}-", "", depth);
                yaml(out, item, style, depth + 2);
            }
        }
        Value::Object(pairs) => {
            for (index, (key, value)) in pairs.iter().enumerate() {
                // The first pair of an item stands behind its dash.
                let is_behind_dash = index == 0 && out.ends_with('-');
                let _ = if is_behind_dash { write!(out, " {key}:") } else { write!(out, "{:1$}{key}:", "", depth) };
                let inner = depth + style.indent;
                if matches!(value, Value::Object(_)) {
                    out.push('\n');
                }
                yaml(out, value, style, inner);
            }
        }
    }
}

fn blocks(out: &mut String, draft: &Draft, style: Style) {
    let list = |out: &mut String, depth: usize, key: &str, names: &[&'static str]| {
        let _ = write!(out, "{:1$}{key} = ", "", depth);
        hcl(out, &texts(names), Style { is_bare: false, ..style }, depth);
        out.push('\n');
    };
    match draft {
        Draft::Profile { permissions } => {
            out.push_str("resource \"aws_connect_security_profile\" \"a\" {\n  name = \"a\"\n");
            list(out, 2, "permissions", permissions);
        }
        Draft::Policy { statements, .. } => {
            out.push_str("data \"aws_iam_policy_document\" \"a\" {\n");
            for statement in statements {
                out.push_str("  statement {\n");
                if let Some(sid) = statement.sid {
                    let _ = writeln!(out, "    sid = \"{sid}\"");
                }
                let _ = writeln!(out, "    effect = \"{}\"", statement.effect);
                let key = match statement.action_key {
                    "Action" => "actions",
                    "Actions" => "action",
                    _ => "Actions",
                };
                list(out, 4, key, &statement.actions);
                list(out, 4, "resources", &statement.resources);
                if let Some((operator, key, value)) = statement.condition {
                    let _ = writeln!(
                        out,
                        "    condition {{\n      test = \"{operator}\"\n      variable = \"{key}\"\n      values = [\"{value}\"]\n    }}"
                    );
                }
                out.push_str("  }\n");
            }
        }
    }
    out.push_str("}\n");
}
