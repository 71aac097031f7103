//! What a wrong name was meant to be: the same family by words first, then what the console calls it, then letters.

use connect_policy_catalog::{Action, Catalog, Pattern, Permission, PermissionStatus, Service};
use strsim::damerau_levenshtein;

use crate::verdict::UnknownPermission;

mod memo;
mod words;

use memo::Memo;
use words::{Words, noun_similarity, verb_similarity};

/// How many names a message offers.
const MOST: usize = 3;

/// Scores below this say nothing.
const LEAST_SCORE: f64 = 0.55;

/// The actions that a wrong action entry was most likely meant to be, full names, the best first, at most three. Also for
/// patterns that match nothing. An entry of an unknown service is read as one of `prefix`.
pub fn nearest_actions(catalog: &Catalog, entry: &str, prefix: &str) -> Vec<String> {
    static KNOWN: Memo<Vec<String>> = Memo::new();
    let name = entry.split_once(':').map_or(entry, |(_, name)| name);
    let find = || find_actions(catalog, name, prefix);
    if catalog.added_actions().next().is_some() { find() } else { KNOWN.answer(&format!("{prefix}:{name}"), find) }
}

fn find_actions(catalog: &Catalog, name: &str, prefix: &str) -> Vec<String> {
    let Some(service) = catalog.service(prefix) else { return Vec::new() };
    if Pattern::is_wild(name) {
        return nearest_patterns(service, name);
    }
    if let Some(gone) = catalog.gone(&format!("{}:{name}", service.prefix)) {
        return gone.replaced_by.iter().map(|name| (*name).to_owned()).take(MOST).collect();
    }
    if let Some(action) = service.action(name) {
        return vec![format!("{}:{}", service.prefix, action.name)];
    }
    let wanted = Words::of(name);
    let added = catalog.added_actions().filter(|added| added.prefix().eq_ignore_ascii_case(service.prefix));
    let known =
        service.actions.iter().map(|action| action.name).chain(added.filter_map(|added| added.name.split_once(':')).map(|(_, name)| name));
    let mut scored: Vec<(f64, &str)> = known.map(|known| (action_score(&wanted, name, known), known)).collect();
    scored.retain(|(score, _)| *score >= LEAST_SCORE);
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    // Beside a name that is surely meant, faint likenesses only distract.
    if let Some((best, _)) = scored.first().copied().filter(|(best, _)| *best >= 0.9) {
        scored.retain(|(score, _)| *score >= best - 0.15);
    }
    let mut names: Vec<String> = scored.iter().take(MOST).map(|(_, name)| format!("{}:{name}", service.prefix)).collect();
    // The very name may be an action of a sister service.
    if scored.first().is_none_or(|(score, _)| *score < 0.85)
        && let Some((sister, action)) = in_sister(catalog, service, name)
    {
        names.insert(0, format!("{}:{}", sister.prefix, action.name));
        names.truncate(MOST);
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
    if 0.36 * verb + 0.54 * noun + 0.11 < LEAST_SCORE && words::most_alike(&lower, &known) < 0.75 && !known.starts_with(&lower) {
        return 0.0;
    }
    let letters = strsim::normalized_damerau_levenshtein(&lower, &known);
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

/// A pattern that matches nothing, mended: its literal beginning put right.
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
            let distance = damerau_levenshtein(&literal.to_ascii_lowercase(), &beginning.to_ascii_lowercase());
            if distance <= 2 && distance * 2 < length {
                beginnings.push((distance, beginning.to_owned()));
            }
        }
    }
    beginnings.sort();
    beginnings.into_iter().take(MOST).map(|(_, beginning)| format!("{}:{beginning}*", service.prefix)).collect()
}

/// Where the words of a name end.
fn word_ends(name: &str) -> impl Iterator<Item = usize> + '_ {
    let inner = name.char_indices().skip(1).filter(|(_, letter)| letter.is_ascii_uppercase()).map(|(at, _)| at);
    inner.chain(std::iter::once(name.len()))
}

