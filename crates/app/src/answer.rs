//! Answer: a provider's person says what becomes of what was referred (RXP-110, D5). All answers are equal here.
//!
//! In: items of one referral in the provider's inbox, an answer, and what goes with it. Out: an `outcome` in the outbox.

use crate::identity::{sender, wire};
use crate::{Act, Error, House, Result};
use domain::Refusal;
use domain::access::{Actor, Right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{MessageId, PersonId};
use domain::referral::Answer;
use domain::written::{self, Lines};
use exchange::body::outcome::Outcome;
use exchange::limits::{self, Limit};
use exchange::{Body, Draft, Envelope, ItemRef, Lang, OrgId};
use serde::Deserialize;
use serde_json::json;
use store::inbox::InboxItem;
use store::message::Message;
use store::outbox::Waiting;
use uuid::Uuid;

/// Lane of answers to referrals (RXP-37).
const LANE: i64 = 4;

/// Reason of a `needs_information` that asks for no information but for another look (RXP-111.03 leaves the word free).
pub const LOOK_AGAIN: &str = "look_again";
/// The question that the protocol wants with it where a person wrote none.
const LOOK_AGAIN_NOTE: &str = "Please look at it again.";

/// The words of a request to look again, when a person wrote some; else nothing.
pub(crate) fn own_words(note: &str) -> &str {
    if note == LOOK_AGAIN_NOTE { "" } else { note }
}

/// What a person chose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Items of the referral, `i1` …; empty means all that are open.
    #[serde(default)]
    pub items: Vec<String>,
    /// The answer.
    pub answer: Answer,
    /// Reason of `no_action`, or the provider's own word.
    #[serde(default)]
    pub reason: Option<String>,
    /// terms, law, both, none.
    #[serde(default = "none")]
    pub basis: String,
    /// The question, or a note.
    #[serde(default)]
    pub note: Option<String>,
    /// The provider's own reference.
    #[serde(default)]
    pub own_ref: Option<String>,
}

fn none() -> String {
    "none".to_owned()
}

impl Chosen {
    /// Asks the sender to look again at all that is open, in a person's words or without any.
    #[must_use]
    pub fn look_again(words: Option<&str>) -> Self {
        Self {
            items: Vec::new(),
            answer: Answer::NeedsInformation,
            reason: Some(LOOK_AGAIN.to_owned()),
            basis: none(),
            note: Some(words.unwrap_or(LOOK_AGAIN_NOTE).to_owned()),
            own_ref: None,
        }
    }
}

/// Answers items of one referral.
pub async fn run(house: &House, actor: &Actor, referral: MessageId, mut chosen: Chosen) -> Result<MessageId> {
    actor.need(Right::Answer)?;
    for (text, limit, lines) in [
        (&mut chosen.note, limits::NOTE_CHARS, Lines::Several),
        (&mut chosen.own_ref, limits::REFERENCE_CHARS, Lines::One),
    ] {
        if let Some(text) = text.as_mut().filter(|text| !text.is_empty()) {
            *text = sound(text, limit, lines)?;
        }
    }
    let inbox = store::inbox::of_message(&house.db, actor.agency, referral).await?;
    let items: Vec<InboxItem> = inbox
        .into_iter()
        .filter(|item| {
            let waits = item.waits() || item.taken_back() && item.answer.is_none();
            if chosen.items.is_empty() { waits } else { chosen.items.contains(&item.item) }
        })
        .collect();
    if items.is_empty() || (!chosen.items.is_empty() && items.len() != chosen.items.len()) {
        return Err(domain::access::not_here().into());
    }
    let after_withdrawal = matches!(chosen.answer, Answer::RestoredAfterWithdrawal | Answer::NoAction);
    if items.iter().any(InboxItem::taken_back) && !after_withdrawal {
        return Err(Refusal::new(
            "RXP-122",
            "withdrawn",
            "The sender took this referral back; say that it is restored, or that nothing was done.",
        )
        .into());
    }
    let original =
        store::message::get(&house.db, actor.agency, referral).await?.ok_or_else(domain::access::not_here)?;
    let us = sender(house, actor.agency).await?;
    let now = house.clock.now();
    let refs = items.iter().map(|item| ItemRef::new(item.item.clone())).collect::<Result<_, _>>()?;
    let result = crate::receipt::result(&chosen, refs, now)?;
    let draft = Draft {
        id: MessageId(Uuid::now_v7()),
        case: original.matter,
        in_reply_to: Some(referral),
        from: us.org.clone(),
        to: OrgId::new(original.peer.clone())?,
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        sent_at: wire(now)?,
        lang: Lang::new("en")?,
        handling: None,
    };
    let envelope = Envelope::draft(draft, &Body::from(Outcome { results: vec![result] }))
        .map_err(|refused| Error::Input(format!("The answer cannot be sent: {}.", refused.detail)))?;
    let signed = envelope.sign(&us.key)?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    for item in &items {
        let by: (Option<PersonId>, _) = (Some(actor.person), now);
        store::inbox::answer(&mut act.tx, item, chosen.answer.word(), !chosen.answer.is_final(), by).await?;
    }
    post(house, &mut act, &envelope, &signed, LANE).await?;
    let facts =
        json!({ "answer": chosen.answer.word(), "items": items.len(), "message": envelope.id.to_string() });
    act.append(Noun::Message, referral.0, "answered", facts).await?;
    act.commit().await?;
    house.tell(actor.agency);
    Ok(envelope.id)
}

