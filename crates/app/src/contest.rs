//! Contest by reference: whoever has the reference can say that a referral was wrong, and a person decides (LAW-57, RXP-20.25).

use crate::{Act, House, Result};
use domain::Refusal;
use domain::access::{Actor, Authorised, right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::referral::{Event, next};
use serde_json::json;
use store::referral::Referral;
use uuid::Uuid;

/// Least length of the reasons, in characters (RXP-100.05).
const REASONS_MIN_CHARS: usize = 20;
/// Greatest length of the reasons, in characters.
const REASONS_MAX_CHARS: usize = 4000;

/// Contests by the public page. Nothing is told about the referral but that the reference is right.
pub async fn by_reference(house: &House, reference: &str, reasons: &str) -> Result<Uuid> {
    let chars = reasons.trim().chars().count();
    if !(REASONS_MIN_CHARS..=REASONS_MAX_CHARS).contains(&chars) {
        return Err(Refusal::new(
            "LAW-57",
            "contest_reasons",
            format!("Say in {REASONS_MIN_CHARS} to {REASONS_MAX_CHARS} characters what is wrong."),
        )
        .into());
    }
    let referral = store::referral::of_contest(&house.db, reference).await?.ok_or_else(|| {
        Refusal::new(
            "LAW-57",
            "not_here",
            "There is no such reference. It stands in the message that you or the provider received.",
        )
    })?;
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        referral.space,
        Retention::Referral,
        &json!({ "reasons": reasons.trim() }),
        now,
    )
    .await?;
    let id = open(&mut act, &referral, document.key).await?;
    act.commit().await?;
    house.tell(referral.space);
    Ok(id)
}

/// Opens a contest in the transaction.
pub(crate) async fn open(act: &mut Act, referral: &Referral, document: i64) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let now = act.now;
    act.tx
        .run(
            "INSERT INTO contest (id, agency, referral, state, document, made_at) VALUES ($1, $2, $3, 'open', $4, $5)",
            store::params![id, referral.agency, referral.id, document, now],
        )
        .await?;
    act.append(Noun::Contest, id, "opened", json!({ "referral": referral.id.to_string() })).await?;
    let known =
        store::referral::items_in(&mut act.tx, referral.id).await?.iter().any(|item| item.final_at.is_some());
    let event = if known { Event::ContestAfterOutcome } else { Event::ContestWithoutOutcome };
    if let Ok(state) = next(referral.state, event) {
        store::referral::set_state(&mut act.tx, referral.id, state).await?;
        act.append(Noun::Referral, referral.id.0, event.word(), json!({})).await?;
    }
    Ok(id)
}

/// Decides a contest: a named human, neither author nor approver of what is contested.
pub async fn decide(
    house: &House,
    referral: &Authorised<Referral, right::ManageOperation>,
    contest: Uuid,
    upheld: bool,
    reasons: &str,
) -> Result<()> {
    let actor: &Actor = referral.actor();
    let stored = referral.get();
    let assessment =
        store::assessment::get(&house.db, stored.assessment).await?.ok_or_else(domain::access::not_here)?;
    if assessment.author == actor.person || assessment.approver == Some(actor.person) {
        return Err(Refusal::new(
            "LAW-120",
            "four_eyes",
            "A contest is decided by a third person: neither author nor approver.",
        )
        .into());
    }
    let reasons = domain::reads::reason(reasons)?;
    let mut act = Act::of(house, actor, stored.space).await?;
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        stored.space,
        Retention::Referral,
        &json!({ "reasons": reasons }),
        now,
    )
    .await?;
    let changed = act
        .tx
        .run(
            "UPDATE contest SET state = $3, decision = $4, decided_by = $5, decided_at = $6 WHERE id = $1 AND referral = $2 AND state = 'open'",
            store::params![contest, stored.id, if upheld { "upheld" } else { "refused" }, document.key, actor.person, now],
        )
        .await?;
    if changed != 1 {
        return Err(domain::access::not_here().into());
    }
    act.append(
        Noun::Contest,
        contest,
        if upheld { "upheld" } else { "refused" },
        json!({ "doc": document.fact() }),
    )
    .await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(())
}
