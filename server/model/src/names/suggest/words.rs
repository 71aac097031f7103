//! Names as words: verbs with their synonyms, nouns with their plurals.

use crate::names::nearest::{MAX_LENGTH_DIFFERENCE, similarity};

/// Verbs that people confuse; the first word of a row is what Amazon Connect mostly uses.
const VERBS: &[&[&str]] = &[
    &["describe", "get", "read", "view", "show", "fetch", "retrieve", "lookup", "inspect"],
    &["list", "enumerate", "getall", "listall", "browse"],
    &["search", "find", "query", "list"],
    &["find", "search", "get"],
    &["put", "create", "add"],
    &["associate", "create", "add"],
    &["disassociate", "delete", "remove"],
    &["execute", "run", "start", "perform"],
    &["downloadbutton", "download"],
    &["claim", "create", "add", "register"],
    &["release", "delete", "remove"],
    &["create", "add", "new", "make", "insert", "register"],
    &["update", "edit", "modify", "change", "set", "put", "write", "manage"],
    &["delete", "remove", "destroy", "drop", "purge"],
    &["associate", "attach", "link", "add", "assign", "bind"],
    &["disassociate", "detach", "unlink", "remove", "unassign", "dissociate", "deassociate"],
    &["start", "begin", "launch", "initiate", "make", "create", "run", "trigger", "place"],
    &["stop", "end", "terminate", "cancel", "abort", "finish", "disconnect", "hangup", "close"],
    &["claim", "buy", "purchase", "acquire", "reserve"],
    &["release", "unclaim", "return"],
    &["publish", "deploy"],
    &["access", "use", "open", "view", "enable", "execute", "listen", "play", "read", "allow", "manage"],
    &["enable", "access", "allow", "use", "activate"],
    &["view", "read", "list", "access", "see", "get", "describe"],
    &["enableanddisable", "enable", "disable", "activate", "deactivate", "toggle"],
    &["suspend", "pause", "hold"],
    &["resume", "continue", "unpause", "unhold"],
    &["send", "submit", "post", "push", "put"],
    &["monitor", "listen", "observe"],
    &["replicate", "copy", "clone", "duplicate"],
    &["import", "upload"],
    &["export", "download"],
    &["dismiss", "hide", "clear"],
    &["transfer", "forward", "redirect"],
];

/// Nouns that say the same to a person: what they write, what Amazon Connect calls it.
const NOUNS: &[(&str, &str)] = &[
    ("flow", "contactflow"),
    ("flowmodule", "contactflowmodule"),
    ("agent", "user"),
    ("state", "status"),
    ("call", "contact"),
    ("voicecall", "voicecontact"),
    ("outboundcall", "outboundvoicecontact"),
    ("metrics", "metric"),
    ("configuration", "config"),
    ("attr", "attribute"),
    ("org", "organization"),
    ("number", "phonenumber"),
    ("policy", "profile"),
    ("info", "information"),
    ("transferdestination", "quickconnect"),
    ("routingpolicy", "routingprofile"),
    ("agentgrouping", "userhierarchygroup"),
    ("agenthierarchy", "userhierarchygroup"),
    ("agentstate", "agentstatus"),
    ("operatinghour", "hourofoperation"),
    ("businesshour", "hourofoperation"),
    ("workinghour", "hourofoperation"),
    ("note", "comment"),
    ("casenote", "casecomment"),
    ("realtimemetric", "currentmetricdata"),
    ("currentmetric", "currentmetricdata"),
    ("historicalmetric", "metricdata"),
    ("metric", "metricdata"),
    ("comment", "relateditem"),
    ("chat", "chatcontact"),
    ("voice", "voicecontact"),
    ("task", "taskcontact"),
    ("email", "emailcontact"),
    ("queueagent", "queueuser"),
    ("openinghour", "hourofoperation"),
    ("holiday", "hourofoperationoverride"),
    ("evaluation", "contactevaluation"),
    ("hierarchy", "userhierarchygroup"),
    ("hierarchygroup", "userhierarchygroup"),
    ("bucket", "storageconfig"),
    ("storage", "instancestorageconfig"),
    ("origin", "approvedorigin"),
    ("team", "userhierarchygroup"),
    ("customer", "profile"),
    ("permission", "securityprofilepermission"),
    ("recording", "contactrecording"),
    ("transcript", "realtimecontactanalysissegment"),
    ("token", "federationtoken"),
    ("login", "federationtoken"),
];

/// A name cut into its verb and the words of its noun, in lower case and singular.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Words {
    pub(crate) verb: String,
    pub(crate) nouns: Vec<String>,
}

