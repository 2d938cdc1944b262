//! Assessments and the items that they confirm; deconfliction answers.

use crate::db::{Db, Tx};
use crate::{Result, Row, params};
use domain::assessment::{Decision, State};
use domain::hold::{HoldAnswer, HoldState};
use domain::id::{AgencyId, AssessmentId, ClusterId, HoldId, PersonId, SubjectId};
use jiff::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// An assessment as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Its id.
    pub id: AssessmentId,
    /// Where.
    pub space: AgencyId,
    /// The author's agency.
    pub agency: AgencyId,
    /// About which content.
    pub cluster: ClusterId,
    /// Where it stands.
    pub state: State,
    /// What the author decided.
    pub decision: Decision,
    /// Who wrote it.
    pub author: PersonId,
    /// Under which log-in.
    pub author_login: Uuid,
    /// Second reader.
    pub reader: Option<PersonId>,
    /// Who confirmed it.
    pub approver: Option<PersonId>,
    /// The draft.
    pub document: i64,
    /// How many items.
    pub items: i64,
    /// Grows with each change.
    pub version: i64,
    /// First save.
    pub made_at: Timestamp,
}

const COLUMNS: &str =
    "SELECT id, space, agency, cluster, state, decision, author, author_login, reader, approver, document,
    items, version, made_at FROM assessment";

fn assessment(row: &Row) -> Result<Assessment> {
    Ok(Assessment {
        id: row.id("id")?,
        space: row.id("space")?,
        agency: row.id("agency")?,
        cluster: row.id("cluster")?,
        state: row.word("state", State::from_word)?,
        decision: row.word("decision", Decision::from_word)?,
        author: row.id("author")?,
        author_login: row.id("author_login")?,
        reader: row.maybe_id("reader")?,
        approver: row.maybe_id("approver")?,
        document: row.int("document")?,
        items: row.int("items")?,
        version: row.int("version")?,
        made_at: row.time("made_at")?,
    })
}

/// One assessment.
pub async fn get(db: &Db, id: AssessmentId) -> Result<Option<Assessment>> {
    db.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(assessment).transpose()
}

/// One assessment inside a transaction.
pub async fn get_in(tx: &mut Tx, id: AssessmentId) -> Result<Option<Assessment>> {
    tx.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(assessment).transpose()
}

/// Assessments of a space in a state, oldest first.
pub async fn in_state(db: &Db, space: AgencyId, state: State, limit: i64) -> Result<Vec<Assessment>> {
    db.rows_of(
        format!("{COLUMNS} WHERE space = $1 AND state = $2 ORDER BY made_at, id LIMIT $3"),
        params![space, state.word(), limit],
    )
    .await?
    .iter()
    .map(assessment)
    .collect()
}

/// Assessments of a cluster, and of those merged into it, newest first.
pub async fn of_cluster(db: &Db, cluster: ClusterId, limit: i64) -> Result<Vec<Assessment>> {
    db.rows_of(
        format!(
            "{COLUMNS} WHERE cluster = $1 OR cluster IN (SELECT c.id FROM cluster c WHERE c.merged_into = $1)
             ORDER BY made_at DESC, id DESC LIMIT $2"
        ),
        params![cluster, limit],
    )
    .await?
    .iter()
    .map(assessment)
    .collect()
}

/// Stores a first save with its items.
pub async fn put(tx: &mut Tx, new: &Assessment, subjects: &[i64]) -> Result<()> {
    tx.run(
        "INSERT INTO assessment (id, space, agency, cluster, state, decision, author, author_login, document, items, version, made_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
        params![
            new.id, new.space, new.agency, new.cluster, new.state.word(), new.decision.word(), new.author, new.author_login,
            new.document, new.items, new.version, new.made_at
        ],
    )
    .await?;
    put_items(tx, new.id, subjects).await
}

async fn put_items(tx: &mut Tx, id: AssessmentId, subjects: &[i64]) -> Result<()> {
    let rows = subjects.iter().map(|subject| params![id, *subject]).collect();
    tx.insert("assessment_item", &["assessment", "subject"], rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
}

/// Stores a later save by its author.
pub async fn update_draft(tx: &mut Tx, new: &Assessment, subjects: &[i64]) -> Result<()> {
    tx.run(
        "UPDATE assessment SET state = $2, decision = $3, author_login = $4, document = $5, items = $6, version = version + 1,
         reader = NULL, approver = NULL, decided_at = NULL WHERE id = $1",
        params![new.id, new.state.word(), new.decision.word(), new.author_login, new.document, new.items],
    )
    .await?;
    tx.run("DELETE FROM assessment_item WHERE assessment = $1", params![new.id]).await?;
    put_items(tx, new.id, subjects).await
}

/// Sets where it stands; `reader` and `approver` only when given.
pub async fn set_state(
    tx: &mut Tx,
    id: AssessmentId,
    state: State,
    reader: Option<PersonId>,
    approver: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    tx.run(
        "UPDATE assessment SET state = $2, reader = COALESCE($3, reader), approver = COALESCE($4, approver), decided_at = $5,
         version = version + 1 WHERE id = $1",
        params![id, state.word(), reader, approver, now],
    )
    .await?;
    Ok(())
}

/// Items that an assessment confirms.
pub async fn items(db: &Db, id: AssessmentId) -> Result<Vec<i64>> {
    db.rows("SELECT subject FROM assessment_item WHERE assessment = $1 ORDER BY subject", params![id])
        .await?
        .iter()
        .map(|row| row.int("subject"))
        .collect()
}

/// Items of a cluster that no standing assessment names: all of them, and those that joined after `since`.
pub async fn undecided(tx: &mut Tx, cluster: ClusterId, since: Timestamp) -> Result<(u64, u64)> {
    let row = tx
        .one(
            "SELECT COUNT(*) AS n, COUNT(CASE WHEN m.joined_at > $2 THEN 1 END) AS newer FROM cluster_member m
             WHERE m.cluster = $1 AND NOT EXISTS (SELECT 1 FROM assessment_item i JOIN assessment a ON a.id = i.assessment
               WHERE i.subject = m.subject AND a.state IN ('assessed', 'awaits_reader', 'approved', 'declined'))",
            params![cluster, since],
        )
        .await?;
    Ok((row.count("n")?, row.count("newer")?))
}

/// Items of a cluster that no standing assessment but `own` names.
pub async fn left(
    tx: &mut Tx,
    cluster: ClusterId,
    own: Option<AssessmentId>,
) -> Result<Vec<(SubjectId, i64)>> {
    tx.rows(
        "SELECT s.id, s.key FROM cluster_member m JOIN subject s ON s.key = m.subject
         WHERE m.cluster = $1 AND NOT EXISTS (SELECT 1 FROM assessment_item i JOIN assessment a ON a.id = i.assessment
           WHERE i.subject = m.subject AND a.state IN ('assessed', 'awaits_reader', 'approved', 'declined')
             AND ($2 IS NULL OR a.id <> $2))
         ORDER BY s.key",
        params![cluster, own],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("id")?, row.int("key")?)))
    .collect()
}

