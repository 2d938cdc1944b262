//! People, roles, enrolment, sessions, and what was read.

use crate::db::{Db, Lane, Tx};
use crate::{Result, Row, params};
use domain::access::Role;
use domain::id::{AgencyId, PersonId};
use jiff::Timestamp;
use uuid::Uuid;

/// A person as stored.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Of which agency.
    pub agency: AgencyId,
    /// Name at sign-in.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// `invited`, `active`, `disabled`.
    pub state: String,
    /// Argon2id in PHC form, once enrolled.
    pub password: Option<String>,
    /// TOTP secret, clear, once enrolled.
    pub totp: Option<Vec<u8>>,
    /// Last TOTP step used.
    pub totp_step: i64,
    /// Interface language.
    pub language: String,
    /// Wrong tries in a row.
    pub failures: i64,
    /// No sign-in before.
    pub locked_until: Option<Timestamp>,
}

const COLUMNS: &str = "SELECT id, agency, login, name, state, password, totp, totp_step, language, failures, locked_until FROM person";

fn person(db: &Db, row: &Row) -> Result<Person> {
    Ok(Person {
        id: row.id("id")?,
        agency: row.id("agency")?,
        login: row.text("login")?,
        name: row.text("name")?,
        state: row.text("state")?,
        password: row.maybe_text("password")?,
        totp: row.bytes("totp").ok().map(|wrapped| db.keys.unwrap_secret(&wrapped)).transpose()?,
        totp_step: row.int("totp_step")?,
        language: row.text("language")?,
        failures: row.int("failures")?,
        locked_until: row.maybe_time("locked_until")?,
    })
}

/// One person.
pub async fn get(db: &Db, id: PersonId) -> Result<Option<Person>> {
    db.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id])
        .await?
        .first()
        .map(|row| person(db, row))
        .transpose()
}

/// The person of a sign-in name in an agency.
pub async fn by_login(db: &Db, agency: AgencyId, login: &str) -> Result<Option<Person>> {
    let rows =
        db.rows_of(format!("{COLUMNS} WHERE agency = $1 AND login = $2"), params![agency, login]).await?;
    rows.first().map(|row| person(db, row)).transpose()
}

/// People of an agency, by name.
pub async fn of_agency(db: &Db, agency: AgencyId) -> Result<Vec<Person>> {
    let rows =
        db.rows_of(format!("{COLUMNS} WHERE agency = $1 ORDER BY name LIMIT 1000"), params![agency]).await?;
    rows.iter().map(|row| person(db, row)).collect()
}

/// Stores an invited person.
pub async fn invite(
    tx: &mut Tx,
    new: (PersonId, AgencyId),
    login: &str,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    tx.run(
        "INSERT INTO person (id, agency, login, name, state, made_at) VALUES ($1, $2, $3, $4, 'invited', $5)",
        params![new.0, new.1, login, name, now],
    )
    .await?;
    Ok(())
}

/// Gives or takes a role.
pub async fn set_role(tx: &mut Tx, id: PersonId, role: Role, held: bool) -> Result<()> {
    let sql = if held {
        "INSERT INTO person_role (person, role) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM person_role WHERE person = $1 AND role = $2"
    };
    tx.run(sql, params![id, role.word()]).await?;
    Ok(())
}

/// Roles held.
pub async fn roles(db: &Db, id: PersonId) -> Result<Vec<Role>> {
    db.rows("SELECT role FROM person_role WHERE person = $1 ORDER BY role", params![id])
        .await?
        .iter()
        .map(|row| row.word("role", Role::from_word))
        .collect()
}

/// Stores a one-time link's hash.
pub async fn put_enrolment(tx: &mut Tx, token: [u8; 32], id: PersonId, expires_at: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO enrolment (token, person, expires_at) VALUES ($1, $2, $3)",
        params![token, id, expires_at],
    )
    .await?;
    Ok(())
}

/// The person of an unused link that has not expired.
pub async fn enrolment(db: &Db, token: [u8; 32], now: Timestamp) -> Result<Option<PersonId>> {
    db.maybe(
        "SELECT person FROM enrolment WHERE token = $1 AND used_at IS NULL AND expires_at > $2",
        params![token, now],
    )
    .await?
    .map(|row| row.id("person"))
    .transpose()
}

