//! Pictures: decoded, turned upright, made small, hashed, with their variants and points.
#![no_main]

use perceptual::decode::{Limits, picture, preview};
use perceptual::points::Points;
use perceptual::{pdq, variants};

/// Small, so that an input is done in milliseconds.
const LIMITS: Limits = Limits { side_px: 256, pixels: 16_384, memory_bytes: 8 << 20 };

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Ok(picture) = picture(input, LIMITS) else { return };
    assert_eq!(picture.rgb.len() as u64, u64::from(picture.width) * u64::from(picture.height) * 3);
    let _ = preview(&picture, 64);
    let rgb = picture.as_rgb().expect("a decoded picture has pixels");
    let hashed = pdq::hash_and_dihedral(&rgb);
    assert_eq!(hashed.is_some(), picture.width.min(picture.height) >= 5);
    let _ = variants::asked(&rgb);
    let points = Points::of(&rgb).to_bytes();
    assert_eq!(Points::from_bytes(&points).expect("what was written").to_bytes(), points);
    let _ = picture.into_upright();
});
