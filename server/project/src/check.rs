//! From files to findings: reads what belongs together, checks it once, and gives each file what is to be shown of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use connect_policy_catalog::Catalog;
use connect_policy_ide::report::Recognized;
use connect_policy_ide::{CheckOutcome, Finding, Related, RulePanic, catch_panic};
use connect_policy_syntax::{Document, Format};

use crate::config::discover::ConfigStore;
use crate::document_settings::DocumentSettings;
use crate::fault_injection::FaultInjection;
use crate::files::{self, Files, Origin, absolute};
use crate::line_index::LineIndex;
use crate::modules::{is_module_file, sibling_paths};
use crate::settings::Settings;
use crate::workspace::{ModuleFiles, ModuleMember};

/// So many findings of one file are reported: a file of 50 MB can have millions, and the report is made in memory.
const MAX_FINDINGS: usize = 200_000;

/// Files with all that decides on their findings.
#[derive(Debug)]
pub struct Project {
    /// Where the files are.
    pub files: Arc<dyn Files>,
    /// The configurations of the files.
    pub configs: Arc<ConfigStore>,
    /// What ships with the program.
    pub builtin: Arc<Catalog>,
    /// The settings under the configurations.
    pub settings: Settings,
    /// Where to fail on purpose.
    pub faults: FaultInjection,
}

/// A file to check.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Source {
    /// Its path, as it is shown.
    pub path: PathBuf,
    /// Whether it was named or found.
    pub origin: Origin,
}

/// A file that was checked.
#[derive(Clone, Debug, Default)]
pub struct CheckedFile {
    /// Its path, as it is shown.
    pub path: String,
    /// Its text as it was read.
    pub text: Arc<str>,
    /// The findings to show, at their levels, ordered by place, then rule.
    pub findings: Vec<Finding>,
    /// The files that are read together with it, by their places in the module; empty if no finding needs them.
    pub module: Arc<[RelatedFile]>,
    /// What went wrong in checking it, in words.
    pub failures: Vec<String>,
    /// How many policies and profiles it holds.
    pub recognized: Recognized,
}

impl CheckedFile {
    /// The other places that have to do with a finding, each with its file.
    pub fn related<'c>(&'c self, finding: &'c Finding) -> impl Iterator<Item = (&'c RelatedFile, &'c Related)> {
        finding.related.iter().filter_map(|related| Some((self.module.get(related.document)?, related)))
    }
}

/// A file that was read together with another.
#[derive(Debug)]
pub struct RelatedFile {
    /// Its path, as it is shown.
    pub path: String,
    /// Its text as it was read.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl RelatedFile {
    /// A file of this path and text.
    pub fn new(path: String, text: Arc<str>) -> RelatedFile {
        RelatedFile { path, text, lines: OnceLock::new() }
    }

    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Files that were read together, ready to be checked one by one, on several threads if the caller has such.
#[derive(Debug)]
pub struct FileGroup<'p> {
    project: &'p Project,
    texts: Vec<(PathBuf, Result<Arc<str>, String>)>,
    module: Option<FileModule>,
}

/// The module of some files, and its files by their places.
#[derive(Debug)]
struct FileModule {
    files: ModuleFiles,
    paths: Vec<PathBuf>,
}

impl Project {
    /// What holds for a file.
    pub fn document_settings(&self, path: &Path) -> DocumentSettings {
        let config = self.configs.for_file(path);
        DocumentSettings::new(&self.settings, &self.builtin, config.as_deref(), &absolute(path))
    }

    /// A file's text.
    ///
    /// # Errors
    ///
    /// In words, why the file is skipped.
    pub fn read(&self, source: &Source) -> Result<String, String> {
        files::read(&*self.files, &source.path, source.origin)
    }

