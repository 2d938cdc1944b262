//! The protocol's own face: messages in, receipts again, state, contact file and keys (RXP-30, RXP-51 to RXP-54).
//!
//! Peers prove themselves by signatures, not by sessions; nothing here is behind a sign-in.

use crate::App;
use crate::fault::{Fault, Outcome};
use app::contact;
use app::receive::{self, Incoming};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::id::{AgencyId, MessageId};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

/// Largest document, before it is read at all (RXP-11).
const DOCUMENT_MAX_BYTES: usize = 256 * 1024;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/rxp/v1/messages", post(messages))
        .route("/rxp/v1/receipts/{id}", get(receipt))
        .route("/rxp/v1/status", get(status))
        .route("/.well-known/rxp-contact.json", get(contact_file))
        .route("/.well-known/rxp-contact.txt", get(contact_text))
        .route("/.well-known/rxp-jwks.json", get(jwks))
        .layer(DefaultBodyLimit::max(DOCUMENT_MAX_BYTES))
}

fn pairs(headers: &HeaderMap) -> Vec<(&str, &str)> {
    headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect()
}

async fn messages(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Outcome<Response> {
    let Ok(body) = body else { return Ok(document(&app, receive::too_large())) };
    let incoming = Incoming { method: "POST", path: "/messages", headers: &pairs(&headers), body: &body };
    let answered = receive::message(&app.house, incoming).await?;
    Ok(document(&app, answered))
}

/// A document of the protocol; the date lets a peer whose clock is wrong sign again at once (RXP-63).
fn document(app: &App, answered: receive::Answered) -> Response {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let date = app.house.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let headers = [(header::CONTENT_TYPE, contact::MEDIA_TYPE.to_owned()), (header::DATE, date)];
    (status, headers, answered.body).into_response()
}

async fn receipt(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Outcome<Response> {
    let id: MessageId = id.parse().map_err(|_| Fault::input("This is not the id of a message."))?;
    let path = format!("/receipts/{id}");
    let incoming = Incoming { method: "GET", path: &path, headers: &pairs(&headers), body: &[] };
    let answered = receive::receipt_for(&app.house, incoming, id).await?;
    Ok(document(&app, answered))
}

async fn status(State(app): State<App>) -> Outcome<Response> {
    let (waiting, failed) = app::engine::counts(&app.house).await?;
    let at = app.house.clock.now().to_string();
    let body = serde_json::json!({ "rxp": "1", "at": at, "waiting": waiting, "failed": failed });
    Ok(([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response())
}

#[derive(Deserialize)]
struct Whose {
    org: Option<String>,
}

/// The organisation that is asked for: by name, else by the host of the request.
async fn agency(app: &App, whose: Whose, headers: &HeaderMap) -> Outcome<AgencyId> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let org = whose.org.unwrap_or_else(|| host.split(':').next().unwrap_or_default().to_owned());
    contact::of_org(&app.house, &org).await?.ok_or_else(|| domain::access::not_here().into())
}

async fn jwks(State(app): State<App>, Query(whose): Query<Whose>, headers: HeaderMap) -> Outcome<Response> {
    let id = agency(&app, whose, &headers).await?;
    let body = contact::jwks(&app.house, id).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

async fn contact_file(
    State(app): State<App>,
    Query(whose): Query<Whose>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let id = agency(&app, whose, &headers).await?;
    let body = contact::signed(&app.house, id).await?;
    Ok(([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "max-age=3600")], body)
        .into_response())
}

async fn contact_text(
    State(app): State<App>,
    Query(whose): Query<Whose>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let id = agency(&app, whose, &headers).await?;
    let body = contact::text(&app.house, id).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response())
}
