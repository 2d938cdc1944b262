//! Closed lists, by program (D16): a provider's seat only, two people to enable, one to end.

use super::lookup::{FORM_MAX_BYTES, unread, whole};
use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::{load, signals};
use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use domain::access::{Authorised, right};
use domain::bank::ListClass;
use domain::id::ProposalId;
use domain::proposal::Event;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(lists, propose))
        .routes(routes!(confirm, dismiss))
        .routes(routes!(end))
}

/// Takes files: limits of its own.
pub(super) fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(compare)).layer(DefaultBodyLimit::max(FORM_MAX_BYTES))
}

/// Has an upload compared with the closed lists (D16): a file in a field file, and the provider's own reference in a field
/// reference before it. The answer is the same whatever was found; the duty contact hears the reference of what was.
#[utoipa::path(post, path = "/api/v1/closed-lists/uploads", tag = "recognise",
    responses((status = 202, body = Value), (status = 400, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)),
    extensions(("x-right" = json!("compare_uploads"))))]
async fn compare(
    State(app): State<App>,
    may: May<right::CompareUploads>,
    mut parts: Multipart,
) -> Outcome<(StatusCode, Json<Value>)> {
    let (mut reference, mut file) = (None, None);
    while let Some(part) = parts.next_field().await.map_err(unread)? {
        match part.name().unwrap_or_default() {
            "reference" if reference.is_none() => reference = Some(part.text().await.map_err(unread)?),
            "file" if file.is_none() => file = Some(whole(&part.bytes().await.map_err(unread)?)?),
            _ => return Err(Fault::input("Send one field reference and one field file.")),
        }
    }
    let (Some(reference), Some(file)) = (reference, file) else {
        return Err(Fault::input("Send one field reference and one field file."));
    };
    let space = load::space(may.actor(), None)?;
    let space = Authorised::check(may.actor(), space, space)?;
    signals::compare_upload(&app.house, &space, (&reference, file)).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "compared": true }))))
}

fn class_of(word: &str) -> Outcome<ListClass> {
    ListClass::from_word(word)
        .filter(|class| *class != ListClass::Ordinary)
        .ok_or_else(|| Fault::input("A closed list is child_abuse or intimate."))
}

/// Classes of closed lists that are enabled, and those that wait for a second person.
#[utoipa::path(get, path = "/api/v1/closed-lists", tag = "recognise", responses((status = 200, body = Value)),
    extensions(("x-right" = json!("manage_signals"))))]
async fn lists(State(app): State<App>, may: May<right::ManageSignals>) -> Outcome<Json<Value>> {
    let enabled = signals::lists(&app.house, may.actor()).await?;
    let waiting = signals::proposed_lists(&app.house, may.actor()).await?;
    Ok(Json(json!({
        "enabled": enabled.iter().map(|(class, at)| json!({ "class": class, "at": at.to_string() })).collect::<Vec<_>>(),
        "proposals": waiting.iter().map(|(proposal, class)| json!({
            "id": proposal.id, "class": class, "proposed_by": proposal.proposed_by.map(|(by, _)| by),
            "made_at": proposal.made_at.to_string(),
        })).collect::<Vec<_>>(),
    })))
}

/// A class.
#[derive(Deserialize, ToSchema)]
struct Class {
    /// child_abuse or intimate.
    class: String,
}

/// Proposes to enable a class; a second person confirms.
#[utoipa::path(post, path = "/api/v1/closed-lists", tag = "recognise", request_body = Class,
    responses((status = 202, body = Value), (status = 422, body = Problem)), extensions(("x-right" = json!("manage_signals"))))]
async fn propose(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Json(class): Json<Class>,
) -> Outcome<(StatusCode, Json<Value>)> {
    let space = load::space(may.actor(), None)?;
    let space = Authorised::check(may.actor(), space, space)?;
    let id = signals::propose_list(&app.house, &space, class_of(&class.class)?).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "proposal": id }))))
}

/// Enables a class that another person proposed (D16).
#[utoipa::path(post, path = "/api/v1/closed-lists/proposals/{id}", tag = "recognise", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("manage_signals"))))]
async fn confirm(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(id): Path<Uuid>,
) -> Outcome<StatusCode> {
    signals::decide_list(&app.house, may.actor(), ProposalId(id), Event::Confirm).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says no to a proposed class, or takes it back: one person is enough.
#[utoipa::path(delete, path = "/api/v1/closed-lists/proposals/{id}", tag = "recognise", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("manage_signals"))))]
async fn dismiss(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(id): Path<Uuid>,
) -> Outcome<StatusCode> {
    signals::decide_list(&app.house, may.actor(), ProposalId(id), Event::Drop).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a class and forgets its values, at once.
#[utoipa::path(delete, path = "/api/v1/closed-lists/{class}", tag = "recognise", params(("class" = String, Path)),
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("manage_signals"))))]
async fn end(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(class): Path<String>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), None)?;
    let space = Authorised::check(may.actor(), space, space)?;
    let class = class_of(&class).map_err(|_| domain::access::not_here())?;
    let forgotten = signals::end_list(&app.house, &space, class).await?;
    Ok(Json(json!({ "forgotten": forgotten })))
}
