//! Report: what was done in a space in a window of time, counted from the tables (LAW-67, LAW-74; D3).
//!
//! In: a space and a window. Out: an [`ActionDay`], the same to the byte for the same state, and its formats. The crate
//! `recount` counts the same again from the exported ledgers, with other code. Nothing here can be typed by a person.

mod count;
mod csv;
mod page;
#[cfg(feature = "pdf")]
mod pdf;

use crate::{Error, House, Result, assess};
use domain::assessment::Draft;
use domain::figure;
use domain::id::AgencyId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::report::Window;

/// Name and version of the JSON (`docs/formats-report.md`).
pub const FORMAT: &str = "renvoi-action-day/1";

/// Figures by the value of a dimension.
type By = BTreeMap<String, BTreeMap<&'static str, u64>>;

/// The report of a day of work (`docs/formats-report.md`, stable).
#[derive(Debug, Clone, Serialize)]
pub struct ActionDay {
    /// [`FORMAT`].
    pub format: &'static str,
    /// Of which space.
    pub space: Space,
    /// First instant of the window.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
    /// When it was counted: answers and looks up to here count.
    pub as_of: Timestamp,
    /// Heads of the ledgers at that moment, by agency: a recount reads so many leaves.
    pub ledgers: BTreeMap<String, Head>,
    /// The numbers.
    #[serde(flatten)]
    pub counts: Counts,
    /// What each number means.
    pub definitions: Vec<Definition>,
}

/// A space by id and shown name.
#[derive(Debug, Clone, Serialize)]
pub struct Space {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Head of an agency's ledger.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Shown name of the agency.
    pub name: String,
    /// Leaves.
    pub size: u64,
    /// RFC 6962 root, hexadecimal.
    pub root: String,
}

/// Every number of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Figures by id; all that are defined are there.
    pub figures: BTreeMap<&'static str, u64>,
    /// Shares by id.
    pub shares: BTreeMap<&'static str, Ratio>,
    /// Durations by id.
    pub durations: BTreeMap<&'static str, Timing>,
    /// Figures by dimension and value; zeros are left out.
    pub by: BTreeMap<&'static str, By>,
    /// Assessments by decision.
    pub decisions: BTreeMap<String, u64>,
    /// Referred items by last answer; `none` without one.
    pub answers: BTreeMap<String, u64>,
    /// Referred items by class of the last look; `not_looked` without one.
    pub liveness: BTreeMap<String, u64>,
}

/// A share with its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ratio {
    /// Above the line.
    pub part: u64,
    /// Below the line.
    pub whole: u64,
    /// Thousandths, rounded half up; `None` of nothing.
    pub per_mille: Option<u64>,
}

impl Ratio {
    fn new(part: u64, whole: u64) -> Self {
        let per_mille = (2 * 1000 * part + whole).checked_div(2 * whole);
        Self { part, whole, per_mille }
    }
}

/// A duration with its distribution, in seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Timing {
    /// How many have an end.
    pub done: u64,
    /// How many have none yet.
    pub open: u64,
    /// Median of those with an end, nearest rank.
    pub median_s: Option<i64>,
    /// 90th percentile of those with an end, nearest rank.
    pub p90_s: Option<i64>,
    /// At each of [`figure::MARKS_S`].
    pub marks: Vec<Mark>,
}

/// One mark of a distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Seconds since the begin.
    pub after_s: i64,
    /// Ended by then.
    pub done: u64,
    /// Not ended by then, and watched so long (numbers at risk).
    pub open: u64,
}

/// The definition of a number, as printed beside it.
#[derive(Debug, Clone, Serialize)]
pub struct Definition {
    /// Id of the figure, share, duration or dimension.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// The figure below the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<&'static str>,
    /// What counts.
    pub definition: &'static str,
}

/// In which form a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For programs and the recount.
    Json,
    /// One number a line.
    Csv,
    /// A page without script that prints.
    Html,
    /// A document of A4 pages.
    Pdf,
}

impl Format {
    /// The format of a word.
    pub fn from_word(word: &str) -> Result<Self> {
        match word {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "html" => Ok(Self::Html),
            "pdf" => Ok(Self::Pdf),
            other => Err(Error::Input(format!("There is no format \"{other}\": json, csv, html or pdf."))),
        }
    }
}

