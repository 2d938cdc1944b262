//! `renvoi world population`, `actions` and `measure`: how content spreads in the world, and whether what the product
//! predicts of a referral is what it measures afterwards.

use super::{Done, Failed};
use crate::command::out::say;
use app::network::effect::{self, Case, Course, Effect, Measured};
use app::network::fit::{self, Fit, Shares};
use clap::Args;
use network::plan::{Planner, Task};
use network::{Accounts, Graph};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use world::spread::{self, After, Law, Post, Run, actions};

/// Counts the accounts of an invented population; prints JSON
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi world population --accounts 46000 --seed 7")]
pub(super) struct Population {
    /// Same seed, same accounts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Accounts.
    #[arg(long, default_value_t = 46_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    accounts: u32,
}

/// Plays two real actions and prints what came of them beside what was counted
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi world actions --seed 1 --runs 20 --json")]
pub(super) struct Actions {
    /// First seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Seeds whose mean is printed.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    runs: u32,
    /// One object of JSON.
    #[arg(long)]
    json: bool,
}

/// Plans, refers and measures in a world that spreads by the planner's law and in one that does not
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi world measure --seed 1 --runs 30 --accounts 1500")]
pub(super) struct Measure {
    /// First seed; each run has the next.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Runs of each world.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    runs: u32,
    /// Accounts of each world.
    #[arg(long, default_value_t = 1_500, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    accounts: u32,
    /// Accounts of each plan.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    plan: u32,
    /// One object of JSON, every run in it.
    #[arg(long)]
    json: bool,
}

/// Writes the posts of a wide network as a file for intake; prints counts as JSON
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi world network --accounts 90000 --links 730000 --out ./wide")]
pub(super) struct Network {
    /// Same seed, same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Accounts.
    #[arg(long, default_value_t = 90_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    accounts: u32,
    /// Links by mentions; the product finds up to three more for each copy of a content.
    #[arg(long, default_value_t = 730_000, value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    links: u32,
    /// Folder to write.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Network {
    pub(super) fn run(&self) -> Done {
        super::only_a_world(&self.out)?;
        let made = spread::file::write(self.seed, self.accounts as usize, self.links as usize, &self.out)?;
        say!("{}", serde_json::to_string(&made)?)?;
        Ok(())
    }
}

impl Population {
    pub(super) fn run(&self) -> Done {
        let people = spread::population(self.seed, self.accounts as usize);
        say!("{}", serde_json::to_string(&spread::counted(&people))?)?;
        Ok(())
    }
}

impl Actions {
    pub(super) fn run(&self) -> Done {
        let mut all = Vec::new();
        for action in actions::ACTIONS {
            let found = actions::mean(&action, self.seed..self.seed + u64::from(self.runs));
            for (what, is, counted) in found.beside(&action.counted) {
                let off = 100.0 * (is / counted - 1.0);
                if !self.json {
                    say!("{}\t{what}\t{is:.1}\tcounted {counted}\t{off:+.1} %", action.name)?;
                }
                all.push(json!({ "action": action.name, "figure": what, "world": is, "counted": counted, "off_percent": off }));
            }
        }
        if self.json {
            say!("{}", json!({ "seed": self.seed, "runs": self.runs, "figures": all }))?;
        }
        Ok(())
    }
}

/// One world: what was predicted, what was measured, what was true.
#[derive(Debug, Clone, Copy, Serialize)]
struct Trial {
    seed: u64,
    fit: Fit,
    predicted: Shares,
    measured: Option<Measured>,
    truth: f64,
}

impl Trial {
    /// The band that the product shows: the wide one where its model does not fit.
    fn shown(&self) -> (f64, f64) {
        if self.fit.fits() == Some(true) { self.predicted.plain } else { self.predicted.wide }
    }
}

impl Measure {
    pub(super) fn run(&self) -> Done {
        let mut worlds = Vec::new();
        for (name, law) in [("matched", Law::Matched), ("other", Law::Other)] {
            let mut trials = Vec::new();
            for seed in self.seed..self.seed + u64::from(self.runs) {
                trials.push(self.trial(law, seed)?);
            }
            let summary = summary(name, &trials);
            if !self.json {
                say!("{}", line(&summary))?;
            }
            worlds.push(json!({ "world": name, "summary": summary, "runs": trials }));
        }
        if self.json {
            let all = json!({ "seed": self.seed, "runs": self.runs, "accounts": self.accounts, "plan": self.plan, "worlds": worlds });
            say!("{all}")?;
        }
        Ok(())
    }

    fn trial(&self, law: Law, seed: u64) -> Result<Trial, Failed> {
        let unusable = |error: network::Error| Failed::Other(error.to_string());
        let run = Run::new(law, self.accounts as usize, seed);
        let graph = Arc::new(graph(&run.seen, run.services.len())?);
        let courses = courses(&run.before());
        let whole = run.planned_at() - effect::HORIZON_HOURS;
        let compared: Vec<(u32, usize)> = courses
            .values()
            .filter(|(first, _)| first.hour < whole)
            .map(|(first, reached)| (first.account, reached.len()))
            .collect();
        let task = Task { sources: run.sources.clone(), places: self.plan as usize, seed, ..Task::default() };
        let plan = Planner::new(Arc::clone(&graph), task).map_err(unusable)?.plan();
        let plan: Vec<u32> = plan.picks.iter().map(|pick| pick.account).collect();
        let contents = (effect::WINDOW_HOURS * courses.len() as i64 / run.planned_at().max(1)) as usize;
        let (answers, acted) = run.answered_before();
        let fit = Fit { answers, acted, ..fit::check(&graph, &compared, seed) };
        let predicted = fit::shares(&graph, &run.sources, &plan, contents, seed);
        let after = run.refer(&plan);
        let measured = match look(&run, &after, &plan, seed)? {
            Effect::Measured(measured) => Some(measured),
            Effect::NoAnswer | Effect::TooEarly { .. } | Effect::TooLittle { .. } => None,
        };
        Ok(Trial { seed, fit, predicted, measured, truth: after.share() })
    }
}

