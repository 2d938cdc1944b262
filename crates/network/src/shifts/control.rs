//! What a service does to all of its series at once.

use super::{Series, Watched};

/// A service with fewer other series is controlled by all services together.
const OTHERS_MIN: usize = 5;
/// When the others as one fall below this share, or rise above its inverse, an hour says nothing about people.
const TOGETHER: f64 = 0.5;
/// Their common level is taken over about so many hours.
const COMMON_HOURS: f64 = 8.0;

/// A common level of `n` others nearer to the usual one than this over the root of `n`, in logarithms, may be chance,
/// and is not used: two and a half deviations of such a median.
const COMMON_DOUBT: f64 = 0.4;

/// The state of the control.
pub(super) struct Control {
    services: Vec<u32>,
    /// For each series: fading sums of its counts and of what was expected.
    sums: Vec<[f64; 2]>,
    /// For each series, what the others do: none when this hour says nothing.
    found: Vec<Option<f64>>,
}

impl Control {
    pub(super) fn new(series: &[Series]) -> Self {
        let services = series.iter().map(|one| one.service).collect();
        Self { services, sums: vec![[0.0; 2]; series.len()], found: vec![Some(1.0); series.len()] }
    }

    pub(super) fn of(&self, series: usize) -> Option<f64> {
        self.found[series]
    }

    /// Looks at this hour of all series.
    pub(super) fn hour(&mut self, watched: &mut [Watched]) {
        let usable = |state: &Watched| state.learnt() && state.count.is_some() && state.open.is_none();
        let ratios = |of: &dyn Fn(usize) -> f64| -> Vec<(u32, usize, f64)> {
            let every = watched.iter().enumerate().filter(|(_, state)| usable(state));
            every.map(|(at, _)| (self.services[at], at, of(at))).collect()
        };
        let now = Ratios::new(ratios(&|at| {
            let state = &watched[at];
            (f64::from(state.count.unwrap_or(0)) + 1.0) / (state.expected + 1.0)
        }));
        let lately = Ratios::new(ratios(&|at| (self.sums[at][0] + 10.0) / (self.sums[at][1] + 10.0)));
        let sure = |(common, others): (f64, usize)| {
            let doubt = COMMON_DOUBT / (others as f64).sqrt();
            if common.ln().abs() < doubt { 1.0 } else { common }
        };
        for (at, state) in watched.iter().enumerate() {
            let together = now.others(self.services[at], at).map_or(1.0, |(median, _)| median);
            let common = lately.others(self.services[at], at).map_or(1.0, sure);
            self.found[at] = (TOGETHER..=1.0 / TOGETHER).contains(&together).then_some(common);
            if let (Some(count), Some(_)) = (state.count, self.found[at]) {
                let fade = 1.0 - 1.0 / COMMON_HOURS;
                let [counts, expected] = self.sums[at];
                self.sums[at] = [counts * fade + f64::from(count), expected * fade + state.expected];
            }
        }
    }
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
        median_without(same, series).or_else(|| median_without(self.all.iter().copied(), series))
    }
}

/// The median of ascending values without those of one series, and how many there are.
fn median_without(values: impl Iterator<Item = (usize, f64)>, series: usize) -> Option<(f64, usize)> {
    let values: Vec<f64> = values.filter(|(at, _)| *at != series).map(|(_, value)| value).collect();
    let middle = |values: &[f64]| f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2]);
    (values.len() >= OTHERS_MIN).then(|| (middle(&values), values.len()))
}
