//! The last line of a demo: what the product counts, what the providers saw, and where they differ.

use super::super::Failed;
use super::super::out::tell;
use super::parts;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use world::play::Played;

/// Counts that both sides keep: name here, and why they may differ by what they count.
const BOTH: [(&str, &str); 8] = [
    ("items", ""),
    ("referred", ""),
    ("answered", "an answer under way when the day ended"),
    ("removed", ""),
    ("no_action", ""),
    ("unanswered", "an answer under way when the day ended"),
    ("withdrawn", "a provider without a receipt of the withdrawal yet"),
    ("reappeared", "the product counts what joins decided content, the world what came up again"),
];
/// What the seat's inbox calls removed.
const REMOVED: [&str; 3] = ["removed", "disabled_everywhere", "disabled_in_union"];

/// One JSON object: the report of the day with the recount, the ledgers, and the truth beside it.
pub(super) async fn up(folder: &Path, played: &Played) -> Result<Value, Failed> {
    let data = folder.join("data");
    let file = folder.join("report.json");
    let report = parts::report(&data, played, &file).await?;
    let dirs = ledgers(&data)?;
    let equal = parts::recount(&dirs, &file).await?;
    let number = |name: &str| report["figures"][name].as_u64().unwrap_or(0);
    let values = |dimension: &str| {
        let by = report["by"][dimension].as_object();
        let seen = |(value, figures): &(&String, &Value)| {
            !value.is_empty() && *value != "und" && figures["unique"].as_u64().is_some_and(|count| count > 0)
        };
        by.map_or(0, |by| by.iter().filter(seen).count())
    };
    let mut line = Map::new();
    line.insert("items".into(), json!(number("unique").saturating_sub(played.reappeared)));
    line.insert("languages".into(), json!(values("language")));
    line.insert("services".into(), json!(values("service")));
    line.insert("agencies".into(), json!(report["ledgers"].as_object().map_or(0, Map::len)));
    for name in [
        "clusters",
        "matched",
        "assessed",
        "approved",
        "held_back",
        "referred",
        "answered",
        "removed",
        "no_action",
        "unanswered",
        "withdrawn",
        "reappeared",
        "gone",
        "duplicates_sent",
        "without_second_person",
    ] {
        line.insert(name.into(), json!(number(name)));
    }
    line.insert("ledger".into(), verified(&dirs)?);
    line.insert("report_recomputed_equal".into(), json!(equal));
    let truth = truth(played);
    line.insert("differences".into(), json!(differences(&line, &truth)));
    line.insert("truth".into(), truth);
    line.insert("people".into(), json!(played));
    Ok(Value::Object(line))
}

/// Directories of the agencies' published ledgers.
fn ledgers(data: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir(data.join("ledger"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    dirs.retain(|dir| dir.join("vkey").is_file());
    dirs.sort();
    Ok(dirs)
}

/// Verifies every ledger with the independent verifier. The root joins the roots of all, in the order of the ids.
fn verified(dirs: &[PathBuf]) -> Result<Value, Failed> {
    let (mut size, mut roots, mut good) = (0, Vec::new(), !dirs.is_empty());
    for dir in dirs {
        let vkey = std::fs::read_to_string(dir.join("vkey"))?;
        match verify::dir(dir, vkey.trim()) {
            Ok(report) => {
                size += report.size;
                roots.extend_from_slice(&report.root);
            }
            Err(problem) => {
                tell!("demo: {}: {problem}", dir.display());
                good = false;
            }
        }
    }
    let root: String = verify::hash_of_entry(&roots).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(json!({ "size": size, "root": root, "ledgers": dirs.len(), "verified": good }))
}

/// What the world's providers saw, and the provider that reads in an inbox, by its own log.
fn truth(played: &Played) -> Value {
    let world = |name: &str| played.truth[name].as_u64().unwrap_or(0);
    let inbox = |name: &str| played.inbox[name].as_u64().unwrap_or(0);
    let removed: u64 = REMOVED.iter().map(|name| inbox(name)).sum();
    json!({
        "items": world("items"),
        "referred": world("referred") + inbox("referred"),
        "answered": world("answered") + inbox("answered"),
        "removed": world("removed") + removed,
        "no_action": world("no_action") + inbox("no_action"),
        "unanswered": world("unanswered") + inbox("referred") - inbox("answered"),
        "withdrawn": world("withdrawn") + inbox("withdrawn"),
        "reappeared": world("reappeared"),
        "duplicates_sent": world("duplicates_sent"),
        "mails": world("mails"),
        "refused": played.truth["refused"],
    })
}

fn differences(ours: &Map<String, Value>, theirs: &Value) -> Vec<Value> {
    BOTH.iter()
        .chain(&[("duplicates_sent", "")])
        .filter(|(name, _)| ours[*name] != theirs[*name])
        .map(|(name, reason)| {
            let reason = if reason.is_empty() { "not explained" } else { reason };
            json!({ "what": name, "ours": ours[*name], "theirs": theirs[*name], "reason": reason })
        })
        .collect()
}