fn graph(edges: &[(u32, u32)], accounts: usize) -> Result<Graph, Failed> {
    let unusable = |error: network::Error| Failed::Other(error.to_string());
    let mut names = Accounts::new();
    for place in 0..accounts {
        names.place(&place.to_string()).map_err(unusable)?;
    }
    Graph::of_edges(names, edges.to_vec(), Vec::new()).map_err(unusable)
}

/// Contents by their numbers: the first post, and who took it up in time.
fn courses(posts: &[Post]) -> BTreeMap<u32, (Post, Vec<u32>)> {
    let mut sorted = posts.to_vec();
    sorted.sort_unstable();
    let mut all: BTreeMap<u32, (Post, Vec<u32>)> = BTreeMap::new();
    for post in sorted {
        let (first, reached) = all.entry(post.content).or_insert_with(|| (post, Vec::new()));
        if post.hour < first.hour + effect::HORIZON_HOURS {
            reached.push(post.account);
        }
    }
    all
}

/// The look of the product: links that were seen before the plan, and all posts.
fn look(run: &Run, after: &After, plan: &[u32], seed: u64) -> Result<Effect, Failed> {
    let count = after.services.len();
    let graph = graph(&run.seen, count)?;
    let (mut posts, mut first_seen) = (vec![0; count], vec![i64::MAX; count]);
    for post in &after.posts {
        let at = post.account as usize;
        posts[at] += u32::from(post.hour < run.planned_at());
        first_seen[at] = first_seen[at].min(post.hour);
    }
    let courses: Vec<Course> = courses(&after.posts)
        .into_values()
        .map(|(first, mut reached)| {
            reached.sort_unstable();
            Course { began: first.hour, by: first.account, reached }
        })
        .collect();
    let case = Case {
        graph: &graph,
        posts: &posts,
        services: &after.services,
        first_seen: &first_seen,
        sources: &run.sources,
        plan,
        answered: &after.answered,
        courses: &courses,
        now: after.end,
    };
    Ok(effect::measure(&case, seed))
}

/// What several runs of a world come to.
#[derive(Debug, Clone, Serialize)]
struct Summary {
    world: &'static str,
    runs: usize,
    /// Runs that could be measured.
    measured: usize,
    /// Runs in which the product says that its model does not fit.
    says_no_fit: usize,
    /// Mean shares: predicted in the middle of the plain band, measured, true.
    predicted: f64,
    measured_share: f64,
    truth: f64,
    /// Runs whose measured share lies in the plain band, in the wide one, and in the one that is shown.
    in_plain: usize,
    in_wide: usize,
    in_shown: usize,
    /// Runs whose shown band and measured interval share no point.
    apart: usize,
    /// Runs whose measured interval holds the truth.
    truth_in_interval: usize,
    /// Mean widths of the bands.
    plain_width: f64,
    shown_width: f64,
}

fn summary(world: &'static str, trials: &[Trial]) -> Summary {
    let measured: Vec<(&Trial, Measured)> =
        trials.iter().filter_map(|trial| Some((trial, trial.measured?))).collect();
    let count = |of: &dyn Fn(&Trial, &Measured) -> bool| {
        measured.iter().filter(|(trial, measured)| of(trial, measured)).count()
    };
    let mean = |of: &dyn Fn(&Trial, &Measured) -> f64| {
        measured.iter().map(|(trial, measured)| of(trial, measured)).sum::<f64>()
            / measured.len().max(1) as f64
    };
    let within = |value: f64, (low, high): (f64, f64)| (low..=high).contains(&value);
    Summary {
        world,
        runs: trials.len(),
        measured: measured.len(),
        says_no_fit: trials.iter().filter(|trial| trial.fit.fits() == Some(false)).count(),
        predicted: mean(&|trial, _| f64::midpoint(trial.predicted.plain.0, trial.predicted.plain.1)),
        measured_share: mean(&|_, measured| measured.share.mean),
        truth: mean(&|trial, _| trial.truth),
        in_plain: count(&|trial, measured| within(measured.share.mean, trial.predicted.plain)),
        in_wide: count(&|trial, measured| within(measured.share.mean, trial.predicted.wide)),
        in_shown: count(&|trial, measured| within(measured.share.mean, trial.shown())),
        apart: count(&|trial, measured| {
            measured.share.high < trial.shown().0 || measured.share.low > trial.shown().1
        }),
        truth_in_interval: count(&|trial, measured| {
            within(trial.truth, (measured.share.low, measured.share.high))
        }),
        plain_width: mean(&|trial, _| trial.predicted.plain.1 - trial.predicted.plain.0),
        shown_width: mean(&|trial, _| trial.shown().1 - trial.shown().0),
    }
}

fn line(of: &Summary) -> String {
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    format!(
        "{}: {} runs, {} measured; model said not to fit in {}; predicted {}, measured {}, true {}; measured in the plain band \
         {}, in the wide {}, in the shown {}; interval and shown band apart {}; truth in the interval {}; width plain {}, shown {}",
        of.world,
        of.runs,
        of.measured,
        of.says_no_fit,
        percent(of.predicted),
        percent(of.measured_share),
        percent(of.truth),
        of.in_plain,
        of.in_wide,
        of.in_shown,
        of.apart,
        of.truth_in_interval,
        percent(of.plain_width),
        percent(of.shown_width),
    )
}
