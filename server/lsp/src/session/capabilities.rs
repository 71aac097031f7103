//! What the client declared, what we declare in return, and nothing beyond.

use connect_policy_project::Settings;
use tower_lsp::lsp_types::{
    ClientCapabilities, CodeActionClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionItemCapability, CompletionItemTag, CompletionOptions, CompletionOptionsCompletionItem, DiagnosticOptions,
    DiagnosticRegistrationOptions, DiagnosticServerCapabilities, DiagnosticTag, HoverProviderCapability, InsertTextMode, MarkupKind, OneOf,
    PositionEncodingKind, PublishDiagnosticsClientCapabilities, ServerCapabilities, StaticRegistrationOptions,
    TextDocumentRegistrationOptions, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::positions::Encoding;

/// The kind of the action that applies every certain fix of a document.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.connectPolicy");

/// The name of the registration for diagnostics.
pub(crate) const PULL_REGISTRATION: &str = "connect-policy/diagnostics";

/// What the client can take, each told once so that answers need not search for it.
#[derive(Clone, Debug)]
pub(crate) struct Features {
    pub(crate) encoding: Encoding,
    /// Whether the client offered encodings, so that ours is named.
    names_encoding: bool,
    pub(crate) hover_format: MarkupKind,
    pub(crate) documentation_format: MarkupKind,
    pub(crate) snippets: bool,
    /// Whether the client leaves the indentation of a text of several lines as it is, when told to.
    pub(crate) as_is: bool,
    pub(crate) label_details: bool,
    /// Whether a list of completions may say once what its items replace.
    pub(crate) default_range: bool,
    pub(crate) deprecated_tag: bool,
    pub(crate) deprecated_flag: bool,
    pub(crate) code_actions: bool,
    pub(crate) is_preferred: bool,
    /// Whether actions may be shown that cannot be made, with the reason.
    pub(crate) disabled_actions: bool,
    pub(crate) document_changes: bool,
    pub(crate) unnecessary_tag: bool,
    pub(crate) code_description: bool,
    pub(crate) versioned_diagnostics: bool,
    pub(crate) related_information: bool,
    /// Whether the client asks for diagnostics, instead of being sent them.
    pub(crate) pulls: bool,
    /// Whether the client supports later registration of diagnostics.
    pub(crate) registers_diagnostics: bool,
    /// What the client asks for again when it is told to.
    pub(crate) refreshed: Refreshed,
    pub(crate) configuration: bool,
    /// Whether files can be watched by request.
    pub(crate) watches: bool,
    /// Whether what is watched may be named relative to any folder.
    pub(crate) relative_patterns: bool,
    workspace_folders: bool,
    saves: bool,
    inlay_hints: bool,
    code_lenses: bool,
    symbols: bool,
    pub(crate) nested_symbols: bool,
    definitions: bool,
    references: bool,
}

/// What a client asks for again when it is told that settings changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refreshed {
    pub(crate) diagnostics: bool,
    pub(crate) inlay_hints: bool,
    pub(crate) code_lenses: bool,
}

