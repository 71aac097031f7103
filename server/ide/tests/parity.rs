//! One policy in every language, one expectation: reads `tests/parity/*.md`, whose form is told in the README there.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Finding, TextEdit};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::{apply_edits, fenced_blocks, split_cursors};

struct Page {
    documents: Vec<(String, String)>,
    expectations: Vec<(String, String)>,
}

fn read(page: &str) -> Page {
    let mut read = Page { documents: Vec::new(), expectations: Vec::new() };
    for (info, text) in fenced_blocks(page) {
        match info.split_once(' ') {
            Some((_, name)) => read.documents.push((name.to_owned(), text.to_owned())),
            None => {
                assert_eq!(info, "expect", "a document names its file");
                let lines = text.lines().filter(|line| !line.is_empty());
                read.expectations.extend(lines.map(|line| {
                    // A completion's label may have a colon itself.
                    let parts = if line.starts_with("accept ") { line.rsplit_once(": ") } else { line.split_once(": ") };
                    let (what, value) = parts.unwrap_or((line, ""));
                    (what.to_owned(), value.to_owned())
                }));
            }
        }
    }
    read
}

fn analyse(name: &str, text: &str) -> Analysis {
    let format = Format::from_path(Path::new(name)).expect("the file's name tells its format");
    Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin()))
}

/// The entries of all lists of actions and permissions, in document order.
fn entries(analysis: &Analysis) -> Vec<String> {
    let (document, meaning) = (analysis.document(), analysis.meaning());
    let actions = meaning.action_lists().map(|(list, _)| list);
    let lists = actions.chain(meaning.permission_lists.iter().map(|known| &known.list));
    let mut entries: Vec<_> =
        lists.flat_map(|list| &list.entries).map(|entry| (entry.range.start, entry.text(document).into_owned())).collect();
    entries.sort();
    entries.into_iter().map(|(_, text)| text).collect()
}

fn apply(text: &str, edits: &[TextEdit]) -> String {
    apply_edits(text, edits.iter().map(|edit| (edit.range.clone(), &edit.new_text)))
}

fn names(list: &str) -> Vec<&str> {
    list.split(", ").collect()
}

/// What a document answers to each expectation that it does not meet.
fn failures(page: &Page, name: &str, marked: &str) -> String {
    let (text, cursors) = split_cursors(marked);
    let cursor = cursors.first().copied();
    let analysis = analyse(name, &text);
    let was_broken = !analysis.document().tree().errors().is_empty();
    let mut out = String::new();
    let found: Vec<String> = analysis
        .diagnostics()
        .iter()
        .map(|finding| format!("{} {} {}", finding.severity, finding.rule, &text[finding.range.clone()]))
        .collect();
    let mut wanted: Vec<String> = page.expectations.iter().filter(|(what, _)| what == "finding").map(|(_, value)| value.clone()).collect();
    let mut sorted = found.clone();
    sorted.sort();
    wanted.sort();
    // While a name is being typed, whether it is told of depends on whether its quote is closed yet.
    let is_half_typed = page.expectations.iter().any(|(what, _)| what == "offers" || what.starts_with("accept"));
    if sorted != wanted && !is_half_typed {
        let _ = writeln!(out, "findings are {found:#?}");
    }
    for (what, value) in &page.expectations {
        let (verb, argument) = what.split_once(' ').unwrap_or((what, ""));
        match verb {
            "finding" => {}
            "fixed" => {
                let findings = analysis.diagnostics();
                let Some(fix) = findings.iter().find(|finding| finding.rule == argument).and_then(|finding| finding.fixes.first()) else {
                    let _ = writeln!(out, "{argument} has no fix");
                    continue;
                };
                let after = apply(&text, &fix.edits);
                let analysis = analyse(name, &after);
                if entries(&analysis) != names(value) || !analysis.document().tree().errors().is_empty() {
                    let _ = writeln!(out, "fixed {argument}: {:?} in\n{after}", entries(&analysis));
                }
                let count = |findings: &[Finding]| findings.iter().filter(|finding| finding.rule == argument).count();
                if count(&analysis.diagnostics()) + 1 != count(&findings) {
                    let _ = writeln!(out, "fixed {argument}: it still fires");
                }
            }
            "offers" | "accept" => {
                let offered = analysis.completions(cursor.expect("a cursor"));
                let labels: Vec<&str> = offered.items.iter().map(|item| item.label.as_str()).collect();
                if argument == "nothing" {
                    if !labels.is_empty() {
                        let _ = writeln!(out, "offers {labels:?}");
                    }
                } else if verb == "offers" {
                    for label in names(value) {
                        if !labels.contains(&label) {
                            let _ = writeln!(out, "{label} is not offered among {}", labels.len());
                        }
                    }
                } else if let Some(item) = offered.items.iter().find(|item| item.label == argument) {
                    let after = apply(&text, std::slice::from_ref(&item.edit));
                    let analysis = analyse(name, &after);
                    // An open quote is left to whoever opened it.
                    let is_sound = was_broken || analysis.document().tree().errors().is_empty();
                    if entries(&analysis) != names(value) || !is_sound {
                        let _ = writeln!(
                            out,
                            "accepted {argument}: {:?} with {:?} in\n{after}",
                            entries(&analysis),
                            analysis.document().tree().errors()
                        );
                    }
                } else {
                    let _ = writeln!(out, "{argument} is not offered among {}", labels.len());
                }
            }
            "hover" => {
                let hover = analysis.hover(cursor.expect("a cursor")).map(|hover| hover.markdown).unwrap_or_default();
                if !hover.starts_with(value.as_str()) {
                    let _ = writeln!(out, "hover is {hover}");
                }
            }
            _ => panic!("unknown expectation {what}"),
        }
    }
    out
}

#[test]
fn every_language_gets_the_same_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity");
    let mut pages: Vec<_> = fs::read_dir(&folder).expect("tests/parity").map(|entry| entry.expect("an entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("README.md"));
    pages.sort();
    let (mut documents, mut failed) = (0, String::new());
    for path in &pages {
        let page = read(&fs::read_to_string(path).expect("a page"));
        assert!(!page.documents.is_empty() && !page.expectations.is_empty(), "{} has nothing to check", path.display());
        for (name, text) in &page.documents {
            documents += 1;
            let failures = failures(&page, name, text);
            if !failures.is_empty() {
                let _ = writeln!(failed, "--- {} {name}\n{failures}", path.file_name().unwrap_or_default().to_string_lossy());
            }
        }
    }
    assert!(pages.len() >= 7 && documents >= 30, "{} pages, {documents} documents", pages.len());
    assert!(failed.is_empty(), "{failed}");
}
