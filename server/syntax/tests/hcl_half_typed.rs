//! More half-typed Terraform than `mid-typing/hcl.txt` has, in the same form (`mid-typing/README.md`): names cut short, the rest
//! of a line or of the file dropped, brackets, quotes, signs and commas removed.

use connect_policy_syntax::{Document, Flags, Format, Kind, NodeId, Step, Style};

#[test]
fn half_typed_terraform() {
    check(SAMPLES);
}

/// Checks every sample of a file and reports all that fail at once.
#[track_caller]
fn check(samples: &str) {
    let mut failures = Vec::new();
    let mut count = 0;
    for sample in samples.split("===== ").skip(1) {
        count += 1;
        let before = failures.len();
        let (head, text) = sample.split_once("-----\n").expect("a sample has a text");
        let mut head = head.lines();
        let title = head.next().expect("a sample has a title");
        let (text, cursor) = prepare(text, title);
        let document = Document::read(text.as_str(), Format::Hcl);
        check_shape(&document);
        for line in head.filter(|line| !line.is_empty()) {
            let (field, value) = line.split_once(": ").expect("a field has a value");
            match field {
                "path" => {
                    let path = path_at(&document, cursor);
                    if path != value {
                        failures.push(format!("{title}\n  path is   {path}\n  should be {value}"));
                    }
                }
                "tok" => {
                    let token = token_at(&document, cursor);
                    if token != value {
                        failures.push(format!("{title}\n  token is  {token}\n  should be {value}"));
                    }
                }
                "keep" => {
                    let (path, raw) = value.split_once(" = ").expect("a kept value");
                    let found: Vec<&str> = all_at(&document, path).into_iter().map(|id| document.raw(id)).collect();
                    if !found.contains(&raw) {
                        failures.push(format!("{title}\n  {path} is {found:?}\n  should be {raw}"));
                    }
                }
                _ => panic!("{title}: unknown field {field}"),
            }
        }
        if failures.len() > before {
            failures.push(format!("{}\n", outline(&document)));
        }
    }
    assert!(count >= 30, "the samples were not read");
    assert!(failures.is_empty(), "{} failures in {count} samples:\n{}", failures.len(), failures.join("\n"));
}

fn prepare(text: &str, title: &str) -> (String, usize) {
    let mut text = text.replace('→', "\t");
    if title.contains(" noeol") {
        text = text.trim_end_matches('\n').to_owned();
    }
    if title.contains(" crlf") {
        text = text.replace('\n', "\r\n");
    }
    if title.contains(" bom") {
        text.insert(0, '\u{feff}');
    }
    let cursor = text.find('¦').expect("a sample has a cursor");
    text.remove(cursor);
    (text, cursor)
}

fn path_at(document: &Document, cursor: usize) -> String {
    let mut path = String::new();
    for step in document.locate(cursor).path {
        match step {
            Step::Key(key) => push_key(&mut path, document, key),
            Step::Item(_, index) => path.push_str(&format!("[{index}]")),
            Step::Argument(call, index) => push_argument(&mut path, document, call, index),
            Step::NewKey(map) => {
                push_block_index(&mut path, document, map);
                path.push_str(if path.is_empty() { "*" } else { ".*" });
            }
            Step::Nested(_) => break,
        }
    }
    path
}

/// YAML's tags are calls in the tree, but a path names only what Terraform writes as a function.
fn push_argument(path: &mut String, document: &Document, call: NodeId, index: usize) {
    let name = document.value(call);
    if !name.starts_with('!') {
        path.push_str(&format!(".{name}({index})"));
    }
}

fn push_key(path: &mut String, document: &Document, key: NodeId) {
    if let Some(map) = document.tree().parent(key) {
        push_block_index(path, document, map);
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&document.value(key));
}

/// A block without labels has a number among those of its name.
fn push_block_index(path: &mut String, document: &Document, block: NodeId) {
    let tree = document.tree();
    let Some(key) = document.key_of(block) else { return };
    if document.kind(block) != Kind::Block || tree.node(key).flags().has(Flags::LABEL) {
        return;
    }
    let name = document.value(key);
    let above = tree.parent(block).expect("a key has a parent");
    let index = document.values(above, &name).filter(|&value| document.kind(value) == Kind::Block).position(|value| value == block);
    path.push_str(&format!("[{}]", index.expect("a block is among its siblings")));
}

