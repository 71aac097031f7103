//! Security profiles side by side: a row for each group of permissions, a column for each profile, letters for the verbs.

use std::collections::{BTreeMap, BTreeSet};

use connect_policy_catalog::{Catalog, RelationKind};

use super::access::{ProfileReport, Report};

/// Permission groups × profiles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Matrix {
    /// The rows, by the console's section.
    pub sections: Vec<Section>,
    /// The letters that occur, with the verbs that they stand for.
    pub legend: Vec<(&'static str, &'static str)>,
}

/// The rows of a section of the console.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The section.
    pub title: String,
    /// Its rows in order of name.
    pub rows: Vec<Row>,
}

/// A group of permissions in all profiles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The part of the names before the verb, or a name that has no verb.
    pub group: String,
    /// What each profile has of it, in the order of the profiles.
    pub cells: Vec<Vec<Mark>>,
}

/// A permission in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The letters of its verb.
    pub code: String,
    /// Its name.
    pub permission: String,
    /// Whether it needs review.
    pub is_risky: bool,
    /// Whether it restricts its users.
    pub restricts: bool,
}

/// Letters for verbs, in the order in which they are shown; a verb that has none is written out.
const CODES: &[(&str, &str, &str)] = &[
    ("View", "V", "View"),
    ("Create", "C", "Create"),
    ("Edit", "E", "Edit"),
    ("Delete", "D", "Delete"),
    ("Remove", "R", "Remove"),
    ("Access", "A", "Access"),
    ("Publish", "P", "Publish"),
    ("EnableAndDisable", "T", "Enable and disable"),
    ("Enable", "On", "Enable"),
    ("Enabled", "On", "Enable"),
    ("Execute", "X", "Execute"),
    ("Download", "Dl", "Download"),
    ("DownloadButton", "Dl", "Download"),
    ("Schedule", "S", "Schedule"),
    ("Manage", "M", "Manage"),
    ("Export", "Ex", "Export"),
    ("Share", "Sh", "Share"),
];

/// The mark of a name without a verb.
const HELD: (&str, &str) = ("✓", "granted");

const NO_SECTION: &str = "Not shown in the console";

/// What each profile has of a group, each with its rank among the verbs.
type Cells = Vec<Vec<(usize, Mark)>>;

/// Groups by name.
type Groups<'n> = BTreeMap<&'n str, Cells>;

impl Report {
    /// Permission groups × profiles.
    pub fn matrix(&self, catalog: &Catalog) -> Matrix {
        Matrix::of(&self.profiles, catalog)
    }
}

impl Matrix {
    fn of(profiles: &[ProfileReport], catalog: &Catalog) -> Matrix {
        let relates = |kind: RelationKind, name: &str| catalog.relations().iter().any(|one| one.kind == kind && one.from.contains(&name));
        // Sections by their names, what is in none at the end.
        let mut sections: BTreeMap<(bool, &str), Groups<'_>> = BTreeMap::new();
        let mut legend: BTreeSet<(usize, (&'static str, &'static str))> = BTreeSet::new();
        for (column, profile) in profiles.iter().enumerate() {
            for name in &profile.permissions {
                let (group, verb) = name.rsplit_once('.').unwrap_or((name, ""));
                let section = section(catalog, name, group);
                let known = code(verb);
                legend.extend(known);
                let (rank, code) = known.map_or((usize::MAX, verb), |(rank, (code, _))| (rank, code));
                let mark = Mark {
                    code: code.to_owned(),
                    permission: name.clone(),
                    is_risky: relates(RelationKind::Risky, name),
                    restricts: relates(RelationKind::Restricts, name),
                };
                let cells = sections.entry((section.is_none(), section.unwrap_or(NO_SECTION))).or_default().entry(group).or_default();
                cells.resize_with(profiles.len(), Vec::new);
                cells[column].push((rank, mark));
            }
        }
        let row = |(group, cells): (&str, Cells)| Row { group: group.to_owned(), cells: cells.into_iter().map(ordered).collect() };
        let section = |((_, title), groups): ((bool, &str), Groups<'_>)| Section {
            title: title.to_owned(),
            rows: groups.into_iter().map(row).collect(),
        };
        Matrix { sections: sections.into_iter().map(section).collect(), legend: legend.into_iter().map(|(_, entry)| entry).collect() }
    }
}

/// The console's section of a permission; of one that the console does not show, that of its group.
fn section(catalog: &Catalog, name: &str, group: &str) -> Option<&'static str> {
    let own = catalog.permission(name).and_then(|permission| permission.section);
    let of_group = || catalog.permissions().iter().filter(|other| other.group() == Some(group)).find_map(|other| other.section);
    own.or_else(of_group)
}

/// A verb's rank, and its letters with their meaning; `None` for a verb that is written out.
fn code(verb: &str) -> Option<(usize, (&'static str, &'static str))> {
    if verb.is_empty() {
        return Some((CODES.len(), HELD));
    }
    let rank = CODES.iter().position(|(known, ..)| *known == verb)?;
    // Verbs of one meaning share their letters and their place.
    let first = CODES.iter().position(|(_, letters, _)| *letters == CODES[rank].1).unwrap_or(rank);
    Some((first, (CODES[rank].1, CODES[rank].2)))
}

fn ordered(mut cell: Vec<(usize, Mark)>) -> Vec<Mark> {
    cell.sort_by(|one, other| (one.0, &one.1.permission).cmp(&(other.0, &other.1.permission)));
    cell.into_iter().map(|(_, mark)| mark).collect()
}
