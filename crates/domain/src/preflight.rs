//! What is looked at before anything is sent, and the only way to make a [`Cleared`] message (D13).
//!
//! The pattern to stop: 550 false notices in one week to one library, at night, under the wrong name (April 2019).
//! What tells it from honest work is not the number alone: it is *new* content (nothing known matches it), on a
//! host that looks like a publisher or has no record of confirmed removals, many different contents in few days.

use crate::hold::{HoldAnswer, stops};
use crate::id::{AssessmentId, PersonId, SubjectId};
use crate::refusal::Refusal;
use crate::scope::Scope;
use crate::words::words;
use jiff::Timestamp;
use serde::Serialize;

/// Different new contents on one host within a week that need no further look, when nothing is known of the host.
pub const NEW_ON_HOST_PER_WEEK: u64 = 5;
/// Different new contents to one provider within a day without a load check (LAW-120.06).
pub const NEW_TO_PROVIDER_PER_DAY: u64 = 20;
/// Different new contents approved by one person within a day before a colleague has a look.
pub const NEW_BY_PERSON_PER_DAY: u64 = 60;

words! {
    /// What kind of publisher a host is, on the agency's list or by its signs.
    Protected {
        /// A library.
        Library = "library",
        /// An archive.
        Archive = "archive",
        /// A newsroom.
        Press = "press",
        /// A parliament or court.
        Parliament = "parliament",
        /// A university or research body.
        University = "university",
    }
}

/// Words in host names that make a publisher likely. One table, several languages; a sign, not a proof.
const HOST_SIGNS: &[(&str, Protected)] = &[
    ("archive", Protected::Archive),
    ("archiv", Protected::Archive),
    ("library", Protected::Library),
    ("biblio", Protected::Library),
    ("museum", Protected::Library),
    ("parliament", Protected::Parliament),
    ("parlament", Protected::Parliament),
    ("assemblee", Protected::Parliament),
    ("court", Protected::Parliament),
    ("universit", Protected::University),
    ("college", Protected::University),
    ("research", Protected::University),
    ("institut", Protected::University),
    ("news", Protected::Press),
    ("press", Protected::Press),
    ("gazette", Protected::Press),
    ("journal", Protected::Press),
    ("times", Protected::Press),
    ("zeitung", Protected::Press),
    ("herald", Protected::Press),
    ("tribune", Protected::Press),
];

/// The publisher that a host name looks like, if any. `labels` like `edu` and `ac` count too.
#[must_use]
pub fn looks_like(host: &str) -> Option<Protected> {
    let host = host.to_lowercase();
    if host.split('.').any(|label| label == "edu" || label == "ac") {
        return Some(Protected::University);
    }
    HOST_SIGNS.iter().find(|(word, _)| host.contains(word)).map(|(_, kind)| *kind)
}

/// Marks by which a page says what it is: catalogue entries, scholarly works, news articles (schema.org, Dublin Core,
/// Highwire tags).
const PAGE_SIGNS: &[(&str, Protected)] = &[
    ("citation_title", Protected::University),
    ("scholarlyarticle", Protected::University),
    ("\"@type\":\"book\"", Protected::Library),
    ("name=\"dc.", Protected::Library),
    ("schema.org/library", Protected::Library),
    ("schema.org/archivecomponent", Protected::Archive),
    ("newsarticle", Protected::Press),
    ("newsmediaorganization", Protected::Press),
    ("schema.org/legislation", Protected::Parliament),
];

/// The publisher that a page says it is of, by marks in its source.
#[must_use]
pub fn page_says(html: &str) -> Option<Protected> {
    let source: String =
        html.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect::<String>().to_lowercase();
    let tight = source.replace("\": \"", "\":\"");
    PAGE_SIGNS.iter().find(|(mark, _)| tight.contains(mark)).map(|(_, kind)| *kind)
}

/// What is known about one item of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFacts {
    /// Which.
    pub subject: SubjectId,
    /// Its host.
    pub host: String,
    /// Whether it is an item; the collection check is for items only (D1).
    pub is_item: bool,
    /// Why its address is a collection page, when it is.
    pub collection: Option<String>,
    /// What the agency's list says of its host.
    pub listed: Option<Protected>,
    /// What its page says of itself: a catalogue entry, a scholarly work, a news article.
    pub page_says: Option<Protected>,
    /// Whether known, assessed content is matched: a positive bank, or a content finding approved before.
    pub known_content: bool,
    /// The last look at the address: `None` when it was not looked at.
    pub reachable: Option<Reach>,
    /// Deconfliction answers and their ends.
    pub holds: Vec<(HoldAnswer, Option<Timestamp>)>,
    /// When the original was sealed.
    pub sealed_at: Option<Timestamp>,
    /// Whether the same subject went to the same provider before and was not withdrawn.
    pub sent_before: bool,
    /// Approved assessments of content on it, for a channel or account (D1).
    pub grounds: usize,
}

