//! Rows that the reports count, of one space and a window of time. Read from one snapshot: one moment of the house.

use crate::db::Snapshot;
use crate::{Error, Result, Row, params};
use domain::assessment::{Decision, State};
use domain::id::{AgencyId, AssessmentId, ClusterId, MessageId, PersonId, ProviderId, ReferralId, SubjectId};
use jiff::Timestamp;
use ledger::Frontier;

/// A space and a time: from `from`, up to and without `to`.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The space.
    pub space: AgencyId,
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

/// An intake that ended: who handed it in, when it ended, its summary as JSON.
pub type Batch = (AgencyId, Timestamp, serde_json::Value);

/// Intakes that ended in the window.
pub async fn batches(at: &mut Snapshot, of: Window) -> Result<Vec<Batch>> {
    at.rows(
        "SELECT agency, ended_at, counts FROM batch WHERE space = $1 AND ended_at >= $2 AND ended_at < $3 ORDER BY id",
        params![of.space, of.from, of.to],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("agency")?, row.time("ended_at")?, row.json("counts")?)))
    .collect()
}

/// What a figure is broken down by.
#[derive(Debug, Clone)]
pub struct Traits {
    /// The subject.
    pub subject: SubjectId,
    /// Registrable host.
    pub service: String,
    /// Kind of subject.
    pub kind: String,
    /// Language at its first joining of a cluster; `und` when it never joined.
    pub language: String,
}

/// The columns of [`Traits`], for a subject that stands in the query as `s`.
const TRAITS: &str = "s.id AS subject, s.service, s.kind, COALESCE((SELECT o.language FROM cluster_member f
    JOIN observation o ON o.key = f.observation WHERE f.subject = s.key ORDER BY f.joined_at, f.observation LIMIT 1), 'und') AS language";

fn traits(row: &Row) -> Result<Traits> {
    Ok(Traits {
        subject: row.id("subject")?,
        service: row.text("service")?,
        kind: row.text("kind")?,
        language: row.text("language")?,
    })
}

/// An item that joined a cluster.
#[derive(Debug, Clone)]
pub struct Member {
    /// The item.
    pub of: Traits,
    /// The cluster.
    pub cluster: ClusterId,
    /// Who handed it in.
    pub agency: AgencyId,
    /// When it joined.
    pub at: Timestamp,
    /// Whether the content was decided before.
    pub reappeared: bool,
    /// Whether it ever agreed with a signal that is not of a negative bank.
    pub matched: bool,
}

/// Items that joined clusters in the window, first ones first.
pub async fn members(at: &mut Snapshot, of: Window) -> Result<Vec<Member>> {
    let sql = format!(
        "SELECT {TRAITS}, m.cluster, b.agency, m.joined_at, m.reappeared,
         CASE WHEN EXISTS (SELECT 1 FROM observation p JOIN match h ON h.observation = p.key JOIN signal g ON g.key = h.signal
           JOIN bank k ON k.id = g.bank WHERE p.subject = s.key AND p.cluster IS NOT NULL AND k.opinion <> 'negative')
           THEN 1 ELSE 0 END AS matched
         FROM cluster_member m JOIN cluster c ON c.id = m.cluster JOIN subject s ON s.key = m.subject
         JOIN observation b ON b.key = m.observation
         WHERE c.space = $1 AND s.kind = 'item' AND m.joined_at >= $2 AND m.joined_at < $3 ORDER BY m.joined_at, m.observation"
    );
    at.rows_of(sql, params![of.space, of.from, of.to])
        .await?
        .iter()
        .map(|row| {
            Ok(Member {
                of: traits(row)?,
                cluster: row.id("cluster")?,
                agency: row.id("agency")?,
                at: row.time("joined_at")?,
                reappeared: row.int("reappeared")? != 0,
                matched: row.int("matched")? != 0,
            })
        })
        .collect()
}

