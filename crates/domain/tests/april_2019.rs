//! The pattern of April 2019 and a plain day, replayed through the pre-flight (LAW-168, issue 2, "Done when" 5).
//!
//! The counters that the store would give are kept here by the same windows: a week for a host, a day for a provider and
//! a person, a month for removals. What is sent counts; what is stopped does not go out and counts as well, because the
//! store counts referrals that were put together.

use domain::id::SubjectId;
use domain::preflight::{ItemFacts, MessageFacts, Protected, Reach, Weight, inspect, looks_like};
use domain::scope::Scope;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// One referral of one item.
#[derive(Clone)]
struct Notice {
    at: Timestamp,
    host: &'static str,
    officer: u8,
    /// Content that nothing known matches; each its own cluster.
    new: bool,
    listed: Option<Protected>,
    page_says: Option<Protected>,
    collection: bool,
    is_item: bool,
    truly_wrong: bool,
}

struct Replay {
    sent_wrong: usize,
    wrong: usize,
    stopped_right: usize,
    right: usize,
}

/// Runs notices in order of time. `removed` is what each provider removed after our referrals in the last month.
fn replay(mut notices: Vec<Notice>, removed: impl Fn(&str) -> u64, known: impl Fn(&str) -> bool) -> Replay {
    notices.sort_by_key(|notice| notice.at);
    let mut past: Vec<Notice> = Vec::new();
    let mut sum = Replay { sent_wrong: 0, wrong: 0, stopped_right: 0, right: 0 };
    for (index, notice) in notices.into_iter().enumerate() {
        past.push(notice.clone());
        let since = |days: i64| notice.at - SignedDuration::from_hours(24 * days);
        let count =
            |keep: &dyn Fn(&Notice) -> bool| past.iter().filter(|old| old.new && keep(old)).count() as u64;
        let message = MessageFacts {
            has_contact: true,
            sender_known: true,
            provider_known: known(notice.host),
            load_confirmed: false,
            new_on_host_7d: count(&|old| old.host == notice.host && old.at > since(7)),
            new_to_provider_24h: count(&|old| old.host == notice.host && old.at > since(1)),
            new_by_person_24h: count(&|old| old.officer == notice.officer && old.at > since(1)),
            removed_30d: removed(notice.host),
            grounds_min: 3,
            scope: Scope::default(),
        };
        let item = ItemFacts {
            subject: SubjectId(Uuid::from_u128(index as u128)),
            host: notice.host.to_owned(),
            is_item: notice.is_item,
            collection: (notice.collection && notice.is_item).then(|| "it lists other pages.".to_owned()),
            listed: notice.listed,
            page_says: notice.page_says,
            known_content: !notice.new,
            reachable: Some(Reach::Up),
            holds: Vec::new(),
            sealed_at: Some(notice.at),
            sent_before: false,
            grounds: if notice.is_item { 0 } else { 4 },
        };
        let stopped = inspect(&[item], &message, notice.at).iter().any(|found| found.weight != Weight::Note);
        match (notice.truly_wrong, stopped) {
            (true, true) => sum.wrong += 1,
            (true, false) => {
                sum.wrong += 1;
                sum.sent_wrong += 1;
            }
            (false, true) => {
                sum.right += 1;
                sum.stopped_right += 1;
            }
            (false, false) => sum.right += 1,
        }
    }
    sum
}

