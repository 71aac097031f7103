//! A text in any format → a tree that holds together.

use connect_policy_syntax::{Document, Format, NodeFlags, NodeId, NodeKind};

/// Reads a text and looks at every node: ranges lie on character boundaries, inside the file and inside each other, in order;
/// keys and values alternate; and the way from decoded text back to the source never turns round.
pub fn tree_is_sound(text: &str, format: Format) {
    let document = Document::read(text, format);
    let tree = document.tree();
    assert_eq!(tree.node(NodeId::STREAM).range(), 0..text.len());
    for id in tree.subtree(NodeId::STREAM) {
        let node = tree.node(id);
        let (range, inner) = (node.range(), node.inner());
        assert!(range.start <= inner.start && inner.start <= inner.end && inner.end <= range.end && range.end <= text.len(), "{node:?}");
        for at in [range.start, range.end, inner.start, inner.end] {
            assert!(text.is_char_boundary(at), "{node:?}");
        }
        let mut before = range.start;
        let mut count = 0;
        for child in tree.children(id) {
            let kind = document.kind(child);
            let child = document.range(child);
            assert!(before <= child.start && child.end <= range.end, "{child:?} in {node:?}");
            if matches!(node.kind(), NodeKind::Map | NodeKind::Block) {
                assert_eq!(kind == NodeKind::Key, count % 2 == 0, "{node:?}");
            }
            before = child.end;
            count += 1;
        }
        match node.kind() {
            NodeKind::Map | NodeKind::Block => assert_eq!(count % 2, 0, "{node:?}"),
            // In a quoted string, white space may be an escape.
            NodeKind::Missing if node.flags().has(NodeFlags::ESCAPED) => assert_eq!(count, 0, "{node:?}"),
            NodeKind::Missing => assert!(count == 0 && text[range].trim().is_empty(), "{node:?}"),
            NodeKind::Key | NodeKind::Alias => assert_eq!(count, 0, "{node:?}"),
            _ => {}
        }
        decoding_is_monotone(&document, id);
    }
    for error in tree.errors() {
        assert!(text.get(error.range.clone()).is_some_and(|text| !text.is_empty()) || text.is_empty(), "{error:?}");
    }
    for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
        document.locate(offset);
    }
}

fn decoding_is_monotone(document: &Document, id: NodeId) {
    let decoded = document.decoded(id);
    let inner = document.inner(id);
    let mut source = inner.start;
    for (at, _) in decoded.text().char_indices().chain([(decoded.text().len(), ' ')]) {
        let next = decoded.map().to_source(at);
        assert!(source <= next && next <= inner.end, "byte {at} of {:?} comes from {next}, before it {source}", decoded.text());
        assert!(document.text().is_char_boundary(next), "byte {at} of {:?} comes from inside a character", decoded.text());
        source = next;
    }
}
