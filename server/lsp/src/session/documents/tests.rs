//! Edits against a reference model: a plain string, changed by the letter of the specification.

use proptest::prelude::*;
use tower_lsp::lsp_types::{Position, Range};

use connect_policy_catalog::Catalog;
use connect_policy_project::{LineIndex, Settings};
use tower_lsp::lsp_types::Url;

use super::*;

fn settings(_: &Uri) -> DocumentSettings {
    DocumentSettings { settings: Settings::default(), catalog: Arc::new(Catalog::builtin()), is_excluded: false }
}

fn analysis(snapshot: &Snapshot) -> &DocumentAnalysis {
    snapshot.analysis(settings, |_, _| Vec::new())
}

/// Texts of what goes wrong: all line breaks, separators that are none, characters of every width.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "{", "\"", "\n", "\r", "\r\n", "\u{2028}", "\u{85}", "\u{b}", "é", "漢", "😀", "\u{301}", "\u{feff}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn position() -> impl Strategy<Value = Position> {
    (0u32..10, prop_oneof![0u32..12, Just(u32::MAX)]).prop_map(|(line, character)| Position { line, character })
}

fn change() -> impl Strategy<Value = TextDocumentContentChangeEvent> {
    let range = prop::option::weighted(0.95, (position(), position()).prop_map(|(start, end)| Range { start, end }));
    (range, text()).prop_map(|(range, text)| TextDocumentContentChangeEvent { range, range_length: None, text })
}

fn item(text: &str) -> TextDocumentItem {
    let uri = Url::parse("file:///policy.json").unwrap();
    TextDocumentItem { uri, language_id: "json".to_owned(), version: 0, text: text.to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_do_what_the_specification_says(
        start in text(),
        changes in prop::collection::vec(change(), 1..12),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16]),
    ) {
        let documents = Documents::default();
        let uri = Uri::from("file:///policy.json");
        documents.open(Uri::clone(&uri), &item(&start));
        let mut model = start;
        for (version, change) in (1..).zip(&changes) {
            model::edit(&mut model, change, encoding);
            prop_assert!(documents.change(&uri, version, std::slice::from_ref(change), encoding));
            let snapshot = documents.snapshot(&uri).unwrap();
            prop_assert_eq!(&*contiguous(&snapshot.document.rope), &model);
            prop_assert_eq!(snapshot.version(), version);
            // The line table of a reading agrees with the rope's lines, else answers would point elsewhere than edits.
            prop_assert_eq!(LineIndex::new(&model).count(), snapshot.document.rope.len_lines());
        }
    }
}

#[test]
fn a_snapshot_is_shared_until_the_next_edit_and_keeps_its_text() {
    let documents = Documents::default();
    let uri = Uri::from("file:///a.json");
    documents.open(Uri::clone(&uri), &item("[]"));
    let first = documents.snapshot(&uri).unwrap();
    assert!(Arc::ptr_eq(&first, &documents.snapshot(&uri).unwrap()));
    let change = TextDocumentContentChangeEvent { range: None, range_length: None, text: "{}".to_owned() };
    assert!(documents.change(&uri, 1, &[change], Encoding::Utf16));
    assert_eq!(documents.currency(&first), Currency::Old);
    assert_eq!(analysis(&first).text(), "[]");
    assert_eq!(analysis(&documents.snapshot(&uri).unwrap()).text(), "{}");
    documents.close(&uri);
    assert!(documents.snapshot(&uri).is_none());
    assert!(!documents.change(&uri, 2, &[], Encoding::Utf16));
}

#[test]
fn language_then_name_then_content_decide_the_format() {
    for (uri, language, text, format) in [
        ("file:///a.json", "yaml", "{}", Format::Yaml),
        ("file:///main.tf", "plaintext", "{}", Format::Hcl),
        ("file:///main.tf?x=a.json#b", "", "{}", Format::Hcl),
        ("untitled:Untitled-1", "plaintext", "{}", Format::Json),
    ] {
        let documents = Documents::default();
        documents.open(Uri::from(uri), &TextDocumentItem { language_id: language.to_owned(), ..item(text) });
        let snapshot = documents.snapshot(uri).unwrap();
        assert_eq!(analysis(&snapshot).analysis().document().format_at(connect_policy_syntax::NodeId::STREAM), format, "{uri} {language}");
    }
}

#[test]
fn documents_of_a_folder_share_one_module_until_one_of_them_changes() {
    let documents = Documents::default();
    let uris = ["file:///a/main.tf", "file:///a/locals.tf", "file:///b/main.tf"].map(Uri::from);
    for uri in &uris {
        documents.open(Uri::clone(uri), &item(""));
    }
    let [main, locals, other] = uris.each_ref().map(|uri| documents.snapshot(uri).unwrap());
    let module = |snapshot: &Snapshot| std::ptr::from_ref(analysis(snapshot).module());
    assert_eq!(module(&main), module(&locals));
    assert_ne!(module(&main), module(&other));
    let change = TextDocumentContentChangeEvent { range: None, range_length: None, text: "locals {}".to_owned() };
    documents.change(&uris[1], 1, &[change], Encoding::Utf16);
    assert_eq!([&main, &locals, &other].map(|one| documents.currency(one)), [Currency::Neighbour, Currency::Old, Currency::Newest]);
    // A request that holds the old version goes on with it, and with the others as they were then.
    let texts = |snapshot: &Snapshot| -> Vec<String> {
        analysis(snapshot).module().members().iter().map(|member| member.document().text().to_owned()).collect()
    };
    assert_eq!(texts(&main), ["", ""]);
    assert_eq!(texts(&documents.snapshot(&uris[0]).unwrap()), ["locals {}", ""]);
}
