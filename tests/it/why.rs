//! Is a match laid open as it is: both sides as far as they are held, how near, and who says so?

use crate::console::Browser;
use crate::database::Schema;
use crate::face::{Face, Fail, take_in};
use crate::house::Handed;
use crate::house::{Built, Desk, HOST, Outcome, intake, queue, sound, work};
use crate::signals::{bank, import};
use app::House;
use app::people::{AgencyKind, Role};
use app::view::why::{Compared, Known, With, why};
use domain::access::right;
use domain::bank::{Opinion, SignalState};
use domain::id::SubjectId;
use serde_json::json;
use std::sync::Arc;

/// The matches of the first cluster of the queue, each laid open; by the kind of their signals.
async fn all(house: &House, desk: &Desk) -> Result<Vec<Compared>, app::Error> {
    let mut all = Vec::new();
    for cluster in queue(&house.db, desk).await? {
        for found in store::matches::of_cluster(&house.db, cluster.id, 50).await? {
            let item = app::view::subject::load::<right::Read>(house, &desk.analyst, found.subject).await?;
            all.push(why(house, &item, With::Signal(found.signal)).await?);
        }
    }
    all.sort_by(|one, other| one.kind.cmp(&other.kind));
    Ok(all)
}

fn marked(text: &str, places: &[std::ops::Range<usize>]) -> Vec<String> {
    places.iter().map(|place| text[place.clone()].to_owned()).collect()
}

#[tokio::test]
async fn values_stand_beside_what_agrees() -> Outcome {
    beside(&Built::new().await?).await?;
    if let Some(schema) = Schema::new().await? {
        let built = Built::on(Some(schema.address())).await?;
        beside(&built).await?;
        built.house.db.close().await;
        schema.gone().await?;
    }
    Ok(())
}

async fn beside(built: &Built) -> Outcome {
    let Built { house, one, two, .. } = built;
    let listed = bank(house, one, "listed", Opinion::Seed).await?;
    let rows = format!(
        "term,GREEN table,\nhost,{HOST},\naccount,{HOST}/@author1,\nurl,http://www.{HOST}/watch/1?utm_source=x,\n"
    );
    import(house, &listed, &rows).await?;
    intake(house, one, 1..2).await?;
    work(house).await?;
    let found = all(house, one).await?;
    let kinds: Vec<&str> = found.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["account", "host", "term", "url"]);
    for one in &found {
        let said = one.listed.as_ref().ok_or("nobody says so")?;
        assert_eq!(
            (said.bank.as_str(), said.opinion, said.state),
            ("listed", Opinion::Seed, SignalState::Live)
        );
        assert_eq!((said.by.as_str(), said.origin.as_str()), ("coordinator", "made for the test"));
        assert!(said.at.is_some_and(|at| at <= said.found_at), "listed before it matched: {said:?}");
        assert_eq!((one.distance, one.others.len()), (None, 3));
    }
    let value = |at: usize| match &found[at].known {
        Known::Value(value) => value.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(
        (value(0), found[0].item.value.clone()),
        (format!("{HOST}/@author1"), Some(format!("{HOST}/author1")))
    );
    assert_eq!(marked(&found[2].item.text, &found[2].item.shared), ["green table"]);
    assert_eq!(value(2), "GREEN table");
    let address = found[3].item.value.clone().ok_or("no address agrees")?;
    assert!(address.ends_with("/watch/1") && value(3).contains("utm_source"), "{address} {}", value(3));
    // What the pages of signals and searches ask beside it, on this database too.
    let noted = app::view::signals::imports(house, &one.analyst).await?;
    assert_eq!((noted.len(), noted[0].new, noted[0].by.as_str()), (1, 4, "coordinator"));
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    let (first, second) = (
        store::search::pictures_changed(&mut tx, one.id()).await?,
        store::search::pictures_changed(&mut tx, one.id()).await?,
    );
    tx.commit().await?;
    assert_eq!((first, second, store::search::generation(&house.db, one.id()).await?), (1, 2, 2));
    assert!(store::closed::pictures(&house.db, one.id()).await?.is_empty());
    let kind = domain::bank::SignalKind::Md5;
    assert!(store::closed::holding(&house.db, one.id(), kind, b"none").await?.is_empty());
    // Another agency sees nothing of it, and a signal that did not match this item is not shown with it.
    let subject = found[0].item.subject.ok_or("no subject")?;
    assert!(app::view::subject::load::<right::Read>(house, &two.analyst, subject).await.is_err());
    let item = app::view::subject::load::<right::Read>(house, &one.analyst, subject).await?;
    let other = bank(house, one, "other", Opinion::Seed).await?;
    import(house, &other, "term,long winter,\n").await?;
    let unmatched = app::signals::list(house, &other, 0).await?[0].signal.id;
    assert!(why(house, &item, With::Signal(unmatched)).await.is_err());
    sound(house).await;
    Ok(())
}

