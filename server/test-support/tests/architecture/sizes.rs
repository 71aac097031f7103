//! Sizes of files and folders, and their names.

use std::collections::BTreeMap;

/// The longest that a source file may be, in lines.
pub const MAX_LINES: usize = 500;
/// The most source files that a folder may have, those of its folders aside.
pub const MAX_FILES: usize = 25;

/// Files that are too long, folders that are too full, and files named `mod.rs`. Takes paths with lengths in lines.
pub fn violations<'p>(files: impl IntoIterator<Item = (&'p str, usize)>) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, lines) in files {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        *folders.entry(folder).or_default() += 1;
        if lines > MAX_LINES {
            found.push(format!("{path} has {lines} lines"));
        }
        if name == "mod.rs" {
            found.push(format!("{path} should be {folder}.rs"));
        }
    }
    let full = folders.into_iter().filter(|(_, count)| *count > MAX_FILES);
    found.extend(full.map(|(folder, count)| format!("{folder} has {count} source files")));
    found
}

#[test]
fn what_is_too_large_is_found() {
    let many: Vec<String> = (0..=MAX_FILES).map(|index| format!("full/a{index}.rs")).collect();
    let files = many.iter().map(|path| (path.as_str(), 1)).chain([("a/b.rs", MAX_LINES), ("a/c.rs", MAX_LINES + 1), ("a/mod.rs", 1)]);
    assert_eq!(violations(files), ["a/c.rs has 501 lines", "a/mod.rs should be a.rs", "full has 26 source files"]);
    assert_eq!(violations([("full/a.rs", 1)]), [""; 0]);
}
