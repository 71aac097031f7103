//! A question in words: what of it is looked for, and which kinds of results it hints at.

use super::hit::HitKind;
use super::service_names::ServiceNames;
use super::synonyms::{self, SYNONYM_WEIGHT};
use super::words::Phrases;

/// Words that say nothing of what is looked for.
const STOP_WORDS: &[&str] = &[
    "a",
    "able",
    "about",
    "all",
    "allow",
    "allowed",
    "authorized",
    "also",
    "am",
    "an",
    "and",
    "any",
    "anybody",
    "anyone",
    "anything",
    "are",
    "as",
    "at",
    "aws",
    "amazon",
    "be",
    "been",
    "being",
    "but",
    "by",
    "can",
    "cannot",
    "cant",
    "contactcenter",
    "could",
    "did",
    "do",
    "does",
    "doesnt",
    "doing",
    "dont",
    "even",
    "every",
    "for",
    "from",
    "get",
    "give",
    "grant",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "him",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "just",
    "let",
    "like",
    "lets",
    "many",
    "may",
    "me",
    "might",
    "must",
    "my",
    "need",
    "no",
    "not",
    "of",
    "on",
    "or",
    "other",
    "our",
    "ours",
    "own",
    "people",
    "permission",
    "permit",
    "please",
    "possible",
    "right",
    "see",
    "she",
    "should",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "this",
    "those",
    "through",
    "to",
    "too",
    "up",
    "us",
    "use",
    "want",
    "was",
    "way",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whose",
    "whom",
    "why",
    "will",
    "with",
    "without",
    "would",
    "you",
    "your",
];

/// How a call is made says nothing of what is called: "from a Lambda function", "with the CLI". Each is read after one of
/// [`BY_MEANS_OF`] and an article, and hints at actions.
const MEANS: &[&str] =
    &["lambda function", "lambda", "api", "cli", "sdk", "script", "python", "boto3", "code", "program", "terraform", "node"];
const BY_MEANS_OF: &[&str] = &["from", "with", "through", "via", "by", "using"];
const ARTICLES: &[&str] = &["", "a ", "an ", "the ", "my ", "our "];

/// Words that hint at a kind of result, and how much it then counts.
const HINTS: &[(&str, HitKind, f64)] = &[
    ("security profile", HitKind::Permission, 1.3),
    ("permission", HitKind::Permission, 1.25),
    ("agents", HitKind::Permission, 1.15),
    ("agent", HitKind::Permission, 1.15),
    ("supervisor", HitKind::Permission, 1.25),
    ("manager", HitKind::Permission, 1.15),
    ("who can", HitKind::Permission, 1.15),
    ("api", HitKind::Action, 1.5),
    ("sdk", HitKind::Action, 1.5),
    ("cli", HitKind::Action, 1.5),
    ("iam", HitKind::Action, 1.3),
    ("action", HitKind::Action, 1.4),
    ("programmatically", HitKind::Action, 1.5),
    ("lambda", HitKind::Action, 1.2),
    ("code", HitKind::Action, 1.2),
    ("website", HitKind::Action, 1.2),
    ("aws console", HitKind::ConsoleTask, 1.5),
    ("console", HitKind::ConsoleTask, 1.3),
    ("condition", HitKind::ConditionKey, 2.5),
    ("condition key", HitKind::ConditionKey, 3.0),
    ("arn", HitKind::ResourceType, 4.0),
    ("resource type", HitKind::ResourceType, 4.0),
    ("managed policy", HitKind::ManagedPolicy, 4.0),
    ("aws policy", HitKind::ManagedPolicy, 2.0),
    ("default", HitKind::DefaultProfile, 2.5),
    ("profile do", HitKind::DefaultProfile, 3.0),
    ("rule", HitKind::Rule, 1.3),
    ("which rule", HitKind::Rule, 3.0),
    ("finding", HitKind::Rule, 2.0),
    ("warning", HitKind::Rule, 2.0),
];

