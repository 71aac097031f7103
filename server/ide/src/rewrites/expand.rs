//! A wildcard becomes the actions that it matches.

use connect_policy_catalog::Pattern;
use connect_policy_model::{ActionVerdict, Entry, Verdict};
use connect_policy_syntax::RewrittenItem;

use super::editable_run::{EditableRun, Rewrite};
use crate::context::Context;

/// A wildcard that matches more is no list that anybody wants to read, and near the size that a policy may have.
const MOST: usize = 150;

/// One rewrite for each wildcard that is touched.
pub(super) fn rewrites(context: &Context<'_>, run: &EditableRun<'_>) -> Vec<Rewrite> {
    let is_small = |entry: &&&Entry| matches!(entry.verdict, Verdict::Action(ActionVerdict::Pattern { count: ..=MOST }));
    run.touched.iter().filter(is_small).filter_map(|entry| rewrite(context, run, entry)).collect()
}

fn rewrite(context: &Context<'_>, run: &EditableRun<'_>, entry: &Entry) -> Option<Rewrite> {
    let document = context.document;
    let text = entry.text(document);
    let (prefix, name) = text.split_once(':')?;
    if Pattern::is_wild(prefix) {
        return None;
    }
    let matches = context.catalog.all_matching(&Pattern::new(&text)?);
    // What no longer exists is left out: it grants nothing.
    let (names, unlisted) = (matches.names(), matches.unlisted.len());
    let is_lower = name.contains(char::is_lowercase) && !name.contains(char::is_uppercase);
    let written: Vec<String> = run.entries.iter().map(|entry| entry.text(document).to_ascii_lowercase()).collect();
    let missing = names.iter().filter(|name| !written.contains(&name.to_ascii_lowercase()));
    let spelt = missing.filter_map(|full| full.split_once(':')).map(|(_, name)| {
        let name = if is_lower { name.to_ascii_lowercase() } else { name.to_owned() };
        format!("{prefix}:{name}")
    });
    let mut new: Vec<RewrittenItem> = spelt.map(|text| RewrittenItem { text: Some(text), of: Vec::new() }).collect();
    new.first_mut()?.of.push(entry.node);
    let items = run.items(context, |other| (other.node == entry.node).then(|| new.clone()));
    let actions = if names.len() == 1 { "1 action".to_owned() } else { format!("{} actions", names.len()) };
    let aside = match unlisted {
        0 => String::new(),
        _ if names.len() == 1 => " (not in AWS's reference)".to_owned(),
        _ => format!(" ({unlisted} not in AWS's reference)"),
    };
    run.rewrite(context, "expandWildcard", format!("Expand `{text}` into {actions}{aside}"), &items)
}
