//! A statement that becomes two: some of its actions move to a copy of it with other resources.
//!
//! The copy is made of the statement's own text, so it is written as that is. Comments inside of the lists go with their
//! entries; all others stay with the statement.

use std::ops::Range;

use connect_policy_model::{Element, EntryList, Policy, PolicyKind, Role, Statement, Vocabulary, is_written_list};
use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind, RewrittenItem};

use crate::context::Context;
use crate::finding::TextEdit;

/// The policies that grant something by themselves, with their Allow statements that a range touches.
pub(crate) fn touched<'a>(context: &Context<'a>, range: &Range<usize>) -> impl Iterator<Item = (&'a Policy, &'a Statement)> + use<'a> {
    let (document, range) = (context.document, range.clone());
    let judged = |policy: &&Policy| policy.is_in_scope && matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown);
    let statements =
        context.meaning.policies.iter().filter(judged).flat_map(|policy| policy.statements.iter().map(move |one| (policy, one)));
    statements.filter(move |(_, statement)| {
        let around = document.range(statement.node);
        around.start <= range.end && range.start <= around.end && statement.is_allow(document)
    })
}

/// The one list of actions and the one list of resources of a statement; `None` where there are more or others.
pub(crate) fn lists(statement: &Statement) -> Option<(&EntryList, &EntryList)> {
    let [one, other] = statement.lists.as_slice() else { return None };
    match (one.role, other.role) {
        (Role::Action, Role::Resource) => Some((one, other)),
        (Role::Resource, Role::Action) => Some((other, one)),
        _ => None,
    }
}

/// How a statement is parted.
pub(crate) struct Parting {
    /// What the statement keeps of its actions.
    pub(crate) kept: Vec<RewrittenItem>,
    /// What the new statement has.
    pub(crate) moved: Vec<RewrittenItem>,
    /// The resources that the statement keeps; `None` where all of them.
    pub(crate) resources: Option<Vec<RewrittenItem>>,
    /// The resources of the new statement.
    pub(crate) new_resources: Vec<RewrittenItem>,
    /// What is added to the statement's `Sid` for the new one's.
    pub(crate) sid: &'static str,
}

/// The statement and its copy in the statement's place. `None` where it cannot be written.
pub(crate) fn part(context: &Context<'_>, policy: &Policy, statement: &Statement, parting: &Parting) -> Option<Vec<TextEdit>> {
    let document = context.document;
    let (actions, resources) = lists(statement)?;
    let mut own = vec![document.rewrite_list_part(actions.value, &parting.kept)?];
    if let Some(kept) = &parting.resources {
        own.push(document.rewrite_list_part(resources.value, kept)?);
    }
    let mut new = vec![document.rewrite_list_part(actions.value, &parting.moved)?];
    new.push(new_resources(document, statement, actions, resources, &parting.new_resources)?);
    new.extend(new_sid(document, policy, statement, parting.sid));
    own.sort_by_key(|(range, _)| range.start);
    new.sort_by_key(|(range, _)| range.start);

    let range = document.range(statement.node);
    let end = range.start + document.text().get(range.clone())?.trim_end().len();
    // A list that ends the statement ends behind the comment of its last line.
    let end = own.iter().chain(&new).map(|(edited, _)| edited.end).fold(end, usize::max);
    let range = range.start..end;
    let own = applied(document, &range, &own);
    let copy = copied(document, statement.node, &range, &new)?;
    let new_text = beside(document, statement, &own, &copy)?;
    Some(vec![TextEdit { range, new_text }])
}

/// A copy of an Allow statement behind it, which denies some of its actions on everything. `None` where it cannot be written, or
/// where the statement has conditions, which would limit the copy too.
pub(crate) fn deny_beside(context: &Context<'_>, policy: &Policy, statement: &Statement, names: &[&str]) -> Option<Vec<TextEdit>> {
    let document = context.document;
    let (actions, resources) = lists(statement).filter(|_| !statement.conditions(document).is_present)?;
    let effect = statement.element(Element::Effect)?;
    let written = |text: &str| RewrittenItem { text: Some(text.to_owned()), of: Vec::new() };
    let denied: Vec<RewrittenItem> = names.iter().map(|name| written(name)).collect();
    let mut new = vec![document.rewrite_list_part(actions.value, &denied)?];
    new.push(new_resources(document, statement, actions, resources, &[written("*")])?);
    new.push((document.inner(effect), "Deny".to_owned()));
    new.extend(new_sid(document, policy, statement, "Deny"));
    new.sort_by_key(|(range, _)| range.start);
    let range = document.range(statement.node);
    let end = range.start + document.text().get(range.clone())?.trim_end().len();
    let range = range.start..end;
    if new.iter().any(|(edited, _)| edited.end > range.end) {
        return None;
    }
    let copy = copied(document, statement.node, &range, &new)?;
    let new_text = beside(document, statement, document.text().get(range.clone())?, &copy)?;
    Some(vec![TextEdit { range, new_text }])
}

/// The resources of the new statement, written over the whole value where that is no list.
fn new_resources(
    document: &Document,
    statement: &Statement,
    actions: &EntryList,
    resources: &EntryList,
    items: &[RewrittenItem],
) -> Option<(Range<usize>, String)> {
    let value = resources.value;
    if matches!(document.kind(value), NodeKind::Seq | NodeKind::Scalar)
        && let Some(written) = document.rewrite_list_part(value, items)
        && (document.kind(value) == NodeKind::Seq || statement.vocabulary != Vocabulary::TerraformDocument)
    {
        return Some(written);
    }
    let like = actions.entries.first()?.node;
    let texts: Vec<String> = items.iter().filter_map(|item| item.text.as_deref()).map(|text| document.format_like(like, text)).collect();
    let is_block = document.kind(value) == NodeKind::Seq && !document.tree().node(value).flags().has(NodeFlags::FLOW);
    if is_block || texts.len() != items.len() {
        return None;
    }
    let needs_list = statement.vocabulary == Vocabulary::TerraformDocument || texts.len() > 1 || document.kind(value) == NodeKind::Seq;
    let joined = texts.join(", ");
    Some((document.range(value), if needs_list { format!("[{joined}]") } else { joined }))
}

