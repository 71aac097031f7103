//! What may be written at the cursor.

use connect_policy_catalog::Catalog;

use crate::TextEdit;

/// What a completion stands for; an editor shows an icon for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompletionKind {
    /// A service prefix.
    Service,
    /// An IAM action.
    Action,
    /// A pattern of actions.
    Wildcard,
    /// A security-profile permission.
    Permission,
    /// A console task or profile: inserts several entries.
    Task,
    /// A key of a statement or condition.
    Key,
    /// A fixed value.
    Value,
}

/// One thing that may be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// The entry as it will stand, without quotes.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label: the access level, the UI label.
    pub detail: String,
    /// What the client matches the typed text against; begins as that text does.
    pub filter_text: String,
    /// Orders the list.
    pub sort_text: String,
    /// The change; its range lies on one line and holds the cursor.
    pub edit: TextEdit,
    /// Whether the edit's text has tab stops (`${1:…}`).
    pub is_snippet: bool,
    /// Whether it is wrong to use today, shown struck through.
    pub is_deprecated: bool,
}

/// What may be written at one place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completions {
    /// The list, best first.
    pub items: Vec<Completion>,
    /// Whether more typing may bring other items.
    pub is_incomplete: bool,
}

impl Completions {
    /// The documentation of an item, in Markdown, by the item's label and kind.
    pub fn documentation(_catalog: &Catalog, _kind: CompletionKind, _label: &str) -> Option<String> {
        None
    }
}
