//! What a machine can check of the language of texts that users see.

/// How a text is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wording {
    /// One line about something wrong, or the summary of a rule: begins with a small letter.
    Message,
    /// One line to choose or to see beside code: begins with a capital letter.
    Title,
    /// One line, or a part of one, that begins with a small letter or a capital letter.
    Label,
    /// Sentences in Markdown.
    Prose,
    /// Text of which only the words are checked, as it is cut out of its sentence.
    Words,
}

/// A message or title is not longer than this, without the names in it.
const MAX_LINE: usize = 100;
/// Longer sentences are hard to follow, above all in a foreign language.
const MAX_SENTENCE: usize = 30;

/// Phrases that users do not expect, each with the reason. They are compared with whole words, ignoring case.
const BANNED: &[(&str, &str)] = &[
    // Negation.
    ("is no", "negate the verb: is not"),
    ("are no", "negate the verb: are not"),
    ("takes no", "negate the verb: does not allow"),
    ("is none", "negate the verb: is not"),
    ("that is none", "negate the verb: is not"),
    ("for want of", "without"),
    ("without a word", "silently"),
    // Verbs.
    ("tell", "show, print, report"),
    ("tells", "shows, prints, reports"),
    ("told", "shown, printed, reported"),
    ("speaks", "is about, reports"),
    ("speak of", "report"),
    ("speaks of", "reports"),
    ("says nothing", "is not reported"),
    ("takes in", "matches"),
    ("take in", "match"),
    ("hands out", "returns, exposes"),
    ("hand out", "assign"),
    ("lets its", "allows"),
    ("lends", "provides"),
    ("begun", "partly granted"),
    ("lacks", "is missing"),
    ("lack", "be missing"),
    ("lacking", "missing"),
    ("stands in", "is in"),
    ("stands for", "means, matches"),
    ("stand for", "mean, match"),
    ("stands below", "is nested under"),
    ("lives in", "is in"),
    ("does not mind", "ignores"),
    ("to mind", "risk, caution"),
    ("mind", "caution"),
    ("minds", "requires"),
    ("draws", "use an ordinary verb"),
    ("reaches", "matches, allows"),
    ("is gone", "no longer exists"),
    ("took its place", "replaced it"),
    ("takes away", "overrides, restricts"),
    ("judged", "checked"),
    ("holds", "contains"),
    ("is refused", "is not allowed, is rejected"),
    ("are refused", "are rejected"),
    // Nouns.
    ("of yesterday", "renamed"),
    ("of tomorrow", "newer"),
    ("its holder", "users"),
    ("holder", "user"),
    ("nobody", "negate the verb"),
    ("anybody", "any account, any user"),
    ("anybody's", "any account's"),
    ("somebody", "a user"),
    ("somebody's", "a user's"),
    ("whoever", "users who"),
    ("whatever", "regardless of"),
    ("slip", "typo"),
    ("slips", "typos"),
    ("the gravest", "the most severe"),
    ("the least severity", "the minimum severity"),
    ("second look", "review"),
    ("our reading", "inferred"),
    ("own list", "workspace catalog"),
    ("the like", "list what is meant"),
    // Clauses and small words.
    ("of no use", "has no effect, requires"),
    ("in which", "if, when"),
    ("of which", "use two sentences"),
    ("of aws's", "AWS's …, from AWS"),
    ("of its own", "separate"),
    ("of their own", "separate"),
    ("besides", "also"),
    ("beside", "next to, in addition to"),
    ("among it", "including"),
    ("among them", "including"),
    ("in place of", "instead of"),
    ("in spite of", "despite, although"),
    ("written so", "say which value is allowed"),
    ("today's", "current"),
    ("today there is", "use"),
    ("as of", "the date belongs in the help"),
    ("unawares", "without notice"),
    ("a poor", "figure of speech"),
    ("of the talk", "of the messages"),
    // The text of a library, which users do not know.
    ("os error", "say what is wrong"),
    ("eof while", "unexpected end of file"),
    ("invalid type", "expected …, found …"),
    ("is a bug", "internal error; please report this"),
    // American spelling, as AWS writes.
    ("misspelt", "misspelled"),
    ("spelt", "spelled"),
    ("authorise", "authorize"),
    ("authorised", "authorized"),
    ("authorises", "authorizes"),
    ("behaviour", "behavior"),
    ("catalogue", "catalog"),
    ("catalogues", "catalogs"),
    ("centre", "center"),
    ("colour", "color"),
    ("customise", "customize"),
    ("licence", "license"),
    ("organisation", "organization"),
    ("recognise", "recognize"),
    ("recognised", "recognized"),
    ("summarise", "summarize"),
];

/// Names that begin with a capital letter within a line. Words without small letters, such as `ARN`, need not be listed.
const PROPER_NAMES: &[&str] = &[
    "AccessDenied",
    "Allow",
    "Amazon",
    "ARNs",
    "CloudFormation",
    "Connect",
    "Deny",
    "IDs",
    "Lambda",
    "Lex",
    "Region",
    "Regions",
    "Serverless",
    "Terraform",
];

