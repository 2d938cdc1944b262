//! Same actor elsewhere: who sees leads, while what is open, for how long, and where they never come.

use crate::house::Handed;
use crate::house::{Built, HOST, Outcome, approve, assess, queue, work};
use app::view::leads::{self as view, Elsewhere};
use app::{Error, leads};
use domain::access::{Actor, Authorised, Right, Role, right};
use domain::analysis::{Analysis, Opening, Verdict};
use domain::event::Noun;
use domain::id::{AgencyId, SubjectId};
use domain::subject::SubjectKind;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::params;

/// The other service.
const OTHER: &str = "chat.example";
/// The actor's handles here and there.
const HANDLES: (&str, &str) = ("kolvatrin", "kolvatrin_2");

/// Words that no two contents share.
const WORDS: &str = "lamp hall clock river meadow barrel candle garden harbour kettle ladder mirror needle orchard pillow \
    quarry ribbon saddle tunnel umbrella valley window yard anchor basket cellar drawer engine fountain glove hammer island \
    jacket kitchen lantern market napkin office palace rocket shelter table uniform village wagon bottle canyon desert feather \
    gallery helmet insect jungle kingdom lemon museum notebook oven pencil ruler";

fn sentence(content: i64) -> String {
    let words = WORDS.split_whitespace().skip(usize::try_from(content * 5).unwrap_or(0)).take(5);
    words.collect::<Vec<_>>().join(" and the ")
}

/// Two accounts of one actor post the same minutes after each other; twenty strangers post at any time.
async fn told(built: &Built) -> Outcome {
    let begin: Timestamp = built.house.clock.now() - SignedDuration::from_hours(24 * 19);
    let mut lines = String::new();
    let mut post = |service: &str, author: &str, number: i64, minute: i64, content: i64| {
        let value = json!({
            "id": format!("{service}-{author}-{number}"), "service": service,
            "url": format!("https://{service}/n/{author}-{number}"), "author": author,
            "text": sentence(content),
            "posted_at": (begin + SignedDuration::from_mins(minute)).to_string(),
            "links": if author == HANDLES.1 { vec![format!("https://{HOST}/@{}", HANDLES.0)] } else { Vec::new() },
        });
        lines += &format!("{value}\n");
    };
    // Whoever is always first is mirrored: here they take turns, and each has content of its own.
    for number in 0..4 {
        let after = if number % 2 == 0 { 4 } else { -4 };
        post(HOST, HANDLES.0, number, 600 + number * 1_500, number);
        post(OTHER, HANDLES.1, number, 600 + number * 1_500 + after, number);
    }
    for number in 0..2 {
        post(HOST, HANDLES.0, 10 + number, 900 + number * 2_900, 4 + number);
        post(OTHER, HANDLES.1, 10 + number, 1_200 + number * 2_900, 6 + number);
    }
    for stranger in 0..20 {
        let service = if stranger % 2 == 0 { HOST } else { OTHER };
        let name: String = (0..8)
            .map(|at| char::from(b'a' + ((stranger * 31 + at * at * 17 + at * 5) % 26) as u8))
            .collect();
        for number in 0..3 {
            let content = 8 + (stranger * 5 + number * 7) % 4;
            post(service, &name, number, (stranger * 977 + number * 4_001) % 17_000, content);
        }
    }
    Handed::to(built.one.id()).by(built.one.analyst.person).lines(&built.house, lines).await?;
    work(&built.house).await?;
    Ok(())
}

/// The same, assessed and approved, with the clock shortly after.
async fn approved() -> Result<Built, Box<dyn std::error::Error + Send + Sync>> {
    let mut built = Built::new().await?;
    built.stepped()?;
    told(&built).await?;
    for cluster in queue(&built.house.db, &built.one).await? {
        let id = assess(&built.house, &built.one, cluster.id).await?;
        approve(&built.house, &built.one, id).await?;
    }
    built.step(SignedDuration::from_hours(1))?;
    Ok(built)
}

fn administrator(built: &Built) -> Actor {
    let stepped_up_until = Some(built.house.clock.now() + SignedDuration::from_mins(5));
    Actor { roles: vec![Role::Administrator], stepped_up_until, ..built.one.coordinator.clone() }
}

fn opening() -> Opening {
    Opening {
        purpose: "Accounts that come back elsewhere".to_owned(),
        reference: "DPIA 4/2026".to_owned(),
        covers: [Analysis::SameActor].into(),
    }
}

