//! Is the report true, and does the ledger alone tell the same? (LAW-67, LAW-74; D3)

mod day;

use crate::house::{HOST, Outcome};
use app::report::{self, Format};
use day::{AROUND, Day, Fault, day};
use domain::id::ReferralId;
use jiff::SignedDuration;
use recount::Ask;
use serde_json::{Value, json};

#[tokio::test]
async fn report_verify() -> Outcome {
    let day = day().await?;
    let report = serde_json::to_value(day.report().await?)?;
    let truth = json!({
        "observed": 9, "duplicates": 1, "set_aside": 0, "refused": 0, "unique": 8, "clusters": 6, "matched": 1,
        "reappeared": 1, "assessments": 6, "assessed": 7, "identical_texts": 6, "approved": 7, "held_back": 0,
        "referrals": 6, "referred": 7, "received": 6, "answered": 3, "removed": 2, "no_action": 1,
        "needs_information": 1, "unanswered": 4, "withdrawn": 2, "overturned": 1, "reviewed": 3, "standing": 5,
        "gone": 1, "duplicates_sent": 0, "without_second_person": 0,
    });
    for (figure, value) in truth.as_object().into_iter().flatten() {
        assert_eq!(&report["figures"][figure], value, "{figure}");
    }
    assert_eq!(report["by"]["service"][HOST]["referred"], 7);
    assert_eq!(report["by"]["kind"]["item"]["removed"], 2);
    assert_eq!(report["by"]["agency"][day.desk().id().to_string()]["unique"], 8);
    assert_eq!(report["answers"]["none"], 3);
    assert_eq!(report["liveness"]["gone_hard"], 1);
    assert_eq!(report["shares"]["precision_after_review"]["per_mille"], 714);
    assert_eq!(report["durations"]["to_receipt"]["done"], 5);
    let recount = day.recount(&report).await?;
    assert_eq!(recount::compare(&report, &recount), []);
    Ok(())
}

/// The Operation page counts a window as the report of that window does; later work is not in it, and its parts add up.
#[tokio::test]
async fn the_wall_counts_as_the_report() -> Outcome {
    let day = day().await?;
    let (house, desk) = (&day.built.house, day.desk());
    let to = house.clock.now() + SignedDuration::from_millis(1);
    while house.clock.now() <= to {
        tokio::task::yield_now().await;
    }
    day.observe(9, "The lamp number nine stands in the garden behind the house").await?;
    day.refer().await?.ok_or("nothing to refer after the window")?;
    let wall = |span| app::view::wall::Wall {
        space: desk.id(),
        operation: Some("An operation".to_owned()),
        span,
        agencies: vec![(desk.id(), "one".to_owned())],
    };
    let window = wall(Some((day.from, to)));
    let count = app::view::wall::counters(house, &desk.analyst, &window).await?;
    let found = app::view::figures::figures(house, &desk.analyst, &window).await?;
    let report = report::action_day(house, desk.id(), day.from, to).await?;
    let figure = |id: &str| report.counts.figures[id];
    for (id, shown) in [
        ("unique", count.seen),
        ("clusters", count.clusters),
        ("referred", count.referred),
        ("answered", count.answered),
        ("reviewed", found.review.reviewed),
        ("standing", found.review.standing),
        ("gone", found.review.gone),
        ("referred", found.services.iter().map(|(_, n)| n).sum()),
        ("referred", found.languages.iter().map(|(_, n)| n).sum()),
        ("answered", found.answers.iter().map(|(_, n)| n).sum()),
    ] {
        assert_eq!(shown, figure(id), "{id}");
    }
    assert!(found.pace.iter().all(|(at, ..)| *at <= to + AROUND) && !found.pace.is_empty());
    let parts = count.to_refer + count.not_terrorist + count.exempt + count.second_reader;
    assert_eq!((count.assessed, count.assessed <= count.clusters), (parts, true));
    // All time has what came after the window, too.
    let all = app::view::wall::counters(house, &desk.analyst, &wall(None)).await?;
    assert_eq!((all.referred > count.referred, all.seen), (true, count.seen + 1));
    Ok(())
}

