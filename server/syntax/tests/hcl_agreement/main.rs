//! On sound HCL the tolerant reader must read what a strict parser reads. Both trees are brought to one model: bodies,
//! objects, lists, calls, branches and texts; any other expression is its source.

use std::fmt::Write as _;
use std::ops::Range;

use connect_policy_syntax::{Document, Flags, Format, Kind, NodeId, Style};
use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Body, Structure};
use hcl_edit::template::{Element, Template};
use proptest::prelude::*;

#[derive(Clone, PartialEq, Debug)]
enum Model {
    /// Attributes and blocks, each with its labels.
    Body(Vec<(String, Vec<String>, Model)>),
    Object(Vec<(String, Model)>),
    List(Vec<Model>),
    /// A string with its escapes resolved and its holes as they are written.
    Text(String),
    Call(String, Vec<Model>),
    Choice(Box<Model>, Box<Model>),
    ForList(Box<Model>),
    ForObject(String, Box<Model>),
    Other(String),
}

// ---- ours

fn ours(document: &Document, id: NodeId) -> Model {
    let tree = document.tree();
    let is_for = tree.node(id).flags().has(Flags::FOR);
    let children = || tree.children(id);
    match document.kind(id) {
        Kind::Block => Model::Body(document.pairs(id).map(|pair| body_item(document, pair.key, pair.value)).collect()),
        Kind::Map if is_for => {
            let pair = document.pairs(id).next().expect("a for has a pair");
            Model::ForObject(key(document, pair.key), Box::new(ours(document, pair.value)))
        }
        Kind::Map => Model::Object(document.pairs(id).map(|pair| (key(document, pair.key), ours(document, pair.value))).collect()),
        Kind::Seq if is_for => Model::ForList(Box::new(ours(document, children().next().expect("a for has a value")))),
        Kind::Seq => Model::List(children().map(|child| ours(document, child)).collect()),
        Kind::Call => Model::Call(document.value(id).into_owned(), children().map(|child| ours(document, child)).collect()),
        Kind::Choice => {
            let mut branches = children().map(|child| Box::new(ours(document, child)));
            let (yes, no) = (branches.next().expect("a branch"), branches.next().expect("a branch"));
            Model::Choice(yes, no)
        }
        Kind::Scalar if matches!(tree.node(id).style(), Style::HclString | Style::Heredoc) => Model::Text(document.value(id).into_owned()),
        Kind::Scalar => Model::Other(document.raw(id).to_owned()),
        kind => panic!("{kind:?} in sound HCL"),
    }
}

fn body_item(document: &Document, name: NodeId, value: NodeId) -> (String, Vec<String>, Model) {
    let mut labels = Vec::new();
    let mut value = value;
    while document.kind(value) == Kind::Map
        && let Some(pair) = document.pairs(value).next().filter(|pair| document.tree().node(pair.key).flags().has(Flags::LABEL))
    {
        labels.push(document.value(pair.key).into_owned());
        value = pair.value;
    }
    (document.value(name).into_owned(), labels, ours(document, value))
}

fn key(document: &Document, id: NodeId) -> String {
    let value = document.value(id);
    if document.tree().node(id).style() == Style::Expression { value.trim().to_owned() } else { value.into_owned() }
}

// ---- theirs

fn theirs(body: &Body, text: &str) -> Model {
    let item = |structure: &Structure| match structure {
        Structure::Attribute(attribute) => (attribute.key.to_string().trim().to_owned(), Vec::new(), expression(&attribute.value, text)),
        Structure::Block(block) => {
            let labels = block.labels.iter().map(|label| label.as_str().to_owned()).collect();
            (block.ident.to_string().trim().to_owned(), labels, theirs(&block.body, text))
        }
    };
    Model::Body(body.iter().map(item).collect())
}

