//! What `explain` answers to the words that it is given: an explanation of each name, the meaning of a pasted message, or
//! ranked results.

use connect_policy_catalog::{Catalog, Pattern};

use super::access_denied::{AccessDenied, Reason};
use super::denied::{DeniedExplanation, explain_denied};
use super::hit::SearchHit;
use super::index::SearchIndex;
use super::nearest_statement::Asked;
use super::{arn, describe_more};
use crate::explain::{Explanation, explain};

/// How many results are listed.
const MAX_HITS: usize = 10;

/// An answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    /// Every part of the question is a name; those that are not known are listed apart.
    Names {
        /// The names that are known, each with its explanations.
        known: Vec<(String, Vec<Explanation>)>,
        /// The names that are not known, each with the nearest that are.
        unknown: Vec<(String, Vec<String>)>,
    },
    /// The question is a message by which AWS refused a request.
    Denied(Box<DeniedExplanation>),
    /// The question is words; the best results first. Empty if nothing fits.
    Hits(Vec<SearchHit>),
}

impl Answer {
    /// The request that is to be looked for in one's own policies: that of a message, or an action alone. `None` for other
    /// answers.
    pub fn asked(&self) -> Option<Asked> {
        match self {
            Answer::Denied(explanation) => Some(Asked {
                action: explanation.action.clone()?,
                resource: explanation.message.resource.clone(),
                policy: explanation.message.policy,
                reason: explanation.message.reason,
            }),
            Answer::Names { known, .. } => match known.as_slice() {
                [(name, found)] if found.iter().any(|one| one.kind == "action") => {
                    let action = if name.contains(':') { name.clone() } else { format!("connect:{name}") };
                    Some(Asked { action, resource: None, policy: None, reason: Reason::Unknown })
                }
                _ => None,
            },
            Answer::Hits(_) => None,
        }
    }

    /// Whether something was found, and every name is known.
    pub fn is_found(&self) -> bool {
        match self {
            Answer::Names { unknown, .. } => unknown.is_empty(),
            Answer::Denied(_) => true,
            Answer::Hits(hits) => !hits.is_empty(),
        }
    }
}

/// Answers a question, given as the words of a command line: each of them a name, or all together a question or a message.
pub fn answer(catalog: &Catalog, words: &[String]) -> Answer {
    let question = words.join(" ");
    if let Some(message) = AccessDenied::read(&question) {
        return Answer::Denied(Box::new(explain_denied(catalog, message)));
    }
    if words.len() > 1
        && let Some(found) = exact(catalog, &question)
    {
        return Answer::Names { known: vec![(question, found)], unknown: Vec::new() };
    }
    let words: Vec<String> = words.iter().map(|word| bare(word).to_owned()).collect();
    let exact_of_each: Vec<Option<Vec<Explanation>>> = words.iter().map(|word| exact(catalog, word)).collect();
    let are_names = words.iter().zip(&exact_of_each).all(|(word, found)| found.is_some() || is_shaped_like_name(word));
    if are_names {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for (word, found) in words.iter().zip(exact_of_each) {
            match found {
                Some(found) => known.push((word.clone(), found)),
                None => unknown.push((word.clone(), explain(catalog, word).err().unwrap_or_default())),
            }
        }
        return Answer::Names { known, unknown };
    }
    Answer::Hits(SearchIndex::new(catalog).search(&question, MAX_HITS))
}

/// Explains a name, of whatever kind; `None` for what is not one. Single plain words that name a type of resource only (`queue`)
/// are questions.
pub fn exact(catalog: &Catalog, name: &str) -> Option<Vec<Explanation>> {
    let name = name.trim();
    let mut found = explain(catalog, name).unwrap_or_default();
    for explanation in &mut found {
        let better = match explanation.kind {
            "pattern" => {
                let text = if name.contains(':') || name == "*" { name.to_owned() } else { format!("connect:{name}") };
                describe_more::pattern(catalog, &text)
            }
            "condition key" => catalog.condition_key(name).map(|key| describe_more::condition_key(catalog, key, name)),
            "managed policy" => catalog.managed_policy(name).map(|policy| describe_more::managed_policy(catalog, policy)),
            _ => None,
        };
        if let Some(better) = better {
            explanation.markdown = better;
        }
    }
    let mut add = |kind, markdown| found.push(Explanation { kind, markdown });
    if let Some(profile) = describe_more::default_profile(catalog, name) {
        add("default profile", profile);
    }
    if let Some((service, resource)) = resource_type(catalog, name) {
        add("resource type", arn::explain_type(service, resource));
    }
    if catalog.managed_policy(name).is_none()
        && let Some(explained) = arn::explain(catalog, name)
    {
        add("ARN", explained);
    }
    (!found.is_empty()).then_some(found)
}

