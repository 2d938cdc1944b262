//! What providers do, and when: on the stepped clock, never on the wall's.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::accounts;
use super::jcs::canonical;
use super::jws;
use super::state::{Inner, Item, Message, MessageItem, Outgoing, Shared, id_of, wire_time};
use crate::make::{INFORMED_HOURS, PROMPT_HOURS, REFUSING_HOURS, SLOW_HOURS, item_key};
use crate::model::{Behaviour, Post};

/// Hours until a slow provider says that it looks.
const UNDER_REVIEW_HOURS: u32 = 2;
/// Hours until a provider that asks back asks.
const QUESTION_HOURS: u32 = 2;
/// Hours until a withdrawal is answered.
const WITHDRAWAL_HOURS: u32 = 1;

/// What falls due.
#[derive(Debug, Clone)]
pub(crate) enum Action {
    /// The final answer to some items of a message.
    Answer { message: usize, items: Vec<usize> },
    /// `under_review`.
    UnderReview { message: usize },
    /// `needs_information`.
    Ask { message: usize },
    /// An item goes without a word.
    RemoveSilently { item: usize },
    /// The answer to a withdrawal; `about` is the message withdrawn.
    Restore { withdrawal: usize, about: usize },
    /// An item comes back on another service.
    Reappear { item: usize },
}

/// A referral or notice was committed.
pub(crate) fn on_referral(shared: &Shared, inner: &mut Inner, message: usize) {
    match shared.service(inner.messages[message].service).behaviour {
        Behaviour::Silent | Behaviour::Unreachable => {}
        Behaviour::AskingBack => inner.later(QUESTION_HOURS, Action::Ask { message }),
        Behaviour::MailOnly => {
            for item in inner.messages[message].items.iter().filter_map(|i| i.item).collect::<Vec<_>>() {
                if inner.items[item].will.gone {
                    inner.later(inner.items[item].will.after_hours, Action::RemoveSilently { item });
                }
            }
        }
        Behaviour::Slow => {
            inner.later(UNDER_REVIEW_HOURS, Action::UnderReview { message });
            inner.answer_later(shared, message);
        }
        Behaviour::Prompt | Behaviour::Refusing => inner.answer_later(shared, message),
    }
}

/// Information came: the provider that asked decides.
pub(crate) fn on_information(shared: &Shared, inner: &mut Inner, information: usize) {
    let envelope = inner.messages[information].envelope.clone();
    let asked = |m: &Message| m.question.is_some() && m.question == envelope.in_reply_to;
    let Some(message) = inner.messages.iter().position(asked) else { return };
    inner.messages[message].question = None;
    inner.answer_later(shared, message);
}

/// A withdrawal came: matching and answering stop at once, the outcome follows.
pub(crate) fn on_withdrawal(shared: &Shared, inner: &mut Inner, withdrawal: usize) {
    let (service, of) =
        (inner.messages[withdrawal].service, inner.messages[withdrawal].envelope.in_reply_to.clone());
    let Some(about) = of.and_then(|id| inner.by_id.get(&(service, id)).copied()) else { return };
    let envelope = inner.messages[withdrawal].envelope.clone();
    if inner.messages[about].envelope.from != envelope.from {
        return;
    }
    for item in &mut inner.messages[about].items {
        item.withdrawn |= envelope.names(&item.name);
    }
    if !matches!(shared.service(service).behaviour, Behaviour::Silent | Behaviour::Unreachable) {
        inner.later(WITHDRAWAL_HOURS, Action::Restore { withdrawal, about });
    }
}

/// Moves the clock and does everything that falls due, in order. Gives the number of actions.
pub(crate) fn step(shared: &Shared, inner: &mut Inner, now: Timestamp) -> usize {
    inner.now = inner.now.max(now);
    let mut done = 0;
    while let Some(entry) = inner.agenda.first_entry() {
        let due = entry.key().0;
        if due > inner.now {
            break;
        }
        let action = entry.remove();
        act(shared, inner, due, action);
        done += 1;
    }
    done
}

fn act(shared: &Shared, inner: &mut Inner, due: Timestamp, action: Action) {
    match action {
        Action::Answer { message, items } => answer(shared, inner, due, message, &items),
        Action::UnderReview { message } => {
            let names = inner.names(message);
            let results =
                json!([{"items": names, "answer": "under_review", "basis": "none", "automated": "none"}]);
            inner.send(shared, Sending { about: message, reply_to: message, results, finals: Vec::new() });
        }
        Action::Ask { message } => {
            let names = inner.names(message);
            let note = "Which part of the item is meant?";
            let results = json!([{"items": names, "answer": "needs_information", "basis": "none", "automated": "none", "note": note}]);
            let id = inner
                .send(shared, Sending { about: message, reply_to: message, results, finals: Vec::new() });
            inner.messages[message].question = id;
        }
        Action::RemoveSilently { item } => {
            if inner.stands(item) {
                inner.remove(shared, item, due);
            }
        }
        Action::Restore { withdrawal, about } => restore(shared, inner, withdrawal, about),
        Action::Reappear { item } => reappear(shared, inner, due, item),
    }
}

