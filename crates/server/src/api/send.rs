//! Sent, by program: referrals, what holds them, withdrawal, information; and the provider's inbox.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::load::{self, For};
use app::view::rows;
use app::{answer, refer, withdraw};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::access::right;
use domain::id::{AgencyId, MessageId, ReferralId};
use domain::referral::{State as ReferralState, WithdrawalReason};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sent))
        .routes(routes!(referral))
        .routes(routes!(take_back))
        .routes(routes!(inform))
        .routes(routes!(look))
        .routes(routes!(inbox))
        .routes(routes!(referred))
        .routes(routes!(answered))
}

#[derive(Deserialize, IntoParams)]
struct Which {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// A state's word.
    state: Option<String>,
    /// Rows, at most 500.
    limit: Option<i64>,
}

/// Referrals of a space, newest first.
#[utoipa::path(get, path = "/api/v1/referrals", tag = "refer", params(Which),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read"))))]
async fn sent(
    State(app): State<App>,
    may: May<right::Read>,
    Query(which): Query<Which>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), which.space.map(AgencyId))?;
    let state = match which.state.as_deref() {
        None => None,
        Some(word) => Some(
            ReferralState::from_word(word)
                .ok_or_else(|| Fault::input(format!("There is no state \"{word}\".")))?,
        ),
    };
    let rows =
        rows::sent(&app.house, may.actor(), space, state, which.limit.unwrap_or(rows::ROWS_MAX)).await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            let findings: Value = serde_json::from_str(&row.findings).unwrap_or_default();
            json!({ "id": row.id, "state": row.state.word(), "provider": row.provider, "reference": row.reference, "case": row.matter,
                "message": row.message, "findings": findings, "assessment": row.assessment, "looked_by": row.looked_by })
        })
        .collect();
    Ok(Json(json!({ "referrals": rows })))
}

/// A referral with its items and the messages' state.
#[utoipa::path(get, path = "/api/v1/referrals/{id}", tag = "refer", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("read"))))]
async fn referral(
    State(app): State<App>,
    may: May<right::Read>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Value>> {
    let loaded = load::referral::<right::Read>(&app.house, may.actor(), ReferralId(id), For::Reading).await?;
    let row = loaded.get();
    let items = rows::items(&app.house, &loaded).await?;
    let items: Vec<Value> = items
        .iter()
        .map(|item| {
            json!({ "item": item.item, "subject": item.subject_id, "service": item.service, "answer": item.answer.map(domain::referral::Answer::word),
                "final_at": item.final_at.map(|at| at.to_string()), "last_class": item.last_class, "gone_at": item.gone_at.map(|at| at.to_string()) })
        })
        .collect();
    let told = withdraw::told(&app.house, row.id).await?;
    let told: Vec<Value> =
        told.iter().map(|told| json!({ "org": told.org, "acknowledged_at": told.acknowledged_at.map(|at| at.to_string()) })).collect();
    Ok(Json(json!({
        "id": row.id, "state": row.state.word(), "reference": row.reference, "contest": row.contest, "case": row.matter,
        "message": row.message, "items": items, "withdrawal_told": told,
        "findings": serde_json::from_str::<Value>(&row.findings).unwrap_or_default(),
    })))
}

/// Why a referral is taken back.
#[derive(Deserialize, ToSchema)]
struct TakeBack {
    /// wrong_item, wrong_assessment, protected_expression, duplicate, sent_in_error, court, other.
    #[schema(value_type = String)]
    reason: WithdrawalReason,
    /// In words.
    text: String,
}

/// Takes a referral back: one person's act; every receiver is told.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/withdrawal", tag = "refer", params(("id" = Uuid, Path)), request_body = TakeBack,
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("withdraw"))))]
async fn take_back(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
    Json(back): Json<TakeBack>,
) -> Outcome<Json<Value>> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    let told = withdraw::run(&app.house, &loaded, back.reason, &back.text).await?;
    Ok(Json(json!({ "told": told.iter().map(|told| told.org.clone()).collect::<Vec<_>>() })))
}

/// Words.
#[derive(Deserialize, ToSchema)]
struct Words {
    /// In words.
    text: String,
}

/// Answers a provider's question.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/information", tag = "refer", params(("id" = Uuid, Path)), request_body = Words,
    responses((status = 200, body = Value), (status = 422, body = Problem)), extensions(("x-right" = json!("withdraw"))))]
async fn inform(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
    Json(words): Json<Words>,
) -> Outcome<Json<Value>> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    let message = withdraw::inform(&app.house, &loaded, &words.text).await?;
    Ok(Json(json!({ "message": message })))
}

/// A coordinator looked at what the pre-flight found and lets the referral go, with a reason.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/look", tag = "refer", params(("id" = Uuid, Path)), request_body = Words,
    responses((status = 204), (status = 403, body = Problem)), extensions(("x-right" = json!("manage_operation"))))]
async fn look(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    Path(id): Path<Uuid>,
    Json(words): Json<Words>,
) -> Outcome<http::StatusCode> {
    let loaded =
        load::referral::<right::ManageOperation>(&app.house, may.actor(), ReferralId(id), For::Acting)
            .await?;
    refer::look(&app.house, &loaded, &words.text).await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// The provider's inbox: `state` is open, answered or withdrawn.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "inbox", params(Which),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read_inbox"))))]
async fn inbox(
    State(app): State<App>,
    may: May<right::ReadInbox>,
    Query(which): Query<Which>,
) -> Outcome<Json<Value>> {
    let state = which.state.as_deref().unwrap_or("open");
    let rows = rows::inbox(&app.house, may.actor(), state, which.limit.unwrap_or(rows::ROWS_MAX)).await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({ "message": row.message, "item": row.item, "case": row.matter, "sender": row.sender, "state": row.state,
                "answer": row.answer, "received_at": row.received_at.to_string() })
        })
        .collect();
    Ok(Json(json!({ "items": rows })))
}

/// A referral as it was received.
#[utoipa::path(get, path = "/api/v1/inbox/{message}", tag = "inbox", params(("message" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("read_inbox"))))]
async fn referred(
    State(app): State<App>,
    may: May<right::ReadInbox>,
    Path(message): Path<Uuid>,
) -> Outcome<Json<Value>> {
    let loaded =
        load::inbox::<right::ReadInbox>(&app.house, may.actor(), MessageId(message), For::Reading).await?;
    let document = rows::document(&app.house, loaded.actor().agency, MessageId(message)).await?;
    Ok(Json(json!({ "document": document })))
}

/// Answers items of a referral.
#[utoipa::path(post, path = "/api/v1/inbox/{message}/answer", tag = "inbox", params(("message" = Uuid, Path)), request_body = Value,
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("answer"))))]
async fn answered(
    State(app): State<App>,
    may: May<right::Answer>,
    Path(message): Path<Uuid>,
    Json(chosen): Json<answer::Chosen>,
) -> Outcome<Json<Value>> {
    let id = answer::run(&app.house, may.actor(), MessageId(message), chosen).await?;
    Ok(Json(json!({ "message": id })))
}
