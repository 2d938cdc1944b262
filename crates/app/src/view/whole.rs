//! What a channel or account rests on, for the people who decide about it (D1).

use crate::{House, Result, whole};
use domain::assessment::{ContentFinding, Draft, Kind};
use domain::id::AssessmentId;
use jiff::Timestamp;
use serde::Serialize;
use store::cluster::Cluster;

/// A channel or account that waits to be assessed.
#[derive(Debug, Clone, Serialize)]
pub struct Whole {
    /// The address of its page: as its author wrote it, else as most services form it.
    pub address: String,
    /// How many assessments must be cited.
    pub least: usize,
    /// Approved assessments of content on it, newest first.
    pub grounds: Vec<Ground>,
    /// Why all of it, as its author wrote it; empty before.
    pub proportionality: String,
    /// What the grounds propose to say of it.
    pub proposed: Option<ContentFinding>,
}

/// An assessment of content on it.
#[derive(Debug, Clone, Serialize)]
pub struct Ground {
    /// Which.
    pub assessment: AssessmentId,
    /// Its content, as people number it.
    pub number: i64,
    /// The address of an item of it that stands there.
    pub url: String,
    /// Kinds that were found, each with its statement.
    pub found: Vec<(Kind, String)>,
    /// When it was saved first.
    pub made_at: Timestamp,
    /// The draft cites it.
    pub cited: bool,
}

fn shown(ground: whole::Ground, cited: bool) -> Ground {
    Ground {
        assessment: ground.assessment,
        number: ground.number,
        url: ground.url,
        found: ground.content.statements.into_iter().collect(),
        made_at: ground.made_at,
        cited,
    }
}

/// What the one channel or account of a cluster rests on; nothing for items.
pub(super) async fn of_cluster(
    house: &House,
    cluster: &Cluster,
    draft: Option<&Draft>,
) -> Result<Option<Whole>> {
    if whole::kind_of(cluster).is_none() {
        return Ok(None);
    }
    let subject = whole::of_cluster(house, cluster).await?;
    let written = draft.and_then(|draft| draft.whole.as_ref());
    let grounds = whole::grounds(house, subject.key).await?;
    let proposed = whole::proposed(&grounds);
    let key = subject.address.unwrap_or_default();
    // All that stand are proposed; a draft that came back says which.
    let cites = |id: AssessmentId| written.is_none_or(|whole| whole.grounds.contains(&id));
    Ok(Some(Whole {
        address: written.map_or_else(|| whole::proposed_address(&key), |whole| whole.address.clone()),
        least: whole::least(house, cluster.space).await?,
        grounds: grounds
            .into_iter()
            .map(|ground| (cites(ground.assessment), ground))
            .map(|(cited, ground)| shown(ground, cited))
            .collect(),
        proportionality: written.map(|whole| whole.proportionality.clone()).unwrap_or_default(),
        proposed,
    }))
}

/// What an assessment of a channel or account cites, also what was withdrawn since.
pub(super) async fn cited(house: &House, subject: i64, draft: &Draft) -> Result<Vec<Ground>> {
    Ok(whole::cited(house, subject, draft).await?.into_iter().map(|ground| shown(ground, true)).collect())
}
