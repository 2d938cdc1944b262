//! The inbox of a provider: items of referrals that came in, and their answers.

use crate::db::{Db, Tx};
use crate::{Result, Row, params};
use domain::id::{AgencyId, CaseId, MessageId, PersonId};
use domain::referral::{Answer, waits_for_provider};
use jiff::Timestamp;

/// A row of the provider's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// The provider.
    pub agency: AgencyId,
    /// The referral's message.
    pub message: MessageId,
    /// `i1` …
    pub item: String,
    /// RXP case.
    pub matter: CaseId,
    /// Who sent it.
    pub sender: String,
    /// `open`, `answered`, `withdrawn`.
    pub state: String,
    /// The last answer.
    pub answer: Option<String>,
    /// The receipt's time.
    pub received_at: Timestamp,
}

impl InboxItem {
    /// Whether it waits for a word of the provider.
    #[must_use]
    pub fn waits(&self) -> bool {
        let answer = self.answer.as_deref().and_then(Answer::from_word);
        waits_for_provider(self.taken_back(), answer)
    }

    /// Whether its sender took it back; what is answered after that changes nothing in it.
    #[must_use]
    pub fn taken_back(&self) -> bool {
        self.state == "withdrawn"
    }
}

const INBOX: &str =
    "SELECT agency, message, item, matter, sender, state, answer, received_at FROM inbox_item";

fn inbox_item(row: &Row) -> Result<InboxItem> {
    Ok(InboxItem {
        agency: row.id("agency")?,
        message: row.id("message")?,
        item: row.text("item")?,
        matter: row.id("matter")?,
        sender: row.text("sender")?,
        state: row.text("state")?,
        answer: row.maybe_text("answer")?,
        received_at: row.time("received_at")?,
    })
}

/// Stores items that were referred to a provider.
pub async fn put(tx: &mut Tx, new: &[InboxItem]) -> Result<()> {
    let rows = new
        .iter()
        .map(|item| {
            params![
                item.agency,
                item.message,
                &item.item,
                item.matter,
                &item.sender,
                &item.state,
                item.received_at
            ]
        })
        .collect();
    tx.insert(
        "inbox_item",
        &["agency", "message", "item", "matter", "sender", "state", "received_at"],
        rows,
        "ON CONFLICT DO NOTHING",
    )
    .await?;
    Ok(())
}

/// A provider's inbox in a state, oldest first.
pub async fn in_state(db: &Db, agency: AgencyId, state: &str, limit: i64) -> Result<Vec<InboxItem>> {
    db.rows_of(
        format!("{INBOX} WHERE agency = $1 AND state = $2 ORDER BY received_at, message, item LIMIT $3"),
        params![agency, state, limit],
    )
    .await?
    .iter()
    .map(inbox_item)
    .collect()
}

/// How a case stands with its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// An item of it waits for a word of the provider.
    Waits,
    /// Every item was answered.
    Answered,
    /// Its sender took it back and nothing is to be restored.
    Withdrawn,
}

impl Stand {
    /// All of them, what waits first.
    pub const ALL: [Self; 3] = [Self::Waits, Self::Answered, Self::Withdrawn];

