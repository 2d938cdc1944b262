//! The blur of PDQ: box filters over rows and columns, repeated (Jarosz), in place.
//!
//! The order of additions, subtractions and divisions is part of the hash: `f32` sums round, and a window of
//! one pixel is not the identity. Each line keeps a running sum; a value enters before another leaves; near
//! the edges the sum is divided by the number of values it then holds.

/// Repetitions of the pair rows, columns.
const PASSES: usize = 2;

/// Blurs a picture of `width` x `height` luma values in place, for sampling 64 x 64 values from it.
pub(super) fn blur(luma: &mut [f32], width: usize, height: usize) {
    for _ in 0..PASSES {
        box_rows(luma, width, window(width));
        box_columns(luma, width, height, window(height));
    }
}

/// Half of a sixty-fourth of the side, rounded up.
fn window(side: usize) -> usize {
    side.div_ceil(128)
}

/// How far the leading edge of the window is ahead of the value written, plus one.
fn lead(window: usize) -> usize {
    (window + 2) / 2
}

fn box_rows(luma: &mut [f32], width: usize, window: usize) {
    let mut line = vec![0.0; width];
    for row in luma.chunks_exact_mut(width) {
        line.copy_from_slice(row);
        box_line(&line, row, window);
    }
}

#[expect(clippy::cast_precision_loss, reason = "windows are far below 2^24")]
fn box_line(from: &[f32], to: &mut [f32], window: usize) {
    let lead = lead(window);
    let (head, tail) = (window, from.len() - window);
    let mut sum = 0.0;
    for at in 0..head {
        sum += from[at];
        if at + 1 >= lead {
            to[at + 1 - lead] = sum / (at + 1) as f32;
        }
    }
    let full = window as f32;
    for ((enters, leaves), out) in from[head..].iter().zip(from).zip(&mut to[head + 1 - lead..]) {
        sum += enters;
        sum -= leaves;
        *out = sum / full;
    }
    for gone in 0..lead - 1 {
        sum -= from[tail + gone];
        to[from.len() + 1 - lead + gone] = sum / (window - 1 - gone) as f32;
    }
}

/// As [`box_line`] on every column at once, so that memory is read row by row. The last `window` rows are
/// held back, because the picture is overwritten behind the window.
#[expect(clippy::cast_precision_loss, reason = "windows are far below 2^24")]
fn box_columns(luma: &mut [f32], width: usize, height: usize, window: usize) {
    let lead = lead(window);
    let mut sums = vec![0.0f32; width];
    let mut held = vec![0.0f32; width * window];
    for at in 0..height {
        let row = &luma[at * width..][..width];
        let slot = &mut held[at % window * width..][..width];
        if at < window {
            sums.iter_mut().zip(row).for_each(|(sum, enters)| *sum += enters);
        } else {
            for ((sum, enters), leaves) in sums.iter_mut().zip(row).zip(&*slot) {
                *sum += enters;
                *sum -= leaves;
            }
        }
        slot.copy_from_slice(row);
        if at + 1 >= lead {
            let count = window.min(at + 1) as f32;
            let out = &mut luma[(at + 1 - lead) * width..][..width];
            out.iter_mut().zip(&sums).for_each(|(out, sum)| *out = sum / count);
        }
    }
    for gone in 0..lead - 1 {
        let slot = &held[(height - window + gone) % window * width..][..width];
        let count = (window - 1 - gone) as f32;
        let out = &mut luma[(height + 1 - lead + gone) * width..][..width];
        for ((sum, leaves), out) in sums.iter_mut().zip(slot).zip(out) {
            *sum -= leaves;
            *out = *sum / count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The plain statement: the mean of the window around each place, cut at the edges.
    fn mean(from: &[f32], window: usize, at: usize) -> f32 {
        let last = (at + lead(window)).min(from.len());
        let first = (at + lead(window)).saturating_sub(window);
        let held = &from[first..last];
        held.iter().sum::<f32>() / held.len() as f32
    }

    fn ramp(len: usize) -> Vec<f32> {
        (0..len).map(|at| ((at * 37 + at * at * 11) % 256) as f32).collect()
    }

    #[test]
    fn windows_round_up() {
        for (side, expected) in [(5, 1), (128, 1), (129, 2), (1024, 8), (1025, 9)] {
            assert_eq!(window(side), expected, "{side}");
        }
    }

    #[test]
    fn line_is_the_mean_of_its_window() {
        for (len, window) in [(5, 1), (16, 7), (16, 8), (9, 9), (300, 3)] {
            let from = ramp(len);
            let mut to = vec![-1.0; len];
            box_line(&from, &mut to, window);
            for (at, value) in to.iter().enumerate() {
                let expected = mean(&from, window, at);
                assert!((value - expected).abs() < 0.01, "{len} {window} {at}: {value} {expected}");
            }
        }
    }

    #[test]
    fn columns_are_lines_of_the_transposed_to_the_bit() {
        for (width, height, window) in [(5, 5, 1), (7, 40, 4), (33, 21, 5), (3, 9, 9), (1, 300, 3)] {
            let from: Vec<f32> = ramp(width * height).iter().map(|value| value / 7.0).collect();
            let mut columns = from.clone();
            box_columns(&mut columns, width, height, window);
            for x in 0..width {
                let line: Vec<f32> = (0..height).map(|y| from[y * width + x]).collect();
                let mut expected = vec![0.0; height];
                box_line(&line, &mut expected, window);
                for (y, expected) in expected.iter().enumerate() {
                    assert_eq!(columns[y * width + x].to_bits(), expected.to_bits(), "{x} {y}");
                }
            }
        }
    }
}
