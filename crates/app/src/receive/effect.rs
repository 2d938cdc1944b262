//! What a message that was taken in changes here.

use crate::{Act, House, Result, receipt};
use domain::event::Noun;
use domain::id::{AgencyId, MessageId};
use domain::referral::{Answer, Event, State, event_of_answers, next};
use exchange::Body;
use jiff::Timestamp;
use serde_json::json;
use store::inbox::InboxItem;
use store::message::Message;
use store::referral::Referral;

use super::PARKED_MAX;

/// What a message changes here. No message removes or sends anything by itself (RXP-05).
pub(super) async fn effect(act: &mut Act, message: &Message, body: &Body, document: &str) -> Result<()> {
    match body {
        Body::Referral(referral) => {
            referred(act, message, referral).await?;
            joined(act, message.id).await
        }
        Body::Outcome(outcome) => answered(act, message, outcome).await,
        Body::Receipt(receipt) => receipt::came(act, message, receipt, document).await,
        Body::Withdrawal(_) => withdrawn(act, message).await,
        Body::Information(_) => informed(act, message).await,
        Body::Contest(contest) => contested(act, message, contest).await,
        Body::ReinstatementReport(report) => reinstated(act, message, report).await,
        Body::ContactPreferences(wishes) => crate::book::prefer(act, &message.peer, wishes).await,
        Body::Reminder(_) | Body::Correction(_) | Body::ContestDecision(_) => Ok(()),
    }
}

/// Replies that came before their original are joined to it (RXP-36).
async fn joined(act: &mut Act, original: MessageId) -> Result<()> {
    let agency = act.agency();
    let parked = store::message::replies_in(&mut act.tx, agency, original, PARKED_MAX).await?;
    for reply in parked.iter().filter(|reply| !reply.out) {
        match reply.kind.as_str() {
            "withdrawal" => withdrawn(act, reply).await?,
            "outcome" | "reinstatement_report" => {
                let Some(document) = store::crypt::get_in(&mut act.tx, reply.document).await? else {
                    continue;
                };
                let (envelope, _) = exchange::document::open(&String::from_utf8_lossy(&document))?;
                match Body::read(&envelope)? {
                    Body::Outcome(outcome) => answered(act, reply, &outcome).await?,
                    Body::ReinstatementReport(report) => reinstated(act, reply, &report).await?,
                    _ => {}
                }
            }
            _ => {}
        }
        act.append(Noun::Message, reply.id.0, "joined", json!({ "to": original.to_string() })).await?;
    }
    Ok(())
}

async fn withdrawn(act: &mut Act, message: &Message) -> Result<()> {
    if let Some(original) = message.in_reply_to {
        store::inbox::withdraw(&mut act.tx, message.agency, original).await?;
    }
    Ok(())
}

async fn informed(act: &mut Act, message: &Message) -> Result<()> {
    if let Some(question) = message.in_reply_to
        && let Some(asked) = store::message::get_in(&mut act.tx, message.agency, question).await?
        && let Some(referral) = asked.in_reply_to
    {
        act.tx
            .run(
                "UPDATE inbox_item SET state = 'open' WHERE agency = $1 AND message = $2
                 AND answer = 'needs_information' AND state <> 'withdrawn'",
                store::params![message.agency, referral],
            )
            .await?;
    }
    Ok(())
}

/// What the provider put back counts as its last answer for the item (RXP-20.24, RXP-125).
async fn reinstated(
    act: &mut Act,
    message: &Message,
    report: &exchange::body::repair::ReinstatementReport,
) -> Result<()> {
    let Some(referral) = referral_of(act, message).await? else { return Ok(()) };
    let word = serde_json::to_value(report.answer)?;
    let Some(answer) = word.as_str().and_then(Answer::from_word) else { return Ok(()) };
    let now = act.now;
    let mut facts = Vec::new();
    for item in &report.items {
        if store::referral::set_answer(&mut act.tx, referral.id, item.as_str(), answer, now).await? {
            facts.push(json!([item.to_string(), answer.word()]));
        }
    }
    let facts = json!({ "answers": facts, "message": message.id.to_string() });
    act.append(Noun::Referral, referral.id.0, "reinstated", facts).await?;
    Ok(())
}

async fn referred(
    act: &mut Act,
    message: &Message,
    referral: &exchange::body::referral::Referral,
) -> Result<()> {
    let items: Vec<InboxItem> = referral
        .items
        .iter()
        .map(|item| InboxItem {
            agency: message.agency,
            message: message.id,
            item: item.item.to_string(),
            matter: message.matter,
            sender: message.peer.clone(),
            state: "open".to_owned(),
            answer: None,
            received_at: message.made_at,
        })
        .collect();
    store::inbox::put(&mut act.tx, &items).await?;
    Ok(())
}

