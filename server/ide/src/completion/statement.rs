//! The values of `Effect`, and the keys of a statement.

use connect_policy_model::{Place, Vocabulary};
use connect_policy_syntax::NodeId;

use super::{Completion, CompletionKind, Completions, edit};
use crate::analysis::Context;

pub(super) fn effects(context: &Context<'_>, place: &Place) -> Completions {
    let items = ["Allow", "Deny"].into_iter().map(|effect| item(context, place, effect, CompletionKind::Value, "")).collect();
    Completions { items, is_incomplete: false }
}

/// The keys that a statement does not have yet. Terraform's own server offers its block's, so those are left to it.
pub(super) fn keys(context: &Context<'_>, place: &Place, statement: NodeId, vocabulary: Vocabulary) -> Completions {
    if vocabulary != Vocabulary::Iam || place.token.is_none() {
        return Completions::default();
    }
    let document = context.document;
    let has = |word: &str| document.pairs(statement).any(|pair| Some(pair.key) != place.token && document.value(pair.key) == word);
    let words = vocabulary.words().iter().filter(|(word, _)| !has(word));
    let items = words.map(|(word, _)| item(context, place, word, CompletionKind::Key, "statement element")).collect();
    Completions { items, is_incomplete: false }
}

fn item(context: &Context<'_>, place: &Place, text: &str, kind: CompletionKind, detail: &str) -> Completion {
    Completion {
        label: text.to_owned(),
        kind,
        detail: detail.to_owned(),
        filter_text: text.to_owned(),
        sort_text: text.to_owned(),
        edit: edit(context, place, text),
        is_snippet: false,
        is_deprecated: false,
    }
}
