//! Whatever text comes, YAML is read without a panic, in time linear to it, into a tree that holds together.

use connect_policy_syntax::{Document, Format, NodeId, NodeKind};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::documents;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_documents(text in documents::texts(), mutations in prop::collection::vec(mutation(), 1..4)) {
        check_mutated(text, &mutations);
    }

    #[test]
    fn mutated_fixtures(text in select(fixtures()), mutations in prop::collection::vec(mutation(), 1..4)) {
        check_mutated(text, &mutations);
    }

    #[test]
    fn soups(text in "[-a:'\"{}\\[\\],!&*|>#?% \\t\\r\\né<~.\\\\0-9]{0,60}") {
        check(&text);
    }
}

#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index),
    DeleteRange(Index, Index),
    DeleteOneOf(&'static str, Index),
    Insert(&'static str, Index),
    CutLine(Index),
    CutFile(Index),
    Indent(Index, &'static str),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let mark = select(vec!["\"'", "[]{}", ":", ",", "-", "\n", " ", "!&*|>"]);
    let insert = select(vec!["\"", "'", "[", "{", "]", "}", ":", "- ", "!", "\t", "\n", "|", "#", "*", "é", "\r"]);
    prop_oneof![
        any::<Index>().prop_map(Mutation::Delete),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::DeleteRange(from, to)),
        (mark, any::<Index>()).prop_map(|(marks, at)| Mutation::DeleteOneOf(marks, at)),
        (insert, any::<Index>()).prop_map(|(text, at)| Mutation::Insert(text, at)),
        any::<Index>().prop_map(Mutation::CutLine),
        any::<Index>().prop_map(Mutation::CutFile),
        (any::<Index>(), select(vec!["", " ", "  ", "      ", "\t"])).prop_map(|(at, indent)| Mutation::Indent(at, indent)),
    ]
}

fn check_mutated(mut text: String, mutations: &[Mutation]) {
    for mutation in mutations {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        if places.is_empty() {
            break;
        }
        match mutation {
            Mutation::Delete(at) => drop(text.remove(*at.get(&places))),
            Mutation::DeleteRange(from, to) => {
                let (from, to) = (*from.get(&places), *to.get(&places));
                text.replace_range(from.min(to)..from.max(to), "");
            }
            Mutation::DeleteOneOf(marks, at) => {
                let found: Vec<usize> = text.match_indices(|letter| marks.contains(letter)).map(|(at, _)| at).collect();
                if !found.is_empty() {
                    text.remove(*at.get(&found));
                }
            }
            Mutation::Insert(insert, at) => text.insert_str(*at.get(&places), insert),
            Mutation::CutLine(at) => {
                let at = *at.get(&places);
                let end = text[at..].find('\n').map_or(text.len(), |ahead| at + ahead);
                text.replace_range(at..end, "");
            }
            Mutation::CutFile(at) => text.truncate(*at.get(&places)),
            Mutation::Indent(at, indent) => {
                let start = text[..*at.get(&places)].rfind('\n').map_or(0, |newline| newline + 1);
                let end = start + text[start..].bytes().take_while(|&byte| byte == b' ').count();
                text.replace_range(start..end, indent);
            }
        }
    }
    check(&text);
}

/// What holds in every tree.
#[track_caller]
fn check(text: &str) {
    let document = Document::read(text, Format::Yaml);
    let tree = document.tree();
    for id in tree.subtree(NodeId::STREAM) {
        let node = tree.node(id);
        let (range, inner) = (node.range(), node.inner());
        assert!(
            range.start <= inner.start && inner.start <= inner.end && inner.end <= range.end && range.end <= text.len(),
            "{node:?} in {text:?}"
        );
        for at in [range.start, range.end, inner.start, inner.end] {
            assert!(text.is_char_boundary(at), "{node:?} in {text:?}");
        }
        if node.kind() == NodeKind::Missing {
            assert!(text[range.clone()].trim().is_empty(), "{node:?} in {text:?}");
        }
        let mut before = range.start;
        for child in tree.children(id) {
            let child = tree.node(child);
            assert!(before <= child.range().start && child.range().end <= range.end, "{child:?} in {node:?} in {text:?}");
            before = child.range().end;
        }
        let count = tree.children(id).count();
        match node.kind() {
            NodeKind::Map => {
                assert!(count.is_multiple_of(2), "{node:?} in {text:?}");
                for (index, child) in tree.children(id).enumerate() {
                    assert_eq!(tree.node(child).kind() == NodeKind::Key, index.is_multiple_of(2), "{node:?} in {text:?}");
                }
            }
            NodeKind::Call => assert_eq!(count, 1, "{node:?} in {text:?}"),
            NodeKind::Key | NodeKind::Missing | NodeKind::Alias => assert_eq!(count, 0, "{node:?} in {text:?}"),
            _ => {}
        }
        let decoded = document.decoded(id);
        let mut source = inner.start;
        for at in 0..=decoded.text().len() {
            let next = decoded.map().to_source(at);
            assert!(source <= next && next <= inner.end.max(inner.start), "{at} of {:?} in {text:?}", decoded.text());
            source = next;
        }
    }
    for error in tree.errors() {
        assert!(text.get(error.range.clone()).is_some_and(|text| !text.is_empty()), "{error:?} in {text:?}");
    }
    for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
        document.locate(offset);
    }
}