/// Items of a cluster that were approved or declined.
pub async fn decided(db: &Db, cluster: ClusterId) -> Result<BTreeSet<i64>> {
    db.rows(
        "SELECT DISTINCT i.subject FROM cluster_member m JOIN assessment_item i ON i.subject = m.subject
         JOIN assessment a ON a.id = i.assessment WHERE m.cluster = $1 AND a.state IN ('approved', 'declined')",
        params![cluster],
    )
    .await?
    .iter()
    .map(|row| row.int("subject"))
    .collect()
}

/// Assessments that refer items that stand on a channel or were posted by an account, newest first, each with the first of
/// these items and where it stands (D1).
pub async fn grounds(db: &Db, subject: i64, limit: i64) -> Result<Vec<(AssessmentId, i64, State)>> {
    db.rows(
        "SELECT a.id, a.state, MIN(i.subject) AS item FROM edge e JOIN assessment_item i ON i.subject = e.from_key
         JOIN assessment a ON a.id = i.assessment
         WHERE e.to_key = $1 AND e.kind IN ('posted', 'in_channel') AND a.decision = $3
         GROUP BY a.id, a.state, a.made_at ORDER BY a.made_at DESC, a.id DESC LIMIT $2",
        params![subject, limit, Decision::Refer.word()],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("id")?, row.int("item")?, row.word("state", State::from_word)?)))
    .collect()
}

/// A deconfliction answer as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Whose answer.
    pub agency: AgencyId,
    /// The answer.
    pub answer: HoldAnswer,
    /// Where it stands.
    pub state: HoldState,
    /// Its end.
    pub until: Option<Timestamp>,
    /// Who placed it.
    pub placed_by: PersonId,
    /// When.
    pub made_at: Timestamp,
}

const HOLDS: &str = "SELECT id, agency, answer, state, until, placed_by, made_at FROM hold";

fn hold(row: &Row) -> Result<Hold> {
    Ok(Hold {
        id: row.id("id")?,
        agency: row.id("agency")?,
        answer: row.word("answer", HoldAnswer::from_word)?,
        state: row.word("state", HoldState::from_word)?,
        until: row.maybe_time("until")?,
        placed_by: row.id("placed_by")?,
        made_at: row.time("made_at")?,
    })
}

/// Stores an answer.
pub async fn put_hold(tx: &mut Tx, new: &Hold, digest: [u8; 32], document: Option<i64>) -> Result<()> {
    tx.run(
        "INSERT INTO hold (id, agency, digest, answer, state, until, document, placed_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        params![new.id, new.agency, digest, new.answer.word(), new.state.word(), new.until, document, new.placed_by, new.made_at],
    )
    .await?;
    Ok(())
}

/// Sets where an answer stands.
pub async fn set_hold_state(tx: &mut Tx, id: HoldId, state: HoldState) -> Result<()> {
    tx.run("UPDATE hold SET state = $2 WHERE id = $1", params![id, state.word()]).await?;
    Ok(())
}

/// One answer.
pub async fn get_hold(db: &Db, id: HoldId) -> Result<Option<Hold>> {
    db.rows_of(format!("{HOLDS} WHERE id = $1"), params![id]).await?.first().map(hold).transpose()
}

/// Answers in force about a subject, of every agency of this machine.
pub async fn holds_on(db: &Db, digest: [u8; 32]) -> Result<Vec<Hold>> {
    db.rows_of(
        format!("{HOLDS} WHERE digest = $1 AND state = 'active' ORDER BY made_at LIMIT 100"),
        params![digest],
    )
    .await?
    .iter()
    .map(hold)
    .collect()
}

/// Answers of an agency, newest first.
pub async fn holds_of(db: &Db, agency: AgencyId, limit: i64) -> Result<Vec<Hold>> {
    db.rows_of(format!("{HOLDS} WHERE agency = $1 ORDER BY made_at DESC LIMIT $2"), params![agency, limit])
        .await?
        .iter()
        .map(hold)
        .collect()
}

/// Answers whose time is over.
pub async fn holds_over(db: &Db, now: Timestamp) -> Result<Vec<Hold>> {
    db.rows_of(
        format!("{HOLDS} WHERE state = 'active' AND until IS NOT NULL AND until <= $1 LIMIT 500"),
        params![now],
    )
    .await?
    .iter()
    .map(hold)
    .collect()
}
