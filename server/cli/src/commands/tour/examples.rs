//! The shipped examples that the tour works on.

use std::io;

use serde_json::Value;

/// A file of the examples.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) name: &'static str,
    pub(crate) language: &'static str,
    pub(crate) text: &'static str,
}

pub(crate) const TERRAFORM: Example =
    Example { name: "terraform/main.tf", language: "terraform", text: include_str!("../../../../../tests/examples/terraform/main.tf") };
pub(crate) const POLICY: Example = Example {
    name: "policies/instance-admin.json",
    language: "json",
    text: include_str!("../../../../../tests/examples/policies/instance-admin.json"),
};
pub(crate) const LISTS: Example = Example {
    name: "terraform/shared-lists/locals.tf",
    language: "terraform",
    text: include_str!("../../../../../tests/examples/terraform/shared-lists/locals.tf"),
};
pub(crate) const LISTS_USED: Example = Example {
    name: "terraform/shared-lists/main.tf",
    language: "terraform",
    text: include_str!("../../../../../tests/examples/terraform/shared-lists/main.tf"),
};

impl Example {
    /// What an editor calls the file.
    pub(crate) fn uri(&self) -> String {
        format!("file:///tour/{}", self.name)
    }

    /// The offset behind the last occurrence of a text.
    pub(crate) fn behind(&self, what: &str) -> io::Result<usize> {
        let start = self.text.rfind(what).ok_or_else(|| io::Error::other(format!("{} does not hold {what:?}", self.name)))?;
        Ok(start + what.len())
    }

    /// A line, from 1, without the white space around it.
    pub(crate) fn line(&self, number: usize) -> &'static str {
        self.text.lines().nth(number.saturating_sub(1)).unwrap_or("").trim()
    }
}

/// The text with something inserted at an offset.
pub(crate) fn inserted(text: &str, offset: usize, what: &str) -> String {
    format!("{}{what}{}", &text[..offset], &text[offset..])
}

/// The position of an offset; columns are bytes, as this editor and the server agree.
pub(crate) fn position(text: &str, offset: usize) -> (usize, usize) {
    let line_start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    (text[..offset].matches('\n').count(), offset - line_start)
}

/// The text with an edit of the protocol applied.
pub(crate) fn edited(text: &str, edit: &Value) -> String {
    let offset = |end: &str| {
        let number = |part: &str| edit.pointer(&format!("/range/{end}/{part}")).and_then(Value::as_u64).unwrap_or(0);
        let line = usize::try_from(number("line")).unwrap_or(0);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        (start + usize::try_from(number("character")).unwrap_or(0)).min(text.len())
    };
    let (start, end) = (offset("start"), offset("end"));
    let new_text = edit.get("newText").and_then(Value::as_str).unwrap_or("");
    format!("{}{new_text}{}", &text[..start], &text[end..])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_edit_is_applied_at_its_place() {
        let edit = json!({"range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 4}}, "newText": "y"});
        assert_eq!(edited("a\n  (x)\nb", &edit), "a\n  (y)\nb");
    }
}
