//! The search behind `explain`, over questions as people ask them.

use connect_policy_catalog::Catalog;
use connect_policy_ide::search::SearchIndex;

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
