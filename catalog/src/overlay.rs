//! What a workspace adds to the shipped facts: names of its own, the permission list of its own instance, AWS's newer
//! service reference.
//!
//! The readers here take text and give a value or an [`OverlayError`] that names field and line; which files are read, and
//! when, is decided elsewhere.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Access;

/// An action that a workspace knows besides the shipped ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddedAction {
    /// The full name.
    pub name: String,
    /// What it does, where the list tells.
    pub access: Option<Access>,
    /// The resource types that it works on, where the list tells.
    pub resources: Vec<String>,
    /// Its condition keys, where the list tells.
    pub conditions: Vec<String>,
    /// Which list has it, as a person named it: a file, or the setting itself.
    pub origin: Arc<str>,
}

impl AddedAction {
    /// The prefix of its service.
    pub fn prefix(&self) -> &str {
        self.name.split_once(':').map_or("", |(prefix, _)| prefix)
    }
}

/// A permission of a workspace's own list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddedPermission {
    /// The API's name.
    pub name: String,
    /// Which list has it, as a person named it: a file, or the setting itself.
    pub origin: Arc<str>,
}

/// What a workspace adds. Of a name that is added twice the first stays.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overlay {
    /// By full name in lower case, as IAM compares.
    actions: BTreeMap<String, Arc<AddedAction>>,
    /// By name, letter by letter.
    permissions: BTreeMap<String, Arc<AddedPermission>>,
}

impl Overlay {
    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.permissions.is_empty()
    }

    /// Adds an action by its full name; `false` where the name is not of the form `service:Action`.
    pub fn add_action(&mut self, name: &str, origin: &Arc<str>) -> bool {
        if !is_action_name(name) {
            return false;
        }
        self.add(AddedAction {
            name: name.to_owned(),
            access: None,
            resources: Vec::new(),
            conditions: Vec::new(),
            origin: Arc::clone(origin),
        });
        true
    }

    /// Adds all actions of a service reference.
    pub fn add_service_reference(&mut self, reference: &ServiceReference, origin: &Arc<str>) {
        for action in &reference.actions {
            self.add(AddedAction {
                name: format!("{}:{}", reference.name, action.name),
                access: action.access(),
                resources: action.resources.iter().map(|resource| resource.name.clone()).collect(),
                conditions: action.conditions.clone(),
                origin: Arc::clone(origin),
            });
        }
    }

    fn add(&mut self, action: AddedAction) {
        self.actions.entry(action.name.to_ascii_lowercase()).or_insert_with(|| Arc::new(action));
    }

    /// Adds permissions.
    pub fn add_permissions<N: AsRef<str>>(&mut self, names: impl IntoIterator<Item = N>, origin: &Arc<str>) {
        for name in names {
            let name = name.as_ref();
            let added = || Arc::new(AddedPermission { name: name.to_owned(), origin: Arc::clone(origin) });
            self.permissions.entry(name.to_owned()).or_insert_with(added);
        }
    }

    /// Leaves out the actions for which this does not hold.
    pub(crate) fn retain_actions(&mut self, mut keeps: impl FnMut(&AddedAction) -> bool) {
        self.actions.retain(|_, action| keeps(action));
    }

    pub(crate) fn action(&self, name: &str) -> Option<&Arc<AddedAction>> {
        // Most workspaces add nothing, and this is asked for every wrong name.
        if self.actions.is_empty() { None } else { self.actions.get(&name.to_ascii_lowercase()) }
    }

    pub(crate) fn actions(&self) -> impl Iterator<Item = &Arc<AddedAction>> {
        self.actions.values()
    }

    pub(crate) fn permission(&self, name: &str) -> Option<&Arc<AddedPermission>> {
        self.permissions.get(name)
    }

    pub(crate) fn permissions(&self) -> impl Iterator<Item = &Arc<AddedPermission>> {
        self.permissions.values()
    }
}

/// Whether a text has the form of an action's full name, without any wildcard.
fn is_action_name(text: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    text.split_once(':').is_some_and(|(prefix, name)| is_word(prefix) && is_word(name))
}

/// AWS's machine-readable reference of one service, as far as it is used here.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceReference {
    /// The prefix of its actions.
    pub name: String,
    /// Its actions.
    pub actions: Vec<ReferenceAction>,
    /// Its resource types.
    #[serde(default)]
    pub resources: Vec<ReferenceResource>,
    /// Its condition keys.
    #[serde(default)]
    pub condition_keys: Vec<ReferenceKey>,
}

/// An action of a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceAction {
    /// The name without prefix.
    pub name: String,
    /// Its condition keys.
    #[serde(default, rename = "ActionConditionKeys")]
    pub conditions: Vec<String>,
    /// The resource types that it works on.
    #[serde(default)]
    pub resources: Vec<ReferenceName>,
    /// What else is said of it.
    #[serde(default)]
    pub annotations: Option<Annotations>,
}

/// A name in a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceName {
    /// The name.
    pub name: String,
}

/// A resource type of a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceResource {
    /// The type's name.
    pub name: String,
    /// Its ARNs.
    #[serde(default, rename = "ARNFormats")]
    pub arns: Vec<String>,
    /// The condition keys that it brings.
    #[serde(default)]
    pub condition_keys: Vec<String>,
}

/// A condition key of a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceKey {
    /// The key.
    pub name: String,
    /// The types of its value.
    #[serde(default)]
    pub types: Vec<String>,
}

/// What is said of an action besides its name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Annotations {
    /// What it does, as flags.
    #[serde(default)]
    pub properties: Properties,
}

/// What an action does, as flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "AWS's own shape")]
pub struct Properties {
    is_list: bool,
    is_permission_management: bool,
    is_tagging_only: bool,
    is_write: bool,
}

