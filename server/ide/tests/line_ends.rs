//! What is found in a document does not depend on its line ends, on a byte order mark, or on the width of an indentation.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::Analysis;
use connect_policy_syntax::{Document, Format};
use proptest::prelude::*;

/// The documents of the repository that have policies or profiles, with their formats.
fn samples() -> Vec<(String, Format, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut folders: Vec<PathBuf> = ["sound", "examples", "parity"].map(|name| root.join(name)).to_vec();
    let mut samples = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = path.display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(format) = Format::from_path(&path) {
                samples.push((name, format, fs::read_to_string(&path).expect("a text")));
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let page = fs::read_to_string(&path).expect("a text");
                let fences = page.split("```").skip(1).step_by(2).filter_map(|fence| fence.split_once('\n'));
                samples.extend(fences.filter_map(|(info, text)| {
                    let format = Format::from_path(Path::new(info.split_once(' ')?.1))?;
                    Some((format!("{name} {info}"), format, text.replace('¦', "")))
                }));
            }
        }
    }
    samples.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(samples.len() > 60, "{}", samples.len());
    samples
}

/// What is found: the rule, the level, the line and the message. The text of a block scalar has its line ends in it.
fn found(text: &str, format: Format, catalog: &Arc<Catalog>) -> Vec<String> {
    let analysis = Analysis::new(Document::read(text, format), Arc::clone(catalog));
    let line = |at: usize| text[..at].replace("\r\n", "\n").matches(['\n', '\r']).count() + 1;
    let mut findings = analysis.diagnostics();
    findings.extend(analysis.json_syntax());
    let shown = findings.iter().map(|finding| {
        let marked = text[finding.range.clone()].replace("\r\n", "\n").replace('\r', "\n");
        format!("{} {} {} {:?} {}", line(finding.range.start), finding.severity, finding.rule, marked, finding.message)
    });
    shown.collect()
}

#[track_caller]
fn check(name: &str, text: &str, format: Format, catalog: &Arc<Catalog>) {
    let expected = found(text, format, catalog);
    for (what, text) in [
        ("CRLF", text.replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("a byte order mark", format!("\u{feff}{text}")),
        ("a byte order mark and CR", format!("\u{feff}{}", text.replace('\n', "\r"))),
    ] {
        assert_eq!(found(&text, format, catalog), expected, "{name} with {what}");
    }
}

#[test]
fn findings_do_not_depend_on_line_ends() {
    let catalog = Arc::new(Catalog::builtin());
    for (name, format, text) in samples() {
        check(&name, &text, format, &catalog);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same of documents with a mistake in them, and of those that end somewhere.
    #[test]
    fn findings_of_changed_documents_do_not_depend_on_line_ends(
        sample in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        change in prop::sample::select(&["", "\n", "\n\n", ",", "\"", "x", "# c\n", "]", "}", ":", "- "][..]),
        is_cut in any::<bool>(),
    ) {
        let catalog = Arc::new(Catalog::builtin());
        let samples = samples();
        let (name, format, text) = &samples[sample.index(samples.len())];
        let mut at = place.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let rest = if is_cut { "" } else { &text[at..] };
        check(name, &format!("{}{change}{rest}", &text[..at]), *format, &catalog);
    }
}
