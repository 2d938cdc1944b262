//! Two real actions on one service, as scenarios: what was removed, who came back, for how long, and where to.
//!
//! Figures: Amarasingam, Maher and Winter, "How Telegram Disruption Impacts Jihadist Platform Migration" (2021), as
//! `goals.md` gives them. Channels post every day; the provider removes some at once, and goes on looking for new ones.

use super::Dice;
use serde::Serialize;

/// Channels before an action.
const CHANNELS: usize = 1_000;
/// Posts a day of a channel are lognormal: the mean is 60.
const POSTS: (f64, f64) = (3.594, 1.0);
/// Days that are counted before and after.
const WINDOW_DAYS: usize = 30;
/// A life is the sum of so many equal waits: found, reported, checked, removed.
const LIFE_STEPS: usize = 4;
/// A channel that lives so long is followed no further.
const DAYS_MAX: usize = 1_500;

/// What an action was, by its causes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Action {
    /// Its name.
    pub name: &'static str,
    /// Share of posts whose channels are removed at once, 0 to 1.
    pub removed: f64,
    /// Channels that come anew in the window, in the mean.
    pub new_channels: f64,
    /// Days after which the provider has removed a new channel, in the mean.
    pub found_after_days: f64,
    /// Posts a day of a new channel.
    pub new_posts: f64,
    /// New services to which some of its people move; none stay away from the first.
    pub services: &'static [&'static str],
    /// What was counted of it.
    pub counted: Outcome,
}

/// What is counted of an action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// Change of posts from the window before to the window after, in per cent.
    pub posts_percent: f64,
    /// New channels on the service.
    pub new_channels: f64,
    /// Days that a new channel lived, in the mean.
    pub life_days: f64,
    /// Posts of a new channel on a day of its life; 0 where nobody counted.
    pub new_posts: f64,
    /// New services to which people moved.
    pub services: f64,
}

/// The two actions.
pub const ACTIONS: [Action; 2] = [
    Action {
        name: "october-2018",
        removed: 0.156,
        new_channels: 12.0,
        found_after_days: 302.0,
        new_posts: 60.0,
        services: &[],
        counted: Outcome {
            posts_percent: -15.0,
            new_channels: 12.0,
            life_days: 302.0,
            new_posts: 0.0,
            services: 0.0,
        },
    },
    Action {
        name: "november-2019",
        removed: 0.991,
        new_channels: 105.0,
        found_after_days: 14.0,
        new_posts: 57.0,
        services: &["one.example", "two.example", "three.example", "four.example"],
        counted: Outcome {
            posts_percent: -95.5,
            new_channels: 105.0,
            life_days: 14.0,
            new_posts: 57.0,
            services: 4.0,
        },
    },
];

/// A channel with what it posted, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its service; empty for the first.
    pub service: &'static str,
    /// Its first day; the action is on day [`ACTION_DAY`].
    pub born: usize,
    /// Posts of each day of its life.
    pub posts: Vec<u32>,
}

/// The day of the action.
pub const ACTION_DAY: usize = WINDOW_DAYS;

/// Plays an action: every channel with its posts.
#[must_use]
pub fn play(action: &Action, seed: u64) -> Vec<Channel> {
    let mut dice = Dice::new(seed, action.name);
    let rates: Vec<f64> = (0..CHANNELS).map(|_| (POSTS.0 + POSTS.1 * dice.normal()).exp()).collect();
    let all: f64 = rates.iter().sum();
    // Whoever is found is removed, until so much of what is posted is gone.
    let mut order: Vec<usize> = (0..CHANNELS).collect();
    (1..CHANNELS).rev().for_each(|at| order.swap(at, dice.below(at + 1)));
    let (mut gone, mut stays) = (0.0, vec![true; CHANNELS]);
    for at in order {
        if (gone + rates[at] / 2.0) / all < action.removed {
            gone += rates[at];
            stays[at] = false;
        }
    }
    let mut channels: Vec<Channel> = rates
        .iter()
        .zip(&stays)
        .map(|(rate, stays)| {
            let days = if *stays { 2 * WINDOW_DAYS } else { WINDOW_DAYS };
            Channel { service: "", born: 0, posts: (0..days).map(|_| dice.count(*rate)).collect() }
        })
        .collect();
    for _ in 0..dice.count(action.new_channels) {
        channels.push(new(action, "", &mut dice));
    }
    for service in action.services {
        // Some of its people try each service; there nobody looks for them yet.
        for _ in 0..=dice.below(9) {
            channels.push(new(action, service, &mut dice));
        }
    }
    channels
}