/// The prefix of the Connect family that a prefix was meant to be. Only near misses of long enough names.
pub fn near_prefix(catalog: &Catalog, prefix: &str) -> Option<&'static str> {
    let prefix = prefix.to_ascii_lowercase();
    let reach = if prefix.len() >= 7 { 2 } else { 1 };
    let candidates = catalog.family().iter().filter(|family| family.len() >= 5);
    let near = candidates.map(|family| (damerau_levenshtein(&prefix, family), *family)).filter(|(distance, _)| *distance <= reach);
    near.min().map(|(_, family)| family)
}

/// The permissions that a wrong name was most likely meant to be, the best first, at most three.
pub fn nearest_permissions(catalog: &Catalog, text: &str) -> Vec<String> {
    match unknown_permission(catalog, text) {
        UnknownPermission::Certainly(names) | UnknownPermission::Likely(names) => names,
        UnknownPermission::NoDot(names) | UnknownPermission::WellFormed(names) => names,
        UnknownPermission::Application => Vec::new(),
    }
}

/// The permissions that a label of the console stands for.
pub(crate) fn by_label(catalog: &Catalog, text: &str) -> Vec<&'static Permission> {
    let folded = fold_label(text);
    if !folded.contains(' ') && !text.contains('-') {
        // One word is a name that went wrong rather than a label.
        let exact = |permission: &&Permission| permission.labels.contains(&text);
        return in_use(catalog).filter(exact).collect();
    }
    let fits = |permission: &&'static Permission| permission.all_labels().any(|label| fold_label(label) == folded);
    let found: Vec<&Permission> = in_use(catalog).filter(fits).collect();
    if !found.is_empty() {
        return found;
    }
    // `Routing profiles - Manage`: the noun is the console's, the verb is not.
    let Some((noun, verb)) = text.rsplit_once('-') else { return Vec::new() };
    let verb: String = verb.split(|letter: char| !letter.is_alphanumeric()).collect();
    let groups = groups_of_noun(catalog, noun);
    in_use(catalog)
        .filter(|permission| {
            permission.group().is_some_and(|group| groups.contains(&group))
                && permission.verb().is_some_and(|known| known.eq_ignore_ascii_case(&verb))
        })
        .collect()
}

/// A label without letter case and without the spaces and dashes that people leave out.
fn fold_label(label: &str) -> String {
    let words = label.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn in_use(catalog: &Catalog) -> impl Iterator<Item = &'static Permission> {
    let is_in_use = |permission: &&Permission| {
        matches!(permission.status, PermissionStatus::Current | PermissionStatus::Observed | PermissionStatus::Legacy)
    };
    catalog.permissions().iter().filter(is_in_use)
}

/// The API's groups for a noun of the console, in singular or plural.
fn groups_of_noun(catalog: &Catalog, noun: &str) -> Vec<&'static str> {
    let wanted = words::fold_noun(noun);
    // `Recorded conversations (unredacted)` is also just `Recorded conversations` to people.
    let names =
        |label: &str| words::fold_noun(label) == wanted || label.split_once(" (").is_some_and(|(noun, _)| words::fold_noun(noun) == wanted);
    let aliases = catalog.label_aliases().iter().filter(|alias| names(alias.label));
    aliases.flat_map(|alias| alias.groups.iter().copied()).collect()
}

/// What a permission that is in no list could have been.
pub(crate) fn unknown_permission(catalog: &Catalog, text: &str) -> UnknownPermission {
    static KNOWN: Memo<UnknownPermission> = Memo::new();
    let find = || find_permission(catalog, text);
    if catalog.added_permissions().next().is_some() { find() } else { KNOWN.answer(text, find) }
}

