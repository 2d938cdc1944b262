//! Assessments, holds, referrals and their items.

use super::records;
use crate::database::on_both;
use crate::house::{HOST, Outcome, entry};
use crate::store::{hours, now};
use domain::assessment::{Decision, State as Assessed};
use domain::hold::{HoldAnswer, HoldState};
use domain::id::*;
use domain::referral::{Answer, State as Referred};
use store::{Db, Lane, params};
use uuid::Uuid;

#[tokio::test]
async fn decisions_and_their_guards() -> Outcome {
    on_both(async |db| {
        let space = AgencyId(Uuid::now_v7());
        let mut tx = db.write(Lane::Person).await?;
        store::intake::write(&mut tx, space, (BatchId(Uuid::now_v7()), space), records(&db, space)?, now())
            .await?;
        let (author, second) = (PersonId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
        let assessment = store::assessment::Assessment {
            id: AssessmentId(Uuid::now_v7()),
            space,
            agency: space,
            cluster: ClusterId(Uuid::now_v7()),
            state: Assessed::Assessed,
            decision: Decision::Refer,
            author,
            author_login: Uuid::now_v7(),
            reader: None,
            approver: None,
            document: 1,
            items: 1,
            version: 1,
            made_at: now(),
        };
        store::assessment::put(&mut tx, &assessment, &[1]).await?;
        store::assessment::update_draft(&mut tx, &assessment, &[1, 2]).await?;
        tx.commit().await?;
        let (id, approved) = (assessment.id, Assessed::Approved);
        for (reader, approver) in [(Some(author), None), (None, Some(author))] {
            let mut tx = db.write(Lane::Person).await?;
            let same = store::assessment::set_state(&mut tx, id, approved, reader, approver, now()).await;
            assert!(same.is_err(), "the database itself keeps author and second person apart");
        }
        let mut tx = db.write(Lane::Person).await?;
        store::assessment::set_state(&mut tx, id, approved, None, Some(second), now()).await?;
        assert!(store::assessment::get_in(&mut tx, id).await?.is_some_and(|a| a.approver == Some(second)));
        tx.commit().await?;
        assert_eq!(store::assessment::items(&db, id).await?, [1, 2]);
        assert_eq!(store::assessment::in_state(&db, space, approved, 10).await?.len(), 1);
        assert_eq!(store::assessment::of_cluster(&db, assessment.cluster, 10).await?.len(), 1);
        let account =
            db.one("SELECT key FROM subject WHERE kind = 'account'", params![]).await?.int("key")?;
        let grounds = store::assessment::grounds(&db, account, 10).await?;
        assert_eq!(grounds.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [id]);
        holds(&db, space).await?;
        referrals(&db, space, &assessment).await
    })
    .await
}

async fn holds(db: &Db, agency: AgencyId) -> Outcome {
    let hold = store::assessment::Hold {
        id: HoldId(Uuid::now_v7()),
        agency,
        answer: HoldAnswer::TalkToMe,
        state: HoldState::Active,
        until: Some(now() + hours(1)),
        placed_by: PersonId(Uuid::now_v7()),
        made_at: now(),
    };
    let mut tx = db.write(Lane::Person).await?;
    store::assessment::put_hold(&mut tx, &hold, [3; 32], None).await?;
    tx.commit().await?;
    assert_eq!(store::assessment::holds_on(db, [3; 32]).await?, [hold.clone()]);
    assert_eq!(store::assessment::holds_of(db, agency, 10).await?, [hold.clone()]);
    assert!(store::assessment::holds_over(db, now()).await?.is_empty());
    assert_eq!(store::assessment::holds_over(db, now() + hours(1)).await?.len(), 1);
    let mut tx = db.write(Lane::Person).await?;
    store::assessment::set_hold_state(&mut tx, hold.id, HoldState::Lifted).await?;
    tx.commit().await?;
    assert!(
        store::assessment::get_hold(db, hold.id).await?.is_some_and(|hold| hold.state == HoldState::Lifted)
    );
    Ok(())
}

async fn referrals(db: &Db, space: AgencyId, of: &store::assessment::Assessment) -> Outcome {
    let by = (of.author, now());
    let mut tx = db.write(Lane::Person).await?;
    let provider =
        store::provider::put(&mut tx, ProviderId(Uuid::now_v7()), space, &entry("Video", HOST), by).await?;
    let referral = |reference: &str| store::referral::Referral {
        id: ReferralId(Uuid::now_v7()),
        space,
        agency: space,
        matter: CaseId(Uuid::now_v7()),
        assessment: of.id,
        provider,
        state: Referred::Approved,
        message: None,
        reference: reference.into(),
        contest: format!("c-{reference}"),
        findings: "[]".into(),
        looked_by: None,
        steps: 0,
        made_at: now(),
        queued_at: None,
        acknowledged_at: None,
    };
    let (first, second) = (referral("R-1"), referral("R-2"));
    store::referral::put(&mut tx, &first, &[1, 2]).await?;
    store::referral::put(&mut tx, &second, &[1]).await?;
    assert!(store::referral::reserve(&mut tx, space, 1, provider, first.id).await?);
    assert!(store::referral::reserve(&mut tx, space, 1, provider, first.id).await?);
    assert!(!store::referral::reserve(&mut tx, space, 1, provider, second.id).await?, "sent once");
    let message = MessageId(Uuid::now_v7());
    assert!(store::referral::set_queued(&mut tx, first.id, message, now()).await?);
    assert!(!store::referral::set_queued(&mut tx, first.id, MessageId(Uuid::now_v7()), now()).await?);
    store::referral::set_findings(&mut tx, first.id, "[1]").await?;
    store::referral::set_looked(&mut tx, first.id, of.author).await?;
    store::referral::set_acknowledged(&mut tx, first.id, now()).await?;
    store::look::set_due(&mut tx, first.id, None, Some(now())).await?;
    store::look::set_due(&mut tx, first.id, Some("i2"), None).await?;
    assert!(store::referral::set_answer(&mut tx, first.id, "i1", Answer::UnderReview, now()).await?);
    assert!(store::referral::set_answer(&mut tx, first.id, "i1", Answer::Removed, now()).await?);
    let late = store::referral::set_answer(&mut tx, first.id, "i1", Answer::UnderReview, now()).await?;
    assert!(!late, "progress that was overtaken does not replace a final answer");
    let look = store::look::NewLook {
        id: CheckId(Uuid::now_v7()),
        space,
        subject: 1,
        referral: Some((first.id, "i1")),
        class: "gone_hard",
        confidence: "high",
        document: 1,
        gone_at: Some(now()),
        next: None,
    };
    store::look::put(&mut tx, &look, now()).await?;
    assert_eq!(store::referral::items_in(&mut tx, first.id).await?.len(), 2);
    assert!(store::referral::of_message_in(&mut tx, message).await?.is_some());
    assert!(store::referral::get_in(&mut tx, first.id).await?.is_some_and(|r| r.state == Referred::Queued));
    tx.commit().await?;
    let mut tx = db.write(Lane::Person).await?;
    assert!(
        store::referral::set_queued(&mut tx, second.id, message, now()).await.is_err(),
        "one id, one referral"
    );
    drop(tx);
    let items = store::referral::items(db, first.id).await?;
    assert_eq!((items[0].answer, items[0].checks, items[0].gone_at), (Some(Answer::Removed), 1, Some(now())));
    assert_eq!(store::referral::of_message(db, message).await?.map(|r| r.id), Some(first.id));
    assert_eq!(store::referral::of_assessment(db, of.id).await?.len(), 2);
    assert_eq!(store::referral::of_contest(db, "c-R-2").await?.map(|r| r.id), Some(second.id));
    assert_eq!(store::referral::of_space(db, space, None, 10).await?.len(), 2);
    assert_eq!(store::referral::of_space(db, space, Some(Referred::Queued), 10).await?.len(), 1);
    assert_eq!(store::referral::reserved(db, space, 1, provider).await?, Some(first.id));
    assert!(store::look::due(db, now(), 10).await?.is_empty());
    assert_eq!(store::look::of_subject(db, 1, 10).await?.len(), 1);
    let ago = now() - hours(24);
    let load = store::referral::LoadOf {
        host: HOST,
        provider,
        person: PersonId(Uuid::nil()),
        week: ago,
        day: ago,
        month: ago,
    };
    let load = store::referral::load(db, &load).await?;
    assert_eq!((load.new_on_host, load.new_to_provider, load.removed, load.receipts), (1, 1, 1, 1));
    let mut tx = db.write(Lane::Person).await?;
    store::referral::release(&mut tx, first.id).await?;
    store::referral::set_state(&mut tx, first.id, Referred::Withdrawn).await?;
    assert!(store::referral::reserve(&mut tx, space, 1, provider, second.id).await?);
    tx.commit().await?;
    Ok(())
}
