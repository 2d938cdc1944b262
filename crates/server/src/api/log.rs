//! The log of reads, for the supervisor.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::log::{self, Asked};
use axum::Json;
use axum::extract::{Query, State};
use domain::access::right;
use domain::reads::LogPurpose;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reads))
}

#[derive(Deserialize, IntoParams)]
struct Why {
    /// lawfulness, self_monitoring, integrity_and_security, criminal_proceedings.
    purpose: String,
    /// One thing: its readers are named, with their reasons.
    of: Option<Uuid>,
    /// Begin of the window.
    #[param(value_type = String, format = DateTime)]
    from: Timestamp,
    /// End of the window, itself outside.
    #[param(value_type = String, format = DateTime)]
    to: Timestamp,
}

/// What was read, by whom and why, of one thing; over all things without names. Each query is logged itself.
#[utoipa::path(get, path = "/api/v1/log", tag = "ledger", params(Why),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 403, body = Problem)),
    extensions(("x-right" = json!("read_log"))))]
async fn reads(
    State(app): State<App>,
    may: May<right::ReadLog>,
    Query(why): Query<Why>,
) -> Outcome<Json<Value>> {
    let purpose = LogPurpose::from_word(&why.purpose).ok_or_else(|| {
        let known: Vec<&str> = LogPurpose::ALL.iter().map(|purpose| purpose.word()).collect();
        Fault::input(format!("The log is read for one of these purposes only: {}.", known.join(", ")))
    })?;
    let asked = Asked { purpose, of: why.of, from: why.from, to: why.to };
    let lines = log::reads(&app.house, may.actor(), asked).await?;
    Ok(Json(serde_json::to_value(lines).map_err(|error| Fault::inside(&error))?))
}
