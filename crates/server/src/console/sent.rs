//! Sent: what is open, who owes what; withdraw, inform.

use super::approve::letter;
use super::{Fields, Reader};
use crate::App;
use crate::fault::Outcome;
use crate::identity::May;
use crate::look::{Answer, Event, Kind, Live, Mark, Place};
use crate::pages::sent::{self, Item, Open, Sent, State as Chip, View};
use app::load::{self, For};
use app::view::{assessment, referral as shown};
use app::withdraw;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, right};
use domain::event::Noun;
use domain::id::ReferralId;
use domain::referral::{State as Stands, WithdrawalReason};
use maud::Markup;
use uuid::Uuid;

/// Rows of the page.
const ROWS_SHOWN: usize = 100;
/// Longest reason that is handed on, in characters: that of a reason everywhere.
const REASON_MAX_CHARS: usize = domain::reads::REASON_MAX_CHARS;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/sent", get(list))
        .route("/console/sent/{referral}", get(open))
        .route("/console/sent/{referral}/withdraw", post(take_back))
        .route("/console/sent/{referral}/information", post(inform))
}

fn chip(state: Stands) -> Chip {
    match state {
        Stands::Draft | Stands::Assessed | Stands::Approved | Stands::Queued => Chip::Waiting,
        Stands::Delivered => Chip::Delivered,
        Stands::Acknowledged => Chip::Received,
        Stands::InDialogue => Chip::AsksUs,
        Stands::OutcomeKnown => Chip::Answered,
        Stands::NoAnswer => Chip::NoAnswer,
        Stands::Undeliverable => Chip::Failed,
        Stands::Withdrawn => Chip::Withdrawn,
        Stands::Rejected | Stands::Closed => Chip::Closed,
    }
}

async fn view(reader: &Reader, actor: &Actor, open: Option<Open>) -> Outcome<View> {
    let house = &reader.app.house;
    load::note_read(house, actor, Noun::Referral, actor.agency.0).await?;
    let rows = shown::referrals(house, actor, &actor.spaces, None).await?;
    let all = rows.len() as u64;
    let selected = open.as_ref().map(|open| open.id.clone());
    let rows = rows
        .into_iter()
        .take(ROWS_SHOWN)
        .map(|row| Sent {
            href: format!("/console/sent/{}", row.id),
            kind: Kind::Link,
            items: row.items,
            provider: row.provider_name,
            at: row.queued_at.unwrap_or(row.made_at),
            state: chip(row.state),
            selected: selected.as_deref() == Some(row.id.to_string().as_str()),
        })
        .collect();
    Ok(View { rows, all, open: open.map(Box::new) })
}

async fn list(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let view = view(&reader, may.actor(), None).await?;
    Ok(sent::page(&view, &reader.words, &reader.frame(Place::Sent)))
}

async fn open(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (house, actor) = (&reader.app.house, may.actor());
    let loaded = load::referral::<right::Read>(house, actor, ReferralId(id), For::Reading).await?;
    let found = shown::referral(house, loaded.get()).await?;
    let based = load::assessment::<right::Read>(house, actor, found.row.assessment, For::Acting).await?;
    let based = assessment::assessment(house, actor, based.get()).await?;
    let mine: Vec<assessment::Item> = based
        .items
        .into_iter()
        .filter(|item| found.items.iter().any(|own| own.subject == item.subject))
        .collect();
    let to = (found.row.provider_name.as_str(), found.row.reference.as_str());
    let written_at = found.row.queued_at.unwrap_or(found.row.made_at);
    let letter = letter(&reader, (&based.draft, &mine), found.row.agency, to, written_at).await?;
    let mut receivers: Vec<(String, bool)> =
        found.told.iter().map(|told| (told.org.clone(), told.acknowledged_at.is_some())).collect();
    if receivers.is_empty() && found.row.queued_at.is_some() {
        receivers.push((found.row.provider_name.clone(), found.row.acknowledged_at.is_some()));
    }
    let open = Open {
        id: id.to_string(),
        reference: found.row.reference.clone(),
        provider: (found.row.provider_name.clone(), format!("/console/provider/{}", found.row.provider)),
        state: chip(found.row.state),
        way: String::new(),
        items: found.items.iter().map(item).collect(),
        question: (found.row.state == Stands::InDialogue).then(String::new),
        receivers,
        events: found.messages.iter().map(event).collect(),
        letter,
    };
    let view = view(&reader, actor, Some(open)).await?;
    Ok(sent::page(&view, &reader.words, &reader.frame(Place::Sent)))
}

fn item(found: &shown::Item) -> Item {
    let last = found.looks.first();
    Item {
        href: format!("/console/subject/{}", found.subject),
        url: found.url.clone().unwrap_or_else(|| found.service.clone()),
        answer: found.answer.as_deref().and_then(Answer::from_code),
        live: last.and_then(|(class, _, at)| Some((Live::from_code(class)?, *at))),
        elsewhere: Vec::new(),
    }
}

fn event(message: &shown::Message) -> Event {
    Event {
        at: message.at,
        mark: if message.out { Mark::Out } else { Mark::In },
        text: format!("{} ({})", message.kind, message.peer),
        record: None,
    }
}

async fn take_back(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    // The way back in the note on what was just done posts no words of its own.
    let reason: String = fields
        .maybe("reason")
        .unwrap_or("Sent in error; taken back at once.")
        .chars()
        .take(REASON_MAX_CHARS)
        .collect();
    withdraw::run(&app.house, &loaded, WithdrawalReason::SentInError, &reason).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=withdrawn")))
}

async fn inform(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    withdraw::inform(&app.house, &loaded, fields.one("text")).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=done")))
}