/// Decides the items of a message and answers them, alike ones together.
fn answer(shared: &Shared, inner: &mut Inner, due: Timestamp, message: usize, items: &[usize]) {
    let open = |n: &usize| !inner.messages[message].items[*n].withdrawn;
    let items: Vec<usize> = items.iter().copied().filter(open).collect();
    if items.is_empty() {
        return;
    }
    let own_host = shared.service(inner.messages[message].service).host.clone();
    let mut groups: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for &n in &items {
        let entry = &inner.messages[message].items[n];
        let service = inner.messages[message].service;
        let (answer, reason) = match entry.item {
            None if entry.holder.is_some() => {
                let handle = entry.holder.clone().unwrap_or_default();
                accounts::decide(shared, inner, service, &handle)
            }
            Some(item) => {
                let will = inner.items[item].will.clone();
                if will.gone {
                    inner.remove(shared, item, due);
                }
                (will.answer.unwrap_or_else(|| "no_action".to_owned()), will.reason)
            }
            None if entry.key.starts_with(&format!("{own_host}/")) => ("not_found".to_owned(), None),
            None => ("not_our_service".to_owned(), None),
        };
        inner.messages[message].items[n].answer = Some(answer.clone());
        groups.entry((answer, reason)).or_default().push(n);
    }
    let results: Vec<Value> =
        groups.iter().map(|(key, group)| inner.result(message, key, group, due)).collect();
    inner.send(shared, Sending { about: message, reply_to: message, results: json!(results), finals: items });
}

fn restore(shared: &Shared, inner: &mut Inner, withdrawal: usize, about: usize) {
    let (mut back, mut rest, mut finals) = (Vec::new(), Vec::new(), Vec::new());
    let envelope = inner.messages[withdrawal].envelope.clone();
    let meant = inner.messages[about].items.clone().into_iter().enumerate();
    for (n, entry) in meant.filter(|(_, entry)| envelope.names(&entry.name)) {
        finals.push(n);
        match entry.item {
            // What another standing message removed stays removed.
            Some(item) if inner.items[item].gone_at.is_some() && !inner.stands(item) => {
                inner.items[item].gone_at = None;
                let line = json!({"event": "item", "url": inner.items[item].url, "state": "up", "at": wire_time(inner.now)});
                inner.seen.line(&line);
                inner.messages[about].items[n].answer = Some("restored_after_withdrawal".to_owned());
                back.push(entry.name);
            }
            _ => {
                inner.messages[about].items[n].answer = Some("no_action".to_owned());
                rest.push(entry.name);
            }
        }
    }
    let mut results = Vec::new();
    if !back.is_empty() {
        let at = wire_time(inner.now);
        results.push(json!({"items": back, "answer": "restored_after_withdrawal", "basis": "none", "automated": "none", "effective_at": at}));
    }
    if !rest.is_empty() {
        results.push(json!({"items": rest, "answer": "no_action", "reason": "other", "basis": "none", "automated": "none"}));
    }
    inner.send(shared, Sending { about, reply_to: withdrawal, results: json!(results), finals });
}

/// An item comes back, as its content provider had it ready.
fn reappear(shared: &Shared, inner: &mut Inner, due: Timestamp, item: usize) {
    let Some(back) = inner.items[item].reappears.take() else { return };
    let Some(service) = shared.service_of(&back.post.service) else { return };
    let post = Post { posted_at: due, ..back.post };
    inner.seen.line(
        &json!({"event": "reappeared", "url": back.url, "of": inner.items[item].url, "at": wire_time(due)}),
    );
    let key = item_key(&back.url).unwrap_or_default();
    inner.add(Item {
        key,
        url: back.url,
        service,
        post,
        will: back.will,
        reappears: None,
        gone_at: None,
        appeared_at: Some(due),
    });
    inner.reappeared += 1;
}

/// Hours until a provider decides on what is no item of its own making: an account, or an address with nothing.
fn decision_hours(behaviour: Behaviour) -> u32 {
    match behaviour {
        Behaviour::Slow => SLOW_HOURS,
        Behaviour::Refusing => REFUSING_HOURS,
        Behaviour::AskingBack => INFORMED_HOURS,
        Behaviour::Prompt | Behaviour::Silent | Behaviour::MailOnly | Behaviour::Unreachable => PROMPT_HOURS,
    }
}

