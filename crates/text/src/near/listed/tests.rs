use proptest::prelude::*;

use super::*;

/// The slow way: every listed text against the one that is asked about.
fn by_loop(listed: &[Shingles], asked: &Shingles, bar: Bar) -> Vec<Near> {
    (0..)
        .zip(listed)
        .filter_map(|(at, text)| {
            let overlap = asked.overlap(text);
            bar.judge(overlap).map(|relation| Near { at, relation, overlap })
        })
        .collect()
}

fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

/// A text of few different words, so that texts share runs by chance; and parts of them.
fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(0..6usize, 0..most).prop_map(|picks| {
        let words = ["rain", "sun", "the", "coast", "поезд", "nine"];
        picks.iter().map(|pick| words[*pick]).collect::<Vec<_>>().join(" ")
    })
}

fn bars() -> impl Strategy<Value = Bar> {
    prop_oneof![
        Just(Bar::default()),
        (1..=1000u32, 1..=1000u32, 0..5u32).prop_map(
            |(resemblance_per_mille, containment_per_mille, shared_min)| Bar {
                resemblance_per_mille,
                containment_per_mille,
                shared_min
            }
        )
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials()) })]

    #[test]
    fn listed_finds_what_a_loop_finds(
        texts in prop::collection::vec(words(25), 0..40),
        asked in prop::collection::vec((words(12), any::<prop::sample::Index>(), 0..25usize, 0..25usize), 1..8),
        bar in bars(),
    ) {
        let listed: Vec<Shingles> = texts.iter().map(|text| Shingles::of(text)).collect();
        let index = Listed::new(listed.clone(), bar).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for (words, pick, from, to) in asked {
            let whole = if texts.is_empty() { "" } else { pick.get(&texts) };
            let part: Vec<&str> = whole.split(' ').skip(from).take(to).collect();
            for text in [format!("{words} {whole} {words}"), part.join(" "), words] {
                let asked = Shingles::of(&text);
                let answer = index.near(&asked);
                prop_assert!(answer.complete);
                prop_assert_eq!(answer.found, by_loop(&listed, &asked, bar), "{}", text);
            }
        }
    }
}

fn sentence(n: usize) -> String {
    (0..20).map(|word| format!("w{:o}", n * 20 + word)).collect::<Vec<_>>().join(" ")
}

#[test]
fn edits_quotes_and_parts_of_many() -> Result<(), TooMany> {
    let texts: Vec<String> = (0..3_000).map(sentence).collect();
    let index = Listed::new(texts.iter().map(|text| Shingles::of(text)), Bar::default())?;
    let check = |text: &str, expected: Option<(u32, Relation)>| {
        let answer = index.near(&Shingles::of(text));
        let found: Vec<(u32, Relation)> = answer.found.iter().map(|near| (near.at, near.relation)).collect();
        assert!(answer.complete);
        assert_eq!(found, Vec::from_iter(expected), "{text}");
    };
    let around: String = (0..30).map(|n| format!("filler{n} ")).collect();
    for (at, text) in (0..).zip(&texts).step_by(97) {
        check(text, Some((at, Relation::Same)));
        check(&text.to_uppercase().replace('O', "О"), Some((at, Relation::Same)));
        check(&text.replace(' ', " \u{200B}"), Some((at, Relation::Same)));
        check(&format!("so {text} so"), Some((at, Relation::Edited)));
        check(&format!("{around} {text} so they say"), Some((at, Relation::Quoted)));
        check(&text.split(' ').skip(5).take(8).collect::<Vec<_>>().join(" "), Some((at, Relation::Part)));
        check(&text.split(' ').skip(5).take(7).collect::<Vec<_>>().join(" "), None);
        check(&text.split(' ').rev().collect::<Vec<_>>().join(" "), None);
    }
    Ok(())
}

/// Twenty thousand listed texts that are one frame with two words of their own: other texts do not pay for them, not
/// even with the frame in them, and one that is nothing but the frame says that it did not see all.
#[test]
fn a_flood_of_frames_stays_bounded() -> Result<(), TooMany> {
    let frame = "come and see our new channel for the news of the coast and the hills every day at nine";
    let flood = (0..20_000).map(|n| format!("{frame} a{n} b{n}"));
    let texts: Vec<String> = (0..500).map(sentence).chain(flood).collect();
    let index = Listed::new(texts.iter().map(|text| Shingles::of(text)), Bar::default())?;
    let answer = index.near(&Shingles::of(&format!("{} {frame} {0}", sentence(3))));
    assert!(answer.found.iter().any(|near| near.at == 3));
    let answer = index.near(&Shingles::of(frame));
    assert!(!answer.complete && answer.found.len() <= FOUND_MAX, "{}", answer.found.len());
    let answer = index.near(&Shingles::of(&format!("{frame} a77 b77")));
    assert!(answer.found.iter().any(|near| near.at == 577 && near.relation == Relation::Same));
    Ok(())
}

#[test]
fn equal_texts_are_one_entry() -> Result<(), TooMany> {
    let text = sentence(1);
    let flood = std::iter::repeat_n(Shingles::of(&text), 5_000);
    let index =
        Listed::new(flood.chain([Shingles::of("too short"), Shingles::of(&sentence(2))]), Bar::default())?;
    assert_eq!(index.entries(), 2);
    let answer = index.near(&Shingles::of(&text));
    assert_eq!((answer.found.len(), answer.complete), (FOUND_MAX, false));
    assert_eq!(index.near(&Shingles::of(&sentence(2))).found[0].at, 5_001);
    Ok(())
}

#[test]
fn empty_lists_find_nothing() -> Result<(), TooMany> {
    let index = Listed::new([], Bar::default())?;
    assert_eq!(index.near(&Shingles::of(&sentence(1))), Answer { found: Vec::new(), complete: true });
    assert_eq!(index.entries(), 0);
    Ok(())
}
