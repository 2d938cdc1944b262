//! Small graphs: places of accounts are changed at random, and what is better stays.

use super::near::Near;
use super::{Dismantled, robustness_of};
use crate::random::Random;

/// Neighbours that are looked at: what it costs.
const LOOKS: usize = 60_000_000;
/// More tries for each account find hardly anything.
const TRIES_EACH_MAX: usize = 300;
/// With fewer tries for each account nothing comes of it.
const TRIES_EACH_MIN: usize = 20;

/// Moves one account to another place of the order, again and again, and keeps what is no worse.
pub(super) fn climb(near: &Near, best: &mut Dismantled, seed: u64) {
    let len = near.len();
    let tries = (LOOKS / (near.ends() + 4 * len).max(1)).min(TRIES_EACH_MAX * len);
    if len < 3 || tries < TRIES_EACH_MIN * len {
        return;
    }
    let mut random = Random::new(seed, 1);
    let mut order = best.order.clone();
    for _ in 0..tries {
        let (from, to) = (random.below(len as u32) as usize, random.below(len as u32) as usize);
        let account = order.remove(from);
        order.insert(to, account);
        let robustness = robustness_of(near, &order);
        if robustness <= best.robustness {
            best.robustness = robustness;
        } else {
            order.remove(to);
            order.insert(from, account);
        }
    }
    best.order = order;
}
