//! From bytes to what a client counts, and back. The server shows its one function only, so the file is taken in here.

#![allow(dead_code)] // of the file a part is used

use connect_policy_project::LineIndex;
use divan::{Bencher, black_box, counter::BytesCount};
use positions::{Encoding, offset, position};

#[path = "../src/positions.rs"]
mod positions;

fn main() {
    divan::main();
}

/// As many lines as a template of 100 KB has; a letter beyond ASCII in the first makes all columns counted.
fn text(is_ascii: bool) -> String {
    let first = if is_ascii { "a" } else { "ä" };
    std::iter::once(first).chain(std::iter::repeat_n("        \"connect:DescribeUser\",", 3_000)).collect::<Vec<_>>().join("\n")
}

#[divan::bench]
fn lines_found(bencher: Bencher<'_, '_>) {
    let text = text(true);
    bencher.counter(BytesCount::of_str(&text)).bench(|| LineIndex::new(black_box(&text)));
}

#[divan::bench(args = [true, false])]
fn there_and_back(bencher: Bencher<'_, '_>, is_ascii: bool) {
    let text = text(is_ascii);
    let lines = LineIndex::new(&text);
    let place = text.len() / 2;
    bencher.bench(|| {
        let there = position(&text, &lines, black_box(place), Encoding::Utf16);
        assert_eq!(offset(&text, &lines, there, Encoding::Utf16), place);
    });
}