/// What goes into an outcome.
struct Sending {
    about: usize,
    reply_to: usize,
    results: Value,
    finals: Vec<usize>,
}

impl Inner {
    /// Puts an action on the agenda.
    fn later(&mut self, hours: u32, action: Action) {
        let due = self.now + SignedDuration::from_hours(i64::from(hours));
        self.at(due, action);
    }

    fn at(&mut self, due: Timestamp, action: Action) {
        self.sequence += 1;
        self.agenda.insert((due, self.sequence), action);
    }

    /// Items that are decided at the same hour are answered together.
    fn answer_later(&mut self, shared: &Shared, message: usize) {
        let without_item = decision_hours(shared.service(self.messages[message].service).behaviour);
        let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (n, entry) in self.messages[message].items.iter().enumerate() {
            let hours = entry.item.map_or(without_item, |item| self.items[item].will.after_hours);
            groups.entry(hours).or_default().push(n);
        }
        for (hours, items) in groups {
            self.later(hours, Action::Answer { message, items });
        }
    }

    /// Some referral or notice of the item still stands.
    fn stands(&self, item: usize) -> bool {
        let covers = |entry: &MessageItem| entry.item == Some(item) && !entry.withdrawn;
        self.messages.iter().any(|message| message.items.iter().any(covers))
    }

    fn names(&self, message: usize) -> Vec<String> {
        self.messages[message].items.iter().map(|i| i.name.clone()).collect()
    }

    /// Takes an item away, and lets it come back elsewhere when the truth says so.
    fn remove(&mut self, shared: &Shared, item: usize, due: Timestamp) {
        if self.items[item].gone_at.is_some() {
            return;
        }
        self.items[item].gone_at = Some(due);
        let page = shared.service(self.items[item].service).gone_page;
        let line = json!({"event": "item", "url": self.items[item].url, "state": "gone", "page": page, "at": wire_time(due)});
        self.seen.line(&line);
        if let Some(back) = &self.items[item].reappears {
            let due = due + SignedDuration::from_hours(i64::from(back.after_hours));
            self.at(due, Action::Reappear { item });
        }
    }

    /// The provider's people take an item away without this world's machine.
    pub(crate) fn remove_by_hand(&mut self, shared: &Shared, item: usize) {
        let now = self.now;
        self.remove(shared, item, now);
    }

    fn result(
        &self,
        message: usize,
        key: &(String, Option<String>),
        group: &[usize],
        due: Timestamp,
    ) -> Value {
        let names: Vec<&str> = group.iter().map(|n| self.messages[message].items[*n].name.as_str()).collect();
        let acted = matches!(
            key.0.as_str(),
            "removed" | "disabled_everywhere" | "age_restricted" | "geo_blocked" | "account_suspended"
        );
        let basis = if acted { "terms" } else { "none" };
        let mut result = json!({"items": names, "answer": key.0, "basis": basis, "automated": "none"});
        if let Some(reason) = &key.1 {
            result["reason"] = json!(reason);
        }
        if acted {
            result["effective_at"] = json!(wire_time(due));
            result["own_ref"] = json!(format!("W-{}", message + 1));
        }
        if key.0 == "geo_blocked" {
            result["territories"] = json!(["AT", "DE", "FR"]);
        }
        result
    }

    /// Signs an outcome and puts it into the outbox; gives its id. A message that came by mail is not answered.
    fn send(&mut self, shared: &Shared, sending: Sending) -> Option<String> {
        let original = &self.messages[sending.reply_to];
        if original.channel != "rxp" {
            return None;
        }
        let (service, envelope) = (original.service, original.envelope.clone());
        let host = &shared.service(service).host;
        let number = self.outbox.len().to_string();
        let id = id_of(self.now, &[host, "outcome", &envelope.id, &number]);
        let mut document = json!({
            "rxp": "1",
            "id": id,
            "type": "outcome",
            "case": envelope.case,
            "from": host,
            "to": envelope.from,
            "capacity": "provider",
            "sent_at": wire_time(self.now),
            "lang": "en",
            "in_reply_to": envelope.id,
            "body": {"results": sending.results},
        });
        jws::sign(&mut document, &shared.keys[service]);
        self.outbox.push(Outgoing {
            service,
            to: envelope.from,
            id: id.clone(),
            kind: "outcome",
            body: canonical(&document).into_bytes(),
            digest: jws::digest(&document),
            about: sending.about,
            finals: sending.finals,
            acknowledged: false,
            attempts: 0,
        });
        Some(id)
    }
}
