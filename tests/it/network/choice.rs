//! A network of less than everything: what is in it, what is said of wrong words, and that it tells nothing of what is kept.

use super::{BRIDGE, assessed, assessed_of, chosen, keep_first, kept, names, open_of, ready, refresh};
use crate::face::Fail;
use crate::house::{Built, Outcome, session};
use app::network::{Choice, Layer, Layers, Period, Whose, seal};
use app::view::network::{Open, Shown};
use domain::access::{Actor, Authorised, right};
use domain::event::Noun;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};

fn of(layers: &[Layer]) -> Choice {
    Choice { layers: Layers::of(layers).unwrap_or_default(), ..Choice::default() }
}

fn days(period: Period) -> Choice {
    Choice { period, ..Choice::default() }
}

/// Makes the network of a choice, for everybody or for who keeps accounts.
async fn make(built: &Built, choice: Choice, keeper: bool) -> Outcome {
    let keeper = keeper.then(|| built.one.id());
    app::network::refresh(&built.house, Whose { space: built.one.id(), keeper, choice }).await?;
    Ok(())
}

/// The network of a choice as somebody sees it who is the first to ask.
async fn made(built: &Built, actor: &Actor, choice: Choice) -> Result<Open, Fail> {
    assert_eq!(chosen(built, actor, choice).await?, Shown::Computing);
    make(built, choice, false).await?;
    Ok(open_of(chosen(built, actor, choice).await?)?)
}

/// The posts of [`assessed`] are of March 2026, and nobody's clock stands within ninety days of that.
#[tokio::test]
async fn layers_and_time_make_another_network() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    let begin: jiff::Timestamp = "2026-09-04T05:06:07Z".parse()?;
    built.step(begin.duration_since(built.house.clock.now()))?;
    assessed_of(&built, (3, 4)).await?;
    let who = &built.one.analyst;
    let counts = |open: &Open| (open.accounts, open.links, open.items, open.sources);
    let all = ready(&built, who).await?;
    assert_eq!(counts(&all), (10, 13, 4, 1));
    // The source and those who copied it; then who is named by them.
    let copies = made(&built, who, of(&[Layer::Copies])).await?;
    assert_eq!(counts(&copies), (3, 2, 4, 1));
    assert_eq!(names(&copies).len(), 2);
    let mentions = made(&built, who, of(&[Layer::Mentions])).await?;
    assert_eq!(counts(&mentions), (10, 11, 4, 1));
    assert!(names(&mentions).iter().all(|name| name.starts_with("both")), "{:?}", names(&mentions));
    assert_eq!(counts(&made(&built, who, days(Period::Days365)).await?), counts(&all));
    for empty in [of(&[Layer::Forwards]), of(&[Layer::Forwards, Layer::Channels]), days(Period::Days90)] {
        make(&built, empty, false).await?;
        assert_eq!(chosen(&built, who, empty).await?, Shown::Empty, "{empty:?}");
    }
    // That of everything is what it was.
    assert_eq!(ready(&built, who).await?, all);
    Ok(())
}

/// Whoever compares two networks of one space learns nothing of what is kept: one that is made now shows what that of
/// everything shows, and both leave it out together.
#[tokio::test]
async fn a_choice_tells_nothing_of_what_is_kept() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    assessed(&built).await?;
    let who = &built.one.analyst;
    let (linked, late) = (of(&[Layer::Copies, Layer::Mentions]), days(Period::Days365));
    let few = of(&[Layer::Mentions]);
    let before = ready(&built, who).await?;
    let linked_before = made(&built, who, linked).await?;
    assert_eq!(names(&linked_before), names(&before));
    make(&built, few, false).await?;
    assert_eq!(chosen(&built, who, few).await?, Shown::Few);

    keep_first(&built, &before).await?;
    kept(&built).await?;
    let keeper = &built.one.coordinator;
    assert_eq!(chosen(&built, keeper, linked).await?, Shown::Computing);
    make(&built, linked, true).await?;
    let own = open_of(chosen(&built, keeper, linked).await?)?;
    assert!(own.rows[0].kept.is_some() && own.plan.iter().all(|account| account.name != BRIDGE));
    // Others see what they saw, and what is made for them now is as it was for everything.
    assert_eq!(chosen(&built, who, linked).await?, Shown::Ready(Box::new(linked_before)));
    let late_since = made(&built, who, late).await?;
    assert_eq!((names(&late_since), &late_since.plan), (names(&before), &before.plan));

    built.step(SignedDuration::from_hours(1))?;
    refresh(&built).await?;
    let after = ready(&built, who).await?;
    assert!(!names(&after).contains(&BRIDGE));
    for choice in [linked, late] {
        let open = made(&built, who, choice).await?;
        assert_eq!((names(&open), open.plan.len()), (names(&after), after.plan.len()));
        assert!(!serde_json::to_string(&open)?.contains(BRIDGE));
    }
    assert_eq!(chosen(&built, who, few).await?, Shown::Computing);
    make(&built, few, false).await?;
    assert_eq!(chosen(&built, who, few).await?, Shown::Few);
    Ok(())
}

