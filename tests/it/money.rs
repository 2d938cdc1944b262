//! Leads on money: what counts, who sees it, while what is open, and what is left of it. Identifiers are the examples of their
//! standards.

use crate::browser::Browser;
use crate::database::Schema;
use crate::face::{Face, Fail};
use crate::house::Handed;
use crate::house::{Built, HOST, Outcome, approve, assess, queue, work};
use app::people::AgencyKind;
use app::view::money::{List, Row, Sheet, list, sheet};
use app::{Error, leads};
use domain::access::{Actor, Authorised, Role, right};
use domain::analysis::{Analysis, Opening};
use domain::event::Noun;
use domain::id::AgencyId;
use domain::referral::WithdrawalReason;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::json;
use store::params;

const OTHER: &str = "chat.example";
/// An example of the IBAN registry.
const IBAN: &str = "DE89370400440532013000";
/// A test vector of BIP-173.
const BITCOIN: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
/// Test cases of EIP-55; the second is only posted in one case.
const ETHEREUM: [&str; 2] =
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"];
/// The link of a record, beside its text.
const DONATION: &str = "https://ko-fi.com/some_one";

/// Contents that share no words.
const CONTENTS: [&str; 8] = [
    "lamp beneath quiet hall while seven clocks rest near that river",
    "meadow barrel offers candle light across garden paths towards harbour",
    "kettle stands upon ladder beside mirror with twelve needles inside",
    "orchard pillows cover quarry stones before ribbon sellers arrive early",
    "saddle makers dig one tunnel under umbrella shops every valley spring",
    "window cleaners anchor yard baskets above cellar doors each autumn",
    "drawer engines warm fountain water until gloves dry over hammers",
    "island jackets hang where kitchen lanterns meet market napkins daily",
];

/// One post: service, author, content, minutes after the beginning, what follows the content.
struct Post(&'static str, &'static str, usize, i64, String);

fn posts() -> Vec<Post> {
    let plain = |text: &str| format!("Give to {text}");
    let grouped = "DE89 3704 0044 0532 0130 00";
    let mut posts = vec![
        // Three accounts, each with a content of its own; the first content is copied by the third.
        Post(HOST, "kolvatrin", 0, 600, plain(IBAN)),
        Post(OTHER, "minoreth", 1, 2_000, plain(grouped)),
        Post(HOST, "vasulen", 2, 4_000, plain(IBAN)),
        Post(HOST, "vasulen", 0, 4_100, plain(IBAN)),
        // One address in two ways to write it: with its checksum, and in one case.
        Post(OTHER, "minoreth", 4, 5_000, plain(ETHEREUM[0])),
        Post(HOST, "torvald_x", 5, 6_000, plain(&ETHEREUM[0].to_lowercase())),
        // Nobody wrote this one with its checksum.
        Post(HOST, "torvald_x", 6, 6_500, plain(&ETHEREUM[1].to_lowercase())),
        // Too long ago.
        Post(HOST, "kolvatrin", 7, -100 * 24 * 60, plain(IBAN)),
    ];
    let copiers = ["abra", "belo", "cano", "dimo"];
    posts.extend(
        (0..).zip(copiers).map(|(at, author)| Post(HOST, author, 3, 3_000 + at * 60, plain(BITCOIN))),
    );
    posts
}

async fn told(built: &Built, posts: &[Post]) -> Outcome {
    let begin: Timestamp = built.house.clock.now() - SignedDuration::from_hours(24 * 19);
    let mut lines = String::new();
    for Post(service, author, content, minute, follows) in posts {
        let links = if *content == 2 { vec![DONATION] } else { Vec::new() };
        let value = json!({
            "id": format!("{service}-{author}-{content}"), "service": service,
            "url": format!("https://{service}/n/{author}-{content}"), "author": author,
            "text": format!("{}. {follows}", CONTENTS[*content]),
            "posted_at": (begin + SignedDuration::from_mins(*minute)).to_string(), "links": links,
        });
        lines += &format!("{value}\n");
    }
    Handed::to(built.one.id()).by(built.one.analyst.person).lines(&built.house, lines).await?;
    work(&built.house).await?;
    Ok(())
}

/// All of it assessed and approved, with the analysis open and the clock shortly after.
async fn approved(database: Option<String>) -> Result<Built, Fail> {
    let mut built = Built::on(database).await?;
    built.stepped()?;
    told(&built, &posts()).await?;
    let clusters = queue(&built.house.db, &built.one).await?;
    assert_eq!(clusters.len(), CONTENTS.len(), "each content is one cluster");
    for cluster in clusters {
        let id = assess(&built.house, &built.one, cluster.id).await?;
        approve(&built.house, &built.one, id).await?;
    }
    built.step(SignedDuration::from_hours(1))?;
    open(&built, &[Analysis::Money], 90).await?;
    Ok(built)
}

