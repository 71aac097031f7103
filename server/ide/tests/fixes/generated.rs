//! Every fix of generated policies and profiles, in every language and style.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Finding, FixAvailability, RuleGroup, rules};
use connect_policy_syntax::Document;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::draft::{draft, language, style, write};
use crate::settled::{all_certain, analyse, wrong};

/// Rules that no draft here brings to a fix: they need an ignore comment, a configuration, the ARN of an instance, or a
/// wildcard that reaches only a few dangerous actions.
const ELSEWHERE: &[&str] = &["unused-ignore", "bad-config", "condition-value", "credential-exposure", "privilege-escalation"];

#[test]
fn every_fix_of_a_generated_document_settles_its_finding() {
    let catalog = Arc::new(Catalog::builtin());
    let made: RefCell<BTreeMap<&str, usize>> = RefCell::default();
    let mut runner = TestRunner::new_with_rng(
        Config { cases: cases(), failure_persistence: None, ..Config::default() },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let result = runner.run(&(draft(), style(), language()), |(draft, style, language)| {
        let (format, text) = write(&draft, style, language);
        let before = analyse(&catalog, format, &text);
        if !before.document().tree().errors().is_empty() {
            return Err(TestCaseError::fail(format!("the draft itself does not parse:\n{text}")));
        }
        let findings = before.diagnostics();
        for finding in &findings {
            let is_promised = rules().iter().any(|rule| rule.code == finding.rule && rule.fixes == FixAvailability::Always);
            if is_promised && finding.fixes.is_empty() {
                return Err(TestCaseError::fail(format!("{} has no fix in\n{text}", finding.rule)));
            }
            for fix in &finding.fixes {
                *made.borrow_mut().entry(finding.rule).or_default() += 1;
                if let Some(reason) = wrong(&catalog, &before, &findings, finding, fix) {
                    return Err(TestCaseError::fail(format!("{}, {}: {reason}\nbefore:\n{text}", finding.rule, fix.title)));
                }
            }
        }
        let Some(once) = all_certain(&catalog, format, &text) else {
            return Err(TestCaseError::fail(format!("certain fixes undo one another in\n{text}")));
        };
        if !Document::read(once.as_str(), format).tree().errors().is_empty() {
            return Err(TestCaseError::fail(format!("all certain fixes together break it:\n{once}\nbefore:\n{text}")));
        }
        let after = analyse(&catalog, format, &once).diagnostics();
        for rule in rules().iter().filter(|rule| matches!(rule.group, RuleGroup::Names | RuleGroup::Shape)) {
            let count = |all: &[Finding]| all.iter().filter(|finding| finding.rule == rule.code).count();
            if count(&after) > count(&findings) {
                return Err(TestCaseError::fail(format!("certain fixes make a new {}:\n{once}\nbefore:\n{text}", rule.code)));
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let made = made.into_inner();
    let codes: Vec<&str> = rules().iter().filter(|rule| rule.fixes != FixAvailability::Never).map(|rule| rule.code).collect();
    assert!(codes.len() > 15, "{codes:?}");
    for code in &codes {
        assert!(made.contains_key(code) || ELSEWHERE.contains(code), "no fix of {code} was made: {made:#?}");
    }
    for code in made.keys() {
        assert!(codes.contains(code), "{code} made a fix and is declared without any");
    }
}

/// As many as `PROPTEST_CASES` says, or some hundreds.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}