/// A `Sid` that no statement of the policy has, where the statement has one.
fn new_sid(document: &Document, policy: &Policy, statement: &Statement, suffix: &str) -> Option<(Range<usize>, String)> {
    let value = statement.element(Element::Sid)?;
    let own = document.value(value);
    let taken: Vec<_> =
        policy.statements.iter().filter_map(|other| other.element(Element::Sid)).map(|sid| document.value(sid).into_owned()).collect();
    let named = |number: usize| if number == 1 { format!("{own}{suffix}") } else { format!("{own}{suffix}{number}") };
    let name = (1..).map(named).find(|name| !taken.contains(name))?;
    Some((document.range(value), document.format_like(value, &name)))
}

/// A part of the text with edits made in it, which lie in the part and ascend.
fn applied(document: &Document, part: &Range<usize>, edits: &[(Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut from = part.start;
    for (range, new_text) in edits {
        out.push_str(document.text().get(from..range.start).unwrap_or(""));
        out.push_str(new_text);
        from = range.end;
    }
    out.push_str(document.text().get(from..part.end).unwrap_or(""));
    out
}

/// The statement's pairs with edits made in them, and between them nothing but commas and line breaks.
fn copied(document: &Document, node: NodeId, range: &Range<usize>, edits: &[(Range<usize>, String)]) -> Option<String> {
    let mut out = String::new();
    let mut from = range.start;
    for pair in document.pairs(node) {
        let key = document.range(pair.key).start;
        out.push_str(&bare(document.text().get(from..key)?));
        let end = document.range(pair.value).end.max(document.range(pair.key).end);
        let end = key + document.text().get(key..end)?.trim_end().len();
        let own: Vec<_> = edits.iter().filter(|(edited, _)| key <= edited.start && edited.start < end).cloned().collect();
        // A list's last line ends behind its comment.
        let end = own.iter().map(|(edited, _)| edited.end).fold(end, usize::max);
        out.push_str(&applied(document, &(key..end), &own));
        from = end;
    }
    out.push_str(&bare(document.text().get(from..range.end)?));
    Some(out)
}

/// What stands between two pairs, without comments and empty lines.
fn bare(gap: &str) -> String {
    if gap.chars().all(|letter| letter.is_whitespace() || matches!(letter, '{' | '}' | ',')) && gap.matches('\n').count() < 2 {
        return gap.to_owned();
    }
    let first = gap.lines().next().unwrap_or("").trim_start();
    let mark = first.chars().next().filter(|letter| matches!(letter, '{' | ',')).map_or(String::new(), |mark| mark.to_string());
    let last = gap.lines().last().unwrap_or("");
    // A last line that is a comment's end carries nothing on.
    let last = if last.trim().is_empty() || last.trim_start().starts_with(['}', ']']) { last } else { " " };
    let line_break = if gap.contains("\r\n") { "\r\n" } else { "\n" };
    if gap.contains('\n') { format!("{mark}{line_break}{last}") } else { format!("{mark}{last}") }
}

/// Whether a statement is written in a `for` expression, which makes one statement of each item of a collection.
pub(crate) fn is_in_for(document: &Document, statement: &Statement) -> bool {
    document.tree().ancestors(statement.node).any(|above| document.tree().node(above).flags().has(NodeFlags::FOR))
}

/// Both statements, written where the one stood. `None` if only one fits there: in a `for` expression, or a branch of a condition.
fn beside(document: &Document, statement: &Statement, own: &str, copy: &str) -> Option<String> {
    let node = statement.node;
    let around = document.tree().parent(node)?;
    if is_in_for(document, statement) {
        return None;
    }
    if document.kind(around) == NodeKind::Seq {
        // The arguments of `!If` are not a list.
        if !is_written_list(document, around) {
            return None;
        }
        let separator = document.separator(around, node);
        let written = format!("{own}{separator}{copy}");
        let fits = document.fits(&document.range(node), &written);
        return Some(if fits { written } else { format!("{own}{}{copy}", document.row_separator(around, node).unwrap_or(separator)) });
    }
    let key = document.key_of(node)?;
    let name = document.value(key);
    if statement.vocabulary == Vocabulary::TerraformDocument {
        // A dynamic block's content is made many times over.
        let head = document.text().get(document.range(key).start..document.range(node).start)?;
        let line = document.indent(document.range(key).start);
        return statement
            .is_statement_key(&name)
            .then(|| format!("{own}{0}{0}{line}{head}{copy}", document.line_end_at(document.range(node).end)));
    }
    if !statement.is_statement_key(&name) {
        return None;
    }
    if document.tree().node(node).flags().has(NodeFlags::FLOW) {
        return Some(format!("[{own}, {copy}]"));
    }
    // A block of YAML becomes the first item of a list: everything in it moves to the right.
    let item = |text: &str| format!("- {}", text.replace('\n', "\n  "));
    let indent = document.indent(document.range(node).start);
    let stands_below = document.text().get(document.range(key).end..document.range(node).start)?.contains('\n');
    stands_below.then(|| format!("{}{}{indent}{}", item(own), document.line_end_at(document.range(node).end), item(copy)))
}
