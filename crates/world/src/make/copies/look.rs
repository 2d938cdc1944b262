//! What pictures of a world of copies show.

use crate::make::pictures::colour;
use crate::rng::Rng;
use image::imageops::{FilterType, resize};
use image::{Rgb, RgbImage};

/// Letters of the invented script: five columns, seven rows.
const LETTER: (u32, u32) = (5, 7);

/// A thing in a scene: where, how large, its colours.
struct Thing {
    at: (i64, i64),
    size: (i64, i64),
    colours: [Rgb<u8>; 2],
    round: bool,
}

/// A place with things in it: uneven ground, shaded things, grain.
pub(super) fn scene(rng: &mut Rng) -> RgbImage {
    let (width, height) = (360 + 24 * rng.below(6) as u32, 270 + 18 * rng.below(6) as u32);
    let mut picture = ground(rng, (width, height));
    for thing in things(rng, (width, height)) {
        place(rng, &mut picture, &thing);
    }
    grain(rng, &mut picture);
    picture
}

/// The place and the things of a group, at another moment: things have moved and the light is another.
pub(super) fn event(group: &mut Rng, own: &mut Rng) -> RgbImage {
    let (width, height) = (420, 300);
    let mut picture = ground(group, (width, height));
    let light = own.between(-14, 14);
    for pixel in picture.pixels_mut() {
        pixel.0 = pixel.0.map(|value| (i64::from(value) + light).clamp(0, 255) as u8);
    }
    for mut thing in things(group, (width, height)) {
        let (x, y) = (i64::from(width) / 4, i64::from(height) / 4);
        thing.at.0 += own.between(-x, x);
        thing.at.1 += own.between(-y, y);
        place(own, &mut picture, &thing);
    }
    grain(own, &mut picture);
    picture
}

/// Bars and a disc: the form is the group's, the colours are its own.
pub(super) fn flag(group: &mut Rng, own: &mut Rng) -> RgbImage {
    let (width, height) = (420u32, 280u32);
    let (upright, bars, disc) = (group.percent(50), 2 + group.below(3) as u32, group.percent(50));
    let colours: Vec<Rgb<u8>> = (0..4).map(|_| colour(own)).collect();
    let mark = colour(own);
    RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (i64::from(x) - i64::from(width / 2), i64::from(y) - i64::from(height / 2));
        if disc && dx * dx + dy * dy < 70 * 70 {
            return mark;
        }
        let bar = if upright { x * bars / width } else { y * bars / height };
        colours[bar as usize % colours.len()]
    })
}

/// A mark on white: a ring that the group shares, blocks that are its own.
pub(super) fn logo(group: &mut Rng, own: &mut Rng) -> RgbImage {
    let mut picture = RgbImage::from_pixel(300, 300, Rgb([250, 250, 250]));
    let (ring, block) = (colour(group), colour(own));
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (dx, dy) = (i64::from(x) - 150, i64::from(y) - 150);
        if (110 * 110..130 * 130).contains(&(dx * dx + dy * dy)) {
            *pixel = ring;
        }
    }
    for _ in 0..3 {
        let (x, y) = (own.between(80, 170) as u32, own.between(80, 170) as u32);
        fill(&mut picture, (x, y), (20 + own.below(40) as u32, 20 + own.below(40) as u32), block);
    }
    picture
}

/// One colour from edge to edge.
pub(super) fn blank(own: &mut Rng) -> RgbImage {
    RgbImage::from_pixel(320, 240, colour(own))
}

/// A sheet of words: those of the group, but for one line.
pub(super) fn card(group: &mut Rng, own: &mut Rng) -> RgbImage {
    let (paper, ink) = (Rgb([244, 242, 236]), Rgb([28, 30, 40]));
    let mut picture = RgbImage::from_pixel(480, 320, paper);
    fill(&mut picture, (0, 0), (480, 44), colour(group));
    let changed = group.below(7);
    for line in 0..7 {
        let word =
            |rng: &mut Rng| -> String { (0..22).map(|_| char::from(b'a' + rng.below(26) as u8)).collect() };
        let (shared, other) = (word(group), word(own));
        let words = if line == changed { other } else { shared };
        write(&mut picture, (24, 64 + 34 * line as u32), 3, ink, &words);
    }
    picture
}

