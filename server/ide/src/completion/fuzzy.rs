//! Matching of what was typed against names and labels, for lists that the server narrows and orders.

use super::Completion;

/// The order of items: word starts before other matches, then the shortest name, then what only reads.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct OrderKey {
    /// How well the name fits, as [`rank`] says.
    pub(super) rank: usize,
    /// An order of its own among names that fit equally well.
    pub(super) place: usize,
    /// The length of what fits, in characters.
    pub(super) length: usize,
    /// 0 for what only reads.
    pub(super) access: usize,
    /// The name.
    pub(super) name: String,
}

impl OrderKey {
    pub(super) fn new(rank: usize, place: usize, name: &str, access: usize) -> OrderKey {
        OrderKey { rank, place, length: name.chars().count(), access, name: name.to_owned() }
    }
}

/// Makes a client keep the order of a list: every item fits what was typed equally well, and is sorted by its number.
pub(super) fn keep_order(items: &mut [Completion], typed: &str) {
    for (index, item) in items.iter_mut().enumerate() {
        item.sort_text = format!("{index:04}");
        if !typed.is_empty() {
            typed.clone_into(&mut item.filter_text);
        }
    }
}

/// The rank of what has the query somewhere within its words; better ranks are of word starts.
const WITHIN_WORDS: usize = 3;

/// Names, then what writes several of them, both in order; but the ones and the others first that have words which begin as typed.
pub(super) fn words_first(names: Vec<(OrderKey, Completion)>, several: Vec<(OrderKey, Completion)>) -> Vec<Completion> {
    let is_word = |(key, _): &(OrderKey, Completion)| key.rank < WITHIN_WORDS;
    let (names, other_names): (Vec<_>, Vec<_>) = names.into_iter().partition(is_word);
    let (several, other_several): (Vec<_>, Vec<_>) = several.into_iter().partition(is_word);
    names.into_iter().chain(several).chain(other_names).chain(other_several).map(|(_, item)| item).collect()
}

/// As [`rank`], and after everything else the texts that have the query's letters in order somewhere.
pub(super) fn rank_loosely(query: &str, text: &str) -> Option<usize> {
    rank(query, text).or_else(|| {
        let mut letters = text.chars().flat_map(char::to_lowercase);
        let mut asked = query.chars().flat_map(char::to_lowercase);
        asked.all(|letter| letters.any(|other| other == letter)).then_some(WITHIN_WORDS + 1)
    })
}

/// How well a text answers a query, lower is better; `None` where it does not. Every word of the query must begin a word of
/// the text, or the letters of the query must occur in order at the beginnings of words.
pub(super) fn rank(query: &str, text: &str) -> Option<usize> {
    let query = query.trim();
    if query.is_empty() {
        return Some(0);
    }
    let (query, text) = (query.to_lowercase(), Folded::of(text));
    if text.lower.starts_with(&query) {
        return Some(0);
    }
    let asked: Vec<&str> = query.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if asked.is_empty() {
        return None;
    }
    if asked.iter().all(|word| text.words.iter().any(|known| known.starts_with(word))) {
        return Some(1);
    }
    // `listus` for ListUsers: the words' beginnings, one after another.
    let joined = asked.concat();
    if text.begins_words(&joined) {
        return Some(2);
    }
    (joined.len() >= 3 && text.lower.contains(&joined)).then_some(WITHIN_WORDS)
}

struct Folded {
    lower: String,
    words: Vec<String>,
}

impl Folded {
    fn of(text: &str) -> Folded {
        let mut words: Vec<String> = Vec::new();
        let mut after_lower = false;
        let mut is_new = true;
        for letter in text.chars() {
            if !letter.is_alphanumeric() {
                is_new = true;
                continue;
            }
            if is_new || (letter.is_uppercase() && after_lower) {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
            after_lower = letter.is_lowercase() || letter.is_numeric();
            is_new = false;
        }
        Folded { lower: text.to_lowercase(), words }
    }

    /// Whether the letters can be laid out over the beginnings of consecutive words, from some word on.
    fn begins_words(&self, letters: &str) -> bool {
        (0..self.words.len()).any(|first| {
            let mut rest = letters;
            for word in &self.words[first..] {
                let common =
                    word.chars().zip(rest.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum::<usize>();
                rest = &rest[common..];
                if rest.is_empty() {
                    return true;
                }
                if common == 0 {
                    return false;
                }
            }
            false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_labels_are_found_by_their_words() {
        assert_eq!(rank("List", "ListUsers"), Some(0));
        assert_eq!(rank("quick conn", "Quick connects - Create"), Some(0));
        assert_eq!(rank("conn create", "Quick connects - Create"), Some(1));
        assert_eq!(rank("listus", "connect:ListUsers"), Some(2));
        assert_eq!(rank("sers", "ListUsers"), Some(3));
        assert_eq!(rank("xyz", "ListUsers"), None);
    }
}
