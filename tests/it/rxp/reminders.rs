//! Does the ladder move, and never by itself before people trust it? (RXP-130 to RXP-137, D4) And does a provider's own
//! system hear of what came?

use super::gate::{Gate, Way};
use super::pair::{Fail, Pair, on_both, told};
use crate::house::{self, HOST, Outcome};
use app::remind::{self, Round};
use domain::access::Authorised;
use domain::referral::State;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::Lane;
use store::params;
use store::referral::Referral;

/// A person starts today's reminders.
async fn start(pair: &Pair) -> Result<u64, Fail> {
    let provider = Authorised::check(&pair.desk.coordinator, pair.unit.agency, pair.entry().await?)?;
    Ok(remind::start(&pair.unit.house, &provider).await?)
}

/// The item was seen just now.
async fn still_up(pair: &Pair, referral: &Referral) -> Outcome {
    let subject = store::referral::items(&pair.unit.house.db, referral.id).await?[0].subject;
    pair.seen(referral.id, subject, "still_up").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_climb_and_end_without_a_threat() -> Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let rounds = async |pair: &Pair| remind::due(&pair.unit.house).await;
        pair.wait(SignedDuration::from_hours(71))?;
        assert_eq!(rounds(&pair).await?, Round::default(), "too soon");
        for (step, days) in [(1_u8, 1), (2, 7), (3, 21)] {
            pair.wait(SignedDuration::from_hours(24 * days))?;
            // Not without a fresh look; it asks for one.
            assert_eq!(rounds(&pair).await?, Round::default());
            let due = store::look::due_count(&pair.unit.house.db, pair.now()).await?;
            assert_eq!(due, 1, "step {step}");
            still_up(&pair, &referral).await?;
            let waits = Round { waiting: 1, ..Round::default() };
            assert_eq!(rounds(&pair).await?, waits, "a person starts it");
            assert_eq!(remind::waiting(&pair.unit.house, &pair.entry().await?).await?, 1);
            assert_eq!(start(&pair).await?, 1);
            assert_eq!(start(&pair).await?, 0, "one digest a day");
            pair.deliver().await?;
            let sql = "SELECT id FROM message WHERE type = 'reminder' ORDER BY made_at DESC LIMIT 1";
            let id = pair.unit.house.db.one(sql, params![]).await?.id("id")?;
            let reminder: Value = serde_json::from_str(&pair.unit.document(id).await?)?;
            assert_eq!(reminder["body"]["step"], step);
            assert_eq!(reminder["in_reply_to"], json!(referral.message));
            for threat in ["deadline is", "must", "sanction", "overdue"] {
                assert!(!reminder["body"]["text"].as_str().unwrap_or("?").contains(threat));
            }
            let by_mail = pair.outbox(id).await?[0].0 == "mail";
            assert_eq!(by_mail, step == 3, "the last one by another published way");
            assert_eq!(pair.referral(referral.id).await?.state, State::Acknowledged);
        }
        pair.wait(SignedDuration::from_hours(24 * 14))?;
        assert_eq!(rounds(&pair).await?, Round { ended: 1, ..Round::default() });
        assert_eq!(pair.referral(referral.id).await?.state, State::NoAnswer);
        assert_eq!(rounds(&pair).await?, Round::default());
        Ok(pair)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_heed_answers_holds_and_wishes() -> Outcome {
    on_both(async |mut pair| {
        let (asked, held, quiet) = (pair.arrive().await?, pair.arrive().await?, pair.arrive().await?);
        pair.answer(asked.message.ok_or("")?, "needs_information").await?;
        pair.answers().await?;
        // Another unit of this machine has an interest in the second item.
        let two = house::desk(&pair.unit.house, "Unit Two", "two.example").await?;
        house::intake(&pair.unit.house, &two, 1..2).await?;
        let sql = "SELECT id FROM subject WHERE space = $1 AND kind = 'item'";
        let subject = pair.unit.house.db.one(sql, params![two.id()]).await?.id("id")?;
        let subject = store::subject::by_id(&pair.unit.house.db, subject).await?.ok_or("gone")?;
        let subject = Authorised::check(&two.coordinator, two.id(), subject)?;
        let answer = domain::hold::HoldAnswer::InvestigativeHold;
        pair.wait(SignedDuration::from_hours(73))?;
        app::deconflict::place(&pair.unit.house, &subject, answer, 72, "Speak with us first.").await?;
        for referral in [&asked, &held, &quiet] {
            still_up(&pair, referral).await?;
        }
        // The provider wishes no reminders: nobody's ladder moves. Then it changes its mind.
        let wish = async |pair: &Pair, quiet: &str| -> Outcome {
            let body = json!({ "quiet": quiet });
            let case = domain::id::CaseId(uuid::Uuid::now_v7());
            let said = pair.host.tell(&pair.unit, &told("contact_preferences", case, None, body)).await?;
            assert_eq!(said.status, 202, "{}", said.body);
            Ok(())
        };
        wish(&pair, "no_reminders").await?;
        assert_eq!(start(&pair).await?, 0);
        wish(&pair, "normal").await?;
        assert_eq!(start(&pair).await?, 1, "not the question, not the hold");
        let sent = "SELECT COUNT(*) AS n FROM message WHERE type = 'reminder'";
        assert_eq!(pair.unit.count(sent).await?, 1);
        assert_eq!(pair.referral(quiet.id).await?.steps, 1);
        Ok(pair)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_asks_again_and_is_heard() -> Outcome {
    on_both(async |mut pair| {
        let asked = pair.arrive().await?;
        for (count, answer) in [(1, "needs_information"), (2, "needs_information"), (3, "under_review")] {
            pair.answer(asked.message.ok_or("")?, answer).await?;
            pair.answers().await?;
            let sql = "SELECT COUNT(*) AS n FROM message WHERE type = 'outcome'";
            assert_eq!(pair.unit.count(sql).await?, count, "{answer}");
            assert_eq!(pair.referral(asked.id).await?.state, State::InDialogue, "{answer}");
        }
        Ok(pair)
    })
    .await
}

/// A new referral and a withdrawal reach the provider's own system by a signed call, tried again until it takes it; the
/// receipt never waits for that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhook_notices_never_hold_the_receipt() -> Outcome {
    on_both(async |mut pair| {
        let hook = Gate::before(pair.host.served.addr).await?;
        hook.set(Way::Says(500, String::new()));
        let settings = json!({
            "legal_name": HOST, "mail": "desk@video.example", "phone": "+3200000001", "legal_basis": [],
            "languages": ["en"], "grounds_min": 3, "webhook": "http://hooks.video.example/renvoi",
        });
        let mut tx = pair.host.house.db.write(Lane::Person).await?;
        let sql = "UPDATE agency SET settings = $2 WHERE id = $1";
        tx.run(sql, params![pair.host.agency, settings.to_string()]).await?;
        tx.commit().await?;
        let mut own = house::entry("Own systems", "hooks.video.example");
        own.channel = domain::provider::Channel::None;
        own.pinned = vec![hook.addr];
        pair.host_enters(own).await?;

        let referral = pair.arrive().await?;
        assert!(hook.seen().is_empty(), "the receipt went out before any call");
        pair.answers().await?;
        let said = pair
            .host
            .house
            .db
            .one("SELECT last_error FROM outbox", params![])
            .await?
            .maybe_text("last_error")?;
        assert_eq!(hook.seen().len(), 1, "{said:?}");
        hook.set(Way::Says(204, String::new()));
        assert_eq!(pair.answers().await?, 0, "not at once");
        pair.wait(SignedDuration::from_secs(2))?;
        pair.answers().await?;
        pair.wait(SignedDuration::from_hours(2))?;
        assert_eq!(pair.answers().await?, 0, "it was taken");
        let seen = hook.seen();
        assert_eq!(seen.len(), 2);
        let request = String::from_utf8_lossy(&seen[1]).into_owned();
        let (head, body) = request.split_once("\r\n\r\n").ok_or("no body")?;
        let body: Value = serde_json::from_str(body)?;
        assert_eq!(
            (&body["type"], &body["id"], &body["items"]),
            (&json!("referral"), &json!(referral.message), &json!(1))
        );
        assert!(!request.contains("/watch/"), "no address goes along");
        let field =
            head.lines().find_map(|line| line.strip_prefix("renvoi-signature: ")).ok_or("not signed")?;
        assert!(field.starts_with("t=") && field.contains(",v1="), "{field}");

        pair.withdraw(referral.id).await?;
        pair.deliver().await?;
        pair.answers().await?;
        let seen = hook.seen();
        assert_eq!(seen.len(), 3);
        assert!(String::from_utf8_lossy(&seen[2]).contains("\"type\":\"withdrawal\""));
        Ok(pair)
    })
    .await
}
