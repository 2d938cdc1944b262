//! A provider's inbox: what is asked, by whom, on what grounds.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::id::{CaseId, MessageId};
use domain::referral::Answer;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::inbox::InboxItem;
pub use store::inbox::Stand;

/// Newest cases that a search reads.
const SEARCHED_MAX: i64 = 2_000;

/// A row of the inbox: one item of one referral.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The referral's message.
    pub message: MessageId,
    /// `i1` …
    pub item: String,
    /// RXP case.
    pub case: CaseId,
    /// Who sent it.
    pub sender: String,
    /// `open`, `answered`, `withdrawn`.
    pub state: String,
    /// The last answer.
    pub answer: Option<String>,
    /// It waits for a word of the provider.
    pub waits: bool,
    /// The receipt's time.
    pub received_at: Timestamp,
}

impl From<InboxItem> for Row {
    fn from(item: InboxItem) -> Self {
        Self {
            waits: item.waits(),
            message: item.message,
            item: item.item,
            case: item.matter,
            sender: item.sender,
            state: item.state,
            answer: item.answer,
            received_at: item.received_at,
        }
    }
}

/// What is looked for among a provider's cases.
#[derive(Debug, Clone, Copy)]
pub struct Find<'a> {
    /// How they stand; any when there is none.
    pub stand: Option<Stand>,
    /// Part of the sender, of the reference or of an item's address, in any case; empty for all.
    pub part: &'a str,
    /// How many of the first are passed over.
    pub after: i64,
}

/// One case in the list.
#[derive(Debug, Clone)]
pub struct Case {
    /// The referral's message.
    pub message: MessageId,
    /// Its items.
    pub items: Vec<Row>,
    /// The address of its first item, as its sender wrote it; empty where it is not kept any more.
    pub about: String,
    /// The provider's last word in it is a request to look again.
    pub look_again: bool,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Cases {
    /// A page of it: what waits first, then newest first.
    pub rows: Vec<Case>,
    /// How many were found; of a search, among the newest 2000.
    pub all: u64,
    /// How many of all stand so.
    pub standing: Vec<(Stand, u64)>,
}

/// Cases of the provider that are looked for; at most `most`.
pub async fn cases(house: &House, actor: &Actor, wanted: Find<'_>, most: i64) -> Result<Cases> {
    actor.need(Right::ReadInbox)?;
    let standing = store::inbox::standing(&house.db, actor.agency).await?;
    let of = |limit, after| store::inbox::cases(&house.db, actor.agency, wanted.stand, (limit, after));
    let (page, all) = if wanted.part.is_empty() {
        let counted = standing.iter().filter(|(stand, _)| wanted.stand.is_none_or(|of| of == *stand));
        (of(most, wanted.after).await?, counted.map(|(_, count)| count).sum())
    } else {
        let mut found = Vec::new();
        for (message, sender) in of(SEARCHED_MAX, 0).await? {
            let document = document(house, actor, message).await?;
            if names(&sender, document.as_ref(), &wanted.part.to_lowercase()) {
                found.push((message, sender));
            }
        }
        let (count, skip) = (found.len() as u64, usize::try_from(wanted.after).unwrap_or_default());
        let most = usize::try_from(most).unwrap_or_default();
        (found.into_iter().skip(skip).take(most).collect(), count)
    };
    let mut rows = Vec::with_capacity(page.len());
    for (message, _) in page {
        let items = store::inbox::of_message(&house.db, actor.agency, message).await?;
        let referral = document(house, actor, message).await?;
        let about = referral.as_ref().and_then(|referral| referral["body"]["items"][0]["url"].as_str());
        let about = about.unwrap_or_default().to_owned();
        let items: Vec<Row> = items.into_iter().map(Row::from).collect();
        let look_again = asked_again(house, actor, &items).await?;
        rows.push(Case { message, items, about, look_again });
    }
    Ok(Cases { rows, all, standing })
}

/// Whether the provider's last word about a case is a request to look again.
async fn asked_again(house: &House, actor: &Actor, items: &[Row]) -> Result<bool> {
    let asks = |item: &&Row| item.answer.as_deref() == Some(Answer::NeedsInformation.word());
    let Some(asked) = items.iter().find(asks) else { return Ok(false) };
    let all = store::message::of_matter(&house.db, actor.agency, asked.case).await?;
    match all.into_iter().rev().find(|found| found.out && found.kind == "outcome") {
        Some(last) => Ok(said(house, last).await?.asks_again()),
        None => Ok(false),
    }
}

/// The signed referral; `None` where it is not kept any more.
async fn document(house: &House, actor: &Actor, message: MessageId) -> Result<Option<Value>> {
    let Some(stored) = store::message::get(&house.db, actor.agency, message).await? else { return Ok(None) };
    Ok(store::crypt::get_json(&house.db, stored.document).await?)
}

/// Whether its sender, its reference or an address of it holds `part`, which is in small letters.
fn names(sender: &str, document: Option<&Value>, part: &str) -> bool {
    let body = document.map(|document| &document["body"]);
    let items = body.and_then(|body| body["items"].as_array()).into_iter().flatten();
    let addresses = items.filter_map(|item| item["url"].as_str());
    std::iter::once(sender)
        .chain(body.and_then(|body| body["reference"].as_str()))
        .chain(addresses)
        .any(|text| text.to_lowercase().contains(part))
}

/// One referral as its provider reads it.
#[derive(Debug, Clone, Serialize)]
pub struct Open {
    /// Its items.
    pub items: Vec<Row>,
    /// The signed message, as it came.
    pub referral: Value,
    /// Its sender is an authority that nobody found in the register (RXP-57).
    pub unlisted: bool,
    /// Everything of the case after the referral, oldest first.
    pub messages: Vec<Said>,
}

/// A message of a case.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// RXP type.
    pub kind: String,
    /// Sent by the provider.
    pub own: bool,
    /// When.
    pub at: Timestamp,
    /// Its answer's word; empty when it is no answer.
    pub answer: String,
    /// Its reason or the cause of a withdrawal, a word of the protocol; may be empty.
    pub reason: String,
    /// Its words: a note, an information, the reason of a withdrawal; may be empty.
    pub text: String,
}

