//! Pairs that meet more often than their activity and the objects' popularity explain.

use super::beside::Beside;
use super::{Pair, chance};

/// A pair that met less often is not tested: one meeting is no pattern.
pub(super) const MEETINGS_MIN: u32 = 2;

/// The significant pairs, ascending.
pub(super) fn significant(beside: &Beside, false_share: f64) -> Vec<Pair> {
    let active = (0..beside.accounts() as u32).filter(|account| may_meet(beside, *account)).count() as f64;
    let mut pairs = tested(beside, false_share);
    let all: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
    let believed = chance::discoveries(&all, active * (active - 1.0) / 2.0, false_share);
    pairs.retain(|pair| pair.p <= believed);
    pairs
}

fn may_meet(beside: &Beside, account: u32) -> bool {
    beside.count(account) >= MEETINGS_MIN as usize
}

/// The chance of a pair that met so often: the larger of both directions.
pub(super) fn pair_p(beside: &Beside, a: u32, b: u32, met: u32) -> f64 {
    let one_way = |a: u32, b: u32| {
        let others = beside.acts.len() - beside.count(a);
        chance::tail(others as u64, beside.exposure(a) as u64, beside.count(b) as u64, u64::from(met))
    };
    one_way(a, b).max(one_way(b, a))
}

/// Each pair that met often enough, ascending, with its chance; those above `worst` are left out.
fn tested(beside: &Beside, worst: f64) -> Vec<Pair> {
    let (starts, higher) = met(beside);
    let mut counts = vec![0u32; beside.accounts()];
    let mut pairs = Vec::new();
    for (a, ends) in starts.windows(2).enumerate() {
        let partners = &higher[ends[0] as usize..ends[1] as usize];
        let from = pairs.len();
        for &b in partners {
            counts[b as usize] += 1;
        }
        for &b in partners {
            let met = std::mem::take(&mut counts[b as usize]);
            if met >= MEETINGS_MIN {
                let p = pair_p(beside, a as u32, b, met);
                if p <= worst {
                    pairs.push(Pair { a: a as u32, b, p });
                }
            }
        }
        pairs[from..].sort_unstable_by_key(|pair| pair.b);
    }
    pairs
}

/// For each account, the higher accounts that it met, once a meeting.
fn met(beside: &Beside) -> (Vec<u32>, Vec<u32>) {
    let active: Vec<bool> = (0..beside.accounts() as u32).map(|account| may_meet(beside, account)).collect();
    let each = |mut take: Box<dyn FnMut(u32, u32) + '_>| {
        for at in 0..beside.acts.len() as u32 {
            let a = beside.acts[at as usize].account;
            if active[a as usize] {
                for later in beside.after(at) {
                    let b = beside.acts[later as usize].account;
                    if active[b as usize] {
                        take(a.min(b), a.max(b));
                    }
                }
            }
        }
    };
    let mut starts = vec![0u32; beside.accounts() + 1];
    each(Box::new(|a, _| starts[a as usize] += 1));
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    let mut higher = vec![0u32; sum as usize];
    each(Box::new(|a, b| {
        let next = &mut starts[a as usize];
        higher[*next as usize] = b;
        *next += 1;
    }));
    starts.rotate_right(1);
    starts[0] = 0;
    (starts, higher)
}