async fn open(built: &Built, covers: &[Analysis], days: i64) -> Result<(), Error> {
    let stepped_up_until = Some(built.house.clock.now() + SignedDuration::from_mins(5));
    let actor = Actor { roles: vec![Role::Administrator], stepped_up_until, ..built.one.coordinator.clone() };
    let whose: Authorised<AgencyId, right::ManageAccess> =
        Authorised::check(&actor, built.one.id(), built.one.id())?;
    let opening = Opening {
        purpose: "Who asks for money in what we referred".to_owned(),
        reference: "DPIA 7/2026".to_owned(),
        covers: covers.iter().copied().collect(),
    };
    leads::open(&built.house, &whose, opening, days).await.map(drop)
}

/// The list, once it was reckoned again after everything that happened.
async fn seen(built: &Built, actor: &Actor) -> Result<List, Error> {
    loop {
        let found = list(&built.house, actor, "", (0, 100)).await?;
        if found.reckoned.as_ref().is_some_and(|reckoned| reckoned.made_at == built.house.clock.now()) {
            return Ok(found);
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

async fn sheet_of(built: &Built, actor: &Actor, value: &str) -> Result<Sheet, Fail> {
    let found = seen(built, actor).await?;
    let row = found.rows.iter().find(|row| row.value == value).ok_or("no such identifier")?;
    Ok(sheet(&built.house, actor, row.id, false).await?.ok_or("it is reckoned still")?)
}

fn refused<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(refusal)) => refusal.code.to_owned(),
        Err(other) => other.to_string(),
        Ok(_) => "done".to_owned(),
    }
}

/// Value, accounts apart, accounts, contents, posts, standing.
type Told<'a> = (&'a str, u32, u32, u32, u32, &'a str);

fn counts(found: &List) -> Vec<Told<'_>> {
    let one = |row: &'_ Row| (row.apart, row.accounts, row.contents, row.posts, row.standing);
    found
        .rows
        .iter()
        .map(|row| {
            let (apart, accounts, contents, posts, standing) = one(row);
            (row.value.as_str(), apart, accounts, contents, posts, standing)
        })
        .collect()
}

async fn counted(built: Built) -> Outcome {
    let one = &built.one;
    let found = seen(&built, &one.analyst).await?;
    let expected: [Told<'_>; 4] = [
        (IBAN, 3, 3, 3, 4, "apart"),
        (ETHEREUM[0], 2, 2, 2, 2, "apart"),
        (BITCOIN, 1, 4, 1, 4, "one_content"),
        ("ko-fi.com/some_one", 1, 1, 1, 1, "one_account"),
    ];
    assert_eq!(counts(&found), expected);
    assert_eq!(found.kinds, [("iban", 1), ("bitcoin", 1), ("ethereum", 1), ("donation", 1)]);
    let left = found.reckoned.ok_or("not reckoned")?.left_out;
    assert_eq!((left.old, left.unapproved, left.erased, left.unchecked, left.cut), (1, 0, 0, 1, false));
    let part = list(&built.house, &one.analyst, "bitcoin", (0, 100)).await?;
    assert_eq!((part.all, part.rows.len()), (1, 1));
    let part = list(&built.house, &one.analyst, "", (3, 100)).await?;
    assert_eq!((part.all, part.rows.len()), (4, 1));
    // The sheet: who, where, when, the content behind each post, and what the same accounts posted too.
    let of = sheet_of(&built, &one.analyst, IBAN).await?;
    assert_eq!(of.services, [(HOST.to_owned(), 3), (OTHER.to_owned(), 1)]);
    let members: Vec<(&str, u32, &[usize])> = of
        .members
        .iter()
        .map(|member| (member.account.name.as_str(), member.posts, member.contents.as_slice()))
        .collect();
    assert_eq!(members, [("vasulen", 2, &[1, 3][..]), ("kolvatrin", 1, &[1]), ("minoreth", 1, &[2])]);
    let numbers: Vec<(usize, usize)> =
        of.items.iter().map(|item| (item.number, item.number_of_content)).collect();
    assert_eq!(numbers, [(1, 1), (2, 2), (3, 3), (4, 1)]);
    assert_eq!(of.items[0].letters.len(), 1, "the letter about it has a reference");
    assert_eq!((of.days.len(), of.days.iter().sum::<u32>()), (90, 4));
    let mut beside: Vec<(&str, u32)> =
        of.beside.iter().map(|other| (other.value.as_str(), other.accounts)).collect();
    beside.sort_unstable();
    assert_eq!(beside, [(ETHEREUM[0], 1), ("ko-fi.com/some_one", 1)]);
    built.house.db.close().await;
    Ok(())
}

