//! Documents as they stand while somebody types: where the cursor is, what it touches, and that the rest is still read.
//! The samples' form is told in `mid-typing/README.md`.

use connect_policy_syntax::{CursorStep, Document, Format, NodeFlags, NodeId, NodeKind, ScalarStyle};
use connect_policy_test_support::split_cursor;

#[test]
fn json() {
    check(include_str!("mid-typing/json.txt"), Format::Json);
}

#[test]
fn yaml() {
    check(include_str!("mid-typing/yaml.txt"), Format::Yaml);
}

#[test]
fn more_yaml() {
    check(include_str!("mid-typing/yaml-more.txt"), Format::Yaml);
}

#[test]
fn hcl() {
    check(include_str!("mid-typing/hcl.txt"), Format::Hcl);
}

#[test]
fn more_hcl() {
    check(include_str!("mid-typing/hcl-more.txt"), Format::Hcl);
}

/// Checks every sample of a file and reports all that fail at once.
#[track_caller]
fn check(samples: &str, format: Format) {
    let mut failures = Vec::new();
    let mut count = 0;
    for sample in samples.split("===== ").skip(1) {
        count += 1;
        let before = failures.len();
        let (head, text) = sample.split_once("-----\n").expect("a sample has a text");
        let mut head = head.lines();
        let title = head.next().expect("a sample has a title");
        let (text, cursor) = prepare(text, title);
        let document = Document::read(text.as_str(), format);
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
    assert!(count >= 20, "the samples were not read");
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
    split_cursor(&text)
}

fn path_at(document: &Document, cursor: usize) -> String {
    let mut path = String::new();
    for step in document.locate(cursor).path {
        match step {
            CursorStep::Key(key) => push_key(&mut path, document, key),
            CursorStep::Item(_, index) => path.push_str(&format!("[{index}]")),
            CursorStep::Argument(call, index) => push_argument(&mut path, document, call, index),
            CursorStep::NewKey(map) => {
                push_block_index(&mut path, document, map);
                path.push_str(if path.is_empty() { "*" } else { ".*" });
            }
            CursorStep::Embedded(_) => break,
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
    if document.kind(block) != NodeKind::Block || tree.node(key).flags().has(NodeFlags::LABEL) {
        return;
    }
    let name = document.value(key);
    let above = tree.parent(block).expect("a key has a parent");
    let index = document.values(above, &name).filter(|&value| document.kind(value) == NodeKind::Block).position(|value| value == block);
    path.push_str(&format!("[{}]", index.expect("a block is among its siblings")));
}

fn token_at(document: &Document, cursor: usize) -> String {
    // A document in a heredoc or block scalar is one token to the samples.
    let located = document.locate(cursor);
    let block = located.path.iter().find_map(|step| match step {
        CursorStep::Embedded(scalar) => Some(*scalar),
        _ => None,
    });
    let Some(token) = block.or(located.token) else { return "-".to_owned() };
    match document.tree().node(token).style() {
        ScalarStyle::Heredoc => "HEREDOC".to_owned(),
        ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => "BLOCK".to_owned(),
        _ if document.kind(token) == NodeKind::Missing => "-".to_owned(),
        _ => document.raw(token).to_owned(),
    }
}

/// Every node at a path such as `Statement[0].Action` or `policy.jsonencode(0).Version`; several where keys repeat.
fn all_at(document: &Document, path: &str) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = document.roots().collect();
    for step in steps(path) {
        found = found.into_iter().flat_map(|id| through(document, id)).flat_map(|id| step_into(document, id, &step)).collect();
    }
    found.into_iter().flat_map(|id| through(document, id)).collect()
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
        NodeKind::Choice | NodeKind::Stream => document.tree().children(id).collect(),
        NodeKind::Call if document.value(id).starts_with('!') => document.tree().children(id).collect(),
        NodeKind::Scalar => document.embedded(id).into_iter().collect(),
        _ => Vec::new(),
    };
    let mut all = vec![id];
    all.extend(inside.into_iter().flat_map(|child| through(document, child)));
    all
}

fn step_into(document: &Document, id: NodeId, step: &PathStep) -> Vec<NodeId> {
    match step {
        PathStep::Key(name) => document.values(id, name).collect(),
        PathStep::Index(index) if document.kind(id) == NodeKind::Block => {
            let Some(key) = document.key_of(id) else { return Vec::new() };
            let above = document.tree().parent(id).expect("a block has a parent");
            let position = document
                .values(above, &document.value(key))
                .filter(|&value| document.kind(value) == NodeKind::Block)
                .position(|value| value == id);
            if position == Some(*index) { vec![id] } else { Vec::new() }
        }
        PathStep::Index(index) => document.items(id).nth(*index).into_iter().flat_map(|id| through(document, id)).collect(),
        PathStep::Call(name, argument) if document.kind(id) == NodeKind::Call && document.value(id) == *name => {
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
    if document.kind(id) == NodeKind::Call && document.value(id) == name {
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
        if matches!(node.kind(), NodeKind::Map | NodeKind::Block) {
            let children: Vec<NodeId> = tree.children(id).collect();
            assert!(children.len().is_multiple_of(2), "{id:?} has a key without value\n{}", outline(document));
            for (index, child) in children.into_iter().enumerate() {
                assert_eq!(tree.node(child).kind() == NodeKind::Key, index % 2 == 0, "{id:?}\n{}", outline(document));
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
        let text = if matches!(node.kind(), NodeKind::Scalar | NodeKind::Key | NodeKind::Missing | NodeKind::Alias) {
            document.raw(id)
        } else {
            ""
        };
        out.push_str(&format!("{}{:?} {:?} {text:?}\n", "  ".repeat(depth), node.kind(), node.range()));
    }
    out
}
