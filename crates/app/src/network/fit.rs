//! Does the model fit the world? Contents of late are compared with what it says of them, and where it does not fit, what
//! it leaves out is let vary: how easily accounts take up, links that no source saw, providers that do not act, accounts
//! that come back.

use network::Graph;
use network::random::Random;
use rayon::prelude::*;
use serde::Serialize;

/// Contents that are compared, the newest.
pub const COURSES_MAX: usize = 200;
/// Contents without which nothing is said.
pub const COURSES_MIN: usize = 20;
/// Final answers without which nothing is said of whether providers act.
pub const ANSWERS_MIN: usize = 20;
/// Per cent of answers after which what was referred is gone, so that the model may take it that all of it goes.
const ACTED_PERCENT: usize = 95;
/// Simulated courses of each content.
const DRAWS: u64 = 199;
/// Part of the simulated courses between whose ends a content should lie.
const INSIDE: f64 = 0.9;
/// Chance that a model which fits is said not to fit.
const WRONG_ALARM: f64 = 0.05;
/// Models that are drawn where it does not fit.
const MODELS: u64 = 200;
/// Part below and above a 90 % interval.
const TAIL: f64 = 0.05;
/// Apart from other draws of the same seed.
const APART: u64 = 1 << 48;

/// How well recent contents agree with the model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Fit {
    /// Contents compared.
    pub contents: usize,
    /// Those that lie between the ends of nine in ten simulated courses.
    pub inside: usize,
    /// How many must, so that the model fits.
    pub needed: usize,
    /// Final answers of providers.
    pub answers: usize,
    /// Those after which what was referred is gone.
    pub acted: usize,
}

impl Fit {
    /// Whether the model fits: contents run as it says, and whoever is referred goes. Nothing is said with too few contents
    /// or answers.
    #[must_use]
    pub fn fits(&self) -> Option<bool> {
        let runs = (self.contents >= COURSES_MIN).then_some(self.inside >= self.needed);
        let goes = (self.answers >= ANSWERS_MIN).then_some(self.acted * 100 >= self.answers * ACTED_PERCENT);
        match (runs, goes) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}

/// What varies from model to model.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Model {
    /// Spread of how easily accounts take up, as a standard deviation of its logarithm.
    uneven: f64,
    /// Links that no source saw, for each that one did.
    unseen: f64,
    /// Part of the referred accounts that go.
    acted: f64,
    /// Part of those that come back, each to half of its audience.
    back: f64,
    /// How often a link carries, for once in the planner's model.
    carries: f64,
}

/// The planner's own: links as seen, all accounts alike, all referred accounts gone for good.
const PLAIN: Model = Model { uneven: 0.0, unseen: 0.0, acted: 1.0, back: 0.0, carries: 1.0 };

/// Chances of unevenness, unseen links, inaction and return, up to which they vary.
const WIDEST: Model = Model { uneven: 1.5, unseen: 0.4, acted: 0.5, back: 0.6, carries: 1.0 };

/// Compares contents, each by the account where it began and how many it reached, with the model.
#[must_use]
pub fn check(graph: &Graph, courses: &[(u32, usize)], seed: u64) -> Fit {
    let courses = &courses[courses.len().saturating_sub(COURSES_MAX)..];
    let inside = courses
        .par_iter()
        .enumerate()
        .filter(|(at, (began, reached))| {
            let stream = *at as u64;
            let mut below = 0_u64;
            let mut ties = 0_u64;
            let mut spread = Spread::new(graph);
            for draw in 0..DRAWS {
                let mut random = Random::new(seed, APART + stream * DRAWS + draw);
                let drawn = spread.from(*began, &[], PLAIN, &mut random);
                below += u64::from(drawn < *reached);
                ties += u64::from(drawn == *reached);
            }
            // Among equal courses its place is drawn, so that a model which fits is met in nine of ten.
            let mut random = Random::new(seed, APART - 1 - stream);
            let place = (below as f64 + random.unit() * (ties + 1) as f64) / (DRAWS + 1) as f64;
            (TAIL..=1.0 - TAIL).contains(&place)
        })
        .count();
    Fit { contents: courses.len(), inside, needed: needed(courses.len()), ..Fit::default() }
}

/// The least number of `count` that lie inside with a chance of 19 in 20 when each does so with 9 in 10.
fn needed(count: usize) -> usize {
    let (n, mut below) = (count as f64, 0.0);
    let mut chance = (1.0 - INSIDE).powf(n);
    for k in 0..=count {
        below += chance;
        if below > WRONG_ALARM {
            return k;
        }
        let k = k as f64;
        chance *= (n - k) / (k + 1.0) * INSIDE / (1.0 - INSIDE);
    }
    count
}

/// Share of reach that a plan ends, in the mean of so many contents: the middle 90 % over the model alone, and over the
/// models that are possible where it does not fit. At most 1; below 0 where by chance more is reached afterwards, as it
/// may be in what is measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Shares {
    /// By the model.
    pub plain: (f64, f64),
    /// By the models around it.
    pub wide: (f64, f64),
}

