//! Parts of a picture that a copy may consist of, or be hidden in.

use crate::Rgb;

/// A line is of one colour when at most this share of it strays.
const STRAY_SHARE: f32 = 0.01;

/// A channel strays by more than this; compression makes less at the edge of a picture.
const STRAY: u8 = 20;

/// A strip under this share of the side is no border.
const LEAST_BORDER: f32 = 0.01;

/// What is left of a side must be at least this share of it.
const LEAST_LEFT: f32 = 0.2;

/// The edge of a picture within a page changes this share of the columns at once.
const EDGE_SHARE: f32 = 0.5;

/// Neighbours that differ by so little are of one area, brightness of 256.
const PLAIN_STEP: u8 = 3;

/// Brightness is counted in classes of this width, and an area is plain when it is of one of the fullest.
const PLAIN_WIDTH: u8 = 4;

/// How many classes are the fullest.
const PLAIN_CLASSES: usize = 8;

/// Larger pictures are made smaller by a whole number, to this many pixels or up to twice as many, before areas are looked
/// for: what is even in a large picture must be even in a small copy of it.
const PLAIN_SIDE_PX: usize = 320;

/// Pictures looked for within a page.
const MAX_INSETS: usize = 2;

/// A rectangle of a picture, in pixels from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First column.
    pub x: usize,
    /// First row.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Region {
    /// All of a picture.
    #[must_use]
    pub fn whole(picture: &Rgb<'_>) -> Self {
        Self { x: 0, y: 0, width: picture.width(), height: picture.height() }
    }

    /// What is left when `share` of width and height is cut off at each side.
    #[must_use]
    pub fn cropped(self, share: f32) -> Self {
        let (dx, dy) = ((self.width as f32 * share) as usize, (self.height as f32 * share) as usize);
        Self {
            x: self.x + dx,
            y: self.y + dy,
            width: self.width.saturating_sub(2 * dx),
            height: self.height.saturating_sub(2 * dy),
        }
    }

    /// The pixels of the rectangle, three bytes each; those outside of the picture are left out.
    #[must_use]
    pub fn pixels(self, picture: &Rgb<'_>) -> Vec<u8> {
        let columns = self.x * 3..(self.x + self.width).min(picture.width()) * 3;
        let rows = picture.pixels().chunks_exact((picture.width() * 3).max(1));
        let mut pixels = Vec::with_capacity(self.width * self.height * 3);
        for row in rows.skip(self.y).take(self.height).filter_map(|row| row.get(columns.clone())) {
            pixels.extend_from_slice(row);
        }
        pixels
    }
}

/// How much of a picture is areas of one brightness each, in percent: nearly all of a flag, a mark or a sheet of words,
/// little of a photograph. Such pictures look like one another without being the same.
#[must_use]
pub fn plain_percent(picture: &Rgb<'_>) -> u8 {
    let step = (picture.width().max(picture.height()) / PLAIN_SIDE_PX).max(1);
    let (width, height) = (picture.width() / step, picture.height() / step);
    let luma = brightness_of_squares(picture, step);
    let mut classes = [0u32; 256 / PLAIN_WIDTH as usize];
    for y in 1..height {
        for x in 1..width {
            let at = y * width + x;
            let near = |other: usize| luma[at].abs_diff(luma[other]) <= PLAIN_STEP;
            classes[usize::from(luma[at] / PLAIN_WIDTH)] += u32::from(near(at - 1) && near(at - width));
        }
    }
    classes.sort_unstable_by(|a, b| b.cmp(a));
    let plain: usize = classes.iter().take(PLAIN_CLASSES).map(|count| *count as usize).sum();
    u8::try_from(plain * 100 / (width * height).max(1)).unwrap_or(100)
}

