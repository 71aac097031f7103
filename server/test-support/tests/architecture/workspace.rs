//! The workspace's crates and source files as they lie on disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::imports::Crate;

pub fn root() -> PathBuf {
    fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("the workspace's folder")
}

/// Every member of the workspace, by its package's name.
pub fn crates() -> Vec<Crate> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace's manifest");
    let crates: Vec<Crate> = members(&manifest).into_iter().map(|member| read(&root().join(member))).collect();
    assert!(crates.len() >= 5, "the workspace's members were not found");
    crates
}

fn members(manifest: &str) -> Vec<&str> {
    let list = manifest.split_once("\nmembers = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).collect()
}

fn read(folder: &Path) -> Crate {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a member's manifest");
    let name = manifest.split_once("name = \"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(name, _)| name);
    let texts = sources(&folder.join("src"));
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Crate::new(name, &texts)
}

/// The Rust files below a folder, in order, by their paths below it. Folders that hold no source of ours are left out.
pub fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(folder, "", &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, path: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                collect(&entry.path(), &path, found);
            }
        } else if name.ends_with(".rs") {
            found.push((path, fs::read_to_string(entry.path()).expect("a source file")));
        }
    }
}

#[test]
fn members_are_those_of_the_manifest() {
    assert_eq!(members("[workspace]\nmembers = [\n  \"catalog\",\n  \"server/ide\",\n]\nother = [\"x\"]\n"), ["catalog", "server/ide"]);
}