/// A channel that begins in the first two weeks after the action, and lives until the provider has found it.
fn new(action: &Action, service: &'static str, dice: &mut Dice) -> Channel {
    let waits: f64 = (0..LIFE_STEPS).map(|_| dice.exponential()).sum();
    let days = (waits * action.found_after_days / LIFE_STEPS as f64).round() as usize;
    let posts = (0..days.clamp(1, DAYS_MAX)).map(|_| dice.count(action.new_posts)).collect();
    Channel { service, born: ACTION_DAY + dice.below(WINDOW_DAYS / 3), posts }
}

/// Counts what happened, from the posts alone.
#[must_use]
pub fn outcome(channels: &[Channel]) -> Outcome {
    let here = || channels.iter().filter(|channel| channel.service.is_empty());
    let posts = |from: usize, to: usize| -> f64 {
        let of = |channel: &Channel| -> u64 {
            let days = channel.posts.iter().zip(channel.born..).filter(|(_, day)| (from..to).contains(day));
            days.map(|(posts, _)| u64::from(*posts)).sum()
        };
        here().map(|channel| of(channel) as f64).sum()
    };
    let (before, after) = (posts(0, ACTION_DAY), posts(ACTION_DAY, ACTION_DAY + WINDOW_DAYS));
    let new: Vec<&Channel> = here().filter(|channel| channel.born >= ACTION_DAY).collect();
    let days: usize = new.iter().map(|channel| channel.posts.len()).sum();
    let written: u64 = new.iter().flat_map(|channel| &channel.posts).map(|posts| u64::from(*posts)).sum();
    let services: std::collections::BTreeSet<&str> = channels.iter().map(|channel| channel.service).collect();
    Outcome {
        posts_percent: 100.0 * (after / before.max(1.0) - 1.0),
        new_channels: new.len() as f64,
        life_days: days as f64 / new.len().max(1) as f64,
        new_posts: written as f64 / days.max(1) as f64,
        services: services.len() as f64 - 1.0,
    }
}

/// The mean of several plays of an action.
#[must_use]
pub fn mean(action: &Action, seeds: std::ops::Range<u64>) -> Outcome {
    let count = seeds.clone().count().max(1) as f64;
    seeds.map(|seed| outcome(&play(action, seed))).fold(Outcome::default(), |sum, one| Outcome {
        posts_percent: sum.posts_percent + one.posts_percent / count,
        new_channels: sum.new_channels + one.new_channels / count,
        life_days: sum.life_days + one.life_days / count,
        new_posts: sum.new_posts + one.new_posts / count,
        services: sum.services + one.services / count,
    })
}

impl Outcome {
    /// Each figure that was counted, with its name: here and in the other.
    #[must_use]
    pub fn beside(&self, counted: &Self) -> Vec<(&'static str, f64, f64)> {
        let all = [
            ("posts_percent", self.posts_percent, counted.posts_percent),
            ("new_channels", self.new_channels, counted.new_channels),
            ("life_days", self.life_days, counted.life_days),
            ("new_posts", self.new_posts, counted.new_posts),
            ("services", self.services, counted.services),
        ];
        all.into_iter().filter(|(.., counted)| *counted != 0.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both actions come out as they were counted, within 15 %, in the mean of twenty seeds.
    #[test]
    fn real_actions_are_reproduced_within_fifteen_percent() {
        for action in ACTIONS {
            for (what, is, should) in mean(&action, 1..21).beside(&action.counted) {
                assert!((is / should - 1.0).abs() < 0.15, "{}: {what} is {is}, was {should}", action.name);
            }
        }
        let quiet = Action { removed: 0.0, new_channels: 0.0, ..ACTIONS[0] };
        assert!(mean(&quiet, 1..21).posts_percent.abs() < 1.0, "without an action nothing changes");
    }

    #[test]
    fn nobody_moves_where_nobody_had_to() {
        assert_eq!(outcome(&play(&ACTIONS[0], 5)).services, 0.0);
        assert_eq!(play(&ACTIONS[1], 5), play(&ACTIONS[1], 5));
    }
}
