//! A refused form comes back: the page on which it stands, filled with what the person typed, and the reason at its top.
//!
//! One way for all forms: the middleware keeps a posted form until its handler has answered. When a rule or a check says
//! no, it asks for the form's page again as the same person and puts the typed values into it ([`super::refill`]).

use super::fields::{form_bytes, form_max_bytes, too_large};
use super::{Fields, Reader, place_of, safe_back};
use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity;
use crate::look::{Sign, sign};
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Extensions, HeaderMap, Method, StatusCode, header};
use maud::{Markup, PreEscaped, html};
use tower::ServiceExt as _;

/// Largest page that is filled, in bytes.
const PAGE_MAX_BYTES: usize = 8 * 1024 * 1024;
/// Least length of a value that is shown when its form is gone, in characters.
const WORDS_MIN_CHARS: usize = 10;
/// Headers that say who asks and in which language.
const KEPT: [header::HeaderName; 5] =
    [header::COOKIE, header::AUTHORIZATION, header::ACCEPT_LANGUAGE, header::HOST, header::USER_AGENT];

/// A form as it was posted.
pub(super) struct Typed {
    action: String,
    page: String,
    headers: HeaderMap,
    extensions: Extensions,
    /// Its fields.
    pub(super) fields: Fields,
}

impl Typed {
    /// The texts that a person wrote, for the case that their form is not there any more.
    pub(super) fn words(&self) -> Vec<String> {
        let written = |name: &str, value: &str| {
            !["csrf", "password", "password_again", "back"].contains(&name)
                && value.chars().count() >= WORDS_MIN_CHARS
                && uuid::Uuid::try_parse(value).is_err()
        };
        let words = self.fields.pairs().filter(|(name, value)| written(name, value));
        words.map(|(_, value)| value.to_owned()).collect()
    }
}

/// Keeps a plain form that is posted; anything else goes through untouched. One that says itself that it is too large is
/// refused before anybody asks who sends it.
pub(super) async fn keep(request: Request) -> Outcome<(Request, Option<Typed>)> {
    let plain = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let plain = plain.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let most = form_max_bytes(request.uri().path());
    let length = length.and_then(|length| length.parse::<usize>().ok());
    let Some(length) = length.filter(|_| request.method() == Method::POST && plain) else {
        return Ok((request, None));
    };
    let (parts, body) = request.into_parts();
    let read = form_bytes(parts.uri.path(), body).await;
    // It was read before, where its token was looked for.
    let bytes = if length > most { Err(too_large(most)) } else { read }?;
    let mut extensions = Extensions::new();
    identity::hand_on(&parts.extensions, &mut extensions);
    let typed = Typed {
        action: parts.uri.path().to_owned(),
        page: page_of(&parts),
        headers: KEPT
            .into_iter()
            .filter_map(|name| Some((name.clone(), parts.headers.get(&name)?.clone())))
            .collect(),
        extensions,
        fields: Fields::parse(&bytes),
    };
    Ok((Request::from_parts(parts, Body::from(bytes)), Some(typed)))
}

/// The page on which the form stood: the one that the browser names when it is ours, else the one that its path says.
/// What was said there was said once.
fn page_of(parts: &Parts) -> String {
    let named = parts.headers.get(header::REFERER).and_then(|named| named.to_str().ok());
    let named = named.and_then(|named| url::Url::parse(named).ok());
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let ours = named.filter(|named| host.is_some_and(|host| named.authority().eq_ignore_ascii_case(host)));
    let Some(named) = ours.filter(|named| safe_back(named.path()) != "/") else {
        return place_of(parts.uri.path());
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in named.query_pairs().filter(|(name, _)| name != "said" && name != "undo") {
        query.append_pair(&name, &value);
    }
    match query.finish() {
        query if query.is_empty() => named.path().to_owned(),
        query => format!("{}?{query}", named.path()),
    }
}

/// The page of the form with what was typed; `None` when it has no such form any more.
pub(super) async fn page(app: &App, reader: &Reader, typed: &Typed, problem: &Problem) -> Option<Response> {
    // A form that was refused before stands under the address that it was posted to, which shows no page of its own.
    let mut found = None;
    for page in [&typed.page, &place_of(&typed.action)] {
        found = drawn(app, reader, typed, (page, problem)).await;
        if found.is_some() {
            break;
        }
    }
    Some((status(problem), found?).into_response())
}

/// A page, asked for as the same person, with what was typed in its form; `None` when it is not there or has no such form.
async fn drawn(
    app: &App,
    reader: &Reader,
    typed: &Typed,
    (page, problem): (&str, &Problem),
) -> Option<Markup> {
    let mut request = Request::builder().method(Method::GET).uri(page).body(Body::empty()).ok()?;
    *request.headers_mut() = typed.headers.clone();
    *request.extensions_mut() = typed.extensions.clone();
    let answer = super::pages().with_state(app.clone()).oneshot(request).await.ok()?;
    if answer.status() != StatusCode::OK {
        return None;
    }
    let bytes = axum::body::to_bytes(answer.into_body(), PAGE_MAX_BYTES).await.ok()?;
    let page = String::from_utf8(bytes.into()).ok()?;
    put_back(reader, &page, (&typed.action, &typed.fields), problem)
}

/// The status of a refused form.
pub(super) fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A page with what was typed in the form that posts to `action`, and the reason at the top of that form.
pub(super) fn put_back(
    reader: &Reader,
    page: &str,
    (action, fields): (&str, &Fields),
    problem: &Problem,
) -> Option<Markup> {
    let why = reader.words.rule(&problem.code, &problem.sentence);
    let said = html! {
        p.finding.stop role="alert" tabindex="-1" autofocus data-refused {
            (sign(Sign::Stop)) span title=[(!problem.rule.is_empty()).then_some(&problem.rule)] { b { (reader.words.t("refusal-said")) } " " (why) }
        }
    };
    super::refill::refill(page, (action, fields), &said.into_string()).map(PreEscaped)
}
