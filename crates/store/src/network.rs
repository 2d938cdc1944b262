//! What is needed of the dissemination network of assessed content: who posted, and what that names.

use crate::db::Db;
use crate::subject::{SUBJECTS, Subject, subject};
use crate::value::{IN_MAX, list};
use crate::{Result, Value, params};
use domain::assessment::{Decision, State};
use domain::hold::{HoldAnswer, HoldState};
use domain::id::{AgencyId, ClusterId, PersonId, ReferralId};
use domain::referral::Answer;
use domain::subject::EdgeKind;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// One time that assessed content was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The observation.
    pub observation: i64,
    /// Which content.
    pub cluster: ClusterId,
    /// Which item.
    pub item: i64,
    /// Who posted it: the subject's key.
    pub account: Option<i64>,
    /// The source's time, else ours.
    pub at: Timestamp,
}

/// An account or channel that such an observation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The observation.
    pub observation: i64,
    /// How.
    pub kind: EdgeKind,
    /// Who: the subject's key.
    pub subject: i64,
}

/// An account that somebody keeps for an investigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFor {
    /// The digest that agencies of this machine share for the subject.
    pub digest: [u8; 32],
    /// Whose hold it is.
    pub agency: AgencyId,
    /// Who placed it.
    pub placed_by: PersonId,
}

/// Content of a space that an approved assessment refers, newest first, at most `limit`: the only content whose network
/// is read.
pub async fn clusters(db: &Db, space: AgencyId, limit: i64) -> Result<Vec<ClusterId>> {
    db.rows(
        "SELECT c.id FROM cluster c JOIN assessment a ON a.id = c.finding_of
         WHERE c.space = $1 AND c.merged_into IS NULL AND c.finding_of IS NOT NULL AND a.state = $2 AND a.decision = $3
         AND c.kind NOT IN ('account', 'channel')
         ORDER BY c.first_seen DESC, c.id LIMIT $4",
        params![space, State::Approved.word(), Decision::Refer.word(), limit],
    )
    .await?
    .iter()
    .map(|row| row.id("id"))
    .collect()
}

fn of(space: AgencyId, clusters: &[ClusterId], limit: i64) -> Vec<Value> {
    let mut values = params![space, limit];
    values.extend(clusters.iter().map(|cluster| Value::from(*cluster)));
    values
}

/// Observations of some clusters, in order of their keys, at most `limit`.
///
/// `CROSS JOIN` makes SQLite begin with the clusters; without statistics it reads every observation of the space for each
/// call (90,000 accounts: 7 s instead of 0.1 s, and 40 s instead of 1 s for [`named`]).
pub async fn posts(db: &Db, space: AgencyId, clusters: &[ClusterId], limit: i64) -> Result<Vec<Post>> {
    let sql = format!(
        "SELECT o.key, m.cluster, o.subject, o.account, COALESCE(o.posted_at, o.seen_at) AS at
         FROM cluster_member m CROSS JOIN observation o
         WHERE o.subject = m.subject AND o.space = $1 AND m.cluster IN ({}) ORDER BY o.key LIMIT $2",
        list(clusters.len(), 3)
    );
    db.rows_of(sql, of(space, clusters, limit))
        .await?
        .iter()
        .map(|row| {
            Ok(Post {
                observation: row.int("key")?,
                cluster: row.id("cluster")?,
                item: row.int("subject")?,
                account: row.maybe_int("account")?,
                at: row.time("at")?,
            })
        })
        .collect()
}

/// Items of some clusters that an approved assessment names to be referred, and that was not taken back since: the
/// inside keys of their subjects. What joined a cluster later, and nobody looked at, is none of them.
pub async fn approved(db: &Db, space: AgencyId, clusters: &[ClusterId]) -> Result<BTreeSet<i64>> {
    let sql = format!(
        "SELECT DISTINCT i.subject FROM cluster_member m JOIN assessment_item i ON i.subject = m.subject
         JOIN assessment a ON a.id = i.assessment AND a.space = $1 AND a.state = $2 AND a.decision = $3
         WHERE m.cluster IN ({}) AND NOT EXISTS (SELECT 1 FROM referral_item t
           JOIN referral r ON r.id = t.referral AND r.assessment = a.id
           JOIN event e ON e.noun = 'referral' AND e.of_id = r.id AND e.what = $4
           WHERE t.subject = i.subject)",
        list(clusters.len(), 5)
    );
    let taken_back = domain::referral::Event::Withdraw.word();
    let mut values = params![space, State::Approved.word(), Decision::Refer.word(), taken_back];
    values.extend(clusters.iter().map(|cluster| Value::from(*cluster)));
    db.rows_of(sql, values).await?.iter().map(|row| row.int("subject")).collect()
}

/// Letters of a space about some subjects: the subject's key, the letter, its reference.
pub async fn letters(db: &Db, space: AgencyId, subjects: &[i64]) -> Result<Vec<(i64, ReferralId, String)>> {
    let mut found = Vec::new();
    for chunk in subjects.chunks(IN_MAX) {
        let sql = format!(
            "SELECT i.subject, r.id, r.reference FROM referral_item i JOIN referral r ON r.id = i.referral
             WHERE r.space = $1 AND i.subject IN ({}) ORDER BY i.subject, r.made_at, r.id",
            list(chunk.len(), 2)
        );
        let mut values = params![space];
        values.extend(chunk.iter().map(|key| Value::from(*key)));
        for row in db.rows_of(sql, values).await? {
            found.push((row.int("subject")?, row.id("id")?, row.text("reference")?));
        }
    }
    Ok(found)
}

