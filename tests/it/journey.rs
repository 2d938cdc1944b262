//! The story: one item, all the way, over real HTTP, in an invented world.

use crate::face::Fail;
use crate::story::{Day, word};
use reqwest::Method;
use serde_json::{Value, json};

const HOURS: [&str; 3] = ["2027-04-25T07:05:00Z", "2027-04-25T08:15:00Z", "2027-04-25T09:30:00Z"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_item_all_the_way() -> Result<(), Fail> {
    let mut day = Day::begin().await?;

    // Observe: Ana hands in what a source sent, twice. The second time adds nothing.
    assert_eq!(day.hand_in().await?["new"], 1);
    assert_eq!(day.hand_in().await?["new"], 0);

    // Recognise: it waits as one cluster with one item.
    let cluster = day.until("/api/v1/queue", |queue| queue["clusters"][0]["id"].clone()).await?;
    let path = format!("/api/v1/clusters/{}", word(&cluster));
    let shown = day.get(&day.ana, &path).await?;
    assert_eq!(shown["items"].as_array().map(Vec::len), Some(1));

    // Assess: Ana opens it, which others see, and gives her reasons. She cannot confirm them herself.
    let lease = day.post(&day.ana, &format!("{path}/lease"), json!({})).await?;
    let draft = draft(&shown["items"][0]);
    let saved = day
        .post(&day.ana, &format!("{path}/assessments"), json!({"version": lease["version"], "draft": draft}))
        .await?;
    assert_eq!(saved["state"], "assessed");
    let assessment = format!("/api/v1/assessments/{}", word(&saved["assessment"]));
    assert!(day.post(&day.ana, &format!("{assessment}/approval"), json!({"version": 1})).await.is_err());

    // Approve: Cleo reads it, proves that it is her, and confirms.
    let read = day.get(&day.cleo, &assessment).await?;
    day.prove(&day.cleo).await?;
    let sent =
        day.post(&day.cleo, &format!("{assessment}/approval"), json!({"version": read["version"]})).await?;
    let referral = format!("/api/v1/referrals/{}", word(&sent["referrals"][0]));

    // Refer: a first referral to a provider waits for a third person. Emil looks; then it goes out, and the provider's
    // signed receipt comes back over HTTPS.
    day.until(&referral, |shown| shown["findings"][0]["weight"].clone()).await?;
    day.post(&day.emil, &format!("{referral}/look"), json!({"text": "Contact and load were confirmed."}))
        .await?;
    day.until_is(&referral, "/state", "acknowledged").await?;

    // Answer: an hour later the provider says that it removed the item.
    day.clock(HOURS[0]).await?;
    day.until_is(&referral, "/items/0/answer", "removed").await?;
    day.until_is(&referral, "/state", "outcome_known").await?;

    // Recheck: two looks, thirty minutes apart, agree that it is gone.
    day.clock(HOURS[1]).await?;
    day.until(&referral, |shown| shown["items"][0]["last_class"].clone()).await?;
    day.clock(HOURS[2]).await?;
    day.until(&referral, |shown| shown["items"][0]["gone_at"].clone()).await?;

    // Report: the numbers say so, and what the provider saw agrees.
    let report = day.report().await?;
    let truth = day.truth().await?;
    for name in ["referred", "answered", "removed"] {
        assert_eq!(report["figures"][name], 1, "{name}");
        assert_eq!(truth[name], 1, "{name}");
    }
    assert_eq!(report["figures"]["gone"], 1);
    assert_eq!(
        (&report["figures"]["without_second_person"], &truth["duplicates_sent"]),
        (&json!(0), &json!(0))
    );

    // Contest: who holds the reference says that it was wrong. Emil, a third person, agrees: it is taken back, the provider
    // is told, and confirms that it was.
    let contest = json!({"reference": day.get(&day.emil, &referral).await?["contest"], "reasons": "The item only reports on the call."});
    let guess = json!({"reference": "00112233445566778899aabbccddeeff", "reasons": "The item only reports on the call."});
    let contests = "/api/v1/contests";
    assert_eq!(day.face.call(None, Method::POST, contests, Some(guess)).await?.code(), "not_here");
    let opened = day.face.call(None, Method::POST, contests, Some(contest)).await?;
    let decision = format!("{referral}/contests/{}/decision", word(&opened.body["id"]));
    let upheld =
        json!({"upheld": true, "reasons": "Read again: it reports on the call and does not make it."});
    day.post(&day.emil, &decision, upheld.clone()).await?;
    assert!(day.post(&day.emil, &decision, upheld).await.is_err(), "a contest is decided once");
    day.until(&referral, |shown| shown["withdrawal_told"][0]["acknowledged_at"].clone()).await?;
    day.until_is(&referral, "/state", "closed").await?;
    assert_eq!(day.get(&day.emil, &format!("{referral}/contests")).await?[0]["state"], "upheld");
    day.face.served.stop().await;
    Ok(())
}

/// What Ana writes.
pub(crate) fn draft(item: &Value) -> Value {
    let no = json!({"finding": "no", "text": ""});
    let questions = ["education", "journalism", "art", "research", "counter_terrorism", "public_debate"];
    let exemption: serde_json::Map<String, Value> =
        questions.iter().map(|question| ((*question).to_owned(), no.clone())).collect();
    let context = json!({
        "audience": item["audience"], "exemption": exemption, "true_purpose": "Spreads the call of an invented group.",
        "context": "A public post that anybody can see.", "editorial_responsibility": false, "eu_listed_author": "no",
    });
    json!({
        "decision": "refer", "note": "", "contexts": {word(&item["subject"]): context},
        "content": {
            "statements": {"solicits_participation": "Invites readers to join the invented Example Group."},
            "pinpoints": {"solicits_participation": ["text, first sentence"]}, "danger": null,
            "offence_refs": ["2017/541:4(b)"], "urgency": "normal",
        },
    })
}
