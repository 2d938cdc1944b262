//! The items of an open cluster that a decision may cover: what each says, and why it stands there.

use super::queue::PDQ_BITS;
use super::words_of::{hold, kind};
use crate::pages::queue::Item;
use crate::words::Words;
use app::view::cluster as shown;
use domain::assessment::Draft;
use domain::cluster::Evidence;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Characters shown of an item's own words.
const OWN_CHARACTERS: usize = 400;

/// What is still to be decided. At first those are ticked that most people of the same circle can see: what differs in
/// that is decided apart (D2).
pub(super) fn items(found: &[shown::Item], draft: Option<&Draft>, w: &Words) -> Vec<Item> {
    let open: Vec<&shown::Item> = found.iter().filter(|item| !item.decided).collect();
    let mut circles: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &open {
        *circles.entry(&item.audience).or_default() += 1;
    }
    let most =
        circles.iter().max_by_key(|(_, count)| **count).map(|(audience, _)| *audience).unwrap_or_default();
    let shown = found.first().map(|first| first.text.as_str()).unwrap_or_default();
    let ticked = draft.filter(|draft| !draft.contexts.is_empty());
    open.into_iter()
        .map(|found| {
            let wanted =
                ticked.map_or(found.audience == most, |draft| draft.contexts.contains_key(&found.subject));
            item(found, shown, wanted, w)
        })
        .collect()
}

/// One item; `shown` are the words that stand above.
fn item(found: &shown::Item, shown: &str, wanted: bool, w: &Words) -> Item {
    let barred = found
        .holds
        .iter()
        .find(|(answer, until)| domain::hold::stops(*answer, *until, Timestamp::MIN))
        .map(|(answer, until)| hold(*answer, *until));
    Item {
        id: found.subject.to_string(),
        url: found.url.clone().unwrap_or_else(|| found.service.clone()),
        kind: kind(&found.kind),
        confirmed: barred.is_none() && wanted,
        audience: found.audience.clone(),
        account: found.account.clone().unwrap_or_default(),
        evidence: evidence(found, w),
        words: own_words(found, shown),
        publisher: String::new(),
        barred,
    }
}

/// Why it is a member, in words.
fn evidence(found: &shown::Item, w: &Words) -> String {
    let key = match Evidence::from_word(&found.evidence) {
        Some(Evidence::First) => "evidence-first",
        Some(Evidence::SameBytes) => "evidence-bytes",
        Some(Evidence::NearPicture) => "evidence-picture",
        Some(Evidence::SameText) => "evidence-text",
        Some(Evidence::SameAddress) => "evidence-address",
        Some(Evidence::ByHand) => "evidence-by-hand",
        None => return String::new(),
    };
    w.with(
        key,
        &[
            ("n", u64::try_from(found.distance).unwrap_or_default().into()),
            ("of", u64::from(PDQ_BITS).into()),
        ],
    )
}

/// The beginning of an item's words, when they are not those that stand above.
fn own_words(found: &shown::Item, shown: &str) -> Option<(String, String)> {
    let text = found.text.trim();
    if text.is_empty() || text == shown.trim() {
        return None;
    }
    let mut words: String = text.chars().take(OWN_CHARACTERS).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    Some((words, found.language.clone()))
}
