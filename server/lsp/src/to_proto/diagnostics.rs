//! Findings → diagnostics, for documents that are open and for files that are not.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::time::Instant;

use connect_policy_ide::{Finding, Severity};
use connect_policy_project::rule_page::rule_page;
use connect_policy_project::{CheckedFile, LineIndex};
use tower_lsp::lsp_types::{
    self as lsp, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
    Url,
};

use crate::positions;
use crate::request_context::RequestContext;
use crate::session::capabilities::Features;

/// What diagnostics name as their source.
const SOURCE: &str = "connect-policy";

/// So many diagnostics of one document are sent. Nobody reads more, and 100,000 make an editor stand still.
const MAX_DIAGNOSTICS: usize = 1_000;

/// Places in the documents of a module.
pub(crate) trait RelatedPlaces {
    /// A place in a document of the module as the client knows it.
    fn location(&self, document: usize, range: &Range<usize>) -> Option<Location>;

    /// Whether a document of the module is the one with the findings.
    fn is_own(&self, document: usize) -> bool;
}

impl RelatedPlaces for RequestContext<'_> {
    fn location(&self, document: usize, range: &Range<usize>) -> Option<Location> {
        RequestContext::location(self, document, range)
    }

    fn is_own(&self, document: usize) -> bool {
        RequestContext::is_own(self, document)
    }
}

/// Places in the files that are read together with a file that was checked on the disk.
struct CheckedPlaces<'c> {
    checked: &'c CheckedFile,
    features: &'c Features,
}

impl RelatedPlaces for CheckedPlaces<'_> {
    fn location(&self, document: usize, range: &Range<usize>) -> Option<Location> {
        let file = self.checked.module.get(document)?;
        let url = Url::from_file_path(&file.path).ok()?;
        Some(Location::new(url, positions::range(&file.text, file.lines(), range, self.features.encoding)))
    }

    fn is_own(&self, document: usize) -> bool {
        self.checked.module.get(document).is_some_and(|file| file.path == self.checked.path)
    }
}

/// The diagnostics of a file that was checked on the disk.
pub(crate) fn of_file(checked: &CheckedFile, features: &Features) -> Vec<Diagnostic> {
    let (text, lines) = (&*checked.text, LineIndex::new(&checked.text));
    let places = &CheckedPlaces { checked, features };
    DiagnosticWriter { text, lines: &lines, features, places }.diagnostics(&checked.findings.iter().collect::<Vec<_>>())
}

/// What distinguishes diagnostics from others of the same document.
pub(crate) fn result_id(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

impl RequestContext<'_> {
    /// What the document's findings are written with.
    pub(crate) fn writer(&self) -> DiagnosticWriter<'_> {
        DiagnosticWriter { text: self.text(), lines: self.lines(), features: self.features, places: self }
    }

    /// The findings as diagnostics, and the moment until which those on the entry that is typed wait at the latest.
    pub(crate) fn diagnostics(&self) -> (Vec<Diagnostic>, Option<Instant>) {
        let (findings, waits_until) = self.shown_findings();
        (self.writer().diagnostics(&findings), waits_until)
    }
}

/// A document as far as its findings need it to become diagnostics.
pub(crate) struct DiagnosticWriter<'d> {
    text: &'d str,
    lines: &'d LineIndex,
    features: &'d Features,
    places: &'d dyn RelatedPlaces,
}

impl DiagnosticWriter<'_> {
    fn range(&self, range: &Range<usize>) -> lsp::Range {
        positions::range(self.text, self.lines, range, self.features.encoding)
    }

    /// A finding as a diagnostic.
    pub(crate) fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let is_faded = finding.is_unnecessary && self.features.unnecessary_tag;
        let page = self.features.code_description.then(|| Url::parse(&rule_page(finding.rule)).ok()).flatten();
        Diagnostic {
            range: self.range(&finding.range),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.rule.to_owned())),
            code_description: page.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: finding.message.clone(),
            tags: is_faded.then(|| vec![DiagnosticTag::UNNECESSARY]),
            related_information: self.related_information(finding),
            ..Diagnostic::default()
        }
    }

    fn related_information(&self, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
        if finding.related.is_empty() || !self.features.related_information {
            return None;
        }
        let (own, others) = finding.related.iter().partition::<Vec<_>, _>(|related| self.places.is_own(related.document));
        let told = own.into_iter().chain(others).filter_map(|related| {
            let location = self.places.location(related.document, &related.range)?;
            Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
        });
        Some(told.collect())
    }

    /// All findings as diagnostics. Of more than an editor can show, the most severe, and a last one with the number of the rest.
    fn diagnostics(&self, findings: &[&Finding]) -> Vec<Diagnostic> {
        let Some(left_out) = findings.len().checked_sub(MAX_DIAGNOSTICS).filter(|&count| count > 0) else {
            return findings.iter().map(|finding| self.diagnostic(finding)).collect();
        };
        let mut order: Vec<usize> = (0..findings.len()).collect();
        order.sort_by_key(|&index| findings[index].severity);
        let first_left_out = findings[order[MAX_DIAGNOSTICS]];
        order.truncate(MAX_DIAGNOSTICS);
        order.sort_unstable();
        let mut diagnostics: Vec<Diagnostic> = order.iter().map(|&index| self.diagnostic(findings[index])).collect();
        diagnostics.push(Diagnostic {
            range: self.range(&first_left_out.range),
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some(SOURCE.to_owned()),
            message: format!("{left_out} more findings are not shown; `connect-policy check` lists them all"),
            ..Diagnostic::default()
        });
        diagnostics
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
