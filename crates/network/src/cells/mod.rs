//! Cells: accounts that act together beyond what their activity and the objects' popularity explain.
//!
//! An act is one account sharing one object (an item, a link, a text, a picture) at one time. Two acts on the same
//! object stand *beside* each other when little time lies between them.
//!
//! **Null model.** Times and objects of all acts stay as they are, and so does how often each account acts; who did
//! which act is drawn at random. So each account keeps its rate and each object its curve, crowds and rushes
//! included. Given the acts of one account, `W` acts of others stand beside them; how many of these another account
//! with `n` acts gets is hypergeometric, exactly. The p-value of a pair is the tail of that, the larger of both
//! directions. False discoveries among all pairs are held down by Benjamini and Hochberg ("Controlling the false
//! discovery rate", 1995).
//!
//! **Cells.** Significant pairs that share triangles are a seed: two cells with one account between them stay two.
//! A seed then grows by accounts that stand beside its members' joint acts too often, by the same null model, and
//! loses those whose place rests on others; so members that met few others are found without testing pairs loosely.
//!
//! A flash crowd is no cell: its accounts meet once, or as often as their activity says. Rejected: a threshold on
//! the number of shared objects (busy accounts share everything), cosine of tf-idf (no error rate), a network of
//! pairs without a null model (finds what is popular).
//!
//! What the model does not know: interests and hours. Two accounts of one small circle that is awake at the same
//! time meet more often than strangers. A cell is a lead to look at, with its events, and says nothing by itself.

mod beside;
mod chance;
mod grow;
mod knit;
mod meetings;
mod read;
#[cfg(test)]
mod trials;

pub use chance::{discoveries, tail};
pub(crate) use read::milliseconds;
pub use read::{ACTS_MAX, ReadError, Table, read};

use beside::Beside;

/// One account's sharing of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// Milliseconds from any zero.
    pub at_ms: u64,
    /// From 0, below the number of accounts.
    pub account: u32,
    /// From 0, below the number of objects.
    pub object: u32,
}

/// What counts as together, and how sure to be.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Two acts on one object within this time stand beside each other.
    pub window_ms: u64,
    /// Share of false ones among what is found, 0 to 1.
    pub false_share: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { window_ms: 180_000, false_share: 0.01 }
    }
}

/// A cell has at least so many accounts.
pub const CELL_ACCOUNTS_MIN: usize = 3;

/// Of a cell with more accounts than this only those pairs are listed that are significant alone.
pub const ALL_PAIRS_ACCOUNTS_MAX: usize = 1_000;

/// Accounts that act together.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Ascending.
    pub accounts: Vec<u32>,
    /// Of each account, in their order: the chance of standing beside the others so often.
    pub member_p: Vec<f64>,
    /// Their joint acts: places in the list that was searched, by object and time.
    pub acts: Vec<usize>,
}

impl Cell {
    /// The worst of the members' chances: each is here by chance with at most this.
    pub fn p(&self) -> f64 {
        self.member_p.iter().fold(0.0, |worst, p| worst.max(*p))
    }
}

/// Two accounts of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The lower account.
    pub a: u32,
    /// The higher account.
    pub b: u32,
    /// The chance of their meetings when these alone are significant; else the worse of their chances as members.
    pub p: f64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The largest first.
    pub cells: Vec<Cell>,
    /// Each pair within each cell, ascending; see [`ALL_PAIRS_ACCOUNTS_MAX`].
    pub pairs: Vec<Pair>,
}

/// Finds the cells. Accounts and objects number from 0 without large gaps: memory follows the highest.
pub fn find(acts: &[Act], settings: &Settings) -> Found {
    let beside = Beside::new(acts, settings.window_ms);
    let met = meetings::significant(&beside, settings.false_share);
    let seeds = knit::groups(&met);
    let cells = grow::cells(&beside, seeds, settings.false_share);
    let pairs = pairs(&cells, &met);
    Found { cells, pairs }
}

fn pairs(cells: &[Cell], met: &[Pair]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for cell in cells {
        if cell.accounts.len() > ALL_PAIRS_ACCOUNTS_MAX {
            let inside = |account: u32| cell.accounts.binary_search(&account).is_ok();
            pairs.extend(met.iter().filter(|pair| inside(pair.a) && inside(pair.b)));
            continue;
        }
        for (i, &a) in cell.accounts.iter().enumerate() {
            for (j, &b) in cell.accounts.iter().enumerate().skip(i + 1) {
                let own = met.binary_search_by_key(&(a, b), |pair| (pair.a, pair.b)).ok();
                let p = own.map_or(cell.member_p[i].max(cell.member_p[j]), |at| met[at].p);
                pairs.push(Pair { a, b, p });
            }
        }
    }
    pairs.sort_unstable_by(|x, y| (x.a, x.b).cmp(&(y.a, y.b)).then(x.p.total_cmp(&y.p)));
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    pairs
}
