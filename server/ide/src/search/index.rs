//! The index: BM25 over weighted fields (name, label, summary, context), as a search engine for text ranks its documents.

use std::collections::HashMap;

use connect_policy_catalog::Catalog;

use super::hit::SearchHit;
use super::question::{Question, Term};
use super::records::{self, Record};
use super::service_names::ServiceNames;
use super::words::Phrases;

/// How much a word counts by the field in which it is: name, label, summary, context.
const FIELDS: [f64; 4] = [3.0, 2.6, 1.0, 0.5];

/// How fast further occurrences of a word stop to matter.
const SATURATION: f64 = 1.4;

/// How much long records are held against, from 0 to 1.
const LENGTH: f64 = 0.45;

/// How much of its score a result keeps that matches none of the words but one, at most.
const COVERAGE: f64 = 0.35;

/// How much a result gains whose whole name is in the question, over one of which no word is.
const NAME_SHARE: f64 = 0.25;

/// How much a word counts that differs from the written one in a letter.
const TYPO_WEIGHT: f64 = 0.8;

/// Shorter words have too many neighbors.
const MIN_TYPO: usize = 5;

/// Everything that can be found, ready to be asked. Takes some tens of milliseconds to make, because it reads all services.
pub struct SearchIndex {
    phrases: Phrases,
    services: ServiceNames,
    records: Vec<Record>,
    /// By word: in which records it is, and how much it weighs there.
    postings: HashMap<String, Vec<(u32, f64)>>,
    lengths: Vec<f64>,
    average_length: f64,
    /// The words of each record's name.
    names: Vec<Vec<String>>,
}

impl SearchIndex {
    /// Indexes what a catalog knows, and the rules.
    pub fn new(catalog: &Catalog) -> SearchIndex {
        let phrases = Phrases::new();
        let records = records::all(catalog);
        let mut postings: HashMap<String, Vec<(u32, f64)>> = HashMap::new();
        let mut lengths = Vec::with_capacity(records.len());
        let mut names = Vec::with_capacity(records.len());
        for (number, record) in (0u32..).zip(&records) {
            let name = record.name.split_once(':').map_or(record.name.as_str(), |(_, name)| name);
            let name = format!("{name} {}", record.alias);
            let fields = [name.as_str(), record.label.as_deref().unwrap_or_default(), record.summary.as_str(), record.context.as_str()];
            let mut weights: HashMap<String, f64> = HashMap::new();
            let mut length = 0.0;
            for (text, field) in fields.iter().zip(FIELDS) {
                let words = phrases.of_record(text);
                length += field * f64::from(u16::try_from(words.len()).unwrap_or(u16::MAX));
                let mut seen: Vec<String> = Vec::new();
                for word in words {
                    // A word twice in a name or label is there for its form, as in "Users - View users".
                    if !seen.contains(&word) {
                        *weights.entry(word.clone()).or_default() += field;
                        seen.push(word);
                    }
                }
            }
            for (word, weight) in weights {
                postings.entry(word).or_default().push((number, weight));
            }
            lengths.push(length);
            let mut of_name = phrases.of_question(&name);
            of_name.sort_unstable();
            of_name.dedup();
            names.push(of_name);
        }
        let count = f64::from(u32::try_from(lengths.len()).unwrap_or(u32::MAX)).max(1.0);
        let average_length = lengths.iter().sum::<f64>() / count;
        SearchIndex { phrases, services: ServiceNames::new(catalog), records, postings, lengths, average_length, names }
    }

    /// The results of a question, the best first, at most `limit`.
    pub fn search(&self, question: &str, limit: usize) -> Vec<SearchHit> {
        let mut question = Question::new(question, &self.phrases, &self.services);
        self.correct(&mut question);
        let mut scores: HashMap<u32, (f64, f64)> = HashMap::new();
        let idfs: Vec<f64> = question.terms.iter().map(|term| self.rarity_of(term)).collect();
        let total: f64 = idfs.iter().sum();
        for (term, idf) in question.terms.iter().zip(&idfs) {
            for (record, (score, share)) in self.of_term(term) {
                let entry = scores.entry(record).or_default();
                entry.0 += score;
                entry.1 += idf * share;
            }
        }
        let mut hits: Vec<(f64, u32)> = scores
            .into_iter()
            .map(|(record, (score, covered))| {
                let of = &self.records[record as usize];
                let coverage = if total > 0.0 { covered / total } else { 1.0 };
                let kept = COVERAGE + (1.0 - COVERAGE) * coverage;
                let named = 1.0 + NAME_SHARE * self.share_of_name(record, &question);
                (score * kept * named * of.weight * question.favour(of.kind), record)
            })
            .collect();
        hits.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        hits.truncate(limit);
        hits.into_iter().map(|(score, record)| self.hit(score, record)).collect()
    }

    /// Adds to words that are nowhere in the index those that are one letter apart.
    fn correct(&self, question: &mut Question) {
        for term in &mut question.terms {
            if term.alternatives.iter().any(|(word, _)| self.postings.contains_key(word)) {
                continue;
            }
            let Some((written, _)) = term.alternatives.first().cloned() else { continue };
            let mut near: Vec<&String> = self.postings.keys().filter(|known| is_one_letter_apart(&written, known)).collect();
            near.sort_unstable();
            term.alternatives.extend(near.into_iter().map(|known| (known.clone(), TYPO_WEIGHT)));
        }
    }