/// Channels, origins of forwards and mentions of the observations of some clusters, at most `limit`.
pub async fn named(db: &Db, space: AgencyId, clusters: &[ClusterId], limit: i64) -> Result<Vec<Named>> {
    let kinds = [EdgeKind::InChannel, EdgeKind::ForwardedFrom, EdgeKind::Mentions].map(EdgeKind::word);
    let sql = format!(
        "SELECT e.observation, e.kind, e.to_key
         FROM cluster_member m CROSS JOIN observation o CROSS JOIN edge e
         WHERE o.subject = m.subject AND o.space = $1 AND e.from_key = o.subject AND e.observation = o.key
         AND m.cluster IN ({}) AND e.kind IN ('{}') ORDER BY e.observation, e.kind, e.to_key LIMIT $2",
        list(clusters.len(), 3),
        kinds.join("','")
    );
    db.rows_of(sql, of(space, clusters, limit))
        .await?
        .iter()
        .map(|row| {
            Ok(Named {
                observation: row.int("observation")?,
                kind: row.word("kind", EdgeKind::from_word)?,
                subject: row.int("to_key")?,
            })
        })
        .collect()
}

/// Subjects by their keys, in the order of the keys.
pub async fn subjects(db: &Db, keys: &[i64]) -> Result<Vec<Subject>> {
    let mut found = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(IN_MAX) {
        let sql = format!("{SUBJECTS} WHERE s.key IN ({}) ORDER BY s.key", list(chunk.len(), 1));
        let values = chunk.iter().map(|key| Value::from(*key)).collect();
        for row in db.rows_of(sql, values).await? {
            found.push(subject(db, &row)?);
        }
    }
    Ok(found)
}

/// Whatever is kept for an investigation now, by any agency of this machine, at most `limit`.
pub async fn kept(db: &Db, limit: i64) -> Result<Vec<KeptFor>> {
    db.rows(
        "SELECT digest, agency, placed_by FROM hold WHERE answer = $1 AND state = $2 ORDER BY made_at, id LIMIT $3",
        params![HoldAnswer::InvestigativeHold.word(), HoldState::Active.word(), limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(KeptFor {
            digest: row.digest("digest")?,
            agency: row.id("agency")?,
            placed_by: row.id("placed_by")?,
        })
    })
    .collect()
}

/// An account or channel that was referred as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referred {
    /// The subject's key.
    pub subject: i64,
    /// When its letter was made.
    pub queued_at: Timestamp,
    /// When its provider gave a final answer, whatever it was.
    pub answered_at: Option<Timestamp>,
}

/// Those of the subjects that a letter of a space is about, each with its newest letter, in the order of their keys.
pub async fn referred(db: &Db, space: AgencyId, subjects: &[i64]) -> Result<Vec<Referred>> {
    let mut found = Vec::new();
    for chunk in subjects.chunks(IN_MAX) {
        let sql = format!(
            "SELECT i.subject, MAX(r.queued_at) AS queued_at, MAX(i.final_at) AS answered_at
             FROM referral_item i JOIN referral r ON r.id = i.referral
             WHERE i.subject IN ({}) AND r.space = $1 AND r.queued_at IS NOT NULL GROUP BY i.subject ORDER BY i.subject",
            list(chunk.len(), 2)
        );
        let mut values = params![space];
        values.extend(chunk.iter().map(|key| Value::from(*key)));
        for row in db.rows_of(sql, values).await? {
            found.push(Referred {
                subject: row.int("subject")?,
                queued_at: row.time("queued_at")?,
                answered_at: row.maybe_time("answered_at")?,
            });
        }
    }
    Ok(found)
}

/// Final answers about what a space referred, each with how often it was given.
pub async fn final_answers(db: &Db, space: AgencyId) -> Result<Vec<(Answer, u64)>> {
    db.rows(
        "SELECT i.answer, COUNT(*) AS n FROM referral r JOIN referral_item i ON i.referral = r.id
         WHERE r.space = $1 AND i.final_at IS NOT NULL AND i.answer IS NOT NULL GROUP BY i.answer ORDER BY i.answer",
        params![space],
    )
    .await?
    .iter()
    .map(|row| Ok((row.word("answer", Answer::from_word)?, row.count("n")?)))
    .collect()
}

/// What tells that the network is another one: the newest event of the space, and what one agency keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// The newest event of the space.
    pub newest: Option<Timestamp>,
    /// How much that agency keeps, and since when the newest; nothing for those who may not know of it.
    pub kept: (u64, Option<Timestamp>),
}

/// The mark of a space now, for those who may not know what is kept.
pub async fn mark(db: &Db, space: AgencyId) -> Result<Mark> {
    let newest = db.one("SELECT MAX(at) AS at FROM event WHERE space = $1", params![space]).await?;
    Ok(Mark { newest: newest.maybe_time("at")?, kept: (0, None) })
}

/// How much an agency keeps for an investigation now, and since when the newest.
pub async fn kept_by(db: &Db, agency: AgencyId) -> Result<(u64, Option<Timestamp>)> {
    let kept = db
        .one(
            "SELECT COUNT(*) AS n, MAX(made_at) AS at FROM hold WHERE agency = $1 AND answer = $2 AND state = $3",
            params![agency, HoldAnswer::InvestigativeHold.word(), HoldState::Active.word()],
        )
        .await?;
    Ok((kept.count("n")?, kept.maybe_time("at")?))
}
