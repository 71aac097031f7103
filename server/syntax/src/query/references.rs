//! References to values elsewhere: Terraform's (`local.profiles["agent"].permissions`) and YAML's anchors.

use std::borrow::Cow;

use crate::document::Document;
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

/// A reference: a name, and the steps from its value to the referenced one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traversal<'d> {
    /// The first name: `local`, `var`, `each`, a resource's type.
    pub root: &'d str,
    /// The steps from there.
    pub steps: Vec<PathStep<'d>>,
}

/// One step into a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PathStep<'d> {
    /// To the value of this key.
    Key(Cow<'d, str>),
    /// To the item with this index, from 0.
    Index(usize),
    /// To an unknown item, or to all: `[each.key]`, `[*]`.
    Any,
}

impl Document {
    /// The reference that an expression consists of; `None` for other expressions.
    pub fn traversal(&self, node: NodeId) -> Option<Traversal<'_>> {
        (self.tree().node(node).style() == ScalarStyle::Expression).then(|| traversal(self.raw(node)))?
    }

    /// The head of a `for` expression: the name of its values, and the reference that it iterates over. `None` if it iterates over
    /// another expression.
    pub fn loop_head(&self, node: NodeId) -> Option<(&str, Traversal<'_>)> {
        let is_for = self.tree().node(node).flags().has(NodeFlags::FOR);
        let first = self.tree().children(node).next().filter(|_| is_for)?;
        let head = self.text().get(self.inner(node).start..self.range(first).start)?.trim();
        let (names, source) = head.strip_prefix("for")?.split_once(" in ")?;
        let value = names.rsplit(',').next()?.trim();
        Some((value, traversal(source.trim().strip_suffix(':')?)?))
    }

    /// The anchors of a YAML file, in document order: the byte at which the name begins, the name, and the node.
    pub fn anchors(&self) -> impl Iterator<Item = (usize, &str, NodeId)> {
        let nodes = self.tree().nodes();
        self.tree().anchors.iter().filter_map(move |name| {
            // Nodes are in document order; of nodes that begin at the same byte, the outermost is first.
            let index = nodes.partition_point(|node| node.start < name.end);
            let node = NodeId(u32::try_from(index).ok().filter(|_| index < nodes.len())?);
            let is_value = self.kind(node) != NodeKind::Key;
            let text = self.text().get(name.start as usize..name.end as usize)?;
            is_value.then_some((name.start as usize, text, node))
        })
    }
}

fn traversal(text: &str) -> Option<Traversal<'_>> {
    let (root, mut rest) = name(text.trim())?;
    let mut steps = Vec::new();
    while let Some(byte) = rest.bytes().next() {
        // A character of several bytes cannot begin a step.
        let after = rest.get(1..)?.trim_start();
        rest = match byte {
            b'.' if after.starts_with('*') => {
                steps.push(PathStep::Any);
                &after[1..]
            }
            b'.' => match name(after) {
                Some((key, rest)) => {
                    steps.push(PathStep::Key(Cow::Borrowed(key)));
                    rest
                }
                None => {
                    let (index, rest) = digits(after)?;
                    steps.push(PathStep::Index(index));
                    rest
                }
            },
            b'[' => {
                let end = closing(after)?;
                steps.push(inside_brackets(after[..end].trim()));
                &after[end + 1..]
            }
            _ if byte.is_ascii_whitespace() => rest.trim_start(),
            _ => return None,
        };
    }
    Some(Traversal { root, steps })
}

fn inside_brackets(text: &str) -> PathStep<'_> {
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|text| !text.contains(['"', '\\', '$', '%']));
    match (quoted, digits(text)) {
        (Some(key), _) => PathStep::Key(Cow::Borrowed(key)),
        (None, Some((index, ""))) => PathStep::Index(index),
        _ => PathStep::Any,
    }
}

fn name(text: &str) -> Option<(&str, &str)> {
    let is_start = |letter: char| letter.is_alphabetic() || letter == '_';
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-'))).unwrap_or(text.len());
    text.starts_with(is_start).then(|| text.split_at(end))
}

fn digits(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The byte of `text` that closes the bracket opened before it.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if is_quoted => drop(bytes.next()),
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let shown = traversal(text).map(|traversal| {
            let steps = traversal.steps.iter().map(|step| match step {
                PathStep::Key(key) => format!(" {key}"),
                PathStep::Index(index) => format!(" #{index}"),
                PathStep::Any => " *".to_owned(),
            });
            format!("{}{}", traversal.root, steps.collect::<String>())
        });
        assert_eq!(shown.as_deref(), expected, "{text}");
    }

    #[test]
    fn references_are_told_step_by_step() {
        check("local.actions", Some("local actions"));
        check("local.profiles[each.key].permissions", Some("local profiles * permissions"));
        check("local.profiles[\"team lead\"].permissions", Some("local profiles team lead permissions"));
        check("var.lists[0]", Some("var lists #0"));
        check("var.lists.0", Some("var lists #0"));
        check("local.profiles[*].actions", Some("local profiles * actions"));
        check("local.profiles.*.actions", Some("local profiles * actions"));
        check("local . a [ \"b]\" ]", Some("local a b]"));
        check("local.a[local.names[\"x\"]]", Some("local a *"));
        check("each.value", Some("each value"));
    }

    #[test]
    fn computations_are_no_references() {
        for text in [
            "local.a + 1",
            "a == b",
            "-local.a",
            "local.",
            "local.a[",
            "local.a[0",
            "",
            "local.a ? 1 : 2",
            "!var.x",
            "local😀",
            "local.a😀b",
            "local[\"😀\"]😀",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_loop_goes_through_what_its_head_names() {
        let head = |text: &str| {
            let document = Document::read(text, Format::Hcl);
            let node = document.tree().subtree(NodeId::STREAM).find(|&node| document.tree().node(node).flags().has(NodeFlags::FOR))?;
            document.loop_head(node).map(|(name, source)| format!("{name} {} {:?}", source.root, source.steps.len()))
        };
        assert_eq!(head("a = { for p in local.profiles : p.name => p }").as_deref(), Some("p local 1"));
        assert_eq!(head("a = [for key, value in var.x[\"a:b\"] : value if true]").as_deref(), Some("value var 2"));
        assert_eq!(head("a = [for x in concat(local.a, local.b) : x]"), None);
        assert_eq!(head("a = [for x in"), None);
    }

    #[test]
    fn an_anchor_names_the_node_behind_it() {
        let text = "a: &list\n  - x\nb: &flow [y]\nc: &word z\nd: \"&no\" # &no\ne: *list\n";
        let document = Document::read(text, Format::Yaml);
        let named: Vec<_> = document.anchors().map(|(_, name, node)| (name, document.kind(node), document.raw(node).trim())).collect();
        assert_eq!(named, [("list", NodeKind::Seq, "- x"), ("flow", NodeKind::Seq, "[y]"), ("word", NodeKind::Scalar, "z")]);
    }
}
