//! Operation: the wall, and the stream that keeps its numbers live.

use super::Reader;
use crate::App;
use crate::fault::Outcome;
use crate::identity::{May, Signed};
use crate::look::Place;
use crate::pages::operation::{self, Counters, View};
use app::view::wall;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::access::right;
use maud::Markup;

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/operation", get(page))
}

/// The stream of the pages: outside the time limit of a request.
pub(crate) fn stream() -> Router<App> {
    Router::new().route("/console/stream", get(live))
}

async fn live(State(app): State<App>, Signed(who): Signed) -> Response {
    crate::api::live(app, who)
}

async fn page(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let (house, actor) = (&reader.app.house, may.actor());
    let wall = wall::wall(house, actor).await?;
    let count = wall::counters(house, actor, Some(wall.space)).await?;
    let now = house.clock.now();
    let view = View {
        name: wall.operation.clone().unwrap_or_else(|| may.who.agency.clone()),
        span: wall.span.map_or((now, None), |(from, to)| (from, Some(to))),
        who: (wall.agencies.len().max(1) as u64, 0),
        count: Counters {
            seen: count.seen,
            referred: count.referred,
            referred_clusters: count.referred_clusters,
            answered: count.answered,
            clusters: count.clusters,
            assessed: count.assessed,
            not_terrorist: count.not_terrorist,
            exempt: count.exempt,
            second_reader: count.second_reader,
        },
        precision: None,
        gone: None,
        pace: Vec::new(),
        services: Vec::new(),
        languages: Vec::new(),
        answers: Vec::new(),
        agencies: wall.agencies.into_iter().map(|name| (name, 0, 0, 0)).collect(),
        holds: Vec::new(),
    };
    Ok(operation::page(&view, &reader.words, &reader.frame(Place::Operation)))
}
