//! Meaning at a glance: hints beside entries, lenses above statements and profiles, the document's outline, links.

use std::collections::BTreeMap;
use std::ops::Range;

use connect_policy_catalog::Permission;
use connect_policy_model::{ActionVerdict, Counted, Element, EntryList, PermissionVerdict, Policy, Role, Statement, Verdict};
use connect_policy_syntax::NodeId;

use crate::analysis::Context;
use crate::coverage::{Granted, begun_tasks, full_tasks};
use crate::naming;

/// How many names a lens or outline entry spells out.
const MOST_NAMES: usize = 3;

/// A task that lacks more actions than this is not begun, it merely shares some.
const MOST_LACKING: usize = 2;

/// AWS's page on security-profile permissions.
const PERMISSIONS_PAGE: &str = "https://docs.aws.amazon.com/connect/latest/adminguide/security-profile-list.html";

/// A few words shown beside a text that they are not part of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// Behind which byte they are shown.
    pub offset: usize,
    /// The words.
    pub label: String,
}

/// A line of words shown above a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lens {
    /// The text, in bytes.
    pub range: Range<usize>,
    /// The words.
    pub title: String,
}

/// What an entry of the outline is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SymbolKind {
    /// A policy.
    Policy,
    /// A statement.
    Statement,
    /// A security profile.
    Profile,
}

/// An entry of the document's outline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// More on it.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, in bytes.
    pub range: Range<usize>,
    /// The part that its name stands for, inside the range.
    pub selection: Range<usize>,
    /// What lies inside.
    pub children: Vec<Symbol>,
}

/// A piece of text that leads to a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The text, in bytes.
    pub range: Range<usize>,
    /// The page.
    pub target: String,
}

/// How many actions a wildcard takes in, and what the console calls a permission.
pub(crate) fn hints(context: &Context<'_>, range: &Range<usize>) -> Vec<Hint> {
    let document = context.document;
    let mut hints = Vec::new();
    let actions = context.meaning.action_lists().flat_map(|(list, _)| &list.entries);
    let permissions = context.meaning.permission_lists.iter().flat_map(|known| &known.list.entries);
    for entry in actions.chain(permissions).filter(|entry| entry.range.start < range.end && range.start <= entry.range.end) {
        let label = match &entry.verdict {
            Verdict::Action(ActionVerdict::Pattern { count: 1 }) => "1 action".to_owned(),
            Verdict::Action(ActionVerdict::Pattern { count }) if *count > 0 => format!("{count} actions"),
            Verdict::Permission(PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) => {
                match label_of(permission) {
                    Some(label) => label.to_owned(),
                    None => continue,
                }
            }
            _ => continue,
        };
        hints.push(Hint { offset: document.range(entry.node).end, label });
    }
    let lists = context.meaning.action_lists().map(|(list, _)| list);
    let lists = lists.chain(context.meaning.permission_lists.iter().map(|known| &known.list));
    hints.extend(lists.flat_map(|list| references(context, list, range)));
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// How many entries stand behind the references of a list.
fn references(context: &Context<'_>, list: &EntryList, range: &Range<usize>) -> Vec<Hint> {
    let mut counts: BTreeMap<NodeId, (usize, usize)> = BTreeMap::new();
    for lender in &list.lenders {
        counts.entry(lender.reference).or_default().0 += 1;
    }
    for lender in list.borrowed.iter().filter_map(|borrowed| list.lenders.get(borrowed.lender)) {
        counts.entry(lender.reference).or_default().1 += 1;
    }
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let hints = counts.into_iter().map(|(reference, (lists, entries))| {
        let entries = counted(entries, "entry", "entries");
        let label = if lists == 1 { entries } else { format!("{lists} lists, {entries}") };
        Hint { offset: context.document.range(reference).end, label }
    });
    hints.filter(|hint| range.start <= hint.offset && hint.offset <= range.end).collect()
}

/// The console's label, unless it only says the name again.
fn label_of(permission: &Permission) -> Option<&'static str> {
    let label = permission.labels.first().or(permission.old_labels.first()).copied()?;
    let squeeze = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    (squeeze(label) != squeeze(permission.name)).then_some(label)
}

/// What statements let someone do in the console, and what a profile holds.
pub(crate) fn lenses(context: &Context<'_>) -> Vec<Lens> {
    let mut lenses: Vec<Lens> = Vec::new();
    for policy in context.meaning.policies.iter().filter(|policy| policy.is_in_scope && policy.kind.may_grant()) {
        for statement in &policy.statements {
            if let Some(title) = statement_title(context, statement) {
                lenses.push(Lens { range: head(context, statement.node), title });
            }
        }
    }
    for known in &context.meaning.permission_lists {
        if let Some(title) = profile_title(context, &known.list) {
            let node = known.list.key.unwrap_or(known.list.value);
            lenses.push(Lens { range: head(context, node), title });
        }
    }
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
}

/// The first line of a node: where a lens stands.
fn head(context: &Context<'_>, node: NodeId) -> Range<usize> {
    let range = context.document.range(node);
    let text = &context.document.text()[range.clone()];
    range.start..range.start + text.find(['\n', '\r']).unwrap_or(text.len())
}

