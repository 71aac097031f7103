//! When a list of completions opens by itself. Enter, Tab and the space belong to the person who types: no list is open where one of
//! them ends a line or indents it.

use connect_policy_syntax::{NodeKind, ScalarStyle};

use crate::context::Context;

/// Why completions are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompletionTrigger {
    /// A person asked for them, or an editor that asks at each letter of a word.
    Invoked,
    /// An editor asked by itself: a character was typed that can open a list, or the open list is to be filtered again.
    Typed,
}

impl CompletionTrigger {
    /// Whether a list may open at a place.
    pub(super) fn opens_list(self, context: &Context<'_>, offset: usize) -> bool {
        self == CompletionTrigger::Invoked || is_in_text(context, offset) || is_behind_prefix(context, offset)
    }
}

/// Whether a place is in quotes, or behind at least one character of a word without quotes.
fn is_in_text(context: &Context<'_>, offset: usize) -> bool {
    let document = context.document;
    let token = document.locate(offset).token.filter(|&token| matches!(document.kind(token), NodeKind::Scalar | NodeKind::Key));
    token.is_some_and(|token| {
        let style = document.tree().node(token).style();
        style.is_quoted() || (style != ScalarStyle::Expression && document.inner(token).start < offset)
    })
}

/// Whether a service's prefix and its colon end at a place: `- connect:` reads as a key to YAML.
fn is_behind_prefix(context: &Context<'_>, offset: usize) -> bool {
    let Some(before) = context.document.text().get(..offset).and_then(|before| before.strip_suffix(':')) else { return false };
    let start = before.rfind(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').map_or(0, |at| at + 1);
    let prefix = before[start..].trim_start_matches('-');
    context.catalog.is_prefix(prefix) || context.catalog.client_name(prefix).is_some()
}
