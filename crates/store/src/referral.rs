//! Referrals, their items, looks at addresses, contests. There is no deadline here (LAW-02).

use crate::db::{Db, Tx};
use crate::value::list;
use crate::{Result, Row, Value, params};
use domain::id::{AgencyId, AssessmentId, CaseId, MessageId, PersonId, ProviderId, ReferralId, SubjectId};
use domain::referral::{Answer, State};
use jiff::Timestamp;

mod load;

pub use load::{Load, LoadOf, load};

/// A referral as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// Where.
    pub space: AgencyId,
    /// Who sends.
    pub agency: AgencyId,
    /// RXP case.
    pub matter: CaseId,
    /// On which decision.
    pub assessment: AssessmentId,
    /// To whom.
    pub provider: ProviderId,
    /// Where it stands.
    pub state: State,
    /// Its message, once queued.
    pub message: Option<MessageId>,
    /// Our reference for people.
    pub reference: String,
    /// Contest reference.
    pub contest: String,
    /// JSON of the pre-flight.
    pub findings: String,
    /// Coordinator who looked at it.
    pub looked_by: Option<PersonId>,
    /// Reminders sent.
    pub steps: i64,
    /// When.
    pub made_at: Timestamp,
    /// When it was queued.
    pub queued_at: Option<Timestamp>,
    /// The receipt's time.
    pub acknowledged_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "SELECT id, space, agency, matter, assessment, provider, state, message, reference, contest, findings,
    looked_by, steps, made_at, queued_at, acknowledged_at FROM referral";

fn referral(row: &Row) -> Result<Referral> {
    Ok(Referral {
        id: row.id("id")?,
        space: row.id("space")?,
        agency: row.id("agency")?,
        matter: row.id("matter")?,
        assessment: row.id("assessment")?,
        provider: row.id("provider")?,
        state: row.word("state", State::from_word)?,
        message: row.maybe_id("message")?,
        reference: row.text("reference")?,
        contest: row.text("contest")?,
        findings: row.text("findings")?,
        looked_by: row.maybe_id("looked_by")?,
        steps: row.int("steps")?,
        made_at: row.time("made_at")?,
        queued_at: row.maybe_time("queued_at")?,
        acknowledged_at: row.maybe_time("acknowledged_at")?,
    })
}

/// One referral.
pub async fn get(db: &Db, id: ReferralId) -> Result<Option<Referral>> {
    db.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(referral).transpose()
}

/// One referral inside a transaction.
pub async fn get_in(tx: &mut Tx, id: ReferralId) -> Result<Option<Referral>> {
    tx.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(referral).transpose()
}

/// The referral of a message.
pub async fn of_message_in(tx: &mut Tx, message: MessageId) -> Result<Option<Referral>> {
    tx.rows_of(format!("{COLUMNS} WHERE message = $1"), params![message])
        .await?
        .first()
        .map(referral)
        .transpose()
}

/// The referral of a message.
pub async fn of_message(db: &Db, message: MessageId) -> Result<Option<Referral>> {
    db.rows_of(format!("{COLUMNS} WHERE message = $1"), params![message])
        .await?
        .first()
        .map(referral)
        .transpose()
}

/// Referrals of an assessment.
pub async fn of_assessment(db: &Db, id: AssessmentId) -> Result<Vec<Referral>> {
    db.rows_of(format!("{COLUMNS} WHERE assessment = $1 ORDER BY made_at, id LIMIT 1000"), params![id])
        .await?
        .iter()
        .map(referral)
        .collect()
}

/// The referral of a contest reference.
pub async fn of_contest(db: &Db, contest: &str) -> Result<Option<Referral>> {
    db.rows_of(format!("{COLUMNS} WHERE contest = $1"), params![contest])
        .await?
        .first()
        .map(referral)
        .transpose()
}

/// Referrals of a space, newest first; of one state when given.
pub async fn of_space(db: &Db, space: AgencyId, state: Option<State>, limit: i64) -> Result<Vec<Referral>> {
    let rows = match state {
        Some(state) => {
            db.rows_of(
                format!("{COLUMNS} WHERE space = $1 AND state = $2 ORDER BY made_at DESC, id DESC LIMIT $3"),
                params![space, state.word(), limit],
            )
            .await?
        }
        None => {
            db.rows_of(
                format!("{COLUMNS} WHERE space = $1 ORDER BY made_at DESC, id DESC LIMIT $2"),
                params![space, limit],
            )
            .await?
        }
    };
    rows.iter().map(referral).collect()
}

