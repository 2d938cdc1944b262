//! Subject: what is this, and what happened to it? And a hold of one's own on it.

use super::matched::matches;
use super::words_of::{hold, kind};
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Event, Live, Mark, Place, language_name};
use crate::pages::subject::{self, Own, View};
use crate::words::Words;
use app::deconflict;
use app::load;
use app::view::{cells, leads, subject as shown};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Right, right};
use domain::analysis::{Analysis, Verdict};
use domain::event::Noun;
use domain::hold::{HOLD_MAX_HOURS, HoldAnswer};
use domain::id::{HoldId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::Timestamp;
use maud::Markup;
use uuid::Uuid;

/// Words kept with a hold that was set from the page, which asks for none.
const HOLD_REASON: &str = "Set on the subject's page.";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/subject/{id}", get(page))
        .route("/console/subject/{id}/elsewhere/{other}", post(say))
        .route("/console/hold/{id}", post(place))
        .route("/console/hold/{id}/lift", post(lift))
}

async fn page(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (house, actor, w) = (&reader.app.house, may.actor(), &reader.words);
    let loaded = shown::load::<right::Read>(house, actor, SubjectId(id)).await?;
    load::note_read(house, actor, Noun::Cluster, id).await?;
    let found = shown::subject(house, &loaded).await?;
    let account = found.neighbours.iter().find(|(edge, ..)| *edge == EdgeKind::Posted).map(|(.., id)| *id);
    let own = (found.kind == SubjectKind::Account.word()).then_some(found.id);
    let cell = match account.or(own) {
        Some(account) => Some(cells::of(house, actor, loaded.get().space, account).await?),
        None => None,
    };
    let leads = match own {
        Some(account)
            if actor.may(Right::ReadLeads)
                && loaded.get().space == actor.agency
                && leads::opened(house, actor)
                    .await?
                    .is_some_and(|(opening, _)| opening.covers.contains(&Analysis::SameActor)) =>
        {
            Some(leads::of(house, actor, account).await?)
        }
        _ => None,
    };
    let mut events = happened(&found, w);
    let page_of = |id: SubjectId| format!("/console/subject/{id}");
    events.sort_by_key(|event| event.at);
    let view = View {
        id: found.id.to_string(),
        kind: kind(&found.kind),
        url: found.address,
        original: None,
        language: language_name(&found.language, w),
        account: found
            .neighbours
            .iter()
            .find(|(edge, _, _)| *edge == EdgeKind::Posted)
            .map(|(_, name, id)| (name.clone(), page_of(*id))),
        cluster_href: found
            .cluster
            .map_or_else(|| "/console/queue".to_owned(), |id| format!("/console/queue/{id}")),
        seal: found.sealed.clone().ok_or_else(|| w.t("subject-unsealed")),
        live: found.looks.iter().find_map(|(class, _, at)| Some((Live::from_code(class)?, *at))),
        events: runs(events, w),
        matches: matches(&found.matches),
        others_matches: matches(&found.others_matches),
        elsewhere_left: found.elsewhere_left,
        elsewhere: found.elsewhere.iter().map(|(url, id, at)| (url.clone(), page_of(*id), *at)).collect(),
        lineage: found
            .neighbours
            .iter()
            .map(|(edge, name, id)| (w.t(edge_key(*edge)), name.clone(), page_of(*id)))
            .collect(),
        documents: found
            .letters
            .iter()
            .map(|(reference, id, at)| {
                (format!("{} {reference}", w.t("message-referral")), format!("/console/sent/{id}"), *at)
            })
            .collect(),
        cell,
        leads,
        holds: found.holds.iter().map(|(answer, until)| (hold(*answer, *until), String::new())).collect(),
        own: found
            .own
            .into_iter()
            .map(|own| Own {
                id: own.id.to_string(),
                hold: hold(own.answer, own.until),
                by: own.by,
                at: own.at,
            })
            .collect(),
        may_hold: actor.may(Right::Hold),
        hold_hours: HOLD_MAX_HOURS.unsigned_abs(),
    };
    Ok(subject::page(&view, w, &reader.frame(Place::Elsewhere)))
}