/// What is wrong with the language of a text, each with what to do instead.
pub fn complaints(wording: Wording, text: &str) -> Vec<String> {
    let plain = without_names(text);
    let mut complaints: Vec<String> = banned(&plain).map(|(phrase, instead)| format!("\"{phrase}\": {instead}")).collect();
    match wording {
        Wording::Words => {}
        Wording::Prose => complaints.extend(long_sentences(&plain)),
        Wording::Message | Wording::Title | Wording::Label => complaints.extend(in_line(wording, text, &plain)),
    }
    complaints
}

/// A text without code blocks, names in backticks, quoted texts and addresses. What is left out leaves a mark that is not a letter.
fn without_names(text: &str) -> String {
    let without_blocks: Vec<&str> = text.split("```").step_by(2).collect();
    let mut plain = String::new();
    for (index, part) in without_blocks.join("\n\n").split('`').enumerate() {
        plain.push_str(if index % 2 == 0 { part } else { "…" });
    }
    let unquoted: Vec<&str> = plain.split('"').enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "…" }).collect();
    unquoted.concat()
}

fn banned(plain: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '\'';
    let words: Vec<String> = plain.to_lowercase().split(|letter| !is_letter(letter)).map(str::to_owned).collect();
    // Words separated by punctuation are not a phrase: an empty word is between them.
    let text = format!(" {} ", words.join(" "));
    BANNED.iter().copied().filter(move |(phrase, _)| text.contains(&format!(" {phrase} ")))
}

fn in_line(wording: Wording, text: &str, plain: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let length = plain.chars().filter(|&letter| letter != '…').count();
    if length > MAX_LINE {
        complaints.push(format!("{length} characters without names; at most {MAX_LINE}"));
    }
    if text.ends_with('.') {
        complaints.push("a full stop ends the line".to_owned());
    }
    if text.contains("  ") || text.contains('\n') {
        complaints.push("one line with single spaces".to_owned());
    }
    let mut words = plain.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_proper = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).trim_end_matches("'s");
        PROPER_NAMES.contains(&word) || !word.contains(char::is_lowercase)
    };
    let is_capital = first.starts_with(char::is_uppercase);
    if wording == Wording::Message && is_capital && !is_proper(first) {
        complaints.push(format!("`{first}` begins a message with a capital letter"));
    }
    if wording == Wording::Title && first.starts_with(char::is_lowercase) {
        complaints.push(format!("`{first}` begins a title with a small letter"));
    }
    if wording != Wording::Label {
        let titled = words.filter(|word| word.starts_with(char::is_uppercase) && !is_proper(word));
        complaints.extend(titled.map(|word| format!("`{word}` within a line; use sentence case")));
    }
    complaints
}

/// Sentences of paragraphs. Items of lists are names more often than sentences.
fn long_sentences(plain: &str) -> Vec<String> {
    let paragraphs = plain.split("\n\n").filter(|paragraph| !paragraph.trim_start().starts_with(['-', '|', '#']));
    let sentences = paragraphs.flat_map(|paragraph| paragraph.replace('\n', " ").split(". ").map(str::to_owned).collect::<Vec<_>>());
    let words = |sentence: &str| sentence.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let long = sentences.filter(|sentence| words(sentence) > MAX_SENTENCE);
    long.map(|sentence| format!("{} words in a sentence; at most {MAX_SENTENCE}: {sentence}", words(&sentence))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_message_has_no_complaints() {
        for message in [
            "unknown action `connect:DescribeUsr`; did you mean `connect:DescribeUser`?",
            "`Effect` must be `Allow` or `Deny`, found `allow`",
            "missing Region; use `*` for all Regions",
            "IAM does not allow this",
            "console task \"Edit Approved Origins\" also requires `connect:ListApprovedOrigins`",
        ] {
            assert_eq!(complaints(Wording::Message, message), [] as [String; 0], "{message}");
        }
    }

    #[test]
    fn what_is_not_plain_is_named() {
        let is_named = |wording, text: &str, part: &str| complaints(wording, text).iter().any(|complaint| complaint.contains(part));
        assert!(is_named(Wording::Message, "`qconnect` is no IAM prefix", "is not"));
        assert!(is_named(Wording::Message, "Unknown action", "capital"));
        assert!(is_named(Wording::Message, "unknown action.", "full stop"));
        assert!(is_named(Wording::Message, "unknown Action", "sentence case"));
        assert!(is_named(Wording::Title, "replace the label", "small letter"));
        assert!(is_named(Wording::Message, &"long ".repeat(30), "characters"));
        assert!(is_named(Wording::Prose, &"word ".repeat(40), "words"));
        assert!(is_named(Wording::Prose, "The catalogue is old.", "catalog"));
    }

    #[test]
    fn names_and_quoted_texts_may_be_anything() {
        assert_eq!(complaints(Wording::Message, "unknown rule `told-catalogue`"), [] as [String; 0]);
        assert_eq!(complaints(Wording::Prose, "A page.\n\n```json\n{\"told\": 1}\n```\n\nThe end."), [] as [String; 0]);
    }
}
