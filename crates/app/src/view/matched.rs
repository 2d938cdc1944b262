//! Why something was matched, and where the terms stand.

use crate::signals::Clear;
use crate::{House, Result};
use domain::bank::{Part, SignalKind};
use domain::id::{ClusterId, SignalId, SubjectId};
use serde::Serialize;
use std::ops::Range;

/// Matches shown.
const MATCHES_SHOWN: i64 = 50;

/// A match.
#[derive(Debug, Clone, Serialize)]
pub struct Match {
    /// Which signal.
    pub signal: SignalId,
    /// Which item.
    pub subject: SubjectId,
    /// What was compared.
    pub kind: String,
    /// Which bank.
    pub bank: String,
    /// What the bank's owner thinks.
    pub opinion: String,
    /// Somebody disputes the signal since.
    pub disputed: bool,
    /// Who gave the bank.
    pub origin: String,
    /// Bits of 256.
    pub distance: u32,
    /// Greatest distance that counts.
    pub limit: u32,
    /// Which form matched.
    pub variant: String,
    /// Which part of both agrees, of videos and sounds; the sentence has it.
    #[serde(skip)]
    pub part: Option<Part>,
    /// Why, in one sentence.
    pub sentence: String,
    /// The signal itself as its giver wrote it, when it is kept: an account, an address, a term.
    pub value: Option<String>,
}

/// Why a cluster was matched.
pub(super) async fn of_cluster(house: &House, id: ClusterId) -> Result<Vec<Match>> {
    let found = store::matches::of_cluster(&house.db, id, MATCHES_SHOWN).await?;
    Ok(found.into_iter().map(shown_match).collect())
}

/// Why one subject was matched.
pub(super) async fn of_subject(house: &House, subject: i64) -> Result<Vec<Match>> {
    let found = store::matches::of_subject(&house.db, subject, MATCHES_SHOWN).await?;
    Ok(found.into_iter().map(shown_match).collect())
}

fn shown_match(found: store::matches::Shown) -> Match {
    let clear = found.clear.and_then(|clear| Clear::read(&clear).ok());
    // Of a video or sound the value is a digest, and says less than its file's name.
    let is_moving = matches!(found.why.kind, SignalKind::Video | SignalKind::Sound);
    Match {
        signal: found.signal,
        subject: found.subject,
        kind: found.why.kind.word().to_owned(),
        opinion: found.why.opinion.word().to_owned(),
        disputed: found.disputed,
        origin: found.origin,
        distance: found.why.distance,
        limit: found.why.limit,
        sentence: found.why.sentence(),
        value: clear.and_then(|clear| if is_moving { clear.label } else { Some(clear.value) }),
        part: found.why.part,
        variant: found.why.variant,
        bank: found.why.bank,
    }
}

/// Where terms stand in a text, as the matcher finds them: (number given with the term, bytes of the text), by place.
#[must_use]
pub fn places<'a>(
    text: &str,
    terms: impl IntoIterator<Item = (usize, &'a str)>,
) -> Vec<(usize, Range<usize>)> {
    let terms = terms.into_iter().map(|(number, term)| (number as u64, term));
    // A term that cannot be matched was not matched.
    let Ok(terms) = text::term::Terms::new(terms) else { return Vec::new() };
    let hits = terms.find(text).into_iter();
    hits.map(|hit| (usize::try_from(hit.id).unwrap_or_default(), hit.range)).collect()
}
