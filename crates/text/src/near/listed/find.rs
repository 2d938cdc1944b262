//! How near texts are found.

use super::{ALONE, Answer, FOUND_MAX, Listed, Near, Overlap, Shingles, WORK_MAX};

/// A run of the asked text that listed texts have.
#[derive(Debug, Clone, Copy)]
struct Known {
    rank: u32,
    places: Places,
}

#[derive(Debug, Clone, Copy)]
enum Places {
    One(u32),
    /// Where the list begins, how many entries, how many of them first.
    Many {
        at: u32,
        all: u32,
        first: u32,
    },
}

impl Places {
    fn count(self) -> u32 {
        match self {
            Self::One(_) => 1,
            Self::Many { all, .. } => all,
        }
    }
}

impl Listed {
    /// All listed texts that are near to this one.
    #[must_use]
    pub fn near(&self, asked: &Shingles) -> Answer {
        let mut known = self.known(asked);
        let mut answer = Answer { found: Vec::new(), complete: true };
        if known.len() < self.bar.shared_min.max(1) as usize {
            return answer;
        }
        known.sort_unstable_by_key(|run| (run.places.count(), run.rank));
        let mut work = WORK_MAX;
        let candidates = self.candidates(&known, asked.len(), &mut work, &mut answer);
        let mut ranks: Vec<u32> = known.iter().map(|run| run.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for entry in candidates {
            if work == 0 {
                answer.complete = false;
                break;
            }
            self.weigh(entry, &ranks, asked.len(), &mut work, &mut answer);
        }
        answer.found.sort_unstable_by_key(|near| near.at);
        if answer.found.len() > FOUND_MAX {
            answer.found.truncate(FOUND_MAX);
            answer.complete = false;
        }
        answer
    }

    /// The runs that listed texts have; step by step for all of them, as [`super::Runs::add_ranks`] says.
    fn known(&self, asked: &Shingles) -> Vec<Known> {
        let mut ranks = Vec::with_capacity(asked.len());
        self.runs.add_ranks(&asked.values, &mut ranks);
        let at: Vec<u32> = ranks.iter().map(|rank| self.places_of[*rank as usize]).collect();
        ranks.iter().zip(at).map(|(rank, at)| Known { rank: *rank, places: self.places_at(at) }).collect()
    }

    fn places_at(&self, at: u32) -> Places {
        if at & ALONE != 0 {
            Places::One(at & !ALONE)
        } else {
            Places::Many { at: at + 2, all: self.places[at as usize], first: self.places[at as usize + 1] }
        }
    }

    /// The entries that may be near, each once. Runs come in the order of rarity; unknown ones are the rarest.
    fn candidates(&self, known: &[Known], asked: usize, work: &mut usize, answer: &mut Answer) -> Vec<u32> {
        let unknown = asked - known.len();
        let rarest = (asked + 1).saturating_sub(self.bar.least_of_asked(count(asked)) as usize);
        let mut entries: Vec<u32> = Vec::new();
        for (nth, run) in known.iter().enumerate() {
            match run.places {
                Places::One(entry) => entries.push(entry),
                Places::Many { at, all, first } => {
                    let read = if nth + unknown < rarest { all } else { first } as usize;
                    if read > *work {
                        answer.complete = false;
                        continue;
                    }
                    *work -= read;
                    entries.extend(&self.places[at as usize..at as usize + read]);
                }
            }
        }
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    fn weigh(&self, entry: u32, ranks: &[u32], asked: usize, work: &mut usize, answer: &mut Answer) {
        let set = self.sets.get(entry);
        let most = Overlap {
            shared: count(set.len().min(ranks.len())),
            listed: count(set.len()),
            asked: count(asked),
        };
        *work = work.saturating_sub(1);
        if self.bar.judge(most).is_none() {
            return;
        }
        let (few, many) = if set.len() < ranks.len() { (set, ranks) } else { (ranks, set) };
        *work = work.saturating_sub(few.len());
        let overlap = Overlap { shared: shared(few, many), ..most };
        if let Some(relation) = self.bar.judge(overlap) {
            let texts = self.texts.get(entry);
            // one more than are returned shows that there are more
            let near = texts.iter().take(FOUND_MAX + 1).map(|at| Near { at: *at, relation, overlap });
            *work = work.saturating_sub(texts.len().min(FOUND_MAX));
            answer.found.extend(near);
        }
    }
}

/// How many numbers of the short list are in the long one; both in order.
fn shared(few: &[u32], many: &[u32]) -> u32 {
    let mut rest = many;
    let mut shared = 0;
    for number in few {
        // double the step, then halve: near numbers are near in the list
        let mut step = 1;
        while rest.get(step - 1).is_some_and(|other| other < number) {
            step *= 2;
        }
        let within = &rest[..rest.len().min(step)];
        let at = within.partition_point(|other| other < number);
        rest = &rest[at..];
        shared += u32::from(rest.first() == Some(number));
    }
    shared
}

/// At most [`crate::tokens::TOKENS_MAX`].
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
