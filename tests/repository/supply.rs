//! What the program is built from: where it comes from, under which licences, and that nothing comes twice unnoticed.
//!
//! cargo-deny asks the same, but every fresh CI would have to build it from some hundreds of crates, and its advisories come
//! from a repository that a closed network does not reach. The lock files and cargo's own metadata tell all that is asked
//! here; advisories are left to those who have the network.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::support::{is_installed, repository};

const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";
const LICENCES: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "CC0-1.0",
    "0BSD",
];

/// Crates that come in several versions, and who keeps the older one.
const TWICE: &[(&str, &str)] = &[
    ("bitflags", "lsp-types 0.94"),
    ("getrandom", "ahash, by boon, in tests only"),
    ("hashbrown", "dashmap, by tower-lsp"),
    ("r-efi", "getrandom's older version, in tests only"),
    ("syn", "the macros of tower-lsp and pin-project"),
];

fn locked(path: &str) -> Vec<toml::Table> {
    let text = std::fs::read_to_string(repository().join(path)).unwrap();
    let lock: toml::Table = text.parse().unwrap();
    lock["package"].as_array().unwrap().iter().map(|package| package.as_table().unwrap().clone()).collect()
}

fn text<'t>(package: &'t toml::Table, field: &str) -> Option<&'t str> {
    package.get(field).and_then(toml::Value::as_str)
}

#[test]
fn every_crate_comes_from_crates_io_with_a_checksum_or_from_here() {
    for lock in ["Cargo.lock", "tests/fuzz/Cargo.lock", "server/editors/zed/Cargo.lock"] {
        for package in locked(lock) {
            let name = text(&package, "name").unwrap();
            match text(&package, "source") {
                None => assert!(name.starts_with("connect-policy"), "{name} of {lock} comes from a folder"),
                Some(source) => {
                    assert_eq!(source, CRATES, "{name} of {lock}");
                    assert!(text(&package, "checksum").is_some_and(|sum| sum.len() == 64), "{name} of {lock} has no checksum");
                }
            }
        }
    }
}

#[test]
fn no_crate_comes_twice_unnoticed() {
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    for package in locked("Cargo.lock") {
        *versions.entry(text(&package, "name").unwrap().to_owned()).or_default() += 1;
    }
    let twice: Vec<&String> = versions.iter().filter(|&(_, &count)| count > 1).map(|(name, _)| name).collect();
    let known: Vec<&str> = TWICE.iter().map(|&(name, _)| name).collect();
    assert_eq!(twice, known, "crates that come in several versions are listed in this file, with who keeps the older one");
}

/// Whether a licence expression can be met by the licences that are allowed: `OR` and the old `/` leave the choice, `AND`
/// leaves none.
fn is_allowed(expression: &str) -> bool {
    let flat = expression.replace('/', " OR ").replace(") AND ", ")&").replace(" AND (", "&(");
    let is_simple = |part: &str| part.split(" OR ").any(|choice| choice.split(" AND ").all(|name| LICENCES.contains(&name.trim())));
    flat.split('&').all(|part| is_simple(part.trim_matches(['(', ')'])))
}

/// What cargo knows of the crates that are built on this system.
fn packages() -> Vec<Value> {
    // The crates of this system: those of others are not on the disk, and a test does not fetch them.
    let host = Command::new("rustc").args(["-vV"]).output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let Value::Array(packages) = metadata["packages"].take() else { panic!("no packages") };
    assert!(packages.len() > 50);
    packages
}

#[test]
fn every_licence_is_one_of_a_short_list() {
    if !is_installed("rustc") {
        return;
    }
    assert!(is_allowed("MIT OR Apache-2.0") && is_allowed("(MIT OR GPL-3.0) AND Unicode-3.0") && is_allowed("Unlicense/MIT"));
    assert!(!is_allowed("GPL-3.0") && !is_allowed("MIT AND GPL-3.0") && !is_allowed("(MIT OR Apache-2.0) AND GPL-3.0"));
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence), "{} is under {licence}", package["name"]);
    }
}

/// What we use of the standard library is clippy's to compare (`incompatible_msrv`).
#[test]
fn every_crate_builds_with_the_rust_that_we_state() {
    if !is_installed("rustc") {
        return;
    }
    let version = |text: &str| -> Vec<u32> { text.split('.').map(|part| part.parse().unwrap()).take(2).collect() };
    let workspace: toml::Table = std::fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    let stated = workspace["workspace"]["package"]["rust-version"].as_str().unwrap();
    for package in packages() {
        let least = package["rust_version"].as_str().unwrap_or("1.0");
        assert!(version(least) <= version(stated), "{} needs Rust {least}", package["name"]);
    }
    for page in ["README.md", ".github/CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(repository().join(page)).unwrap();
        assert!(text.contains(&format!("{stated} or newer")), "{page} states another Rust");
    }
}

#[test]
fn no_crate_of_ours_may_be_unsafe() {
    let manifest = |path: &str| -> toml::Table { std::fs::read_to_string(repository().join(path)).unwrap().parse().unwrap() };
    let workspace = manifest("Cargo.toml");
    assert_eq!(workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for member in workspace["workspace"]["members"].as_array().unwrap() {
        let manifest = manifest(&format!("{}/Cargo.toml", member.as_str().unwrap()));
        assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true), "{member:?}");
    }
}

#[test]
fn npm_packages_come_with_a_hash_and_from_no_address_of_their_own() {
    for lock in ["vscode-extension/package-lock.json", "tests/editors/vscode/package-lock.json", "tests/packaging/package-lock.json"] {
        let lock_text = std::fs::read_to_string(repository().join(lock)).unwrap();
        let lock_file: Value = serde_json::from_str(&lock_text).unwrap();
        for (name, package) in lock_file["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")), "{name} of {lock} has no hash");
            assert!(package["resolved"].is_null(), "{name} of {lock} comes from an address of its own");
        }
    }
}

/// The short list of what the program stands on is whole.
#[test]
fn every_dependency_is_told_of() {
    let manifest: toml::Table = std::fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    let page = std::fs::read_to_string(repository().join("server/ARCHITECTURE.md")).unwrap();
    let (_, list) = page.split_once("## Dependencies").unwrap();
    let names = manifest["workspace"]["dependencies"].as_table().unwrap().keys();
    for name in names.filter(|name| !name.starts_with("connect-policy")) {
        let is_told = list.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_".contains(letter))).any(|word| word == name);
        assert!(is_told, "`{name}` is missing from server/ARCHITECTURE.md");
    }
}
