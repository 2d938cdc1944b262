//! Intake: drop a file, say what its columns mean, see what came in and what was set aside.
//!
//! A table whose columns nobody explained yet waits in its upload's folder until a person confirms the guess, for a day
//! at most; a file with the columns of a kept mapping is read at once.

mod waiting;

use super::csv::cell;
use super::{Fields, Reader};
use crate::App;
use crate::api::{format_of, receive, take};
use crate::fault::{Fault, Outcome};
use crate::identity::{May, Upload};
use crate::look::{Place, SetAside};
use crate::pages::intake::{self, Batch, Mapping, View};
use app::view::{intake as shown, mapping};
use axum::Router;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::access::{Right, right};
use domain::id::BatchId;
use http::header;
use maud::Markup;
use uuid::Uuid;

/// Set-aside records of one file that the page lists.
const ASIDE_SHOWN: usize = 20;

/// What a column can mean, and the key of its words.
const MEANINGS: [(&str, &str); 20] = [
    ("url", "meaning-url"),
    ("text", "meaning-text"),
    ("author", "meaning-author"),
    ("author_name", "meaning-author-name"),
    ("time", "meaning-time"),
    ("id", "meaning-id"),
    ("service", "meaning-service"),
    ("language", "meaning-language"),
    ("channel", "meaning-channel"),
    ("kind", "meaning-kind"),
    ("media_url", "meaning-media-url"),
    ("media_path", "meaning-media-path"),
    ("sha256", "meaning-sha256"),
    ("pdq", "meaning-pdq"),
    ("quality", "meaning-quality"),
    ("views", "meaning-views"),
    ("links", "meaning-links"),
    ("hashtags", "meaning-hashtags"),
    ("mentions", "meaning-mentions"),
    ("audience", "meaning-audience"),
];

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/intake", get(page))
        .route("/console/intake/mappings", post(forget))
        .route("/console/intake/{batch}/aside.csv", get(aside))
}

/// The form with files: outside the time limit and the size limit of a request.
pub(crate) fn upload() -> Router<App> {
    Router::new()
        .route("/console/intake", post(hand_in))
        .route("/console/intake/{batch}/mapping", post(explained))
        .layer(axum::extract::DefaultBodyLimit::max(crate::api::UPLOAD_MAX_BYTES))
}

async fn page(reader: Reader, may: May<right::Intake>) -> Outcome<Markup> {
    let w = &reader.words;
    let mut formats = vec![(String::new(), w.t("intake-find-out"))];
    formats
        .extend(shown::formats().into_iter().map(|format| (format.name.to_owned(), format.title.to_owned())));
    let batches = shown::batches(&reader.app.house, may.actor()).await?;
    let kept = mapping::saved(&reader.app.house, may.actor()).await?;
    let view = View {
        formats,
        mapping: question(&reader, may.actor()).await?,
        kept: kept.into_iter().map(|kept| kept.name).collect(),
        batches: batches.into_iter().map(batch).collect(),
    };
    Ok(intake::page(&view, w, &reader.frame(Place::Intake)))
}

fn batch(found: shown::Batch) -> Batch {
    Batch {
        id: found.id.to_string(),
        file: found.source,
        format: found.format,
        at: found.made_at,
        records: (found.records, found.ended_at.map(|_| found.records)),
        counts: (found.new, found.duplicate, found.refused, found.set_aside.len() as u64),
        aside: found
            .set_aside
            .into_iter()
            .take(ASIDE_SHOWN)
            .map(|aside| SetAside { at: aside.at, reason: aside.reason })
            .collect(),
    }
}

/// The newest file that waits for an answer about its columns.
async fn question(reader: &Reader, actor: &domain::access::Actor) -> Outcome<Option<Mapping>> {
    let Some(found) = waiting::newest(&reader.app, actor).await? else { return Ok(None) };
    let w = &reader.words;
    let Some(guess) = mapping::guess(&found.format, &found.path(), &found.name).await? else {
        return Ok(None);
    };
    let mut meanings = vec![(String::new(), w.t("meaning-none"))];
    meanings.extend(mapping::meanings().into_iter().map(|code| {
        let words = MEANINGS.iter().find(|(known, _)| *known == code).map(|(_, key)| w.t(key));
        (code.clone(), words.unwrap_or(code))
    }));
    Ok(Some(Mapping { batch: found.id.to_string(), file: found.name, columns: guess.columns(), meanings }))
}

async fn hand_in(
    State(app): State<App>,
    upload: Upload<right::Intake>,
    parts: Multipart,
) -> Outcome<Redirect> {
    let mut received = receive(&app, upload, parts).await?;
    let actor = received.who.actor.clone();
    if let [file] = received.form.records.as_slice() {
        let name = waiting::plain_name(file);
        let format = format_of(&received.form.format, &name)?;
        let guess = mapping::guess(&format, file, &name).await?;
        received.form.source = Some(name.clone());
        if let Some(guess) = guess {
            match mapping::known(&app.house, &actor, &guess).await? {
                Some(kept) => received.form.mapping = Some(kept),
                None => {
                    waiting::put(&app, &actor, received, (name, format)).await?;
                    return Ok(Redirect::to("/console/intake#mapping"));
                }
            }
        }
    }
    take(&app, received).await?;
    Ok(Redirect::to("/console/intake?said=handed_in"))
}

/// A person said what the columns mean, or that the file is not to be read.
async fn explained(
    State(app): State<App>,
    may: May<right::Intake>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let found = waiting::get(&app, may.actor(), id).await?;
    if fields.one("act") == "discard" {
        found.discard().await;
        return Ok(Redirect::to("/console/intake?said=discarded"));
    }
    let guess = mapping::guess(&found.format, &found.path(), &found.name)
        .await?
        .ok_or_else(|| Fault::input("The file needs no mapping."))?;
    let words: Vec<String> =
        (0..guess.columns().len()).map(|at| fields.one(&format!("column_{at}")).to_owned()).collect();
    let chosen = guess.chosen(&words)?;
    if let Some(name) = fields.maybe("save_as") {
        mapping::keep(&app.house, may.actor(), name, &guess, chosen.clone()).await?;
    }
    let taken = found.take(&app, may.actor(), chosen).await;
    taken?;
    Ok(Redirect::to("/console/intake?said=handed_in"))
}

async fn forget(State(app): State<App>, may: May<right::Intake>, fields: Fields) -> Outcome<Redirect> {
    mapping::forget(&app.house, may.actor(), fields.one("name")).await?;
    Ok(Redirect::to("/console/intake?said=mapping_forgotten"))
}

/// The set-aside records of one file, as a table for a spreadsheet.
async fn aside(reader: Reader, may: May<right::Intake>, Path(id): Path<Uuid>) -> Outcome<Response> {
    may.actor().need(Right::Intake)?;
    let batches = shown::batches(&reader.app.house, may.actor()).await?;
    let found =
        batches.into_iter().find(|batch| batch.id == BatchId(id)).ok_or_else(domain::access::not_here)?;
    let mut table = "at,reason\r\n".to_owned();
    for aside in &found.set_aside {
        table.push_str(&format!("{},{}\r\n", cell(&aside.at), cell(&aside.reason)));
    }
    let name = format!("attachment; filename=\"set-aside-{id}.csv\"");
    Ok((
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)],
        table,
    )
        .into_response())
}
