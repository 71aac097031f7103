//! Whether a body is a message that tower-lsp can take.
//!
//! Its reader ends for good at anything else, so what it would refuse is refused here, by the same JSON library: what is no
//! JSON, what is no JSON-RPC, and what is nested deeper than that library follows.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Response};

/// A sound message.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Message<'b> {
    /// The body, normalized where that was possible.
    pub(crate) body: Cow<'b, [u8]>,
    /// What it means for the life of the server.
    pub(crate) kind: Kind,
}

/// The methods that decide on the life of the server, and all others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Shutdown,
    Exit,
    Other,
}

/// Why a body is not passed on.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Refusal {
    /// The answer, if one is due: a notification gets none.
    pub(crate) answer: Option<Value>,
    pub(crate) why: String,
    /// Whether the body is not even JSON, which also happens when its length was wrong.
    pub(crate) is_malformed: bool,
}

/// Looks at a body.
pub(crate) fn check(body: &[u8]) -> Result<Message<'_>, Refusal> {
    let Ok(text) = str::from_utf8(body) else {
        let id = serde_json::from_str::<Envelope<'_>>(&String::from_utf8_lossy(body)).ok().and_then(|envelope| envelope.id);
        return Err(refuse(PARSE_ERROR, id.unwrap_or(Id::Null), "not UTF-8", true));
    };
    match serde_json::from_str::<JsonValidator>(text) {
        Ok(JsonValidator) => Ok(Message { body: Cow::Borrowed(body), kind: kind(text)? }),
        Err(error) => {
            // This reading goes to any depth and looks at no number and no escape, so it may still tell who asks.
            let Ok(envelope) = serde_json::from_str::<Envelope<'_>>(text) else {
                return Err(refuse(PARSE_ERROR, Id::Null, &reason(&error), true));
            };
            if let Some(normalized) =
                without_lone_surrogates(text).filter(|normalized| serde_json::from_str::<JsonValidator>(normalized).is_ok())
            {
                let kind = kind(&normalized)?;
                return Ok(Message { body: Cow::Owned(normalized.into_bytes()), kind });
            }
            let why = reason(&error);
            Err(envelope.id.map_or_else(|| drop_silently(&why), |id| refuse(INVALID_REQUEST, id, &why, false)))
        }
    }
}

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

/// The answer to something that cannot be answered by anybody else.
pub(crate) fn refusal(code: i64, id: &Id, why: &str) -> Value {
    json!({"jsonrpc": "2.0", "error": {"code": code, "message": why}, "id": id})
}

/// The answer to bytes in which no message was found.
pub(crate) fn lost() -> Value {
    refusal(PARSE_ERROR, &Id::Null, "missing or invalid Content-Length")
}

/// The answer to a message that was read past.
pub(crate) fn too_long(length: u64) -> Value {
    refusal(INVALID_REQUEST, &Id::Null, &format!("message too large ({length} bytes)"))
}

/// What is wrong with a body, by the kind of error.
fn reason(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        Category::Eof => "unexpected end of JSON",
        Category::Syntax | Category::Io => "invalid JSON",
        Category::Data => "not a valid message",
    };
    format!("{what} (line {}, column {})", error.line(), error.column())
}

fn refuse(code: i64, id: Id, why: &str, is_malformed: bool) -> Refusal {
    Refusal { answer: Some(refusal(code, &id, why)), why: why.to_owned(), is_malformed }
}

fn drop_silently(why: &str) -> Refusal {
    Refusal { answer: None, why: why.to_owned(), is_malformed: false }
}

fn kind(text: &str) -> Result<Kind, Refusal> {
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(|error| refuse(INVALID_REQUEST, Id::Null, &reason(&error), false))?;
    let is_response = envelope.result.is_some() || envelope.error.is_some();
    let id = envelope.id.clone().unwrap_or(Id::Null);
    if envelope.jsonrpc.as_deref() != Some("2.0") {
        return Err(refuse(INVALID_REQUEST, id, "`jsonrpc` must be \"2.0\"", false));
    }
    match envelope.method.as_deref() {
        Some(_) if is_response => Err(refuse(INVALID_REQUEST, id, "both a method and a result", false)),
        Some("shutdown") if envelope.id.is_some() => Ok(Kind::Shutdown),
        Some("exit") => Ok(Kind::Exit),
        Some(_) => Ok(Kind::Other),
        // An answer is not answered, however bad it is.
        None if is_response => match serde_json::from_str::<Response>(text) {
            Ok(_) => Ok(Kind::Other),
            Err(error) => Err(drop_silently(&reason(&error))),
        },
        None => Err(refuse(INVALID_REQUEST, id, "neither a method nor a result", false)),
    }
}

/// The outside of a message.
#[derive(serde::Deserialize)]
struct Envelope<'t> {
    #[serde(borrow)]
    jsonrpc: Option<Cow<'t, str>>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Id>,
    #[serde(borrow)]
    method: Option<Cow<'t, str>>,
    #[serde(default, deserialize_with = "present")]
    result: Option<IgnoredAny>,
    error: Option<IgnoredAny>,
}

/// A field that is there, be it `null`.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Any value, read as strictly as one that is kept, and not kept.
struct JsonValidator;

impl<'de> Deserialize<'de> for JsonValidator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<JsonValidator, D::Error> {
        deserializer.deserialize_any(JsonValidator)
    }
}

impl<'de> Visitor<'de> for JsonValidator {
    type Value = JsonValidator;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<JsonValidator, E> {
        Ok(JsonValidator)
    }

    fn visit_i64<E>(self, _: i64) -> Result<JsonValidator, E> {
        Ok(JsonValidator)
    }

    fn visit_u64<E>(self, _: u64) -> Result<JsonValidator, E> {
        Ok(JsonValidator)
    }

