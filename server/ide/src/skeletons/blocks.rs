//! The blocks that a Terraform file has.

use connect_policy_syntax::Document;

/// The keywords of blocks with a type and a label.
const KEYWORDS: [&str; 2] = ["resource", "data"];

const POLICY_DOCUMENT: &str = "aws_iam_policy_document";

/// The types and labels of a file's resources and data sources.
pub(crate) fn labels(document: &Document) -> Vec<(String, String)> {
    let blocks = document.roots().flat_map(|root| KEYWORDS.iter().flat_map(move |keyword| document.values(root, keyword)));
    let typed = blocks.flat_map(|block| document.pairs(block));
    let labeled = typed.flat_map(|kind| document.pairs(kind.value).map(move |label| (kind.key, label.key)));
    labeled.map(|(kind, label)| (document.value(kind).into_owned(), document.value(label).into_owned())).collect()
}

/// The labels of the file's policy documents.
pub(crate) fn policy_documents(document: &Document) -> Vec<String> {
    labels(document).into_iter().filter(|(kind, _)| kind == POLICY_DOCUMENT).map(|(_, label)| label).collect()
}
