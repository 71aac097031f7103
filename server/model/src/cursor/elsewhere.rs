//! Places inside a value that hold no entry of it: arguments that a function does not pass on, conditions, references, lines that
//! continue a text of YAML.

use connect_policy_syntax::{CursorPath, CursorStep, Document, Format, NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::values::functions;

/// Whether an entry cannot be written at a place, whatever the list or key around it holds.
pub(super) fn is_elsewhere(document: &Document, located: &CursorPath, offset: usize) -> bool {
    is_in_other_argument(document, located)
        || is_in_expression(document, located, offset)
        || is_in_interpolation(document, located.token, offset)
        || continues_text(document, located, offset)
}

/// Whether one of the functions between a place and the key around it does not pass on what is written there.
fn is_in_other_argument(document: &Document, located: &CursorPath) -> bool {
    let path = &located.path;
    let is_ordinary = |(index, step): (usize, &CursorStep)| match step {
        CursorStep::Key(key) => function_of_key(document, *key).is_none() && !is_half_written(document, *key, index + 1 == path.len()),
        CursorStep::Embedded(_) => true,
        _ => false,
    };
    let start = path.iter().enumerate().rposition(is_ordinary).map_or(0, |index| index + 1);
    let index_in = |position: usize, is_argument: &dyn Fn(NodeId) -> bool| match path.get(position + 1) {
        Some(CursorStep::Item(seq, index)) if is_argument(*seq) => Some(*index),
        _ => None,
    };
    let is_other = path[start..].iter().enumerate().any(|(position, step)| match *step {
        CursorStep::Argument(call, argument) => {
            let name = document.value(call);
            let index = index_in(start + position, &|seq| document.tree().parent(seq) == Some(call));
            !functions::passes_argument(&name, argument, index)
        }
        CursorStep::Key(key) if located.token != Some(key) => {
            let index = index_in(start + position, &|seq| document.key_of(seq) == Some(key));
            function_of_key(document, key).is_some_and(|name| !functions::passes_item(&name, index))
        }
        _ => false,
    });
    is_other || is_behind_tag(document, located)
}

/// The name of the function that a key calls, without its prefix.
fn function_of_key(document: &Document, key: NodeId) -> Option<String> {
    let map = document.tree().parent(key)?;
    let name = document.value(key);
    functions::name_in_key(&name).filter(|_| document.pairs(map).take(2).count() == 1).map(str::to_owned)
}

/// `- connect:` reads as a key.
fn is_half_written(document: &Document, key: NodeId, is_last: bool) -> bool {
    is_last && document.value_of_key(key).is_none_or(|value| document.kind(value) == NodeKind::Missing)
}

/// `!GetAtt connect:` reads as a key behind a tag.
fn is_behind_tag(document: &Document, located: &CursorPath) -> bool {
    let Some(CursorStep::Key(key)) = located.path.last() else { return false };
    let before = document.text()[..document.range(*key).start].trim_end_matches(' ');
    let word = before.rsplit(|letter: char| letter.is_whitespace()).next().unwrap_or("");
    word.starts_with('!') && !functions::passes_argument(word, 0, None)
}

/// Whether a place is in an expression of Terraform's that gives no entry: a condition, an index, the collection of a `for`.
fn is_in_expression(document: &Document, located: &CursorPath, offset: usize) -> bool {
    if document.format_at(located.node) != Format::Hcl {
        return false;
    }
    match located.token {
        Some(token) => {
            let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | ':' | '*');
            document.tree().node(token).style() == ScalarStyle::Expression && !document.raw(token).chars().all(is_word)
        }
        None => {
            let before = document.text()[..offset].trim_end();
            let is_for = document.tree().node(located.node).flags().has(NodeFlags::FOR);
            // A branch or body without text.
            (is_for || document.kind(located.node) == NodeKind::Choice) && !before.ends_with(['?', ':'])
        }
    }
}

/// Whether a place is between the braces of an interpolation.
fn is_in_interpolation(document: &Document, token: Option<NodeId>, offset: usize) -> bool {
    let Some(token) = token.filter(|&token| document.kind(token) == NodeKind::Scalar) else { return false };
    let Some(before) = document.text().get(document.inner(token).start..offset) else { return false };
    let open = before.rfind("${").max(before.rfind("%{"));
    open.is_some_and(|open| !before[open..].contains('}'))
}

/// Whether a place is on a line of YAML that continues the text of a line above, or that would.
fn continues_text(document: &Document, located: &CursorPath, offset: usize) -> bool {
    if document.format_at(located.node) != Format::Yaml {
        return false;
    }
    let line_start = document.text()[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let begins_above = |node: NodeId| document.range(node).start < line_start;
    if let Some(token) = located.token.filter(|&token| document.kind(token) == NodeKind::Scalar)
        && document.tree().node(token).style() == ScalarStyle::YamlPlain
        && begins_above(token)
    {
        return true;
    }
    let innermost =
        located.path.iter().rev().find_map(|step| if let CursorStep::Item(seq, index) = step { Some((*seq, *index)) } else { None });
    let Some((seq, index)) = innermost.filter(|(seq, _)| !document.tree().node(*seq).flags().has(NodeFlags::FLOW)) else { return false };
    let Some(item) = document.items(seq).nth(index).filter(|_| located.node != seq) else {
        // Nothing is written here, not even a dash.
        return located.node == seq && !document.text()[line_start..offset].trim_start().starts_with('-');
    };
    // A text that a line with a colon follows reads as a key without a colon.
    let is_text_above = document.pairs(item).next().is_some_and(|pair| {
        let rest = &document.text()[document.range(pair.key).end..];
        begins_above(pair.key) && document.kind(pair.value) == NodeKind::Missing && !rest.trim_start_matches(' ').starts_with(':')
    });
    is_text_above || !has_dash(document, item)
}

/// Whether a dash is in front of an item, perhaps with an anchor or tag between.
fn has_dash(document: &Document, item: NodeId) -> bool {
    let before = document.text()[..document.range(item).start].trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    word.is_empty() || word.ends_with('-') || word.starts_with(['&', '!'])
}