fn token_at(document: &Document, cursor: usize) -> String {
    // A document in a heredoc or block scalar is one token to the samples.
    let located = document.locate(cursor);
    let block = located.path.iter().find_map(|step| match step {
        Step::Nested(scalar) => Some(*scalar),
        _ => None,
    });
    let Some(token) = block.or(located.token) else { return "-".to_owned() };
    match document.tree().node(token).style() {
        Style::Heredoc => "HEREDOC".to_owned(),
        Style::YamlLiteral | Style::YamlFolded => "BLOCK".to_owned(),
        _ if document.kind(token) == Kind::Missing => "-".to_owned(),
        _ => document.raw(token).to_owned(),
    }
}

/// Every node at a path such as `Statement[0].Action` or `policy.jsonencode(0).Version`; several where keys repeat.
fn all_at(document: &Document, path: &str) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = document.roots().collect();
    for step in steps(path) {
        found = found.into_iter().flat_map(|id| through(document, id)).flat_map(|id| step_into(document, id, &step)).collect();
    }
    found
}

enum PathStep {
    Key(String),
    Index(usize),
    Call(String, usize),
}

fn steps(path: &str) -> Vec<PathStep> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, indices) = match part.find(['[', '(']) {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        let number = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("an index is a number");
        if let Some(rest) = indices.strip_prefix('(') {
            let (argument, rest) = rest.split_once(')').expect("a call is closed");
            steps.push(PathStep::Call(name.to_owned(), number(argument)));
            steps.extend(rest.split_inclusive(']').map(|index| PathStep::Index(number(index))));
        } else {
            if !name.is_empty() {
                steps.push(PathStep::Key(name.to_owned()));
            }
            steps.extend(indices.split_inclusive(']').map(|index| PathStep::Index(number(index))));
        }
    }
    steps
}

/// Looks through what a path does not name: branches, tags, nested documents.
fn through(document: &Document, id: NodeId) -> Vec<NodeId> {
    let inside: Vec<NodeId> = match document.kind(id) {
        Kind::Choice | Kind::Stream | Kind::Scalar => document.tree().children(id).collect(),
        Kind::Call if document.value(id).starts_with('!') => document.tree().children(id).collect(),
        _ => Vec::new(),
    };
    let mut all = vec![id];
    all.extend(inside.into_iter().flat_map(|child| through(document, child)));
    all
}

fn step_into(document: &Document, id: NodeId, step: &PathStep) -> Vec<NodeId> {
    match step {
        PathStep::Key(name) => document.values(id, name).collect(),
        PathStep::Index(index) if document.kind(id) == Kind::Block => {
            let Some(key) = document.key_of(id) else { return Vec::new() };
            let above = document.tree().parent(id).expect("a block has a parent");
            let position = document
                .values(above, &document.value(key))
                .filter(|&value| document.kind(value) == Kind::Block)
                .position(|value| value == id);
            if position == Some(*index) { vec![id] } else { Vec::new() }
        }
        PathStep::Index(index) => document.items(id).nth(*index).into_iter().flat_map(|id| through(document, id)).collect(),
        PathStep::Call(name, argument) if document.kind(id) == Kind::Call && document.value(id) == *name => {
            document.tree().children(id).nth(*argument).into_iter().collect()
        }
        PathStep::Call(name, argument) => {
            // The call stands under a key of the path that was already followed, or under its own key.
            document
                .values(id, name)
                .chain(document.tree().children(id))
                .flat_map(|child| step_into_call(document, child, name, *argument))
                .collect()
        }
    }
}

fn step_into_call(document: &Document, id: NodeId, name: &str, argument: usize) -> Vec<NodeId> {
    if document.kind(id) == Kind::Call && document.value(id) == name {
        document.tree().children(id).nth(argument).into_iter().collect()
    } else {
        Vec::new()
    }
}

