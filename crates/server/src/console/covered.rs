//! The items of an open cluster that a decision may cover: what each says, and why it stands there.

use super::passages::passages;
use super::queue::{PDQ_BITS, tile};
use super::words_of::{hold, kind};
use crate::pages::queue::Item;
use crate::words::Words;
use app::recognise::How;
use app::view::cluster as shown;
use domain::assessment::Draft;
use domain::cluster::Evidence;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Characters shown of an item's own words.
const OWN_CHARACTERS: usize = 400;

/// What is still to be decided. At first those are ticked that most people of the same circle can see: what differs in
/// that is decided apart (D2), and what a publisher may have shown is ticked by hand only (LAW-163).
pub(super) fn items(found: &[shown::Item], draft: Option<&Draft>, (media, w): (&str, &Words)) -> Vec<Item> {
    let open: Vec<&shown::Item> = found.iter().filter(|item| !item.decided).collect();
    let mut circles: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &open {
        *circles.entry(&item.audience).or_default() += 1;
    }
    let most =
        circles.iter().max_by_key(|(_, count)| **count).map(|(audience, _)| *audience).unwrap_or_default();
    let shown = open.first().map(|first| first.text.as_str()).unwrap_or_default();
    let ticked = draft.filter(|draft| !draft.contexts.is_empty());
    open.into_iter()
        .map(|found| {
            let wanted = ticked.map_or(found.audience == most && !found.protected, |draft| {
                draft.contexts.contains_key(&found.subject)
            });
            item(found, shown, wanted, (media, w))
        })
        .collect()
}

/// One item; `shown` are the words that stand above.
fn item(found: &shown::Item, shown: &str, wanted: bool, (media, w): (&str, &Words)) -> Item {
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
        evidence: evidence((&found.evidence, found.distance), found.how.as_ref(), w),
        compare: (found.evidence != Evidence::First.word()).then(|| super::why::of_first(found.subject)),
        region: found.how.as_ref().map(|how| how.corners.clone()).unwrap_or_default(),
        // What has a preview first: a file that was not kept says so.
        tile: found
            .media
            .iter()
            .find(|file| file.preview.is_some())
            .or(found.media.first())
            .map(|file| tile(file, media)),
        words: own_words(found, shown).map(|(words, lang)| (passages(&words, &[]), lang)),
        protected: found.protected,
        publisher: String::new(),
        barred,
    }
}

/// Why it is a member, in words, of the evidence's word and the bits that differ.
pub(super) fn evidence((evidence, distance): (&str, i64), how: Option<&How>, w: &Words) -> String {
    let places = how.and_then(|how| how.places);
    let quoted = how.is_some_and(|how| how.variant == "quoted");
    let key = match Evidence::from_word(evidence) {
        Some(Evidence::First) => "evidence-first",
        Some(Evidence::SameBytes) => "evidence-bytes",
        Some(Evidence::NearPicture) if places.is_some() => "evidence-places",
        Some(Evidence::NearPicture) => "evidence-picture",
        Some(Evidence::SameText) => "evidence-text",
        Some(Evidence::NearText) if quoted => "evidence-quoted",
        Some(Evidence::NearText) => "evidence-part",
        Some(Evidence::SameLink) => "evidence-link",
        Some(Evidence::SameAddress) => "evidence-address",
        Some(Evidence::ByHand) => "evidence-by-hand",
        None => return String::new(),
    };
    let share = how.and_then(|how| how.share).map(u64::from);
    let bits = u64::try_from(distance).unwrap_or_default();
    let number = places.map(u64::from).or(share).unwrap_or(bits);
    let mut words = w.with(key, &[("n", number.into()), ("of", u64::from(PDQ_BITS).into())]);
    for edit in how.map(|how| edits(&how.variant)).unwrap_or_default() {
        words.push_str(w.comma());
        words.push_str(&w.t(edit));
    }
    words
}

