//! Plans on graphs whose best plan is seen at once.

use std::sync::Arc;

use super::field::Field;
use super::{Chances, Method, Planner, Task, simulate};
use crate::communities::leiden;
use crate::graph::tests::graph;
use crate::{Graph, Result, reference};

/// Source 0 reaches 1 alone, which reaches 30; account 2 has 60 followers that content never comes to. 1's followers
/// have nobody else, so they are reached for certain.
fn two_stars() -> Arc<Graph> {
    let through = (3..33).map(|to| (1, to));
    let aside = (33..93).map(|to| (2, to));
    Arc::new(graph(&[(0, 1)].into_iter().chain(through).chain(aside).collect::<Vec<_>>()))
}

fn task(places: usize) -> Task {
    Task { sources: vec![0], places, seed: 7, worlds: Some(50), ..Task::default() }
}

#[test]
fn who_spreads_goes_before_who_has_followers() -> Result<()> {
    let plan = Planner::new(two_stars(), task(1))?.plan();
    assert_eq!(plan.picks[0].account, 1);
    assert_eq!(plan.method, Method::Cascade);
    assert_eq!((plan.effect.reach_before, plan.effect.reach_after), (32.0, 1.0));
    assert_eq!(plan.effect.world90, (31.0 / 32.0, 31.0 / 32.0));
    assert!(plan.beats_followers() && plan.picks[0].alone > 0.9);
    Ok(())
}

#[test]
fn what_does_not_beat_followers_says_so() -> Result<()> {
    let star: Vec<(u32, u32)> = [(0, 1)].into_iter().chain((2..40).map(|to| (1, to))).collect();
    let plan = Planner::new(Arc::new(graph(&star)), task(1))?.plan();
    assert_eq!(plan.beats_followers_by.by, 0.0);
    assert!(!plan.beats_followers());
    Ok(())
}

#[test]
fn kept_accounts_and_sources_are_in_no_plan() -> Result<()> {
    let graph = two_stars();
    let mut planner = Planner::new(graph.clone(), Task { excluded: vec![1], ..task(3) })?;
    assert!(planner.plan().picks.iter().all(|pick| pick.account > 1));
    let mut planner = Planner::new(graph.clone(), task(1))?;
    assert_eq!(planner.plan().picks[0].account, 1);
    assert_ne!(planner.exclude(1)[0].account, 1);
    let told = simulate(&graph, &task(1), &[0]).map_err(|error| error.to_string());
    assert!(told.is_err_and(|told| told.starts_with("0 is a source")));
    let mut planner = Planner::new(graph.clone(), Task { include_sources: true, ..task(1) })?;
    assert_eq!(planner.plan().picks[0].account, 0);
    assert!(Planner::new(graph.clone(), task(0)).is_err());
    assert!(Planner::new(graph, Task { sources: Vec::new(), ..task(1) }).is_err());
    Ok(())
}

#[test]
fn a_provider_that_never_acts_is_not_asked() -> Result<()> {
    let edges: Vec<(u32, u32)> = [(0, 1), (0, 2)]
        .into_iter()
        .chain((3..33).map(|to| (1, to)))
        .chain((33..53).map(|to| (2, to)))
        .collect();
    let graph = Arc::new(graph(&edges));
    let first = |chance: f64| {
        let chances = Chances::new(graph.len(), &[(1, chance)]);
        Planner::new(graph.clone(), Task { chances, ..task(1) }).map(|mut planner| planner.plan())
    };
    assert_eq!(first(1.0)?.picks[0].account, 1);
    assert_eq!(first(0.1)?.picks[0].account, 2);
    let half = first(0.9)?;
    assert!((half.effect.reach_after - (53.0 - 0.9 * 31.0)).abs() < 1.0, "{:?}", half.effect);
    Ok(())
}

#[test]
fn a_seed_gives_one_plan() -> Result<()> {
    let mut edges = Vec::new();
    let mut random = crate::random::Random::new(3, 0);
    (0..3000).for_each(|_| edges.push((random.below(90) * random.below(90) / 90, random.below(600))));
    let graph = Arc::new(graph(&edges));
    let sources = vec![1, 5, 9, 13];
    let task = Task { sources, places: 8, seed: 1, worlds: Some(300), ..Task::default() };
    let one = Planner::new(graph.clone(), task.clone())?.plan();
    assert_eq!(one, Planner::new(graph.clone(), task.clone())?.plan());
    let accounts: Vec<u32> = one.picks.iter().map(|pick| pick.account).collect();
    let (effect, _) = simulate(&graph, &task, &accounts)?;
    assert!((effect.reduction - one.effect.reduction).abs() < 0.1);
    assert!(
        one.effect.interval90.0 <= one.effect.reduction && one.effect.reduction <= one.effect.interval90.1
    );
    Ok(())
}

/// On a tree, nothing comes over two ways, and the field is exact.
#[test]
fn the_field_is_exact_on_trees() {
    let mut edges = vec![(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (5, 6)];
    // Others who never see it halve some chances.
    edges.extend([(7, 3), (8, 5), (7, 6)]);
    let graph = graph(&edges);
    let mut field = Field::new(&graph, &[0]);
    field.settle(&graph, 30);
    let sum: f64 = field.reached.iter().map(|p| f64::from(*p)).sum();
    assert!((sum - reference::reach(&graph, &[0], &[])).abs() < 1e-5);
    // With 5 go itself, in half of the worlds, and 6, in a quarter.
    assert!((field.loss(5) - 0.75).abs() < 1e-6, "{}", field.loss(5));
}

/// 0 reaches 1 and 2 for certain; 1 alone leads to a ring of thirty; 2 reaches twenty.
#[test]
fn why_says_what_an_account_holds() -> Result<()> {
    let ring = |first: u32, count: u32| (0..count).map(move |at| (first + at, first + (at + 1) % count));
    let edges: Vec<(u32, u32)> = [(0, 1), (0, 2)]
        .into_iter()
        .chain((3..33).map(|to| (1, to)))
        .chain(ring(3, 30))
        .chain((33..43).map(|to| (2, to)))
        .collect();
    let graph = Arc::new(graph(&edges));
    let mut planner = Planner::new(graph.clone(), task(1))?;
    let plan = planner.plan();
    let why = planner.why((&plan.picks, plan.method), &leiden(&graph, 1)).swap_remove(0);
    assert_eq!(why.account, 1);
    // Of the thirty, each is reached by 1, by its neighbour or by both: two thirds of them.
    assert!((why.alone.mean - 21.0 / 33.0).abs() < 0.02, "{:?}", why.alone);
    assert!(why.alone.interval90.0 <= why.alone.mean && why.alone.mean <= why.alone.interval90.1);
    let first = planner.ranks(plan.picks.len())[0];
    assert_eq!((first.account, first.rank, first.between, first.in_first), (1, 1, (1, 1), 1.0));
    assert_eq!(why.ways[0].accounts, [0, 1]);
    assert_eq!(why.ways[0].part, 1.0);
    assert_eq!((why.cut_off[0].named, why.cut_off[0].part), (1, 1.0));
    assert_eq!(why.substitute.map(|(account, _)| account), Some(2));
    // Asking changes nothing.
    assert_eq!(planner.plan(), plan);
    Ok(())
}
