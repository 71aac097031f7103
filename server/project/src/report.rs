//! What documents give together: the access report's part of each.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_ide::catch_panic;
use connect_policy_ide::report::Report;

use crate::check::{Project, member, read_document};
use crate::workspace::ModuleFiles;

impl Project {
    /// What each of some documents gives that are read together, by their names, which are paths, and texts. No other files are read.
    ///
    /// # Errors
    ///
    /// In words, if one of them fails, which is a bug.
    pub fn reports(&self, texts: &[&(String, Arc<str>)]) -> Result<Vec<Report>, String> {
        let Some((first, _)) = texts.first() else { return Ok(Vec::new()) };
        let settings = self.document_settings(Path::new(first));
        let failed = |name: &str| format!("{name}: internal error while reading; please report this");
        let mut members = Vec::with_capacity(texts.len());
        for (name, text) in texts {
            let path = PathBuf::from(name);
            members.push(catch_panic(|| member(&path, read_document(&path, text), &settings)).map_err(|_| failed(name))?);
        }
        let module = ModuleFiles::link(members, &settings);
        let report = |(document, (name, _)): (usize, &&(String, Arc<str>))| {
            catch_panic(|| self.report(&module, document, Path::new(name))).ok().flatten().ok_or_else(|| failed(name))
        };
        texts.iter().enumerate().map(report).collect()
    }

    /// What a document of a module gives; `None` if a rule failed there: the risks would not be complete.
    fn report(&self, module: &ModuleFiles, document: usize, path: &Path) -> Option<Report> {
        let outcome = module.outcome(document, &self.faults);
        let mut findings = outcome.findings;
        if module.linked().contains(&document) {
            findings.extend_from_slice(module.findings(&self.faults).at_references(document));
        }
        let findings = self.document_settings(path).settings.apply(&findings);
        outcome.failures.is_empty().then(|| module.analysis(document).map(|analysis| analysis.report(&findings))).flatten()
    }
}
