//! The permission that a wrong name was meant to be.

use crate::names::nearest::{MAX_SUGGESTIONS, distance};
use connect_policy_catalog::{Catalog, Permission, PermissionStatus};

use crate::names::suggest::cache::AnswerCache;
use crate::names::suggest::words::{self, LONGEST_NAME, Words, noun_similarity, verb_similarity};
use crate::names::unknown_permission::{ForeignName, UnknownPermission};

/// The permissions that a wrong name was most likely meant to be, the best first, at most three.
pub fn nearest_permissions(catalog: &Catalog, text: &str) -> Vec<String> {
    match unknown_permission(catalog, text) {
        UnknownPermission::Certainly(names) | UnknownPermission::Likely(names) => names,
        UnknownPermission::KnownPart(names) | UnknownPermission::Unfamiliar(names) | UnknownPermission::Foreign { related: names, .. } => {
            names
        }
        UnknownPermission::Application => Vec::new(),
    }
}

/// The permissions that a label of the console stands for.
pub(crate) fn by_label(catalog: &Catalog, text: &str) -> Vec<&'static Permission> {
    let folded = fold_label(text);
    let is_label_like = text.trim().contains([' ', '-']) && !text.contains(['.', '_', ':']);
    if !is_label_like {
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
pub(crate) fn groups_of_noun(catalog: &Catalog, noun: &str) -> Vec<&'static str> {
    let wanted = words::fold_noun(noun);
    // `Recorded conversations (unredacted)` is also just `Recorded conversations` to people.
    let names =
        |label: &str| words::fold_noun(label) == wanted || label.split_once(" (").is_some_and(|(noun, _)| words::fold_noun(noun) == wanted);
    let aliases = catalog.label_aliases().iter().filter(|alias| names(alias.label));
    aliases.flat_map(|alias| alias.groups.iter().copied()).collect()
}

/// What a permission that is in no list could have been.
pub(crate) fn unknown_permission(catalog: &Catalog, text: &str) -> UnknownPermission {
    static KNOWN: AnswerCache<UnknownPermission> = AnswerCache::new();
    let find = || find_permission(catalog, text);
    if catalog.added_permissions().next().is_some() { find() } else { KNOWN.answer(text, find) }
}

fn find_permission(catalog: &Catalog, text: &str) -> UnknownPermission {
    if text.len() > LONGEST_NAME {
        return UnknownPermission::Unfamiliar(Vec::new());
    }
    if let Some(kind) = foreign_name(catalog, text) {
        return UnknownPermission::Foreign { kind, related: related_permissions(catalog, text, kind) };
    }
    if let Some(names) = certain_permission(catalog, text) {
        return UnknownPermission::Certainly(owned(&names));
    }
    // The workspace's own names are known by their letters only: what their words mean is its own affair.
    let mut likely = near_added(catalog, text);
    likely.extend(owned(&likely_permissions(catalog, text)));
    if !likely.is_empty() {
        likely.truncate(MAX_SUGGESTIONS);
        return UnknownPermission::Likely(likely);
    }
    // Weaker likenesses are worth a mention; they make the name no more certainly wrong.
    let mut faint = by_group_and_verb(catalog, text, 0.56);
    let Some((group, verb)) = text.rsplit_once('.') else { return UnknownPermission::Unfamiliar(owned(&faint)) };
    let siblings = of_noun(catalog, group);
    if siblings.is_empty() && verb.eq_ignore_ascii_case("Access") && !group.contains('.') {
        return UnknownPermission::Application;
    }
    if faint.is_empty() {
        faint = siblings.iter().copied().take(MAX_SUGGESTIONS).collect();
    }
    let is_verb = || in_use(catalog).filter_map(Permission::verb).any(|known| known.eq_ignore_ascii_case(verb));
    if siblings.is_empty() && !is_verb() {
        return UnknownPermission::Unfamiliar(owned(&faint));
    }
    UnknownPermission::KnownPart(owned(&faint))
}

