//! Invented views of the queue.

use super::shared::{FILLER, ago, frame, matches};
use maud::Markup;
use server::look::{
    Answered, Exemption, Finds, Hold, Kind, KindDraft, Odd, Passage, Place, Purpose, Row, Said, TcoKind,
    Tile, TileState, Undo, Why,
};
use server::pages::{clear, queue};
use server::words::Words;

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    let mut said = frame(Place::Queue);
    said.said = Some(Said {
        see: Some(("Sent".to_owned(), "/console/sent")),
        text: FILLER.chars().take(40).collect(),
        undo: Some(Undo { action: "/console/undo/7f3a19".to_owned() }),
    });
    let empty = queue::View {
        more_found: false,
        put_off: (2, false),
        clusters: 0,
        items: Some(0),
        threats: 0,
        rows: vec![],
        search: String::new(),
        around: (None, None),
        open: None,
        unconfirmed: vec![],
        sources: Some((3, ago(1), ago(-4))),
    };
    vec![
        ("queue", queue::page(&the_queue(w), w, &frame(Place::Queue))),
        (
            "queue-account",
            queue::page(
                &queue::View { open: Some(Box::new(an_open_account(w))), ..the_queue(w) },
                w,
                &frame(Place::Queue),
            ),
        ),
        ("queue-empty", queue::page(&empty, w, &said)),
        ("clear", clear::page("/console/queue", w, &frame(Place::Elsewhere))),
    ]
}

fn one_row(why: Why, kind: Kind, language: &str, minutes: u64, services: u64) -> Row {
    Row {
        href: "#".to_owned(),
        short: format!("C-{minutes}"),
        kind,
        why,
        age_seconds: minutes * 60,
        language: language.to_owned(),
        items: services * 4,
        services,
        host: (services == 1).then(|| "files.example".to_owned()),
        hold: None,
        open_with: None,
        selected: false,
    }
}

fn rows(w: &Words) -> Vec<Row> {
    let language = |tag: &str| server::look::language_name(tag, w);
    let mut first =
        one_row(Why::Spreading { copies: 38, seconds: 7200 }, Kind::Video, &language("de"), 14, 9);
    first.selected = true;
    let mut held = one_row(Why::Returned { days: 9 }, Kind::Video, &language("ar"), 52, 2);
    held.hold = Some(Hold::Until(ago(-1200)));
    let mut taken = one_row(Why::Near { bits: 6 }, Kind::Image, &language("zxx"), 92, 4);
    taken.open_with = Some("C. Muster".to_owned());
    vec![
        first,
        one_row(Why::Fresh { seconds: 360 }, Kind::Image, &language("fr"), 6, 1),
        one_row(Why::SecondReader { by: "B. Sample".to_owned() }, Kind::Text, &language("el"), 41, 1),
        held,
        one_row(Why::Flagger, Kind::Channel, &language("nl"), 70, 1),
        taken,
        one_row(Why::Links { n: 3 }, Kind::Text, &language("pt"), 124, 1),
        one_row(Why::Term, Kind::Audio, &language("de"), 135, 1),
        one_row(Why::Waiting, Kind::Video, &language("und"), 202, 3),
    ]
}

fn the_queue(w: &Words) -> queue::View {
    queue::View {
        more_found: false,
        put_off: (2, false),
        clusters: 214,
        items: None,
        threats: 0,
        rows: rows(w),
        search: String::new(),
        around: (None, Some("#".to_owned())),
        open: Some(Box::new(open_cluster(w))),
        unconfirmed: vec![("R-000012 video.example".to_owned(), "#".to_owned(), true)],
        sources: None,
    }
}

