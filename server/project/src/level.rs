//! The level at which a rule's findings are shown.

use connect_policy_ide::Severity;

/// The level that a user sets for a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// The rule's findings are not shown.
    Off,
    /// The rule's findings are shown at this severity.
    At(Severity),
}

/// The names of the levels, as settings and configuration write them.
pub const LEVELS: &[&str] = &["off", "hint", "information", "warning", "error"];

/// A severity by its name.
pub fn severity(name: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint].into_iter().find(|severity| severity.name() == name)
}

/// A level by its name.
pub fn rule_level(name: &str) -> Option<Level> {
    if name == "off" { Some(Level::Off) } else { severity(name).map(Level::At) }
}
