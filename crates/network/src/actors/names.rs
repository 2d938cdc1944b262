//! Names: which accounts are called alike, and how many others are.

use super::{Account, NamesAlike};
use std::collections::HashMap;

/// Letters of a name that count.
pub(super) const LETTERS_MAX: usize = 64;
/// A run of three letters that more names have makes nobody a candidate: it is common.
pub(super) const OWNERS_MAX: usize = 400;
/// Less alike names are not alike. Two runs of five that are as rare are alike, in whatever order they are added.
pub(super) const SIMILARITY_MIN: f64 = 0.4 - 1e-9;

/// One name of one account.
struct Name {
    account: u32,
    letters: Vec<char>,
    /// Its runs of three letters, ascending.
    runs: Vec<u32>,
    /// Their weights, summed.
    weight: f64,
}

/// All names, and who is near whom.
pub(super) struct Called {
    names: Vec<Name>,
    /// Where each account's names begin; one more at the end.
    begins: Vec<usize>,
    weights: Vec<f64>,
    /// Of each account those called alike, ascending, with their similarity.
    near: Vec<Vec<(u32, f64)>>,
}

/// Lower-case letters and digits.
pub(super) fn letters(name: &str) -> Vec<char> {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
        .take(LETTERS_MAX)
        .collect()
}

/// Runs of three letters, with a mark before the first and after the last.
pub(super) fn runs(letters: &[char]) -> Vec<[char; 3]> {
    let mut padded = vec!['^'];
    padded.extend_from_slice(letters);
    padded.push('$');
    padded.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
}

/// 1 less the Levenshtein distance over the length of the longer.
pub(super) fn edit(x: &[char], y: &[char]) -> f64 {
    let mut row: Vec<usize> = (0..=y.len()).collect();
    for (i, letter) in x.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, other) in y.iter().enumerate() {
            let step = corner + usize::from(letter != other);
            corner = row[j + 1];
            row[j + 1] = step.min(corner + 1).min(row[j] + 1);
        }
    }
    1.0 - row[y.len()] as f64 / x.len().max(y.len()).max(1) as f64
}

impl Called {
    pub(super) fn new(accounts: &[Account]) -> Self {
        let (mut names, mut begins, mut known) = (Vec::new(), vec![0], HashMap::new());
        for (account, shown) in accounts.iter().enumerate() {
            let mut own: Vec<Vec<char>> = shown.names.iter().map(|name| letters(name)).collect();
            own.sort_unstable();
            own.dedup();
            for letters in own.into_iter().filter(|letters| !letters.is_empty()) {
                let mut numbers: Vec<u32> = runs(&letters)
                    .into_iter()
                    .map(|run| {
                        let next = known.len() as u32;
                        *known.entry(run).or_insert(next)
                    })
                    .collect();
                numbers.sort_unstable();
                numbers.dedup();
                names.push(Name { account: account as u32, letters, runs: numbers, weight: 0.0 });
            }
            begins.push(names.len());
        }
        let mut owners: Vec<Vec<u32>> = vec![Vec::new(); known.len()];
        for (place, name) in names.iter().enumerate() {
            name.runs.iter().for_each(|run| owners[*run as usize].push(place as u32));
        }
        let all = (names.len() + 1) as f64;
        let weights: Vec<f64> = owners.iter().map(|owners| (all / owners.len() as f64).ln()).collect();
        for name in &mut names {
            name.weight = name.runs.iter().map(|run| weights[*run as usize]).sum();
        }
        let mut called = Self { names, begins, weights, near: Vec::new() };
        called.near = called.all_near(&owners);
        called
    }

    /// Pairs that are called alike, each once.
    pub(super) fn candidates(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.near.iter().enumerate().flat_map(|(a, near)| {
            let a = a as u32;
            near.iter().filter(move |(b, _)| a < *b).map(move |(b, _)| (a, *b))
        })
    }

    /// How alike two accounts are called.
    pub(super) fn alike(&self, a: u32, b: u32) -> Option<NamesAlike> {
        let (mut similarity, mut nearest, mut information) = (0.0_f64, 0.0_f64, 0.0_f64);
        for x in self.of(a) {
            for y in self.of(b) {
                let shared = self.shared(x, y);
                similarity = similarity.max(shared / (x.weight + y.weight - shared));
                nearest = nearest.max(edit(&x.letters, &y.letters));
                information = information.max(shared);
            }
        }
        let near = |of: u32, to: u32| {
            let list = &self.near[of as usize];
            let found = list.binary_search_by_key(&to, |(other, _)| *other).ok()?;
            // Sums of the same weights differ by their order.
            Some(list.iter().filter(|(_, alike)| *alike >= list[found].1 - 1e-9).count())
        };
        let close = near(a, b).zip(near(b, a)).map_or(OWNERS_MAX, |(x, y)| x.max(y));
        (similarity >= SIMILARITY_MIN).then_some(NamesAlike {
            similarity,
            edit: nearest,
            information,
            close: close as u32,
        })
    }

    fn of(&self, account: u32) -> &[Name] {
        let at = account as usize;
        &self.names[self.begins[at]..self.begins[at + 1]]
    }

    /// Weight of the runs that both have.
    fn shared(&self, x: &Name, y: &Name) -> f64 {
        let (mut sum, mut rest) = (0.0, y.runs.iter().peekable());
        for run in &x.runs {
            while rest.next_if(|other| *other < run).is_some() {}
            if rest.next_if(|other| *other == run).is_some() {
                sum += self.weights[*run as usize];
            }
        }
        sum
    }

    /// Of each account those that share a rare run with it and are alike.
    fn all_near(&self, owners: &[Vec<u32>]) -> Vec<Vec<(u32, f64)>> {
        let mut rare = vec![0.0_f64; self.names.len()];
        let mut touched: Vec<u32> = Vec::new();
        (0..self.begins.len() as u32 - 1)
            .map(|account| {
                let mut near: Vec<(u32, f64)> = Vec::new();
                for name in self.of(account) {
                    let mut common = 0.0;
                    for run in &name.runs {
                        let (weight, owners) = (self.weights[*run as usize], &owners[*run as usize]);
                        if owners.len() > OWNERS_MAX {
                            common += weight;
                            continue;
                        }
                        for &other in owners {
                            if rare[other as usize] == 0.0 {
                                touched.push(other);
                            }
                            rare[other as usize] += weight;
                        }
                    }
                    for other in touched.drain(..) {
                        // At most all common runs are shared too; the sum is rounded, so a little more is let through.
                        let most = std::mem::take(&mut rare[other as usize]) + common + 1e-9;
                        let other = &self.names[other as usize];
                        if other.account == account
                            || most < SIMILARITY_MIN * (name.weight + other.weight - most)
                        {
                            continue;
                        }
                        let shared = self.shared(name, other);
                        let similarity = shared / (name.weight + other.weight - shared);
                        if similarity >= SIMILARITY_MIN {
                            near.push((other.account, similarity));
                        }
                    }
                }
                near.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
                near.dedup_by_key(|(other, _)| *other);
                near
            })
            .collect()
    }
}
