//! Lists inside lists, which neither IAM nor the template languages flatten.

use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::values::functions;
use crate::values::list_items::{inside, is_written_list};

/// The lists that are an item of a list below a value: written there, chosen by a function, or behind an alias. The argument of
/// a function that flattens lists may hold some.
pub fn nested_lists(document: &Document, value: NodeId) -> Vec<NodeId> {
    let mut nested = Vec::new();
    let mut open = vec![(value, false)];
    while let Some((node, is_item)) = open.pop() {
        let is_list = match document.kind(node) {
            NodeKind::Seq => is_written_list(document, node),
            NodeKind::Call => functions::terraform(&document.value(node)).is_some_and(|function| function.is_list()),
            NodeKind::Alias => is_item && is_alias_of_list(document, node),
            _ => false,
        };
        if is_list && is_item {
            nested.push(node);
            continue;
        }
        let is_flat = document.kind(node) == NodeKind::Call && functions::flattens(&document.value(node));
        let parts = inside(document, node).filter(|_| !is_flat);
        let are_items = if document.kind(node) == NodeKind::Call && is_list { false } else { is_item || is_list };
        open.extend(parts.into_iter().flatten().rev().map(|part| (part, are_items)));
    }
    nested
}

fn is_alias_of_list(document: &Document, alias: NodeId) -> bool {
    let name = document.value(alias);
    let before = document.range(alias).start;
    let anchor = document.anchors().take_while(|(start, ..)| *start < before).filter(|(_, text, _)| *text == name).last();
    anchor.is_some_and(|(.., node)| document.kind(node) == NodeKind::Seq)
}

#[cfg(test)]
mod tests {
    use connect_policy_syntax::Format;

    use super::*;

    #[track_caller]
    fn check(format: Format, text: &str, expected: &[&str]) {
        let document = Document::read(text, format);
        let value = document.roots().find_map(|root| document.get(root, "a")).unwrap_or_else(|| panic!("no value in {text}"));
        let found: Vec<&str> = nested_lists(&document, value).into_iter().map(|node| document.raw(node)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lists_in_lists_are_found_however_they_get_there() {
        check(Format::Json, r#"{"a": ["x", ["y", ["z"]], "w", ["v"]]}"#, &[r#"["y", ["z"]]"#, r#"["v"]"#]);
        check(Format::Json, r#"{"a": ["x", {"Fn::If": ["C", ["y"], "z"]}]}"#, &[r#"["y"]"#]);
        check(Format::Yaml, "a:\n  - x\n  - !If [C, [y, z], !Ref 'AWS::NoValue']\n", &["[y, z]"]);
        check(Format::Yaml, "b: &b [y]\na:\n  - x\n  - *b\n", &["*b"]);
        check(Format::Hcl, "a = [\"x\", var.y ? [\"z\"] : []]\n", &["[\"z\"]", "[]"]);
        check(Format::Hcl, "a = [\"x\", concat([\"z\"], local.y)]\n", &["concat([\"z\"], local.y)"]);
    }

    #[test]
    fn flat_lists_are_not() {
        check(Format::Json, r#"{"a": {"Fn::If": ["C", ["y"], ["z"]]}}"#, &[]);
        check(Format::Yaml, "b: &b [y]\na: *b\n", &[]);
        check(Format::Yaml, "b: &b y\na: [*b]\n", &[]);
        check(Format::Yaml, "a: !If [C, [y, z], x]\n", &[]);
        check(Format::Yaml, "a: [!Sub ['${X}', {X: y}]]\n", &[]);
        check(Format::Hcl, "a = concat([\"x\"], var.y ? [\"z\"] : [])\n", &[]);
        check(Format::Hcl, "a = flatten([\"x\", [\"z\"], concat([\"w\"])])\n", &[]);
        check(Format::Hcl, "a = distinct(compact([\"x\"]))\n", &[]);
        check(Format::Hcl, "a = [try(var.x, \"y\")]\n", &[]);
    }
}
