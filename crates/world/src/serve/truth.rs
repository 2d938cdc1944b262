//! What the providers saw over HTTP and SMTP: the log `net/seen.ndjson` and the counts of `GET /__world/truth`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::state::{Inner, Message, Shared, wire_time};
use crate::Error;

/// Answers that say that the item is not there any more.
const REMOVED: [&str; 3] = ["removed", "disabled_everywhere", "disabled_in_union"];

/// The log of everything seen, one line an event.
pub(crate) struct Seen(File);

impl Seen {
    /// Begins the log anew.
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        let folder = dir.join("net");
        fs::create_dir_all(&folder).map_err(Error::io(folder.display()))?;
        let path = folder.join("seen.ndjson");
        Ok(Self(File::create(&path).map_err(Error::io(path.display()))?))
    }

    /// Adds a line. A failed write is told to the operator; the world goes on.
    pub(crate) fn line(&mut self, event: &Value) {
        if let Err(error) = self.0.write_all(format!("{event}\n").as_bytes()) {
            tracing::error!(%error, "seen.ndjson cannot be written");
        }
    }
}

/// One thing referred: what all messages about it come to.
#[derive(Debug, Default, Clone)]
struct Referred {
    url: String,
    messages: Vec<usize>,
    answer: Option<String>,
    answered: bool,
    withdrawn: bool,
}

/// The counts. Items are counted by (provider, address); "answered" means that a final answer was sent and its receipt
/// verified; "removed" is one of `removed`, `disabled_everywhere`, `disabled_in_union` so answered.
pub(crate) fn counts(shared: &Shared, inner: &Inner) -> Value {
    let referred = referred(inner);
    let mut by_service: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut by_answer: BTreeMap<&str, usize> = BTreeMap::new();
    let mut total: BTreeMap<&str, usize> = BTreeMap::new();
    let mut items = Vec::new();
    for ((service, key), entry) in &referred {
        let host = shared.service(*service).host.as_str();
        let item = inner.by_key.get(key).map(|i| &inner.items[*i]);
        let answer = entry.answer.as_deref().filter(|_| entry.answered);
        let gone = item.is_some_and(|i| i.gone_at.is_some());
        let facts = [
            ("referred", true),
            ("answered", answer.is_some()),
            ("unanswered", answer.is_none()),
            ("removed", answer.is_some_and(|a| REMOVED.contains(&a))),
            ("no_action", answer == Some("no_action")),
            ("withdrawn", entry.withdrawn),
            ("gone", gone),
            ("gone_unanswered", gone && answer.is_none()),
        ];
        for (name, holds) in facts {
            *total.entry(name).or_default() += usize::from(holds);
            *by_service.entry(host).or_default().entry(name).or_default() += usize::from(holds);
        }
        if let Some(answer) = answer {
            *by_answer.entry(answer).or_default() += 1;
        }
        items.push(json!({
            "service": host, "url": entry.url, "answer": answer, "gone": gone, "withdrawn": entry.withdrawn,
            "messages": entry.messages.len(),
        }));
    }
    let mut answer = json!({
        "now": wire_time(inner.now),
        "items": inner.items.len() - inner.reappeared,
        "reappeared": inner.reappeared,
        "duplicates_sent": duplicates(inner),
        "messages": by_kind(inner),
        "mails": inner.mails.len(),
        "mail_repeats": mail_repeats(inner),
        "mails_without_document": inner.mails.iter().filter(|m| m.carried.is_none()).count(),
        "refused": inner.refused,
        "outcomes": outcomes(inner),
        "by_answer": by_answer,
        "by_service": by_service,
        "referred_items": items,
    });
    for name in
        ["referred", "answered", "unanswered", "removed", "no_action", "withdrawn", "gone", "gone_unanswered"]
    {
        answer[name] = json!(total.get(name).copied().unwrap_or(0));
    }
    answer
}

fn is_first_contact(message: &Message) -> bool {
    matches!(message.envelope.kind.as_str(), "referral" | "notice")
}

fn referred(inner: &Inner) -> BTreeMap<(usize, String), Referred> {
    let mut found: BTreeMap<(usize, String), Referred> = BTreeMap::new();
    let delivered: BTreeSet<(usize, usize)> = inner
        .outbox
        .iter()
        .filter(|out| out.acknowledged)
        .flat_map(|out| out.finals.iter().map(|n| (out.about, *n)))
        .collect();
    for (place, message) in inner.messages.iter().enumerate().filter(|(_, m)| is_first_contact(m)) {
        for (n, item) in message.items.iter().enumerate() {
            let entry = found.entry((message.service, item.key.clone())).or_default();
            if entry.messages.is_empty() {
                entry.url.clone_from(&item.url);
            }
            entry.messages.push(place);
            entry.withdrawn = item.withdrawn;
            if delivered.contains(&(place, n)) {
                entry.answered = true;
                entry.answer.clone_from(&item.answer);
            }
        }
    }
    found
}

/// Times that one (address, provider, instrument) came under a further message id while the earlier one stood.
fn duplicates(inner: &Inner) -> usize {
    let mut standing: HashMap<(usize, &str, &str), usize> = HashMap::new();
    let mut count = 0;
    for message in inner.messages.iter().filter(|m| is_first_contact(m)) {
        for item in &message.items {
            let seen = standing.entry((message.service, &message.envelope.kind, &item.key)).or_default();
            count += usize::from(*seen > 0);
            *seen += usize::from(!item.withdrawn);
        }
    }
    count
}

fn by_kind(inner: &Inner) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for message in &inner.messages {
        *kinds.entry(message.envelope.kind.as_str()).or_default() += 1;
    }
    kinds
}

/// Mails beyond the first with one Message-ID to one address: allowed, but counted.
fn mail_repeats(inner: &Inner) -> usize {
    let distinct: BTreeSet<(&str, &str)> =
        inner.mails.iter().map(|m| (m.message_id.as_str(), m.to.as_str())).collect();
    inner.mails.len() - distinct.len()
}

fn outcomes(inner: &Inner) -> Value {
    let acknowledged = inner.outbox.iter().filter(|o| o.acknowledged).count();
    json!({"made": inner.outbox.len(), "acknowledged": acknowledged, "pending": inner.outbox.len() - acknowledged})
}
