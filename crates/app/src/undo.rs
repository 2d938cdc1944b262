//! Undo: a person takes back their own last word about a cluster while nobody else built on it (console: `z`).
//!
//! In: the cluster. Out: the decision is withdrawn, or the cluster is no longer put off, and it waits in the queue again.
//! What another person read or confirmed is not undone here: an approval is taken back by a withdrawal.

use crate::{Act, House, Result};
use domain::Refusal;
use domain::access::{Authorised, right};
use domain::assessment::{Event, State, next};
use domain::cluster::Queued;
use domain::event::Noun;
use serde_json::json;
use store::cluster::Cluster;

/// Takes it back.
pub async fn run(house: &House, cluster: &Authorised<Cluster, right::Assess>) -> Result<()> {
    let actor = cluster.actor();
    let mut act = Act::of(house, actor, cluster.get().space).await?;
    let stored =
        store::cluster::get_in(&mut act.tx, cluster.get().id).await?.ok_or_else(domain::access::not_here)?;
    if stored.state == Queued::Deferred {
        store::cluster::set_state(&mut act.tx, stored.id, Queued::Open).await?;
        act.append(Noun::Cluster, stored.id.0, "reopened", json!({})).await?;
    } else {
        let newest = act
            .tx
            .maybe(
                "SELECT id FROM assessment WHERE cluster = $1 ORDER BY made_at DESC, id DESC LIMIT 1",
                store::params![stored.id],
            )
            .await?
            .ok_or_else(domain::access::not_here)?;
        let found = store::assessment::get_in(&mut act.tx, newest.id("id")?)
            .await?
            .ok_or_else(domain::access::not_here)?;
        let alone = matches!(found.state, State::Assessed | State::AwaitsReader | State::Declined)
            && found.reader.is_none();
        if found.author != actor.person || !alone {
            return Err(Refusal::new(
                "console: undo",
                "undo_over",
                "Only your own last decision can be undone, and only while nobody else has read or confirmed it.",
            )
            .into());
        }
        let state = next(Some(found.state), Event::Withdrawn)?;
        let now = act.now;
        store::assessment::set_state(&mut act.tx, found.id, state, None, None, now).await?;
        store::cluster::set_state(&mut act.tx, stored.id, Queued::Open).await?;
        act.append(Noun::Assessment, found.id.0, Event::Withdrawn.word(), json!({ "undone": true })).await?;
    }
    act.commit().await?;
    house.tell(stored.space);
    Ok(())
}
