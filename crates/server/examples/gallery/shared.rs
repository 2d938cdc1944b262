//! What several pages show: frames, times, matches, letters.

use jiff::{SignedDuration, Timestamp};
use server::look::{
    Distance, Event, Exemption, Finds, Frame, Kind, Letter, LetterItem, LetterWhole, Mark, Match, Place,
    Recognised, Seat, TcoKind, Variant,
};
use server::words::Lang;

pub(crate) const FILLER: &str =
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.";

/// 10 March 2026, 12:42 in Brussels, less so many minutes.
pub(crate) fn ago(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_773_142_927).unwrap_or_default() - SignedDuration::from_mins(minutes)
}

pub(crate) fn frame(place: Place) -> Frame {
    let provider = place == Place::Inbox;
    Frame {
        seat: if provider { Seat::Provider } else { Seat::Unit },
        place,
        person: Some("A. Example".to_owned()),
        agency: if provider { "video.example".to_owned() } else { "Unit North".to_owned() },
        closed: Vec::new(),
        counts: vec![(Place::Queue, 214), (Place::Approve, 9), (Place::Inbox, 14)],
        path: "/console/queue".to_owned(),
        csrf: "sample".to_owned(),
        now: ago(0),
        world: place == Place::Sent,
        veils: (true, false),
        assets: String::new(),
        said: None,
    }
}

pub(crate) fn matches() -> Vec<Match> {
    let base = Match {
        what: Recognised::Picture,
        variants: vec![Variant::Mirrored],
        distance: Some(Distance { found: 14, limit: 31, of: 256 }),
        bank: "Bank North".to_owned(),
        giver: "Unit West".to_owned(),
        signals: 1,
        named: Vec::new(),
        opinions: (2, 0),
        negative: false,
        href: Some("/console/why/1/2".to_owned()),
    };
    let term = Match {
        what: Recognised::Term,
        variants: Vec::new(),
        distance: None,
        signals: 4,
        named: vec!["Example Group".to_owned(), "die grüne Lampe".to_owned()],
        negative: true,
        ..base.clone()
    };
    vec![base, term]
}

pub(crate) fn considered() -> Vec<(Exemption, Finds)> {
    Exemption::ALL.iter().map(|question| (*question, Finds::No)).collect()
}

pub(crate) fn a_whole() -> LetterWhole {
    let ground = |id: &str| (format!("https://video.example/watch/{id}"), FILLER.to_owned());
    LetterWhole {
        kind: Kind::Account,
        grounds: vec![ground("7f3a19c0"), ground("81bb02d4"), ground("90ce6613")],
        proportionality: FILLER.to_owned(),
    }
}

pub(crate) fn a_letter() -> Letter {
    let item = |id: &str| LetterItem {
        url: format!("https://video.example/watch/{id}"),
        pinpoint: "0:12–0:31".to_owned(),
        posted_at: Some(ago(190)),
    };
    Letter {
        whole: Some(a_whole()),
        lang: Lang::En, from: "Unit North, referral unit, Exampleland".to_owned(), to: "video.example".to_owned(), reference: "RN-2026-03-004117".to_owned(),
        contest: String::new(), written_at: ago(0), acting_as: "Referral unit, under the Example Act, section 4".to_owned(),
        fixed: "This is a referral for your voluntary consideration under your own terms and conditions. It is not an order. There is no deadline and no consequence if you do not act.".to_owned(),
        lead: FILLER.to_owned(), items: vec![item("7f3a19c0"), item("81bb02d4"), item("90ce6613")], kinds: vec![TcoKind::Incites],
        statement: FILLER.to_owned(), considered: considered(), desk: "Unit North, duty desk, desk@unit-north.example.".to_owned(), key: "ex41:7c19".to_owned(),
    }
}

pub(crate) fn events() -> Vec<Event> {
    let event = |minutes: i64, mark: Mark, record: Option<u64>| Event {
        at: ago(minutes),
        mark,
        text: FILLER.chars().take(30).collect(),
        record,
    };
    vec![
        event(131, Mark::Machine, None),
        event(130, Mark::Machine, None),
        event(11, Mark::Person, Some(88_190)),
        event(0, Mark::Person, Some(88_191)),
        event(0, Mark::Out, None),
    ]
}
