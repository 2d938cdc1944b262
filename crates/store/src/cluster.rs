//! Clusters, their keys, members, and the queue.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, Row, Value, params};
use domain::assessment::Urgency;
use domain::cluster::{Evidence, Lease, Queued};
use domain::id::{AgencyId, AssessmentId, ClusterId, SubjectId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A cluster as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its id.
    pub id: ClusterId,
    /// Whose.
    pub space: AgencyId,
    /// Short number for people.
    pub number: i64,
    /// Where it stands.
    pub state: Queued,
    /// How soon.
    pub urgency: Urgency,
    /// Why it has its place: a key of the interface's words.
    pub reason: String,
    /// Items.
    pub members: u64,
    /// Live matches.
    pub matches: u64,
    /// Language of its first item.
    pub language: String,
    /// Kind of its first item.
    pub kind: String,
    /// Host of its first item.
    pub service: String,
    /// Grows with each change.
    pub version: i64,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// Who has it open.
    pub lease: Option<Lease>,
    /// Redirect after a merge.
    pub merged_into: Option<ClusterId>,
    /// Document of the approved ContentFinding, and the assessment that approved it.
    pub finding: Option<(i64, AssessmentId)>,
}

const COLUMNS: &str =
    "SELECT id, space, number, state, urgency, reason, members, matches, language, kind, service, version,
    first_seen, lease_person, lease_until, merged_into, finding, finding_of FROM cluster";

fn cluster(row: &Row) -> Result<Cluster> {
    let lease = match (row.maybe_id("lease_person")?, row.maybe_time("lease_until")?) {
        (Some(person), Some(until)) => Some(Lease { person, until }),
        _ => None,
    };
    let finding = match (row.maybe_int("finding")?, row.maybe_id("finding_of")?) {
        (Some(document), Some(of)) => Some((document, of)),
        _ => None,
    };
    Ok(Cluster {
        id: row.id("id")?,
        space: row.id("space")?,
        number: row.int("number")?,
        state: row.word("state", Queued::from_word)?,
        urgency: row.word("urgency", Urgency::from_word)?,
        reason: row.text("reason")?,
        members: row.count("members")?,
        matches: row.count("matches")?,
        language: row.text("language")?,
        kind: row.text("kind")?,
        service: row.text("service")?,
        version: row.int("version")?,
        first_seen: row.time("first_seen")?,
        lease,
        merged_into: row.maybe_id("merged_into")?,
        finding,
    })
}

/// One cluster.
pub async fn get(db: &Db, id: ClusterId) -> Result<Option<Cluster>> {
    db.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(cluster).transpose()
}

/// One cluster inside a transaction.
pub async fn get_in(tx: &mut Tx, id: ClusterId) -> Result<Option<Cluster>> {
    tx.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(cluster).transpose()
}

/// The queue of some spaces in a state, in its order.
pub async fn queue(db: &Db, spaces: &[AgencyId], state: Queued, limit: i64) -> Result<Vec<Cluster>> {
    let mut values = params![state.word(), limit];
    values.extend(spaces.iter().map(|space| Value::from(*space)));
    db.rows_of(
        format!(
            "{COLUMNS} WHERE state = $1 AND merged_into IS NULL AND space IN ({}) ORDER BY rank, first_seen, id LIMIT $2",
            list(spaces.len(), 3)
        ),
        values,
    )
    .await?
    .iter()
    .map(cluster)
    .collect()
}

/// Longest part that is looked for, in characters; a longer one is cut.
const PART_MAX_CHARS: usize = 200;

/// What waits or was put off in some spaces, of which the number, the language, the kind, or the service of an item holds
/// `part`, or whose language is one of some; what waits first, in its order.
pub async fn find(
    db: &Db,
    spaces: &[AgencyId],
    (part, languages): (&str, &[&str]),
    limit: i64,
) -> Result<Vec<Cluster>> {
    let part: String = part.chars().take(PART_MAX_CHARS).collect();
    let part = part.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let mut values = params![Queued::Open.word(), Queued::Deferred.word(), format!("%{part}%"), limit];
    values.extend(spaces.iter().map(|space| Value::from(*space)));
    values.extend(languages.iter().map(|language| Value::from(*language)));
    let named = match languages.len() {
        0 => String::new(),
        count => format!("language IN ({}) OR ", list(count, 5 + spaces.len())),
    };
    db.rows_of(
        format!(
            "{COLUMNS} WHERE state IN ($1, $2) AND merged_into IS NULL AND space IN ({})
             AND ({named}LOWER(language) LIKE $3 ESCAPE '!' OR LOWER(kind) LIKE $3 ESCAPE '!'
               OR 'c-' || CAST(number AS TEXT) LIKE $3 ESCAPE '!'
               OR EXISTS (SELECT 1 FROM cluster_member m JOIN subject s ON s.key = m.subject
                 WHERE m.cluster = cluster.id AND s.service LIKE $3 ESCAPE '!'))
             ORDER BY CASE state WHEN $1 THEN 0 ELSE 1 END, rank, first_seen, id LIMIT $4",
            list(spaces.len(), 5)
        ),
        values,
    )
    .await?
    .iter()
    .map(cluster)
    .collect()
}

