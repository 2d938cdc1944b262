//! Leads on money: identifiers that are posted again and again, and by whom, beyond copying.
//!
//! A use is one post in which one identifier stands. That many accounts posted an identifier says little by itself: who
//! copies a content copies what stands in it. So accounts count as far as each has a content of its own: [`Found::apart`]
//! is the greatest number of accounts that can be paired with contents, each account with one that it posted, no content
//! twice. One content that a thousand accounts copied gives 1, one account that writes a thousand contents gives 1 too,
//! and only accounts that wrote the identifier into different contents raise it.
//!
//! Rejected: the number of accounts (popularity of one content), accounts times contents (one busy account and one copied
//! content together look like many), a score (nobody can say what it means).
//!
//! What it does not know: whose an identifier is. A charity, an exchange and a victim are posted by strangers too.

mod apart;
#[cfg(test)]
mod reference;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One post in which one identifier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Which identifier, from 0.
    pub identifier: u32,
    /// Which content, from 0: copies are one.
    pub content: u32,
    /// Which account, from 0; none when nobody knows.
    pub account: Option<u32>,
    /// Which service, from 0.
    pub service: u32,
    /// Milliseconds from any zero.
    pub at_ms: u64,
}

/// What an identifier rests on. The first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One account or none is known to have posted it.
    OneAccount,
    /// It stands in one content only: who copied that, copied it.
    OneContent,
    /// At least two accounts posted it in contents that differ.
    Apart,
}

impl Standing {
    /// The word of it: `one_account`, `one_content`, `apart`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OneAccount => "one_account",
            Self::OneContent => "one_content",
            Self::Apart => "apart",
        }
    }
}

/// What is found of one identifier. Counts are of different things; `posts` are uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub identifier: u32,
    /// Posts that hold it.
    pub posts: u32,
    /// Accounts that posted it.
    pub accounts: u32,
    /// Contents that hold it.
    pub contents: u32,
    /// Services on which it stands.
    pub services: u32,
    /// Accounts that can each be given a content of their own: 0 when no account is known, else 1 at least.
    pub apart: u32,
    /// When it was posted first, in milliseconds.
    pub first_ms: u64,
    /// When last.
    pub last_ms: u64,
}

impl Found {
    /// What it rests on.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (self.accounts, self.contents) {
            (0 | 1, _) => Standing::OneAccount,
            (_, 0 | 1) => Standing::OneContent,
            _ => Standing::Apart,
        }
    }
}

/// What is found of each identifier that is used at all: the most accounts with contents of their own first, then the most
/// accounts, contents and posts, then by number.
#[must_use]
pub fn find(uses: &[Use]) -> Vec<Found> {
    let mut order: Vec<&Use> = uses.iter().collect();
    order.sort_unstable_by_key(|of| of.identifier);
    let mut found: Vec<Found> =
        order.chunk_by(|a, b| a.identifier == b.identifier).filter_map(of_one).collect();
    found.sort_unstable_by_key(|one| {
        (Reverse((one.apart, one.accounts, one.contents, one.posts)), one.identifier)
    });
    found
}

fn of_one(uses: &[&Use]) -> Option<Found> {
    let first = uses.first()?;
    let mut pairs: Vec<(u32, u32)> = uses.iter().filter_map(|of| Some((of.account?, of.content))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut found = Found {
        identifier: first.identifier,
        posts: count(uses.len()),
        accounts: count(pairs.chunk_by(|a, b| a.0 == b.0).count()),
        contents: different(uses, |of| of.content),
        services: different(uses, |of| of.service),
        apart: apart::apart(&pairs),
        first_ms: first.at_ms,
        last_ms: first.at_ms,
    };
    for of in uses {
        found.first_ms = found.first_ms.min(of.at_ms);
        found.last_ms = found.last_ms.max(of.at_ms);
    }
    Some(found)
}

fn different(uses: &[&Use], of: fn(&Use) -> u32) -> u32 {
    let mut all: Vec<u32> = uses.iter().map(|one| of(one)).collect();
    all.sort_unstable();
    all.dedup();
    count(all.len())
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Which accounts posted which identifiers.
#[derive(Clone, Debug, Default)]
pub struct Together {
    accounts: BTreeMap<u32, BTreeSet<u32>>,
    identifiers: BTreeMap<u32, BTreeSet<u32>>,
}

impl Together {
    /// Of all uses whose account is known.
    #[must_use]
    pub fn of(uses: impl IntoIterator<Item = Use>) -> Self {
        let mut together = Self::default();
        for of in uses {
            if let Some(account) = of.account {
                together.accounts.entry(of.identifier).or_default().insert(account);
                together.identifiers.entry(account).or_default().insert(of.identifier);
            }
        }
        together
    }

    /// Other identifiers that accounts of one posted too, each with how many of these accounts did: the most first, then by
    /// number.
    #[must_use]
    pub fn beside(&self, identifier: u32) -> Vec<(u32, u32)> {
        let mut others: BTreeMap<u32, u32> = BTreeMap::new();
        for account in self.accounts.get(&identifier).into_iter().flatten() {
            for other in self.identifiers.get(account).into_iter().flatten() {
                *others.entry(*other).or_default() += 1;
            }
        }
        others.remove(&identifier);
        let mut all: Vec<(u32, u32)> = others.into_iter().collect();
        all.sort_by_key(|(other, by)| (Reverse(*by), *other));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(identifier: u32, account: Option<u32>, content: u32, at_ms: u64) -> Use {
        Use { identifier, content, account, service: content % 2, at_ms }
    }

    #[test]
    fn copies_of_one_content_are_one() {
        // A thousand accounts copy one content; three accounts write three contents of their own.
        let mut uses: Vec<Use> =
            (0..1_000).map(|account| used(0, Some(account), 0, 5_000 - u64::from(account))).collect();
        uses.extend((0..3).map(|account| used(1, Some(account), 1 + account, 100)));
        uses.extend((0..9).map(|content| used(2, Some(7), 10 + content, 100)));
        uses.push(used(3, None, 40, 9));
        let found = find(&uses);
        let told: Vec<_> =
            found.iter().map(|one| (one.identifier, one.apart, one.accounts, one.contents)).collect();
        assert_eq!(told, [(1, 3, 3, 3), (0, 1, 1_000, 1), (2, 1, 1, 9), (3, 0, 0, 1)]);
        let standings: Vec<_> = found.iter().map(|one| one.standing().word()).collect();
        assert_eq!(standings, ["apart", "one_content", "one_account", "one_account"]);
        assert_eq!((found[1].posts, found[1].services), (1_000, 1));
        assert_eq!((found[1].first_ms, found[1].last_ms), (4_001, 5_000));
        assert_eq!(found[0].services, 2);
        assert_eq!(find(&[]), []);
    }

    #[test]
    fn what_the_same_accounts_posted_too() {
        let uses = [
            used(0, Some(1), 0, 0),
            used(0, Some(2), 1, 0),
            used(1, Some(2), 2, 0),
            used(1, Some(2), 3, 0),
            used(2, Some(1), 4, 0),
            used(2, Some(2), 4, 0),
            used(3, Some(9), 5, 0),
            used(4, None, 6, 0),
        ];
        let together = Together::of(uses);
        assert_eq!(together.beside(0), [(2, 2), (1, 1)]);
        assert_eq!(together.beside(3), []);
        assert_eq!(together.beside(8), []);
    }
}