/// Which referrals are looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Find<'a> {
    /// To one provider.
    pub provider: Option<ProviderId>,
    /// In one of these states; in any when there is none.
    pub states: &'a [State],
    /// Part of a reference, of a provider's name or of an item's host, in any case; empty for all.
    pub part: &'a str,
    /// How many of the newest are passed over.
    pub after: i64,
}

/// What is looked for in some spaces, newest first, and how many there are in all.
pub async fn find(
    db: &Db,
    spaces: &[AgencyId],
    wanted: Find<'_>,
    limit: i64,
) -> Result<(Vec<Referral>, u64)> {
    let mut values: Vec<Value> = spaces.iter().map(|space| Value::from(*space)).collect();
    let mut only = format!("space IN ({})", list(spaces.len(), 1));
    if let Some(provider) = wanted.provider {
        values.push(provider.into());
        only.push_str(&format!(" AND provider = ${}", values.len()));
    }
    if !wanted.states.is_empty() {
        only.push_str(&format!(" AND state IN ({})", list(wanted.states.len(), values.len() + 1)));
        values.extend(wanted.states.iter().map(|state| Value::from(state.word())));
    }
    if !wanted.part.is_empty() {
        let part = wanted.part.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        values.push(format!("%{part}%").into());
        let at = values.len();
        only.push_str(&format!(
            " AND (LOWER(reference) LIKE ${at} ESCAPE '!'
              OR provider IN (SELECT p.id FROM provider p WHERE LOWER(p.name) LIKE ${at} ESCAPE '!')
              OR id IN (SELECT i.referral FROM referral_item i JOIN subject s ON s.key = i.subject
                        WHERE s.service LIKE ${at} ESCAPE '!'))"
        ));
    }
    let count = format!("SELECT COUNT(*) AS n FROM referral WHERE {only}");
    let all = db.rows_of(count, values.clone()).await?.first().map_or(Ok(0), |row| row.count("n"))?;
    values.extend([limit.into(), wanted.after.max(0).into()]);
    let newest = format!(
        "{COLUMNS} WHERE {only} ORDER BY COALESCE(queued_at, made_at) DESC, id DESC LIMIT ${} OFFSET ${}",
        values.len() - 1,
        values.len()
    );
    let rows = db.rows_of(newest, values).await?;
    Ok((rows.iter().map(referral).collect::<Result<_>>()?, all))
}

/// How many referrals of some spaces stand in each state.
pub async fn counts(db: &Db, spaces: &[AgencyId]) -> Result<Vec<(State, u64)>> {
    let sql = format!(
        "SELECT state, COUNT(*) AS n FROM referral WHERE space IN ({}) GROUP BY state",
        list(spaces.len(), 1)
    );
    let rows = db.rows_of(sql, spaces.iter().map(|space| Value::from(*space)).collect()).await?;
    rows.iter().map(|row| Ok((row.word("state", State::from_word)?, row.count("n")?))).collect()
}

/// Stores a referral in state `approved` with its items.
pub async fn put(tx: &mut Tx, new: &Referral, subjects: &[i64]) -> Result<()> {
    tx.run(
        "INSERT INTO referral (id, space, agency, matter, assessment, provider, state, reference, contest, findings, made_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
        params![
            new.id, new.space, new.agency, new.matter, new.assessment, new.provider, new.state.word(), &new.reference,
            &new.contest, &new.findings, new.made_at
        ],
    )
    .await?;
    let rows = subjects
        .iter()
        .enumerate()
        .map(|(index, subject)| params![new.id, format!("i{}", index + 1), *subject])
        .collect();
    tx.insert("referral_item", &["referral", "item", "subject"], rows, "").await?;
    Ok(())
}

/// Sets where a referral stands.
pub async fn set_state(tx: &mut Tx, id: ReferralId, state: State) -> Result<()> {
    tx.run("UPDATE referral SET state = $2 WHERE id = $1", params![id, state.word()]).await?;
    Ok(())
}

