//! Assess and approve, by program: the queue, a cluster, a decision, its confirmation.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::load::{self, For};
use app::view::rows;
use app::{approve, assess};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::access::right;
use domain::assessment::{Draft, Finding, State as AssessmentState};
use domain::cluster::Queued;
use domain::id::{AgencyId, AssessmentId, ClusterId};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(queue))
        .routes(routes!(cluster))
        .routes(routes!(open))
        .routes(routes!(save))
        .routes(routes!(defer))
        .routes(routes!(approvals))
        .routes(routes!(assessment))
        .routes(routes!(agree))
        .routes(routes!(send_back))
        .routes(routes!(read_again))
}

#[derive(Deserialize, IntoParams)]
struct Which {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// State of the queue: open, deferred, awaits_reader, awaits_approval, decided.
    state: Option<String>,
    /// Rows, at most 500.
    limit: Option<i64>,
}

/// The queue of a space, in its order.
#[utoipa::path(get, path = "/api/v1/queue", tag = "assess", params(Which),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read"))))]
async fn queue(
    State(app): State<App>,
    may: May<right::Read>,
    Query(which): Query<Which>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), which.space.map(AgencyId))?;
    let state = match which.state.as_deref() {
        None => Queued::Open,
        Some(word) => {
            Queued::from_word(word).ok_or_else(|| Fault::input(format!("There is no state \"{word}\".")))?
        }
    };
    let rows =
        rows::queue(&app.house, may.actor(), space, state, which.limit.unwrap_or(rows::ROWS_MAX)).await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.id, "number": row.number, "state": row.state.word(), "urgency": row.urgency.word(), "reason": row.reason,
                "members": row.members, "matches": row.matches, "language": row.language, "kind": row.kind,
                "service": row.service, "version": row.version, "first_seen": row.first_seen.to_string(),
                "lease": row.lease.map(|lease| json!({"person": lease.person, "until": lease.until.to_string()})),
                "decided_before": row.finding.is_some(),
            })
        })
        .collect();
    Ok(Json(json!({ "clusters": rows })))
}

/// A cluster: its items with their records, why it matched, what was decided.
#[utoipa::path(get, path = "/api/v1/clusters/{id}", tag = "assess", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("read"))))]
async fn cluster(
    State(app): State<App>,
    may: May<right::Read>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Value>> {
    let loaded = load::cluster::<right::Read>(&app.house, may.actor(), ClusterId(id), For::Reading).await?;
    let row = loaded.get();
    let whole = rows::whole(&app.house, &loaded).await?;
    let items: Vec<Value> = whole
        .items
        .iter()
        .map(|item| {
            let record = item.record.as_ref();
            json!({
                "subject": item.member.subject_id, "service": item.member.service, "evidence": item.member.evidence.word(),
                "distance": item.member.distance, "language": item.language, "audience": item.audience,
                "url": record.and_then(|record| record.url.clone()), "text": record.map(|record| record.text.clone()),
                "key": record.map(|record| record.key.clone()),
            })
        })
        .collect();
    let matches: Vec<Value> = whole
        .matches
        .iter()
        .map(|found| {
            json!({ "signal": found.signal, "why": found.why.sentence(), "bank": found.why.bank,
                "opinion": found.why.opinion.word(), "distance": found.why.distance, "limit": found.why.limit,
                "variant": found.why.variant, "kind": found.why.kind.word() })
        })
        .collect();
    let assessments: Vec<Value> = whole
        .assessments
        .iter()
        .map(|found| {
            json!({ "id": found.id, "state": found.state.word(), "decision": found.decision.word(),
                "author": found.author, "version": found.version })
        })
        .collect();
    Ok(Json(json!({
        "id": row.id, "number": row.number, "state": row.state.word(), "version": row.version, "urgency": row.urgency.word(),
        "items": items, "matches": matches, "assessments": assessments,
    })))
}

/// Opens a cluster: a visible lease of ten minutes.
#[utoipa::path(post, path = "/api/v1/clusters/{id}/lease", tag = "assess", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 409, body = Problem)), extensions(("x-right" = json!("assess"))))]
async fn open(State(app): State<App>, may: May<right::Assess>, Path(id): Path<Uuid>) -> Outcome<Json<Value>> {
    let loaded = load::cluster::<right::Assess>(&app.house, may.actor(), ClusterId(id), For::Acting).await?;
    let lease = assess::open(&app.house, &loaded).await?;
    Ok(Json(json!({ "until": lease.until.to_string(), "version": loaded.get().version })))
}

/// A decision with the version of the cluster that the person saw.
#[derive(Deserialize, ToSchema)]
struct Decided {
    /// The cluster's version.
    version: i64,
    /// The draft: decision, content, contexts by subject id, note.
    #[schema(value_type = Value)]
    draft: Draft,
}

/// Saves a decision about a cluster.
#[utoipa::path(post, path = "/api/v1/clusters/{id}/assessments", tag = "assess", params(("id" = Uuid, Path)), request_body = Decided,
    responses((status = 200, body = Value), (status = 409, body = Problem), (status = 422, body = Problem)),
    extensions(("x-right" = json!("assess"))))]
async fn save(
    State(app): State<App>,
    may: May<right::Assess>,
    Path(id): Path<Uuid>,
    Json(decided): Json<Decided>,
) -> Outcome<Json<Value>> {
    let loaded = load::cluster::<right::Assess>(&app.house, may.actor(), ClusterId(id), For::Acting).await?;
    let saved = assess::save(&app.house, &loaded, decided.version, decided.draft).await?;
    Ok(Json(json!({ "assessment": saved.id, "state": saved.state.word() })))
}

