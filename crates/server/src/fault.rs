//! What goes wrong, as people and programs read it: `problem+json` with rule, code and sentence (RFC 9457).
//!
//! The console's middleware turns the same [`Problem`] into a page. Nothing of the inside is told.

use axum::Json;
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
        "conflict" | "leased" => StatusCode::CONFLICT,
        "link_over" => StatusCode::GONE,
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

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0.clone())).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.extensions_mut().insert(self.0);
        response
    }
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
