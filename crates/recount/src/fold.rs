//! Events, and what they come to: items, assessments, referrals.

use crate::time;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An event as it stands in a ledger.
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) agency: String,
    space: String,
    at_us: i64,
    actor: Option<String>,
    noun: String,
    of: String,
    what: String,
    facts: Value,
}

impl Event {
    /// Reads an entry; the error says what it lacks.
    pub(crate) fn parse(entry: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(entry).map_err(|error| format!("is no event: {error}"))?;
        let text = |name: &str| {
            value[name].as_str().map(str::to_owned).ok_or_else(|| format!("is an event without \"{name}\""))
        };
        Ok(Self {
            id: text("id")?,
            agency: text("agency")?,
            space: text("space")?,
            at_us: time::micros(&text("at")?).ok_or("is an event without a time")?,
            actor: text("actor").ok(),
            noun: text("noun")?,
            of: text("of")?,
            what: text("what")?,
            facts: value["facts"].clone(),
        })
    }

    fn word(&self, name: &str) -> String {
        self.facts[name].as_str().unwrap_or_default().to_owned()
    }

    fn words(&self, name: &str) -> Vec<String> {
        let list = self.facts[name].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().map(|word| word.as_str().unwrap_or_default().to_owned()).collect()
    }

    fn number(&self, name: &str) -> u64 {
        self.facts[name].as_u64().unwrap_or_default()
    }
}

/// What an item is counted under.
#[derive(Clone)]
pub(crate) struct Traits {
    pub(crate) service: String,
    pub(crate) language: String,
    pub(crate) kind: String,
}

/// One intake.
pub(crate) struct Intake {
    pub(crate) agency: String,
    pub(crate) at_us: i64,
    pub(crate) observed: u64,
    pub(crate) duplicate: u64,
    pub(crate) set_aside: u64,
    pub(crate) refused: u64,
    pub(crate) languages: BTreeMap<String, u64>,
}

/// An item that joined a cluster.
pub(crate) struct Join {
    pub(crate) subject: String,
    pub(crate) cluster: String,
    pub(crate) agency: String,
    pub(crate) at_us: i64,
    pub(crate) reappeared: bool,
}

/// An assessment.
#[derive(Default)]
pub(crate) struct Assessment {
    pub(crate) agency: String,
    pub(crate) made_us: i64,
    pub(crate) decision: String,
    pub(crate) subjects: Vec<String>,
    pub(crate) texts: String,
    pub(crate) authors: BTreeSet<String>,
    pub(crate) approver: Option<String>,
    pub(crate) approved_us: Option<i64>,
}

/// An item of a referral that was sent.
pub(crate) struct Item {
    pub(crate) subject: String,
    pub(crate) of: Traits,
    pub(crate) answer: Option<String>,
    pub(crate) final_us: Option<i64>,
    pub(crate) class: Option<String>,
    pub(crate) gone: bool,
}

/// A referral.
#[derive(Default)]
pub(crate) struct Referral {
    pub(crate) here: bool,
    pub(crate) agency: String,
    pub(crate) assessment: String,
    pub(crate) provider: String,
    pub(crate) made_us: Option<i64>,
    pub(crate) planned: u64,
    pub(crate) message: Option<String>,
    pub(crate) queued_us: i64,
    pub(crate) withdrawn_us: Option<i64>,
    pub(crate) upheld: bool,
    pub(crate) decided: bool,
    pub(crate) items: Vec<Item>,
}

/// All that the events of a space come to.
#[derive(Default)]
pub(crate) struct Folded {
    pub(crate) intakes: Vec<Intake>,
    pub(crate) joins: Vec<Join>,
    pub(crate) traits: BTreeMap<String, Traits>,
    pub(crate) matched: BTreeSet<String>,
    pub(crate) merged: BTreeMap<String, String>,
    pub(crate) assessments: BTreeMap<String, Assessment>,
    pub(crate) referrals: BTreeMap<String, Referral>,
    pub(crate) receipts: BTreeMap<String, i64>,
    contests: BTreeMap<String, String>,
}

/// Answers that do not end the matter (RXP-111, column "Final").
const OPEN_ANSWERS: [&str; 5] = ["received", "under_review", "needs_information", "unable_now", "preserved"];

/// Folds events in the order in which they were written.
pub(crate) fn fold(events: &[Event], space: &str) -> Folded {
    let mut folded = Folded::default();
    for event in events {
        let here = event.space == space;
        match event.noun.as_str() {
            "batch" if here && event.what == "observed" => folded.intake(event),
            "cluster" if here => folded.cluster(event),
            "assessment" if here => folded.assessment(event),
            // Answers, receipts and looks are matched by the referral: a receiver may not know the space.
            "referral" => folded.referral(event, here),
            "message" if event.what == "receipted" && event.word("type") == "referral" => {
                if let Some(at) = time::micros(&event.word("received_at")) {
                    // Of several receipts the earliest counts (RXP-42).
                    let counted = folded.receipts.entry(event.of.clone()).or_insert(at);
                    *counted = at.min(*counted);
                }
            }
            "check" if event.what == "looked" => folded.look(event),
            "contest" => folded.contest(event),
            _ => {}
        }
    }
    folded
}

