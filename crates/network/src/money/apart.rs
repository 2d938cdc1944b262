//! The greatest number of accounts that can each be given a content of their own: a maximum matching of accounts with
//! contents (Hopcroft and Karp, "An n^5/2 algorithm for maximum matchings in bipartite graphs", 1973).

use std::collections::{HashMap, VecDeque};

const NONE: u32 = u32::MAX;

/// How many of the accounts can be given a content that they posted, no content twice. The pairs are of account and content,
/// in order and each once.
pub(super) fn apart(pairs: &[(u32, u32)]) -> u32 {
    let mut matching = Matching::of(pairs);
    let mut given = 0;
    while matching.layer() {
        for account in 0..matching.has.len() {
            given += u32::from(!matching.has[account] && matching.give(account as u32));
        }
    }
    given
}

struct Matching {
    /// Where the contents of each account begin in `contents`; one more at the end.
    begins: Vec<u32>,
    contents: Vec<u32>,
    /// Whose each content is.
    owner: Vec<u32>,
    /// Whether an account has a content.
    has: Vec<bool>,
    /// Steps from an account without a content; [`NONE`] when no way leads there.
    layers: Vec<u32>,
    /// The content of each account that is tried next.
    next: Vec<u32>,
}

impl Matching {
    fn of(pairs: &[(u32, u32)]) -> Self {
        let (mut begins, mut contents, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
        for of_account in pairs.chunk_by(|a, b| a.0 == b.0) {
            begins.push(contents.len() as u32);
            for (_, content) in of_account {
                let new = numbers.len() as u32;
                contents.push(*numbers.entry(*content).or_insert(new));
            }
        }
        let accounts = begins.len();
        begins.push(contents.len() as u32);
        Self {
            next: Vec::new(),
            layers: Vec::new(),
            has: vec![false; accounts],
            owner: vec![NONE; numbers.len()],
            begins,
            contents,
        }
    }

    /// Lays the accounts in layers by their steps from those without a content; false when no free content is reached.
    fn layer(&mut self) -> bool {
        let accounts = self.has.len();
        self.next = self.begins[..accounts].to_vec();
        self.layers = self.has.iter().map(|has| if *has { NONE } else { 0 }).collect();
        let mut waiting: VecDeque<u32> = (0..accounts as u32).filter(|at| !self.has[*at as usize]).collect();
        let mut reached = false;
        while let Some(account) = waiting.pop_front() {
            let at = account as usize;
            for place in self.begins[at]..self.begins[at + 1] {
                let owner = self.owner[self.contents[place as usize] as usize];
                if owner == NONE {
                    reached = true;
                } else if self.layers[owner as usize] == NONE {
                    self.layers[owner as usize] = self.layers[at] + 1;
                    waiting.push_back(owner);
                }
            }
        }
        reached
    }

    /// Gives an account a content, where others along a way take another of theirs; false when there is no such way.
    fn give(&mut self, account: u32) -> bool {
        let mut way = vec![account];
        while let Some(last) = way.last().map(|last| *last as usize) {
            if self.next[last] == self.begins[last + 1] {
                way.pop();
                if let Some(before) = way.last() {
                    self.next[*before as usize] += 1;
                }
                continue;
            }
            let owner = self.owner[self.contents[self.next[last] as usize] as usize];
            if owner == NONE {
                for taker in way {
                    let content = self.contents[self.next[taker as usize] as usize];
                    self.owner[content as usize] = taker;
                    // Another way of this round begins behind what was taken.
                    self.next[taker as usize] += 1;
                }
                self.has[account as usize] = true;
                return true;
            }
            if self.layers[owner as usize] == self.layers[last] + 1 {
                way.push(owner);
            } else {
                self.next[last] += 1;
            }
        }
        false
    }
}
