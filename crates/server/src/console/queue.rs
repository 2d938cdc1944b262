//! Queue: one row a cluster; the open one beside the list; the form of a decision.

use super::matched::{self, matches};
use super::passages::passages;
use super::spread::copies;
use super::words_of::{self, finds, hold, kind, offence_code, question};
use super::{Fields, Reader, conflict, covered, draft};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{
    Answered, Exemption, KindDraft, Place, Purpose, Row, TcoKind, Tile, TileState, Why, language_name,
    languages_named, offences,
};
use crate::pages::queue::{self, Ground, Open, ProviderFacts, View, Whole};
use app::assess;
use app::load::{self, For};
use app::view::{cluster as shown, queue as waits};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::access::{Actor, Right, right};
use domain::assessment::{Decision, Draft, State as Stands};
use domain::bank::SignalKind;
use domain::cluster::Queued;
use domain::event::Noun;
use domain::id::ClusterId;
use http::StatusCode;
use jiff::Timestamp;
use maud::Markup;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Rows of the page.
const ROWS_SHOWN: i64 = 100;
/// Pictures beside the words.
const TILES_SHOWN: usize = 12;
/// Bits of a PDQ hash.
pub(super) const PDQ_BITS: u32 = 256;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/queue", get(list))
        .route("/console/queue/{cluster}", get(open))
        .route("/console/queue/{cluster}/assess", post(save))
        .route("/console/undo/{cluster}", post(undo))
}

async fn rows(reader: &Reader, actor: &Actor) -> Outcome<Vec<waits::Row>> {
    load::note_read(&reader.app.house, actor, Noun::Cluster, actor.agency.0).await?;
    let house = &reader.app.house;
    let search = reader.query.one("q");
    if !search.is_empty() {
        let languages = languages_named(&search.to_lowercase(), &reader.words);
        return Ok(waits::find(house, actor, &actor.spaces, (search, &languages), ROWS_SHOWN + 1).await?);
    }
    let of = async |state| waits::rows(house, actor, &actor.spaces, state, ROWS_SHOWN).await;
    let rows = of(Queued::Open).await?;
    // What was put off comes when nothing else is left, and when it is asked for.
    Ok(if rows.is_empty() || later(reader) { of(Queued::Deferred).await? } else { rows })
}

/// Whether what was put off is asked for.
fn later(reader: &Reader) -> bool {
    reader.query.one("later") == "on"
}

fn age(since: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(now.as_second() - since.as_second()).unwrap_or_default()
}

fn href(id: ClusterId) -> String {
    format!("/console/queue/{id}")
}

/// What the rows show besides themselves: the items that are left and their services, and who has them open.
struct Beside {
    open: BTreeMap<ClusterId, (u64, u64)>,
    open_with: BTreeMap<ClusterId, String>,
    met: BTreeMap<ClusterId, Why>,
}

async fn beside(reader: &Reader, actor: &Actor, rows: &[waits::Row]) -> Outcome<Beside> {
    let (house, now) = (&reader.app.house, reader.app.house.clock.now());
    let ids: Vec<ClusterId> = rows.iter().map(|row| row.id).collect();
    let mut open_with = BTreeMap::new();
    for row in rows {
        if let Some(lease) = row.lease.filter(|lease| lease.person != actor.person && now < lease.until) {
            open_with.insert(row.id, app::view::name(house, lease.person).await?);
        }
    }
    let mut kinds: BTreeMap<ClusterId, Vec<(SignalKind, u64)>> = BTreeMap::new();
    for (cluster, kind, distance) in waits::kinds(house, &ids).await? {
        kinds.entry(cluster).or_default().push((kind, distance));
    }
    let known = kinds.into_iter().filter_map(|(cluster, kinds)| Some((cluster, matched::known(&kinds)?)));
    let met =
        waits::met(house, &ids).await?.into_iter().filter_map(|met| Some((met.cluster, matched::met(&met)?)));
    Ok(Beside { open: waits::open_items(house, &ids).await?, open_with, met: known.chain(met).collect() })
}