/// An assessment.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// Which.
    pub id: AssessmentId,
    /// The author's agency.
    pub agency: AgencyId,
    /// Where it stands.
    pub state: State,
    /// What was decided.
    pub decision: Decision,
    /// Its draft.
    pub document: i64,
    /// First save.
    pub made_at: Timestamp,
    /// Confirmed or declined.
    pub decided_at: Option<Timestamp>,
}

/// Assessments first saved, or decided, in the window.
pub async fn assessments(at: &mut Snapshot, of: Window) -> Result<Vec<Assessed>> {
    at.rows(
        "SELECT id, agency, state, decision, document, made_at, decided_at FROM assessment WHERE space = $1
         AND (made_at >= $2 AND made_at < $3 OR decided_at >= $2 AND decided_at < $3) ORDER BY id",
        params![of.space, of.from, of.to],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Assessed {
            id: row.id("id")?,
            agency: row.id("agency")?,
            state: row.word("state", State::from_word)?,
            decision: row.word("decision", Decision::from_word)?,
            document: row.int("document")?,
            made_at: row.time("made_at")?,
            decided_at: row.maybe_time("decided_at")?,
        })
    })
    .collect()
}

/// Items of those assessments.
pub async fn assessed_items(at: &mut Snapshot, of: Window) -> Result<Vec<(AssessmentId, Traits)>> {
    let sql = format!(
        "SELECT a.id AS assessment, {TRAITS} FROM assessment a JOIN assessment_item i ON i.assessment = a.id
         JOIN subject s ON s.key = i.subject WHERE a.space = $1
         AND (a.made_at >= $2 AND a.made_at < $3 OR a.decided_at >= $2 AND a.decided_at < $3) ORDER BY a.id, s.key"
    );
    at.rows_of(sql, params![of.space, of.from, of.to])
        .await?
        .iter()
        .map(|row| Ok((row.id("assessment")?, traits(row)?)))
        .collect()
}

/// An item of a referral that was put into the outbox.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The item.
    pub of: Traits,
    /// Its referral.
    pub referral: ReferralId,
    /// Who sends.
    pub agency: AgencyId,
    /// When it was put into the outbox.
    pub queued_at: Timestamp,
    /// Time of the provider's receipt.
    pub received_at: Option<Timestamp>,
    /// The last answer's word.
    pub answer: Option<String>,
    /// When a final answer came.
    pub final_at: Option<Timestamp>,
    /// Class of the last look.
    pub last_class: Option<String>,
    /// Whether two looks agreed that it is gone.
    pub gone: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// States of its contests.
    pub contests: Vec<String>,
    /// Who wrote the assessment.
    pub author: PersonId,
    /// Who confirmed it.
    pub approver: Option<PersonId>,
}

/// Items that were put into the outbox in the window.
pub async fn sent(at: &mut Snapshot, of: Window) -> Result<Vec<Sent>> {
    let sql = format!(
        "SELECT {TRAITS}, r.id AS referral, r.agency, r.queued_at, r.acknowledged_at, i.answer, i.final_at, i.last_class,
         i.gone_at, a.author, a.approver,
         (SELECT COUNT(*) FROM contest c WHERE c.referral = r.id AND c.state = 'upheld') AS upheld,
         (SELECT COUNT(*) FROM contest c WHERE c.referral = r.id AND c.state = 'refused') AS refused,
         (SELECT COUNT(*) FROM message w WHERE w.agency = r.agency AND w.matter = r.matter AND w.type = 'withdrawal'
           AND w.direction = 'out') AS withdrawals
         FROM referral r JOIN referral_item i ON i.referral = r.id JOIN subject s ON s.key = i.subject
         JOIN assessment a ON a.id = r.assessment
         WHERE r.space = $1 AND r.queued_at >= $2 AND r.queued_at < $3 ORDER BY r.id, length(i.item), i.item"
    );
    at.rows_of(sql, params![of.space, of.from, of.to]).await?.iter().map(sent_row).collect()
}

