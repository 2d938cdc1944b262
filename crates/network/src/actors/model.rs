//! From evidence to a probability.

use super::weights::{BEGIN, CURVE, PRODUCTS, SINGLE};
use super::{Evidence, Place};

/// A kind of evidence, as it is told to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How both are called.
    Names,
    /// Links between them.
    Links,
    /// What both shared.
    Shared,
    /// The time between both posts of the same.
    Lag,
    /// Hours of the day.
    Hours,
}

/// The kinds, in the order in which they are told.
pub const GROUPS: [Group; 5] = [Group::Names, Group::Links, Group::Shared, Group::Lag, Group::Hours];

impl Group {
    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Links => "links",
            Self::Shared => "shared",
            Self::Lag => "lag",
            Self::Hours => "hours",
        }
    }
}

/// Measures with their kind; their weights stand in `weights.rs`.
pub const MEASURES: [(&str, Group); 18] = [
    ("names_alike", Group::Names),
    ("edit", Group::Names),
    ("information", Group::Names),
    ("called_alike", Group::Names),
    ("known_and_alike", Group::Names),
    ("each_links", Group::Links),
    ("one_links", Group::Links),
    ("known_links", Group::Links),
    ("in_bio", Group::Links),
    ("shared", Group::Shared),
    ("part_of_less", Group::Shared),
    ("part_of_more", Group::Shared),
    ("share_as_much", Group::Shared),
    ("nothing_shared", Group::Shared),
    ("shared_alone", Group::Shared),
    ("lag", Group::Lag),
    ("one_later", Group::Lag),
    ("hours", Group::Hours),
];

/// The measures of some evidence, in the order of [`MEASURES`]; each is finite. `accounts`: how many there are.
#[must_use]
pub fn measures(evidence: &Evidence, accounts: usize) -> [f64; MEASURES.len()] {
    let all = (accounts.max(2) as f64).ln();
    let (links, shared) = (evidence.links, evidence.shared);
    let (less, more) = (shared.of.0.min(shared.of.1), shared.of.0.max(shared.of.1));
    let part = |of: u32| f64::from(shared.objects) / (f64::from(of) + 2.0);
    let each = links.there.is_some() && links.back.is_some();
    let known = (f64::from(links.known.0).ln_1p(), f64::from(links.known.1).ln_1p());
    // Who is linked one way, and by how much the one who links is better known.
    let one = match (links.there, links.back) {
        (Some(_), None) => Some((known.1, known.0 - known.1)),
        (None, Some(_)) => Some((known.0, known.1 - known.0)),
        _ => None,
    };
    let ahead = f64::from(shared.first.0) - f64::from(shared.first.1);
    let turns = f64::from(shared.first.0 + shared.first.1);
    // As in a sign test: how far from taking turns.
    let one_first = (ahead.abs() - 1.0).max(0.0) / turns.max(1.0).sqrt();
    let alike = f64::from(u8::from(evidence.names.is_some()));
    let bios = [links.there, links.back].iter().filter(|place| **place == Some(Place::Bio)).count();
    let names = evidence.names;
    let of_names = |value: fn(super::NamesAlike) -> f64| names.map_or(0.0, value);
    [
        alike,
        of_names(|names| names.edit),
        of_names(|names| (names.information / 20.0).min(3.0)),
        of_names(|names| f64::from(names.close.max(1)).ln()),
        alike * known.0.max(known.1),
        f64::from(u8::from(each)),
        one.map_or(0.0, |(linked, _)| 1.0 - linked / all),
        one.map_or(0.0, |(_, better)| better),
        bios as f64,
        shared.information.ln_1p(),
        part(less),
        part(more),
        f64::from(shared.close.max(1)).ln(),
        if shared.objects == 0 { f64::from(less).ln_1p() } else { 0.0 },
        f64::from(shared.alone).ln_1p(),
        bounded(shared.lag, 12.0),
        one_first,
        bounded(evidence.hours, 4.0),
    ]
}

/// Near zero the value itself, never beyond the bound.
fn bounded(value: f64, bound: f64) -> f64 {
    value / (1.0 + value.abs() / bound)
}

/// What each kind adds to the log odds, against no evidence at all: a product of two measures is halved between them
/// (Shapley, "A value for n-person games", 1953).
pub(super) fn contributions(measures: &[f64; MEASURES.len()]) -> [f64; GROUPS.len()] {
    let mut adds = SINGLE;
    for (i, row) in PRODUCTS.iter().enumerate() {
        for (j, weight) in row.iter().enumerate() {
            if i == j {
                adds[i] += weight * measures[i];
            } else {
                adds[i] += weight / 2.0 * measures[j];
                adds[j] += weight / 2.0 * measures[i];
            }
        }
    }
    GROUPS.map(|group| {
        let of_group = MEASURES.iter().zip(adds.iter().zip(measures)).filter(|((_, of), _)| *of == group);
        of_group.map(|(_, (add, value))| add * value).sum()
    })
}

/// The probability of the same actor, 0 to 1.
pub(super) fn probability(measures: &[f64; MEASURES.len()]) -> f64 {
    on_curve(BEGIN + contributions(measures).iter().sum::<f64>())
}

fn on_curve(odds: f64) -> f64 {
    let after = CURVE.partition_point(|(at, _)| *at <= odds);
    match (after.checked_sub(1).and_then(|before| CURVE.get(before)), CURVE.get(after)) {
        (Some((from, low)), Some((to, high))) => low + (high - low) * (odds - from) / (to - from),
        (Some((_, only)), None) | (None, Some((_, only))) => *only,
        (None, None) => 0.0,
    }
}
