//! The network of assessed content: ranks and plans, as the page shows them.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::load;
use app::network::WORLDS;
use app::view::network::{self, Open, Shown};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::access::{Authorised, right};
use domain::id::{AgencyId, EventId};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(rank)).routes(routes!(plan)).routes(routes!(queue))
}

/// Which network.
#[derive(Deserialize, IntoParams)]
struct Where {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
}

/// Which plan.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// Accounts of the plan, 0 to 50; the longest when left out.
    k: Option<usize>,
}

async fn shown(app: &App, may: &May<right::ReadNetwork>, space: Option<Uuid>) -> Outcome<Shown> {
    let space = load::space(may.actor(), space.map(AgencyId))?;
    Ok(network::open(&app.house, may.actor(), space, None).await?)
}

/// What is said while there are no figures: `computing`, `empty`, `failed`.
fn said(shown: Shown) -> Result<Box<Open>, Value> {
    let word = match shown {
        Shown::Ready(open) => return Ok(open),
        Shown::Computing => "computing",
        Shown::Empty => "empty",
        Shown::Failed => "failed",
    };
    Err(json!({ "state": word }))
}

fn head(open: &Open) -> Value {
    json!({
        "state": "ready", "made_at": open.made_at, "ends_at": open.ends_at, "items": open.items, "cut": open.cut,
        "accounts": open.accounts, "links": open.links, "sources": open.sources, "method": open.method, "worlds": WORLDS,
    })
}

/// Accounts that spread assessed content, with rank, interval and why. They end at `ends_at` and are no reason to act.
#[utoipa::path(get, path = "/api/v1/network/rank", tag = "network", params(Where),
    responses((status = 200, body = Value), (status = 403, body = Problem)), extensions(("x-right" = json!("read_network"))))]
async fn rank(
    State(app): State<App>,
    may: May<right::ReadNetwork>,
    Query(asked): Query<Where>,
) -> Outcome<Json<Value>> {
    Ok(Json(match said(shown(&app, &may, asked.space).await?) {
        Err(state) => state,
        Ok(open) => {
            let mut answer = head(&open);
            answer["ranks"] = json!(open.rows);
            answer
        }
    }))
}

/// A plan of `k` accounts, and how many accounts are reached before and after it. It sends nothing.
#[utoipa::path(get, path = "/api/v1/network/plan", tag = "network", params(Asked),
    responses((status = 200, body = Value), (status = 400, body = Problem)), extensions(("x-right" = json!("read_network"))))]
async fn plan(
    State(app): State<App>,
    may: May<right::ReadNetwork>,
    Query(asked): Query<Asked>,
) -> Outcome<Json<Value>> {
    let open = match said(shown(&app, &may, asked.space).await?) {
        Err(state) => return Ok(Json(state)),
        Ok(open) => open,
    };
    let k = asked.k.unwrap_or(open.plan.len());
    let Some(point) = open.curve.get(k) else {
        return Err(Fault::input(format!("A plan here has 0 to {} accounts; {k} is more.", open.plan.len())));
    };
    let mut answer = head(&open);
    answer["plan"] = json!(open.plan[..k]);
    answer["reach_before"] = json!(open.before);
    answer["reach_after"] = json!(point.after.mean);
    answer["reduction"] = json!(if open.before > 0.0 { 1.0 - point.after.mean / open.before } else { 0.0 });
    answer["interval90"] = json!([point.after.low, point.after.high]);
    answer["world90"] = json!([point.world.0, point.world.1]);
    answer["beats_followers_by"] = json!(point.beats);
    answer["beats_followers"] = json!(point.beats.low > 0.0);
    Ok(Json(answer))
}

/// Puts the accounts of a sealed plan in the queue: each is assessed there by one person and approved by another. Gives
/// how many were put there, were there before, have too few approved assessments of their content, or are erased.
#[utoipa::path(post, path = "/api/v1/network/plans/{id}/queue", tag = "network", params(("id" = Uuid, Path), Where),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 404, body = Problem)),
    extensions(("x-right" = json!("manage_operation"))))]
async fn queue(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    Path(id): Path<Uuid>,
    Query(asked): Query<Where>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let whose = Authorised::<_, right::ManageOperation>::check(may.actor(), space, space)?;
    Ok(Json(json!(app::network::queue::queue(&app.house, &whose, EventId(id)).await?)))
}
