//! Whether a name may be written in the place of a wrong one: it must not allow more than the wrong name says.

use connect_policy_catalog::{Catalog, Pattern};

use crate::names::nearest::{distance, similarity};
use crate::names::suggest::permissions::{Parts, groups_of_noun, parts};
use crate::names::suggest::words::{self, Words};

/// How much a verb allows, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Strength {
    View,
    Edit,
    Delete,
}

/// Verbs that only look, or that open a feature.
const VIEW: &[&str] = &[
    "access",
    "allow",
    "browse",
    "describe",
    "download",
    "enable",
    "enumerate",
    "export",
    "fetch",
    "find",
    "get",
    "inspect",
    "list",
    "listen",
    "lookup",
    "monitor",
    "observe",
    "open",
    "play",
    "query",
    "read",
    "retrieve",
    "search",
    "see",
    "show",
    "use",
    "view",
];

/// Verbs that remove something, and words for everything.
const DELETE: &[&str] = &[
    "admin",
    "administer",
    "all",
    "deassociate",
    "delete",
    "destroy",
    "detach",
    "disassociate",
    "dissociate",
    "drop",
    "erase",
    "full",
    "manage",
    "purge",
    "release",
    "remove",
    "unassign",
    "unclaim",
    "unlink",
    "wipe",
];

/// Words that make a name broader rather than narrower.
const BROADENING: &[&str] = &["admin", "all", "any", "every", "full", "unredacted", "unrestricted"];

/// Whether a name allows no more than a wrong one says: the same noun or a narrower one, and no stronger verb. Actions, with
/// or without wildcards, are compared with actions, permissions with permissions.
pub fn keeps_reach(catalog: &Catalog, written: &str, name: &str) -> bool {
    match name.split_once(':') {
        Some((_, known)) => {
            let written = written.split_once(':').map_or(written, |(_, written)| written);
            keeps_reach_of_action(catalog, written, known, name)
        }
        None => keeps_reach_of_permission(catalog, written, name),
    }
}

/// Whether two names, of the same length in words, differ in one plural `s` and in nothing else.
pub(crate) fn differ_in_plural(written: &str, known: &str) -> bool {
    let (one, other) = (words::split(written), words::split(known));
    if one.len() != other.len() {
        return false;
    }
    let mut different = one.iter().zip(&other).filter(|(one, other)| one != other);
    let is_plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    matches!((different.next(), different.next()), (Some((one, other)), None) if is_plural(one, other) || is_plural(other, one))
}

fn keeps_reach_of_action(catalog: &Catalog, written: &str, known: &str, full: &str) -> bool {
    if written.eq_ignore_ascii_case(known) {
        return true;
    }
    let literal = |name: &str| name.chars().take_while(|letter| !matches!(letter, '*' | '?')).collect::<String>();
    let is_wild = Pattern::is_wild(known);
    if is_wild && !Pattern::is_wild(written) {
        return false;
    }
    let (own, target) = (Words::of(&literal(written)), Words::of(&literal(known)));
    let access = catalog.action(full).and_then(|(_, action)| action.access);
    let is_write = access.is_some_and(|access| access.is_write());
    let needed = strength(&target.verb).max(if is_write { Strength::Edit } else { Strength::View });
    let extra = if words::bag(&literal(written)) == words::bag(&literal(known)) {
        Some(Vec::new())
    } else {
        extra_words(&own.nouns, &target.nouns)
    };
    let Some(extra) = extra else { return false };
    let risk = catalog.risk(full).is_some_and(|risk| risk.rule.is_some());
    // A wildcard without one of the words matches more, and one with another word matches something else.
    let is_same = extra.is_empty() && is_same_verb(&own.verb, &target.verb);
    let may_differ = !risk && (!is_wild || own.nouns.len() <= target.nouns.len());
    needed <= written_strength(&own.verb, &target.verb) && (is_same || may_differ) && !is_broadened(&own.nouns, &target.nouns)
}

