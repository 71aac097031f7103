//! What questions to the catalogue cost.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a benchmark fails as a test does, and prints

use std::time::Instant;

use connect_policy_catalog::{Catalog, Pattern};
use divan::{Bencher, black_box};

fn main() {
    // A file is parsed once a process, so the first question cannot be repeated.
    let begin = Instant::now();
    assert!(Catalog::builtin().action("connect:ListUsers").is_some());
    println!("first question on `connect`: {:?}", begin.elapsed());
    divan::main();
}

#[divan::bench(args = ["connect:ListUsers", "CONNECT:listusers", "connect:Nothing"])]
fn action(bencher: Bencher<'_, '_>, name: &str) {
    let catalog = Catalog::builtin();
    bencher.bench(|| catalog.action(black_box(name)));
}

#[divan::bench]
fn permission(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::builtin();
    bencher.bench(|| catalog.permission(black_box("Users.View")).unwrap());
}

#[divan::bench(args = ["connect:List*", "connect:*", "*:List*"])]
fn pattern_expanded(bencher: Bencher<'_, '_>, pattern: &str) {
    let catalog = Catalog::builtin();
    bencher.bench(|| {
        let matches = catalog.matching(&Pattern::new(black_box(pattern)).unwrap());
        assert!(matches.len() > 50);
        matches
    });
}
