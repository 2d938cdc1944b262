//! The network of assessed content: who is first, who sees what is kept, when ranks end, what a sealed plan keeps.

mod choice;

use crate::house::{Built, HOST, Handed, Outcome, approve, assess, queue, sound, work};
use app::network::{Choice, RANKS_DAYS, Whose, seal};
use app::view::network::{self as view, Open, Shown};
use app::{Error, deconflict, load};
use domain::access::{Actor, Authorised, right};
use domain::event::Noun;
use domain::hold::HoldAnswer;
use domain::id::SubjectId;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// Where content begins.
const SOURCE: &str = "source";
/// Reaches thirty accounts that nobody else reaches.
const BRIDGE: &str = "bridge";
/// Reaches forty accounts that the source reaches too: the most followed beside it.
const FOLLOWED: &str = "followed";
/// Both were posted within these hours of the begin.
const LATER_HOURS: i64 = 2;

fn line(id: usize, author: &str, text: &str, hours: i64, mentions: &[String]) -> Result<String, jiff::Error> {
    let begin: Timestamp = "2026-03-04T05:06:07Z".parse()?;
    let value = json!({
        "id": format!("n-{id}"), "service": HOST, "url": format!("https://{HOST}/n/{id}"), "author": author,
        "text": text, "posted_at": (begin + SignedDuration::from_hours(hours)).to_string(), "mentions": mentions,
    });
    Ok(format!("{value}\n"))
}

/// Accounts that the bridge alone reaches, and those that the most followed reaches.
const REACHED: (usize, usize) = (30, 40);

/// Two pieces of content that begin at one account; one is taken up by the bridge, the other by the most followed.
async fn told(built: &Built, (only, both): (usize, usize)) -> Outcome {
    let [lamp, table] =
        ["The old lamp stands in the hall beside the clock", "A green table waits in the garden"];
    let names = |stem: &str, count: usize| (0..count).map(|n| format!("{stem}{n}")).collect::<Vec<_>>();
    let lines = [
        line(1, SOURCE, lamp, 0, &[])?,
        line(2, BRIDGE, lamp, LATER_HOURS, &names("only", only))?,
        line(3, SOURCE, table, 0, &names("both", both))?,
        line(4, FOLLOWED, table, LATER_HOURS, &names("both", both))?,
    ];
    let summary =
        Handed::to(built.one.id()).by(built.one.analyst.person).lines(&built.house, lines.concat()).await?;
    assert_eq!(summary.observed, 4, "{summary:?}");
    work(&built.house).await?;
    Ok(())
}

/// The same, assessed by one person and approved by another.
async fn assessed(built: &Built) -> Outcome {
    assessed_of(built, REACHED).await
}

async fn assessed_of(built: &Built, reached: (usize, usize)) -> Outcome {
    told(built, reached).await?;
    let clusters = queue(&built.house.db, &built.one).await?;
    assert_eq!(clusters.len(), 2);
    for cluster in clusters {
        let id = assess(&built.house, &built.one, cluster.id).await?;
        approve(&built.house, &built.one, id).await?;
    }
    refresh(built).await
}

/// Makes the network that everybody sees.
async fn refresh(built: &Built) -> Outcome {
    app::network::refresh(
        &built.house,
        Whose { space: built.one.id(), keeper: None, choice: Choice::default() },
    )
    .await?;
    Ok(())
}

/// The coordinator keeps the account that is first.
async fn keep_first(built: &Built, open: &Open) -> Outcome {
    let id: SubjectId = open.rows[0].account.id.parse()?;
    let subject =
        load::subject::<right::Hold>(&built.house, &built.one.coordinator, id, load::For::Acting).await?;
    let (answer, why) = (HoldAnswer::InvestigativeHold, "An inquiry of the unit");
    deconflict::place(&built.house, &subject, answer, 72, why).await?;
    Ok(())
}

/// The network of the coordinator, who keeps accounts: it is made when the page is asked for, and not before.
async fn kept(built: &Built) -> Result<Open, Box<dyn std::error::Error + Send + Sync>> {
    assert_eq!(shown(built, &built.one.coordinator).await?, Shown::Computing);
    let own = Whose { space: built.one.id(), keeper: Some(built.one.id()), choice: Choice::default() };
    app::network::refresh(&built.house, own).await?;
    Ok(ready(built, &built.one.coordinator).await?)
}

async fn shown(built: &Built, actor: &Actor) -> Result<Shown, Error> {
    chosen(built, actor, Choice::default()).await
}

/// Of a choice.
async fn chosen(built: &Built, actor: &Actor, choice: Choice) -> Result<Shown, Error> {
    view::open(&built.house, actor, built.one.id(), choice, None).await
}

