//! Readers of the lists that a workspace can add. They take text and give a value or an [`OverlayError`] that names field and
//! line; the caller decides which files are read.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::action::is_action_name;
use crate::service_reference::ServiceReference;

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
        |field: String, name: &str| Err(OverlayError { field, line: line_of(name), message: format!("`{name}` is not a valid name") });
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
    OverlayError { field, line: error.line().max(1), message: reason(error) }
}

/// What is wrong, by the kind of error.
fn reason(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => return "unexpected end of file".to_owned(),
        Category::Syntax | Category::Io => return "invalid JSON".to_owned(),
        Category::Data => {}
    }
    // The library's message ends with the place, which is reported apart.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("missing key {key}");
    }
    let types = message.strip_prefix("invalid type: ").and_then(|types| types.split_once(", expected "));
    types.map_or_else(|| "unexpected value".to_owned(), |(found, wanted)| format!("expected {}, found {}", in_json(wanted), in_json(found)))
}

/// A type as JSON calls it.
fn in_json(name: &str) -> &str {
    match name {
        "map" => "an object",
        "sequence" => "a list",
        "a sequence" => "a list",
        "a map" => "an object",
        name if name.starts_with("struct ") => "an object",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::action::Access;
    use crate::overlay::Overlay;

    #[test]
    fn a_permission_list_is_read_bare_or_as_the_command_prints_it() {
        let names = vec!["Users.View".to_owned(), "Acme.Access".to_owned()];
        assert_eq!(read_permission_list(r#"{"Permissions": ["Users.View", "Acme.Access"], "NextToken": null}"#), Ok(names.clone()));
        assert_eq!(read_permission_list("\u{feff} [\"Users.View\", \"Acme.Access\"]"), Ok(names));
    }

    #[test]
    fn an_error_names_the_field_and_the_line() {
        let message = |text: &str| read_permission_list(text).expect_err("wrong").to_string();
        assert_eq!(message("{\"Permissions\": [\n  \"a\",\n  3\n]}"), "line 3: `Permissions[1]`: expected a string, found integer `3`");
        assert_eq!(message("{\"Perms\": []}"), "line 1: missing key `Permissions`");
        assert_eq!(message("[\n\"a\",,]"), "line 2: invalid JSON");
        assert_eq!(message(""), "line 1: unexpected end of file");
        assert_eq!(message("[] []"), "line 1: invalid JSON");
        let message = |text: &str| read_service_reference(text).expect_err("wrong").to_string();
        assert_eq!(
            message("{\"Name\": \"connect\", \"Actions\": [{\"Name\": \"A\"},\n{\"Name\": null}]}"),
            "line 2: `Actions[1].Name`: expected a string, found null"
        );
        assert_eq!(
            message("{\"Name\": \"connect\",\n\"Actions\": [{\"Name\": \"Get*\"}]}"),
            "line 2: `Actions[0].Name`: `Get*` is not a valid name"
        );
        assert_eq!(message("{\"Actions\": []}"), "line 1: missing key `Name`");
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
}