/// The permissions of a noun, by its API name or the console's, in singular or plural; the more harmless first.
fn of_noun(catalog: &Catalog, noun: &str) -> Vec<&'static str> {
    let folded = words::fold_noun(noun);
    let aliased = groups_of_noun(catalog, &words::spaced(noun));
    let has_noun = |permission: &&'static Permission| {
        let group = permission.group().unwrap_or(permission.name);
        words::fold_noun(group) == folded || aliased.contains(&group)
    };
    let mut names: Vec<&str> = in_use(catalog).filter(has_noun).map(|permission| permission.name).collect();
    names.sort_by_key(|name| harm(name));
    names
}

/// Names of roles, which no permission has.
const ROLES: &[&str] = &[
    "administrator",
    "admin",
    "agent",
    "agents",
    "analyst",
    "coach",
    "manager",
    "owner",
    "poweruser",
    "rootuser",
    "superadmin",
    "superuser",
    "supervisor",
    "supervisors",
    "teamlead",
    "teamleader",
    "trainer",
];

/// What a name is, if it is the name of something else than a permission.
fn foreign_name(catalog: &Catalog, text: &str) -> Option<ForeignName> {
    if let Some((prefix, _)) = text.split_once(':') {
        let is_action = catalog.is_prefix(prefix) || catalog.client_name(prefix).is_some();
        return is_action.then_some(ForeignName::IamAction);
    }
    let squeezed = squeeze(text);
    if catalog.observed_profiles().iter().any(|profile| squeeze(profile.profile) == squeezed) {
        return Some(ForeignName::DefaultProfile);
    }
    if ROLES.contains(&&*squeezed) {
        return Some(ForeignName::Role);
    }
    let mut services = catalog.family().iter().filter_map(|prefix| catalog.service(prefix));
    services.find_map(|service| Some(ForeignName::ApiOperation { prefix: service.prefix, action: service.action(text)?.name }))
}

