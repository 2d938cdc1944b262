//! The console: pages and plain forms. One file a page; it fills the page's view and runs one step for each form.
//!
//! A refusal of a handler becomes a page here; what only needs a sign-in, a code or a reason leads there and back.

mod account;
mod again;
mod agency;
mod approve;
mod clear;
mod conflict;
mod contests;
mod covered;
mod csv;
mod draft;
mod fields;
mod frame;
mod inbox;
mod intake;
mod ledger;
mod listed;
mod matched;
mod money;
mod network;
mod operation;
mod outside;
mod passages;
mod provider;
mod queue;
mod radar;
mod refill;
mod reports;
mod search;
mod sent;
mod signals;
mod spread;
mod subject;
mod why;
mod words_of;

pub use fields::Fields;
pub(crate) use fields::form_bytes;
pub use frame::Reader;

use crate::App;
use crate::fault::{Fault, Problem};
use crate::look::Place;
use crate::pages::refusal;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderValue, Method, StatusCode, header};

/// How long a browser keeps an asset whose address has its digest, in seconds: a year.
const ASSET_SECONDS: u32 = 31_536_000;

/// Pages and forms.
pub(crate) fn router(app: &App) -> Router<App> {
    pages()
        .layer(axum::middleware::from_fn_with_state(app.clone(), as_page))
        .route("/assets/{name}", get(asset))
}

/// Every page and form, as handlers answer: a refusal is not a page yet.
fn pages() -> Router<App> {
    Router::new()
        .route("/", get(home))
        .merge(account::router())
        .merge(agency::router())
        .merge(queue::router())
        .merge(approve::router())
        .merge(clear::router())
        .merge(contests::router())
        .merge(sent::router())
        .merge(inbox::router())
        .merge(intake::router())
        .merge(ledger::router())
        .merge(money::router())
        .merge(network::router())
        .merge(operation::router())
        .merge(outside::router())
        .merge(provider::router())
        .merge(radar::router())
        .merge(reports::router())
        .merge(search::router())
        .merge(signals::router())
        .merge(subject::router())
        .merge(why::router())
}

/// What is outside the time limit of a request: the stream, and forms with files.
pub(crate) fn untimed(app: &App) -> Router<App> {
    intake::upload()
        .merge(operation::stream())
        .layer(axum::middleware::from_fn_with_state(app.clone(), as_page))
}

/// Where a person begins.
async fn home(reader: Reader) -> Redirect {
    Redirect::to(reader.home())
}

async fn asset(Path(name): Path<String>, request: Request) -> Response {
    let Some(asset) = crate::look::asset(&name) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    // With its digest in the address it never changes; without, it is asked for again.
    let kept = if request.uri().query().is_some_and(|query| query.starts_with("v=")) {
        format!("public, max-age={ASSET_SECONDS}, immutable")
    } else {
        "no-cache".to_owned()
    };
    ([(header::CONTENT_TYPE, asset.media_type.to_owned()), (header::CACHE_CONTROL, kept)], asset.bytes)
        .into_response()
}

/// What no route answers.
pub(crate) async fn not_found(reader: Reader, request: Request) -> Response {
    let fault = Fault::from(domain::access::not_here());
    if request.uri().path().starts_with("/console") {
        return shown(&reader, &fault.0, "/", Vec::new());
    }
    fault.into_response()
}

