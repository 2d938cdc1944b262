//! Generated pictures, bombs and damage.

use std::error::Error;
use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

/// A small picture with shapes, as a file.
pub(crate) fn small(format: ImageFormat) -> Result<Vec<u8>, Box<dyn Error>> {
    let pixels = RgbImage::from_fn(48, 40, |x, y| {
        let inside = (10..30).contains(&x) && (8..25).contains(&y);
        image::Rgb([x as u8 * 5, y as u8 * 6, if inside { 220 } else { 30 }])
    });
    file(&pixels.into(), format)
}

/// One colour, as many pixels as are decoded: tiny as a file.
pub(crate) fn vast_and_flat(width: u32, height: u32) -> Result<Vec<u8>, Box<dyn Error>> {
    file(&DynamicImage::ImageLuma8(GrayImage::new(width, height)), ImageFormat::Png)
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format)?;
    Ok(out.into_inner())
}

/// A PNG that announces its size and has hardly any pixels.
pub(crate) fn png_announcing(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(&mut png, b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat());
    chunk(&mut png, b"IDAT", b"\x78\x9C\x03\x00\x00\x00\x00\x01");
    chunk(&mut png, b"IEND", b"");
    png
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    png.extend((body.len() as u32).to_be_bytes());
    png.extend(name);
    png.extend(body);
    png.extend(crc32(&[name, body].concat()).to_be_bytes());
}

/// The check sum of PNG chunks (ISO 3309), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

/// Sets the check sums of a damaged PNG right, as far as its chunks can be followed, so that the damage
/// reaches the decoder behind them.
fn mend_check_sums(png: &mut [u8]) {
    let mut at = 8;
    while let Some(length) = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()) {
        let end = at + 8 + u32::from_be_bytes(length) as usize;
        let Some(sum) = png.get(at + 4..end).map(crc32) else { return };
        let Some(place) = png.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
}

/// A GIF whose one frame is as large as the format can say.
pub(crate) fn gif_announcing_most() -> Vec<u8> {
    let most = [0xFF; 4];
    let screen = [b"GIF89a", &most[..], &[0x80, 0, 0], &[0, 0, 0, 255, 255, 255]].concat();
    let frame = [&[0x2C, 0, 0, 0, 0][..], &most, &[0], &[2, 2, 0x4C, 1, 0], &[0x3B]].concat();
    [screen, frame].concat()
}

/// A GIF of one pixel whose frame is as large as the format can say.
pub(crate) fn gif_with_frame_over_its_screen() -> Vec<u8> {
    let mut gif = gif_announcing_most();
    gif[6..10].copy_from_slice(&[1, 0, 1, 0]);
    gif
}

/// A JPEG that announces the largest size.
pub(crate) fn jpeg_announcing_most(jpeg: &[u8]) -> Vec<u8> {
    let mut jpeg = jpeg.to_vec();
    if let Some(at) = jpeg.windows(2).position(|mark| mark == [0xFF, 0xC0]) {
        jpeg[at + 5..at + 9].copy_from_slice(&[0xFF, 0xFE, 0xFF, 0xFE]);
    }
    jpeg
}

/// Numbers from a seed (Steele and Vigna, SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// A file damaged in one to six places: bytes set, bits flipped, cut, doubled. A PNG's sums are mended for
/// two files in three.
pub(crate) fn damaged(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(file.len());
        match dice.below(8) {
            0..=2 => file[at] ^= 1 << dice.below(8),
            3..=5 => file[at] = [0, 1, 0x7F, 0x80, 0xFF][dice.below(5)],
            6 if file.len() > 40 => file.truncate(file.len() - dice.below(20)),
            _ => {
                let again = file[at..(at + 1 + dice.below(16)).min(file.len())].to_vec();
                file.splice(at..at, again);
            }
        }
    }
    if file.starts_with(b"\x89PNG") && dice.below(3) > 0 {
        mend_check_sums(&mut file);
    }
    file
}