    fn visit_f64<E>(self, _: f64) -> Result<JsonValidator, E> {
        Ok(JsonValidator)
    }

    fn visit_str<E>(self, _: &str) -> Result<JsonValidator, E> {
        Ok(JsonValidator)
    }

    fn visit_unit<E>(self) -> Result<JsonValidator, E> {
        Ok(JsonValidator)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<JsonValidator, A::Error> {
        while items.next_element::<JsonValidator>()?.is_some() {}
        Ok(JsonValidator)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<JsonValidator, A::Error> {
        while fields.next_entry::<JsonValidator, JsonValidator>()?.is_some() {}
        Ok(JsonValidator)
    }
}

/// A JSON text in which escaped halves of surrogate pairs are replaced by U+FFFD, or `None` where there are none.
///
/// An editor whose strings are UTF-16 can hold such a half, say while an emoji is typed, and then sends it. Dropping the
/// message would lose an edit; U+FFFD is one unit wide as well, so all columns stay.
fn without_lone_surrogates(text: &str) -> Option<String> {
    let mut normalized = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_changed = false;
    while let Some(at) = rest.find('\\') {
        normalized.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match unit(rest) {
            Some(0xd800..=0xdbff) if matches!(rest.get(6..).and_then(unit), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                normalized.push_str("\\ufffd");
                rest = &rest[6..];
                is_changed = true;
                continue;
            }
            Some(_) => 6,
            None => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        normalized.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    normalized.push_str(rest);
    is_changed.then_some(normalized)
}

/// The UTF-16 unit of an escape `\uXXXX` at the start of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn answer(body: &[u8]) -> Option<(i64, Value)> {
        let answer = check(body).unwrap_err().answer?;
        Some((answer["error"]["code"].as_i64().unwrap(), answer["id"].clone()))
    }

    fn nested(depth: usize) -> String {
        format!(r#"{{"jsonrpc":"2.0","method":"m","params":{}{},"id":7}}"#, "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn sound_messages_pass_untouched() {
        for (text, kind) in [
            (r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#, Kind::Other),
            (r#"{"jsonrpc":"2.0","method":"shutdown","id":"a"}"#, Kind::Shutdown),
            (r#"{"jsonrpc":"2.0","method":"shutdown"}"#, Kind::Other),
            (r#"{"method":"ex\u0069t","jsonrpc":"2.0"}"#, Kind::Exit),
            (r#"{"jsonrpc":"2.0","id":0,"result":null}"#, Kind::Other),
            (r#"{"jsonrpc":"2.0","id":0,"error":{"code":-1,"message":""}}"#, Kind::Other),
        ] {
            assert_eq!(check(text.as_bytes()), Ok(Message { body: Cow::Borrowed(text.as_bytes()), kind }));
        }
    }

    #[test]
    fn what_is_no_json_is_refused_without_an_id() {
        for text in ["", "{", "nonsense", "{\"jsonrpc\":\"2.0\"", "{\"id\":1,}", "\u{feff}{}"] {
            assert_eq!(answer(text.as_bytes()), Some((PARSE_ERROR, Value::Null)), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_rpc_is_refused_with_the_id_it_has() {
        for (text, id) in [
            ("[]", json!(null)),
            ("3", json!(null)),
            ("{}", json!(null)),
            (r#"{"id":3,"method":"m"}"#, json!(3)),
            (r#"{"jsonrpc":"1.0","id":"x","method":"m"}"#, json!("x")),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#, json!(null)),
            (r#"{"jsonrpc":"2.0","id":{},"method":"m"}"#, json!(null)),
            (r#"{"jsonrpc":"2.0","id":1,"method":7}"#, json!(null)),
            (r#"{"jsonrpc":"2.0","id":1}"#, json!(1)),
            (r#"{"jsonrpc":"2.0","id":1,"method":"m","result":1}"#, json!(1)),
            (r#"{"jsonrpc":"2.0","id":1,"method":"m","params":[1e999]}"#, json!(1)),
        ] {
            assert_eq!(answer(text.as_bytes()), Some((INVALID_REQUEST, id)), "{text}");
        }
    }

    #[test]
    fn an_id_is_found_beside_broken_text_and_deep_nesting() {
        assert_eq!(answer(b"{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"m\xff\"}"), Some((PARSE_ERROR, json!(5))));
        assert_eq!(answer(nested(150).as_bytes()), Some((INVALID_REQUEST, json!(7))));
        assert_eq!(answer(nested(100_000).as_bytes()), Some((INVALID_REQUEST, json!(7))));
    }

    #[test]
    fn bad_notifications_and_answers_are_dropped() {
        let notification = nested(150).replace(",\"id\":7", "");
        assert_eq!(answer(notification.as_bytes()), None);
        assert_eq!(answer(br#"{"jsonrpc":"2.0","id":1,"error":"no"}"#), None);
    }

    #[test]
    fn what_passes_is_what_tower_lsp_reads() {
        for depth in 120..135 {
            let text = nested(depth);
            let is_read = serde_json::from_str::<tower_lsp::jsonrpc::Request>(&text).is_ok();
            assert_eq!(check(text.as_bytes()).is_ok(), is_read, "{depth}");
        }
    }

    #[test]
    fn lone_surrogates_are_mended() {
        let body = br#"{"jsonrpc":"2.0","method":"m","params":["\ud83d\ude00 \ud83d \\ud83d \ude00\ud83dx"]}"#;
        let normalized = check(body).unwrap().body.into_owned();
        let value: Value = serde_json::from_slice(&normalized).unwrap();
        assert_eq!(value["params"][0], "😀 \u{fffd} \\ud83d \u{fffd}\u{fffd}x");
    }
}
