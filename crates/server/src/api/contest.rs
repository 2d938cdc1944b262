//! Contests, by program: anybody with the reference opens one, a third person decides it (LAW-57, RXP-20.25).

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::May;
use app::contest::{self, Shown};
use app::load::{self, For};
use axum::Json;
use axum::extract::{Path, State};
use domain::access::right;
use domain::id::ReferralId;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open)).routes(routes!(of_referral)).routes(routes!(decide))
}

/// Somebody says that a referral was wrong.
#[derive(Deserialize, ToSchema)]
struct Contested {
    /// The contest reference that stands in the message.
    reference: String,
    /// What is wrong, 20 to 4,000 characters.
    reasons: String,
}

/// A new contest.
#[derive(Serialize, ToSchema)]
struct Opened {
    /// Its number.
    id: Uuid,
}

/// Contests a referral by its reference. Nothing is told about the referral but that the reference is right.
#[utoipa::path(post, path = "/api/v1/contests", tag = "refer", request_body = Contested,
    responses((status = 201, body = Opened), (status = 422, body = Problem)),
    extensions(("x-right" = json!("public"))))]
async fn open(State(app): State<App>, Json(said): Json<Contested>) -> Outcome<(StatusCode, Json<Opened>)> {
    let id = contest::by_reference(&app.house, said.reference.trim(), &said.reasons).await?;
    Ok((StatusCode::CREATED, Json(Opened { id })))
}

/// Contests of a referral, oldest first.
#[utoipa::path(get, path = "/api/v1/referrals/{id}/contests", tag = "refer", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Object>), (status = 404, body = Problem)),
    extensions(("x-right" = json!("read"))))]
async fn of_referral(
    State(app): State<App>,
    may: May<right::Read>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Vec<Shown>>> {
    let loaded = load::referral::<right::Read>(&app.house, may.actor(), ReferralId(id), For::Reading).await?;
    Ok(Json(contest::of_referral(&app.house, loaded.get()).await?))
}

/// What a third person found.
#[derive(Deserialize, ToSchema)]
struct Decision {
    /// Whether the contestant is right; the referral is then taken back.
    upheld: bool,
    /// Why.
    reasons: String,
}

/// Decides a contest: neither author nor approver of what is contested.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/contests/{contest}/decision", tag = "refer",
    params(("id" = Uuid, Path), ("contest" = Uuid, Path)), request_body = Decision,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)),
    extensions(("x-right" = json!("manage_operation"))))]
async fn decide(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    Path((id, number)): Path<(Uuid, Uuid)>,
    Json(made): Json<Decision>,
) -> Outcome<StatusCode> {
    let loaded =
        load::referral::<right::ManageOperation>(&app.house, may.actor(), ReferralId(id), For::Acting)
            .await?;
    contest::decide(&app.house, &loaded, number, made.upheld, &made.reasons).await?;
    Ok(StatusCode::NO_CONTENT)
}
