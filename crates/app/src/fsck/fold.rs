//! States are folds of events: each is folded again by the rules of `domain` and compared with its row (D9).
//!
//! An event whose word is none of the noun's own is a note: it changes no state.

use super::log::Facts;
use super::{REPORT, RESTORE, Report};
use crate::Result;
use domain::assessment::Event as Assessed;
use domain::bank::{SignalEvent, SignalState};
use domain::event::{Event, Noun};
use domain::hold::{HoldAnswer, HoldEvent, HoldState};
use domain::referral::Event as Referred;
use domain::{assessment, bank, hold, referral};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::{Row, Snapshot, params};
use uuid::Uuid;

type OfOne<'a> = BTreeMap<Uuid, Vec<&'a Event>>;

/// Folds again and compares.
pub(super) async fn run(snap: &mut Snapshot, facts: &Facts, report: &mut Report) -> Result<()> {
    assessments(snap, &of(facts, Noun::Assessment), report).await?;
    referrals(snap, &of(facts, Noun::Referral), report).await?;
    holds(snap, &of(facts, Noun::Hold), report).await?;
    signals(snap, &of(facts, Noun::Signal), report).await?;
    roles(snap, &of(facts, Noun::Person), report).await
}

fn of(facts: &Facts, noun: Noun) -> OfOne<'_> {
    let mut grouped = OfOne::new();
    for event in facts.folded.values().filter(|event| event.noun == noun) {
        grouped.entry(event.of).or_default().push(event);
    }
    grouped
}

fn text<'a>(event: &'a Event, fact: &str) -> Option<&'a str> {
    event.facts.get(fact).and_then(serde_json::Value::as_str)
}

/// Folds events of one thing; says the first that could not have happened.
fn fold<S: Copy, E: std::fmt::Display>(
    events: &[&Event],
    from_word: impl Fn(&str) -> Option<E>,
    next: impl Fn(Option<S>, E) -> Result<S, domain::Refusal>,
) -> Result<Option<S>, String> {
    let mut state = None;
    for event in events {
        if let Some(word) = from_word(&event.what) {
            state = Some(next(state, word).map_err(|refusal| {
                format!("its event {} could not have happened: {}", event.id, refusal.sentence)
            })?);
        }
    }
    Ok(state)
}

/// Compares what was folded with what the row says.
fn compare(report: &mut Report, place: &str, pairs: &[(&str, Option<String>, Option<String>)]) {
    for (column, folded, stored) in pairs {
        if folded != stored {
            let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let what = format!("\"{column}\" is {}, its events say {}", show(stored), show(folded));
            report.problem(place, what, RESTORE);
        }
    }
}

/// A thing without events, and events without their thing.
fn both(report: &mut Report, noun: Noun, rows: &BTreeSet<Uuid>, events: &OfOne<'_>) {
    for id in rows.iter().filter(|id| !events.contains_key(id)) {
        report.problem(format!("{} {id}", noun.word()), "no event made it", RESTORE);
    }
    for id in events.keys().filter(|id| !rows.contains(id)) {
        report.problem(format!("{} {id}", noun.word()), "it has events and no row", RESTORE);
    }
    report.count("folds", rows.len() as u64);
}

fn ids(rows: &[Row]) -> Result<BTreeSet<Uuid>> {
    Ok(rows.iter().map(|row| row.id("id")).collect::<Result<_, _>>()?)
}

