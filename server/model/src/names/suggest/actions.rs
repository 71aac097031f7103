//! The action, pattern or prefix that a wrong one was meant to be.

use crate::names::nearest::{MAX_SUGGESTIONS, distance, similarity};
use connect_policy_catalog::{Catalog, Pattern, Service};

use crate::names::suggest::cache::AnswerCache;
use crate::names::suggest::replacement::differ_in_plural;
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
        let sisters = in_sisters_by_pattern(catalog, service, name);
        return if sisters.is_empty() { nearest_patterns(service, name) } else { sisters };
    }
    if let Some(gone) = catalog.removed_action(&format!("{}:{name}", service.prefix)) {
        return gone.replaced_by.iter().map(|name| (*name).to_owned()).take(MAX_SUGGESTIONS).collect();
    }
    if let Some(action) = service.action(name) {
        return vec![format!("{}:{}", service.prefix, action.name)];
    }
    // The very name may be an action of other services of the family, which no likeness outweighs.
    let wanted = Words::of(name);
    let mut sisters = in_sisters(catalog, service, name);
    if !sisters.is_empty() {
        // The service may have the same noun with another verb: `cases:DescribeDomain` for `cases:GetDomain`.
        let fits = |words: &Words| words.nouns == wanted.nouns && verb_similarity(&wanted.verb, &words.verb) >= 0.8;
        let own = service.actions.iter().find(|action| fits(&Words::of(action.name)));
        sisters.extend(own.map(|action| format!("{}:{}", service.prefix, action.name)));
        return sisters;
    }
    let added = catalog.added_actions().filter(|added| added.prefix().eq_ignore_ascii_case(service.prefix));
    let known =
        service.actions.iter().map(|action| action.name).chain(added.filter_map(|added| added.name.split_once(':')).map(|(_, name)| name));
    let known: Vec<&str> = known.collect();
    let plurals: Vec<&&str> = known.iter().filter(|known| differ_in_plural(name, known)).collect();
    if let [only] = plurals.as_slice() {
        return vec![format!("{}:{only}", service.prefix)];
    }
    let mut scored: Vec<(f64, &str)> = known.into_iter().map(|known| (action_score(&wanted, name, known), known)).collect();
    scored.retain(|(score, _)| *score >= MIN_SCORE);
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    // Beside a name that is surely meant, faint likenesses only distract.
    if let Some((best, _)) = scored.first().copied().filter(|(best, _)| *best >= 0.9) {
        scored.retain(|(score, _)| *score >= best - 0.15);
    }
    scored.iter().take(MAX_SUGGESTIONS).map(|(_, name)| format!("{}:{name}", service.prefix)).collect()
}

/// The actions of this name in all other services of the Connect family.
fn in_sisters(catalog: &Catalog, service: &Service, name: &str) -> Vec<String> {
    let own = sisters(catalog, service).filter_map(|sister| Some(format!("{}:{}", sister.prefix, sister.action(name)?.name)));
    let added = catalog.added_actions().filter(|added| {
        let is_same = added.name.split_once(':').is_some_and(|(_, known)| known.eq_ignore_ascii_case(name));
        is_same && service.family && catalog.is_family(added.prefix()) && !added.prefix().eq_ignore_ascii_case(service.prefix)
    });
    let mut names: Vec<String> = own.collect();
    names.extend(added.map(|added| added.name.clone()).filter(|added| catalog.action(added).is_none()));
    names
}

/// The same pattern in all other services of the Connect family that have such actions.
fn in_sisters_by_pattern(catalog: &Catalog, service: &Service, pattern: &str) -> Vec<String> {
    let patterns = sisters(catalog, service).map(|sister| format!("{}:{pattern}", sister.prefix));
    let matches = |text: &String| Pattern::new(text).is_some_and(|pattern| !catalog.matching(&pattern).is_empty());
    // A verb alone says too little: many services have such actions.
    let is_telling = Words::of(pattern.trim_end_matches(['*', '?'])).nouns.iter().any(|noun| noun.len() > 2);
    if is_telling { patterns.filter(matches).collect() } else { Vec::new() }
}

/// The other services of the Connect family; none for a service that does not belong to it.
fn sisters(catalog: &Catalog, service: &Service) -> impl Iterator<Item = &'static Service> {
    let prefixes = catalog.family().iter().filter(|prefix| service.family && **prefix != service.prefix);
    prefixes.filter_map(|prefix| catalog.service(prefix))
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
    // What is the beginning of another one matches more than that, unless it is surely meant.
    let all = beginnings.clone();
    beginnings
        .retain(|(near, own)| !all.iter().any(|(distance, other)| other != own && other.starts_with(own.as_str()) && distance <= near));
    beginnings.into_iter().take(MAX_SUGGESTIONS).map(|(_, beginning)| format!("{}:{beginning}*", service.prefix)).collect()
}

/// Where the words of a name end.
fn word_ends(name: &str) -> impl Iterator<Item = usize> + '_ {
    let inner = name.char_indices().skip(1).filter(|(_, letter)| letter.is_ascii_uppercase()).map(|(at, _)| at);
    inner.chain(std::iter::once(name.len()))
}

/// The prefix that authorizes what an unknown one was meant to: the one of an API client of this name, or a near one. `None` if
/// there is no such prefix.
pub fn right_prefix(catalog: &Catalog, prefix: &str) -> Option<&'static str> {
    match catalog.client_name(prefix) {
        Some(client) => client.prefix,
        None => near_prefix(catalog, prefix),
    }
}

/// The prefix of the Connect family that a prefix was meant to be. Only near misses of long enough names.
pub fn near_prefix(catalog: &Catalog, prefix: &str) -> Option<&'static str> {
    let prefix = prefix.to_ascii_lowercase();
    let max_distance = if prefix.len() >= 7 { 2 } else { 1 };
    let candidates = catalog.family().iter().filter(|family| family.len() >= 5);
    let near = candidates.map(|family| (distance(&prefix, family), *family)).filter(|(distance, _)| *distance <= max_distance);
    near.min().map(|(_, family)| family)
}
