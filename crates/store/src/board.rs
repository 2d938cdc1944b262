//! What a chunk of observations does to clusters, read and written together: a few statements a transaction (D23, D25).

use crate::db::Tx;
use crate::value::{IN_MAX, list};
use crate::{Result, Value, params};
use domain::assessment::Urgency;
use domain::cluster::{Evidence, Queued};
use domain::id::{AgencyId, AssessmentId, ClusterId};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows of one update.
const UPDATE_MAX: usize = 250;

/// Rows of parameters: `($1, $2), ($3, $4)`.
fn rows_of(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| format!("({})", list(columns, row * columns + 1))).collect::<Vec<_>>().join(", ")
}

/// The clusters that values belong to; redirects of merges are followed once.
pub async fn of_keys(
    tx: &mut Tx,
    space: AgencyId,
    keys: &[(&str, Vec<u8>)],
) -> Result<HashMap<(String, Vec<u8>), ClusterId>> {
    let mut by_kind: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    for (kind, value) in keys {
        by_kind.entry(kind).or_default().push(value);
    }
    let mut found = HashMap::new();
    for (kind, values) in by_kind {
        for chunk in values.chunks(IN_MAX) {
            let sql = format!(
                "SELECT k.value, COALESCE(c.merged_into, c.id) AS id FROM cluster_key k JOIN cluster c ON c.id = k.cluster
                 WHERE k.space = $1 AND k.kind = $2 AND k.value IN ({})",
                list(chunk.len(), 3)
            );
            let mut given = params![space, kind];
            given.extend(chunk.iter().map(|value| Value::from(*value)));
            for row in tx.rows_of(sql, given).await? {
                found.insert((kind.to_owned(), row.bytes("value")?), row.id("id")?);
            }
        }
    }
    Ok(found)
}

/// In which clusters items are.
pub async fn memberships(tx: &mut Tx, subjects: &[i64]) -> Result<HashSet<(ClusterId, i64)>> {
    let mut found = HashSet::new();
    for chunk in subjects.chunks(IN_MAX) {
        let sql = format!(
            "SELECT cluster, subject FROM cluster_member WHERE subject IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            found.insert((row.id("cluster")?, row.int("subject")?));
        }
    }
    Ok(found)
}

/// What recognition needs of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: ClusterId,
    /// Where it stands.
    pub state: Queued,
    /// How soon.
    pub urgency: Urgency,
    /// The assessment that approved its finding.
    pub finding: Option<AssessmentId>,
    /// Whether it holds keys of content, and not of addresses alone.
    pub content: bool,
}

/// How clusters stand.
pub async fn standing(tx: &mut Tx, ids: &[ClusterId]) -> Result<Vec<Standing>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(IN_MAX) {
        let sql = format!(
            "SELECT c.id, c.state, c.urgency, c.finding_of,
             CASE WHEN EXISTS (SELECT 1 FROM cluster_key k WHERE k.cluster = c.id AND k.kind <> 'subject') THEN 1 ELSE 0 END AS content
             FROM cluster c WHERE c.id IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|id| Value::from(*id)).collect()).await? {
            found.push(Standing {
                id: row.id("id")?,
                state: row.word("state", Queued::from_word)?,
                urgency: row.word("urgency", Urgency::from_word)?,
                finding: row.maybe_id("finding_of")?,
                content: row.int("content")? == 1,
            });
        }
    }
    Ok(found)
}

/// A cluster that began in this chunk, with what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its id.
    pub id: ClusterId,
    /// Whose.
    pub space: AgencyId,
    /// Language of its first item.
    pub language: String,
    /// Kind of its first item.
    pub kind: String,
    /// Host of its first item.
    pub service: String,
    /// When.
    pub first_seen: Timestamp,
    /// Where it stands.
    pub state: Queued,
    /// How soon.
    pub urgency: Urgency,
    /// Items.
    pub members: u64,
    /// Live matches.
    pub matches: u64,
}

/// Stores new clusters, in their order.
pub async fn put(tx: &mut Tx, new: Vec<Begun>) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let first = tx.numbers("cluster", i64::try_from(new.len()).unwrap_or(i64::MAX)).await?;
    let rows = new
        .into_iter()
        .zip(first..)
        .map(|(new, number)| {
            params![
                new.id,
                new.space,
                number,
                new.state.word(),
                new.urgency.word(),
                domain::cluster::rank(new.urgency, new.matches, new.members),
                domain::cluster::reason(new.urgency, new.matches, new.members, false),
                i64::try_from(new.members).unwrap_or(i64::MAX),
                i64::try_from(new.matches).unwrap_or(i64::MAX),
                new.language,
                new.kind,
                new.service,
                1,
                new.first_seen
            ]
        })
        .collect();
    let columns = [
        "id",
        "space",
        "number",
        "state",
        "urgency",
        "rank",
        "reason",
        "members",
        "matches",
        "language",
        "kind",
        "service",
        "version",
        "first_seen",
    ];
    tx.insert("cluster", &columns, rows, "").await?;
    Ok(())
}

