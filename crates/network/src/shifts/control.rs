//! What a service does to all of its series at once.

use super::{Series, Watched};

/// A service with fewer other series is controlled by all services together, when they have so many.
const OTHERS_MIN: usize = 3;
const ALL_MIN: usize = 5;
/// When the others as one fall at once below this share of their common level, or rise above its inverse, an hour says
/// nothing about people.
const TOGETHER: f64 = 0.5;
/// After so many such hours in a row, they are the common level.
const APART_HOURS_MAX: usize = 24;
/// Their common level is taken over about so many hours: what is small needs the longer look, what is sudden the shorter.
const COMMON_HOURS: [f64; 2] = [48.0, 8.0];

/// A common level of `n` others over eight hours nearer to the usual one than this over the root of `n`, in logarithms, may
/// be chance, and is not used: two and a half deviations of such a median. Over more hours it is surer by their root.
const COMMON_DOUBT: f64 = 0.4;
const DOUBT_HOURS: f64 = 8.0;

/// Hours that can be looked back.
const BACK_HOURS: usize = 24 * 8;
/// What others won is what a series lost when it is this part of it, or at most its inverse.
const TRADED: f64 = 0.5;
/// What others won in so many hours before is not to be of that: at most this part of it, by the hour.
const BEFORE_HOURS: usize = 24;
const BEFORE: f64 = 0.5;
/// And so many deviations from nothing.
const TRADED_MIN: f64 = 3.0;
/// How much less sure the median of `n` others is than their mean: half of the circle's number.
const OF_MEDIAN: f64 = std::f64::consts::FRAC_PI_2;

/// The state of the control.
pub(super) struct Control {
    services: Vec<u32>,
    /// For each series and look: fading sums of its counts and of what was expected.
    sums: Vec<[[f64; 2]; 2]>,
    /// For each series, counts of the last hours and what was expected, as a ring.
    back: Vec<[(f64, f64); BACK_HOURS]>,
    hours: usize,
    /// For each series, hours in a row that said nothing.
    apart_hours: Vec<usize>,
    /// For each series, what the others do: none when this hour says nothing.
    found: Vec<Option<f64>>,
}

impl Control {
    pub(super) fn new(series: &[Series]) -> Self {
        let services = series.iter().map(|one| one.service).collect();
        let count = series.len();
        Self {
            services,
            sums: vec![[[0.0; 2]; 2]; count],
            back: vec![[(0.0, 0.0); BACK_HOURS]; count],
            hours: 0,
            apart_hours: vec![0; count],
            found: vec![Some(1.0); count],
        }
    }

    pub(super) fn of(&self, series: usize) -> Option<f64> {
        self.found[series]
    }

    /// How many deviations a series lost more than its others in the same hours: the last so many. Infinite when there are no
    /// others. `spread` is of its counts beyond Poisson's.
    pub(super) fn lost_alone(&self, series: usize, hours: usize, spread: f64) -> f64 {
        let hours = hours.clamp(1, BACK_HOURS);
        let Some((others, count)) = self.ratios(hours).others(self.services[series], series) else {
            return f64::INFINITY;
        };
        let own = self.since(series, hours);
        let variance = spread / hours as f64 + 1.0 / (own.1 + 1.0);
        (others.ln() - ratio(own).ln()) / (variance * (1.0 + OF_MEDIAN / count as f64)).sqrt()
    }

    /// Whether the other series of the service together won about what a series lost in the last so many hours, or lost what
    /// it won: the service holds as much as before, in another mix.
    pub(super) fn is_traded(&self, series: usize, hours: usize, spread: f64) -> bool {
        let hours = hours.clamp(1, BACK_HOURS - BEFORE_HOURS);
        let service = self.services[series];
        let level = self.ratios(hours).others(service, series).map_or(1.0, |(median, _)| median);
        let change = |at: usize, hours: usize| {
            let (counts, expected) = self.since(at, hours);
            (counts - expected * level, expected * level)
        };
        let others = (0..self.back.len()).filter(|at| *at != series && self.services[*at] == service);
        let (mut won, mut with_before, mut variance) = (0.0, 0.0, 0.0);
        for at in others {
            let (change_now, expected) = change(at, hours);
            won += change_now;
            with_before += change(at, hours + BEFORE_HOURS).0;
            variance += expected + spread * expected * expected / hours as f64;
        }
        let before = (with_before - won) / BEFORE_HOURS as f64;
        if before / won > BEFORE / hours as f64 {
            return false;
        }
        let traded = -won / change(series, hours).0;
        (TRADED..=1.0 / TRADED).contains(&traded) && won.abs() >= TRADED_MIN * variance.sqrt()
    }

    /// Counts of a series in the last so many hours, and what was expected.
    fn since(&self, series: usize, hours: usize) -> (f64, f64) {
        let hour = |back: usize| self.back[series][(self.hours + BACK_HOURS - 1 - back) % BACK_HOURS];
        (0..hours).map(hour).fold((0.0, 0.0), |sum, hour| (sum.0 + hour.0, sum.1 + hour.1))
    }

