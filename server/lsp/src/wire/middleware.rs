//! Stands in front of tower-lsp and puts right what its types get wrong.
//!
//! - `shutdown` is refused when it has parameters, be they `null`.
//! - lsp-types 0.94 looks for `workspace.diagnostic` where the protocol has `workspace.diagnostics`.
//! - A URI is parsed, and written differently than the client wrote it (`file:///ä.json`), or not taken at all. Such a URI
//!   is wrapped into one that every parser leaves alone, and unwrapped in what goes back.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::lsp_types::Url;
use tower_service::Service;

const VEIL: &str = "connect-policy-raw:";

/// tower-lsp's service with this in front.
#[derive(Debug)]
pub(super) struct Front<S> {
    inner: S,
}

impl<S> Front<S> {
    /// Stands in front of a service.
    pub(super) fn new(inner: S) -> Front<S> {
        Front { inner }
    }
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S> Service<Request> for Front<S>
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
        let (request, veiled) = mend(request);
        let answer = self.inner.call(request);
        match veiled {
            None => Box::pin(answer),
            Some((veiled, raw)) => Box::pin(async move {
                let Some(response) = answer.await? else { return Ok(None) };
                let (id, mut result) = response.into_parts();
                if let Ok(value) = &mut result {
                    replace(value, &veiled, &raw);
                }
                Ok(Some(Response::from_parts(id, result)))
            }),
        }
    }
}

/// The client's URI behind a parsed one.
pub(super) fn unveil(uri: &Url) -> String {
    let raw = uri.as_str().strip_prefix(VEIL).and_then(|digits| {
        let bytes: Option<Vec<u8>> =
            (0..digits.len()).step_by(2).map(|at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect();
        String::from_utf8(bytes?).ok()
    });
    raw.unwrap_or_else(|| uri.as_str().to_owned())
}

/// The request as tower-lsp takes it, with the URI that was veiled in it and what it was.
fn mend(request: Request) -> (Request, Option<(String, String)>) {
    let (method, id, params) = request.into_parts();
    let mut params = params.filter(|_| method != "shutdown");
    let mut veiled = None;
    if let Some(params) = &mut params {
        if method == "initialize" {
            rename_diagnostics(params);
        }
        veiled = params.pointer_mut("/textDocument/uri").and_then(veil);
    }
    let mut mended = Request::build(method);
    if let Some(params) = params {
        mended = mended.params(params);
    }
    if let Some(id) = id {
        mended = mended.id(id);
    }
    (mended.finish(), veiled)
}

fn rename_diagnostics(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
    if let Some(workspace) = workspace
        && let Some(diagnostics) = workspace.get("diagnostics").cloned()
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
}

fn veil(uri: &mut Value) -> Option<(String, String)> {
    let raw = uri.as_str()?;
    if Url::parse(raw).is_ok_and(|parsed| parsed.as_str() == raw) {
        return None;
    }
    let raw = raw.to_owned();
    let digits: String = raw.bytes().map(|byte| format!("{byte:02x}")).collect();
    let veiled = format!("{VEIL}{digits}");
    *uri = Value::String(veiled.clone());
    Some((veiled, raw))
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
            let (request, veiled) = mend(opened(raw));
            let parsed = Url::parse(uri_of(&request)).unwrap();
            assert_eq!(parsed.as_str(), uri_of(&request));
            assert_eq!(unveil(&parsed), raw);
            let (veiled, original) = veiled.unwrap();
            let mut result = json!({"changes": {veiled.as_str(): []}, "uri": veiled});
            replace(&mut result, &veiled, &original);
            assert_eq!(result, json!({"changes": {raw: []}, "uri": raw}));
        }
    }

    #[test]
    fn ordinary_uris_are_left_alone() {
        for raw in ["file:///c%3A/Users/a%20b/main.tf", "untitled:Untitled-1", "vscode-notebook-cell:/a.ipynb#x"] {
            let (request, veiled) = mend(opened(raw));
            assert_eq!((uri_of(&request), veiled), (raw, None));
        }
    }

    #[test]
    fn shutdown_loses_its_parameters() {
        let (request, _) = mend(Request::build("shutdown").params(Value::Null).id(1).finish());
        assert_eq!(request.params(), None);
    }

    #[test]
    fn the_refresh_capability_is_found() {
        let params = json!({"capabilities": {"workspace": {"diagnostics": {"refreshSupport": true}}}});
        let (request, _) = mend(Request::build("initialize").params(params).id(1).finish());
        assert_eq!(request.params().unwrap()["capabilities"]["workspace"]["diagnostic"], json!({"refreshSupport": true}));
    }
}
