//! Subject: what is this, and what happened to it? And a hold of one's own on it.

use super::words_of::{hold, kind};
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Event, Live, Mark, Place, language_name};
use crate::pages::subject::{self, View};
use app::deconflict;
use app::load;
use app::view::subject as shown;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Right, right};
use domain::event::Noun;
use domain::hold::{HOLD_MAX_HOURS, HoldAnswer};
use domain::id::SubjectId;
use maud::Markup;
use uuid::Uuid;

/// Words kept with a hold that was set from the page, which asks for none.
const HOLD_REASON: &str = "Set on the subject's page.";

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/subject/{id}", get(page)).route("/console/hold/{subject}", post(place))
}

async fn page(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (house, actor, w) = (&reader.app.house, may.actor(), &reader.words);
    let loaded = shown::load::<right::Read>(house, actor, SubjectId(id)).await?;
    load::note_read(house, actor, Noun::Cluster, id).await?;
    let found = shown::subject(house, &loaded).await?;
    let mut events: Vec<Event> = found
        .seen
        .iter()
        .map(|at| Event { at: *at, mark: Mark::Machine, text: w.t("subject-was-seen"), record: None })
        .collect();
    events.extend(found.looks.iter().map(|(class, _, at)| Event {
        at: *at,
        mark: Mark::Machine,
        text: Live::from_code(class).map_or_else(|| class.clone(), |live| live.word(w)),
        record: None,
    }));
    events.sort_by_key(|event| event.at);
    let page_of = |id: SubjectId| format!("/console/subject/{id}");
    let view = View {
        id: found.id.to_string(),
        kind: kind(&found.kind),
        url: found.address,
        original: None,
        language: language_name(&found.language, w),
        account: found
            .neighbours
            .iter()
            .find(|(edge, _, _)| *edge == domain::subject::EdgeKind::Posted)
            .map(|(_, name, id)| (name.clone(), page_of(*id))),
        cluster_href: found
            .cluster
            .map_or_else(|| "/console/queue".to_owned(), |id| format!("/console/queue/{id}")),
        seal: Err(w.t("subject-unsealed")),
        live: found.looks.first().and_then(|(class, _, at)| Some((Live::from_code(class)?, *at))),
        events,
        matches: Vec::new(),
        elsewhere: Vec::new(),
        lineage: found
            .neighbours
            .iter()
            .map(|(edge, name, id)| (edge.word().replace('_', " "), name.clone(), page_of(*id)))
            .collect(),
        documents: Vec::new(),
        holds: found.holds.iter().map(|(answer, until)| (hold(*answer, *until), String::new())).collect(),
        may_hold: actor.may(Right::Hold),
    };
    Ok(subject::page(&view, w, &reader.frame(Place::Elsewhere)))
}

async fn place(
    State(app): State<App>,
    may: May<right::Hold>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let answer = match fields.one("answer") {
        "investigative_hold" => HoldAnswer::InvestigativeHold,
        "talk" => HoldAnswer::TalkToMe,
        _ => return Err(Fault::input("Choose an answer.")),
    };
    let hours = match fields.maybe("until") {
        None => HOLD_MAX_HOURS,
        Some(until) => {
            let until: jiff::civil::DateTime =
                until.parse().map_err(|_| Fault::input("The end is a date with a time."))?;
            let until =
                until.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| Fault::input("The end is no time."))?;
            (until.timestamp().as_second() - app.house.clock.now().as_second()) / 3600
        }
    };
    let subject = shown::load::<right::Hold>(&app.house, may.actor(), SubjectId(id)).await?;
    deconflict::place(&app.house, &subject, answer, hours.max(1), HOLD_REASON).await?;
    Ok(Redirect::to(&format!("/console/subject/{id}?said=done")))
}
