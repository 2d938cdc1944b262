//! The fast paths against the reference, to the bit.

use proptest::prelude::*;

use super::super::{hash_and_dihedral, reference};
use super::*;

type Failure = Box<dyn std::error::Error>;

/// Pixels that are neither smooth nor noise: steps, ramps and grain by seed.
fn pixels(width: usize, height: usize, seed: u32) -> Vec<u8> {
    let mut state = seed | 1;
    let step = 1 + seed as usize % 37;
    let mut draw = |at: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let (x, y) = (at / 3 % width, at / 3 / width);
        let value = (x / step * 61) ^ (y / step * 29) ^ (x * y / step);
        (value as u32).wrapping_add(state >> (24 + seed % 8)) as u8
    };
    (0..width * height * 3).map(&mut draw).collect()
}

fn check(width: usize, height: usize, seed: u32) -> Result<(), Failure> {
    let pixels = pixels(width, height, seed);
    let picture = Rgb::new(width.try_into()?, height.try_into()?, &pixels).ok_or("size")?;
    let one = reference::hash(&picture).ok_or("no hash")?;
    let all = reference::dihedral(&picture).ok_or("no hash")?;
    assert_eq!(hash_and_dihedral(&picture), Some((one, all)), "{width}x{height} {seed}");
    for as_given in [false, super::super::is_sampled(&picture)] {
        let (samples, coefficients) = run_portable(&picture, as_given);
        let got = (bits::bits(&coefficients), bits::quality(&samples));
        let expected = if as_given { (one.hash, one.quality) } else { (all.forms[0], all.quality) };
        assert_eq!(got, expected, "portable {width}x{height} {seed}");
    }
    Ok(())
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|text| text.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases.unwrap_or(300)) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn fast_is_the_reference(width in 5usize..=300, height in 5usize..=300, seed: u32) {
        check(width, height, seed).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }

    #[test]
    fn fast_is_the_reference_on_thin_pictures(long in 5usize..=5000, thin in 5usize..=17, tall: bool, seed: u32) {
        let (width, height) = if tall { (thin, long) } else { (long, thin) };
        check(width, height, seed).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
}

#[test]
fn fast_is_the_reference_on_chosen_sizes() -> Result<(), Failure> {
    for (width, height) in [
        (5, 5),
        (8, 16),
        (63, 64),
        (64, 64),
        (128, 128),
        (129, 127),
        (1280, 720),
        (1920, 1080),
        (2049, 1000),
        // Windows over 256: the path without fused division.
        (33_000, 6),
        (6, 33_000),
    ] {
        check(width, height, 77)?;
    }
    Ok(())
}

#[test]
fn a_side_under_five_has_no_hash() {
    for (width, height) in [(4, 900), (900, 4), (0, 0), (1, 1)] {
        let pixels = vec![9; width as usize * height as usize * 3];
        let picture = Rgb::new(width, height, &pixels);
        assert!(picture.is_some_and(|picture| hash(&picture).is_none() && dihedral(&picture).is_none()));
    }
}