impl Folded {
    fn intake(&mut self, event: &Event) {
        let languages = event.facts["languages"].as_object();
        self.intakes.push(Intake {
            agency: event.agency.clone(),
            at_us: event.at_us,
            observed: event.number("observed"),
            duplicate: event.number("duplicate"),
            set_aside: event.number("set_aside"),
            refused: event.number("refused"),
            languages: languages
                .into_iter()
                .flatten()
                .map(|(language, count)| (language.clone(), count.as_u64().unwrap_or_default()))
                .collect(),
        });
    }

    fn cluster(&mut self, event: &Event) {
        let subject = event.word("subject");
        match event.what.as_str() {
            // A channel or account that waits to be assessed: nothing was taken in.
            "queued" => {
                let of = Traits {
                    service: event.word("service"),
                    language: event.word("language"),
                    kind: event.word("kind"),
                };
                self.traits.entry(subject).or_insert(of);
            }
            "joined" | "reappeared" => {
                // What is taken in is an item; channels and accounts are referred, not clustered.
                let of = Traits {
                    service: event.word("service"),
                    language: event.word("language"),
                    kind: "item".to_owned(),
                };
                self.traits.entry(subject.clone()).or_insert(of);
                if event.facts["matched"] == true {
                    self.matched.insert(subject.clone());
                }
                self.joins.push(Join {
                    subject,
                    cluster: event.of.clone(),
                    agency: event.agency.clone(),
                    at_us: event.at_us,
                    reappeared: event.what == "reappeared",
                });
            }
            "matched" => {
                self.matched.insert(subject);
            }
            "left" => self.joins.retain(|join| join.subject != subject || join.cluster != event.of),
            "merged" => {
                self.merged.insert(event.of.clone(), event.word("into"));
            }
            _ => {}
        }
    }

    fn assessment(&mut self, event: &Event) {
        let known = self.assessments.contains_key(&event.of);
        let assessment = self.assessments.entry(event.of.clone()).or_default();
        if !known {
            assessment.agency.clone_from(&event.agency);
            assessment.made_us = event.at_us;
        }
        assessment.approved_us = (event.what == "approved").then_some(event.at_us);
        match event.what.as_str() {
            "approved" => assessment.approver.clone_from(&event.actor),
            saved if saved.starts_with("saved_") => {
                assessment.approver = None;
                assessment.decision = event.word("decision");
                assessment.subjects = event.words("subjects");
                assessment.texts = event.word("texts");
                assessment.authors.extend(event.actor.clone());
            }
            _ => {}
        }
    }

    fn referral(&mut self, event: &Event, here: bool) {
        let referral = self.referrals.entry(event.of.clone()).or_default();
        match event.what.as_str() {
            "assess" => {
                referral.here = here;
                referral.made_us = Some(event.at_us);
                referral.planned = event.number("items");
                referral.assessment = event.word("assessment");
            }
            "enqueue" => {
                referral.here = here;
                referral.agency.clone_from(&event.agency);
                referral.message = Some(event.word("message"));
                referral.provider = event.word("provider");
                referral.queued_us = event.at_us;
                referral.items = items(event);
            }
            "withdraw" => referral.withdrawn_us = Some(event.at_us),
            _ => {}
        }
        for answer in event.facts["answers"].as_array().into_iter().flatten() {
            let (Some(item), Some(word)) = (answer[0].as_str(), answer[1].as_str()) else { continue };
            if let Some(item) = referral.item(item) {
                item.answer = Some(word.to_owned());
                if !OPEN_ANSWERS.contains(&word) {
                    item.final_us = Some(event.at_us);
                }
            }
        }
    }

    fn look(&mut self, event: &Event) {
        let referral = self.referrals.get_mut(&event.word("referral"));
        if let Some(item) = referral.and_then(|referral| referral.item(&event.word("item"))) {
            item.class = Some(event.word("class"));
            item.gone |= event.facts["agreed"] == true;
        }
    }

    fn contest(&mut self, event: &Event) {
        if event.what == "opened" {
            self.contests.insert(event.of.clone(), event.word("referral"));
            return;
        }
        let referral = self.contests.get(&event.of).and_then(|referral| self.referrals.get_mut(referral));
        if let Some(referral) = referral {
            referral.decided |= matches!(event.what.as_str(), "upheld" | "refused");
            referral.upheld |= event.what == "upheld";
        }
    }
}

impl Referral {
    /// The item `i1`, `i2` …
    fn item(&mut self, name: &str) -> Option<&mut Item> {
        let number: usize = name.strip_prefix('i')?.parse().ok()?;
        self.items.get_mut(number.checked_sub(1)?)
    }
}

fn items(event: &Event) -> Vec<Item> {
    let lists = [event.words("services"), event.words("languages"), event.words("kinds")];
    let word = |list: usize, index: usize| lists[list].get(index).cloned().unwrap_or_default();
    event
        .words("subjects")
        .into_iter()
        .enumerate()
        .map(|(index, subject)| Item {
            subject,
            of: Traits { service: word(0, index), language: word(1, index), kind: word(2, index) },
            answer: None,
            final_us: None,
            class: None,
            gone: false,
        })
        .collect()
}
