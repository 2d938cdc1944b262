//! Sign-in, enrolment, step-up, the reason for reading: one's own account.

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::{May, Signed};
use app::sign_in::{self, Credentials, Who};
use axum::Json;
use axum::extract::{Path, State};
use domain::access::{Right, right};
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
        .routes(routes!(me))
        .routes(routes!(step_up))
        .routes(routes!(reason))
        .routes(routes!(enrolment, enrol))
}

/// What a person types to sign in.
#[derive(Deserialize, ToSchema)]
struct SignIn {
    /// Organisation id or name of the agency.
    agency: String,
    /// Name at sign-in.
    login: String,
    /// Password.
    password: String,
    /// One-time code of six digits.
    code: String,
}

/// A new session.
#[derive(Serialize, ToSchema)]
struct Token {
    /// To be sent as `Authorization: Bearer`.
    token: String,
    /// The session ends then in any case; it ends earlier after thirty idle minutes.
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
}

/// Signs in.
#[utoipa::path(post, path = "/api/v1/sign-in", tag = "account", request_body = SignIn,
    responses((status = 200, body = Token), (status = 401, body = Problem)),
    extensions(("x-right" = json!("public"))))]
async fn sign_in(State(app): State<App>, Json(typed): Json<SignIn>) -> Outcome<Json<Token>> {
    let credentials =
        Credentials { agency: typed.agency, login: typed.login, password: typed.password, code: typed.code };
    let signed = sign_in::sign_in(&app.house, credentials).await?;
    Ok(Json(Token { token: signed.token, ends_at: signed.who.session.ends_at }))
}

/// Ends this session.
#[utoipa::path(post, path = "/api/v1/sign-out", tag = "account", responses((status = 204), (status = 401, body = Problem)),
    extensions(("x-right" = json!("session"))))]
async fn sign_out(State(app): State<App>, Signed(who): Signed) -> Outcome<StatusCode> {
    sign_in::sign_out(&app.house, &who.actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who you are here.
#[derive(Serialize, ToSchema)]
struct Me {
    /// Id of the person.
    person: String,
    /// Shown name.
    name: String,
    /// Id of the agency.
    agency: String,
    /// Its name.
    agency_name: String,
    /// Its kind.
    kind: String,
    /// Roles held.
    roles: Vec<String>,
    /// What the roles allow.
    rights: Vec<String>,
    /// Spaces that can be entered: the agency and its operations.
    spaces: Vec<String>,
    /// Until when sending is open.
    #[schema(value_type = Option<String>, format = DateTime)]
    stepped_up_until: Option<Timestamp>,
    /// The reason for reading in force.
    reason: Option<String>,
    /// Token of this session's forms, for scripts of the console.
    csrf: String,
    /// Time of the house.
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
}

fn shown(who: &Who, now: Timestamp) -> Me {
    let actor = &who.actor;
    Me {
        person: actor.person.to_string(),
        name: who.name.clone(),
        agency: actor.agency.to_string(),
        agency_name: who.agency.clone(),
        kind: actor.kind.to_string(),
        roles: actor.roles.iter().map(ToString::to_string).collect(),
        rights: Right::ALL.iter().filter(|right| actor.may(**right)).map(ToString::to_string).collect(),
        spaces: actor.spaces.iter().map(ToString::to_string).collect(),
        stepped_up_until: actor.stepped_up_until,
        reason: actor.read_reason.clone(),
        csrf: who.session.csrf.clone(),
        now,
    }
}

/// Who you are here, and what you may.
#[utoipa::path(get, path = "/api/v1/me", tag = "account", responses((status = 200, body = Me), (status = 401, body = Problem)),
    extensions(("x-right" = json!("session"))))]
async fn me(State(app): State<App>, Signed(who): Signed) -> Json<Me> {
    Json(shown(&who, app.house.clock.now()))
}

/// A fresh one-time code.
#[derive(Deserialize, ToSchema)]
struct Code {
    /// Six digits, not used before.
    code: String,
}

/// Until when sending is open.
#[derive(Serialize, ToSchema)]
struct SteppedUp {
    /// Fifteen minutes from now.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

/// Opens sending and export for fifteen minutes.
#[utoipa::path(post, path = "/api/v1/step-up", tag = "account", request_body = Code,
    responses((status = 200, body = SteppedUp), (status = 403, body = Problem)),
    extensions(("x-right" = json!("own_account"))))]
async fn step_up(
    State(app): State<App>,
    may: May<right::OwnAccount>,
    Json(typed): Json<Code>,
) -> Outcome<Json<SteppedUp>> {
    Ok(Json(SteppedUp { until: sign_in::step_up(&app.house, may.actor(), &typed.code).await? }))
}

/// Why you read.
#[derive(Deserialize, ToSchema)]
struct Why {
    /// 8 to 300 characters; it is kept with each read.
    reason: String,
}

/// Sets the reason that is kept with each read of this session.
#[utoipa::path(post, path = "/api/v1/reason", tag = "account", request_body = Why,
    responses((status = 204), (status = 422, body = Problem)),
    extensions(("x-right" = json!("own_account"))))]
async fn reason(
    State(app): State<App>,
    may: May<right::OwnAccount>,
    Json(typed): Json<Why>,
) -> Outcome<StatusCode> {
    sign_in::reason(&app.house, may.actor(), &typed.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an enrolment link offers.
#[derive(Serialize, ToSchema)]
struct Offer {
    /// Name of the person.
    name: String,
    /// Name at sign-in.
    login: String,
    /// Name of the agency.
    agency: String,
    /// Secret of the second factor, Base32.
    secret: String,
    /// The same as an address for an authenticator.
    otpauth: String,
}

/// Looks at an enrolment link without using it.
#[utoipa::path(get, path = "/api/v1/enrol/{token}", tag = "account", params(("token" = String, Path, description = "Token of the link")),
    responses((status = 200, body = Offer), (status = 410, body = Problem)),
    extensions(("x-right" = json!("public"))))]
async fn enrolment(State(app): State<App>, Path(token): Path<String>) -> Outcome<Json<Offer>> {
    let found = sign_in::enrolment(&app.house, &token).await?;
    Ok(Json(Offer {
        name: found.name,
        login: found.login,
        agency: found.agency,
        secret: found.secret,
        otpauth: found.otpauth,
    }))
}

/// Password and the code that proves the second factor.
#[derive(Deserialize, ToSchema)]
struct Enrol {
    /// At least 12 characters.
    password: String,
    /// A code of the offered secret.
    code: String,
}

/// Uses an enrolment link: sets password and second factor.
#[utoipa::path(post, path = "/api/v1/enrol/{token}", tag = "account", params(("token" = String, Path, description = "Token of the link")),
    request_body = Enrol, responses((status = 204), (status = 410, body = Problem)),
    extensions(("x-right" = json!("public"))))]
async fn enrol(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(typed): Json<Enrol>,
) -> Outcome<StatusCode> {
    sign_in::enrol(&app.house, &token, typed.password, &typed.code).await?;
    Ok(StatusCode::NO_CONTENT)
}
