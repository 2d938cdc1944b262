//! People, roles, enrolment links.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::people::{self, Invite};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::access::{Role, right};
use domain::id::{PersonId, ProposalId};
use domain::proposal::Event;
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, invite))
        .routes(routes!(give_role, take_role))
        .routes(routes!(disable))
        .routes(routes!(link))
        .routes(routes!(proposals))
        .routes(routes!(confirm, dismiss))
}

/// A person.
#[derive(Serialize, ToSchema)]
struct Person {
    /// Id.
    id: String,
    /// Name at sign-in.
    login: String,
    /// Shown name.
    name: String,
    /// `invited`, `active` or `disabled`.
    state: String,
    /// Roles held.
    roles: Vec<String>,
}

/// People of the agency.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", responses((status = 200, body = [Person]), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn list(State(app): State<App>, may: May<right::ManageAccess>) -> Outcome<Json<Vec<Person>>> {
    let people = people::all(&app.house, may.actor()).await?;
    Ok(Json(
        people
            .into_iter()
            .map(|(person, roles)| Person {
                id: person.id.to_string(),
                login: person.login,
                name: person.name,
                state: person.state,
                roles: roles.iter().map(ToString::to_string).collect(),
            })
            .collect(),
    ))
}

/// A person to invite.
#[derive(Deserialize, ToSchema)]
struct NewPerson {
    /// Name at sign-in.
    login: String,
    /// Shown name.
    name: String,
    /// First roles.
    #[serde(default)]
    roles: Vec<String>,
}

/// A one-time link; it is shown this once.
#[derive(Serialize, ToSchema)]
struct Link {
    /// Id of the person.
    person: String,
    /// Path of the page that the person opens.
    path: String,
    /// Its token.
    token: String,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<people::EnrolmentLink> for Link {
    fn from(link: people::EnrolmentLink) -> Self {
        Self {
            person: link.person.to_string(),
            path: link.path(),
            token: link.token,
            expires_at: link.expires_at,
        }
    }
}

/// The role of a word.
pub(crate) fn role(word: &str) -> Outcome<Role> {
    Role::from_word(word).ok_or_else(|| Fault::input(format!("There is no role \"{word}\".")))
}

/// Invites a person: gives a one-time link.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", request_body = NewPerson,
    responses((status = 201, body = Link), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn invite(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Json(new): Json<NewPerson>,
) -> Outcome<(StatusCode, Json<Link>)> {
    let roles = new.roles.iter().map(|word| role(word)).collect::<Outcome<_>>()?;
    let new = Invite { login: new.login, name: new.name, roles };
    let link = people::invite(&app.house, may.actor(), &new).await?;
    Ok((StatusCode::CREATED, Json(link.into())))
}

/// Gives a role to another person.
#[utoipa::path(put, path = "/api/v1/people/{person}/roles/{role}", tag = "people",
    params(("person" = Uuid, Path, description = "Who"), ("role" = String, Path, description = "Which role")),
    responses((status = 204), (status = 202, body = Value, description = "It waits for a second administrator"), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn give_role(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Path((person, word)): Path<(Uuid, String)>,
) -> Outcome<Response> {
    match people::set_role(&app.house, may.actor(), PersonId(person), role(&word)?, true).await? {
        None => Ok(StatusCode::NO_CONTENT.into_response()),
        Some(waits) => Ok((StatusCode::ACCEPTED, Json(json!({ "proposal": waits }))).into_response()),
    }
}

/// Roles that wait for a second administrator.
#[utoipa::path(get, path = "/api/v1/people/proposals", tag = "people", responses((status = 200, body = Value), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn proposals(State(app): State<App>, may: May<right::ManageAccess>) -> Outcome<Json<Value>> {
    let waiting = people::proposed(&app.house, may.actor()).await?;
    let waiting: Vec<Value> = waiting
        .iter()
        .map(|(proposal, role)| {
            json!({ "id": proposal.id, "person": proposal.of, "role": role.word(), "proposed_by": proposal.proposed_by.map(|(by, _)| by),
                "made_at": proposal.made_at.to_string() })
        })
        .collect();
    Ok(Json(json!({ "proposals": waiting })))
}

/// Gives a role that another administrator, or the operator of the machine, proposed (LAW-120.11).
#[utoipa::path(post, path = "/api/v1/people/proposals/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn confirm(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Path(id): Path<Uuid>,
) -> Outcome<StatusCode> {
    people::decide_role(&app.house, may.actor(), ProposalId(id), Event::Confirm).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says no to a proposed role, or takes it back: one person is enough.
#[utoipa::path(delete, path = "/api/v1/people/proposals/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn dismiss(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Path(id): Path<Uuid>,
) -> Outcome<StatusCode> {
    people::decide_role(&app.house, may.actor(), ProposalId(id), Event::Drop).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a role from another person.
#[utoipa::path(delete, path = "/api/v1/people/{person}/roles/{role}", tag = "people",
    params(("person" = Uuid, Path, description = "Who"), ("role" = String, Path, description = "Which role")),
    responses((status = 204), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn take_role(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Path((person, word)): Path<(Uuid, String)>,
) -> Outcome<StatusCode> {
    people::set_role(&app.house, may.actor(), PersonId(person), role(&word)?, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Closes another person's access and ends their sessions.
#[utoipa::path(post, path = "/api/v1/people/{person}/disable", tag = "people", params(("person" = Uuid, Path, description = "Who")),
    responses((status = 204), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn disable(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Path(person): Path<Uuid>,
) -> Outcome<StatusCode> {
    people::disable(&app.house, may.actor(), PersonId(person)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a new one-time link for another person; their access is closed until it is used.
#[utoipa::path(post, path = "/api/v1/people/{person}/link", tag = "people", params(("person" = Uuid, Path, description = "Who")),
    responses((status = 201, body = Link), (status = 403, body = Problem)),
    extensions(("x-right" = json!("manage_access"))))]
async fn link(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    Path(person): Path<Uuid>,
) -> Outcome<(StatusCode, Json<Link>)> {
    let link = people::new_link(&app.house, may.actor(), PersonId(person)).await?;
    Ok((StatusCode::CREATED, Json(link.into())))
}
