//! Banks, the provider book, protected hosts, holds and joint operations, by program.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::load::{self, For};
use app::signals::{self, NewBank};
use app::view::rows;
use app::{book, deconflict, operation};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::access::{Authorised, right};
use domain::hold::HoldAnswer;
use domain::id::{AgencyId, BankId, HoldId, ProposalId, ProviderId, SignalId, SubjectId};
use domain::preflight::Protected;
use domain::proposal::Event;
use domain::provider::Entry;
use http::header;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

/// Largest list of signals, in bytes.
const LIST_MAX_BYTES: usize = 256 * 1024 * 1024;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(banks, make_bank))
        .routes(routes!(withdraw_signal))
        .routes(routes!(export))
        .routes(routes!(providers, put_provider))
        .routes(routes!(proposals))
        .routes(routes!(confirm, dismiss))
        .routes(routes!(confirm_load))
        .routes(routes!(protect))
        .routes(routes!(operations, begin))
        .routes(routes!(place_hold))
        .routes(routes!(lift_hold))
}

pub(super) fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(import)).layer(DefaultBodyLimit::max(LIST_MAX_BYTES))
}

#[derive(Deserialize, IntoParams)]
struct Where {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
}

/// Banks of a space.
#[utoipa::path(get, path = "/api/v1/banks", tag = "recognise", params(Where), responses((status = 200, body = Value)),
    extensions(("x-right" = json!("read"))))]
async fn banks(
    State(app): State<App>,
    may: May<right::Read>,
    Query(at): Query<Where>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), at.space.map(AgencyId))?;
    let banks = signals::banks(&app.house, space).await?;
    let banks: Vec<Value> = banks
        .iter()
        .map(|bank| {
            json!({ "id": bank.id, "name": bank.name, "opinion": bank.opinion.word(), "origin": bank.origin,
            "legal_basis": bank.legal_basis, "sharing": bank.sharing.word(), "class": bank.class.word(),
            "distance": bank.distance, "review_at": bank.review_at.to_string() })
        })
        .collect();
    Ok(Json(json!({ "banks": banks })))
}

/// Makes a bank: name, opinion, origin, legal_basis, distance, review_at, sharing (red, amber, green, clear), class.
#[utoipa::path(post, path = "/api/v1/banks", tag = "recognise", params(Where), request_body = Value,
    responses((status = 200, body = Value), (status = 422, body = Problem)), extensions(("x-right" = json!("manage_signals"))))]
async fn make_bank(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Query(at): Query<Where>,
    Json(new): Json<NewBank>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), at.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    let bank = signals::make_bank(&app.house, &space, new).await?;
    Ok(Json(json!({ "id": bank.id })))
}

#[derive(Deserialize, IntoParams)]
struct As {
    /// csv, ndjson, threatexchange_csv, threatexchange, misp, stix, ncmec, stopncii; guessed when left out.
    format: Option<String>,
}

/// Imports a list into a bank, in any format of docs/formats.md, "Lists of signals".
#[utoipa::path(post, path = "/api/v1/banks/{id}/signals", tag = "recognise", params(("id" = Uuid, Path), As),
    request_body(content = String, content_type = "text/csv"), responses((status = 200, body = Value), (status = 404, body = Problem)),
    extensions(("x-right" = json!("manage_signals"))))]
async fn import(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(id): Path<Uuid>,
    Query(list): Query<As>,
    body: Bytes,
) -> Outcome<Json<Value>> {
    let bank = load::bank::<right::ManageSignals>(&app.house, may.actor(), BankId(id)).await?;
    let format = list_format(list.format.as_deref(), &body)?;
    let summary = signals::import(&app.house, &bank, format, std::io::Cursor::new(body)).await?;
    Ok(Json(serde_json::to_value(summary).map_err(|error| Fault::inside(&error))?))
}

/// The format that was named, else the one that the content says.
pub(crate) fn list_format(named: Option<&str>, list: &[u8]) -> Outcome<signals::Format> {
    match named.filter(|word| !word.is_empty()) {
        Some(word) => signals::Format::from_word(word).ok_or_else(|| {
            let words: Vec<&str> = signals::Format::ALL.iter().map(|format| format.word()).collect();
            Fault::input(format!("There is no such format of lists. Choose one of: {}.", words.join(", ")))
        }),
        None => signals::guess(list).ok_or_else(|| {
            Fault::input("The list is of no format that is known. Name its format, or export it again.")
        }),
    }
}

/// Writes the signals of a bank as a list. Needs a step-up, and a bank that may be handed on.
#[utoipa::path(get, path = "/api/v1/banks/{id}/signals", tag = "recognise", params(("id" = Uuid, Path), As),
    responses((status = 200, body = String), (status = 404, body = Problem), (status = 422, body = Problem)),
    extensions(("x-right" = json!("manage_signals"))))]