/// The share that ends when these accounts are referred, over `contents` contents before and as many after, each of which
/// begins at one of the sources. Without a source nothing ends.
#[must_use]
pub fn shares(graph: &Graph, sources: &[u32], gone: &[u32], contents: usize, seed: u64) -> Shares {
    if sources.is_empty() {
        return Shares::default();
    }
    let of = |wide: bool| {
        let mut all: Vec<f64> = (0..MODELS)
            .into_par_iter()
            .map(|stream| {
                let mut random = Random::new(seed, APART * 2 + stream);
                let mut part = |most: f64| if wide { most * random.unit() } else { 0.0 };
                let model = Model {
                    uneven: part(WIDEST.uneven),
                    unseen: part(WIDEST.unseen),
                    acted: 1.0 - part(1.0 - WIDEST.acted),
                    back: part(WIDEST.back),
                    carries: 1.0,
                };
                share(graph, (sources, gone), (model, contents), &mut random)
            })
            .collect();
        all.sort_by(f64::total_cmp);
        let at = |part: f64| all[((all.len() - 1) as f64 * part).round() as usize];
        (at(TAIL), at(1.0 - TAIL))
    };
    let (plain, wide) = (of(false), of(true));
    Shares { plain, wide: (wide.0.min(plain.0), wide.1.max(plain.1)) }
}

/// The share of one model, with the same number of contents on both sides.
fn share(
    graph: &Graph,
    (sources, gone): (&[u32], &[u32]),
    (model, contents): (Model, usize),
    random: &mut Random,
) -> f64 {
    let acted: Vec<(u32, bool)> = gone
        .iter()
        .filter_map(|place| {
            let acted = random.unit() < model.acted;
            if acted { Some((*place, random.unit() < model.back)) } else { None }
        })
        .collect();
    let mut spread = Spread::new(graph);
    let mut sum = [0_usize; 2];
    for _ in 0..contents.max(1) {
        for (side, gone) in [&[][..], &acted].into_iter().enumerate() {
            let began = sources[random.below(sources.len() as u32) as usize];
            sum[side] += spread.from(began, gone, model, random);
        }
    }
    if sum[0] == 0 { 0.0 } else { 1.0 - sum[1] as f64 / sum[0] as f64 }
}

/// What becomes of the reach where every link carries more or less often.
#[derive(Debug, Clone)]
pub struct Lift(Vec<(f64, f64)>);

/// How often a link carries, for once: what is simulated, and the line between.
const CARRIES: [f64; 9] = [0.0, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5];
/// Simulated courses for each.
const LIFT_DRAWS: u64 = 2_000;

/// The lift of contents that begin at these accounts, by the model.
#[must_use]
pub fn lift(graph: &Graph, began: &[u32], seed: u64) -> Lift {
    let reach = |carries: f64| -> f64 {
        let each = |spread: &mut Spread<'_>, draw: u64| {
            let mut random = Random::new(seed, APART * 3 + draw);
            let from = began[draw as usize % began.len()];
            spread.from(from, &[], Model { carries, ..PLAIN }, &mut random) as u64
        };
        (0..LIFT_DRAWS).into_par_iter().map_init(|| Spread::new(graph), each).sum::<u64>() as f64
    };
    let usual = if began.is_empty() { 0.0 } else { reach(1.0) };
    if usual == 0.0 {
        return Lift(vec![(1.0, 1.0)]);
    }
    Lift(CARRIES.into_iter().map(|carries| (carries, reach(carries) / usual)).collect())
}

impl Lift {
    /// For once of the reach, what it is where a link carries so often, for once; no more than at the most that was simulated.
    #[must_use]
    pub fn at(&self, carries: f64) -> f64 {
        let after = self.0.partition_point(|(at, _)| *at < carries);
        match (after.checked_sub(1).and_then(|at| self.0.get(at)), self.0.get(after)) {
            (Some(low), Some(high)) => low.1 + (high.1 - low.1) * (carries - low.0) / (high.0 - low.0),
            (one, other) => one.or(other).map_or(1.0, |end| end.1),
        }
    }
}

/// Room for courses over one graph.
struct Spread<'a> {
    graph: &'a Graph,
    /// In which course an account was reached, or barred, last.
    seen: Vec<u32>,
    barred: Vec<u32>,
    half: Vec<u32>,
    course: u32,
    next: Vec<u32>,
}

impl<'a> Spread<'a> {
    fn new(graph: &'a Graph) -> Self {
        let none = vec![0; graph.len()];
        Self { graph, seen: none.clone(), barred: none.clone(), half: none, course: 0, next: Vec::new() }
    }

