//! Rows among themselves: the database's own check, words of closed lists, references by hand, counts, handed-out numbers.

use super::{REPORT, RESTORE, Report};
use crate::Result;
use domain::access::{AgencyKind, Role};
use domain::analysis::Verdict;
use domain::assessment::{Decision, State as Assessed, Urgency};
use domain::bank::{ListClass, Opinion, Sharing, SignalKind, SignalState};
use domain::cluster::{Evidence, Queued};
use domain::evidence::Retention;
use domain::hold::{HoldAnswer, HoldState};
use domain::proposal::{Act, State as Proposed};
use domain::referral::{Answer, State as Referred};
use domain::subject::{EdgeKind, SubjectKind};
use store::table;
use store::{Snapshot, params};

/// The database's own view of itself.
pub(super) async fn integrity(snap: &mut Snapshot, report: &mut Report) -> Result<()> {
    if snap.is_sqlite() {
        for row in snap.rows("PRAGMA integrity_check(100)", params![]).await? {
            let said = row.text("integrity_check")?;
            if said != "ok" {
                report.problem("renvoi.db", said, RESTORE);
            }
        }
        for row in snap.rows("PRAGMA foreign_key_check", params![]).await? {
            report.problem(row.text("table")?, "a row refers to nothing", RESTORE);
        }
    }
    // Reading every value is the check that both databases share.
    for table in table::ALL {
        match table::read(snap, *table, &mut |_| Ok(())).await {
            Ok(count) => report.count("rows", count),
            Err(error) => report.problem(table.name, error.to_string(), RESTORE),
        }
    }
    Ok(())
}

type Known = fn(&str) -> bool;

/// Columns that hold words of closed lists.
const WORDS: &[(&str, &str, Known)] = &[
    ("agency", "kind", |word| AgencyKind::from_word(word).is_some()),
    ("lead_mark", "verdict", |word| Verdict::from_word(word).is_some()),
    ("person", "state", |word| ["invited", "active", "disabled"].contains(&word)),
    ("person_role", "role", |word| Role::from_word(word).is_some()),
    ("document", "retention", |word| Retention::from_word(word).is_some()),
    ("source", "relevance", |word| ["forget", "hold", "submit"].contains(&word)),
    ("subject", "kind", |word| SubjectKind::from_word(word).is_some()),
    ("observation", "relevance", |word| ["held", "matched", "submitted", "forgotten"].contains(&word)),
    ("observation", "kind", |word| ["post", "video", "image", "audio", "document"].contains(&word)),
    ("observation", "audience", |word| ["open", "auto_join", "human_admitted", "unsure"].contains(&word)),
    ("edge", "kind", |word| EdgeKind::from_word(word).is_some()),
    ("seen", "kind", domain::bank::is_seen),
    ("bank", "opinion", |word| Opinion::from_word(word).is_some()),
    ("bank", "sharing", |word| Sharing::from_word(word).is_some()),
    ("bank", "class", |word| ListClass::from_word(word).is_some()),
    ("closed_list", "class", |word| ListClass::from_word(word).is_some()),
    ("closed_value", "kind", |word| SignalKind::from_word(word).is_some()),
    ("signal", "kind", |word| SignalKind::from_word(word).is_some()),
    ("signal", "state", |word| SignalState::from_word(word).is_some()),
    ("cluster", "state", |word| Queued::from_word(word).is_some()),
    ("cluster", "urgency", |word| Urgency::from_word(word).is_some()),
    ("cluster_member", "evidence", |word| Evidence::from_word(word).is_some()),
    ("assessment", "state", |word| Assessed::from_word(word).is_some()),
    ("assessment", "decision", |word| Decision::from_word(word).is_some()),
    ("hold", "answer", |word| HoldAnswer::from_word(word).is_some()),
    ("hold", "state", |word| HoldState::from_word(word).is_some()),
    ("referral", "state", |word| Referred::from_word(word).is_some()),
    ("referral_item", "answer", |word| Answer::from_word(word).is_some()),
    ("message", "direction", |word| ["in", "out"].contains(&word)),
    ("outbox", "state", |word| ["waiting", "relayed", "done", "failed"].contains(&word)),
    ("inbox_item", "state", |word| ["open", "answered", "withdrawn"].contains(&word)),
    ("sent_once", "instrument", |word| word == "referral"),
    ("proposal", "act", |word| Act::from_word(word).is_some()),
    ("proposal", "state", |word| Proposed::from_word(word).is_some()),
];