/// What was done to a copy, as keys of the interface's words.
pub(super) fn edits(variant: &str) -> Vec<&'static str> {
    let edit = |part: &str| match part {
        "trimmed" => Some("copy-bordered"),
        "inset" => Some("copy-in-page"),
        part if part.starts_with("crop-") => Some("copy-cut"),
        part if part.starts_with("flip-") => Some("copy-mirrored"),
        part if part.starts_with("rotate-") => Some("copy-turned"),
        _ => None,
    };
    variant.split('+').filter_map(edit).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::TileState;
    use crate::words::Lang;
    use domain::hold::HoldAnswer;
    use domain::id::SubjectId;
    use uuid::Uuid;

    fn found(audience: &str, text: &str) -> shown::Item {
        shown::Item {
            subject: SubjectId(Uuid::now_v7()),
            url: Some("https://video.example/watch/1".to_owned()),
            service: "video.example".to_owned(),
            kind: "video".to_owned(),
            language: "de".to_owned(),
            audience: audience.to_owned(),
            text: text.to_owned(),
            account: None,
            channel: None,
            media: Vec::new(),
            posted_at: None,
            seen_at: None,
            evidence: "near_picture".to_owned(),
            distance: 12,
            how: None,
            holds: Vec::new(),
            decided: false,
            protected: false,
        }
    }

    #[test]
    fn why_it_is_a_copy_stands_in_words() {
        let w = Words::new(Lang::En, "UTC");
        let check = |word: &str, how: &str, expected: &str| {
            let how: Option<How> = serde_json::from_str(how).ok();
            let said: String = evidence((word, 12), how.as_ref(), &w)
                .chars()
                .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
                .collect();
            assert_eq!(said, expected);
        };
        check("near_picture", "", "A picture like it: 12 of 256 bits apart");
        let cut = "A picture like it: 12 of 256 bits apart, cut at the sides, mirrored";
        check("near_picture", r#"{"variant":"crop-25+flip-x"}"#, cut);
        check(
            "near_picture",
            r#"{"variant":"points","places":41}"#,
            "The same picture, edited: 41 places agree",
        );
        check("near_text", r#"{"variant":"quoted","share":80}"#, "Its words stand in this text: 80 % of it");
        check("near_text", r#"{"variant":"part","share":70}"#, "A part of the same text: 70 % of it");
        check("same_link", "", "The same link");
    }

    fn ticked(found: &[shown::Item]) -> Vec<bool> {
        let w = Words::new(Lang::En, "UTC");
        items(found, None, ("https://media.example", &w)).iter().map(|item| item.confirmed).collect()
    }

    #[test]
    fn what_differs_in_audience_is_not_ticked_first() {
        let of =
            |audiences: &[&str]| audiences.iter().map(|audience| found(audience, "")).collect::<Vec<_>>();
        assert_eq!(ticked(&of(&[])), [] as [bool; 0]);
        assert_eq!(ticked(&of(&["open"])), [true]);
        assert_eq!(ticked(&of(&["open", "human_admitted", "open"])), [true, false, true]);
        let mut decided = of(&["human_admitted", "human_admitted", "open"]);
        decided[0].decided = true;
        decided[1].decided = true;
        assert_eq!(ticked(&decided), [true], "what was decided has no voice and is not shown");
    }

    #[test]
    fn what_a_publisher_may_have_shown_is_not_ticked_first() {
        let mut all = [found("open", ""), found("open", "")];
        all[1].protected = true;
        assert_eq!(ticked(&all), [true, false]);
    }

    #[test]
    fn what_is_barred_is_never_ticked() {
        let mut all = [found("open", ""), found("open", "")];
        all[0].holds = vec![(HoldAnswer::InvestigativeHold, None)];
        assert_eq!(ticked(&all), [false, true]);
    }

    #[test]
    fn each_item_has_its_own_picture() {
        let file = |sha256: &str, preview: Option<&str>| shown::Media {
            kind: "image".to_owned(),
            sha256: Some(sha256.to_owned()),
            preview: preview.map(str::to_owned),
            size: None,
            duration_ms: None,
        };
        let mut all = [found("open", ""), found("open", ""), found("open", "")];
        all[1].media = vec![file("aa", None), file("bb", Some("token"))];
        all[2].media = vec![file("aa", None)];
        let w = Words::new(Lang::En, "UTC");
        let states: Vec<Option<TileState>> = items(&all, None, ("https://media.example", &w))
            .into_iter()
            .map(|item| item.tile.map(|tile| tile.state))
            .collect();
        let hidden = TileState::Hidden { source: "https://media.example/media/token".to_owned() };
        assert_eq!(states, [None, Some(hidden), Some(TileState::NotKept)]);
    }

    #[test]
    fn words_that_stand_above_are_not_said_again() {
        let shown = "A neutral text";
        let of = |text: &str| own_words(&found("open", text), shown).map(|(words, _)| words);
        assert_eq!(of(""), None);
        assert_eq!(of(" A neutral text\n"), None);
        assert_eq!(of("A neutral text, longer"), Some("A neutral text, longer".to_owned()));
        let long = "é".repeat(OWN_CHARACTERS + 1);
        assert_eq!(of(&long), Some(format!("{}…", "é".repeat(OWN_CHARACTERS))));
        assert_eq!(of(&long[..OWN_CHARACTERS * 2]), Some("é".repeat(OWN_CHARACTERS)));
    }
}
