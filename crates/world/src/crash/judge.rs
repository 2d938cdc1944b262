//! The judge: the providers' own log says what was sent, the people's memory says what must be there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::crew::{Crew, list, word};
use super::house::House;
use super::log::Log;
use super::memory::Memory;
use crate::Error;
use crate::make::item_key;
use crate::model::Post;

/// Posts of one upload, when all are handed in again.
const POSTS_AT_ONCE: usize = 200;

/// What the providers received, by their own log.
#[derive(Debug, Default)]
pub(super) struct Received {
    /// Referrals by id of the message.
    pub(super) referrals: BTreeSet<String>,
    /// Mails.
    pub(super) mails: usize,
    /// Mails beyond the first with one Message-ID.
    pub(super) mails_again: usize,
    /// Messages of providers that the house gave its receipt for.
    outcomes: BTreeSet<String>,
    /// What must not be.
    wrong: Vec<String>,
}

impl Received {
    /// Reads the log of the providers, `net/seen.ndjson`.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(Error::io(path.display()))?;
        Ok(Self::of(text.lines().map(|line| serde_json::from_str(line).unwrap_or_default())))
    }

    fn of(lines: impl Iterator<Item = Value>) -> Self {
        let mut received = Self::default();
        let mut messages: BTreeMap<(String, String, String), BTreeSet<String>> = BTreeMap::new();
        let mut letters: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for line in lines {
            match line["event"].as_str() {
                Some("message") if line["type"] == "referral" => {
                    let id = word(&line, "id");
                    for url in list(&line, "urls") {
                        let url = url.as_str().unwrap_or_default();
                        let subject = item_key(url).unwrap_or_else(|| url.to_owned());
                        let key = (word(&line, "to"), word(&line, "type"), subject);
                        messages.entry(key).or_default().insert(id.clone());
                    }
                    received.referrals.insert(id);
                }
                Some("mail") => {
                    received.mails += 1;
                    let about =
                        line["carried"].as_str().map_or_else(|| word(&line, "subject"), str::to_owned);
                    letters.entry((word(&line, "to"), about)).or_default().insert(word(&line, "message_id"));
                }
                Some("sent") => {
                    received.outcomes.insert(word(&line, "id"));
                }
                Some("refused") if !matches!(line["code"].as_str(), Some("slow_down" | "maintenance")) => {
                    received.wrong.push(format!("a provider refused: {line}"));
                }
                _ => {}
            }
        }
        received.mails_again = received.mails - letters.values().map(BTreeSet::len).sum::<usize>();
        let twice = messages.iter().filter(|(_, ids)| ids.len() > 1);
        let twice = twice.map(|((to, kind, subject), ids)| {
            format!("{to} got {subject} in {} {kind}s: {ids:?}", ids.len())
        });
        received.wrong.extend(twice);
        let renamed = letters.iter().filter(|(_, ids)| ids.len() > 1);
        let renamed =
            renamed.map(|((to, about), ids)| format!("{to} got the mail about {about} under {ids:?}"));
        received.wrong.extend(renamed);
        received
    }
}

/// Judges the whole run; the house serves and is at rest. Gives what is wrong, nothing when all is well.
pub(super) async fn judge(
    crew: &mut Crew,
    memory: &mut Memory,
    (received, data): (&Received, &Path),
) -> Result<Vec<String>, Error> {
    let mut wrong = received.wrong.clone();
    for (id, approved) in memory.assessments.clone() {
        match crew.shown(&format!("/api/v1/assessments/{id}")).await? {
            None => wrong.push(format!("assessment {id} was acknowledged and is lost")),
            Some(shown) if approved && shown["state"] != "approved" && shown["state"] != "declined" => {
                wrong.push(format!(
                    "the approval of assessment {id} was acknowledged and is lost: {}",
                    shown["state"]
                ));
            }
            Some(_) => {}
        }
    }
    let mut known = BTreeSet::new();
    for id in memory.referrals.keys().cloned().collect::<Vec<_>>() {
        match crew.shown(&format!("/api/v1/referrals/{id}")).await? {
            None => wrong.push(format!("referral {id} was acknowledged and is lost")),
            Some(shown) => {
                known.extend(shown["message"].as_str().map(str::to_owned));
                memory.saw_row(&with_look(&shown, &memory.referrals[&id].looked));
                memory.saw_referral(&id, &shown);
            }
        }
    }
    let unknown = received.referrals.difference(&known);
    wrong
        .extend(unknown.map(|id| format!("a provider has the referral {id}, the house knows nothing of it")));
    wrong.extend(pictures(memory, data)?);
    for posts in memory.posts.chunks(POSTS_AT_ONCE) {
        let new = crew.upload(posts).await?;
        if new > 0 {
            wrong.push(format!(
                "{new} records of acknowledged intakes were new when they were handed in again"
            ));
        }
    }
    let truth = crew.truth().await?;
    if truth["duplicates_sent"] != 0 {
        wrong.push(format!("the providers count {} duplicates", truth["duplicates_sent"]));
    }
    crew.quiet().await?;
    crew.read(memory).await?;
    wrong.append(&mut memory.lost);
    Ok(wrong)
}

