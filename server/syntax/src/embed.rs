//! JSON documents in strings, heredocs and block scalars.
//!
//! One pass over a tree after its reader has finished, so that readers do not depend on embedding. A text without escapes is
//! read in place, one with escapes through its offset map. Strings of an embedded document can contain documents again.

use crate::decode;
use crate::decode::interpolation::mask_interpolations;
use crate::readers::json;
use crate::tree::{Node, NodeFlags, NodeId, NodeKind, ScalarStyle, Tree};

/// How many strings deep documents are looked for.
const MAX_DEPTH: usize = 3;

/// A text's tree with the documents that its scalars hold as children of these scalars. Linear in the text; a tree without
/// such documents is returned as it is.
pub(crate) fn graft_documents(tree: Tree, text: &str) -> Tree {
    graft_below(tree, text, 0)
}

/// `depth` is how many strings lie around the text.
fn graft_below(tree: Tree, text: &str, depth: usize) -> Tree {
    if depth >= MAX_DEPTH {
        return tree;
    }
    let nodes = tree.nodes().iter().enumerate();
    let candidates: Vec<usize> = nodes.filter(|(_, node)| may_hold_document(node, text.as_bytes())).map(|(index, _)| index).collect();
    if candidates.is_empty() {
        return tree;
    }
    // Indented JSON has a node every dozen bytes.
    let more = candidates.iter().map(|&index| tree.nodes()[index].inner().len() / 12).sum();
    let documents = candidates.iter().filter_map(|&index| {
        let document = read_document(&tree.nodes()[index], text, depth)?;
        Some((NodeId(index as u32), document))
    });
    tree.graft(documents, more).unwrap_or(tree)
}

/// The document that a node's text holds, with offsets of the text around it.
fn read_document(node: &Node, text: &str, depth: usize) -> Option<Tree> {
    let inner = node.inner();
    let style = node.style();
    let raw = text.get(inner.clone()).unwrap_or("");
    if !looks_like_json(raw, style) {
        return None;
    }
    let read = |text: &str| graft_below(json::read_strict(text), text, depth + 1);
    let in_place = style.is_block() || !decode_changes(raw, style);
    if in_place {
        let mut tree = read(&mask_interpolations(raw, style));
        let base = inner.start as u32;
        return holds_document(&tree).then(|| {
            tree.map_offsets(NodeFlags::default(), |offset| base + offset);
            tree
        });
    }
    let decoded = decode::style(style, raw, inner.start);
    let mut tree = read(&mask_interpolations(decoded.text(), ScalarStyle::HclString));
    holds_document(&tree).then(|| {
        tree.map_offsets(NodeFlags::ESCAPED, |offset| decoded.map().to_source(offset as usize) as u32);
        tree
    })
}

/// Asked of every node of every file, so it looks at one byte: a document begins with a bracket, white space or an escape.
fn may_hold_document(node: &Node, text: &[u8]) -> bool {
    let is_written_out = match node.style() {
        ScalarStyle::JsonString | ScalarStyle::HclString | ScalarStyle::YamlDouble | ScalarStyle::YamlSingle => true,
        ScalarStyle::Heredoc | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => true,
        ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression | ScalarStyle::YamlPlain => false,
    };
    is_written_out && node.kind() == NodeKind::Scalar && text.get(node.inner().start).is_some_and(|first| !first.is_ascii_alphanumeric())
}

/// A quick check before any reading: a bracket in front, and a string somewhere.
fn looks_like_json(raw: &str, style: ScalarStyle) -> bool {
    let start = raw.trim_start().trim_start_matches("\\n").trim_start();
    if raw.len() < 4 || !(start.starts_with('{') || start.starts_with('[')) {
        return false;
    }
    match style {
        ScalarStyle::JsonString | ScalarStyle::HclString | ScalarStyle::YamlDouble => {
            memchr::memmem::find(raw.as_bytes(), b"\\\"").is_some()
        }
        ScalarStyle::YamlSingle => memchr::memchr(b'"', raw.as_bytes()).is_some(),
        ScalarStyle::Heredoc | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => memchr::memchr(b'"', raw.as_bytes()).is_some(),
        ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression | ScalarStyle::YamlPlain => false,
    }
}

/// Whether the escapes of the style occur in the text at all.
fn decode_changes(raw: &str, style: ScalarStyle) -> bool {
    match style {
        ScalarStyle::YamlSingle => raw.contains("''") || raw.contains('\n'),
        _ => true,
    }
}

/// An embedded text counts as a document if something was read from it. `[optional]` in prose does not.
fn holds_document(tree: &Tree) -> bool {
    tree.nodes()
        .iter()
        .any(|node| node.kind() == NodeKind::Key || (node.kind() == NodeKind::Scalar && node.style() == ScalarStyle::JsonString))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::format::Format;

    /// Texts of the scalars without a document, with the depth of strings around them.
    fn texts(text: &str, format: Format) -> Vec<(String, usize)> {
        let document = Document::read(text, format);
        let tree = document.tree();
        let plain = document.scalars().filter(|&node| document.embedded(node).is_none());
        let depth = |node| tree.ancestors(node).filter(|&above| document.embedded(above).is_some()).count();
        plain.map(|node| (document.value(node).into_owned(), depth(node))).collect()
    }

    #[test]
    fn documents_are_read_three_strings_deep() {
        let mut text = "[\"x\"]".to_owned();
        for _ in 0..4 {
            text = format!("[\"{}\"]", text.replace('\\', "\\\\").replace('"', "\\\""));
        }
        assert_eq!(texts(&text, Format::Json), [("[\"x\"]".to_owned(), 3)]);
    }

    #[test]
    fn a_list_without_its_bracket_can_begin_with_a_document() {
        let found = texts(r#"{"a": "{\"b\": 1}", "c" ]}"#, Format::Json);
        assert_eq!(found, [("1".to_owned(), 1), ("c".to_owned(), 0)]);
    }

    #[test]
    fn prose_and_words_in_brackets_are_no_documents() {
        for text in ["a: '[optional] text'\n", "a: \"[x]\"\n", "a: |\n  [one, two]\n"] {
            assert!(texts(text, Format::Yaml).iter().all(|(_, depth)| *depth == 0), "{text}");
        }
    }
}
