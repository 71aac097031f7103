//! A pattern has one number of actions, wherever it is shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, explain};
use connect_policy_syntax::{Document, Format};

const PATTERNS: [&str; 30] = [
    "connect:*",
    "connect:List*",
    "connect:Get*",
    "connect:Describe*",
    "connect:Search*",
    "connect:Create*",
    "connect:Delete*",
    "connect:Update*",
    "connect:Start*",
    "connect:Stop*",
    "connect:Batch*",
    "connect:*User",
    "connect:*User*",
    "connect:*Queue*",
    "connect:*ContactFlow*",
    "connect:*TestCase*",
    "connect:*TimeOff*",
    "connect:?ist*",
    "connect:ListQ*",
    "connect:ListContactFlow*",
    "Connect:list*",
    "cases:*",
    "cases:BatchGet*",
    "cases:Batch*",
    "profile:*",
    "profile:Search*",
    "wisdom:*",
    "wisdom:Get*",
    "connect-campaigns:*",
    "iam:Put*",
];

/// The number before a word.
fn number_before(text: &str, word: &str) -> Option<usize> {
    let (before, _) = text.split_once(word)?;
    before.trim_end().rsplit(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// The numbers that hint, hover, explanation, completion and rewrite show, by what shows them.
fn numbers(pattern: &str) -> Vec<(&'static str, usize)> {
    let catalog = Arc::new(Catalog::builtin());
    let text = format!("{{\"Statement\": [{{\"Effect\": \"Allow\", \"Action\": [\"{pattern}\"], \"Resource\": \"*\"}}]}}");
    let analysis = Analysis::new(Document::read(text.as_str(), Format::Json), Arc::clone(&catalog));
    let at = text.find(pattern).expect("the pattern");
    let mut found = Vec::new();
    for hint in analysis.hints(0..text.len()) {
        found.push(("hint", number_before(&hint.label, "action").expect("a number")));
    }
    let hover = analysis.hover(at + 1).expect("a hover").markdown;
    found.push(("hover", number_before(&hover, "action").expect("a number")));
    let parts = hover.split("\n\n").skip(1).filter(|part| !part.starts_with("Among them"));
    found.push(("parts of the hover", parts.filter_map(|part| number_before(part, "): ")).sum()));
    let key = analysis.hover(text.find("Action").expect("a key")).expect("a hover").markdown;
    found.push(("hover of the key", number_before(&key, "action").expect("a number")));
    let explained = explain(&catalog, pattern).expect("an explanation");
    found.push(("explain", number_before(&explained[0].markdown, "action").expect("a number")));
    let prefix = pattern.split(':').next().expect("a prefix");
    let asked = text.replace(pattern, &format!("{prefix}:*"));
    let asking = Analysis::new(Document::read(asked.as_str(), Format::Json), Arc::clone(&catalog));
    let offered = asking.completions(at + prefix.len() + 1).items;
    for item in offered.iter().filter(|item| item.label.eq_ignore_ascii_case(pattern)) {
        found.push(("completion", number_before(&item.detail, "action").expect("a number")));
    }
    for rewrite in analysis.rewrites(at..at).iter().filter(|rewrite| rewrite.name == "expandWildcard") {
        let change = rewrite.change.as_ref().expect("a change");
        found.push(("rewrite", change[0].new_text.matches(&format!("{prefix}:")).count()));
        if let Some(number) = number_before(&rewrite.title, "action") {
            found.push(("title of the rewrite", number));
        }
    }
    found
}

#[test]
fn every_feature_shows_the_same_number() {
    let mut shown = BTreeSet::new();
    for pattern in PATTERNS {
        let numbers = numbers(pattern);
        assert!(numbers.iter().all(|(_, number)| *number == numbers[0].1), "{pattern}: {numbers:?}");
        shown.extend(numbers.iter().map(|(feature, _)| *feature));
    }
    assert!(shown.contains("completion") && shown.contains("rewrite") && shown.contains("hint"), "{shown:?}");
}