fn find_permission(catalog: &Catalog, text: &str) -> UnknownPermission {
    if let Some(names) = certain_permission(catalog, text) {
        return UnknownPermission::Certainly(owned(&names));
    }
    // The workspace's own names are known by their letters only: what their words mean is its own affair.
    let mut likely = near_added(catalog, text);
    likely.extend(owned(&likely_permissions(catalog, text)));
    if !likely.is_empty() {
        likely.truncate(MOST);
        return UnknownPermission::Likely(likely);
    }
    // Weaker likenesses are worth a mention; they make the name no more certainly wrong.
    let mut faint = by_group_and_verb(catalog, text, 0.56);
    let Some((group, verb)) = text.rsplit_once('.') else { return UnknownPermission::NoDot(owned(&faint)) };
    let siblings: Vec<&str> =
        in_use(catalog).filter(|permission| permission.group() == Some(group)).map(|permission| permission.name).collect();
    if siblings.is_empty() && verb == "Access" && !group.contains('.') {
        return UnknownPermission::Application;
    }
    if faint.is_empty() {
        faint = siblings.into_iter().take(MOST).collect();
    }
    UnknownPermission::WellFormed(owned(&faint))
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Names of the workspace's own list that differ by a letter or two, or in their dots.
fn near_added(catalog: &Catalog, text: &str) -> Vec<String> {
    let reach = reach(text);
    let lower = text.to_ascii_lowercase();
    let mut near: Vec<(usize, &str)> = catalog
        .added_permissions()
        .filter(|added| catalog.permission(&added.name).is_none() && added.name.len().abs_diff(text.len()) <= reach)
        .map(|added| (damerau_levenshtein(&lower, &added.name.to_ascii_lowercase()), added.name.as_str()))
        .filter(|(distance, _)| *distance <= reach)
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// How many letters a slip in a name of this length may concern.
fn reach(text: &str) -> usize {
    if text.len() >= 12 { 2 } else { 1 }
}

/// One name that it certainly was: a dropped dot, one plural `s`, the console's noun in place of the API's.
fn certain_permission(catalog: &Catalog, text: &str) -> Option<Vec<&'static str>> {
    let squeezed = squeeze(text);
    let found: Vec<&str> =
        in_use(catalog).filter(|permission| squeeze(permission.name) == squeezed).map(|permission| permission.name).collect();
    if found.len() == 1 {
        return Some(found);
    }
    let (group, verb) = text.rsplit_once('.')?;
    let singular = words::fold_noun(group);
    let same_verb = |permission: &&Permission| permission.verb().is_some_and(|known| known.eq_ignore_ascii_case(verb));
    let found: Vec<&str> = in_use(catalog)
        .filter(same_verb)
        .filter(|permission| permission.group().is_some_and(|known| words::fold_noun(known) == singular))
        .map(|permission| permission.name)
        .collect();
    if found.len() == 1 {
        return Some(found);
    }
    let groups = groups_of_noun(catalog, &words::spaced(group));
    let found: Vec<&str> = in_use(catalog)
        .filter(same_verb)
        .filter(|permission| permission.group().is_some_and(|known| groups.contains(&known)))
        .map(|permission| permission.name)
        .collect();
    (found.len() == 1).then_some(found)
}

/// A name without its dots, spaces and letter case.
fn squeeze(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Names that it very likely was.
fn likely_permissions(catalog: &Catalog, text: &str) -> Vec<&'static str> {
    let reach = reach(text);
    let lower = text.to_ascii_lowercase();
    let mut near: Vec<(usize, &str)> = in_use(catalog)
        .filter(|permission| permission.name.len().abs_diff(text.len()) <= reach)
        .map(|permission| (damerau_levenshtein(&lower, &permission.name.to_ascii_lowercase()), permission))
        // Two letters are half of a short verb: `Merge` is no slip of `Purge`.
        .filter(|(distance, permission)| {
            let is_same_group = permission.group().is_some_and(|group| text.strip_prefix(group).is_some_and(|rest| rest.starts_with('.')));
            let is_short_verb = permission.verb().is_some_and(|verb| verb.len() <= 5);
            *distance <= if is_same_group && is_short_verb { 1 } else { reach }
        })
        .map(|(distance, permission)| (distance, permission.name))
        .collect();
    near.sort_unstable();
    if !near.is_empty() {
        return near.into_iter().take(MOST).map(|(_, name)| name).collect();
    }
    let same_words = by_same_words(catalog, text);
    if !same_words.is_empty() {
        return same_words;
    }
    by_group_and_verb(catalog, text, 0.74)
}

/// Names that the same words make in another order (`CallRecordings.Delete`), that lack a verb which was written
/// (`ManagerListenIn.Access`), or that have one which was not (`TransferContact`).
fn by_same_words(catalog: &Catalog, text: &str) -> Vec<&'static str> {
    let bag = words::bag(text);
    let same_bag = in_use(catalog).filter(|permission| words::bag(permission.name) == bag).map(|permission| permission.name);
    let group = text.rsplit_once('.').map(|(group, _)| group);
    let verbless = in_use(catalog)
        .filter(|permission| group.is_some_and(|group| group.eq_ignore_ascii_case(permission.name)))
        .map(|permission| permission.name);
    let folded = words::fold_noun(text);
    let of_group = in_use(catalog)
        .filter(|permission| !text.contains('.') && permission.group().is_some_and(|group| words::fold_noun(group) == folded));
    let mut of_group: Vec<&str> = of_group.map(|permission| permission.name).collect();
    // A group alone most likely wants to be seen.
    of_group.sort_by_key(|name| harm(name));
    // `CommunicationWidget`: the console's noun without its spaces.
    let nouns = if text.contains('.') { Vec::new() } else { groups_of_noun(catalog, &words::spaced(text)) };
    let mut aliased: Vec<&str> = in_use(catalog)
        .filter(|permission| nouns.contains(&permission.name) || permission.group().is_some_and(|group| nouns.contains(&group)))
        .map(|permission| permission.name)
        .collect();
    aliased.sort_by_key(|name| harm(name));
    same_bag.chain(verbless).chain(aliased).chain(of_group).take(MOST).collect()
}

