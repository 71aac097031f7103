//! What a user may set: the section `connectPolicy`.

use std::collections::BTreeMap;
use std::path::Path;

use connect_policy_ide::{Finding, Scope, Severity, rules};
use serde_json::{Map, Value};

use crate::config::Loaded;

/// The section's name in an editor's settings.
pub(crate) const SECTION: &str = "connectPolicy";

/// The settings, complete: what is not set has its default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Settings {
    /// The least severity that is shown.
    level: Severity,
    /// Levels by rule.
    rules: BTreeMap<String, Level>,
    /// Of which policies rules speak.
    pub(crate) scope: Scope,
    /// Whether hints are shown beside entries.
    pub(crate) inlay_hints: bool,
    /// Whether lenses are shown above statements and profiles.
    pub(crate) code_lenses: bool,
    /// Whether the server ends when the process that the client named is gone.
    pub(crate) watch_parent: bool,
}

/// What becomes of a rule's findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Level {
    Off,
    At(Severity),
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            level: Severity::Hint,
            rules: BTreeMap::new(),
            scope: Scope::Connect,
            inlay_hints: true,
            code_lenses: true,
            watch_parent: true,
        }
    }
}

impl Settings {
    /// Reads the section, given bare or below its name, and says what of it was not understood.
    pub(crate) fn read(value: &Value) -> (Settings, Vec<String>) {
        let mut settings = Settings::default();
        let mut complaints = Vec::new();
        match value.get(SECTION).unwrap_or(value) {
            Value::Object(fields) => settings.take(fields, &mut complaints),
            Value::Null => {}
            _ => complaints.push(format!("`{SECTION}` must be an object")),
        }
        (settings, complaints)
    }

    fn take(&mut self, fields: &Map<String, Value>, complaints: &mut Vec<String>) {
        for (name, value) in fields {
            match name.as_str() {
                "level" => match value.as_str().and_then(severity) {
                    Some(level) => self.level = level,
                    None => complaints.push(format!("`{SECTION}.level` must be error, warning, information or hint")),
                },
                "rules" => self.take_rules(value, complaints),
                "watchParent" | "inlayHints" | "codeLenses" => match (value.as_bool(), name.as_str()) {
                    (Some(watch), "watchParent") => self.watch_parent = watch,
                    (Some(shown), "inlayHints") => self.inlay_hints = shown,
                    (Some(shown), _) => self.code_lenses = shown,
                    (None, _) => complaints.push(format!("`{SECTION}.{name}` must be true or false")),
                },
                // The editor's own: where the program is, how much of the protocol is logged.
                "server" | "trace" => {}
                "scope" => match value.get("policies").and_then(Value::as_str) {
                    Some("connect") => self.scope = Scope::Connect,
                    Some("all") => self.scope = Scope::All,
                    _ => complaints.push(format!("`{SECTION}.scope.policies` must be connect or all")),
                },
                _ => complaints.push(format!("`{SECTION}.{name}` is no setting of this version")),
            }
        }
    }

    fn take_rules(&mut self, value: &Value, complaints: &mut Vec<String>) {
        let Some(levels) = value.as_object() else {
            complaints.push(format!("`{SECTION}.rules` must be an object of levels by rule"));
            return;
        };
        for (rule, level) in levels {
            if !rules().iter().any(|known| known.code == rule) {
                complaints.push(format!("`{SECTION}.rules`: no rule is named `{rule}`"));
            }
            match level.as_str().and_then(rule_level) {
                Some(level) => {
                    self.rules.insert(rule.clone(), level);
                }
                None => complaints.push(format!("`{SECTION}.rules.{rule}` must be off, hint, information, warning or error")),
            }
        }
    }

    /// Settings that show everything from a severity on.
    pub(crate) fn at_level(level: Severity) -> Settings {
        Settings { level, ..Settings::default() }
    }

    /// These settings for a document that a toml rules: what the toml says goes before what they say.
    #[must_use]
    pub(crate) fn ruled_by(&self, config: &Loaded, document: &Path) -> Settings {
        let mut settings = self.clone();
        settings.rules.extend(config.levels(document));
        settings.scope = config.config.scope.unwrap_or(settings.scope);
        settings.inlay_hints = config.config.inlay_hints.unwrap_or(settings.inlay_hints);
        settings.code_lenses = config.config.code_lenses.unwrap_or(settings.code_lenses);
        settings
    }

    /// The findings that are to be shown, at the levels that are set.
    pub(crate) fn apply(&self, findings: &[Finding]) -> Vec<Finding> {
        findings.iter().filter_map(|finding| self.applied(finding.clone())).collect()
    }

    /// One finding at the level that is set, or nothing where it is not to be shown.
    pub(crate) fn applied(&self, mut finding: Finding) -> Option<Finding> {
        match self.rules.get(finding.rule) {
            Some(Level::Off) => return None,
            Some(Level::At(severity)) => finding.severity = *severity,
            None => {}
        }
        (finding.severity <= self.level).then_some(finding)
    }
}

/// A severity by its name.
pub(crate) fn severity(name: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint].into_iter().find(|severity| severity.name() == name)
}

/// The words for levels, as settings take them.
pub(crate) const LEVELS: &[&str] = &["off", "hint", "information", "warning", "error"];

/// A level by its word.
pub(crate) fn rule_level(name: &str) -> Option<Level> {
    if name == "off" { Some(Level::Off) } else { severity(name).map(Level::At) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn finding(rule: &'static str, severity: Severity) -> Finding {
        Finding::new(rule, severity, 0..1, String::new())
    }

    fn shown(settings: Value) -> Vec<(&'static str, Severity)> {
        let (settings, _) = Settings::read(&settings);
        let findings = [finding("a", Severity::Warning), finding("b", Severity::Hint)];
        settings.apply(&findings).into_iter().map(|finding| (finding.rule, finding.severity)).collect()
    }

    #[test]
    fn everything_is_shown_unless_told_otherwise() {
        assert_eq!(shown(Value::Null), [("a", Severity::Warning), ("b", Severity::Hint)]);
        assert_eq!(shown(json!({"level": "warning"})), [("a", Severity::Warning)]);
        assert_eq!(shown(json!({"connectPolicy": {"level": "error"}})), []);
    }

    #[test]
    fn a_rule_is_set_before_the_least_level_is_asked() {
        assert_eq!(shown(json!({"level": "warning", "rules": {"a": "off", "b": "error"}})), [("b", Severity::Error)]);
    }

    #[test]
    fn what_is_not_understood_is_said_and_the_rest_holds() {
        let (settings, complaints) = Settings::read(&json!({"level": 3, "colour": "red", "watchParent": false, "server": {"path": ""}}));
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert_eq!(settings, Settings { watch_parent: false, ..Settings::default() });
        assert_eq!(Settings::read(&json!([])).1.len(), 1);
    }
}