/// Keeps what the pre-flight found.
pub async fn set_findings(tx: &mut Tx, id: ReferralId, findings: &str) -> Result<()> {
    tx.run("UPDATE referral SET findings = $2 WHERE id = $1", params![id, findings]).await?;
    Ok(())
}

/// A coordinator looked at it.
pub async fn set_looked(tx: &mut Tx, id: ReferralId, by: PersonId) -> Result<()> {
    tx.run("UPDATE referral SET looked_by = $2 WHERE id = $1", params![id, by]).await?;
    Ok(())
}

/// Queued: its message's id is made once and kept for ever.
pub async fn set_queued(tx: &mut Tx, id: ReferralId, message: MessageId, now: Timestamp) -> Result<bool> {
    let changed = tx
        .run(
            "UPDATE referral SET state = 'queued', message = $2, queued_at = $3 WHERE id = $1 AND message IS NULL",
            params![id, message, now],
        )
        .await?;
    Ok(changed == 1)
}

/// The receipt's time; of several the earliest (RXP-42).
pub async fn set_acknowledged(tx: &mut Tx, id: ReferralId, at: Timestamp) -> Result<()> {
    tx.run(
        "UPDATE referral SET acknowledged_at = CASE WHEN acknowledged_at < $2 THEN acknowledged_at ELSE $2 END WHERE id = $1",
        params![id, at],
    )
    .await?;
    Ok(())
}

/// Reserves subject and provider for one referral; false when another has them (no second message).
pub async fn reserve(
    tx: &mut Tx,
    space: AgencyId,
    subject: i64,
    provider: ProviderId,
    by: ReferralId,
) -> Result<bool> {
    let added = tx
        .run(
            "INSERT INTO sent_once (space, subject, provider, instrument, referral) VALUES ($1, $2, $3, 'referral', $4)
             ON CONFLICT DO NOTHING",
            params![space, subject, provider, by],
        )
        .await?;
    if added == 1 {
        return Ok(true);
    }
    let holder = tx
        .maybe(
            "SELECT referral FROM sent_once WHERE space = $1 AND subject = $2 AND provider = $3 AND instrument = 'referral'",
            params![space, subject, provider],
        )
        .await?;
    Ok(holder.map(|row| row.text("referral")).transpose()? == Some(by.to_string()))
}

/// Who holds a subject and provider now.
pub async fn reserved(
    db: &Db,
    space: AgencyId,
    subject: i64,
    provider: ProviderId,
) -> Result<Option<ReferralId>> {
    db.maybe(
        "SELECT referral FROM sent_once WHERE space = $1 AND subject = $2 AND provider = $3 AND instrument = 'referral'",
        params![space, subject, provider],
    )
    .await?
    .map(|row| row.id("referral"))
    .transpose()
}

/// Frees what a withdrawn referral held, so that a right one can be sent.
pub async fn release(tx: &mut Tx, by: ReferralId) -> Result<()> {
    tx.run("DELETE FROM sent_once WHERE referral = $1", params![by]).await?;
    Ok(())
}

/// An item of a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `i1` …
    pub item: String,
    /// The subject's inside key.
    pub subject: i64,
    /// Its id.
    pub subject_id: SubjectId,
    /// Its host.
    pub service: String,
    /// The last answer.
    pub answer: Option<Answer>,
    /// When a final answer came.
    pub final_at: Option<Timestamp>,
    /// The last class seen.
    pub last_class: Option<String>,
    /// Looks since sending.
    pub checks: i64,
    /// When two looks agreed that it is gone.
    pub gone_at: Option<Timestamp>,
}

const ITEMS: &str = "SELECT i.item, i.subject, s.id, s.service, i.answer, i.final_at, i.last_class, i.checks, i.gone_at
    FROM referral_item i JOIN subject s ON s.key = i.subject WHERE i.referral = $1 ORDER BY length(i.item), i.item";

fn item(row: &Row) -> Result<Item> {
    Ok(Item {
        item: row.text("item")?,
        subject: row.int("subject")?,
        subject_id: row.id("id")?,
        service: row.text("service")?,
        answer: row.maybe_text("answer")?.as_deref().and_then(Answer::from_word),
        final_at: row.maybe_time("final_at")?,
        last_class: row.maybe_text("last_class")?,
        checks: row.int("checks")?,
        gone_at: row.maybe_time("gone_at")?,
    })
}

