//! Counts a report again from exported ledgers (LAW-67). It shares no code with the report, the store or the ledger.
//!
//! A ledger's directory holds entry bundles in the C2SP tlog-tiles layout; an entry is one event in JSON. The report
//! names the heads of the ledgers that it was counted at, so the recount reads exactly these leaves and compares their
//! RFC 6962 root with the named one. Signatures and checkpoints are the business of the verifier.
//!
//! - [`Ask::of_report`]: what a report claims to be about.
//! - [`action_day`]: the numbers, from events alone.
//! - [`compare`]: where two sets of numbers differ.

mod bundles;
mod count;
mod fold;
mod time;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The parts of a report that are numbers and are compared.
const PARTS: [&str; 7] = ["figures", "shares", "durations", "by", "decisions", "answers", "liveness"];
/// Most differences that are listed.
const DIFFERENCES_MAX: usize = 1_000;

/// Why it could not be counted again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which file, ledger or entry.
    pub at: String,
    /// What is wrong, and what to do.
    pub what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

impl std::error::Error for Problem {}

fn problem(at: impl Into<String>, what: impl Into<String>) -> Problem {
    Problem { at: at.into(), what: what.into() }
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Id of the space.
    pub space: String,
    /// First instant of the window, microseconds since 1970 UTC.
    pub from_us: i64,
    /// First instant after it.
    pub to_us: i64,
    /// When the report was counted.
    pub as_of_us: i64,
    /// Ledgers to read: agency, leaves, RFC 6962 root in hexadecimal.
    pub ledgers: BTreeMap<String, (u64, String)>,
}

impl Ask {
    /// Reads it from a report's JSON.
    pub fn of_report(report: &Value) -> Result<Self, Problem> {
        let missing = |what: &str| {
            problem(
                "the report",
                format!("has no {what}; use the file that `report action-day --format json` wrote"),
            )
        };
        let instant = |name: &str| {
            let text = report[name].as_str();
            text.and_then(time::micros).ok_or_else(|| missing(&format!("time \"{name}\"")))
        };
        let heads = report["ledgers"].as_object().ok_or_else(|| missing("list of ledgers"))?;
        let head = |(agency, head): (&String, &Value)| {
            let size = head["size"].as_u64()?;
            Some((agency.clone(), (size, head["root"].as_str()?.to_owned())))
        };
        Ok(Self {
            space: report["space"]["id"].as_str().ok_or_else(|| missing("space"))?.to_owned(),
            from_us: instant("from")?,
            to_us: instant("to")?,
            as_of_us: instant("as_of")?,
            ledgers: heads
                .iter()
                .map(|entry| head(entry).ok_or_else(|| missing("size and root of a ledger")))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Counts from the ledgers in these directories, each the export of one agency.
///
/// Fails when a ledger that the report names is not there, is shorter, or has another root.
pub fn action_day(dirs: &[PathBuf], ask: &Ask) -> Result<Value, Problem> {
    let mut events = Vec::new();
    let mut open = ask.ledgers.clone();
    for dir in dirs {
        let place = dir.display().to_string();
        let entries = bundles::read(dir)?;
        let first = entries
            .first()
            .ok_or_else(|| problem(&place, "has no entries; name the directory of an exported ledger"))?;
        let agency =
            fold::Event::parse(first).map_err(|what| problem(format!("{place} entry 0"), what))?.agency;
        // A ledger that the report does not name cannot hold anything of its space.
        let Some((size, root)) = open.remove(&agency) else { continue };
        let counted = usize::try_from(size).ok().and_then(|size| entries.get(..size)).ok_or_else(|| {
            problem(
                &place,
                format!("has {} entries, the report was counted at {size}; export it again", entries.len()),
            )
        })?;
        let found = bundles::root(counted);
        if found != root {
            return Err(problem(&place, format!("has the root {found} at {size}, the report names {root}")));
        }
        for (index, entry) in counted.iter().enumerate() {
            let at = || format!("{place} entry {index}");
            let event = fold::Event::parse(entry).map_err(|what| problem(at(), what))?;
            if event.agency != agency {
                return Err(problem(at(), "is an event of another agency"));
            }
            events.push(event);
        }
    }
    if let Some(agency) = open.keys().next() {
        return Err(problem(
            format!("the ledger of agency {agency}"),
            "is not among the directories; name its export too",
        ));
    }
    Ok(of_events(events, ask))
}

/// Counts from entries, each one event in JSON, in any order. Roots are not compared.
pub fn of_entries(entries: &[Vec<u8>], ask: &Ask) -> Result<Value, Problem> {
    let parse = |(index, entry): (usize, &Vec<u8>)| {
        fold::Event::parse(entry).map_err(|what| problem(format!("entry {index}"), what))
    };
    Ok(of_events(entries.iter().enumerate().map(parse).collect::<Result<_, _>>()?, ask))
}

fn of_events(mut events: Vec<fold::Event>, ask: &Ask) -> Value {
    // Ids are UUIDv7 of one process: their order is the order in which the facts were written, over all ledgers.
    events.sort_by(|a, b| a.id.cmp(&b.id));
    count::count(&fold::fold(&events, &ask.space), ask)
}

/// A number that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands: `by.service.video.example.referred`.
    pub at: String,
    /// What the report says.
    pub report: Value,
    /// What the events say.
    pub recount: Value,
}

/// Compares every number of a report with its recount; empty when they agree.
#[must_use]
pub fn compare(report: &Value, recount: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    for part in PARTS {
        walk(part, &report[part], &recount[part], &mut differences);
    }
    differences
}

fn walk(at: &str, report: &Value, recount: &Value, found: &mut Vec<Difference>) {
    if report == recount || found.len() >= DIFFERENCES_MAX {
        return;
    }
    if let (Some(ours), Some(theirs)) = (report.as_object(), recount.as_object()) {
        let names: std::collections::BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        for name in names {
            let (one, other) = (ours.get(name), theirs.get(name));
            walk(&format!("{at}.{name}"), one.unwrap_or(&Value::Null), other.unwrap_or(&Value::Null), found);
        }
        return;
    }
    found.push(Difference { at: at.to_owned(), report: report.clone(), recount: recount.clone() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn differences_are_named() {
        let report = json!({ "figures": { "a": 1, "b": 2 }, "by": { "hour": {} } });
        let recount = json!({ "figures": { "a": 1, "b": 3 }, "by": { "hour": { "x": { "a": 1 } } } });
        let found = compare(&report, &recount);
        let places: Vec<&str> = found.iter().map(|difference| difference.at.as_str()).collect();
        assert_eq!(places, ["figures.b", "by.hour.x"]);
        assert!(compare(&report, &report).is_empty());
    }

    #[test]
    fn report_without_ledgers_is_refused() {
        assert!(Ask::of_report(&json!({ "space": { "id": "x" } })).is_err());
    }
}