fn sent_row(row: &Row) -> Result<Sent> {
    let mut contests = Vec::new();
    for state in ["upheld", "refused"] {
        if row.count(state)? > 0 {
            contests.push(state.to_owned());
        }
    }
    Ok(Sent {
        of: traits(row)?,
        referral: row.id("referral")?,
        agency: row.id("agency")?,
        queued_at: row.time("queued_at")?,
        received_at: row.maybe_time("acknowledged_at")?,
        answer: row.maybe_text("answer")?,
        final_at: row.maybe_time("final_at")?,
        last_class: row.maybe_text("last_class")?,
        gone: row.maybe_time("gone_at")?.is_some(),
        withdrawn: row.count("withdrawals")? > 0,
        contests,
        author: row.id("author")?,
        approver: row.maybe_id("approver")?,
    })
}

/// Items of referrals that were confirmed in the window, are not in the outbox yet, and were not taken back.
pub async fn held_back(at: &mut Snapshot, of: Window) -> Result<u64> {
    let rows = at
        .rows(
        "SELECT COUNT(*) AS n FROM referral r JOIN referral_item i ON i.referral = r.id WHERE r.space = $1
         AND r.made_at >= $2 AND r.made_at < $3 AND r.message IS NULL AND r.state <> 'withdrawn'",
        params![of.space, of.from, of.to],
    )
    .await?;
    rows.first().map_or(Ok(0), |row| row.count("n"))
}

/// One sending of an item to a provider.
#[derive(Debug, Clone)]
pub struct Sending {
    /// What.
    pub subject: SubjectId,
    /// To whom.
    pub provider: ProviderId,
    /// By which message.
    pub message: MessageId,
    /// When it was put into the outbox.
    pub queued_at: Timestamp,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

/// Every sending of a space before the end of the window: what went out twice is found among them.
pub async fn sendings(at: &mut Snapshot, of: Window) -> Result<Vec<Sending>> {
    at.rows(
        "SELECT s.id AS subject, r.provider, r.message, r.queued_at,
         (SELECT MIN(w.made_at) FROM message w WHERE w.agency = r.agency AND w.matter = r.matter AND w.type = 'withdrawal'
           AND w.direction = 'out') AS withdrawn_at
         FROM referral r JOIN referral_item i ON i.referral = r.id JOIN subject s ON s.key = i.subject
         WHERE r.space = $1 AND r.message IS NOT NULL AND r.queued_at < $2",
        params![of.space, of.to],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Sending {
            subject: row.id("subject")?,
            provider: row.id("provider")?,
            message: row.id("message")?,
            queued_at: row.time("queued_at")?,
            withdrawn_at: row.maybe_time("withdrawn_at")?,
        })
    })
    .collect()
}

/// Heads of the ledgers in which the space has events, now: agency, its name, leaves, root.
pub async fn heads(at: &mut Snapshot, space: AgencyId) -> Result<Vec<(AgencyId, String, u64, [u8; 32])>> {
    let rows = at
        .rows(
            "SELECT h.agency, COALESCE(a.name, h.agency) AS name, h.frontier FROM ledger_head h
             LEFT JOIN agency a ON a.id = h.agency
             WHERE EXISTS (SELECT 1 FROM event e WHERE e.agency = h.agency AND e.space = $1) ORDER BY h.agency",
            params![space],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let agency: AgencyId = row.id("agency")?;
            let frontier = Frontier::from_bytes(&row.bytes("frontier")?)
                .map_err(|error| Error::Damaged(format!("ledger head of {agency}: {error}")))?;
            Ok((agency, row.text("name")?, frontier.size(), frontier.root()))
        })
        .collect()
}

/// Space of a name or id: agency or joint action, and its shown name.
pub async fn space(at: &mut Snapshot, name: &str) -> Result<Option<(AgencyId, String)>> {
    at.rows(
        "SELECT id, name FROM agency WHERE name = $1 OR id = $1 UNION ALL
         SELECT id, name FROM operation WHERE name = $1 OR id = $1",
        params![name],
    )
    .await?
    .first()
    .map(|row| Ok((row.id("id")?, row.text("name")?)))
    .transpose()
}
