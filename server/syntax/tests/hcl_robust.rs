//! Whatever text comes, HCL is read without a panic, in time linear to it, into a tree that holds together.

use connect_policy_syntax::{Document, Format, NodeId, NodeKind};
use proptest::prelude::*;
use proptest::sample::Index;

const TERRAFORM: &[&str] = &[
    r#"data "aws_iam_policy_document" "x" {
  statement {
    sid     = "A" # comment
    actions = ["connect:DescribeUser", "connect:${var.verb}User", ]
    resources = [aws_connect_instance.main.arn, "${aws_connect_instance.main.arn}/*"]
    condition {
      test   = "StringEquals"
      values = ["$${aws:PrincipalTag/x}"]
    }
  }
  dynamic "statement" {
    for_each = { for k, v in var.m : k => v if v != "" }
    content { actions = var.on ? ["connect:A"] : concat(local.b, ["connect:C"]) }
  }
}
"#,
    r#"resource "aws_iam_policy" "p" {
  policy = jsonencode({
    "Version" : "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["connect:Größe", "日本 😀"]
      },
      { Action = "connect:D", (var.k) = [for s in ["a"] : "${s}}"] }
    ]
  })
}
/* comment */
locals { a = { b = [1, -2, null] } }
"#,
    "resource \"p\" \"h\" {\n  policy = <<EOF\n{ \"Statement\": [ { \"Action\": [\"connect:A\"], \"Resource\": \"${x.arn}\" } ] }\nEOF\n  other = <<-POL\n    { \"a\": \"b\" }\n    POL\n  text = \"{\\\"Version\\\": \\\"2012\\\", \\\"Statement\\\": []}\"\n}\n\nresource \"p\" \"i\" {\n  name = \"i\"\n}\n",
    "name = \"x\"\r\nlist = [\r\n  \"a\",\r\n\t\"b\"\r\n]\r\nm = { a = 1, b : 2 }\r\n",
];

