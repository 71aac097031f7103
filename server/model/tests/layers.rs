//! No circles of files, and folders import only lower ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders from the bottom up; files of the top folder come above those that they do not name here.
const ORDER: &[&[&str]] = &[
    &["values", "names"],
    &["carriers"],
    &["policy"],
    &["profile", "document_model"],
    &["references"],
    &["analyzed_document"],
    &["module", "cursor"],
    &["key_cursor"],
    &["lib"],
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

/// The names that a `use` line imports, from the crate on: groups taken apart.
fn paths(text: &str) -> Vec<String> {
    let text = text.split_once("#[cfg(test)]").map_or(text, |(code, _)| code);
    let mut paths = Vec::new();
    for rest in text.split("use crate::").skip(1) {
        let line: String = rest.split(';').next().unwrap_or("").split_whitespace().collect();
        match line.split_once('{') {
            Some((head, group)) => paths.extend(group.trim_end_matches('}').split(',').map(|name| format!("{head}{name}"))),
            None => paths.push(line),
        }
    }
    paths
}

/// Which files each file imports, both by their module paths.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let module = |path: &Path| {
        let path = path.strip_prefix(&root).expect("a file below src").with_extension("");
        path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("::")
    };
    let modules: BTreeSet<String> = found.iter().map(|path| module(path)).collect();
    let defining = |path: &str| {
        let parts: Vec<&str> = path.split("::").collect();
        (1..=parts.len()).rev().map(|count| parts[..count].join("::")).find(|name| modules.contains(name))
    };
    let of_file = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a source file");
        (module(path), paths(&text).iter().filter_map(|path| defining(path)).collect())
    };
    found.iter().map(of_file).collect()
}

#[test]
fn there_is_no_circle_of_files() {
    let mut left = imports();
    assert!(left.values().map(BTreeSet::len).sum::<usize>() > 50, "imports are found");
    loop {
        let lowest: BTreeSet<String> =
            left.iter().filter(|(_, used)| used.iter().all(|name| !left.contains_key(name))).map(|(name, _)| name.clone()).collect();
        if lowest.is_empty() {
            break;
        }
        left.retain(|name, _| !lowest.contains(name));
    }
    assert!(left.is_empty(), "files in or above a circle: {left:#?}");
}

#[test]
fn folders_import_only_lower_ones() {
    let rank = |module: &str| {
        let folder = module.split("::").next().unwrap_or(module);
        ORDER.iter().position(|layer| layer.contains(&folder)).unwrap_or_else(|| panic!("{folder} has no place in the order"))
    };
    for (module, used) in imports() {
        let above: Vec<&String> = used.iter().filter(|other| rank(other) > rank(&module)).collect();
        assert!(above.is_empty(), "{module} imports what is above it: {above:?}");
    }
}
