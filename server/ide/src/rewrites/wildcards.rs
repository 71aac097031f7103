//! A set of actions becomes the fewest wildcards that match exactly it.
//!
//! A wildcard is cut behind a whole word (`ListPhone*`), so that what it will take in tomorrow is what its words say. None
//! may take an action that was not granted: of the catalogue, of the workspace's own list, of what AWS uses without listing
//! it, of what is gone.

use std::collections::{BTreeMap, BTreeSet};

use connect_policy_catalog::{Catalog, Pattern};
use connect_policy_model::{ActionVerdict, Entry, Verdict};
use connect_policy_syntax::{NodeId, RewrittenItem};

use super::editable_run::{EditableRun, Rewrite};
use crate::context::Context;

const NAME: &str = "useWildcards";

/// Offered for several actions of one service; where no wildcard matches two of them and nothing else, told as such.
pub(super) fn rewrite(context: &Context<'_>, run: &EditableRun<'_>) -> Option<Rewrite> {
    if !run.role.is_action() {
        return None;
    }
    // The entries that may go into a wildcard, by the service's prefix in lower case.
    let mut by_prefix: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in run.selected() {
        let prefix = entry.text(context.document).split_once(':').map(|(prefix, _)| prefix.to_ascii_lowercase());
        if let Some(prefix) = prefix.filter(|_| is_replaceable(context, entry)) {
            by_prefix.entry(prefix).or_default().push(entry);
        }
    }
    by_prefix.retain(|_, entries| entries.len() > 1);
    if by_prefix.is_empty() {
        return None;
    }
    let mut patterns: Vec<(String, Vec<NodeId>)> = Vec::new();
    let mut count = 0;
    for (prefix, entries) in &by_prefix {
        let found = of_service(context, prefix, entries);
        count += found.iter().map(|(_, replaced)| replaced.len()).sum::<usize>();
        patterns.extend(found);
    }
    if patterns.is_empty() {
        let reason = "no shorter wildcard matches exactly these actions".to_owned();
        return Some(Rewrite { name: NAME, title: "Replace the actions with wildcards".to_owned(), change: Err(reason) });
    }
    patterns.sort_by_key(|(_, replaced)| replaced.first().copied());
    let items = run.items(context, |entry| {
        let (text, replaced) = patterns.iter().find(|(_, replaced)| replaced.contains(&entry.node))?;
        let is_first = replaced.first() == Some(&entry.node);
        Some(if is_first { vec![RewrittenItem { text: Some(text.clone()), of: replaced.clone() }] } else { Vec::new() })
    });
    let named = match patterns.as_slice() {
        [(only, _)] => format!("`{only}`"),
        [(one, _), (other, _)] => format!("`{one}` and `{other}`"),
        [(one, _), others @ ..] => format!("`{one}` and {} more wildcards", others.len()),
        [] => return None,
    };
    run.rewrite(context, NAME, format!("Replace {count} entries with {named}"), &items)
}

/// A name that is known, or a wildcard of the kind that is written here.
fn is_replaceable(context: &Context<'_>, entry: &Entry) -> bool {
    match &entry.verdict {
        Verdict::Action(ActionVerdict::Known { .. } | ActionVerdict::Added(_) | ActionVerdict::Unlisted(_)) => true,
        Verdict::Action(ActionVerdict::Pattern { .. }) => {
            let text = entry.text(context.document);
            let head = text.strip_suffix('*').filter(|head| !Pattern::is_wild(head));
            head.is_some_and(|head| !head.ends_with(':'))
        }
        _ => false,
    }
}

/// The wildcards for entries of one service, each with what it replaces.
fn of_service(context: &Context<'_>, prefix: &str, entries: &[&Entry]) -> Vec<(String, Vec<NodeId>)> {
    let known = known_names(context.catalog, prefix);
    let texts: Vec<String> = entries.iter().map(|entry| entry.text(context.document).into_owned()).collect();
    let names: Vec<&str> = texts.iter().filter_map(|text| text.split_once(':')).map(|(_, name)| name).collect();
    let granted: BTreeSet<&str> =
        known.iter().map(String::as_str).filter(|known| names.iter().any(|name| connect_policy_catalog::glob(name, known))).collect();
    let mut found: Vec<(String, Vec<NodeId>)> = Vec::new();
    for head in fewest(&known, &granted) {
        let begins = |name: &&str| name.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(&head));
        let replaced: Vec<usize> = (0..names.len()).filter(|&index| begins(&names[index])).collect();
        // One wildcard for itself is no gain.
        if let [first, _, ..] = replaced.as_slice() {
            let written = texts[*first].split_once(':').map_or(prefix, |(prefix, _)| prefix);
            found.push((format!("{written}:{head}*"), replaced.iter().map(|&index| entries[index].node).collect()));
        }
    }
    found
}

/// Every name that a wildcard of a service could take, whatever is known of it, in AWS's letter case.
fn known_names(catalog: &Catalog, prefix: &str) -> Vec<String> {
    let of_service = catalog.service(prefix).into_iter().flat_map(|service| &service.actions).map(|action| action.name);
    let full = catalog.unlisted_actions().iter().map(|unlisted| unlisted.action);
    let full = full.chain(catalog.removed_actions().iter().map(|gone| gone.action));
    let full = full.chain(catalog.added_actions().map(|added| added.name.as_str()));
    let others = full.filter_map(|name| name.split_once(':')).filter(|(other, _)| other.eq_ignore_ascii_case(prefix)).map(|(_, name)| name);
    let mut names: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in of_service.chain(others) {
        if seen.insert(name.to_ascii_lowercase()) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The beginnings, cut behind whole words, under which two or more granted names and no others lie, none within another.
/// Beginnings either contain one another or have nothing in common, so the shortest are also the fewest.
fn fewest(known: &[String], granted: &BTreeSet<&str>) -> Vec<String> {
    let mut heads: Vec<&str> = granted.iter().flat_map(|name| cuts(name).map(move |cut| &name[..cut])).collect();
    heads.sort_unstable_by_key(|head| (head.len(), *head));
    heads.dedup();
    let begins = |name: &str, head: &str| name.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head));
    let mut fewest: Vec<String> = Vec::new();
    for head in heads {
        if fewest.iter().any(|wider| begins(head, wider)) {
            continue;
        }
        let mut below = known.iter().filter(|name| begins(name, head));
        let count = below.clone().count();
        if count > 1 && below.all(|name| granted.contains(name.as_str())) {
            fewest.push(head.to_owned());
        }
    }
    fewest
}

/// Where the words of a name end: before a capital that begins a word, and at the end.
fn cuts(name: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = name.as_bytes();
    let begins_word = move |at: usize| {
        let follows_small = !bytes[at - 1].is_ascii_uppercase();
        let precedes_small = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        bytes[at].is_ascii_uppercase() && (follows_small || precedes_small)
    };
    (1..bytes.len()).filter(move |&at| begins_word(at)).chain([bytes.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_behind_words() {
        let words = |name: &'static str| cuts(name).map(|cut| &name[..cut]).collect::<Vec<_>>();
        assert_eq!(words("ListPhoneNumbersV2"), ["List", "ListPhone", "ListPhoneNumbers", "ListPhoneNumbersV2"]);
        assert_eq!(words("GetAIAgent"), ["Get", "GetAI", "GetAIAgent"]);
    }

    #[test]
    fn what_is_not_listed_or_gone_is_never_taken_in() {
        let catalog = Catalog::builtin();
        let known = known_names(&catalog, "connect");
        assert!(known.iter().any(|name| name == "ListTestCases") && known.iter().any(|name| name == "ModifyInstance"), "{known:?}");
    }
}