fn start() -> Timestamp {
    "2027-04-05T22:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// 550 false notices against one library, spread over days and officers; every ninth is a collection page.
fn false_notices(host: &'static str, days: i64, officers: u8, listed: Option<Protected>) -> Vec<Notice> {
    (0..550_i64)
        .map(|n| Notice {
            at: start() + SignedDuration::from_secs(n * days * 86_400 / 550),
            host,
            officer: u8::try_from(n % i64::from(officers)).unwrap_or(0),
            new: true,
            listed,
            // A library's page says what it is, whatever its name.
            page_says: if listed.is_some() { None } else { Some(Protected::Library) },
            collection: n % 9 == 0,
            is_item: true,
            truly_wrong: true,
        })
        .collect()
}

/// Known content, truly referred.
fn true_notices(host: &'static str, number: i64, days: i64) -> Vec<Notice> {
    (0..number)
        .map(|n| Notice {
            at: start() + SignedDuration::from_secs(n * days * 86_400 / number + 7),
            host,
            officer: 9,
            new: false,
            listed: None,
            page_says: None,
            collection: false,
            is_item: true,
            truly_wrong: false,
        })
        .collect()
}

#[test]
fn april_2019_is_stopped_whole() {
    let forms: [(&str, Vec<Notice>, u64); 5] = [
        ("a listed library in a week", false_notices("shelf.example", 7, 1, Some(Protected::Library)), 0),
        ("three officers of two agencies", false_notices("shelf.example", 7, 3, Some(Protected::Library)), 0),
        ("several weeks", false_notices("shelf.example", 21, 3, Some(Protected::Library)), 0),
        ("a host on no list", false_notices("plain-name.example", 7, 3, None), 0),
        ("a host on no list that removes much", false_notices("plain-name.example", 7, 3, None), 400),
    ];
    for (name, notices, removed) in forms {
        let sum = replay(notices, |_| removed, |_| true);
        assert_eq!((sum.wrong, sum.sent_wrong), (550, 0), "{name}");
    }
    let mut mixed = false_notices("shelf.example", 7, 3, Some(Protected::Library));
    mixed.extend(true_notices("shelf.example", 120, 7));
    let sum = replay(mixed, |_| 40, |_| true);
    assert_eq!((sum.wrong, sum.sent_wrong, sum.stopped_right), (550, 0, 0), "mixed with true items");
}

/// A host without list, name or marks: what the counters alone stop. Printed, and never better than it is.
#[test]
fn a_library_without_any_mark_is_stopped_after_its_allowance() {
    let notices: Vec<Notice> = false_notices("plain-name.example", 7, 3, None)
        .into_iter()
        .map(|notice| Notice { page_says: None, collection: false, ..notice })
        .collect();
    let sum = replay(notices, |_| 0, |_| true);
    println!("without any mark {} of {} went out", sum.sent_wrong, sum.wrong);
    assert_eq!(sum.sent_wrong, 5, "NEW_ON_HOST_PER_WEEK and no more");
}

#[test]
fn a_plain_day_has_few_false_stops() {
    let hosts = ["video.example", "chat.example", "files.example", "paste.example", "forum.example"];
    let mut day: Vec<Notice> = (0..1_000_i64)
        .map(|n| Notice {
            at: start() + SignedDuration::from_secs(n * 80),
            host: hosts[usize::try_from(n % 5).unwrap_or(0)],
            officer: u8::try_from(n % 15).unwrap_or(0),
            // Four in ten are new content.
            new: n % 10 < 4,
            listed: None,
            page_says: None,
            collection: n % 50 == 0,
            // Channels and accounts have listing pages: the collection check is for items only.
            is_item: n % 50 != 0,
            truly_wrong: false,
        })
        .collect();
    // Six in a hundred stand on hosts that look like press or archives; two in ten of these are new content.
    for (n, host) in
        (0..60_i64).zip(["daily-news.example", "open-archive.example", "herald.example"].into_iter().cycle())
    {
        assert!(looks_like(host).is_some());
        day.push(Notice {
            at: start() + SignedDuration::from_secs(n * 1_300),
            host,
            officer: 3,
            new: n % 5 == 0,
            listed: None,
            page_says: (n % 2 == 0).then_some(Protected::Press),
            collection: false,
            is_item: true,
            truly_wrong: false,
        });
    }
    // A burst of 300 known copies to one provider within an hour.
    day.extend((0..300_i64).map(|n| Notice {
        at: start() + SignedDuration::from_secs(30_000 + n * 10),
        host: "video.example",
        officer: 4,
        new: false,
        listed: None,
        page_says: None,
        collection: false,
        is_item: true,
        truly_wrong: false,
    }));
    // Providers with a month of confirmed removals, as a working unit has.
    let sum = replay(day, |_| 150, |_| true);
    let share = sum.stopped_right as f64 / sum.right as f64;
    println!("{} of {} stopped on a plain day ({:.2} %)", sum.stopped_right, sum.right, share * 100.0);
    assert!(share < 0.02, "{share}");
}