    /// By how much all series differed from what was expected in the last so many hours.
    fn ratios(&self, hours: usize) -> Ratios {
        let each = (0..self.back.len()).map(|at| (self.services[at], at, self.since(at, hours)));
        let each = each.filter(|(.., (_, expected))| *expected > 0.0);
        Ratios::new(each.map(|(service, at, sums)| (service, at, ratio(sums))).collect())
    }

    /// Looks at this hour of all series.
    pub(super) fn hour(&mut self, watched: &mut [Watched]) {
        let usable = |state: &Watched| state.learnt() && state.count.is_some();
        let ratios = |of: &dyn Fn(usize) -> f64| -> Vec<(u32, usize, f64)> {
            let every = watched.iter().enumerate().filter(|(_, state)| usable(state));
            every.map(|(at, _)| (self.services[at], at, of(at))).collect()
        };
        let now = Ratios::new(ratios(&|at| {
            let state = &watched[at];
            (f64::from(state.count.unwrap_or(0)) + 1.0) / (state.expected + 1.0)
        }));
        let lately = [0, 1].map(|look| {
            Ratios::new(ratios(&|at| {
                let [counts, expected] = self.sums[at][look];
                (counts + 10.0) / (expected + 10.0)
            }))
        });
        for (at, state) in watched.iter().enumerate() {
            let together = now.others(self.services[at], at).map_or(1.0, |(median, _)| median);
            let common = common(&lately, self.services[at], at);
            self.found[at] = (TOGETHER..=1.0 / TOGETHER).contains(&(together / common)).then_some(common);
            self.back[at][self.hours % BACK_HOURS] = state
                .count
                .filter(|_| state.learnt())
                .map_or((0.0, 0.0), |count| (f64::from(count), state.expected));
            self.apart_hours[at] = if self.found[at].is_some() { 0 } else { self.apart_hours[at] + 1 };
            if let Some(count) =
                state.count.filter(|_| self.apart_hours[at] == 0 || self.apart_hours[at] > APART_HOURS_MAX)
            {
                for (sums, hours) in self.sums[at].iter_mut().zip(COMMON_HOURS) {
                    let fade = 1.0 - 1.0 / hours;
                    *sums = [sums[0] * fade + f64::from(count), sums[1] * fade + state.expected];
                }
            }
        }
        self.hours += 1;
    }
}

/// Counts by what was expected; nothing by nothing is 1.
fn ratio((counts, expected): (f64, f64)) -> f64 {
    (counts + 1.0) / (expected + 1.0)
}

/// What the others of a series do lately, as a factor: by the longer look, unless the shorter tells otherwise.
fn common(lately: &[Ratios; 2], service: u32, series: usize) -> f64 {
    let mut level = 0.0;
    for (look, hours) in lately.iter().zip(COMMON_HOURS) {
        if let Some((median, others)) = look.others(service, series) {
            let doubt = COMMON_DOUBT * (DOUBT_HOURS / hours / others as f64).sqrt();
            if (median.ln() - level).abs() > doubt {
                level = median.ln();
            }
        }
    }
    level.exp()
}

/// Values of series, by service and size.
struct Ratios {
    by_service: Vec<(u32, usize, f64)>,
    all: Vec<(usize, f64)>,
}

impl Ratios {
    fn new(mut by_service: Vec<(u32, usize, f64)>) -> Self {
        by_service.sort_by(|x, y| x.0.cmp(&y.0).then(x.2.total_cmp(&y.2)));
        let mut all: Vec<(usize, f64)> = by_service.iter().map(|(_, at, value)| (*at, *value)).collect();
        all.sort_by(|x, y| x.1.total_cmp(&y.1));
        Self { by_service, all }
    }

    /// The median of the others on the service, or of all others, and their number; none when there are too few.
    fn others(&self, service: u32, series: usize) -> Option<(f64, usize)> {
        let from = self.by_service.partition_point(|(other, ..)| *other < service);
        let to = self.by_service.partition_point(|(other, ..)| *other <= service);
        let same = self.by_service[from..to].iter().map(|(_, at, value)| (*at, *value));
        median_without(same, series, OTHERS_MIN)
            .or_else(|| median_without(self.all.iter().copied(), series, ALL_MIN))
    }
}

/// The median of ascending values without those of one series, and how many there are.
fn median_without(
    values: impl Iterator<Item = (usize, f64)>,
    series: usize,
    least: usize,
) -> Option<(f64, usize)> {
    let values: Vec<f64> = values.filter(|(at, _)| *at != series).map(|(_, value)| value).collect();
    let middle = |values: &[f64]| f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2]);
    (values.len() >= least).then(|| (middle(&values), values.len()))
}