impl ReferenceAction {
    /// The access level that the flags stand for, where there are any.
    pub fn access(&self) -> Option<Access> {
        let flags = self.annotations.as_ref()?.properties;
        Some(if flags.is_permission_management {
            Access::PermissionsManagement
        } else if flags.is_tagging_only {
            Access::Tagging
        } else if flags.is_write {
            Access::Write
        } else if flags.is_list {
            Access::List
        } else {
            Access::Read
        })
    }
}

/// Why a list could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OverlayError {
    /// The field, `Actions[3].Name`; empty where the text is no JSON at all.
    pub field: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for OverlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.field.is_empty() {
            write!(f, "`{}`: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for OverlayError {}

/// Reads the output of `aws connect list-security-profile-permissions`: `{"Permissions": […]}`, or the bare list.
pub fn read_permission_list(text: &str) -> Result<Vec<String>, OverlayError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Output {
        permissions: Vec<String>,
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('[') { read(text) } else { read(text).map(|output: Output| output.permissions) }
}

/// Reads AWS's machine-readable reference of one service.
pub fn read_service_reference(text: &str) -> Result<ServiceReference, OverlayError> {
    let reference: ServiceReference = read(text.trim_start_matches('\u{feff}'))?;
    let line_of = |name: &str| text.lines().position(|line| line.contains(&format!("\"{name}\""))).map_or(1, |line| line + 1);
    let wrong =
        |field: String, name: &str| Err(OverlayError { field, line: line_of(name), message: format!("`{name}` is no name of that kind") });
    if !is_action_name(&format!("{}:x", reference.name)) {
        return wrong("Name".to_owned(), &reference.name);
    }
    for (index, action) in reference.actions.iter().enumerate() {
        if !is_action_name(&format!("x:{}", action.name)) {
            return wrong(format!("Actions[{index}].Name"), &action.name);
        }
    }
    Ok(reference)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, OverlayError> {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let path = error.path().to_string();
        let is_syntax = error.inner().is_syntax() || error.inner().is_eof();
        wrong(if is_syntax || path == "." { String::new() } else { path }, error.inner())
    })?;
    reader.end().map_err(|error| wrong(String::new(), &error))?;
    Ok(value)
}

fn wrong(field: String, error: &serde_json::Error) -> OverlayError {
    // The library's message ends with the place, which is told apart.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    OverlayError { field, line: error.line().max(1), message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_list_is_read_bare_or_as_the_command_prints_it() {
        let names = vec!["Users.View".to_owned(), "Acme.Access".to_owned()];
        assert_eq!(read_permission_list(r#"{"Permissions": ["Users.View", "Acme.Access"], "NextToken": null}"#), Ok(names.clone()));
        assert_eq!(read_permission_list("\u{feff} [\"Users.View\", \"Acme.Access\"]"), Ok(names));
    }

    #[test]
    fn what_is_wrong_is_told_with_field_and_line() {
        let told = |text: &str| read_permission_list(text).expect_err("wrong").to_string();
        assert_eq!(
            told("{\"Permissions\": [\n  \"a\",\n  3\n]}"),
            "line 3: `Permissions[1]`: invalid type: integer `3`, expected a string"
        );
        assert_eq!(told("{\"Perms\": []}"), "line 1: missing field `Permissions`");
        assert_eq!(told("[\n\"a\",,]"), "line 2: expected value");
        assert_eq!(told(""), "line 1: EOF while parsing a value");
        assert_eq!(told("[] []"), "line 1: trailing characters");
        let told = |text: &str| read_service_reference(text).expect_err("wrong").to_string();
        assert_eq!(
            told("{\"Name\": \"connect\", \"Actions\": [{\"Name\": \"A\"},\n{\"Name\": null}]}"),
            "line 2: `Actions[1].Name`: invalid type: null, expected a string"
        );
        assert_eq!(
            told("{\"Name\": \"connect\",\n\"Actions\": [{\"Name\": \"Get*\"}]}"),
            "line 2: `Actions[0].Name`: `Get*` is no name of that kind"
        );
        assert_eq!(told("{\"Actions\": []}"), "line 1: missing field `Name`");
    }

    #[test]
    fn a_service_reference_tells_levels_resources_and_keys() {
        let reference = read_service_reference(
            r#"{"Name": "connect", "Version": "v1.4", "Actions": [
                {"Name": "ListGizmos", "ActionConditionKeys": ["connect:InstanceId"], "Resources": [{"Name": "gizmo"}],
                 "Annotations": {"Properties": {"IsList": true, "IsPermissionManagement": false, "IsTaggingOnly": false, "IsWrite": false}},
                 "SupportedBy": {"IAM Access Analyzer Policy Generation": false}},
                {"Name": "Plain"}]}"#,
        )
        .expect("a reference");
        assert_eq!(reference.actions[0].access(), Some(Access::List));
        assert_eq!(reference.actions[1].access(), None);
        let mut overlay = Overlay::default();
        overlay.add_service_reference(&reference, &Arc::from("connect.json"));
        let added = overlay.action("CONNECT:listgizmos").expect("it was added");
        assert_eq!((added.name.as_str(), added.prefix(), &*added.origin), ("connect:ListGizmos", "connect", "connect.json"));
        assert_eq!((&added.resources[..], &added.conditions[..]), (&["gizmo".to_owned()][..], &["connect:InstanceId".to_owned()][..]));
    }

    #[test]
    fn only_full_names_are_actions() {
        let mut overlay = Overlay::default();
        let origin = Arc::from("x");
        assert!(overlay.add_action("acme:Frobnicate", &origin));
        for wrong in ["Frobnicate", "acme:", ":x", "acme:Get*", "a b:c", "a:b:c"] {
            assert!(!overlay.add_action(wrong, &origin), "{wrong}");
        }
    }
}
