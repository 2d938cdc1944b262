//! Who asks: the session of a cookie or a bearer token, the origin, and the token of a form.
//!
//! A middleware looks the session up once. Handlers take [`Signed`] or, with the right in the type, [`May`]; both refuse a
//! change that came by cookie and was not proved to come from our own page.

use crate::App;
use crate::console::form_bytes;
use crate::fault::{Fault, Outcome};
use app::sign_in::Who;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::{Actor, RightType};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, header};
use std::marker::PhantomData;

/// Name of the session's cookie.
pub const COOKIE: &str = "__Host-renvoi";
/// Header in which a script sends the token of the session's forms.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// Who asks, as found by [`identify`].
#[derive(Clone)]
struct Identity {
    who: Who,
    /// The change is proved to be wanted: by bearer token, or by the token of our forms; else why it is refused.
    proved: Result<(), Fault>,
}

/// Hands on who asks to a request that the server makes for the same person.
pub(crate) fn hand_on(from: &http::Extensions, to: &mut http::Extensions) {
    if let Some(identity) = from.get::<Identity>() {
        to.insert(identity.clone());
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}

/// A cookie of the request.
#[must_use]
pub fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    cookie(headers, name)
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Compares without telling by time how much is right.
fn same(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left.bytes().zip(right.bytes()).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

fn refused_csrf() -> Fault {
    Fault::new(
        StatusCode::FORBIDDEN,
        "csrf",
        "This form did not come from a page of this session. Open the page again and repeat it there.",
    )
}

/// A browser's `Origin` must be our own host. Programs that send none go on; their cookie still needs the token.
fn own_origin(parts: &Parts) -> bool {
    let Some(origin) = parts.headers.get(header::ORIGIN) else { return true };
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let host = host.or_else(|| parts.uri.authority().map(ToString::to_string));
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    matches!((origin, host), (Some(origin), Some(host)) if origin.eq_ignore_ascii_case(&host))
}

/// Finds the session once, checks origin and form token, and hands both on.
pub async fn identify(State(app): State<App>, request: Request, next: Next) -> Response {
    match identified(&app, request).await {
        Ok(request) => next.run(request).await,
        Err(fault) => fault.into_response(),
    }
}

async fn identified(app: &App, request: Request) -> Outcome<Request> {
    let (mut parts, mut body) = request.into_parts();
    let changing = changes(&parts.method);
    if changing && !own_origin(&parts) {
        return Err(refused_csrf());
    }
    let (token, by_cookie) = match bearer(&parts.headers) {
        Some(token) => (Some(token), false),
        None => (cookie(&parts.headers, COOKIE), true),
    };
    let Some(token) = token else { return Ok(Request::from_parts(parts, body)) };
    let found = if parts.uri.path().ends_with("/stream") {
        app::sign_in::peek(&app.house, &token).await?
    } else {
        app::sign_in::session(&app.house, &token).await?
    };
    let Some(who) = found else { return Ok(Request::from_parts(parts, body)) };
    let csrf = |sent: Option<&str>| match sent.is_some_and(|sent| same(sent, &who.session.csrf)) {
        true => Ok(()),
        false => Err(refused_csrf()),
    };
    let proved = if !by_cookie || !changing {
        Ok(())
    } else if let Some(sent) = parts.headers.get(CSRF_HEADER) {
        csrf(sent.to_str().ok())
    } else if is_form(&parts.headers) {
        // A form that is too large is refused where its page is known, not here.
        let (bytes, whole) = match form_bytes(parts.uri.path(), body).await {
            Ok(bytes) => (bytes, Ok(())),
            Err(fault) => (Bytes::new(), Err(fault)),
        };
        let proved = whole.and_then(|()| csrf(form_urlencoded(&bytes, "csrf").as_deref()));
        body = Body::from(bytes);
        proved
    } else {
        Err(refused_csrf())
    };
    parts.extensions.insert(Identity { who, proved });
    Ok(Request::from_parts(parts, body))
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn form_urlencoded(bytes: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(bytes).find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

/// No session: sign in first.
fn no_session() -> Fault {
    Fault::new(
        StatusCode::UNAUTHORIZED,
        "no_session",
        "Sign in first; your session is over or was never begun.",
    )
}

/// A signed-in person, whatever their rights.
#[derive(Clone)]
pub struct Signed(pub Who);

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        match parts.extensions.get::<Identity>() {
            Some(identity) => identity.proved.clone().map(|()| Self(identity.who.clone())),
            None => Err(no_session()),
        }
    }
}

/// A signed-in person who uploads a form with files: its first field must be the form's token, see [`Upload::prove`].
pub struct Upload<R: RightType> {
    identity: Identity,
    right: PhantomData<R>,
}

impl<S: Send + Sync, R: RightType> FromRequestParts<S> for Upload<R> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        let identity = parts.extensions.get::<Identity>().cloned().ok_or_else(no_session)?;
        identity.who.actor.need(R::RIGHT)?;
        Ok(Self { identity, right: PhantomData })
    }
}

impl<R: RightType> Upload<R> {
    /// The person, once the token that stood in the form is right; `None` is enough for a bearer token.
    pub fn prove(self, sent: Option<&str>) -> Outcome<Who> {
        let proved = self.is_proved() || sent.is_some_and(|sent| same(sent, &self.identity.who.session.csrf));
        if proved { Ok(self.identity.who) } else { Err(refused_csrf()) }
    }

    /// Whether the person is proved already, before the form is read.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.identity.proved.is_ok()
    }
}

/// Whoever is signed in, or nobody: for pages that both may see.
pub struct Perhaps(pub Option<Who>);

impl<S: Send + Sync> FromRequestParts<S> for Perhaps {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Identity>().map(|identity| identity.who.clone())))
    }
}

/// A signed-in person with the right `R`. The right is checked before anything else of the request is read.
pub struct May<R: RightType> {
    /// The person.
    pub who: Who,
    right: PhantomData<R>,
}

impl<R: RightType> May<R> {
    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.who.actor
    }
}

impl<S: Send + Sync, R: RightType> FromRequestParts<S> for May<R> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let Signed(who) = Signed::from_request_parts(parts, state).await?;
        who.actor.need(R::RIGHT)?;
        Ok(Self { who, right: PhantomData })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        let check = |origin: Option<&str>, host: &str, expected: bool| {
            let mut request = http::Request::post("/x").header("host", host);
            if let Some(origin) = origin {
                request = request.header("origin", origin);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(own_origin(&parts), expected, "{origin:?} {host}");
        };
        check(None, "renvoi.example", true);
        check(Some("https://renvoi.example"), "renvoi.example", true);
        check(Some("https://renvoi.example:8443"), "renvoi.example", false);
        check(Some("https://other.example"), "renvoi.example", false);
        check(Some("null"), "renvoi.example", false);
    }

    #[test]
    fn cookies() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=1; __Host-renvoi=token; b=2".parse().unwrap());
        assert_eq!(cookie(&headers, COOKIE).as_deref(), Some("token"));
        assert_eq!(cookie(&headers, "renvoi"), None);
    }

    #[test]
    fn equal_only_when_equal() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "abcd"));
    }
}