async fn assessments(snap: &mut Snapshot, events: &OfOne<'_>, report: &mut Report) -> Result<()> {
    let rows = snap
        .rows(
            "SELECT a.id, a.state, a.decision, a.author, a.approver, a.items, a.made_at, a.space, a.cluster, d.commitment,
             (SELECT COUNT(*) FROM assessment_item i WHERE i.assessment = a.id) AS counted
             FROM assessment a LEFT JOIN document d ON d.key = a.document",
            params![],
        )
        .await?;
    both(report, Noun::Assessment, &ids(&rows)?, events);
    for row in &rows {
        let id: Uuid = row.id("id")?;
        let place = format!("assessment {id}");
        let Some(events) = events.get(&id) else { continue };
        let state = match fold(events, Assessed::from_word, assessment::next) {
            Ok(state) => state,
            Err(what) => {
                report.problem(place, what, REPORT);
                continue;
            }
        };
        let saved = events.iter().rev().find(|event| event.what.starts_with("saved_"));
        let approved = events.iter().rev().find(|event| event.what == Assessed::Approved.word());
        let doc = row.bytes("commitment").ok().map(|bytes| format!("hmac-sha-256:{}", hex::encode(bytes)));
        let number = |value: i64| Some(value.to_string());
        let count = saved.and_then(|event| event.facts.get("items")).map(ToString::to_string);
        compare(
            report,
            &place,
            &[
                ("state", state.map(|state| state.word().to_owned()), row.maybe_text("state")?),
                (
                    "decision",
                    saved.and_then(|event| text(event, "decision")).map(str::to_owned),
                    row.maybe_text("decision")?,
                ),
                (
                    "author",
                    saved.and_then(|event| event.actor).map(|id| id.to_string()),
                    row.maybe_text("author")?,
                ),
                (
                    "approver",
                    approved.and_then(|event| event.actor).map(|id| id.to_string()),
                    row.maybe_text("approver")?,
                ),
                (
                    "cluster",
                    saved.and_then(|event| text(event, "cluster")).map(str::to_owned),
                    row.maybe_text("cluster")?,
                ),
                ("document", saved.and_then(|event| text(event, "doc")).map(str::to_owned), doc),
                ("items", count.clone(), number(row.int("items")?)),
                ("assessment_item", count, number(row.int("counted")?)),
                ("made_at", events.first().map(|event| micros(event.at)), number(row.int("made_at")?)),
                ("space", events.first().map(|event| event.space.to_string()), row.maybe_text("space")?),
            ],
        );
    }
    Ok(())
}

fn micros(at: Timestamp) -> String {
    at.as_microsecond().to_string()
}

async fn referrals(snap: &mut Snapshot, events: &OfOne<'_>, report: &mut Report) -> Result<()> {
    let rows = snap
        .rows(
            "SELECT r.id, r.state, r.message, r.matter, r.assessment, r.provider, r.agency, r.queued_at, r.made_at, r.space,
             (SELECT COUNT(*) FROM referral_item i WHERE i.referral = r.id) AS counted,
             (SELECT COUNT(*) FROM sent_once s WHERE s.referral = r.id) AS reserved FROM referral r",
            params![],
        )
        .await?;
    both(report, Noun::Referral, &ids(&rows)?, events);
    for row in &rows {
        let id: Uuid = row.id("id")?;
        let place = format!("referral {id}");
        let Some(events) = events.get(&id) else { continue };
        let start = |state: Option<referral::State>, event| {
            referral::next(state.unwrap_or(referral::State::Draft), event)
        };
        let state = match fold(events, Referred::from_word, start) {
            Ok(state) => state,
            Err(what) => {
                report.problem(place, what, REPORT);
                continue;
            }
        };
        let find = |word: Referred| events.iter().find(|event| event.what == word.word());
        let (made, queued) = (find(Referred::Assess), find(Referred::Enqueue));
        let fact = |name: &str| made.and_then(|event| text(event, name)).map(str::to_owned);
        // A host without a provider may get one later; then the referral goes there.
        let moved = events.iter().rev().find(|event| event.what == "readdressed");
        let provider = moved.and_then(|event| text(event, "provider")).map(str::to_owned);
        let items = made.and_then(|event| event.facts.get("items")).map(ToString::to_string);
        let number = |value: Option<i64>| value.map(|value| value.to_string());
        compare(
            report,
            &place,
            &[
                ("state", state.map(|state| state.word().to_owned()), row.maybe_text("state")?),
                (
                    "message",
                    queued.and_then(|event| text(event, "message")).map(str::to_owned),
                    row.maybe_text("message")?,
                ),
                ("matter", fact("case"), row.maybe_text("matter")?),
                ("assessment", fact("assessment"), row.maybe_text("assessment")?),
                ("provider", provider.or_else(|| fact("provider")), row.maybe_text("provider")?),
                ("agency", fact("sender"), row.maybe_text("agency")?),
                ("queued_at", queued.map(|event| micros(event.at)), number(row.maybe_int("queued_at")?)),
                ("made_at", made.map(|event| micros(event.at)), number(row.maybe_int("made_at")?)),
                ("space", made.map(|event| event.space.to_string()), row.maybe_text("space")?),
                ("referral_item", items, number(row.maybe_int("counted")?)),
            ],
        );
        // What is out holds its items against a second message; what was taken back holds none.
        let out = queued.is_some() && row.text("state")? != referral::State::Withdrawn.word();
        if out && find(Referred::Withdraw).is_none() && row.int("reserved")? != row.int("counted")? {
            report.problem(
                place,
                "it was sent and does not hold all its items against a second message",
                REPORT,
            );
        }
    }
    Ok(())
}