fn expression(value: &Expression, text: &str) -> Model {
    match value {
        Expression::String(string) => Model::Text(string.as_str().to_owned()),
        Expression::StringTemplate(string) => Model::Text(template(string, text)),
        Expression::HeredocTemplate(heredoc) => Model::Text(template(&heredoc.template, text)),
        Expression::Array(array) => Model::List(array.iter().map(|item| expression(item, text)).collect()),
        Expression::Object(object) => {
            Model::Object(object.iter().map(|(key, value)| (object_key(key, text), expression(value.expr(), text))).collect())
        }
        Expression::Parenthesis(inner) => expression(inner.inner(), text),
        Expression::Conditional(choice) => {
            Model::Choice(Box::new(expression(&choice.true_expr, text)), Box::new(expression(&choice.false_expr, text)))
        }
        Expression::FuncCall(call) => {
            let mut name = String::new();
            for space in &call.name.namespace {
                write!(name, "{}::", space.as_str()).expect("writing to a string");
            }
            name.push_str(call.name.name.as_str());
            Model::Call(name, call.args.iter().map(|argument| expression(argument, text)).collect())
        }
        Expression::ForExpr(for_expr) => {
            let value = Box::new(expression(&for_expr.value_expr, text));
            match &for_expr.key_expr {
                Some(key) => Model::ForObject(text_or_source(key, text), value),
                None => Model::ForList(value),
            }
        }
        other => Model::Other(source(other.span(), text)),
    }
}

fn object_key(key: &ObjectKey, text: &str) -> String {
    match key {
        ObjectKey::Ident(name) => name.as_str().to_owned(),
        ObjectKey::Expression(Expression::Parenthesis(inner)) => source(inner.inner().span(), text),
        ObjectKey::Expression(key) => text_or_source(key, text),
    }
}

fn text_or_source(value: &Expression, text: &str) -> String {
    match expression(value, text) {
        Model::Text(key) => key,
        _ => source(value.span(), text),
    }
}

fn template(template: &Template, text: &str) -> String {
    let element = |element: &Element| match element {
        Element::Literal(literal) => literal.as_str().to_owned(),
        Element::Interpolation(hole) => source(hole.span(), text),
        Element::Directive(hole) => source(hole.span(), text),
    };
    template.iter().map(element).collect()
}

fn source(span: Option<Range<usize>>, text: &str) -> String {
    text[span.expect("a parsed expression has a place")].trim().to_owned()
}

// ---- comparison

/// Compares both readings; `None` where the strict parser refuses the text.
fn compare(text: &str) -> Option<(Model, Model)> {
    let body: Body = text.parse().ok()?;
    let document = Document::read(text, Format::Hcl);
    let root = document.roots().next().expect("a file has a body");
    // What looks like JSON in a string need not be sound.
    let is_nested = |at: usize| document.scalars().any(|id| document.inner(id).contains(&at) && document.nested(id).is_some());
    let errors: Vec<_> = document.tree().errors().iter().filter(|error| !is_nested(error.range.start)).collect();
    let ours = if errors.is_empty() { ours(&document, root) } else { Model::Other(format!("{errors:?}")) };
    Some((ours, theirs(&body, text)))
}

#[test]
fn terraform_is_read_as_the_strict_parser_reads_it() {
    let mut count = 0;
    for (index, fixture) in FIXTURES.split("#====\n").enumerate() {
        for text in [fixture.to_owned(), fixture.replace("  ", "\t"), fixture.trim_end().to_owned()] {
            let (ours, theirs) =
                compare(&text).unwrap_or_else(|| panic!("fixture {index} is not sound:\n{}", text.parse::<Body>().expect_err("unsound")));
            assert_eq!(ours, theirs, "fixture {index}");
            count += 1;
        }
        // The strict parser counts the carriage return as text in some places: compare with the reading of the same lines.
        let windows = Document::read(fixture.replace('\n', "\r\n"), Format::Hcl);
        let unix = Document::read(fixture, Format::Hcl);
        let plain = |document: &Document| format!("{:?}", ours(document, document.roots().next().expect("a body"))).replace("\\r", "");
        assert_eq!(plain(&windows), plain(&unix), "fixture {index} with CRLF");
    }
    assert!(count >= 60, "only {count} texts");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_are_read_as_the_strict_parser_reads_them(text in document(), is_windows in any::<bool>()) {
        let text = if is_windows && !text.contains("<<") { text.replace('\n', "\r\n") } else { text };
        let Some((ours, theirs)) = compare(&text) else {
            return Err(TestCaseError::fail(format!("not sound: {}\n{text}", text.parse::<Body>().expect_err("unsound"))));
        };
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}

// ---- generated documents

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z_]{0,6}",
        1 => "[a-z]-[a-z0-9]{1,3}",
        1 => Just("größe".to_owned()),
    ]
    .prop_filter("a word of the language", |name| {
        !matches!(name.as_str(), "for" | "if" | "in" | "null" | "true" | "false" | "endif" | "else" | "endfor")
    })
}

fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z0-9:*/., =#_()\\[\\]-]{0,8}",
        1 => Just("connect:ListUsers".to_owned()),
        1 => Just("日本 😀".to_owned()),
        1 => prop_oneof![Just("\\n"), Just("\\t"), Just("\\\""), Just("\\\\"), Just("\\u00e4"), Just("$${x}"), Just("%%{y}"), Just("{"), Just("}"), Just("$ ")].prop_map(str::to_owned),
        1 => prop_oneof![
            Just("${var.a}"),
            Just("${ join(\",\", [\"a\", \"}\"]) }"),
            Just("${x[\"k\"]}"),
            Just("${\"${var.b}-c\"}"),
            Just("${c ? \"a\" : \"b\"}"),
            Just("${jsonencode({ a = 1 })}"),
        ].prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// White space where line breaks mean nothing.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(""), 4 => Just(" "), 2 => Just("\n    "), 1 => Just(" # note\n "), 1 => Just(" /* a = [ */ "), 1 => Just("\n // \"x\n\n")]
}

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => string(),
        2 => (name(), name()).prop_map(|(a, b)| format!("{a}.{b}")),
        1 => prop_oneof![
            Just("12"), Just("-1.5"), Just("1e5"), Just("true"), Just("null"), Just("local.a[0].b"), Just("var.x[\"k\"]"), Just("a.*.id"), Just("a[*].id"),
            Just("!var.on"), Just("-var.n"), Just("a + b * 2"), Just("a - b"), Just("\"x\" == var.y"), Just("a && !b || c >= 3"), Just("f(1) % 2"), Just("[1, 2][0]"), Just("f(x).y"),
        ].prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            3 => list(inner.clone()),
            3 => object(inner.clone()),
            2 => (prop_oneof![Just("concat"), Just("jsonencode"), Just("provider::aws::f"), Just("toset")], prop::collection::vec((gap(), inner.clone()), 0..3))
                .prop_map(|(name, arguments)| {
                    let arguments: Vec<String> = arguments.into_iter().map(|(gap, value)| format!("{gap}{value}")).collect();
                    format!("{name}({})", arguments.join(","))
                }),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("var.on ? {a} : {b}")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("a == 1 ? {a} : b ? {b} : {c}")),
            1 => (gap(), inner.clone(), gap()).prop_map(|(before, value, after)| format!("({before}{value}{after})")),
            1 => (inner.clone(), prop::bool::ANY).prop_map(|(value, has_if)| format!("[for x in var.xs : {value}{}]", if has_if { " if x != \"\"" } else { "" })),
            1 => (inner.clone(), string()).prop_map(|(value, key)| format!("{{ for k, v in var.m : {key} => {value} }}")),
            1 => inner.prop_map(|value| format!("{{for k, v in {{ a = 1 }} : upper(k) => {value}... if v > 1}}")),
        ]
    })
}

fn list(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (prop::collection::vec((gap(), inner, gap()), 0..4), any::<bool>()).prop_map(|(items, has_trailing_comma)| {
        let count = items.len();
        let mut out = "[".to_owned();
        for (index, (before, value, after)) in items.into_iter().enumerate() {
            out.push_str(&format!("{before}{value}{after}"));
            if index + 1 < count || has_trailing_comma {
                out.push(',');
            }
        }
        out + "]"
    })
}