fn open_cluster(w: &Words) -> queue::Open {
    let kinds = TcoKind::ALL
        .iter()
        .map(|kind| KindDraft {
            kind: *kind,
            ticked: *kind == TcoKind::Incites,
            pinpoint: "0:12–0:31".to_owned(),
            statement: FILLER.to_owned(),
            offence: String::new(),
        })
        .collect();
    let item = |id: &str, barred: Option<Hold>| queue::Item {
        id: id.to_owned(),
        url: format!("https://video.example/watch/{id}"),
        kind: Kind::Video,
        confirmed: barred.is_none(),
        audience: "open".to_owned(),
        account: "video.example/blue_harbour".to_owned(),
        evidence: match id {
            "81bb02d4" => w.with("evidence-places", &[("n", 41_u64.into())]),
            _ => w.with("evidence-picture", &[("n", 12_u64.into()), ("of", 256_u64.into())]),
        },
        region: if id == "81bb02d4" {
            vec![(40, 130), (960, 130), (960, 740), (40, 740)]
        } else {
            Vec::new()
        },
        tile: Some(Tile {
            state: TileState::Hidden { source: "data:,".to_owned() },
            moving: false,
            severity: 1,
        }),
        compare: (id != "7f3a19c0").then(|| "/console/why/1".to_owned()),
        words: (id == "81bb02d4").then(|| (disguised(), "de".to_owned())),
        protected: id == "81bb02d4",
        publisher: String::new(),
        barred,
    };
    queue::Open {
        id: "7f3a19".to_owned(), subject_href: Some("/console/subject/1".to_owned()), short: "C-7f3a-19".to_owned(), version: 3, kind: Kind::Video,
        language: server::look::language_name("de", w), spread: (38, 9), with_you_since: ago(2), with_other: None, may_decide: true,
        first_seen: (ago(131), "video.example".to_owned()),
        tiles: vec![
            Tile { state: TileState::Hidden { source: "data:,".to_owned() }, moving: true, severity: 2 },
            Tile { state: TileState::NotKept, moving: false, severity: 0 },
            Tile { state: TileState::LimitReached, moving: false, severity: 0 },
        ],
        exposure: (41, 380),
        text: vec![
            Passage { text: "Lorem ipsum dolor sit amet: Beispielveröffentlichungsankündigung des Example Channel, sed do eiusmod tempor ".to_owned(), matched: None, ends: false, odd: None },
            Passage { text: "incididunt ut labore".to_owned(), matched: Some(2), ends: true, odd: None },
            Passage { text: " et dolore magna aliqua.".to_owned(), matched: None, ends: false, odd: None },
        ],
        text_lang: "de".to_owned(), url: "https://video.example/watch/7f3a19c0".to_owned(), account: "@example_channel_41".to_owned(),
        audience: w.t("audience-open"), proposed: None, kinds, danger: FILLER.to_owned(), answers: answers(),
        purpose: Purpose { true_purpose: FILLER.to_owned(), context: String::new(), editorial_responsibility: false, eu_listed_author: "no".to_owned() },
        urgency: "normal".to_owned(), items: vec![item("7f3a19c0", None), item("81bb02d4", None), item("90ce6613", Some(Hold::Until(ago(-1200))))],
        matches: matches(), before: vec![("3 Mar 2026".to_owned(), "/console/approve/1".to_owned())],
        holds: vec![(Hold::Clear, "Unit West".to_owned()), (Hold::Until(ago(-1200)), "Unit South".to_owned()), (Hold::NoAnswer { seconds: 10 }, "Unit East".to_owned())],
        copies: ([(300, 1), (240, 1), (180, 2), (120, 4), (60, 9), (0, 21)].map(|(minutes, count)| (ago(minutes), count)).to_vec(), 17),
        services_left: 4,
        whole: None,
        providers: vec![a_provider("video.example"), a_provider("pictures.example")],
        decided: 4,
        returned_why: FILLER.chars().take(60).collect(),
    }
}

fn a_provider(name: &str) -> queue::ProviderFacts {
    queue::ProviderFacts {
        name: name.to_owned(),
        href: "/console/provider/1".to_owned(),
        zone: "America/New_York".to_owned(),
        languages: "English, Deutsch".to_owned(),
        open: 12,
    }
}

/// An account that a plan proposed.
fn an_open_account(w: &Words) -> queue::Open {
    let ground = |number: u32, cited: bool| queue::Ground {
        id: "1".to_owned(),
        short: format!("C-{number}"),
        url: format!("https://video.example/watch/{number}"),
        found: vec![(TcoKind::Incites, FILLER.to_owned())],
        at: ago(i64::from(number)),
        cited,
    };
    let whole = queue::Whole {
        address: "https://video.example/example_channel_41".to_owned(),
        least: 3,
        grounds: vec![ground(4_117, true), ground(4_020, true), ground(3_951, false)],
        proportionality: FILLER.to_owned(),
    };
    queue::Open {
        kind: Kind::Account,
        tiles: Vec::new(),
        text: Vec::new(),
        matches: Vec::new(),
        copies: (Vec::new(), 0),
        spread: (1, 1),
        whole: Some(whole),
        ..open_cluster(w)
    }
}

/// A text with a letter of another script and a space of no width.
fn disguised() -> Vec<Passage> {
    [
        ("Lor", None),
        ("\u{435}", Some(Odd::LookAlike)),
        ("m ip", None),
        ("\u{200b}", Some(Odd::Hidden)),
        ("sum dolor sit amet.", None),
    ]
    .map(|(text, odd)| Passage { text: text.to_owned(), matched: None, ends: false, odd })
    .to_vec()
}

fn answers() -> Vec<Answered> {
    let found = [Some(Finds::No), Some(Finds::No), Some(Finds::Unsure), Some(Finds::No), None, None];
    Exemption::ALL
        .iter()
        .zip(found)
        .map(|(question, finds)| Answered {
            question: *question,
            finds,
            text: if finds == Some(Finds::Unsure) { FILLER.to_owned() } else { String::new() },
        })
        .collect()
}