async fn ready(built: &Built, actor: &Actor) -> Result<Open, Error> {
    open_of(shown(built, actor).await?)
}

fn open_of(shown: Shown) -> Result<Open, Error> {
    match shown {
        Shown::Ready(open) => Ok(*open),
        other => Err(Error::Bug(format!("it is not there: {other:?}"))),
    }
}

fn names(open: &Open) -> Vec<&str> {
    open.rows.iter().map(|row| row.account.name.as_str()).collect()
}

#[tokio::test]
async fn the_account_through_which_alone_it_spreads_is_first() -> Outcome {
    let built = Built::new().await?;
    told(&built, REACHED).await?;
    refresh(&built).await?;
    // What nobody assessed is in no network.
    assert_eq!(shown(&built, &built.one.analyst).await?, Shown::Empty);
    for cluster in queue(&built.house.db, &built.one).await? {
        let id = assess(&built.house, &built.one, cluster.id).await?;
        approve(&built.house, &built.one, id).await?;
    }
    refresh(&built).await?;
    let open = ready(&built, &built.one.analyst).await?;
    assert_eq!((open.items, open.accounts, open.sources), (4, 73, 1));
    assert_eq!(names(&open)[0], BRIDGE);
    let first = &open.rows[0];
    assert_eq!((first.rank, first.rank_low, first.rank_high, first.planned), (1, 1, 1, Some(1)));
    assert!((first.score - 31.0).abs() < 1e-9 && first.direct == 30, "{first:?}");
    // The source is in no plan, and the plan of one spares more than the most followed account.
    assert!(open.plan.iter().all(|account| account.name != SOURCE));
    assert!(open.curve[1].beats.low > 0.0, "{:?}", open.curve[1]);
    assert!((open.before - open.curve[1].after.mean - 31.0).abs() < 1e-9);
    // Its neighbourhood: the source, and whom it reaches.
    let id: SubjectId = first.account.id.parse()?;
    let all = Choice::default();
    let Shown::Ready(open) =
        view::open(&built.house, &built.one.analyst, built.one.id(), all, Some(id)).await?
    else {
        return Err("it was there".into());
    };
    let around = open.around.ok_or("no neighbourhood")?;
    assert_eq!((around.neighbours, around.accounts.len(), around.links.len()), (31, 32, 31));
    assert_eq!(around.accounts[0].account.name, BRIDGE);
    assert!(around.accounts.iter().any(|near| near.source && near.account.name == SOURCE));
    // And why it is in the plan: 31 of all that are reached, straight from where it began.
    let because = around.because.ok_or("it is in the plan")?;
    assert!((because.alone.mean - 31.0 / open.before).abs() < 0.01, "{because:?}");
    let way: Vec<&str> = because.ways[0].accounts.iter().map(|account| account.name.as_str()).collect();
    assert_eq!((way, because.ways[0].part), (vec![SOURCE, BRIDGE], 1.0));
    // Whoever stands for it leaves the thirty to it.
    let (other, more) = because.instead.ok_or("others may be in a plan")?;
    assert!(other.name != BRIDGE && more > 0.0, "{other:?} {more}");
    Ok(())
}

/// D34: who keeps an account and the coordinator of that agency see it and its price; others see a plan with as many
/// places, and nothing of it.
#[tokio::test]
async fn what_is_kept_is_seen_by_its_holder_and_the_coordinator() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    assessed(&built).await?;
    let before = ready(&built, &built.one.analyst).await?;
    keep_first(&built, &before).await?;
    let keeper = kept(&built).await?;
    assert_eq!(names(&keeper)[0], BRIDGE);
    let price = keeper.rows[0].kept.ok_or("it is kept")?.accounts.ok_or("it has a price")?;
    assert!(price.low > 0.0, "{price:?}");
    assert!(keeper.rows[0].planned.is_none() && keeper.plan.iter().all(|account| account.name != BRIDGE));
    // The pages of others change when the network is made again for all, and no earlier.
    for other in [&built.one.analyst, &built.one.approver] {
        assert_eq!(ready(&built, other).await?, before);
    }
    refresh(&built).await?;
    for other in [&built.one.analyst, &built.one.approver] {
        let open = ready(&built, other).await?;
        assert_eq!(open.plan, keeper.plan);
        let counts = |open: &Open| (open.plan.len(), open.curve.len(), open.rows.len());
        assert_eq!(counts(&open), counts(&before));
        assert!(!serde_json::to_string(&open)?.contains(BRIDGE), "{:?}", names(&open));
        assert!(open.rows.iter().all(|row| row.kept.is_none()));
        let ranks: Vec<u32> = open.rows.iter().map(|row| row.rank).collect();
        let closed: Vec<u32> = (1..).take(ranks.len()).collect();
        assert_eq!(ranks, closed, "a missing rank would say that somebody is kept");
        // Nor does it stand in the neighbourhood of one that it reaches.
        let reached = open.rows.iter().find(|row| row.account.name.starts_with("only"));
        let id: SubjectId = reached.ok_or("it reaches some")?.account.id.parse()?;
        let all = Choice::default();
        let Shown::Ready(open) = view::open(&built.house, other, built.one.id(), all, Some(id)).await? else {
            return Err("it was there".into());
        };
        let around = open.around.ok_or("no neighbourhood")?;
        assert_eq!((around.neighbours, around.accounts.len()), (0, 1));
        assert!(around.because.is_none_or(|why| why.ways.is_empty()), "its way leads over what is kept");
    }
    Ok(())
}