fn keeps_reach_of_permission(catalog: &Catalog, written: &str, name: &str) -> bool {
    let folded = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_ascii_lowercase();
    if folded(written) == folded(name) {
        return true;
    }
    if !written.contains('.') && !name.contains('.') && is_typo(&folded(written), &folded(name)) {
        return true;
    }
    let (mut own, target) = (noun_and_verb(written), noun_and_verb(name));
    let group = name.rsplit_once('.').map_or(name, |(group, _)| group);
    // `TransferDestination` begins with a verb, but is a noun.
    if !written.contains('.') && words::fold_noun(written) == words::fold_noun(group) {
        own = (written.to_owned(), String::new());
    }
    // The console's noun does not make one group another.
    let is_group = catalog.permissions().iter().any(|permission| permission.group() == Some(own.0.as_str()));
    let is_alias = !is_group && groups_of_noun(catalog, &words::spaced(&own.0)).contains(&group);
    let nouns = |group: &str| Words::nouns_of(&words::spaced(group));
    let (written_nouns, nouns) = (nouns(&own.0), nouns(&target.0));
    let extra = if is_alias || words::bag(written) == words::bag(name) { Some(Vec::new()) } else { extra_words(&written_nouns, &nouns) };
    // A noun is not a part of another one: `Admin` is not `ReportsAdmin`, and `VoiceId` not `VoiceIdAttributesAndSearch`.
    extra.is_some_and(|extra| extra.is_empty())
        && strength(&target.1) <= written_strength(&own.1, &target.1)
        && !is_broadened(&written_nouns, &nouns)
}

/// A permission's noun and its verb; without a dot or a known verb, all of it is the noun.
fn noun_and_verb(name: &str) -> (String, String) {
    let Parts { group, verb, is_dotted } = parts(name);
    if is_dotted || words::is_verb(&verb) { (group, verb.to_ascii_lowercase()) } else { (name.to_owned(), String::new()) }
}

/// The words of a known noun that are missing in a written one; `None` if the written one has words that are missing in the known one, which makes
/// the known one broader or something else.
fn extra_words(written: &[String], known: &[String]) -> Option<Vec<String>> {
    let (one, other) = (written.concat(), known.concat());
    let is_acronym = one.len() >= 2 && known.len() > 1 && known.iter().filter_map(|word| word.chars().next()).eq(one.chars());
    if one == other || words::are_synonyms(&one, &other) || is_acronym || is_typo(&one, &other) {
        return Some(Vec::new());
    }
    let is_found = |written: &&String| known.iter().any(|known| is_word(written, known));
    let is_extra = |known: &&String| !written.iter().any(|written| is_word(written, known));
    let is_covered = !written.is_empty() && written.iter().all(|word| is_found(&word));
    is_covered.then(|| known.iter().filter(is_extra).cloned().collect())
}

/// Whether a known noun has a word that makes it broader, and the written one does not have it, with a typo at most.
fn is_broadened(written: &[String], known: &[String]) -> bool {
    let is_written = |word: &String| written.iter().any(|own| distance(own, word) <= 1);
    known.iter().any(|word| BROADENING.contains(&word.as_str()) && !is_written(word))
}

/// Whether a written word is a known one: the same, a synonym, cut short, or with a typo.
fn is_word(written: &str, known: &str) -> bool {
    let is_short = written.len() >= 3 && known.starts_with(written);
    written == known || is_short || words::are_synonyms(written, known) || is_typo(written, known)
}