/// The key of an edge's words.
fn edge_key(edge: EdgeKind) -> &'static str {
    match edge {
        EdgeKind::Posted => "edge-posted",
        EdgeKind::InChannel => "edge-in-channel",
        EdgeKind::ForwardedFrom => "edge-forwarded-from",
        EdgeKind::Mentions => "edge-mentions",
        EdgeKind::LinksTo => "edge-links-to",
        EdgeKind::Tagged => "edge-tagged",
    }
}

/// Everything that happened: sources saw it, people decided, letters left, looks found something.
fn happened(found: &shown::Open, w: &Words) -> Vec<Event> {
    let event = |at: Timestamp, mark: Mark, text: String| Event { at, mark, text, record: None };
    let seen = found.seen.iter().map(|at| event(*at, Mark::Machine, w.t("subject-was-seen")));
    let looks = found.looks.iter().filter_map(|(class, _, at)| {
        let text = match class.as_str() {
            "sealed" => w.happened("check", "sealed", None)?,
            class => Live::from_code(class)?.word(w),
        };
        Some(event(*at, Mark::Machine, text))
    });
    let done = found.happened.iter().filter_map(|(noun, what, who, at)| {
        let mark = match (noun, who) {
            (Noun::Referral, _) if what == "enqueue" || what == "withdraw" => Mark::Out,
            (_, Some(_)) => Mark::Person,
            _ => Mark::Machine,
        };
        Some(event(*at, mark, w.happened(noun.word(), what, who.as_deref())?))
    });
    seen.chain(looks).chain(done).collect()
}

/// Events that say the same one after the other stand once, with how many they are: 100 copies join one by one.
fn runs(events: Vec<Event>, w: &Words) -> Vec<Event> {
    let mut all: Vec<(Event, u64)> = Vec::new();
    for event in events {
        match all.last_mut() {
            Some((last, count)) if last.text == event.text && last.mark == event.mark => *count += 1,
            _ => all.push((event, 1)),
        }
    }
    all.into_iter()
        .map(|(event, count)| match count {
            1 => event,
            _ => {
                let text = w.with("happened-times", &[("what", event.text.into()), ("n", count.into())]);
                Event { text, ..event }
            }
        })
        .collect()
}

async fn place(
    State(app): State<App>,
    reader: Reader,
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
            let until = reader.words.instant(until).ok_or_else(|| Fault::input("The end is no time."))?;
            (until.as_second() - app.house.clock.now().as_second()) / 3600
        }
    };
    let subject = shown::load::<right::Hold>(&app.house, may.actor(), SubjectId(id)).await?;
    deconflict::place(&app.house, &subject, answer, hours.max(1), HOLD_REASON).await?;
    Ok(Redirect::to(&format!("/console/subject/{id}?said=held")))
}

/// What a person says of two accounts.
async fn say(
    State(app): State<App>,
    may: May<right::ReadLeads>,
    Path((id, other)): Path<(Uuid, Uuid)>,
    fields: Fields,
) -> Outcome<Redirect> {
    let (actor, pair) = (may.actor(), (SubjectId(id), SubjectId(other)));
    let said = match (fields.one("act"), Verdict::from_word(fields.one("act"))) {
        (_, Some(verdict)) => {
            app::leads::mark(&app.house, actor, pair, verdict, fields.one("reason")).await?;
            "marked"
        }
        ("unmark", None) => {
            app::leads::unmark(&app.house, actor, pair).await?;
            "unmarked"
        }
        _ => return Err(Fault::input("Say same, not same, or take it back.")),
    };
    Ok(Redirect::to(&format!("/console/subject/{id}?said={said}")))
}

async fn lift(
    State(app): State<App>,
    may: May<right::Hold>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let subject: SubjectId =
        fields.one("subject").parse().map_err(|_| Fault::from(domain::access::not_here()))?;
    let hold = load::hold::<right::Hold>(&app.house, may.actor(), HoldId(id)).await?;
    deconflict::lift(&app.house, &hold).await?;
    Ok(Redirect::to(&format!("/console/subject/{subject}?said=lifted")))
}
