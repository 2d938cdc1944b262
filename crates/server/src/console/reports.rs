//! Reports: the action day of an operation or of the agency, on the page and as a file.

use super::Reader;
use super::words_of::kind;
use crate::App;
use crate::api::media_type;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Place, language_name};
use crate::pages::reports::{self, Offer, Report, Table, View};
use crate::words::Words;
use app::load;
use app::report::{self as step, ActionDay, Definition, Format};
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
    /// Of the agency itself, not of an operation.
    agency: bool,
}

async fn offered(reader: &Reader, who: &Who) -> Outcome<Vec<Offered>> {
    let house = &reader.app.house;
    let now = house.clock.now();
    let mut all: Vec<Offered> = app::operation::all(house, &who.actor)
        .await?
        .into_iter()
        .map(|found| Offered {
            space: found.id,
            title: found.name,
            from: found.starts_at,
            to: found.ends_at,
            agency: false,
        })
        .collect();
    let from = now.saturating_sub(SignedDuration::from_hours(24 * AGENCY_DAYS)).unwrap_or(Timestamp::MIN);
    let to = now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX);
    all.push(Offered { space: who.actor.agency, title: who.agency.clone(), from, to, agency: true });
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

/// The definitions that stand on the page, in the order of their numbers: each figure, then each dimension.
fn definitions(day: &ActionDay) -> Vec<&Definition> {
    let figures = day.definitions.iter().filter(|found| day.counts.figures.contains_key(found.id));
    let dimensions = day.definitions.iter().filter(|found| day.counts.by.contains_key(found.id));
    figures.chain(dimensions).collect()
}

fn report(day: &ActionDay, chosen: &Offered, w: &Words) -> Report {
    let defined = definitions(day);
    let number = |id: &str| defined.iter().position(|found| found.id == id).map(|at| at + 1);
    let name = |id: &str| w.counted(id).unwrap_or_else(|| id.to_owned());
    let named = |id: &str| (name(id), number(id));
    let figures = || defined.iter().filter_map(|found| Some((found.id, *day.counts.figures.get(found.id)?)));
    let all = Table {
        title: chosen.title.clone(),
        heads: vec![(String::new(), None), (w.t("public-number"), None)],
        rows: figures().map(|(id, count)| (named(id), vec![count])).collect(),
        about: None,
        definitions: (1..=day.counts.figures.len()).collect(),
    };
    let mut tables = vec![all];
    for (dimension, rows) in &day.counts.by {
        // Only figures that something was counted of, in the order of the definitions.
        let counted = |id: &str| rows.values().any(|row| row.get(id).is_some_and(|count| *count > 0));
        let ids: Vec<&str> = figures().map(|(id, _)| id).filter(|id| counted(id)).collect();
        let value_name = |value: &str| (value_name(day, (dimension, value), w), None);
        let count = |value: &str, id: &str| rows.get(value).and_then(|row| row.get(id)).copied().unwrap_or(0);
        let empty = std::iter::once((String::new(), None));
        // The longer of the two goes down the page: what is wide is cut by paper and screen.
        let (heads, rows) = if rows.len() < ids.len() {
            let line = |id: &&str| (named(id), rows.keys().map(|value| count(value, id)).collect());
            (
                empty.chain(rows.keys().map(|value| value_name(value))).collect(),
                ids.iter().map(line).collect(),
            )
        } else {
            let line = |value: &String| (value_name(value), ids.iter().map(|id| count(value, id)).collect());
            (empty.chain(ids.iter().map(|id| named(id))).collect(), rows.keys().map(line).collect())
        };
        let about = number(dimension);
        tables.push(Table {
            title: name(dimension),
            heads,
            rows,
            about,
            definitions: about.into_iter().collect(),
        });
    }
    let checkpoint = day.ledgers.values().next().map(|head| (head.size, head.root.clone()));
    Report {
        id: chosen.space.to_string(),
        title: chosen.title.clone(),
        span: (day.from, day.to),
        written_at: day.as_of,
        figures: figures()
            .filter(|(id, _)| HEAD_FIGURES.contains(id))
            .map(|(id, count)| (count, name(id)))
            .collect(),
        tables,
        definitions: defined
            .iter()
            .map(|found| format!("{}: {}", name(found.id), w.defined(found.id, found.definition)))
            .collect(),
        all_zero: chosen.agency && day.counts.figures.values().all(|count| *count == 0),
        identical_texts: None,
        checkpoint: checkpoint.unwrap_or_default(),
        recomputed: None,
    }
}

