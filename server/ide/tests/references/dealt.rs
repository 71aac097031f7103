//! Findings that are computed once for a module are those of its documents one by one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use connect_policy_ide::{Analysis, ModuleFindings, rules};

use crate::folder;

/// Checks that the findings of a folder, computed once, are those of each file on its own.
#[track_caller]
pub(crate) fn check_same(files: &[(String, Analysis)]) {
    let Some((_, first)) = files.first() else { return };
    let findings = ModuleFindings::compute(first.module(), first.catalog(), &|_, _| {});
    for (index, (name, analysis)) in files.iter().enumerate() {
        assert_eq!(findings.outcome(index).findings, analysis.diagnostics(), "{name}");
        assert_eq!(findings.at_references(index), analysis.diagnostics_at_references(), "{name}");
        assert!(findings.outcome(index).failures.is_empty(), "{name}");
    }
}

/// Files of which each has a list with a wrong entry and a policy that uses the lists of all of them.
fn ring(count: usize) -> String {
    let lists: Vec<String> = (0..count).map(|index| format!("local.list{index}")).collect();
    let file = |index: usize| {
        let list = format!("locals {{\n  list{index} = [\"connect:*\", \"connect:DescribeUsr{index}\"]\n}}\n");
        format!("== {index}.tf\n{list}allow concat({})\n", lists.join(", "))
    };
    (0..count).map(file).collect()
}

#[test]
fn each_rule_runs_once_in_each_document() {
    let files = folder(&ring(12));
    check_same(&files);
    let runs: RefCell<BTreeMap<(usize, &str), usize>> = RefCell::default();
    let analysis = &files[0].1;
    let findings = ModuleFindings::compute(analysis.module(), analysis.catalog(), &|document, rule| {
        *runs.borrow_mut().entry((document, rule.code)).or_default() += 1;
    });
    let runs = runs.into_inner();
    assert_eq!(runs.len(), files.len() * rules().len());
    assert!(runs.values().all(|count| *count == 1), "{runs:?}");
    // What twelve policies use is one finding with the places of all.
    let full: Vec<_> = findings.outcome(3).findings.iter().filter(|finding| finding.rule == "full-access").collect();
    assert_eq!(full.len(), 1);
    assert_eq!(full[0].related.len(), files.len());
    assert_eq!(findings.at_references(3).iter().filter(|finding| finding.rule == "full-access").count(), files.len() - 1);
}

#[test]
fn a_panic_costs_a_rule_in_one_document_only() {
    let files = folder(&ring(3));
    let analysis = &files[0].1;
    let compute = |broken: Option<usize>| {
        ModuleFindings::compute(analysis.module(), analysis.catalog(), &|document, rule| {
            assert!(broken != Some(document) || rule.code != "full-access", "broken on purpose");
        })
    };
    let (sound, broken) = (compute(None), compute(Some(1)));
    let full = |findings: &ModuleFindings, index: usize| {
        findings.outcome(index).findings.iter().filter(|finding| finding.rule == "full-access").cloned().collect::<Vec<_>>()
    };
    let others = |findings: &ModuleFindings, index: usize| {
        findings.outcome(index).findings.iter().filter(|finding| finding.rule != "full-access").cloned().collect::<Vec<_>>()
    };
    for index in 0..3 {
        let panics: Vec<_> = broken.outcome(index).failures.iter().map(|panic| (panic.rule, panic.cause.as_str())).collect();
        assert_eq!(panics, if index == 1 { vec![("full-access", "broken on purpose")] } else { Vec::new() });
        assert_eq!(others(&broken, index), others(&sound, index));
        // The two other documents still report the list of each.
        let used: Vec<usize> = full(&broken, index)[0].related.iter().map(|related| related.document).collect();
        assert_eq!(used, [0, 2]);
    }
}