impl Features {
    /// Reads what the client declared.
    pub(crate) fn new(client: &ClientCapabilities) -> Features {
        let workspace = client.workspace.clone().unwrap_or_default();
        let document = client.text_document.clone().unwrap_or_default();
        let completion = document.completion.unwrap_or_default();
        let defaults = completion.completion_list.and_then(|list| list.item_defaults).unwrap_or_default();
        let item: CompletionItemCapability = completion.completion_item.unwrap_or_default();
        let action: CodeActionClientCapabilities = document.code_action.unwrap_or_default();
        let diagnostics: PublishDiagnosticsClientCapabilities = document.publish_diagnostics.unwrap_or_default();
        let edit = workspace.workspace_edit.unwrap_or_default();
        let watched = workspace.did_change_watched_files.unwrap_or_default();
        let encodings = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        Features {
            encoding: encoding(encodings.unwrap_or_default()),
            names_encoding: encodings.is_some(),
            hover_format: format(document.hover.and_then(|hover| hover.content_format).as_deref()),
            documentation_format: format(item.documentation_format.as_deref()),
            snippets: item.snippet_support == Some(true),
            as_is: item.insert_text_mode_support.is_some_and(|modes| modes.value_set.contains(&InsertTextMode::AS_IS)),
            default_range: defaults.iter().any(|name| name == "editRange"),
            label_details: item.label_details_support == Some(true),
            deprecated_tag: item.tag_support.is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::DEPRECATED)),
            deprecated_flag: item.deprecated_support == Some(true),
            code_actions: action.code_action_literal_support.is_some(),
            is_preferred: action.is_preferred_support == Some(true),
            disabled_actions: action.disabled_support == Some(true),
            document_changes: edit.document_changes == Some(true),
            unnecessary_tag: diagnostics.tag_support.is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            code_description: diagnostics.code_description_support == Some(true),
            versioned_diagnostics: diagnostics.version_support == Some(true),
            // A client that asks for diagnostics declares this under what it is sent.
            related_information: diagnostics.related_information == Some(true),
            pulls: document.diagnostic.is_some(),
            registers_diagnostics: document.diagnostic.as_ref().is_some_and(|pull| pull.dynamic_registration == Some(true)),
            refreshed: Refreshed {
                diagnostics: document.diagnostic.is_some()
                    && workspace.diagnostic.is_some_and(|diagnostic| diagnostic.refresh_support == Some(true)),
                inlay_hints: workspace.inlay_hint.is_some_and(|hint| hint.refresh_support == Some(true)),
                code_lenses: workspace.code_lens.is_some_and(|lens| lens.refresh_support == Some(true)),
            },
            configuration: workspace.configuration == Some(true),
            watches: watched.dynamic_registration == Some(true),
            relative_patterns: watched.relative_pattern_support == Some(true),
            workspace_folders: workspace.workspace_folders == Some(true),
            saves: document.synchronization.is_some_and(|sync| sync.did_save == Some(true)),
            inlay_hints: document.inlay_hint.is_some(),
            code_lenses: document.code_lens.is_some(),
            nested_symbols: document
                .document_symbol
                .as_ref()
                .is_some_and(|symbol| symbol.hierarchical_document_symbol_support == Some(true)),
            symbols: document.document_symbol.is_some(),
            definitions: document.definition.is_some(),
            references: document.references.is_some(),
        }
    }

    /// What we declare.
    pub(crate) fn server_capabilities(&self, settings: &Settings) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: self.names_encoding.then_some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
            }),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: self.saves.then_some(TextDocumentSyncSaveOptions::Supported(true)),
                ..TextDocumentSyncOptions::default()
            })),
            workspace: self.workspace_folders.then_some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: None,
            }),
            completion_provider: Some(CompletionOptions {
                resolve_provider: Some(true),
                trigger_characters: Some([":", ".", "\"", "'"].map(str::to_owned).to_vec()),
                completion_item: self.label_details.then_some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            // Without literals only commands could be answered, and there are none.
            code_action_provider: self.code_actions.then(|| {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, FIX_ALL]),
                    ..CodeActionOptions::default()
                })
            }),
            inlay_hint_provider: self.inlay_hints.then_some(OneOf::Left(true)),
            code_lens_provider: self.code_lenses.then_some(CodeLensOptions { resolve_provider: Some(false) }),
            definition_provider: self.definitions.then_some(OneOf::Left(true)),
            references_provider: self.references.then_some(OneOf::Left(true)),
            document_symbol_provider: self.symbols.then_some(OneOf::Left(true)),
            diagnostic_provider: self.pulls.then(|| match self.registers_diagnostics {
                true => DiagnosticServerCapabilities::RegistrationOptions(pull_registration(settings.check_workspace)),
                false => DiagnosticServerCapabilities::Options(pull_options(settings.check_workspace)),
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// What a client can ask for: the findings of a document, and those of the workspace if it is checked.
fn pull_options(workspace_diagnostics: bool) -> DiagnosticOptions {
    DiagnosticOptions {
        identifier: Some("connect-policy".to_owned()),
        // Lists of Terraform's are used in other files of their folder.
        inter_file_dependencies: true,
        workspace_diagnostics,
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: workspace_diagnostics.then_some(true) },
    }
}

/// The same by a name, by which it can be taken back.
pub(crate) fn pull_registration(workspace_diagnostics: bool) -> DiagnosticRegistrationOptions {
    DiagnosticRegistrationOptions {
        text_document_registration_options: TextDocumentRegistrationOptions { document_selector: None },
        diagnostic_options: pull_options(workspace_diagnostics),
        static_registration_options: StaticRegistrationOptions { id: Some(PULL_REGISTRATION.to_owned()) },
    }
}

fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    if offered.contains(&PositionEncodingKind::UTF8) { Encoding::Utf8 } else { Encoding::Utf16 }
}

/// The client's favourite of the two formats; one that names none gets plain text, which all can show.
fn format(offered: Option<&[MarkupKind]>) -> MarkupKind {
    offered.and_then(<[_]>::first).cloned().unwrap_or(MarkupKind::PlainText)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn declared(client: Value) -> Value {
        let client: ClientCapabilities = serde_json::from_value(client).unwrap();
        serde_json::to_value(Features::new(&client).server_capabilities(&Settings::default())).unwrap()
    }

    #[test]
    fn a_client_that_declares_nothing_gets_the_core() {
        assert_eq!(
            declared(json!({})),
            json!({
                "textDocumentSync": {"openClose": true, "change": 2},
                "completionProvider": {"resolveProvider": true, "triggerCharacters": [":", ".", "\"", "'"]},
                "hoverProvider": true,
            })
        );
    }

    #[test]
    fn what_is_declared_is_answered() {
        let client = json!({
            "general": {"positionEncodings": ["utf-16", "utf-8"]},
            "textDocument": {
                "diagnostic": {},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
                "completion": {"completionItem": {"labelDetailsSupport": true}},
            },
        });
        let server = declared(client);
        assert_eq!(server["positionEncoding"], "utf-8");
        assert_eq!(
            server["codeActionProvider"],
            json!({"codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll.connectPolicy"]})
        );
        assert_eq!(server["diagnosticProvider"]["identifier"], "connect-policy");
        assert_eq!(server["completionProvider"]["completionItem"], json!({"labelDetailsSupport": true}));
    }

    #[test]
    fn an_encoding_is_named_only_where_some_were_offered() {
        assert_eq!(declared(json!({"general": {"positionEncodings": ["utf-32"]}}))["positionEncoding"], "utf-16");
        assert_eq!(declared(json!({"general": {}})).get("positionEncoding"), None);
    }
}
