//! Does order of arrival matter? (RXP-36)

use super::gate::Way;
use super::pair::{on_both, told};
use crate::house::{HOST, Outcome};
use domain::referral::{Answer, State};
use jiff::SignedDuration;
use serde_json::json;

/// RXP-36: a reply that comes before its original, or before the receipt of it, is taken, kept and joined; without its
/// original it becomes a task for a person after 24 hours.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn out_of_order() -> Outcome {
    on_both(async |mut pair| {
        // The provider answers before the unit knows that the referral arrived.
        let referral = pair.refer().await?;
        let id = referral.message.ok_or("not sent")?;
        pair.gate.set(Way::AnswerLost);
        pair.deliver().await?;
        let answer = pair.answer(id, "no_action").await?;
        pair.answers().await?;
        assert!(pair.host.receipt(answer).await?.is_some(), "it was taken");
        assert_eq!(pair.referral(referral.id).await?.state, State::Queued, "it waits for the receipt");
        pair.gate.set(Way::Through);
        pair.wait(SignedDuration::from_mins(1))?;
        pair.deliver().await?;
        assert_eq!(pair.referral(referral.id).await?.state, State::OutcomeKnown);
        let items = store::referral::items(&pair.unit.house.db, referral.id).await?;
        assert_eq!(items[0].answer, Some(Answer::NoAction));
        let joined = pair.unit.facts(answer.0).await?;
        assert!(joined.iter().any(|(what, ..)| what == "joined"), "{joined:?}");

        // A withdrawal overtakes what it withdraws; the late copy comes in as withdrawn.
        let referral = pair.refer().await?;
        let id = referral.message.ok_or("not sent")?;
        pair.gate.set(Way::Lost);
        pair.deliver().await?;
        pair.gate.set(Way::Through);
        pair.withdraw(referral.id).await?;
        pair.deliver().await?;
        assert!(pair.host.message(id).await?.is_none());
        let said = pair.unit.post(&pair.host, id, &pair.unit.document(id).await?).await?;
        assert_eq!(said.status, 202, "{}", said.body);
        let inbox = store::inbox::of_message(&pair.host.house.db, pair.host.agency, id).await?;
        assert_eq!(inbox[0].state, "withdrawn");
        assert_eq!(app::sweep::run(&pair.host.house).await?.parked, 0);

        // One whose original never comes.
        let body =
            json!({ "reason": "wrong_item", "text": "It was the wrong item, as we saw.", "request": "none" });
        let missing = domain::id::MessageId(uuid::Uuid::now_v7());
        let case = domain::id::CaseId(uuid::Uuid::now_v7());
        let (id, signed) = pair.unit.sign(HOST, &told("withdrawal", case, Some(missing), body)).await?;
        assert_eq!(pair.unit.post(&pair.host, id, &signed.document).await?.status, 202);
        pair.wait(SignedDuration::from_hours(23))?;
        assert_eq!(app::sweep::run(&pair.host.house).await?.parked, 0);
        pair.wait(SignedDuration::from_hours(2))?;
        assert_eq!(app::sweep::run(&pair.host.house).await?.parked, 1);
        assert_eq!(app::sweep::run(&pair.host.house).await?.parked, 0, "one task is enough");
        let facts = pair.host.facts(id.0).await?;
        assert!(facts.iter().any(|(what, ..)| what == app::sweep::PARKED_TASK), "{facts:?}");
        Ok(pair)
    })
    .await
}
