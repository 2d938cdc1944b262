//! Hosts among the links out of assessed content, and what people note of them.

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::May;
use app::load;
use app::view::{cells, radar, shifts, subject};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::access::{Actor, Authorised, right};
use domain::host::Note;
use domain::id::{AgencyId, SubjectId};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open))
        .routes(routes!(cell))
        .routes(routes!(note))
        .routes(routes!(rdap))
}

/// Which radar.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// Host whose worksheet is wanted.
    host: Option<String>,
}

/// Which space.
#[derive(Deserialize, IntoParams)]
struct Where {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
}

/// Hosts that are new or growing among the links out of assessed content, the worksheet of one, and shifts by service and
/// language (null while they are counted).
#[utoipa::path(get, path = "/api/v1/radar", tag = "network", params(Asked),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read_network"))))]
async fn open(
    State(app): State<App>,
    may: May<right::ReadNetwork>,
    Query(asked): Query<Asked>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let open = radar::open(&app.house, may.actor(), space, asked.host.as_deref()).await?;
    let shifts = shifts::shifts(&app.house, may.actor(), space).await?;
    let mut answer = json!(open);
    answer["shifts"] = json!(shifts.as_deref());
    Ok(Json(answer))
}

/// The cell that an account is in, with its joint acts: `counting`, `none`, or `in`. A lead, never a ground.
#[utoipa::path(get, path = "/api/v1/subjects/{id}/cell", tag = "network", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("read_network"))))]
async fn cell(
    State(app): State<App>,
    may: May<right::ReadNetwork>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Value>> {
    let id = SubjectId(id);
    let loaded = subject::load::<right::ReadNetwork>(&app.house, may.actor(), id).await?;
    let standing = cells::of(&app.house, may.actor(), loaded.get().space, id).await?;
    Ok(Json(json!(standing)))
}

fn whose(actor: &Actor, space: Option<Uuid>) -> Outcome<Authorised<AgencyId, right::Intake>> {
    let space = load::space(actor, space.map(AgencyId))?;
    Ok(Authorised::check(actor, space, space)?)
}

/// A fact or a hypothesis.
#[derive(Deserialize, ToSchema)]
struct Written {
    /// identification, operator, seat, registrar, registered, name_servers, network, contact, purpose, hypothesis.
    kind: String,
    /// The fact, 1 to 500 characters; of an identification yes, no or unknown.
    value: String,
    /// Where it is known from, 3 to 300 characters.
    source: String,
    /// Of a hypothesis: open, supported, refuted.
    standing: Option<String>,
}

/// A new note.
#[derive(Serialize, ToSchema)]
struct New {
    /// Its id.
    id: Uuid,
}

/// Notes a fact or a hypothesis about a host, with its source.
#[utoipa::path(post, path = "/api/v1/radar/{host}/notes", tag = "network", params(("host" = String, Path), Where),
    request_body = Written,
    responses((status = 201, body = New), (status = 400, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem)),
    extensions(("x-right" = json!("intake"))))]
async fn note(
    State(app): State<App>,
    may: May<right::Intake>,
    Path(host): Path<String>,
    Query(asked): Query<Where>,
    Json(written): Json<Written>,
) -> Outcome<(StatusCode, Json<New>)> {
    let written = json!({
        "kind": written.kind, "value": written.value, "source": written.source,
        "standing": written.standing.as_deref().unwrap_or("open"),
    });
    let written: Note = serde_json::from_value(written)
        .map_err(|error| app::Error::Input(format!("The note cannot be read: {error}.")))?;
    let id = app::radar::note(&app.house, &whose(may.actor(), asked.space)?, &host, written).await?;
    Ok((StatusCode::CREATED, Json(New { id })))
}

/// An RDAP answer, as a registry gave it to somebody.
#[derive(Deserialize, ToSchema)]
struct Answered {
    /// The answer, JSON of RFC 9083.
    answer: Value,
    /// From which registry, and when it was got.
    source: String,
}

/// How many facts were noted.
#[derive(Serialize, ToSchema)]
struct Noted {
    /// Facts.
    facts: usize,
}

/// Notes the facts of an RDAP answer about a host. Nothing is asked of any registry.
#[utoipa::path(post, path = "/api/v1/radar/{host}/rdap", tag = "network", params(("host" = String, Path), Where),
    request_body = Answered,
    responses((status = 201, body = Noted), (status = 400, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem)),
    extensions(("x-right" = json!("intake"))))]
async fn rdap(
    State(app): State<App>,
    may: May<right::Intake>,
    Path(host): Path<String>,
    Query(asked): Query<Where>,
    Json(given): Json<Answered>,
) -> Outcome<(StatusCode, Json<Noted>)> {
    let answer = given.answer.to_string();
    let whose = whose(may.actor(), asked.space)?;
    let facts = app::radar::hand_in(&app.house, &whose, &host, (&answer, &given.source)).await?;
    Ok((StatusCode::CREATED, Json(Noted { facts })))
}
