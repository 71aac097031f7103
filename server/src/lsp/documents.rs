//! The documents that are open in the editor.
//!
//! An edit only changes the rope. The text is made contiguous and read when somebody asks for it, and once a version: of
//! 500 edits that come in a row the last one alone is read. A [`Snapshot`] is one version; requests hold it while they
//! compute and never see a later edit.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use connect_policy_ide::{Analysis, Failure, Finding, Rule};
use connect_policy_syntax::{Document, Format};
use ropey::Rope;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::positions::Encoding;
use super::terms::{self, Terms};
use super::{edits, front};
use crate::config;
use crate::lines::Lines;

/// A document's URI exactly as the client wrote it.
pub(super) type Uri = Arc<str>;

/// All open documents.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: Mutex<HashMap<Uri, Open>>,
}

#[derive(Debug)]
struct Open {
    rope: Rope,
    version: i32,
    content: Content,
    /// The current version, once somebody asked for it.
    snapshot: Option<Arc<Snapshot>>,
}

/// What a document is to us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Content {
    /// Text that may hold a policy, in the format that its language or name tells.
    Policy(Option<Format>),
    /// Our own settings.
    Config,
    /// Another program's settings.
    Foreign,
}

impl Documents {
    /// Takes a document that was opened.
    pub(super) fn open(&self, uri: Uri, item: &TextDocumentItem) {
        let name = file_name(&uri);
        let content = if name == config::FILE_NAME {
            Content::Config
        } else if item.language_id == "toml" {
            Content::Foreign
        } else {
            Content::Policy(Format::from_language_id(&item.language_id).or_else(|| Format::from_path(Path::new(name))))
        };
        let open = Open { rope: Rope::from_str(&item.text), version: item.version, content, snapshot: None };
        self.lock().insert(uri, open);
    }

    /// Changes a document, in the order given; `false` where it is not open.
    pub(super) fn change(&self, uri: &str, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> bool {
        let mut open = self.lock();
        let Some(document) = open.get_mut(uri) else { return false };
        for change in changes {
            edits::apply(&mut document.rope, change, encoding);
        }
        document.version = version;
        document.snapshot = None;
        true
    }

    /// Forgets a document that was closed.
    pub(super) fn close(&self, uri: &str) {
        self.lock().remove(uri);
    }

    /// Forgets what was read of all documents: what it was read by has changed.
    pub(super) fn forget_readings(&self) {
        self.lock().values_mut().for_each(|document| document.snapshot = None);
    }

    /// The URIs of all open documents.
    pub(super) fn uris(&self) -> Vec<Uri> {
        self.lock().keys().cloned().collect()
    }

    /// The newest version of a document, if it is open.
    pub(super) fn snapshot(&self, uri: &str) -> Option<Arc<Snapshot>> {
        let mut open = self.lock();
        let (uri, _) = open.get_key_value(uri)?;
        let uri = Uri::clone(uri);
        let document = open.get_mut(&uri)?;
        let snapshot = document.snapshot.get_or_insert_with(|| {
            Arc::new(Snapshot {
                uri,
                version: document.version,
                rope: document.rope.clone(),
                content: document.content,
                reading: OnceLock::new(),
                findings: OnceLock::new(),
            })
        });
        Some(Arc::clone(snapshot))
    }

    /// Whether a snapshot is still what the editor shows.
    pub(super) fn is_current(&self, snapshot: &Arc<Snapshot>) -> bool {
        let open = self.lock();
        let current = open.get(&snapshot.uri).and_then(|document| document.snapshot.as_ref());
        current.is_some_and(|current| Arc::ptr_eq(current, snapshot))
    }

    /// The state stays whole when a holder panics: every change to it is a single assignment.
    fn lock(&self) -> MutexGuard<'_, HashMap<Uri, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One version of a document.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) uri: Uri,
    pub(super) version: i32,
    rope: Rope,
    content: Content,
    reading: OnceLock<Reading>,
    findings: OnceLock<Vec<Finding>>,
}

/// A version that was read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) analysis: Analysis,
    pub(super) lines: Lines,
    /// What held for the document when it was read.
    pub(super) terms: Terms,
}

impl Snapshot {
    /// The version, read. The first to ask does the reading, the others wait for it.
    pub(super) fn reading(&self, terms: impl FnOnce(&Uri) -> Terms) -> &Reading {
        self.reading.get_or_init(|| {
            let text = contiguous(&self.rope);
            let lines = Lines::new(&text);
            let document = match self.content {
                Content::Policy(format) => {
                    let format = format.unwrap_or_else(|| Format::from_content(&text));
                    Document::read(text, format)
                }
                Content::Config | Content::Foreign => Document::unread(text),
            };
            let terms = terms(&self.uri);
            let analysis = Analysis::in_scope(document, Arc::clone(&terms.catalog), terms.settings.scope);
            Reading { analysis, lines, terms }
        })
    }

    /// The findings of a version that was read, as the settings let them through; shared like the reading. `before` is
    /// called ahead of each rule, `failed` for each that panicked.
    pub(super) fn findings(&self, reading: &Reading, before: impl Fn(&Rule), failed: impl Fn(&Failure)) -> &[Finding] {
        self.findings.get_or_init(|| {
            let found = match self.content {
                Content::Config => terms::config_findings(&self.uri, reading.analysis.document().text()),
                Content::Policy(_) if !reading.terms.is_excluded => {
                    let outcome = reading.analysis.guarded_diagnostics(before);
                    outcome.failures.iter().for_each(failed);
                    outcome.findings
                }
                Content::Policy(_) | Content::Foreign => Vec::new(),
            };
            reading.terms.settings.apply(&found)
        })
    }
}

/// The URI of a document as the client wrote it, which is the document's key.
pub(super) fn key(uri: &Url) -> Uri {
    Uri::from(front::unveil(uri))
}

fn contiguous(rope: &Rope) -> Arc<str> {
    let mut text = String::with_capacity(rope.len_bytes());
    text.extend(rope.chunks());
    Arc::from(text)
}

/// The last part of a URI's path. It stays percent-encoded: only its extension is looked at.
fn file_name(uri: &str) -> &str {
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    path.rsplit(['/', ':']).next().unwrap_or(path)
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
