//! The ledger: its head, the proof of a record, its files.

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::May;
use app::view::ledger::{self, Head, Proof};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::access::right;
use http::header;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(head))
        .routes(routes!(proof))
        .routes(routes!(verified))
        .routes(routes!(file))
}

/// The published head: size, root, signed checkpoint, public key.
#[utoipa::path(get, path = "/api/v1/ledger", tag = "ledger", responses((status = 200, body = Value), (status = 403, body = Problem)),
    extensions(("x-right" = json!("read_ledger"))))]
async fn head(State(app): State<App>, may: May<right::ReadLedger>) -> Outcome<Json<Head>> {
    Ok(Json(ledger::head(&app.house, may.actor()).await?))
}

/// A record with the proof that it stands under the published head.
#[utoipa::path(get, path = "/api/v1/ledger/records/{leaf}", tag = "ledger", params(("leaf" = u64, Path, description = "Its number, from 0")),
    responses((status = 200, body = Value), (status = 404, body = Problem)), extensions(("x-right" = json!("read_ledger"))))]
async fn proof(
    State(app): State<App>,
    may: May<right::ReadLedger>,
    Path(leaf): Path<u64>,
) -> Outcome<Json<Proof>> {
    Ok(Json(ledger::proof(&app.house, may.actor(), leaf).await?))
}

/// Verifies the published files with the independent verifier.
#[utoipa::path(get, path = "/api/v1/ledger/verification", tag = "ledger", responses((status = 200, body = Value), (status = 403, body = Problem)),
    extensions(("x-right" = json!("read_ledger"))))]
async fn verified(State(app): State<App>, may: May<right::ReadLedger>) -> Outcome<Json<Value>> {
    Ok(Json(match ledger::verify(&app.house, may.actor()).await? {
        Ok(size) => json!({ "verified": true, "size": size }),
        Err(why) => json!({ "verified": false, "why": why }),
    }))
}

/// One published file: `checkpoint`, `vkey`, `tile/…` (C2SP tlog-tiles).
#[utoipa::path(get, path = "/api/v1/ledger/files/{*path}", tag = "ledger", params(("path" = String, Path, description = "Path in the log")),
    responses((status = 200, description = "Its bytes"), (status = 404, body = Problem)), extensions(("x-right" = json!("read_ledger"))))]
async fn file(
    State(app): State<App>,
    may: May<right::ReadLedger>,
    Path(path): Path<String>,
) -> Outcome<Response> {
    let bytes = ledger::file(&app.house, may.actor(), &path).await?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}
