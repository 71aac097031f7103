//! How often the right name is offered for a wrong one, over names that people and language models plausibly write.
//!
//! A third of the names was put aside before anything was tuned (`held-out.json`); only its figures count.

#![allow(clippy::print_stdout)] // the figures are what the test is for

use connect_policy_catalog::Catalog;
use connect_policy_model::{near_prefix, nearest_actions, nearest_permissions};

#[derive(serde::Deserialize)]
struct Wrong {
    wrong: String,
    kind: String,
    want: Vec<String>,
    how: String,
}

struct Score {
    all: usize,
    first: usize,
    among_three: usize,
    misses: Vec<String>,
}

fn offered(catalog: &Catalog, wrong: &Wrong) -> Vec<String> {
    if wrong.kind == "permission" {
        return nearest_permissions(catalog, &wrong.wrong);
    }
    let prefix = wrong.wrong.split_once(':').map_or("connect", |(prefix, _)| prefix);
    let client = catalog.client_name(prefix).and_then(|client| client.prefix);
    let prefix = if catalog.is_prefix(prefix) { prefix } else { client.or_else(|| near_prefix(catalog, prefix)).unwrap_or(prefix) };
    nearest_actions(catalog, &wrong.wrong, prefix)
}

fn score(names: &str) -> Score {
    let catalog = Catalog::builtin();
    let names: Vec<Wrong> = serde_json::from_str(names).expect("a list of names");
    let mut score = Score { all: names.len(), first: 0, among_three: 0, misses: Vec::new() };
    for wrong in &names {
        let offered = offered(&catalog, wrong);
        let is_wanted = |name: &String| wrong.want.contains(name);
        score.first += usize::from(offered.first().is_some_and(is_wanted));
        score.among_three += usize::from(offered.iter().take(3).any(is_wanted));
        if !offered.first().is_some_and(is_wanted) {
            score.misses.push(format!("{} ({}): {offered:?} instead of {:?}", wrong.wrong, wrong.how, wrong.want));
        }
    }
    score
}

#[track_caller]
fn check(what: &str, score: &Score) {
    let share = |count: usize| 100.0 * count as f64 / score.all as f64;
    println!("{what}: {} names, first {:.1} %, among three {:.1} %", score.all, share(score.first), share(score.among_three));
    assert!(share(score.first) >= 90.0, "first: {:.1} %", share(score.first));
    assert!(share(score.among_three) >= 97.0, "among three: {:.1} %", share(score.among_three));
}

#[test]
fn names_put_aside_are_offered_rightly() {
    check("held out", &score(include_str!("wrong-names/held-out.json")));
}

#[test]
fn names_tuned_with_are_offered_rightly() {
    let score = score(include_str!("wrong-names/tuning.json"));
    score.misses.iter().for_each(|miss| println!("{miss}"));
    check("tuning", &score);
}
