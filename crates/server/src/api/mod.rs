//! The API: one file a step. Each operation names its right in the document as `x-right`, and takes it as a type.
//!
//! `public` needs no session; `session` needs one, whatever its rights. The document is the golden file `openapi.json`.

mod book;
mod closed;
mod contest;
mod decide;
mod hash;
mod health;
mod intake;
mod leads;
mod ledger;
mod log;
mod lookup;
mod money;
mod network;
mod people;
mod radar;
mod reports;
mod search;
mod send;
mod session;
mod stream;

pub(crate) use book::{export_file, list_format};
pub(crate) use intake::{Received, UPLOAD_MAX_BYTES, format_of, receive, take, uploads_of};
pub(crate) use people::role;
pub(crate) use reports::media_type;
pub(crate) use stream::live;

use crate::App;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

/// Version of the API: part of each path.
pub const VERSION: &str = "1";

/// Operations with an answer in one piece.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(health::router())
        .merge(session::router())
        .merge(people::router())
        .merge(decide::router())
        .merge(send::router())
        .merge(contest::router())
        .merge(book::router())
        .merge(closed::router())
        .merge(ledger::router())
        .merge(log::router())
        .merge(network::router())
        .merge(leads::router())
        .merge(money::router())
        .merge(radar::router())
        .merge(reports::router())
        .merge(search::router())
}

/// Operations that end when the reader goes: no time limit.
pub fn streams() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(stream::router())
}

/// Operations that take files: limits of their own.
pub fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(intake::router())
        .merge(book::uploads())
        .merge(closed::uploads())
        .merge(hash::router())
        .merge(lookup::router())
}

/// The whole document.
#[must_use]
pub fn document() -> OpenApi {
    let info = Info::builder()
        .title("Renvoi")
        .version(VERSION)
        .description(Some(
            "Sign in by POST /api/v1/sign-in and send the token as `Authorization: Bearer`. Each operation names the \
             right that it needs as `x-right`. A refusal is problem+json with rule, code and sentence.",
        ))
        .build();
    let mut document = OpenApiBuilder::new().info(info).build();
    for part in [router(), streams(), uploads()] {
        document.merge(part.into_openapi());
    }
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
    );
    components.add_security_scheme(
        "cookie",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(crate::identity::COOKIE))),
    );
    document
}
