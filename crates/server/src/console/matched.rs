//! Matches as cards and rows of the queue say them.

use super::queue::PDQ_BITS;
use crate::look::{Distance, Match, NAMED_MAX, Recognised, Variant, Why, times};
use app::view::{matched as shown, queue};
use domain::bank::{Part, SignalKind};
use domain::id::SignalId;
use std::collections::BTreeSet;

/// The matches, each sentence of a bank once with how many signals say it.
pub(super) fn matches(found: &[shown::Match]) -> Vec<Match> {
    let mut all: Vec<Match> = Vec::new();
    let mut signals: Vec<BTreeSet<SignalId>> = Vec::new();
    for (one, signal) in found.iter().map(|found| (matched(found), found.signal)) {
        let plain = |found: &Match| Match { signals: 1, named: Vec::new(), href: None, ..found.clone() };
        match all.iter_mut().zip(&mut signals).find(|(known, _)| plain(known) == plain(&one)) {
            // One signal matches many items.
            Some((known, signals)) => {
                known.signals += u64::from(signals.insert(signal));
                let new = one.named.into_iter().find(|value| !known.named.contains(value));
                known.named.extend(new.filter(|_| known.named.len() < NAMED_MAX));
            }
            None => {
                all.push(one);
                signals.push(BTreeSet::from([signal]));
            }
        }
    }
    all
}

/// Which form of a picture matched, of the matcher's word for it: each part of it that is not as it is.
pub(super) fn variants(word: &str) -> Vec<Variant> {
    let forms = word.split('+').map(|part| form(&part.replace('-', "_")));
    forms.filter(|form| *form != Variant::Upright).collect()
}

fn form(word: &str) -> Variant {
    match word {
        "rotate_90" => Variant::Turned(90),
        "rotate_180" => Variant::Turned(180),
        "rotate_270" => Variant::Turned(270),
        "flip_y" => Variant::Mirrored,
        // Upside down as in water: mirrored, and turned by a half.
        "flip_x" => Variant::MirroredTurned(180),
        "flip_plus_1" => Variant::MirroredTurned(90),
        "flip_minus_1" => Variant::MirroredTurned(270),
        "trimmed" => Variant::Trimmed,
        "inset" => Variant::Inset,
        cut if cut.starts_with("crop_") => Variant::Cut,
        "in_document" => Variant::InDocument,
        "read_in_picture" => Variant::ReadByMachine,
        _ => Variant::Upright,
    }
}

/// What was recognised, of the word of a kind of signals, and of a video or sound which part.
pub(super) fn recognised(kind: &str, part: Option<Part>) -> Recognised {
    match kind {
        "video" => Recognised::Video(part),
        "sound" => Recognised::Sound(part),
        "url" => Recognised::Address,
        "host" => Recognised::Host,
        "account" => Recognised::Account,
        "text" => Recognised::Text,
        "tlsh" => Recognised::NearText,
        "term" => Recognised::Term,
        "pdq" => Recognised::Picture,
        _ => Recognised::Digest,
    }
}

/// How far apart, of a kind of signals; none of exact kinds.
pub(super) fn distance(kind: &str, (found, limit): (u32, u32)) -> Option<Distance> {
    let of = if kind == "tlsh" { 0 } else { PDQ_BITS };
    (limit > 0).then_some(Distance { found, limit, of })
}

/// A match as its card shows it.
fn matched(found: &shown::Match) -> Match {
    Match {
        what: recognised(&found.kind, found.part),
        variants: variants(&found.variant),
        distance: distance(&found.kind, (found.distance, found.limit)),
        bank: found.bank.clone(),
        giver: found.origin.clone(),
        signals: 1,
        named: found.value.clone().into_iter().collect(),
        opinions: match found.opinion.as_str() {
            "positive" => (1, u32::from(found.disputed)),
            "disputed" => (1, 1),
            _ => (0, u32::from(found.disputed)),
        },
        negative: found.opinion == "negative",
        href: Some(super::why::of_signal(found.subject, found.signal)),
    }
}

/// Why a cluster is here, of the kinds of signals that it has matches with and how far the nearest of each is; none when
/// it is the same as what is known.
pub(super) fn known(kinds: &[(SignalKind, u64)]) -> Option<Why> {
    use SignalKind::{Account, Host, Md5, Pdq, Sha1, Sha256, Term, Text, Tlsh, Url};
    let of = |wanted: &[SignalKind]| kinds.iter().find(|(kind, _)| wanted.contains(kind));
    if of(&[Sha256, Sha1, Md5, Text, Tlsh]).is_some() {
        return None;
    }
    match of(&[Pdq]) {
        Some((_, 0)) => return None,
        Some((_, bits)) => return Some(Why::Near { bits: u32::try_from(*bits).unwrap_or(u32::MAX) }),
        None => {}
    }
    let other =
        [(&[Url, Host][..], Why::KnownAddress), (&[Term], Why::Term), (&[Account], Why::KnownAccount)];
    other.into_iter().find_map(|(wanted, why)| of(wanted).map(|_| why))
}

/// Why a cluster is here whose file has a part of a known one, or words that a machine read.
pub(super) fn met(met: &queue::Met) -> Option<Why> {
    let times = met.part.map(|part| times(part.asked_ms));
    match (met.kind, times) {
        (SignalKind::Video, Some((from, to))) => Some(Why::Video { from, to }),
        (SignalKind::Sound, Some((from, to))) => Some(Why::Sound { from, to }),
        (SignalKind::Term, _) => Some(Why::ReadByMachine),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_variant_is_said() {
        assert_eq!(variants("trimmed+flip_y+crop-50"), [Variant::Trimmed, Variant::Mirrored, Variant::Cut]);
        assert_eq!(variants("rotate-90"), [Variant::Turned(90)]);
        assert!(variants("original").is_empty());
    }
}
