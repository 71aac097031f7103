//! From a version of a document to an answer: what it is made of, and making it.

use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use connect_policy_ide::{Analysis, Finding, RulePanic};
use connect_policy_project::{DocumentAnalysis, DocumentSettings, LineIndex, Settings};
use tower_lsp::lsp_types::{Location, MessageType, Url};

use crate::positions;
use crate::session::Session;
use crate::session::capabilities::Features;
use crate::session::documents::{DocumentVersion, Snapshot};
use crate::session::typing;
use crate::session::uri::{Uri, key, shared_folder};

/// One version of a document with all that is needed to answer about it.
pub(crate) struct RequestContext<'s> {
    /// The URI as it goes back to the client in an answer.
    pub(crate) url: Url,
    pub(crate) features: &'s Features,
    session: &'s Session,
    snapshot: &'s Snapshot,
    document: &'s DocumentAnalysis,
}

impl<'s> RequestContext<'s> {
    /// A version of a document, read within its module.
    pub(crate) fn new(url: Url, session: &'s Session, snapshot: &'s Snapshot) -> RequestContext<'s> {
        let siblings = |open: &[Arc<DocumentVersion>], settings: &DocumentSettings| match shared_folder(snapshot.uri()) {
            None => Vec::new(),
            Some(_) => session.siblings.beside(&*session.files, snapshot.uri(), open.iter().map(|document| document.uri()), settings),
        };
        let document = snapshot.analysis(|uri| session.document_settings(uri), siblings);
        RequestContext { url, features: session.features(), session, snapshot, document }
    }

    /// The document, understood.
    pub(crate) fn analysis(&self) -> &Analysis {
        self.document.analysis()
    }

    /// The document's text.
    pub(crate) fn text(&self) -> &str {
        self.document.text()
    }

    /// Where its lines begin.
    pub(crate) fn lines(&self) -> &LineIndex {
        self.document.lines()
    }

    /// The documents of the module that refer to one another.
    pub(crate) fn linked_documents(&self) -> Vec<Uri> {
        let module = self.document.module();
        if module.members().len() == 1 {
            return Vec::new();
        }
        module.linked().iter().map(|&index| Uri::clone(module.members()[index].name())).collect()
    }

    /// A place in a document of the module as the client knows it; `None` if its URI cannot be sent as it is.
    pub(crate) fn location(&self, document: usize, range: &Range<usize>) -> Option<Location> {
        let member = self.document.module().members().get(document)?;
        let uri = &**member.name();
        let url = Url::parse(uri).ok().filter(|url| url.as_str() == uri)?;
        Some(Location::new(url, positions::range(member.document().text(), member.lines(), range, self.features.encoding)))
    }

    /// Whether a document of the module is the one that is answered about.
    pub(crate) fn is_own(&self, document: usize) -> bool {
        document == self.document.index()
    }

    /// The client's number of the version.
    pub(crate) fn version(&self) -> i32 {
        self.snapshot.version()
    }

    /// What is set for the document.
    pub(crate) fn settings(&self) -> &Settings {
        &self.document.settings().settings
    }

    /// The entry being typed, with the moment until which its findings wait at the latest. `None` for a client that
    /// would not learn of them later.
    fn typed_entry(&self) -> Option<(Range<usize>, Instant)> {
        let can_learn = !self.features.pulls || self.features.refreshed.diagnostics;
        let typed = self.snapshot.typed().filter(|_| can_learn)?;
        let entry = typing::entry_at(self.analysis().document(), &typed.range)?;
        Some((entry, typed.at + typing::PAUSE))
    }

    /// The findings that are shown now, and the moment until which the others wait at the latest.
    pub(crate) fn shown_findings(&self) -> (Vec<&Finding>, Option<Instant>) {
        let findings = self.findings();
        let Some((entry, until)) = self.typed_entry() else { return (findings.iter().collect(), None) };
        let caused = self.analysis().are_caused_by(&entry, findings);
        let is_shown = |(finding, is_caused): &(&Finding, bool)| !is_caused && !typing::is_held_back(finding, &entry);
        let shown: Vec<&Finding> = findings.iter().zip(caused).filter(is_shown).map(|(finding, _)| finding).collect();
        let is_waiting = shown.len() < findings.len();
        (shown, is_waiting.then_some(until))
    }

    /// The findings that the settings let through. A rule that fails is logged, once a version, and costs its own findings.
    pub(crate) fn findings(&self) -> &[Finding] {
        let session = self.session;
        let failed = |failure: &RulePanic| {
            let RulePanic { rule, cause } = failure;
            session.report(
                MessageType::ERROR,
                format!("internal error in rule `{rule}` at {}: {cause}; please report this", self.snapshot.uri()),
            );
        };
        self.snapshot.findings(&*session.files, self.document, &session.faults, failed)
    }
}

impl Session {
    /// Computes something about a document's newest version; `None` if it is not open or the computation failed. The version is
    /// taken before the first `.await`.
    pub(crate) async fn with_analysis<T: Send + 'static>(
        self: &Arc<Self>,
        feature: &'static str,
        url: Url,
        compute: impl FnOnce(&RequestContext<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        let snapshot = self.documents.snapshot(&key(&url))?;
        self.with_snapshot(feature, url, snapshot, compute).await
    }

    /// Computes something about a version of a document; `None` if that failed.
    pub(crate) async fn with_snapshot<T: Send + 'static>(
        self: &Arc<Self>,
        feature: &'static str,
        url: Url,
        snapshot: Arc<Snapshot>,
        compute: impl FnOnce(&RequestContext<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        let subject = format!("{feature} of {}", snapshot.uri());
        self.run_blocking(subject, move |session| {
            let context = RequestContext::new(url, session, &snapshot);
            session.faults.at(context.text());
            compute(&context)
        })
        .await
    }
}