#[tokio::test]
async fn copies_of_one_content_do_not_make_many_accounts() -> Outcome {
    counted(approved(None).await?).await?;
    let Some(schema) = Schema::new().await? else { return Ok(()) };
    counted(approved(Some(schema.address())).await?).await?;
    schema.gone().await?;
    Ok(())
}

#[tokio::test]
async fn leads_on_money_are_seen_while_their_analysis_is_open_by_who_holds_the_right() -> Outcome {
    let built = approved(None).await?;
    let (one, two, house) = (&built.one, &built.two, &built.house);
    let id = sheet_of(&built, &one.analyst, IBAN).await?.row.id;
    assert_eq!(sheet_of(&built, &one.coordinator, IBAN).await?.row.id, id);
    assert_eq!(refused(list(house, &one.approver, "", (0, 9)).await), "no_right");
    assert_eq!(refused(sheet(house, &one.approver, id, false).await), "no_right");
    assert_eq!(refused(sheet(house, &one.analyst, uuid::Uuid::nil(), false).await), "not_here");
    // Another agency has its own opening, also where it may enter the space of the first.
    let both = vec![two.id(), one.id()];
    for stranger in [two.analyst.clone(), Actor { spaces: both, ..two.analyst.clone() }] {
        assert_eq!(refused(list(house, &stranger, "", (0, 9)).await), "analysis_not_open");
        assert_eq!(refused(sheet(house, &stranger, id, false).await), "analysis_not_open");
    }
    // An opening for the other analysis does not open this one.
    open(&built, &[Analysis::SameActor], 30).await?;
    assert_eq!(refused(list(house, &one.analyst, "", (0, 9)).await), "analysis_not_open");
    open(&built, &[Analysis::SameActor, Analysis::Money], 30).await?;
    assert_eq!(seen(&built, &one.analyst).await?.all, 4);
    // It ends by itself.
    built.step(SignedDuration::from_hours(24 * 30))?;
    assert_eq!(refused(list(house, &one.analyst, "", (0, 9)).await), "analysis_not_open");
    Ok(())
}

#[tokio::test]
async fn only_what_is_approved_and_stands_counts() -> Outcome {
    let built = approved(None).await?;
    let (one, house) = (&built.one, &built.house);
    let of = sheet_of(&built, &one.analyst, IBAN).await?;
    // A copy joins the first content later, and nobody approved it: it may be a newspaper.
    let copy = Post(HOST, "newsroom", 0, 9_000, format!("Give to {IBAN}"));
    // What happens at another time than what was read makes it read again.
    built.step(SignedDuration::from_mins(1))?;
    told(&built, &[copy]).await?;
    built.step(SignedDuration::from_mins(10))?;
    let found = seen(&built, &one.analyst).await?;
    assert_eq!(counts(&found)[0], (IBAN, 3, 3, 3, 4, "apart"));
    assert_eq!(found.reckoned.map(|reckoned| reckoned.left_out.unapproved), Some(1));
    // The letter about the third content is taken back: its account is left with a copy of the first.
    let (letter, _) = of.items[2].letters.first().ok_or("no letter")?;
    let referral = store::referral::get(&house.db, *letter).await?.ok_or("no referral")?;
    let assessment = referral.assessment;
    let own = Authorised::check(&one.analyst, referral.space, referral)?;
    built.step(SignedDuration::from_mins(1))?;
    app::withdraw::run(house, &own, WithdrawalReason::WrongAssessment, "It was our mistake.").await?;
    built.step(SignedDuration::from_mins(10))?;
    let found = seen(&built, &one.analyst).await?;
    assert_eq!(counts(&found)[0], (IBAN, 2, 3, 2, 3, "apart"));
    // So it is once everybody confirmed the withdrawal, which closes the letter.
    let mut tx = house.db.write(store::Lane::Person).await?;
    store::referral::set_state(&mut tx, *letter, domain::referral::State::Closed).await?;
    tx.commit().await?;
    // Nor does what an assessment says count that does not stand any more.
    let of = sheet_of(&built, &one.analyst, IBAN).await?;
    let (letter, _) = of.items[0].letters.first().ok_or("no letter")?;
    let other = store::referral::get(&house.db, *letter).await?.ok_or("no referral")?.assessment;
    assert_ne!(other, assessment);
    let (now, state) = (house.clock.now(), domain::assessment::State::Withdrawn);
    let mut tx = house.db.write(store::Lane::Person).await?;
    store::assessment::set_state(&mut tx, other, state, None, None, now).await?;
    tx.commit().await?;
    built.step(SignedDuration::from_hours(25))?;
    let found = seen(&built, &one.analyst).await?;
    let iban = found.rows.iter().find(|row| row.value == IBAN).ok_or("no such identifier")?;
    assert_eq!((iban.apart, iban.accounts, iban.posts, iban.standing), (1, 1, 1, "one_account"));
    Ok(())
}

