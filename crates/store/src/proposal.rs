//! Acts that wait for a second person.

use crate::db::{Db, Tx};
use crate::{Error, Result, Row, params};
use domain::id::{AgencyId, PersonId, ProposalId};
use domain::proposal::{Act, State};
use jiff::Timestamp;
use uuid::Uuid;

/// Proposals that are listed.
pub const LISTED_MAX: usize = 200;

/// A proposal as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Whose.
    pub space: AgencyId,
    /// What it is.
    pub act: Act,
    /// The person, or the provider.
    pub of: Uuid,
    /// JSON: the role, or the entry.
    pub body: String,
    /// Where it stands.
    pub state: State,
    /// Who proposed it, under which log-in; `None` for the operator of the machine.
    pub proposed_by: Option<(PersonId, Uuid)>,
    /// When.
    pub made_at: Timestamp,
}

const COLUMNS: &str =
    "SELECT id, space, act, of_id, body, state, proposed_by, proposed_login, made_at FROM proposal";

fn proposal(row: &Row) -> Result<Proposal> {
    let word = |column: &str| row.text(column);
    let (act, state) = (word("act")?, word("state")?);
    Ok(Proposal {
        id: row.id("id")?,
        space: row.id("space")?,
        act: Act::from_word(&act).ok_or_else(|| Error::Damaged(format!("\"{act}\" is no act")))?,
        of: row.id("of_id")?,
        body: row.text("body")?,
        state: State::from_word(&state).ok_or_else(|| Error::Damaged(format!("\"{state}\" is no state")))?,
        proposed_by: row.maybe_id("proposed_by")?.zip(row.maybe_id("proposed_login")?),
        made_at: row.time("made_at")?,
    })
}

/// Stores a proposal that waits.
pub async fn put(tx: &mut Tx, new: &Proposal) -> Result<()> {
    tx.run(
        "INSERT INTO proposal (id, space, act, of_id, body, state, proposed_by, proposed_login, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        params![
            new.id,
            new.space,
            new.act.word(),
            new.of,
            &new.body,
            new.state.word(),
            new.proposed_by.map(|(person, _)| person),
            new.proposed_by.map(|(_, login)| login.to_string()),
            new.made_at
        ],
    )
    .await?;
    Ok(())
}

/// One proposal, in the transaction.
pub async fn get_in(tx: &mut Tx, id: ProposalId) -> Result<Option<Proposal>> {
    tx.rows_of(format!("{COLUMNS} WHERE id = $1"), params![id]).await?.first().map(proposal).transpose()
}

/// The same proposal that waits already.
pub async fn same(tx: &mut Tx, new: &Proposal) -> Result<Option<ProposalId>> {
    let rows = tx
        .rows(
            "SELECT id FROM proposal WHERE space = $1 AND act = $2 AND of_id = $3 AND body = $4 AND state = 'waiting'",
            params![new.space, new.act.word(), new.of, &new.body],
        )
        .await?;
    rows.first().map(|row| row.id("id")).transpose()
}

/// Proposals of a space that wait, oldest first, at most [`LISTED_MAX`].
pub async fn waiting(db: &Db, space: AgencyId, act: Act) -> Result<Vec<Proposal>> {
    let sql = format!(
        "{COLUMNS} WHERE space = $1 AND state = 'waiting' AND act = $2 ORDER BY made_at, id LIMIT $3"
    );
    let limit = i64::try_from(LISTED_MAX).unwrap_or(i64::MAX);
    db.rows_of(sql, params![space, act.word(), limit]).await?.iter().map(proposal).collect()
}

/// Decides a proposal.
pub async fn decide(tx: &mut Tx, id: ProposalId, state: State, by: (PersonId, Timestamp)) -> Result<()> {
    tx.run(
        "UPDATE proposal SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1",
        params![id, state.word(), by.0, by.1],
    )
    .await?;
    Ok(())
}
