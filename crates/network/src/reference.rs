//! The slow and obvious way of everything: what the fast functions are held against.

use crate::Graph;
use crate::rank::Components;

/// Core numbers by peeling: for each k, accounts with fewer than k edges go until none is left to go.
pub(crate) fn cores(graph: &Graph) -> Vec<u32> {
    let len = graph.len();
    let mut core = vec![0; len];
    let mut there = vec![true; len];
    for k in 1.. {
        let degree = |at: usize, there: &[bool]| {
            let near = graph.out().of(at as u32).iter().chain(graph.back().of(at as u32));
            near.filter(|near| there[**near as usize]).count()
        };
        while let Some(at) = (0..len).find(|at| there[*at] && degree(*at, &there) < k) {
            there[at] = false;
        }
        if !there.contains(&true) {
            return core;
        }
        (0..len).filter(|at| there[*at]).for_each(|at| core[at] = k as u32);
    }
    core
}

/// For each pair whether the first reaches the second (Warshall); each reaches itself.
pub(crate) fn reaches(graph: &Graph) -> Vec<Vec<bool>> {
    let len = graph.len();
    let mut reach = vec![vec![false; len]; len];
    for (from, row) in reach.iter_mut().enumerate() {
        row[from] = true;
        graph.out().of(from as u32).iter().for_each(|to| row[*to as usize] = true);
    }
    for via in 0..len {
        for from in 0..len {
            for to in 0..len {
                reach[from][to] |= reach[from][via] && reach[via][to];
            }
        }
    }
    reach
}

/// Parts by painting neighbours in both directions until nothing changes.
pub(crate) fn weak(graph: &Graph) -> Components {
    let mut part: Vec<u32> = (0..graph.len() as u32).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for from in 0..graph.len() {
            for to in graph.out().of(from as u32) {
                let (a, b) = (part[from], part[*to as usize]);
                let low = a.min(b);
                changed |= a != b;
                part[from] = low;
                part[*to as usize] = low;
            }
        }
    }
    let mut firsts: Vec<u32> = part.clone();
    firsts.sort_unstable();
    firsts.dedup();
    let part =
        part.iter().map(|low| firsts.iter().position(|first| first == low).unwrap_or(0) as u32).collect();
    Components { part, count: firsts.len() }
}

/// PageRank by the power method on the full matrix, 2,000 rounds.
pub(crate) fn pagerank(graph: &Graph, turned: bool) -> Vec<f64> {
    let len = graph.len();
    let rows = if turned { graph.back() } else { graph.out() };
    let mut ranks = vec![1.0 / len as f64; len];
    for _ in 0..2000 {
        let mut next = vec![0.15 / len as f64; len];
        for (at, rank) in ranks.iter().enumerate() {
            let near = rows.of(at as u32);
            if near.is_empty() {
                next.iter_mut().for_each(|to| *to += 0.85 * rank / len as f64);
            }
            near.iter().for_each(|to| next[*to as usize] += 0.85 * rank / near.len() as f64);
        }
        ranks = next;
    }
    ranks
}

/// The expected reach without some, by going through every world: each set of edges that carry, with its probability.
pub(crate) fn reach(graph: &Graph, sources: &[u32], gone: &[u32]) -> f64 {
    let edges: Vec<(u32, u32)> = (0..graph.len() as u32)
        .flat_map(|from| graph.out().of(from).iter().map(move |to| (from, *to)))
        .collect();
    let mut expected = 0.0;
    for world in 0_u32..1 << edges.len() {
        let carries = |at: usize| world >> at & 1 == 1;
        let chance = edges.iter().enumerate().map(|(at, (_, to))| {
            let p = 1.0 / f64::from(graph.back().degree(*to));
            if carries(at) { p } else { 1.0 - p }
        });
        let mut seen = vec![false; graph.len()];
        sources.iter().for_each(|source| seen[*source as usize] = !gone.contains(source));
        for _ in 0..graph.len() {
            for (at, (from, to)) in edges.iter().enumerate() {
                let reached = carries(at) && seen[*from as usize] && !gone.contains(to);
                seen[*to as usize] |= reached;
            }
        }
        expected += chance.product::<f64>() * seen.iter().filter(|seen| **seen).count() as f64;
    }
    expected
}

/// Modularity by its definition: over all pairs, what is there less what chance puts there.
pub(crate) fn modularity(graph: &Graph, of: &[u32]) -> f64 {
    let len = graph.len();
    let mut weight = vec![vec![0.0; len]; len];
    for (from, row) in (0..len as u32).map(|from| (from, graph.out().of(from))) {
        for to in row {
            weight[from as usize][*to as usize] += 1.0;
            weight[*to as usize][from as usize] += 1.0;
        }
    }
    let degree: Vec<f64> = weight.iter().map(|row| row.iter().sum()).collect();
    let whole: f64 = degree.iter().sum();
    let mut sum = 0.0;
    for a in 0..len {
        for b in (0..len).filter(|b| of[a] == of[*b]) {
            sum += weight[a][b] - degree[a] * degree[b] / whole;
        }
    }
    sum / whole
}

/// The most modularity that any division into communities has.
pub(crate) fn best_modularity(graph: &Graph) -> f64 {
    fn divide(graph: &Graph, of: &mut Vec<u32>, best: &mut f64) {
        if of.len() == graph.len() {
            *best = best.max(modularity(graph, of));
            return;
        }
        let next = of.iter().max().map_or(0, |last| last + 1);
        for community in 0..=next {
            of.push(community);
            divide(graph, of, best);
            of.pop();
        }
    }
    let mut best = f64::NEG_INFINITY;
    divide(graph, &mut Vec::new(), &mut best);
    best
}

/// The mean part of all accounts in the largest part, painted anew after each removal.
pub(crate) fn robustness(graph: &Graph, order: &[u32]) -> f64 {
    let len = graph.len();
    let mut there = vec![true; len];
    let mut sum = 0;
    for account in order {
        there[*account as usize] = false;
        let mut seen = vec![false; len];
        let mut most = 0;
        for begin in (0..len).filter(|at| there[*at]) {
            let (mut count, mut open) = (0, vec![begin as u32]);
            while let Some(at) = open.pop() {
                if there[at as usize] && !std::mem::replace(&mut seen[at as usize], true) {
                    count += 1;
                    open.extend(graph.out().of(at).iter().chain(graph.back().of(at)));
                }
            }
            most = most.max(count);
        }
        sum += most;
    }
    f64::from(sum) / (len * len) as f64
}

/// The least that any order comes to.
pub(crate) fn best_robustness(graph: &Graph) -> f64 {
    fn go_on(graph: &Graph, order: &mut Vec<u32>, best: &mut f64) {
        if order.len() == graph.len() {
            *best = best.min(robustness(graph, order));
            return;
        }
        for next in 0..graph.len() as u32 {
            if !order.contains(&next) {
                order.push(next);
                go_on(graph, order, best);
                order.pop();
            }
        }
    }
    let mut best = f64::INFINITY;
    go_on(graph, &mut Vec::new(), &mut best);
    best
}
