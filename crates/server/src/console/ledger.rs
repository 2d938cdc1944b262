//! Ledger: the checkpoint, the proof of a record, verify here.

use super::Reader;
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::Place;
use crate::pages::ledger::{self, Record, View};
use crate::words::Words;
use app::sign_in::Who;
use app::view::ledger as shown;
use axum::Router;
use axum::routing::{get, post};
use domain::access::right;
use jiff::Timestamp;
use maud::Markup;

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/ledger", get(page)).route("/console/ledger/verify", post(verify))
}

async fn page(reader: Reader, may: May<right::ReadLedger>) -> Outcome<Markup> {
    view(&reader, &may.who, None).await
}

async fn verify(reader: Reader, may: May<right::ReadLedger>) -> Outcome<Markup> {
    let held = shown::verify(&reader.app.house, may.actor()).await?.is_ok();
    view(&reader, &may.who, Some((reader.app.house.clock.now(), held))).await
}

async fn view(reader: &Reader, who: &Who, verified: Option<(Timestamp, bool)>) -> Outcome<Markup> {
    let (house, actor, w) = (&reader.app.house, &who.actor, &reader.words);
    let head = shown::head(house, actor).await?;
    let record = match reader.query.maybe("record") {
        None => None,
        Some(number) => {
            let number = number.parse().map_err(|_| Fault::input("A record has a number, from 0."))?;
            let proof = shown::proof(house, actor, number).await?;
            let word = |name: &str| proof.entry[name].as_str().unwrap_or_default();
            Some(Record {
                number: proof.leaf,
                what: said(w, word("noun"), word("what")),
                leaf: proof.hash.clone(),
                proof: proof.path.clone(),
                holds: proof.holds,
            })
        }
    };
    let view = View {
        size: head.size,
        root: head.root,
        checkpoint: head.checkpoint,
        newest_at: head.newest_at.unwrap_or(Timestamp::UNIX_EPOCH),
        verified,
        record,
        newest: shown::newest(house, actor)
            .await?
            .into_iter()
            .map(|(number, entry, at)| {
                let (noun, what) = entry.split_once(' ').unwrap_or((&entry, ""));
                (number, said(w, noun, what), at)
            })
            .collect(),
    };
    Ok(ledger::page(&view, &reader.words, &reader.frame(Place::Ledger)))
}

/// What a record says, in words; a word of the ledger that has none yet as it stands there.
fn said(w: &Words, noun: &str, what: &str) -> String {
    w.happened(noun, what, None).unwrap_or_else(|| format!("{noun} {what}").replace('_', " "))
}