/// In a small space nobody else sees a difference at all, whatever is chosen.
#[tokio::test]
async fn a_choice_of_a_small_network_shows_what_is_kept_like_any_other() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    assessed_of(&built, (3, 4)).await?;
    let who = &built.one.analyst;
    let copies = made(&built, who, of(&[Layer::Copies])).await?;
    keep_first(&built, &ready(&built, who).await?).await?;
    built.step(SignedDuration::from_hours(1))?;
    refresh(&built).await?;
    let since = made(&built, who, of(&[Layer::Copies])).await?;
    assert!(names(&since).contains(&BRIDGE) && since.rows.iter().all(|row| row.kept.is_none()));
    assert_eq!((names(&since), &since.plan), (names(&copies), &copies.plan));
    Ok(())
}

#[tokio::test]
async fn a_sealed_plan_says_what_its_network_was_made_of() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    assessed(&built).await?;
    let space = built.one.id();
    let whose = Authorised::<_, right::ManageOperation>::check(&built.one.coordinator, space, space)?;
    let choice = Choice { period: Period::Days365, ..of(&[Layer::Copies, Layer::Mentions]) };
    let seen = made(&built, &built.one.coordinator, choice).await?;
    // The clock stands: both networks were made at one time, and are two plans.
    let all = seal(&built.house, &whose, 1, (Choice::default(), seen.made_at)).await?;
    let some = seal(&built.house, &whose, 1, (choice, seen.made_at)).await?;
    assert_ne!(all, some);
    assert_eq!(seal(&built.house, &whose, 1, (choice, seen.made_at)).await?, some);
    let events = store::event::of(&built.house.db, Noun::Plan, space.0, 10).await?;
    let facts = |id| events.iter().find(|event| event.id == id).map(|event| event.facts.clone());
    let (all_facts, some_facts) = (facts(all).ok_or("sealed")?, facts(some).ok_or("sealed")?);
    assert_eq!((&some_facts["days"], &some_facts["layers"]), (&json!(365), &json!(["copies", "mentions"])));
    assert_eq!((all_facts.get("days"), all_facts["layers"].as_array().map(Vec::len)), (None, Some(4)));
    let text = serde_json::to_string(&events)?;
    assert!(!text.contains(BRIDGE) && !text.contains("video.example"), "{text}");
    let shown = ready(&built, &built.one.analyst).await?;
    let choices: Vec<(bool, Choice)> =
        shown.sealed.iter().map(|plan| (plan.id == some, plan.choice)).collect();
    assert!(choices.contains(&(true, choice)) && choices.contains(&(false, Choice::default())));
    Ok(())
}

/// Page and API of the same network, and what they say of words that are none.
#[tokio::test]
async fn page_and_api_take_a_choice_and_refuse_other_words() -> Outcome {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built = Built::new().await?;
    assessed_of(&built, (3, 4)).await?;
    make(&built, of(&[Layer::Copies]), false).await?;
    make(&built, of(&[Layer::Forwards]), false).await?;
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let served = server::serve(built.house.clone(), here, here, server::Options::default()).await?;
    let token = session::open(&built.house, &built.one.coordinator).await?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let get = async |path: &str| -> Result<(u16, String), Fail> {
        let got = http.get(format!("http://{}{path}", served.addr)).bearer_auth(&token).send().await?;
        Ok((got.status().as_u16(), got.text().await?))
    };
    let (status, page) = get("/console/network?k=2&days=all&layers=&layers=copies").await?;
    assert_eq!(status, 200);
    // Every way on keeps the choice: neighbourhood, slider, sealing.
    let row = "/console/network?k=2&amp;days=all&amp;layers=copies&amp;account=";
    assert!(page.contains("Only these links count: copies.") && page.contains(row), "{page}");
    assert_eq!(page.matches("name=\"layers\" value=\"copies\"").count(), 3, "{page}");
    let (_, page) = get("/console/network").await?;
    assert!(!page.contains("Only these links count") && !page.contains("days=all"), "{page}");
    let (status, page) = get("/console/network?layers=forwards").await?;
    assert_eq!(status, 200);
    assert!(page.contains("Nothing spread in what you chose.") && page.contains("Show everything"), "{page}");
    assert!(page.contains("Only these links count: forwards."), "{page}");

    let (status, body) = get("/api/v1/network/rank?layers=copies").await?;
    let body: Value = serde_json::from_str(&body)?;
    assert_eq!((status, &body["state"], &body["accounts"]), (200, &json!("ready"), &json!(3)), "{body}");
    assert_eq!((&body["days"], &body["layers"]), (&Value::Null, &json!(["copies"])));
    let (_, body) = get("/api/v1/network/plan?layers=forwards&k=1").await?;
    let body: Value = serde_json::from_str(&body)?;
    assert_eq!(body, json!({ "state": "empty", "days": null, "layers": ["forwards"] }));
    for (query, said) in [
        ("days=14", "There is no period"),
        ("layers=retweets", "There is no layer"),
        ("layers=", "No layer is chosen"),
    ] {
        for path in ["/api/v1/network/rank", "/api/v1/network/plan", "/console/network"] {
            let (status, body) = get(&format!("{path}?{query}")).await?;
            assert!(status == 400 && body.contains(said), "{path}?{query}: {status} {body}");
        }
    }
    let (_, page) = get("/console/network?layers=").await?;
    assert!(page.contains("href=\"/console/network\""), "the way back leads to what can be read");
    served.stop().await;
    Ok(())
}