#[test]
fn errors_cover_whole_characters() {
    check("Resources\n\né\n\n: \"¦\n- é\né: [é\n");
    check("- a\né\n");
}

fn fixtures() -> Vec<String> {
    include_str!("fixtures.txt").split("=====\n").map(|fixture| fixture.replace('→', "\t").replace('␠', " ")).collect()
}

#[test]
fn hostile_texts() {
    // On a small stack: nothing may recurse with the text.
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(|| hostile().iter().for_each(|(name, text)| hostile_text(name, text)))
        .expect("a thread")
        .join()
        .expect("no panic");
}

fn hostile_text(name: &str, text: &str) {
    let document = Document::read(text, Format::Yaml);
    assert_eq!(document.tree().node(NodeId::STREAM).range(), 0..text.len(), "{name}");
    document.locate(text.len() / 2);
}

fn hostile() -> Vec<(&'static str, String)> {
    let many = |text: &str, count: usize| text.repeat(count);
    let staircase: String = (0..2000).map(|depth| format!("{}k:\n", " ".repeat(depth))).collect();
    let stairs_and_back: String = (0..1000).chain((0..1000).rev()).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect();
    vec![
        ("open lists", many("[", 100_000)),
        ("open maps", many("{", 100_000)),
        ("open maps with keys", many("{a: ", 100_000)),
        ("lists open and closed", many("[", 100_000) + &many("]", 100_000)),
        ("lists as keys", many("[", 100_000) + &many("]: ", 100_000)),
        ("maps closed by lists", many("{[", 50_000) + &many("}", 100_000)),
        ("closing brackets", many("]}", 100_000)),
        ("dashes", many("- ", 100_000)),
        ("dashes and lines", many("- ", 100_000) + "a\n" + &many("b\n", 100_000)),
        ("dashes and dashes", many("- ", 100_000) + "a\n" + &many("   - b: c\n  d\n", 50_000)),
        ("questions", many("? ", 100_000)),
        ("colons", many(": ", 100_000)),
        ("tags", many("!a ", 100_000)),
        ("tags and lines", many("!a ", 100_000) + "\n" + &many(" - b\n", 100_000)),
        ("anchors", many("&a ", 300_000)),
        ("tagged lists", many("[!a ", 100_000)),
        ("double quotes on lines", many("\"\n", 300_000)),
        ("single quotes on lines", many("'a\n", 300_000)),
        ("indented quotes on lines", many(" - \"a\n  - 'b\n", 150_000)),
        ("quotes on one line", many("\"a ", 300_000)),
        ("quotes in a list", "[".to_owned() + &many("\"a, ", 300_000)),
        ("quotes in a list on lines", "[\n".to_owned() + &many("\"a,\n'b\n", 150_000)),
        ("escaped quotes", "\"a\n".to_owned() + &many(" \\\"b\n", 300_000)),
        ("doubled quotes", "'a\n".to_owned() + &many(" ''b\n", 300_000)),
        ("aliases", "a: &a b\nc: [".to_owned() + &many("*a, ", 1_000_000) + "]"),
        ("alias items", many("- *a\n", 1_000_000)),
        ("one long line", "a: ".to_owned() + &many("x", 10_000_000)),
        ("one long line of words", "a: ".to_owned() + &many("x: y #", 1_700_000)),
        ("one long quoted line", "a: \"".to_owned() + &many("x ", 5_000_000)),
        ("one long list", "a: [".to_owned() + &many("x, ", 3_000_000)),
        ("blanks", many(" ", 10_000_000)),
        ("blank lines", "a:\n".to_owned() + &many(" \n", 3_000_000)),
        ("blank lines after words", many("a\n\n\n\n\n", 200_000)),
        ("falling blank lines", (0..2000).rev().map(|width| " ".repeat(width) + "\n").collect()),
        ("tabs", many("\t- a\n", 300_000)),
        ("returns", many("a: b\r", 300_000)),
        ("NUL bytes", many("\0", 1_000_000)),
        ("NUL bytes in keys", many("\0: \0\n", 300_000)),
        ("words", many("a\n", 500_000)),
        ("half keys", "a: b\n".to_owned() + &many("c\n", 500_000)),
        ("keys", many("a:\n", 500_000)),
        ("keys with brackets", many("a: [\n", 300_000)),
        ("brackets at the margin", "a: [\n".to_owned() + &many("b\n", 500_000)),
        ("documents", many("---\n", 500_000)),
        ("comments", many("#\n", 1_000_000)),
        ("block scalars", many("- |\n", 300_000)),
        ("a block scalar of comments", "a: |\n".to_owned() + &many("  #\n", 500_000)),
        ("over-indented keys", "a: b\n".to_owned() + &many("   c: d\n", 300_000)),
        ("under-indented keys", "a:\n    b: c\n".to_owned() + &many("  d: e\n", 300_000)),
        ("misfits by turns", many("- a\nb: c\n", 200_000)),
        ("staircase", staircase),
        ("stairs and back", stairs_and_back),
    ]
}
