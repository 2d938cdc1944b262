//! Approve: a second person reads assessment and letter, agrees or returns them.

use super::words_of::{finds, hold, kind, question, tco};
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{
    Exemption, Finding as Shown, Finds, Hold, Letter, LetterItem, LetterWhole, Place, TcoKind, Tile,
    TileState, Weight,
};
use crate::pages::approve::{self, Open, View};
use crate::words::{Lang, Words};
use app::load::{self, For};
use app::refer::Preview;
use app::view::assessment as shown;
use app::view::whole::Ground;
use app::{assess, view};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, Right, right};
use domain::assessment::{Draft, Finding, State as Stands};
use domain::event::Noun;
use domain::id::AssessmentId;
use domain::preflight;
use maud::Markup;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Letters in the list.
const WAITING_SHOWN: usize = 100;
/// Different texts of the items that are shown.
const TEXTS_SHOWN: usize = 30;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/approve", get(list))
        .route("/console/approve/{assessment}", get(open))
        .route("/console/approve/{assessment}/agree", post(agree))
        .route("/console/approve/{assessment}/return", post(send_back))
        .route("/console/approve/{assessment}/reading", post(read_again))
}

async fn waiting(reader: &Reader, actor: &Actor) -> Outcome<Vec<shown::Row>> {
    let house = &reader.app.house;
    load::note_read(house, actor, Noun::Assessment, actor.agency.0).await?;
    let mut rows = shown::assessments(house, actor, &actor.spaces, Stands::AwaitsReader).await?;
    rows.extend(shown::assessments(house, actor, &actor.spaces, Stands::Assessed).await?);
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
    let w = &reader.words;
    let words = |row: &shown::Row| {
        let items = w.with("items", &[("n", u64::try_from(row.items).unwrap_or_default().into())]);
        let note = match (row.state, row.own) {
            (Stands::AwaitsReader, _) => Some(w.t("reading-title")),
            (_, true) => Some(w.t("approve-yours")),
            _ => None,
        };
        note.map_or_else(|| items.clone(), |note| format!("{items}{}{note}", w.comma()))
    };
    let waiting = rows.iter().map(|row| (href(row.id), words(row), row.made_at)).collect();
    let for_reader = rows.iter().filter(|row| !row.own).count() as u64;
    approve::page(&View { waiting, for_reader, open }, &reader.words, &reader.frame(Place::Approve))
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
    (draft, items, grounds): (&Draft, &[shown::Item], &[Ground]),
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
        contest: String::new(),
        written_at,
        acting_as: acting_as(&sender.acting_as, &Words::new(Lang::En, "UTC")),
        fixed: view::voluntary_notice("en"),
        lead: String::new(),
        items: items
            .iter()
            .map(|item| LetterItem {
                url: match &draft.whole {
                    Some(whole) => whole.address.clone(),
                    None => item.url.clone().unwrap_or_else(|| item.service.clone()),
                },
                pinpoint: pinpoint.clone(),
                posted_at: item.posted_at,
            })
            .collect(),
        whole: whole(draft, items, grounds),
        kinds,
        statement: statement.unwrap_or_default(),
        considered: considered(draft),
        desk: sender.desk,
        key: sender.key,
    })
}

/// What a channel or account of a draft rests on.
fn whole(draft: &Draft, items: &[shown::Item], grounds: &[Ground]) -> Option<LetterWhole> {
    let (whole, of) = (draft.whole.as_ref()?, items.first()?);
    let found = |ground: &Ground| {
        let statements: Vec<&str> = ground.found.iter().map(|(_, statement)| statement.as_str()).collect();
        (ground.url.clone(), statements.join(" "))
    };
    Some(LetterWhole {
        kind: kind(&of.kind),
        grounds: grounds.iter().map(found).collect(),
        proportionality: whole.proportionality.clone(),
    })
}

/// The capacity and legal basis of a sender, in the letter's words where they are codes.
fn acting_as(codes: &[String], w: &Words) -> String {
    let words: Vec<String> = codes
        .iter()
        .map(|code| match code.as_str() {
            "referral_unit" => w.t("capacity-referral-unit"),
            "eu_agency" => w.t("capacity-eu-agency"),
            "trusted_flagger" => w.t("capacity-trusted-flagger"),
            "terms" => w.t("basis-of-terms"),
            other => other.to_owned(),
        })
        .collect();
    words.join(", ")
}

async fn detail(reader: &Reader, actor: &Actor, id: AssessmentId) -> Outcome<Open> {
    let (house, w) = (&reader.app.house, &reader.words);
    let loaded = load::assessment::<right::Read>(house, actor, id, For::Reading).await?;
    let found = shown::assessment(house, actor, loaded.get()).await?;
    let services: BTreeSet<&str> = found.items.iter().map(|item| item.service.as_str()).collect();
    // Each provider gets a letter of its own; here they stand together.
    let name = |w: &Words| match services.len() {
        1 => services.iter().next().copied().unwrap_or_default().to_owned(),
        several => w.with("approve-several", &[("n", several.into())]),
    };
    let (provider, to) = (name(w), name(&Words::new(Lang::En, "UTC")));
    let about = (&found.draft, found.items.as_slice(), found.grounds.as_slice());
    let letter = letter(reader, about, loaded.get().agency, (&to, ""), found.row.made_at).await?;
    let waits = found.row.state == Stands::Assessed;
    let previews = if waits { app::refer::preview(house, &loaded).await? } else { Vec::new() };
    let (findings, going, third) = findings(&previews, w);
    let still = found.items.iter().find_map(|item| item.preview.as_ref());
    let origin = reader.app.media_origin.as_ref();
    Ok(Open {
        id: id.to_string(),
        version: u64::try_from(found.row.version).unwrap_or_default(),
        subject_href: format!("/console/queue/{}", found.row.cluster),
        provider,
        letter_language: crate::look::language_name("en", w),
        other_language: None,
        marks: Vec::new(),
        author: (found.author_name.clone(), found.row.made_at),
        second_reader: (!found.reader_name.is_empty()).then(|| found.reader_name.clone()),
        considered: considered(&found.draft),
        words: words(&found.items),
        danger: danger(&found.draft),
        written: written(&found.draft),
        doubt: (found.row.state == Stands::AwaitsReader).then(|| doubts(&found.draft)),
        may_confirm: actor.may(Right::Approve),
        tile: still.map(|token| Tile {
            state: TileState::Hidden { source: format!("{origin}/media/{token}") },
            moving: false,
            severity: 0,
        }),
        holds: holds(&found.items),
        findings,
        going,
        third,
        own: found.row.own,
        letter,
    })
}

