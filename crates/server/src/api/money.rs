//! Leads on money (D34): identifiers that money is sent to in one's own approved content, and the sheet of one.

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::May;
use app::view::money;
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::access::right;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

/// Rows of one answer.
const ROWS_MAX: usize = 500;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(sheet))
}

/// Which identifiers.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// iban, bitcoin, ethereum, tron, monero, donation; all when left out.
    kind: Option<String>,
    /// How many are passed over; at most 500 are given.
    after: Option<usize>,
}

/// Identifiers that money is sent to in one's own approved content of the last 90 days, those first that the most accounts
/// posted in contents of their own, while the analysis is open. `reckoned` is null while they are reckoned. Leads, never a ground.
#[utoipa::path(get, path = "/api/v1/leads/money", tag = "network", params(Asked),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read_leads"))))]
async fn list(
    State(app): State<App>,
    may: May<right::ReadLeads>,
    Query(asked): Query<Asked>,
) -> Outcome<Json<Value>> {
    let part = (asked.after.unwrap_or_default(), ROWS_MAX);
    let kind = asked.kind.unwrap_or_default();
    Ok(Json(json!(money::list(&app.house, may.actor(), &kind, part).await?)))
}

/// The sheet of one identifier: what it rests on, accounts, services, posts with their letters, other identifiers of the same
/// accounts, and what was left out. `sheet` is null while it is reckoned. The ledger tells that a sheet was read, not of what.
#[utoipa::path(get, path = "/api/v1/leads/money/{id}", tag = "network", params(("id" = Uuid, Path)),
    responses((status = 200, body = Value), (status = 403, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("read_leads"))))]
async fn sheet(
    State(app): State<App>,
    may: May<right::ReadLeads>,
    Path(id): Path<Uuid>,
) -> Outcome<Json<Value>> {
    Ok(Json(json!({ "sheet": money::sheet(&app.house, may.actor(), id, true).await? })))
}