/// Column, and the column that it refers to. Absent values refer to nothing.
const REFERENCES: &[(&str, &str, &str, &str)] = &[
    ("record_key", "document", "document", "key"),
    ("batch", "source", "source", "id"),
    ("subject", "document", "document", "key"),
    ("observation", "batch", "batch", "id"),
    ("observation", "subject", "subject", "key"),
    ("observation", "account", "subject", "key"),
    ("observation", "document", "document", "key"),
    ("observation", "cluster", "cluster", "id"),
    ("edge", "from_key", "subject", "key"),
    ("edge", "to_key", "subject", "key"),
    ("edge", "observation", "observation", "key"),
    ("seen", "observation", "observation", "key"),
    ("search_word", "observation", "observation", "key"),
    ("signal", "document", "document", "key"),
    ("signal_cut", "signal", "signal", "key"),
    ("closed_value", "bank", "bank", "id"),
    ("match", "observation", "observation", "key"),
    ("match", "signal", "signal", "key"),
    ("cluster", "finding", "document", "key"),
    ("cluster", "finding_of", "assessment", "id"),
    ("cluster", "merged_into", "cluster", "id"),
    ("fingerprint", "document", "document", "key"),
    ("cluster_key", "cluster", "cluster", "id"),
    ("cluster_member", "cluster", "cluster", "id"),
    ("cluster_member", "subject", "subject", "key"),
    ("cluster_member", "observation", "observation", "key"),
    ("assessment", "cluster", "cluster", "id"),
    ("assessment", "document", "document", "key"),
    ("assessment", "author", "person", "id"),
    ("assessment", "reader", "person", "id"),
    ("assessment", "approver", "person", "id"),
    ("assessment_item", "assessment", "assessment", "id"),
    ("assessment_item", "subject", "subject", "key"),
    ("hold", "agency", "agency", "id"),
    ("hold", "document", "document", "key"),
    ("provider_host", "provider", "provider", "id"),
    ("host_note", "document", "document", "key"),
    ("host_note", "made_by", "person", "id"),
    ("analysis", "document", "document", "key"),
    ("analysis", "opened_by", "person", "id"),
    ("lead_mark", "one", "subject", "key"),
    ("lead_mark", "other", "subject", "key"),
    ("lead_mark", "document", "document", "key"),
    ("lead_mark", "made_by", "person", "id"),
    ("proposal", "proposed_by", "person", "id"),
    ("proposal", "decided_by", "person", "id"),
    ("operation", "arrangement", "document", "key"),
    ("operation_agency", "operation", "operation", "id"),
    ("operation_agency", "agency", "agency", "id"),
    ("referral", "agency", "agency", "id"),
    ("referral", "assessment", "assessment", "id"),
    ("referral", "provider", "provider", "id"),
    ("referral_item", "referral", "referral", "id"),
    ("referral_item", "subject", "subject", "key"),
    ("sent_once", "referral", "referral", "id"),
    ("sent_once", "subject", "subject", "key"),
    ("sent_once", "provider", "provider", "id"),
    ("message", "agency", "agency", "id"),
    ("message", "document", "document", "key"),
    ("message", "receipt", "document", "key"),
    ("outbox", "message", "message", "id"),
    ("outbox", "provider", "provider", "id"),
    ("inbox_item", "message", "message", "id"),
    ("mail_link", "message", "message", "id"),
    ("look", "subject", "subject", "key"),
    ("look", "referral", "referral", "id"),
    ("look", "document", "document", "key"),
    ("contest", "document", "document", "key"),
    ("contest", "decision", "document", "key"),
    ("ledger_head", "agency", "agency", "id"),
    ("event", "actor", "person", "id"),
];

