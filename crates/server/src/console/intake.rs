//! Intake: drop a file, see what came in and what was set aside.

use super::Reader;
use crate::App;
use crate::api::take_upload;
use crate::fault::Outcome;
use crate::identity::{May, Upload};
use crate::look::{Place, SetAside};
use crate::pages::intake::{self, Batch, View};
use app::view::intake as shown;
use axum::Router;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::access::{Right, right};
use domain::id::BatchId;
use http::header;
use maud::Markup;
use uuid::Uuid;

/// Set-aside records of one file that the page lists.
const ASIDE_SHOWN: usize = 20;

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/intake", get(page)).route("/console/intake/{batch}/aside.csv", get(aside))
}

/// The form with files: outside the time limit and the size limit of a request.
pub(crate) fn upload() -> Router<App> {
    Router::new()
        .route("/console/intake", axum::routing::post(hand_in))
        .layer(axum::extract::DefaultBodyLimit::max(crate::api::UPLOAD_MAX_BYTES))
}

async fn page(reader: Reader, may: May<right::Intake>) -> Outcome<Markup> {
    let w = &reader.words;
    let mut formats = vec![(String::new(), w.t("intake-find-out"))];
    formats
        .extend(shown::formats().into_iter().map(|format| (format.name.to_owned(), format.title.to_owned())));
    let batches = shown::batches(&reader.app.house, may.actor()).await?;
    let view = View { formats, mapping: None, batches: batches.into_iter().map(batch).collect() };
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

async fn hand_in(
    State(app): State<App>,
    upload: Upload<right::Intake>,
    parts: Multipart,
) -> Outcome<Redirect> {
    take_upload(&app, upload, parts).await?;
    Ok(Redirect::to("/console/intake?said=done"))
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
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table).into_response())
}

/// RFC 4180; a cell that a spreadsheet would run is text.
fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_do_not_run() {
        assert_eq!(cell("line 3"), "\"line 3\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
    }
}
