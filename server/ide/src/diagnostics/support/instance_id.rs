//! The ids of instances, which are UUIDs.

/// Parts of texts that stand for an id in documentation and templates, in lower case.
const PLACEHOLDERS: &[&str] = &["changeme", "example", "instance", "placeholder", "replace", "todo", "xxx", "your"];

/// Whether a text is certainly not the id of an instance: a name or an incomplete UUID, but no wildcard, variable or placeholder.
pub(in crate::diagnostics) fn is_wrong(text: &str) -> bool {
    let has_letters_of_names = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let lower = text.to_ascii_lowercase();
    let is_placeholder = text.len() <= 3
        || !text.bytes().any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        || lower.split(['-', '_', '.']).any(|word| word == "id")
        || PLACEHOLDERS.iter().any(|word| lower.contains(word));
    has_letters_of_names && !is_placeholder && !is_uuid(text)
}

/// The message about a text that is not the id of an instance.
pub(in crate::diagnostics) fn message(text: &str) -> String {
    format!("`{text}` is not an instance ID; use the UUID at the end of the instance ARN")
}

/// `01234567-89ab-cdef-0123-456789abcdef`. Documentation writes ids with other letters than a UUID's too.
fn is_uuid(text: &str) -> bool {
    let mut lengths = text.split('-').map(str::len);
    let is_shaped = [8, 4, 4, 4, 12].into_iter().all(|length| lengths.next() == Some(length)) && lengths.next().is_none();
    is_shaped && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_incomplete_uuids_are_no_ids() {
        for wrong in ["my-contact-center", "prod-eu", "0a1b2c3d", "12345678901", "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5", "acme.corp"] {
            assert!(is_wrong(wrong), "{wrong}");
        }
        for right in [
            "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d",
            "0A1B2C3D-4E5F-6A7B-8C9D-0E1F2A3B4C5D",
            "*",
            "0a1b*",
            "${InstanceId}",
            "<instance-id>",
            "INSTANCE_ID",
            "your-instance",
            "instance-id",
            "a",
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            "xxxxxxxx",
            "",
        ] {
            assert!(!is_wrong(right), "{right}");
        }
    }
}