/// A version that a person saw.
#[derive(Deserialize, ToSchema)]
struct Seen {
    /// The version.
    version: i64,
}

/// Puts a cluster off.
#[utoipa::path(post, path = "/api/v1/clusters/{id}/defer", tag = "assess", params(("id" = Uuid, Path)), request_body = Seen,
    responses((status = 204), (status = 409, body = Problem)), extensions(("x-right" = json!("assess"))))]
async fn defer(
    State(app): State<App>,
    may: May<right::Assess>,
    Path(id): Path<Uuid>,
    Json(seen): Json<Seen>,
) -> Outcome<http::StatusCode> {
    let loaded = load::cluster::<right::Assess>(&app.house, may.actor(), ClusterId(id), For::Acting).await?;
    assess::defer(&app.house, &loaded, seen.version).await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// Assessments of a space in a state, oldest first: what waits for a second person.
#[utoipa::path(get, path = "/api/v1/assessments", tag = "approve", params(Which),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read"))))]
async fn approvals(
    State(app): State<App>,
    may: May<right::Read>,
    Query(which): Query<Which>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), which.space.map(AgencyId))?;
    let word = which.state.as_deref().unwrap_or("assessed");
    let state = AssessmentState::from_word(word)
        .ok_or_else(|| Fault::input(format!("There is no state \"{word}\".")))?;
    let rows =
        rows::assessments(&app.house, may.actor(), space, state, which.limit.unwrap_or(rows::ROWS_MAX))
            .await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "id": row.id, "cluster": row.cluster, "state": row.state.word(), "decision": row.decision.word(),
            "author": row.author, "agency": row.agency, "items": row.items, "version": row.version }))
        .collect();
    Ok(Json(json!({ "assessments": rows })))
}

/// An assessment with its draft and the referrals made on it.
#[utoipa::path(get, path = "/api/v1/assessments/{id}", tag = "approve", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("read"))))]
async fn assessment(
    State(app): State<App>,
    may: May<right::Read>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Value>> {
    let loaded =
        load::assessment::<right::Read>(&app.house, may.actor(), AssessmentId(id), For::Reading).await?;
    let draft = assess::draft(&app.house, loaded.get()).await?;
    let referrals = rows::referrals_of(&app.house, &loaded).await?;
    let referrals: Vec<Value> =
        referrals.iter().map(|row| json!({ "id": row.id, "state": row.state.word() })).collect();
    Ok(Json(json!({
        "id": loaded.get().id, "state": loaded.get().state.word(), "version": loaded.get().version, "author": loaded.get().author,
        "cluster": loaded.get().cluster, "draft": draft, "referrals": referrals,
    })))
}

/// Another person confirms; the referrals go to their pre-flight. Needs a step-up.
#[utoipa::path(post, path = "/api/v1/assessments/{id}/approval", tag = "approve", params(("id" = Uuid, Path)), request_body = Seen,
    responses((status = 200, body = Value), (status = 401, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem)),
    extensions(("x-right" = json!("approve"))))]
async fn agree(
    State(app): State<App>,
    may: May<right::Approve>,
    Path(id): Path<Uuid>,
    Json(seen): Json<Seen>,
) -> Outcome<Json<Value>> {
    let loaded =
        load::assessment::<right::Approve>(&app.house, may.actor(), AssessmentId(id), For::Acting).await?;
    let referrals = approve::run(&app.house, &loaded, seen.version).await?;
    Ok(Json(json!({ "referrals": referrals })))
}

/// A version and a reason.
#[derive(Deserialize, ToSchema)]
struct Reasoned {
    /// The version that was seen.
    version: i64,
    /// Why.
    reason: String,
}

/// Sends an assessment back to its author.
#[utoipa::path(post, path = "/api/v1/assessments/{id}/return", tag = "approve", params(("id" = Uuid, Path)), request_body = Reasoned,
    responses((status = 204), (status = 403, body = Problem)), extensions(("x-right" = json!("approve"))))]
async fn send_back(
    State(app): State<App>,
    may: May<right::Approve>,
    Path(id): Path<Uuid>,
    Json(reasoned): Json<Reasoned>,
) -> Outcome<http::StatusCode> {
    let loaded =
        load::assessment::<right::Approve>(&app.house, may.actor(), AssessmentId(id), For::Acting).await?;
    assess::return_it(&app.house, &loaded, reasoned.version, &reasoned.reason).await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// A second reader's finding.
#[derive(Deserialize, ToSchema)]
struct ReadAgain {
    /// no, yes or unsure.
    finding: String,
    /// The reader's own reasons.
    text: String,
}

/// A second reader answers a doubt.
#[utoipa::path(post, path = "/api/v1/assessments/{id}/reading", tag = "approve", params(("id" = Uuid, Path)), request_body = ReadAgain,
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("approve"))))]
async fn read_again(
    State(app): State<App>,
    may: May<right::Approve>,
    Path(id): Path<Uuid>,
    Json(read): Json<ReadAgain>,
) -> Outcome<Json<Value>> {
    let loaded =
        load::assessment::<right::Approve>(&app.house, may.actor(), AssessmentId(id), For::Acting).await?;
    let finding =
        Finding::from_word(&read.finding).ok_or_else(|| Fault::input("A finding is no, yes or unsure."))?;
    let state = assess::read_again(&app.house, &loaded, finding, &read.text).await?;
    Ok(Json(json!({ "state": state.word() })))
}
