//! After a completion or a fix no line is longer than 120 columns that was not before, and the document reads as well as
//! before.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, CompletionKind, TextEdit};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::apply_edits;

const MAX_WIDTH: usize = 120;

/// Entries of lists, some wrong in ways that have fixes.
const ACTIONS: [&str; 7] = [
    "connect:ListUsers",
    "connect:DescribeUsr",
    "connect:CreateUser",
    "connect:AssociateApprovedOrigin",
    "connect:DescribeContactFlowModule",
    "connect:listqueues",
    "connect:GetMetric*",
];

const PERMISSIONS: [&str; 7] =
    ["Users.Edit", "Quick connects - Create", "Users.Vew", "BasicAgentAccess", "Queues.Edit", "RoutingPolicies.Create", "AccessMetrics"];

/// A document with one list between `before` and `after`, whose entries stand on one line of at most 120 columns.
fn document(shape: &Shape, entries: &[&str], padding: usize) -> String {
    let quoted: Vec<String> = entries.iter().map(|entry| format!("{0}{entry}{0}", shape.quote)).collect();
    let list = quoted.join(", ");
    shape.text.replace("LIST", &list).replace("PAD", &"x".repeat(padding))
}

struct Shape {
    format: Format,
    text: &'static str,
    quote: &'static str,
    is_profile: bool,
}

const SHAPES: [Shape; 9] = [
    Shape {
        format: Format::Json,
        text: "{\n    \"Statement\": [\n        {\n            \"Sid\": \"PAD\",\n            \"Effect\": \"Allow\",\n            \"Action\": [LIST],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
        quote: "\"",
        is_profile: false,
    },
    Shape {
        format: Format::Json,
        text: "{\n  \"Statement\": {\"Effect\": \"Allow\", \"Action\": [LIST]}\n}\n",
        quote: "\"",
        is_profile: false,
    },
    Shape { format: Format::Json, text: "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [LIST]}}", quote: "\"", is_profile: false },
    Shape {
        format: Format::Json,
        text: "{\n\t\"SecurityProfileName\": \"PAD\",\n\t\"Permissions\": [LIST]\n}\n",
        quote: "\"",
        is_profile: true,
    },
    Shape {
        format: Format::Yaml,
        text: "Statement:\n  - Effect: Allow\n    Action: [LIST]\n    Resource: '*'\n",
        quote: "",
        is_profile: false,
    },
    Shape {
        format: Format::Yaml,
        text: "Type: AWS::Connect::SecurityProfile\nProperties:\n  Permissions: [LIST]\n",
        quote: "'",
        is_profile: true,
    },
    Shape {
        format: Format::Yaml,
        text: "PolicyDocument: |\n  {\n    \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [LIST]}]\n  }\n",
        quote: "\"",
        is_profile: false,
    },
    Shape {
        format: Format::Hcl,
        text: "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [LIST]\n  }\n}\n",
        quote: "\"",
        is_profile: false,
    },
    Shape {
        format: Format::Hcl,
        text: "resource \"aws_connect_security_profile\" \"x\" {\n  permissions = [LIST,]\n}\n",
        quote: "\"",
        is_profile: true,
    },
];

fn widest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

fn applied<'e>(text: &str, edits: impl Iterator<Item = &'e TextEdit>) -> String {
    let mut edits: Vec<(Range<usize>, &String)> = edits.map(|edit| (edit.range.clone(), &edit.new_text)).collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits overlap: {edits:?}");
    apply_edits(text, edits)
}

/// Every text that one completion in a list, fix, offer or rewrite makes, by what made it.
fn changed(analysis: &Analysis) -> BTreeMap<String, String> {
    let text = analysis.document().text();
    let mut texts = BTreeMap::new();
    for finding in analysis.diagnostics() {
        for fix in &finding.fixes {
            texts.insert(format!("fix {} {:?}", fix.title, finding.range), applied(text, fix.edits.iter()));
        }
    }
    for assist in analysis.assists(0..text.len()) {
        texts.insert(format!("offer {}", assist.title), applied(text, assist.edits.iter()));
    }
    for rewrite in analysis.rewrites(0..text.len()) {
        if let Ok(edits) = &rewrite.change {
            texts.insert(format!("rewrite {}", rewrite.title), applied(text, edits.iter()));
        }
    }
    let list = text.find('[').map_or(0, |at| at + 1);
    let end = text.rfind(']').unwrap_or(text.len());
    for offset in (list..=end).filter(|&offset| text.is_char_boundary(offset)).step_by(13) {
        for item in analysis.completions(offset).items.iter().step_by(7).filter(|item| !item.is_snippet) {
            // A key is written in place of another one, in a line of its own length.
            if item.kind == CompletionKind::Key {
                continue;
            }
            let edits = std::iter::once(&item.edit).chain(&item.additional_edits);
            texts.insert(format!("completion {} at {offset}", item.label), applied(text, edits));
        }
    }
    texts
}

#[test]
fn no_line_grows_too_long() {
    let catalog = Arc::new(Catalog::builtin());
    let mut broken = 0;
    for shape in &SHAPES {
        let entries = if shape.is_profile { PERMISSIONS } else { ACTIONS };
        for count in 1..=entries.len() {
            let before = document(shape, &entries[..count], count);
            if widest(&before) > MAX_WIDTH {
                continue;
            }
            let read = |text: &str| Document::read(text, shape.format);
            let analysis = Analysis::new(read(&before), Arc::clone(&catalog));
            assert!(read(&before).tree().errors().is_empty(), "{before}");
            for (what, after) in changed(&analysis) {
                assert!(widest(&after) <= MAX_WIDTH, "{what} made a line of {} columns:\n{after}", widest(&after));
                assert!(read(&after).tree().errors().is_empty(), "{what} broke the document:\n{after}");
                broken += usize::from(after.lines().count() > before.lines().count());
            }
        }
    }
    assert!(broken > 100, "hardly any list was broken: {broken}");
}
