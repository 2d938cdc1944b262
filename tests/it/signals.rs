//! Do signals find what they should, now and in the past, and let go of it when they are withdrawn?

use crate::house::Handed;
use crate::house::handed::post;
use crate::house::{Built, Desk, HOST, Outcome, intake, intake_as, queue, sound, work};
use app::House;
use app::signals::{self, Format, ImportSummary, NewBank};
use domain::access::{Authorised, right};
use domain::bank::{
    FUSE_MATCHES_PER_DAY, LeftOut, ListClass, Opinion, PDQ_DISTANCE_BITS, Sharing, SignalKind, SignalState,
};
use domain::cluster::Queued;
use domain::event::Noun;
use jiff::SignedDuration;
use serde_json::json;
use std::sync::Arc;
use store::Lane;
use store::intake::Relevance;
use store::signal::{Bank, Signal};

pub(crate) type Held = Authorised<Bank, right::ManageSignals>;

const HOLD: Relevance = Relevance::Hold { days: 7 };

/// A new bank of a desk.
pub(crate) async fn bank(
    house: &House,
    desk: &Desk,
    name: &str,
    opinion: Opinion,
) -> Result<Held, app::Error> {
    let new = NewBank {
        name: name.to_owned(),
        opinion,
        origin: "made for the test".to_owned(),
        legal_basis: "national:be:test".to_owned(),
        distance: PDQ_DISTANCE_BITS,
        review_at: house.clock.now() + SignedDuration::from_hours(24 * 30),
        sharing: Sharing::Amber,
        class: ListClass::Ordinary,
    };
    let space = Authorised::check(&desk.coordinator, desk.id(), desk.id())?;
    let bank = signals::make_bank(house, &space, new).await?;
    Ok(Authorised::check(&desk.coordinator, bank.space, bank)?)
}

/// Imports rows `kind,value[,quality]`.
pub(crate) async fn import(house: &Arc<House>, bank: &Held, rows: &str) -> Result<ImportSummary, app::Error> {
    let list = format!("kind,value,quality\n{rows}");
    signals::import(house, bank, Format::Csv, std::io::Cursor::new(list.into_bytes())).await
}

/// The only signal of a bank, loaded for its coordinator.
async fn only(
    house: &House,
    desk: &Desk,
    bank: &Held,
) -> Result<Authorised<Signal, right::ManageSignals>, app::Error> {
    let listed = signals::list(house, bank, 0).await?;
    assert_eq!(listed.len(), 1);
    app::load::signal(house, &desk.coordinator, listed[0].signal.id).await
}

async fn relevances(house: &House, word: &'static str) -> Result<u64, store::Error> {
    house
        .db
        .one("SELECT COUNT(*) AS n FROM observation WHERE relevance = $1", store::params![word])
        .await?
        .count("n")
}

/// Takes in one post with what is given beside its number.
async fn special(house: &Arc<House>, desk: &Desk, more: serde_json::Value) -> Outcome {
    let mut line: serde_json::Value = serde_json::from_str(&post(1))?;
    if let (Some(line), Some(more)) = (line.as_object_mut(), more.as_object()) {
        // Only members of our own shape, so that the line is not read by a guessed mapping.
        line.remove("time");
        line.extend(more.clone());
    }
    assert_eq!(Handed::to(desk.id()).relevance(HOLD).lines(house, format!("{line}\n")).await?.new, 1);
    work(house).await?;
    assert!(queue(&house.db, desk).await?.is_empty(), "nothing is known yet");
    Ok(())
}

