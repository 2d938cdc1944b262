//! Operation: the wall, and the stream that keeps its numbers live.

use super::Reader;
use super::words_of::hold;
use crate::App;
use crate::fault::Outcome;
use crate::identity::{May, Signed};
use crate::look::{Answer, Bar, Place, language_name};
use crate::pages::operation::{self, View};
use crate::words::Words;
use app::view::{figures, wall};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::access::right;
use maud::Markup;

/// Bars of one list; the rest stands in one more.
const BARS_SHOWN: usize = 6;

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
    let count = wall::counters(house, actor, &wall).await?;
    let now = house.clock.now();
    let found = figures::figures(house, actor, &wall).await?;
    let w = &reader.words;
    let people = found.units.iter().map(|unit| unit.people).sum();
    let shifts = app::view::shifts::shifts(house, actor, wall.space).await?;
    let view = View {
        name: wall.operation.clone().unwrap_or_else(|| may.who.agency.clone()),
        span: wall.span.map_or((now, None), |(from, to)| (from, Some(to))),
        who: (wall.agencies.len().max(1) as u64, people),
        count,
        review: (found.review.reviewed > 0).then_some(found.review),
        pace_day: found.pace.last().map(|(at, ..)| *at),
        pace: found
            .pace
            .iter()
            .map(|(at, saved, answered)| (at.strftime("%H:%M").to_string(), *saved, *answered))
            .collect(),
        services: bars(&found.services, w, &|host| host.to_owned()),
        languages: bars(&found.languages, w, &|tag| language_name(tag, w)),
        answers: bars(&found.answers, w, &|code| {
            Answer::from_code(code).map_or_else(|| code.to_owned(), |answer| answer.word(w))
        }),
        agencies: found
            .units
            .into_iter()
            .map(|unit| (unit.name, unit.people, unit.assessed, unit.held))
            .collect(),
        shifts,
        holds: found
            .holds
            .into_iter()
            .map(|(name, items, answer, until)| (name, items, hold(answer, until)))
            .collect(),
    };
    Ok(operation::page(&view, &reader.words, &reader.frame(Place::Operation)))
}

/// The largest of a list, and the rest as one bar.
fn bars(list: &[(String, u64)], w: &Words, label: &dyn Fn(&str) -> String) -> Vec<Bar> {
    let bar = |label: String, count: u64, rest: bool| Bar { label, count, rest, live: String::new() };
    let mut bars: Vec<Bar> =
        list.iter().take(BARS_SHOWN).map(|(name, count)| bar(label(name), *count, false)).collect();
    let rest: &[(String, u64)] = list.get(BARS_SHOWN..).unwrap_or_default();
    if !rest.is_empty() {
        let others = w.with("wall-others", &[("n", rest.len().into())]);
        bars.push(bar(others, rest.iter().map(|(_, count)| count).sum(), true));
    }
    bars
}
