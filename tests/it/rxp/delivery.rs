//! Did it happen, once, and is nothing lost on the way? (RXP-02, RXP-34, RXP-35, RXP-39, RXP-49)

use super::gate::Way;
use super::pair::{Pair, on_both, told};
use crate::fsck::Dice;
use crate::house::Outcome;
use domain::referral::State;
use jiff::SignedDuration;
use serde_json::json;
use std::collections::BTreeMap;

/// Posts of the same messages when `RENVOI_TRIALS` does not say more.
const TRIALS: u64 = 60;

fn trials(usual: u64) -> u64 {
    std::env::var("RENVOI_TRIALS")
        .ok()
        .and_then(|trials| trials.parse().ok())
        .map_or(usual, |n: u64| n.max(usual))
}

/// RXP-02: whatever else comes back, only the valid signed receipt makes it happen; and a lost answer loses nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_receipt_no_delivery() -> Outcome {
    on_both(async |mut pair| {
        let first = pair.arrive().await?;
        let message = first.message.ok_or("not sent")?;
        let foreign = pair.unit.receipt(message).await?.ok_or("no receipt")?;
        let referral = pair.refer().await?;
        let message = referral.message.ok_or("not sent")?;
        let own = pair.unit.document(message).await?;
        let answers = [
            Way::Lost,
            Way::Says(200, "{}".to_owned()),
            Way::Says(202, String::new()),
            Way::Says(202, own),
            Way::Says(202, foreign),
            Way::Says(204, String::new()),
            Way::Says(500, String::new()),
            Way::Says(503, "{\"rxp\":\"1\"}".to_owned()),
            Way::Says(302, String::new()),
        ];
        for way in answers {
            pair.gate.set(way.clone());
            let tried = pair.deliver().await?;
            let now = pair.referral(referral.id).await?;
            // A redirect is refused for good; a person looks (RXP-80.19).
            let expected =
                if matches!(way, Way::Says(302, _)) { State::Undeliverable } else { State::Queued };
            assert_eq!((tried, now.state, now.acknowledged_at), (1, expected, None), "{way:?}");
            assert!(pair.host.message(message).await?.is_none(), "{way:?}");
            pair.wait(SignedDuration::from_hours(1))?;
        }
        Ok(pair)
    })
    .await?;
    on_both(async |mut pair| {
        let referral = pair.refer().await?;
        let message = referral.message.ok_or("not sent")?;
        pair.gate.set(Way::AnswerLost);
        pair.deliver().await?;
        let held = pair.host.message(message).await?.ok_or("it did not arrive")?;
        assert_eq!(
            pair.referral(referral.id).await?.state,
            State::Queued,
            "nobody here knows that it arrived"
        );
        pair.wait(SignedDuration::from_mins(5))?;
        pair.gate.set(Way::Through);
        pair.deliver().await?;
        let now = pair.referral(referral.id).await?;
        assert_eq!(now.state, State::Acknowledged);
        assert_eq!(now.acknowledged_at, held.receipt_at, "the time of the first arrival");
        assert_eq!(pair.unit.receipt(message).await?, pair.host.receipt(message).await?);
        assert_eq!(pair.host.count("SELECT COUNT(*) AS n FROM inbox_item").await?, 1);
        Ok(pair)
    })
    .await
}

