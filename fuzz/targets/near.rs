//! Near texts: the lines are the list, and each is asked about; the answer is that of a loop. And digests as text.
#![no_main]

use text::near::{Bar, Listed, Shingles};
use text::tlsh::Tlsh;

libfuzzer_sys::fuzz_target!(|input: &str| {
    if let Ok(digest) = input.parse::<Tlsh>() {
        assert_eq!(digest.to_string().parse(), Ok(digest));
    }
    let _ = Tlsh::of(input.as_bytes()).map(|digest| digest.distance(&digest));
    let texts: Vec<Shingles> = input.lines().take(50).map(Shingles::of).collect();
    let bar = Bar { shared_min: 2, ..Bar::default() };
    let listed = Listed::new(texts.iter().cloned(), bar).expect("fifty texts fit");
    for asked in &texts {
        let near: Vec<u32> = (0..).zip(&texts).filter(|(_, text)| bar.judge(asked.overlap(text)).is_some()).map(|(at, _)| at).collect();
        let answer = listed.near(asked);
        assert!(!answer.complete || answer.found.iter().map(|found| found.at).eq(near));
    }
});
