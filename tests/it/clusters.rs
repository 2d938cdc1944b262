//! Can people split and merge clusters, and does nothing go out that nobody confirmed?

use crate::face::Fail;
use crate::house::Handed;
use crate::house::{self, Built, Desk, HOST, Outcome, approve, draft, queue, sound, work};
use app::{House, assess, clusters};
use domain::access::{Authorised, right};
use domain::assessment::{Decision, State};
use domain::cluster::{Evidence, Queued};
use domain::id::{AssessmentId, ClusterId};
use serde_json::json;
use std::ops::Range;
use std::sync::Arc;
use store::cluster::Cluster;

/// Takes in posts that all have one text.
async fn copies(house: &Arc<House>, desk: &Desk, text: &str, posts: Range<usize>) -> Outcome {
    let line = |number: usize| {
        let value = json!({ "id": format!("copy-{number}"), "url": format!("https://{HOST}/copy/{number}"), "text": text });
        format!("{value}\n")
    };
    Handed::to(desk.id()).lines(house, posts.map(line).collect::<String>()).await?;
    work(house).await?;
    Ok(())
}

const LAMP: &str = "The lamp stands beside the green table in the long room";
const DOOR: &str = "The door stays open for the whole of the quiet afternoon";

async fn open(
    house: &House,
    desk: &Desk,
    id: ClusterId,
) -> Result<(Authorised<Cluster, right::Assess>, i64), app::Error> {
    let stored = store::cluster::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    let version = stored.version;
    Ok((Authorised::check(&desk.analyst, stored.space, stored)?, version))
}

#[tokio::test]
async fn nothing_that_joins_after_an_approval_goes_out_on_it() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..2).await?;
    let id = queue(&house.db, one).await?[0].id;
    let assessment = house::assess(house, one, id).await?;
    // Joins while the second person has it: not confirmed by anybody.
    copies(house, one, LAMP, 2..3).await?;
    let referrals = approve(house, one, assessment).await?;
    let cluster = store::cluster::get(&house.db, id).await?.ok_or("gone")?;
    assert_eq!((cluster.members, cluster.state), (3, Queued::Open), "one was confirmed by nobody");
    copies(house, one, LAMP, 3..4).await?;
    let mut sent = Vec::new();
    for referral in &referrals {
        sent.extend(store::referral::items(&house.db, *referral).await?);
    }
    assert_eq!(sent.len(), 2);
    let cluster = store::cluster::get(&house.db, id).await?.ok_or("gone")?;
    assert_eq!((cluster.members, cluster.state), (4, Queued::Open), "the new ones come back to the queue");
    assert_eq!(cluster.reason, "queue-reason-reappeared");
    assert_eq!(store::referral::of_space(&house.db, one.id(), None, 10).await?.len(), referrals.len());
    sound(house).await;
    Ok(())
}

/// Saves a draft about some of the items of a cluster.
async fn save_about(
    house: &House,
    desk: &Desk,
    id: ClusterId,
    (decision, items): (Decision, Range<usize>),
) -> Result<AssessmentId, app::Error> {
    let (cluster, version) = open(house, desk, id).await?;
    assess::open(house, &cluster).await?;
    let mut draft = draft(house, id).await?;
    let members = store::cluster::members(&house.db, id, 100).await?;
    let named: Vec<_> =
        members.get(items).unwrap_or_default().iter().map(|member| member.subject_id).collect();
    draft.contexts.retain(|subject, _| named.contains(subject));
    draft.decision = decision;
    if decision == Decision::NotTerrorist {
        draft.content = None;
    }
    Ok(assess::save(house, &cluster, version, draft).await?.id)
}