fn object(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let key = prop_oneof![4 => name(), 2 => "[A-Z][a-z]{1,6}".prop_map(|key| format!("\"{key}\"")), 1 => name().prop_map(|key| format!("(var.{key})"))];
    let sign = prop_oneof![3 => Just(" = "), 1 => Just("="), 2 => Just(" : "), 1 => Just(": ")];
    let end = prop_oneof![3 => Just("\n"), 1 => Just(","), 1 => Just(",\n"), 1 => Just(" # c = 1\n"), 1 => Just("\n\n")];
    prop::collection::vec((key, sign, inner, end), 0..4).prop_map(|pairs| {
        let mut out = "{".to_owned();
        let mut seen = std::collections::HashSet::new();
        for (key, sign, value, end) in pairs {
            if seen.insert(key.trim_matches('"').to_owned()) {
                out.push_str(&format!("  {key}{sign}{value}{end}"));
            }
        }
        out + "}"
    })
}

fn heredoc() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => "[a-z{}\":, \\[\\]]{0,10}".prop_filter("no marker", |line| !line.trim().is_empty()),
        1 => Just("{ \"Action\": \"connect:*\", \"Resource\": \"${x.arn}/*\" }".to_owned()),
        1 => Just("a $${b} %%{c} \\n".to_owned()),
    ];
    (prop::collection::vec(line, 1..5), any::<bool>(), "[ ]{0,4}").prop_map(|(lines, is_indented, indent)| {
        let dash = if is_indented { "-" } else { "" };
        // All lines are indented alike: the strict parser goes wrong where a hole stands in a line that is not.
        let body: String = lines.iter().map(|line| format!("{indent}{}\n", line.trim_start())).collect();
        format!("<<{dash}EOF\n{body}{indent}EOF")
    })
}

fn body() -> impl Strategy<Value = String> {
    let attribute = (
        name(),
        prop_oneof![8 => value().boxed(), 1 => heredoc().boxed()],
        prop_oneof![4 => Just(""), 1 => Just(" # x = ["), 1 => Just(" // \"")],
    )
        .prop_map(|(name, value, comment)| {
            let comment = if value.contains("<<") { "" } else { comment };
            format!("{name} = {value}{comment}\n")
        });
    // A name stands only once in a body.
    let attributes = prop::collection::vec(attribute, 0..4)
        .prop_map(|items| items.into_iter().enumerate().map(|(index, item)| format!("q{index}-{item}")).collect::<String>());
    attributes.prop_recursive(3, 12, 3, |inner| {
        (
            inner.clone(),
            name(),
            prop::collection::vec(prop_oneof![name(), name().prop_map(|label| format!("\"{label}\""))], 0..3),
            inner,
            gap(),
        )
            .prop_map(|(before, name, labels, body, _)| format!("{before}{name} {} {{\n{body}}}\n", labels.join(" ")))
    })
}

fn document() -> impl Strategy<Value = String> {
    let top = prop_oneof![
        3 => ("[a-z_]{2,8}", "[a-z]{1,5}", body()).prop_map(|(kind, name, body)| format!("resource \"{kind}\" \"{name}\" {{\n{body}}}\n")),
        2 => body().prop_map(|body| format!("data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n{body}  }}\n}}\n")),
        2 => body().prop_map(|body| format!("locals {{\n{body}}}\n\n")),
        1 => (name(), value()).prop_map(|(name, value)| format!("#0{name} = {value}\n")),
        1 => (name(), leaf()).prop_map(|(name, value)| format!("one {{ {name} = {value} }}\n")),
        1 => Just("# comment { [ \"\n/* resource \"a\" {\n */\n".to_owned()),
    ];
    prop::collection::vec(top, 0..4).prop_map(|tops| {
        tops.into_iter()
            .enumerate()
            .map(|(index, top)| top.replacen("#0", &format!("q{index}-"), usize::from(top.starts_with("#0"))))
            .collect()
    })
}

// ---- realistic Terraform

/// Documents parted by lines of `#====`.
const FIXTURES: &str = r##"terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
  backend "s3" {}
}

