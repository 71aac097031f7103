//! Document symbols: the outline of a document's policies, statements and profiles.

use std::ops::Range;

use connect_policy_model::{EffectiveEntry, Element, Policy, Statement};

use crate::context::Context;
use crate::describe::{first_names, granted_permissions};
use crate::display_name;

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
pub struct DocumentSymbol {
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
    pub children: Vec<DocumentSymbol>,
}

/// The document's policies with their statements, and its profiles.
pub(crate) fn symbols(context: &Context<'_>) -> Vec<DocumentSymbol> {
    let document = context.document;
    let mut symbols: Vec<DocumentSymbol> = context.meaning.policies.iter().map(|policy| policy_symbol(context, policy)).collect();
    for known in &context.meaning.permission_lists {
        let own = known.list.effective_entries(document).filter(EffectiveEntry::is_unconditional);
        let count = granted_permissions(own).len();
        let range = document.range(known.list.key.unwrap_or(known.list.value)).start..document.range(known.list.value).end;
        symbols.push(DocumentSymbol {
            name: display_name::profile(document, known.list.key).unwrap_or_else(|| "permissions".to_owned()),
            detail: format!("{count} permission{}", if count == 1 { "" } else { "s" }),
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

fn policy_symbol(context: &Context<'_>, policy: &Policy) -> DocumentSymbol {
    let document = context.document;
    let key_above = document.key_of(policy.node).map(|key| document.value(key).into_owned());
    let range = document.range(policy.node);
    let children = policy.statements.iter().enumerate().map(|(index, statement)| statement_symbol(context, statement, index)).collect();
    DocumentSymbol {
        name: key_above.unwrap_or_else(|| "policy".to_owned()),
        detail: format!("{} statement{}", policy.statements.len(), if policy.statements.len() == 1 { "" } else { "s" }),
        kind: SymbolKind::Policy,
        selection: context.first_line(policy.node),
        range,
        children,
    }
}

fn statement_symbol(context: &Context<'_>, statement: &Statement, index: usize) -> DocumentSymbol {
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
    let content = format!("{effect} {}", first_names(&entries)).trim().to_owned();
    let (name, detail) = match sid {
        Some(sid) => (sid, content),
        None if content.is_empty() => (format!("statement {}", index + 1), String::new()),
        None => (content, String::new()),
    };
    DocumentSymbol {
        name,
        detail,
        kind: SymbolKind::Statement,
        range: document.range(statement.node),
        selection: context.first_line(statement.node),
        children: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
