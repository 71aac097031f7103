//! More half-typed YAML than `mid-typing/yaml.txt` has, in the same form (`mid-typing/README.md`): CloudFormation, SAM and
//! Serverless policies with names cut short, the rest of a line or of the file dropped, brackets, quotes, colons and dashes
//! removed, and lines indented too far or not far enough.

use connect_policy_syntax::{Document, Format, Kind, NodeId, Step, Style};

#[test]
fn half_typed_yaml() {
    check(include_str!("yaml_documents/half-typed.txt"));
}

/// Checks every sample and reports all that fail at once.
#[track_caller]
fn check(samples: &str) {
    let mut failures = Vec::new();
    let mut count = 0;
    for sample in samples.split("===== ").skip(1) {
        count += 1;
        let before = failures.len();
        let (head, text) = sample.split_once("-----\n").expect("a sample has a text");
        let (title, head) = head.split_once('\n').expect("a sample has a title");
        let (text, cursor) = prepare(text, title);
        let document = Document::read(text.as_str(), Format::Yaml);
        for line in head.lines().filter(|line| !line.is_empty()) {
            let (field, value) = line.split_once(": ").expect("a field has a value");
            let (found, wanted) = match field {
                "path" => (vec![path_at(&document, cursor)], value),
                "tok" => (vec![token_at(&document, cursor)], value),
                "keep" => {
                    let (path, raw) = value.split_once(" = ").expect("a kept value");
                    (all_at(&document, path).into_iter().map(|id| document.raw(id).to_owned()).collect(), raw)
                }
                _ => panic!("{title}: unknown field {field}"),
            };
            if !found.iter().any(|found| found == wanted) {
                failures.push(format!("{title}\n  {line}\n  found {found:?}"));
            }
        }
        if failures.len() > before {
            failures.push(outline(&document));
        }
    }
    assert!(count >= 60, "the samples were not read");
    assert!(failures.is_empty(), "failures in {count} samples:\n{}", failures.join("\n"));
}

fn prepare(text: &str, title: &str) -> (String, usize) {
    let mut text = text.replace('→', "\t");
    if title.contains(" noeol") {
        text = text.trim_end_matches('\n').to_owned();
    }
    if title.contains(" crlf") {
        text = text.replace('\n', "\r\n");
    }
    let cursor = text.find('¦').expect("a sample has a cursor");
    text.remove(cursor);
    (text, cursor)
}

/// The keys and indices around the cursor; tags have no part in a path.
fn path_at(document: &Document, cursor: usize) -> String {
    let mut path = String::new();
    for step in document.locate(cursor).path {
        let dot = if path.is_empty() { "" } else { "." };
        match step {
            Step::Key(key) => path = format!("{path}{dot}{}", document.value(key)),
            Step::Item(_, index) => path = format!("{path}[{index}]"),
            Step::NewKey(_) => path = format!("{path}{dot}*"),
            Step::Argument(..) => {}
            Step::Nested(_) => break,
        }
    }
    path
}

fn token_at(document: &Document, cursor: usize) -> String {
    let Some(token) = document.locate(cursor).token else { return "-".to_owned() };
    match (document.kind(token), document.tree().node(token).style()) {
        (Kind::Missing, _) => "-".to_owned(),
        (_, Style::YamlLiteral | Style::YamlFolded) => "BLOCK".to_owned(),
        _ => document.raw(token).to_owned(),
    }
}

/// Every node at a path such as `Statement[0].Action`; several where keys repeat.
fn all_at(document: &Document, path: &str) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = document.roots().collect();
    for part in path.split('.') {
        let (name, indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            found = found
                .into_iter()
                .flat_map(|id| through(document, id))
                .flat_map(|id| document.values(id, name).collect::<Vec<_>>())
                .collect();
        }
        for index in indices.split_inclusive(']') {
            let index: usize = index.trim_matches(['[', ']']).parse().expect("an index is a number");
            found = found.into_iter().flat_map(|id| through(document, id)).filter_map(|id| document.items(id).nth(index)).collect();
        }
    }
    found.into_iter().flat_map(|id| through(document, id)).collect()
}

/// Looks through tags.
fn through(document: &Document, id: NodeId) -> Vec<NodeId> {
    let inside: Vec<NodeId> = if document.kind(id) == Kind::Call { document.tree().children(id).collect() } else { Vec::new() };
    let mut all = vec![id];
    all.extend(inside.into_iter().flat_map(|child| through(document, child)));
    all
}

fn outline(document: &Document) -> String {
    let tree = document.tree();
    let mut out = String::new();
    for id in tree.subtree(NodeId::STREAM) {
        let text = if tree.children(id).next().is_none() { document.raw(id) } else { "" };
        out.push_str(&format!("{}{:?} {:?} {text:?}\n", "  ".repeat(tree.ancestors(id).count()), document.kind(id), document.range(id)));
    }
    out
}
