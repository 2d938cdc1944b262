//! Withdraw: taking back what was sent is one key for one person, and reaches every receiver (RXP-120 to RXP-126, LAW-93).
//!
//! In: a referral and a reason. Out: the referral is `withdrawn`, and a withdrawal waits in the outbox for every organisation
//! that ever received it, read from the messages, not from memory.

use crate::answer::{post, sound};
use crate::identity::{Sender, sender, wire};
use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, Right, right};
use domain::event::Noun;
use domain::id::{MessageId, ReferralId};
use domain::referral::{Event, State, WithdrawalReason, next};
use domain::written::Lines;
use exchange::body::dialogue::Information;
use exchange::body::repair::{Withdrawal, WithdrawalRequest};
use exchange::{Body, Draft, Envelope, Lang, OrgId, limits};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;
use store::referral::Referral;
use uuid::Uuid;

/// Lane of withdrawals (RXP-37).
const LANE_WITHDRAWAL: i64 = 3;
/// Lane of information (RXP-37).
const LANE_INFORMATION: i64 = 4;

/// Who was told, and whether they confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The organisation.
    pub org: String,
    /// The receipt's time; `None` while it is open.
    pub acknowledged_at: Option<Timestamp>,
}

/// Takes a referral back.
pub async fn run(
    house: &House,
    referral: &Authorised<Referral, right::Withdraw>,
    reason: WithdrawalReason,
    text: &str,
) -> Result<Vec<Told>> {
    let found = referral.get();
    let back = Back::prepare(house, found, reason, text).await?;
    let mut act = Act::of(house, referral.actor(), found.space).await?;
    let stored =
        store::referral::get_in(&mut act.tx, found.id).await?.ok_or_else(domain::access::not_here)?;
    let act = back.in_act(house, act, &stored).await?;
    act.commit().await?;
    house.tell(stored.space);
    told(house, stored.id).await
}

/// A withdrawal that is ready: who is told, by whom, and why.
pub(crate) struct Back {
    receivers: BTreeMap<String, MessageId>,
    us: Sender,
    reason: WithdrawalReason,
    text: String,
}

impl Back {
    /// Reads what a withdrawal needs before its transaction.
    pub(crate) async fn prepare(
        house: &House,
        referral: &Referral,
        reason: WithdrawalReason,
        text: &str,
    ) -> Result<Self> {
        let text = domain::reads::reason(text)?;
        let receivers = receivers(house, referral).await?;
        let us = sender(house, referral.agency).await?;
        Ok(Self { receivers, us, reason, text })
    }

    /// Takes `stored` back in a transaction and writes to every receiver.
    pub(crate) async fn in_act(self, house: &House, mut act: Act, stored: &Referral) -> Result<Act> {
        let state = next(stored.state, Event::Withdraw)?;
        store::referral::set_state(&mut act.tx, stored.id, state).await?;
        store::referral::release(&mut act.tx, stored.id).await?;
        store::look::set_due(&mut act.tx, stored.id, None, None).await?;
        let now = act.now;
        if let Some(message) = stored.message {
            store::message::revoke_mail_links(&mut act.tx, stored.agency, message, now).await?;
            // What nobody has a receipt for is not tried again: that a person took it back is recorded here (RXP-49).
            store::outbox::stop_tries(&mut act.tx, stored.agency, message).await?;
            act = act.of_sender(stored.agency);
            for (org, original) in &self.receivers {
                let envelope = Envelope::draft(self.draft(stored, *original, org, now)?, &self.body()?)?;
                let signed = envelope.sign(&self.us.key)?;
                post(house, &mut act, &envelope, &signed, LANE_WITHDRAWAL).await?;
            }
        }
        let facts = json!({ "reason": serde_json::to_value(self.reason)?, "told": self.receivers.len() });
        act.append(Noun::Referral, stored.id.0, Event::Withdraw.word(), facts).await?;
        Ok(act)
    }

    fn draft(&self, stored: &Referral, message: MessageId, org: &str, now: Timestamp) -> Result<Draft> {
        Ok(Draft {
            id: MessageId(Uuid::now_v7()),
            case: stored.matter,
            in_reply_to: Some(message),
            from: self.us.org.clone(),
            to: OrgId::new(org.to_owned())?,
            capacity: self.us.capacity,
            legal_basis: self.us.legal_basis.clone(),
            sent_at: wire(now)?,
            lang: Lang::new("en")?,
            handling: None,
        })
    }

