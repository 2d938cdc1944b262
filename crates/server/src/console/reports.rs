//! Reports: the action day of an operation or of the agency, on the page and as a file.

use super::Reader;
use crate::App;
use crate::api::media_type;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Place, language_name};
use crate::pages::reports::{self, Offer, Report, Table, View};
use crate::words::Words;
use app::load;
use app::report::{self as step, ActionDay, Format};
use app::sign_in::Who;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::access::right;
use domain::id::AgencyId;
use http::header;
use jiff::{SignedDuration, Timestamp};
use maud::Markup;

/// Days that the report of an agency covers when there is no operation.
const AGENCY_DAYS: i64 = 30;
/// Head figures of the page.
const HEAD_FIGURES: [&str; 4] = ["assessed", "referred", "answered", "removed"];

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/reports", get(list)).route("/console/reports/{id}", get(open))
}

/// A report that can be opened: its space, title and window.
struct Offered {
    space: AgencyId,
    title: String,
    from: Timestamp,
    to: Timestamp,
}

async fn offered(reader: &Reader, who: &Who) -> Outcome<Vec<Offered>> {
    let house = &reader.app.house;
    let now = house.clock.now();
    let mut all: Vec<Offered> = app::operation::all(house, &who.actor)
        .await?
        .into_iter()
        .map(|found| Offered { space: found.id, title: found.name, from: found.starts_at, to: found.ends_at })
        .collect();
    let from = now.saturating_sub(SignedDuration::from_hours(24 * AGENCY_DAYS)).unwrap_or(Timestamp::MIN);
    let to = now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX);
    all.push(Offered { space: who.actor.agency, title: who.agency.clone(), from, to });
    Ok(all)
}

fn page(reader: &Reader, offered: &[Offered], open: Option<Report>) -> Markup {
    let offer = |found: &Offered| Offer {
        id: found.space.to_string(),
        title: found.title.clone(),
        span: (found.from, found.to),
    };
    let reports = offered.iter().map(offer).collect();
    reports::page(&View { reports, open }, &reader.words, &reader.frame(Place::Reports))
}

async fn list(reader: Reader, may: May<right::ReadReports>) -> Outcome<Markup> {
    Ok(page(&reader, &offered(&reader, &may.who).await?, None))
}

async fn open(reader: Reader, may: May<right::ReadReports>, Path(name): Path<String>) -> Outcome<Response> {
    let (id, form) = name.split_once('.').map_or((name.as_str(), None), |(id, form)| (id, Some(form)));
    let space: AgencyId = id.parse().map_err(|_| Fault::from(domain::access::not_here()))?;
    let space = load::space(may.actor(), Some(space))?;
    let all = offered(&reader, &may.who).await?;
    let chosen = all.iter().find(|found| found.space == space).ok_or_else(domain::access::not_here)?;
    let day = step::action_day(&reader.app.house, space, chosen.from, chosen.to).await?;
    match form {
        None => Ok(page(&reader, &all, Some(report(&day, chosen, &reader.words))).into_response()),
        Some(form) => {
            let format = Format::from_word(form)?;
            let bytes = step::write(&day, format)?;
            let kept = format!("attachment; filename=\"action-day.{form}\"");
            Ok((
                [(header::CONTENT_TYPE, media_type(format).to_owned()), (header::CONTENT_DISPOSITION, kept)],
                bytes,
            )
                .into_response())
        }
    }
}

fn report(day: &ActionDay, chosen: &Offered, w: &Words) -> Report {
    let named = |id: &str| w.counted(id).unwrap_or_else(|| id.to_owned());
    let number = |id: &str| day.definitions.iter().position(|found| found.id == id).map(|at| at + 1);
    let mut defined: Vec<usize> = day.counts.figures.keys().filter_map(|id| number(id)).collect();
    defined.sort_unstable();
    let all = Table {
        title: chosen.title.clone(),
        heads: vec![String::new(), w.t("public-number")],
        rows: day.counts.figures.iter().map(|(id, count)| (named(id), vec![*count])).collect(),
        definitions: defined,
    };
    let mut tables = vec![all];
    for (dimension, rows) in &day.counts.by {
        let mut columns: Vec<&str> = rows.values().flat_map(|row| row.keys().copied()).collect();
        columns.sort_unstable();
        columns.dedup();
        tables.push(Table {
            title: named(dimension),
            heads: std::iter::once(String::new()).chain(columns.iter().map(|id| named(id))).collect(),
            rows: rows
                .iter()
                .map(|(value, row)| {
                    (
                        if *dimension == "language" { language_name(value, w) } else { value.clone() },
                        columns.iter().map(|id| row.get(id).copied().unwrap_or_default()).collect(),
                    )
                })
                .collect(),
            definitions: number(dimension).into_iter().collect(),
        });
    }
    let checkpoint = day.ledgers.values().next().map(|head| (head.size, head.root.clone()));
    Report {
        id: chosen.space.to_string(),
        title: chosen.title.clone(),
        span: (day.from, day.to),
        written_at: day.as_of,
        figures: day
            .counts
            .figures
            .iter()
            .filter(|(id, _)| HEAD_FIGURES.contains(id))
            .map(|(id, count)| (*count, named(id)))
            .collect(),
        tables,
        definitions: day
            .definitions
            .iter()
            .map(|found| format!("{}: {}", named(found.id), found.definition))
            .collect(),
        identical_texts: None,
        checkpoint: checkpoint.unwrap_or_default(),
        recomputed: None,
    }
}