/// RXP-34: the same id again gives the byte-identical receipt and has no other effect; the same id over another document
/// is a conflict, and the first one stands. `RENVOI_TRIALS=1000000` runs the number of the name; without it 60.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idempotent_10e6() -> Outcome {
    on_both(async |mut pair| {
        // The very first one is doubled on the way, with its HTTP signature: taken once.
        pair.gate.set(Way::Twice);
        let referral = pair.refer().await?;
        pair.deliver().await?;
        assert_eq!(pair.host.count("SELECT COUNT(*) AS n FROM inbox_item").await?, 1);
        let body = serde_json::from_str::<serde_json::Value>(
            &pair.unit.document(referral.message.ok_or("")?).await?,
        )?["body"]
            .clone();
        let mut known = Vec::new();
        for number in 0..12 {
            let case = domain::id::CaseId(uuid::Uuid::now_v7());
            let (id, signed) =
                pair.unit.sign(pair.host.org, &told("referral", case, None, body.clone())).await?;
            let mut other = body.clone();
            other["reference"] = format!("R-{number}").into();
            let mut of = told("referral", case, None, other);
            of.id = Some(id);
            let (_, other) = pair.unit.sign(pair.host.org, &of).await?;
            known.push((id, signed.document, other.document));
        }
        let (mut dice, mut receipts) = (Dice(34), BTreeMap::new());
        for _ in 0..trials(TRIALS) {
            let (id, document, other) = &known[dice.below(known.len() as u64) as usize];
            if dice.below(4) == 0 && receipts.contains_key(&id.to_string()) {
                let said = pair.unit.post(&pair.host, *id, other).await?;
                assert_eq!((said.status, said.code().as_str()), (409, "digest_conflict"), "{}", said.body);
            } else {
                let said = pair.unit.post(&pair.host, *id, document).await?;
                assert_eq!(said.status, 202, "{}", said.body);
                let first = receipts.entry(id.to_string()).or_insert_with(|| said.body.clone());
                assert_eq!(*first, said.body, "byte for byte");
            }
            if dice.below(3) == 0 {
                pair.wait(SignedDuration::from_secs(1))?;
            }
        }
        assert_eq!(pair.host.count("SELECT COUNT(*) AS n FROM inbox_item").await?, 1 + receipts.len() as i64);
        let sql = "SELECT COUNT(*) AS n FROM event WHERE noun = 'message' AND what = 'received'";
        assert_eq!(pair.host.count(sql).await?, 1 + receipts.len() as i64, "one leaf a message");
        Ok(pair)
    })
    .await
}

/// RXP-35: ids are remembered for 13 months and longer, whatever the standing work forgets.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn id_memory() -> Outcome {
    on_both(async |mut pair| {
        let answered = pair.arrive().await?.message.ok_or("not sent")?;
        let open = pair.arrive().await?.message.ok_or("not sent")?;
        pair.answer(answered, "no_action").await?;
        let receipts = [pair.host.receipt(answered).await?, pair.host.receipt(open).await?];
        let documents = [pair.unit.document(answered).await?, pair.unit.document(open).await?];
        // Just before 13 months have gone, and long after.
        for days in [390, 10, 300] {
            pair.wait(SignedDuration::from_hours(24 * days))?;
            app::sweep::run(&pair.host.house).await?;
            for (index, id) in [answered, open].into_iter().enumerate() {
                let said = pair.unit.post(&pair.host, id, &documents[index]).await?;
                assert_eq!((said.status, Some(&said.body)), (202, receipts[index].as_ref()));
                let mut other = told("referral", domain::id::CaseId(uuid::Uuid::now_v7()), None, json!({}));
                other.body = serde_json::from_str::<serde_json::Value>(&documents[index])?["body"].clone();
                other.id = Some(id);
                let said = pair.unit.tell(&pair.host, &other).await?;
                assert_eq!(said.code(), "digest_conflict", "{}", said.body);
            }
        }
        Ok(pair)
    })
    .await
}

/// How many referrals the provider has.
async fn arrived(pair: &Pair) -> Result<i64, super::pair::Fail> {
    pair.host.count("SELECT COUNT(*) AS n FROM inbox_item").await
}