/// Items of each of these clusters that were not approved or declined, and on how many services they stand.
pub async fn open_items(db: &Db, ids: &[ClusterId]) -> Result<BTreeMap<ClusterId, (u64, u64)>> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(IN_MAX) {
        let sql = format!(
            "SELECT m.cluster, COUNT(*) AS n, COUNT(DISTINCT s.service) AS services
             FROM cluster_member m JOIN subject s ON s.key = m.subject
             WHERE m.cluster IN ({}) AND NOT EXISTS (SELECT 1 FROM assessment_item i JOIN assessment a ON a.id = i.assessment
               WHERE i.subject = m.subject AND a.state IN ('approved', 'declined'))
             GROUP BY m.cluster",
            list(chunk.len(), 1)
        );
        for row in db.rows_of(sql, chunk.iter().map(|id| Value::from(*id)).collect()).await? {
            found.insert(row.id("cluster")?, (row.count("n")?, row.count("services")?));
        }
    }
    Ok(found)
}

/// How many clusters of some spaces are in a state.
pub async fn count(db: &Db, spaces: &[AgencyId], state: Queued) -> Result<u64> {
    let mut values = params![state.word()];
    values.extend(spaces.iter().map(|space| Value::from(*space)));
    let sql = format!(
        "SELECT COUNT(*) AS n FROM cluster WHERE state = $1 AND merged_into IS NULL AND space IN ({})",
        list(spaces.len(), 2)
    );
    db.rows_of(sql, values).await?.first().map_or(Ok(0), |row| row.count("n"))
}

/// Clusters of a space, and items in them, in whatever state.
pub async fn totals(db: &Db, space: AgencyId) -> Result<(u64, u64)> {
    let row = db
        .one(
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(members), 0) AS BIGINT) AS items FROM cluster
             WHERE space = $1 AND merged_into IS NULL",
            params![space],
        )
        .await?;
    Ok((row.count("n")?, row.count("items")?))
}

/// A new cluster.
pub struct NewCluster<'a> {
    /// Its id.
    pub id: ClusterId,
    /// Whose.
    pub space: AgencyId,
    /// Language of its first item.
    pub language: &'a str,
    /// Kind of its first item.
    pub kind: &'a str,
    /// Host of its first item.
    pub service: &'a str,
    /// When.
    pub first_seen: Timestamp,
}

/// Stores a new, empty cluster.
pub async fn put(tx: &mut Tx, new: NewCluster<'_>) -> Result<()> {
    let number = tx.numbers("cluster", 1).await?;
    tx.run(
        "INSERT INTO cluster (id, space, number, state, urgency, rank, reason, members, matches, language, kind, service,
         version, first_seen) VALUES ($1, $2, $3, 'open', 'normal', 0, 'queue-reason-submitted', 0, 0, $4, $5, $6, 1, $7)",
        params![new.id, new.space, number, new.language, new.kind, new.service, new.first_seen],
    )
    .await?;
    Ok(())
}

/// Ties a value to a cluster, unless it is tied already.
pub async fn tie(tx: &mut Tx, space: AgencyId, kind: &str, value: &[u8], to: ClusterId) -> Result<()> {
    crate::board::tie(tx, space, vec![(kind, value.to_vec(), to)]).await
}

/// The key of pictures of representatives.
pub const PICTURE: &str = "pdq";

/// PDQ hashes of representatives of a space.
pub async fn representatives(db: &Db, space: AgencyId) -> Result<Vec<Vec<u8>>> {
    db.rows("SELECT value FROM cluster_key WHERE space = $1 AND kind = 'pdq' ORDER BY value", params![space])
        .await?
        .iter()
        .map(|row| row.bytes("value"))
        .collect()
}

const GENERATION: &str = "SELECT next FROM counter WHERE name = $1";

fn generation_of(space: AgencyId) -> String {
    format!("representatives {space}")
}

