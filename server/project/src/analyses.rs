//! Documents as they are read together, for questions about what is written in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_ide::{Analysis, catch_panic};

use crate::check::{Project, member, read_document};
use crate::workspace::ModuleFiles;

impl Project {
    /// Some documents that are read together, by their names, which are paths, and texts. No other files are read.
    ///
    /// # Errors
    ///
    /// In words, if one of them cannot be read, which is a bug.
    pub fn analyses(&self, texts: &[&(String, Arc<str>)]) -> Result<Vec<Analysis>, String> {
        let Some((first, _)) = texts.first() else { return Ok(Vec::new()) };
        let settings = self.document_settings(Path::new(first));
        let mut members = Vec::with_capacity(texts.len());
        for (name, text) in texts {
            let path = PathBuf::from(name);
            let read = catch_panic(|| member(&path, read_document(&path, text), &settings));
            members.push(read.map_err(|_| format!("{name}: internal error while reading; please report this"))?);
        }
        let module = ModuleFiles::link(members, &settings);
        Ok((0..texts.len()).filter_map(|document| module.analysis(document)).collect())
    }
}