/// Ties values to clusters, unless they are tied already.
pub async fn tie(tx: &mut Tx, space: AgencyId, mut keys: Vec<(&str, Vec<u8>, ClusterId)>) -> Result<()> {
    if keys.iter().any(|(kind, ..)| *kind == crate::cluster::PICTURE) {
        crate::cluster::pictures_tied(tx, space).await?;
    }
    // In the order of the tree, so that each page is touched once.
    keys.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    let rows = keys.into_iter().map(|(kind, value, cluster)| params![space, kind, value, cluster]).collect();
    tx.insert("cluster_key", &["space", "kind", "value", "cluster"], rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
}

/// An item that joins a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// Which cluster.
    pub cluster: ClusterId,
    /// The item.
    pub subject: i64,
    /// The observation that brings it.
    pub observation: i64,
    /// Why, and bits of 256 from the representative.
    pub why: (Evidence, u32),
    /// How it was found, as JSON; empty when it is equal.
    pub how: String,
    /// It joins after its content was decided (D2).
    pub reappeared: bool,
}

/// Adds items to clusters.
pub async fn join(tx: &mut Tx, new: Vec<NewMember>, now: Timestamp) -> Result<()> {
    let rows = new
        .into_iter()
        .map(|new| {
            let (evidence, distance) = new.why;
            params![
                new.cluster,
                new.subject,
                new.observation,
                evidence.word(),
                distance,
                now,
                new.reappeared,
                new.how
            ]
        })
        .collect();
    let columns =
        ["cluster", "subject", "observation", "evidence", "distance", "joined_at", "reappeared", "how"];
    tx.insert("cluster_member", &columns, rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
}

/// An observation that was put into a cluster: key, `matched` or `submitted`, the cluster.
pub type Settled = (i64, &'static str, ClusterId);

/// Sets what observations are worth after recognition, and their clusters; they are not erased by time any more.
pub async fn settle(tx: &mut Tx, settled: &[Settled]) -> Result<()> {
    for chunk in settled.chunks(UPDATE_MAX) {
        let sql = format!(
            "WITH v(key, relevance, cluster) AS (VALUES {})
             UPDATE observation SET relevance = v.relevance, cluster = v.cluster, expires_at = NULL
             FROM v WHERE observation.key = v.key",
            rows_of(chunk.len(), 3)
        );
        let given = chunk.iter().flat_map(|(key, word, cluster)| params![*key, *word, *cluster]).collect();
        tx.run_of(sql, given).await?;
    }
    Ok(())
}

/// A cluster that was there before, as it stands now, and whether what came last came back (D2).
pub type Changed = (ClusterId, Queued, Urgency, bool);

/// Counts members and live matches of changed clusters again and sets state, urgency, rank and reason; the versions grow.
pub async fn refresh(tx: &mut Tx, changed: &[Changed]) -> Result<()> {
    for chunk in changed.chunks(UPDATE_MAX) {
        let sql = format!(
            "SELECT c.id, (SELECT COUNT(*) FROM cluster_member h WHERE h.cluster = c.id) AS members,
             (SELECT COUNT(*) FROM observation o JOIN match m ON m.observation = o.key
              WHERE o.cluster = c.id AND m.ended_at IS NULL) AS matches
             FROM cluster c WHERE c.id IN ({})",
            list(chunk.len(), 1)
        );
        let mut counts: HashMap<ClusterId, (u64, u64)> = HashMap::new();
        for row in tx.rows_of(sql, chunk.iter().map(|(id, ..)| Value::from(*id)).collect()).await? {
            counts.insert(row.id("id")?, (row.count("members")?, row.count("matches")?));
        }
        let mut given = Vec::with_capacity(chunk.len() * 7);
        for (id, state, urgency, reappeared) in chunk {
            let (members, matches) = counts.get(id).copied().unwrap_or_default();
            given.extend(params![
                *id,
                i64::try_from(members).unwrap_or(i64::MAX),
                i64::try_from(matches).unwrap_or(i64::MAX),
                state.word(),
                urgency.word(),
                domain::cluster::rank(*urgency, matches, members),
                domain::cluster::reason(*urgency, matches, members, *reappeared)
            ]);
        }
        let sql = format!(
            "WITH v(id, members, matches, state, urgency, rank, reason) AS (VALUES {})
             UPDATE cluster SET members = v.members, matches = v.matches, state = v.state, urgency = v.urgency,
             rank = v.rank, reason = v.reason, version = cluster.version + 1 FROM v WHERE cluster.id = v.id",
            rows_of(chunk.len(), 7)
        );
        tx.run_of(sql, given).await?;
    }
    Ok(())
}