/// What holds in every tree, broken text or not.
#[track_caller]
fn check_shape(document: &Document) {
    let tree = document.tree();
    for id in tree.subtree(NodeId::STREAM) {
        let node = tree.node(id);
        let (range, inner) = (node.range(), node.inner());
        assert!(range.start <= range.end && range.end <= document.text().len(), "{id:?} {range:?}");
        assert!(range.start <= inner.start && inner.end <= range.end, "{id:?} {range:?} {inner:?}");
        for at in [range.start, range.end, inner.start, inner.end] {
            assert!(document.text().is_char_boundary(at), "{id:?} at {at}");
        }
        if let Some(above) = tree.parent(id) {
            let around = tree.node(above).range();
            assert!(around.start <= range.start && range.end <= around.end, "{id:?} {range:?} leaves {around:?}\n{}", outline(document));
            assert!(tree.contains(above, id));
        }
        if matches!(node.kind(), Kind::Map | Kind::Block) {
            let children: Vec<NodeId> = tree.children(id).collect();
            assert!(children.len().is_multiple_of(2), "{id:?} has a key without value\n{}", outline(document));
            for (index, child) in children.into_iter().enumerate() {
                assert_eq!(tree.node(child).kind() == Kind::Key, index % 2 == 0, "{id:?}\n{}", outline(document));
            }
        }
    }
}

fn outline(document: &Document) -> String {
    let tree = document.tree();
    let mut out = String::new();
    for id in tree.subtree(NodeId::STREAM) {
        let node = tree.node(id);
        let depth = tree.ancestors(id).count();
        let text = if matches!(node.kind(), Kind::Scalar | Kind::Key | Kind::Missing | Kind::Alias) { document.raw(id) } else { "" };
        out.push_str(&format!("{}{:?} {:?} {text:?}\n", "  ".repeat(depth), node.kind(), node.range()));
    }
    out
}

