//! Standing work: what is held is forgotten in time, and what a crash left open is closed.

use crate::house::Handed;
use crate::house::{Built, HOST, Outcome, intake, intake_as, lived_in, work};
use app::{fsck, sweep};
use domain::evidence::Retention;
use domain::id::BatchId;
use jiff::SignedDuration;
use sha2::Digest as _;
use store::intake::Relevance;
use store::{Lane, params};
use uuid::Uuid;

async fn clean(built: &Built) {
    let report = fsck::run(&built.house).await;
    assert!(report.is_clean(), "{:#?}", report.problems);
}

#[tokio::test]
async fn held_records_are_forgotten_in_time() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    let (house, one) = (&built.house, &built.one);
    assert_eq!(intake_as(house, one, 0..5, Relevance::Hold { days: 7 }).await?.new, 5);
    work(house).await?;
    built.step(SignedDuration::from_hours(6 * 24))?;
    assert_eq!(sweep::run(house).await?.forgotten, 0);
    built.step(SignedDuration::from_hours(25))?;
    assert_eq!(sweep::run(house).await?.forgotten, 5);
    assert_eq!(sweep::run(house).await?.forgotten, 0);
    let keys = house.db.one("SELECT COUNT(*) AS n FROM record_key", params![]).await?;
    assert_eq!(keys.int("n")?, 0, "addresses and handles went with the records");
    clean(&built).await;
    assert_eq!(intake(house, one, 0..5).await?.new, 0, "repeats are still known");
    Ok(())
}

/// A picture goes with the last record that shows it, and not before (D7).
#[tokio::test]
async fn pictures_go_with_the_records_that_showed_them() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    let (house, one) = (&built.house, &built.one);
    let folder = house.folder.join("media");
    std::fs::create_dir_all(&folder)?;
    let mut names = Vec::new();
    for name in ["shared.bin", "lone.bin"] {
        std::fs::write(folder.join(name), format!("the bytes of {name}"))?;
        names.push(hex::encode(sha2::Sha256::digest(format!("the bytes of {name}"))));
    }
    let evidence = house.blobs.put_evidence(one.id(), b"the bytes of lone.bin")?;
    for (relevance, files) in
        [(Relevance::Hold { days: 7 }, &["shared.bin", "lone.bin"][..]), (Relevance::Submit, &["shared.bin"])]
    {
        let media: Vec<_> =
            files.iter().map(|name| serde_json::json!({ "kind": "image", "path": name })).collect();
        let id = format!("{relevance:?}").len();
        let url = format!("https://{HOST}/watch/{id}");
        let line = serde_json::json!({ "id": id.to_string(), "url": url, "text": "Look", "media": media });
        assert_eq!(
            Handed::to(one.id())
                .relevance(relevance)
                .media(&folder)
                .lines(house, line.to_string())
                .await?
                .new,
            1
        );
    }
    // Recognition would need the decoder's box, which `pictures.rs` tests; here its jobs are taken away.
    let mut tx = house.db.write(Lane::Bulk).await?;
    tx.run("DELETE FROM job", params![]).await?;
    tx.commit().await?;
    for name in &names {
        assert!(house.blobs.get(one.id(), name)?.is_some());
    }
    built.step(SignedDuration::from_hours(8 * 24))?;
    let house = &built.house;
    assert_eq!(sweep::run(house).await?.forgotten, 1);
    assert!(house.blobs.get(built.one.id(), &names[0])?.is_some(), "another record shows it");
    assert!(house.blobs.get(built.one.id(), &names[1])?.is_none(), "nothing shows it any more");
    let kept = house.folder.join("blobs").join(built.one.id().to_string()).join("evidence");
    assert!(kept.join(&evidence[..2]).join(&evidence).exists(), "evidence stays");
    clean(&built).await;
    Ok(())
}

#[tokio::test]
async fn nothing_is_forgotten_before_it_was_recognised() -> Outcome {
    let built = Built::new().await?;
    let (house, one) = (&built.house, &built.one);
    intake_as(house, one, 0..3, Relevance::Forget).await?;
    assert_eq!(sweep::run(house).await?.forgotten, 0);
    work(house).await?;
    assert_eq!(sweep::run(house).await?.forgotten, 3);
    clean(&built).await;
    Ok(())
}

#[tokio::test]
async fn an_intake_that_a_crash_left_open_is_closed() -> Outcome {
    let built = Built::new().await?;
    let (house, id) = (&built.house, built.one.id());
    let batch = BatchId(Uuid::now_v7());
    let now = house.clock.now();
    let mut tx = house.db.write(Lane::Bulk).await?;
    let source = store::intake::source(&mut tx, id, "s", Relevance::Submit, (None, now)).await?;
    let new =
        store::intake::NewBatch { id: batch, space: id, agency: id, source, format: "ndjson", person: None };
    store::intake::open_batch(&mut tx, new, now).await?;
    tx.commit().await?;
    let upload = house.folder.join(sweep::UPLOADS).join("one");
    std::fs::create_dir_all(&upload)?;
    std::fs::write(upload.join("records"), "somebody's words")?;
    assert_eq!(sweep::at_start(house).await?, 1);
    assert!(!upload.exists(), "what was being handed in stayed in clear");
    assert_eq!(sweep::at_start(house).await?, 0);
    let events = store::event::of(&house.db, domain::event::Noun::Batch, batch.0, 10).await?;
    assert_eq!(events[0].what, "interrupted");
    clean(&built).await;
    Ok(())
}

#[tokio::test]
async fn erase_any_state() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let house = &built.house;
    let documents = house.db.rows("SELECT key FROM document ORDER BY key", params![]).await?;
    for (index, row) in documents.iter().enumerate() {
        let mut tx = house.db.write(Lane::Person).await?;
        store::crypt::erase(&mut tx, row.int("key")?, "test", house.clock.now()).await?;
        tx.commit().await?;
        if index % 8 == 0 || index + 1 == documents.len() {
            clean(&built).await;
        }
    }
    Ok(())
}

#[tokio::test]
async fn holds_end_and_retention_is_listed() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    lived_in(&built).await?;
    assert!(sweep::due(&built.house).await?.is_empty());
    built.step(SignedDuration::from_hours(31 * 24))?;
    let due = sweep::due(&built.house).await?;
    assert_eq!(due.iter().map(|due| due.class).collect::<Vec<_>>(), [Retention::Observation]);
    let swept = sweep::run(&built.house).await?;
    assert_eq!((swept.holds, swept.forgotten), (1, 4));
    assert!(sweep::due(&built.house).await?.is_empty());
    clean(&built).await;
    Ok(())
}