impl Words {
    /// Cuts a name in camel case: the first word is the verb. Two-word verbs (`BatchGet`) count as one.
    pub(crate) fn of(name: &str) -> Words {
        let words = split(name);
        let mut verb_words = 1;
        if words.first().is_some_and(|word| matches!(word.as_str(), "batch" | "bulk" | "admin")) && words.len() > 2 {
            verb_words = 2;
        }
        let verb = words.iter().take(verb_words).cloned().collect();
        Words { verb, nouns: words.iter().skip(verb_words).map(|word| singular(word)).collect() }
    }

    /// The words of a noun, in lower case and singular.
    pub(crate) fn nouns_of(text: &str) -> Vec<String> {
        split(text).iter().map(|word| singular(word)).collect()
    }
}

/// The words of a name in singular, in order of the alphabet: what is left of it when its words change places.
pub(crate) fn bag(name: &str) -> Vec<String> {
    let mut words = Words::nouns_of(name);
    words.sort();
    words
}

/// The verb that a name begins with, if it is one that we know: `Delete` of DeleteCallRecordings.
pub(crate) fn leading_verb(name: &str) -> &str {
    let end = name.char_indices().skip(1).find(|(_, letter)| letter.is_uppercase()).map_or(name.len(), |(at, _)| at);
    if is_verb(&name[..end]) { &name[..end] } else { "" }
}

/// Whether a word is a verb that we know.
pub(crate) fn is_verb(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    VERBS.iter().any(|row| row.contains(&word.as_str()))
}

/// The verbs that we know, some of them several times.
pub(crate) fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.iter().flat_map(|row| row.iter().copied())
}

/// A noun without spaces, letter case and plural, to compare by.
pub(crate) fn fold_noun(text: &str) -> String {
    Words::nouns_of(&spaced(text)).concat()
}

/// A name in camel case with spaces between its words.
pub(crate) fn spaced(name: &str) -> String {
    split(name).join(" ")
}

/// How alike two verbs are, from 0 to 1.
pub(crate) fn verb_similarity(wanted: &str, known: &str) -> f64 {
    let (wanted_words, known_words) = (split(wanted), split(known));
    let (wanted, known) = (wanted.to_ascii_lowercase(), known.to_ascii_lowercase());
    if wanted == known {
        return 1.0;
    }
    if known.strip_prefix("batch") == Some(&*wanted) || wanted.strip_prefix("batch") == Some(&*known) {
        return 0.9;
    }
    // `EditValues` for EditExpressionValues.
    if wanted_words.len() > 1 && known_words.len() > 1 {
        return noun_similarity(&wanted_words, &known_words) * 0.95;
    }
    // `Users.Permission` for EditPermission.
    if known_words.len() > 1 && known_words.contains(&wanted) {
        return 0.85;
    }
    let row_of = |row: &&[&str]| row.contains(&wanted.as_str()) && row.contains(&known.as_str());
    // A row's first word is the likelier wish.
    if VERBS.iter().any(|row| row_of(row) && row[0] == known) {
        return 0.9;
    }
    if VERBS.iter().any(row_of) {
        return 0.8;
    }
    // Looking at one and looking at all are the same wish where only one of them exists.
    const LOOKS: &[&str] = &["describe", "get", "read", "view", "list", "search", "show"];
    if LOOKS.contains(&&*wanted) && LOOKS.contains(&&*known) {
        return 0.7;
    }
    let is_other_verb = is_verb(&wanted) && is_verb(&known);
    let letters = similarity(&wanted, &known);
    if !is_other_verb && letters >= 0.6 { letters * 0.95 } else { 0.0 }
}

/// Whether a verb stands among a name's nouns: `UploadContent` for StartContentUpload.
pub(crate) fn is_among(verb: &str, nouns: &[String]) -> bool {
    let stem: String = verb.chars().take(verb.len().saturating_sub(1).max(5)).collect();
    verb.len() >= 5 && nouns.iter().any(|noun| noun.starts_with(&stem))
}

/// How alike two nouns are, from 0 to 1: word by word, the order counting little.
pub(crate) fn noun_similarity(wanted: &[String], known: &[String]) -> f64 {
    if wanted.is_empty() || known.is_empty() {
        return 0.0;
    }
    let (one, other) = (wanted.concat(), known.concat());
    if one == other || are_synonyms(&one, &other) {
        return 1.0;
    }
    // `HOO` for HoursOfOperation.
    if one.len() >= 2 && one.len() == known.len() && known.iter().filter_map(|word| word.chars().next()).eq(one.chars()) {
        return 0.95;
    }
    let matched: f64 = wanted.iter().map(|word| known.iter().map(|known| word_similarity(word, known)).fold(0.0, f64::max)).sum();
    let in_known: f64 = known.iter().map(|word| wanted.iter().map(|wanted| word_similarity(wanted, word)).fold(0.0, f64::max)).sum();
    // What was written must be found; what the name has besides counts less.
    let found = matched / wanted.len() as f64;
    let covered = in_known / known.len() as f64;
    let by_words = 0.72 * found + 0.28 * covered;
    by_words.max(letters_at_least(0.7, &one, &other))
}

