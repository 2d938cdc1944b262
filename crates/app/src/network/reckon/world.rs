//! One simulated course of events: what reached whom, and what is reached through one account only.

use network::Graph;
use network::random::Random;

const NONE: u32 = u32::MAX;

/// What was reached in one world, by numbers of its own: sources come first.
#[derive(Debug, Default)]
pub(super) struct World {
    /// The account of each number.
    pub(super) accounts: Vec<u32>,
    /// How many of them are sources.
    sources: usize,
    /// Edges of number `n` are `edges[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl World {
    /// An edge carries with probability 1 / in-degree of where it leads.
    pub(super) fn draw(graph: &Graph, sources: &[u32], (seed, stream): (u64, u64)) -> Self {
        let mut random = Random::new(seed, stream);
        let mut number = vec![NONE; graph.len()];
        let mut world = Self { accounts: sources.to_vec(), sources: sources.len(), ..Self::default() };
        for (at, source) in (0..).zip(sources) {
            number[*source as usize] = at;
        }
        let mut at = 0;
        while let Some(from) = world.accounts.get(at).copied() {
            at += 1;
            world.starts.push(world.edges.len() as u32);
            for to in graph.out().of(from) {
                if random.below(graph.back().degree(*to)) != 0 {
                    continue;
                }
                let known = number[*to as usize];
                if known == NONE {
                    number[*to as usize] = world.accounts.len() as u32;
                    world.accounts.push(*to);
                }
                world.edges.push(number[*to as usize]);
            }
        }
        world.starts.push(world.edges.len() as u32);
        world
    }

    fn of(&self, number: u32) -> &[u32] {
        &self.edges[self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }

    /// Accounts reached when those at `out` are gone, and again with each of `back` come back, one after the other.
    pub(super) fn reach(&self, out: &[bool], back: &[u32]) -> Vec<u32> {
        let mut gone: Vec<bool> = self.accounts.iter().map(|account| out[*account as usize]).collect();
        let mut seen = vec![false; self.accounts.len()];
        let mut stack: Vec<u32> = (0..self.sources as u32).filter(|source| !gone[*source as usize]).collect();
        stack.iter().for_each(|source| seen[*source as usize] = true);
        // Reached but gone: it spreads once it is back.
        let mut met = gone.clone();
        met[self.sources..].fill(false);
        let mut reached = stack.len() as u32;
        let mut all = Vec::with_capacity(back.len() + 1);
        let mut turn = back.iter();
        loop {
            while let Some(from) = stack.pop() {
                for to in self.of(from) {
                    let at = *to as usize;
                    if gone[at] {
                        met[at] = true;
                    } else if !seen[at] {
                        seen[at] = true;
                        reached += 1;
                        stack.push(*to);
                    }
                }
            }
            all.push(reached);
            let Some(returned) = turn.next() else { return all };
            let found = self.accounts.iter().position(|account| account == returned);
            if let Some(at) = found.filter(|at| std::mem::replace(&mut gone[*at], false) && met[*at]) {
                seen[at] = true;
                reached += 1;
                stack.push(at as u32);
            }
        }
    }

    /// For each number how many accounts are reached through it alone, itself with them; 0 when it is not reached.
    /// Dominators after Cooper, Harvey and Kennedy (2001).
    pub(super) fn through(&self, out: &[bool]) -> Vec<u32> {
        let order = self.order(out);
        let mut place = vec![NONE; self.accounts.len()];
        // Place 0 is the world outside, from where all sources have it.
        (1..).zip(&order).for_each(|(at, number)| place[*number as usize] = at);
        let mut into: Vec<Vec<u32>> = vec![Vec::new(); order.len() + 1];
        for number in &order {
            let from = place[*number as usize];
            if (*number as usize) < self.sources {
                into[from as usize].push(0);
            }
            for to in self.of(*number) {
                if place[*to as usize] != NONE {
                    into[place[*to as usize] as usize].push(from);
                }
            }
        }
        let above = dominators(&into);
        let mut held = vec![1_u32; above.len()];
        for at in (1..above.len()).rev() {
            held[above[at] as usize] += held[at];
        }
        let mut through = vec![0; self.accounts.len()];
        order.iter().enumerate().for_each(|(at, number)| through[*number as usize] = held[at + 1]);
        through
    }

    /// Numbers that are still reached, each after one from which it is reached, in reverse postorder.
    fn order(&self, out: &[bool]) -> Vec<u32> {
        let gone = |number: u32| out[self.accounts[number as usize] as usize];
        let mut seen = vec![false; self.accounts.len()];
        let mut order = Vec::with_capacity(self.accounts.len());
        let mut stack: Vec<(u32, usize)> = Vec::new();
        for source in (0..self.sources as u32).filter(|source| !gone(*source)) {
            if std::mem::replace(&mut seen[source as usize], true) {
                continue;
            }
            stack.push((source, 0));
            while let Some((number, next)) = stack.pop() {
                match self.of(number).get(next) {
                    None => order.push(number),
                    Some(to) => {
                        stack.push((number, next + 1));
                        if !gone(*to) && !std::mem::replace(&mut seen[*to as usize], true) {
                            stack.push((*to, 0));
                        }
                    }
                }
            }
        }
        order.reverse();
        order
    }
}

/// The one through which each place is reached, by places in reverse postorder; 0 is the root.
fn dominators(into: &[Vec<u32>]) -> Vec<u32> {
    let mut above = vec![NONE; into.len()];
    above[0] = 0;
    let mut moved = true;
    while std::mem::take(&mut moved) {
        for at in 1..into.len() {
            let known = into[at].iter().copied().filter(|from| above[*from as usize] != NONE);
            let joint = known.reduce(|mut a, mut b| {
                while a != b {
                    while a > b {
                        a = above[a as usize];
                    }
                    while b > a {
                        b = above[b as usize];
                    }
                }
                a
            });
            if let Some(joint) = joint.filter(|joint| above[at] != *joint) {
                above[at] = joint;
                moved = true;
            }
        }
    }
    above
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use network::Accounts;

    /// A graph of accounts "0", "1", …
    pub(in super::super) fn graph(len: u32, edges: &[(u32, u32)]) -> Graph {
        let mut accounts = Accounts::new();
        (0..len).for_each(|place| assert_eq!(accounts.place(&place.to_string()).unwrap(), place));
        Graph::of_edges(accounts, edges.to_vec(), Vec::new()).unwrap()
    }

    /// What `through` says is what is lost when the account goes, in every drawn world.
    #[test]
    fn through_is_what_is_lost() {
        let mut random = Random::new(5, 0);
        for round in 0..200 {
            let edges: Vec<(u32, u32)> = (0..40).map(|_| (random.below(16), random.below(16))).collect();
            let graph = graph(16, &edges);
            let world = World::draw(&graph, &[0, 3], (round, 1));
            let mut out = vec![false; 16];
            out[7] = round % 2 == 0;
            let before = world.reach(&out, &[])[0];
            let through = world.through(&out);
            for (number, account) in world.accounts.iter().enumerate() {
                if out[*account as usize] {
                    continue;
                }
                let mut without = out.clone();
                without[*account as usize] = true;
                let lost = before - world.reach(&without, &[])[0];
                assert_eq!(through[number], lost, "round {round}, account {account}");
                assert_eq!(world.reach(&without, &[*account]), [before - lost, before]);
            }
        }
    }
}
