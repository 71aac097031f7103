//! What a user may set: the section `connectPolicy` of an editor's settings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use connect_policy_ide::{Finding, Scope, Severity, rules as known_rules};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value};

use crate::config::loaded::LoadedConfig;
use crate::level::{Level, rule_level, severity};

/// The section's name in an editor's settings.
pub const SECTION: &str = "connectPolicy";

/// The settings, complete: what is not set has its default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The least severity that is shown.
    level: Severity,
    /// Levels by rule.
    rules: BTreeMap<String, Level>,
    /// The rules that are shown; `None` for all.
    only: Option<BTreeSet<&'static str>>,
    /// Of which policies rules speak.
    pub scope: Scope,
    /// Whether hints are shown beside entries.
    pub inlay_hints: bool,
    /// Whether lenses are shown above statements and profiles.
    pub code_lenses: bool,
    /// Whether workspace diagnostics include closed files.
    pub check_workspace: bool,
    /// Whether keys are completed.
    pub complete_keys: bool,
    /// Whether syntax errors of JSON files are reported, which editors do themselves.
    pub json_syntax: bool,
    /// Whether the server ends when the process that the client named is gone.
    pub watch_parent: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            level: Severity::Hint,
            rules: BTreeMap::new(),
            only: None,
            scope: Scope::Connect,
            inlay_hints: true,
            code_lenses: true,
            check_workspace: false,
            complete_keys: true,
            json_syntax: false,
            watch_parent: true,
        }
    }
}

/// The section as an editor writes it. A value that is not accepted is reported with what its type says about it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Section {
    #[serde(deserialize_with = "set")]
    level: Option<LeastLevel>,
    #[serde(deserialize_with = "set")]
    rules: Option<RuleLevels>,
    #[serde(deserialize_with = "set")]
    scope: Option<PolicyScope>,
    #[serde(deserialize_with = "set")]
    inlay_hints: Option<Switch>,
    #[serde(deserialize_with = "set")]
    code_lenses: Option<Switch>,
    #[serde(deserialize_with = "set")]
    check_workspace: Option<Switch>,
    #[serde(deserialize_with = "set")]
    complete_keys: Option<Switch>,
    #[serde(deserialize_with = "set")]
    watch_parent: Option<Switch>,
    /// The editor's own: where the program is.
    #[serde(rename = "server")]
    _server: Value,
    /// The editor's own: how much of the protocol is logged.
    #[serde(rename = "trace")]
    _trace: Value,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Settings {
    /// Reads the section, given bare or below its name, and reports what of it is not understood; the rest has its effect.
    pub fn read(value: &Value) -> (Settings, Vec<String>) {
        let mut settings = Settings::default();
        let mut complaints = Vec::new();
        match value.get(SECTION).unwrap_or(value) {
            Value::Object(fields) => {
                for (name, value) in fields {
                    settings.set(name, value, &mut complaints);
                }
            }
            Value::Null => {}
            _ => complaints.push(format!("`{SECTION}` must be an object")),
        }
        (settings, complaints)
    }

    /// Sets one field. One after another: serde reads all of a section or nothing.
    fn set(&mut self, name: &str, value: &Value, complaints: &mut Vec<String>) {
        let field = Value::Object(Map::from_iter([(name.to_owned(), value.clone())]));
        let section = match serde_json::from_value(field) {
            Ok(section) => section,
            Err(expected) => {
                let path = if name == "scope" { "scope.policies" } else { name };
                return complaints.push(format!("`{SECTION}.{path}` must {expected}"));
            }
        };
        let Section {
            level,
            rules,
            scope,
            inlay_hints,
            code_lenses,
            check_workspace,
            complete_keys,
            watch_parent,
            _server,
            _trace,
            unknown,
        } = section;
        self.level = level.map_or(self.level, |LeastLevel(level)| level);
        self.scope = scope.map_or(self.scope, |PolicyScope(scope)| scope);
        self.inlay_hints = inlay_hints.map_or(self.inlay_hints, |Switch(is_on)| is_on);
        self.code_lenses = code_lenses.map_or(self.code_lenses, |Switch(is_on)| is_on);
        self.check_workspace = check_workspace.map_or(self.check_workspace, |Switch(is_on)| is_on);
        self.complete_keys = complete_keys.map_or(self.complete_keys, |Switch(is_on)| is_on);
        self.watch_parent = watch_parent.map_or(self.watch_parent, |Switch(is_on)| is_on);
        for RuleLevel { rule, level } in rules.into_iter().flat_map(|RuleLevels(levels)| levels) {
            if !known_rules().iter().any(|known| known.code == rule) {
                complaints.push(format!("`{SECTION}.rules`: unknown rule `{rule}`"));
            }
            match level {
                Some(level) => drop(self.rules.insert(rule, level)),
                None => complaints.push(format!("`{SECTION}.rules.{rule}` must be `off`, `hint`, `information`, `warning` or `error`")),
            }
        }
        complaints.extend(unknown.keys().map(|name| format!("unknown setting `{SECTION}.{name}`")));
    }

    /// Settings that show everything from a severity on, to a person who has no editor that shows syntax errors.
    pub fn at_level(level: Severity) -> Settings {
        Settings { level, json_syntax: true, ..Settings::default() }
    }

    /// These settings with the findings of these rules only, whatever a configuration says of others.
    #[must_use]
    pub fn with_only(self, rules: BTreeSet<&'static str>) -> Settings {
        Settings { only: Some(rules), ..self }
    }

    /// These settings for a document, by its absolute path, under a configuration: what that says takes precedence.
    #[must_use]
    pub fn with_config(&self, config: &LoadedConfig, document: &Path) -> Settings {
        let mut settings = self.clone();
        settings.rules.extend(config.levels(document).into_iter().map(|(rule, level)| (rule.to_owned(), level)));
        settings.scope = config.options.scope.policies.map_or(settings.scope, Scope::from);
        settings.inlay_hints = config.options.editor.inlay_hints.unwrap_or(settings.inlay_hints);
        settings.code_lenses = config.options.editor.code_lenses.unwrap_or(settings.code_lenses);
        settings.complete_keys = config.options.editor.complete_keys.unwrap_or(settings.complete_keys);
        settings
    }

    /// The findings that are to be shown, at the levels that are set.
    pub fn apply(&self, findings: &[Finding]) -> Vec<Finding> {
        findings.iter().filter_map(|finding| self.applied(finding.clone())).collect()
    }

    /// One finding at the level that is set, or nothing if it is not to be shown.
    pub fn applied(&self, mut finding: Finding) -> Option<Finding> {
        if self.only.as_ref().is_some_and(|rules| !rules.contains(finding.rule)) {
            return None;
        }
        match self.rules.get(finding.rule) {
            Some(Level::Off) => return None,
            Some(Level::At(severity)) => finding.severity = *severity,
            None => {}
        }
        (finding.severity <= self.level).then_some(finding)
    }
}