/// A number that rises with each tying of pictures in a space: who holds them compares it.
pub async fn generation(db: &Db, space: AgencyId) -> Result<i64> {
    let row = db.maybe(GENERATION, params![generation_of(space)]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

/// The same as it will be when the transaction is committed.
pub async fn generation_in(tx: &mut Tx, space: AgencyId) -> Result<i64> {
    let row = tx.maybe(GENERATION, params![generation_of(space)]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

/// Notes in the transaction that pictures were tied.
pub(crate) async fn pictures_tied(tx: &mut Tx, space: AgencyId) -> Result<()> {
    tx.run(
        "INSERT INTO counter (name, next) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1",
        params![generation_of(space)],
    )
    .await?;
    Ok(())
}

/// The language in which an item was first put into a cluster; reports name it so for ever.
pub async fn first_language(tx: &mut Tx, subject: i64) -> Result<Option<String>> {
    tx.maybe(
        "SELECT o.language FROM cluster_member m JOIN observation o ON o.key = m.observation
         WHERE m.subject = $1 ORDER BY m.joined_at, m.observation LIMIT 1",
        params![subject],
    )
    .await?
    .map(|row| row.text("language"))
    .transpose()
}

/// Removes an item by hand.
pub async fn leave(tx: &mut Tx, from: ClusterId, subject: i64) -> Result<bool> {
    let gone = tx
        .run("DELETE FROM cluster_member WHERE cluster = $1 AND subject = $2", params![from, subject])
        .await?;
    Ok(gone == 1)
}

/// Moves an item by hand, with what was observed of it.
pub async fn move_member(
    tx: &mut Tx,
    (from, to): (ClusterId, ClusterId),
    subject: i64,
    now: Timestamp,
) -> Result<()> {
    tx.run(
        "UPDATE cluster_member SET cluster = $2, evidence = $4, distance = 0, how = '', joined_at = $5
         WHERE cluster = $1 AND subject = $3",
        params![from, to, subject, Evidence::ByHand.word(), now],
    )
    .await?;
    tx.run(
        "UPDATE observation SET cluster = $2 WHERE cluster = $1 AND subject = $3",
        params![from, to, subject],
    )
    .await?;
    Ok(())
}

/// Ties a value to another cluster, if it was tied to the first.
pub async fn retie(tx: &mut Tx, kind: &str, value: &[u8], (from, to): (ClusterId, ClusterId)) -> Result<()> {
    tx.run(
        "UPDATE cluster_key SET cluster = $2 WHERE cluster = $1 AND kind = $3 AND value = $4",
        params![from, to, kind, value],
    )
    .await?;
    Ok(())
}

/// The cluster of a subject.
pub async fn of_subject(db: &Db, subject: i64) -> Result<Option<ClusterId>> {
    db.maybe(
        "SELECT COALESCE(c.merged_into, c.id) AS id FROM cluster_member m JOIN cluster c ON c.id = m.cluster WHERE m.subject = $1",
        params![subject],
    )
    .await?
    .map(|row| row.id("id"))
    .transpose()
}

/// A member as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The item.
    pub subject: i64,
    /// Its id.
    pub subject_id: SubjectId,
    /// Its host.
    pub service: String,
    /// The observation that brought it.
    pub observation: i64,
    /// Why it is a member.
    pub evidence: Evidence,
    /// Bits of 256 from the representative.
    pub distance: i64,
    /// How it was found, as JSON; empty when it is equal.
    pub how: String,
    /// When it joined.
    pub joined_at: Timestamp,
}

/// Members, oldest first.
pub async fn members(db: &Db, of: ClusterId, limit: i64) -> Result<Vec<Member>> {
    db.rows(
        "SELECT m.subject, s.id, s.service, m.observation, m.evidence, m.distance, m.how, m.joined_at FROM cluster_member m
         JOIN subject s ON s.key = m.subject WHERE m.cluster = $1 ORDER BY m.joined_at, m.subject LIMIT $2",
        params![of, limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Member {
            subject: row.int("subject")?,
            subject_id: row.id("id")?,
            service: row.text("service")?,
            observation: row.int("observation")?,
            evidence: row.word("evidence", Evidence::from_word)?,
            distance: row.int("distance")?,
            how: row.text("how")?,
            joined_at: row.time("joined_at")?,
        })
    })
    .collect()
}

/// Counts members and live matches again and sets state, urgency, rank and reason; the version grows.
pub async fn refresh(
    tx: &mut Tx,
    id: ClusterId,
    state: Queued,
    urgency: Urgency,
    reappeared: bool,
) -> Result<()> {
    let row = tx
        .one(
            "SELECT (SELECT COUNT(*) FROM cluster_member WHERE cluster = $1) AS members,
             (SELECT COUNT(*) FROM match m JOIN observation o ON o.key = m.observation
              WHERE o.cluster = $1 AND m.ended_at IS NULL) AS matches",
            params![id],
        )
        .await?;
    let (members, matches) = (row.count("members")?, row.count("matches")?);
    tx.run(
        "UPDATE cluster SET members = $2, matches = $3, state = $4, urgency = $5, rank = $6, reason = $7, version = version + 1
         WHERE id = $1",
        params![
            id,
            row.int("members")?,
            row.int("matches")?,
            state.word(),
            urgency.word(),
            domain::cluster::rank(urgency, matches, members),
            domain::cluster::reason(urgency, matches, members, reappeared)
        ],
    )
    .await?;
    Ok(())
}

/// Clusters counted again in one go.
const RECOUNT_MAX: usize = 500;

/// Counts members and live matches of many clusters again; those without members come to stand at `empty`. Gives
/// which are empty.
pub async fn recount(tx: &mut Tx, ids: &[ClusterId], empty: Queued) -> Result<BTreeSet<ClusterId>> {
    let mut emptied = BTreeSet::new();
    for chunk in ids.chunks(RECOUNT_MAX) {
        let sql = format!(
            "SELECT c.id, c.state, c.urgency, c.reason,
             (SELECT COUNT(*) FROM cluster_member h WHERE h.cluster = c.id) AS members,
             (SELECT COUNT(*) FROM observation o JOIN match m ON m.observation = o.key
              WHERE o.cluster = c.id AND m.ended_at IS NULL) AS matches
             FROM cluster c WHERE c.id IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|id| Value::from(*id)).collect()).await? {
            let id: ClusterId = row.id("id")?;
            let (members, matches) = (row.count("members")?, row.count("matches")?);
            let urgency = row.word("urgency", Urgency::from_word)?;
            let reappeared = row.text("reason")? == domain::cluster::reason(Urgency::Normal, 0, 0, true);
            let mut state = row.word("state", Queued::from_word)?;
            if members == 0 {
                state = empty;
                emptied.insert(id);
            }
            tx.run(
                "UPDATE cluster SET members = $2, matches = $3, state = $4, rank = $5, reason = $6, version = version + 1
                 WHERE id = $1",
                params![
                    id,
                    row.int("members")?,
                    row.int("matches")?,
                    state.word(),
                    domain::cluster::rank(urgency, matches, members),
                    domain::cluster::reason(urgency, matches, members, reappeared)
                ],
            )
            .await?;
        }
    }
    Ok(emptied)
}

/// Sets where a cluster stands.
pub async fn set_state(tx: &mut Tx, id: ClusterId, state: Queued) -> Result<()> {
    tx.run("UPDATE cluster SET state = $2, version = version + 1 WHERE id = $1", params![id, state.word()])
        .await?;
    Ok(())
}

/// Sets or clears the lease; the version stays, because nothing was decided.
pub async fn set_lease(tx: &mut Tx, id: ClusterId, lease: Option<Lease>) -> Result<()> {
    tx.run(
        "UPDATE cluster SET lease_person = $2, lease_until = $3 WHERE id = $1",
        params![id, lease.map(|lease| lease.person), lease.map(|lease| lease.until)],
    )
    .await?;
    Ok(())
}

/// Keeps the approved content finding: new members inherit it as a proposal (D2).
pub async fn set_finding(tx: &mut Tx, id: ClusterId, document: i64, of: AssessmentId) -> Result<()> {
    tx.run("UPDATE cluster SET finding = $2, finding_of = $3 WHERE id = $1", params![id, document, of])
        .await?;
    Ok(())
}

/// Joins one cluster to an older one and leaves a redirect (D25).
pub async fn merge(tx: &mut Tx, from: ClusterId, into: ClusterId) -> Result<()> {
    tx.run(
        "INSERT INTO cluster_member (cluster, subject, observation, evidence, distance, joined_at, reappeared)
         SELECT $2, subject, observation, evidence, distance, joined_at, reappeared FROM cluster_member WHERE cluster = $1
         ON CONFLICT DO NOTHING",
        params![from, into],
    )
    .await?;
    tx.run("DELETE FROM cluster_member WHERE cluster = $1", params![from]).await?;
    tx.run("UPDATE observation SET cluster = $2 WHERE cluster = $1", params![from, into]).await?;
    tx.run("UPDATE cluster_key SET cluster = $2 WHERE cluster = $1", params![from, into]).await?;
    tx.run(
        "UPDATE cluster SET merged_into = $2, version = version + 1 WHERE id = $1 OR merged_into = $1",
        params![from, into],
    )
    .await?;
    Ok(())
}