/// Uses a link once; false when another request was faster.
pub async fn use_enrolment(tx: &mut Tx, token: [u8; 32], now: Timestamp) -> Result<bool> {
    let changed = tx
        .run("UPDATE enrolment SET used_at = $2 WHERE token = $1 AND used_at IS NULL", params![token, now])
        .await?;
    Ok(changed == 1)
}

/// Sets password and second factor, and makes the person active.
pub async fn enrol(tx: &mut Tx, id: PersonId, password: &str, totp: &[u8]) -> Result<()> {
    let wrapped = tx.keys.wrap(totp)?;
    tx.run(
        "UPDATE person SET password = $2, totp = $3, totp_step = 0, state = 'active', failures = 0, locked_until = NULL
         WHERE id = $1",
        params![id, password, wrapped],
    )
    .await?;
    Ok(())
}

/// Remembers the TOTP step that was used; false when it or a later one was used before.
pub async fn use_totp(tx: &mut Tx, id: PersonId, step: i64) -> Result<bool> {
    let changed = tx
        .run(
            "UPDATE person SET totp_step = $2, failures = 0 WHERE id = $1 AND totp_step < $2",
            params![id, step],
        )
        .await?;
    Ok(changed == 1)
}

/// Counts a wrong try.
pub async fn failed(tx: &mut Tx, id: PersonId, locked_until: Option<Timestamp>) -> Result<()> {
    tx.run(
        "UPDATE person SET failures = failures + 1, locked_until = $2 WHERE id = $1",
        params![id, locked_until],
    )
    .await?;
    Ok(())
}

/// Sets the interface language.
pub async fn set_language(tx: &mut Tx, id: PersonId, language: &str) -> Result<()> {
    tx.run("UPDATE person SET language = $2 WHERE id = $1", params![id, language]).await?;
    Ok(())
}

/// Disables a person and ends every session of theirs.
pub async fn disable(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<()> {
    tx.run("UPDATE person SET state = 'disabled' WHERE id = $1", params![id]).await?;
    tx.run("UPDATE session SET ended_at = $2 WHERE person = $1 AND ended_at IS NULL", params![id, now])
        .await?;
    Ok(())
}

/// A session as stored.
#[derive(Debug, Clone)]
pub struct Session {
    /// Id of the log-in.
    pub login: Uuid,
    /// Who.
    pub person: PersonId,
    /// Token of its forms.
    pub csrf: String,
    /// Last request.
    pub seen_at: Timestamp,
    /// Absolute end.
    pub ends_at: Timestamp,
    /// Sending is open until.
    pub step_up_until: Option<Timestamp>,
    /// Reason for reading in force.
    pub reason: Option<String>,
}

/// Starts a session.
pub async fn put_session(tx: &mut Tx, token: [u8; 32], session: &Session, now: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO session (token, login, person, csrf, made_at, seen_at, ends_at, step_up_until) VALUES ($1,$2,$3,$4,$5,$5,$6,$7)",
        params![token, session.login, session.person, &session.csrf, now, session.ends_at, session.step_up_until],
    )
    .await?;
    Ok(())
}

/// A session that was not ended and is not over.
pub async fn session(db: &Db, token: [u8; 32], now: Timestamp) -> Result<Option<Session>> {
    db.maybe(
        "SELECT s.login, s.person, s.csrf, s.seen_at, s.ends_at, s.step_up_until, s.reason FROM session s
         JOIN person p ON p.id = s.person AND p.state = 'active'
         WHERE s.token = $1 AND s.ended_at IS NULL AND s.ends_at > $2",
        params![token, now],
    )
    .await?
    .map(|row| {
        Ok(Session {
            login: row.id("login")?,
            person: row.id("person")?,
            csrf: row.text("csrf")?,
            seen_at: row.time("seen_at")?,
            ends_at: row.time("ends_at")?,
            step_up_until: row.maybe_time("step_up_until")?,
            reason: row.maybe_text("reason")?,
        })
    })
    .transpose()
}

/// Notes a request of the session.
pub async fn touch_session(tx: &mut Tx, token: [u8; 32], now: Timestamp) -> Result<()> {
    tx.run("UPDATE session SET seen_at = $2 WHERE token = $1", params![token, now]).await?;
    Ok(())
}

