//! Invented views of what is approved, sent and contested.

use super::shared::{FILLER, a_letter, ago, considered, events, frame};
use maud::Markup;
use server::look::{Answer, Exemption, Finding, Hold, Kind, Listed, Live, Place, Tile, TileState, Weight};
use server::pages::{approve, contests, sent};
use server::words::Words;

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    vec![
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
    ]
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