fn statement_title(context: &Context<'_>, statement: &Statement) -> Option<String> {
    let granted = Granted::of(context.document, [statement]);
    let full: Vec<&str> = full_tasks(context.catalog, &granted).iter().map(|task| task.title).collect();
    let begun = begun_tasks(context.catalog, &granted, MOST_LACKING);
    let mut parts = Vec::new();
    if !full.is_empty() {
        parts.push(format!("Console: {}", some_of(&full)));
    }
    if !granted.is_open() && !begun.is_empty() {
        let begun: Vec<String> = begun.iter().map(|(task, lacks)| format!("{} (lacks {})", task.title, lacks.join(", "))).collect();
        parts.push(format!("begun: {}", some_of(&begun)));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn profile_title(context: &Context<'_>, list: &EntryList) -> Option<String> {
    // Of several lists each tells of itself where it stands.
    let entries: Vec<Counted<'_>> = list.counted(context.document).filter(Counted::is_certain).collect();
    if entries.is_empty() {
        return None;
    }
    let known: Vec<&'static Permission> = entries.iter().filter_map(|entry| permission_of(entry.verdict())).collect();
    let mut sections: Vec<&str> = known.iter().filter_map(|permission| permission.section).collect();
    sections.sort_unstable();
    sections.dedup();
    let count = entries.len();
    let mut title = format!("{count} permission{}", if count == 1 { "" } else { "s" });
    if !sections.is_empty() {
        title.push_str(&format!(" in {}", some_of(&sections)));
    }
    let is_risky = |permission: &&&Permission| {
        context.catalog.relations().iter().any(|relation| relation.kind == "risky" && relation.from.contains(&permission.name))
    };
    let risky: Vec<&str> = known.iter().filter(is_risky).map(|permission| permission.name).collect();
    if !risky.is_empty() {
        title.push_str(&format!(" · risky: {}", some_of(&risky)));
    }
    Some(title)
}

fn permission_of(verdict: &Verdict) -> Option<&'static Permission> {
    match verdict {
        Verdict::Permission(PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) => Some(permission),
        _ => None,
    }
}

/// Up to three names, and how many more there are.
fn some_of<N: AsRef<str>>(names: &[N]) -> String {
    let shown: Vec<&str> = names.iter().take(MOST_NAMES).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The document's policies with their statements, and its profiles.
pub(crate) fn symbols(context: &Context<'_>) -> Vec<Symbol> {
    let document = context.document;
    let mut symbols: Vec<Symbol> = context.meaning.policies.iter().map(|policy| policy_symbol(context, policy)).collect();
    for known in &context.meaning.permission_lists {
        let range = document.range(known.list.key.unwrap_or(known.list.value)).start..document.range(known.list.value).end;
        symbols.push(Symbol {
            name: naming::profile(document, known.list.key).unwrap_or_else(|| "permissions".to_owned()),
            detail: format!("{} permissions", known.list.entries.len()),
            kind: SymbolKind::Profile,
            selection: document.range(known.list.key.unwrap_or(known.list.value)),
            range,
            children: Vec::new(),
        });
    }
    for symbol in &mut symbols {
        symbol.selection.end = symbol.selection.end.min(symbol.range.end);
    }
    symbols.sort_by_key(|symbol| symbol.range.start);
    symbols
}

fn policy_symbol(context: &Context<'_>, policy: &Policy) -> Symbol {
    let document = context.document;
    let key_above = document.key_of(policy.node).map(|key| document.value(key).into_owned());
    let range = document.range(policy.node);
    let children = policy.statements.iter().enumerate().map(|(index, statement)| statement_symbol(context, statement, index)).collect();
    Symbol {
        name: key_above.unwrap_or_else(|| "policy".to_owned()),
        detail: format!("{} statement{}", policy.statements.len(), if policy.statements.len() == 1 { "" } else { "s" }),
        kind: SymbolKind::Policy,
        selection: head(context, policy.node),
        range,
        children,
    }
}

fn statement_symbol(context: &Context<'_>, statement: &Statement, index: usize) -> Symbol {
    let document = context.document;
    let sid = statement.element(Element::Sid).map(|sid| document.value(sid).into_owned()).filter(|sid| !sid.is_empty());
    let entries: Vec<String> = statement
        .lists
        .iter()
        .filter(|list| list.role.is_action())
        .flat_map(|list| &list.entries)
        .map(|entry| entry.text(document).into_owned())
        .collect();
    let effect = statement.element(Element::Effect).map_or(String::new(), |effect| document.value(effect).into_owned());
    let content = format!("{effect} {}", some_of(&entries)).trim().to_owned();
    let (name, detail) = match sid {
        Some(sid) => (sid, content),
        None if content.is_empty() => (format!("statement {}", index + 1), String::new()),
        None => (content, String::new()),
    };
    Symbol {
        name,
        detail,
        kind: SymbolKind::Statement,
        range: document.range(statement.node),
        selection: head(context, statement.node),
        children: Vec::new(),
    }
}

/// The keys of lists lead to AWS's pages on what stands in them.
pub(crate) fn links(context: &Context<'_>) -> Vec<Link> {
    let document = context.document;
    let mut links = Vec::new();
    for (list, is_in_scope) in context.meaning.action_lists() {
        let service = list.entries.iter().find_map(|entry| match &entry.verdict {
            Verdict::Action(ActionVerdict::Known { service, .. }) => Some(service),
            _ => None,
        });
        if let (Some(key), Some(service), true) = (list.key, service, is_in_scope && list.role == Role::Action) {
            links.push(Link { range: document.inner(key), target: service.reference_page() });
        }
    }
    for known in &context.meaning.permission_lists {
        if let Some(key) = known.list.key {
            links.push(Link { range: document.inner(key), target: PERMISSIONS_PAGE.to_owned() });
        }
    }
    links.sort_by_key(|link| link.range.start);
    links
}

#[cfg(test)]
mod tests;