/// `QuickConnects.Read`, `connect:CreateQueue`, `CreateQueue`, `Queues`: the group by its words or the console's noun, the
/// verb by its meaning.
fn by_group_and_verb(catalog: &Catalog, text: &str, least_score: f64) -> Vec<&'static str> {
    let name = text.strip_prefix("connect:").unwrap_or(text);
    let (group, verb, is_dotted) = match name.rsplit_once('.') {
        Some((group, verb)) => (group.to_owned(), verb.to_owned(), true),
        None => {
            let words = Words::of(name);
            match words.nouns.split_last() {
                // `RoutingProfilesView`: the verb stands behind and its dot is missing.
                Some((verb, nouns)) if !words::is_verb(&words.verb) && words::is_verb(verb) => {
                    (format!("{} {}", words.verb, nouns.join(" ")), verb.clone(), false)
                }
                _ => (words.nouns.join(" "), words.verb, false),
            }
        }
    };
    let wanted = Words::nouns_of(&words::spaced(&group));
    let aliased = groups_of_noun(catalog, &words::spaced(&group));
    let has_verb = is_dotted || words::is_verb(&verb);
    let whole = Words::nouns_of(&words::spaced(name));
    let mut scored: Vec<(f64, &str)> = in_use(catalog)
        .filter_map(|permission| {
            let (known_group, known_verb) =
                permission.name.rsplit_once('.').unwrap_or_else(|| (permission.name, words::leading_verb(permission.name)));
            let known = Words::nouns_of(&words::spaced(known_group));
            let noun = if aliased.contains(&known_group) { 1.0 } else { noun_similarity(if has_verb { &wanted } else { &whole }, &known) };
            let verb = if has_verb && !known_verb.is_empty() { verb_similarity(&verb, known_verb) } else { 0.75 };
            // The same group with a verb that it does not have is somebody's new permission, not a slip.
            let is_other_verb = is_dotted && noun > 0.99 && verb < 0.7;
            let score = 0.6 * noun + 0.4 * verb;
            (!(is_other_verb && least_score > 0.7) && noun >= least_score - 0.14 && score >= least_score)
                .then_some((score, permission.name))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| harm(one.1).cmp(&harm(other.1))).then(one.1.cmp(other.1)));
    scored.into_iter().take(MOST).map(|(_, name)| name).collect()
}