/// A text that a person writes into a message: it can be seen, and nothing is hidden in it (D10).
pub(crate) fn sound(text: &str, limit: Limit, lines: Lines) -> Result<String> {
    let Limit { min, max } = limit;
    let wrong = |_| Error::Input(format!("Write the text in {min} to {max} characters that can be seen."));
    written::sound(text, (min, max), lines).map(str::to_owned).map_err(|unsound| unsound.refused(wrong))
}

/// Stores a signed message and puts it into the outbox, to the peer's entry in our book.
pub(crate) async fn post(
    house: &House,
    act: &mut Act,
    envelope: &Envelope,
    signed: &exchange::Signed,
    lane: i64,
) -> Result<()> {
    let peers = store::provider::of_org(&house.db, envelope.to.as_str()).await?;
    let by_name = peers.iter().find(|peer| peer.space == act.agency()).or(peers.first()).cloned();
    // Not under that name, or not any more: where the message went that this one is about (RXP-120).
    let (now, agency) = (act.now, act.agency());
    let earlier = match (by_name.is_none(), envelope.in_reply_to) {
        (true, Some(original)) => store::message::sent_to(&mut act.tx, agency, original).await?,
        _ => None,
    };
    let earlier = match earlier {
        Some(id) => store::provider::get_in(&mut act.tx, id).await?,
        None => None,
    };
    let peer = by_name.or(earlier).ok_or_else(|| {
        Error::Input(format!("{} is not in the provider book; a coordinator enters it.", envelope.to))
    })?;
    let document =
        store::crypt::put(&mut act.tx, agency, Retention::Referral, signed.document.as_bytes(), now).await?;
    let message = Message {
        id: envelope.id,
        agency,
        out: true,
        kind: envelope.kind.to_string(),
        matter: envelope.case,
        in_reply_to: envelope.in_reply_to,
        peer: envelope.to.to_string(),
        digest: signed.digest.to_string(),
        document: document.key,
        receipt: None,
        receipt_at: None,
        made_at: now,
    };
    store::message::put(&mut act.tx, &message).await?;
    let waiting = Waiting {
        message: envelope.id,
        agency,
        provider: Some(peer.id),
        channel: peer.entry.channel.word().to_owned(),
        lane,
        attempts: 0,
        made_at: now,
    };
    store::outbox::enqueue(&mut act.tx, &waiting, now).await?;
    let facts = json!({ "type": message.kind, "case": message.matter.to_string(), "digest": message.digest, "doc": document.fact() });
    act.append(Noun::Message, envelope.id.0, "sent", facts).await?;
    Ok(())
}