fn word_similarity(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    if are_synonyms(one, other) {
        return 0.9;
    }
    // `Perms`, `Eval`, `Config`: words cut short.
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() >= 3 && long.starts_with(short) {
        return 0.85;
    }
    letters_at_least(0.6, one, other)
}

/// No name is misspelled that is longer, in bytes: the longest known ones have half of that. Each word of a name is compared with
/// each word of all known names.
pub(crate) const LONGEST_NAME: usize = 128;

/// How alike two words are by their letters, from 0 to 1; 0 where that is less than `least`.
fn letters_at_least(least: f64, one: &str, other: &str) -> f64 {
    if most_alike(one, other) < least {
        return 0.0;
    }
    let letters = similarity(one, other);
    if letters >= least { letters } else { 0.0 }
}

/// A bound on how alike two texts can be by their letters, from 0 to 1, without comparing them: what one has more of, the
/// other has to change. Nearly all pairs end here, and the distance itself costs fifty times as much.
pub(crate) fn most_alike(one: &str, other: &str) -> f64 {
    if one.len().abs_diff(other.len()) > MAX_LENGTH_DIFFERENCE {
        return 0.0;
    }
    if !one.is_ascii() || !other.is_ascii() {
        return 1.0;
    }
    let mut surplus = [0_i64; 128];
    one.bytes().for_each(|byte| surplus[usize::from(byte)] += 1);
    other.bytes().for_each(|byte| surplus[usize::from(byte)] -= 1);
    let only_in_one: i64 = surplus.iter().filter(|count| **count > 0).sum();
    let common = one.len() as f64 - only_in_one as f64;
    // Rounded up, so that the same fraction computed in another way is never above.
    common / (one.len().max(other.len()).max(1)) as f64 + 1e-9
}

pub(crate) fn are_synonyms(one: &str, other: &str) -> bool {
    NOUNS.iter().any(|&(written, called)| (one == written && other == called) || (one == called && other == written))
}

/// The words of a name, in lower case: cut before capitals, at digits' edges never, at anything that is no letter or digit.
pub(crate) fn split(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    for (index, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            is_new = true;
            continue;
        }
        let after_lower = index > 0 && letters[index - 1].is_lowercase();
        let before_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let in_capitals = index > 0 && letters[index - 1].is_uppercase();
        if is_new || (letter.is_uppercase() && (after_lower || (in_capitals && before_lower))) {
            words.push(String::new());
        }
        is_new = false;
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// A word without its plural ending.
fn singular(word: &str) -> String {
    let stem = |ending: &str, with: &str| word.strip_suffix(ending).map(|stem| format!("{stem}{with}"));
    if word.len() <= 3 {
        return word.to_owned();
    }
    match word {
        "statuses" | "status" | "states" => return if word == "states" { "state".to_owned() } else { "status".to_owned() },
        "analysis" | "analytics" | "address" | "access" => return word.to_owned(),
        "hours" => return "hour".to_owned(),
        _ => {}
    }
    if word.ends_with("ss") {
        return word.to_owned();
    }
    stem("ies", "y")
        .or_else(|| stem("sses", "ss"))
        .or_else(|| stem("xes", "x"))
        .or_else(|| stem("s", ""))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_on_likeness_holds() {
        let words = ["", "user", "users", "profile", "porfile", "queue", "routingprofile", "statuses", "abc", "cab"];
        for one in words {
            for other in words {
                assert!(most_alike(one, other) >= similarity(one, other) || one.is_empty(), "{one} {other}");
            }
        }
        assert!(most_alike("user", "queue") < 0.7);
    }

    #[test]
    fn names_are_cut_at_their_capitals() {
        assert_eq!(split("UpdateUserSecurityProfiles"), ["update", "user", "security", "profiles"]);
        assert_eq!(split("GetMetricDataV2"), ["get", "metric", "data", "v2"]);
        assert_eq!(split("ListHTTPRoutes"), ["list", "http", "routes"]);
        assert_eq!(fold_noun("Routing profiles"), fold_noun("RoutingProfile"));
        assert_eq!(singular("hierarchies"), "hierarchy");
        assert_eq!(singular("status"), "status");
    }
}