/// Where nothing else tells, the more harmless permission is the likelier wish.
fn harm(name: &str) -> usize {
    let verbs = ["View", "Access", "Enable", "Edit", "Create"];
    name.rsplit_once('.').and_then(|(_, verb)| verbs.iter().position(|known| *known == verb)).unwrap_or(verbs.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(entry: &str) -> Vec<String> {
        let prefix = entry.split_once(':').map_or("connect", |(prefix, _)| prefix).to_owned();
        nearest_actions(&Catalog::builtin(), entry, &prefix)
    }

    #[test]
    fn a_typo_is_seen_through() {
        assert_eq!(actions("connect:DescribeUsr")[0], "connect:DescribeUser");
        assert_eq!(actions("connect:LitsUsers")[0], "connect:ListUsers");
        assert_eq!(actions("connect:ListUser")[0], "connect:ListUsers");
        assert_eq!(actions("connect:GetUser")[0], "connect:DescribeUser");
        assert_eq!(actions("connect:Lst*"), ["connect:List*"]);
    }

    #[test]
    fn a_family_is_offered_by_its_words_and_never_another_verb() {
        let names = actions("connect:UpdateQueue");
        assert!(names.iter().all(|name| name.starts_with("connect:UpdateQueue")), "{names:?}");
        assert_eq!(names.len(), 3);
    }

    #[test]
    fn nothing_is_offered_for_what_is_nothing() {
        assert_eq!(actions("connect:FrobnicateGizmo"), Vec::<String>::new());
    }

    #[test]
    fn permissions_are_found_by_the_consoles_nouns() {
        let catalog = Catalog::builtin();
        for (wrong, right) in [
            ("RoutingProfiles.Create", "RoutingPolicies.Create"),
            ("QuickConnects.Delete", "TransferDestinations.Delete"),
            ("QuickConnect.Delete", "TransferDestinations.Delete"),
            ("UsersView", "Users.View"),
            ("User.View", "Users.View"),
            ("Queue.Edit", "Queues.Edit"),
            ("AgentStatus.View", "AgentStates.View"),
        ] {
            assert_eq!(unknown_permission(&catalog, wrong), UnknownPermission::Certainly(vec![right.to_owned()]), "{wrong}");
        }
        for (wrong, right) in [("Queues.Edti", "Queues.Edit"), ("CreateQueue", "Queues.Create"), ("connect:DeletePrompt", "Prompts.Delete")]
        {
            assert_eq!(nearest_permissions(&catalog, wrong).first().map(String::as_str), Some(right), "{wrong}");
        }
        assert_eq!(unknown_permission(&catalog, "AcmeTicketing.Access"), UnknownPermission::Application);
        assert!(matches!(unknown_permission(&catalog, "Queues.Merge"), UnknownPermission::WellFormed(_)));
        assert_eq!(unknown_permission(&catalog, "Frobnicate"), UnknownPermission::NoDot(Vec::new()));
    }

    #[test]
    fn labels_are_read_as_the_console_prints_them() {
        let catalog = Catalog::builtin();
        let names = |label| by_label(&catalog, label).iter().map(|permission| permission.name).collect::<Vec<_>>();
        assert_eq!(names("Campaigns - Manage"), ["Campaigns.Manage"]);
        assert_eq!(names("routing profiles-create"), ["RoutingPolicies.Create"]);
        assert_eq!(names("Users"), Vec::<&str>::new());
    }

    #[test]
    fn a_misspelt_prefix_is_known_and_a_strange_one_is_not() {
        let catalog = Catalog::builtin();
        assert_eq!(near_prefix(&catalog, "conect"), Some("connect"));
        assert_eq!(near_prefix(&catalog, "profiles"), Some("profile"));
        assert_eq!(near_prefix(&catalog, "acme"), None);
    }
}