/// The mean brightness of each square of so many pixels a side, row by row; what is left at the right and below is not
/// looked at.
fn brightness_of_squares(picture: &Rgb<'_>, step: usize) -> Vec<u8> {
    let columns = picture.width() / step;
    let rows = picture.pixels().as_chunks::<3>().0.chunks_exact(picture.width().max(1) * step);
    let mut luma = Vec::with_capacity(columns * (picture.height() / step));
    let mut sums = vec![0; columns];
    for rows in rows {
        sums.fill(0);
        for row in rows.chunks_exact(picture.width()) {
            for (sum, square) in sums.iter_mut().zip(row.chunks_exact(step)) {
                *sum += square.iter().map(brightness).sum::<u32>();
            }
        }
        let area = 1000 * (step * step) as u32;
        luma.extend(sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
    }
    luma
}

/// In thousandths.
fn brightness(pixel: &[u8; 3]) -> u32 {
    let [red, green, blue] = pixel.map(u32::from);
    red * 299 + green * 587 + blue * 114
}

/// The picture without borders and bars of one colour at its sides; `None` when there are none, or hardly anything
/// else.
#[must_use]
pub fn trimmed(picture: &Rgb<'_>) -> Option<Region> {
    trimmed_within(picture, Region::whole(picture))
}

fn trimmed_within(picture: &Rgb<'_>, of: Region) -> Option<Region> {
    let (mut top, mut end) = (of.y, of.y + of.height);
    let row = |y: usize, x: usize, end: usize| Line { picture, from: (x, y), step: (1, 0), len: end - x };
    let first = row(top, of.x, of.x + of.width).mean();
    while top < end && row(top, of.x, of.x + of.width).is_of(first) {
        top += 1;
    }
    if top == end {
        return None;
    }
    let last = row(end - 1, of.x, of.x + of.width).mean();
    while end > top && row(end - 1, of.x, of.x + of.width).is_of(last) {
        end -= 1;
    }
    if top == end {
        return None;
    }
    let column = |x: usize| Line { picture, from: (x, top), step: (0, 1), len: end - top };
    let (mut left, mut right) = (of.x, of.x + of.width);
    let first = column(left).mean();
    while left < right && column(left).is_of(first) {
        left += 1;
    }
    if left == right {
        return None;
    }
    let last = column(right - 1).mean();
    while right > left && column(right - 1).is_of(last) {
        right -= 1;
    }
    let region = Region { x: left, y: top, width: right - left, height: end - top };
    let share = |part: usize, whole: usize| part as f32 / whole as f32;
    let least = share(region.width, of.width).min(share(region.height, of.height));
    (LEAST_LEFT..=1.0 - LEAST_BORDER).contains(&least).then_some(region)
}

/// Pictures within a page: what lies between rows of one colour and begins and ends all at once, the highest first.
#[must_use]
pub fn insets(picture: &Rgb<'_>) -> Vec<Region> {
    let (width, height) = (picture.width(), picture.height());
    let row = |y: usize| Line { picture, from: (0, y), step: (1, 0), len: width };
    let flat: Vec<bool> = (0..height).map(|y| row(y).is_of(row(y).mean())).collect();
    let begins = |y: &usize| flat[y - 1] && !flat[*y] && row(y - 1).differs_from(&row(*y)) >= EDGE_SHARE;
    let ends = |y: &usize| !flat[y - 1] && flat[*y] && row(y - 1).differs_from(&row(*y)) >= EDGE_SHARE;
    let starts: Vec<usize> = (1..height).filter(begins).collect();
    let stops: Vec<usize> = (1..height).filter(ends).collect();
    let mut bands: Vec<(usize, usize)> = starts
        .iter()
        .map(|start| (*start, stops.iter().copied().find(|stop| stop > start).unwrap_or(height)))
        .chain(stops.first().filter(|stop| starts.iter().all(|start| start > *stop)).map(|stop| (0, *stop)))
        .filter(|(start, stop)| (stop - start) as f32 >= height as f32 * LEAST_LEFT && stop - start < height)
        .collect();
    bands.sort_by_key(|(start, stop)| std::cmp::Reverse(stop - start));
    bands.truncate(MAX_INSETS);
    let region = |(start, stop): (usize, usize)| Region { x: 0, y: start, width, height: stop - start };
    bands
        .into_iter()
        .map(region)
        .map(|region| {
            // Bars at the left and right; what is above and below was found already.
            match trimmed_within(picture, region) {
                Some(inner) => Region { x: inner.x, width: inner.width, ..region },
                None => region,
            }
        })
        .collect()
}

/// A row or column.
struct Line<'a> {
    picture: &'a Rgb<'a>,
    from: (usize, usize),
    step: (usize, usize),
    len: usize,
}

