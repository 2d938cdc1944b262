//! Agencies, their settings and signing keys; joint operations; facts about the house.

use crate::db::{Db, Tx};
use crate::{Error, Result, Row, params};
use domain::access::AgencyKind;
use domain::id::{AgencyId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an agency sets for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Legal name, in letters.
    pub legal_name: String,
    /// Address of its desk, in letters and contact file.
    pub mail: String,
    /// Telephone, E.164.
    pub phone: String,
    /// Legal basis of its referrals, as RXP writes it.
    pub legal_basis: Vec<String>,
    /// Languages that it reads.
    pub languages: Vec<String>,
    /// Approved assessments that a channel or account needs (D1).
    pub grounds_min: usize,
    /// Webhook of a provider seat: where its own system hears of new items.
    #[serde(default)]
    pub webhook: Option<String>,
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its id, also the id of its space.
    pub id: AgencyId,
    /// Shown name.
    pub name: String,
    /// What it is.
    pub kind: AgencyKind,
    /// Organisation id on the wire.
    pub org: String,
    /// Settings.
    pub settings: Settings,
}

fn agency(row: &Row) -> Result<Agency> {
    Ok(Agency {
        id: row.id("id")?,
        name: row.text("name")?,
        kind: row.word("kind", AgencyKind::from_word)?,
        org: row.text("org")?,
        settings: row.json("settings")?,
    })
}

const COLUMNS: &str = "SELECT id, name, kind, org, settings FROM agency";

/// Every agency, by name.
pub async fn all(db: &Db) -> Result<Vec<Agency>> {
    db.rows_of(format!("{COLUMNS} ORDER BY name LIMIT 1000"), params![]).await?.iter().map(agency).collect()
}

/// One agency.
pub async fn get(db: &Db, id: AgencyId) -> Result<Option<Agency>> {
    db.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(agency).transpose()
}

/// The agency of an organisation id.
pub async fn by_org(db: &Db, org: &str) -> Result<Option<Agency>> {
    db.rows_of(format!("{COLUMNS} WHERE org = $1"), params![org]).await?.first().map(agency).transpose()
}

/// The agency of a shown name.
pub async fn by_name(db: &Db, name: &str) -> Result<Option<Agency>> {
    db.rows_of(format!("{COLUMNS} WHERE name = $1"), params![name]).await?.first().map(agency).transpose()
}

/// Stores a new agency.
pub async fn put(tx: &mut Tx, new: &Agency, now: Timestamp) -> Result<()> {
    let settings = serde_json::to_string(&new.settings).map_err(|error| Error::Damaged(error.to_string()))?;
    tx.run(
        "INSERT INTO agency (id, name, kind, org, settings, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![new.id, &new.name, new.kind.word(), &new.org, settings, now],
    )
    .await?;
    Ok(())
}

/// A signing key as stored.
#[derive(Debug, Clone)]
pub struct StoredKey {
    /// JWK thumbprint.
    pub kid: String,
    /// Seed of 32 bytes, clear.
    pub seed: [u8; 32],
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until.
    pub not_after: Timestamp,
    /// Revoked when and why.
    pub revoked: Option<(Timestamp, String)>,
}

/// Stores a signing key, wrapped.
pub async fn put_key(tx: &mut Tx, whose: AgencyId, purpose: &str, key: &StoredKey) -> Result<()> {
    let wrapped = tx.keys.wrap(&key.seed)?;
    tx.run(
        "INSERT INTO agency_key (kid, agency, purpose, wrapped, not_before, not_after) VALUES ($1, $2, $3, $4, $5, $6)",
        params![&key.kid, whose, purpose, wrapped, key.not_before, key.not_after],
    )
    .await?;
    Ok(())
}

/// Keys of an agency for a purpose, newest first.
pub async fn keys(db: &Db, whose: AgencyId, purpose: &str) -> Result<Vec<StoredKey>> {
    db.rows(
        "SELECT kid, wrapped, not_before, not_after, revoked_at, revoked_why FROM agency_key
         WHERE agency = $1 AND purpose = $2 ORDER BY not_before DESC LIMIT 50",
        params![whose, purpose],
    )
    .await?
    .iter()
    .map(|row| {
        let seed = db.keys.unwrap_secret(&row.bytes("wrapped")?)?;
        Ok(StoredKey {
            kid: row.text("kid")?,
            seed: seed.try_into().map_err(|_| Error::Damaged("a signing key has a wrong length".into()))?,
            not_before: row.time("not_before")?,
            not_after: row.time("not_after")?,
            revoked: row
                .maybe_time("revoked_at")?
                .map(|at| Ok::<_, Error>((at, row.maybe_text("revoked_why")?.unwrap_or_default())))
                .transpose()?,
        })
    })
    .collect()
}

/// A joint action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its id, also the id of its space.
    pub id: AgencyId,
    /// Shown name.
    pub name: String,
    /// Begin of its window.
    pub starts_at: Timestamp,
    /// End of its window.
    pub ends_at: Timestamp,
}

/// Stores a joint action and its agencies.
pub async fn put_operation(
    tx: &mut Tx,
    new: &Operation,
    agencies: &[AgencyId],
    arrangement: i64,
    by: (PersonId, Timestamp),
) -> Result<()> {
    tx.run(
        "INSERT INTO operation (id, name, starts_at, ends_at, arrangement, made_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        params![new.id, &new.name, new.starts_at, new.ends_at, arrangement, by.0, by.1],
    )
    .await?;
    let rows = agencies.iter().map(|agency| params![new.id, *agency, by.1]).collect();
    tx.insert("operation_agency", &["operation", "agency", "joined_at"], rows, "ON CONFLICT DO NOTHING")
        .await?;
    Ok(())
}

fn operation(row: &Row) -> Result<Operation> {
    Ok(Operation {
        id: row.id("id")?,
        name: row.text("name")?,
        starts_at: row.time("starts_at")?,
        ends_at: row.time("ends_at")?,
    })
}

/// Joint actions of an agency, newest first.
pub async fn operations(db: &Db, whose: AgencyId) -> Result<Vec<Operation>> {
    db.rows(
        "SELECT o.id, o.name, o.starts_at, o.ends_at FROM operation o
         JOIN operation_agency a ON a.operation = o.id WHERE a.agency = $1 ORDER BY o.starts_at DESC LIMIT 100",
        params![whose],
    )
    .await?
    .iter()
    .map(operation)
    .collect()
}

/// Agencies of a joint action, by name.
pub async fn operation_agencies(db: &Db, of: AgencyId) -> Result<Vec<Agency>> {
    db.rows(
        "SELECT a.id, a.name, a.kind, a.org, a.settings FROM agency a
         JOIN operation_agency o ON o.agency = a.id WHERE o.operation = $1 ORDER BY a.name LIMIT 200",
        params![of],
    )
    .await?
    .iter()
    .map(agency)
    .collect()
}

/// A fact about the house.
pub async fn house(db: &Db, name: &str) -> Result<Option<String>> {
    db.maybe("SELECT value FROM house WHERE name = $1", params![name])
        .await?
        .map(|row| row.text("value"))
        .transpose()
}

/// Sets a fact about the house.
pub async fn set_house(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    tx.run(
        "INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )
    .await?;
    Ok(())
}
