//! The values of `Effect`, and the keys of a statement.

use connect_policy_model::{CursorContext, Vocabulary};
use connect_policy_syntax::NodeId;

use super::{CompletionKind, Completions, plain};
use crate::context::Context;

pub(super) fn effects(context: &Context<'_>, place: &CursorContext) -> Completions {
    let items = ["Allow", "Deny"].into_iter().map(|effect| plain(context, place, effect, CompletionKind::Value, "")).collect();
    Completions { items, is_incomplete: false }
}

/// The keys that a statement does not have yet. Terraform's own server offers its block's, so those are left to it.
pub(super) fn keys(context: &Context<'_>, place: &CursorContext, statement: NodeId, vocabulary: Vocabulary) -> Completions {
    if vocabulary != Vocabulary::Iam || place.token.is_none() {
        return Completions::default();
    }
    let document = context.document;
    let has = |word: &str| document.pairs(statement).any(|pair| Some(pair.key) != place.token && document.value(pair.key) == word);
    let words = vocabulary.words().iter().filter(|(word, _)| !has(word));
    let items = words.map(|(word, _)| plain(context, place, word, CompletionKind::Key, "statement element")).collect();
    Completions { items, is_incomplete: false }
}
