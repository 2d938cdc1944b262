//! What people note about hosts, and the links out of assessed content that lead to them.

use crate::db::{Db, Tx};
use crate::value::list;
use crate::{Result, Row, Value, params};
use domain::host::NoteKind;
use domain::id::{AgencyId, ClusterId, PersonId};
use domain::subject::EdgeKind;
use jiff::Timestamp;
use uuid::Uuid;

/// A note as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostNote {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub space: AgencyId,
    /// About which host.
    pub host: String,
    /// What about it.
    pub kind: NoteKind,
    /// Document: JSON of `domain::host::Note`.
    pub document: i64,
    /// Who wrote it.
    pub made_by: PersonId,
    /// When.
    pub made_at: Timestamp,
}

fn note(row: &Row) -> Result<HostNote> {
    Ok(HostNote {
        id: row.id("id")?,
        space: row.id("space")?,
        host: row.text("host")?,
        kind: row.word("kind", NoteKind::from_word)?,
        document: row.int("document")?,
        made_by: row.id("made_by")?,
        made_at: row.time("made_at")?,
    })
}

/// Stores a note.
pub async fn put(tx: &mut Tx, new: &HostNote) -> Result<()> {
    tx.run(
        "INSERT INTO host_note (id, space, host, kind, document, made_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        params![new.id, new.space, &new.host, new.kind.word(), new.document, new.made_by, new.made_at],
    )
    .await?;
    Ok(())
}

/// Notes about a host, newest first, at most `limit`.
pub async fn notes(db: &Db, space: AgencyId, host: &str, limit: i64) -> Result<Vec<HostNote>> {
    db.rows(
        "SELECT id, space, host, kind, document, made_by, made_at FROM host_note
         WHERE space = $1 AND host = $2 ORDER BY made_at DESC, id DESC LIMIT $3",
        params![space, host, limit],
    )
    .await?
    .iter()
    .map(note)
    .collect()
}

/// The newest note of one kind about each host, at most `limit`.
pub async fn newest(db: &Db, space: AgencyId, kind: NoteKind, limit: i64) -> Result<Vec<HostNote>> {
    db.rows(
        "SELECT id, space, host, kind, document, made_by, made_at FROM host_note a WHERE space = $1 AND kind = $2
         AND NOT EXISTS (SELECT 1 FROM host_note b WHERE b.space = a.space AND b.host = a.host AND b.kind = a.kind AND b.id > a.id)
         ORDER BY host LIMIT $3",
        params![space, kind.word(), limit],
    )
    .await?
    .iter()
    .map(note)
    .collect()
}

/// A link out of assessed content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlink {
    /// Who posted it: the account's inside key, else the item's below zero.
    pub who: i64,
    /// The source's time, else ours.
    pub at: Timestamp,
    /// Registrable host of the item.
    pub from: String,
    /// Registrable host of the address.
    pub to: String,
    /// The address: the subject's inside key.
    pub address: i64,
}

/// Links of observations of some clusters to other hosts than their own, at most `limit`. Clusters come first, as in
/// [`network::posts`](crate::network::posts).
pub async fn outlinks(db: &Db, space: AgencyId, clusters: &[ClusterId], limit: i64) -> Result<Vec<Outlink>> {
    let sql = format!(
        "SELECT COALESCE(o.account, -o.subject) AS who, COALESCE(o.posted_at, o.seen_at) AS at, s.service AS item_host,
           t.service AS link_host, t.key AS address
         FROM cluster_member m CROSS JOIN observation o CROSS JOIN edge e
         JOIN subject s ON s.key = o.subject JOIN subject t ON t.key = e.to_key
         WHERE o.subject = m.subject AND o.space = $1
         AND e.from_key = o.subject AND e.observation = o.key AND e.kind = '{}'
         AND m.cluster IN ({}) AND t.service <> s.service ORDER BY o.key, e.to_key LIMIT $2",
        EdgeKind::LinksTo.word(),
        list(clusters.len(), 3)
    );
    let mut values = params![space, limit];
    values.extend(clusters.iter().map(|cluster| Value::from(*cluster)));
    db.rows_of(sql, values)
        .await?
        .iter()
        .map(|row| {
            Ok(Outlink {
                who: row.int("who")?,
                at: row.time("at")?,
                from: row.text("item_host")?,
                to: row.text("link_host")?,
                address: row.int("address")?,
            })
        })
        .collect()
}
