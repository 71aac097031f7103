//! What may be done about a range.

use std::sync::Arc;

use connect_policy_ide::{Applicability, Finding, Fix};
use connect_policy_project::fixes::{Selection, selected_edits};
use tower_lsp::lsp_types::{CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse};

use crate::from_proto::{may_want_rewrites, wants};
use crate::request_context::RequestContext;
use crate::session::Session;
use crate::session::capabilities::FIX_ALL;
use crate::to_proto;

/// `textDocument/codeAction`
pub(crate) async fn code_action(session: &Arc<Session>, params: CodeActionParams) -> Option<CodeActionResponse> {
    let url = params.text_document.uri.clone();
    session.with_analysis("code actions", url, move |context| actions(context, &params)).await
}

fn actions(context: &RequestContext<'_>, params: &CodeActionParams) -> CodeActionResponse {
    let mut actions = Vec::new();
    if wants(&params.context, &CodeActionKind::QUICKFIX) {
        let asked = context.byte_range(params.range);
        let touched = context.findings().iter().filter(|finding| finding.range.start <= asked.end && asked.start <= finding.range.end);
        let mut fixes: Vec<(&Finding, &Fix)> = Vec::new();
        for (finding, fix) in touched.flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))) {
            // Two findings of one place may have the same fix.
            let is_new = fixes.iter().all(|(_, known)| known.edits != fix.edits);
            if is_new && fix.applicability != Applicability::DisplayOnly {
                fixes.push((finding, fix));
            }
        }
        actions.extend(fixes.iter().map(|(finding, fix)| context.quick_fix(finding, fix, &params.context.diagnostics)));
        // What a finding's fix does is not offered again.
        let assists = context.analysis().assists(asked);
        let is_new = |assist: &&Fix| fixes.iter().all(|(_, fix)| fix.edits != assist.edits);
        actions.extend(assists.iter().filter(is_new).map(|assist| context.assist(assist)));
    }
    if may_want_rewrites(&params.context) {
        let rewrites = context.analysis().rewrites(context.byte_range(params.range));
        let wanted = rewrites.iter().filter(|rewrite| wants(&params.context, &to_proto::rewrite_kind(rewrite.name)));
        actions.extend(wanted.filter_map(|rewrite| context.rewrite(rewrite)));
    }
    // Everything at once is done on request only, never offered beside the fixes of one place.
    if params.context.only.is_some() && wants(&params.context, &FIX_ALL) {
        let edits = selected_edits(context.findings(), Selection::Safe);
        actions.extend((!edits.is_empty()).then(|| context.fix_all(&edits)));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}
