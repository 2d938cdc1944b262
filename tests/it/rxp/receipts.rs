//! What is a receipt worth? (RXP-30, RXP-38, RXP-40, RXP-42)

use super::gate::Way;
use super::pair::{on_both, told};
use crate::house::{HOST, Outcome};
use domain::referral::State;
use jiff::SignedDuration;
use serde_json::{Value, json};

/// RXP-30: messages in, receipts again, state, keys. There is no test twin in this version (its contact file names none), so
/// what is sent to one is not mixed with what is live.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn routes() -> Outcome {
    on_both(async |mut pair| {
        let id = pair.arrive().await?.message.ok_or("not sent")?;
        let receipt = pair.host.receipt(id).await?.ok_or("no receipt")?;
        let path = format!("/receipts/{id}");
        let fields = pair.unit.signed_get(&pair.host, &path).await?;
        let again = pair.host.get(&format!("/rxp/v1{path}"), &fields).await?;
        assert_eq!((again.status, &again.body), (202, &receipt));
        let plain = pair.host.get(&format!("/rxp/v1{path}"), &[]).await?;
        assert_eq!((plain.status, plain.code().as_str()), (401, "bad_http_signature"));
        let other = uuid::Uuid::now_v7();
        assert_eq!(pair.host.get(&format!("/rxp/v1/receipts/{other}"), &fields).await?.status, 404);
        let state: Value = serde_json::from_str(&pair.host.get("/rxp/v1/status", &[]).await?.body)?;
        assert_eq!((&state["rxp"], &state["failed"]), (&json!("1"), &json!(0)));
        let keys = pair.host.get(&format!("/.well-known/rxp-jwks.json?org={HOST}"), &[]).await?;
        assert_eq!(serde_json::from_str::<Value>(&keys.body)?, pair.host.jwks().await?);
        let (id, signed) =
            pair.unit.sign(HOST, &told("referral", domain::id::CaseId(other), None, json!({}))).await?;
        let mut request =
            super::pair::browser()?.post(format!("http://{}/rxp-test/v1/messages", pair.host.served.addr));
        request = request.header("rxp-id", id.to_string()).body(signed.document);
        assert!(super::pair::said(request).await?.status >= 400);
        assert_eq!(pair.host.count("SELECT COUNT(*) AS n FROM message WHERE direction = 'in'").await?, 1);
        Ok(pair)
    })
    .await
}

/// RXP-38: message and receipt are leaves of both ledgers, and the receipt says where in the receiver's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaf_both_sides() -> Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let answer = pair.answer(id, "no_action").await?;
        pair.answers().await?;
        for (from, to, id) in [(&pair.unit, &pair.host, id), (&pair.host, &pair.unit, answer)] {
            let (document, receipt) =
                (from.document(id).await?, from.receipt(id).await?.ok_or("no receipt")?);
            let digest = |text: &str| exchange::canonical::digest(text.as_bytes()).to_string();
            let told: Value = serde_json::from_str(&receipt)?;
            let leaf = told["body"]["log"]["index"].as_i64().ok_or("no index")?;
            assert_eq!(told["body"]["log"]["origin"], format!("{}/renvoi-log", to.org));
            let theirs = to.facts(id.0).await?;
            let received = theirs.iter().find(|(what, ..)| what == "received").ok_or("no leaf")?;
            assert_eq!((received.1, &received.2["digest"]), (leaf, &json!(digest(&document))));
            let given = theirs.iter().find(|(what, ..)| what == "receipt_given").ok_or("no leaf")?;
            assert_eq!(given.2["digest"], digest(&receipt));
            let ours = from.facts(id.0).await?;
            let receipted = ours.iter().find(|(what, ..)| what == "receipted").ok_or("no leaf")?;
            assert_eq!(receipted.2["digest"], digest(&receipt));
            let of = if from.org == HOST { id.0 } else { referral.id.0 };
            let sent = from.facts(of).await?;
            assert!(sent.iter().any(|(.., facts)| facts["digest"] == digest(&document)), "{sent:?}");
            // The leaf is in the tree that is published.
            app::publish::all(&to.house).await?;
            let entries = store::event::entries(&to.house.db, to.agency, leaf as u64, 1).await?;
            assert!(entries[0].0.contains(&id.to_string()), "{}", entries[0].0);
            assert_eq!(ledger::leaf_hash(entries[0].0.as_bytes()), entries[0].1);
        }
        Ok(pair)
    })
    .await
}

