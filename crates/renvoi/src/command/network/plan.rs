//! `renvoi network plan`: the accounts without which least is reached.

use super::{Done, Failed, Spread, pair, percent, places, rounded, why as reasons};
use crate::command::out::say;
use ::network::Graph;
use ::network::communities::leiden;
use ::network::plan::{Pick, Plan as Made, Planner};
use bankfile::file::{self, printable};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Chooses accounts so that what is reached from the sources falls most
#[derive(Debug, Args)]
pub(super) struct Plan {
    #[command(flatten)]
    spread: Spread,
    /// How many accounts
    #[arg(long, default_value_t = 50)]
    k: usize,
    /// An account a line: kept, for an investigation or otherwise; what that costs is told
    #[arg(long, value_name = "FILE")]
    exclude: Option<PathBuf>,
    /// Tells of each account what it holds, how sure its rank is and who would take its place; takes some seconds more
    #[arg(long)]
    why: bool,
    /// Worlds to draw, if not as many as fit about 3 seconds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    worlds: Option<u32>,
    /// Writes the accounts, one a line, best first
    #[arg(long, value_name = "PLAN")]
    out: Option<PathBuf>,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Plan {
    pub(super) fn run(&self) -> Done {
        let begin = Instant::now();
        self.spares_its_inputs()?;
        let (graph, mut task) = self.spread.task()?;
        let graph = Arc::new(graph);
        task.places = self.k;
        task.worlds = self.worlds.map(|worlds| worlds as usize);
        let mut planner = Planner::new(graph.clone(), task)?;
        let kept = match &self.exclude {
            Some(file) => places(&graph, file, "accounts to exclude")?,
            None => Vec::new(),
        };
        let (plan, price) = if kept.is_empty() {
            (planner.plan(), None)
        } else {
            let whole = planner.plan().effect.reduction;
            kept.iter().for_each(|account| drop(planner.exclude(*account)));
            let plan = planner.plan();
            let price = whole - plan.effect.reduction;
            (plan, Some(price))
        };
        if let Some(out) = &self.out {
            let lines: Vec<&str> =
                plan.picks.iter().map(|pick| graph.accounts().name(pick.account)).collect();
            let told = |error| Failed::Input(format!("{}: {error}", out.display()));
            file::replace(out, (lines.join("\n") + "\n").as_bytes()).map_err(told)?;
        }
        let seconds = begin.elapsed().as_secs_f64();
        let whys = if self.why { self.whys(&mut planner, &plan, &graph) } else { Vec::new() };
        if self.json {
            say!("{}", object(&graph, &plan, &whys, price, seconds))
        } else {
            print(&graph, &plan, &whys, price)
        }
    }

    fn whys(&self, planner: &mut Planner, plan: &Made, graph: &Graph) -> Vec<reasons::Told> {
        let ranks = planner.ranks(plan.picks.len());
        let rank = |account: u32| ranks.iter().find(|ranked| ranked.account == account).copied();
        let whys = planner.why((&plan.picks, plan.method), &leiden(graph, self.spread.seed)).into_iter();
        whys.map(|why| {
            let rank = rank(why.account);
            (why, rank)
        })
        .collect()
    }

    /// Whether the plan would be written over a file that it is made of.
    fn spares_its_inputs(&self) -> Done {
        let Some(out) = &self.out else { return Ok(()) };
        let more = [self.spread.chances.as_ref(), self.exclude.as_ref()];
        let mut inputs =
            [&self.spread.edges.edges, &self.spread.sources].into_iter().chain(more.into_iter().flatten());
        match inputs.find(|input| file::is_same(input, out)) {
            Some(input) => Err(Failed::Input(format!(
                "The plan would be written over {}, which is read here. Give --out another name.",
                input.display()
            ))),
            None => Ok(()),
        }
    }
}

fn object(
    graph: &Graph,
    plan: &Made,
    whys: &[reasons::Told],
    price: Option<f64>,
    seconds: f64,
) -> serde_json::Value {
    let picks: Vec<_> = plan
        .picks
        .iter()
        .enumerate()
        .map(|(at, pick)| {
            let mut told = json!({
                "account": graph.accounts().name(pick.account),
                "gain": rounded(pick.gain),
                "why": why(graph, pick),
                "alone": rounded(pick.alone),
                "reached": rounded(pick.reached),
            });
            if let Some(why) = whys.get(at) {
                told["because"] = reasons::object(graph, why);
            }
            told
        })
        .collect();
    let effect = &plan.effect;
    json!({
        "plan": picks,
        "reach_before": rounded(effect.reach_before),
        "reach_after": rounded(effect.reach_after),
        "reduction": rounded(effect.reduction),
        "interval90": pair(effect.interval90),
        "world90": pair(effect.world90),
        "beats_followers_by": rounded(plan.beats_followers_by.by),
        "beats_followers_by90": pair(plan.beats_followers_by.interval90),
        "beats_followers": plan.beats_followers(),
        "note": note(plan),
        "exclusions_cost": price.map(rounded),
        "method": plan.method.word(),
        "worlds": plan.worlds,
        "seconds": rounded(seconds),
    })
}

fn print(graph: &Graph, plan: &Made, whys: &[reasons::Told], price: Option<f64>) -> Done {
    for (at, pick) in plan.picks.iter().enumerate() {
        say!("{}\t{}\t{}", at + 1, printable(graph.accounts().name(pick.account)), why(graph, pick))?;
        for line in
            whys.get(at).map(|why| reasons::sentences(graph, why, plan.picks.len())).unwrap_or_default()
        {
            say!("\t\t{}", printable(&line))?;
        }
    }
    let effect = &plan.effect;
    say!(
        "Reach from the sources: {:.0} accounts without the plan, {:.0} with it: {} less (90 %: {} to {}; one world: {} to {}).",
        effect.reach_before,
        effect.reach_after,
        percent(effect.reduction),
        percent(effect.interval90.0),
        percent(effect.interval90.1),
        percent(effect.world90.0),
        percent(effect.world90.1),
    )?;
    say!("{}", note(plan))?;
    if let Some(price) = price {
        say!("The accounts that are kept cost {} of the reach.", percent(price))?;
    }
    Ok(())
}

/// Whether the plan is worth more than the simplest one.
fn note(plan: &Made) -> String {
    let by = plan.beats_followers_by;
    let (low, high) = (percent(by.interval90.0), percent(by.interval90.1));
    if plan.beats_followers() {
        let more = percent(by.by);
        format!(
            "It takes away {more} of the reach more than the accounts with most followers (90 %: {low} to {high})."
        )
    } else {
        format!(
            "It cannot be told from the accounts with most followers: the difference lies between {low} and {high}."
        )
    }
}

fn why(graph: &Graph, pick: &Pick) -> String {
    format!(
        "{} follow it, content reaches it in {}, and {} of the whole reach comes through it alone",
        graph.out().degree(pick.account),
        percent(pick.reached),
        percent(pick.alone),
    )
}
