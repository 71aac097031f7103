//! The keys of `connect-policy.toml`. What is written about them here is what an editor shows at them: the JSON schema is made
//! from these types.
//!
//! The order of fields is the order in which messages list keys.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use connect_policy_ide::{Scope, rules};
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::config::globs::PathGlobs;
use crate::config::lenient::{Kept, Located, Tables, kept, kept_list};
use crate::level::Level;

/// The file's name.
pub const FILE_NAME: &str = "connect-policy.toml";

/// Settings of a project, used by the checker and by editors
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Options {
    /// Additions to the built-in catalog
    #[serde(default, deserialize_with = "kept")]
    pub catalog: CatalogOptions,
    /// Level of each rule
    #[serde(default, deserialize_with = "kept")]
    pub rules: RuleLevels,
    /// Files to check
    #[serde(default, deserialize_with = "kept")]
    pub files: FileOptions,
    /// Other levels for some paths; the last entry with a rule takes precedence
    #[serde(default, deserialize_with = "kept", rename = "override")]
    pub overrides: Tables<Override>,
    /// Policies to check
    #[serde(default, deserialize_with = "kept")]
    pub scope: ScopeOptions,
    /// What editors display
    #[serde(default, deserialize_with = "kept")]
    pub editor: EditorOptions,
}

/// Additions to the built-in catalog
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CatalogOptions {
    /// Names of additional security profile permissions
    #[serde(default, deserialize_with = "kept_list")]
    pub permissions: Vec<PermissionName>,
    /// Additional actions in the form `service:Action`
    #[serde(default, deserialize_with = "kept_list")]
    pub actions: Vec<ActionName>,
    /// Paths of JSON files with permission names, relative to this file
    #[serde(default, deserialize_with = "kept_list")]
    pub permissions_from: Vec<Located<PathBuf>>,
    /// Paths of JSON files in the service reference format from AWS, relative to this file
    #[serde(default, deserialize_with = "kept_list")]
    pub service_reference: Vec<Located<PathBuf>>,
}

/// Files to check
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FileOptions {
    /// Globs of files to ignore
    #[serde(default, deserialize_with = "kept")]
    pub exclude: PathGlobs,
}

/// Other levels for some paths
#[derive(Clone, Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Globs of the files to which the levels apply
    #[serde(deserialize_with = "kept")]
    pub paths: PathGlobs,
    /// Level of each rule for these files
    #[serde(deserialize_with = "kept")]
    pub rules: RuleLevels,
}

/// Policies to check
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScopeOptions {
    /// `connect`: Amazon Connect policies only; `all`: all IAM policies
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(with = "serde_json::Value", extend("enum" = ["connect", "all"], "default" = "connect")))]
    pub policies: Option<PolicyScope>,
}

/// What editors display
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EditorOptions {
    /// Show inlay hints: the number of actions a wildcard matches, and permission labels
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(extend("type" = "boolean", "default" = true)))]
    pub inlay_hints: Option<bool>,
    /// Show code lenses: console tasks above statements, a summary above security profiles
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(extend("type" = "boolean", "default" = true)))]
    pub code_lenses: Option<bool>,
    /// Complete keys such as `Action` and `Properties`; turn off if another language server does
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(extend("type" = "boolean", "default" = true)))]
    pub complete_keys: Option<bool>,
}

/// The policies of which rules speak.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyScope {
    /// Those about Amazon Connect.
    Connect,
    /// All.
    All,
}

impl From<PolicyScope> for Scope {
    fn from(scope: PolicyScope) -> Scope {
        match scope {
            PolicyScope::Connect => Scope::Connect,
            PolicyScope::All => Scope::All,
        }
    }
}

/// The name of a permission.
#[derive(Clone, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct PermissionName(pub String);

impl TryFrom<String> for PermissionName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<PermissionName, &'static str> {
        if name.trim().is_empty() { Err("permission names must not be empty") } else { Ok(PermissionName(name)) }
    }
}

/// An action with its prefix, which is not a pattern.
#[derive(Clone, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct ActionName(pub String);

impl TryFrom<String> for ActionName {
    type Error = String;

    fn try_from(name: String) -> Result<ActionName, String> {
        let is_action = connect_policy_catalog::Overlay::default().add_action(&name, &"".into());
        if is_action { Ok(ActionName(name)) } else { Err(format!("`{name}` is not in the form `service:Action`")) }
    }
}

/// Levels by rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleLevels(pub BTreeMap<&'static str, Level>);

impl<'de> Deserialize<'de> for RuleLevels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleLevels, D::Error> {
        struct Levels;

        impl<'de> Visitor<'de> for Levels {
            type Value = RuleLevels;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("levels by rule")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleLevels, A::Error> {
                let mut levels = BTreeMap::new();
                while let Some(Kept(rule)) = map.next_key::<Kept<RuleId>>()? {
                    let Some(RuleId(rule)) = rule else {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    if let Kept(Some(level)) = map.next_value::<Kept<LevelName>>()? {
                        levels.insert(rule, level.into());
                    }
                }
                Ok(RuleLevels(levels))
            }
        }

        deserializer.deserialize_map(Levels)
    }
}

/// The id of a rule.
struct RuleId(&'static str);

/// The ids of all rules.
static RULE_IDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rules().iter().map(|rule| rule.code).collect());

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleId, D::Error> {
        struct Id;

        impl<'de> Visitor<'de> for Id {
            type Value = RuleId;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the id of a rule")
            }

            fn visit_enum<A: de::EnumAccess<'de>>(self, access: A) -> Result<RuleId, A::Error> {
                let (id, _) = access.variant::<String>()?;
                let known = RULE_IDS.iter().find(|known| **known == id);
                known.copied().map(RuleId).ok_or_else(|| de::Error::unknown_variant(&id, &RULE_IDS))
            }
        }

        // The name is that of the kind of thing, for messages.
        deserializer.deserialize_enum("rule", &RULE_IDS, Id)
    }
}

/// A level as it is written.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LevelName {
    Off,
    Hint,
    Information,
    Warning,
    Error,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Level {
        use connect_policy_ide::Severity;
        match name {
            LevelName::Off => Level::Off,
            LevelName::Hint => Level::At(Severity::Hint),
            LevelName::Information => Level::At(Severity::Information),
            LevelName::Warning => Level::At(Severity::Warning),
            LevelName::Error => Level::At(Severity::Error),
        }
    }
}

#[cfg(test)]
mod tests;