/// An answer came. Without the original, or before its receipt, it is kept and joined later (RXP-36).
pub(crate) async fn answered(
    act: &mut Act,
    message: &Message,
    outcome: &exchange::body::outcome::Outcome,
) -> Result<()> {
    let Some(of) = message.in_reply_to else { return Ok(()) };
    let Some(referral) = answered_referral(act, message, of).await? else { return Ok(()) };
    let Some(sent) = referral.message else { return Ok(()) };
    if !received(act, sent, &message.peer).await? {
        // Kept, and without effect: only who received a referral answers it.
        return Ok(());
    }
    if matches!(referral.state, State::Queued | State::Delivered | State::Undeliverable) {
        return Ok(());
    }
    let now = act.now;
    let mut answers = Vec::new();
    let mut facts = Vec::new();
    for result in &outcome.results {
        let word = serde_json::to_value(result.answer)?;
        let Some(answer) = word.as_str().and_then(Answer::from_word) else { continue };
        if answer != Answer::Preserved {
            for item in &result.items {
                if store::referral::set_answer(&mut act.tx, referral.id, item.as_str(), answer, now).await? {
                    facts.push(json!([item.to_string(), answer.word()]));
                }
            }
            answers.push(answer);
        }
    }
    let items = store::referral::items_in(&mut act.tx, referral.id).await?;
    let open = items.iter().filter(|item| item.final_at.is_none()).count();
    let event = event_of_answers(open, &answers);
    let facts = json!({ "answers": facts, "open": open, "message": message.id.to_string() });
    // After a withdrawal the answer says what became of the item; it opens nothing again (RXP-70.27, RXP-122).
    if referral.state == State::Closed && taken_back(act, &referral).await? {
        act.append(Noun::Referral, referral.id.0, "answered_after_withdrawal", facts).await?;
        return Ok(());
    }
    let state = next(referral.state, event)?;
    store::referral::set_state(&mut act.tx, referral.id, state).await?;
    act.append(Noun::Referral, referral.id.0, event.word(), facts).await?;
    Ok(())
}

/// The referral that an answer is about: it answers the referral, a reminder of it, or its withdrawal (RXP-20.13).
async fn answered_referral(act: &mut Act, message: &Message, of: MessageId) -> Result<Option<Referral>> {
    if let Some(referral) = store::referral::of_message_in(&mut act.tx, of).await? {
        return Ok(Some(referral));
    }
    match store::message::get_in(&mut act.tx, message.agency, of).await? {
        Some(ours) if ours.out && ours.matter == message.matter => referral_of(act, message).await,
        _ => Ok(None),
    }
}

async fn taken_back(act: &mut Act, referral: &Referral) -> Result<bool> {
    let sql = "SELECT id FROM message WHERE agency = $1 AND matter = $2 AND type = 'withdrawal' AND direction = 'out'";
    Ok(!act.tx.rows(sql, store::params![referral.agency, referral.matter]).await?.is_empty())
}

/// A contest counts when it comes from who received the referral, or names its contest reference.
async fn contested(
    act: &mut Act,
    message: &Message,
    contest: &exchange::body::contest::Contest,
) -> Result<()> {
    let Some(referral) = store::referral::of_message_in(&mut act.tx, contest.subject).await? else {
        return Ok(());
    };
    let known = contest.reference_number.as_deref() == Some(referral.contest.as_str());
    let may = known || received(act, contest.subject, &message.peer).await?;
    if may && !crate::contest::enough(act, &referral).await? {
        crate::contest::open(act, &referral, message.document).await?;
    }
    Ok(())
}

/// Whether a message of ours went to an organisation.
async fn received(act: &mut Act, id: MessageId, org: &str) -> Result<bool> {
    let agency = act.agency();
    let ours = store::message::get_in(&mut act.tx, agency, id).await?;
    Ok(ours.is_some_and(|ours| ours.out && ours.peer == org))
}

/// What a receipt for a message of ours changes.
pub(crate) async fn after_receipt(act: &mut Act, message: &Message, at: Timestamp) -> Result<()> {
    match message.kind.as_str() {
        "referral" => {
            if let Some(referral) = store::referral::of_message_in(&mut act.tx, message.id).await? {
                store::referral::set_acknowledged(&mut act.tx, referral.id, at).await?;
                step(act, &referral, Event::Receipt).await?;
                crate::recheck::first_due(act, referral.id).await?;
                joined(act, message.id).await?;
            }
        }
        "information" => {
            if let Some(referral) = referral_of(act, message).await? {
                step(act, &referral, Event::Informed).await?;
                store::referral::restart_ladder(&mut act.tx, referral.id).await?;
            }
        }
        "withdrawal" => {
            if let Some(referral) = referral_of(act, message).await? {
                let open = act
                    .tx
                    .rows(
                        "SELECT id FROM message WHERE agency = $1 AND matter = $2 AND type = 'withdrawal' AND receipt IS NULL",
                        store::params![message.agency, message.matter],
                    )
                    .await?;
                if open.is_empty() {
                    step(act, &referral, Event::AllAcknowledged).await?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

async fn referral_of(act: &mut Act, message: &Message) -> Result<Option<Referral>> {
    let rows = act
        .tx
        .rows(
            "SELECT message FROM referral WHERE matter = $1 AND message IS NOT NULL",
            store::params![message.matter],
        )
        .await?;
    match rows.first() {
        Some(row) => Ok(store::referral::of_message_in(&mut act.tx, row.id("message")?).await?),
        None => Ok(None),
    }
}

/// One step of a referral's machine; what it does not allow changes nothing (RXP-70).
pub(crate) async fn step(act: &mut Act, referral: &Referral, event: Event) -> Result<bool> {
    let Ok(state) = next(referral.state, event) else { return Ok(false) };
    store::referral::set_state(&mut act.tx, referral.id, state).await?;
    act.append(Noun::Referral, referral.id.0, event.word(), json!({})).await?;
    Ok(true)
}

/// In which space a message's matter stands.
pub(crate) async fn space_of(house: &House, message: &Message) -> Result<AgencyId> {
    let row = house
        .db
        .maybe("SELECT space FROM referral WHERE matter = $1", store::params![message.matter])
        .await?;
    Ok(row.map(|row| row.id("space")).transpose()?.unwrap_or(message.agency))
}