    /// Reads files that belong to one module, and those of their folder that were not given.
    pub fn read_together(&self, sources: &[&Source]) -> FileGroup<'_> {
        let read = |source: &&Source| (source.path.clone(), self.read(source).map(Arc::from));
        let texts: Vec<(PathBuf, Result<Arc<str>, String>)> = sources.iter().map(read).collect();
        let known = texts.iter().filter_map(|(path, text)| Some((path.as_path(), text.as_ref().ok()?))).collect();
        let module = sources.first().and_then(|source| self.module(&source.path, &known));
        FileGroup { project: self, texts, module }
    }

    /// Checks a text under a file's name, within the module of that file.
    pub fn check_text(&self, path: &Path, text: String) -> CheckedFile {
        let module = self.module(path, &HashMap::new());
        self.check(path, Arc::from(text), module.as_ref())
    }

    /// The module of a file: the files of its folder, some of which were read already.
    fn module(&self, path: &Path, known: &HashMap<&Path, &Arc<str>>) -> Option<FileModule> {
        if !is_module_file(path) {
            return None;
        }
        let settings = self.document_settings(path);
        let (mut members, mut paths) = (Vec::new(), Vec::new());
        for file in sibling_paths(&*self.files, path) {
            let text = match known.get(file.as_path()) {
                Some(text) => Ok(Arc::clone(text)),
                None => files::read(&*self.files, &file, Origin::Found).map(Arc::from),
            };
            let Ok(text) = text else { continue };
            // A failure is reported when the file is checked itself.
            if let Ok(member) = catch_panic(|| member(&file, Document::read(text, Format::Hcl), &settings)) {
                members.push(if known.contains_key(file.as_path()) { member } else { member.read_beside() });
                paths.push(file);
            }
        }
        (!members.is_empty()).then(|| FileModule { files: ModuleFiles::link(members, &settings), paths })
    }

    /// Checks a text under a file's name, within the module if there is one.
    fn check(&self, path: &Path, text: Arc<str>, module: Option<&FileModule>) -> CheckedFile {
        let settings = self.document_settings(path);
        let analyse = || {
            self.faults.at(&text);
            let place = module.and_then(|module| module.paths.iter().position(|known| known == path));
            if let (Some(module), Some(place)) = (module, place)
                && module.files.members()[place].document().text() == &*text
            {
                return self.outcome(&module.files, place);
            }
            let own = member(path, read_document(path, &text), &settings);
            match (module, place) {
                (Some(module), Some(place)) => self.outcome(&module.files.with(place, own, &settings), place),
                (Some(module), None) => {
                    let place = module.paths.len();
                    self.outcome(&module.files.with(place, own, &settings), place)
                }
                (None, _) => self.outcome(&ModuleFiles::link(vec![own], &settings), 0),
            }
        };
        // The other files are still worth checking, and the other rules here.
        let (outcome, recognized, module, syntax) = match catch_panic(analyse) {
            Ok(outcome) => outcome,
            Err(cause) => {
                let failures = vec![format!("internal error while checking: {cause}; please report this")];
                return CheckedFile { path: path.display().to_string(), text, failures, ..CheckedFile::default() };
            }
        };
        let mut findings = outcome.findings;
        if settings.settings.json_syntax && !is_lenient_json(path) {
            findings.extend(syntax);
            findings.sort_by_key(|finding| finding.range.start);
        }
        let mut failures: Vec<String> = outcome.failures.iter().map(rule_failure).collect();
        let mut findings = settings.settings.apply(&findings);
        if findings.len() > MAX_FINDINGS {
            failures.push(format!("has {} findings; showing the first {MAX_FINDINGS}", findings.len()));
            findings.truncate(MAX_FINDINGS);
        }
        CheckedFile { path: path.display().to_string(), text, findings, module, failures, recognized }
    }

    fn outcome(&self, module: &ModuleFiles, document: usize) -> (CheckOutcome, Recognized, Arc<[RelatedFile]>, Vec<Finding>) {
        let outcome = module.outcome(document, &self.faults);
        let has_related = outcome.findings.iter().any(|finding| !finding.related.is_empty());
        let related = |member: &ModuleMember| RelatedFile::new(member.name().to_string(), member.document().shared_text());
        let related = if has_related { module.members().iter().map(related).collect() } else { Arc::default() };
        let analysis = module.analysis(document);
        let recognized = analysis.as_ref().map(|analysis| analysis.recognized()).unwrap_or_default();
        let syntax = analysis.map(|analysis| analysis.json_syntax()).unwrap_or_default();
        (outcome, recognized, related, syntax)
    }
}

impl FileGroup<'_> {
    /// How many files were given.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether no file was given.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Checks one of the files, by its place among those that were given.
    ///
    /// # Errors
    ///
    /// In words, why the file is skipped.
    pub fn check(&self, file: usize) -> Result<CheckedFile, String> {
        let (path, text) = &self.texts[file];
        Ok(self.project.check(path, Arc::clone(text.as_ref().map_err(String::clone)?), self.module.as_ref()))
    }
}

/// A text as a document, in the format that its name or its content tells.
pub(crate) fn read_document(path: &Path, text: &Arc<str>) -> Document {
    let format = Format::from_path(path).unwrap_or_else(|| Format::from_content(text));
    Document::read(Arc::clone(text), format)
}

