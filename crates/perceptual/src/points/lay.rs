//! Ways to lay one picture over another.

/// (x, y) becomes (a x + b y + c, d x + e y + f).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lay {
    /// a, b, c.
    pub x: [f32; 3],
    /// d, e, f.
    pub y: [f32; 3],
}

/// A place.
pub(super) type Spot = (f32, f32);

/// The largest turn, as the sine of it: the comparisons around a point do not turn.
const MAX_TURN: f32 = 0.3;

/// The most that one direction is drawn out against the other.
const MAX_STRETCH: f32 = 2.0;

/// The most that a picture is enlarged or shrunk.
const MAX_SCALE: f32 = 5.0;

impl Lay {
    pub(super) fn at(&self, (x, y): Spot) -> Spot {
        (self.x[0] * x + self.x[1] * y + self.x[2], self.y[0] * x + self.y[1] * y + self.y[2])
    }

    /// Width and height drawn by own factors, from two pairs.
    pub(super) fn straight(from: [Spot; 2], to: [Spot; 2]) -> Option<Self> {
        let line = |a: f32, b: f32, c: f32, d: f32| {
            let factor = (d - c) / (b - a);
            ((b - a).abs() > 12.0).then_some([factor, c - factor * a])
        };
        let [a, c] = line(from[0].0, from[1].0, to[0].0, to[1].0)?;
        let [e, f] = line(from[0].1, from[1].1, to[0].1, to[1].1)?;
        Self { x: [a, 0.0, c], y: [0.0, e, f] }.sane()
    }

    /// Scaled and turned, from two pairs.
    pub(super) fn turned(from: [Spot; 2], to: [Spot; 2]) -> Option<Self> {
        let (u, v) = (from[1].0 - from[0].0, from[1].1 - from[0].1);
        let (p, q) = (to[1].0 - to[0].0, to[1].1 - to[0].1);
        let square = u * u + v * v;
        let (a, b) = ((u * p + v * q) / square, (v * p - u * q) / square);
        let c = to[0].0 - a * from[0].0 - b * from[0].1;
        let f = to[0].1 + b * from[0].0 - a * from[0].1;
        if square < 400.0 { None } else { Self { x: [a, b, c], y: [-b, a, f] }.sane() }
    }

    /// What fits all pairs best, each coordinate by least squares.
    pub(super) fn fitted(pairs: &[(Spot, Spot)]) -> Option<Self> {
        let mut sums = [[0.0f64; 3]; 3];
        let (mut right_x, mut right_y) = ([0.0f64; 3], [0.0f64; 3]);
        for ((x, y), (u, v)) in pairs {
            let row = [f64::from(*x), f64::from(*y), 1.0];
            for i in 0..3 {
                (0..3).for_each(|j| sums[i][j] += row[i] * row[j]);
                right_x[i] += row[i] * f64::from(*u);
                right_y[i] += row[i] * f64::from(*v);
            }
        }
        Self { x: solved(&sums, right_x)?, y: solved(&sums, right_y)? }.sane()
    }

    /// Only what a copy can be: not mirrored, not turned far, not drawn out much.
    fn sane(self) -> Option<Self> {
        let (a, b, d, e) = (self.x[0], self.x[1], self.y[0], self.y[1]);
        let (across, down) = (a.hypot(d), b.hypot(e));
        let within = |value: f32, most: f32| value < most && value > 1.0 / most;
        let sane = a > 0.0
            && e > 0.0
            && within(across / down, MAX_STRETCH)
            && within(across, MAX_SCALE)
            && (d / across).abs() < MAX_TURN
            && (b / down).abs() < MAX_TURN
            && ((a * b + d * e) / (across * down)).abs() < 0.15;
        sane.then_some(self)
    }

    /// The mean factor of its scale.
    pub(super) fn scale(&self) -> f32 {
        (self.x[0] * self.y[1] - self.x[1] * self.y[0]).abs().sqrt()
    }
}

/// Three equations by Cramer's rule.
fn solved(m: &[[f64; 3]; 3], right: [f64; 3]) -> Option<[f32; 3]> {
    let det = |m: &[[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = det(m);
    let part = |column: usize| {
        let mut other = *m;
        (0..3).for_each(|row| other[row][column] = right[row]);
        (det(&other) / whole) as f32
    };
    (whole.abs() > 1e-3).then(|| [part(0), part(1), part(2)])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn ways_are_found_again() {
        let spots = [(-100.0, -80.0), (90.0, 60.0), (40.0, -70.0), (-30.0, 75.0)];
        let near = |lay: Lay, expected: Lay| {
            for spot in spots {
                let ((a, b), (c, d)) = (lay.at(spot), expected.at(spot));
                assert!((a - c).hypot(b - d) < 0.01, "{lay:?} {expected:?}");
            }
        };
        let straight = Lay { x: [1.3, 0.0, 5.0], y: [0.0, 0.9, -12.0] };
        let turned = Lay { x: [1.1, 0.1, -4.0], y: [-0.1, 1.1, 7.0] };
        let two = |lay: Lay| ([spots[0], spots[1]], [lay.at(spots[0]), lay.at(spots[1])]);
        let (from, to) = two(straight);
        near(Lay::straight(from, to).unwrap(), straight);
        let (from, to) = two(turned);
        near(Lay::turned(from, to).unwrap(), turned);
        for lay in [straight, turned] {
            near(Lay::fitted(&spots.map(|spot| (spot, lay.at(spot)))).unwrap(), lay);
        }
    }

    #[test]
    fn what_no_copy_is_is_refused() {
        let mirrored = Lay { x: [-1.0, 0.0, 0.0], y: [0.0, 1.0, 0.0] };
        let thin = Lay { x: [1.0, 0.0, 0.0], y: [0.0, 0.3, 0.0] };
        let steep = Lay { x: [0.7, 0.7, 0.0], y: [-0.7, 0.7, 0.0] };
        for lay in [mirrored, thin, steep] {
            assert_eq!(lay.sane(), None);
        }
    }
}
