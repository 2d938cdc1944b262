//! Network: who matters, and what if? And the sealing of a plan.

use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::Place;
use crate::pages::network::{self, View};
use app::network::Choice;
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

/// What the network is made of: days, and layers of which each stands alone or some with commas between.
fn choice(fields: &Fields) -> Outcome<Choice> {
    let layers: Vec<&str> = fields.all("layers").collect();
    let layers = (!layers.is_empty()).then(|| layers.join(","));
    Ok(Choice::read(fields.maybe("days"), layers.as_deref())?)
}

async fn page(reader: Reader, may: May<right::ReadNetwork>) -> Outcome<Markup> {
    let actor = may.actor();
    let space = space(&reader.app, actor).await?;
    let around = reader.query.maybe("account").and_then(|id| id.parse().ok()).map(SubjectId);
    let choice = choice(&reader.query)?;
    let found = shown::open(&reader.app.house, actor, space, choice, around).await?;
    let asked = reader.query.maybe("k").and_then(|k| k.parse::<usize>().ok());
    let may_seal = actor.may(Right::ManageOperation);
    let view = View { k: asked.unwrap_or(PLAN_FIRST), choice, shown: found, may_seal };
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
    let choice = network::query(choice(&fields)?);
    app::network::queue::queue(&app.house, &whose, plan).await?;
    Ok(Redirect::to(&format!("/console/network?said=plan_queued{choice}#sealed")))
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
    let choice = choice(&fields)?;
    app::network::seal(&app.house, &whose, k, (choice, of)).await?;
    Ok(Redirect::to(&format!("/console/network?k={k}&said=plan_sealed{}", network::query(choice))))
}
