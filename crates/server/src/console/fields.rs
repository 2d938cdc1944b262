//! The fields of a plain form: names may repeat, texts are trimmed.

use crate::fault::{Fault, Outcome};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use domain::host::RDAP_MAX_CHARS;
use futures_util::StreamExt;
use http::StatusCode;

/// Most fields of one form.
const FIELDS_MAX: usize = 5_000;
/// Largest form, in bytes.
const FORM_MAX_BYTES: usize = 256 * 1024;
/// Most of a form that is read although it is too large, in bytes.
const DROPPED_MAX_BYTES: usize = 16 * 1024 * 1024;
/// Where an RDAP answer is handed in.
pub(super) const RDAP_PATH: &str = "/console/radar/rdap";
/// Bytes of a character of an answer in a form, as `%XX` for each of two: more are rare in JSON.
const CHAR_BYTES: usize = 6;

/// Largest form that is posted to a path, in bytes.
pub(super) fn form_max_bytes(path: &str) -> usize {
    if path == RDAP_PATH { FORM_MAX_BYTES + RDAP_MAX_CHARS * CHAR_BYTES } else { FORM_MAX_BYTES }
}

/// The bytes of a form that is posted to a path, or that it is too large. What is too large is read to its end and
/// dropped, within reason: who still writes reads no answer.
pub(crate) async fn form_bytes(path: &str, body: Body) -> Outcome<Bytes> {
    let most = form_max_bytes(path);
    let (mut taken, mut read) = (Vec::new(), 0);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else { return Err(too_large(most)) };
        read += chunk.len();
        match read {
            _ if read <= most => taken.extend_from_slice(&chunk),
            _ if read <= DROPPED_MAX_BYTES => taken = Vec::new(),
            _ => break,
        }
    }
    if read <= most { Ok(taken.into()) } else { Err(too_large(most)) }
}

/// What is said of a form of more bytes than these.
pub(super) fn too_large(most: usize) -> Fault {
    let sentence = format!("The form is too large: at most {} KiB are taken at once.", most >> 10);
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", sentence)
}

/// The fields of a form or a query, in their order.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields of `a=1&b=2`.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        Self(
            url::form_urlencoded::parse(bytes)
                .take(FIELDS_MAX)
                .map(|(name, value)| (name.into_owned(), value.trim().to_owned()))
                .collect(),
        )
    }

    /// The first value of a name; empty when it is absent.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.maybe(name).unwrap_or_default()
    }

    /// The first value of a name that is there and not empty.
    #[must_use]
    pub fn maybe(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
            .filter(|text| !text.is_empty())
    }

    /// Fields of names and values, for a form that was not posted as plain fields.
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Every name with its value, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// A number, or the fault that names the field.
    pub fn number(&self, name: &str) -> Outcome<i64> {
        self.one(name).parse().map_err(|_| Fault::input(format!("The field {name} is not a number.")))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Outcome<Self> {
        let (parts, body) = request.into_parts();
        Ok(Self::parse(&form_bytes(parts.uri.path(), body).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_repeat() {
        let fields = Fields::parse(b"a=+1+&b%5B%5D=x&b%5B%5D=y&c=");
        assert_eq!(fields.one("a"), "1");
        assert_eq!(fields.all("b[]").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(fields.maybe("c"), None);
        assert_eq!(fields.one("d"), "");
    }
}
