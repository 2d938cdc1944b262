//! What leaves the queue: items that no signal holds there any more, that nobody submitted and nobody decided (D26).

use crate::{Act, Result};
use domain::cluster::Queued;
use domain::event::Noun;
use domain::id::ClusterId;
use serde_json::json;

/// Looks at observations whose matches changed; gives the clusters that lost an item.
pub(crate) async fn run(act: &mut Act, observations: &[i64]) -> Result<Vec<ClusterId>> {
    let unheld = store::past::unheld(&mut act.tx, observations).await?;
    let now = act.now;
    let lost = store::past::let_go(&mut act.tx, &unheld, now).await?;
    for (id, subjects) in &lost {
        let Some(cluster) = store::cluster::get_in(&mut act.tx, *id).await? else { continue };
        let empty = cluster.members <= subjects.len() as u64;
        let state = if empty { Queued::Left } else { cluster.state };
        store::cluster::refresh(&mut act.tx, *id, state, cluster.urgency, false).await?;
        if !subjects.is_empty() {
            let subjects: Vec<String> = subjects.iter().map(ToString::to_string).collect();
            act.append(Noun::Cluster, id.0, "left", json!({ "subjects": subjects, "empty": empty })).await?;
        }
    }
    Ok(lost.into_keys().collect())
}