fn is_typo(written: &str, known: &str) -> bool {
    let max = match written.len().max(known.len()) {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    max > 0 && written.len().abs_diff(known.len()) <= max && distance(written, known) <= max
}

fn is_same_verb(written: &str, known: &str) -> bool {
    written == known || is_typo(written, known) || words::verb_similarity(written, known) >= 0.8
}

/// How much a verb of a known name allows.
fn strength(verb: &str) -> Strength {
    let parts = words::split(verb);
    let is_of = |table: &[&str]| parts.iter().any(|part| table.contains(&part.as_str()));
    match verb {
        "" => Strength::View,
        _ if is_of(DELETE) => Strength::Delete,
        _ if parts.iter().all(|part| VIEW.contains(&part.as_str()) || part == "batch") => Strength::View,
        _ if verb.strip_prefix("batch").is_some_and(|verb| VIEW.contains(&verb)) => Strength::View,
        _ => Strength::Edit,
    }
}

/// How much the verb of a wrong name says, which may have a typo: of equally near verbs the weakest. A word that is not a verb
/// says nothing.
fn written_strength(written: &str, target: &str) -> Strength {
    let written = written.to_ascii_lowercase();
    let is_known = words::is_verb(&written) || VIEW.contains(&&*written) || DELETE.contains(&&*written);
    if is_known || written.eq_ignore_ascii_case(target) {
        return strength(&written);
    }
    let target = target.to_ascii_lowercase();
    let known = words::verbs().chain(VIEW.iter().copied()).chain(DELETE.iter().copied());
    let verbs = known.map(|verb| -> &str { verb }).chain([target.as_str()]);
    let near = verbs.filter(|verb| !verb.is_empty() && similarity(&written, verb) >= 0.65);
    let near = near.map(|verb| (distance(&written, verb), strength(verb))).filter(|(distance, _)| *distance <= 2);
    near.min().map_or(Strength::View, |(_, strength)| strength)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, name: &str, expected: bool) {
        assert_eq!(keeps_reach(&Catalog::builtin(), written, name), expected, "{written} → {name}");
    }

    #[test]
    fn a_typo_or_a_synonym_says_the_same() {
        for (written, name) in [
            ("connect:DescribeUsr", "connect:DescribeUser"),
            ("connect:CreateUsr", "connect:CreateUser"),
            ("connect:GetUser", "connect:DescribeUser"),
            ("connect:LitsUsers", "connect:ListUsers"),
            ("connect:CreateProfile", "profile:CreateProfile"),
            ("connect:UpdateQueue", "connect:UpdateQueueName"),
            ("connect:Lst*", "connect:List*"),
            ("Users.Veiw", "Users.View"),
            ("User.Edit", "Users.Edit"),
            ("UsersView", "Users.View"),
            ("Users.Remove", "Users.Delete"),
            ("RoutingProfiles.Edit", "RoutingPolicies.Edit"),
            ("QuickConnects.Delete", "TransferDestinations.Delete"),
            ("Queues", "Queues.View"),
            ("BasicAgentAcces", "BasicAgentAccess"),
        ] {
            check(written, name, true);
        }
    }

    #[test]
    fn a_stronger_verb_or_another_noun_allows_more() {
        for (written, name) in [
            ("connect:CreateProfile", "connect:CreateSecurityProfile"),
            ("connect:DescribeUser", "connect:DeleteUser"),
            ("connect:ListUserDetails", "connect:ListUsers"),
            ("connect:CreateUse*", "connect:Create*"),
            ("connect:ViewUser", "connect:UpdateUser"),
            ("Queues", "Queues.Edit"),
            ("Queues.View", "Queues.Edit"),
            ("Queues.Merge", "Queues.Delete"),
            ("Campaigns.Edit", "Campaigns.Manage"),
            ("Admin", "ReportsAdmin.View"),
            ("ViewContactTraceRecords", "CallRecordings.Redacted.Access"),
            ("CallRecordings.Access", "CallRecordings.Unredacted.Access"),
            ("VoiceId.DescribeFraudster", "VoiceIdAttributesAndSearch.View"),
        ] {
            check(written, name, false);
        }
    }

    #[test]
    fn one_plural_is_told_from_other_letters() {
        assert!(differ_in_plural("ListUser", "ListUsers") && differ_in_plural("DescribeUsers", "DescribeUser"));
        assert!(differ_in_plural("ListHourOfOperations", "ListHoursOfOperations"));
        assert!(!differ_in_plural("ListUsr", "ListUsers") && !differ_in_plural("ListUsers", "ListUsers"));
        assert!(!differ_in_plural("ListUserQueue", "ListUsersQueues"));
    }
}
