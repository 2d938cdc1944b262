//! Temporary: where the seconds go.
use network::communities::leiden;
use network::plan::{Planner, Task};
use network::random::Random;
use network::rank::{self, Sample};
use network::{Accounts, Graph};
use std::sync::Arc;
use std::time::Instant;

fn main() {
    let n: u32 = 90_000;
    let mut random = Random::new(5, 0);
    let mut accounts = Accounts::new();
    for place in 0..n {
        accounts.place(&place.to_string()).unwrap();
    }
    let mut edges = Vec::new();
    for _ in 0..970_000 {
        let from = (f64::from(n) * random.unit().powf(3.0)) as u32;
        let to = random.below(n);
        if from != to {
            edges.push((from, to));
        }
    }
    let since = Instant::now();
    let graph = Arc::new(Graph::of_edges(accounts, edges, Vec::new()).unwrap());
    println!("graph {:.2}", since.elapsed().as_secs_f64());
    let sources: Vec<u32> = (0..200).map(|n| n * 7).collect();
    let mut barred = vec![false; n as usize];
    sources.iter().for_each(|s| barred[*s as usize] = true);
    let since = Instant::now();
    let ranks =
        rank::through(&graph, &sources, &barred, Sample { worlds: 256, most: 200, first: 50, seed: 1 });
    println!("ranks {:.2} {}", since.elapsed().as_secs_f64(), ranks.len());
    let since = Instant::now();
    let mut planner = Planner::new(
        Arc::clone(&graph),
        Task { sources: sources.clone(), places: 50, seed: 1, ..Task::default() },
    )
    .unwrap();
    println!("planner {:.2}", since.elapsed().as_secs_f64());
    let since = Instant::now();
    let made = planner.plan();
    println!("plan {:.2}", since.elapsed().as_secs_f64());
    let plan: Vec<u32> = made.picks.iter().map(|p| p.account).collect();
    let since = Instant::now();
    planner.curve(&plan, 256).unwrap();
    println!("curve {:.2}", since.elapsed().as_secs_f64());
    let since = Instant::now();
    planner.prices(&plan, &plan[..49], &[], 256);
    println!("prices {:.2}", since.elapsed().as_secs_f64());
    let since = Instant::now();
    let found = leiden(&graph, 1);
    println!("leiden {:.2}", since.elapsed().as_secs_f64());
    let since = Instant::now();
    planner.why(&made, &found);
    println!("why {:.2}", since.elapsed().as_secs_f64());
}
