//! Generated pictures: gradients, shapes and grain, and edited copies of them. Integers only.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::{FilterType, resize};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::model::Media;
use crate::rng::Rng;

/// Largest file written, in bytes.
pub const PICTURE_BYTES_MAX: usize = 40 * 1024;

/// A picture as a file.
#[derive(Debug, Clone)]
pub(crate) struct Encoded {
    pub(crate) bytes: Vec<u8>,
    /// `jpg` or `png`.
    pub(crate) extension: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// How a copy was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    /// JPEG again at lower quality.
    Reencode,
    /// Smaller by about a third.
    Scale,
    /// A little brighter.
    Brightness,
}

impl Edit {
    /// The word in the truth.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reencode => "reencode",
            Self::Scale => "scale",
            Self::Brightness => "brightness",
        }
    }
}

/// A scene: sky gradient, five to nine shapes, a little grain.
pub(crate) fn draw(rng: &mut Rng) -> RgbImage {
    let (width, height) = (112 + 8 * rng.below(6) as u32, 96 + 8 * rng.below(5) as u32);
    let (from, to) = (colour(rng), colour(rng));
    let sideways = rng.percent(50);
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        let (at, of) = if sideways { (x, width) } else { (y, height) };
        mix(from, to, at, of)
    });
    for _ in 0..5 + rng.below(5) {
        shape(rng, &mut picture);
    }
    grain(rng, &mut picture);
    picture
}

/// One colour from edge to edge: a picture that must match nothing.
pub(crate) fn blank(rng: &mut Rng) -> RgbImage {
    let fill = colour(rng);
    RgbImage::from_pixel(160 + rng.below(64) as u32, 128 + rng.below(64) as u32, fill)
}

/// The picture after an edit.
pub(crate) fn apply(picture: &RgbImage, edit: Edit) -> RgbImage {
    match edit {
        Edit::Reencode => picture.clone(),
        Edit::Scale => {
            resize(picture, picture.width() * 2 / 3, picture.height() * 2 / 3, FilterType::Triangle)
        }
        Edit::Brightness => {
            let mut out = picture.clone();
            for pixel in out.pixels_mut() {
                pixel.0 = pixel.0.map(|c| c.saturating_add(9));
            }
            out
        }
    }
}

/// JPEG at a quality of 1..=100.
pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Result<Encoded, Error> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(Error::bug)?;
    Ok(Encoded { bytes, extension: "jpg", width: picture.width(), height: picture.height() })
}

/// PNG, or JPEG when the PNG would be too large.
pub(crate) fn png_or_jpeg(picture: &RgbImage) -> Result<Encoded, Error> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(Error::bug)?;
    if bytes.len() > PICTURE_BYTES_MAX {
        return jpeg(picture, 85);
    }
    Ok(Encoded { bytes, extension: "png", width: picture.width(), height: picture.height() })
}

/// The folder `media/`: each file once, named by its SHA-256.
pub(crate) struct Folder {
    path: PathBuf,
    written: BTreeSet<String>,
}

impl Folder {
    /// Makes the folder.
    pub(crate) fn new(path: PathBuf) -> Result<Self, Error> {
        fs::create_dir_all(&path).map_err(Error::io(path.display()))?;
        Ok(Self { path, written: BTreeSet::new() })
    }

    /// Writes the file when it is new, and names it for a post.
    pub(crate) fn keep(&mut self, file: &Encoded) -> Result<Media, Error> {
        let sha256 = hex::encode(Sha256::digest(&file.bytes));
        let name = format!("{sha256}.{}", file.extension);
        if self.written.insert(sha256.clone()) {
            let path = self.path.join(&name);
            fs::write(&path, &file.bytes).map_err(Error::io(path.display()))?;
        }
        let (width, height) = (file.width, file.height);
        Ok(Media { kind: "image".to_owned(), path: format!("media/{name}"), sha256, width, height })
    }

    /// How many files were written.
    pub(crate) fn files(&self) -> usize {
        self.written.len()
    }
}

/// Any colour.
pub(crate) fn colour(rng: &mut Rng) -> Rgb<u8> {
    Rgb([rng.below(256) as u8, rng.below(256) as u8, rng.below(256) as u8])
}

fn mix(from: Rgb<u8>, to: Rgb<u8>, at: u32, of: u32) -> Rgb<u8> {
    let one = |a: u8, b: u8| ((u32::from(a) * (of - at) + u32::from(b) * at) / of) as u8;
    Rgb([one(from.0[0], to.0[0]), one(from.0[1], to.0[1]), one(from.0[2], to.0[2])])
}

fn shape(rng: &mut Rng, picture: &mut RgbImage) {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    let (cx, cy) = (rng.between(0, width - 1), rng.between(0, height - 1));
    let (rx, ry) = (rng.between(width / 12, width / 3), rng.between(height / 12, height / 3));
    let fill = colour(rng);
    let round = rng.percent(50);
    for y in (cy - ry).max(0)..(cy + ry).min(height) {
        for x in (cx - rx).max(0)..(cx + rx).min(width) {
            let (dx, dy) = (x - cx, y - cy);
            if !round || dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry {
                picture.put_pixel(x as u32, y as u32, fill);
            }
        }
    }
}

fn grain(rng: &mut Rng, picture: &mut RgbImage) {
    let mut bits = 0u64;
    for (n, pixel) in picture.pixels_mut().enumerate() {
        if n % 16 == 0 {
            bits = rng.next();
        }
        let lift = (bits >> (4 * (n % 16)) & 7) as u8;
        pixel.0 = pixel.0.map(|c| c.saturating_add(lift));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_seeded_and_small() {
        for seed in 0..6 {
            let picture = draw(&mut Rng::new(seed, "p"));
            assert_eq!(picture, draw(&mut Rng::new(seed, "p")));
            assert_ne!(picture, draw(&mut Rng::new(seed + 1, "p")));
            for edit in [Edit::Reencode, Edit::Scale, Edit::Brightness] {
                let file = jpeg(&apply(&picture, edit), 60).unwrap();
                assert!(file.bytes.len() <= PICTURE_BYTES_MAX, "{}", file.bytes.len());
            }
            assert!(png_or_jpeg(&picture).unwrap().bytes.len() <= PICTURE_BYTES_MAX);
        }
        let blank = blank(&mut Rng::new(1, "b"));
        assert!(blank.pixels().all(|p| p == blank.get_pixel(0, 0)));
    }
}
