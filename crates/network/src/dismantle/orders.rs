//! Adaptive orders: who has most neighbours left, in the whole graph or in its 2-core.

use super::near::Near;

/// By what accounts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Most neighbours that are left.
    Degree,
    /// Most neighbours in what is left of the 2-core (CoreHD: Zdeborová, Zhang and Zhou 2016); when there is none, most
    /// neighbours that are left.
    Core,
    /// Most neighbours in other communities that are left; when there is none, as `Core`.
    Between,
}

impl Order {
    pub(super) fn of(self, near: &Near) -> Vec<u32> {
        self.first(near, near.len(), &vec![true; near.len()])
    }

    /// The first so many of those who may go; without communities `Between` is `Core`.
    pub(super) fn first(self, near: &Near, count: usize, may: &[bool]) -> Vec<u32> {
        let mut order = Vec::with_capacity(count.min(near.len()));
        if self != Self::Degree {
            by_core(near, count, may, &mut order);
        }
        // A forest is left, and who may not go.
        let mut peel = Peel::new(near, may, &order);
        while order.len() < count
            && let Some(next) = peel.most()
        {
            order.push(next);
            peel.take(near, next);
        }
        order
    }
}

/// First those who join communities, by how many neighbours in other ones are left.
pub(super) fn between(near: &Near, communities: &[u32]) -> Vec<u32> {
    let may = vec![true; near.len()];
    let across = near.across(communities);
    let mut peel = Peel::new(&across, &may, &[]);
    let mut order = Vec::with_capacity(near.len());
    while let Some(next) = peel.most().filter(|next| peel.degree[*next as usize] > 0) {
        order.push(next);
        peel.take(&across, next);
    }
    by_core(near, near.len(), &may, &mut order);
    let mut peel = Peel::new(near, &may, &order);
    while let Some(next) = peel.most() {
        order.push(next);
        peel.take(near, next);
    }
    order
}

/// Goes on with an order by degree in the 2-core, until there is none.
fn by_core(near: &Near, count: usize, may: &[bool], order: &mut Vec<u32>) {
    let mut peel = Peel::new(near, may, order);
    peel.leave_leaves(near);
    while order.len() < count
        && let Some(next) = peel.most()
    {
        order.push(next);
        peel.take(near, next);
        peel.leave_leaves(near);
    }
}

/// Accounts by how many neighbours are left, as lists that are put right when they are looked at.
struct Peel<'a> {
    degree: Vec<u32>,
    there: Vec<bool>,
    may: &'a [bool],
    lists: Vec<Vec<u32>>,
    /// With one neighbour or none: they go from a core.
    leaves: Vec<u32>,
}

impl<'a> Peel<'a> {
    fn new(near: &Near, may: &'a [bool], away: &[u32]) -> Self {
        let mut gone = vec![false; near.len()];
        away.iter().for_each(|at| gone[*at as usize] = true);
        let is_gone = |at: &u32| gone[*at as usize];
        let all = 0..near.len() as u32;
        let degree: Vec<u32> =
            all.clone().map(|at| near.of(at).iter().filter(|other| !is_gone(other)).count() as u32).collect();
        let top = degree.iter().max().map_or(0, |most| *most as usize);
        let mut lists = vec![Vec::new(); top + 1];
        let there: Vec<bool> = all.clone().map(|at| !is_gone(&at)).collect();
        // The lowest place of equals is taken first: lists are emptied from their ends.
        for at in all.clone().rev().filter(|at| there[*at as usize] && may[*at as usize]) {
            lists[degree[at as usize] as usize].push(at);
        }
        let leaves = all.filter(|at| there[*at as usize] && degree[*at as usize] < 2).collect();
        Self { degree, there, may, lists, leaves }
    }

    /// Who has most neighbours left.
    fn most(&mut self) -> Option<u32> {
        while let Some(list) = self.lists.last_mut() {
            let Some(at) = list.pop() else {
                self.lists.pop();
                continue;
            };
            let degree = self.degree[at as usize] as usize;
            if !self.there[at as usize] || !self.may[at as usize] {
                continue;
            }
            if degree + 1 == self.lists.len() {
                return Some(at);
            }
            self.lists[degree].push(at);
        }
        None
    }

    fn take(&mut self, near: &Near, account: u32) {
        self.there[account as usize] = false;
        for other in near.of(account) {
            if self.there[*other as usize] {
                self.degree[*other as usize] -= 1;
                if self.degree[*other as usize] == 1 {
                    self.leaves.push(*other);
                }
            }
        }
    }

    /// Takes those with one neighbour, again and again: what stays is the 2-core.
    fn leave_leaves(&mut self, near: &Near) {
        while let Some(leaf) = self.leaves.pop() {
            if self.there[leaf as usize] && self.degree[leaf as usize] < 2 {
                self.take(near, leaf);
            }
        }
    }
}