async fn export(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(id): Path<Uuid>,
    Query(list): Query<As>,
) -> Outcome<Response> {
    let bank = load::bank::<right::ManageSignals>(&app.house, may.actor(), BankId(id)).await?;
    export_file(&app, &bank, list.format.as_deref().unwrap_or("csv")).await
}

/// A bank as a file to be kept.
pub(crate) async fn export_file(
    app: &App,
    bank: &Authorised<app::signals::Bank, right::ManageSignals>,
    word: &str,
) -> Outcome<Response> {
    let format = list_format(Some(word), &[])?;
    let mut list = Vec::new();
    signals::export(&app.house, bank, format, &mut list).await?;
    let name = format!("attachment; filename=\"bank.{}\"", format.ending());
    Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], list)
        .into_response())
}

/// Words.
#[derive(Deserialize, ToSchema)]
struct Reason {
    /// Why.
    reason: String,
}

/// Withdraws a signal: its matches end at once.
#[utoipa::path(post, path = "/api/v1/signals/{id}/withdrawal", tag = "recognise", params(("id" = Uuid, Path)), request_body = Reason,
    responses((status = 204), (status = 404, body = Problem)), extensions(("x-right" = json!("manage_signals"))))]
async fn withdraw_signal(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(id): Path<Uuid>,
    Json(why): Json<Reason>,
) -> Outcome<http::StatusCode> {
    let signal = load::signal::<right::ManageSignals>(&app.house, may.actor(), SignalId(id)).await?;
    signals::withdraw(&app.house, &signal, &why.reason).await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// The provider book of a space.
#[utoipa::path(get, path = "/api/v1/providers", tag = "refer", params(Where), responses((status = 200, body = Value)),
    extensions(("x-right" = json!("read"))))]
async fn providers(
    State(app): State<App>,
    may: May<right::Read>,
    Query(at): Query<Where>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), at.space.map(AgencyId))?;
    let rows = rows::book(&app.house, space).await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "id": row.id, "entry": row.entry, "load_until": row.load.map(|(until, _)| until.to_string()) }))
        .collect();
    Ok(Json(json!({ "providers": rows })))
}

/// An entry and the note of the out-of-band check of its contact and keys.
#[derive(Deserialize, ToSchema)]
struct NewEntry {
    /// The entry.
    #[schema(value_type = Value)]
    entry: Entry,
    /// How contact and keys were checked (RXP-56).
    confirmed: Option<String>,
}

/// Enters or changes a provider. A `proposal` in the answer waits for a second person; the old contact stays in force.
#[utoipa::path(post, path = "/api/v1/providers", tag = "refer", params(Where), request_body = NewEntry,
    responses((status = 200, body = Value), (status = 422, body = Problem)), extensions(("x-right" = json!("manage_providers"))))]
async fn put_provider(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Query(at): Query<Where>,
    Json(new): Json<NewEntry>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), at.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    let entered = book::put_provider(&app.house, &space, new.entry, new.confirmed.as_deref()).await?;
    Ok(Json(json!({ "id": entered.id, "proposal": entered.waits })))
}

/// Contacts that wait for a second person.
#[utoipa::path(get, path = "/api/v1/providers/proposals", tag = "refer", params(Where), responses((status = 200, body = Value)),
    extensions(("x-right" = json!("manage_providers"))))]
async fn proposals(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Query(at): Query<Where>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), at.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    let waiting = book::proposed(&app.house, &space).await?;
    let waiting: Vec<Value> = waiting
        .iter()
        .map(|(proposal, entry)| {
            json!({ "id": proposal.id, "provider": proposal.of, "entry": entry, "proposed_by": proposal.proposed_by.map(|(by, _)| by),
                "made_at": proposal.made_at.to_string() })
        })
        .collect();
    Ok(Json(json!({ "proposals": waiting })))
}

/// Puts a contact in force that another person proposed (LAW-120.09).
#[utoipa::path(post, path = "/api/v1/providers/proposals/{id}", tag = "refer", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)), extensions(("x-right" = json!("manage_providers"))))]
async fn confirm(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Path(id): Path<Uuid>,
) -> Outcome<http::StatusCode> {
    book::decide_contact(&app.house, may.actor(), ProposalId(id), Event::Confirm).await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// Says no to a proposed contact, or takes it back: one person is enough.
#[utoipa::path(delete, path = "/api/v1/providers/proposals/{id}", tag = "refer", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)), extensions(("x-right" = json!("manage_providers"))))]
async fn dismiss(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Path(id): Path<Uuid>,
) -> Outcome<http::StatusCode> {
    book::decide_contact(&app.house, may.actor(), ProposalId(id), Event::Drop).await?;
    Ok(http::StatusCode::NO_CONTENT)
}

/// Hours and a reason.
#[derive(Deserialize, ToSchema)]
struct Hours {
    /// For how long.
    hours: i64,
    /// Why.
    reason: String,
}

/// Confirms a provider's first referral or today's load.
#[utoipa::path(post, path = "/api/v1/providers/{id}/load", tag = "refer", params(("id" = Uuid, Path)), request_body = Hours,
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("manage_providers"))))]
async fn confirm_load(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Path(id): Path<Uuid>,
    Json(hours): Json<Hours>,
) -> Outcome<Json<Value>> {
    let provider = load::provider::<right::ManageProviders>(&app.house, may.actor(), ProviderId(id)).await?;
    let waiting = book::confirm_load(&app.house, &provider, hours.hours, &hours.reason).await?;
    Ok(Json(json!({ "referrals": waiting })))
}

