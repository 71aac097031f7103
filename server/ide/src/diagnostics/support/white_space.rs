//! White space and invisible characters in names, which are hard to see.

use connect_policy_model::{code_point, is_invisible, without_blanks};

/// The message about a name with white space. It names the place, if it is at an end.
pub(in crate::diagnostics) fn white_space(text: &str) -> String {
    if let Some(letter) = text.chars().find(|&letter| is_invisible(letter)) {
        return format!("`{}` contains the invisible character {}", without_blanks(text), code_point(letter));
    }
    let what = match (text.trim_start() != text, text.trim_end() != text) {
        (true, true) => "starts and ends with white space",
        (true, false) => "starts with white space",
        (false, true) => "ends with white space",
        (false, false) => "contains white space",
    };
    format!("`{text}` {what}")
}
