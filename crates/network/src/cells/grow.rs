//! From seeds to cells: who stands beside the joint acts of a cell too often, and who does not.

use super::beside::Beside;
use super::meetings::MEETINGS_MIN;
use super::{CELL_ACCOUNTS_MIN, Cell, chance};

/// A cell that still changes after so many rounds is taken as it is.
const ROUNDS_MAX: usize = 6;
/// Two cells of which the smaller lies in the larger by this share are one.
const SAME_SHARE: f64 = 0.5;

/// Grows the seeds, largest first, and joins those that become one.
pub(super) fn cells(beside: &Beside, seeds: Vec<Vec<u32>>, false_share: f64) -> Vec<Cell> {
    let mut ground = Ground::new(beside, false_share);
    let mut cells: Vec<Cell> = Vec::new();
    for seed in seeds {
        if cells.iter().any(|cell| seed.iter().all(|account| cell.accounts.binary_search(account).is_ok())) {
            continue;
        }
        let Some(mut cell) = ground.settled(seed) else { continue };
        while let Some(at) = cells.iter().position(|other| same(other, &cell)) {
            let other = cells.swap_remove(at);
            let mut both: Vec<u32> = [other.accounts.as_slice(), &cell.accounts].concat();
            both.sort_unstable();
            both.dedup();
            cell = ground.settled(both).unwrap_or(other);
        }
        cells.push(cell);
    }
    cells.sort_by(|x, y| y.accounts.len().cmp(&x.accounts.len()).then_with(|| x.accounts.cmp(&y.accounts)));
    cells
}

fn same(one: &Cell, other: &Cell) -> bool {
    let (small, large) = if one.accounts.len() <= other.accounts.len() { (one, other) } else { (other, one) };
    let shared =
        small.accounts.iter().filter(|account| large.accounts.binary_search(account).is_ok()).count();
    shared as f64 >= SAME_SHARE * small.accounts.len() as f64
}

/// Working memory over all accounts and acts.
pub(super) struct Ground<'a> {
    beside: &'a Beside,
    false_share: f64,
    member: Vec<bool>,
    /// Of a member's act: how many acts of other members stand beside it. It is joint when one does.
    fellows: Vec<u32>,
    /// Of another's act: how many joint acts stand beside it.
    ties: Vec<u32>,
    counts: Vec<u32>,
}

/// What a set of accounts does together.
struct Together {
    /// Acts of members beside acts of other members.
    joint: Vec<u32>,
    /// Acts of others beside the joint ones.
    beside: Vec<u32>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(beside: &'a Beside, false_share: f64) -> Self {
        let (accounts, acts) = (beside.accounts(), beside.acts.len());
        let (member, counts) = (vec![false; accounts], vec![0; accounts]);
        Self { beside, false_share, member, fellows: vec![0; acts], ties: vec![0; acts], counts }
    }

    /// Grows and cuts until nothing changes; nothing when no cell is left.
    fn settled(&mut self, mut accounts: Vec<u32>) -> Option<Cell> {
        for _ in 0..ROUNDS_MAX {
            let before = accounts.clone();
            accounts.extend(self.joining(&accounts));
            accounts.sort_unstable();
            let chances = self.member_chances(&accounts);
            let line = self.line(&chances);
            let kept = accounts.iter().zip(&chances).filter(|(_, p)| **p <= line);
            accounts = kept.map(|(account, _)| *account).collect();
            if accounts.len() < CELL_ACCOUNTS_MIN {
                return None;
            }
            if accounts == before {
                break;
            }
        }
        let member_p = self.member_chances(&accounts);
        let together = self.enter(&accounts);
        self.leave(&accounts, &together);
        let acts = together.joint.iter().map(|act| self.beside.places[*act as usize] as usize).collect();
        Some(Cell { accounts, member_p, acts })
    }

    fn line(&self, chances: &[f64]) -> f64 {
        chance::discoveries(chances, self.beside.accounts() as f64, self.false_share)
    }

