//! The search behind `explain`, over questions as people ask them.

use connect_policy_catalog::Catalog;
use connect_policy_ide::search::{AccessDenied, Reason, SearchIndex, explain_denied};
use proptest::prelude::*;

/// How many of the first set, and how many of the second, must be answered among the first three results.
const GOALS: (usize, usize) = (57, 36);

/// How many of a file's questions are answered among the first three results, and what was found for the others.
fn measure(questions: &str) -> (usize, String) {
    let index = SearchIndex::new(&Catalog::builtin());
    let mut misses = Vec::new();
    for line in questions.lines() {
        let (question, answers) = line.split_once('\t').expect("a question and its answers");
        let hits = index.search(question, 3);
        if !hits.iter().any(|hit| answers.split('|').any(|answer| answer == hit.name)) {
            let found: Vec<String> = hits.iter().map(|hit| format!("{} ({:.1})", hit.name, hit.score)).collect();
            misses.push(format!("{question}\n    wanted {answers}\n    found  {}", found.join(", ")));
        }
    }
    (questions.lines().count() - misses.len(), misses.join("\n"))
}

#[test]
fn questions_of_administrators_are_answered_among_the_first_three() {
    let (right, misses) = measure(include_str!("../../../tests/questions/explain.tsv"));
    println!("explain.tsv: {right}\n{misses}");
    assert!(right >= GOALS.0, "{right} right answers; missed:\n{misses}");
}

#[test]
fn questions_that_the_search_was_not_written_for_are_answered_too() {
    let (right, misses) = measure(include_str!("../../../tests/questions/explain-more.tsv"));
    println!("explain-more.tsv: {right}\n{misses}");
    assert!(right >= GOALS.1, "{right} right answers; missed:\n{misses}");
}

/// A message of the collection, and what is to be read from it by name.
struct Sample {
    title: String,
    message: String,
    expected: Vec<(String, String)>,
}

fn samples() -> Vec<Sample> {
    let text = include_str!("../../../tests/questions/access-denied.md");
    let sections = text.split("\n## ").skip(1).map(|section| {
        let (title, rest) = section.split_once('\n').expect("a title");
        let (message, rest) = rest.split_once("```text\n").and_then(|(_, rest)| rest.split_once("\n```\n")).expect("a message");
        let lines = rest.lines().filter_map(|line| line.strip_prefix("- ")?.split_once(": `"));
        let expected = lines.map(|(name, value)| (name.to_owned(), value.trim_end_matches('`').to_owned())).collect();
        Sample { title: title.to_owned(), message: message.to_owned(), expected }
    });
    sections.collect()
}

/// What is read from a message, by name.
fn read(message: &str) -> Vec<(String, String)> {
    let Some(read) = AccessDenied::read(message) else { return Vec::new() };
    let reason = match read.reason {
        Reason::ExplicitDeny => "explicit deny",
        Reason::NotAllowed => "not allowed",
        Reason::Unknown => "unknown",
    };
    let fields = [
        ("principal", read.principal),
        ("action", read.action),
        ("resource", read.resource),
        ("reason", Some(reason.to_owned())),
        ("policy", read.policy.map(|policy| policy.name().to_owned())),
        ("policy arn", read.policy_arn),
        ("operation", read.operation),
        ("encoded", read.encoded),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

#[test]
fn every_form_of_message_is_read() {
    let samples = samples();
    assert!(samples.len() >= 25);
    for sample in &samples {
        assert_eq!(read(&sample.message), sample.expected, "{}\n{}", sample.title, sample.message);
    }
}

#[test]
fn a_message_within_json_is_read() {
    for sample in samples() {
        let once = serde_json::Value::from(sample.message.as_str()).to_string();
        let twice = serde_json::Value::from(format!("{{\"Message\":{once}}}")).to_string();
        for text in [once, twice] {
            assert_eq!(read(&text), sample.expected, "{}\n{text}", sample.title);
        }
    }
}

#[test]
fn a_message_whose_lines_a_terminal_broke_is_read() {
    let mut wrong = Vec::new();
    let mut all = 0;
    for sample in samples().iter().filter(|sample| !sample.message.contains('\n')) {
        let letters: Vec<char> = sample.message.chars().collect();
        for width in 40..=160 {
            let lines: Vec<String> = letters.chunks(width).map(|line| line.iter().collect()).collect();
            let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
            for text in [lines.join("\n"), lines.join("\r\n"), trimmed.join("\n")] {
                all += 1;
                let found = read(&text);
                if found != sample.expected {
                    wrong.push(format!("{} at {width}\n{text}\n{found:?}", sample.title));
                }
            }
        }
    }
    assert!(wrong.len() * 200 <= all, "{} of {all} are misread:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

proptest! {
    /// Whatever is pasted, nothing panics, and what a message says is part of its text.
    #[test]
    fn any_text_is_read_without_a_panic(index in 0..40usize, cut in 0..600usize, junk in "\\PC{0,12}") {
        let samples = samples();
        let message = &samples[index % samples.len()].message;
        let at = message.char_indices().map(|(at, _)| at).nth(cut % message.chars().count()).unwrap_or_default();
        for text in [format!("{}{junk}{}", &message[..at], &message[at..]), message[at..].to_owned(), message[..at].to_owned(), junk.clone()] {
            if let Some(read) = AccessDenied::read(&text) {
                let _ = explain_denied(&Catalog::builtin(), read).markdown();
            }
        }
    }
}
