//! Long answers on their way through tower-lsp: as text that is already JSON.
//!
//! tower-lsp makes a tree of values of whatever it sends. Of a list of completions that took three quarters of the time from
//! question to answer, and all of it on the one thread that runs the protocol. So long answers are written where they are
//! computed, travel as one string, and are put in that string's place when they leave.

use serde::Serialize;
use tower_lsp::lsp_types::{CompletionItem, CompletionResponse};

const MARK: &str = "connect-policy-verbatim:";
/// Where such a string may stand, and what follows it: in a list of completions that has one item, and in diagnostics.
const PLACES: [(&str, &str, &str); 2] = [
    (r#"{"jsonrpc":"2.0","result":"#, r#"[{"label":"#, "}]"),
    (r#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"diagnostics":"#, "", ""),
];

/// Quotes travel as this character. A string of JSON with its quotes would have to be escaped, quote by quote, which costs
/// more than writing it.
const QUOTE: &str = "\u{7f}";

/// A value as such a string; `None` where it cannot be written as JSON.
pub(crate) fn encoded(value: &impl Serialize) -> Option<String> {
    let json = serde_json::to_string(value).ok()?.replace(QUOTE, r"\u007f");
    Some(format!("{MARK}{}", json.replace('"', QUOTE)))
}

/// A list of completions that was encoded.
pub(crate) fn completions(encoded: String) -> CompletionResponse {
    CompletionResponse::Array(vec![CompletionItem { label: encoded, ..CompletionItem::default() }])
}

/// Whether messages may hold such a string at all.
pub(crate) fn may_be_in(messages: &[u8]) -> bool {
    memchr::memmem::find(messages, MARK.as_bytes()).is_some()
}

/// A message with its string replaced by what it holds; `None` where it has none in one of the places.
pub(crate) fn decoded(body: &str) -> Option<String> {
    PLACES.iter().find_map(|(before, opening, closing)| {
        let string = body.strip_prefix(before)?.strip_prefix(opening)?;
        let mut strings = serde_json::Deserializer::from_str(string).into_iter::<String>();
        let text = strings.next()?.ok()?;
        let json = text.strip_prefix(MARK)?;
        let after = string[strings.byte_offset()..].strip_prefix(closing)?;
        Some(format!("{before}{}{after}", json.replace(QUOTE, "\"")))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tower_lsp::jsonrpc::{Id, Request, Response};

    use super::*;

    /// What leaves in place of a result, and in place of a notification's diagnostics, as tower-lsp writes both.
    #[track_caller]
    fn check(result: Value, diagnostics: Value, expected: Option<&Value>) {
        let answer = serde_json::to_string(&Response::from_ok(Id::Number(3), result)).unwrap();
        let left = decoded(&answer).map(|body| serde_json::from_str(&body).unwrap());
        assert_eq!(left, expected.map(|expected| json!({"jsonrpc": "2.0", "result": expected, "id": 3})));
        let params = json!({"uri": "file:///a", "version": 3, "diagnostics": diagnostics});
        let sent = serde_json::to_string(&Request::build("textDocument/publishDiagnostics").params(params).finish()).unwrap();
        let left: Option<Value> = decoded(&sent).map(|body| serde_json::from_str(&body).unwrap());
        assert_eq!(left.map(|message| message["params"]["diagnostics"].clone()).as_ref(), expected);
        assert!(may_be_in(answer.as_bytes()) && may_be_in(sent.as_bytes()));
    }

    #[test]
    fn long_answers_leave_as_what_they_hold() {
        let value = json!({"items": [{"label": "a\"ä\n\u{7f}"}], "isIncomplete": true});
        let text = encoded(&value).unwrap();
        check(serde_json::to_value(completions(text.clone())).unwrap(), json!(text), Some(&value));
    }

    #[test]
    fn nothing_else_is_touched() {
        let text = encoded(&json!([])).unwrap();
        check(json!({"contents": text}), json!([text]), None);
        check(json!([{"label": text, "kind": 3}]), json!({"message": text}), None);
        check(json!([{"label": text}, {"label": text}]), json!([{"message": text}]), None);
    }
}
