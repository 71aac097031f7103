//! Security profiles side by side: a row for each group of permissions, a column for each profile, letters for the verbs.

use std::collections::BTreeMap;

use connect_policy_catalog::Catalog;

use super::ProfileReport;

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
    /// Whether it deserves a second look.
    pub is_risky: bool,
    /// Whether it takes something away from its holder.
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
const HELD: (&str, &str) = ("✓", "held");

const NO_SECTION: &str = "In no section of the console";

impl Matrix {
    pub(super) fn of(profiles: &[ProfileReport], catalog: &Catalog) -> Matrix {
        let relates = |kind: &str, name: &str| catalog.relations().iter().any(|one| one.kind == kind && one.from.contains(&name));
        // Sections by their order, what is in none at the end; in them groups by name.
        let mut sections: BTreeMap<(bool, &str), BTreeMap<&str, Vec<Vec<(usize, Mark)>>>> = BTreeMap::new();
        let mut legend: Vec<(usize, (&'static str, &'static str))> = Vec::new();
        for (column, profile) in profiles.iter().enumerate() {
            for name in &profile.permissions {
                let section = catalog.permission(name).and_then(|permission| permission.section);
                let (group, verb) = name.rsplit_once('.').unwrap_or((name, ""));
                let (rank, code) = code(verb);
                if let Some((rank, entry)) = rank.zip(code.1).map(|(rank, what)| (rank, (code.0, what))) {
                    if !legend.iter().any(|(_, known)| *known == entry) {
                        legend.push((rank, entry));
                    }
                }
                let mark = Mark {
                    code: code.0.to_owned(),
                    permission: name.clone(),
                    is_risky: relates("risky", name),
                    restricts: relates("restricts", name),
                };
                let mark = if code.0.is_empty() { Mark { code: verb.to_owned(), ..mark } } else { mark };
                let row = sections.entry((section.is_none(), section.unwrap_or(NO_SECTION))).or_default().entry(group).or_default();
                row.resize_with(profiles.len(), Vec::new);
                row[column].push((rank.unwrap_or(usize::MAX), mark));
            }
        }
        legend.sort_unstable();
        let rows = |groups: BTreeMap<&str, Vec<Vec<(usize, Mark)>>>| {
            let row = |(group, cells): (&str, Vec<Vec<(usize, Mark)>>)| Row {
                group: group.to_owned(),
                cells: cells.into_iter().map(ordered).collect(),
            };
            groups.into_iter().map(row).collect()
        };
        let sections = sections.into_iter().map(|((_, title), groups)| Section { title: title.to_owned(), rows: rows(groups) }).collect();
        Matrix { sections, legend: legend.into_iter().map(|(_, entry)| entry).collect() }
    }
}

/// A verb's rank, letters and meaning; no letters for a verb that is written out.
fn code(verb: &str) -> (Option<usize>, (&'static str, Option<&'static str>)) {
    if verb.is_empty() {
        return (Some(CODES.len()), (HELD.0, Some(HELD.1)));
    }
    match CODES.iter().position(|(known, ..)| *known == verb) {
        Some(at) => (Some(at), (CODES[at].1, Some(CODES[at].2))),
        None => (None, ("", None)),
    }
}

fn ordered(mut cell: Vec<(usize, Mark)>) -> Vec<Mark> {
    cell.sort_by(|one, other| (one.0, &one.1.permission).cmp(&(other.0, &other.1.permission)));
    cell.into_iter().map(|(_, mark)| mark).collect()
}