/// A value of a dimension, for people.
fn value_name(day: &ActionDay, (dimension, value): (&str, &str), w: &Words) -> String {
    match (dimension, value) {
        ("language", tag) => language_name(tag, w),
        ("agency", id) => day.ledgers.get(id).map_or_else(|| id.to_owned(), |head| head.name.clone()),
        ("kind", "item") => w.t("counted-kind-item"),
        ("kind", "account" | "channel" | "site") => kind(value).word(w),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use app::report::{Counts, Head, Space};
    use domain::figure;

    fn sample() -> (ActionDay, Offered) {
        let space: AgencyId = AgencyId(uuid::Uuid::nil());
        let mut counts = Counts::default();
        for (at, found) in figure::ACTION_DAY.iter().enumerate() {
            counts.figures.insert(found.id, at as u64);
        }
        let rows = |value: &str| {
            let row = [("unique", 4), ("referred", 2), ("answered", 0)].into_iter().collect();
            std::iter::once((value.to_owned(), row)).collect()
        };
        counts.by = [("agency", rows("an-id")), ("kind", rows("item"))].into_iter().collect();
        let definition = |id: &'static str, definition| app::report::Definition {
            id,
            name: id,
            unit: None,
            whole: None,
            definition,
        };
        let figures = figure::ACTION_DAY.iter().map(|found| definition(found.id, found.definition));
        let shares = figure::SHARES.iter().map(|found| definition(found.id, found.definition));
        let dimensions = figure::DIMENSIONS.iter().map(|(id, _, said)| definition(id, said));
        let day = ActionDay {
            format: step::FORMAT,
            space: Space { id: space.to_string(), name: "Example".to_owned() },
            from: Timestamp::UNIX_EPOCH,
            to: Timestamp::UNIX_EPOCH,
            as_of: Timestamp::UNIX_EPOCH,
            ledgers: [(
                "an-id".to_owned(),
                Head { name: "Unit North".to_owned(), size: 1, root: String::new() },
            )]
            .into_iter()
            .collect(),
            counts,
            definitions: figures.chain(shares).chain(dimensions).collect(),
        };
        let title = "Example".to_owned();
        (day, Offered { space, title, from: Timestamp::UNIX_EPOCH, to: Timestamp::UNIX_EPOCH, agency: true })
    }

    #[test]
    fn every_row_has_the_number_of_its_definition() {
        let (day, offered) = sample();
        let found = report(&day, &offered, &Words::new(Lang::En, "UTC"));
        for table in &found.tables {
            let all = table.heads.iter().chain(table.rows.iter().map(|(name, _)| name));
            for (name, number) in all.filter_map(|(name, number)| Some((name, (*number)?))) {
                assert!(found.definitions[number - 1].starts_with(&format!("{name}: ")), "{name} {number}");
            }
        }
        assert!(found.tables[0].rows.iter().all(|((_, number), _)| number.is_some()));
        let mut shown: Vec<usize> = found.tables.iter().flat_map(|table| table.definitions.clone()).collect();
        shown.sort_unstable();
        assert_eq!(shown, (1..=found.definitions.len()).collect::<Vec<_>>(), "numbers have no gap");
    }

    #[test]
    fn values_have_names_and_few_values_make_no_wide_table() {
        let (day, offered) = sample();
        for (lang, item) in [(Lang::En, "Item"), (Lang::Fr, "Élément"), (Lang::Ar, "مادة")] {
            let found = report(&day, &offered, &Words::new(lang, "UTC"));
            let heads = |at: usize| found.tables[at].heads.iter().map(|(name, _)| name.as_str()).collect();
            let (agency, kind): (Vec<&str>, Vec<&str>) = (heads(1), heads(2));
            assert_eq!((agency, kind), (vec!["", "Unit North"], vec!["", item]));
            // One value, two figures that were counted; the third is zero.
            assert_eq!(found.tables[1].rows.len(), 2);
        }
    }
}