    /// Accounts that stand beside the joint acts of these too often.
    fn joining(&mut self, accounts: &[u32]) -> Vec<u32> {
        let together = self.enter(accounts);
        let mut candidates = Vec::new();
        for &act in &together.beside {
            let account = self.beside.acts[act as usize].account;
            self.counts[account as usize] += 1;
            if self.counts[account as usize] == MEETINGS_MIN {
                candidates.push(account);
            }
        }
        let others = self.beside.acts.len() - self.acts_of_all(accounts);
        let p = |account: &u32| {
            let (draws, seen) = (self.beside.count(*account), self.counts[*account as usize]);
            chance::tail(others as u64, together.beside.len() as u64, draws as u64, u64::from(seen))
        };
        let chances: Vec<f64> = candidates.iter().map(p).collect();
        for &act in &together.beside {
            self.counts[self.beside.acts[act as usize].account as usize] = 0;
        }
        self.leave(accounts, &together);
        let line = self.line(&chances);
        candidates.into_iter().zip(chances).filter(|(_, p)| *p <= line).map(|(account, _)| account).collect()
    }

    /// Of each member, the chance of standing beside the joint acts of the others so often.
    pub(super) fn member_chances(&mut self, accounts: &[u32]) -> Vec<f64> {
        let together = self.enter(accounts);
        let all = self.acts_of_all(accounts);
        let chance = |account: &u32| {
            let draws = self.beside.count(*account);
            let (seen, beside) = self.without(*account, together.beside.len());
            if seen < MEETINGS_MIN as usize {
                return 1.0;
            }
            let others = self.beside.acts.len() - (all - draws);
            chance::tail(others as u64, beside as u64, draws as u64, seen as u64)
        };
        let chances = accounts.iter().map(chance).collect();
        self.leave(accounts, &together);
        chances
    }

    /// When a member is none: how many of its acts stand beside the joint acts of the rest, and how many acts of
    /// others do, its own among them. Only what stands around its acts changes.
    fn without(&self, account: u32, beside: usize) -> (usize, usize) {
        let mut seen = 0;
        let mut lost: Vec<u32> = Vec::new();
        for &own in self.beside.acts_of(account) {
            let fellows = self.beside.around(own).filter(|act| *act != own && self.is_members(*act));
            let (leaning, standing): (Vec<u32>, Vec<u32>) =
                fellows.partition(|act| self.fellows[*act as usize] == 1);
            seen += usize::from(!standing.is_empty());
            let gone = leaning.iter().chain((self.fellows[own as usize] > 0).then_some(&own));
            for other in gone.flat_map(|act| self.beside.around(*act)).filter(|act| !self.is_members(*act)) {
                lost.push(other);
            }
        }
        lost.sort_unstable();
        let freed =
            lost.chunk_by(|x, y| x == y).filter(|ties| self.ties[ties[0] as usize] as usize == ties.len());
        (seen, beside - freed.count() + seen)
    }

    fn acts_of_all(&self, accounts: &[u32]) -> usize {
        accounts.iter().map(|account| self.beside.count(*account)).sum()
    }

    fn enter(&mut self, accounts: &[u32]) -> Together {
        for &account in accounts {
            self.member[account as usize] = true;
        }
        let own = accounts.iter().flat_map(|account| self.beside.acts_of(*account));
        let mut joint = Vec::new();
        for &act in own {
            let fellows = self.beside.around(act).filter(|other| self.is_members(*other)).count() as u32 - 1;
            self.fellows[act as usize] = fellows;
            if fellows > 0 {
                joint.push(act);
            }
        }
        joint.sort_unstable();
        let mut beside = Vec::new();
        for other in joint.iter().flat_map(|act| self.beside.around(*act)) {
            if !self.member[self.beside.acts[other as usize].account as usize] {
                self.ties[other as usize] += 1;
                if self.ties[other as usize] == 1 {
                    beside.push(other);
                }
            }
        }
        Together { joint, beside }
    }

    fn leave(&mut self, accounts: &[u32], together: &Together) {
        for &account in accounts {
            self.member[account as usize] = false;
        }
        for &act in &together.beside {
            self.ties[act as usize] = 0;
        }
    }

    fn is_members(&self, act: u32) -> bool {
        self.member[self.beside.acts[act as usize].account as usize]
    }
}
