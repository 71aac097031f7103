//! What the client sends → what is asked: places, folders, and which code actions are wanted.

use std::ops::Range;
use std::path::PathBuf;

use connect_policy_ide::CompletionTrigger;
use tower_lsp::lsp_types::{self as lsp, CodeActionContext, CodeActionKind, CompletionContext, CompletionTriggerKind, InitializeParams};

use crate::positions;
use crate::request_context::RequestContext;
use crate::session::uri::path;

impl RequestContext<'_> {
    /// The byte offset of a position.
    pub(crate) fn offset(&self, position: lsp::Position) -> usize {
        positions::offset(self.text(), self.lines(), position, self.features.encoding)
    }

    /// The byte range of a range.
    pub(crate) fn byte_range(&self, range: lsp::Range) -> Range<usize> {
        positions::byte_range(self.text(), self.lines(), range, self.features.encoding)
    }
}

/// The folders that a client opens with.
pub(crate) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let mut paths: Vec<PathBuf> = folders.filter_map(|folder| path(folder.uri.as_str())).collect();
    if paths.is_empty() {
        // Older clients tell their folder this way.
        paths.extend(params.root_uri.as_ref().and_then(|root| path(root.as_str())));
    }
    paths
}

/// Why completions are asked for. A client that does not say is taken to pass on a person's request.
pub(crate) fn completion_trigger(context: Option<&CompletionContext>) -> CompletionTrigger {
    let is_typed =
        |kind| [CompletionTriggerKind::TRIGGER_CHARACTER, CompletionTriggerKind::TRIGGER_FOR_INCOMPLETE_COMPLETIONS].contains(&kind);
    if context.is_some_and(|context| is_typed(context.trigger_kind)) { CompletionTrigger::Typed } else { CompletionTrigger::Invoked }
}

/// Whether rewrites are asked for, all of them or single ones.
pub(crate) fn may_want_rewrites(context: &CodeActionContext) -> bool {
    let all = CodeActionKind::REFACTOR_REWRITE;
    let is_one = |asked: &CodeActionKind| asked.as_str().starts_with(all.as_str());
    wants(context, &all) || context.only.iter().flatten().any(is_one)
}

/// Whether a kind, or one that it is a kind of, is asked for.
pub(crate) fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let Some(only) = &context.only else { return true };
    only.iter().any(|asked| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
