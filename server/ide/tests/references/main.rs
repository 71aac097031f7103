//! Entries that are written elsewhere: they count where they are used, and what is found of them is told where they stand.

mod dealt;
mod features;
mod findings;
mod ways;

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Finding, Module, Scope};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::Fixture;
use expect_test::Expect;

/// A policy that allows some actions on everything, as Terraform writes it. A line `allow EXPRESSION` of a file stands for it.
fn allowing(actions: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions   = {actions}\n    resources = [\"*\"]\n  }}\n}}\n")
}

/// A folder's files, each behind a line `== name`, as analyses.
fn folder(text: &str) -> Vec<(String, Analysis)> {
    let catalog = Arc::new(Catalog::builtin());
    let line = |line: &str| line.strip_prefix("allow ").map_or(line.to_owned(), |actions| allowing(actions.trim_end()));
    let files = Fixture::parse_with_header("== ", text).files.into_iter();
    let files: Vec<(String, String)> = files.map(|file| (file.name, file.text.split_inclusive('\n').map(line).collect())).collect();
    let documents =
        files.iter().map(|(name, text)| Document::read(text.as_str(), Format::from_path(Path::new(name)).expect("a format"))).collect();
    let module = Arc::new(Module::read(documents, &catalog, Scope::Connect));
    let analysis = |index| Analysis::within(Arc::clone(&module), index, Arc::clone(&catalog)).expect("a document");
    files.into_iter().enumerate().map(|(index, (name, _))| (name, analysis(index))).collect()
}

fn shown(files: &[(String, Analysis)], name: &str, finding: &Finding) -> String {
    let place = |index: usize, offset: usize| {
        let (name, analysis) = &files[index];
        format!("{name}:{}", analysis.document().text()[..offset].matches('\n').count() + 1)
    };
    let analysis = &files.iter().find(|(file, _)| file == name).expect("a file").1;
    let text = &analysis.document().text()[finding.range.clone()];
    let index = files.iter().position(|(file, _)| file == name).expect("a file");
    let related = finding.related.iter().map(|related| format!(" · {} {}", related.message, place(related.document, related.range.start)));
    format!("{} {} {} {text}{}\n", place(index, finding.range.start), finding.severity, finding.rule, related.collect::<String>())
}

/// The findings of all files of a folder.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let files = folder(text);
    dealt::check_same(&files);
    let lines = files.iter().flat_map(|(name, analysis)| {
        let findings = analysis.diagnostics();
        findings.iter().map(|finding| shown(&files, name, finding)).collect::<Vec<_>>()
    });
    expected.assert_eq(&lines.collect::<String>());
}
