//! The documents that are open in the editor.
//!
//! An edit only changes the rope. The text is made contiguous and read when somebody asks for it, and once a version: of
//! 500 edits that come in a row the last one alone is read. A [`Snapshot`] is one version; requests hold it while they
//! compute and never see a later edit.
//!
//! What is read together is put together once as well: all documents of a folder share a [`ModuleVersion`] until one of them
//! changes. So an edit of a list that 160 documents use costs one module and not 160.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use connect_policy_ide::{Finding, RulePanic, catch_panic};
use connect_policy_project::config::findings::config_findings;
use connect_policy_project::config::options::FILE_NAME;
use connect_policy_project::{DocumentAnalysis, DocumentSettings, FaultInjection, Files, ModuleFiles, ModuleMember};
use connect_policy_syntax::{Document, Format};
use ropey::Rope;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem};

use crate::positions::Encoding;
use crate::session::edits;
use crate::session::typing::Typed;
use crate::session::uri::{Uri, file_name, path, shared_folder};

/// All open documents.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    open: HashMap<Uri, Open>,
    /// By folder: its documents together in their current versions, once somebody asked for one of them.
    modules: HashMap<Uri, Arc<ModuleVersion>>,
}

#[derive(Debug)]
struct Open {
    rope: Rope,
    version: i32,
    content: Content,
    /// What was typed last, as long as findings may wait for it.
    typed: Option<Typed>,
    /// The URI of the folder whose documents share their names with it.
    folder: Option<Uri>,
    /// The current version on its own, once somebody asked for it.
    current: Option<Arc<DocumentVersion>>,
    /// The current version among its neighbours' current versions, once somebody asked for it.
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

impl Open {
    /// The current version.
    fn current(&mut self, uri: &Uri) -> Arc<DocumentVersion> {
        let current = self.current.get_or_insert_with(|| {
            Arc::new(DocumentVersion {
                uri: Uri::clone(uri),
                version: self.version,
                rope: self.rope.clone(),
                content: self.content,
                typed: self.typed.clone(),
                is_released: AtomicBool::new(false),
                member: OnceLock::new(),
            })
        });
        Arc::clone(current)
    }

    /// Forgets what was read of the current version.
    fn forget(&mut self) {
        self.current = None;
        self.snapshot = None;
    }
}

impl State {
    /// Has the documents of a folder looked at again among their neighbours; what they are on their own stays.
    fn forget_module(&mut self, folder: Option<&Uri>) {
        let Some(folder) = folder else { return };
        self.modules.remove(folder);
        let of_folder = self.open.values_mut().filter(|document| document.folder.as_ref() == Some(folder));
        of_folder.for_each(|document| document.snapshot = None);
    }

    fn snapshot(&mut self, uri: &str) -> Option<Arc<Snapshot>> {
        let (uri, _) = self.open.get_key_value(uri)?;
        let uri = Uri::clone(uri);
        let open = self.open.get_mut(&uri)?;
        if let Some(known) = &open.snapshot {
            return Some(Arc::clone(known));
        }
        let (document, folder) = (open.current(&uri), open.folder.clone());
        let module = match folder {
            Some(folder) => self.module(folder),
            None => Arc::new(ModuleVersion { documents: vec![Arc::clone(&document)], files: OnceLock::new() }),
        };
        let snapshot = Arc::new(Snapshot { document, module, analysis: OnceLock::new(), findings: OnceLock::new() });
        self.open.get_mut(&uri)?.snapshot = Some(Arc::clone(&snapshot));
        Some(snapshot)
    }

    /// The documents of a folder together.
    fn module(&mut self, folder: Uri) -> Arc<ModuleVersion> {
        let open = &mut self.open;
        let module = self.modules.entry(folder).or_insert_with_key(|folder| {
            let of_folder = open.iter_mut().filter(|(_, document)| document.folder.as_ref() == Some(folder));
            let documents = of_folder.map(|(uri, document)| document.current(uri)).collect();
            Arc::new(ModuleVersion { documents, files: OnceLock::new() })
        });
        Arc::clone(module)
    }
}

impl Documents {
    /// Takes a document that was opened.
    pub(crate) fn open(&self, uri: Uri, item: &TextDocumentItem) {
        let name = file_name(&uri);
        let content = if name == FILE_NAME {
            Content::Config
        } else if item.language_id == "toml" {
            Content::Foreign
        } else {
            Content::Policy(Format::from_language_id(&item.language_id).or_else(|| Format::from_path(Path::new(name))))
        };
        let folder = (content != Content::Config && content != Content::Foreign).then(|| shared_folder(&uri)).flatten();
        let rope = Rope::from_str(&item.text);
        let mut state = self.lock();
        state.forget_module(folder.as_ref());
        state.open.insert(uri, Open { rope, version: item.version, content, typed: None, folder, current: None, snapshot: None });
    }