    /// Its word in the query.
    fn word(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A provider's cases as (message, sender, stand), with [`InboxItem::waits`] said in SQL.
fn cases_sql() -> String {
    let acted: Vec<String> = Answer::ALL
        .iter()
        .filter(|answer| waits_for_provider(true, Some(**answer)))
        .map(|answer| format!("'{}'", answer.word()))
        .collect();
    format!(
        "SELECT message, MIN(sender) AS sender, MAX(received_at) AS at,
                CASE WHEN MAX(CASE WHEN state = 'open' OR (state = 'withdrawn' AND answer IN ({})) THEN 1 ELSE 0 END) = 1
                          THEN 'waits'
                     WHEN MIN(CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END) = 1 THEN 'withdrawn'
                     ELSE 'answered' END AS stand
         FROM inbox_item WHERE agency = $1 GROUP BY message",
        acted.join(", ")
    )
}

/// Cases of a provider, or of one stand: what waits first, then newest first, with who sent them.
pub async fn cases(
    db: &Db,
    agency: AgencyId,
    stand: Option<Stand>,
    (limit, after): (i64, i64),
) -> Result<Vec<(MessageId, String)>> {
    let sql = format!(
        "SELECT c.message, c.sender FROM ({}) c WHERE $2 IN ('', c.stand)
         ORDER BY CASE c.stand WHEN 'waits' THEN 0 ELSE 1 END, c.at DESC, c.message DESC LIMIT $3 OFFSET $4",
        cases_sql()
    );
    let rows = db.rows_of(sql, params![agency, stand.map_or("", Stand::word), limit, after]).await?;
    rows.iter().map(|row| Ok((row.id("message")?, row.text("sender")?))).collect()
}

/// How many cases of a provider stand so.
pub async fn standing(db: &Db, agency: AgencyId) -> Result<Vec<(Stand, u64)>> {
    let sql = format!("SELECT c.stand, COUNT(*) AS n FROM ({}) c GROUP BY c.stand", cases_sql());
    let rows = db.rows_of(sql, params![agency]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let word = row.text("stand")?;
        if let Some(stand) = Stand::ALL.into_iter().find(|stand| stand.word() == word) {
            all.push((stand, row.count("n")?));
        }
    }
    Ok(all)
}

/// Items of one referral in a provider's inbox.
pub async fn of_message(db: &Db, agency: AgencyId, message: MessageId) -> Result<Vec<InboxItem>> {
    db.rows_of(format!("{INBOX} WHERE agency = $1 AND message = $2 ORDER BY item"), params![agency, message])
        .await?
        .iter()
        .map(inbox_item)
        .collect()
}

/// The provider answered an item; one that was taken back stays so.
pub async fn answer(
    tx: &mut Tx,
    of: &InboxItem,
    answer: &str,
    open: bool,
    by: (Option<PersonId>, Timestamp),
) -> Result<()> {
    tx.run(
        "UPDATE inbox_item SET answer = $4, state = CASE state WHEN 'withdrawn' THEN state ELSE $5 END,
                answered_by = $6, answered_at = $7
         WHERE agency = $1 AND message = $2 AND item = $3",
        params![of.agency, of.message, &of.item, answer, if open { "open" } else { "answered" }, by.0, by.1],
    )
    .await?;
    Ok(())
}

/// The sender took the referral back; `item` narrows it.
pub async fn withdraw(tx: &mut Tx, agency: AgencyId, message: MessageId) -> Result<u64> {
    tx.run(
        "UPDATE inbox_item SET state = 'withdrawn' WHERE agency = $1 AND message = $2",
        params![agency, message],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_was_taken_back_waits_until_it_is_restored() {
        let check = |state: &str, answer: Option<Answer>, expected: bool| {
            let item = InboxItem {
                agency: AgencyId(Uuid::nil()),
                message: MessageId(Uuid::nil()),
                item: "i1".to_owned(),
                matter: CaseId(Uuid::nil()),
                sender: "unit.example".to_owned(),
                state: state.to_owned(),
                answer: answer.map(|answer| answer.word().to_owned()),
                received_at: Timestamp::UNIX_EPOCH,
            };
            assert_eq!(item.waits(), expected, "{state} {answer:?}");
        };
        check("open", None, true);
        check("open", Some(Answer::UnderReview), true);
        check("answered", Some(Answer::Removed), false);
        check("withdrawn", None, false);
        check("withdrawn", Some(Answer::NoAction), false);
        check("withdrawn", Some(Answer::Removed), true);
        check("withdrawn", Some(Answer::GeoBlocked), true);
        check("withdrawn", Some(Answer::RestoredAfterWithdrawal), false);
    }
}