/// A question, ready to be asked.
pub(super) struct Question {
    /// The words that are looked for, each with its synonyms.
    pub(super) terms: Vec<Term>,
    hints: Vec<(HitKind, f64)>,
}

/// A word that is looked for.
pub(super) struct Term {
    /// The word and its synonyms as stems, each with how much it counts.
    pub(super) alternatives: Vec<(String, f64)>,
}

impl Question {
    /// Reads a question. One without any word that says something has no terms.
    pub(super) fn new(text: &str, phrases: &Phrases, services: &ServiceNames) -> Question {
        let plain = super::words::split(text).join(" ");
        let padded = format!(" {plain} ");
        let is_named = |word: &str| padded.contains(&format!(" {word} "));
        let mut hints: Vec<(HitKind, f64)> =
            HINTS.iter().filter(|(word, ..)| is_named(word)).map(|&(_, kind, factor)| (kind, factor)).collect();
        let (padded, is_by_program) = without_means(&padded);
        let (without_service, named) = services.replaced(&padded);
        if is_by_program {
            hints.push((HitKind::Action, 1.5));
        }
        let words = phrases.of_question(&without_service);
        let stop: Vec<String> = STOP_WORDS.iter().map(|word| super::words::stem(word)).collect();
        let named = named.iter().map(|word| super::words::stem(word));
        let wanted = words.into_iter().filter(|word| !stop.contains(word)).chain(named);
        let mut terms: Vec<Term> = Vec::new();
        for word in wanted {
            if terms.iter().any(|term| term.alternatives[0].0 == word) {
                continue;
            }
            let mut alternatives = vec![(word.clone(), 1.0)];
            for other in synonyms::of(&word) {
                if alternatives.iter().all(|(known, _)| *known != other) {
                    alternatives.push((other, SYNONYM_WEIGHT));
                }
            }
            terms.push(Term { alternatives });
        }
        Question { terms, hints }
    }

    /// How much results of a kind count for this question.
    pub(super) fn favour(&self, kind: HitKind) -> f64 {
        self.hints.iter().filter(|(hinted, _)| *hinted == kind).map(|(_, factor)| *factor).fold(1.0, f64::max)
    }
}

/// A text without the means by which something is to be called, and whether there were any.
fn without_means(text: &str) -> (String, bool) {
    for means in MEANS {
        for (by, article) in BY_MEANS_OF.iter().flat_map(|by| ARTICLES.iter().map(move |article| (by, article))) {
            let phrase = format!(" {by} {article}{means} ");
            if text.contains(&phrase) {
                return (text.replace(&phrase, " "), true);
            }
        }
    }
    (text.to_owned(), false)
}

#[cfg(test)]
mod tests {
    use connect_policy_catalog::Catalog;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        Question::new(text, &Phrases::new(), &ServiceNames::new(&Catalog::builtin()))
            .terms
            .into_iter()
            .map(|term| term.alternatives[0].0.clone())
            .collect()
    }

    #[test]
    fn stop_words_and_the_services_name_are_left_out() {
        assert_eq!(words("Who can reset passwords?"), ["reset", "password"]);
        assert_eq!(words("allow agents to make outbound calls in Amazon Connect"), ["agent", "mak", "outbound", "call"]);
        assert_eq!(words("who can"), [""; 0]);
        assert_eq!(words("who's allowed to"), [""; 0]);
        assert_eq!(words("add a quick connect in Amazon Connect Customer"), ["add", "quickconnect"]);
    }

    #[test]
    fn kinds_are_hinted_at() {
        let question = Question::new("which condition key limits it", &Phrases::new(), &ServiceNames::new(&Catalog::builtin()));
        assert!(question.favour(HitKind::ConditionKey) > 2.0);
        assert!((question.favour(HitKind::Action) - 1.0).abs() < f64::EPSILON);
    }
}