    /// Changes a document, in the order given; `false` if it is not open.
    pub(crate) fn change(&self, uri: &str, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> bool {
        let mut state = self.lock();
        let Some(document) = state.open.get_mut(uri) else { return false };
        document.typed = Typed::of(&document.rope, changes, encoding);
        for change in changes {
            edits::apply(&mut document.rope, change, encoding);
        }
        document.version = version;
        document.forget();
        let folder = document.folder.clone();
        state.forget_module(folder.as_ref());
        true
    }

    /// When something was last typed into a document for which findings may still wait.
    pub(crate) fn typed_at(&self, uri: &str) -> Option<Instant> {
        self.lock().open.get(uri)?.typed.as_ref().map(|typed| typed.at)
    }

    /// Lets no finding of a document wait any longer; `false` if none could wait.
    pub(crate) fn release(&self, uri: &str) -> bool {
        let mut state = self.lock();
        let Some(document) = state.open.get_mut(uri) else { return false };
        if let Some(current) = &document.current {
            current.is_released.store(true, Ordering::Release);
        }
        document.typed.take().is_some()
    }

    /// Whether a document is open.
    pub(crate) fn is_open(&self, uri: &str) -> bool {
        self.lock().open.contains_key(uri)
    }

    /// Forgets a document that was closed.
    pub(crate) fn close(&self, uri: &str) {
        let mut state = self.lock();
        if let Some(closed) = state.open.remove(uri) {
            state.forget_module(closed.folder.as_ref());
        }
    }

    /// Forgets what was read of all documents: what it was read by has changed.
    pub(crate) fn forget_readings(&self) {
        let mut state = self.lock();
        state.modules.clear();
        state.open.values_mut().for_each(Open::forget);
    }

    /// Forgets what was read of a folder's documents together, whose files have changed on the disk.
    pub(crate) fn forget_folder(&self, folder: &Uri) {
        self.lock().forget_module(Some(folder));
    }

    /// Whether any document shares its names with others of its folder.
    pub(crate) fn have_folders(&self) -> bool {
        self.lock().open.values().any(|document| document.folder.is_some())
    }

    /// The open files that may contain a policy, by their paths.
    pub(crate) fn open_files(&self) -> HashMap<PathBuf, Arc<DocumentVersion>> {
        let mut state = self.lock();
        let policies = state.open.iter_mut().filter(|(_, document)| matches!(document.content, Content::Policy(_)));
        policies.filter_map(|(uri, document)| Some((path(uri)?, document.current(uri)))).collect()
    }

    /// The URIs of all open documents.
    pub(crate) fn uris(&self) -> Vec<Uri> {
        self.lock().open.keys().cloned().collect()
    }

    /// The URIs of the documents of a folder that share their names.
    pub(crate) fn in_folder(&self, folder: &Uri) -> Vec<Uri> {
        let state = self.lock();
        let shared = state.open.iter().filter(|(_, document)| document.folder.as_ref() == Some(folder));
        shared.map(|(uri, _)| Uri::clone(uri)).collect()
    }

    /// The newest version of a document, if it is open.
    pub(crate) fn snapshot(&self, uri: &str) -> Option<Arc<Snapshot>> {
        self.lock().snapshot(uri)
    }

    /// Whether a snapshot is still what the editor shows.
    pub(crate) fn currency(&self, snapshot: &Arc<Snapshot>) -> Currency {
        let state = self.lock();
        let Some(open) = state.open.get(snapshot.uri()) else { return Currency::Old };
        if open.snapshot.as_ref().is_some_and(|current| Arc::ptr_eq(current, snapshot)) {
            Currency::Newest
        } else if open.current.as_ref().is_some_and(|current| Arc::ptr_eq(current, &snapshot.document)) {
            Currency::Neighbour
        } else {
            Currency::Old
        }
    }

    /// The state stays whole when a holder panics: what is missing in it is made again.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a snapshot relates to what the editor shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Currency {
    /// It is what the editor shows.
    Newest,
    /// The document is the same, and another one of its module is not.
    Neighbour,
    /// The document has changed, or what it was read by.
    Old,
}

/// One version of a document on its own.
#[derive(Debug)]
pub(crate) struct DocumentVersion {
    uri: Uri,
    version: i32,
    rope: Rope,
    content: Content,
    /// What was typed to make this version.
    typed: Option<Typed>,
    /// Whether findings wait no longer for it.
    is_released: AtomicBool,
    member: OnceLock<ModuleMember>,
}

impl DocumentVersion {
    /// The URI as the client wrote it.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Its text.
    pub(crate) fn text(&self) -> Arc<str> {
        self.member.get().map_or_else(|| contiguous(&self.rope), |member| member.document().shared_text())
    }

