//! Rewrites change how a policy is said, not what it grants: over generated policies in all formats, each leaves a document
//! that parses and allows exactly the same actions as before, of everything that is known by name.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use connect_policy_catalog::{Catalog, Pattern};
use connect_policy_ide::{Analysis, Rewrite};
use connect_policy_model::Role;
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::apply_edits;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::builtin()));

/// Every action that is known by name, but for those that are gone.
static KNOWN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let listed = CATALOG.services().flat_map(|service| service.actions.iter().map(|action| format!("{}:{}", service.prefix, action.name)));
    listed.chain(CATALOG.unlisted_actions().iter().map(|unlisted| unlisted.action.to_owned())).collect()
});

/// Those that are gone.
static GONE: LazyLock<Vec<String>> = LazyLock::new(|| CATALOG.removed_actions().iter().map(|gone| gone.action.to_owned()).collect());

/// The policy of these entries in one of the formats, and where its list begins.
fn written(entries: &[String], layout: usize) -> (&'static str, String) {
    let quoted: Vec<String> = entries.iter().map(|entry| format!("\"{entry}\"")).collect();
    let (line, lines) = (quoted.join(", "), quoted.join(",\n      "));
    match layout % 5 {
        0 => ("p.json", format!("{{\"Statement\": [\n  {{\"Effect\": \"Allow\", \"Resource\": \"*\", \"Action\": [{line}]}}\n]}}\n")),
        1 => (
            "p.json",
            format!(
                "{{\"Statement\": [{{\n    \"Effect\": \"Allow\",\n    \"Resource\": \"*\",\n    \"Action\": [\n      {lines}\n    ]}}]}}\n"
            ),
        ),
        2 => (
            "m.tf",
            format!(
                "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    resources = [\"*\"]\n    actions = [\n      {lines},\n    ]\n  }}\n}}\n"
            ),
        ),
        3 => {
            let rows: String = entries.iter().map(|entry| format!("\n      - {entry} # {}", entry.len())).collect();
            ("t.yaml", format!("Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Resource: '*'\n    Action:{rows}\n"))
        }
        _ => ("m.tf", format!("x = jsonencode({{\n  Statement = {{ Effect = \"Allow\", Resource = \"*\", Action = [{line}] }}\n}})\n")),
    }
}

fn analyse(file: &str, text: &str) -> Analysis {
    let format = Format::from_path(Path::new(file)).expect("a format");
    Analysis::new(Document::read(text, format), Arc::clone(&CATALOG))
}

/// The names that the statements of a document allow together, of these.
fn allowed(analysis: &Analysis, names: &[String]) -> BTreeSet<String> {
    let document = analysis.document();
    let statements = analysis.meaning().policies.iter().flat_map(|policy| &policy.statements);
    let entries = statements.flat_map(|statement| statement.lists(Role::Action)).flat_map(|list| &list.entries);
    let patterns: Vec<Pattern> = entries.filter_map(|entry| Pattern::new(&entry.text(document))).collect();
    names.iter().filter(|name| patterns.iter().any(|pattern| pattern.matches(name))).cloned().collect()
}

fn apply(text: &str, rewrite: &Rewrite) -> Option<String> {
    let edits = rewrite.change.as_ref().ok()?.iter();
    Some(apply_edits(text, edits.map(|edit| (edit.range.clone(), &edit.new_text))))
}