/// What the author wrote about purpose and context, each text once (LAW-120.01: the second person judges the reasons too).
/// What the author wrote of the danger; empty where the law does not ask for it.
fn danger(draft: &Draft) -> String {
    draft.content.as_ref().and_then(|content| content.danger.clone()).unwrap_or_default()
}

fn written(draft: &Draft) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for context in draft.contexts.values() {
        let both = (context.true_purpose.clone(), context.context.clone());
        if !all.contains(&both) {
            all.push(both);
        }
    }
    all
}

/// The words of the first items that have some.
fn words(items: &[shown::Item]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for item in items.iter().filter(|item| !item.text.is_empty()) {
        if all.len() < TEXTS_SHOWN && !all.iter().any(|(text, _)| *text == item.text) {
            all.push((item.text.clone(), item.language.clone()));
        }
    }
    all
}

/// The questions that the author was unsure about, with what they wrote.
fn doubts(draft: &Draft) -> Vec<(Exemption, String)> {
    let mut all: Vec<(Exemption, String)> = Vec::new();
    for (asked, answer) in draft.contexts.values().flat_map(|context| &context.exemption) {
        if answer.finding == Finding::Unsure
            && let Some(asked) = question(*asked)
            && !all.iter().any(|(known, _)| *known == asked)
        {
            all.push((asked, answer.text.clone()));
        }
    }
    all
}

/// Answers of the other agencies, each with how many items it is about.
fn holds(items: &[shown::Item]) -> Vec<(Hold, u64)> {
    let mut all: Vec<(Hold, u64)> = Vec::new();
    for found in items.iter().flat_map(|item| &item.holds).map(|(answer, until)| hold(*answer, *until)) {
        match all.iter_mut().find(|(known, _)| *known == found) {
            Some((_, count)) => *count += 1,
            None => all.push((found, 1)),
        }
    }
    all
}

/// Code of a finding, and what is said when nothing of the kind was found.
const PASSES: [(&str, &str); 6] = [
    ("hold", "pass-hold"),
    ("collection_page", "pass-item"),
    ("sent_before", "pass-once"),
    ("missing_contact", "pass-contact"),
    ("protected_host", "pass-host"),
    ("first_referral", "pass-known"),
];

/// What the pre-flight would say now, how many items would go, and how many of them only after a third person looked.
fn findings(previews: &[Preview], w: &Words) -> (Vec<Shown>, u64, u64) {
    let several = previews.len() > 1;
    let (mut all, mut going, mut third) = (Vec::new(), 0, 0);
    for preview in previews {
        let has = |weight| preview.found.iter().any(|found| found.weight == weight);
        if !has(preflight::Weight::Stop) {
            going += preview.items;
            third += if has(preflight::Weight::Look) { preview.items } else { 0 };
        }
        for found in &preview.found {
            let said = w.rule(found.code, &found.sentence);
            all.push(Shown {
                weight: match found.weight {
                    preflight::Weight::Stop => Weight::Stop,
                    preflight::Weight::Look => Weight::Ask,
                    preflight::Weight::Note => Weight::Note,
                },
                about: if several { preview.provider.clone() } else { String::new() },
                text: said,
                rule: found.rule.to_owned(),
                acknowledge: None,
            });
        }
    }
    // The same about ten items of one provider is said once.
    let mut once = BTreeSet::new();
    all.retain(|found| once.insert((found.about.clone(), found.text.clone())));
    let plain = |weight: Weight, key: &str| Shown {
        weight,
        about: String::new(),
        text: w.t(key),
        rule: String::new(),
        acknowledge: None,
    };
    if !previews.is_empty() {
        let clean =
            |code: &str| previews.iter().flat_map(|preview| &preview.found).all(|found| found.code != code);
        all.extend(PASSES.iter().filter(|(code, _)| clean(code)).map(|(_, key)| plain(Weight::Pass, key)));
        all.push(plain(Weight::Note, "preflight-again"));
    }
    (all, going, third)
}

async fn read_again(
    State(app): State<App>,
    may: May<right::Approve>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::assessment::<right::Approve>(&app.house, may.actor(), AssessmentId(id), For::Acting).await?;
    let finding = Finding::from_word(fields.one("finding"))
        .ok_or_else(|| Fault::input("Say what you found: no exemption, an exemption, or a doubt."))?;
    let state = assess::read_again(&app.house, &loaded, finding, fields.one("text")).await?;
    let said = if state == Stands::Assessed { "read_clear" } else { "read_blocked" };
    Ok(Redirect::to(&format!("/console/approve?said={said}")))
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