async fn open(built: &Built, days: i64) -> Result<(), Error> {
    let actor = administrator(built);
    let whose: Authorised<AgencyId, right::ManageAccess> =
        Authorised::check(&actor, built.one.id(), built.one.id())?;
    leads::open(&built.house, &whose, opening(), days).await.map(drop)
}

async fn account(built: &Built, service: &str, handle: &str) -> Result<SubjectId, Error> {
    let rows =
        built.house.db.rows("SELECT key FROM subject WHERE kind = 'account' ORDER BY key", params![]).await?;
    let keys: Vec<i64> = rows.iter().map(|row| row.int("key")).collect::<Result<_, _>>()?;
    let address = format!("{service}/{handle}");
    let all = store::network::subjects(&built.house.db, &keys).await?;
    let found = all.into_iter().find(|subject| subject.address.as_deref() == Some(&address));
    Ok(found.ok_or_else(domain::access::not_here)?.id)
}

/// Leads, once they were reckoned.
async fn seen(built: &Built, actor: &Actor, account: SubjectId) -> Result<Elsewhere, Error> {
    loop {
        let found = view::of(&built.house, actor, account).await?;
        if !found.counting {
            return Ok(found);
        }
        tokio::task::yield_now().await;
    }
}

fn refused<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(refusal)) => refusal.code.to_owned(),
        Err(other) => other.to_string(),
        Ok(_) => "done".to_owned(),
    }
}

#[tokio::test]
async fn leads_are_seen_while_the_analysis_is_open_by_who_holds_the_right() -> Outcome {
    let built = approved().await?;
    let (one, house) = (&built.one, &built.house);
    let here = account(&built, HOST, HANDLES.0).await?;
    assert_eq!(refused(view::of(house, &one.analyst, here).await), "analysis_not_open");
    open(&built, 30).await?;
    let found = seen(&built, &one.analyst, here).await?;
    let lead = found.leads.first().ok_or("no lead")?;
    assert_eq!((lead.account.name.as_str(), lead.account.service.as_str()), (HANDLES.1, OTHER));
    assert!(lead.probability.is_some_and(|probability| probability >= 0.8));
    assert_eq!((lead.counts.shared, lead.counts.links, lead.counts.minutes), (4, 1, Some(4)));
    assert_eq!(found.leads.len(), 1, "{found:?}");
    assert_eq!(refused(view::of(house, &one.approver, here).await), "no_right");
    // Another agency sees nothing, even in a joint action in which it may enter the space.
    let both = vec![built.two.id(), one.id()];
    for stranger in [built.two.analyst.clone(), Actor { spaces: both, ..built.two.analyst.clone() }] {
        assert_eq!(refused(view::of(house, &stranger, here).await), "not_here");
    }
    // Each look is logged.
    let looks = house
        .db
        .rows(
            "SELECT COUNT(*) AS n FROM read_log WHERE noun = 'analysis' AND person = $1",
            params![one.analyst.person],
        )
        .await?;
    assert!(looks.first().ok_or("no count")?.int("n")? >= 1);
    // It ends by itself.
    built.step(SignedDuration::from_hours(24 * 30))?;
    assert_eq!(refused(view::of(house, &one.analyst, here).await), "analysis_not_open");
    Ok(())
}

#[tokio::test]
async fn it_is_opened_by_an_administrator_with_a_purpose_and_an_end() -> Outcome {
    let built = Built::new().await?;
    let house = &built.house;
    assert!(
        Role::ALL.iter().all(|role| !(role.rights().contains(&Right::ReadLeads)
            && role.rights().contains(&Right::ManageAccess)))
    );
    assert!(open(&built, 91).await.is_err() && open(&built, 0).await.is_err());
    let actor = administrator(&built);
    let whose = |actor: &Actor| Authorised::check(actor, built.one.id(), built.one.id());
    let empty = Opening { purpose: String::new(), ..opening() };
    assert!(matches!(leads::open(house, &whose(&actor)?, empty, 30).await, Err(Error::Input(_))));
    let unproved = Actor { stepped_up_until: None, ..actor.clone() };
    assert_eq!(refused(leads::open(house, &whose(&unproved)?, opening(), 30).await), "step_up");
    assert!(view::opened(house, &built.one.analyst).await?.is_none());
    open(&built, 30).await?;
    assert_eq!(view::opened(house, &built.one.analyst).await?.map(|(opening, _)| opening), Some(opening()));
    assert!(view::opened(house, &built.two.analyst).await?.is_none());
    leads::close(house, &whose(&actor)?).await?;
    assert!(view::opened(house, &built.one.analyst).await?.is_none());
    assert_eq!(refused(leads::close(house, &whose(&actor)?).await), "analysis_not_open");
    Ok(())
}

