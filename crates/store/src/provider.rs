//! The provider book and the protected hosts.

use crate::db::{Db, Tx};
use crate::{Error, Result, Row, params};
use domain::id::{AgencyId, PersonId, ProviderId, ReferralId};
use domain::preflight::Protected;
use domain::provider::Entry;
use jiff::Timestamp;

/// A provider as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// Whose book.
    pub space: AgencyId,
    /// Its entry.
    pub entry: Entry,
    /// Who confirmed contact and keys.
    pub confirmed_by: Option<PersonId>,
    /// Until when a coordinator confirmed first referral or load, and who.
    pub load: Option<(Timestamp, PersonId)>,
}

const COLUMNS: &str =
    "SELECT p.id, p.space, p.entry, p.confirmed_by, p.load_until, p.load_by FROM provider p";

fn provider(row: &Row) -> Result<Provider> {
    let load = match (row.maybe_time("load_until")?, row.maybe_id("load_by")?) {
        (Some(until), Some(by)) => Some((until, by)),
        _ => None,
    };
    Ok(Provider {
        id: row.id("id")?,
        space: row.id("space")?,
        entry: row.json("entry")?,
        confirmed_by: row.maybe_id("confirmed_by")?,
        load,
    })
}

/// Stores an entry, or replaces the one of the same name.
pub async fn put(
    tx: &mut Tx,
    id: ProviderId,
    space: AgencyId,
    entry: &Entry,
    by: (PersonId, Timestamp),
) -> Result<ProviderId> {
    let json = serde_json::to_string(entry).map_err(|error| Error::Damaged(error.to_string()))?;
    tx.run(
        "INSERT INTO provider (id, space, name, org, entry, confirmed_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
         ON CONFLICT (space, name) DO UPDATE SET org = excluded.org, entry = excluded.entry, confirmed_by = excluded.confirmed_by",
        params![id, space, &entry.name, &entry.org, json, by.0, by.1],
    )
    .await?;
    let id: ProviderId = tx
        .one("SELECT id FROM provider WHERE space = $1 AND name = $2", params![space, &entry.name])
        .await?
        .id("id")?;
    tx.run("DELETE FROM provider_host WHERE provider = $1", params![id]).await?;
    for host in &entry.hosts {
        tx.run(
            "INSERT INTO provider_host (space, host, provider) VALUES ($1, $2, $3)
             ON CONFLICT (space, host) DO UPDATE SET provider = excluded.provider",
            params![space, host, id],
        )
        .await?;
    }
    Ok(id)
}

/// One provider.
pub async fn get(db: &Db, id: ProviderId) -> Result<Option<Provider>> {
    db.rows_of(format!("{COLUMNS} WHERE p.id = $1"), params![id]).await?.first().map(provider).transpose()
}

/// The same inside a transaction.
pub async fn get_in(tx: &mut Tx, id: ProviderId) -> Result<Option<Provider>> {
    tx.rows_of(format!("{COLUMNS} WHERE p.id = $1"), params![id]).await?.first().map(provider).transpose()
}

/// Entries of an organisation in any book, inside a transaction.
pub async fn of_org_in(tx: &mut Tx, org: &str) -> Result<Vec<Provider>> {
    tx.rows_of(format!("{COLUMNS} WHERE p.org = $1 ORDER BY p.id LIMIT 100"), params![org])
        .await?
        .iter()
        .map(provider)
        .collect()
}

/// Stores a changed entry of a known provider; who confirmed its contact stays.
pub async fn set_entry(tx: &mut Tx, id: ProviderId, entry: &Entry) -> Result<()> {
    let json = serde_json::to_string(entry).map_err(|error| Error::Damaged(error.to_string()))?;
    tx.run("UPDATE provider SET entry = $2 WHERE id = $1", params![id, json]).await?;
    Ok(())
}

/// Who answers for a host.
pub async fn of_host(db: &Db, space: AgencyId, host: &str) -> Result<Option<Provider>> {
    let sql =
        format!("{COLUMNS} JOIN provider_host h ON h.provider = p.id WHERE h.space = $1 AND h.host = $2");
    db.rows_of(sql, params![space, host]).await?.first().map(provider).transpose()
}