/// Whether a file of this name is not sent to a service as it is: JSON with extensions, or a template.
fn is_lenient_json(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    matches!(extension.as_deref(), Some("jsonc" | "json5" | "tpl" | "tftpl" | "tmpl" | "j2"))
}

/// A file's document, understood on its own.
pub(crate) fn member(path: &Path, document: Document, settings: &DocumentSettings) -> ModuleMember {
    ModuleMember::new(Arc::from(path.display().to_string()), document, settings)
}

fn rule_failure(failure: &RulePanic) -> String {
    format!("internal error in rule `{}`: {}; please report this", failure.rule, failure.cause)
}

#[cfg(test)]
mod tests {
    use connect_policy_ide::Severity;

    use super::*;
    use crate::files::MemoryFiles;

    fn project(files: &[(&str, &str)]) -> Project {
        let mut memory = MemoryFiles::default();
        files.iter().for_each(|(path, text)| memory.insert(*path, *text));
        let files: Arc<dyn Files> = Arc::new(memory);
        Project {
            configs: Arc::new(ConfigStore::below(Arc::clone(&files), Vec::new())),
            files,
            builtin: Arc::new(Catalog::builtin()),
            settings: Settings::at_level(Severity::Warning),
            faults: FaultInjection::default(),
        }
    }

    fn found(checked: &CheckedFile) -> Vec<(&'static str, Severity)> {
        checked.findings.iter().map(|finding| (finding.rule, finding.severity)).collect()
    }

    const MAIN: &str =
        "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions   = local.own\n    resources = [\"*\"]\n  }\n}\n";
    const LOCALS: &str = "locals {\n  own = [\"connect:CreateUser\", \"connect:ListUser\"]\n}\n";

    #[test]
    fn a_module_in_memory_is_checked_as_a_whole() {
        let project =
            project(&[("/a/main.tf", MAIN), ("/a/locals.tf", LOCALS), ("/connect-policy.toml", "[rules]\nunknown-action = \"error\"\n")]);
        let sources = ["/a/locals.tf", "/a/main.tf", "/a/none.tf"].map(|path| Source { path: path.into(), origin: Origin::Found });
        let group = project.read_together(&sources.iter().collect::<Vec<_>>());
        let locals = group.check(0).unwrap();
        assert_eq!(found(&locals), [("privilege-escalation", Severity::Warning), ("unknown-action", Severity::Error)]);
        let (file, related) = locals.related(&locals.findings[0]).next().unwrap();
        assert_eq!((file.path.as_str(), file.lines().line_at(related.range.start)), ("/a/main.tf", 2));
        assert_eq!(found(&group.check(1).unwrap()), []);
        assert!(group.check(2).unwrap_err().starts_with("cannot be read: "));
        // One of the files alone, and another text in its place.
        assert_eq!(found(&project.read_together(&[&sources[0]]).check(0).unwrap()).len(), 2);
        let text = LOCALS.replace("CreateUser", "ListUsers");
        assert_eq!(found(&project.check_text(Path::new("/a/locals.tf"), text)), [("unknown-action", Severity::Error)]);
    }

    #[test]
    fn syntax_errors_are_for_those_who_have_no_editor() {
        let mut project = project(&[]);
        let text = r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUser", "Resource": "*",}]}"#;
        let of = |project: &Project, name: &str| found(&project.check_text(Path::new(name), text.to_owned()));
        let typo = ("unknown-action", Severity::Warning);
        assert_eq!(of(&project, "a.json"), [typo, ("json-syntax", Severity::Error)]);
        assert_eq!(of(&project, "a.jsonc"), [typo]);
        project.settings.json_syntax = false;
        assert_eq!(of(&project, "a.json"), [typo]);
    }

    #[test]
    fn a_rule_that_fails_costs_itself_in_each_document() {
        let mut project = project(&[("/a/main.tf", MAIN), ("/a/locals.tf", LOCALS)]);
        project.faults.panic_in = Some("privilege-escalation".to_owned());
        let checked = project.check_text(Path::new("/a/locals.tf"), LOCALS.to_owned());
        assert!(found(&checked).contains(&("unknown-action", Severity::Warning)));
        assert_eq!(checked.failures, ["internal error in rule `privilege-escalation`: requested by --panic-in; please report this"]);
        project.faults.panic_on = Some("CreateUser".to_owned());
        let checked = project.check_text(Path::new("/a/locals.tf"), LOCALS.to_owned());
        assert_eq!(checked.failures, ["internal error while checking: requested by --panic-on; please report this"]);
    }
}
