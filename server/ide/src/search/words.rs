//! Text → words that can be compared: names are split at capital letters and punctuation, endings are cut off by simple
//! rules, and phrases of the field ("quick connect", "real-time") become one word, in records and in questions alike.

/// Phrases that stand for one thing, as plain words, and the word that they become.
const PHRASES: &[(&str, &str)] = &[
    ("access denied", "accessdenied"),
    ("agent hierarchy", "hierarchy"),
    ("back to back", "backtoback"),
    ("barge in", "barge"),
    ("business hours", "openinghours"),
    ("call center", "contactcenter"),
    ("condition key", "conditionkey"),
    ("contact center", "contactcenter"),
    ("contact control panel", "ccp"),
    ("contact flow", "flow"),
    ("contact lens", "contactlens"),
    ("conversational analytics", "contactlens"),
    ("customer managed", "customermanaged"),
    ("give back", "release"),
    ("going on", "live"),
    ("hang up", "end"),
    ("hooking up", "connect"),
    ("hook up", "connect"),
    ("hours of operation", "openinghours"),
    ("listen in", "listen"),
    ("log in", "signin"),
    ("log off", "signout"),
    ("log on", "signin"),
    ("log out", "signout"),
    ("login", "signin"),
    ("logon", "signin"),
    ("logout", "signout"),
    ("managed policy", "managedpolicy"),
    ("multi factor", "mfa"),
    ("opening hours", "openinghours"),
    ("opening times", "openinghours"),
    ("operating hours", "openinghours"),
    ("phone number", "phonenumber"),
    ("telephone number", "phonenumber"),
    ("quick connect", "quickconnect"),
    ("read only", "readonly"),
    ("real time", "realtime"),
    ("routing policy", "routingprofile"),
    ("routing profile", "routingprofile"),
    ("security profile", "securityprofile"),
    ("sign in", "signin"),
    ("signing in", "signin"),
    ("sign out", "signout"),
    ("single sign on", "sso"),
    ("speech analytics", "contactlens"),
    ("switch off", "disable"),
    ("switch on", "enable"),
    ("time off", "timeoff"),
    ("transfer destination", "quickconnect"),
    ("turn off", "disable"),
    ("turn on", "enable"),
    ("working hours", "openinghours"),
];

/// The words of a text in order, in lower case and with their endings, phrases not joined.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        if matches!(letter, '\'' | '’') {
            // `can't` is one word, and the `s` of `agent's` says nothing.
            if letters.get(at + 1) == Some(&'s') && !letters.get(at + 2).is_some_and(|next| next.is_alphanumeric()) {
                finish(&mut word, &mut words);
            }
            continue;
        }
        if !letter.is_alphanumeric() {
            finish(&mut word, &mut words);
            continue;
        }
        let before = at.checked_sub(1).map(|before| letters[before]);
        if letter == 's' && matches!(before, Some('\'' | '’')) && word.is_empty() {
            continue;
        }
        if letter.is_uppercase() {
            let after_small = before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit());
            let before_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            // `AIAgents` is `AI` and `Agents`, but the `s` of `IDs` belongs to it.
            let is_plural = letters.get(at + 1) == Some(&'s') && !letters.get(at + 2).is_some_and(|next| next.is_lowercase());
            if after_small || (before_small && !is_plural) {
                finish(&mut word, &mut words);
            }
        }
        word.extend(letter.to_lowercase());
    }
    finish(&mut word, &mut words);
    words
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// A word without the endings of plurals and tenses, so that "recordings", "recorded" and "record" are one. What is left need
/// not be a word.
pub(super) fn stem(word: &str) -> String {
    if word.len() <= 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let word = singular(word);
    let word = ["ing", "ed"].iter().find_map(|end| without_tense(&word, end)).unwrap_or(word);
    let word = match word.strip_suffix("ion") {
        Some(rest) if rest.len() >= 4 && rest.ends_with(['t', 's']) => rest.to_owned(),
        _ => word,
    };
    match word.strip_suffix('e') {
        Some(rest) if rest.len() >= 3 => rest.to_owned(),
        _ => word,
    }
}