/// What the last look at an address found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It is there.
    Up,
    /// It is gone.
    Gone,
    /// It leads somewhere else.
    Redirected,
}

/// What is known about the message as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFacts {
    /// The provider has a contact that can be used.
    pub has_contact: bool,
    /// The sender's organisation, capacity and signing key are set and agree with the agency.
    pub sender_known: bool,
    /// A receipt or answer came from this provider before.
    pub provider_known: bool,
    /// A coordinator confirmed this provider's first referral or today's load, with a reason.
    pub load_confirmed: bool,
    /// Different new contents on the busiest host of this message in the last 7 days, all agencies of this machine.
    pub new_on_host_7d: u64,
    /// Different new contents to this provider in the last 24 hours, all agencies of this machine.
    pub new_to_provider_24h: u64,
    /// Different new contents approved by this person in the last 24 hours.
    pub new_by_person_24h: u64,
    /// Items of this provider that were removed after review of our referrals in the last 30 days.
    pub removed_30d: u64,
    /// Least number of grounds for a channel or account (D1).
    pub grounds_min: usize,
    /// What the provider is to the law (LAW-08, LAW-09, LAW-16).
    pub scope: Scope,
}

words! {
    /// What a finding does.
    Weight {
        /// Nothing is sent until it is mended.
        Stop = "stop",
        /// Nothing is sent until a coordinator, who is neither author nor approver, has looked and given a reason.
        Look = "look",
        /// Shown; does not hold anything back.
        Note = "note",
    }
}

/// One thing that the pre-flight found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Which item; `None` for the message as a whole.
    pub subject: Option<SubjectId>,
    /// The rule.
    pub rule: &'static str,
    /// A stable word.
    pub code: &'static str,
    /// What it does.
    pub weight: Weight,
    /// What is wrong and the way out.
    pub sentence: String,
}

/// Looks at everything and lists what was found, items first.
#[must_use]
pub fn inspect(items: &[ItemFacts], message: &MessageFacts, now: Timestamp) -> Vec<Found> {
    let mut found = Vec::new();
    for item in items {
        inspect_item(item, message, now, &mut found);
    }
    inspect_message(items, message, &mut found);
    found.extend(message.scope.found());
    found
}

fn inspect_item(item: &ItemFacts, message: &MessageFacts, now: Timestamp, found: &mut Vec<Found>) {
    let mut add = |rule, code, weight, sentence: String| {
        found.push(Found { subject: Some(item.subject), rule, code, weight, sentence });
    };
    if item.is_item
        && let Some(why) = &item.collection
    {
        add(
            "LAW-31.08",
            "collection_page",
            Weight::Stop,
            format!("The address is a collection page, not an item: {why} Give the address of each item."),
        );
    }
    if !item.is_item && item.grounds < message.grounds_min {
        add(
            "D1",
            "grounds",
            Weight::Stop,
            format!(
                "A channel or account needs {} approved assessments of content on it; there are {}.",
                message.grounds_min, item.grounds
            ),
        );
    }
    for (answer, until) in &item.holds {
        if stops(*answer, *until, now) {
            add(
                "LAW-61",
                "hold",
                Weight::Stop,
                format!(
                    "An agency answered \"{answer}\". The item stays here until the hold ends or is lifted."
                ),
            );
        }
    }
    if item.sent_before {
        add("RXP-121", "sent_before", Weight::Stop, "The same item went to this provider before. Nothing is sent twice; a reminder or a correction is another message.".into());
    }
    match item.reachable {
        Some(Reach::Gone) => add(
            "RXP-141",
            "gone",
            Weight::Stop,
            "The address no longer shows the item. There is nothing to refer.".into(),
        ),
        Some(Reach::Redirected) => add(
            "RXP-141",
            "redirected",
            Weight::Look,
            "The address leads somewhere else. Check that the provider is the right one.".into(),
        ),
        Some(Reach::Up) => {}
        None => add(
            "D12",
            "not_looked_at",
            Weight::Note,
            "The address could not be looked at before sending; the seal says what is missing.".into(),
        ),
    }
    if item.sealed_at.is_none_or(|sealed| sealed > now) {
        add(
            "LAW-113",
            "not_sealed",
            Weight::Stop,
            "The original is not sealed yet. It is sealed first; then the message goes.".into(),
        );
    }
    inspect_publisher(item, &mut add);
}