/// A value that is there, be it `null`.
fn set<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads a value by a function; what is expected instead is the error.
fn read<'de, D: Deserializer<'de>, T>(deserializer: D, accept: impl Fn(&Value) -> Option<T>, expected: &str) -> Result<T, D::Error> {
    accept(&Value::deserialize(deserializer)?).ok_or_else(|| D::Error::custom(expected))
}

#[derive(Debug)]
struct LeastLevel(Severity);

impl<'de> Deserialize<'de> for LeastLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LeastLevel, D::Error> {
        read(deserializer, |value| value.as_str().and_then(severity).map(LeastLevel), "be `error`, `warning`, `information` or `hint`")
    }
}

#[derive(Debug)]
struct Switch(bool);

impl<'de> Deserialize<'de> for Switch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Switch, D::Error> {
        read(deserializer, |value| value.as_bool().map(Switch), "be `true` or `false`")
    }
}

#[derive(Debug)]
struct PolicyScope(Scope);

impl<'de> Deserialize<'de> for PolicyScope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PolicyScope, D::Error> {
        let scope = |value: &Value| match value.get("policies")?.as_str()? {
            "connect" => Some(PolicyScope(Scope::Connect)),
            "all" => Some(PolicyScope(Scope::All)),
            _ => None,
        };
        read(deserializer, scope, "be `connect` or `all`")
    }
}

/// Levels by rule, also of rules that do not exist.
#[derive(Debug)]
struct RuleLevels(Vec<RuleLevel>);

#[derive(Debug)]
struct RuleLevel {
    rule: String,
    /// `None` if it is not a level.
    level: Option<Level>,
}

impl<'de> Deserialize<'de> for RuleLevels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleLevels, D::Error> {
        let one = |(rule, level): (&String, &Value)| RuleLevel { rule: rule.clone(), level: level.as_str().and_then(rule_level) };
        let levels = |value: &Value| Some(RuleLevels(value.as_object()?.iter().map(one).collect()));
        read(deserializer, levels, "map rule names to levels")
    }
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

    #[test]
    fn each_wrong_value_has_its_complaint() {
        let section = json!({
            "checkWorkspace": "yes", "codeLenses": 1, "completeKeys": "on", "inlayHints": null, "watchParent": "no", "level": "off", "trace": {"server": "off"},
            "rules": {"full-access": "loud", "no-such-rule": "off"}, "scope": {"policies": "some"}, "colour": "red",
        });
        let mut complaints = Settings::read(&section).1;
        complaints.sort();
        assert_eq!(
            complaints,
            [
                "`connectPolicy.checkWorkspace` must be `true` or `false`",
                "`connectPolicy.codeLenses` must be `true` or `false`",
                "`connectPolicy.completeKeys` must be `true` or `false`",
                "`connectPolicy.inlayHints` must be `true` or `false`",
                "`connectPolicy.level` must be `error`, `warning`, `information` or `hint`",
                "`connectPolicy.rules.full-access` must be `off`, `hint`, `information`, `warning` or `error`",
                "`connectPolicy.rules`: unknown rule `no-such-rule`",
                "`connectPolicy.scope.policies` must be `connect` or `all`",
                "`connectPolicy.watchParent` must be `true` or `false`",
                "unknown setting `connectPolicy.colour`",
            ]
        );
        assert_eq!(Settings::read(&json!({"rules": []})).1, ["`connectPolicy.rules` must map rule names to levels"]);
        let set = json!({"connectPolicy": {"checkWorkspace": true, "codeLenses": false, "completeKeys": false, "inlayHints": false, "scope": {"policies": "all", "more": 1}}});
        let (settings, complaints) = Settings::read(&set);
        assert_eq!(complaints, [] as [String; 0]);
        assert_eq!(
            settings,
            Settings {
                check_workspace: true,
                code_lenses: false,
                complete_keys: false,
                inlay_hints: false,
                scope: Scope::All,
                ..Settings::default()
            }
        );
    }
}