/// Where too few accounts are left to take its place, nobody else sees a difference at all.
#[tokio::test]
async fn in_a_small_network_what_is_kept_changes_nothing_for_others() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    assessed_of(&built, (3, 4)).await?;
    let before = ready(&built, &built.one.analyst).await?;
    assert_eq!((names(&before)[0], before.plan.len()), (BRIDGE, 9));
    keep_first(&built, &before).await?;
    let keeper = kept(&built).await?;
    assert!(keeper.rows[0].kept.is_some() && keeper.plan.iter().all(|account| account.name != BRIDGE));
    refresh(&built).await?;
    assert_eq!(ready(&built, &built.one.analyst).await?, before);
    // Taken back, the coordinator sees what all see.
    let id: SubjectId = before.rows[0].account.id.parse()?;
    let subject =
        load::subject::<right::Hold>(&built.house, &built.one.coordinator, id, load::For::Acting).await?;
    let own = deconflict::own(&built.house, &built.one.coordinator, subject.get()).await?;
    let hold = load::hold::<right::Hold>(&built.house, &built.one.coordinator, own[0].id).await?;
    deconflict::lift(&built.house, &hold).await?;
    assert_eq!(ready(&built, &built.one.coordinator).await?, before);
    Ok(())
}

#[tokio::test]
async fn ranks_end() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    assessed(&built).await?;
    let open = ready(&built, &built.one.analyst).await?;
    assert_eq!(open.ends_at, open.made_at + SignedDuration::from_hours(24 * RANKS_DAYS));
    built.step(SignedDuration::from_hours(24 * RANKS_DAYS))?;
    assert_eq!(shown(&built, &built.one.analyst).await?, Shown::Computing);
    Ok(())
}

#[tokio::test]
async fn a_sealed_plan_keeps_its_prediction_and_no_name() -> Outcome {
    let built = Built::new().await?;
    assessed(&built).await?;
    let seen = ready(&built, &built.one.coordinator).await?;
    let space = built.one.id();
    let whose = Authorised::<_, right::ManageOperation>::check(&built.one.coordinator, space, space)?;
    let choice = Choice::default();
    let stale = seen.made_at - SignedDuration::from_secs(1);
    assert!(matches!(seal(&built.house, &whose, 1, (choice, stale)).await, Err(Error::Input(_))));
    assert!(matches!(seal(&built.house, &whose, 0, (choice, seen.made_at)).await, Err(Error::Input(_))));
    assert!(matches!(seal(&built.house, &whose, 51, (choice, seen.made_at)).await, Err(Error::Input(_))));
    seal(&built.house, &whose, 1, (choice, seen.made_at)).await?;
    let events = store::event::of(&built.house.db, Noun::Plan, space.0, 10).await?;
    let facts = &events[0].facts;
    assert_eq!((events.len(), &facts["accounts"]), (1, &json!([seen.plan[0].id])));
    assert_eq!(facts["reach_before_milli"].as_i64(), Some((seen.before * 1000.0).round() as i64));
    assert_eq!(facts["beats_followers"], Value::Bool(true));
    assert!(!serde_json::to_string(&events)?.contains(BRIDGE));
    let shown = ready(&built, &built.one.analyst).await?;
    assert_eq!((shown.sealed.len(), shown.sealed[0].accounts), (1, 1));
    assert!((shown.sealed[0].after.mean - seen.curve[1].after.mean).abs() < 0.001);
    // The analyst may look at plans and seal none.
    assert!(Authorised::<_, right::ManageOperation>::check(&built.one.analyst, space, space).is_err());
    sound(&built.house).await;
    Ok(())
}

/// A network is of one space: another agency sees nothing of it.
#[tokio::test]
async fn another_agency_sees_no_network() -> Outcome {
    let built = Built::new().await?;
    assessed(&built).await?;
    let refused = shown(&built, &built.two.analyst).await;
    assert!(matches!(refused, Err(Error::Refused(refusal)) if refusal.code == "not_here"));
    Ok(())
}