/// Each altered fact is seen: 14 ways to alter what the ledger says.
#[tokio::test]
async fn altered_events_differ() -> Outcome {
    let day = day().await?;
    let report = serde_json::to_value(day.report().await?)?;
    let ask = Ask::of_report(&report)?;
    let entries = store::event::entries(&day.built.house.db, day.desk().id(), 0, 100_000).await?;
    let entries: Vec<Vec<u8>> = entries.into_iter().map(|(entry, _)| entry.into_bytes()).collect();
    assert_eq!(recount::compare(&report, &recount::of_entries(&entries, &ask)?), []);
    let ways: [(&str, &str, &str, &str, Value); 14] = [
        ("batch", "observed", "/facts/observed", "a record more", json!(7)),
        ("batch", "observed", "/at", "another time", json!("2001-02-03T04:05:06Z")),
        ("cluster", "joined", "/facts/service", "another host", json!("other.example")),
        ("cluster", "joined", "/facts/language", "another language", json!("xx")),
        ("cluster", "reappeared", "/what", "no reappearance", json!("joined")),
        ("assessment", "saved_to_refer", "/facts/texts", "another text", json!("hmac:00")),
        ("assessment", "saved_to_refer", "/facts/subjects", "no items", json!([])),
        ("assessment", "saved_to_refer", "/facts/decision", "another decision", json!("exempt")),
        ("assessment", "approved", "/actor", "nobody confirmed", Value::Null),
        ("referral", "enqueue", "/facts/services/0", "sent elsewhere", json!("other.example")),
        ("referral", "enqueue", "/facts/kinds/0", "an account", json!("account")),
        ("message", "receipted", "/facts/received_at", "a late receipt", json!("2031-02-03T04:05:06Z")),
        ("referral", "outcome", "/facts/answers/0/1", "another answer", json!("labelled")),
        ("contest", "upheld", "/what", "a contest refused", json!("refused")),
    ];
    for (noun, what, place, name, value) in ways {
        let mut altered = entries.clone();
        let found = altered.iter_mut().find_map(|entry| {
            let mut event: Value = serde_json::from_slice(entry).ok()?;
            (event["noun"] == noun && event["what"] == what).then(|| {
                if let Some(slot) = event.pointer_mut(place) {
                    *slot = value.clone();
                }
                *entry = event.to_string().into_bytes();
            })
        });
        assert!(found.is_some(), "{name}: there is no {noun} {what}");
        assert_ne!(recount::compare(&report, &recount::of_entries(&altered, &ask)?), [], "{name}");
    }
    Ok(())
}

/// A fact left out, or a byte of the export changed, is seen.
#[tokio::test]
async fn altered_ledgers_are_refused() -> Outcome {
    let day = day().await?;
    let report = serde_json::to_value(day.report().await?)?;
    day.recount(&report).await?;
    let dir = app::publish::folder(&day.built.house, day.desk().id());
    let dirs = [dir.clone()];
    let ask = Ask::of_report(&report)?;
    let mut longer = ask.clone();
    longer.ledgers.values_mut().for_each(|(size, _)| *size += 1_000);
    assert!(recount::action_day(&dirs, &longer).is_err());
    assert!(recount::action_day(&[], &ask).is_err());
    let bundles = dir.join("tile/entries/000.p");
    let file = std::fs::read_dir(&bundles)?.next().ok_or("no bundle")??.path();
    let mut bytes = std::fs::read(&file)?;
    let last = bytes.len() - 20;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes)?;
    assert!(recount::action_day(&dirs, &ask).is_err());
    Ok(())
}

#[tokio::test]
async fn definitions_stand_in_every_format() -> Outcome {
    let day = day().await?;
    let report = day.report().await?;
    for format in [Format::Json, Format::Csv, Format::Html] {
        let text = String::from_utf8(report::write(&report, format)?)?;
        for figure in domain::figure::ACTION_DAY {
            let definition = figure.definition;
            assert!(text.contains(definition), "{format:?} {}", figure.id);
        }
        assert!(!text.contains("<script"));
    }
    let page = String::from_utf8(report::write(&report, Format::Html)?)?;
    assert!(
        page.find(">right after review<") < page.find(">removed by the provider</td><td class=\"num\">2")
    );
    Ok(())
}

/// Any history: both paths agree.
#[test]
fn random_days_agree() -> Outcome {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(24);
    let runtime = tokio::runtime::Runtime::new()?;
    let mut runner = TestRunner::new(Config {
        cases,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    });
    let steps = proptest::collection::vec((0_u8..8, 0_usize..6), 10..30);
    runner.run(&steps, |steps| {
        let differences =
            runtime.block_on(random_day(&steps)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(differences.is_empty(), "{differences:?}");
        Ok(())
    })?;
    Ok(())
}

async fn random_day(steps: &[(u8, usize)]) -> Result<Vec<recount::Difference>, Fault> {
    const ANSWERS: [&str; 6] = [
        "removed",
        "no_action",
        "needs_information",
        "under_review",
        "restored_after_review",
        "already_gone",
    ];
    let day = Day::new().await?;
    let mut sent: Vec<ReferralId> = Vec::new();
    for (step, number) in steps {
        let chosen = sent.get(number % sent.len().max(1)).copied();
        match (step, chosen) {
            (0 | 1, _) | (_, None) if *step != 2 => {
                // Few texts, so that contents come again.
                let text = format!("The lamp number {} stands beside the green table", number % 3);
                day.observe(sent.len() * 10 + number, &text).await?;
            }
            (2, _) => {
                // What the pre-flight holds back has no message, and nobody can confirm or answer it.
                if let Some((_, referral)) = day.refer().await?
                    && day.referral(referral).await?.message.is_some()
                {
                    sent.push(referral);
                }
            }
            (_, None) => {}
            (3, Some(referral)) => day.receipt(referral).await?,
            (4, Some(referral)) => {
                day.answer(referral, &["i1"], ANSWERS[*number]).await?;
            }
            (5, Some(referral)) => {
                // Twice is refused; that is no history.
                let _ = day.withdraw(referral).await;
            }
            (6, Some(referral)) => {
                let _ = day.contest(referral, number % 2 == 0).await;
            }
            (_, Some(referral)) => day.look(referral, "still_up", number % 2 == 0).await?,
        }
    }
    let report = serde_json::to_value(day.report().await?)?;
    let recount = day.recount(&report).await?;
    Ok(recount::compare(&report, &recount))
}