fn singular(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() >= 2) {
        return format!("{rest}y");
    }
    for end in ["sses", "shes", "ches", "xes", "uses"] {
        if word.ends_with(end) && word != "uses" && word != "causes" {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(rest) if !rest.ends_with(['s', 'u', 'i']) => rest.to_owned(),
        _ => word.to_owned(),
    }
}

fn without_tense(word: &str, end: &str) -> Option<String> {
    let rest = word.strip_suffix(end)?;
    let has_vowel = rest.bytes().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    if rest.len() < 3 || !has_vowel {
        return None;
    }
    let mut letters = rest.bytes().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    // `stopped` is `stop`, but `calling` is `call`.
    let is_doubled = last == before && !matches!(last, b'l' | b's' | b'z' | b'e');
    if let Some(stem) = rest.strip_suffix('i') {
        return Some(format!("{stem}y"));
    }
    Some(if is_doubled { rest[..rest.len() - 1].to_owned() } else { rest.to_owned() })
}

/// Phrases as stems, the longest first, so that none is cut short by a shorter one.
pub(super) struct Phrases(Vec<(Vec<String>, &'static str)>);

impl Phrases {
    pub(super) fn new() -> Phrases {
        let stems = |phrase: &str| phrase.split(' ').map(stem).collect::<Vec<_>>();
        let mut phrases: Vec<_> = PHRASES.iter().map(|&(phrase, word)| (stems(phrase), word)).collect();
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Phrases(phrases)
    }

    /// The phrase with which words begin: its word, and how many words it is.
    fn first(&self, words: &[String]) -> Option<(&'static str, usize)> {
        let found = self.0.iter().find(|(phrase, _)| words.starts_with(phrase));
        found.map(|(phrase, word)| (*word, phrase.len()))
    }

    /// The words of a record: every stem, and the word of each phrase besides.
    pub(super) fn of_record(&self, text: &str) -> Vec<String> {
        let stems: Vec<String> = split(text).iter().map(|word| stem(word)).collect();
        let joined = (0..stems.len()).filter_map(|at| self.first(&stems[at..])).map(|(word, _)| stem(word));
        let joined: Vec<String> = joined.collect();
        stems.into_iter().chain(joined).collect()
    }

    /// The words of a question: stems, each phrase being one.
    pub(super) fn of_question(&self, text: &str) -> Vec<String> {
        let words: Vec<String> = split(text);
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < stems.len() {
            if let Some((word, length)) = self.first(&stems[at..]) {
                out.push(stem(word));
                at += length;
            } else {
                out.push(stems[at].clone());
                at += 1;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_capitals_and_punctuation() {
        let split = |text| super::split(text).join(" ");
        assert_eq!(split("connect:ListPhoneNumbersV2"), "connect list phone numbers v2");
        assert_eq!(split("QConnectAIAgents.View"), "q connect ai agents view");
        assert_eq!(split("agent's IDs can't"), "agent ids cant");
        assert_eq!(split("aws:ResourceTag/${TagKey}"), "aws resource tag tag key");
    }

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for forms in [
            &["recording", "recordings", "recorded", "record", "records"][..],
            &["delete", "deleting", "deletes", "deleted"],
            &["evaluate", "evaluation", "evaluations", "evaluating"],
            &["transfer", "transferred", "transferring", "transfers"],
            &["call", "calls", "calling", "called"],
            &["copy", "copies", "copied", "copying"],
            &["status", "statuses"],
            &["queue", "queues", "queued"],
            &["publish", "publishes", "published"],
            &["policy", "policies"],
            &["address", "addresses"],
            &["stop", "stopped", "stopping", "stops"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        for other in [("sms", "sm"), ("access", "acces"), ("user", "use"), ("metrics", "metro")] {
            assert_ne!(stem(other.0), stem(other.1), "{other:?}");
        }
    }

    #[test]
    fn phrases_are_one_word_in_questions_and_one_more_in_records() {
        let phrases = Phrases::new();
        assert_eq!(phrases.of_question("add quick connects"), ["add", "quickconnect"]);
        assert_eq!(phrases.of_record("TransferDestinations.View"), ["transfer", "destinat", "view", "quickconnect"]);
        assert_eq!(phrases.of_question("logging out, sign-in"), ["signout", "signin"]);
    }
}
