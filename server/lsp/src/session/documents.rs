//! The documents that are open in the editor.
//!
//! An edit only changes the rope. The text is made contiguous and read when somebody asks for it, and once a version: of
//! 500 edits that come in a row the last one alone is read. A [`Snapshot`] is one version; requests hold it while they
//! compute and never see a later edit.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use connect_policy_ide::{Analysis, Failure, Finding, Module, Part, Rule};
use connect_policy_syntax::{Document, Format};
use ropey::Rope;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::folders::Neighbour;
use super::positions::Encoding;
use super::terms::{self, Terms};
use super::{edits, front};
use crate::lines::Lines;
use crate::{config, folder};

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
    /// The URI of the folder whose documents share their names with it.
    folder: Option<Uri>,
    /// The current version on its own, once somebody asked for it.
    own: Arc<OnceLock<Own>>,
    /// The current version among its neighbours' current versions, once somebody asked for it.
    snapshot: Option<Arc<Snapshot>>,
}

impl Open {
    /// Forgets what was read of the current version.
    fn forget(&mut self) {
        self.own = Arc::default();
        self.snapshot = None;
    }
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
        let folder = (content != Content::Config && content != Content::Foreign).then(|| shared_folder(&uri)).flatten();
        let rope = Rope::from_str(&item.text);
        let mut documents = self.lock();
        forget_neighbours(&mut documents, folder.as_ref());
        documents.insert(uri, Open { rope, version: item.version, content, folder, own: Arc::default(), snapshot: None });
    }

    /// Changes a document, in the order given; `false` where it is not open.
    pub(super) fn change(&self, uri: &str, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> bool {
        let mut open = self.lock();
        let Some(document) = open.get_mut(uri) else { return false };
        for change in changes {
            edits::apply(&mut document.rope, change, encoding);
        }
        document.version = version;
        document.forget();
        let folder = document.folder.clone();
        forget_neighbours(&mut open, folder.as_ref());
        true
    }

    /// Whether a document is open.
    pub(super) fn is_open(&self, uri: &str) -> bool {
        self.lock().contains_key(uri)
    }

    /// Forgets a document that was closed.
    pub(super) fn close(&self, uri: &str) {
        let mut open = self.lock();
        if let Some(closed) = open.remove(uri) {
            forget_neighbours(&mut open, closed.folder.as_ref());
        }
    }

    /// Forgets what was read of all documents: what it was read by has changed.
    pub(super) fn forget_readings(&self) {
        self.lock().values_mut().for_each(Open::forget);
    }

    /// Forgets what was read of a folder's documents together, whose files have changed on the disk.
    pub(super) fn forget_folder(&self, folder: &Uri) {
        forget_neighbours(&mut self.lock(), Some(folder));
    }

    /// Whether any document shares its names with others of its folder.
    pub(super) fn have_folders(&self) -> bool {
        self.lock().values().any(|document| document.folder.is_some())
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
        open.get_mut(&uri).map(|document| newest(&uri, document))
    }

    /// The newest versions of the documents of a folder that share their names.
    pub(super) fn in_folder(&self, folder: &Uri) -> Vec<Arc<Snapshot>> {
        let mut open = self.lock();
        let shared = open.iter_mut().filter(|(_, document)| document.folder.as_ref() == Some(folder));
        shared.map(|(uri, document)| newest(uri, document)).collect()
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

fn newest(uri: &Uri, document: &mut Open) -> Arc<Snapshot> {
    let snapshot = document.snapshot.get_or_insert_with(|| {
        Arc::new(Snapshot {
            uri: Uri::clone(uri),
            version: document.version,
            folder: document.folder.clone(),
            rope: document.rope.clone(),
            content: document.content,
            own: Arc::clone(&document.own),
            reading: OnceLock::new(),
            findings: OnceLock::new(),
        })
    });
    Arc::clone(snapshot)
}

/// Has the documents of a folder looked at again among their neighbours; what they are on their own stays.
fn forget_neighbours(open: &mut HashMap<Uri, Open>, folder: Option<&Uri>) {
    let Some(folder) = folder else { return };
    open.values_mut().filter(|document| document.folder.as_ref() == Some(folder)).for_each(|document| document.snapshot = None);
}

/// The folder of a document whose names are shared with its neighbours.
pub(super) fn shared_folder(uri: &str) -> Option<Uri> {
    let is_file = uri.starts_with("file:") && folder::is_shared(Path::new(file_name(uri)));
    uri.rsplit_once('/').filter(|_| is_file).map(|(folder, _)| Uri::from(folder))
}

/// One version of a document.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) uri: Uri,
    pub(super) version: i32,
    /// The URI of the folder whose documents share their names with it.
    pub(super) folder: Option<Uri>,
    rope: Rope,
    content: Content,
    own: Arc<OnceLock<Own>>,
    reading: OnceLock<Reading>,
    findings: OnceLock<Vec<Finding>>,
}

/// A version on its own.
#[derive(Debug)]
struct Own {
    part: Part,
    lines: Arc<Lines>,
}

/// A version that was read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) analysis: Analysis,
    pub(super) lines: Arc<Lines>,
    /// The documents that it was read with, by their places in the module; itself is the first.
    pub(super) module: Vec<(Uri, Arc<Lines>)>,
    /// What held for the document when it was read.
    pub(super) terms: Terms,
}

impl Snapshot {
    /// The version, read. The first to ask does the reading, the others wait for it. `beside` tells what it is read with.
    pub(super) fn reading(&self, terms: impl FnOnce(&Uri) -> Terms, beside: impl FnOnce(&Terms) -> Vec<Neighbour>) -> &Reading {
        self.reading.get_or_init(|| {
            let terms = terms(&self.uri);
            let own = self.neighbour(&terms);
            let lines = Arc::clone(&own.lines);
            let mut module = vec![(own.uri, own.lines)];
            let mut parts = vec![own.part];
            for Neighbour { uri, part, lines } in beside(&terms) {
                module.push((uri, lines));
                parts.push(part);
            }
            let parts = Module::of(parts, &terms.catalog, terms.settings.scope);
            let analysis = Analysis::within(Arc::new(parts), 0, Arc::clone(&terms.catalog)).expect("the document is the module's first");
            Reading { analysis, lines, module, terms }
        })
    }

    /// The version on its own, for itself and for the documents beside it.
    pub(super) fn neighbour(&self, terms: &Terms) -> Neighbour {
        let own = self.own.get_or_init(|| {
            let text = contiguous(&self.rope);
            let lines = Arc::new(Lines::new(&text));
            let document = match self.content {
                Content::Policy(format) => {
                    let format = format.unwrap_or_else(|| Format::from_content(&text));
                    Document::read(text, format)
                }
                Content::Config | Content::Foreign => Document::unread(text),
            };
            Own { part: Part::read(document, &terms.catalog, terms.settings.scope), lines }
        });
        Neighbour { uri: Uri::clone(&self.uri), part: own.part.clone(), lines: Arc::clone(&own.lines) }
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
