//! Measures plans: `plan EDGES SOURCES PLACES SEED [OUT]` prints what each part took.

use std::error::Error;
use std::fs::File;
use std::sync::Arc;
use std::time::Instant;

use network::plan::{Planner, Task};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [edges, sources, places, seed, rest @ ..] = &arguments[..] else {
        return Err("plan EDGES SOURCES PLACES SEED [OUT]".into());
    };
    let begin = Instant::now();
    let graph = Arc::new(network::read::edges(File::open(edges)?, &network::read::Only::default())?);
    let names = network::read::names(File::open(sources)?)?;
    let sources = graph.places(names.iter().map(String::as_str), "sources")?;
    let read = begin.elapsed();
    let task = Task { sources, places: places.parse()?, seed: seed.parse()?, ..Task::default() };
    let at = Instant::now();
    let mut planner = Planner::new(graph.clone(), task)?;
    let drawn = at.elapsed();
    let at = Instant::now();
    let plan = planner.plan();
    let (planned, whole) = (at.elapsed(), begin.elapsed());
    println!(
        "{} worlds, {:?}: {:.1} -> {:.1}, reduction {:.4} {:?}, one world {:?}, over followers {:.4} {:?}",
        plan.worlds,
        plan.method,
        plan.effect.reach_before,
        plan.effect.reach_after,
        plan.effect.reduction,
        plan.effect.interval90,
        plan.effect.world90,
        plan.beats_followers_by.by,
        plan.beats_followers_by.interval90,
    );
    println!("read {read:.2?}, drawn {drawn:.2?}, planned {planned:.2?}, all {whole:.2?}");
    if let Some(out) = rest.first() {
        let lines: Vec<&str> = plan.picks.iter().map(|pick| graph.accounts().name(pick.account)).collect();
        std::fs::write(out, lines.join("\n") + "\n")?;
    }
    let at = Instant::now();
    let again = planner.exclude(plan.picks[0].account);
    println!("without the first: {} places in {:.2?}", again.len(), at.elapsed());
    Ok(())
}
