//! A small grey picture to look for borders and points in.

use crate::Rgb;

/// Rows of brightness, 0 to 255, top row first.
#[derive(Clone, Debug)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

/// One place of the small side: the first pixel, and the weight of each from there on.
type Weights = Vec<(usize, Vec<f32>)>;

impl Grey {
    /// The picture with its longest side brought to `longest` pixels: the mean of what falls on a pixel when it gets
    /// smaller, straight lines between pixels when it gets larger. The picture has at least one pixel.
    pub(crate) fn of(picture: &Rgb<'_>, longest: usize) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let scale = longest as f32 / width.max(height) as f32;
        let side = |side: usize| ((side as f32 * scale).round() as usize).max(1);
        let (across, down) = (weights(width, side(width)), weights(height, side(height)));
        let mut values = Vec::with_capacity(across.len() * down.len());
        let rows: Vec<&[u8]> = picture.pixels().chunks_exact(width * 3).collect();
        let mut sums = vec![0.0; width];
        for (first, factors) in &down {
            sums.fill(0.0);
            for (row, factor) in rows[*first..].iter().zip(factors) {
                for (sum, rgb) in sums.iter_mut().zip(row.as_chunks::<3>().0) {
                    let [red, green, blue] = rgb.map(f32::from);
                    *sum += factor * (0.299 * red + 0.587 * green + 0.114 * blue);
                }
            }
            values.extend(across.iter().map(|(first, factors)| dot(&sums[*first..], factors)));
        }
        Self { width: across.len(), height: down.len(), values }
    }

    /// The picture at another size.
    pub(crate) fn resized(&self, width: usize, height: usize) -> Self {
        let (across, down) = (weights(self.width, width), weights(self.height, height));
        let mut values = Vec::with_capacity(width * height);
        let mut sums = vec![0.0; self.width];
        for (first, factors) in &down {
            sums.fill(0.0);
            for (row, factor) in self.values[first * self.width..].chunks_exact(self.width).zip(factors) {
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += factor * value);
            }
            values.extend(across.iter().map(|(first, factors)| dot(&sums[*first..], factors)));
        }
        Self { width, height, values }
    }

    pub(crate) fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..][..self.width]
    }

    /// The picture after `passes` of a box of 2 `radius` + 1 pixels a side; edges are repeated.
    pub(crate) fn blurred(&self, radius: usize, passes: usize) -> Self {
        let mut now = self.clone();
        let mut turned = now.clone();
        for _ in 0..passes {
            box_rows(&now.values, now.width, now.height, radius, &mut turned.values);
            box_rows(&turned.values, now.height, now.width, radius, &mut now.values);
        }
        now
    }
}

fn dot(values: &[f32], factors: &[f32]) -> f32 {
    values.iter().zip(factors).map(|(value, factor)| value * factor).sum()
}

/// The mean along each row, written as columns: `to` is the picture turned at its diagonal.
fn box_rows(from: &[f32], width: usize, height: usize, radius: usize, to: &mut [f32]) {
    let count = (2 * radius + 1) as f32;
    for (y, row) in from.chunks_exact(width).enumerate() {
        let at = |x: usize| row[x.saturating_sub(radius).min(width - 1)];
        let mut sum: f32 = (0..2 * radius).map(at).sum();
        for x in 0..width {
            sum += at(x + 2 * radius);
            to[x * height + y] = sum / count;
            sum -= at(x);
        }
    }
}

fn weights(from: usize, to: usize) -> Weights {
    let scale = from as f32 / to as f32;
    let reach = scale.max(1.0);
    (0..to)
        .map(|place| {
            let centre = (place as f32 + 0.5) * scale - 0.5;
            let first = ((centre - reach).ceil().max(0.0) as usize).min(from - 1);
            let last = ((centre + reach).floor().max(0.0) as usize).min(from - 1);
            let mut factors: Vec<f32> =
                (first..=last).map(|x| (1.0 - (x as f32 - centre).abs() / reach).max(0.001)).collect();
            let sum: f32 = factors.iter().sum();
            factors.iter_mut().for_each(|factor| *factor /= sum);
            (first, factors)
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn size_changes_and_brightness_stays() {
        for (width, height, longest, expected) in [
            (400, 200, 100, (100, 50)),
            (50, 100, 200, (100, 200)),
            (1000, 1, 10, (10, 1)),
            (1, 1, 8, (8, 8)),
        ] {
            let pixels = vec![100; width as usize * height as usize * 3];
            let grey = Grey::of(&Rgb::new(width, height, &pixels).unwrap(), longest);
            assert_eq!((grey.width, grey.height), expected);
            let smaller = grey.blurred(2, 2).resized(expected.0.div_ceil(2), expected.1);
            let even = |grey: &Grey| grey.values.iter().all(|value| (value - 100.0).abs() < 0.1);
            assert!(even(&grey) && even(&smaller));
        }
    }

    #[test]
    fn a_place_stays_where_it_is() {
        let mut pixels = vec![0; 90 * 60 * 3];
        pixels[(20 * 90 + 60) * 3..][..3].fill(255);
        let grey = Grey::of(&Rgb::new(90, 60, &pixels).unwrap(), 90).blurred(2, 2);
        let brightest = grey.values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        assert_eq!((brightest % 90, brightest / 90), (60, 20));
    }
}
