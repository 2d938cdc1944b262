//! What people decided and what was sent: assessments, holds, referrals, messages, inbox, jobs.

use super::{hours, now, records};
use crate::database::on_both;
use crate::house::{HOST, Outcome, entry};
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
        assert_eq!(store::assessment::grounds(&db, account, 10).await?, [id]);
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
    let kept = std::slice::from_ref(&hold);
    assert_eq!(store::assessment::holds_on(db, [3; 32]).await?, kept);
    assert_eq!(store::assessment::holds_of(db, agency, 10).await?, kept);
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
    store::referral::set_check_due(&mut tx, first.id, None, Some(now())).await?;
    store::referral::set_check_due(&mut tx, first.id, Some("i2"), None).await?;
    assert!(store::referral::set_answer(&mut tx, first.id, "i1", Answer::Removed, now()).await?);
    let look = store::referral::NewLook {
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
    store::referral::put_look(&mut tx, &look, now()).await?;
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
    assert_eq!(store::referral::counts(db, space).await?.len(), 2);
    assert_eq!(store::referral::reserved(db, space, 1, provider).await?, Some(first.id));
    assert!(store::referral::checks_due(db, now(), 10).await?.is_empty());
    assert_eq!(store::referral::looks(db, 1, 10).await?.len(), 1);
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

#[tokio::test]
async fn messages_outbox_inbox_and_links() -> Outcome {
    on_both(async |db| {
        let agency = AgencyId(Uuid::now_v7());
        let message = |id: MessageId, to: Option<MessageId>| store::message::Message {
            id,
            agency,
            out: to.is_none(),
            kind: "referral".into(),
            matter: CaseId(Uuid::nil()),
            in_reply_to: to,
            peer: "peer.example".into(),
            digest: "d".into(),
            document: 1,
            receipt: None,
            receipt_at: None,
            made_at: now(),
        };
        let (sent, reply) = (MessageId(Uuid::now_v7()), MessageId(Uuid::now_v7()));
        let waiting = store::message::Waiting {
            message: sent,
            agency,
            provider: None,
            channel: "rxp".into(),
            lane: 4,
            attempts: 0,
            made_at: now(),
        };
        let mut tx = db.write(Lane::Person).await?;
        store::message::put(&mut tx, &message(sent, None)).await?;
        store::message::put(&mut tx, &message(reply, Some(sent))).await?;
        store::message::enqueue(&mut tx, &waiting, now()).await?;
        store::message::enqueue(&mut tx, &waiting, now()).await?;
        assert!(store::message::use_nonce(&mut tx, "k:n", now(), now() + hours(1)).await?);
        assert!(!store::message::use_nonce(&mut tx, "k:n", now(), now() + hours(1)).await?);
        store::message::put_mail_link(&mut tx, [5; 32], agency, sent, now() + hours(1)).await?;
        assert!(store::message::use_mail_link(&mut tx, [5; 32], 1).await?);
        assert!(!store::message::use_mail_link(&mut tx, [5; 32], 1).await?);
        tx.commit().await?;
        assert_eq!(store::message::mail_link(&db, [5; 32], now()).await?, Some((agency, sent, 1)));
        let leased = store::message::lease(&db, now(), 10).await?;
        assert_eq!(leased.len(), 1);
        assert!(store::message::lease(&db, now(), 10).await?.is_empty(), "a lease is held");
        assert_eq!(store::message::lease(&db, now() + hours(1), 10).await?.len(), 1, "and expires");
        let mut tx = db.write(Lane::Person).await?;
        store::message::set_outbox(&mut tx, &leased[0], "relayed", now(), "ok").await?;
        assert!(store::message::set_receipt(&mut tx, agency, sent, 2, now()).await?);
        assert!(!store::message::set_receipt(&mut tx, agency, sent, 3, now()).await?);
        store::message::outbox_done(&mut tx, agency, sent).await?;
        store::message::revoke_mail_links(&mut tx, agency, sent, now()).await?;
        assert!(store::message::get_in(&mut tx, agency, sent).await?.is_some_and(|m| m.receipt == Some(2)));
        tx.commit().await?;
        assert_eq!(store::message::mail_link(&db, [5; 32], now()).await?, None);
        assert_eq!(store::message::outbox_counts(&db).await?, [("done".to_owned(), 1)]);
        assert_eq!(store::message::of_matter(&db, agency, CaseId(Uuid::nil())).await?.len(), 2);
        assert_eq!(store::message::replies(&db, agency, sent).await?.len(), 1);
        assert!(store::message::get(&db, agency, reply).await?.is_some_and(|m| !m.out));
        inbox(&db, agency, sent).await?;
        let mut tx = db.write(Lane::Person).await?;
        assert_eq!(store::message::clean(&mut tx, now() + hours(2)).await?, 2);
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn inbox(db: &Db, agency: AgencyId, message: MessageId) -> Outcome {
    let item = store::message::InboxItem {
        agency,
        message,
        item: "i1".into(),
        matter: CaseId(Uuid::nil()),
        sender: "unit.example".into(),
        state: "open".into(),
        answer: None,
        received_at: now(),
    };
    let mut tx = db.write(Lane::Person).await?;
    store::message::put_inbox(&mut tx, &[item.clone(), item.clone()]).await?;
    tx.commit().await?;
    assert_eq!(store::message::inbox(db, agency, "open", 10).await?, std::slice::from_ref(&item));
    let mut tx = db.write(Lane::Person).await?;
    store::message::answer_inbox(&mut tx, &item, "removed", false, (None, now())).await?;
    tx.commit().await?;
    assert!(store::message::inbox(db, agency, "open", 10).await?.is_empty());
    let mut tx = db.write(Lane::Person).await?;
    assert_eq!(store::message::withdraw_inbox(&mut tx, agency, message).await?, 1);
    tx.commit().await?;
    assert_eq!(store::message::inbox_of(db, agency, message).await?[0].state, "withdrawn");
    Ok(())
}

#[tokio::test]
async fn jobs_wait_once_and_are_leased() -> Outcome {
    on_both(async |db| {
        let add = async |db: &Db| -> store::Result<()> {
            let mut tx = db.write(Lane::Bulk).await?;
            store::job::enqueue(&mut tx, "refer", "{}", Some("refer:1".into()), now()).await?;
            tx.commit().await
        };
        add(&db).await?;
        add(&db).await?;
        assert!(store::job::lease(&db, now() - hours(1), 10).await?.is_empty());
        let leased = store::job::lease(&db, now(), 10).await?;
        assert_eq!(leased.len(), 1, "the same work waits once");
        add(&db).await?;
        let again = store::job::lease(&db, now(), 10).await?;
        assert_eq!(again.len(), 1, "what happens while it runs queues it again");
        store::job::failed(&db, &again[0], "no", now()).await?;
        let mut tx = db.write(Lane::Bulk).await?;
        store::job::done(&mut tx, leased[0].id).await?;
        tx.commit().await?;
        for _ in 1..store::job::ATTEMPTS_MAX {
            let leased = store::job::lease(&db, now(), 10).await?;
            store::job::failed(&db, &leased[0], "no", now()).await?;
        }
        assert_eq!(store::job::counts(&db).await?, (0, 1));
        assert!(store::job::lease(&db, now(), 10).await?.is_empty());
        Ok(())
    })
    .await
}
