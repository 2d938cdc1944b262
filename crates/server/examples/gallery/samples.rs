//! Invented views of the desk: queue, approve, sent, subject, operation, inbox.

use jiff::{SignedDuration, Timestamp};
use maud::Markup;
use server::look::{
    Answer, Answered, Bar, Distance, Event, Exemption, Finding, Finds, Frame, Hold, Instrument, Kind,
    KindDraft, Letter, LetterItem, LetterWhole, Listed, Live, Mark, Match, Odd, Passage, Place, Purpose,
    Recognised, Row, Said, Seat, TcoKind, Tile, TileState, Undo, Variant, Weight, Why,
};
use server::pages::shifts::{Counted, Found};
use server::pages::{approve, clear, contests, inbox, leads, operation, queue, sent, subject};
use server::words::{Lang, Words};

const FILLER: &str = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.";

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

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    let mut said = frame(Place::Queue);
    said.said = Some(Said {
        see: Some(("Sent".to_owned(), "/console/sent")),
        text: FILLER.chars().take(40).collect(),
        undo: Some(Undo { action: "/console/undo/7f3a19".to_owned() }),
    });
    let empty = queue::View {
        put_off: (2, false),
        clusters: 0,
        items: 0,
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
        ("approve", approve::page(&the_approval(w), w, &frame(Place::Approve))),
        (
            "approve-empty",
            approve::page(
                &approve::View { waiting: vec![], for_reader: 0, open: None },
                w,
                &frame(Place::Approve),
            ),
        ),
        ("approve-doubt", approve::page(&a_doubt(w), w, &frame(Place::Approve))),
        ("sent", sent::page(&what_was_sent(w), w, &frame(Place::Sent))),
        ("sent-held", sent::page(&what_is_held(w), w, &frame(Place::Sent))),
        ("contests", contests::page(&the_contests(w), w, &frame(Place::Sent))),
        ("subject", subject::page(&a_subject(w), w, &frame(Place::Elsewhere))),
        ("operation", operation::page(&an_operation(w), w, &frame(Place::Operation))),
        ("inbox", inbox::page(&an_inbox(true, w), w, &frame(Place::Inbox))),
        (
            "inbox-bulk",
            inbox::page(&inbox::View { open: None, ..an_inbox(true, w) }, w, &frame(Place::Inbox)),
        ),
        ("clear", clear::page("/console/queue", w, &frame(Place::Elsewhere))),
        ("inbox-closed", inbox::page(&an_inbox(false, w), w, &frame(Place::Inbox))),
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

fn matches() -> Vec<Match> {
    let base = Match {
        what: Recognised::Picture,
        variant: Variant::Mirrored,
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
        variant: Variant::Upright,
        distance: None,
        signals: 4,
        named: vec!["Example Group".to_owned(), "die grüne Lampe".to_owned()],
        negative: true,
        ..base.clone()
    };
    vec![base, term]
}

fn the_queue(w: &Words) -> queue::View {
    queue::View {
        put_off: (2, false),
        clusters: 214,
        items: 1906,
        threats: 0,
        rows: rows(w),
        search: String::new(),
        around: (None, Some("#".to_owned())),
        open: Some(Box::new(open_cluster(w))),
        unconfirmed: vec![("R-000012 video.example".to_owned(), "#".to_owned(), true)],
        sources: None,
    }
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

fn considered() -> Vec<(Exemption, Finds)> {
    Exemption::ALL.iter().map(|question| (*question, Finds::No)).collect()
}

fn a_whole() -> LetterWhole {
    let ground = |id: &str| (format!("https://video.example/watch/{id}"), FILLER.to_owned());
    LetterWhole {
        kind: Kind::Account,
        grounds: vec![ground("7f3a19c0"), ground("81bb02d4"), ground("90ce6613")],
        proportionality: FILLER.to_owned(),
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

fn a_letter() -> Letter {
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

fn the_approval(w: &Words) -> approve::View {
    let finding = |weight: Weight, rule: &str, ask: Option<&str>| Finding {
        weight,
        about: String::new(),
        text: FILLER.to_owned(),
        rule: rule.to_owned(),
        acknowledge: ask.map(|name| (name.to_owned(), FILLER.chars().take(26).collect())),
    };
    approve::View {
        for_reader: 9,
        waiting: (1..=9)
            .map(|n| {
                (
                    format!("#{n}"),
                    format!("{} · video.example", w.with("items", &[("n", (n * 3_u64).into())])),
                    ago(12),
                )
            })
            .collect(),
        open: Some(Box::new(approve::Open {
            id: "1".to_owned(),
            version: 4,
            subject_href: "/console/queue/7f3a19".to_owned(),
            provider: "video.example".to_owned(),
            letter_language: server::look::language_name("en", w),
            other_language: Some(("Deutsch".to_owned(), "/console/approve/1".to_owned())),
            letter: a_letter(),
            marks: vec![(0, 1), (2, 2)],
            author: ("B. Sample".to_owned(), ago(11)),
            words: vec![(FILLER.to_owned(), "la".to_owned())],
            doubt: None,
            may_confirm: true,
            second_reader: Some("C. Muster".to_owned()),
            considered: considered(),
            tile: Some(Tile {
                state: TileState::Hidden { source: "data:,".to_owned() },
                moving: true,
                severity: 2,
            }),
            holds: vec![(Hold::Clear, 6), (Hold::Until(ago(-1200)), 1), (Hold::NoAnswer { seconds: 10 }, 1)],
            findings: vec![
                finding(Weight::Ask, "LAW-120.09", Some("contact")),
                finding(Weight::Ask, "LAW-62", Some("holds")),
                finding(Weight::Note, "LAW-163", None),
                finding(Weight::Pass, "", None),
                finding(Weight::Pass, "", None),
            ],
            going: 11,
            danger: FILLER.to_owned(),
            written: vec![(
                "Shown for its own sake.".to_owned(),
                "A public page without any comment.".to_owned(),
            )],
            third: 3,
            own: false,
        })),
    }
}

fn events() -> Vec<Event> {
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

fn a_doubt(w: &Words) -> approve::View {
    let mut view = the_approval(w);
    if let Some(open) = &mut view.open {
        open.doubt = Some(vec![(Exemption::Research, FILLER.to_owned())]);
        open.second_reader = None;
        open.findings.clear();
    }
    view
}

fn what_is_held(w: &Words) -> sent::View {
    let mut view = what_was_sent(w);
    if let Some(open) = &mut view.open {
        open.state = sent::State::Held;
        open.findings = the_approval(w).open.map(|open| open.findings).unwrap_or_default();
        open.findings.push(Finding {
            weight: Weight::Stop,
            about: String::new(),
            text: FILLER.to_owned(),
            rule: "LAW-25".to_owned(),
            acknowledge: None,
        });
        open.look = Some(true);
        open.question = None;
        open.contests.clear();
    }
    view
}

fn the_contests(w: &Words) -> contests::View {
    let contest = |id: &str, state: &str, open: bool, own: bool| contests::Contest {
        id: id.to_owned(),
        referral: ("RN-2026-03-004117".to_owned(), "/console/sent/1".to_owned()),
        provider: "video.example".to_owned(),
        state: w.t(state),
        open,
        reasons: FILLER.to_owned(),
        decision: (!open).then(|| ("C. Muster".to_owned(), ago(20), FILLER.to_owned())),
        own,
        at: ago(300),
        to_withdraw: !open,
    };
    contests::View {
        contests: vec![
            contest("1", "contest-waits", true, false),
            contest("2", "contest-waits", true, true),
            contest("3", "contest-upheld", false, false),
        ],
        may_decide: true,
    }
}

fn what_was_sent(w: &Words) -> sent::View {
    let row = |state: sent::State, selected: bool, done: u64| sent::Sent {
        href: "#".to_owned(),
        kind: Kind::Video,
        reference: "R-2027-000118".to_owned(),
        answers: if done > 0 { vec![(Answer::ALL[0], done)] } else { Vec::new() },
        items: (11, done),
        provider: "video.example".to_owned(),
        at: ago(60),
        state,
        selected,
    };
    let item = |id: &str, answer: Option<Answer>, live: Option<Live>| sent::Item {
        href: "/console/subject/1".to_owned(),
        url: format!("https://video.example/watch/{id}"),
        look_again: false,
        answer,
        live: live.map(|live| (live, ago(3))),
        elsewhere: if answer == Some(Answer::Removed) {
            vec![("/console/subject/2".to_owned(), "files.example".to_owned())]
        } else {
            vec![]
        },
    };
    sent::View {
        rows: vec![
            row(sent::State::AsksUs, true, 3),
            row(sent::State::Received, false, 0),
            row(sent::State::Answered, false, 11),
            row(sent::State::Delivered, false, 0),
            row(sent::State::Withdrawn, false, 2),
            row(sent::State::Failed, false, 0),
            row(sent::State::Waiting, false, 0),
        ],
        list: Listed {
            path: "/console/sent",
            groups: sent::Group::ALL
                .into_iter()
                .zip([2, 1, 4, 30, 3])
                .map(|(group, n)| (group.code(), group.word(w), n))
                .collect(),
            rows: 7,
            shown: 7,
            all: 412,
            ..Listed::default()
        },
        contests: 2,
        open: Some(Box::new(sent::Open {
            id: "1".to_owned(),
            reference: "RN-2026-03-004117".to_owned(),
            provider: ("video.example".to_owned(), "/console/provider/1".to_owned()),
            state: sent::State::AsksUs,
            way: "RXP".to_owned(),
            items: vec![
                item("7f3a19c0", Some(Answer::Removed), Some(Live::RemovedByPlatform)),
                item("81bb02d4", Some(Answer::NoAction), Some(Live::StillUp)),
                item("90ce6613", Some(Answer::AlreadyGone), Some(Live::GoneHard)),
                item("a0ce6613", None, None),
            ],
            findings: vec![Finding {
                weight: Weight::Note,
                about: "video.example".to_owned(),
                text: FILLER.to_owned(),
                rule: "LAW-163".to_owned(),
                acknowledge: None,
            }],
            look: None,
            contests: vec![(FILLER.chars().take(20).collect(), ago(5))],
            may_recheck: true,
            may_act: true,
            question: Some(sent::Question { look_again: true, text: FILLER.to_owned() }),
            receivers: vec![("video.example".to_owned(), true), ("Unit West".to_owned(), false)],
            events: events(),
            letter: a_letter(),
        })),
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

fn a_cell() -> subject::Standing {
    let named = |number: usize| subject::Named {
        id: format!("{number}"),
        name: if number == 3 { String::new() } else { format!("example_channel_{number}") },
        service: "video.example".to_owned(),
        kind: "account",
    };
    let joint = |number: usize| subject::Joint {
        at: ago(60 * number as i64),
        account: named(number % 4),
        number: number % 3 + 1,
        content: (!number.is_multiple_of(3)).then_some(domain::id::ClusterId(uuid::Uuid::nil())),
    };
    subject::Standing::In(Box::new(subject::Shown {
        size: 6,
        others: (0..4).map(named).collect(),
        p: 3.2e-9,
        things: 11,
        acts: 52,
        newest: (0..8).map(joint).collect(),
    }))
}

fn elsewhere() -> leads::Elsewhere {
    use domain::analysis::Verdict;
    let named = |number: usize| subject::Named {
        id: format!("{number}"),
        name: format!("example_channel_{number}"),
        service: "chat.example".to_owned(),
        kind: "account",
    };
    let speaks = |kind: &'static str, side| leads::Speaks { kind, side };
    let counts = leads::Counts { called_alike: Some(2), links: 1, shared: 9, alone: 6, minutes: Some(8) };
    leads::Elsewhere {
        account: domain::id::SubjectId(uuid::Uuid::nil()),
        purpose: "Accounts that come back on other services".to_owned(),
        reference: "DPIA 4/2026".to_owned(),
        ends_at: ago(-60_000),
        counting: false,
        leads: vec![
            leads::Lead {
                account: named(7),
                probability: Some(0.97),
                speaks: vec![
                    speaks("shared", leads::Side::For),
                    speaks("names", leads::Side::For),
                    speaks("lag", leads::Side::For),
                    speaks("hours", leads::Side::Against),
                    speaks("links", leads::Side::Little),
                ],
                counts,
                said: None,
            },
            leads::Lead {
                account: named(8),
                probability: None,
                speaks: Vec::new(),
                counts: leads::Counts::default(),
                said: Some(leads::Said {
                    verdict: Verdict::NotSame,
                    by: "A. Example".to_owned(),
                    at: ago(300),
                    reason: "Another voice, other words.".to_owned(),
                }),
            },
        ],
    }
}

fn a_subject(w: &Words) -> subject::View {
    subject::View {
        id: "1".to_owned(),
        kind: Kind::Video,
        url: "https://xn--bcher-kva.example/watch/7f3a19c0".to_owned(),
        original: Some("https://m.xn--bcher-kva.example/watch/7f3a19c0?from=share".to_owned()),
        language: server::look::language_name("de", w),
        account: Some(("@example_channel_41".to_owned(), "/console/subject/3".to_owned())),
        cluster_href: "/console/queue/7f3a19".to_owned(),
        seal: Ok("9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab".to_owned()),
        live: Some((Live::StillUp, ago(3))),
        events: events(),
        matches: matches().split_off(1),
        others_matches: matches().into_iter().take(1).collect(),
        cell: Some(a_cell()),
        elsewhere: vec![("https://files.example/d/81".to_owned(), "/console/subject/2".to_owned(), ago(90))],
        elsewhere_left: 12,
        lineage: vec![(
            w.t("item-elsewhere"),
            "https://chat.example/c/4".to_owned(),
            "/console/subject/4".to_owned(),
        )],
        documents: vec![(w.t("tag-referral"), "/console/sent/1".to_owned(), ago(0))],
        leads: Some(elsewhere()),
        holds: vec![
            (Hold::NoPartner, String::new()),
            (Hold::Ordered, "Unit East".to_owned()),
            (Hold::Talk, "Unit West".to_owned()),
        ],
        own: vec![subject::Own {
            id: "1".to_owned(),
            hold: Hold::Until(ago(-1200)),
            by: "A. Example".to_owned(),
            at: ago(30),
        }],
        may_hold: true,
        hold_hours: 72,
    }
}

/// Shifts of the counts that Operation and Radar show.
pub(crate) fn some_shifts() -> std::sync::Arc<Counted> {
    let found = |service: &str, language: &str, kind: &'static str, hours: i64| Found {
        service: service.to_owned(),
        language: language.to_owned(),
        kind,
        began: ago(60 * hours),
        seen: ago(60 * (hours - 2)),
        confidence: 0.93,
    };
    std::sync::Arc::new(Counted {
        span: Some((ago(60 * 24 * 60), ago(0))),
        series: 38,
        small: 12,
        hours_left_out: 5,
        found: vec![
            found("files.example", "ar", "blackout", 9),
            found("paste.test", "fr", "burst", 31),
            found("chat.example", "de", "migration", 102),
        ],
    })
}

fn an_operation(w: &Words) -> operation::View {
    let bar = |label: &str, count: u64| Bar {
        label: label.to_owned(),
        count,
        rest: false,
        live: format!("by_{label}"),
    };
    let language = |tag: &str, count: u64| Bar {
        label: server::look::language_name(tag, w),
        count,
        rest: false,
        live: String::new(),
    };
    let answer = |answer: Answer, count: u64| Bar {
        label: answer.word(w),
        count,
        rest: false,
        live: format!("answer_{}", answer.code()),
    };
    operation::View {
        shifts: Some(some_shifts()),
        name: "Example Operation".to_owned(),
        span: (ago(280), Some(ago(-440))),
        who: (8, 62),
        count: operation::Counters {
            seen: 31_480,
            referred: 18_260,
            referred_clusters: 2914,
            answered: 12_905,
            clusters: 4126,
            assessed: 3871,
            to_refer: 2914,
            not_terrorist: 702,
            exempt: 118,
            second_reader: 137,
        },
        review: Some(operation::Review { reviewed: 203, standing: 18_211, gone: 11_377 }),
        pace_day: Some(ago(0)),
        pace: (0..72_u64)
            .map(|at| {
                (
                    format!("{:02}:{:02}", 6 + at / 12, at % 12 * 5),
                    25 + (at * 7) % 23 + at / 3,
                    at * at / 160 + (at * 5) % 7,
                )
            })
            .collect(),
        services: vec![
            bar("video.example", 4820),
            bar("files.example", 3105),
            bar("chat.example", 2760),
            bar("notes.test", 1918),
            bar("paste.test", 1204),
            bar("sound.example", 988),
            Bar { label: "40".to_owned(), count: 3465, rest: true, live: String::new() },
        ],
        languages: vec![
            language("ar", 6214),
            language("de", 3902),
            language("fr", 3118),
            language("en", 2477),
            language("el", 1301),
            language("pl", 702),
        ],
        answers: vec![
            answer(Answer::Removed, 8811),
            answer(Answer::DisabledInUnion, 1604),
            answer(Answer::AlreadyGone, 1377),
            answer(Answer::NoAction, 668),
        ],
        agencies: [
            ("Bay", 4, 213, 0),
            ("Coast", 7, 431, 2),
            ("East", 8, 502, 0),
            ("Hill", 5, 287, 0),
            ("Lake", 6, 398, 1),
            ("North", 12, 812, 4),
            ("South", 11, 588, 17),
            ("West", 9, 640, 3),
        ]
        .map(|(name, people, assessed, held)| (name.to_owned(), people, assessed, held))
        .to_vec(),
        holds: vec![
            ("South".to_owned(), 11, Hold::Until(ago(-20))),
            ("North".to_owned(), 4, Hold::Until(ago(-170))),
            ("West".to_owned(), 3, Hold::Talk),
        ],
    }
}

fn an_inbox(received: bool, w: &Words) -> inbox::View {
    let row = |items: u64, answer: Option<Answer>, withdrawn: bool, selected: bool| inbox::Row {
        id: format!("{items}"),
        href: "#".to_owned(),
        about: format!("https://video.example/watch/{items}"),
        open: answer.is_none() && !withdrawn,
        items,
        waiting: items,
        look_again: false,
        from: "Unit North".to_owned(),
        at: ago(1500),
        answer,
        withdrawn,
        selected,
    };
    let item = |id: &str, answer: Option<Answer>| inbox::Item {
        id: id.to_owned(),
        url: format!("https://video.example/watch/{id}"),
        pinpoint: "0:12–0:31".to_owned(),
        waits: answer.is_none(),
        answer,
        whole: (id == "i2").then(a_whole),
    };
    inbox::View {
        referrals: vec![
            row(11, None, false, true),
            row(1, Some(Answer::NeedsInformation), false, false),
            row(24, Some(Answer::UnderReview), false, false),
            row(2, None, true, false),
        ],
        list: Listed {
            path: "/console/inbox",
            groups: inbox::Group::ALL
                .into_iter()
                .zip([103, 240, 7])
                .map(|(group, n)| (group.code(), group.word(w), n))
                .collect(),
            rows: 4,
            shown: 4,
            all: 350,
            ..Listed::default()
        },
        notices: vec![row(3, None, false, false)],
        orders: true,
        open: Some(Box::new(inbox::Open {
            id: "1".to_owned(),
            instrument: Instrument::Referral,
            from: "Unit North".to_owned(),
            reference: "RN-2026-03-004117".to_owned(),
            contest: "3f9c07d2a1b84e56c0de7194f2ab6853".to_owned(),
            at: ago(30),
            signature_verified: true,
            unlisted: false,
            lang: Lang::En,
            fixed: a_letter().fixed,
            statement: FILLER.to_owned(),
            kinds: vec![TcoKind::Incites],
            considered: considered(),
            items: vec![
                item("7f3a19c0", None),
                item("81bb02d4", None),
                item("90ce6613", Some(Answer::AlreadyGone)),
            ],
            look_again: false,
            withdrawn: None,
            received,
            talk: vec![("Unit North".to_owned(), FILLER.to_owned(), ago(20))],
        })),
    }
}