/// What the command line and the pages ask for, in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ask {
    /// Id or shown name of an agency or operation.
    pub space: String,
    /// First instant: RFC 3339, or a date for its midnight UTC.
    pub from: String,
    /// First instant after the window, in the same forms.
    pub to: String,
    /// json, csv, html or pdf.
    pub format: String,
}

/// Counts and writes what was asked for.
pub async fn run(house: &House, ask: &Ask) -> Result<Vec<u8>> {
    let format = Format::from_word(&ask.format)?;
    let (from, to) = (instant(&ask.from)?, instant(&ask.to)?);
    let space = space(house, &ask.space).await?;
    let day = action_day(house, space, from, to).await?;
    tokio::task::spawn_blocking(move || write(&day, format)).await?
}

/// An instant, or midnight UTC of a date.
fn instant(text: &str) -> Result<Timestamp> {
    let midnight = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let read = text.parse().ok().or_else(|| midnight().map(|zoned| zoned.timestamp()));
    read.ok_or_else(|| {
        Error::Input(format!(
            "\"{text}\" is no time. Write 2026-03-10T08:00:00Z, or 2026-03-10 for its midnight UTC."
        ))
    })
}

/// The space of an id or a shown name.
pub async fn space(house: &House, name: &str) -> Result<AgencyId> {
    let mut at = house.db.snapshot().await?;
    let found = store::report::space(&mut at, name).await?;
    Ok(found.ok_or_else(|| Error::Input(format!("There is no agency or operation \"{name}\".")))?.0)
}

/// Counts a window of a space, at one moment of the house. No event is appended: counting changes nothing.
pub async fn action_day(house: &House, space: AgencyId, from: Timestamp, to: Timestamp) -> Result<ActionDay> {
    if from >= to {
        return Err(Error::Input("The window is empty: --from must be before --to.".into()));
    }
    let window = Window { space, from, to };
    // All rows are of one moment.
    let mut at = house.db.snapshot().await?;
    let as_of = house.clock.now();
    let name = store::report::space(&mut at, &space.to_string()).await?;
    let name = name.ok_or_else(domain::access::not_here)?.1;
    let heads = store::report::heads(&mut at, space).await?;
    let rows = count::Rows {
        batches: store::report::batches(&mut at, window).await?,
        members: store::report::members(&mut at, window).await?,
        assessments: store::report::assessments(&mut at, window).await?,
        assessed_items: store::report::assessed_items(&mut at, window).await?,
        sent: store::report::sent(&mut at, window).await?,
        held_back: store::report::held_back(&mut at, window).await?,
        sendings: store::report::sendings(&mut at, window).await?,
    };
    drop(at);
    let texts = texts(house, &window, &rows).await?;
    let ledgers = heads
        .into_iter()
        .map(|(agency, name, size, root)| (agency.to_string(), Head { name, size, root: hex::encode(root) }))
        .collect();
    Ok(ActionDay {
        format: FORMAT,
        space: Space { id: space.to_string(), name },
        from,
        to,
        as_of,
        ledgers,
        counts: count::counts(&window, as_of, &rows, &texts),
        definitions: definitions(),
    })
}

/// Digests of what people wrote in assessments of the window. An erased text counts as a text of its own.
async fn texts(house: &House, window: &Window, rows: &count::Rows) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for assessment in rows.assessments.iter().filter(|a| window.from <= a.made_at && a.made_at < window.to) {
        let draft: Option<Draft> = store::crypt::get_json(&house.db, assessment.document).await?;
        texts.push(match draft {
            Some(draft) => assess::texts(house, window.space, &draft)?,
            None => assessment.id.to_string(),
        });
    }
    Ok(texts)
}

fn definitions() -> Vec<Definition> {
    let figures = figure::ACTION_DAY.iter().map(|f| Definition {
        id: f.id,
        name: f.name,
        unit: Some(f.unit),
        whole: f.whole,
        definition: f.definition,
    });
    let shares = figure::SHARES.iter().map(|s| Definition {
        id: s.id,
        name: s.name,
        unit: None,
        whole: Some(s.whole),
        definition: s.definition,
    });
    let durations = figure::DURATIONS.iter().map(|d| Definition {
        id: d.id,
        name: d.name,
        unit: Some(d.unit),
        whole: None,
        definition: d.definition,
    });
    let dimensions = figure::DIMENSIONS.iter().map(|(id, name, definition)| Definition {
        id,
        name,
        unit: None,
        whole: None,
        definition,
    });
    figures.chain(shares).chain(durations).chain(dimensions).collect()
}