async fn view(
    reader: &Reader,
    actor: &Actor,
    rows: &[waits::Row],
    (selected, open): (Option<ClusterId>, Option<Open>),
) -> Outcome<View> {
    let searched = !reader.query.one("q").is_empty();
    let (rows, over) = rows.split_at(rows.len().min(ROWS_SHOWN as usize));
    let beside = beside(reader, actor, rows).await?;
    let count = async |state| waits::count(&reader.app.house, actor, &actor.spaces, state).await;
    let put_off = count(Queued::Deferred).await?;
    // What is searched for is counted as far as it is shown.
    let clusters = match rows.first() {
        Some(row) if !searched => count(row.state).await?.max(rows.len() as u64),
        _ => rows.len() as u64,
    };
    let items = (clusters == rows.len() as u64).then(|| beside.open.values().map(|(items, _)| items).sum());
    let now = reader.app.house.clock.now();
    let at = rows.iter().position(|row| Some(row.id) == selected);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| rows.get(at));
    let after = at.map_or(rows.first(), |at| rows.get(at + 1));
    Ok(View {
        clusters,
        items,
        more_found: !over.is_empty(),
        threats: rows.iter().filter(|row| row.reason == "queue-reason-threat").count() as u64,
        rows: rows
            .iter()
            .map(|row| Row {
                href: href(row.id),
                short: format!("C-{}", row.number),
                kind: kind(&row.kind),
                why: match (words_of::why(row, age(row.first_seen, now)), beside.met.get(&row.id)) {
                    (Why::Same, Some(met)) => met.clone(),
                    (why, _) => why,
                },
                age_seconds: age(row.first_seen, now),
                language: language_name(&row.language, &reader.words),
                items: beside.open.get(&row.id).map_or(0, |(items, _)| *items),
                services: beside.open.get(&row.id).map_or(0, |(_, services)| *services),
                host: Some(row.service.clone()),
                hold: None,
                open_with: beside.open_with.get(&row.id).cloned(),
                selected: Some(row.id) == selected,
            })
            .collect(),
        search: reader.query.one("q").to_owned(),
        put_off: (put_off, later(reader)),
        around: (before.map(|row| href(row.id)), after.map(|row| href(row.id))),
        open: open.map(Box::new),
        unconfirmed: Vec::new(),
        sources: None,
    })
}

async fn list(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let rows = rows(&reader, may.actor()).await?;
    let unconfirmed = app::withdraw::unconfirmed(&reader.app.house, may.actor()).await?;
    let unconfirmed = unconfirmed.into_iter().map(|open| {
        let page =
            open.referral.map_or_else(|| "/console/sent".to_owned(), |id| format!("/console/sent/{id}"));
        (format!("{} {}", open.reference, open.org), page, open.telephone)
    });
    let view =
        View { unconfirmed: unconfirmed.collect(), ..view(&reader, may.actor(), &rows, (None, None)).await? };
    Ok(queue::page(&view, &reader.words, &reader.frame(Place::Queue)))
}

async fn open(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (reader, actor, id) = (&reader, may.actor(), ClusterId(id));
    let house = &reader.app.house;
    let rows = rows(reader, actor).await?;
    let mut with_other = None;
    if actor.may(Right::Assess) {
        let leased = load::cluster::<right::Assess>(house, actor, id, For::Acting).await?;
        match assess::open(house, &leased).await {
            Ok(_) => {}
            // It can be read all the same; the page says who has it.
            Err(app::Error::Refused(refusal)) if refusal.code == "leased" => {
                with_other = leased.get().lease.map(|lease| (lease.person, lease.until));
            }
            Err(other) => return Err(other.into()),
        }
    }
    let cluster = load::cluster::<right::Read>(house, actor, id, For::Reading).await?;
    let found = shown::cluster(house, actor, cluster.get()).await?;
    let mut page = detail(reader, &found);
    page.exposure = app::sign_in::exposure(house, actor).await?;
    if let Some((person, until)) = with_other {
        let name = app::view::name(house, person).await?;
        page.with_other = Some((name, until));
    }
    page.may_decide = actor.may(Right::Assess) && matches!(found.row.state, Queued::Open | Queued::Deferred);
    let view = view(reader, actor, &rows, (Some(found.row.id), Some(page))).await?;
    Ok(queue::page(&view, &reader.words, &reader.frame(Place::Queue)))
}

/// A file, hidden; `media` is the origin of files.
pub(super) fn tile(file: &shown::Media, media: &str) -> Tile {
    Tile {
        moving: ["video", "audio"].contains(&file.kind.as_str()),
        state: match &file.preview {
            Some(token) => TileState::Hidden { source: format!("{media}/media/{token}") },
            None => TileState::NotKept,
        },
        severity: 0,
    }
}