/// Takes in posts of their own words, submitted.
async fn say(house: &Arc<House>, desk: &Desk, texts: &[&str]) -> Outcome {
    let line = |(at, text): (usize, &&str)| json!({ "id": format!("said-{at}-{}", text.len()), "url": format!("https://{HOST}/said/{at}/{}", text.len()), "text": text });
    let lines: String = texts.iter().enumerate().map(|post| format!("{}\n", line(post))).collect();
    assert_eq!(Handed::to(desk.id()).lines(house, lines).await?.new, texts.len() as u64);
    work(house).await?;
    Ok(())
}

const TEXT: &str =
    "The first train to the coast leaves from platform nine at dawn and the fog lies over the hills";

#[tokio::test]
async fn texts_share_what_is_marked() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let quoting = format!("My neighbour said: {}", TEXT.to_uppercase());
    say(house, one, &[TEXT]).await?;
    say(house, one, &[&quoting]).await?;
    let clusters = queue(&house.db, one).await?;
    assert_eq!(clusters.len(), 1, "a quotation is a copy");
    let members = store::cluster::members(&house.db, clusters[0].id, 9).await?;
    let item = app::view::subject::load::<right::Read>(house, &one.analyst, members[1].subject_id).await?;
    let laid = why(house, &item, With::First).await?;
    let Known::Held(known) = &laid.known else { return Err(format!("{:?}", laid.known).into()) };
    assert_eq!(marked(&laid.item.text, &laid.item.shared), [TEXT.to_uppercase()]);
    assert_eq!(marked(&known.text, &known.shared), [TEXT]);
    assert!(laid.listed.is_none() && laid.share.is_some_and(|share| share > 50), "{laid:?}");
    // Of a listed text only the digest is kept: it is shown when another item says it.
    let listed = bank(house, one, "texts", Opinion::Positive).await?;
    import(house, &listed, &format!("text,{TEXT},\n")).await?;
    work(house).await?;
    let found = all(house, one).await?;
    assert!(found.iter().all(|one| matches!(one.known, Known::Fingerprint)), "it is held by this item alone");
    say(house, one, &[&TEXT.replacen(' ', "  ", 1)]).await?;
    let found = all(house, one).await?;
    assert_eq!(found.len(), 2);
    for one in &found {
        let Known::Held(known) = &one.known else { return Err(format!("{:?}", one.known).into()) };
        assert_ne!(known.subject, one.item.subject);
        assert_eq!(marked(&known.text, &known.shared), [known.text.as_str()]);
    }
    sound(house).await;
    Ok(())
}

const LONG: &str = "The first train to the coast leaves from platform nine at dawn and the fog lies over the hills. \
    At the station nobody knows whether the second one will come before noon, because a tree lies on the line near the \
    old mill. The baker has opened early and sells warm bread through the window to those who wait; a dog sleeps under \
    the bench, and two children count the birds on the roof. When the bell rings, all look up, but it is the church \
    beyond the river. Later a bus is promised, then a boat, and in the end most of them walk home along the canal.";

#[tokio::test]
async fn near_texts_of_others_match_by_tlsh() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let space = domain::access::Authorised::check(&one.analyst, one.id(), one.id())?;
    let digest = async |text: &str| -> Result<String, app::Error> {
        let asked = (app::hash::Content::Text, text.as_bytes().to_vec());
        let hashes = app::hash::run(house, &space, asked, Some("asked by a test")).await?;
        Ok(hashes[&domain::bank::SignalKind::Tlsh].clone())
    };
    let listed = digest(LONG).await?;
    let held = bank(house, one, "theirs", Opinion::Positive).await?;
    import(house, &held, &format!("tlsh,{listed},\n")).await?;
    let (near, far) = (LONG.replace("nobody", "somebody"), LONG.chars().rev().collect::<String>());
    assert_ne!(digest(&near).await?, listed);
    say(house, one, &[&near, &far]).await?;
    let found = all(house, one).await?;
    assert_eq!(found.len(), 1, "{found:?}");
    let (apart, limit) = found[0].distance.ok_or("no distance")?;
    assert!((1..=limit).contains(&apart) && limit == domain::bank::TLSH_DISTANCE, "{apart} {limit}");
    assert_eq!(found[0].item.text, near);
    assert!(matches!(found[0].known, Known::Fingerprint));
    // The past is looked at again, and a lookup finds the same.
    let later = bank(house, one, "later", Opinion::Positive).await?;
    import(house, &later, &format!("tlsh,{listed},\n")).await?;
    work(house).await?;
    assert_eq!(all(house, one).await?.len(), 2);
    let question = app::lookup::Question::Value(domain::bank::SignalKind::Tlsh, digest(&near).await?);
    let answer = app::lookup::ask(house, &space, question, None, Some("asked by a test")).await?;
    let banks: Vec<&str> = answer.values().flatten().map(|hit| hit.why.bank.as_str()).collect();
    assert_eq!(banks, ["theirs", "later"]);
    sound(house).await;
    Ok(())
}