#[tokio::test]
async fn import_counts_each_value_once() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "list", Opinion::Positive).await?;
    let hash = "ab".repeat(32);
    let rows = format!(
        "sha256,{hash}\nsha256,{}\nurl,https://{HOST}/watch/1?utm_source=a\nurl,http://{HOST}/watch/1\n\
         host,{HOST}\naccount,{HOST}/@author1\nterm,green table\nterm,GREEN  table\npdq,{hash},80\npdq,{},20\n\
         sha1,{hash}\nsong,la\n",
        hash.to_uppercase(),
        "cd".repeat(32)
    );
    let summary = import(house, &bank, &rows).await?;
    assert_eq!((summary.records, summary.new, summary.duplicate), (12, 6, 3));
    let places: Vec<&str> = summary.set_aside.iter().map(|aside| aside.at.as_str()).collect();
    assert_eq!(places, ["line 11", "line 12", "line 13"], "{:?}", summary.set_aside);
    let again = import(house, &bank, &rows).await?;
    assert_eq!((again.new, again.duplicate), (0, 9));
    let noted = app::view::signals::imports(house, &one.analyst).await?;
    assert_eq!((noted.len(), noted[0].known, noted[1].new, noted[1].by.as_str()), (2, 9, 6, "coordinator"));
    assert_eq!(noted[1].left_out, [(LeftOut::Value, 2), (LeftOut::Kind, 1)]);
    let imported = store::event::of(&house.db, Noun::Bank, bank.get().id.0, 10).await?;
    assert_eq!(imported.iter().filter(|event| event.what == "imported").count(), 2, "one leaf an import");
    let documents = house.db.one("SELECT COUNT(*) AS n FROM document WHERE retention = 'R6'", vec![]).await?;
    assert_eq!(documents.count("n")?, 4, "address, host, account, term");
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn import_refuses_what_is_no_list() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "list", Opinion::Positive).await?;
    let no_names = std::io::Cursor::new(b"sha256,abc\n".to_vec());
    assert!(matches!(signals::import(house, &bank, Format::Csv, no_names).await, Err(app::Error::Input(_))));
    let lines =
        b"\xEF\xBB\xBF{\"kind\":\"term\",\"value\":\"green table\",\"label\":\"seen often\"}\n\nnonsense\n"
            .to_vec();
    let summary = signals::import(house, &bank, Format::Ndjson, std::io::Cursor::new(lines)).await?;
    assert_eq!((summary.records, summary.new, summary.set_aside.len()), (2, 1, 1));
    assert_eq!(summary.set_aside[0].at, "line 3");
    let other = b"{\"kind\":\"term\",\"value\":\"long room\",\"opinion\":\"negative\"}\n".to_vec();
    let summary = signals::import(house, &bank, Format::Ndjson, std::io::Cursor::new(other)).await?;
    assert_eq!((summary.new, summary.set_aside.len()), (0, 1), "an opinion that is not the bank's");
    let analyst = app::load::bank::<right::ManageSignals>(house, &one.analyst, bank.get().id).await;
    assert!(analyst.is_err(), "an analyst manages no signals");
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn ten_thousand_rows() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "large", Opinion::Positive).await?;
    let rows: String = (0..5_000)
        .map(|number| format!("sha256,{number:064x}\nurl,https://{HOST}/other/{number}\n"))
        .collect();
    let start = std::time::Instant::now();
    assert_eq!(import(house, &bank, &rows).await?.new, 10_000);
    println!("10,000 rows imported in {} ms", start.elapsed().as_millis());
    intake_as(house, one, 0..20, HOLD).await?;
    let start = std::time::Instant::now();
    work(house).await?;
    println!("the past against 10,000 signals in {} ms", start.elapsed().as_millis());
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn wide_signal_is_withdrawn_at_once() -> Outcome {
    const POSTS: usize = 500;
    let Built { house, one, .. } = &Built::new().await?;
    intake_as(house, one, 0..POSTS, HOLD).await?;
    work(house).await?;
    let bank = bank(house, one, "wide", Opinion::Seed).await?;
    import(house, &bank, &format!("host,{HOST},\n")).await?;
    let start = std::time::Instant::now();
    work(house).await?;
    println!("{POSTS} held posts raised and indexed in {} ms", start.elapsed().as_millis());
    assert_eq!(queue(&house.db, one).await?.len(), POSTS);
    let signal = only(house, one, &bank).await?;
    let start = std::time::Instant::now();
    signals::withdraw(house, &signal, "it was a mistake").await?;
    println!("{POSTS} matches ended in {} ms", start.elapsed().as_millis());
    assert!(queue(&house.db, one).await?.is_empty());
    assert_eq!(relevances(house, "held").await?, POSTS as u64);
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn export_is_imported_again() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let first = bank(house, one, "first", Opinion::Positive).await?;
    let rows = format!(
        "term,\"green, table\"\nurl,https://{HOST}/watch/1\npdq,{},90\nsha256,{}\n",
        "12".repeat(32),
        "ab".repeat(32)
    );
    import(house, &first, &rows).await?;
    let row = |value: &str, cut: &str| json!({ "kind": "pdq", "value": value.repeat(32), "cuts": [cut] });
    let cuts = [
        row("34", &format!("crop-15:{}", "56".repeat(32))),
        row("78", "crop-15:no"),
        row("9a", &format!("whole:{}", "56".repeat(32))),
    ];
    let cuts = cuts.map(|row| row.to_string()).join("\n");
    let summary = signals::import(house, &first, Format::Ndjson, std::io::Cursor::new(cuts)).await?;
    assert_eq!((summary.new, summary.cut, summary.set_aside.len()), (1, 1, 2), "{summary:?}");
    assert_eq!(
        summary.set_aside[0].reason,
        "The cut \"crop-15:no\" cannot be read: a cut is written crop-N:HEX (N thousandths of each side, 1 to 499) or trimmed:HEX, with 64 hexadecimal digits."
    );
    for format in [Format::Csv, Format::Ndjson] {
        let second = bank(house, one, &format!("second {format:?}"), Opinion::Positive).await?;
        let mut out = Vec::new();
        assert_eq!(
            signals::export(house, &first, format, &mut out).await?,
            (4, 1),
            "hashes are known by digest only"
        );
        let summary = signals::import(house, &second, format, std::io::Cursor::new(out)).await?;
        assert_eq!((summary.new, summary.cut), (4, 1), "{format:?}: {summary:?}");
    }
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn later_signal_raises_the_past_and_withdrawal_lets_it_go() -> Outcome {
    let hash = "ab".repeat(32);
    let (sha1, md5) = ("cd".repeat(20), "ef".repeat(16));
    let media =
        json!([{ "kind": "image", "sha256": hash, "sha1": sha1, "md5": md5, "pdq": hash, "quality": 90 }]);
    for (kind, value) in [
        ("sha256", hash.clone()),
        ("sha1", sha1),
        ("md5", md5),
        ("pdq", format!("aa{}", &hash[2..])),
        ("url", format!("https://{HOST}/watch/1")),
        ("url", "https://linked.example/page".to_owned()),
        ("host", HOST.to_owned()),
        ("account", format!("{HOST}/author1")),
        ("term", "green table".to_owned()),
    ] {
        let Built { house, one, .. } = &Built::new().await?;
        let more = json!({ "media": media, "links": ["https://linked.example/page"] });
        special(house, one, more).await?;
        assert_eq!(relevances(house, "held").await?, 1);
        let bank = bank(house, one, "later", Opinion::Seed).await?;
        import(house, &bank, &format!("{kind},{value},\n")).await?;
        work(house).await?;
        let raised = queue(&house.db, one).await?;
        assert_eq!(raised.len(), 1, "{kind} raises what was held");
        assert_eq!(
            (raised[0].matches, raised[0].members, relevances(house, "matched").await?),
            (1, 1, 1),
            "{kind}"
        );
        app::recognise::run_past(house, one.id(), bank.get().id).await?;
        work(house).await?;
        assert_eq!(queue(&house.db, one).await?, raised, "{kind}: once more changes nothing");

        let start = std::time::Instant::now();
        signals::withdraw(house, &only(house, one, &bank).await?, "it was a mistake").await?;
        println!("{kind}: withdrawn in {} ms", start.elapsed().as_millis());
        assert!(queue(&house.db, one).await?.is_empty(), "{kind}: nothing holds it any more");
        let left = store::cluster::get(&house.db, raised[0].id).await?.ok_or("the cluster is gone")?;
        assert_eq!((left.state, left.members, left.matches), (Queued::Left, 0, 0), "{kind}");
        let row = house.db.one("SELECT relevance, expires_at, seen_at FROM observation", vec![]).await?;
        assert_eq!(row.text("relevance")?, "held");
        assert_eq!(row.time("expires_at")?, row.time("seen_at")? + SignedDuration::from_hours(24 * 7));

        let second = self::bank(house, one, "second", Opinion::Positive).await?;
        import(house, &second, &format!("{kind},{value},\n")).await?;
        work(house).await?;
        let again = queue(&house.db, one).await?;
        assert_eq!(again.len(), 1, "{kind}: another bank brings it back");
        assert_eq!((again[0].id, again[0].members), (left.id, 1), "{kind}");
        sound(house).await;
    }
    Ok(())
}

#[tokio::test]
async fn withdrawal_keeps_what_others_hold() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    intake(house, one, 0..1).await?;
    intake_as(house, one, 1..4, HOLD).await?;
    let first = bank(house, one, "first", Opinion::Positive).await?;
    import(house, &first, &format!("host,{HOST},\n")).await?;
    let second = bank(house, one, "second", Opinion::Seed).await?;
    import(house, &second, &format!("url,https://{HOST}/watch/2,\n")).await?;
    work(house).await?;
    let before = queue(&house.db, one).await?;
    assert_eq!(before.len(), 4);
    // One of them is a person's work by now.
    let mut held = Vec::new();
    for cluster in &before {
        let member = store::cluster::members(&house.db, cluster.id, 2).await?.remove(0);
        let subject = store::subject::by_key(&house.db, member.subject).await?.ok_or("no subject")?;
        held.push((cluster.id, subject.address.unwrap_or_default()));
    }
    let third = held.iter().find(|(_, address)| address.ends_with("/3")).ok_or("no third")?.0;
    crate::house::assess(house, one, third).await?;
    signals::withdraw(house, &only(house, one, &first).await?, "it was a mistake").await?;
    let mut left: Vec<u64> = queue(&house.db, one).await?.iter().map(|cluster| cluster.matches).collect();
    left.sort_unstable();
    assert_eq!(left, [0, 1], "what a person submitted, and what the second bank matches");
    let assessed = store::cluster::get(&house.db, third).await?.ok_or("gone")?;
    assert_eq!((assessed.state, assessed.members, assessed.matches), (Queued::AwaitsApproval, 1, 0));
    // A withdrawn value does not come back by the same list.
    let again = import(house, &first, &format!("host,{HOST},\n")).await?;
    assert_eq!((again.new, again.set_aside.len()), (0, 1));
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn disputed_signal_rests_and_upheld_one_catches_up() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "list", Opinion::Positive).await?;
    import(house, &bank, "term,green table,\n").await?;
    signals::dispute(house, &only(house, one, &bank).await?, "a library says it is theirs").await?;
    intake_as(house, one, 0..3, HOLD).await?;
    work(house).await?;
    assert!(queue(&house.db, one).await?.is_empty());
    signals::uphold(house, &only(house, one, &bank).await?, "it was looked at again").await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 3, "what it missed");
    let refused = signals::uphold(house, &only(house, one, &bank).await?, "once more for nothing").await;
    assert!(matches!(refused, Err(app::Error::Refused(_))));
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn negative_bank_takes_out_of_the_queue() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    intake_as(house, one, 0..4, HOLD).await?;
    let positive = bank(house, one, "positive", Opinion::Positive).await?;
    import(house, &positive, "term,green table,\n").await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 4);
    let negative = bank(house, one, "negative", Opinion::Negative).await?;
    import(house, &negative, &format!("url,https://{HOST}/watch/2,\n")).await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 3, "suppressed");
    signals::withdraw(house, &only(house, one, &negative).await?, "it was a mistake").await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 4, "raised again by the other bank");
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn fuse_blows() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "wide", Opinion::Seed).await?;
    import(house, &bank, &format!("host,{HOST},\n")).await?;
    intake_as(house, one, 0..2, HOLD).await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 2);
    // The day was a busy one.
    let mut tx = house.db.write(Lane::Bulk).await?;
    let almost = i64::try_from(FUSE_MATCHES_PER_DAY)? - 1;
    tx.run("UPDATE signal SET day_matches = $1", store::params![almost]).await?;
    tx.commit().await?;
    intake_as(house, one, 2..9, HOLD).await?;
    work(house).await?;
    let signal = only(house, one, &bank).await?;
    assert_eq!(signal.get().state, SignalState::Blown);
    assert_eq!(queue(&house.db, one).await?.len(), 4, "the one that blew it was the last");
    let told = store::event::of(&house.db, Noun::Signal, signal.get().id.0, 10).await?;
    assert_eq!(told.iter().map(|event| event.what.as_str()).collect::<Vec<_>>(), ["fuse_blew"]);
    // The page says since when, how much, and who is told; those who keep the banks see that one waits.
    let waiting = app::view::signals::waiting(house, &one.coordinator).await?;
    assert_eq!((waiting.len(), waiting[0].blown, waiting[0].today), (1, true, FUSE_MATCHES_PER_DAY + 1));
    assert_eq!(waiting[0].since, Some(told[0].at));
    assert_eq!(app::view::signals::told(house, &one.analyst).await?, ["coordinator"]);
    assert_eq!(app::view::waiting(house, &one.coordinator).await?.signals, 1);
    assert_eq!(app::view::waiting(house, &one.analyst).await?.signals, 0);
    // Yesterday's matches do not count.
    let mut tx = house.db.write(Lane::Bulk).await?;
    tx.run("UPDATE signal SET day = day - 1", vec![]).await?;
    tx.commit().await?;
    signals::uphold(house, &signal, "the host was looked at").await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 9);
    assert_eq!(only(house, one, &bank).await?.get().kind, SignalKind::Host);
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn spaces_do_not_see_each_other() -> Outcome {
    let Built { house, one, two, .. } = &Built::new().await?;
    intake_as(house, one, 0..2, HOLD).await?;
    intake_as(house, two, 0..3, HOLD).await?;
    let bank = bank(house, one, "mine", Opinion::Positive).await?;
    import(house, &bank, &format!("term,green table,\nhost,{HOST},\n")).await?;
    work(house).await?;
    assert_eq!(queue(&house.db, one).await?.len(), 2);
    assert!(queue(&house.db, two).await?.is_empty());
    assert!(Authorised::<_, right::ManageSignals>::check(&two.coordinator, bank.get().space, ()).is_err());
    sound(house).await;
    Ok(())
}