#[tokio::test]
async fn what_a_decision_leaves_out_comes_back_to_the_queue() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..4).await?;
    let id = queue(&house.db, one).await?[0].id;
    let stands = async || Ok::<_, Fail>(store::cluster::get(&house.db, id).await?.ok_or("gone")?.state);
    let open_items = async || {
        let stored = store::cluster::get(&house.db, id).await?.ok_or("gone")?;
        let shown = app::view::cluster::cluster(house, &one.analyst, &stored).await?;
        Ok::<_, Fail>(shown.items.iter().filter(|item| !item.decided).count())
    };
    let referred = save_about(house, one, id, (Decision::Refer, 0..2)).await?;
    assert_eq!(stands().await?, Queued::AwaitsApproval);
    approve(house, one, referred).await?;
    assert_eq!((stands().await?, open_items().await?), (Queued::Open, 2), "two were named by nobody");
    save_about(house, one, id, (Decision::NotTerrorist, 2..3)).await?;
    assert_eq!((stands().await?, open_items().await?), (Queued::Open, 1));
    // A decision that names none is about all that is left.
    save_about(house, one, id, (Decision::NotTerrorist, 0..0)).await?;
    assert_eq!((stands().await?, open_items().await?), (Queued::Decided, 0));
    // What joins later is a question of its own: nothing that was decided comes back with it.
    copies(house, one, LAMP, 4..5).await?;
    assert_eq!((stands().await?, open_items().await?), (Queued::Open, 1));
    let referred = save_about(house, one, id, (Decision::Refer, 4..5)).await?;
    approve(house, one, referred).await?;
    assert_eq!((stands().await?, open_items().await?), (Queued::Decided, 0));
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn the_queue_knows_the_hosts_that_the_pre_flight_protects() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..2).await?;
    let stored = store::cluster::get(&house.db, queue(&house.db, one).await?[0].id).await?.ok_or("gone")?;
    let protected = async || {
        let shown = app::view::cluster::cluster(house, &one.analyst, &stored).await?;
        Ok::<_, Fail>(shown.items.iter().filter(|item| item.protected).count())
    };
    assert_eq!(protected().await?, 0);
    let mut tx = house.db.write(store::Lane::Person).await?;
    store::provider::protect(&mut tx, one.id(), HOST, Some(domain::preflight::Protected::Library)).await?;
    tx.commit().await?;
    assert_eq!(protected().await?, 2);
    Ok(())
}