const SAMPLES: &str = r##"===== bad quote-missing-in-front
path: data.d.x.statement[0].actions[1]
tok: connect:Cre"
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].actions[2] = "connect:C"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    actions = [
      "connect:A",
      connect:Cre¦",
      "connect:C",
    ]
    resources = ["*"]
  }
}
===== bad hole-without-opening-quote
path: data.d.x.statement[0].resources[0]
tok: ${aws_connect_instance.main.arn}/*"
keep: data.d.x.statement[0].resources[1] = "b"
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  statement {
    resources = [${aws_connect_instance.main.arn}/*¦", "b"]
    actions   = ["connect:A"]
  }
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad unclosed-among-three
path: locals[0].a[1]
tok: "connect:B
keep: locals[0].a[0] = "connect:A"
keep: locals[0].a[2] = "connect:C"
keep: locals[0].b = "x"
-----
locals {
  a = ["connect:A", "connect:B¦, "connect:C"]
  b = "x"
}
===== bad unclosed-before-comment
path: resource.a.b.permissions[1]
tok: "Users.Vi
keep: resource.a.b.permissions[2] = "Users.Edit"
keep: resource.a.b.name = "n"
-----
resource "a" "b" {
  permissions = [
    "BasicAgentAccess", # one
    "Users.Vi¦, # two
    "Users.Edit",
  ]
  name = "n"
}
===== bad unclosed-attribute
path: resource.a.b.effect
tok: "All
keep: resource.a.b.name = "n"
-----
resource "a" "b" {
  effect = "All¦
  name   = "n"
}
===== bad list-without-opening-bracket
path: data.d.x.statement[0].actions[1]
tok: "connect:B"
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
keep: data.d.x.statement[1].actions[0] = "connect:D"
-----
data "d" "x" {
  statement {
    actions =
      "connect:A",
      "connect:¦B",
    ]
    resources = ["*"]
  }
  statement {
    actions = ["connect:D"]
  }
}
===== bad list-without-opening-bracket-one-line
path: data.d.x.statement[0].actions[1]
tok: "connect:B"
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    actions   = "connect:A", "connect:¦B"]
    resources = ["*"]
  }
}
===== bad objects-without-opening-bracket
path: resource.p.h.policy.jsonencode(0).Statement[1].Action
tok: "connect:B"
keep: resource.p.h.policy.jsonencode(0).Statement[0].Action = "connect:A"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = jsonencode({
    Statement =
      {
        Action = "connect:A"
      },
      {
        Action = "connect:¦B"
      }
    ]
  })
  name = "h"
}
===== bad equals-missing
path: data.d.x.statement[0].actions[0]
tok: "connect:A"
keep: data.d.x.statement[0].effect = "Allow"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    effect "Allow"
    actions ["connect:¦A"]
    resources = ["*"]
  }
}
===== bad block-without-brace
path: data.d.x.statement[0].actions[0]
tok: "connect:A"
keep: data.d.x.statement[0].effect = "Allow"
keep: data.d.x.statement[1].actions[0] = "connect:D"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  statement
    effect  = "Allow"
    actions = ["connect:¦A"]
  }
  statement {
    actions = ["connect:D"]
  }
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad resource-without-brace
path: resource.aws_iam_policy.p.name
tok: "n"
keep: resource.aws_iam_policy.p.policy.jsonencode(0).Statement[0].Action = "connect:A"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
resource "aws_iam_policy" "p"
  name   = "¦n"
  policy = jsonencode({ Statement = [{ Action = "connect:A" }] })
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad brace-on-next-line
path: resource.a.b.actions[0]
tok: "connect:A"
keep: resource.a.c.name = "n"
-----
resource "a" "b"
{
  actions = ["connect:¦A"]
}
resource "a" "c" {
  name = "n"
}
===== bad label-unclosed
path: resource.aws_iam_policy.p.actions[0]
tok: "connect:A"
keep: resource.a.c.name = "n"
-----
resource "aws_iam_policy "p" {
  actions = ["connect:¦A"]
}
resource "a" "c" {
  name = "n"
}
===== bad last-label-unclosed
path: resource.aws_iam_policy.p.actions[0]
tok: "connect:A"
keep: resource.a.c.name = "n"
-----
resource "aws_iam_policy" "p {
  actions = ["connect:¦A"]
}
resource "a" "c" {
  name = "n"
}
===== bad header-typed
path: resource.aws_connect_secu
tok: "aws_connect_secu
keep: resource.a.c.name = "n"
-----
resource "aws_connect_secu¦

resource "a" "c" {
  name = "n"
}
===== bad block-name-typed
path: data.d.x.state
tok: state
keep: data.d.x.statement[0].actions[0] = "connect:D"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  state¦

  statement {
    actions = ["connect:D"]
  }
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad block-opened
path: data.d.x.statement[0].*
tok: -
keep: data.d.x.statement[1].actions[0] = "connect:D"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  statement {
    ¦
  statement {
    actions = ["connect:D"]
  }
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad block-opened-with-attribute
path: data.d.x.statement[0].actions[1]
tok: "connect:
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[1].actions[0] = "connect:D"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  statement {
    actions = ["connect:A", "connect:¦
  statement {
    actions = ["connect:D"]
  }
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad item-on-empty-line
path: data.d.x.statement[0].actions[1]
tok: -
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    actions = [
      "connect:A",
      ¦
    resources = ["*"]
  }
}
===== bad call-without-parenthesis
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[0]
tok: "connect:A"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = jsonencode{
    Statement = [{ Action = ["connect:¦A"] }]
  })
  name = "h"
}
===== bad object-without-brace-in-call
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[0]
tok: "connect:A"
keep: resource.p.h.policy.jsonencode(0).Version = "2012-10-17"
keep: resource.p.h.name = "h"
keep: resource.p.i.name = "i"
-----
resource "p" "h" {
  policy = jsonencode(
    Version   = "2012-10-17"
    Statement = [{ Action = ["connect:¦A"] }]
  })
  name = "h"
}
resource "p" "i" {
  name = "i"
}
===== bad item-without-brace
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[0]
tok: "connect:A"
keep: resource.p.h.policy.jsonencode(0).Statement[0].Effect = "Allow"
keep: resource.p.h.policy.jsonencode(0).Statement[1].Action = "connect:D"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = jsonencode({
    Statement = [

        Effect = "Allow"
        Action = ["connect:¦A"]
      },
      { Action = "connect:D" }
    ]
  })
  name = "h"
}
===== bad item-without-closing-brace
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[0]
tok: "connect:A"
keep: resource.p.h.policy.jsonencode(0).Statement[1].Action[0] = "connect:D"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = jsonencode({
    Statement = [
      {
        Effect = "Allow"
        Action = ["connect:¦A"]

      {
        Action = ["connect:D"]
      }
    ]
  })
  name = "h"
}
===== bad map-without-brace
path: resource.p.h.tags.Name
tok: "n"
keep: resource.p.h.tags.Team = "t"
keep: resource.p.h.actions[0] = "connect:A"
keep: resource.p.i.name = "i"
-----
resource "p" "h" {
  tags =
    Name = "n¦"
    Team = "t"
  }
  actions = ["connect:A"]
}
resource "p" "i" {
  name = "i"
}
===== bad quoted-key-unclosed
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[0]
tok: "connect:A"
keep: resource.p.h.policy.jsonencode(0).Statement[0].Effect = "Allow"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = jsonencode({
    "Statement" : [{
      "Action : ["connect:¦A"],
      "Effect" : "Allow"
    }]
  })
  name = "h"
}
===== bad list-unclosed-before-quoted-key
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[1]
tok: "connect:B"
keep: resource.p.h.policy.jsonencode(0).Statement[0].Effect = "Allow"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = jsonencode({
    "Statement" : [{
      "Action" : ["connect:A", "connect:¦B",
      "Effect" : "Allow"
    }]
  })
  name = "h"
}
===== bad object-value-missing
path: resource.p.h.policy.jsonencode(0).Statement[0].Action
tok: -
keep: resource.p.h.policy.jsonencode(0).Statement[0].Resource = "*"
keep: resource.p.h.policy.jsonencode(0).Statement[0].Effect = "Allow"
-----
resource "p" "h" {
  policy = jsonencode({
    Statement = [
      {
        Effect = "Allow"
        Action = ¦
        Resource = "*"
      }
    ]
  })
}
===== bad object-key-typed
path: resource.p.h.policy.jsonencode(0).Statement[0].Act
tok: Act
keep: resource.p.h.policy.jsonencode(0).Statement[0].Resource = "*"
keep: resource.p.h.policy.jsonencode(0).Statement[0].Effect = "Allow"
-----
resource "p" "h" {
  policy = jsonencode({
    Statement = [
      {
        Effect = "Allow"
        Act¦
        Resource = "*"
      }
    ]
  })
}
===== bad one-line-object-unclosed-string
path: locals[0].p.jsonencode(0).Statement[0].Action
tok: "connect:A
keep: locals[0].p.jsonencode(0).Statement[0].Effect = "Allow"
keep: locals[0].q = "x"
-----
locals {
  p = jsonencode({ Statement = [{ Action = "connect:A¦, Effect = "Allow" }] })
  q = "x"
}
===== bad file-ends-in-object noeol
path: resource.p.h.policy.jsonencode(0).Statement[0].Action[1]
tok: "connect:Cr
keep: resource.p.h.policy.jsonencode(0).Statement[0].Action[0] = "connect:A"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  name = "h"
  policy = jsonencode({
    Statement = [
      {
        Action = [
          "connect:A",
          "connect:Cr¦
===== bad file-ends-behind-equals noeol
path: data.d.x.statement[0].actions
tok: -
keep: data.d.x.statement[0].effect = "Allow"
-----
data "d" "x" {
  statement {
    effect  = "Allow"
    actions = ¦
===== bad ternary-half
path: data.d.x.statement[0].actions[0]
tok: "connect:
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    actions   = var.on ? ["connect:¦
    resources = ["*"]
  }
}
===== bad ternary-second-branch
path: data.d.x.statement[0].actions[0]
tok: "connect:B
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    actions   = var.on ? ["connect:A"] : ["connect:B¦
    resources = ["*"]
  }
}
===== bad concat-argument-typed
path: data.d.x.statement[0].actions.concat(1)[1]
tok: "connect:C
keep: data.d.x.statement[0].actions.concat(0) = local.base
keep: data.d.x.statement[0].actions.concat(1)[0] = "connect:B"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    actions = concat(local.base, [
      "connect:B",
      "connect:C¦
    ])
    resources = ["*"]
  }
}
===== bad for-value-typed
path: locals[0].a[0]
tok: "connect:${v
keep: locals[0].b = "x"
-----
locals {
  a = [for v in ["A", "B"] : "connect:${v¦]
  b = "x"
}
===== bad heredoc-marker-typed
path: resource.p.h.policy
tok: HEREDOC
keep: resource.p.h.name = "h"
keep: resource.p.i.name = "i"
-----
resource "p" "h" {
  policy = <<EO¦
  name   = "h"
}
resource "p" "i" {
  name = "i"
}
===== bad heredoc-end-lost-same-marker-later
path: resource.p.h.policy
tok: HEREDOC
keep: resource.p.i.name = "i"
keep: resource.p.i.policy.Statement[0].Action = "connect:B"
-----
resource "p" "h" {
  policy = <<EOF
{ "Statement": [ { "Action": "connect:¦A" } ] }
}
resource "p" "i" {
  name   = "i"
  policy = <<EOF
{ "Statement": [ { "Action": "connect:B" } ] }
EOF
}
===== bad heredoc-end-typed
path: resource.p.h.policy
tok: HEREDOC
keep: resource.p.h.name = "h"
keep: resource.p.i.name = "i"
-----
resource "p" "h" {
  policy = <<EOF
{ "Statement": [ { "Action": ["connect:¦
EO
  name = "h"
}
resource "p" "i" {
  name = "i"
}
===== bad heredoc-json-unclosed
path: resource.p.h.policy
tok: HEREDOC
keep: resource.p.h.policy.Statement[0].Effect = "Allow"
keep: resource.p.h.name = "h"
-----
resource "p" "h" {
  policy = <<-EOF
    {
      "Statement": [
        {
          "Action": ["connect:A", "connect:¦],
          "Effect": "Allow"
        }
      ]
    }
    EOF
  name   = "h"
}
===== bad comment-unclosed
path: data.d.x.statement[0].actions[0]
tok: "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
-----
/* policies of
data "d" "x" {
  statement {
    actions   = ["connect:¦A"]
    resources = ["*"]
  }
}
===== bad tfvars-list-open
path: permissions[1]
tok: "Users.
keep: permissions[0] = "BasicAgentAccess"
keep: name = "n"
-----
permissions = ["BasicAgentAccess", "Users.¦
name        = "n"
===== bad tfvars-map
path: security_profiles.agents.permissions[0]
tok: "Basic
keep: security_profiles.admins.permissions[0] = "Users.View"
keep: region = "eu"
-----
security_profiles = {
  agents = { permissions = ["Basic¦ }
  admins = { permissions = ["Users.View"] }
}
region = "eu"
===== bad two-brackets-at-once crlf
path: data.d.x.statement[0].actions[1]
tok: "connect:Cre
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  statement {
    actions = [
      "connect:A",
      "connect:Cre¦
    resources = ["*"]
  }

data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad name-lost
path: data.d.x.statement[0].[1]
tok: "connect:B"
keep: data.d.x.statement[0].effect = "Allow"
keep: data.d.x.statement[0].resources[0] = "*"
-----
data "d" "x" {
  statement {
    effect = "Allow"
    = ["connect:A", "connect:¦B"]
    resources = ["*"]
  }
}
===== bad unindented
path: resource.a.b.actions[1]
tok: "connect:B
keep: resource.a.b.actions[0] = "connect:A"
keep: resource.a.b.name = "n"
keep: resource.a.c.name = "m"
-----
resource "a" "b" {
actions = [
"connect:A",
"connect:B¦
]
name = "n"
}
resource "a" "c" {
name = "m"
}
===== bad tabs
path: data.d.x.statement[0].actions[1]
tok: "connect:Cre"
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[0].resources[0] = "*"
keep: data.d.x.statement[1].actions[0] = "connect:D"
-----
data "d" "x" {
→statement {
→→actions = [
→→→"connect:A",
→→→"connect:Cre¦"
→→resources = ["*"]
→}
→statement {
→→actions = ["connect:D"]
→}
}
===== bad splat-typed
path: data.d.x.statement[0].resources[0]
tok: aws_connect_instance.
keep: data.d.x.statement[0].actions[0] = "connect:A"
-----
data "d" "x" {
  statement {
    resources = [aws_connect_instance.¦]
    actions   = ["connect:A"]
  }
}
===== bad dynamic-typed
path: data.d.x.dynamic.statement.content[0].actions[0]
tok: "connect:
keep: data.d.x.dynamic.statement.for_each = var.st
keep: data.d.y.statement[0].actions[0] = "connect:E"
-----
data "d" "x" {
  dynamic "statement" {
    for_each = var.st
    content {
      actions = ["connect:¦
    }
  }
}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
===== bad unquoted-permission
path: resource.a.b.permissions[1]
tok: Users.Vi
keep: resource.a.b.permissions[0] = "BasicAgentAccess"
keep: resource.a.b.permissions[2] = "Users.Edit"
-----
resource "a" "b" {
  permissions = [
    "BasicAgentAccess",
    Users.Vi¦
    "Users.Edit",
  ]
}
===== bad unquoted-prefix
path: locals[0].a[1]
tok: connect:
keep: locals[0].a[0] = "connect:A"
keep: locals[0].b = "x"
-----
locals {
  a = ["connect:A", connect:¦]
  b = "x"
}
===== bad second-value-in-ternary-on-lines
path: locals[0].a[1]
tok: "connect:C
keep: locals[0].a[0] = "connect:A"
keep: locals[0].b = "x"
-----
locals {
  a = (
    var.on
    ? ["connect:A"]
    : ["connect:B", "connect:C¦
  )
  b = "x"
}
===== bad hole-unclosed-before-more
path: locals[0].a[0]
tok: "connect:${var.v
keep: locals[0].a[1] = "connect:B"
keep: locals[0].b = "x"
-----
locals {
  a = ["connect:${var.v¦, "connect:B"]
  b = "x"
}
===== bad condition-without-brace
path: data.d.x.statement[0].condition[0].values[0]
tok: "y"
keep: data.d.x.statement[0].condition[0].test = "StringEquals"
keep: data.d.x.statement[0].actions[0] = "connect:A"
keep: data.d.x.statement[1].actions[0] = "connect:D"
-----
data "d" "x" {
  statement {
    actions = ["connect:A"]
    condition
      test   = "StringEquals"
      values = ["¦y"]
    }
  }
  statement {
    actions = ["connect:D"]
  }
}
===== bad closing-brace-lost-at-the-end
path: data.d.x.statement[1].actions[0]
tok: "connect:D"
keep: data.d.y.statement[0].actions[0] = "connect:E"
keep: locals[0].a = 1
-----
data "d" "x" {
  statement {
    actions = ["connect:A"]
  }
  statement {
    actions = ["connect:¦D"]

}
data "d" "y" {
  statement {
    actions = ["connect:E"]
  }
}
locals { a = 1 }
===== bad nested-call-unclosed
path: locals[0].a.distinct(0).concat(1)[0]
tok: "connect:B"
keep: locals[0].a.distinct(0).concat(0) = local.x
keep: locals[0].b[0] = "connect:C"
-----
locals {
  a = distinct(concat(local.x, ["connect:¦B"])
  b = ["connect:C"]
}
===== bad pair-of-quotes-typed
path: locals[0].a[1]
tok: ""
keep: locals[0].a[0] = "connect:A"
keep: locals[0].a[2] = "connect:C"
-----
locals {
  a = [
    "connect:A",
    "¦"
    "connect:C",
  ]
}
===== bad quote-before-string
path: locals[0].b
tok: "x"
keep: locals[0].a[0] = "connect:A"
-----
locals {
  a = ["connect:A", ""connect:B"]
  b = "¦x"
}
"##;