    /// The version, read and understood on its own. The first to ask does the reading, the others wait for it.
    fn member(&self, settings: &DocumentSettings) -> &ModuleMember {
        self.member.get_or_init(|| {
            let text = contiguous(&self.rope);
            let document = match self.content {
                Content::Policy(format) => {
                    let format = format.unwrap_or_else(|| Format::from_content(&text));
                    Document::read(text, format)
                }
                Content::Config | Content::Foreign => Document::unparsed(text),
            };
            ModuleMember::new(Uri::clone(&self.uri), document, settings)
        })
    }
}

/// The open documents that are read together, each in one version.
#[derive(Debug)]
struct ModuleVersion {
    documents: Vec<Arc<DocumentVersion>>,
    files: OnceLock<Arc<ModuleFiles>>,
}

impl ModuleVersion {
    /// The documents, read together, with those that `siblings` gives. The first to ask does it, the others wait for it.
    fn files(&self, settings: &DocumentSettings, siblings: impl FnOnce(&[Arc<DocumentVersion>]) -> Vec<ModuleMember>) -> Arc<ModuleFiles> {
        let files = self.files.get_or_init(|| {
            // One that cannot be understood fails when it is asked about itself.
            let open = self.documents.iter().filter_map(|document| catch_panic(|| document.member(settings).clone()).ok());
            let mut members: Vec<ModuleMember> = open.chain(siblings(&self.documents)).collect();
            members.sort_by(|one, other| one.name().cmp(other.name()));
            Arc::new(ModuleFiles::link(members, settings))
        });
        Arc::clone(files)
    }
}

/// One version of a document among those that are read together with it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    document: Arc<DocumentVersion>,
    module: Arc<ModuleVersion>,
    analysis: OnceLock<DocumentAnalysis>,
    findings: OnceLock<Vec<Finding>>,
}

impl Snapshot {
    /// The URI as the client wrote it.
    pub(crate) fn uri(&self) -> &Uri {
        &self.document.uri
    }

    /// The client's number of the version.
    pub(crate) fn version(&self) -> i32 {
        self.document.version
    }

    /// What was typed to make this version, as long as findings may wait for it.
    pub(crate) fn typed(&self) -> Option<&Typed> {
        self.document.typed.as_ref().filter(|_| !self.document.is_released.load(Ordering::Acquire))
    }

    /// The version within its module. The first to ask does the reading, the others wait for it. `siblings` gives what is read
    /// together with the open documents.
    pub(crate) fn analysis(
        &self,
        settings: impl FnOnce(&Uri) -> DocumentSettings,
        siblings: impl FnOnce(&[Arc<DocumentVersion>], &DocumentSettings) -> Vec<ModuleMember>,
    ) -> &DocumentAnalysis {
        self.analysis.get_or_init(|| {
            let settings = settings(self.uri());
            self.document.member(&settings);
            let module = self.module.files(&settings, |open| siblings(open, &settings));
            let index = module.position(self.uri()).expect("a document that was understood is in its module");
            DocumentAnalysis::new(module, index, settings).expect("the module has the document")
        })
    }

    /// The findings of a version that was read, as the settings let them through; shared like the reading. `failed` is called
    /// for each rule that panicked.
    pub(crate) fn findings(
        &self,
        files: &dyn Files,
        analysis: &DocumentAnalysis,
        faults: &FaultInjection,
        failed: impl Fn(&RulePanic),
    ) -> &[Finding] {
        self.findings.get_or_init(|| {
            let found = match self.document.content {
                Content::Config => config_findings(files, path(self.uri()).as_deref(), analysis.text()),
                Content::Policy(_) if !analysis.settings().is_excluded => {
                    let outcome = analysis.outcome(faults);
                    outcome.failures.iter().for_each(failed);
                    outcome.findings
                }
                Content::Policy(_) | Content::Foreign => Vec::new(),
            };
            analysis.settings().settings.apply(&found)
        })
    }
}

fn contiguous(rope: &Rope) -> Arc<str> {
    let mut text = String::with_capacity(rope.len_bytes());
    text.extend(rope.chunks());
    Arc::from(text)
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
