//! Decoding: a scalar's text without escapes, and the source byte of each decoded byte.

use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle, Tree};
use std::borrow::Cow;

mod hcl;
pub(crate) mod interpolation;
mod json;
pub(crate) mod offset_map;
mod yaml;

use offset_map::{Decoded, OffsetMap};

/// Decodes raw text of one style; `base` is its first byte in the file.
pub(crate) fn style(style: ScalarStyle, raw: &str, base: usize) -> Decoded<'_> {
    match style {
        ScalarStyle::JsonString => json::string(raw, base),
        ScalarStyle::HclString => hcl::string(raw, base),
        ScalarStyle::Heredoc => hcl::heredoc(raw, base, false),
        ScalarStyle::YamlPlain => yaml::plain(raw, base),
        ScalarStyle::YamlSingle => yaml::single(raw, base),
        ScalarStyle::YamlDouble => yaml::double(raw, base),
        ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => yaml::body(raw, base, style),
        ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression => Decoded::plain(raw, base),
    }
}

/// Marks the nodes whose source text needs no decoding. That is nearly all of them, and their text is requested many times:
/// searching for escapes each time took a tenth of an analysis.
pub(crate) fn mark_literals(tree: &mut Tree, text: &str) {
    for node in &mut tree.nodes {
        let raw = text.as_bytes().get(node.inner()).unwrap_or_default();
        let is_literal = match node.style {
            ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression => true,
            ScalarStyle::JsonString => lacks(raw, [b'\\']),
            ScalarStyle::HclString => lacks(raw, [b'\\', b'{']),
            ScalarStyle::YamlPlain => lacks(raw, [b'\n']),
            ScalarStyle::YamlSingle => lacks(raw, [b'\n', b'\'']),
            ScalarStyle::YamlDouble => lacks(raw, [b'\n', b'\\']),
            ScalarStyle::Heredoc | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => false,
        };
        let is_text = matches!(node.kind, NodeKind::Scalar | NodeKind::Key | NodeKind::Call | NodeKind::Alias);
        if is_text && is_literal && !node.flags.has(NodeFlags::ESCAPED) {
            node.flags = node.flags.with(NodeFlags::LITERAL);
        }
    }
}

/// Whether the text has none of these bytes. Texts are short, so a loop over all of it is faster than a search that can stop.
fn lacks<const N: usize>(raw: &[u8], unwanted: [u8; N]) -> bool {
    !raw.iter().fold(false, |has, byte| has | unwanted.contains(byte))
}

/// Decodes a node of a text's tree, through the strings around it if it lies in an embedded document.
pub(crate) fn node<'t>(tree: &Tree, text: &'t str, id: NodeId) -> Decoded<'t> {
    let node = tree.node(id);
    let inner = node.inner();
    if !matches!(node.kind(), NodeKind::Scalar | NodeKind::Key | NodeKind::Call | NodeKind::Alias) {
        return Decoded::plain("", inner.start);
    }
    let raw = text.get(inner.clone()).unwrap_or("");
    if node.style() == ScalarStyle::Heredoc {
        return hcl::heredoc(raw, inner.start, text.get(node.range()).is_some_and(|token| token.starts_with("<<-")));
    }
    if matches!(node.style(), ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded) {
        return yaml::block(tree, text, id);
    }
    if !node.flags().has(NodeFlags::ESCAPED) {
        return style(node.style(), raw, inner.start);
    }
    // The escapes of the strings around the node are decoded first, from the outermost string inwards. Escapes of a part are
    // those of the whole, so only the node's own bytes are decoded.
    let mut styles: Vec<ScalarStyle> = tree
        .ancestors(id)
        .filter(|&above| tree.node(above).kind() == NodeKind::Scalar)
        .map(|above| tree.node(above).style())
        .filter(|style| style.is_quoted())
        .collect();
    styles.reverse();
    styles.push(node.style());
    let mut text = raw.to_owned();
    let mut map: Option<OffsetMap> = None;
    for layer in styles {
        let base = if map.is_none() { inner.start } else { 0 };
        let decoded = style(layer, &text, base);
        let next = match &map {
            None => decoded.map.clone(),
            Some(outer) => decoded.map.clone().through(outer),
        };
        text = decoded.into_text().into_owned();
        map = Some(next);
    }
    match map {
        Some(map) => Decoded { text: Cow::Owned(text), map },
        None => Decoded::plain(raw, inner.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_maps_back_to_its_first_byte() {
        let decoded = style(ScalarStyle::JsonString, r"a\u003ab\n", 10);
        assert_eq!(decoded.text(), "a:b\n");
        assert_eq!(decoded.source_of(0..1), 10..11);
        assert_eq!(decoded.source_of(1..2), 11..17);
        assert_eq!(decoded.source_of(2..3), 17..18);
        assert_eq!(decoded.source_of(3..4), 18..20);
        for at in 0..=4 {
            assert_eq!(decoded.map().to_decoded(decoded.map().to_source(at)), at);
        }
        assert_eq!(decoded.map().to_decoded(13), 2, "inside the escape");
    }
}
