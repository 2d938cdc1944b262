//! Approve: a second person reads assessment and letter, agrees or returns them.

use super::words_of::{finds, question, tco};
use super::{Fields, Reader};
use crate::App;
use crate::fault::Outcome;
use crate::identity::May;
use crate::look::{Exemption, Finds, Letter, LetterItem, Place, TcoKind};
use crate::pages::approve::{self, Open, View};
use crate::words::Lang;
use app::load::{self, For};
use app::view::assessment as shown;
use app::{assess, view};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, right};
use domain::assessment::{Draft, State as Stands};
use domain::event::Noun;
use domain::id::AssessmentId;
use maud::Markup;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Letters in the list.
const WAITING_SHOWN: usize = 100;
/// Minutes within which what was sent can be taken back with one key; withdrawing works after that too.
const UNDO_MINUTES: u64 = 10;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/approve", get(list))
        .route("/console/approve/{assessment}", get(open))
        .route("/console/approve/{assessment}/agree", post(agree))
        .route("/console/approve/{assessment}/return", post(send_back))
}

async fn waiting(reader: &Reader, actor: &Actor) -> Outcome<Vec<shown::Row>> {
    let house = &reader.app.house;
    load::note_read(house, actor, Noun::Assessment, actor.agency.0).await?;
    let mut rows = shown::assessments(house, actor, &actor.spaces, Stands::Assessed).await?;
    rows.truncate(WAITING_SHOWN);
    Ok(rows)
}

fn href(id: AssessmentId) -> String {
    format!("/console/approve/{id}")
}

async fn list(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let rows = waiting(&reader, may.actor()).await?;
    let open = match rows.iter().find(|row| !row.own).or(rows.first()) {
        Some(first) => Some(Box::new(detail(&reader, may.actor(), first.id).await?)),
        None => None,
    };
    Ok(shown_page(&reader, &rows, open))
}

async fn open(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let rows = waiting(&reader, may.actor()).await?;
    let open = detail(&reader, may.actor(), AssessmentId(id)).await?;
    Ok(shown_page(&reader, &rows, Some(Box::new(open))))
}

fn shown_page(reader: &Reader, rows: &[shown::Row], open: Option<Box<Open>>) -> Markup {
    let words = |row: &shown::Row| {
        reader.words.with("items", &[("n", u64::try_from(row.items).unwrap_or_default().into())])
    };
    let waiting = rows.iter().map(|row| (href(row.id), words(row), row.made_at)).collect();
    approve::page(&View { waiting, open }, &reader.words, &reader.frame(Place::Approve))
}

/// What a draft considered, one answer a question: the gravest of its items.
pub(super) fn considered(draft: &Draft) -> Vec<(Exemption, Finds)> {
    let weight = |found: Finds| match found {
        Finds::No => 0,
        Finds::Unsure => 1,
        Finds::Yes => 2,
    };
    let answers = draft.contexts.values().flat_map(|context| &context.exemption);
    let mut all: Vec<(Exemption, Finds)> = Vec::new();
    for (asked, answer) in answers {
        let (Some(asked), found) = (question(*asked), finds(answer.finding)) else { continue };
        match all.iter_mut().find(|(known, _)| *known == asked) {
            Some((_, known)) if weight(found) > weight(*known) => *known = found,
            Some(_) => {}
            None => all.push((asked, found)),
        }
    }
    all
}

/// The letter of a draft as its provider will read it.
pub(super) async fn letter(
    reader: &Reader,
    (draft, items): (&Draft, &[shown::Item]),
    sender: domain::id::AgencyId,
    (to, reference): (&str, &str),
    written_at: jiff::Timestamp,
) -> Outcome<Letter> {
    let sender = view::sender(&reader.app.house, sender).await?;
    let content = draft.content.as_ref();
    let kinds: Vec<TcoKind> = content
        .iter()
        .flat_map(|content| content.statements.keys())
        .filter_map(|kind| tco(kind.word()))
        .collect();
    let pinpoint =
        content.and_then(|content| content.pinpoints.values().flatten().next().cloned()).unwrap_or_default();
    let statement = content.map(|content| content.statements.values().cloned().collect::<Vec<_>>().join(" "));
    Ok(Letter {
        lang: Lang::En,
        from: sender.name,
        to: to.to_owned(),
        reference: reference.to_owned(),
        written_at,
        acting_as: sender.acting_as,
        fixed: view::voluntary_notice("en"),
        lead: String::new(),
        items: items
            .iter()
            .map(|item| LetterItem {
                url: item.url.clone().unwrap_or_else(|| item.service.clone()),
                pinpoint: pinpoint.clone(),
                posted_at: None,
            })
            .collect(),
        kinds,
        statement: statement.unwrap_or_default(),
        considered: considered(draft),
        desk: sender.desk,
        key: sender.key,
    })
}

async fn detail(reader: &Reader, actor: &Actor, id: AssessmentId) -> Outcome<Open> {
    let house = &reader.app.house;
    let loaded = load::assessment::<right::Read>(house, actor, id, For::Reading).await?;
    let found = shown::assessment(house, actor, loaded.get()).await?;
    let services: BTreeSet<&str> = found.items.iter().map(|item| item.service.as_str()).collect();
    let provider = services.into_iter().collect::<Vec<_>>().join(reader.words.comma());
    let about = (&found.draft, found.items.as_slice());
    let letter = letter(reader, about, loaded.get().agency, (&provider, ""), found.row.made_at).await?;
    Ok(Open {
        id: id.to_string(),
        version: u64::try_from(found.row.version).unwrap_or_default(),
        subject_href: format!("/console/queue/{}", found.row.cluster),
        provider,
        letter_language: crate::look::language_name("en", &reader.words),
        other_language: None,
        marks: Vec::new(),
        author: (found.author_name, found.row.made_at, 0),
        second_reader: None,
        considered: considered(&found.draft),
        tile: None,
        holds: Vec::new(),
        findings: Vec::new(),
        going: letter.items.len() as u64,
        own: found.row.own,
        undo_minutes: UNDO_MINUTES,
        letter,
    })
}

async fn agree(
    State(app): State<App>,
    may: May<right::Approve>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::assessment::<right::Approve>(&app.house, may.actor(), AssessmentId(id), For::Acting).await?;
    let referrals = app::approve::run(&app.house, &loaded, fields.number("version")?).await?;
    let undo = match referrals.as_slice() {
        [only] => format!("&undo=/console/sent/{only}/withdraw"),
        _ => String::new(),
    };
    Ok(Redirect::to(&format!("/console/approve?said=agreed{undo}")))
}

async fn send_back(
    State(app): State<App>,
    may: May<right::Approve>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::assessment::<right::Approve>(&app.house, may.actor(), AssessmentId(id), For::Acting).await?;
    let version = loaded.get().version;
    assess::return_it(&app.house, &loaded, version, fields.one("reason")).await?;
    Ok(Redirect::to("/console/approve?said=returned"))
}