provider "aws" {
  region = var.region
  default_tags { tags = local.tags }
}
#====
data "aws_iam_policy_document" "agents" {
  statement {
    sid    = "ReadUsers"
    effect = "Allow"
    actions = [
      "connect:DescribeUser",
      "connect:ListUsers", # all of them
      # "connect:DeleteUser",
      "connect:Search*",
    ]
    resources = ["${aws_connect_instance.main.arn}/*", aws_connect_instance.main.arn]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/team"
      values   = ["$${aws:PrincipalTag/team}"]
    }
  }

  statement {
    not_actions = ["connect:*"]
    not_principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
#====
data "aws_iam_policy_document" "dynamic" {
  dynamic "statement" {
    for_each = { for name, queue in var.queues : name => queue if queue.enabled }
    iterator = each
    content {
      sid       = "Queue${title(each.key)}"
      actions   = concat(local.read_actions, each.value.write ? ["connect:UpdateQueueName", "connect:UpdateQueueStatus"] : [])
      resources = [for arn in each.value.arns : "${arn}/*" if arn != ""]

      dynamic "condition" {
        for_each = each.value.conditions[*]
        content {
          test     = condition.value["test"]
          variable = condition.value["variable"]
          values   = toset(condition.value.values)
        }
      }
    }
  }
}
#====
resource "aws_connect_security_profile" "example" {
  instance_id = "aaaaaaaa-bbbb-cccc-dddd-111111111111"
  name        = "example"
  description = "Sales – Größe 日本 😀"

  permissions = [
    "BasicAgentAccess",
    "OutboundCallAccess",
    // "Users.View",
  ]

  tags = {
    "Name" = "Example Security Profile",
    Team : "sales"
    (var.tag) = null
  }
}
#====
resource "aws_iam_policy" "p" {
  name = "p"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["connect:DescribeUser", "connect:CreateUser"]
        Resource = "*"
      },
      {
        "Effect" : "Deny",
        "Action" : "connect:Delete*",
        "Resource" : [aws_connect_instance.main.arn, "${aws_connect_instance.main.arn}/*"],
        "Condition" : { "StringNotEquals" : { "aws:ResourceTag/team" : var.team } }
      }
    ]
  })
}
#====
resource "aws_iam_policy" "heredoc" {
  name   = "heredoc"
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["connect:ListUsers"], "Resource": "${aws_connect_instance.main.arn}/*" }
  ]
}
EOF
  tags   = {}
}

resource "aws_iam_role_policy" "indented" {
  role   = aws_iam_role.r.id
  policy = <<-POLICY
    {
      "Statement": {
        "Action": "connect:*"
      }
    }
    POLICY
}
#====
module "profiles" {
  source   = "./modules/profiles"
  for_each = toset(["agents", "supervisors"])

  security_profiles = {
    agents = {
      permissions = ["BasicAgentAccess"]
    }
    "supervisors" = {
      permissions = setunion(["RealtimeContactLens.View"], local.common)
      inherits    = ["agents"]
    }
  }
  providers = {
    aws = aws.eu
  }
  depends_on = [aws_connect_instance.main, module.other["x"].thing]
}
#====
variable "actions" {
  type = list(object({
    name    = string
    enabled = optional(bool, true)
    tags    = map(string)
  }))
  default     = []
  description = "Actions, e.g. \"connect:ListUsers\"\nand so on."
  validation {
    condition     = alltrue([for a in var.actions : can(regex("^connect:[A-Z*]", a.name))])
    error_message = "Each must begin with \"connect:\"."
  }
}

