//! Contest by reference: whoever has the reference can say that a referral was wrong, and a person decides (LAW-57, RXP-20.25).

use crate::identity::{sender, wire};
use crate::{Act, House, Result, withdraw};
use domain::Refusal;
use domain::access::{Actor, Authorised, Right, right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::MessageId;
use domain::referral::{Event, WithdrawalReason, next};
use domain::written::{self, Lines};
use exchange::body::contest as wire_form;
use exchange::{Body, Draft, Envelope, Lang, OrgId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use store::contest::{Contest, Decision};
use store::referral::Referral;
use uuid::Uuid;

/// Lane of contests (RXP-37).
const LANE: i64 = 4;
/// Least length of the reasons, in characters (RXP-100.05).
const REASONS_MIN_CHARS: usize = 20;
/// Greatest length of the reasons, in characters.
const REASONS_MAX_CHARS: usize = 4000;
/// Contests of one referral that may wait for a decision at once: who holds the reference cannot flood the people who decide.
const OPEN_MAX: u64 = 20;
/// Contests of a referral that are shown.
const SHOWN_MAX: i64 = 50;

/// What is said to somebody who has only the sender's own number.
const OWN_NUMBER: &str = "This is the sender's own number, which anybody could guess. Needed is the reference for contesting, \
    32 digits and letters; it stands in the letter to the provider under \"Reference for contesting\".";

/// Whether it is a sender's own number, such as `r-000220`: these are counted up, so they open nothing (D14).
fn is_own_number(reference: &str) -> bool {
    let number = reference
        .strip_prefix('r')
        .map(|rest| rest.trim_start_matches(['-', '\u{2010}', '\u{2011}', '\u{2013}']));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Contests by the public page. Nothing is told about the referral but that the reference is right.
pub async fn by_reference(house: &House, reference: &str, reasons: &str) -> Result<Uuid> {
    // As it was copied from a letter: with blanks, in capitals.
    let reference = reference.split_whitespace().collect::<String>().to_lowercase();
    if is_own_number(&reference) {
        return Err(Refusal::new("LAW-57", "own_number", OWN_NUMBER).into());
    }
    let reasons = sound(reasons)?;
    let referral = store::referral::of_contest(&house.db, &reference).await?.ok_or_else(|| {
        Refusal::new(
            "LAW-57",
            "not_here",
            "There is no such reference. It stands in the letter to the provider under \"Reference for contesting\".",
        )
    })?;
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    if enough(&mut act, &referral).await? {
        return Err(Refusal::new(
            "LAW-57",
            "contests_wait",
            format!("{OPEN_MAX} contests of this referral wait for a decision; open another when they are decided."),
        )
        .into());
    }
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        referral.space,
        Retention::Referral,
        &json!({ "reasons": reasons }),
        now,
    )
    .await?;
    let id = open(&mut act, &referral, document.key).await?;
    act.commit().await?;
    house.tell(referral.space);
    Ok(id)
}

/// The reasons of a contest, trimmed, when they are neither too short nor too long.
fn sound(reasons: &str) -> Result<&str> {
    let sound = written::sound(reasons, (REASONS_MIN_CHARS, REASONS_MAX_CHARS), Lines::Several);
    let sentence = format!("Say in {REASONS_MIN_CHARS} to {REASONS_MAX_CHARS} characters what is wrong.");
    Ok(sound.map_err(|bad| bad.refused(|_| Refusal::new("LAW-57", "contest_reasons", sentence)))?)
}

/// A provider contests a referral that it received, by a message of its own, also when it has answered it
/// (RXP-20.25, RXP-70.24 to RXP-70.26). Gives the message's id.
pub async fn by_provider(
    house: &House,
    actor: &Actor,
    referral: MessageId,
    reasons: &str,
) -> Result<MessageId> {
    actor.need(Right::Answer)?;
    let reasons = sound(reasons)?.to_owned();
    let items = store::inbox::of_message(&house.db, actor.agency, referral).await?;
    if items.is_empty() {
        return Err(domain::access::not_here().into());
    }
    if items.iter().all(store::inbox::InboxItem::taken_back) {
        return Err(Refusal::new("RXP-122", "withdrawn", "The sender took this referral back.").into());
    }
    let of =
        store::message::get(&house.db, actor.agency, referral).await?.ok_or_else(domain::access::not_here)?;
    let us = sender(house, actor.agency).await?;
    let draft = Draft {
        id: MessageId(Uuid::now_v7()),
        case: of.matter,
        in_reply_to: Some(referral),
        from: us.org.clone(),
        to: OrgId::new(of.peer.clone())?,
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        sent_at: wire(house.clock.now())?,
        lang: Lang::new("en")?,
        handling: None,
    };
    let body = wire_form::Contest {
        subject: referral,
        reference_number: None,
        ground: wire_form::ContestGround::Other,
        reasons,
        wish: wire_form::Wish::Withdraw,
    };
    let envelope = Envelope::draft(draft, &Body::from(body))?;
    let signed = envelope.sign(&us.key)?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    crate::answer::post(house, &mut act, &envelope, &signed, LANE).await?;
    act.commit().await?;
    house.tell(actor.agency);
    Ok(envelope.id)
}

/// Whether as many contests of a referral wait as may.
pub(crate) async fn enough(act: &mut Act, referral: &Referral) -> Result<bool> {
    Ok(store::contest::open(&mut act.tx, referral.id).await? >= OPEN_MAX)
}

/// Opens a contest in the transaction.
pub(crate) async fn open(act: &mut Act, referral: &Referral, document: i64) -> Result<Uuid> {
    let new = Contest {
        id: Uuid::now_v7(),
        agency: referral.agency,
        referral: referral.id,
        state: "open".to_owned(),
        document,
        decision: None,
        made_at: act.now,
        decided_at: None,
    };
    store::contest::put(&mut act.tx, &new).await?;
    act.append(Noun::Contest, new.id, "opened", json!({ "referral": referral.id.to_string() })).await?;
    let known =
        store::referral::items_in(&mut act.tx, referral.id).await?.iter().any(|item| item.final_at.is_some());
    let event = if known { Event::ContestAfterOutcome } else { Event::ContestWithoutOutcome };
    if let Ok(state) = next(referral.state, event) {
        store::referral::set_state(&mut act.tx, referral.id, state).await?;
        act.append(Noun::Referral, referral.id.0, event.word(), json!({})).await?;
    }
    Ok(new.id)
}

/// A contest as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Its id.
    pub id: Uuid,
    /// `open`, `upheld` or `refused`.
    pub state: String,
    /// What the contestant says is wrong.
    pub reasons: String,
    /// When.
    pub made_at: Timestamp,
    /// Why it was decided so.
    pub decision: Option<String>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

/// Contests of a referral that was loaded for reading, oldest first.
pub async fn of_referral(house: &House, referral: &Referral) -> Result<Vec<Shown>> {
    let mut shown = Vec::new();
    for contest in store::contest::of_referral(&house.db, referral.id, SHOWN_MAX).await? {
        shown.push(Shown {
            id: contest.id,
            state: contest.state,
            reasons: reasons(house, Some(contest.document)).await?.unwrap_or_default(),
            made_at: contest.made_at,
            decision: reasons(house, contest.decision).await?,
            decided_at: contest.decided_at,
        });
    }
    Ok(shown)
}

/// The reasons in a document: of the public page, of a decision, or of an RXP message.
async fn reasons(house: &House, document: Option<i64>) -> Result<Option<String>> {
    let Some(document) = document else { return Ok(None) };
    let read: Option<Value> = store::crypt::get_json(&house.db, document).await?;
    Ok(read.and_then(|read| {
        let at = if read["rxp"].is_null() { &read["reasons"] } else { &read["body"]["reasons"] };
        at.as_str().map(str::to_owned)
    }))
}

/// Decides a contest: a named human, neither author nor approver of what is contested. When it is upheld, the referral is
/// taken back in the same transaction, and every receiver is told.
pub async fn decide(
    house: &House,
    referral: &Authorised<Referral, right::ManageOperation>,
    contest: Uuid,
    upheld: bool,
    reasons: &str,
) -> Result<()> {
    let (actor, found) = (referral.actor(), referral.get());
    let assessment =
        store::assessment::get(&house.db, found.assessment).await?.ok_or_else(domain::access::not_here)?;
    if assessment.author == actor.person || assessment.approver == Some(actor.person) {
        return Err(Refusal::new(
            "LAW-120",
            "four_eyes",
            "A contest is decided by a third person: neither author nor approver.",
        )
        .into());
    }
    let reasons = domain::reads::reason(reasons)?;
    let back = withdraw::Back::prepare(house, found, WithdrawalReason::WrongAssessment, &reasons).await?;
    let mut act = Act::of(house, actor, found.space).await?;
    let document = store::crypt::put_json(
        &mut act.tx,
        found.space,
        Retention::Referral,
        &json!({ "reasons": reasons }),
        act.now,
    )
    .await?;
    let made = Decision {
        contest,
        referral: found.id,
        upheld,
        document: document.key,
        by: actor.person,
        at: act.now,
    };
    if !store::contest::decide(&mut act.tx, &made).await? {
        return Err(domain::access::not_here().into());
    }
    let word = if upheld { "upheld" } else { "refused" };
    act.append(Noun::Contest, contest, word, json!({ "doc": document.fact() })).await?;
    if upheld {
        let stored =
            store::referral::get_in(&mut act.tx, found.id).await?.ok_or_else(domain::access::not_here)?;
        if next(stored.state, Event::Withdraw).is_ok() {
            act = back.in_act(house, act, &stored).await?;
        }
    }
    act.commit().await?;
    house.tell(found.space);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_senders_number_is_known_by_its_form() {
        let check = |written: &str, expected: bool| assert_eq!(is_own_number(written), expected, "{written}");
        check("r-000220", true);
        check("r000220", true);
        check("r\u{2011}000220", true);
        check("r-", false);
        check("", false);
        check("reference", false);
        check("00112233445566778899aabbccddeeff", false);
    }
}