/// RXP-39: a provider gets no more referrals an hour than it takes; a withdrawal is never slowed down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn governor() -> Outcome {
    on_both(async |mut pair| {
        let mut entry = pair.entry().await?.entry;
        entry.max_referrals_per_hour = 2;
        pair.enter(entry).await?;
        let mut sent = Vec::new();
        for _ in 0..5 {
            sent.push(pair.refer().await?);
        }
        for _ in 0..3 {
            pair.deliver().await?;
        }
        assert_eq!(arrived(&pair).await?, 2);
        pair.withdraw(sent[0].id).await?;
        pair.deliver().await?;
        let withdrawn = "SELECT COUNT(*) AS n FROM inbox_item WHERE state = 'withdrawn'";
        assert_eq!(pair.host.count(withdrawn).await?, 1, "lane 3 goes past the governor");
        // In any hour at most two: the times of arrival say so.
        for _ in 0..36 {
            pair.wait(SignedDuration::from_mins(5))?;
            pair.deliver().await?;
        }
        assert_eq!(arrived(&pair).await?, 5);
        let rows = pair
            .host
            .house
            .db
            .rows("SELECT received_at FROM inbox_item ORDER BY received_at", vec![])
            .await?;
        let times: Vec<_> = rows.iter().map(|row| row.time("received_at")).collect::<Result<_, _>>()?;
        for window in times.windows(3) {
            assert!(window[2].duration_since(window[0]) >= SignedDuration::from_hours(1), "{window:?}");
        }
        // A retry is no new referral: it is not held back by what went before it.
        let referral = pair.refer().await?;
        pair.wait(SignedDuration::from_hours(2))?;
        pair.gate.set(Way::Lost);
        pair.deliver().await?;
        pair.gate.set(Way::Through);
        pair.wait(SignedDuration::from_secs(2))?;
        pair.deliver().await?;
        assert_eq!(pair.referral(referral.id).await?.state, State::Acknowledged);
        Ok(pair)
    })
    .await
}

/// RXP-49: what waits outlives restarts and lost workers; it leaves with a receipt, a final refusal or a person's act.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outbox_durable() -> Outcome {
    on_both(async |mut pair| {
        let [lost, refused, withdrawn] = [pair.refer().await?, pair.refer().await?, pair.refer().await?];
        // A worker took all of them and never came back.
        let leased = store::outbox::lease(&pair.unit.house.db, pair.now(), 16).await?;
        assert_eq!(leased.len(), 3);
        assert_eq!(pair.deliver().await?, 0, "they are another worker's");
        pair = pair.restart().await?;
        pair.wait(SignedDuration::from_secs(61))?;
        pair.gate.set(Way::Lost);
        assert_eq!(pair.deliver().await?, 3, "a lease ends, a restart forgets nothing");
        // A person takes one back; it is not tried again, and what became of it stays.
        pair.withdraw(withdrawn.id).await?;
        let outbox = pair.outbox(withdrawn.message.ok_or("not sent")?).await?;
        assert_eq!(outbox.iter().map(|row| row.1.as_str()).collect::<Vec<_>>(), ["failed"]);
        // A final refusal ends the other, and a person sees it.
        pair.wait(SignedDuration::from_mins(1))?;
        let mut entry = pair.entry().await?.entry;
        let address = entry.pinned.clone();
        entry.pinned = vec![pair.unit.served.addr];
        pair.enter(entry.clone()).await?;
        pair.gate.set(Way::Through);
        pair.deliver().await?;
        let now = pair.referral(refused.id).await?;
        assert_eq!(now.state, State::Undeliverable, "nobody of that name is there");
        entry.pinned = address;
        pair.enter(entry).await?;
        let first = lost.message.ok_or("not sent")?;
        assert_eq!(pair.referral(lost.id).await?.state, State::Undeliverable);
        assert_eq!(pair.outbox(first).await?[0].1, "failed");
        // What was only unlucky goes on until it arrives.
        let unlucky = pair.refer().await?;
        for hour in 0..20 {
            pair.gate.set(Way::Lost);
            pair.deliver().await?;
            if hour == 10 {
                pair = pair.restart().await?;
            }
            pair.wait(SignedDuration::from_hours(1))?;
        }
        pair.gate.set(Way::Through);
        pair.deliver().await?;
        assert_eq!(pair.referral(unlucky.id).await?.state, State::Acknowledged);
        Ok(pair)
    })
    .await
}
