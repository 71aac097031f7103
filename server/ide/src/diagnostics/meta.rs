//! What is known of a rule without running it: its id, level, group and page.

use crate::finding::Severity;

/// The declaration of a rule.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RuleMeta {
    /// Its id, as settings and ignore comments write it.
    pub code: &'static str,
    /// One line on what it reports.
    pub summary: &'static str,
    /// Its level unless a place or a setting changes it.
    pub severity: Severity,
    /// The group that it belongs to.
    pub group: RuleGroup,
    /// What it looks at, one at a time.
    pub unit: RuleUnit,
    /// Whether its findings are risks, which reports list.
    pub is_risk: bool,
    /// Whether its findings come with fixes.
    pub fixes: FixAvailability,
    /// The page as its doc comment has it, with a space before each line.
    pub(super) page: &'static str,
}

impl RuleMeta {
    /// Its page, in Markdown: what, why, example, instead.
    pub fn page(&self) -> String {
        let lines = self.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// What a rule is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum RuleGroup {
    /// The spelling and existence of names.
    Names,
    /// The form of statements, policies and profiles.
    Shape,
    /// What entries, resources and conditions mean together.
    Meaning,
    /// What is dangerous to grant.
    Risk,
    /// Our own comments and configuration.
    Own,
}

/// What a rule looks at, one at a time. Rules do not run in documents that have nothing of the kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum RuleUnit {
    /// An entry of a list of actions or permissions, with what holds it.
    Entry,
    /// All entries of a list.
    List,
    /// A statement of a policy about Amazon Connect, with the policy's kind.
    Statement,
    /// A policy about Amazon Connect.
    Policy,
    /// A security profile.
    Profile,
    /// The whole document.
    Document,
}

/// Whether the findings of a rule come with fixes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum FixAvailability {
    /// None of them does.
    Never,
    /// Some of them do.
    Sometimes,
    /// All of them do.
    Always,
}

/// A rule's id from the name of its declaration: `UNKNOWN_ACTION` becomes `unknown-action`.
pub(super) const fn code<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let name = name.as_bytes();
    let mut code = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        code[at] = if name[at] == b'_' { b'-' } else { name[at].to_ascii_lowercase() };
        at += 1;
    }
    code
}