    /// How many accounts a content reaches, where it begins among them. Some are gone, some of these back by half.
    fn from(&mut self, began: u32, gone: &[(u32, bool)], model: Model, random: &mut Random) -> usize {
        self.course += 1;
        let course = self.course;
        for (place, back) in gone {
            if *back { self.half[*place as usize] = course } else { self.barred[*place as usize] = course }
        }
        self.next.clear();
        self.reach(began);
        let mut at = 0;
        while let Some(from) = self.next.get(at).copied() {
            at += 1;
            let halved = self.half[from as usize] == course;
            let graph = self.graph;
            for to in graph.out().of(from) {
                if self.takes(*to, model, random) && !(halved && random.unit() < 0.5) {
                    self.reach(*to);
                }
            }
            let unseen = model.unseen * f64::from(graph.out().degree(from));
            let links = unseen as u32 + u32::from(random.unit() < unseen.fract());
            for _ in 0..links {
                let to = random.below(graph.len() as u32);
                if self.takes(to, model, random) {
                    self.reach(to);
                }
            }
        }
        self.next.len()
    }

    fn reach(&mut self, place: u32) {
        let at = place as usize;
        if self.seen[at] != self.course && self.barred[at] != self.course {
            self.seen[at] = self.course;
            self.next.push(place);
        }
    }

    /// Whether an account takes up what one link carries: one chance in the number of its links, more or less.
    fn takes(&self, to: u32, model: Model, random: &mut Random) -> bool {
        let degree = f64::from(self.graph.back().degree(to).max(1));
        let chance = random.unit() * degree;
        if model.uneven == 0.0 {
            return chance < model.carries;
        }
        // How easily an account takes up is its own, the same in every course.
        let mut own = Random::new(u64::from(to), model.uneven.to_bits());
        let normal = (-2.0 * (1.0 - own.unit()).ln()).sqrt() * (std::f64::consts::TAU * own.unit()).cos();
        chance < model.carries * (model.uneven * normal - model.uneven.powi(2) / 2.0).exp()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use network::Accounts;

    fn graph(count: u32, edges: Vec<(u32, u32)>) -> Graph {
        let mut accounts = Accounts::new();
        (0..count).for_each(|place| assert_eq!(accounts.place(&place.to_string()).unwrap(), place));
        Graph::of_edges(accounts, edges, Vec::new()).unwrap()
    }

    /// Two thousand accounts with six links each.
    fn net() -> Graph {
        let mut random = Random::new(7, 0);
        let edges =
            (0..2_000_u32).flat_map(|from| (0..6).map(move |_| from)).map(|from| (from, random.below(2_000)));
        graph(2_000, edges.filter(|(from, to)| from != to).collect())
    }

    /// Contents as a model spreads them.
    fn courses(graph: &Graph, model: Model, count: u64) -> Vec<(u32, usize)> {
        let mut spread = Spread::new(graph);
        (0..count)
            .map(|stream| {
                let mut random = Random::new(99, stream);
                let began = random.below(graph.len() as u32);
                (began, spread.from(began, &[], model, &mut random))
            })
            .collect()
    }

    #[test]
    fn what_spreads_by_the_model_fits_and_what_spreads_otherwise_does_not() {
        let graph = net();
        let fit = check(&graph, &courses(&graph, PLAIN, 150), 1);
        assert_eq!(fit.fits(), None, "nobody answered yet: {fit:?}");
        assert_eq!(Fit { answers: 40, acted: 39, ..fit }.fits(), Some(true), "{fit:?}");
        assert_eq!(Fit { answers: 40, acted: 30, ..fit }.fits(), Some(false), "{fit:?}");
        let twice = Model { unseen: 1.0, ..PLAIN };
        let fit = check(&graph, &courses(&graph, twice, 150), 1);
        assert_eq!(fit.fits(), Some(false), "{fit:?}");
        assert_eq!(check(&graph, &courses(&graph, PLAIN, 19), 1).fits(), None);
    }

    #[test]
    fn a_model_that_fits_is_said_not_to_in_one_of_twenty() {
        // Binomial of 100 with 0.9: 85 or more in 96 of 100.
        assert_eq!((needed(100), needed(20), needed(0)), (85, 16, 0));
    }

    #[test]
    fn one_who_stands_between_ends_all_behind_and_a_band_holds_what_the_model_leaves_out() {
        // 0 reaches 1, and 1 reaches a hundred that nobody else reaches.
        let graph = graph(102, std::iter::once((0, 1)).chain((2..102).map(|to| (1, to))).collect());
        let found = shares(&graph, &[0], &[1], 20, 1);
        let all = 101.0 / 102.0;
        assert!((found.plain.0 - all).abs() < 1e-9 && (found.plain.1 - all).abs() < 1e-9, "{found:?}");
        assert!(found.wide.0 < 0.5 && found.wide.1 >= found.plain.1, "{found:?}");
    }

    #[test]
    fn a_plan_that_ends_little_has_a_band_around_zero() {
        let graph = net();
        let found = shares(&graph, &[0], &[299], 20, 1);
        assert!(found.plain.0 < 0.0 && found.plain.1 > 0.0 && found.wide.1 <= 1.0, "{found:?}");
    }
}