/// A host and its kind; no kind takes it off the list.
#[derive(Deserialize, ToSchema)]
struct Host {
    /// Registrable host.
    host: String,
    /// library, archive, press, parliament, university.
    kind: Option<String>,
}

/// Puts a host on the list of protected hosts, or takes it off.
#[utoipa::path(post, path = "/api/v1/protected-hosts", tag = "refer", params(Where), request_body = Host,
    responses((status = 204), (status = 403, body = Problem)), extensions(("x-right" = json!("manage_providers"))))]
async fn protect(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Query(at): Query<Where>,
    Json(host): Json<Host>,
) -> Outcome<http::StatusCode> {
    let space = load::space(may.actor(), at.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    match host.kind.as_deref() {
        None => book::unprotect(&app.house, &space, &host.host).await?,
        Some(word) => {
            let kind = Protected::from_word(word)
                .ok_or_else(|| Fault::input(format!("There is no kind \"{word}\".")))?;
            book::protect(&app.house, &space, &host.host, kind).await?;
        }
    }
    Ok(http::StatusCode::NO_CONTENT)
}

/// Joint operations of the agency, newest first.
#[utoipa::path(get, path = "/api/v1/operations", tag = "operation", responses((status = 200, body = Value)),
    extensions(("x-right" = json!("read"))))]
async fn operations(State(app): State<App>, may: May<right::Read>) -> Outcome<Json<Value>> {
    let rows = operation::all(&app.house, may.actor()).await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "id": row.id, "name": row.name, "starts_at": row.starts_at.to_string(), "ends_at": row.ends_at.to_string() }))
        .collect();
    Ok(Json(json!({ "operations": rows })))
}

/// Begins a joint operation: name, starts_at, ends_at, agencies, arrangement.
#[utoipa::path(post, path = "/api/v1/operations", tag = "operation", request_body = Value,
    responses((status = 200, body = Value), (status = 422, body = Problem)), extensions(("x-right" = json!("manage_operation"))))]
async fn begin(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    Json(new): Json<operation::NewOperation>,
) -> Outcome<Json<Value>> {
    let whose = Authorised::check(may.actor(), may.actor().agency, may.actor().agency)?;
    let operation = operation::begin(&app.house, &whose, new).await?;
    Ok(Json(json!({ "id": operation.id })))
}

/// A deconfliction answer.
#[derive(Deserialize, ToSchema)]
struct NewHold {
    /// clear, talk_to_me, investigative_hold, already_ordered.
    answer: String,
    /// 1 to 72, for answers that end.
    hours: i64,
    /// For the holder and the coordinator only.
    reasons: String,
}

/// Places a deconfliction answer about a subject.
#[utoipa::path(post, path = "/api/v1/subjects/{id}/holds", tag = "refer", params(("id" = Uuid, Path)), request_body = NewHold,
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("hold"))))]
async fn place_hold(
    State(app): State<App>,
    may: May<right::Hold>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewHold>,
) -> Outcome<Json<Value>> {
    let subject = load::subject::<right::Hold>(&app.house, may.actor(), SubjectId(id), For::Acting).await?;
    let answer = HoldAnswer::from_word(&new.answer)
        .ok_or_else(|| Fault::input(format!("There is no answer \"{}\".", new.answer)))?;
    let hold = deconflict::place(&app.house, &subject, answer, new.hours, &new.reasons).await?;
    Ok(Json(json!({ "id": hold })))
}

/// Lifts a deconfliction answer of one's own agency.
#[utoipa::path(delete, path = "/api/v1/holds/{id}", tag = "refer", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)), extensions(("x-right" = json!("hold"))))]
async fn lift_hold(
    State(app): State<App>,
    may: May<right::Hold>,
    Path(id): Path<Uuid>,
) -> Outcome<http::StatusCode> {
    let hold = load::hold::<right::Hold>(&app.house, may.actor(), HoldId(id)).await?;
    deconflict::lift(&app.house, &hold).await?;
    Ok(http::StatusCode::NO_CONTENT)
}
