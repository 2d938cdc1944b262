//! What the pre-flight stops, and what it lets through.

use super::*;
use uuid::Uuid;

fn item(host: &str, known: bool) -> ItemFacts {
    ItemFacts {
        subject: SubjectId(Uuid::nil()),
        host: host.into(),
        is_item: true,
        collection: None,
        listed: None,
        page_says: None,
        known_content: known,
        reachable: Some(Reach::Up),
        holds: vec![],
        sealed_at: Some(Timestamp::UNIX_EPOCH),
        sent_before: false,
        grounds: 0,
    }
}

fn message() -> MessageFacts {
    MessageFacts {
        has_contact: true,
        sender_known: true,
        provider_known: true,
        load_confirmed: false,
        new_on_host_7d: 1,
        new_to_provider_24h: 1,
        new_by_person_24h: 1,
        removed_30d: 10,
        grounds_min: 3,
        scope: Scope::default(),
    }
}

fn approval(approver: u128) -> Approval {
    Approval {
        assessment: AssessmentId(Uuid::nil()),
        author: PersonId(Uuid::from_u128(1)),
        approver: PersonId(Uuid::from_u128(approver)),
    }
}

fn codes(items: &[ItemFacts], facts: &MessageFacts) -> Vec<&'static str> {
    inspect(items, facts, Timestamp::UNIX_EPOCH)
        .into_iter()
        .filter(|f| f.weight != Weight::Note)
        .map(|f| f.code)
        .collect()
}

#[test]
fn linter_fixtures() {
    assert!(codes(&[item("video.example", true)], &message()).is_empty());
    let mut collection = item("video.example", true);
    collection.collection = Some("it is a channel's list.".into());
    assert_eq!(codes(&[collection], &message()), ["collection_page"]);
    let mut listed = item("shelf.example", false);
    listed.listed = Some(Protected::Library);
    assert_eq!(codes(&[listed.clone()], &message()), ["protected_host", "host_burst"]);
    listed.known_content = true;
    assert!(codes(&[listed], &message()).is_empty(), "known content on a listed host is no false stop");
    let mut gone = item("video.example", true);
    gone.reachable = Some(Reach::Gone);
    assert_eq!(codes(&[gone], &message()), ["gone"]);
}

#[test]
fn seal_before_send() {
    let mut unsealed = item("video.example", true);
    unsealed.sealed_at = None;
    assert_eq!(codes(&[unsealed], &message()), ["not_sealed"]);
}

#[test]
fn no_model_can_send() {
    let found = inspect(&[item("video.example", true)], &message(), Timestamp::UNIX_EPOCH);
    assert!(clear((), approval(2), found.clone(), None).is_ok());
    let Err(holds) = clear((), approval(1), found, None) else { panic!("author = approver must not clear") };
    assert_eq!(holds.first().map(|hold| hold.code), Some("four_eyes"));
}

#[test]
fn a_look_needs_a_third_person() {
    let mut new = message();
    new.provider_known = false;
    let found = inspect(&[item("video.example", false)], &new, Timestamp::UNIX_EPOCH);
    let third = |n| Some(PersonId(Uuid::from_u128(n)));
    assert!(clear((), approval(2), found.clone(), None).is_err());
    assert!(clear((), approval(2), found.clone(), third(2)).is_err());
    assert!(clear((), approval(2), found, third(3)).is_ok());
}

#[test]
fn deconflict_before_send() {
    let mut held = item("video.example", true);
    held.holds = vec![(HoldAnswer::InvestigativeHold, None)];
    assert_eq!(codes(&[held.clone()], &message()), ["hold"]);
    held.holds = vec![(HoldAnswer::NoPartnerConfigured, None), (HoldAnswer::NoAnswer, None)];
    assert!(codes(&[held], &message()).is_empty());
}

#[test]
fn already_ordered_blocks() {
    let mut held = item("video.example", true);
    held.holds = vec![(HoldAnswer::AlreadyOrdered, None)];
    assert_eq!(codes(&[held], &message()), ["hold"]);
}
