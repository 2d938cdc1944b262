//! A text as a page shows it: what was matched is marked, and what nobody would see.

use crate::look::{Match, Odd, Passage, Recognised};
use app::view::matched as shown;
use app::view::odd;
use std::ops::Range;

/// The words of the content, with the terms marked where the matcher found them: also in other letters or with hidden
/// spaces between them; and with what nobody would see.
pub(super) fn passages(text: &str, matches: &[Match]) -> Vec<Passage> {
    let terms = matches.iter().enumerate().filter(|(_, found)| found.what == Recognised::Term);
    let named = terms.flat_map(|(at, found)| found.named.iter().map(move |term| (at + 1, term.as_str())));
    let odd = odd::odd(text);
    let mut all = Vec::new();
    let mut from = 0;
    for (number, range) in shown::places(text, named) {
        if range.start >= from {
            parted(text, (from..range.start, None), &odd, &mut all);
            parted(text, (range.clone(), Some(number)), &odd, &mut all);
            from = range.end;
        }
    }
    parted(text, (from..text.len(), None), &odd, &mut all);
    all
}

/// The words with what another text has too marked, given as bytes in their order.
pub(super) fn shared(text: &str, places: &[Range<usize>]) -> Vec<Passage> {
    let odd = odd::odd(text);
    let mut all = Vec::new();
    let mut from = 0;
    for place in places.iter().filter(|place| place.start < place.end) {
        parted(text, (from..place.start, None), &odd, &mut all);
        parted(text, (place.clone(), Some(1)), &odd, &mut all);
        from = place.end;
    }
    parted(text, (from..text.len(), None), &odd, &mut all);
    // No number stands behind them: there is one other text.
    all.into_iter().map(|passage| Passage { ends: false, ..passage }).collect()
}

/// A piece of a text, parted at each odd character.
fn parted(
    text: &str,
    (piece, matched): (Range<usize>, Option<usize>),
    odd: &[(Range<usize>, odd::Odd)],
    all: &mut Vec<Passage>,
) {
    let first = all.len();
    let mut push = |range: Range<usize>, odd: Option<Odd>| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            all.push(Passage { text: text.to_owned(), matched, ends: false, odd });
        }
    };
    let mut from = piece.start;
    for (range, what) in odd.iter().filter(|(range, _)| range.start >= piece.start && range.end <= piece.end)
    {
        push(from..range.start, None);
        push(
            range.clone(),
            Some(match what {
                odd::Odd::Hidden => Odd::Hidden,
                odd::Odd::LookAlike => Odd::LookAlike,
            }),
        );
        from = range.end;
    }
    push(from..piece.end, None);
    if let Some(last) = all.get_mut(first..).and_then(<[Passage]>::last_mut) {
        last.ends = matched.is_some();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_marked_where_they_stand() {
        let term = |named: &[&str]| Match {
            what: Recognised::Term,
            variants: Vec::new(),
            distance: None,
            bank: "terms".to_owned(),
            giver: "partner.example".to_owned(),
            signals: 1,
            named: named.iter().map(|term| (*term).to_owned()).collect(),
            opinions: (1, 0),
            negative: false,
            href: None,
        };
        let check = |text: &str, matches: &[Match], expected: &[(&str, Option<usize>)]| {
            let found = passages(text, matches);
            let found: Vec<_> = found.iter().map(|part| (part.text.as_str(), part.matched)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("", &[], &[]);
        check("a green lamp", &[], &[("a green lamp", None)]);
        check(
            "a green lamp burns",
            &[term(&["green lamp"])],
            &[("a ", None), ("green lamp", Some(1)), (" burns", None)],
        );
        let two = [term(&["lamp"]), term(&["green lamp", "été"])];
        check("green lamp, été", &two, &[("green lamp", Some(2)), (", ", None), ("été", Some(2))]);
        check("nothing of it", &two, &[("nothing of it", None)]);
        // Capitals, a space of no width, a letter of another script: the matcher reads them, and so do people.
        check("A GREEN LAMP!", &two, &[("A ", None), ("GREEN LAMP", Some(2)), ("!", None)]);
        let hidden = [("green l", Some(2)), ("\u{200b}", Some(2)), ("\u{430}", Some(2)), ("mp", Some(2))];
        check("green l\u{200b}\u{430}mp", &two, &hidden);
    }

    #[test]
    fn what_nobody_sees_is_marked() {
        let found = passages("gr\u{435}en\u{200b} lamp", &[]);
        let found: Vec<_> = found.iter().map(|part| (part.text.as_str(), part.odd)).collect();
        let expected = [
            ("gr", None),
            ("\u{435}", Some(Odd::LookAlike)),
            ("en", None),
            ("\u{200b}", Some(Odd::Hidden)),
            (" lamp", None),
        ];
        assert_eq!(found, expected);
    }
}
