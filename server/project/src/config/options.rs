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

/// What a project settles for everybody who works on it, in the editor and in CI alike.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Options {
    /// What the project knows besides what ships.
    #[serde(default, deserialize_with = "kept")]
    pub catalog: CatalogOptions,
    /// Levels by rule.
    #[serde(default, deserialize_with = "kept")]
    pub rules: RuleLevels,
    /// Which files are read.
    #[serde(default, deserialize_with = "kept")]
    pub files: FileOptions,
    /// Other levels for some paths; the last that speaks of a rule holds.
    #[serde(default, deserialize_with = "kept", rename = "override")]
    pub overrides: Tables<Override>,
    /// Of which policies rules speak.
    #[serde(default, deserialize_with = "kept")]
    pub scope: ScopeOptions,
    /// What an editor shows beside the text.
    #[serde(default, deserialize_with = "kept")]
    pub editor: EditorOptions,
}

/// What the project knows besides what ships.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CatalogOptions {
    /// Names of security-profile permissions that exist.
    #[serde(default, deserialize_with = "kept_list")]
    pub permissions: Vec<PermissionName>,
    /// Actions that exist, each as `service:Action`.
    #[serde(default, deserialize_with = "kept_list")]
    pub actions: Vec<ActionName>,
    /// JSON files with names of permissions, relative to this file.
    #[serde(default, deserialize_with = "kept_list")]
    pub permissions_from: Vec<Located<PathBuf>>,
    /// JSON files of AWS's service reference, relative to this file.
    #[serde(default, deserialize_with = "kept_list")]
    pub service_reference: Vec<Located<PathBuf>>,
}

/// Which files are read.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FileOptions {
    /// Globs of files that are left out.
    #[serde(default, deserialize_with = "kept")]
    pub exclude: PathGlobs,
}

/// Other levels for some paths.
#[derive(Clone, Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Globs of the files that it is for.
    #[serde(deserialize_with = "kept")]
    pub paths: PathGlobs,
    /// Levels by rule, for these files.
    #[serde(deserialize_with = "kept")]
    pub rules: RuleLevels,
}

/// Of which policies rules speak.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScopeOptions {
    /// `connect`: policies that are about Amazon Connect; `all`: every policy.
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(with = "serde_json::Value", extend("enum" = ["connect", "all"], "default" = "connect")))]
    pub policies: Option<PolicyScope>,
}

/// What an editor shows beside the text.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EditorOptions {
    /// How many actions a wildcard takes in, and a permission's label.
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(extend("type" = "boolean", "default" = true)))]
    pub inlay_hints: Option<bool>,
    /// Which console tasks a statement grants, and what a profile holds.
    #[serde(default, deserialize_with = "kept")]
    #[cfg_attr(test, schemars(extend("type" = "boolean", "default" = true)))]
    pub code_lenses: Option<bool>,
    /// Whether keys are completed, such as `Action` and `Properties`; turn it off if another language server completes them.
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
        if name.trim().is_empty() { Err("a permission has a name") } else { Ok(PermissionName(name)) }
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
        if is_action { Ok(ActionName(name)) } else { Err(format!("`{name}` is not of the form `service:Action`")) }
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
