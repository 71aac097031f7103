//! The action, pattern or prefix that a wrong one was meant to be.

use crate::names::nearest::{MAX_SUGGESTIONS, distance, similarity};
use connect_policy_catalog::{Action, Catalog, Pattern, Service};

use crate::names::suggest::cache::AnswerCache;
use crate::names::suggest::words::{self, LONGEST_NAME, Words, noun_similarity, verb_similarity};

/// Lower scores mean nothing.
const MIN_SCORE: f64 = 0.55;

/// The actions that a wrong action entry was most likely meant to be, full names, the best first, at most three. Also for
/// patterns that match nothing. An entry of an unknown service is read as one of `prefix`.
pub fn nearest_actions(catalog: &Catalog, entry: &str, prefix: &str) -> Vec<String> {
    static KNOWN: AnswerCache<Vec<String>> = AnswerCache::new();
    let name = entry.split_once(':').map_or(entry, |(_, name)| name);
    let find = || find_actions(catalog, name, prefix);
    if catalog.added_actions().next().is_some() { find() } else { KNOWN.answer(&format!("{prefix}:{name}"), find) }
}

fn find_actions(catalog: &Catalog, name: &str, prefix: &str) -> Vec<String> {
    let Some(service) = catalog.service(prefix).filter(|_| name.len() <= LONGEST_NAME) else { return Vec::new() };
    if Pattern::is_wild(name) {
        return nearest_patterns(service, name);
    }
    if let Some(gone) = catalog.removed_action(&format!("{}:{name}", service.prefix)) {
        return gone.replaced_by.iter().map(|name| (*name).to_owned()).take(MAX_SUGGESTIONS).collect();
    }
    if let Some(action) = service.action(name) {
        return vec![format!("{}:{}", service.prefix, action.name)];
    }
    let wanted = Words::of(name);
    let added = catalog.added_actions().filter(|added| added.prefix().eq_ignore_ascii_case(service.prefix));
    let known =
        service.actions.iter().map(|action| action.name).chain(added.filter_map(|added| added.name.split_once(':')).map(|(_, name)| name));
    let mut scored: Vec<(f64, &str)> = known.map(|known| (action_score(&wanted, name, known), known)).collect();
    scored.retain(|(score, _)| *score >= MIN_SCORE);
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    // Beside a name that is surely meant, faint likenesses only distract.
    if let Some((best, _)) = scored.first().copied().filter(|(best, _)| *best >= 0.9) {
        scored.retain(|(score, _)| *score >= best - 0.15);
    }
    let mut names: Vec<String> = scored.iter().take(MAX_SUGGESTIONS).map(|(_, name)| format!("{}:{name}", service.prefix)).collect();
    // The very name may be an action of a sister service.
    if scored.first().is_none_or(|(score, _)| *score < 0.85)
        && let Some((sister, action)) = in_sister(catalog, service, name)
    {
        names.insert(0, format!("{}:{}", sister.prefix, action.name));
        names.truncate(MAX_SUGGESTIONS);
    }
    names
}

/// An action of this name in another service of the Connect family.
fn in_sister(catalog: &Catalog, service: &Service, name: &str) -> Option<(&'static Service, &'static Action)> {
    let sisters = catalog.family().iter().filter(|prefix| service.family && **prefix != service.prefix);
    sisters.filter_map(|prefix| catalog.service(prefix)).find_map(|sister| Some((sister, sister.action(name)?)))
}

/// How well an action's name fits a wrong one: mostly by its noun, then by its verb, a little by its letters.
fn action_score(wanted: &Words, name: &str, candidate: &str) -> f64 {
    let words = Words::of(candidate);
    let mut verb = verb_similarity(&wanted.verb, &words.verb);
    let noun = noun_similarity(&wanted.nouns, &words.nouns);
    if verb == 0.0 && words::is_among(&wanted.verb, &words.nouns) {
        verb = 0.85;
    }
    // A name of other words and other letters; nearly all are.
    let (lower, known) = (name.to_ascii_lowercase(), candidate.to_ascii_lowercase());
    if 0.36 * verb + 0.54 * noun + 0.11 < MIN_SCORE && words::most_alike(&lower, &known) < 0.75 && !known.starts_with(&lower) {
        return 0.0;
    }
    let letters = similarity(&lower, &known);
    if letters < 0.99 && words::bag(name) == words::bag(candidate) {
        return 0.97;
    }
    let is_same_noun = f64::from(u8::from(wanted.nouns == words.nouns));
    let by_words = 0.36 * verb + 0.54 * noun + 0.06 * letters + 0.05 * is_same_noun;
    // Words that ran together or were split leave only the letters to go by.
    // `ListU`: cut short, most likely while being typed.
    let begun = if lower.len() >= 5 && known.starts_with(&lower) { 0.6 + 0.3 * lower.len() as f64 / known.len() as f64 } else { 0.0 };
    let by_words = by_words.max(begun);
    let is_other_verb = verb == 0.0 && words::is_verb(&wanted.verb) && words::is_verb(&words.verb);
    by_words.max(if letters >= 0.75 && !is_other_verb { letters } else { 0.0 })
}

/// Corrections of a pattern that does not match anything: its literal beginning replaced.
fn nearest_patterns(service: &Service, pattern: &str) -> Vec<String> {
    let literal: String = pattern.chars().take_while(|letter| *letter != '*' && *letter != '?').collect();
    let rest = &pattern[literal.len()..];
    if literal.is_empty() || rest != "*" {
        return Vec::new();
    }
    let length = literal.chars().count();
    let mut beginnings: Vec<(usize, String)> = Vec::new();
    for action in &service.actions {
        for end in word_ends(action.name) {
            let beginning = &action.name[..end];
            if beginning.len().abs_diff(length) > 2 || beginnings.iter().any(|(_, known)| known == beginning) {
                continue;
            }
            let distance = distance(&literal.to_ascii_lowercase(), &beginning.to_ascii_lowercase());
            if distance <= 2 && distance * 2 < length {
                beginnings.push((distance, beginning.to_owned()));
            }
        }
    }
    beginnings.sort();
    beginnings.into_iter().take(MAX_SUGGESTIONS).map(|(_, beginning)| format!("{}:{beginning}*", service.prefix)).collect()
}

/// Where the words of a name end.
fn word_ends(name: &str) -> impl Iterator<Item = usize> + '_ {
    let inner = name.char_indices().skip(1).filter(|(_, letter)| letter.is_ascii_uppercase()).map(|(at, _)| at);
    inner.chain(std::iter::once(name.len()))
}

/// The prefix of the Connect family that a prefix was meant to be. Only near misses of long enough names.
pub fn near_prefix(catalog: &Catalog, prefix: &str) -> Option<&'static str> {
    let prefix = prefix.to_ascii_lowercase();
    let max_distance = if prefix.len() >= 7 { 2 } else { 1 };
    let candidates = catalog.family().iter().filter(|family| family.len() >= 5);
    let near = candidates.map(|family| (distance(&prefix, family), *family)).filter(|(distance, _)| *distance <= max_distance);
    near.min().map(|(_, family)| family)
}
