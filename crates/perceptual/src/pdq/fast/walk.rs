//! The four passes of the blur, chained band by band.

use super::super::bits::{SAMPLES, Samples};
use super::super::centre;
use super::luma;
use super::sums::{Columns, Side, along_rows, along_rows_at};
use super::turn::{LANES, Lanes, to_lanes, to_rows};
use crate::Rgb;

/// Rows after the second pass, until sixteen are together for the third.
struct Gathered {
    rows: Vec<f32>,
    count: usize,
}

/// The third and fourth pass: only the 64 sampled columns, and of them the 64 sampled rows.
struct Last {
    across: Side,
    wanted: [usize; SAMPLES],
    height: usize,
    lanes: Vec<Lanes>,
    columns: Columns,
    next: usize,
    samples: Samples,
}

/// The 64 x 64 samples of the blurred picture, which has at least five pixels a side.
#[inline(always)]
pub(super) fn samples<const FUSED: bool>(picture: &Rgb<'_>) -> Samples {
    let (width, height) = (picture.width(), picture.height());
    let (across, down) = (Side::new(width), Side::new(height));
    let stride = width.next_multiple_of(8);
    let mut rows = vec![0.0; LANES * stride];
    let mut lanes = vec![[0.0; LANES]; stride];
    let mut means = lanes.clone();
    let mut columns = Columns::new(down, stride);
    let mut gathered = Gathered { rows: rows.clone(), count: 0 };
    let mut last = Last::new(width, height, stride);

    for band in picture.pixels().chunks(width * 3 * LANES) {
        let count = band.len() / (width * 3);
        for (row, to) in band.chunks_exact(width * 3).zip(rows.chunks_exact_mut(stride)) {
            luma::of_row::<FUSED>(row, &mut to[..width]);
        }
        to_lanes::<FUSED>(&rows, stride, &mut lanes);
        along_rows::<FUSED>(across, &lanes[..width], &mut means[..width]);
        to_rows::<FUSED>(&means, stride, &mut rows);
        for row in rows.chunks_exact(stride).take(count) {
            gathered.step::<FUSED>(&mut columns, Some(row), &mut last);
        }
    }
    for _ in height..down.steps() {
        gathered.step::<FUSED>(&mut columns, None, &mut last);
    }
    last.band::<FUSED>(&gathered.rows, gathered.count);
    last.end::<FUSED>()
}

impl Gathered {
    /// One step down the columns; a full band goes on to the last passes.
    #[inline(always)]
    fn step<const FUSED: bool>(&mut self, columns: &mut Columns, row: Option<&[f32]>, last: &mut Last) {
        if columns.next_output().is_none() {
            return columns.step::<FUSED>(row, None);
        }
        let stride = self.rows.len() / LANES;
        columns.step::<FUSED>(row, Some(&mut self.rows[self.count * stride..][..stride]));
        self.count += 1;
        if self.count == LANES {
            last.band::<FUSED>(&self.rows, LANES);
            self.count = 0;
        }
    }
}

impl Last {
    fn new(width: usize, height: usize, stride: usize) -> Self {
        Self {
            across: Side::new(width),
            wanted: std::array::from_fn(|cell| centre(cell, width)),
            height,
            lanes: vec![[0.0; LANES]; stride],
            columns: Columns::new(Side::new(height), SAMPLES),
            next: 0,
            samples: [[0.0; SAMPLES]; SAMPLES],
        }
    }

    /// Takes `count` rows.
    #[inline(always)]
    fn band<const FUSED: bool>(&mut self, rows: &[f32], count: usize) {
        if count == 0 {
            return;
        }
        to_lanes::<FUSED>(rows, rows.len() / LANES, &mut self.lanes);
        let mut taken = [[0.0; LANES]; SAMPLES];
        along_rows_at::<FUSED>(self.across, &self.lanes, &self.wanted, &mut taken);
        for lane in 0..count {
            let mut row = [0.0; SAMPLES];
            for (value, lanes) in row.iter_mut().zip(&taken) {
                *value = lanes[lane];
            }
            self.step::<FUSED>(Some(&row));
        }
    }

    /// One step down the sampled columns; keeps the row where it is the centre of cells.
    #[inline(always)]
    fn step<const FUSED: bool>(&mut self, row: Option<&[f32]>) {
        let output = self.columns.next_output();
        let wanted = |next: usize| next < SAMPLES && output == Some(centre(next, self.height));
        if !wanted(self.next) {
            return self.columns.step::<FUSED>(row, None);
        }
        let first = self.next;
        self.columns.step::<FUSED>(row, Some(&mut self.samples[first]));
        self.next += 1;
        // Under 64 rows, several cells have the same centre.
        while wanted(self.next) {
            self.samples[self.next] = self.samples[first];
            self.next += 1;
        }
    }

    #[inline(always)]
    fn end<const FUSED: bool>(mut self) -> Samples {
        while self.next < SAMPLES {
            self.step::<FUSED>(None);
        }
        self.samples
    }
}
