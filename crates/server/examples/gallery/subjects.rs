//! Invented views of a subject, an operation and a provider's inbox.

use super::shared::{FILLER, a_letter, a_whole, ago, considered, events, frame, matches};
use maud::Markup;
use server::look::{Answer, Bar, Hold, Instrument, Kind, Listed, Live, Place, TcoKind};
use server::pages::shifts::{Counted, Found};
use server::pages::{inbox, leads, operation, subject};
use server::words::{Lang, Words};

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    vec![
        ("subject", subject::page(&a_subject(w), w, &frame(Place::Elsewhere))),
        ("operation", operation::page(&an_operation(w), w, &frame(Place::Operation))),
        ("inbox", inbox::page(&an_inbox(true, w), w, &frame(Place::Inbox))),
        (
            "inbox-bulk",
            inbox::page(&inbox::View { open: None, ..an_inbox(true, w) }, w, &frame(Place::Inbox)),
        ),
        ("inbox-closed", inbox::page(&an_inbox(false, w), w, &frame(Place::Inbox))),
    ]
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
