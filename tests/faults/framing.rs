//! Every way to write a message wrongly: it is refused or read all the same, and the next one is read.

use serde_json::{Value, json};

use crate::support::Client;

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

/// Writes the bytes and expects these errors, then sees that the server still answers.
#[track_caller]
fn refused(bytes: &[u8], expected: &[(i64, Value)]) {
    let mut client = Client::pulling();
    client.write(bytes);
    for (code, id) in expected {
        let refusal = client.wait_for(|message| message.get("error").is_some());
        assert_eq!((&refusal["error"]["code"], &refusal["id"]), (&json!(code), id), "{refusal}");
    }
    assert_eq!(client.unread(), [] as [Value; 0], "{}", String::from_utf8_lossy(bytes));
}

/// Writes the bytes, which hold a request with the id 77, and expects its answer and nothing else.
#[track_caller]
fn answered(bytes: &[u8]) {
    let mut client = Client::pulling();
    client.write(bytes);
    let answer = client.wait_for(|message| message["id"] == 77);
    assert_eq!(answer["error"]["code"], -32601, "{answer}");
    assert_eq!(client.unread(), [] as [Value; 0]);
}

fn framed(body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

const REQUEST: &str = r#"{"jsonrpc":"2.0","id":77,"method":"test/nothing"}"#;

#[test]
fn bad_json() {
    refused(&framed("{\"jsonrpc\": \"2.0\", "), &[(PARSE_ERROR, json!(null))]);
    refused(&framed("no json at all"), &[(PARSE_ERROR, json!(null))]);
    refused(&framed(""), &[(PARSE_ERROR, json!(null))]);
}

#[test]
fn json_that_is_no_message() {
    refused(&framed("[]"), &[(INVALID_REQUEST, json!(null))]);
    refused(&framed(format!("[{REQUEST}]")), &[(INVALID_REQUEST, json!(null))]);
    refused(&framed(r#"{"id": 3, "method": "textDocument/hover"}"#), &[(INVALID_REQUEST, json!(3))]);
    refused(&framed(r#"{"jsonrpc": "2.0", "id": [], "method": "x"}"#), &[(INVALID_REQUEST, json!(null))]);
}

#[test]
fn an_unusable_or_missing_length() {
    for header in ["Content-Length: many", "Content-Length: -1", "Content-Length:", "Content-Type: text", "nonsense"] {
        let bytes = format!("{header}\r\n\r\n{{}}");
        refused(&[bytes.as_bytes(), &framed(r#"{"jsonrpc":"2.0","method":"$/x"}"#)].concat(), &[(PARSE_ERROR, json!(null))]);
    }
}

#[test]
fn a_length_that_is_wrong() {
    let short = format!("Content-Length: {}\r\n\r\n{REQUEST}", REQUEST.len() - 9);
    refused(&[short.as_bytes(), &framed(r#"{"jsonrpc":"2.0","method":"$/x"}"#)].concat(), &[(PARSE_ERROR, json!(null))]);
    let long = format!("Content-Length: {}\r\n\r\n{{}}", 2 + framed(REQUEST).len());
    let bytes = [long.as_bytes(), &framed(REQUEST)].concat();
    refused(&bytes, &[(PARSE_ERROR, json!(null)), (-32601, json!(77))]);
}

#[test]
fn headers_of_every_kind() {
    let length = REQUEST.len();
    answered(format!("content-length: {length}\r\n\r\n{REQUEST}").as_bytes());
    answered(format!("CONTENT-LENGTH:{length}\r\n\r\n{REQUEST}").as_bytes());
    answered(format!("Content-Length: {length}\n\n{REQUEST}").as_bytes());
    answered(format!("\r\n\r\nContent-Length: {length}\r\n\r\n{REQUEST}").as_bytes());
    let many = "Content-Type: application/vscode-jsonrpc\r\nX-One: 1\r\nX-Two: 2\r\nX-Three: 3";
    answered(format!("{many}\r\nContent-Length: {length}\r\n\r\n{REQUEST}").as_bytes());
}

#[test]
fn text_that_is_not_utf8() {
    refused(&framed(b"{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"\xff\"}"), &[(PARSE_ERROR, json!(9))]);
    refused(&framed(b"{\"jsonrpc\":\"2.0\",\"id\":9,\xff\"method\":\"x\"}"), &[(PARSE_ERROR, json!(null))]);
}

#[test]
fn parameters_nested_150_deep() {
    let params = format!("{}{}", "[".repeat(150), "]".repeat(150));
    let request = format!(r#"{{"jsonrpc":"2.0","method":"textDocument/hover","params":{params},"id":5}}"#);
    refused(&framed(&request), &[(INVALID_REQUEST, json!(5))]);
    let notification = request.replace(",\"id\":5", "");
    refused(&framed(notification), &[]);
}

#[test]
fn a_message_over_64_mib() {
    let text = "x".repeat(64 << 20);
    let message = format!(r#"{{"jsonrpc":"2.0","id":5,"method":"x","params":["{text}"]}}"#);
    refused(&framed(message), &[(INVALID_REQUEST, json!(null))]);
}

#[test]
fn an_answer_that_is_none_is_dropped() {
    refused(&framed(r#"{"jsonrpc":"2.0","id":5,"error":"no"}"#), &[]);
    refused(&framed(r#"{"jsonrpc":"2.0","id":5,"result":null}"#), &[]);
}

#[test]
fn half_of_a_surrogate_pair_does_not_lose_the_message() {
    let body = r#"{"jsonrpc":"2.0","id":77,"method":"test/nothing","params":["\ud83d"]}"#;
    answered(&framed(body));
}
