//! The product's API as any program sees it: JSON over HTTP, a token, and problem documents.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::Error;

/// Longest wait for one answer: an intake is long.
const WAIT_S_MAX: u64 = 600;
/// Separates the parts of an upload; no file of a world holds it.
const BOUNDARY: &str = "renvoi-world-player-5f1c9a0e7d";

/// Where the product is.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    http: Client,
    base: String,
}

/// What the product said no to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// HTTP status.
    pub(crate) status: u16,
    /// Stable word of the refusal, or empty.
    pub(crate) code: String,
    /// The sentence.
    pub(crate) sentence: String,
}

/// One file of an upload.
#[derive(Debug, Clone)]
pub(crate) struct Part<'a> {
    /// Name of the field.
    pub(crate) field: &'a str,
    /// Name of the file; a plain field has none.
    pub(crate) file: Option<&'a str>,
    /// Content.
    pub(crate) bytes: Vec<u8>,
}

impl<'a> Part<'a> {
    /// A plain field.
    pub(crate) fn field(field: &'a str, value: &str) -> Self {
        Self { field, file: None, bytes: value.as_bytes().to_vec() }
    }
}

/// A call: the product's answer, its refusal, or no answer at all.
pub(crate) type Said = Result<Result<Value, Refused>, Error>;

impl Api {
    /// For the base address `http://127.0.0.1:PORT`.
    pub(crate) fn new(base: &str) -> Result<Self, Error> {
        let wait = Duration::from_secs(WAIT_S_MAX);
        let http = Client::builder().timeout(wait).no_proxy().build().map_err(Error::bug)?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned() })
    }

    /// One request with a JSON body, or none.
    pub(crate) async fn call(
        &self,
        token: Option<&str>,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Said {
        let mut request = self.request(token, method, path);
        if let Some(body) = body {
            request = request.json(body);
        }
        finish(path, request).await
    }

    /// One upload.
    pub(crate) async fn upload(&self, token: &str, path: &str, parts: &[Part<'_>]) -> Said {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.request(Some(token), Method::POST, path);
        finish(path, request.header("content-type", kind).body(multipart(parts))).await
    }

    /// One list as it is.
    pub(crate) async fn hand(&self, token: &str, path: &str, list: Vec<u8>) -> Said {
        let request = self.request(Some(token), Method::POST, path).header("content-type", "text/csv");
        finish(path, request.body(list)).await
    }

    /// An answer that is no JSON.
    pub(crate) async fn text(&self, path: &str) -> Result<String, Error> {
        let lost = |e: reqwest::Error| Error::Play(format!("{path}: {e}"));
        let response = self.request(None, Method::GET, path).send().await.map_err(lost)?;
        response.error_for_status().map_err(lost)?.text().await.map_err(lost)
    }

    fn request(&self, token: Option<&str>, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

async fn finish(path: &str, request: RequestBuilder) -> Said {
    let lost = |e: reqwest::Error| Error::Play(format!("{path}: {e}"));
    let response = request.send().await.map_err(lost)?;
    let status = response.status();
    let text = response.text().await.map_err(lost)?;
    let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    if status.is_success() {
        return Ok(Ok(value));
    }
    let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let sentence = if value["sentence"].is_string() { word("sentence") } else { text };
    Ok(Err(Refused { status: status.as_u16(), code: word("code"), sentence: format!("{path}: {sentence}") }))
}

/// RFC 7578.
fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::with_capacity(parts.iter().map(|part| part.bytes.len() + 200).sum());
    for part in parts {
        let file = part.file.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        let kind = if part.file.is_some() { "Content-Type: application/octet-stream\r\n" } else { "" };
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\n{kind}\r\n",
            part.field
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&part.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_are_multipart() {
        let parts = [
            Part::field("format", "ndjson"),
            Part { field: "file", file: Some("a.ndjson"), bytes: b"{}".to_vec() },
        ];
        let text = String::from_utf8(multipart(&parts)).unwrap_or_default();
        assert!(text.starts_with(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nndjson\r\n"
        )));
        assert!(text.contains(
            "name=\"file\"; filename=\"a.ndjson\"\r\nContent-Type: application/octet-stream\r\n\r\n{}\r\n"
        ));
        assert!(text.ends_with(&format!("--{BOUNDARY}--\r\n")));
    }
}
