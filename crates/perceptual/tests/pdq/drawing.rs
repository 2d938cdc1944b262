//! The formulas of `bench/pdq_vectors.py`, in whole numbers, so that both draw the same pixels.

/// What a formula knows of a place: column, row, channel, size and the scrambled seed.
#[derive(Clone, Copy)]
struct Place {
    x: u64,
    y: u64,
    c: u64,
    width: u64,
    height: u64,
    s: u64,
}

/// The bytes of a picture, three a pixel.
pub(crate) fn draw(kind: &str, width: u64, height: u64, seed: u64) -> Result<Vec<u8>, String> {
    let formula = match kind {
        "flat" => |p: Place| mix(p.s + p.c),
        "noise" => |p: Place| mix(p.s + (p.y * p.width + p.x) * 3 + p.c),
        "gradient" => gradient,
        "rings" => rings,
        "checks" => |p: Place| {
            let side = 1 + p.s % 60;
            (p.x / side + p.y / side) % 2 * (100 + p.s % 150) + p.c * 2
        },
        "text" => text,
        "clouds" => clouds,
        "boxes" => boxes,
        _ => return Err(format!("unknown drawing {kind}")),
    };
    let s = mix(seed);
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            pixels.extend((0..3).map(|c| (formula(Place { x, y, c, width, height, s }) & 255) as u8));
        }
    }
    Ok(pixels)
}

/// A 32-bit scrambler.
fn mix(value: u64) -> u64 {
    const LOW: u64 = 0xFFFF_FFFF;
    let x = value & LOW;
    let x = ((x ^ (x >> 16)) * 0x7FEB_352D) & LOW;
    let x = ((x ^ (x >> 15)) * 0x846C_A68B) & LOW;
    x ^ (x >> 16)
}

fn gradient(p: Place) -> u64 {
    let (across, down) = (1 + p.s % 3, p.s / 3 % 3);
    let sum = p.x * 255 / p.width * across + p.y * 255 / p.height * down + p.c * (p.s % 40);
    sum / (across + down)
}

fn rings(p: Place) -> u64 {
    let dx = p.x.abs_diff(p.s % p.width);
    let dy = p.y.abs_diff(p.s / 7 % p.height);
    (dx * dx + dy * dy) / (40 + p.s % 3000) + p.c * 30
}

/// Rows of short dark strokes.
fn text(p: Place) -> u64 {
    let (line, cell) = (6 + p.s % 20, 3 + p.s % 7);
    let stroke = mix(p.s + p.y / line * 977 + p.x / cell) & 3 != 0;
    let space = mix(p.s + p.y / line * 31 + p.x / (cell * 6)).is_multiple_of(5);
    if stroke && !space && p.y % line < line / 2 { 20 + p.c * 10 } else { 235 + p.c * 5 }
}

/// Values on a grid, joined by straight lines.
fn clouds(p: Place) -> u64 {
    let cell = 8 + p.s % 120;
    let (fx, fy) = (p.x % cell, p.y % cell);
    let at = |dx, dy| mix(p.s + (p.y / cell + dy) * 7919 + (p.x / cell + dx) * 3 + p.c) & 255;
    let top = at(0, 0) * (cell - fx) + at(1, 0) * fx;
    let low = at(0, 1) * (cell - fx) + at(1, 1) * fx;
    (top * (cell - fy) + low * fy) / (cell * cell)
}

fn boxes(p: Place) -> u64 {
    let covers = |n: &u64| {
        let part = |k| mix(p.s + 100 * n + k);
        let (x0, y0) = (part(0) % p.width, part(1) % p.height);
        let (x1, y1) = (x0 + 1 + part(2) % p.width, y0 + 1 + part(3) % p.height);
        (x0..x1).contains(&p.x) && (y0..y1).contains(&p.y)
    };
    match (0..12).rfind(covers) {
        Some(n) => mix(p.s + 5000 + n * 3 + p.c) & 255,
        None => mix(p.s + p.c) & 255,
    }
}
