//! What goes wrong, as people and programs read it: `problem+json` with rule, code and sentence (RFC 9457).
//!
//! The console's middleware turns the same [`Problem`] into a page. Nothing of the inside is told.

use axum::Json;
use axum::extract::Request;
use axum::extract::multipart::MultipartError;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem as it stands in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// The rule that said no, e.g. `LAW-120`; empty when none did.
    pub rule: String,
    /// A stable word for programs, e.g. `four_eyes`.
    pub code: String,
    /// What is wrong and the way out.
    pub sentence: String,
}

/// Why a handler did not do it.
#[derive(Debug, Clone)]
pub struct Fault(pub Problem);

/// What a handler gives back.
pub type Outcome<T> = Result<T, Fault>;

impl Fault {
    /// A fault with a status and a code of this face, without a rule.
    pub fn new(status: StatusCode, code: &str, sentence: impl Into<String>) -> Self {
        Self(Problem {
            status: status.as_u16(),
            rule: String::new(),
            code: code.to_owned(),
            sentence: sentence.into(),
        })
    }

    /// What was handed in cannot be used.
    pub fn input(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "input", sentence)
    }

    /// Something on our side; the log has the details.
    pub fn inside(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "inside",
            "The server could not do it. It is in the server's log; try again, or tell its operator.",
        )
    }
}

/// The status of a refusal's code: one table.
#[must_use]
pub fn status_of(code: &str) -> StatusCode {
    match code {
        "no_session" | "step_up" | "sign_in_failed" => StatusCode::UNAUTHORIZED,
        "no_right" | "four_eyes" | "own_access" | "csrf" | "wrong_code" => StatusCode::FORBIDDEN,
        "not_here" => StatusCode::NOT_FOUND,
        "too_many" => StatusCode::TOO_MANY_REQUESTS,
        "conflict" | "leased" => StatusCode::CONFLICT,
        "link_over" => StatusCode::GONE,
        "note_text" | "note_identification" | "note_standing" | "network_days" | "network_layers" => {
            StatusCode::BAD_REQUEST
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self(Problem {
            status: status_of(refusal.code).as_u16(),
            rule: refusal.rule.to_owned(),
            code: refusal.code.to_owned(),
            sentence: refusal.sentence,
        })
    }
}

impl From<app::Error> for Fault {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::Refused(refusal) => refusal.into(),
            app::Error::Input(sentence) => Self::input(sentence),
            app::Error::Remote(sentence) => Self::new(StatusCode::BAD_GATEWAY, "remote", sentence),
            inside @ (app::Error::Store(_) | app::Error::Bug(_)) => Self::inside(&inside),
        }
    }
}

impl From<MultipartError> for Fault {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", TOO_LARGE),
            _ => Self::new(
                StatusCode::BAD_REQUEST,
                "broken_form",
                "The form with files cannot be read: it breaks off, or is no multipart/form-data. Send it again, whole.",
            ),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0.clone())).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(NEXT_MINUTE_SECONDS));
        }
        response.extensions_mut().insert(self.0);
        response
    }
}

/// What is counted is counted by the minute: when to ask again (RFC 9110, 10.2.3).
const NEXT_MINUTE_SECONDS: &str = "60";
/// What is said of a request that is too large.
const TOO_LARGE: &str = "The request is larger than this address takes. Send less at once.";
/// Most of a reader's complaint that is told, in bytes.
const COMPLAINT_MAX_BYTES: usize = 64 * 1024;
/// Most of a reader's complaint that is told, in characters.
const COMPLAINT_MAX_CHARS: usize = 240;
/// How the readers of paths, queries and bodies begin their complaints.
const COMPLAINTS: [&str; 5] = [
    "Failed to parse the request body as JSON: ",
    "Failed to deserialize the JSON body into the target type: ",
    "Failed to deserialize query string: ",
    "Failed to deserialize form body: ",
    "Invalid URL: ",
];

/// Turns what was refused before a handler ran (an unreadable path, query or body, a method that is not there) into a
/// problem like any other.
pub(crate) async fn as_problem(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let status = response.status();
    if !status.is_client_error() || !plain {
        return response;
    }
    let allowed = response.headers().get(header::ALLOW).cloned();
    let text = axum::body::to_bytes(response.into_body(), COMPLAINT_MAX_BYTES).await.unwrap_or_default();
    let mut answer = unreadable(status, &String::from_utf8_lossy(&text)).into_response();
    if let Some(allowed) = allowed {
        answer.headers_mut().insert(header::ALLOW, allowed);
    }
    answer
}

fn unreadable(status: StatusCode, complaint: &str) -> Fault {
    let (code, sentence) = match status {
        StatusCode::METHOD_NOT_ALLOWED => (
            "method",
            "This address has no such method; /api/v1/openapi.json lists those that it has.".into(),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => ("too_large", TOO_LARGE.into()),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("media_type", "The body is of another kind than is read here: send application/json.".into())
        }
        StatusCode::REQUEST_TIMEOUT => ("timeout", "It took too long and was given up. Try again.".into()),
        _ => {
            let complaint =
                COMPLAINTS.iter().find_map(|begin| complaint.strip_prefix(begin)).unwrap_or(complaint);
            // The names of our types say nothing to a person.
            let complaint = complaint.split(", expected struct ").next().unwrap_or(complaint);
            let complaint: String = complaint.chars().take(COMPLAINT_MAX_CHARS).collect();
            let sentence = format!(
                "The request cannot be read: {complaint}. Mend it as /api/v1/openapi.json describes it and send it again."
            );
            ("input", sentence)
        }
    };
    Fault::new(status, code, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inside_is_not_told() {
        let fault = Fault::from(app::Error::Bug("secret of the inside".into()));
        assert_eq!(fault.0.status, 500);
        assert!(!fault.0.sentence.contains("secret"));
    }

    #[test]
    fn complaints_name_no_type() {
        let complaint = "Failed to deserialize the JSON body into the target type: invalid type: null, expected struct Seen at line 1 column 4";
        let fault = unreadable(StatusCode::UNPROCESSABLE_ENTITY, complaint);
        assert_eq!(
            fault.0.sentence,
            "The request cannot be read: invalid type: null. Mend it as /api/v1/openapi.json describes it and send it again."
        );
        let long = unreadable(StatusCode::BAD_REQUEST, &"x".repeat(9000));
        assert!(long.0.sentence.len() < 400);
    }

    #[test]
    fn statuses() {
        for (code, status) in [
            ("no_right", 403),
            ("four_eyes", 403),
            ("not_here", 404),
            ("conflict", 409),
            ("leased", 409),
            ("step_up", 401),
            ("read_needs_reason", 422),
        ] {
            assert_eq!(Fault::from(Refusal::new("LAW-1", code, "no")).0.status, status, "{code}");
        }
    }
}