impl Said {
    /// It is a request to look again, because the provider thinks that the referral is wrong.
    #[must_use]
    pub fn asks_again(&self) -> bool {
        self.answer == Answer::NeedsInformation.word() && self.reason == crate::answer::LOOK_AGAIN
    }

    /// Its words, without those that the protocol wants where a person wrote none.
    #[must_use]
    pub fn own_words(&self) -> &str {
        if self.asks_again() { crate::answer::own_words(&self.text) } else { &self.text }
    }
}

/// Opens a referral that was loaded for reading.
pub async fn referral(
    house: &House,
    actor: &Actor,
    message: MessageId,
    items: Vec<InboxItem>,
) -> Result<Open> {
    let stored =
        store::message::get(&house.db, actor.agency, message).await?.ok_or_else(domain::access::not_here)?;
    let referral = store::crypt::get_json(&house.db, stored.document).await?.unwrap_or(Value::Null);
    let receipt: Value = match stored.receipt {
        Some(key) => store::crypt::get_json(&house.db, key).await?.unwrap_or_default(),
        None => Value::Null,
    };
    let flags = receipt["body"]["flags"].as_array().cloned().unwrap_or_default();
    let mut messages = Vec::new();
    for found in store::message::of_matter(&house.db, actor.agency, stored.matter).await? {
        if found.kind != "referral" {
            messages.push(said(house, found).await?);
        }
    }
    Ok(Open {
        items: items.into_iter().map(Row::from).collect(),
        referral,
        unlisted: flags.iter().any(|flag| flag == "sender_unlisted"),
        messages,
    })
}

/// What a message says.
pub(super) async fn said(house: &House, found: store::message::Message) -> Result<Said> {
    let document: Value = store::crypt::get_json(&house.db, found.document).await?.unwrap_or(Value::Null);
    let body = &document["body"];
    let result = &body["results"][0];
    let words =
        [&body["text"], &result["note"], &body["note"], &body["reasons"]].into_iter().find_map(Value::as_str);
    Ok(Said {
        answer: result["answer"].as_str().unwrap_or_default().to_owned(),
        reason: result["reason"].as_str().or(body["reason"].as_str()).unwrap_or_default().to_owned(),
        text: words.unwrap_or_default().to_owned(),
        kind: found.kind,
        own: found.out,
        at: found.made_at,
    })
}