/// Writes a report in a format.
pub fn write(day: &ActionDay, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Json => {
            let mut text = serde_json::to_string_pretty(day)?;
            text.push('\n');
            Ok(text.into_bytes())
        }
        Format::Csv => csv::write(day),
        Format::Html => Ok(page::write(day).into_bytes()),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::write(day),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(Error::Input(
            "This program was built without PDF. Write html and print it, or build with --features pdf."
                .into(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day with names in three scripts.
    fn sample() -> Result<ActionDay> {
        let at = |hour: i64| Timestamp::from_second(1_493_078_400 + 3_600 * hour).unwrap_or_default();
        let mut counts = Counts::default();
        for (index, figure) in figure::ACTION_DAY.iter().enumerate() {
            counts.figures.insert(figure.id, 2_068 - 61 * index as u64);
        }
        for share in figure::SHARES {
            counts.shares.insert(share.id, Ratio::new(713, 1_000));
        }
        for duration in figure::DURATIONS {
            let marks =
                figure::MARKS_S.iter().map(|after_s| Mark { after_s: *after_s, done: 500, open: 213 });
            let timing = Timing {
                done: 700,
                open: 13,
                median_s: Some(2_700),
                p90_s: Some(90_000),
                marks: marks.collect(),
            };
            counts.durations.insert(duration.id, timing);
        }
        let ids = ["one", "two", "three"];
        let values: [(&str, Vec<String>); 5] = [
            ("service", (0..70).map(|number| format!("service-{number}.example")).collect()),
            ("language", ["ar", "de", "el", "en", "fr", "und"].map(str::to_owned).to_vec()),
            ("kind", vec!["item".to_owned()]),
            ("agency", ids.map(str::to_owned).to_vec()),
            ("hour", (8..20).map(|hour| count::hour(at(hour))).collect()),
        ];
        for (dimension, values) in values {
            let figures =
                |index: usize| [("unique", 40 + index as u64), ("referred", 1_200), ("removed", 7)].into();
            let by = values.into_iter().enumerate().map(|(index, value)| (value, figures(index)));
            counts.by.insert(dimension, by.collect());
        }
        counts.answers = [("no_action".to_owned(), 12), ("none".to_owned(), 4)].into();
        let names = ["Μονάδα Παραπομπών", "وحدة الإحالة المشتركة", "Unit <North> & South"];
        let head = |name: &str| Head { name: name.to_owned(), size: 88_214, root: "9f2c41ab".repeat(8) };
        Ok(ActionDay {
            format: FORMAT,
            space: Space {
                id: "space".to_owned(), name: "Επιχείρηση عملية Example".to_owned()
            },
            from: at(0),
            to: at(24),
            as_of: at(36),
            ledgers: ids.iter().zip(names).map(|(id, name)| ((*id).to_owned(), head(name))).collect(),
            counts,
            definitions: definitions(),
        })
    }

    #[test]
    fn page_escapes_and_has_no_script() -> Result<()> {
        let page = String::from_utf8(write(&sample()?, Format::Html)?).unwrap_or_default();
        assert!(page.contains("Unit &lt;North&gt; &amp; South") && page.contains("<bdi>وحدة"));
        assert!(page.contains("10 others"));
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
        Ok(())
    }

    #[test]
    fn instants_and_dates() -> Result<()> {
        assert_eq!(instant("2026-03-10")?, instant("2026-03-10T00:00:00Z")?);
        assert!(instant("yesterday").is_err());
        Ok(())
    }

    #[cfg(feature = "pdf")]
    #[test]
    fn pdf_is_the_same_twice() -> Result<()> {
        match write(&sample()?, Format::Pdf) {
            Ok(bytes) => {
                assert!(bytes.starts_with(b"%PDF-"));
                assert!(bytes == write(&sample()?, Format::Pdf)?);
            }
            Err(Error::Input(sentence)) if sentence.contains("fonts-noto-core") => {
                println!("skipped: {sentence}");
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}
