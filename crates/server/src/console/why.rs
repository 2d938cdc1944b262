//! Why it was matched: one match of an item, or an item beside what came first in its cluster.

use super::matched::{distance, recognised, variants};
use super::queue::tile;
use super::signals::holds;
use super::{Reader, covered, passages};
use crate::App;
use crate::fault::Outcome;
use crate::identity::May;
use crate::look::Place;
use crate::pages::why::{self, Known, Listed, Side, Value, View, Wrong};
use crate::words::Words;
use app::recognise::How;
use app::view::why::{self as shown, With};
use app::view::{self, subject};
use app::{House, load};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use domain::access::{Actor, Right, right};
use domain::bank::{Opinion, SignalState};
use domain::event::Noun;
use domain::id::{SignalId, SubjectId};
use maud::Markup;
use uuid::Uuid;

/// Other matches that are named.
const OTHERS_NAMED: usize = 20;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/why/{subject}", get(first))
        .route("/console/why/{subject}/{signal}", get(signal))
}

/// The page of a match.
pub(super) fn of_signal(subject: SubjectId, signal: SignalId) -> String {
    format!("/console/why/{subject}/{signal}")
}

/// The page of an item beside what came first in its cluster.
pub(super) fn of_first(subject: SubjectId) -> String {
    format!("/console/why/{subject}")
}

async fn signal(
    reader: Reader,
    may: May<right::Read>,
    Path((subject, signal)): Path<(Uuid, Uuid)>,
) -> Outcome<Markup> {
    page(&reader, &may, subject, With::Signal(SignalId(signal))).await
}

async fn first(reader: Reader, may: May<right::Read>, Path(subject): Path<Uuid>) -> Outcome<Markup> {
    page(&reader, &may, subject, With::First).await
}

async fn page(reader: &Reader, may: &May<right::Read>, id: Uuid, with: With) -> Outcome<Markup> {
    let (house, actor, w) = (&reader.app.house, may.actor(), &reader.words);
    let item = subject::load::<right::Read>(house, actor, SubjectId(id)).await?;
    load::note_read(house, actor, Noun::Cluster, id).await?;
    let found = shown::why(house, &item, with).await?;
    let media = reader.app.media_origin.as_ref();
    let view = View {
        sentence: sentence(&found, w),
        readings: readings(&found, w),
        back: found
            .cluster
            .map_or_else(|| format!("/console/subject/{id}"), |id| format!("/console/queue/{id}")),
        item: side(&found.item, &found.kind, media),
        known: match &found.known {
            shown::Known::Held(held) => Known::Held(Box::new(side(held, &found.kind, media))),
            shown::Known::Value(value) => Known::Value(self::value(&found.kind, value)),
            shown::Known::Same => Known::Same,
            shown::Known::Fingerprint => Known::Fingerprint,
        },
        distance: found.distance.and_then(|far| distance(&found.kind, far)),
        places: found.places,
        share: found.share,
        exact: found.is_exact(),
        listed: found.listed.as_ref().map(|said| listed(said, w)),
        others: found
            .others
            .iter()
            .take(OTHERS_NAMED)
            .map(|other| {
                let named = other.value.clone().unwrap_or_else(|| other.bank.clone());
                let words = format!("{} {}", recognised(&other.kind, other.part).sentence(w), named);
                (words, of_signal(other.subject, other.signal))
            })
            .collect(),
        exposure: app::sign_in::exposure(house, actor).await?,
        wrong: wrong(house, actor, &found, with).await?,
    };
    Ok(why::page(&view, w, &reader.frame(Place::Queue)))
}

/// What the reader can do about a signal that is wrong; nothing where it does not match any more.
async fn wrong(house: &House, actor: &Actor, found: &shown::Compared, with: With) -> Outcome<Option<Wrong>> {
    let live = found.listed.as_ref().is_some_and(|listed| listed.state == SignalState::Live);
    Ok(match with {
        With::Signal(signal) if live && actor.may(Right::ManageSignals) => {
            Some(Wrong::Dispute(signal.to_string()))
        }
        With::Signal(_) if live => Some(Wrong::Tell(view::signals::told(house, actor).await?)),
        _ => None,
    })
}

/// What was recognised: of a signal as its card says it, of a copy why it is one.
fn sentence(found: &shown::Compared, w: &Words) -> String {
    if found.listed.is_some() {
        return recognised(&found.kind, found.part).sentence(w);
    }
    let how = How { places: found.places, share: found.share, ..How::default() };
    let bits = found.distance.map_or(0, |(bits, _)| i64::from(bits));
    covered::evidence((&found.kind, bits), Some(&how), w)
}

fn readings(found: &shown::Compared, w: &Words) -> Vec<String> {
    match found.listed {
        Some(_) => variants(&found.variant).into_iter().filter_map(|variant| variant.reading(w)).collect(),
        None => covered::edits(&found.variant).into_iter().map(|key| w.t(key)).collect(),
    }
}

fn side(of: &shown::Side, kind: &str, media: &str) -> Side {
    Side {
        href: of.subject.map(|id| format!("/console/subject/{id}")),
        url: of.address.clone(),
        seen_at: of.seen_at,
        tile: of.media.as_ref().map(|file| tile(file, media)),
        size: of.drawn.size,
        part: of.drawn.part.clone(),
        text: passages::shared(&of.text, &of.shared),
        lang: of.language.clone(),
        value: of.value.as_ref().map(|found| value(kind, found)),
    }
}

fn value(kind: &str, value: &str) -> Value {
    match kind {
        "url" => Value::Address(value.to_owned()),
        _ => Value::Word(value.to_owned()),
    }
}

fn listed(said: &shown::Listed, w: &Words) -> Listed {
    Listed {
        bank: said.bank.clone(),
        giver: said.origin.clone(),
        opinion: w.t(holds(said.opinion)),
        negative: said.opinion == Opinion::Negative,
        state: w.t(match said.state {
            SignalState::Live => "why-live",
            SignalState::Suspended => "signal-suspended",
            SignalState::Blown => "signal-blown",
            SignalState::Withdrawn => "why-withdrawn",
        }),
        label: said.label.clone().unwrap_or_default(),
        by: said.by.clone(),
        at: said.at,
        sharing: said.sharing,
        basis: said.legal_basis.clone(),
        found_at: said.found_at,
    }
}
