//! `connect-policy.toml`: what a project settles for everybody who works on it, in the editor and in CI alike.
//!
//! [`read`] understands the text and knows no files; [`mod@load`] reads the file and the lists that it names; [`find`] knows
//! which file rules which document.

mod find;
mod load;
mod paths;
mod read;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use connect_policy_ide::Scope;

pub(crate) use find::{Configs, absolute};
use load::load;
pub(crate) use load::{Loaded, check_text, file_text};
use paths::Paths;

use crate::settings::Level;

/// The file's name.
pub(crate) const FILE_NAME: &str = "connect-policy.toml";

/// Larger files, the toml and the lists that it names, are not read.
const MAX_LEN: u64 = 8 << 20;

/// What the file says, paths as they are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    catalog: CatalogTable,
    /// Levels by rule.
    pub(crate) rules: BTreeMap<String, Level>,
    exclude: Paths,
    overrides: Vec<Override>,
    /// Of which policies rules speak, where the file tells.
    pub(crate) scope: Option<Scope>,
    /// Whether hints are shown beside entries.
    pub(crate) inlay_hints: Option<bool>,
    /// Whether lenses are shown above statements and profiles.
    pub(crate) code_lenses: Option<bool>,
}

/// `[catalog]`: what the project knows besides what ships.
#[derive(Clone, Debug, Default)]
struct CatalogTable {
    permissions: Vec<String>,
    actions: Vec<String>,
    permissions_from: Vec<Named>,
    service_reference: Vec<Named>,
}

/// A file that the toml names, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Named {
    path: PathBuf,
    range: Range<usize>,
}

/// `[[override]]`: other levels for some paths.
#[derive(Clone, Debug)]
struct Override {
    paths: Paths,
    rules: BTreeMap<String, Level>,
}

/// Something in the toml that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Problem {
    /// Where in the toml, in bytes; never empty unless the file is.
    pub(crate) range: Range<usize>,
    pub(crate) message: String,
    /// What was most likely meant, as it is written in place of the range.
    pub(crate) instead: Option<String>,
}