#[tokio::test]
async fn marks_are_taken_back_and_gone_after_90_days() -> Outcome {
    let built = approved().await?;
    let (one, house) = (&built.one, &built.house);
    let pair = (account(&built, HOST, HANDLES.0).await?, account(&built, OTHER, HANDLES.1).await?);
    open(&built, 90).await?;
    leads::mark(house, &one.analyst, pair, Verdict::Same, "Both say the same words.").await?;
    let turned = (pair.1, pair.0);
    leads::mark(house, &one.coordinator, turned, Verdict::NotSame, "").await?;
    for (account, other) in [pair, turned] {
        let found = seen(&built, &one.analyst, account).await?;
        let said = found
            .leads
            .iter()
            .find(|lead| lead.account.id == other.to_string())
            .and_then(|lead| lead.said.clone());
        assert_eq!(said.map(|said| said.verdict), Some(Verdict::NotSame));
    }
    leads::unmark(house, &one.analyst, pair).await?;
    assert_eq!(refused(leads::unmark(house, &one.analyst, pair).await), "not_here");
    assert_eq!(refused(leads::mark(house, &built.two.analyst, pair, Verdict::Same, "").await), "not_here");
    assert_eq!(refused(leads::mark(house, &one.approver, pair, Verdict::Same, "").await), "no_right");
    assert!(leads::mark(house, &one.analyst, (pair.0, pair.0), Verdict::Same, "").await.is_err());
    leads::mark(house, &one.analyst, pair, Verdict::Same, "Both say the same words.").await?;
    built.step(SignedDuration::from_hours(24 * 89))?;
    assert_eq!(app::sweep::run(house).await?.marks, 0);
    built.step(SignedDuration::from_hours(24 * 2))?;
    assert_eq!(app::sweep::run(house).await?.marks, 1);
    open(&built, 30).await?;
    // What was posted is older than 90 days too: no lead is left.
    assert_eq!(seen(&built, &one.analyst, pair.0).await?.leads, []);
    // Neither the reasons are left, nor an account in the events.
    let rows = house.db.rows("SELECT key FROM document", params![]).await?;
    for row in rows {
        let kept = store::crypt::get(&house.db, row.int("key")?).await?.unwrap_or_default();
        assert!(!String::from_utf8_lossy(&kept).contains("Both say the same words."));
    }
    let rows = house.db.rows("SELECT entry FROM event ORDER BY leaf", params![]).await?;
    let mut marked = 0;
    for row in rows {
        let event: domain::event::Event = row.json("entry")?;
        if event.noun == Noun::Analysis {
            marked += u32::from(event.what == "marked");
            let told = serde_json::to_string(&event)?;
            assert!(!told.contains(&pair.0.to_string()) && !told.contains(&pair.1.to_string()), "{told}");
        }
    }
    assert_eq!(marked, 3);
    Ok(())
}

#[tokio::test]
async fn a_lead_comes_nowhere_else() -> Outcome {
    let built = approved().await?;
    let (one, house) = (&built.one, &built.house);
    let pair = (account(&built, HOST, HANDLES.0).await?, account(&built, OTHER, HANDLES.1).await?);
    let count = async |table: &str| -> Result<i64, Error> {
        let rows = house.db.rows_of(format!("SELECT COUNT(*) AS n FROM {table}"), params![]).await?;
        Ok(rows.first().ok_or_else(domain::access::not_here)?.int("n")?)
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
    ];
    let mut before = Vec::new();
    for table in tables {
        before.push(count(table).await?);
    }
    open(&built, 30).await?;
    seen(&built, &one.analyst, pair.0).await?;
    leads::mark(house, &one.analyst, pair, Verdict::Same, "Both say the same words.").await?;
    work(house).await?;
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(count(table).await?, before, "a lead or mark made a row of \"{table}\"");
    }
    // The page of the account's subject shows no lead to who lacks the right; nor do ranks know of it.
    let loaded = app::view::subject::load::<right::Read>(house, &one.approver, pair.0).await?;
    assert_eq!(loaded.get().kind, SubjectKind::Account);
    let shown = format!("{:?}", app::view::subject::subject(house, &loaded).await?);
    assert!(!shown.contains(HANDLES.1), "{shown}");
    Ok(())
}