/// RXP-40: both sides hold the same bytes, and nothing that comes later changes them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipt_immutable() -> Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let receipt = pair.host.receipt(id).await?.ok_or("no receipt")?;
        assert_eq!(pair.unit.receipt(id).await?.as_ref(), Some(&receipt));
        let told: Value = serde_json::from_str(&receipt)?;
        let held = pair.host.message(id).await?.ok_or("gone")?;
        let at: jiff::Timestamp = told["body"]["received_at"].as_str().ok_or("no time")?.parse()?;
        assert_eq!((Some(at), at), (referral.acknowledged_at, held.made_at));
        for field in ["of", "digest", "received_at", "clock", "channel", "flags", "log"] {
            assert!(!told["body"][field].is_null(), "{field}");
        }
        // Hours later, after another key, after an answer, a reminder and a withdrawal: the same bytes.
        let document = pair.unit.document(id).await?;
        pair.wait(SignedDuration::from_hours(5))?;
        pair.answer(id, "under_review").await?;
        pair.answers().await?;
        pair.withdraw(referral.id).await?;
        pair.deliver().await?;
        let said = pair.unit.post(&pair.host, id, &document).await?;
        assert_eq!((said.status, &said.body), (202, &receipt));
        // A receipt that somebody else made up, or that is about other bytes, changes nothing here.
        let mut body = told["body"].clone();
        body["received_at"] = json!("2026-03-04T09:29:00.000Z");
        body["digest"] = json!(format!("sha-256:{}", "0".repeat(64)));
        let wrong = super::pair::told("receipt", referral.matter, Some(id), body);
        assert_eq!(pair.host.tell(&pair.unit, &wrong).await?.status, 202);
        let now = pair.unit.message(id).await?.ok_or("gone")?;
        assert_eq!((pair.unit.receipt(id).await?, now.receipt_at), (Some(receipt), Some(at)));
        Ok(pair)
    })
    .await
}

/// RXP-42: of two receipts of one message the earlier counts, whichever came first, and both are kept and shown.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn earliest_receipt() -> Outcome {
    on_both(async |mut pair| {
        let referral = pair.refer().await?;
        let id = referral.message.ok_or("not sent")?;
        pair.gate.set(Way::AnswerLost);
        pair.deliver().await?;
        let first = pair.now();
        let early = pair.host.receipt(id).await?.ok_or("no receipt")?;
        // An hour later a person there presses the link of the mail: a second receipt, by our own instance.
        pair.wait(SignedDuration::from_hours(1))?;
        let token = pair.link(id).await?;
        app::receipt::confirmed_by_link(&pair.unit.house, &token).await?;
        let late = pair.unit.receipt(id).await?.ok_or("no receipt")?;
        let second = pair.now();
        assert_eq!(pair.referral(referral.id).await?.acknowledged_at, Some(second));
        // Then the provider's own receipt comes as a message. It is the earlier one.
        pair.wait(SignedDuration::from_hours(1))?;
        let receipt: Value = serde_json::from_str(&early)?;
        let their_id = receipt["id"].as_str().ok_or("no id")?.parse()?;
        let said = pair.host.post(&pair.unit, their_id, &early).await?;
        assert_eq!((said.status, said.body.as_str()), (202, ""), "a receipt gets no receipt");
        let now = pair.unit.message(id).await?.ok_or("gone")?;
        assert_eq!((now.receipt_at, pair.unit.receipt(id).await?), (Some(first), Some(early.clone())));
        let acknowledged = pair.referral(referral.id).await?;
        assert_eq!((acknowledged.state, acknowledged.acknowledged_at), (State::Acknowledged, Some(first)));
        let shown = app::view::referral::referral(&pair.unit.house, &acknowledged).await?;
        let receipts: Vec<_> = shown.messages.iter().filter(|message| message.kind == "receipt").collect();
        let late_id = serde_json::from_str::<Value>(&late)?["id"].clone();
        assert!(receipts.iter().any(|receipt| receipt.id == late_id && receipt.at == second), "{receipts:?}");
        assert!(receipts.iter().any(|receipt| json!(receipt.id) == json!(their_id)), "{receipts:?}");
        // The same again changes nothing, and neither does a later one.
        pair.wait(SignedDuration::from_hours(1))?;
        pair.host.post(&pair.unit, their_id, &early).await?;
        app::receipt::confirmed_by_link(&pair.unit.house, &token).await?;
        assert_eq!(pair.referral(referral.id).await?.acknowledged_at, Some(first));
        Ok(pair)
    })
    .await
}
