//! Contests of the agency's referrals: the list, and a third person's decision.

use super::sent::contest_state;
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::Place;
use crate::pages::contests::{self, Contest, View};
use app::load::{self, For};
use app::view::{self, contest as shown};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Right, right};
use domain::event::Noun;
use maud::Markup;
use uuid::Uuid;

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/contests", get(page)).route("/console/contests/{contest}", post(decide))
}

async fn page(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let (house, actor, w) = (&reader.app.house, may.actor(), &reader.words);
    load::note_read(house, actor, Noun::Contest, actor.agency.0).await?;
    let found = shown::contests(house, actor).await?;
    let view = View {
        contests: found
            .into_iter()
            .map(|found| Contest {
                id: found.id.to_string(),
                referral: (found.reference, format!("/console/sent/{}", found.referral)),
                provider: found.provider,
                open: found.state == "open",
                to_withdraw: found.state == "upheld" && found.stands,
                state: contest_state(&found.state, w),
                reasons: found.reasons,
                decision: found.decided_at.map(|at| (found.decided_by, at, found.decision)),
                own: found.own,
                at: found.made_at,
            })
            .collect(),
        may_decide: actor.may(Right::ManageOperation),
    };
    Ok(contests::page(&view, w, &reader.frame(Place::Sent)))
}

async fn decide(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let upheld = match fields.one("decision") {
        "upheld" => true,
        "refused" => false,
        _ => return Err(Fault::input("Say whether the contest is right or not.")),
    };
    let found = view::contest::contests(&app.house, may.actor()).await?;
    let of = found.iter().find(|found| found.id == id).ok_or_else(domain::access::not_here)?.referral;
    let referral = load::referral::<right::ManageOperation>(&app.house, may.actor(), of, For::Acting).await?;
    app::contest::decide(&app.house, &referral, id, upheld, fields.one("reason")).await?;
    Ok(Redirect::to("/console/contests?said=decided"))
}
