//! Health, for monitors and load balancers; the document of this API.

use crate::App;
use crate::fault::{Outcome, Problem};
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(health)).routes(routes!(document))
}

/// How the server is: database, jobs, deliveries, ledger, version. No personal data.
#[utoipa::path(get, path = "/health", tag = "house", responses((status = 200, body = Object), (status = 500, body = Problem)),
    extensions(("x-right" = json!("public"))))]
async fn health(State(app): State<App>) -> Outcome<Json<Value>> {
    let health = app::health::health(&app.house).await?;
    let mut value = serde_json::to_value(health).map_err(|error| crate::fault::Fault::inside(&error))?;
    value["state"] = "up".into();
    value["started_at"] = app.started_at.to_string().into();
    Ok(Json(value))
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "house", responses((status = 200, body = Object)),
    extensions(("x-right" = json!("public"))))]
async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(super::document())
}
