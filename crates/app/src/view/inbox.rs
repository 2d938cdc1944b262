//! A provider's inbox: what is asked, by whom, on what grounds.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::id::{CaseId, MessageId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::inbox::InboxItem;

/// Items of one answer.
const ITEMS_MAX: i64 = 5_000;

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

/// The provider's items in a state, oldest first.
pub async fn inbox(house: &House, actor: &Actor, state: &str) -> Result<Vec<Row>> {
    actor.need(Right::ReadInbox)?;
    let items = store::inbox::in_state(&house.db, actor.agency, state, ITEMS_MAX).await?;
    Ok(items.into_iter().map(Row::from).collect())
}

/// The address of a referral's first item, as its sender wrote it; `None` where it is not kept any more.
pub async fn first_address(house: &House, actor: &Actor, message: MessageId) -> Result<Option<String>> {
    actor.need(Right::ReadInbox)?;
    let Some(stored) = store::message::get(&house.db, actor.agency, message).await? else { return Ok(None) };
    let referral: Option<Value> = store::crypt::get_json(&house.db, stored.document).await?;
    Ok(referral.and_then(|referral| Some(referral["body"]["items"][0]["url"].as_str()?.to_owned())))
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
    /// Its reason, a word of the protocol; may be empty.
    pub reason: String,
    /// Its words: a note, an information, the reason of a withdrawal; may be empty.
    pub text: String,
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
    let words = [&body["text"], &result["note"], &body["note"]].into_iter().find_map(Value::as_str);
    Ok(Said {
        answer: result["answer"].as_str().unwrap_or_default().to_owned(),
        reason: result["reason"].as_str().unwrap_or_default().to_owned(),
        text: words.unwrap_or_default().to_owned(),
        kind: found.kind,
        own: found.out,
        at: found.made_at,
    })
}
