//! The twenty edits of a picture that copies are made by, under the names of the edited pictures of the benchmarks.

use super::look::{fill, write};
use image::imageops::{FilterType, crop_imm, flip_horizontal, replace, resize, rotate90};
use image::{Rgb, RgbImage};

/// The edits.
pub(super) const EDITS: [&str; 20] = [
    "jpeg-30",
    "jpeg-10",
    "resize-50",
    "resize-25-jpeg-60",
    "aspect-1.3",
    "crop-2",
    "crop-2.5",
    "crop-5",
    "crop-10",
    "overlay",
    "banner",
    "brightness-1.4",
    "contrast-0.6",
    "grey",
    "mirror",
    "rotate-90",
    "rotate-3",
    "border-5",
    "letterbox-12",
    "screenshot",
];

const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
const BLACK: Rgb<u8> = Rgb([0, 0, 0]);
/// Sine and cosine of three degrees, in units of 1/65536.
const SIN_3: i64 = 3_430;
const COS_3: i64 = 65_446;

/// The picture after an edit, and the quality of its JPEG.
pub(super) fn apply(picture: &RgbImage, edit: &str) -> (RgbImage, u8) {
    let (width, height) = picture.dimensions();
    let sized = |w: u32, h: u32| resize(picture, w, h, FilterType::CatmullRom);
    let edited = match edit {
        "jpeg-30" => return (picture.clone(), 30),
        "jpeg-10" => return (picture.clone(), 10),
        "resize-25-jpeg-60" => return (sized(width / 4, height / 4), 60),
        "resize-50" => sized(width / 2, height / 2),
        "aspect-1.3" => sized(width * 13 / 10, height),
        "crop-2" => cut(picture, 20),
        "crop-2.5" => cut(picture, 25),
        "crop-5" => cut(picture, 50),
        "crop-10" => cut(picture, 100),
        "overlay" => {
            let mut out = picture.clone();
            let at = (width / 20, height * 85 / 100);
            write(&mut out, (at.0 + 1, at.1 + 1), (height / 84).max(2), BLACK, "channelexample");
            write(&mut out, at, (height / 84).max(2), WHITE, "channelexample");
            out
        }
        "banner" => {
            let mut out = picture.clone();
            fill(&mut out, (0, 0), (width, height / 7), WHITE);
            write(&mut out, (width / 20, height / 33), (height / 84).max(2), BLACK, "lorem ipsum dolor");
            out
        }
        "brightness-1.4" => changed(picture, |_, value| value * 14 / 10),
        "contrast-0.6" => {
            let sum: i64 = picture.pixels().map(luma).sum();
            let mean = sum / i64::from(width * height);
            changed(picture, |_, value| mean + (value - mean) * 6 / 10)
        }
        "grey" => changed(picture, |pixel, _| luma(pixel)),
        "mirror" => flip_horizontal(picture),
        "rotate-90" => rotate90(picture),
        "rotate-3" => turned(picture),
        "border-5" => padded(picture, (width / 20, height / 20), WHITE),
        "letterbox-12" => padded(picture, (0, height * 12 / 100), BLACK),
        _ => return (page(picture), 80),
    };
    (edited, 90)
}

/// Without so many thousandths at each side.
fn cut(picture: &RgbImage, share: u32) -> RgbImage {
    let (x, y) = (picture.width() * share / 1000, picture.height() * share / 1000);
    crop_imm(picture, x, y, picture.width() - 2 * x, picture.height() - 2 * y).to_image()
}

fn luma(pixel: &Rgb<u8>) -> i64 {
    let [red, green, blue] = pixel.0.map(i64::from);
    (red * 299 + green * 587 + blue * 114) / 1000
}

fn changed(picture: &RgbImage, change: impl Fn(&Rgb<u8>, i64) -> i64) -> RgbImage {
    let mut out = picture.clone();
    for pixel in out.pixels_mut() {
        let before = *pixel;
        pixel.0 = before.0.map(|value| change(&before, i64::from(value)).clamp(0, 255) as u8);
    }
    out
}

/// Turned by three degrees about its middle; what comes from outside is black.
fn turned(picture: &RgbImage) -> RgbImage {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (dx, dy) = (i64::from(x) - width / 2, i64::from(y) - height / 2);
        let (u, v) =
            (dx * COS_3 - dy * SIN_3 + ((width / 2) << 16), dx * SIN_3 + dy * COS_3 + ((height / 2) << 16));
        let (left, top) = (u >> 16, v >> 16);
        if left < 0 || top < 0 || left + 1 >= width || top + 1 >= height {
            return BLACK;
        }
        let (a, b) = (u & 0xFFFF, v & 0xFFFF);
        let at = |x: i64, y: i64| picture.get_pixel(x as u32, y as u32).0.map(i64::from);
        let corners = [at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1)];
        let mix = |n: usize| {
            let upper = corners[0][n] * (65_536 - a) + corners[1][n] * a;
            let lower = corners[2][n] * (65_536 - a) + corners[3][n] * a;
            (((upper >> 16) * (65_536 - b) + (lower >> 16) * b) >> 16) as u8
        };
        Rgb([mix(0), mix(1), mix(2)])
    })
}

fn padded(picture: &RgbImage, (x, y): (u32, u32), with: Rgb<u8>) -> RgbImage {
    let mut out = RgbImage::from_pixel(picture.width() + 2 * x, picture.height() + 2 * y, with);
    replace(&mut out, picture, i64::from(x), i64::from(y));
    out
}

/// The picture in a page of an app.
fn page(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let mut out = RgbImage::from_pixel(width, height * 16 / 10, Rgb([250, 250, 250]));
    fill(&mut out, (0, 0), (width, height / 5), Rgb([36, 41, 47]));
    write(&mut out, (width / 20, height * 6 / 100), (height / 126).max(2), WHITE, "profile name");
    replace(&mut out, picture, 0, i64::from(height / 5));
    for line in 0..4 {
        let at = (width / 20, height * (124 + 8 * line) / 100);
        write(&mut out, at, (height / 126).max(2), BLACK, "lorem ipsum dolor sit amet");
    }
    out
}