fn detail(reader: &Reader, found: &shown::Open) -> Open {
    let (w, now) = (&reader.words, reader.app.house.clock.now());
    // Its face is an item that is still to be decided.
    let first = found.items.iter().find(|item| !item.decided).or(found.items.first());
    let services: BTreeSet<&str> = found.items.iter().map(|item| item.service.as_str()).collect();
    let media = reader.app.media_origin.as_ref();
    // Each file once: copies show the same one.
    let mut files: Vec<&shown::Media> = Vec::new();
    for file in found.items.iter().flat_map(|item| &item.media) {
        let known = file.sha256.is_some() && files.iter().any(|other| other.sha256 == file.sha256);
        if !known {
            files.push(file);
        }
    }
    let tiles = files.into_iter().take(TILES_SHOWN).map(|file| tile(file, media));
    let draft = found.draft.as_ref();
    let proposed = found.whole.as_ref().and_then(|whole| whole.proposed.as_ref()).or(found.proposed.as_ref());
    let content = draft.and_then(|draft| draft.content.as_ref()).or(proposed);
    let context = draft.and_then(|draft| draft.contexts.values().next());
    Open {
        id: found.row.id.to_string(),
        subject_href: first.map(|item| format!("/console/subject/{}", item.subject)),
        short: format!("C-{}", found.row.number),
        version: u64::try_from(found.row.version).unwrap_or_default(),
        kind: kind(&found.row.kind),
        language: language_name(&found.row.language, w),
        spread: (found.row.members, services.len() as u64),
        with_you_since: now,
        with_other: None,
        may_decide: false,
        first_seen: (found.row.first_seen, found.row.service.clone()),
        tiles: tiles.collect(),
        exposure: (0, 0),
        text: passages(first.map(|item| item.text.as_str()).unwrap_or_default(), &matches(&found.why)),
        text_lang: found.row.language.clone(),
        url: first.and_then(|item| item.url.clone()).unwrap_or_default(),
        account: first.and_then(|item| item.account.clone()).unwrap_or_default(),
        audience: first.map(|item| audience(&item.audience, reader)).unwrap_or_default(),
        proposed: found.proposed.as_ref().map(|_| found.proposed_by.clone()),
        kinds: TcoKind::ALL.into_iter().map(|kind| kind_draft(kind, content)).collect(),
        danger: content.and_then(|content| content.danger.clone()).unwrap_or_default(),
        answers: answers(draft),
        purpose: Purpose {
            true_purpose: context.map(|context| context.true_purpose.clone()).unwrap_or_default(),
            context: context.map(|context| context.context.clone()).unwrap_or_default(),
            editorial_responsibility: context.is_some_and(|context| context.editorial_responsibility),
            eu_listed_author: context
                .map_or_else(|| "unknown".to_owned(), |context| context.eu_listed_author.clone()),
        },
        urgency: found.row.urgency.word().to_owned(),
        items: covered::items(&found.items, draft, (media, w)),
        decided: found.items.iter().filter(|item| item.decided).count() as u64,
        returned_why: found.returned_why.clone(),
        matches: matches(&found.why),
        before: found
            .before
            .iter()
            .map(|before| {
                (
                    format!(
                        "{}{}{}",
                        w.day(before.made_at),
                        w.comma(),
                        conflict::decision(before.decision, w)
                    ),
                    format!("/console/approve/{}", before.id),
                )
            })
            .collect(),
        holds: found
            .items
            .iter()
            .flat_map(|item| {
                item.holds.iter().map(|(answer, until)| (hold(*answer, *until), item.service.clone()))
            })
            .collect(),
        copies: copies(&found.items),
        services_left: found.services_left,
        whole: found.whole.as_ref().map(whole),
        providers: found
            .providers
            .iter()
            .map(|provider| ProviderFacts {
                name: provider.name.clone(),
                href: format!("/console/provider/{}", provider.id),
                zone: provider.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
                languages: w
                    .list(&provider.languages.iter().map(|tag| language_name(tag, w)).collect::<Vec<_>>()),
                open: provider.open,
            })
            .collect(),
    }
}