/// The provider of an organisation in any of a machine's books: whose messages are verified by its keys.
pub async fn of_org(db: &Db, org: &str) -> Result<Vec<Provider>> {
    db.rows_of(format!("{COLUMNS} WHERE p.org = $1 ORDER BY p.id LIMIT 100"), params![org])
        .await?
        .iter()
        .map(provider)
        .collect()
}

/// The book of a space, by name.
pub async fn all(db: &Db, space: AgencyId) -> Result<Vec<Provider>> {
    db.rows_of(format!("{COLUMNS} WHERE p.space = $1 ORDER BY p.name LIMIT 2000"), params![space])
        .await?
        .iter()
        .map(provider)
        .collect()
}

/// A coordinator confirmed the first referral or today's load.
pub async fn confirm_load(tx: &mut Tx, id: ProviderId, until: Timestamp, by: PersonId) -> Result<()> {
    tx.run("UPDATE provider SET load_until = $2, load_by = $3 WHERE id = $1", params![id, until, by]).await?;
    Ok(())
}

/// Referrals that the pre-flight holds under one of some codes, to a provider.
pub async fn waiting(tx: &mut Tx, id: ProviderId, codes: &[&str]) -> Result<Vec<ReferralId>> {
    let rows = tx
        .rows(
            "SELECT id, findings FROM referral WHERE provider = $1 AND state = 'approved' ORDER BY made_at, id LIMIT 1000",
            params![id],
        )
        .await?;
    let mut waiting = Vec::new();
    for row in &rows {
        let findings = row.text("findings")?;
        if codes.iter().any(|code| findings.contains(&format!("\"{code}\""))) {
            waiting.push(row.id("id")?);
        }
    }
    Ok(waiting)
}

/// Gives a provider the referrals that wait on entries made only for one of its hosts, without a contact.
pub async fn take_over(tx: &mut Tx, space: AgencyId, id: ProviderId) -> Result<Vec<ReferralId>> {
    tx.rows(
        "UPDATE referral SET provider = $2 WHERE space = $1 AND state = 'approved' AND provider IN
         (SELECT p.id FROM provider p JOIN provider_host h ON h.space = p.space AND h.host = p.name
          WHERE p.space = $1 AND h.provider = $2 AND p.id <> $2 AND p.entry LIKE '%\"channel\":\"none\"%') RETURNING id",
        params![space, id],
    )
    .await?
    .iter()
    .map(|row| row.id("id"))
    .collect()
}

/// Puts a host on the list of protected hosts, or takes it off.
pub async fn protect(tx: &mut Tx, space: AgencyId, host: &str, kind: Option<Protected>) -> Result<()> {
    match kind {
        Some(kind) => {
            tx.run(
                "INSERT INTO protected_host (space, host, kind) VALUES ($1, $2, $3)
                 ON CONFLICT (space, host) DO UPDATE SET kind = excluded.kind",
                params![space, host, kind.word()],
            )
            .await?
        }
        None => {
            tx.run("DELETE FROM protected_host WHERE space = $1 AND host = $2", params![space, host]).await?
        }
    };
    Ok(())
}

/// What the list says of a host.
pub async fn protected(db: &Db, space: AgencyId, host: &str) -> Result<Option<Protected>> {
    db.maybe("SELECT kind FROM protected_host WHERE space = $1 AND host = $2", params![space, host])
        .await?
        .map(|row| row.word("kind", Protected::from_word))
        .transpose()
}

/// The list, by host.
pub async fn protected_hosts(db: &Db, space: AgencyId) -> Result<Vec<(String, Protected)>> {
    db.rows("SELECT host, kind FROM protected_host WHERE space = $1 ORDER BY host LIMIT 5000", params![space])
        .await?
        .iter()
        .map(|row| Ok((row.text("host")?, row.word("kind", Protected::from_word)?)))
        .collect()
}
