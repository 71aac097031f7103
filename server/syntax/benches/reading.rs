//! How fast documents are read, beside what others take for the same bytes in the same run.

#![allow(clippy::unwrap_used)] // a benchmark fails as a test does

use connect_policy_syntax::{Document, Format};
use divan::{Bencher, black_box, counter::BytesCount};
use documents::{SIZES, document};

#[path = "documents/samples.rs"]
mod documents;

fn main() {
    divan::main();
}

/// Runs over a document of a format and size.
fn over<T>(bencher: Bencher<'_, '_>, format: Format, size: usize, run: impl Fn(&str) -> T + Sync) {
    let text = document(format, size);
    bencher.counter(BytesCount::of_str(&text)).bench(|| run(black_box(&text)));
}

fn ours(text: &str, format: Format) -> Document {
    let document = Document::read(text, format);
    assert!(document.tree().errors().is_empty(), "the documents are sound");
    document
}

mod json {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn ours(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Json, size, |text| super::ours(text, Format::Json));
    }

    /// The least that looking at every byte costs.
    #[divan::bench(args = SIZES)]
    fn memchr_pass(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Json, size, |text| memchr::memchr_iter(b'"', text.as_bytes()).count());
    }

    #[divan::bench(args = SIZES)]
    fn serde_json_value(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Json, size, |text| serde_json::from_str::<serde_json::Value>(text).unwrap());
    }

    #[divan::bench(args = SIZES)]
    fn jsonc_parser_ast(bencher: Bencher<'_, '_>, size: usize) {
        let parse = |text: &str| {
            jsonc_parser::parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &jsonc_parser::ParseOptions::default())
                .unwrap()
                .value
                .is_some()
        };
        over(bencher, Format::Json, size, parse);
    }
}

mod yaml {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn ours(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Yaml, size, |text| super::ours(text, Format::Yaml));
    }

    #[divan::bench(args = SIZES)]
    fn memchr_pass(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Yaml, size, |text| memchr::memchr_iter(b'\n', text.as_bytes()).count());
    }

    #[divan::bench(args = SIZES)]
    fn granit_parser_events(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Yaml, size, |text| granit_parser::Parser::new_from_str(text).map(Result::unwrap).count());
    }

    #[divan::bench(args = SIZES)]
    fn saphyr_parser_events(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Yaml, size, |text| saphyr_parser::Parser::new_from_str(text).map(Result::unwrap).count());
    }
}

mod hcl {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn ours(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Hcl, size, |text| super::ours(text, Format::Hcl));
    }

    #[divan::bench(args = SIZES)]
    fn memchr_pass(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Hcl, size, |text| memchr::memchr_iter(b'"', text.as_bytes()).count());
    }

    #[divan::bench(args = SIZES)]
    fn hcl_edit_body(bencher: Bencher<'_, '_>, size: usize) {
        over(bencher, Format::Hcl, size, |text| hcl_edit::parser::parse_body(text).unwrap());
    }
}
