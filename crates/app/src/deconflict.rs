//! Deconfliction between agencies of one machine: a hold a subject, with all four answers and an end (D18, LAW-61 to LAW-64).
//!
//! Agencies meet by a keyed digest of the subject's canonical key, never by its text; an answer carries no reason.

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, Right, right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::hold::{HoldAnswer, HoldEvent, HoldState, next, until};
use domain::id::{AgencyId, HoldId};
use jiff::Timestamp;
use serde_json::json;
use store::assessment::Hold;
use store::subject::Subject;
use uuid::Uuid;

/// The digest that agencies of this machine share for a subject.
pub(crate) fn digest(house: &House, address: &str) -> Result<[u8; 32]> {
    let canonical =
        text::url_form::canonical(address).map_or_else(|_| address.to_owned(), |url| url.key().to_owned());
    Ok(house.db.keys.shared_digest("subject", canonical.as_bytes())?)
}

/// Answers of the other agencies about a subject; `no_partner_configured` when there is nobody else.
pub async fn answers(
    house: &House,
    space: AgencyId,
    asking: AgencyId,
    subject: &Subject,
) -> Result<Vec<(HoldAnswer, Option<Timestamp>)>> {
    match &subject.address {
        Some(address) => answers_on(house, space, asking, address).await,
        // It was erased; nobody can say anything about it any more.
        None => Ok(Vec::new()),
    }
}

/// The same about an address or a `service/handle`, seen here or not.
pub async fn answers_on(
    house: &House,
    space: AgencyId,
    asking: AgencyId,
    address: &str,
) -> Result<Vec<(HoldAnswer, Option<Timestamp>)>> {
    let holds = store::assessment::holds_on(&house.db, digest(house, address)?).await?;
    let others: Vec<_> = holds
        .iter()
        .filter(|hold| hold.agency != asking && hold.agency != space)
        .map(|hold| (hold.answer, hold.until))
        .collect();
    if others.is_empty() && store::agency::all(&house.db).await?.len() < 2 {
        return Ok(vec![(HoldAnswer::NoPartnerConfigured, None)]);
    }
    Ok(others)
}

/// Answers that count before something is sent about a subject: those of the other agencies, and what the sender's own
/// keeps for an investigation, of which its people are told no earlier (D34).
pub(crate) async fn before_sending(
    house: &House,
    space: AgencyId,
    asking: AgencyId,
    subject: &Subject,
) -> Result<Vec<(HoldAnswer, Option<Timestamp>)>> {
    let mut all = answers(house, space, asking, subject).await?;
    let Some(address) = &subject.address else { return Ok(all) };
    let own = store::assessment::holds_on(&house.db, digest(house, address)?).await?.into_iter();
    let own = own.filter(|hold| [asking, space].contains(&hold.agency));
    let kept = own.filter(|hold| hold.answer == HoldAnswer::InvestigativeHold);
    all.extend(kept.map(|hold| (hold.answer, hold.until)));
    Ok(all)
}

/// An answer of one's own that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Which.
    pub id: HoldId,
    /// What it says.
    pub answer: HoldAnswer,
    /// Its end.
    pub until: Option<Timestamp>,
    /// Name of who set it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What the reader's own agency said about a subject, and who said it. What is kept for an investigation is seen by who
/// said so, and by whoever may say and lift it (D34).
pub async fn own(house: &House, asking: &Actor, subject: &Subject) -> Result<Vec<Own>> {
    let Some(address) = &subject.address else { return Ok(Vec::new()) };
    let seen = |hold: &Hold| {
        hold.answer != HoldAnswer::InvestigativeHold
            || hold.placed_by == asking.person
            || asking.may(Right::Hold)
    };
    let mut all = Vec::new();
    for hold in store::assessment::holds_on(&house.db, digest(house, address)?).await? {
        if hold.agency == asking.agency && seen(&hold) {
            let by = crate::view::name(house, hold.placed_by).await?;
            all.push(Own { id: hold.id, answer: hold.answer, until: hold.until, by, at: hold.made_at });
        }
    }
    Ok(all)
}

/// Places an answer about a subject. Holds end by themselves after at most 72 hours (LAW-62).
pub async fn place(
    house: &House,
    subject: &Authorised<Subject, right::Hold>,
    answer: HoldAnswer,
    hours: i64,
    reasons: &str,
) -> Result<HoldId> {
    let actor = subject.actor();
    let Some(address) = &subject.get().address else {
        return Err(Error::Input("Its address was erased; there is nothing left to hold.".to_owned()));
    };
    let reasons = domain::reads::reason(reasons)?;
    let state = next(None, HoldEvent::Placed)?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    let now = act.now;
    let end = match answer {
        HoldAnswer::InvestigativeHold | HoldAnswer::TalkToMe => Some(until(now, hours)?),
        HoldAnswer::Clear
        | HoldAnswer::AlreadyOrdered
        | HoldAnswer::NoAnswer
        | HoldAnswer::NoPartnerConfigured => None,
    };
    let document = store::crypt::put_json(
        &mut act.tx,
        actor.agency,
        Retention::Referral,
        &json!({ "reasons": reasons }),
        now,
    )
    .await?;
    let hold = Hold {
        id: HoldId(Uuid::now_v7()),
        agency: actor.agency,
        answer,
        state,
        until: end,
        placed_by: actor.person,
        made_at: now,
    };
    store::assessment::put_hold(&mut act.tx, &hold, digest(house, address)?, Some(document.key)).await?;
    let facts =
        json!({ "answer": answer.word(), "until": end.map(|end| end.to_string()), "doc": document.fact() });
    act.append(Noun::Hold, hold.id.0, HoldEvent::Placed.word(), facts).await?;
    act.commit().await?;
    Ok(hold.id)
}

/// Takes an answer back; what it held is looked at again.
pub async fn lift(house: &House, hold: &Authorised<Hold, right::Hold>) -> Result<()> {
    let mut act = Act::of(house, hold.actor(), hold.get().agency).await?;
    end(&mut act, hold.get(), HoldEvent::Lifted).await?;
    act.commit().await
}

/// Ends every hold whose time is over.
pub async fn sweep(house: &House) -> Result<u64> {
    let over = store::assessment::holds_over(&house.db, house.clock.now()).await?;
    let count = over.len() as u64;
    for hold in over {
        let mut act = Act::of_machine(house, hold.agency, hold.agency).await?;
        end(&mut act, &hold, HoldEvent::Expired).await?;
        act.commit().await?;
    }
    Ok(count)
}

async fn end(act: &mut Act, hold: &Hold, event: HoldEvent) -> Result<()> {
    let state: HoldState = next(Some(hold.state), event)?;
    store::assessment::set_hold_state(&mut act.tx, hold.id, state).await?;
    let waiting: Vec<String> = act
        .tx
        .rows("SELECT id FROM referral WHERE state = 'approved' AND findings LIKE '%\"hold\"%' ORDER BY id LIMIT 1000", store::params![])
        .await?
        .iter()
        .map(|row| row.text("id"))
        .collect::<Result<_, _>>()?;
    act.append(Noun::Hold, hold.id.0, event.word(), json!({ "referrals": waiting })).await?;
    Ok(())
}