async fn holds(snap: &mut Snapshot, events: &OfOne<'_>, report: &mut Report) -> Result<()> {
    let rows = snap.rows("SELECT id, agency, answer, state, until, made_at FROM hold", params![]).await?;
    both(report, Noun::Hold, &ids(&rows)?, events);
    for row in &rows {
        let id: Uuid = row.id("id")?;
        let place = format!("hold {id}");
        let Some(events) = events.get(&id) else { continue };
        let state: Option<HoldState> = match fold(events, HoldEvent::from_word, hold::next) {
            Ok(state) => state,
            Err(what) => {
                report.problem(place, what, REPORT);
                continue;
            }
        };
        let placed = events.iter().rev().find(|event| event.what == HoldEvent::Placed.word());
        let until: Option<Timestamp> =
            placed.and_then(|event| text(event, "until")).and_then(|until| until.parse().ok());
        let answer = placed.and_then(|event| text(event, "answer")).and_then(HoldAnswer::from_word);
        compare(
            report,
            &place,
            &[
                ("state", state.map(|state| state.word().to_owned()), row.maybe_text("state")?),
                ("answer", answer.map(|answer| answer.word().to_owned()), row.maybe_text("answer")?),
                ("until", until.map(micros), row.maybe_int("until")?.map(|until| until.to_string())),
                ("agency", placed.map(|event| event.agency.to_string()), row.maybe_text("agency")?),
            ],
        );
    }
    Ok(())
}

/// Signals come in by whole banks; one without events of its own is as it was taken in.
async fn signals(snap: &mut Snapshot, events: &OfOne<'_>, report: &mut Report) -> Result<()> {
    let rows = snap.rows("SELECT id, state FROM signal", params![]).await?;
    report.count("folds", rows.len() as u64);
    for row in &rows {
        let id: Uuid = row.id("id")?;
        let own = events.get(&id).map_or(&[][..], Vec::as_slice);
        let start = |state: Option<SignalState>, event: SignalEvent| match event {
            SignalEvent::Added => bank::next(None, event),
            _ => bank::next(Some(state.unwrap_or(SignalState::Live)), event),
        };
        match fold(own, SignalEvent::from_word, start) {
            Ok(state) => {
                let state = state.unwrap_or(SignalState::Live).word().to_owned();
                compare(report, &format!("signal {id}"), &[("state", Some(state), row.maybe_text("state")?)]);
            }
            Err(what) => report.problem(format!("signal {id}"), what, REPORT),
        }
    }
    Ok(())
}

async fn roles(snap: &mut Snapshot, events: &OfOne<'_>, report: &mut Report) -> Result<()> {
    let rows = snap.rows("SELECT person, role FROM person_role ORDER BY person, role", params![]).await?;
    let mut stored: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        stored.entry(row.id("person")?).or_default().insert(row.text("role")?);
    }
    let people: BTreeSet<Uuid> = stored.keys().chain(events.keys()).copied().collect();
    report.count("folds", people.len() as u64);
    for person in people {
        let mut folded = BTreeSet::new();
        for event in events.get(&person).into_iter().flatten() {
            match (event.what.as_str(), text(event, "role")) {
                ("role_given", Some(role)) => _ = folded.insert(role.to_owned()),
                ("role_taken", Some(role)) => _ = folded.remove(role),
                _ => {}
            }
        }
        let show = |roles: BTreeSet<String>| Some(roles.into_iter().collect::<Vec<_>>().join(", "));
        let stored = stored.remove(&person).unwrap_or_default();
        compare(report, &format!("person {person}"), &[("roles", show(folded), show(stored))]);
    }
    Ok(())
}
