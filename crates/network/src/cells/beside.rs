//! Which acts stand beside each other.

use super::Act;
use std::ops::Range;

/// An act stands beside at most so many before it and so many after it, the nearest in time. Bounds the work in a
/// crowd; in a crowd of thousands a meeting says nothing anyway.
pub(super) const NEAREST_MAX: usize = 32;

/// All acts by object and time, one for each account and object: its first.
pub(super) struct Beside {
    /// Ordered by object, then time.
    pub(super) acts: Vec<Act>,
    /// Where each act stood in the list that was given.
    pub(super) places: Vec<u32>,
    /// How many acts before and after each stand beside it.
    reach: Vec<[u8; 2]>,
    /// The acts of account `a` are `of[starts[a]..starts[a + 1]]`.
    starts: Vec<u32>,
    of: Vec<u32>,
}

impl Beside {
    pub(super) fn new(given: &[Act], window_ms: u64) -> Self {
        let (acts, places) = ordered(given);
        let reach = reach(&acts, window_ms);
        let accounts = acts.iter().map(|act| act.account as usize + 1).max().unwrap_or(0);
        let (starts, of) = grouped(accounts, acts.iter().map(|act| act.account));
        Self { acts, places, reach, starts, of }
    }

    pub(super) fn accounts(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many acts the account has.
    pub(super) fn count(&self, account: u32) -> usize {
        self.acts_of(account).len()
    }

    pub(super) fn acts_of(&self, account: u32) -> &[u32] {
        let at = account as usize;
        &self.of[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The acts beside one, and itself.
    pub(super) fn around(&self, act: u32) -> Range<u32> {
        let [before, after] = self.reach[act as usize];
        act - u32::from(before)..act + u32::from(after) + 1
    }

    /// The acts beside one that come later.
    pub(super) fn after(&self, act: u32) -> Range<u32> {
        act + 1..act + u32::from(self.reach[act as usize][1]) + 1
    }

    /// How many acts of others stand beside the account's. No act is counted twice: an account has one act an object.
    pub(super) fn exposure(&self, account: u32) -> usize {
        let beside = self.acts_of(account).iter().map(|act| self.reach[*act as usize]);
        beside.map(|[before, after]| usize::from(before) + usize::from(after)).sum()
    }
}

/// The acts by object and time, and their places; an account's repetitions of an object are left out. Acts of one
/// moment stand in an order that has nothing to do with who did them, or the same accounts would always be neighbours.
fn ordered(given: &[Act]) -> (Vec<Act>, Vec<u32>) {
    let objects = given.iter().map(|act| act.object as usize + 1).max().unwrap_or(0);
    let (starts, mut order) = grouped(objects, given.iter().map(|act| act.object));
    let accounts = given.iter().map(|act| act.account as usize + 1).max().unwrap_or(0);
    let mut seen_on = vec![u32::MAX; accounts];
    let (mut acts, mut places) = (Vec::with_capacity(given.len()), Vec::with_capacity(given.len()));
    for (object, ends) in starts.windows(2).enumerate() {
        let group = &mut order[ends[0] as usize..ends[1] as usize];
        group.sort_unstable_by_key(|&at| {
            let act = given[at as usize];
            (act.at_ms, mixed(act.account, act.object), at)
        });
        for &at in group.iter() {
            let act = given[at as usize];
            if std::mem::replace(&mut seen_on[act.account as usize], object as u32) != object as u32 {
                acts.push(act);
                places.push(at);
            }
        }
    }
    (acts, places)
}

fn mixed(account: u32, object: u32) -> u64 {
    let both = (u64::from(account) << 32 | u64::from(object)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (both ^ (both >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// Places by key, in their order: those of key `k` are `places[starts[k]..starts[k + 1]]`.
fn grouped(keys: usize, of: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; keys + 1];
    let mut all = 0;
    for key in of.clone() {
        starts[key as usize] += 1;
        all += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    let mut places = vec![0u32; all];
    for (at, key) in of.enumerate() {
        let next = &mut starts[key as usize];
        places[*next as usize] = at as u32;
        *next += 1;
    }
    starts.rotate_right(1);
    starts[0] = 0;
    (starts, places)
}

fn reach(acts: &[Act], window_ms: u64) -> Vec<[u8; 2]> {
    let mut reach = vec![[0u8; 2]; acts.len()];
    let mut first = 0;
    for at in 0..acts.len() {
        let near = |from: usize| {
            acts[from].object == acts[at].object
                && acts[at].at_ms - acts[from].at_ms <= window_ms
                && at - from <= NEAREST_MAX
        };
        while !near(first) {
            first += 1;
        }
        reach[at][0] = (at - first) as u8;
        for after in &mut reach[first..at] {
            after[1] += 1;
        }
    }
    reach
}
