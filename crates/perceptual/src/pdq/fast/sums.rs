//! Running sums along one side of the picture: sixteen rows at once, or all columns at once.
//!
//! Output `at` is the sum of the places `at + lead - window .. at + lead`, cut to the side, over their number.

use super::quotient::Divisor;
use super::turn::{LANES, Lanes};

/// The box of one side.
#[derive(Clone, Copy)]
pub(super) struct Side {
    len: usize,
    window: usize,
    lead: usize,
}

impl Side {
    pub(super) fn new(len: usize) -> Self {
        let window = len.div_ceil(128);
        Self { len, window, lead: (window + 2) / 2 }
    }

    /// Steps from the first value entering to the last output.
    pub(super) fn steps(self) -> usize {
        self.len + self.lead - 1
    }

    /// How many values the sum holds after step `at`.
    #[inline(always)]
    fn held(self, at: usize) -> Divisor {
        Divisor::new(((at + 1).min(self.len) - (at + 1).saturating_sub(self.window)) as f32)
    }
}

#[inline(always)]
fn add(sum: &mut Lanes, enters: &Lanes) {
    for n in 0..LANES {
        sum[n] += enters[n];
    }
}

#[inline(always)]
fn take(sum: &mut Lanes, leaves: &Lanes) {
    for n in 0..LANES {
        sum[n] -= leaves[n];
    }
}

#[inline(always)]
fn quotients<const FUSED: bool>(sum: &Lanes, by: Divisor, to: &mut Lanes) {
    for n in 0..LANES {
        to[n] = by.divides::<FUSED>(sum[n]);
    }
}

/// The mean of the box at every place of sixteen rows.
#[inline(always)]
pub(super) fn along_rows<const FUSED: bool>(side: Side, from: &[Lanes], to: &mut [Lanes]) {
    let ahead = side.lead - 1;
    let mut sum = [0.0; LANES];
    for at in 0..side.window {
        add(&mut sum, &from[at]);
        if at >= ahead {
            quotients::<FUSED>(&sum, side.held(at), &mut to[at - ahead]);
        }
    }
    let full = Divisor::new(side.window as f32);
    for ((enters, leaves), to) in from[side.window..].iter().zip(from).zip(&mut to[side.window - ahead..]) {
        add(&mut sum, enters);
        take(&mut sum, leaves);
        quotients::<FUSED>(&sum, full, to);
    }
    for at in side.len..side.steps() {
        take(&mut sum, &from[at - side.window]);
        quotients::<FUSED>(&sum, side.held(at), &mut to[at - ahead]);
    }
}

/// The mean of the box at the places `wanted` alone, which never go back.
#[inline(always)]
pub(super) fn along_rows_at<const FUSED: bool>(
    side: Side,
    from: &[Lanes],
    wanted: &[usize],
    to: &mut [Lanes],
) {
    let mut sum = [0.0; LANES];
    let mut at = 0;
    for (place, to) in wanted.iter().zip(to) {
        let end = place + side.lead;
        while at < end.min(side.window) {
            add(&mut sum, &from[at]);
            at += 1;
        }
        let until = end.min(side.len);
        if at < until {
            for (enters, leaves) in from[at..until].iter().zip(&from[at - side.window..until - side.window]) {
                add(&mut sum, enters);
                take(&mut sum, leaves);
            }
            at = until;
        }
        while at < end {
            take(&mut sum, &from[at - side.window]);
            at += 1;
        }
        quotients::<FUSED>(&sum, side.held(end - 1), to);
    }
}

/// The running sums of all columns, fed row by row.
pub(super) struct Columns {
    side: Side,
    sums: Vec<f32>,
    held: Vec<f32>,
    at: usize,
}

impl Columns {
    pub(super) fn new(side: Side, width: usize) -> Self {
        Self { side, sums: vec![0.0; width], held: vec![0.0; width * side.window], at: 0 }
    }

    /// The output that the next step leads to.
    #[inline(always)]
    pub(super) fn next_output(&self) -> Option<usize> {
        (self.at + 1).checked_sub(self.side.lead)
    }

    /// One row enters (none at the end of the picture), one leaves; the means go to `out`, if it is wanted.
    #[inline(always)]
    pub(super) fn step<const FUSED: bool>(&mut self, row: Option<&[f32]>, out: Option<&mut [f32]>) {
        let width = self.sums.len();
        let slot = &mut self.held[self.at % self.side.window * width..][..width];
        let leaves = self.at >= self.side.window;
        match (row, leaves) {
            (Some(row), true) => {
                for ((sum, enters), held) in self.sums.iter_mut().zip(row).zip(&mut *slot) {
                    *sum += enters;
                    *sum -= *held;
                    *held = *enters;
                }
            }
            (Some(row), false) => {
                for ((sum, enters), held) in self.sums.iter_mut().zip(row).zip(&mut *slot) {
                    *sum += enters;
                    *held = *enters;
                }
            }
            (None, true) => {
                for (sum, held) in self.sums.iter_mut().zip(&*slot) {
                    *sum -= held;
                }
            }
            (None, false) => {}
        }
        if let Some(out) = out {
            let by = self.side.held(self.at);
            for (out, sum) in out.iter_mut().zip(&self.sums) {
                *out = by.divides::<FUSED>(*sum);
            }
        }
        self.at += 1;
    }
}