/// A publisher's page with content that nothing known matches is looked at by a third person.
/// Known content on such a host is referred as anywhere else: the place alone exempts nothing.
fn inspect_publisher(item: &ItemFacts, add: &mut impl FnMut(&'static str, &'static str, Weight, String)) {
    let (kind, how) = match (item.listed, item.page_says, looks_like(&item.host)) {
        (Some(kind), _, _) => (kind, "is on the list of protected hosts"),
        (None, Some(kind), _) => (kind, "says so of itself"),
        (None, None, Some(kind)) => (kind, "looks like one by its name"),
        (None, None, None) => return,
    };
    let name_only = item.listed.is_none() && item.page_says.is_none();
    let weight = match (item.known_content, name_only) {
        (true, _) => Weight::Note,
        (false, true) => Weight::Note,
        (false, false) => Weight::Look,
    };
    add(
        "LAW-163",
        "protected_host",
        weight,
        format!(
            "The host may be a publisher (\"{kind}\"; it {how}). Material kept to inform, teach or study is exempt (TCO Art 1(3))."
        ),
    );
}

fn inspect_message(items: &[ItemFacts], message: &MessageFacts, found: &mut Vec<Found>) {
    let mut add = |rule, code, weight, sentence: String| {
        found.push(Found { subject: None, rule, code, weight, sentence });
    };
    if !message.has_contact {
        add(
            "LAW-25",
            "missing_contact",
            Weight::Stop,
            "No contact point of this provider is known. A coordinator enters one on the provider's page."
                .into(),
        );
    }
    if !message.sender_known {
        add("LAW-168", "sender_identity", Weight::Stop, "This agency has no confirmed name, capacity or signing key to send under. An administrator sets them.".into());
    }
    let new_here = items.iter().any(|item| !item.known_content);
    if !new_here || message.load_confirmed {
        return;
    }
    if !message.provider_known {
        add("LAW-120.06", "first_referral", Weight::Look, "This would be the first referral to this provider. A coordinator confirms the contact and the load.".into());
    }
    let named = items
        .iter()
        .any(|item| !item.known_content && (item.listed.is_some() || looks_like(&item.host).is_some()));
    let proven = message.removed_30d;
    let host_limit = if named { 0 } else { NEW_ON_HOST_PER_WEEK + proven };
    if message.new_on_host_7d > host_limit {
        add(
            "LAW-168",
            "host_burst",
            Weight::Look,
            format!(
                "{} different contents that nothing known matches were found on one host within a week; {host_limit} need no further look. A coordinator looks at them together.",
                message.new_on_host_7d
            ),
        );
    }
    let provider_limit = NEW_TO_PROVIDER_PER_DAY + proven;
    if message.new_to_provider_24h > provider_limit {
        add(
            "LAW-120.06",
            "provider_burst",
            Weight::Look,
            format!(
                "{} different new contents to one provider within a day; {provider_limit} need no load check.",
                message.new_to_provider_24h
            ),
        );
    }
    if message.new_by_person_24h > NEW_BY_PERSON_PER_DAY {
        add(
            "LAW-168",
            "person_burst",
            Weight::Look,
            format!(
                "You confirmed {} different new contents within a day; after {NEW_BY_PERSON_PER_DAY} a coordinator has a look.",
                message.new_by_person_24h
            ),
        );
    }
}

/// Who confirmed what: made by the app from the stored approval, never from a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// Who wrote it.
    pub author: PersonId,
    /// Who confirmed it.
    pub approver: PersonId,
}

/// A message that passed: approval by another, no stop, holds asked, originals sealed. Only this can be sent.
#[derive(Debug, Clone)]
pub struct Cleared<M> {
    message: M,
}

impl<M> Cleared<M> {
    /// The message.
    pub fn message(&self) -> &M {
        &self.message
    }

    /// The message, for its delivery.
    pub fn into_message(self) -> M {
        self.message
    }
}

/// Clears a message, or gives back what holds it.
///
/// `looked` is the coordinator who looked at the findings that need a third person.
pub fn clear<M>(
    message: M,
    approval: Approval,
    found: Vec<Found>,
    looked: Option<PersonId>,
) -> Result<(Cleared<M>, Vec<Found>), Vec<Found>> {
    let mut holds = Vec::new();
    if approval.author == approval.approver {
        let four = Refusal::new("LAW-120", "four_eyes", "The assessment was confirmed by its own author.");
        holds.push(Found {
            subject: None,
            rule: four.rule,
            code: four.code,
            weight: Weight::Stop,
            sentence: four.sentence,
        });
    }
    let third = looked.is_some_and(|person| person != approval.author && person != approval.approver);
    let (stopping, rest): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|finding| match finding.weight {
            Weight::Stop => true,
            Weight::Look => !third,
            Weight::Note => false,
        });
    holds.extend(stopping);
    if holds.is_empty() { Ok((Cleared { message }, rest)) } else { Err(holds) }
}

#[cfg(test)]
mod tests;
