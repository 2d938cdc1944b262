//! Invented pictures, and what people do to them.

use crate::Outcome;
use image::{DynamicImage, GenericImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// Rectangles of many sizes over each other: much to see everywhere, another picture for each seed.
pub(crate) fn made(seed: u64, width: u32, height: u32) -> DynamicImage {
    let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut roll = |sides: u32| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        u32::try_from((dice >> 24) % u64::from(sides)).unwrap_or(0)
    };
    let mut picture = RgbImage::from_pixel(width, height, Rgb([90, 110, 120]));
    for n in 0..160 {
        let most = if n < 20 { 2 } else { 10 };
        let (w, h) = (8 + roll(width / most), 8 + roll(height / most));
        let (x, y) = (roll(width), roll(height));
        let colour = [roll(256), roll(256), roll(256)];
        for v in y..(y + h).min(height) {
            for u in x..(x + w).min(width) {
                let mix = |at: usize| {
                    let (old, new) = (u32::from(picture.get_pixel(u, v).0[at]), colour[at]);
                    u8::try_from((old + 2 * new) / 3).unwrap_or(u8::MAX)
                };
                let mixed = Rgb([mix(0), mix(1), mix(2)]);
                picture.put_pixel(u, v, mixed);
            }
        }
    }
    DynamicImage::ImageRgb8(picture)
}

/// A border of one colour.
pub(crate) fn bordered(picture: &DynamicImage, px: u32) -> DynamicImage {
    let (width, height) = (picture.width() + 2 * px, picture.height() + 2 * px);
    let mut page = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([250; 3])));
    // It fits by its size.
    let _ = page.copy_from(picture, px, px);
    page
}

pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Outcome<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format)?;
    Ok(out.into_inner())
}

/// A JPEG that says that it is to be turned before it is shown: an EXIF segment with one entry, tag 0x0112.
pub(crate) fn turned(picture: &DynamicImage, orientation: u8) -> Outcome<Vec<u8>> {
    let mut file = encoded(picture, ImageFormat::Jpeg)?;
    let mut exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    file.splice(2..2, exif);
    Ok(file)
}
