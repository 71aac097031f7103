//! What stands where: keys of templates, distances between names, and the system.

use crate::imports::{Crate, paths};

/// Texts that only the files of a folder may hold, in code or in quotes.
pub fn outside(krate: &Crate, texts: &[&str], allowed: Option<&str>) -> Vec<String> {
    let mut found = Vec::new();
    for file in &krate.files {
        if allowed.is_some_and(|folder| file.path.starts_with(folder)) {
            continue;
        }
        for text in texts {
            let places: Vec<String> = file.quoted.match_indices(text).map(|(at, _)| file.line(at).to_string()).collect();
            if !places.is_empty() {
                found.push(format!("{}: {}: `{text}` in line {}", krate.name, file.path, places.join(", ")));
            }
        }
    }
    found
}

/// Uses of modules of the standard library outside some files.
pub fn system(krate: &Crate, modules: &[&str], allowed: Option<&str>) -> Vec<String> {
    let mut found = Vec::new();
    for file in &krate.files {
        if allowed.is_some_and(|folder| file.path.starts_with(folder)) {
            continue;
        }
        for path in paths(&file.code) {
            if path.segments[0] == "std" && path.segments.get(1).is_some_and(|module| modules.contains(&module.as_str())) {
                let line = file.line(path.offset);
                found.push(format!("{}: {}:{line} uses {}", krate.name, file.path, path.segments.join("::")));
            }
        }
    }
    found
}

#[test]
fn a_text_outside_its_folder_is_found() {
    let krate = Crate::new(
        "x",
        &[
            ("carriers/cloudformation.rs", "const A: &str = \"AWS::IAM::Role\";"),
            ("size.rs", "// AWS::IAM\nconst A: &str = \"Properties\";\nfn f() { strsim::jaro() }"),
            ("lib.rs", "#[cfg(test)] mod tests;\n/// AWS::IAM\nmod a {}"),
            ("tests.rs", "const A: &str = \"AWS::IAM::Role\";"),
        ],
    );
    assert_eq!(outside(&krate, &["AWS::", "\"Properties\""], Some("carriers/")), ["x: size.rs: `\"Properties\"` in line 2"]);
    assert_eq!(outside(&krate, &["AWS::"], None), ["x: carriers/cloudformation.rs: `AWS::` in line 1"]);
    assert_eq!(outside(&krate, &["strsim"], Some("names/")), ["x: size.rs: `strsim` in line 3"]);
}

#[test]
fn a_use_of_the_system_is_found() {
    let texts = [
        ("a.rs", "use std::{fs, fmt};\nfn f() { std::env::var(\"x\") }\n#[cfg(test)] mod tests { use std::time::Instant; }"),
        ("files.rs", "use std::fs;"),
    ];
    let krate = Crate::new("x", &texts);
    assert_eq!(system(&krate, &["fs", "env", "time"], Some("files.rs")), ["x: a.rs:1 uses std::fs", "x: a.rs:2 uses std::env::var"]);
    assert_eq!(system(&krate, &["fs"], None).len(), 2);
}
