//! The sensitive analysis (D34): opened and closed by an administrator; leads of one account, and what people say of them.

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::May;
use app::leads;
use app::view::leads as shown;
use axum::Json;
use axum::extract::{Path, State};
use domain::access::{Actor, Authorised, right};
use domain::analysis::{Analysis, Opening, Verdict};
use domain::id::{AgencyId, SubjectId};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open, close)).routes(routes!(elsewhere)).routes(routes!(mark, unmark))
}

/// Why and for how long.
#[derive(Deserialize, ToSchema)]
struct Written {
    /// What for, 10 to 500 characters.
    purpose: String,
    /// Where the data protection impact assessment is found, 3 to 200 characters.
    reference: String,
    /// Days until it closes by itself, 1 to 90.
    days: i64,
    /// What is opened: same_actor, money. Same_actor alone when left out.
    covers: Option<Vec<String>>,
}

/// A new opening or mark.
#[derive(Serialize, ToSchema)]
struct New {
    /// Its id.
    id: Uuid,
}

fn whose(actor: &Actor) -> Outcome<Authorised<AgencyId, right::ManageAccess>> {
    Ok(Authorised::check(actor, actor.agency, actor.agency)?)
}

/// Opens the sensitive analysis of one's agency; needs a step-up.
#[utoipa::path(put, path = "/api/v1/agency/analysis", tag = "network", request_body = Written,
    responses((status = 201, body = New), (status = 400, body = Problem), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn open(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Json(written): Json<Written>,
) -> Outcome<(StatusCode, Json<New>)> {
    let named = written.covers.unwrap_or_else(|| vec![Analysis::SameActor.word().to_owned()]);
    let covers = named.iter().map(|word| Analysis::from_word(word)).collect::<Option<_>>();
    let covers =
        covers.ok_or_else(|| app::Error::Input("An opening covers same_actor, money or both.".to_owned()))?;
    let opening = Opening { purpose: written.purpose, reference: written.reference, covers };
    let id = leads::open(&app.house, &whose(may.actor())?, opening, written.days).await?;
    Ok((StatusCode::CREATED, Json(New { id })))
}

/// Closes it before its end.
#[utoipa::path(delete, path = "/api/v1/agency/analysis", tag = "network",
    responses((status = 204), (status = 403, body = Problem)), extensions(("x-right" = json!("manage_access"))))]
async fn close(State(app): State<App>, may: May<right::ManageAccess>) -> Outcome<StatusCode> {
    leads::close(&app.house, &whose(may.actor())?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accounts on other services that may have the same actor, each with its probability and what speaks for and against it, while
/// the analysis is open. Leads, never a ground.
#[utoipa::path(get, path = "/api/v1/subjects/{id}/elsewhere", tag = "network", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("read_leads"))))]
async fn elsewhere(
    State(app): State<App>,
    may: May<right::ReadLeads>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Value>> {
    Ok(Json(json!(shown::of(&app.house, may.actor(), SubjectId(id)).await?)))
}

/// What a person says of two accounts.
#[derive(Deserialize, ToSchema)]
struct Said {
    /// same, not_same.
    verdict: String,
    /// Why, at most 500 characters; may be left out.
    reason: Option<String>,
}

/// Says of two accounts that they have the same actor, or not. It has no effect but to be shown, and is erased after 90 days.
#[utoipa::path(put, path = "/api/v1/subjects/{id}/elsewhere/{other}", tag = "network",
    params(("id" = Uuid, Path), ("other" = Uuid, Path)), request_body = Said,
    responses((status = 201, body = New), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)),
    extensions(("x-right" = json!("read_leads"))))]
async fn mark(
    State(app): State<App>,
    may: May<right::ReadLeads>,
    Path((id, other)): Path<(Uuid, Uuid)>,
    Json(said): Json<Said>,
) -> Outcome<(StatusCode, Json<New>)> {
    let verdict = Verdict::from_word(&said.verdict)
        .ok_or_else(|| app::Error::Input("The verdict is same or not_same.".to_owned()))?;
    let reason = said.reason.unwrap_or_default();
    let pair = (SubjectId(id), SubjectId(other));
    let id = leads::mark(&app.house, may.actor(), pair, verdict, &reason).await?;
    Ok((StatusCode::CREATED, Json(New { id })))
}

/// Takes back what was said of two accounts.
#[utoipa::path(delete, path = "/api/v1/subjects/{id}/elsewhere/{other}", tag = "network",
    params(("id" = Uuid, Path), ("other" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("read_leads"))))]
async fn unmark(
    State(app): State<App>,
    may: May<right::ReadLeads>,
    Path((id, other)): Path<(Uuid, Uuid)>,
) -> Outcome<StatusCode> {
    leads::unmark(&app.house, may.actor(), (SubjectId(id), SubjectId(other))).await?;
    Ok(StatusCode::NO_CONTENT)
}
