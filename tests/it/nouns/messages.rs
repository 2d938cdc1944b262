//! Messages, outbox, inbox, links in mail.

use crate::database::on_both;
use crate::house::Outcome;
use crate::store::{hours, now};
use domain::id::*;
use store::{Db, Lane};
use uuid::Uuid;

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
        let waiting = store::outbox::Waiting {
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
        store::outbox::enqueue(&mut tx, &waiting, now()).await?;
        store::outbox::enqueue(&mut tx, &waiting, now()).await?;
        assert!(store::message::use_nonce(&mut tx, "k:n", now(), now() + hours(1)).await?);
        assert!(!store::message::use_nonce(&mut tx, "k:n", now(), now() + hours(1)).await?);
        store::message::put_mail_link(&mut tx, [5; 32], agency, sent, now() + hours(1)).await?;
        assert!(store::message::use_mail_link(&mut tx, [5; 32], 1).await?);
        assert!(!store::message::use_mail_link(&mut tx, [5; 32], 1).await?);
        tx.commit().await?;
        assert_eq!(store::message::mail_link(&db, [5; 32], now()).await?, Some((agency, sent, 1)));
        let leased = store::outbox::lease(&db, now(), 10).await?;
        assert_eq!(leased.len(), 1);
        assert!(store::outbox::lease(&db, now(), 10).await?.is_empty(), "a lease is held");
        assert_eq!(store::outbox::lease(&db, now() + hours(1), 10).await?.len(), 1, "and expires");
        let mut tx = db.write(Lane::Person).await?;
        store::outbox::set(&mut tx, &leased[0], "relayed", now(), "ok").await?;
        assert!(store::message::set_receipt(&mut tx, agency, sent, 2, now()).await?);
        assert!(!store::message::set_receipt(&mut tx, agency, sent, 3, now()).await?);
        store::outbox::done(&mut tx, agency, sent).await?;
        store::message::revoke_mail_links(&mut tx, agency, sent, now()).await?;
        assert!(store::message::get_in(&mut tx, agency, sent).await?.is_some_and(|m| m.receipt == Some(2)));
        tx.commit().await?;
        assert_eq!(store::message::mail_link(&db, [5; 32], now()).await?, None);
        assert_eq!(store::outbox::counts(&db).await?, [("done".to_owned(), 1)]);
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
    let item = store::inbox::InboxItem {
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
    store::inbox::put(&mut tx, &[item.clone(), item.clone()]).await?;
    tx.commit().await?;
    assert_eq!(store::inbox::in_state(db, agency, "open", 10).await?, [item.clone()]);
    let mut tx = db.write(Lane::Person).await?;
    store::inbox::answer(&mut tx, &item, "removed", false, (None, now())).await?;
    tx.commit().await?;
    assert!(store::inbox::in_state(db, agency, "open", 10).await?.is_empty());
    let mut tx = db.write(Lane::Person).await?;
    assert_eq!(store::inbox::withdraw(&mut tx, agency, message).await?, 1);
    tx.commit().await?;
    assert_eq!(store::inbox::of_message(db, agency, message).await?[0].state, "withdrawn");
    Ok(())
}
