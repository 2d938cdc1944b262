//! Network: who matters, and what if? And the sealing of a plan.

use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::Place;
use crate::pages::network::{self, View};
use app::view::{network as shown, wall};
use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, Authorised, Right, right};
use domain::id::{AgencyId, EventId, SubjectId};
use jiff::Timestamp;
use maud::Markup;

/// Accounts of the plan that the page opens with.
const PLAN_FIRST: usize = 12;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/network", get(page))
        .route("/console/network/seal", post(seal))
        .route("/console/network/queue", post(queue))
}

/// The operation that runs, else the agency: the same as on the wall.
async fn space(app: &App, actor: &Actor) -> Outcome<AgencyId> {
    Ok(wall::wall(&app.house, actor).await?.space)
}

async fn page(reader: Reader, may: May<right::ReadNetwork>) -> Outcome<Markup> {
    let actor = may.actor();
    let space = space(&reader.app, actor).await?;
    let around = reader.query.maybe("account").and_then(|id| id.parse().ok()).map(SubjectId);
    let found = shown::open(&reader.app.house, actor, space, around).await?;
    let asked = reader.query.maybe("k").and_then(|k| k.parse::<usize>().ok());
    let view =
        View { k: asked.unwrap_or(PLAN_FIRST), shown: found, may_seal: actor.may(Right::ManageOperation) };
    Ok(network::page(&view, &reader.words, &reader.frame(Place::Network)))
}

async fn queue(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    fields: Fields,
) -> Outcome<Redirect> {
    let actor = may.actor();
    let space = space(&app, actor).await?;
    let whose = Authorised::<_, right::ManageOperation>::check(actor, space, space)?;
    let plan: EventId =
        fields.one("plan").parse().map_err(|_| Fault::input("The form does not say which plan."))?;
    app::network::queue::queue(&app.house, &whose, plan).await?;
    Ok(Redirect::to("/console/network?said=plan_queued#sealed"))
}

async fn seal(State(app): State<App>, may: May<right::ManageOperation>, fields: Fields) -> Outcome<Redirect> {
    let actor = may.actor();
    let space = space(&app, actor).await?;
    let whose = Authorised::<_, right::ManageOperation>::check(actor, space, space)?;
    let k = usize::try_from(fields.number("k")?)
        .map_err(|_| Fault::input("The number of accounts is below zero."))?;
    let of: Timestamp = fields
        .one("made_at")
        .parse()
        .map_err(|_| Fault::input("The form does not say which ranks you saw."))?;
    app::network::seal(&app.house, &whose, k, of).await?;
    Ok(Redirect::to(&format!("/console/network?k={k}&said=plan_sealed")))
}
