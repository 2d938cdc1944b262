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
    let ids: Vec<ClusterId> = lost.keys().copied().collect();
    let empty = store::cluster::recount(&mut act.tx, &ids, Queued::Left).await?;
    for (id, subjects) in lost.iter().filter(|(_, subjects)| !subjects.is_empty()) {
        let subjects: Vec<String> = subjects.iter().map(ToString::to_string).collect();
        let facts = json!({ "subjects": subjects, "empty": empty.contains(id) });
        act.append(Noun::Cluster, id.0, "left", facts).await?;
    }
    Ok(ids)
}