/// Turns a refusal into a page, or into the way to what is missing. A form comes back with what was typed.
async fn as_page(State(app): State<App>, reader: Reader, request: Request, next: Next) -> Response {
    let back = match *request.method() {
        Method::GET => request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        _ => place_of(request.uri().path()),
    };
    let page = *request.method() == Method::GET;
    let unreasoned = reader.who.as_ref().is_some_and(|who| who.actor.read_reason.is_none());
    let (request, typed) = match again::keep(request).await {
        Ok(kept) => kept,
        Err(fault) => return shown(&reader, &fault.0, &back, Vec::new()),
    };
    let words = typed.as_ref().map(again::Typed::words).unwrap_or_default();
    let mut response = next.run(request).await;
    // A page or a plain form is refused before its handler only for an address with an id that is none.
    let plain = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let plain = plain.is_some_and(|kind| kind.starts_with("text/plain"));
    let unread = response.status() == StatusCode::BAD_REQUEST && plain && (page || typed.is_some());
    // Nor is there a page where only forms are taken, nor a form where there is only a page.
    let allowed = response.headers().get(header::ALLOW).cloned();
    let is_taken = response.status() != StatusCode::METHOD_NOT_ALLOWED;
    if (unread || !is_taken) && response.extensions().get::<Problem>().is_none() {
        let not_here = Fault::from(domain::access::not_here()).0;
        let status = if is_taken { not_here.status } else { StatusCode::METHOD_NOT_ALLOWED.as_u16() };
        response.extensions_mut().insert(Problem { status, ..not_here });
    }
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = match problem.code.as_str() {
            "no_session" if words.is_empty() => to("/console/sign-in", &back),
            "step_up" => to("/console/step-up", &back),
            // Without a reason in force it is asked on a page of its own; else it is missing in a form.
            "read_needs_reason" if unreasoned && back != "/console/reason" => to("/console/reason", &back),
            _ => match &typed {
                Some(typed) => match again::page(&app, &reader, typed, &problem).await {
                    Some(page) => page,
                    None => shown(&reader, &problem, &back, words),
                },
                // What could not be read in an address would be refused again.
                None if problem.status == StatusCode::BAD_REQUEST.as_u16() => {
                    let path = back.split('?').next().unwrap_or_default();
                    shown(&reader, &problem, path, words)
                }
                None => shown(&reader, &problem, &back, words),
            },
        };
    }
    if let Some(allowed) = allowed {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    if let Some(lang) = reader.asked_language() {
        let cookie =
            format!("lang={}; Path=/; Max-Age={ASSET_SECONDS}; SameSite=Lax; Secure; HttpOnly", lang.tag());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The page to which a form belongs: the first two parts of its path, and the id that follows them.
fn place_of(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let named = parts.get(2).is_some_and(|id| uuid::Uuid::try_parse(id).is_ok());
    format!("/{}", parts[..parts.len().min(if named { 3 } else { 2 })].join("/"))
}

fn to(page: &str, back: &str) -> Response {
    let query: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("back", back).finish();
    Redirect::to(&format!("{page}?{query}")).into_response()
}

/// A path of this console to go back to; anything else leads home.
pub(crate) fn safe_back(back: &str) -> &str {
    let inside = back.starts_with("/console/") || back == "/console" || back.starts_with("/public");
    if inside && !back.contains("//") && !back.contains('\\') && !back.chars().any(char::is_control) {
        back
    } else {
        "/"
    }
}

/// A refusal without its form: what was written there stands on the page to be copied.
fn shown(reader: &Reader, problem: &Problem, back: &str, written: Vec<String>) -> Response {
    let view = refusal::View {
        said: reader.words.t("refusal-said"),
        way_out: reader.words.rule(&problem.code, &problem.sentence),
        rule: problem.rule.clone(),
        differences: Vec::new(),
        written,
        back: safe_back(back).to_owned(),
    };
    (again::status(problem), refusal::page(&view, &reader.words, &reader.frame(Place::Elsewhere)))
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_stays_here() {
        for (back, expected) in [
            ("/console/queue", "/console/queue"),
            ("/console/queue?q=a", "/console/queue?q=a"),
            ("https://other.example/", "/"),
            ("//other.example/", "/"),
            ("/console//other.example", "/"),
            ("/console/\\other.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(safe_back(back), expected, "{back}");
        }
    }

    #[test]
    fn forms_belong_to_pages() {
        let id = "00000000-0000-7000-8000-000000000001";
        assert_eq!(place_of(&format!("/console/approve/{id}/agree")), format!("/console/approve/{id}"));
        assert_eq!(place_of(&format!("/console/agency/people/{id}")), "/console/agency");
        assert_eq!(place_of("/console"), "/console");
        assert_eq!(place_of("/public/contest"), "/public/contest");
    }
}
