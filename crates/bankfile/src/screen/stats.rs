//! What `--stats` says: one line of JSON. Its members are those of `docs/formats.md`, "Screen".

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Bank, Report};

impl Report {
    /// Counts, speed, and the share of each part of the work in the time of all workers; `loaded` is how long it took
    /// to make the bank ready.
    #[must_use]
    pub fn stats(&self, bank: &Bank, loaded: Duration) -> Value {
        let worked: Duration = self.clock.spent().map(|(_, spent)| spent).sum();
        let per_mille: Map<String, Value> = self
            .clock
            .spent()
            .map(|(stage, spent)| {
                (stage.word().to_owned(), json!(of(spent.as_nanos() * 1000, worked.as_nanos())))
            })
            .collect();
        json!({ "stats": {
            "posts": self.posts,
            "hits": self.hits,
            "incomplete": self.incomplete,
            "bad_lines": self.bad_lines,
            "ms": millis(self.took),
            "load_ms": millis(loaded),
            "posts_per_s": of(u128::from(self.posts) * 1_000_000_000, self.took.as_nanos()),
            "worked_ms": millis(worked),
            "per_mille": per_mille,
            "bank": bank.sizes(),
        }})
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A quotient, rounded; of nothing 0.
fn of(part: u128, whole: u128) -> u64 {
    let rounded = (part + whole / 2).checked_div(whole).unwrap_or_default();
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn quotients() {
        assert_eq!((of(7, 2), of(6, 4), of(1, 0), of(0, 0), of(u128::MAX / 2, 1)), (4, 2, 0, 0, u64::MAX));
    }
}