/// Tables whose rows lie in a space: an agency, or an operation (D8).
const SPACES: &[&str] = &[
    "document",
    "source",
    "batch",
    "subject",
    "observation",
    "bank",
    "closed_list",
    "cluster",
    "cluster_key",
    "fingerprint",
    "assessment",
    "provider",
    "provider_host",
    "protected_host",
    "host_note",
    "analysis",
    "lead_mark",
    "proposal",
    "referral",
    "sent_once",
    "look",
    "event",
];

/// A counter and the column that its numbers stand in.
const NUMBERS: &[(&str, &str, &str)] = &[
    ("document", "document", "key"),
    ("subject", "subject", "key"),
    ("observation", "observation", "key"),
    ("signal", "signal", "key"),
    ("signal", "signal_cut", "key"),
    ("cluster", "cluster", "number"),
];

/// Checks rows against each other.
pub(super) async fn run(snap: &mut Snapshot, report: &mut Report) -> Result<()> {
    for (table, column, known) in WORDS {
        let sql = format!("SELECT DISTINCT {column} AS word FROM {table} WHERE {column} IS NOT NULL");
        for row in snap.rows_of(sql, params![]).await? {
            let word = row.text("word")?;
            if !known(&word) {
                report.problem(*table, format!("\"{word}\" is no word for \"{column}\""), RESTORE);
            }
        }
    }
    for (table, column, to, key) in REFERENCES {
        let sql = format!(
            "SELECT COUNT(*) AS n FROM {table} x WHERE x.{column} IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM {to} y WHERE y.{key} = x.{column})"
        );
        dangling(snap, report, sql, (table, column)).await?;
    }
    for table in SPACES {
        let sql = format!(
            "SELECT COUNT(*) AS n FROM {table} x WHERE NOT EXISTS (SELECT 1 FROM agency a WHERE a.id = x.space)
             AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.id = x.space)"
        );
        dangling(snap, report, sql, (table, "space")).await?;
    }
    for (counter, table, column) in NUMBERS {
        let sql = format!(
            "SELECT COUNT(*) AS n FROM (SELECT MAX({column}) AS top FROM {table}) t
             WHERE t.top IS NOT NULL AND t.top >= COALESCE((SELECT next FROM counter WHERE name = '{counter}'), 0)"
        );
        if snap.rows_of(sql, params![]).await?.first().map_or(Ok(0), |row| row.int("n"))? != 0 {
            report.problem("counter", format!("\"{counter}\" would hand out a number twice"), RESTORE);
        }
    }
    members(snap, report).await
}

async fn dangling(
    snap: &mut Snapshot,
    report: &mut Report,
    sql: String,
    (table, column): (&str, &str),
) -> Result<()> {
    let count = snap.rows_of(sql, params![]).await?.first().map_or(Ok(0), |row| row.int("n"))?;
    if count > 0 {
        report.problem(table, format!("{count} rows refer by \"{column}\" to what is not there"), RESTORE);
    }
    report.count("references", 1);
    Ok(())
}

async fn members(snap: &mut Snapshot, report: &mut Report) -> Result<()> {
    let rows = snap
        .rows(
            "SELECT c.id FROM cluster c WHERE c.merged_into IS NULL AND c.members <>
             (SELECT COUNT(*) FROM cluster_member m WHERE m.cluster = c.id)",
            params![],
        )
        .await?;
    for row in rows {
        report.problem(format!("cluster {}", row.text("id")?), "its count of members is wrong", REPORT);
    }
    Ok(())
}
