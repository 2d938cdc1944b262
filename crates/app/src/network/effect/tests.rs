//! A small network with a known effect.

use super::*;
use network::Accounts;

/// Accounts that stand alone after the hubs and their audiences; new ones among them.
const OTHERS: u32 = 40;
/// Hubs, each with an audience of its own.
const HUBS: u32 = 12;
const AUDIENCE: u32 = 10;
/// Hubs that are referred.
const REFERRED: u32 = 3;
/// When the provider answered.
const ANSWERED: i64 = 10_000;

struct World {
    graph: Graph,
    posts: Vec<u32>,
    services: Vec<u32>,
    first_seen: Vec<i64>,
    answered: Vec<(u32, i64)>,
    plan: Vec<u32>,
}

fn audience(hub: u32) -> std::ops::Range<u32> {
    HUBS + hub * AUDIENCE..HUBS + (hub + 1) * AUDIENCE
}

fn world() -> World {
    let count = HUBS + HUBS * AUDIENCE + OTHERS;
    let mut accounts = Accounts::new();
    (0..count).for_each(|place| assert_eq!(accounts.place(&place.to_string()).unwrap(), place));
    let edges = (0..HUBS).flat_map(|hub| audience(hub).map(move |to| (hub, to))).collect();
    let new = count - OTHERS;
    World {
        graph: Graph::of_edges(accounts, edges, Vec::new()).unwrap(),
        posts: (0..count).map(|place| if place < HUBS { 20 } else { 1 }).collect(),
        services: (0..count).map(|place| u32::from(place >= new + OTHERS / 2)).collect(),
        first_seen: (0..count).map(|place| if place < new { 0 } else { ANSWERED }).collect(),
        answered: (0..REFERRED).map(|place| (place, ANSWERED)).collect(),
        plan: (0..REFERRED).collect(),
    }
}

impl World {
    fn case<'a>(&'a self, courses: &'a [Course], now: i64) -> Case<'a> {
        Case {
            graph: &self.graph,
            posts: &self.posts,
            services: &self.services,
            first_seen: &self.first_seen,
            sources: &[],
            plan: &self.plan,
            answered: &self.answered,
            courses,
            now,
        }
    }
}

/// A hub with the first of its audience.
fn reached(hub: u32, most: u32) -> impl Iterator<Item = u32> {
    std::iter::once(hub).chain(audience(hub).take(most as usize))
}

/// Contents before and after: what each reaches, which grows with its number a little.
fn courses(before: impl Fn(u32) -> Vec<u32>, after: impl Fn(u32) -> Vec<u32>) -> Vec<Course> {
    let of = |began: i64, mut reached: Vec<u32>| {
        reached.sort_unstable();
        Course { began, by: reached[0], reached }
    };
    let calm = ANSWERED - HORIZON_HOURS - WINDOW_HOURS;
    let one = (0..20).map(|n| of(calm + i64::from(n), before(n)));
    one.chain((0..20).map(|n| of(ANSWERED + i64::from(n), after(n)))).collect()
}

/// Every hub reaches its audience; `most` of them after the action in those that were not referred.
fn all(n: u32, hubs: std::ops::Range<u32>, most: u32) -> Vec<u32> {
    hubs.flat_map(|hub| reached(hub, most - n % 2)).collect()
}

const LATE: i64 = ANSWERED + WINDOW_HOURS + HORIZON_HOURS;

fn measured(effect: Effect) -> Measured {
    match effect {
        Effect::Measured(measured) => measured,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_early_look_says_so_instead_of_a_number() {
    let world = world();
    let courses = courses(|n| all(n, 0..HUBS, 10), |n| all(n, REFERRED..HUBS, 10));
    assert_eq!(measure(&world.case(&courses, LATE - 1), 1), Effect::TooEarly { from: LATE });
    assert!(matches!(measure(&world.case(&courses, LATE), 1), Effect::Measured(_)));
    let unanswered = World { answered: Vec::new(), ..world };
    assert_eq!(measure(&unanswered.case(&courses, LATE), 1), Effect::NoAnswer);
}

#[test]
fn too_little_is_said_instead_of_a_number() {
    let world = world();
    let some = courses(|n| all(n, 0..HUBS, 10), |n| all(n, REFERRED..HUBS, 10));
    let few: Vec<Course> = some.iter().take(25).cloned().collect();
    let found = measure(&world.case(&few, LATE), 1);
    assert_eq!(found, Effect::TooLittle { contents: (20, 5), alike: 9 });
    // Whoever posts otherwise is not alike.
    let mut other = world;
    (REFERRED..HUBS).for_each(|hub| other.posts[hub as usize] = 500);
    assert!(matches!(measure(&other.case(&some, LATE), 1), Effect::TooLittle { alike: 0, .. }));
}

#[test]
fn what_is_gone_is_spared_and_what_fell_everywhere_is_not() {
    let world = world();
    // The referred hubs and their audiences fall away: 3 of 12, all else as before.
    let gone = courses(|n| all(n, 0..HUBS, 10), |n| all(n, REFERRED..HUBS, 10));
    let found = measured(measure(&world.case(&gone, LATE), 1));
    assert!((found.share.mean - 0.25).abs() < 1e-9, "{found:?}");
    assert!((found.group.1, found.accounts) == (0.0, (3, 9)) && found.share.low > 0.2, "{found:?}");
    // Everything falls by half, referred or not: nothing is claimed.
    let half = courses(|n| all(n, 0..HUBS, 10), |n| all(n, 0..HUBS, 5));
    let found = measured(measure(&world.case(&half, LATE), 1));
    assert!(found.whole.1 < found.whole.0 * 0.6 && found.share.mean.abs() < 0.02, "{found:?}");
    // What the trend does is simulated, so that it is not exact.
    assert!(found.share.low <= 0.02 && found.share.high >= -0.02, "{found:?}");
}

#[test]
fn what_comes_back_or_moves_is_counted_against_the_claim() {
    let world = world();
    let new = HUBS + HUBS * AUDIENCE;
    let back = |n: u32, from: u32| {
        let mut reached = all(n, REFERRED..HUBS, 10);
        reached.extend(from..from + 15);
        reached
    };
    let plain = courses(|n| all(n, 0..HUBS, 10), |n| all(n, REFERRED..HUBS, 10));
    let plain = measured(measure(&world.case(&plain, LATE), 1));
    let regrown = courses(|n| all(n, 0..HUBS, 10), |n| back(n, new));
    let regrown = measured(measure(&world.case(&regrown, LATE), 1));
    let moved = courses(|n| all(n, 0..HUBS, 10), |n| back(n, new + OTHERS / 2));
    let moved = measured(measure(&world.case(&moved, LATE), 1));
    assert_eq!((plain.regrown, plain.moved), (0.0, 0.0));
    assert_eq!((regrown.regrown, regrown.moved), (15.0, 0.0));
    assert_eq!((moved.regrown, moved.moved), (0.0, 15.0));
    for found in [regrown, moved] {
        assert!((plain.share.mean - found.share.mean - 15.0 / plain.expected).abs() < 1e-9, "{found:?}");
        assert!((plain.spared.mean - found.spared.mean - 15.0).abs() < 1e-9, "{found:?}");
    }
}