/// What is done to a text: the place, and what goes there.
#[derive(Clone, Debug)]
enum Edit {
    DeleteChar(Index),
    DeleteRange(Index, usize),
    DeleteOneOf(char, Index),
    Insert(Index, &'static str),
    Truncate(Index),
    DuplicateLine(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let inserted = prop::sample::select(vec![
        "\"",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        "=",
        ":",
        "?",
        "\n",
        "${",
        "%{",
        "<<EOF\n",
        "EOF\n",
        "/*",
        "*/",
        "#",
        "\\",
        "\u{0}",
        "é",
        "\t",
        "...",
        "=>",
        "for x in ",
        "a = ",
        "b {",
        "\"a\" ",
        "<<",
        ".",
        "-",
        "\r",
        "\u{feff}",
        "'",
    ]);
    prop_oneof![
        1 => any::<Index>().prop_map(Edit::DeleteChar),
        1 => (any::<Index>(), 1..80usize).prop_map(|(at, len)| Edit::DeleteRange(at, len)),
        3 => (prop::sample::select(vec!['"', '{', '}', '[', ']', '(', ')', ',', '=', ':', '\n', '<', '$']), any::<Index>()).prop_map(|(which, at)| Edit::DeleteOneOf(which, at)),
        1 => (any::<Index>(), inserted).prop_map(|(at, text)| Edit::Insert(at, text)),
        1 => any::<Index>().prop_map(Edit::Truncate),
        1 => any::<Index>().prop_map(Edit::DuplicateLine),
    ]
}

fn apply(text: &mut String, edit: &Edit) {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    match edit {
        Edit::DeleteChar(at) => {
            let index = at.index(bounds.len());
            if let Some(&end) = bounds.get(index + 1) {
                text.replace_range(bounds[index]..end, "");
            }
        }
        Edit::DeleteRange(at, len) => {
            let index = at.index(bounds.len());
            let end = bounds[(index + len).min(bounds.len() - 1)];
            text.replace_range(bounds[index]..end, "");
        }
        Edit::DeleteOneOf(which, at) => {
            let places: Vec<usize> = text.match_indices(*which).map(|(at, _)| at).collect();
            if !places.is_empty() {
                text.remove(places[at.index(places.len())]);
            }
        }
        Edit::Insert(at, inserted) => text.insert_str(bounds[at.index(bounds.len())], inserted),
        Edit::Truncate(at) => text.truncate(bounds[at.index(bounds.len())]),
        Edit::DuplicateLine(at) => {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            if !lines.is_empty() {
                let index = at.index(lines.len());
                *text = lines[..=index].iter().chain(&lines[index..]).copied().collect();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_terraform_is_read_into_a_sound_tree(index in 0..TERRAFORM.len(), edits in prop::collection::vec(edit(), 1..4)) {
        let mut text = TERRAFORM[index].to_owned();
        for edit in &edits {
            apply(&mut text, edit);
        }
        check(&text);
    }

    #[test]
    fn any_text_is_read_into_a_sound_tree(text in "([a-c\"{}\\[\\]()=:,?.$%<\\-\\n \\\\#é]|<<A\n|\nA\n|a = |b \\{\n|\"a\"|\\$\\{|for a in |\t|\r\n){0,60}") {
        check(&text);
    }
}

fn check(text: &str) {
    let document = Document::read(text, Format::Hcl);
    check_shape(&document);
    for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
        let _ = document.locate(at);
    }
    for id in document.tree().subtree(NodeId::STREAM) {
        let decoded = document.decoded(id);
        let range = decoded.source_of(0..decoded.text().len());
        assert!(range.start <= range.end && range.end <= text.len());
    }
}

fn check_shape(document: &Document) {
    let tree = document.tree();
    let text = document.text();
    assert_eq!(document.roots().count(), 1);
    let mut nested_end = 0;
    for id in tree.subtree(NodeId::STREAM) {
        let node = tree.node(id);
        let (range, inner) = (node.range(), node.inner());
        assert!(range.start <= range.end && range.end <= text.len(), "{id:?} {range:?}\n{text}");
        assert!(range.start <= inner.start && inner.start <= inner.end && inner.end <= range.end, "{id:?} {range:?} {inner:?}\n{text}");
        for at in [range.start, range.end, inner.start, inner.end] {
            assert!(text.is_char_boundary(at), "{id:?} at {at}\n{text}");
        }
        if let Some(above) = tree.parent(id) {
            let around = tree.node(above).range();
            assert!(around.start <= range.start && range.end <= around.end, "{id:?} {range:?} leaves {around:?}\n{text}");
        }
        // What the JSON reader makes of a document in a string is its own matter.
        if node.kind() == NodeKind::Scalar && id.index() >= nested_end {
            nested_end = nested_end.max(id.index() + tree.subtree(id).count());
        }
        let is_embedded = id.index() < nested_end;
        if is_embedded {
            continue;
        }
        let children: Vec<NodeId> = tree.children(id).collect();
        for pair in children.windows(2) {
            assert!(tree.node(pair[0]).range().end <= tree.node(pair[1]).range().start, "{pair:?} overlap\n{text}");
        }
        match node.kind() {
            NodeKind::Map | NodeKind::Block => {
                assert!(children.len().is_multiple_of(2), "{id:?} has a key without value\n{text}");
                for (index, &child) in children.iter().enumerate() {
                    assert_eq!(tree.node(child).kind() == NodeKind::Key, index % 2 == 0, "{id:?}\n{text}");
                }
            }
            NodeKind::Missing => {
                assert!(text[range].chars().all(|byte| matches!(byte, ' ' | '\t')), "{id:?}\n{text}");
                assert!(children.is_empty());
            }
            NodeKind::Key | NodeKind::Alias => assert!(children.is_empty()),
            _ => {}
        }
    }
    for error in tree.errors() {
        assert!(error.range.start <= error.range.end && error.range.end <= text.len(), "{error:?}\n{text}");
        assert!(!error.range.is_empty() || text.is_empty(), "{error:?}\n{text}");
        assert!(text.get(error.range.clone()).is_some(), "{error:?} cuts a character\n{text}");
    }
}

#[test]
fn texts_that_fuzzing_found() {
    for text in [
        "=E E+",
        "x = E E+O",
        "x = [\"a\", E+O]",
        "x = e+",
        "* = *",
        "resource \"a\" \"x\" {\n  policy = <<EOF\n{\"Statement\": [{\"istU¦T]}]}\nEOF\n}\n",
    ] {
        check(text);
    }
}

/// Texts made to hurt: deep nesting, and constructs without end, of which each could search the rest of the file.
fn hostile() -> Vec<(&'static str, String)> {
    let many = 300_000;
    let deep = 100_000;
    let huge = 10_000_000;
    // Many tokens take their time where nothing is optimised.
    let items = if cfg!(debug_assertions) { 200_000 } else { huge / 5 };
    vec![
        ("[", format!("a = {}", "[".repeat(deep))),
        ("{", format!("a = {}", "{".repeat(deep))),
        ("(", format!("a = {}", "(".repeat(deep))),
        ("[]", format!("a = {}{}", "[".repeat(deep), "]".repeat(deep))),
        ("()", format!("a = {}1{}", "(".repeat(deep), ")".repeat(deep))),
        ("{ a = {", format!("a = {}", "{ a = ".repeat(deep))),
        ("a {", "a {\n".repeat(deep)),
        ("a { }", format!("{}{}", "a {\n".repeat(deep), "}\n".repeat(deep))),
        ("f(", format!("a = {}", "f(".repeat(deep))),
        ("f([{ a = f([{", format!("a = {}", "f([{ a = ".repeat(deep))),
        ("${", format!("a = \"{}", "${".repeat(deep))),
        ("${\"", format!("a = {}", "\"${".repeat(deep))),
        ("${\" }\"", format!("a = {}{}", "\"${".repeat(deep), "}\"".repeat(deep))),
        ("? :", format!("a = {}", "b ? c : ".repeat(deep))),
        ("? ?", format!("a = {}", "b ? ".repeat(deep))),
        ("!", format!("a = {}", "!".repeat(deep))),
        ("for", format!("a = {}", "[for a in ".repeat(deep))),
        ("for :", format!("a = {}", "[for a in b : ".repeat(deep))),
        ("b[b[", format!("a = {}", "b[".repeat(deep))),
        ("labels", format!("a {}", "\"b\" ".repeat(deep))),
        ("words", format!("a = [{}]", "b \"c\" ".repeat(deep))),
        ("closers", "]})".repeat(many)),
        ("closers in brackets", format!("a = {}{}", "[{ a = (".repeat(40), "]\n)\n}\n".repeat(many))),
        ("quotes", "\"".repeat(many)),
        ("quotes a line", "\"\n".repeat(many)),
        ("attributes with quotes", "a = \"b\n".repeat(many)),
        ("lists with quotes", "a = [\"b, \"c\n".repeat(many)),
        ("holes a line", "a = \"${\n".repeat(many)),
        ("holes over lines", "a = \"${[\n".repeat(many)),
        ("holes on one line", format!("a = [{}", "\"${b\", ".repeat(many))),
        ("heredocs", "<<A\n".repeat(many)),
        ("heredoc attributes", "a = <<A\n".repeat(many)),
        ("heredocs with many markers", (0..many).map(|index| format!("a = <<A{index}\n")).collect()),
        ("heredocs in blocks", (0..many / 4).map(|index| format!("resource \"a\" \"b\" {{\n  x = <<A{index}\n{{\n")).collect()),
        ("heredocs with JSON", "a = <<A\n{\n".repeat(many)),
        ("comments", "/*\n".repeat(many)),
        ("names", "a\n".repeat(many)),
        ("blank lines", format!("a {{\n b = 1 }}}}}}{}", "\n".repeat(huge))),
        ("commas", format!("a = \"b\"{}", ", \"c\"\n".repeat(many))),
        ("half headers", "resource \"a\n".repeat(many)),
        ("one line", format!("a = \"{}\"", "b".repeat(huge))),
        ("one list", format!("a = [{}]", "\"b\", ".repeat(items))),
        ("one unclosed list", format!("a = [{}", "\"b\", ".repeat(items))),
        ("NUL", "\u{0}".repeat(many)),
        ("NUL in places", "a\u{0} = [\"\u{0}\",\u{0}]\u{0}\n".repeat(many / 10)),
        ("spaces", " ".repeat(huge)),
        ("operators", format!("a = {}", "b + ".repeat(many))),
        ("dots", format!("a = b{}", ".c".repeat(many))),
        ("indices", format!("a = b{}", "[0]".repeat(many))),
        ("escaped JSON", format!("a = \"{{\\\"b\\\": {}\"", "[\\\"".repeat(deep))),
        ("backslashes", format!("a = \"{}", "\\".repeat(many))),
        ("keys in lists", format!("a = [\n{}", "\"b\" = [\n".repeat(many / 3))),
        ("pairs in lists", format!("a = [\n{}", "  b = [\n".repeat(many / 3))),
        ("staircase", (0..2000).map(|depth| format!("{}b {{\n", " ".repeat(depth))).collect()),
    ]
}

#[test]
fn hostile_texts_are_read() {
    for (name, text) in hostile() {
        // A small stack: a server reads on a thread of its pool.
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
            let document = Document::read(text, Format::Hcl);
            assert!(document.tree().nodes().len() > 1);
            if document.text().len() < 500_000 {
                check_shape(&document);
            }
        });
        thread.expect("a thread").join().unwrap_or_else(|_| panic!("{name}"));
    }
}

#[test]
fn deep_nesting_needs_little_stack() {
    for bracket in ["[", "{ a = ", "(", "f([{ a = ", "b ? [", "b {\n", "[for a in b : "] {
        let text = format!("a = 1\nx {{ y = {}", bracket.repeat(100_000));
        let thread =
            std::thread::Builder::new().stack_size(512 << 10).spawn(move || Document::read(text, Format::Hcl).tree().nodes().len());
        assert!(thread.expect("a thread").join().expect("no overflow") > 4);
    }
}

/// `cargo test --release -p connect-policy-syntax --test hcl_robust -- --ignored --nocapture`
#[test]
#[ignore = "prints timings"]
#[allow(clippy::print_stderr, reason = "that is what it is for")]
fn timings() {
    let ordinary: String = std::iter::repeat_n(TERRAFORM[..3].concat(), 5_000_000 / TERRAFORM[..3].concat().len()).collect();
    let broken = format!("{ordinary}a = [");
    for (name, text) in [("ordinary", ordinary), ("ordinary, read twice", broken)].into_iter().chain(hostile()) {
        let len = text.len();
        let text: std::sync::Arc<str> = text.into();
        let time = (0..3)
            .map(|_| {
                let text = text.clone();
                let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
                    let start = std::time::Instant::now();
                    let document = Document::read(text, Format::Hcl);
                    let time = start.elapsed();
                    assert!(document.tree().nodes().len() > 1);
                    time
                });
                thread.expect("a thread").join().expect("no overflow")
            })
            .min();
        eprintln!("{name:30} {len:9} bytes {:8.1} ms", time.unwrap_or_default().as_secs_f64() * 1000.0);
    }
}