    fn body(&self) -> Result<Body> {
        Ok(Body::from(Withdrawal {
            reason: serde_json::from_value(serde_json::to_value(self.reason)?)?,
            text: self.text.clone(),
            request: WithdrawalRequest::ReinstateIfActed,
            items: Vec::new(),
            also_sent_to: u32::try_from(self.receivers.len().saturating_sub(1))
                .ok()
                .filter(|others| *others > 0),
        }))
    }
}

/// Organisations to which anything of the matter went, each with the first message that went there: read from the
/// messages, not from the book (RXP-120).
async fn receivers(house: &House, referral: &Referral) -> Result<BTreeMap<String, MessageId>> {
    let mut orgs = BTreeMap::new();
    for message in store::message::of_matter(&house.db, referral.agency, referral.matter).await? {
        if message.out && !["withdrawal", "receipt"].contains(&message.kind.as_str()) {
            orgs.entry(message.peer).or_insert(message.id);
        }
    }
    Ok(orgs)
}

/// Days without a receipt after which a person telephones (RXP-123).
const TELEPHONE_AFTER_DAYS: i64 = 7;
/// Open withdrawals of one list.
const OPEN_SHOWN: i64 = 200;

/// A withdrawal that a receiver has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unconfirmed {
    /// The referral.
    pub referral: Option<ReferralId>,
    /// Its reference for people.
    pub reference: String,
    /// The receiver.
    pub org: String,
    /// When it was sent.
    pub since: Timestamp,
    /// It is time that a person telephones.
    pub telephone: bool,
}

/// Withdrawals of an agency that are not confirmed yet, oldest first: the list of the start page (RXP-123).
pub async fn unconfirmed(house: &House, actor: &Actor) -> Result<Vec<Unconfirmed>> {
    actor.need(Right::Read)?;
    let now = house.clock.now();
    let mut list = Vec::new();
    for message in store::message::open_withdrawals(&house.db, actor.agency, OPEN_SHOWN).await? {
        let referral = match message.in_reply_to {
            Some(original) => store::referral::of_message(&house.db, original).await?,
            None => None,
        };
        list.push(Unconfirmed {
            referral: referral.as_ref().map(|referral| referral.id),
            reference: referral.map(|referral| referral.reference).unwrap_or_default(),
            org: message.peer,
            since: message.made_at,
            telephone: now.duration_since(message.made_at).as_hours() >= 24 * TELEPHONE_AFTER_DAYS,
        });
    }
    Ok(list)
}

/// Who was told of a withdrawal, and which acknowledgements are open.
pub async fn told(house: &House, id: ReferralId) -> Result<Vec<Told>> {
    let referral = store::referral::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    Ok(store::message::of_matter(&house.db, referral.agency, referral.matter)
        .await?
        .into_iter()
        .filter(|message| message.out && message.kind == "withdrawal")
        .map(|message| Told { org: message.peer, acknowledged_at: message.receipt_at })
        .collect())
}

/// Answers a provider's question (RXP-20.14).
pub async fn inform(
    house: &House,
    referral: &Authorised<Referral, right::Withdraw>,
    text: &str,
) -> Result<MessageId> {
    let stored = referral.get();
    if stored.state != State::InDialogue {
        return Err(domain::Refusal::new(
            "RXP-70.14",
            "bad_transition",
            "The provider has no open question about this referral.",
        )
        .into());
    }
    let question = store::message::of_matter(&house.db, stored.agency, stored.matter)
        .await?
        .into_iter()
        .rfind(|message| !message.out && message.kind == "outcome")
        .ok_or_else(|| Error::Bug("a question without its message".into()))?;
    let text = sound(text, limits::TEXT_CHARS, Lines::Several)?;
    let us = sender(house, stored.agency).await?;
    let mut act = Act::of(house, referral.actor(), stored.space).await?.of_sender(stored.agency);
    let draft = Draft {
        id: MessageId(Uuid::now_v7()),
        case: stored.matter,
        in_reply_to: Some(question.id),
        from: us.org.clone(),
        to: OrgId::new(question.peer.clone())?,
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        sent_at: wire(act.now)?,
        lang: Lang::new("en")?,
        handling: None,
    };
    let body = Information { text, items: Vec::new(), locators: Vec::new() };
    let envelope = Envelope::draft(draft, &Body::from(body))
        .map_err(|refused| Error::Input(format!("Your answer cannot be sent: {}.", refused.detail)))?;
    let signed = envelope.sign(&us.key)?;
    post(house, &mut act, &envelope, &signed, LANE_INFORMATION).await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(envelope.id)
}