/// Items of a referral.
pub async fn items(db: &Db, id: ReferralId) -> Result<Vec<Item>> {
    db.rows(ITEMS, params![id]).await?.iter().map(item).collect()
}

/// Items of a referral inside a transaction.
pub async fn items_in(tx: &mut Tx, id: ReferralId) -> Result<Vec<Item>> {
    tx.rows(ITEMS, params![id]).await?.iter().map(item).collect()
}

/// An answer to an item. False when it came too late: progress that a final answer overtook changes nothing.
pub async fn set_answer(
    tx: &mut Tx,
    id: ReferralId,
    item: &str,
    answer: Answer,
    now: Timestamp,
) -> Result<bool> {
    let final_at = answer.is_final().then_some(now);
    let changed = tx
        .run(
            "UPDATE referral_item SET answer = $3, final_at = COALESCE($4, final_at)
             WHERE referral = $1 AND item = $2 AND ($4 IS NOT NULL OR final_at IS NULL)",
            params![id, item, answer.word(), final_at],
        )
        .await?;
    Ok(changed == 1)
}

/// What the ladder asks of one referral.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reminded {
    /// The last reminder.
    pub last_step: Option<Timestamp>,
    /// When the provider received our last information.
    pub informed: Option<Timestamp>,
    /// When the provider last said that it has it in hand.
    pub progress: Option<Timestamp>,
    /// Open items with the class and time of the last look.
    pub looks: Vec<(String, String, Timestamp)>,
}

impl Reminded {
    /// Whether no open item was looked at within some hours.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp, hours: i64) -> bool {
        !self.looks.iter().any(|(_, _, at)| now.duration_since(*at).as_hours() < hours)
    }
}

/// Referrals that reached their provider before a time and have no answer, by id.
pub async fn unanswered(db: &Db, after: uuid::Uuid, before: Timestamp, limit: i64) -> Result<Vec<Referral>> {
    let sql = format!(
        "{COLUMNS} WHERE state IN ('acknowledged', 'delivered') AND message IS NOT NULL AND id > $1
         AND COALESCE(acknowledged_at, queued_at) <= $2 ORDER BY id LIMIT $3"
    );
    db.rows_of(sql, params![after, before, limit]).await?.iter().map(referral).collect()
}

/// What happened on a referral's ladder.
pub async fn reminded(db: &Db, of: &Referral) -> Result<Reminded> {
    let row = db
        .one(
            "SELECT MAX(CASE WHEN type = 'reminder' THEN made_at END) AS last_step,
             MAX(CASE WHEN type = 'information' THEN receipt_at END) AS informed
             FROM message WHERE agency = $1 AND matter = $2 AND direction = 'out'",
            params![of.agency, of.matter],
        )
        .await?;
    let progress = crate::event::last(db, domain::event::Noun::Referral, of.id.0, "progress").await?;
    let looks = db
        .rows(
            "SELECT i.item, l.class, l.at FROM referral_item i JOIN look l ON l.subject = i.subject AND l.referral = i.referral
             WHERE i.referral = $1 AND i.final_at IS NULL AND i.gone_at IS NULL
             AND l.at = (SELECT MAX(m.at) FROM look m WHERE m.subject = i.subject AND m.referral = i.referral)
             ORDER BY length(i.item), i.item",
            params![of.id],
        )
        .await?
        .iter()
        .map(|row| Ok((row.text("item")?, row.text("class")?, row.time("at")?)))
        .collect::<Result<_>>()?;
    Ok(Reminded {
        last_step: row.maybe_time("last_step")?,
        informed: row.maybe_time("informed")?,
        progress,
        looks,
    })
}

/// One more reminder was sent.
pub async fn add_step(tx: &mut Tx, id: ReferralId) -> Result<()> {
    tx.run("UPDATE referral SET steps = steps + 1 WHERE id = $1", params![id]).await?;
    Ok(())
}

/// The ladder begins again (RXP-70.14).
pub async fn restart_ladder(tx: &mut Tx, id: ReferralId) -> Result<()> {
    tx.run("UPDATE referral SET steps = 0 WHERE id = $1", params![id]).await?;
    Ok(())
}
