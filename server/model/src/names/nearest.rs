//! The nearest of a list of known names: what a misspelled key, rule, operator or option was meant to be. The only user of a
//! string distance.

/// How many suggestions a message offers at most.
pub(crate) const MAX_SUGGESTIONS: usize = 3;

/// Texts whose lengths differ by more bytes are not compared: none of them is a misspelling of the other, and the time to compare
/// two texts grows with the product of their lengths.
pub(crate) const MAX_LENGTH_DIFFERENCE: usize = 64;

/// How many letters have to be changed, inserted, removed or swapped with their neighbour to get from one text to the other.
/// Letter case counts. For texts of very different lengths, the length of the longer one.
pub fn distance(one: &str, other: &str) -> usize {
    if one.len().abs_diff(other.len()) > MAX_LENGTH_DIFFERENCE {
        return one.len().max(other.len());
    }
    strsim::damerau_levenshtein(one, other)
}

/// How alike two texts are by their letters, from 0 (nothing in common, or very different lengths) to 1 (the same).
pub fn similarity(one: &str, other: &str) -> f64 {
    if one.len().abs_diff(other.len()) > MAX_LENGTH_DIFFERENCE {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(one, other)
}

/// The distance of two texts if it is at most `max`. Texts whose lengths differ by more are not compared.
pub fn distance_within(one: &str, other: &str, max: usize) -> Option<usize> {
    // Lengths in bytes differ by no more than four times the letters that differ.
    if one.len().abs_diff(other.len()) > 4 * max {
        return None;
    }
    Some(distance(one, other)).filter(|distance| *distance <= max)
}

/// The known names at most `max` letters from a name, the nearest first, equally near ones in alphabetical order. Letter case
/// counts; see [`ranked_ignoring_case`].
pub fn ranked<'k>(name: &str, known: impl IntoIterator<Item = &'k str>, max: usize) -> Vec<&'k str> {
    sorted(known.into_iter().filter_map(|word| Some((distance_within(name, word, max)?, word))).collect())
}

/// As [`ranked`], whatever the letter case of ASCII letters.
pub fn ranked_ignoring_case<'k>(name: &str, known: impl IntoIterator<Item = &'k str>, max: usize) -> Vec<&'k str> {
    let name = name.to_ascii_lowercase();
    sorted(known.into_iter().filter_map(|word| Some((distance_within(&name, &word.to_ascii_lowercase(), max)?, word))).collect())
}

fn sorted(mut near: Vec<(usize, &str)>) -> Vec<&str> {
    near.sort_unstable();
    near.into_iter().map(|(_, word)| word).collect()
}

/// The known name that is nearest to a name, at most `max` letters from it; of equally near ones the first in alphabetical
/// order. Letter case counts.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>, max: usize) -> Option<&'k str> {
    known.into_iter().filter_map(|word| Some((distance_within(name, word, max)?, word))).min().map(|(_, word)| word)
}

/// The known name that is most like a name: at least three of five letters, or what the name is the beginning of (`warn` for
/// `warning`). Of equally alike ones the last. Letter case counts.
pub fn most_alike<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // A beginning counts as much as a near miss.
    let score = |word: &str| {
        let letters = similarity(name, word);
        if name.len() >= 3 && word.starts_with(name) { 0.7 + 0.3 * letters } else { letters }
    };
    let scored = known.into_iter().map(|word| (score(word), word));
    scored.filter(|(score, _)| *score >= 0.6).max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ranked_by_distance_then_alphabet() {
        assert_eq!(ranked("colr", ["color", "cold", "colt", "warm"], 1), ["cold", "color", "colt"]);
        assert_eq!(ranked_ignoring_case("STRINGLIK", ["StringLike", "Bool"], 3), ["StringLike"]);
        assert_eq!(nearest("unknwon-action", ["unknown-action", "action-case"], 3), Some("unknown-action"));
        assert_eq!(nearest("frobnicate", ["unknown-action"], 3), None);
    }

    #[test]
    fn a_beginning_is_as_good_as_a_near_miss() {
        assert_eq!(most_alike("warn", ["error", "warning", "hint"]), Some("warning"));
        assert_eq!(most_alike("eror", ["error", "warning"]), Some("error"));
        assert_eq!(most_alike("xyz", ["error", "warning"]), None);
    }

    #[test]
    fn texts_of_very_different_length_are_not_compared() {
        assert_eq!(distance_within("a", &"b".repeat(100), 3), None);
        assert_eq!(distance_within("ö", "o", 1), Some(1));
    }
}
