//! What an honest analyst of this world would decide, from the truth that the world knows.
//!
//! The player reads the truth instead of the content, as a person would read the content. It decides nothing that the
//! product should decide: what is the same, what may be sent and to whom.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::make::item_key;
use crate::model::{Truth, TruthItem, Will};

/// One in so many clusters leaves its analyst in doubt, so that a second reader is asked.
const DOUBT_ONE_IN: u8 = 20;
const QUESTIONS: [&str; 6] =
    ["education", "journalism", "art", "research", "counter_terrorism", "public_debate"];

/// What is to be said of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum View {
    /// Terrorist content in this invented world.
    Refer,
    /// Shown for a purpose that the law protects.
    Exempt,
    /// Neither.
    Not,
}

/// Truth by address.
#[derive(Debug)]
pub(crate) struct Judgement {
    items: Vec<TruthItem>,
    by_key: HashMap<String, usize>,
}

/// A member of a cluster, as the console shows it.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Id of the subject.
    pub(crate) subject: String,
    /// Its address.
    pub(crate) url: String,
    /// Who can see it.
    pub(crate) audience: String,
}

impl Judgement {
    pub(crate) fn new(truth: Truth) -> Self {
        let mut by_key = HashMap::new();
        for (n, item) in truth.items.iter().enumerate() {
            let back = item.reappears.iter().map(|back| &back.url);
            for url in std::iter::once(&item.url).chain(back) {
                if let Some(key) = item_key(url) {
                    by_key.insert(key, n);
                }
            }
        }
        Self { items: truth.items, by_key }
    }

    /// What is true of an address; nothing for one that the world never had.
    pub(crate) fn of(&self, url: &str) -> Option<&TruthItem> {
        Some(&self.items[*self.by_key.get(&item_key(url)?)?])
    }

    /// What the provider at `host` does about an address.
    pub(crate) fn will(&self, url: &str, host: &str) -> Option<&Will> {
        let item = self.of(url)?;
        if item.service == host && item_key(&item.url) == item_key(url) {
            return Some(&item.will);
        }
        item.reappears.as_ref().map(|back| &back.will)
    }

    pub(crate) fn view(&self, url: &str) -> View {
        match self.of(url) {
            Some(item) if item.terrorist => View::Refer,
            Some(item) if item.exempt.is_some() => View::Exempt,
            _ => View::Not,
        }
    }

    /// Members of a cluster as the API shows them, those that are alike together; `open` says which are not decided yet.
    pub(crate) fn groups(
        &self,
        items: &[Value],
        open: impl Fn(&str) -> bool,
    ) -> BTreeMap<(View, String), Vec<Member>> {
        let word = |item: &Value, name: &str, or: &str| item[name].as_str().unwrap_or(or).to_owned();
        let mut all: Vec<Member> = items
            .iter()
            .map(|item| Member {
                subject: word(item, "subject", ""),
                url: word(item, "url", ""),
                audience: word(item, "audience", "open"),
            })
            .filter(|member| open(&member.subject))
            .collect();
        all.sort_by(|a, b| a.url.cmp(&b.url));
        let mut groups: BTreeMap<(View, String), Vec<Member>> = BTreeMap::new();
        for member in all {
            let view = self.view(&member.url);
            let alike = if view == View::Not {
                String::new()
            } else {
                let purpose = self.of(&member.url).and_then(|item| item.exempt.clone());
                format!("{} {}", member.audience, purpose.unwrap_or_default())
            };
            groups.entry((view, alike)).or_default().push(member);
        }
        groups
    }

    /// The decision about members that are alike, as the API takes it.
    pub(crate) fn draft(&self, view: View, members: &[Member]) -> Value {
        let first = members.first().and_then(|member| self.of(&member.url));
        let doubt = view == View::Refer && first.is_some_and(doubtful);
        let contexts: serde_json::Map<String, Value> = members
            .iter()
            .map(|member| (member.subject.clone(), self.context(view, doubt, member)))
            .collect();
        match view {
            View::Refer => {
                json!({"decision": "refer", "content": first.map(content), "contexts": contexts, "note": ""})
            }
            View::Exempt => {
                json!({"decision": "exempt", "content": null, "contexts": contexts, "note": "Shown to inform."})
            }
            View::Not => {
                json!({"decision": "not_terrorist", "content": null, "contexts": {}, "note": "An everyday post."})
            }
        }
    }

    fn context(&self, view: View, doubt: bool, member: &Member) -> Value {
        let item = self.of(&member.url);
        let purpose = item.and_then(|item| item.exempt.as_deref()).unwrap_or("none");
        let answers: serde_json::Map<String, Value> = QUESTIONS
            .iter()
            .map(|question| {
                let answer = match (view, *question) {
                    (View::Exempt, question) if question == purpose => {
                        json!({"finding": "yes", "text": "The page reports on the material and does not promote it."})
                    }
                    (View::Refer, "public_debate") if doubt => {
                        json!({"finding": "unsure", "text": "The comment beside it could be meant as debate."})
                    }
                    _ => json!({"finding": "no", "text": ""}),
                };
                ((*question).to_owned(), answer)
            })
            .collect();
        let service = item.map_or("the service", |item| item.service.as_str());
        let exempt = view == View::Exempt;
        json!({
            "audience": member.audience,
            "exemption": answers,
            "true_purpose": if exempt { "Informs readers about the material." } else { "Spreads the call of the invented Example Group." },
            "context": format!("Posted on {service}, where anybody can see it."),
            "editorial_responsibility": exempt && purpose == "journalism",
            "eu_listed_author": "no",
        })
    }
}

/// The same item is doubtful in every run of a seed.
fn doubtful(item: &TruthItem) -> bool {
    let cluster = format!("doubt {}", item.cluster);
    Sha256::digest(cluster.as_bytes())[0].is_multiple_of(DOUBT_ONE_IN)
}

fn content(item: &TruthItem) -> Value {
    let said = |kind: &str| match kind {
        "incites" => "Praises an invented act of the Example Group and asks for more of them",
        "solicits_commit" => "Asks readers to carry out an invented act for the Example Group",
        "solicits_participation" => "Invites readers to join the invented Example Group",
        "instruction" => "Offers instructions for the invented Example Group",
        _ => "Threatens with an invented act of the Example Group",
    };
    let statements: serde_json::Map<String, Value> = item
        .kinds
        .iter()
        .map(|kind| (kind.clone(), json!(format!("{}; content {} of this world.", said(kind), item.cluster))))
        .collect();
    let pinpoints: serde_json::Map<String, Value> =
        item.kinds.iter().map(|kind| (kind.clone(), json!(["text, the sentence with the slogan"]))).collect();
    let incites = item.kinds.iter().any(|kind| kind == "incites");
    let others = item.kinds.iter().any(|kind| kind != "incites");
    let offences: &[&str] = if others { &["2017/541:3(1)(a)", "2017/541:4(b)"] } else { &[] };
    json!({
        "statements": statements,
        "pinpoints": pinpoints,
        "danger": incites.then(|| format!("Followers announce that they will act; content {} is shared by them.", item.cluster)),
        "offence_refs": offences,
        "urgency": "normal",
    })
}
