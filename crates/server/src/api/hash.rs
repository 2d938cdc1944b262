//! Hashes as programs of the field ask for them: the paths, parameters and answers of Hasher-Matcher-Actioner.
//!
//! Taken from github.com/facebook/ThreatExchange `hasher-matcher-actioner/src/OpenMediaMatch/blueprints/hashing.py`: `POST
//! /h/hash` with one file in a field named by its content type answers `{"signal_type":"hash"}`, of the `types` that are
//! named or of all; a hash that could not be matched is empty. `GET /h/hash?url=` fetches there and is refused here: post
//! the file. Beyond it: a session, a right, a reason, the limit of lookups, and the digests of every file.

use super::lookup::{FORM_MAX_BYTES, content_of, kind_of, no_fetching, one_file, signal_type};
use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::hash;
use app::load;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use domain::access::{Authorised, right};
use domain::bank::SignalKind;
use domain::id::AgencyId;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(of_url, of_file)).layer(DefaultBodyLimit::max(FORM_MAX_BYTES))
}

/// What is asked beside a file.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// Signal types with commas between them; all when left out.
    types: Option<String>,
    /// Refused: nothing is fetched for others.
    url: Option<String>,
    /// Why you ask, 8 to 300 characters; that of the session when left out.
    reason: Option<String>,
    /// Space; one's agency when left out.
    space: Option<Uuid>,
}

/// Refused: addresses are not fetched for others.
#[utoipa::path(get, path = "/h/hash", tag = "recognise", params(Asked),
    responses((status = 400, body = Problem), (status = 403, body = Problem)), extensions(("x-right" = json!("search"))))]
async fn of_url(_: May<right::Search>, Query(asked): Query<Asked>) -> Fault {
    match asked.url {
        Some(_) => no_fetching(),
        None => Fault::input("Post a file to /h/hash, in a field photo, video, pdf, text or file."),
    }
}

/// The hashes of a file by signal type: one file in a field photo, video, pdf, text or file.
#[utoipa::path(post, path = "/h/hash", tag = "recognise", params(Asked),
    responses((status = 200, body = BTreeMap<String, String>), (status = 400, body = Problem), (status = 413, body = Problem), (status = 429, body = Problem)),
    extensions(("x-right" = json!("search"))))]
async fn of_file(
    State(app): State<App>,
    may: May<right::Search>,
    Query(asked): Query<Asked>,
    parts: Multipart,
) -> Outcome<Json<BTreeMap<&'static str, String>>> {
    if asked.url.is_some() {
        return Err(no_fetching());
    }
    let wanted = asked.types.as_deref().map(wanted).transpose()?;
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    let (field, file) = one_file(parts).await?;
    let hashes = hash::run(&app.house, &space, (content_of(&field), file), asked.reason.as_deref()).await?;
    if let Some(missing) = wanted.iter().flatten().find(|kind| !hashes.contains_key(*kind)) {
        return Err(Fault::input(format!("A file of the field {field} has no {}.", signal_type(*missing))));
    }
    let asked =
        hashes.into_iter().filter(|(kind, _)| wanted.as_ref().is_none_or(|wanted| wanted.contains(kind)));
    Ok(Json(asked.map(|(kind, hash)| (signal_type(kind), hash)).collect()))
}

/// The kinds that are named.
fn wanted(types: &str) -> Outcome<BTreeSet<SignalKind>> {
    let named = types.split(',').map(str::trim).filter(|word| !word.is_empty());
    let kinds: BTreeSet<SignalKind> = named.map(kind_of).collect::<Outcome<_>>()?;
    match kinds.is_empty() {
        true => Err(Fault::input("Name at least one signal type, or leave `types` out for all.")),
        false => Ok(kinds),
    }
}
