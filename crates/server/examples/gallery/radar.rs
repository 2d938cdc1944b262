//! Invented views of the radar.

use super::shared::{ago, frame};
use super::subjects::some_shifts;
use domain::host::{Identification, Note, NoteKind, Standing};
use maud::Markup;
use server::look::Place;
use server::pages::radar::{self, Growth, Host, Noted, Open, Sheet, Trend, View};
use server::words::Words;

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    let nothing = Open { until: None, accounts: (0, 0), cut: false, hosts: Vec::new(), left: 0, sheet: None };
    let page = |open: Open| {
        radar::page(&View { open, shifts: Some(some_shifts()), may_note: true }, w, &frame(Place::Radar))
    };
    vec![("radar", page(a_radar())), ("radar-empty", page(nothing))]
}

fn a_radar() -> Open {
    let growth = |factor: f64| Growth { factor, low: factor * 0.6, high: factor / 0.6 };
    let host = |name: &str, trend: Trend, accounts: u64, growth: Option<Growth>| Host {
        host: name.to_owned(),
        trend,
        accounts,
        accounts_before: growth.map_or(0, |growth| (accounts as f64 / growth.factor) as u64),
        links: accounts * 7,
        growth,
        first_at: ago(1_440 * accounts as i64),
        from: vec![("video.example".to_owned(), accounts / 2), ("chat.example".to_owned(), accounts / 3)],
        identification: Identification::ALL[accounts as usize % 3],
    };
    let noted = |kind: NoteKind, value: &str, standing: Standing, replaced: bool| Noted {
        note: Note { kind, value: value.to_owned(), source: "imprint, 3 May".to_owned(), standing },
        by: "A. Example".to_owned(),
        at: ago(120),
        replaced,
    };
    let fact = |kind: NoteKind, value: &str| noted(kind, value, Standing::Open, false);
    Open {
        until: Some(ago(60)),
        accounts: (1_204, 1_377),
        cut: true,
        hosts: vec![
            host("new-files.example", Trend::New, 41, None),
            host("paste.example", Trend::Growing, 88, Some(growth(4.2))),
            host("files.example", Trend::Steady, 312, Some(growth(1.04))),
            host("old-video.example", Trend::Falling, 12, Some(growth(0.21))),
        ],
        left: 17,
        sheet: Some(Sheet {
            host: "new-files.example".to_owned(),
            facts: vec![
                fact(NoteKind::Identification, "no"),
                fact(NoteKind::Operator, "Example Ltd"),
                fact(NoteKind::Registered, "2026-01-02T00:00:00Z"),
                noted(NoteKind::Operator, "unknown", Standing::Open, true),
            ],
            hypotheses: vec![
                noted(NoteKind::Hypothesis, "Lorem ipsum dolor sit amet.", Standing::Supported, false),
                noted(NoteKind::Hypothesis, "Consectetur adipiscing elit.", Standing::Open, false),
            ],
        }),
    }
}