/// Writes letters of an invented script, so many pixels a dot.
pub(super) fn write(picture: &mut RgbImage, at: (u32, u32), dot: u32, ink: Rgb<u8>, words: &str) {
    for (n, letter) in words.bytes().enumerate() {
        let mut bits = Rng::new(u64::from(letter), "letter").next();
        for column in 0..LETTER.0 {
            for row in 0..LETTER.1 {
                let x = at.0 + (n as u32 * (LETTER.0 + 1) + column) * dot;
                if bits & 1 == 1 && letter != b' ' {
                    fill(picture, (x, at.1 + row * dot), (dot, dot), ink);
                }
                bits >>= 1;
            }
        }
    }
}

/// Fills a rectangle, as far as it lies in the picture.
pub(super) fn fill(picture: &mut RgbImage, at: (u32, u32), size: (u32, u32), ink: Rgb<u8>) {
    for y in at.1..(at.1 + size.1).min(picture.height()) {
        for x in at.0..(at.0 + size.0).min(picture.width()) {
            picture.put_pixel(x, y, ink);
        }
    }
}

/// Uneven colours at three sizes, laid over one another.
fn ground(rng: &mut Rng, (width, height): (u32, u32)) -> RgbImage {
    let mut sum = vec![[0u32; 3]; (width * height) as usize];
    for (columns, rows, weight) in [(5, 4, 10), (16, 12, 4), (48, 36, 2)] {
        let coarse = RgbImage::from_fn(columns, rows, |_, _| colour(rng));
        let fine = resize(&coarse, width, height, FilterType::CatmullRom);
        for (sum, pixel) in sum.iter_mut().zip(fine.pixels()) {
            for (sum, value) in sum.iter_mut().zip(pixel.0) {
                *sum += u32::from(value) * weight;
            }
        }
    }
    let at = |x: u32, y: u32| (y * width + x) as usize;
    RgbImage::from_fn(width, height, |x, y| Rgb(sum[at(x, y)].map(|value| (value / 16) as u8)))
}

fn things(rng: &mut Rng, (width, height): (u32, u32)) -> Vec<Thing> {
    let (width, height) = (i64::from(width), i64::from(height));
    let count = 14 + rng.below(10);
    let thing = |_| Thing {
        at: (rng.between(0, width), rng.between(0, height)),
        size: (rng.between(width / 30, width / 6), rng.between(height / 30, height / 5)),
        colours: [colour(rng), colour(rng)],
        round: rng.percent(50),
    };
    (0..count).map(thing).collect()
}

/// Draws a thing, shaded from top to bottom, with a pattern of its own.
fn place(rng: &mut Rng, picture: &mut RgbImage, thing: &Thing) {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    let ((cx, cy), (rx, ry)) = (thing.at, thing.size);
    let pattern = 4 + rng.below(9) as i64;
    for y in (cy - ry).max(0)..(cy + ry).min(height) {
        for x in (cx - rx).max(0)..(cx + rx).min(width) {
            let (dx, dy) = (x - cx, y - cy);
            if thing.round && dx * dx * ry * ry + dy * dy * rx * rx > rx * rx * ry * ry {
                continue;
            }
            let (from, to) = (thing.colours[0].0, thing.colours[1].0);
            let dark = if (dx / pattern + dy / pattern) % 2 == 0 { 0 } else { 24 };
            let mix = |n: usize| {
                let value = (i64::from(from[n]) * (ry - dy) + i64::from(to[n]) * (ry + dy)) / (2 * ry);
                (value - dark).clamp(0, 255) as u8
            };
            picture.put_pixel(x as u32, y as u32, Rgb([mix(0), mix(1), mix(2)]));
        }
    }
}

fn grain(rng: &mut Rng, picture: &mut RgbImage) {
    for pixel in picture.pixels_mut() {
        let lift = (rng.next() & 7) as u8;
        pixel.0 = pixel.0.map(|value| value.saturating_add(lift));
    }
}