/// What a channel or account rests on.
fn whole(found: &app::view::whole::Whole) -> Whole {
    let ground = |ground: &app::view::whole::Ground| Ground {
        id: ground.assessment.to_string(),
        short: format!("C-{}", ground.number),
        url: ground.url.clone(),
        found: words_of::found(&ground.found),
        at: ground.made_at,
        cited: ground.cited,
    };
    Whole {
        address: found.address.clone(),
        least: found.least,
        grounds: found.grounds.iter().map(ground).collect(),
        proportionality: found.proportionality.clone(),
    }
}

fn audience(word: &str, reader: &Reader) -> String {
    queue::AUDIENCES
        .iter()
        .find(|(code, _)| *code == word)
        .map(|(_, key)| reader.words.t(key))
        .unwrap_or_default()
}

fn kind_draft(kind: TcoKind, content: Option<&domain::assessment::ContentFinding>) -> KindDraft {
    let found = domain::assessment::Kind::from_word(kind.code());
    let statement = found.and_then(|kind| content?.statements.get(&kind).cloned());
    let pinpoint = found.and_then(|kind| content?.pinpoints.get(&kind)?.first().cloned());
    let cited =
        content.into_iter().flat_map(|content| &content.offence_refs).map(|cited| offence_code(cited));
    let offence = cited.into_iter().find(|code| offences(kind).any(|known| known == code));
    KindDraft {
        kind,
        ticked: statement.is_some(),
        pinpoint: pinpoint.unwrap_or_default(),
        offence: if statement.is_some() { offence.unwrap_or_default() } else { String::new() },
        statement: statement.unwrap_or_default(),
    }
}

fn answers(draft: Option<&Draft>) -> Vec<Answered> {
    let given = draft.and_then(|draft| draft.contexts.values().next());
    Exemption::ALL
        .iter()
        .map(|asked| {
            let answer = given.and_then(|given| {
                given
                    .exemption
                    .iter()
                    .find(|(found, _)| question(**found) == Some(*asked))
                    .map(|(_, answer)| answer)
            });
            Answered {
                question: *asked,
                finds: answer.map(|answer| finds(answer.finding)),
                text: answer.map(|answer| answer.text.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

async fn save(
    State(app): State<App>,
    reader: Reader,
    may: May<right::Assess>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Response> {
    let actor = may.actor();
    let cluster = load::cluster::<right::Assess>(&app.house, actor, ClusterId(id), For::Acting).await?;
    let version = fields.number("version")?;
    let mut mine = None;
    let done = match fields.one("decision") {
        // No reason is asked; what was written is not kept.
        "pass" => Ok("passed"),
        "defer" => assess::defer(&app.house, &cluster, version).await.map(|()| "deferred"),
        word => {
            let decision = Decision::from_word(word).ok_or_else(|| Fault::input("Say what you decided."))?;
            let draft = draft::draft(&fields, decision)?;
            mine = Some(draft.clone());
            assess::save(&app.house, &cluster, version, draft).await.map(|saved| waits(saved.state))
        }
    };
    let said = match done {
        Ok(said) => said,
        Err(app::Error::Refused(refusal)) if refusal.code == "conflict" => {
            let page = conflict::page(&reader, actor, cluster.get().id, (mine, refusal)).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        Err(other) => return Err(other.into()),
    };
    let rows = rows(&reader, actor).await?;
    let next = rows.iter().map(|row| row.id).find(|next| *next != cluster.get().id);
    let to = next.map_or_else(|| "/console/queue".to_owned(), href);
    let undo = match fields.one("decision") {
        "pass" => String::new(),
        _ => format!("&undo=/console/undo/{id}"),
    };
    Ok(Redirect::to(&format!("{to}?said={said}{undo}")).into_response())
}

/// What a saved decision waits for, as the next page says it.
fn waits(state: Stands) -> &'static str {
    match state {
        Stands::Assessed => "to_approve",
        Stands::AwaitsReader => "to_reader",
        Stands::Declined => "declined",
        _ => "saved",
    }
}

/// The person's own last word about a cluster is taken back; it opens again.
async fn undo(State(app): State<App>, may: May<right::Assess>, Path(id): Path<Uuid>) -> Outcome<Redirect> {
    let cluster = load::cluster::<right::Assess>(&app.house, may.actor(), ClusterId(id), For::Acting).await?;
    app::undo::run(&app.house, &cluster).await?;
    Ok(Redirect::to(&format!("{}?said=undone", href(cluster.get().id))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_domain_and_page_agree() {
        for kind in domain::assessment::Kind::ALL {
            assert!(words_of::tco(kind.word()).is_some(), "{kind}");
        }
    }
}
