//! Circles of files: each imports the next, and the last imports the first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::imports::Crate;

/// One line for each group of files that import each other, with a shortest circle through its first file.
pub fn violations(krate: &Crate) -> Vec<String> {
    let mut edges: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for import in krate.imports() {
        edges.entry(import.from).or_default().insert(import.to);
    }
    let nexts = |file: usize| edges.get(&file).into_iter().flatten().copied();
    let reached = |start: usize| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(file) = open.pop() {
            open.extend(nexts(file).filter(|next| reached.insert(*next)));
        }
        reached
    };
    let reached: Vec<BTreeSet<usize>> = (0..krate.files.len()).map(reached).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (file, own) in reached.iter().enumerate() {
        if !own.contains(&file) || !seen.insert(file) {
            continue;
        }
        let group: Vec<usize> = own.iter().copied().filter(|other| reached[*other].contains(&file)).collect();
        seen.extend(&group);
        let circle: Vec<&str> = shortest(file, nexts).into_iter().map(|index| krate.files[index].path.as_str()).collect();
        let paths: Vec<&str> = group.iter().map(|index| krate.files[*index].path.as_str()).collect();
        found.push(format!(
            "{}: {} files import each other, as {}; all: {}",
            krate.name,
            group.len(),
            circle.join(" -> "),
            paths.join(", ")
        ));
    }
    found
}

/// A shortest way from a file back to itself, with the file at both ends.
fn shortest<I: Iterator<Item = usize>>(start: usize, nexts: impl Fn(usize) -> I) -> Vec<usize> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(file) = open.pop_front() {
        for next in nexts(file) {
            if next == start {
                let mut way = vec![start, file];
                while let Some(earlier) = way.last().filter(|last| **last != start).and_then(|last| before.get(last)) {
                    way.push(*earlier);
                }
                way.reverse();
                return way;
            }
            before.entry(next).or_insert_with(|| {
                open.push_back(next);
                file
            });
        }
    }
    Vec::new()
}

#[test]
fn files_that_import_each_other_are_found() {
    let krate =
        |c: &str| Crate::new("x", &[("lib.rs", "pub use a::A;"), ("a.rs", "use crate::b::B;"), ("b.rs", "use super::c::C;"), ("c.rs", c)]);
    assert_eq!(
        violations(&krate("use crate::a::A;")),
        ["x: 3 files import each other, as a.rs -> b.rs -> c.rs -> a.rs; all: a.rs, b.rs, c.rs"]
    );
    assert_eq!(violations(&krate("#[cfg(test)] mod tests { use crate::a::A; }")), [""; 0]);
    assert_eq!(violations(&krate("mod a;")), [""; 0]);
}

#[test]
fn what_a_file_declares_is_a_part_of_it() {
    let krate = |a: &str| Crate::new("x", &[("lib.rs", "mod a;"), ("a.rs", a), ("a/b.rs", "use super::X;"), ("c.rs", "")]);
    assert_eq!(violations(&krate("mod b; fn f() { b::g() }")), [""; 0]);
    assert_eq!(violations(&krate("mod b; fn f() { crate::a::b::g() }")).len(), 1);
    // But for `lib.rs`.
    assert_eq!(violations(&Crate::new("x", &[("lib.rs", "mod a; use a::A;"), ("a.rs", "use crate::B;")])).len(), 1);
    assert_eq!(violations(&Crate::new("x", &[("lib.rs", "mod a; pub use a::A;"), ("a.rs", "use crate::B;")])), [""; 0]);
}
