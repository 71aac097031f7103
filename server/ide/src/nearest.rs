//! Names that a misspelled one may stand for. The one place of this crate that compares spellings.

/// How many insertions, deletions, replacements and swaps of neighbours turn one text into another.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

/// The same with ASCII letter case ignored.
pub(crate) fn distance_ignoring_case(one: &str, other: &str) -> usize {
    distance(&one.to_ascii_lowercase(), &other.to_ascii_lowercase())
}

/// The names at most `max` steps from a text, nearest first, those of one distance in alphabetical order.
pub(crate) fn nearest<'n>(names: impl IntoIterator<Item = &'n str>, text: &str, max: usize) -> Vec<&'n str> {
    ranked(names.into_iter().map(|name| (distance(name, text), name)), max)
}

/// The same with ASCII letter case ignored.
pub(crate) fn nearest_ignoring_case<'n>(names: impl IntoIterator<Item = &'n str>, text: &str, max: usize) -> Vec<&'n str> {
    ranked(names.into_iter().map(|name| (distance_ignoring_case(name, text), name)), max)
}

fn ranked<'n>(names: impl Iterator<Item = (usize, &'n str)>, max: usize) -> Vec<&'n str> {
    let mut near: Vec<(usize, &str)> = names.filter(|(distance, _)| *distance <= max).collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name).collect()
}
