//! White space in names, which is hard to see.

/// The message about a name with white space. It names the place, if it is at an end.
pub(in crate::diagnostics) fn white_space(text: &str) -> String {
    let what = match (text.trim_start() != text, text.trim_end() != text) {
        (true, true) => "starts and ends with white space",
        (true, false) => "starts with white space",
        (false, true) => "ends with white space",
        (false, false) => "contains white space",
    };
    format!("`{text}` {what}")
}