#[tokio::test]
async fn an_author_who_thinks_again_declines_all() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..3).await?;
    let id = queue(&house.db, one).await?[0].id;
    let first = save_about(house, one, id, (Decision::Refer, 0..2)).await?;
    let second = save_about(house, one, id, (Decision::NotTerrorist, 0..0)).await?;
    assert_eq!(first, second);
    assert_eq!(store::assessment::items(&house.db, second).await?.len(), 3);
    let stored = store::cluster::get(&house.db, id).await?.ok_or("gone")?;
    assert_eq!(stored.state, Queued::Decided);
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn split_makes_work_in_progress_void() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..4).await?;
    let id = queue(&house.db, one).await?[0].id;
    let assessment = house::assess(house, one, id).await?;
    let members = store::cluster::members(&house.db, id, 10).await?;
    let (cluster, version) = open(house, one, id).await?;
    let stale = clusters::split(house, &cluster, version - 1, &[members[1].subject_id]).await;
    assert!(matches!(stale, Err(app::Error::Refused(refusal)) if refusal.code == "conflict"));
    let all: Vec<_> = members.iter().map(|member| member.subject_id).collect();
    assert!(clusters::split(house, &cluster, version, &all).await.is_err(), "one must stay");
    let split = clusters::split(house, &cluster, version, &[members[1].subject_id]).await?;
    assert_eq!(split.void, [assessment]);
    assert!(split.sent.is_empty());
    let stored = store::assessment::get(&house.db, assessment).await?.ok_or("gone")?;
    assert_eq!(stored.state, State::Void);
    assert!(approve(house, one, assessment).await.is_err(), "a void assessment is not approved");
    let old = store::cluster::get(&house.db, id).await?.ok_or("gone")?;
    let new = store::cluster::get(&house.db, split.new).await?.ok_or("gone")?;
    assert_eq!((old.members, old.state, new.members, new.state), (3, Queued::Open, 1, Queued::Open));
    assert_eq!(store::cluster::members(&house.db, new.id, 2).await?[0].evidence, Evidence::ByHand);
    // Seen again, it stays where the person put it; a new copy goes where the content stayed.
    let last = store::past::newest(&house.db).await?;
    app::recognise::run(house, one.id(), 1, last).await?;
    copies(house, one, LAMP, 7..8).await?;
    let count = async |id| Ok::<_, app::Error>(store::cluster::members(&house.db, id, 10).await?.len());
    assert_eq!((count(id).await?, count(new.id).await?), (4, 1));
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn split_takes_the_representative_with_its_content() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..1).await?;
    copies(house, one, DOOR, 1..2).await?;
    let both = queue(&house.db, one).await?;
    let (lamp, door) = (open(house, one, both[0].id).await?, open(house, one, both[1].id).await?);
    let merged = clusters::merge(house, (&lamp.0, lamp.1), (&door.0, door.1)).await?;
    let members = store::cluster::members(&house.db, merged.into, 10).await?;
    let (cluster, version) = open(house, one, merged.into).await?;
    let split = clusters::split(house, &cluster, version, &[members[0].subject_id]).await?;
    copies(house, one, LAMP, 2..4).await?;
    copies(house, one, DOOR, 4..7).await?;
    let count = async |id| Ok::<_, app::Error>(store::cluster::members(&house.db, id, 10).await?.len());
    let mut sizes = [count(merged.into).await?, count(split.new).await?];
    sizes.sort_unstable();
    assert_eq!(sizes, [3, 4], "each content has its own cluster again");
    assert_eq!(queue(&house.db, one).await?.len(), 2);
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn split_and_merge_list_what_was_sent() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    copies(house, one, LAMP, 0..2).await?;
    copies(house, one, DOOR, 2..4).await?;
    let both = queue(&house.db, one).await?;
    let first = house::assess(house, one, both[0].id).await?;
    let sent = approve(house, one, first).await?;
    let (cluster, version) = open(house, one, both[0].id).await?;
    let members = store::cluster::members(&house.db, both[0].id, 10).await?;
    let split = clusters::split(house, &cluster, version, &[members[0].subject_id]).await?;
    assert_eq!(split.sent.len(), 1);
    assert_eq!(split.sent[0].assessment, first);
    assert_eq!(split.sent[0].referrals.iter().map(|(id, _)| *id).collect::<Vec<_>>(), sent);
    assert!(split.void.is_empty(), "what was approved stays; people look at it");
    // Another finding on the other content.
    let id = both[1].id;
    let mut other = draft(house, id).await?;
    if let Some(content) = &mut other.content {
        content.statements.values_mut().for_each(|statement| statement.push_str(" It is another one."));
    }
    let (cluster, version) = open(house, one, id).await?;
    app::assess::open(house, &cluster).await?;
    let second = app::assess::save(house, &cluster, version, other).await?.id;
    approve(house, one, second).await?;
    let (old, new) = (open(house, one, both[0].id).await?, open(house, one, id).await?);
    let merged = clusters::merge(house, (&new.0, new.1), (&old.0, old.1)).await?;
    assert_eq!((merged.into, merged.from), (both[0].id.min(id), both[0].id.max(id)), "the older one stays");
    assert_eq!(merged.differ.len(), 2);
    assert_eq!(merged.sent.len(), 2);
    let stays = store::cluster::get(&house.db, merged.into).await?.ok_or("gone")?;
    assert_eq!((stays.members, stays.state), (3, Queued::Open), "different findings are looked at");
    let goes = store::cluster::get(&house.db, merged.from).await?.ok_or("gone")?;
    assert_eq!(goes.merged_into, Some(merged.into));
    copies(house, one, DOOR, 8..9).await?;
    assert_eq!(
        store::cluster::members(&house.db, merged.into, 10).await?.len(),
        4,
        "the redirect is followed"
    );
    let again = open(house, one, merged.from).await?;
    assert!(
        clusters::merge(house, (&open(house, one, merged.into).await?.0, 1), (&again.0, again.1))
            .await
            .is_err()
    );
    sound(house).await;
    Ok(())
}
