//! Whose word counts? (RXP-56, RXP-57, RXP-62)

use super::gate::raw;
use super::pair::{endpoint, on_both, told};
use crate::house::{HOST, Outcome};
use domain::access::Authorised;
use domain::id::CaseId;
use domain::referral::State;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::Lane;

/// RXP-56: a changed key, endpoint or address counts when a person confirmed it; until then the old ones do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn key_change_human() -> Outcome {
    on_both(async |mut pair| {
        let known = pair.arrive().await?.message.ok_or("not sent")?;
        let book = pair.entry().await?;
        let space = Authorised::check(&pair.desk.coordinator, pair.unit.agency, pair.unit.agency)?;
        // The provider gets another key, by a machine.
        let old = pair.host.jwks().await?;
        pair.wait(SignedDuration::from_mins(1))?;
        let mut tx = pair.host.house.db.write(Lane::Bulk).await?;
        let now = pair.now();
        let key = store::agency::StoredKey {
            kid: uuid::Uuid::now_v7().to_string(),
            seed: store::crypt::random()?,
            not_before: now,
            not_after: now + SignedDuration::from_hours(24 * 365),
            revoked: None,
        };
        store::agency::put_key(&mut tx, pair.host.agency, app::identity::DOCUMENT, &key).await?;
        tx.commit().await?;
        let new = pair.host.jwks().await?;
        assert_ne!(new, old);
        // No message of it is believed now: neither an answer, nor a receipt.
        let body = json!({ "results": [{ "items": ["i1"], "answer": "received", "basis": "none", "automated": "none" }] });
        let case = pair.unit.message(known).await?.ok_or("gone")?.matter;
        let said = pair.host.tell(&pair.unit, &told("outcome", case, Some(known), body.clone())).await?;
        assert_eq!((said.status, said.code().as_str()), (401, "unknown_key"), "{}", said.body);
        let referral = pair.refer().await?;
        pair.deliver().await?;
        assert_eq!(pair.referral(referral.id).await?.state, State::Queued, "a receipt under an unknown key is none");
        // Without a check out of band nothing changes, whatever is changed.
        let changes: [fn(&mut domain::provider::Entry, &Value); 4] = [
            |entry, keys| entry.jwks = Some(keys.clone()),
            |entry, _| entry.endpoint = Some(endpoint("other.example")),
            |entry, _| entry.mail = Some("someone@other.example".to_owned()),
            |entry, _| entry.org = "other.example".to_owned(),
        ];
        for change in changes {
            let mut entry = book.entry.clone();
            change(&mut entry, &new);
            let refused = app::book::put_provider(&pair.unit.house, &space, entry, None).await;
            assert!(
                matches!(&refused, Err(app::Error::Refused(refusal)) if refusal.code == "unconfirmed_contact"),
                "{refused:?}"
            );
            assert_eq!(pair.entry().await?.entry, book.entry, "the old values stay in force");
        }
        // First contact needs a person as well: a stranger's message is not taken.
        let case = CaseId(uuid::Uuid::now_v7());
        let (id, signed) = pair.host.sign(&pair.unit.org.replace("one", "two"), &told("contact_preferences", case, None, json!({ "quiet": "normal" }))).await?;
        assert_eq!(pair.host.post(&pair.unit, id, &signed.document).await?.code(), "wrong_receiver");
        // A person telephones and confirms: now it counts.
        let mut entry = book.entry.clone();
        entry.jwks = Some(new);
        pair.enter(entry).await?;
        let case = pair.unit.message(known).await?.ok_or("gone")?.matter;
        let said = pair.host.tell(&pair.unit, &told("outcome", case, Some(known), body)).await?;
        assert_eq!(said.status, 202, "{}", said.body);
        pair.wait(SignedDuration::from_mins(5))?;
        pair.deliver().await?;
        assert_eq!(pair.referral(referral.id).await?.state, State::Acknowledged);
        Ok(pair)
    })
    .await
}

/// RXP-57: an authority that nobody found in the register is receipted with a flag that a person sees; one that is in it
/// has none. Its message is kept either way: a refused message would be a lost one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unlisted_sender() -> Outcome {
    on_both(async |mut pair| {
        let flags = |receipt: &str| -> Value {
            serde_json::from_str::<Value>(receipt).unwrap_or_default()["body"]["flags"].clone()
        };
        let first = pair.arrive().await?.message.ok_or("not sent")?;
        let receipt = pair.host.receipt(first).await?.ok_or("no receipt")?;
        assert_eq!(flags(&receipt), json!(["sender_unlisted"]));
        let items = store::inbox::of_message(&pair.host.house.db, pair.host.agency, first).await?;
        assert_eq!(items[0].state, "open", "it is kept");
        let shown = app::view::inbox::referral(&pair.host.house, &pair.clerk, first, items).await?;
        assert!(shown.unlisted, "and the person sees it");
        let book = store::provider::of_org(&pair.host.house.db, "one.example").await?;
        let mut entry = book.first().ok_or("no entry")?.entry.clone();
        entry.listed = true;
        pair.host_enters(entry).await?;
        let second = pair.arrive().await?.message.ok_or("not sent")?;
        assert_eq!(flags(&pair.host.receipt(second).await?.ok_or("no receipt")?), json!([]));
        // What was receipted stays as it was receipted; a provider is no authority and needs no register.
        assert_eq!(pair.host.receipt(first).await?, Some(receipt));
        let answer = pair.answer(second, "no_action").await?;
        pair.answers().await?;
        assert_eq!(flags(&pair.unit.receipt_given(answer).await?), json!([]));
        Ok(pair)
    })
    .await
}

/// RXP-62: the same HTTP signature is taken once, for messages and for receipts; a retry signs anew over the same document.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn httpsig_replay() -> Outcome {
    on_both(async |mut pair| {
        let id = pair.arrive().await?.message.ok_or("not sent")?;
        let request = pair.gate.seen().pop().ok_or("nothing went by")?;
        let again = async || -> Result<String, super::pair::Fail> {
            Ok(String::from_utf8_lossy(&raw(pair.host.served.addr, &request).await?).into_owned())
        };
        for _ in 0..3 {
            let answer = again().await?;
            assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("\"replay\""), "{answer}");
        }
        // The same document under a fresh signature is no replay.
        let said = pair.unit.post(&pair.host, id, &pair.unit.document(id).await?).await?;
        assert_eq!((said.status, Some(said.body)), (202, pair.host.receipt(id).await?));
        let path = format!("/receipts/{id}");
        let fields = pair.unit.signed_get(&pair.host, &path).await?;
        let path = format!("/rxp/v1{path}");
        assert_eq!(pair.host.get(&path, &fields).await?.status, 202);
        let twice = pair.host.get(&path, &fields).await?;
        assert_eq!((twice.status, twice.code().as_str()), (401, "replay"));
        // When its nonce is forgotten, the signature has long run out.
        pair.wait(SignedDuration::from_secs(299))?;
        assert!(again().await?.contains("\"replay\""));
        pair.wait(SignedDuration::from_secs(302))?;
        let answer = again().await?;
        assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("\"stale\""), "{answer}");
        assert_eq!(pair.host.count("SELECT COUNT(*) AS n FROM message").await?, 1);
        assert_eq!(HOST, pair.host.org);
        Ok(pair)
    })
    .await
}