/// The permissions that most of an action's words point to.
fn related_permissions(catalog: &Catalog, text: &str, kind: ForeignName) -> Vec<String> {
    if matches!(kind, ForeignName::DefaultProfile | ForeignName::Role) {
        return Vec::new();
    }
    let name = text.split_once(':').map_or(text, |(_, name)| name);
    let mut names = likely_permissions(catalog, name);
    if names.is_empty() {
        names = by_group_and_verb(catalog, name, 0.56);
    }
    let wanted = Words::of(name).nouns;
    let aliased = groups_of_noun(catalog, &words::spaced(&wanted.join(" ")));
    let is_most = |words: &[String], others: &[String]| {
        let is_found = |word: &&String| others.iter().any(|other| *word == other || words::are_synonyms(word, other));
        2 * words.iter().filter(is_found).count() > words.len()
    };
    names.retain(|known| {
        let group = parts(known).group;
        let nouns = Words::nouns_of(&words::spaced(&group));
        aliased.contains(&group.as_str()) || (is_most(&wanted, &nouns) && is_most(&nouns, &wanted))
    });
    owned(&names)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Names of the workspace's own list that differ by a letter or two, or in their dots.
fn near_added(catalog: &Catalog, text: &str) -> Vec<String> {
    let max_distance = max_distance(text);
    let lower = text.to_ascii_lowercase();
    let mut near: Vec<(usize, &str)> = catalog
        .added_permissions()
        .filter(|added| catalog.permission(&added.name).is_none() && added.name.len().abs_diff(text.len()) <= max_distance)
        .map(|added| (distance(&lower, &added.name.to_ascii_lowercase()), added.name.as_str()))
        .filter(|(distance, _)| *distance <= max_distance)
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// How many letters may be wrong in a name of this length.
fn max_distance(text: &str) -> usize {
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
    let max_distance = max_distance(text);
    let lower = text.to_ascii_lowercase();
    let mut near: Vec<(usize, &str)> = in_use(catalog)
        .filter(|permission| permission.name.len().abs_diff(text.len()) <= max_distance)
        .map(|permission| (distance(&lower, &permission.name.to_ascii_lowercase()), permission))
        // Two letters are half of a short verb: `Merge` is not a misspelled `Purge`.
        .filter(|(distance, permission)| {
            let is_same_group = permission.group().is_some_and(|group| text.strip_prefix(group).is_some_and(|rest| rest.starts_with('.')));
            let is_short_verb = permission.verb().is_some_and(|verb| verb.len() <= 5);
            *distance <= if is_same_group && is_short_verb { 1 } else { max_distance }
        })
        .map(|(distance, permission)| (distance, permission.name))
        .collect();
    near.sort_unstable();
    if !near.is_empty() {
        return near.into_iter().take(MAX_SUGGESTIONS).map(|(_, name)| name).collect();
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
    same_bag.chain(verbless).chain(aliased).chain(of_group).take(MAX_SUGGESTIONS).collect()
}

/// A name as a group and a verb, whether they are certain or not.
pub(crate) struct Parts {
    pub(crate) group: String,
    pub(crate) verb: String,
    /// Whether a dot stands between them.
    pub(crate) is_dotted: bool,
}

/// A name without the prefix of an action.
fn bare(text: &str) -> &str {
    text.strip_prefix("connect:").unwrap_or(text)
}

pub(crate) fn parts(text: &str) -> Parts {
    let name = bare(text);
    if let Some((group, verb)) = name.rsplit_once('.') {
        return Parts { group: group.to_owned(), verb: verb.to_owned(), is_dotted: true };
    }
    let words = Words::of(name);
    match words.nouns.split_last() {
        // `RoutingProfilesView`: the verb stands behind and its dot is missing.
        Some((verb, nouns)) if !words::is_verb(&words.verb) && words::is_verb(verb) => {
            Parts { group: format!("{} {}", words.verb, nouns.join(" ")), verb: verb.clone(), is_dotted: false }
        }
        _ => Parts { group: words.nouns.join(" "), verb: words.verb, is_dotted: false },
    }
}

/// `QuickConnects.Read`, `connect:CreateQueue`, `CreateQueue`, `Queues`: the group by its words or the console's noun, the
/// verb by its meaning.
fn by_group_and_verb(catalog: &Catalog, text: &str, least_score: f64) -> Vec<&'static str> {
    let Parts { group, verb, is_dotted } = parts(text);
    let wanted = Words::nouns_of(&words::spaced(&group));
    let aliased = groups_of_noun(catalog, &words::spaced(&group));
    let has_verb = is_dotted || words::is_verb(&verb);
    let whole = Words::nouns_of(&words::spaced(bare(text)));
    let mut scored: Vec<(f64, &str)> = in_use(catalog)
        .filter_map(|permission| {
            let (known_group, known_verb) =
                permission.name.rsplit_once('.').unwrap_or_else(|| (permission.name, words::leading_verb(permission.name)));
            let known = Words::nouns_of(&words::spaced(known_group));
            let noun = if aliased.contains(&known_group) { 1.0 } else { noun_similarity(if has_verb { &wanted } else { &whole }, &known) };
            let verb = if has_verb && !known_verb.is_empty() { verb_similarity(&verb, known_verb) } else { 0.75 };
            // The same group with a verb that it does not have is somebody's new permission, not a typo.
            let is_other_verb = is_dotted && noun > 0.99 && verb < 0.7;
            let score = 0.6 * noun + 0.4 * verb;
            (!(is_other_verb && least_score > 0.7) && noun >= least_score - 0.14 && score >= least_score)
                .then_some((score, permission.name))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| harm(one.1).cmp(&harm(other.1))).then(one.1.cmp(other.1)));
    scored.into_iter().take(MAX_SUGGESTIONS).map(|(_, name)| name).collect()
}

/// If nothing else decides, the more harmless permission is the likelier one.
fn harm(name: &str) -> usize {
    let verbs = ["View", "Access", "Enable", "Edit", "Create"];
    name.rsplit_once('.').and_then(|(_, verb)| verbs.iter().position(|known| *known == verb)).unwrap_or(verbs.len())
}