#[tokio::test]
async fn a_lead_on_money_is_gone_after_90_days_and_comes_nowhere_else() -> Outcome {
    let built = approved(None).await?;
    let (one, house) = (&built.one, &built.house);
    let count = async |table: &str| -> Result<i64, Fail> {
        let rows = house.db.rows_of(format!("SELECT COUNT(*) AS n FROM {table}"), params![]).await?;
        Ok(rows.first().ok_or("no count")?.int("n")?)
    };
    let tables = [
        "edge",
        "signal",
        "match",
        "cluster_member",
        "referral",
        "message",
        "outbox",
        "observation",
        "subject",
        "document",
        "lead_mark",
        "job",
    ];
    let mut before = Vec::new();
    for table in tables {
        before.push(count(table).await?);
    }
    let of = sheet_of(&built, &one.analyst, IBAN).await?;
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(count(table).await?, before, "a lead made a row of \"{table}\"");
    }
    // Somebody read a sheet, says the ledger, and not of what; the log of reads has a keyed digest, no identifier.
    let (mut sheets, id) = (0, of.row.id.to_string());
    for row in house.db.rows("SELECT entry FROM event ORDER BY leaf", params![]).await? {
        let event: domain::event::Event = row.json("entry")?;
        let told = serde_json::to_string(&event)?;
        assert!(!told.contains(IBAN) && !told.contains(&id), "{told}");
        sheets += u32::from(event.noun == Noun::Analysis && event.what == "sheet_read");
    }
    assert_eq!(sheets, 1);
    let looks = house
        .db
        .rows("SELECT noun, of_id FROM read_log WHERE noun = 'analysis' AND of_id = $1", params![of.row.id])
        .await?;
    assert_eq!(looks.len(), 1);
    // 90 days after the last post nothing is left, though nobody swept.
    built.step(SignedDuration::from_hours(24 * 91))?;
    open(&built, &[Analysis::Money], 30).await?;
    let found = seen(&built, &one.analyst).await?;
    assert_eq!((found.all, found.rows), (0, Vec::new()));
    Ok(())
}

#[tokio::test]
async fn the_page_is_in_the_bar_while_it_opens() -> Result<(), Fail> {
    const ORG: &str = "one.example";
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let mut browsers = Vec::new();
    for (login, role) in [("ana", Role::Analyst), ("ben", Role::Approver)] {
        let browser = Browser::signed_in(&face, &face.someone(ORG, login, &[role]).await?).await?;
        browser.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
        browsers.push(browser);
    }
    let bar = "<a href=\"/console/money\"";
    // 422: a rule says no; 403: the right is missing.
    for (browser, status) in browsers.iter().zip([422, 403]) {
        assert!(!browser.get("/console/agency").await?.page.contains(bar));
        assert_eq!(browser.get("/console/money").await?.status, status);
    }
    let ada = face.someone(ORG, "ada", &[Role::Administrator]).await?;
    let token = face.sign_in(&ada).await?;
    let code = json!({ "code": face.code(&ada)? });
    assert_eq!(face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(code)).await?.status, 200);
    let opening = |covers: &[&str]| json!({ "purpose": "Who asks for money", "reference": "DPIA 7", "days": 30, "covers": covers });
    let path = "/api/v1/agency/analysis";
    for wrong in [&["cash"][..], &[]] {
        assert_eq!(face.call(Some(&token), Method::PUT, path, Some(opening(wrong))).await?.status, 400);
    }
    assert_eq!(face.call(Some(&token), Method::PUT, path, Some(opening(&["money"]))).await?.status, 201);
    let [analyst, approver] = browsers.as_slice() else { return Err("two browsers".into()) };
    assert!(analyst.get("/console/agency").await?.page.contains(bar));
    for lang in ["en", "fr", "ar"] {
        let got = analyst.get(&format!("/console/money?lang={lang}&group=iban&after=0")).await?;
        assert!(got.status == 200 && !got.page.contains('⟦'), "{lang}: {}", got.status);
    }
    assert!(!approver.get("/console/agency").await?.page.contains(bar));
    assert_eq!(approver.get("/console/money").await?.status, 403);
    let unknown = format!("/console/money/{}", uuid::Uuid::nil());
    // The first look begins to reckon; once that is done there is no such sheet.
    for _ in 0..1_000 {
        if analyst.get(&unknown).await?.status == 404 {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    Err("it was never reckoned".into())
}
