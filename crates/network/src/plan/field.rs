//! What is reached, reckoned instead of drawn: a mean field.
//!
//! Each account has the probability p of being reached as if those before it were reached independently of each other:
//! p(v) = 1 − Π (1 − chance(u→v) · p(u)). Turned around, each has a worth: itself, and what the accounts after it lose
//! with it. p · worth is what is lost with an account. Rings and common causes make it too high, but it has no noise,
//! where drawn worlds have much for rare events; together they order accounts better than either.

use crate::Graph;

#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// How likely each account is reached.
    pub(crate) reached: Vec<f32>,
    /// How many accounts are lost with it when it is reached for certain.
    pub(crate) worth: Vec<f32>,
    /// 1 by the weight of all edges that come in.
    share: Vec<f32>,
    /// How likely an account that is taken away stays: 1 for all others.
    stays: Vec<f32>,
    /// Accounts that sources reach at all, nearest first; without the sources.
    order: Vec<u32>,
}

impl Field {
    /// With sources that are reached for certain. It is not settled yet.
    pub(crate) fn new(graph: &Graph, sources: &[u32]) -> Self {
        let (len, back) = (graph.len(), graph.back());
        let mut reached = vec![0.0; len];
        let mut seen = vec![false; len];
        for source in sources {
            reached[*source as usize] = 1.0;
            seen[*source as usize] = true;
        }
        let mut order = sources.to_vec();
        let mut at = 0;
        while let Some(from) = order.get(at).copied() {
            at += 1;
            for to in graph.out().of(from) {
                if !std::mem::replace(&mut seen[*to as usize], true) {
                    order.push(*to);
                }
            }
        }
        let share = (0..len as u32).map(|to| match back.weights_of(to) {
            [] => 1.0 / back.degree(to).max(1) as f32,
            weights => 1.0 / weights.iter().sum::<f32>(),
        });
        let share = share.collect();
        let order = order.split_off(sources.len());
        Self { reached, worth: vec![1.0; len], share, stays: vec![1.0; len], order }
    }

    /// Takes an account away, which then stays with a probability; 1 brings it back.
    pub(crate) fn take(&mut self, account: u32, stays: f32) {
        let (was, at) = (self.stays[account as usize], account as usize);
        self.stays[at] = stays;
        self.reached[at] = if was > 0.0 { self.reached[at] * stays / was } else { 0.0 };
    }

    /// What is lost with an account.
    pub(crate) fn loss(&self, account: u32) -> f64 {
        f64::from(self.reached[account as usize]) * f64::from(self.worth[account as usize])
    }

    /// One round forward; how much it moved.
    pub(crate) fn forward(&mut self, graph: &Graph) -> f32 {
        let mut moved = 0.0;
        for to in &self.order {
            let (at, share) = (*to as usize, self.share[*to as usize]);
            let missed: f32 = match graph.back().weights_of(*to) {
                [] => graph
                    .back()
                    .of(*to)
                    .iter()
                    .map(|from| 1.0 - share * self.reached[*from as usize])
                    .product(),
                weights => {
                    let edges = graph.back().of(*to).iter().zip(weights);
                    edges.map(|(from, weight)| 1.0 - share * weight * self.reached[*from as usize]).product()
                }
            };
            let now = (1.0 - missed.max(0.0)) * self.stays[at];
            moved += (now - self.reached[at]).abs();
            self.reached[at] = now;
        }
        moved
    }

    /// One round backward, with the probabilities given; how much it moved, each account by how likely it is reached.
    pub(crate) fn backward(worth: &mut [f32], field: &Self, graph: &Graph) -> f32 {
        let mut moved = 0.0;
        for from in field.order.iter().rev() {
            let own = field.reached[*from as usize];
            let mut sum = 1.0;
            let weights = graph.out().weights_of(*from);
            for (at, to) in graph.out().of(*from).iter().enumerate() {
                let to = *to as usize;
                let chance = field.share[to] * weights.get(at).copied().unwrap_or(1.0);
                let others = (field.stays[to] - field.reached[to]) / (1.0 - chance * own).max(1e-3);
                sum += worth[to] * chance * others.max(0.0);
            }
            moved += (sum - worth[*from as usize]).abs() * own;
            worth[*from as usize] = sum;
        }
        moved
    }

    /// Rounds both ways until little moves, or so many.
    pub(crate) fn settle(&mut self, graph: &Graph, rounds: usize) {
        let part = 2e-3 * self.reached.iter().sum::<f32>();
        for _ in 0..rounds {
            if self.forward(graph) < part {
                break;
            }
        }
        let mut worth = std::mem::take(&mut self.worth);
        for _ in 0..rounds {
            if Self::backward(&mut worth, self, graph) < part {
                break;
            }
        }
        self.worth = worth;
    }
}
