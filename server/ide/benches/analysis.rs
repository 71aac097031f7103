//! What understanding a document costs beside reading it alone, and what answers cost once it is understood.

#![allow(clippy::unwrap_used)] // a benchmark fails as a test does

use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Module, ModuleFindings, Scope};
use connect_policy_syntax::{Document, Format};
use divan::{Bencher, black_box, counter::BytesCount};
use documents::{SIZES, document};

#[path = "../../syntax/benches/documents/samples.rs"]
mod documents;

fn main() {
    divan::main();
}

fn reading(bencher: Bencher<'_, '_>, format: Format, size: usize) {
    let text = document(format, size);
    bencher.counter(BytesCount::of_str(&text)).bench(|| Document::read(black_box(text.as_str()), format));
}

/// All that a keystroke asks for: reading, meaning, findings.
fn whole(bencher: Bencher<'_, '_>, format: Format, size: usize) {
    let text = document(format, size);
    let catalog = Arc::new(Catalog::builtin());
    let run = || Analysis::new(Document::read(black_box(text.as_str()), format), Arc::clone(&catalog)).diagnostics();
    assert!(!run().is_empty());
    bencher.counter(BytesCount::of_str(&text)).bench(run);
}

mod json {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn reading(bencher: Bencher<'_, '_>, size: usize) {
        super::reading(bencher, Format::Json, size);
    }

    #[divan::bench(args = SIZES)]
    fn whole(bencher: Bencher<'_, '_>, size: usize) {
        super::whole(bencher, Format::Json, size);
    }
}

mod yaml {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn reading(bencher: Bencher<'_, '_>, size: usize) {
        super::reading(bencher, Format::Yaml, size);
    }

    #[divan::bench(args = SIZES)]
    fn whole(bencher: Bencher<'_, '_>, size: usize) {
        super::whole(bencher, Format::Yaml, size);
    }
}

mod hcl {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn reading(bencher: Bencher<'_, '_>, size: usize) {
        super::reading(bencher, Format::Hcl, size);
    }

    #[divan::bench(args = SIZES)]
    fn whole(bencher: Bencher<'_, '_>, size: usize) {
        super::whole(bencher, Format::Hcl, size);
    }
}

/// An answer about the first action of a document.
fn answer<T>(bencher: Bencher<'_, '_>, run: impl Fn(&Analysis, usize) -> T + Sync) {
    let text = document(Format::Json, SIZES[0]);
    let place = text.find("connect:").unwrap() + "connect:".len();
    let analysis = Analysis::new(Document::read(text, Format::Json), Arc::new(Catalog::builtin()));
    bencher.bench(|| run(&analysis, black_box(place)));
}

#[divan::bench]
fn completions(bencher: Bencher<'_, '_>) {
    answer(bencher, |analysis, place| {
        let completions = analysis.completions(place);
        assert!(completions.items.len() > 300);
        completions
    });
}

#[divan::bench]
fn hover(bencher: Bencher<'_, '_>) {
    answer(bencher, |analysis, place| analysis.hover(place).unwrap());
}

/// The findings of files that all use the lists of one another, computed once.
#[divan::bench(args = [20, 40, 80, 160])]
fn module(bencher: Bencher<'_, '_>, count: usize) {
    let catalog = Catalog::builtin();
    let text = |index: usize| {
        let next = (index + 1) % count;
        format!(
            "locals {{\n  list{index} = [\"connect:ListUsers\", \"connect:DescribeUsr\"]\n}}\ndata \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions   = concat(local.list{next}, local.list0)\n    resources = [\"*\"]\n  }}\n}}\n"
        )
    };
    let documents = (0..count).map(|index| Document::read(text(index), Format::Hcl)).collect();
    let module = Module::read(documents, &catalog, Scope::Connect);
    bencher.bench(|| ModuleFindings::compute(black_box(&module), &catalog, &|_, _| {}));
}