/// Pictures of acknowledged posts that the house does not keep. They must be safe before anything is handed in again.
pub(super) fn pictures(memory: &Memory, data: &Path) -> Result<Vec<String>, Error> {
    let mut kept = BTreeSet::new();
    let mut folders = vec![data.join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Error::io(folder.display()))? {
            let path = entry.map_err(Error::io(folder.display()))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                kept.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
            }
        }
    }
    let mut lost = Vec::new();
    for post in &memory.posts {
        let post: Post = serde_json::from_str(post).map_err(Error::bug)?;
        let gone = post.media.iter().filter(|media| !kept.contains(&media.sha256));
        lost.extend(gone.map(|media| format!("the picture {} of {} is lost", media.sha256, post.id)));
    }
    Ok(lost)
}

/// The list says who looked, a single referral does not: there the memory of the list stands.
fn with_look(shown: &Value, looked: &bool) -> Value {
    let mut row = shown.clone();
    row["looked_by"] = if *looked { Value::Bool(true) } else { Value::Null };
    row
}

/// `renvoi fsck` on a house that stands still.
pub(super) async fn fsck(house: &House) -> Result<Vec<String>, Error> {
    let said = house.on_data(&["fsck"]).await?;
    let wrong = said.out.lines().filter(|line| line.starts_with("wrong")).map(|line| format!("fsck: {line}"));
    let mut wrong: Vec<String> = wrong.collect();
    if !said.good && wrong.is_empty() {
        wrong.push(format!("fsck: {}", said.err));
    }
    Ok(wrong)
}

/// `renvoi ledger verify` on the published log and on an export of the whole; every head that was ever shown is a
/// beginning of it, and what the house gave its receipt for stands in it.
pub(super) async fn ledger(
    house: &House,
    memory: &Memory,
    received: &Received,
) -> Result<Vec<String>, Error> {
    let mut wrong = Vec::new();
    let published = fs::read_dir(house.data.join("ledger")).map_err(Error::io("ledger"))?;
    for entry in published {
        let dir = entry.map_err(Error::io("ledger"))?.path();
        if let Err(said) = verified(house, &dir).await? {
            wrong.push(format!("ledger verify {}: {said}", dir.display()));
        }
    }
    let export = house.data.with_extension("export");
    let said = house.on_data(&["ledger", "export", &house.agency, &export.to_string_lossy()]).await?;
    if !said.good {
        wrong.push(format!("ledger export: {}", said.err));
        return Ok(wrong);
    }
    let size = match verified(house, &export).await? {
        Ok(size) => size,
        Err(said) => {
            wrong.push(format!("ledger verify of the export: {said}"));
            return Ok(wrong);
        }
    };
    let log = Log::read(&export, size)?;
    let denied = log.denies(&memory.heads);
    wrong.extend(
        denied
            .iter()
            .map(|size| format!("the head over {size} records was shown and is no beginning of the log")),
    );
    let empty = BTreeSet::new();
    let messages = log.about("message");
    let lost = received.outcomes.difference(messages.get("received").unwrap_or(&empty));
    wrong.extend(lost.map(|id| format!("the house gave its receipt for {id} and has no record of it")));
    Ok(wrong)
}

/// The size of a log that verifies, or what the verifier said.
async fn verified(house: &House, dir: &Path) -> Result<Result<u64, String>, Error> {
    let said = house.command(&["ledger".as_ref(), "verify".as_ref(), dir.as_os_str()]).await?;
    let report: Value = serde_json::from_str(&said.out).unwrap_or_default();
    Ok(match report["size"].as_u64() {
        Some(size) if said.good => Ok(size),
        _ => Err(said.err),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_log_of_the_receivers_judges() {
        let message = |id: &str, to: &str, url: &str| json!({"event": "message", "type": "referral", "id": id, "to": to, "urls": [url]});
        let mail = |id: &str, carried: &str| json!({"event": "mail", "to": "a@b.test", "message_id": id, "carried": carried});
        let check = |lines: &[Value], wrong: usize| {
            let received = Received::of(lines.iter().cloned());
            assert_eq!(received.wrong.len(), wrong, "{lines:?}: {:?}", received.wrong);
            received
        };
        let (a, b) = ("https://b.test/p/1", "https://m.b.test/p/1?utm_source=x");
        check(&[message("1", "b.test", a), message("1", "b.test", a), message("2", "c.test", a)], 0);
        check(&[message("1", "b.test", a), message("2", "b.test", a)], 1);
        check(&[message("1", "b.test", a), message("2", "b.test", b)], 1);
        let again = check(&[mail("<1>", "1"), mail("<1>", "1"), mail("<2>", "2")], 0);
        assert_eq!((again.mails, again.mails_again), (3, 1));
        check(&[mail("<1>", "1"), mail("<2>", "1")], 1);
        check(&[json!({"event": "refused", "code": "slow_down"})], 0);
        check(&[json!({"event": "refused", "code": "bad_signature"})], 1);
    }
}