/// Opens sending until a time.
pub async fn step_up(tx: &mut Tx, login: Uuid, until: Timestamp) -> Result<()> {
    tx.run("UPDATE session SET step_up_until = $2 WHERE login = $1", params![login, until]).await?;
    Ok(())
}

/// Sets the reason for reading.
pub async fn set_reason(tx: &mut Tx, login: Uuid, reason: &str) -> Result<()> {
    tx.run("UPDATE session SET reason = $2 WHERE login = $1", params![login, reason]).await?;
    Ok(())
}

/// Ends a session.
pub async fn end_session(tx: &mut Tx, login: Uuid, now: Timestamp) -> Result<()> {
    tx.run("UPDATE session SET ended_at = $2 WHERE login = $1", params![login, now]).await?;
    Ok(())
}

/// Deletes sessions that ended, and links that were used or ran out, before a time. Gives how many.
pub async fn clean(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let sessions = tx.run("DELETE FROM session WHERE ends_at < $1 OR ended_at < $1", params![before]).await?;
    let links =
        tx.run("DELETE FROM enrolment WHERE expires_at < $1 OR used_at < $1", params![before]).await?;
    Ok(sessions + links)
}

/// One read of what is personal.
pub struct Read<'a> {
    /// Whose reader.
    pub agency: AgencyId,
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// One of the six operations.
    pub operation: domain::reads::Operation,
    /// What.
    pub noun: domain::event::Noun,
    /// Which.
    pub of: Uuid,
    /// Why.
    pub reason: &'a str,
}

/// Appends a read to the log.
pub async fn log_read(db: &Db, read: Read<'_>) -> Result<()> {
    let mut tx = db.write(Lane::Person).await?;
    tx.run(
        "INSERT INTO read_log (agency, person, at, operation, noun, of_id, reason) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        params![read.agency, read.person, read.at, read.operation.word(), read.noun.word(), read.of, read.reason],
    )
    .await?;
    tx.commit().await
}

/// Reads that a log query gives at most.
pub const READS_MAX: usize = 10_000;

/// A line of the log of reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// One of the six operations.
    pub operation: String,
    /// What.
    pub noun: String,
    /// Which.
    pub of: Uuid,
    /// Why.
    pub reason: String,
}

/// Reads of an agency in a window, its end outside, oldest first, at most [`READS_MAX`]; of one thing when it is named.
/// For the four purposes of LAW-90 only: `app::log` is the one caller.
pub async fn reads(
    db: &Db,
    agency: AgencyId,
    (from, to): (Timestamp, Timestamp),
    of: Option<Uuid>,
) -> Result<Vec<Logged>> {
    let limit = i64::try_from(READS_MAX).unwrap_or(i64::MAX);
    db.rows(
        "SELECT person, at, operation, noun, of_id, reason FROM read_log
         WHERE agency = $1 AND at >= $2 AND at < $3 AND ($4 = '' OR of_id = $4)
         ORDER BY at, of_id, person LIMIT $5",
        params![agency, from, to, of.map(|id| id.to_string()).unwrap_or_default(), limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Logged {
            person: row.id("person")?,
            at: row.time("at")?,
            operation: row.text("operation")?,
            noun: row.text("noun")?,
            of: row.id("of_id")?,
            reason: row.text("reason")?,
        })
    })
    .collect()
}

/// Adds to a person's exposure of a day (`YYYY-MM-DD`).
pub async fn expose(tx: &mut Tx, id: PersonId, day: &str, items: i64, seconds: i64) -> Result<()> {
    tx.run(
        "INSERT INTO exposure (person, day, items, seconds) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person, day) DO UPDATE SET items = exposure.items + excluded.items,
         seconds = exposure.seconds + excluded.seconds",
        params![id, day, items, seconds],
    )
    .await?;
    Ok(())
}

/// A person's own exposure of a day: items, seconds.
pub async fn exposure(db: &Db, id: PersonId, day: &str) -> Result<(i64, i64)> {
    let row = db
        .maybe("SELECT items, seconds FROM exposure WHERE person = $1 AND day = $2", params![id, day])
        .await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int("items")?, row.int("seconds")?)))
}