/// A resource type by its name, Amazon Connect's first. A plain word is one only with its service: `user` is asked for in many
/// ways, and what is wanted is mostly not its ARN.
fn resource_type(
    catalog: &Catalog,
    name: &str,
) -> Option<(&'static connect_policy_catalog::Service, &'static connect_policy_catalog::ResourceType)> {
    let (prefix, name) = match name.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None if name.contains('-') => (None, name),
        None => return None,
    };
    let mut services: Vec<_> = catalog.services().filter(|service| service.family || prefix == Some(service.prefix)).collect();
    services.sort_by_key(|service| service.prefix != "connect");
    let wanted = services.into_iter().filter(|service| prefix.is_none_or(|prefix| service.prefix == prefix));
    wanted.filter_map(|service| Some((service, service.resource_type(name)?))).next()
}

/// Whether a word is written as names are, so that it is a name that is not known rather than a word of a question.
/// A word without the quotes and commas that are copied with a name.
fn bare(word: &str) -> &str {
    let bare = word.trim().trim_matches(|letter: char| matches!(letter, '"' | '\'' | '`' | ',' | ';' | '“' | '”'));
    if bare.is_empty() { word } else { bare }
}

fn is_shaped_like_name(word: &str) -> bool {
    if word.contains(char::is_whitespace) || word.ends_with('?') {
        return false;
    }
    let inner_dot = word.trim_matches('.').contains('.');
    let is_rule = word.matches('-').count() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    word.trim_end_matches(':').contains(':') || inner_dot || is_rule || Pattern::is_wild(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer_to(words: &[&str]) -> Answer {
        answer(&Catalog::builtin(), &words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    fn kinds(words: &[&str]) -> Vec<&'static str> {
        match answer_to(words) {
            Answer::Names { known, .. } => known.iter().flat_map(|(_, found)| found.iter().map(|one| one.kind)).collect(),
            Answer::Denied(_) => vec!["denied"],
            Answer::Hits(_) => vec!["hits"],
        }
    }

    #[test]
    fn every_kind_of_name_is_explained() {
        for (words, expected) in [
            (&["connect:ListUsers", "Users.View"][..], &["action", "permission"][..]),
            (&["Edit", "call", "recording"], &["console task"]),
            (&["CallCenterManager"], &["default profile"]),
            (&["Call center manager"], &["default profile"]),
            (&["quick-connect"], &["resource type"]),
            (&["connect/user"], &["resource type"]),
            (&["arn:aws:connect:eu-west-2:111122223333:instance/4b2a/agent/1"], &["ARN"]),
            (&["arn:aws:iam::aws:policy/AmazonConnectReadOnlyAccess"], &["managed policy"]),
            (&["aws:ResourceTag/team"], &["condition key"]),
            (&["connect:Get*"], &["pattern"]),
            (&["unknown-action"], &["rule"]),
            (&["queue"], &["hits"]),
            (&["who can reset passwords?"], &["hits"]),
            (&["passwords?"], &["hits"]),
            (&["User: a is not authorized to perform: connect:ListUsers"], &["denied"]),
            (&["User:", "a", "is", "not", "authorized", "to", "perform:", "connect:ListUsers"], &["denied"]),
        ] {
            assert_eq!(kinds(words), expected, "{words:?}");
        }
    }

    #[test]
    fn quotes_and_commas_that_are_copied_with_a_name_are_left_out() {
        for name in ["\"connect:CreateUser\"", "`connect:CreateUser`", "'connect:CreateUser',", "\"connect:CreateUser\","] {
            assert_eq!(kinds(&[name]), ["action"], "{name}");
        }
        assert_eq!(kinds(&["\"Users.View\",", "`connect:List*`"]), ["permission", "pattern"]);
    }

    #[test]
    fn a_question_of_stop_words_finds_nothing() {
        for question in ["the of and", "who's allowed to", "who can"] {
            assert!(!answer_to(&[question]).is_found(), "{question}");
        }
    }

    #[test]
    fn a_very_long_word_is_answered() {
        for word in ["a".repeat(40_000), format!("connect:{}", "a".repeat(40_000)), "word ".repeat(9_000)] {
            answer_to(&[&word]);
        }
    }

    #[test]
    fn names_that_are_not_known_bring_the_nearest() {
        let Answer::Names { known, unknown } = answer_to(&["connect:DescribeUsr", "connect:DescribeUser"]) else { panic!("names") };
        assert_eq!((known.len(), unknown.len()), (1, 1));
        assert_eq!(unknown[0].1[0], "connect:DescribeUser");
        assert!(!answer_to(&["no-such-name-at-all"]).is_found());
        assert!(!answer_to(&["xyzzy plugh"]).is_found());
    }
}