    fn hit(&self, score: f64, record: u32) -> SearchHit {
        let record = &self.records[record as usize];
        SearchHit {
            kind: record.kind,
            name: record.name.clone(),
            label: record.label.clone(),
            summary: record.summary.clone(),
            score: (score * 100.0).round() / 100.0,
        }
    }

    /// How well each record fits a word or the best of its synonyms: its score, and which share of the word counts as found.
    fn of_term(&self, term: &Term) -> HashMap<u32, (f64, f64)> {
        let mut best: HashMap<u32, (f64, f64)> = HashMap::new();
        for (word, weight) in &term.alternatives {
            let idf = self.rarity(word) * weight;
            for &(record, frequency) in self.postings.get(word).into_iter().flatten() {
                let length = self.lengths[record as usize] / self.average_length;
                let frequency = frequency / (1.0 - LENGTH + LENGTH * length);
                let score = idf * frequency * (SATURATION + 1.0) / (frequency + SATURATION);
                let entry = best.entry(record).or_default();
                if score > entry.0 {
                    *entry = (score, *weight);
                }
            }
        }
        best
    }

    /// Which share of a record's name is in a question, synonyms counting less.
    fn share_of_name(&self, record: u32, question: &Question) -> f64 {
        let name = &self.names[record as usize];
        let weight = |word: &String| {
            let alternatives = question.terms.iter().flat_map(|term| &term.alternatives);
            alternatives.filter(|(alternative, _)| alternative == word).map(|(_, weight)| *weight).fold(0.0, f64::max)
        };
        let count = f64::from(u16::try_from(name.len()).unwrap_or(u16::MAX)).max(1.0);
        name.iter().map(weight).sum::<f64>() / count
    }

    /// How rare a word is; a synonym's rarity where the word itself is nowhere.
    fn rarity_of(&self, term: &Term) -> f64 {
        let known = term.alternatives.iter().filter(|(word, _)| self.postings.contains_key(word));
        known.map(|(word, _)| self.rarity(word)).next().unwrap_or(1.0)
    }

    fn rarity(&self, word: &str) -> f64 {
        let count = |records: usize| f64::from(u32::try_from(records).unwrap_or(u32::MAX));
        let (all, with) = (count(self.records.len()), count(self.postings.get(word).map_or(0, Vec::len)));
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }
}

/// Whether two words differ in one letter: another, one more, one less, or two in the wrong order.
fn is_one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < MIN_TYPO || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    if same == long.len() {
        return false;
    }
    if long.len() > short.len() {
        return short[same..] == long[same + 1..];
    }
    let is_swapped = same + 1 < long.len() && short[same] == long[same + 1] && short[same + 1] == long[same];
    short[same + 1..] == long[same + 1..] || is_swapped && short[same + 2..] == long[same + 2..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_one_letter() {
        for (one, other, expected) in [
            ("recodr", "record", true),
            ("recrd", "record", true),
            ("recorrd", "record", true),
            ("recard", "record", true),
            ("record", "record", false),
            ("recxyd", "record", false),
            ("cal", "call", false),
        ] {
            assert_eq!(is_one_letter_apart(one, other), expected, "{one} {other}");
        }
        let index = SearchIndex::new(&Catalog::builtin());
        assert_eq!(index.search("phone number relaese", 1)[0].name, "PhoneNumbers.Release");
    }

    #[test]
    fn the_names_of_services_are_understood() {
        let index = SearchIndex::new(&Catalog::builtin());
        for (question, expected) in [
            ("delete a queue in Amazon Connect Customer", "connect:DeleteQueue"),
            ("delete a queue in Connect Customer", "connect:DeleteQueue"),
            ("search profiles in Amazon Connect Customer Profiles with the API", "profile:SearchProfiles"),
            ("search profiles in Connect Customer Customer Profiles with the API", "profile:SearchProfiles"),
            ("list assistants in Amazon Q in Connect", "wisdom:ListAssistants"),
            ("list assistants in Amazon Connect Wisdom", "wisdom:ListAssistants"),
            ("create a domain in Connect Customer Cases", "cases:CreateDomain"),
        ] {
            let found: Vec<String> = index.search(question, 3).into_iter().map(|hit| hit.name).collect();
            assert!(found.iter().any(|name| name == expected), "{question}: {found:?}");
        }
        let of_wisdom = index.search("actions of Amazon Q in Connect", 5);
        let is_of_wisdom = |name: &str| name.starts_with("wisdom:") || name.starts_with("QConnect");
        assert!(of_wisdom.len() == 5 && of_wisdom.iter().all(|hit| is_of_wisdom(&hit.name)), "{of_wisdom:?}");
    }

    #[test]
    fn nothing_is_found_for_words_that_are_nowhere() {
        assert_eq!(SearchIndex::new(&Catalog::builtin()).search("xyzzy plugh", 3), []);
    }
}