/// Neighbours in the alphabet, so that wildcards come of them; names from anywhere; wildcards.
fn entries() -> impl Strategy<Value = Vec<String>> {
    let run = (any::<Index>(), 1..12_usize).prop_map(|(at, len)| {
        let at = at.index(KNOWN.len());
        KNOWN[at..(at + len).min(KNOWN.len())].to_vec()
    });
    let single = any::<Index>().prop_map(|at| vec![KNOWN[at.index(KNOWN.len())].clone()]);
    let wildcard = select(vec!["connect:ListPhone*", "connect:DescribeInst*", "connect:*Queue", "cases:Batch*", "connect:List?sers"]);
    let wildcard = wildcard.prop_map(|pattern| vec![pattern.to_owned()]);
    let always = Just(vec!["connect:ListInstances".to_owned()]);
    let parts = (vec(prop_oneof![3 => run, 2 => single, 1 => wildcard], 1..5), always);
    parts.prop_map(|(parts, always)| parts.into_iter().flatten().chain(always).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_rewrite_grants_exactly_what_was_granted(entries in entries(), layout in 0..5_usize) {
        let (file, text) = written(&entries, layout);
        let before = analyse(file, &text);
        prop_assert!(before.document().tree().errors().is_empty(), "{}", text);
        let cursor = text.find(entries[0].as_str()).expect("an entry");
        for rewrite in before.rewrites(cursor..cursor) {
            let Some(changed) = apply(&text, &rewrite) else { continue };
            let after = analyse(file, &changed);
            prop_assert!(after.document().tree().errors().is_empty(), "{}:\n{}", rewrite.title, changed);
            prop_assert_eq!(allowed(&before, &KNOWN), allowed(&after, &KNOWN), "{}:\n{}\n{}", rewrite.title, text, changed);
            // A wildcard must not bring back what is gone, should it ever come back.
            let (had, has) = (allowed(&before, &GONE), allowed(&after, &GONE));
            prop_assert!(has.is_subset(&had), "{}:\n{}\n{}", rewrite.title, text, changed);
            let comments = |text: &str| if layout == 3 { text.matches(" # ").count() + text.matches("\n      # ").count() } else { 0 };
            prop_assert!(comments(&changed) >= comments(&text), "{}:\n{}", rewrite.title, changed);
            // Made once, there is nothing left to do of its kind at that place.
            if rewrite.name == "useWildcards" || rewrite.name == "sortEntries" {
                let again = after.rewrites(cursor..cursor).into_iter().find(|other| other.name == rewrite.name && other.change.is_ok());
                prop_assert_eq!(again, None, "{}", changed);
            }
        }
    }
}

#[test]
fn every_rewrite_of_actions_is_met_by_the_generator() {
    let entries: Vec<String> = [
        "connect:ListPhone*",
        "connect:ListUsers",
        "connect:ListInstances",
        "iam:PutRolePolicy",
        "cases:BatchGetField",
        "cases:BatchGetCaseRule",
    ]
    .map(str::to_owned)
    .to_vec();
    for layout in 0..5 {
        let (file, text) = written(&entries, layout);
        let cursor = text.find("connect:ListPhone").expect("an entry");
        let names: Vec<&str> = analyse(file, &text).rewrites(cursor..cursor).iter().map(|rewrite| rewrite.name).collect();
        assert_eq!(names, ["expandWildcard", "useWildcards", "sortEntries", "splitByResource", "narrowToServiceRole"], "{text}");
    }
}

/// So many names of a document are tried.
const MAX_NAMES: usize = 12;

#[test]
fn a_rewrite_of_a_real_document_leaves_it_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut folders = vec![root.join("sound"), root.join("examples")];
    let mut made = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if Format::from_path(&path).is_some() {
                made += check_file(&path);
            }
        }
    }
    assert!(made > 40, "{made}");
}

/// Makes every rewrite at places all over a document; how many there were.
fn check_file(path: &Path) -> usize {
    let text = std::fs::read_to_string(path).expect("a text");
    let file = path.to_str().expect("a path");
    let before = analyse(file, &text);
    let meaning = before.meaning();
    let lists = meaning.action_lists().map(|(list, _)| list).chain(meaning.permission_lists.iter().map(|known| &known.list));
    let places: Vec<usize> = lists.flat_map(|list| &list.entries).map(|entry| entry.range.start).collect();
    let marks = |text: &str| text.matches('#').count() + text.matches("//").count();
    let granted = allowed(&before, &KNOWN);
    let mut made = 0;
    for &place in places.iter().step_by(places.len().div_ceil(MAX_NAMES).max(1)) {
        for rewrite in before.rewrites(place..place) {
            let Some(changed) = apply(&text, &rewrite) else { continue };
            let after = analyse(file, &changed);
            let errors = |analysis: &Analysis| analysis.document().tree().errors().len();
            assert!(errors(&after) <= errors(&before), "{}, {}:\n{changed}", path.display(), rewrite.title);
            assert!(marks(&changed) >= marks(&text), "a comment is gone from {}, {}:\n{changed}", path.display(), rewrite.title);
            assert!(allowed(&after, &KNOWN) == granted, "{}, {}:\n{changed}", path.display(), rewrite.title);
            made += 1;
        }
    }
    made
}
