//! What the house acknowledged: by a 2xx, by exit 0, or by showing it to a person.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::crew::{list, word};

/// Everything that must be there at the end.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Posts whose intake was acknowledged.
    pub(super) posts: Vec<String>,
    /// Assessments, and whether their approval was acknowledged.
    pub(super) assessments: BTreeMap<String, bool>,
    /// Referrals and what was seen of them.
    pub(super) referrals: BTreeMap<String, Referral>,
    /// Published heads: size and root.
    pub(super) heads: BTreeSet<(u64, String)>,
    /// What went back on an earlier acknowledgement.
    pub(super) lost: Vec<String>,
}

/// What was seen of a referral.
#[derive(Debug, Default)]
pub(super) struct Referral {
    /// The house said yes to the look of a third person.
    pub(super) looked: bool,
    /// Id of its message.
    pub(super) message: Option<String>,
    /// Facts about its items that stay: checked, gone, answered for good.
    pub(super) facts: BTreeSet<String>,
}

/// Fields of an item that stay once they are set.
const STAY: [&str; 3] = ["last_class", "gone_at", "final_at"];

impl Memory {
    /// A row of the list of referrals.
    pub(super) fn saw_row(&mut self, row: &Value) {
        let id = word(row, "id");
        let known = self.referrals.entry(id.clone()).or_default();
        let message = row["message"].as_str().map(str::to_owned);
        if known.message.is_some() && known.message != message {
            self.lost.push(format!("referral {id}: message {:?} became {message:?}", known.message));
        }
        known.message = known.message.take().or(message);
        if known.looked && row["looked_by"].is_null() {
            self.lost.push(format!("referral {id}: the acknowledged look of a third person is gone"));
        }
    }

    /// A referral as it is shown.
    pub(super) fn saw_referral(&mut self, id: &str, shown: &Value) {
        let known = self.referrals.entry(id.to_owned()).or_default();
        let mut facts = BTreeSet::new();
        for item in list(shown, "items") {
            for field in STAY.iter().filter(|field| !item[**field].is_null()) {
                facts.insert(format!("{} {field}", word(&item, "item")));
            }
        }
        for gone in known.facts.difference(&facts) {
            self.lost.push(format!("referral {id}: {gone} was shown and is gone"));
        }
        known.facts = facts;
    }

    /// A published head.
    pub(super) fn saw_head(&mut self, head: &Value) {
        let size = head["size"].as_u64().unwrap_or(0);
        if let Some((last, _)) = self.heads.last().filter(|(last, _)| *last > size) {
            self.lost.push(format!("the published log went from {last} records back to {size}"));
        }
        if size > 0 {
            self.heads.insert((size, word(head, "root")));
        }
    }

    /// Referrals with a message and still something to come, newest first.
    pub(super) fn unsettled(&self) -> Vec<String> {
        let open =
            |one: &Referral| one.message.is_some() && !one.facts.iter().any(|fact| fact.ends_with("gone_at"));
        let open = self.referrals.iter().rev().filter(|(_, one)| open(one));
        open.take(UNSETTLED_READ).map(|(id, _)| id.clone()).collect()
    }

    /// How many acts were acknowledged.
    pub(super) fn acts(&self) -> usize {
        let approvals = self.assessments.values().filter(|approved| **approved).count();
        let looks = self.referrals.values().filter(|one| one.looked).count();
        let sent = self.referrals.values().filter(|one| one.message.is_some()).count();
        let facts: usize = self.referrals.values().map(|one| one.facts.len()).sum();
        self.posts.len() + self.assessments.len() + approvals + looks + sent + facts + self.heads.len()
    }
}

/// Referrals read one by one in each round.
const UNSETTLED_READ: usize = 12;
