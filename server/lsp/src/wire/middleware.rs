//! Stands in front of tower-lsp and puts right what its types get wrong.
//!
//! - `shutdown` is refused when it has parameters, be they `null`.
//! - lsp-types 0.94 looks for `workspace.diagnostic` where the protocol has `workspace.diagnostics`.
//! - A document with an invalid URI would have all of `workspace/diagnostic` refused; it is left out.
//! - A URI is parsed, and written differently than the client wrote it (`file:///ä.json`), or not taken at all. Such a URI
//!   is wrapped into one that every parser leaves alone, and unwrapped in what goes back.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::lsp_types::Url;
use tower_service::Service;

const ESCAPED: &str = "connect-policy-raw:";

/// tower-lsp's service with this in front.
#[derive(Debug)]
pub(crate) struct Middleware<S> {
    inner: S,
}

impl<S> Middleware<S> {
    /// Stands in front of a service.
    pub(crate) fn new(inner: S) -> Middleware<S> {
        Middleware { inner }
    }
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S> Service<Request> for Middleware<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (request, escaped) = normalize(request);
        let answer = self.inner.call(request);
        match escaped {
            None => Box::pin(answer),
            Some((escaped, raw)) => Box::pin(async move {
                let Some(response) = answer.await? else { return Ok(None) };
                let (id, mut result) = response.into_parts();
                if let Ok(value) = &mut result {
                    replace(value, &escaped, &raw);
                }
                Ok(Some(Response::from_parts(id, result)))
            }),
        }
    }
}

/// The client's URI behind a parsed one.
pub(crate) fn unescape_uri(uri: &Url) -> String {
    let raw = uri.as_str().strip_prefix(ESCAPED).and_then(|digits| {
        let bytes: Option<Vec<u8>> =
            (0..digits.len()).step_by(2).map(|at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect();
        String::from_utf8(bytes?).ok()
    });
    raw.unwrap_or_else(|| uri.as_str().to_owned())
}

/// The request as tower-lsp takes it, with the URI that was escaped in it and what it was.
fn normalize(request: Request) -> (Request, Option<(String, String)>) {
    let (method, id, params) = request.into_parts();
    let mut params = params.filter(|_| method != "shutdown");
    let mut escaped = None;
    if let Some(params) = &mut params {
        if method == "initialize" {
            rename_diagnostics(params);
        }
        if method == "workspace/diagnostic"
            && let Some(known) = params.get_mut("previousResultIds").and_then(Value::as_array_mut)
        {
            known.retain(|known| known["uri"].as_str().is_some_and(|uri| Url::parse(uri).is_ok()));
        }
        escaped = params.pointer_mut("/textDocument/uri").and_then(escape_uri);
    }
    let mut normalized = Request::build(method);
    if let Some(params) = params {
        normalized = normalized.params(params);
    }
    if let Some(id) = id {
        normalized = normalized.id(id);
    }
    (normalized.finish(), escaped)
}

fn rename_diagnostics(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
    if let Some(workspace) = workspace
        && let Some(diagnostics) = workspace.get("diagnostics").cloned()
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
}

fn escape_uri(uri: &mut Value) -> Option<(String, String)> {
    let raw = uri.as_str()?;
    if Url::parse(raw).is_ok_and(|parsed| parsed.as_str() == raw) {
        return None;
    }
    let raw = raw.to_owned();
    let digits: String = raw.bytes().map(|byte| format!("{byte:02x}")).collect();
    let escaped = format!("{ESCAPED}{digits}");
    *uri = Value::String(escaped.clone());
    Some((escaped, raw))
}

/// Replaces a string wherever it stands, as a value or as a key.
fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) if text == from => to.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, from, to)),
        Value::Object(fields) => {
            if let Some(field) = fields.remove(from) {
                fields.insert(to.to_owned(), field);
            }
            fields.values_mut().for_each(|field| replace(field, from, to));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn uri_of(request: &Request) -> &str {
        request.params().and_then(|params| params.pointer("/textDocument/uri")).and_then(Value::as_str).unwrap()
    }

    fn opened(uri: &str) -> Request {
        Request::build("textDocument/didOpen").params(json!({"textDocument": {"uri": uri}})).finish()
    }

    #[test]
    fn odd_uris_come_back_as_they_were() {
        for raw in ["file:///ä b.json", "file://localhost/a/../b.json", "no uri", "", "FILE:///A.json"] {
            let (request, escaped) = normalize(opened(raw));
            let parsed = Url::parse(uri_of(&request)).unwrap();
            assert_eq!(parsed.as_str(), uri_of(&request));
            assert_eq!(unescape_uri(&parsed), raw);
            let (escaped, original) = escaped.unwrap();
            let mut result = json!({"changes": {escaped.as_str(): []}, "uri": escaped});
            replace(&mut result, &escaped, &original);
            assert_eq!(result, json!({"changes": {raw: []}, "uri": raw}));
        }
    }

    #[test]
    fn ordinary_uris_are_left_alone() {
        for raw in ["file:///c%3A/Users/a%20b/main.tf", "untitled:Untitled-1", "vscode-notebook-cell:/a.ipynb#x"] {
            let (request, escaped) = normalize(opened(raw));
            assert_eq!((uri_of(&request), escaped), (raw, None));
        }
    }

    #[test]
    fn shutdown_loses_its_parameters() {
        let (request, _) = normalize(Request::build("shutdown").params(Value::Null).id(1).finish());
        assert_eq!(request.params(), None);
    }

    #[test]
    fn the_refresh_capability_is_found() {
        let params = json!({"capabilities": {"workspace": {"diagnostics": {"refreshSupport": true}}}});
        let (request, _) = normalize(Request::build("initialize").params(params).id(1).finish());
        assert_eq!(request.params().unwrap()["capabilities"]["workspace"]["diagnostic"], json!({"refreshSupport": true}));
    }
}
