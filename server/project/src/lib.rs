//! Documents and settings → findings: what the checker, the report and the language server share.
//!
//! This is the one place that puts an analysis together: it knows which files are read together, which configuration a
//! document has, and which of its findings are shown at which level. Files come through [`Files`], so the same code works on a
//! disk and in memory. Nothing here knows a protocol, a terminal or a thread.

pub mod analyses;
pub mod check;
pub mod config;
pub mod document_settings;
pub mod fault_injection;
pub mod files;
pub mod fixes;
pub mod level;
pub mod line_index;
pub mod modules;
pub mod report;
pub mod rule_names;
pub mod rule_page;
pub mod settings;
pub mod workspace;

pub use check::{CheckedFile, Project, RelatedFile, Source};
pub use config::discover::ConfigStore;
pub use config::loaded::LoadedConfig;
pub use document_settings::DocumentSettings;
pub use fault_injection::FaultInjection;
pub use files::disk::DiskFiles;
pub use files::{Files, MemoryFiles, Origin};
pub use line_index::LineIndex;
pub use settings::Settings;
pub use workspace::{DocumentAnalysis, ModuleFiles, ModuleMember};
