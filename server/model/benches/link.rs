//! What it costs to link the files of a folder whose lists refer to one another, first and after a keystroke.

use connect_policy_catalog::Catalog;
use connect_policy_model::{AnalyzedDocument, Module, Scope};
use connect_policy_syntax::{Document, Format};
use divan::Bencher;

fn main() {
    divan::main();
}

const FILES: &[usize] = &[20, 40, 80, 160];

/// To which of the files' lists the policy of each file refers.
#[derive(Clone, Copy)]
enum Shape {
    /// None.
    Apart,
    /// That of the first file.
    One,
    /// That of the next file.
    Next,
    /// All.
    All,
}

fn file(shape: Shape, index: usize, files: usize) -> String {
    let own = r#"["connect:ListUsers", "connect:DescribeUsr", "connect:List*", "s3:GetObject"]"#;
    let actions = match shape {
        Shape::Apart => own.to_owned(),
        Shape::One => "local.own0".to_owned(),
        Shape::Next => format!("concat(local.own{}, [\"connect:ListQueues\"])", (index + 1) % files),
        Shape::All => format!("concat({})", (0..files).map(|file| format!("local.own{file}")).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "locals {{\n  own{index} = {own}\n}}\n\
         data \"aws_iam_policy_document\" \"p{index}\" {{\n  statement {{\n    actions   = {actions}\n    resources = [\"*\"]\n  }}\n}}\n"
    )
}

fn read(text: String, catalog: &Catalog) -> AnalyzedDocument {
    AnalyzedDocument::read(Document::read(text, Format::Hcl), catalog, Scope::Connect)
}

fn folder(shape: Shape, files: usize, catalog: &Catalog) -> Vec<AnalyzedDocument> {
    (0..files).map(|index| read(file(shape, index, files), catalog)).collect()
}

/// All files are new.
fn first(bencher: Bencher<'_, '_>, shape: Shape, files: usize) {
    let catalog = Catalog::builtin();
    bencher.with_inputs(|| folder(shape, files, &catalog)).bench_values(|documents| Module::link(documents, &catalog, Scope::Connect));
}

/// One file is new, the others were linked before.
fn again(bencher: Bencher<'_, '_>, shape: Shape, files: usize) {
    let catalog = Catalog::builtin();
    let documents = folder(shape, files, &catalog);
    let _ = Module::link(documents.clone(), &catalog, Scope::Connect);
    let changed = || {
        let mut documents = documents.clone();
        documents[0] = read(file(shape, 0, files), &catalog);
        documents
    };
    bencher.with_inputs(changed).bench_values(|documents| Module::link(documents, &catalog, Scope::Connect));
}

#[divan::bench(args = FILES)]
fn first_apart(bencher: Bencher<'_, '_>, files: usize) {
    first(bencher, Shape::Apart, files);
}

#[divan::bench(args = FILES)]
fn first_one_list(bencher: Bencher<'_, '_>, files: usize) {
    first(bencher, Shape::One, files);
}

#[divan::bench(args = FILES)]
fn first_next_list(bencher: Bencher<'_, '_>, files: usize) {
    first(bencher, Shape::Next, files);
}

#[divan::bench(args = FILES)]
fn first_all_lists(bencher: Bencher<'_, '_>, files: usize) {
    first(bencher, Shape::All, files);
}

#[divan::bench(args = FILES)]
fn again_one_list(bencher: Bencher<'_, '_>, files: usize) {
    again(bencher, Shape::One, files);
}

#[divan::bench(args = FILES)]
fn again_all_lists(bencher: Bencher<'_, '_>, files: usize) {
    again(bencher, Shape::All, files);
}
