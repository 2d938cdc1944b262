//! The network of assessed content: ranks and plans, as the page shows them.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::load;
use app::network::{Choice, WORLDS};
use app::view::network::{self, Open, Shown};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::access::{Authorised, right};
use domain::id::{AgencyId, EventId, SubjectId};
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

/// Which network, and what it is made of.
#[derive(Deserialize, IntoParams)]
struct Made {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// Posts of the last 30, 90 or 365 days, counted back from when the network is made; of all times with `all` or when left out.
    days: Option<String>,
    /// What gives links, with commas between: `copies`, `forwards`, `mentions`, `channels`; all of them when left out.
    layers: Option<String>,
}

/// Which plan.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// As for ranks.
    days: Option<String>,
    /// As for ranks.
    layers: Option<String>,
    /// Accounts of the plan, 0 to 50; the longest when left out.
    k: Option<usize>,
    /// An account or channel whose neighbours are wanted, and why it is in the plan.
    account: Option<Uuid>,
}

/// The network that is asked for, or what is said while there are no figures: `computing`, `empty`, `few`, `failed`.
async fn shown(
    app: &App,
    may: &May<right::ReadNetwork>,
    asked: Made,
    around: Option<Uuid>,
) -> Outcome<Result<(Box<Open>, Choice), Value>> {
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let choice = Choice::read(asked.days.as_deref(), asked.layers.as_deref())?;
    let word = match network::open(&app.house, may.actor(), space, choice, around.map(SubjectId)).await? {
        Shown::Ready(open) => return Ok(Ok((open, choice))),
        Shown::Computing => "computing",
        Shown::Empty => "empty",
        Shown::Few => "few",
        Shown::Failed => "failed",
    };
    Ok(Err(json!({ "state": word, "days": choice.period, "layers": choice.layers })))
}

fn head(open: &Open, choice: Choice) -> Value {
    json!({
        "state": "ready", "days": choice.period, "layers": choice.layers,
        "made_at": open.made_at, "ends_at": open.ends_at, "items": open.items, "cut": open.cut,
        "accounts": open.accounts, "links": open.links, "sources": open.sources, "method": open.method, "worlds": WORLDS,
    })
}

/// Accounts that spread assessed content, with rank, interval and why. They end at `ends_at` and are no reason to act.
/// `state` is `ready`, or says why there are no figures: `computing`, `failed`, `empty`, or `few`: what was chosen of a
/// large network holds too few accounts.
#[utoipa::path(get, path = "/api/v1/network/rank", tag = "network", params(Made),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 403, body = Problem)),
    extensions(("x-right" = json!("read_network"))))]
async fn rank(
    State(app): State<App>,
    may: May<right::ReadNetwork>,
    Query(asked): Query<Made>,
) -> Outcome<Json<Value>> {
    Ok(Json(match shown(&app, &may, asked, None).await? {
        Err(state) => state,
        Ok((open, choice)) => {
            let mut answer = head(&open, choice);
            answer["ranks"] = json!(open.rows);
            answer
        }
    }))
}

/// A plan of `k` accounts, and how many accounts are reached before and after it. It sends nothing. With `account`, `around`
/// holds that account, first, with its neighbours, and `because`, when it is in the longest plan: what part of all that are
/// reached is reached only through it, the main ways to it, communities that are cut off, the cheapest substitute. `around`
/// is null for an account that is not in this network.
#[utoipa::path(get, path = "/api/v1/network/plan", tag = "network", params(Asked),
    responses((status = 200, body = Value), (status = 400, body = Problem)), extensions(("x-right" = json!("read_network"))))]
async fn plan(
    State(app): State<App>,
    may: May<right::ReadNetwork>,
    Query(asked): Query<Asked>,
) -> Outcome<Json<Value>> {
    let Asked { space, days, layers, k, account } = asked;
    let (open, choice) = match shown(&app, &may, Made { space, days, layers }, account).await? {
        Err(state) => return Ok(Json(state)),
        Ok(found) => found,
    };
    let k = k.unwrap_or(open.plan.len());
    let Some(point) = open.curve.get(k) else {
        return Err(Fault::input(format!("A plan here has 0 to {} accounts; {k} is more.", open.plan.len())));
    };
    let mut answer = head(&open, choice);
    answer["plan"] = json!(open.plan[..k]);
    answer["reach_before"] = json!(open.before);
    answer["reach_after"] = json!(point.after.mean);
    answer["reduction"] = json!(if open.before > 0.0 { 1.0 - point.after.mean / open.before } else { 0.0 });
    answer["interval90"] = json!([point.after.low, point.after.high]);
    answer["world90"] = json!([point.world.0, point.world.1]);
    answer["beats_followers_by"] = json!(point.beats);
    answer["beats_followers"] = json!(point.beats.low > 0.0);
    if account.is_some() {
        answer["around"] = json!(open.around);
    }
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