/// The pages themselves, as a browser asks for them.
#[tokio::test]
async fn the_pages_answer_in_every_language() -> Result<(), Fail> {
    let face = Face::new().await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    face.found("two.example", AgencyKind::ReferralUnit).await?;
    let ana = face.someone("one.example", "ana", &[Role::Analyst, Role::Coordinator]).await?;
    let theirs = face.someone("two.example", "theo", &[Role::Analyst]).await?;
    let agency = app::people::agency(&face.house, "one.example").await?;
    let keeper = face.actor(&agency, "ana").await?;
    let held = crate::banks::new_bank(
        &face.house,
        &keeper,
        "hosts",
        (domain::bank::Sharing::Amber, domain::bank::ListClass::Ordinary),
    )
    .await?;
    import(&face.house, &held, &format!("host,{HOST},\nsong,la,\n")).await?;
    take_in(&face, "one.example", 1).await?;
    let row = face.house.db.one("SELECT id FROM subject WHERE kind = 'item' LIMIT 1", vec![]).await?;
    let subject: SubjectId = row.id("id")?;
    let signal = app::signals::list(&face.house, &held, 0).await?[0].signal.id;
    let browser = Browser::signed_in(&face, &ana).await?;
    let page = format!("/console/why/{subject}/{signal}");
    let asked = browser.get(&page).await?;
    assert_eq!(asked.status, 303, "reading needs a reason");
    browser.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    for (lang, never) in
        [("en", "never a decision"), ("fr", "jamais une décision"), ("ar", "وليست قرارًا أبدًا")]
    {
        let got = browser.get(&format!("{page}?lang={lang}")).await?;
        assert_eq!(got.status, 200, "{}", got.page);
        assert!(got.page.contains(never) && !got.page.contains('⟦'), "{lang}: {}", got.page);
        assert!(got.page.contains("hosts") && got.page.contains("made for the test"), "{lang}");
    }
    let queue = browser.get("/console/queue?lang=en").await?.page;
    let open =
        queue.split("href=\"/console/queue/").nth(1).and_then(|rest| rest.get(..36)).ok_or("no row")?;
    let cluster = browser.get(&format!("/console/queue/{open}")).await?.page;
    assert!(cluster.contains(&page), "the match of an item leads here: {cluster}");
    assert_eq!(browser.get(&format!("/console/why/{subject}/{subject}")).await?.status, 404);
    let other = Browser::signed_in(&face, &theirs).await?;
    other.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    assert_eq!(other.get(&page).await?.status, 404, "another agency's");
    // What the import came to stands on the page of signals, with why a row was left out.
    let signals = browser.get("/console/signals?lang=en").await?.page;
    assert!(signals.contains("new: 1") && signals.contains("of an unknown kind: 1"), "{signals}");
    let plain =
        Browser::signed_in(&face, &face.someone("one.example", "bo", &[Role::Analyst]).await?).await?;
    plain.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    let told = plain.get(&format!("{page}?lang=en")).await?.page;
    assert!(told.contains("tell who keeps the banks") && told.contains("ana"), "{told}");
    let opinion = format!("/console/signals/opinion/{signal}");
    a_wrong_one_is_disputed(&browser, (&page, &opinion)).await?;
    let refused = plain.post(&opinion, &[("opinion", "for"), ("reason", "mine")]).await?;
    assert_eq!(refused.status, 403, "who keeps no banks decides nothing");
    Ok(())
}

/// Where it is seen, with a reason; what waits then shows the reason, and is taken back with another.
async fn a_wrong_one_is_disputed(browser: &Browser<'_>, (page, opinion): (&str, &str)) -> Result<(), Fail> {
    assert!(browser.get(page).await?.page.contains(opinion), "the form stands on the page");
    assert_eq!(browser.post(opinion, &[("opinion", "against")]).await?.status, 422, "without a reason");
    let against = [("opinion", "against"), ("reason", "the host is a library's")];
    assert_eq!(browser.post(opinion, &against).await?.status, 303);
    assert!(!browser.get(page).await?.page.contains(opinion), "it is disputed already");
    let waiting = browser.get("/console/signals?lang=en").await?.page;
    assert!(waiting.contains("the host is a library") && waiting.contains("Disputed by ana"), "{waiting}");
    assert_eq!(browser.post(opinion, &[("opinion", "back"), ("reason", "it is theirs")]).await?.status, 303);
    assert!(browser.get("/console/signals?lang=en").await?.page.contains("No signal is disputed"));
    assert_eq!(browser.get(page).await?.status, 404, "the match ended");
    Ok(())
}