output "arn" {
  value     = try(aws_iam_policy.p[0].arn, null)
  sensitive = true
}
#====
# terraform.tfvars
region = "eu-central-1"
queues = {
  sales = { enabled = true, arns = ["arn:aws:connect:eu-central-1:123456789012:instance/abc"], write = false }
}
security_profiles = [
  { name = "Agents", permissions = ["BasicAgentAccess", "Users.View"] },
  { name = "Admins", permissions = ["Users.Create"] },
]
limit = -1
ratio = 0.5
#====
locals {
  read_actions = ["connect:Describe*", "connect:List*"]
  write        = var.enabled ? ["connect:UpdateUserIdentityInfo"] : var.force ? ["connect:*"] : []
  all = distinct(flatten([
    local.read_actions,
    [for p in values(var.profiles) : p.actions],
    var.enabled ? local.write : [],
  ]))
  by_name = { for p in var.profiles : p.name => p.actions... }
  joined  = join(",", sort(local.all))
  sum     = 1 + 2 * (3 - 4) / 5 % 6
  logic   = !var.a && (var.b || var.c == null) && length(var.d) >= 2
}
#====
resource "null_resource" "script" {
  provisioner "local-exec" {
    command = <<-EOT
      set -e
      if [ "$${X}" = "y" ]; then
        echo "${var.name}" > out.txt
      fi
    EOT
    interpreter = ["bash", "-c"]
  }
  triggers = { always = timestamp() }
  lifecycle {
    ignore_changes        = [tags["x"], tags]
    create_before_destroy = true
  }
}
#====
locals {
  text   = "%{ if var.on }yes%{ else }no%{ endif }"
  nested = "a-${join("-", [for s in ["x", "y"] : "${s}-${upper("z${s}")}"])}-b"
  quoted = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
  slash  = "C:\\dir\\"
  hash   = "a # b // c /* d"
  pct    = "100%"
  dollar = "$5 and $ and %"
  empty  = ""
}
#====
/* A header comment
   with resource "x" "y" { inside
*/
resource "aws_iam_role" "role" {
  assume_role_policy = jsonencode({
    Statement = [{
      Action    = "sts:AssumeRole"
      Effect    = "Allow"
      Principal = { Service = "connect.amazonaws.com" }
    }]
  })

  inline_policy {
    name = "x"
    policy = jsonencode({ Statement = [{ Action = "connect:*", Effect = "Allow", Resource = "*" }] })
  }
}
#====
one { a = 1 }
two "x" { b = [] }
three x "y" {}
empty {
}
#====
locals {
  multi = (
    var.on
    ? ["a"]
    : ["b"]
  )
  chain = (var.a == "x" ?
    "1" :
    var.a == "y" ?
    "2" :
  "3")
  call = merge(
    local.a,
    { b = 2 },
    var.c...
  )
}
#====
resource "awscc_connect_security_profile" "x" {
  security_profile_name = "x"
  applications = [{
    namespace               = "ns"
    application_permissions = ["ACCESS"]
  }]
  allowed_access_control_tags = [
    { key = "a", value = "b" }, { key = "c", value = "d" }
  ]
}
#====
moved {
  from = aws_iam_policy.a
  to   = aws_iam_policy.b["k"]
}

import {
  to = aws_connect_instance.main
  id = "f1288a1f-6193-445a-b47e-af739b2"
}

check "health" {
  data "http" "x" { 
    url = "https://example.com/a//b"
  }
  assert {
    condition     = data.http.x.status_code == 200
    error_message = "${data.http.x.url} returned an unhealthy status code"
  }
}
#====
locals {
  objects = [
    {
      a = 1
    },
    {
      a = 2,
      b = [{ c = { d = ["e"] } }],
    }
  ]
  index   = var.list[length(var.list) - 1].name[0]
  splat   = aws_instance.x[*].id
  legacy  = aws_instance.x.*.id
  neg     = -var.x
  lookup  = lookup({ a = "b" }, "a", "c")
  indexed = { a = "b" }["a"]
  key     = local.m["a.b"].c
}
#====
locals { # comment behind a brace
  a = [ # comment behind a bracket
    "x" # comment behind an item
    , "y"
  ] # comment behind the end
  b = { /* inside */ c = 1 /* before the end */ }

  // between
}
#====
output "policy" {
  value = templatefile("${path.module}/policy.json.tftpl", { arn = "${aws_connect_instance.main.arn}", actions = jsonencode(["connect:ListUsers"]) })
}

resource "x" "y" {
  count  = var.create ? 1 : 0
  policy = data.aws_iam_policy_document.agents.json
  config = yamlencode({ "a" : { "b" : [1, 2, 3] } })
  multi  = "${jsonencode({
    a = 1
    b = ["}"]
  })}"
}
#====
resource "aws_ssoadmin_permission_set_inline_policy" "x" {
  inline_policy = sensitive(<<-EOT
    {"Statement": [{"Action": "connect:*"}]}
    EOT
  )
  other = [<<A
one
A
    , <<-B
    two
    B
  ]
}
"##;