impl Line<'_> {
    fn values(&self) -> impl Iterator<Item = [u8; 3]> {
        let (pixels, width) = (self.picture.pixels().as_chunks::<3>().0, self.picture.width());
        let first = self.from.1 * width + self.from.0;
        pixels[first..].iter().step_by(self.step.0 + self.step.1 * width).take(self.len).copied()
    }

    fn mean(&self) -> [u8; 3] {
        let mut sums = [0usize; 3];
        for value in self.values() {
            (0..3).for_each(|n| sums[n] += usize::from(value[n]));
        }
        sums.map(|sum| (sum / self.len.max(1)) as u8)
    }

    /// Whether nearly all of it is near the colour.
    fn is_of(&self, colour: [u8; 3]) -> bool {
        let may_stray = (self.len as f32 * STRAY_SHARE) as usize;
        let strays = |value: &[u8; 3]| value.iter().zip(colour).any(|(a, b)| a.abs_diff(b) > STRAY);
        self.values().filter(strays).nth(may_stray).is_none()
    }

    /// Share of the places where the other line has another colour.
    fn differs_from(&self, other: &Self) -> f32 {
        let differs = |(a, b): &([u8; 3], [u8; 3])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > STRAY / 2);
        self.values().zip(other.values()).filter(differs).count() as f32 / self.len.max(1) as f32
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// A page of one colour with a busy picture at the region.
    fn page(width: usize, height: usize, at: Region) -> Vec<u8> {
        let mut pixels = vec![240; width * height * 3];
        for y in at.y..at.y + at.height {
            for x in at.x..at.x + at.width {
                pixels[(y * width + x) * 3..][..3].fill((x * x * 3 + y * y * 7 + x * y) as u8 % 200);
            }
        }
        pixels
    }

    #[test]
    fn plain_is_what_has_few_brightnesses() {
        let check = |at: Region, expected: std::ops::RangeInclusive<u8>| {
            let pixels = page(200, 160, at);
            let percent = plain_percent(&Rgb::new(200, 160, &pixels).unwrap());
            assert!(expected.contains(&percent), "{at:?}: {percent}");
        };
        let of = |x, y, width, height| Region { x, y, width, height };
        check(of(0, 0, 0, 0), 98..=100);
        check(of(50, 40, 100, 80), 70..=80);
        check(of(0, 0, 200, 160), 0..=10);
    }

    #[test]
    fn what_is_plain_does_not_depend_on_the_size() {
        // Soft hills of brightness, as of a sky: neighbours in the large one differ by less than in the small one.
        let side = 960;
        let hill = |at: usize| ((at as f32 / 23.0).sin() * 60.0) as i32;
        let large: Vec<u8> = (0..side * side)
            .flat_map(|at| [(128 + hill(at % side) + hill(at / side * 2)) as u8; 3])
            .collect();
        let small: Vec<u8> = (0..320 * 320)
            .flat_map(|at| {
                let (x, y) = (at % 320 * 3, at / 320 * 3);
                let square = (0..9).map(|n| u32::from(large[((y + n / 3) * side + x + n % 3) * 3]));
                [(square.sum::<u32>() / 9) as u8; 3]
            })
            .collect();
        let (large, small) = (Rgb::new(960, 960, &large).unwrap(), Rgb::new(320, 320, &small).unwrap());
        assert_eq!(plain_percent(&large), plain_percent(&small));
        assert!(plain_percent(&large) < 50);
    }

    #[test]
    fn borders_are_trimmed() {
        let check = |at: Region, expected: Option<Region>| {
            let pixels = page(200, 160, at);
            assert_eq!(trimmed(&Rgb::new(200, 160, &pixels).unwrap()), expected, "{at:?}");
        };
        let of = |x, y, width, height| Region { x, y, width, height };
        check(of(10, 8, 180, 144), Some(of(10, 8, 180, 144)));
        check(of(0, 20, 200, 120), Some(of(0, 20, 200, 120)));
        check(of(0, 0, 200, 160), None);
        check(of(0, 0, 0, 0), None);
        check(of(90, 70, 20, 20), None);
    }

    #[test]
    fn a_picture_in_a_page_is_found() {
        let at = Region { x: 12, y: 50, width: 176, height: 100 };
        let mut pixels = page(200, 300, at);
        // Words below it: short dark strokes.
        for y in [170, 171, 190, 191] {
            for x in (20..120).step_by(3) {
                pixels[(y * 200 + x) * 3..][..3].fill(10);
            }
        }
        assert_eq!(insets(&Rgb::new(200, 300, &pixels).unwrap()), [at]);
        let plain = page(200, 300, Region { x: 0, y: 0, width: 200, height: 300 });
        assert_eq!(insets(&Rgb::new(200, 300, &plain).unwrap()), []);
    }

    #[test]
    fn regions_cut_pixels() {
        let pixels: Vec<u8> = (0..75).collect();
        let picture = Rgb::new(5, 5, &pixels).unwrap();
        assert_eq!(
            Region { x: 3, y: 1, width: 2, height: 2 }.pixels(&picture),
            [24, 25, 26, 27, 28, 29, 39, 40, 41, 42, 43, 44]
        );
        assert_eq!(Region::whole(&picture).cropped(0.2), Region { x: 1, y: 1, width: 3, height: 3 });
    }
}
