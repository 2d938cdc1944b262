//! Invented views of the other pages.

use super::shared::{ago, frame};
use maud::Markup;
use server::look::{Answer, Bar, Frame, Hold, Kind, Place, Seat, SetAside};
use server::pages::{
    agency, enrol, intake, leads, ledger, network, provider, public, reason, refusal, reports, search,
    sign_in, signals, step_up,
};
use server::words::Words;

/// An id that nothing has.
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";
const FILLER: &str = "Lorem ipsum dolor sit amet, consectetur adipiscing elit.";

fn outside() -> Frame {
    Frame {
        seat: Seat::Outside,
        place: Place::Elsewhere,
        person: None,
        csrf: String::new(),
        ..frame(Place::Queue)
    }
}

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    let sign_in = sign_in::View {
        agencies: vec![
            ("north".to_owned(), "Unit North".to_owned()),
            ("west".to_owned(), "Unit West".to_owned()),
        ],
        login: "a.example".to_owned(),
        failed: true,
    };
    let enrol = enrol::View {
        token: "sample".to_owned(),
        person: "A. Example".to_owned(),
        agency: "Unit North".to_owned(),
        login: "a.example".to_owned(),
        secret: "ABCD EFGH IJKL MNOP".to_owned(),
        failed: None,
    };
    let step_up = step_up::View {
        about_to: w.with("approve-go", &[("n", 11_u64.into())]),
        back: "/console/approve".to_owned(),
        failed: true,
    };
    let reason = reason::View {
        reasons: vec![
            ("queue".to_owned(), w.t("page-queue")),
            ("operation".to_owned(), w.t("page-operation")),
        ],
        back: "/console/queue".to_owned(),
    };
    let refusal = refusal::View {
        said: FILLER.to_owned(),
        way_out: FILLER.to_owned(),
        rule: "LAW-31.08".to_owned(),
        differences: vec![(w.t("kind-statement"), FILLER.to_owned(), FILLER.to_owned())],
        written: vec![FILLER.to_owned()],
        back: "/console/queue".to_owned(),
    };
    let choice = reports::View { open: None, ..the_reports() };
    let no_network = |shown: network::Shown| {
        let view = network::View { k: 12, choice: network::Choice::default(), shown, may_seal: false };
        network::page(&view, w, &frame(Place::Network))
    };
    let chosen = network::View { choice: a_choice(), ..a_network(2.0) };
    let nothing_chosen = network::View { shown: network::Shown::Empty, ..chosen.clone() };
    vec![
        ("sign-in", sign_in::page(&sign_in, w, &outside())),
        ("enrol", enrol::page(&enrol, w, &outside())),
        ("step-up", step_up::page(&step_up, w, &frame(Place::Approve))),
        ("reason", reason::page(&reason, w, &frame(Place::Queue))),
        ("refusal", refusal::page(&refusal, w, &frame(Place::Queue))),
        ("provider", provider::page(&a_provider(w), w, &frame(Place::Elsewhere))),
        ("signals", signals::page(&the_signals(w), w, &frame(Place::Signals))),
        ("reports", reports::page(&the_reports(), w, &frame(Place::Reports))),
        ("reports-choice", reports::page(&choice, w, &frame(Place::Reports))),
        ("ledger", ledger::page(&the_ledger(), w, &frame(Place::Ledger))),
        ("network", network::page(&a_network(2.0), w, &frame(Place::Network))),
        ("network-no-better", network::page(&a_network(-3.0), w, &frame(Place::Network))),
        ("network-choice", network::page(&chosen, w, &frame(Place::Network))),
        ("network-choice-empty", network::page(&nothing_chosen, w, &frame(Place::Network))),
        ("network-computing", no_network(network::Shown::Computing)),
        ("network-empty", no_network(network::Shown::Empty)),
        ("agency", agency::page(&an_agency(), w, &frame(Place::Agency))),
        ("search", search::page(&a_search(), w, &frame(Place::Search))),
        ("intake", intake::page(&an_intake(), w, &frame(Place::Intake))),
        ("public", public::page(&the_public(), w, &outside())),
    ]
}

fn a_provider(w: &Words) -> provider::View {
    let bar =
        |answer: Answer, count: u64| Bar { label: answer.word(w), count, rest: false, live: String::new() };
    let point = |hours: u64, share: f64, at_risk: u64| provider::Survival {
        hours,
        share: (share, share - 0.03, (share + 0.03).min(1.0)),
        at_risk,
    };
    provider::View {
        id: "1".to_owned(),
        name: "video.example".to_owned(),
        zone: "America/New_York".to_owned(),
        languages: "English, Deutsch".to_owned(),
        contacts: vec![
            ("RXP".to_owned(), "https://video.example/.well-known/rxp".to_owned()),
            ("E-mail".to_owned(), "contact@video.example".to_owned()),
        ],
        checked: true,
        mail: "contact@video.example".to_owned(),
        way: "RXP".to_owned(),
        items: (12, 4820),
        since: ago(40_000),
        answers: vec![bar(Answer::Removed, 2811), bar(Answer::NoAction, 604), bar(Answer::AlreadyGone, 377)],
        survival: vec![
            point(0, 0.97, 4820),
            point(12, 0.7, 3010),
            point(24, 0.5, 1540),
            point(36, 0.42, 1020),
            point(48, 0.36, 640),
        ],
        quiet: true,
        open: vec![("RN-2026-03-004117".to_owned(), "/console/sent/1".to_owned())],
        reminders: 2,
        may_change: true,
    }
}

fn the_signals(w: &Words) -> signals::View {
    let bank = |name: &str, negative: bool| signals::Bank {
        id: name.to_owned(),
        name: name.to_owned(),
        giver: "Unit West".to_owned(),
        basis: "Lorem ipsum".to_owned(),
        sharing: domain::bank::Sharing::Amber,
        closed: false,
        distance: 31,
        types: w.t("kind-image"),
        signals: 120_400,
        matches: 88,
        negative,
        review_at: ago(500),
    };
    signals::View {
        banks: vec![bank("Bank North", false), bank("Press", true)],
        disputed: vec![signal("B. Sample", 0)],
        more: 12,
        blown: vec![signal("", 5_001)],
        fuse_per_day: 5_000,
        told: vec!["B. Sample".to_owned(), "C. Muster".to_owned()],
        imports: vec![an_import(w)],
        running: vec![("Bank North".to_owned(), 61_204, 98_110)],
        may_change: true,
        formats: vec![("csv".to_owned(), "CSV".to_owned()), ("misp".to_owned(), "MISP event".to_owned())],
        written: vec![("csv".to_owned(), "CSV".to_owned())],
    }
}

fn signal(by: &str, today: u64) -> signals::Signal {
    signals::Signal {
        id: "1".to_owned(),
        bank: "Bank North".to_owned(),
        short: "9f2c41ab".to_owned(),
        opinions: (2, 1),
        why: FILLER.to_owned(),
        since: Some(ago(80)),
        by: by.to_owned(),
        reason: if by.is_empty() { String::new() } else { FILLER.to_owned() },
        today,
    }
}

fn an_import(w: &Words) -> signals::Import {
    let said = |key: &str, count: u64| w.with(key, &[("n", count.into())]);
    signals::Import {
        bank: "Bank North".to_owned(),
        by: "B. Sample".to_owned(),
        at: ago(90),
        records: 120_412,
        counts: vec![said("imports-new", 400), said("imports-known", 120_000), said("imports-relisted", 3)],
        left: 12,
        why: vec![said("left-value", 9), said("left-withdrawn", 3)],
    }
}

fn the_reports() -> reports::View {
    reports::View {
        reports: vec![reports::Offer {
            id: "RP-2026-03-10-A".to_owned(),
            title: "Example Operation".to_owned(),
            span: (ago(280), ago(-440)),
        }],
        open: Some(reports::Report {
            id: "RP-2026-03-10-A".to_owned(),
            title: "Example Operation".to_owned(),
            span: (ago(280), ago(-440)),
            written_at: ago(-900),
            figures: [31_480, 18_260, 12_905, 11_377]
                .iter()
                .map(|number| (*number, "Lorem ipsum".to_owned()))
                .collect(),
            tables: vec![reports::Table {
                title: "Lorem ipsum".to_owned(),
                heads: ["Lorem", "ipsum", "dolor", "sit"].map(|head| (head.to_owned(), None)).to_vec(),
                about: Some(1),
                rows: vec![
                    (("video.example".to_owned(), Some(2)), vec![6214, 4301, 212]),
                    (("files.example".to_owned(), None), vec![3902, 3011, 160]),
                ],
                definitions: vec![1, 2],
            }],
            definitions: vec![FILLER.to_owned(), FILLER.to_owned()],
            all_zero: false,
            identical_texts: Some(0.021),
            checkpoint: (88_214, "9f2c…41ab".to_owned()),
            recomputed: Some(true),
        }),
    }
}

fn the_ledger() -> ledger::View {
    ledger::View {
        size: 88_214, root: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=".to_owned(),
        checkpoint: "unit-north.example/ledger\n88214\nq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\n\n— unit-north.example ABCDEF0123".to_owned(),
        newest_at: ago(2), verified: Some((ago(1), true)),
        record: Some(ledger::Record { number: 88_190, leaf: "9f2c41ab".repeat(8), what: FILLER.to_owned(), proof: vec!["9f2c41ab".repeat(8); 3], holds: true }),
        newest: vec![(88_213, FILLER.to_owned(), ago(2)), (88_212, FILLER.to_owned(), ago(3))],
    }
}

fn an_agency() -> agency::View {
    let person = |name: &str, roles: &[agency::Role], active: bool| agency::Person {
        id: name.to_owned(),
        name: name.to_owned(),
        roles: roles.to_vec(),
        seen_at: active.then(|| ago(30)),
        active,
    };
    agency::View {
        name: "Unit North".to_owned(),
        people: vec![
            person("A. Example", &[agency::Role::Analyst, agency::Role::Approver], true),
            person("B. Sample", &[agency::Role::Administrator], true),
            person("C. Muster", &[agency::Role::Auditor], false),
        ],
        keys: vec![("ex41:7c19".to_owned(), "Ed25519".to_owned(), Some(ago(-400_000)))],
        retention: vec![("Lorem ipsum".to_owned(), 30), ("Dolor sit".to_owned(), 180)],
        protected: vec![("archive.example".to_owned(), FILLER.to_owned())],
        peers: vec![("Unit West".to_owned(), "rxp.unit-west.example".to_owned(), ago(9000))],
        waiting: vec![
            agency::Waiting {
                id: "1".to_owned(),
                about: "C. Muster".to_owned(),
                role: Some(agency::Role::Auditor),
                since: ago(50),
                own: false,
            },
            agency::Waiting {
                id: "2".to_owned(),
                about: "Video Example (desk@video.example)".to_owned(),
                role: None,
                since: ago(20),
                own: true,
            },
        ],
        link: Some("https://unit-north.example/console/enrol/sample".to_owned()),
        may_change: true,
        analysis: Some(leads::Switch { open: None }),
    }
}

fn a_search() -> search::View {
    let found = |url: &str| search::Found {
        href: "/console/subject/1".to_owned(),
        kind: Kind::Video,
        url: url.to_owned(),
        note: FILLER.to_owned(),
        seen_at: Some(ago(800)),
    };
    search::View {
        asked: "video.example/watch/7f3a19c0".to_owned(),
        understood: "https://video.example/watch/7f3a19c0".replace('.', "[.]"),
        found: vec![("The same".to_owned(), vec![found("https://video.example/watch/7f3a19c0")])],
        similar: vec![found("https://files.example/d/81")],
        holds: vec![(Hold::Talk, "Unit West".to_owned())],
    }
}

fn an_intake() -> intake::View {
    let meanings = vec![
        (String::new(), "–".to_owned()),
        ("url".to_owned(), "URL".to_owned()),
        ("text".to_owned(), "Text".to_owned()),
    ];
    let batch = |id: &str, done: u64| intake::Batch {
        id: id.to_owned(),
        file: "example-day.ndjson".to_owned(),
        format: "NDJSON".to_owned(),
        at: ago(3),
        records: (done, Some(98_110)),
        counts: (61_000, 201, 2, 3),
        aside: vec![SetAside { at: "4117".to_owned(), reason: FILLER.to_owned() }],
    };
    intake::View {
        formats: vec![(String::new(), "–".to_owned()), ("ndjson".to_owned(), "NDJSON".to_owned())],
        mapping: Some(intake::Mapping {
            batch: "2".to_owned(),
            file: "example-list.csv".to_owned(),
            columns: vec![
                ("link".to_owned(), "https://video.example/1".replace('.', "[.]"), "url".to_owned()),
                ("body".to_owned(), FILLER.to_owned(), "text".to_owned()),
            ],
            meanings,
        }),
        kept: vec!["Unit West list".to_owned()],
        batches: vec![batch("1", 61_204), batch("0", 98_110)],
    }
}

fn the_public() -> public::View {
    public::View {
        agencies: vec!["Unit North".to_owned(), "Unit West".to_owned()],
        span: (ago(40_000), ago(0)),
        figures: vec![
            ("18 260".to_owned(), "Lorem ipsum".to_owned(), FILLER.to_owned()),
            ("12 905".to_owned(), "Dolor sit".to_owned(), FILLER.to_owned()),
        ],
        laws: vec![(FILLER.to_owned(), "Regulation (EU) 2021/784".to_owned())],
        reference: String::new(),
        contested: Some(public::Contested::Registered("CT-2026-0007".to_owned())),
    }
}

fn an_account(number: usize) -> network::Named {
    network::Named {
        id: NOTHING.to_owned(),
        name: if number == 9 { String::new() } else { format!("example_channel_{number}") },
        service: ["video.example", "files.example", "chat.example"][number % 3].to_owned(),
        kind: if number.is_multiple_of(4) { "channel" } else { "account" },
    }
}

/// Why an account is in the plan.
fn a_because() -> network::Because {
    let way = |accounts: &[usize], part| network::Way {
        accounts: accounts.iter().map(|n| an_account(*n)).collect(),
        part,
    };
    network::Because {
        alone: network::Estimate { mean: 0.034, low: 0.029, high: 0.039 },
        ways: vec![way(&[9, 4, 1], 0.42), way(&[9, 1], 0.3), way(&[12, 7, 3, 1], 0.05)],
        cut_off: vec![network::CutOff { of: an_account(7), accounts: 312, part: 0.71 }],
        instead: Some((an_account(6), 48.4)),
    }
}

/// What became of a plan: too early to say, or measured.
fn a_look(better: f64) -> network::Look {
    let about = |mean: f64, half: f64| network::Estimate { mean, low: mean - half, high: mean + half };
    let found = network::Measured {
        contents: (88, 91),
        accounts: (12, 34),
        whole: (61.4, 42.9),
        group: (24.8, 5.1),
        beside: (18.2, 17.5),
        expected: 23.8,
        spared: about(18.7, 3.1),
        regrown: 1.6,
        moved: 2.2,
        share: about(0.25, 0.06),
    };
    let early = better < 0.0;
    network::Look {
        referred: (12, 11),
        from: early.then(|| ago(-9 * 24 * 60)),
        little: None,
        measured: (!early).then_some(found),
    }
}

/// Posts of three months, forwards and mentions alone.
fn a_choice() -> network::Choice {
    let layers = network::Layers::of(&[network::Layer::Forwards, network::Layer::Mentions]);
    network::Choice { period: network::Period::Days90, layers: layers.unwrap_or_default() }
}

/// `better`: how many accounts the plan spares beyond the most followed, less an interval of one account.
fn a_network(better: f64) -> network::View {
    let about = |mean: f64, half: f64| network::Estimate { mean, low: mean - half, high: mean + half };
    let point = |k: u32| {
        let after = 4_210.0 * (-0.04 * f64::from(k)).exp();
        network::Point {
            after: about(after, 60.0),
            world: (after * 0.7, after * 1.35),
            followers: after + better * f64::from(k),
            beats: about(better * f64::from(k), f64::from(k.min(1))),
        }
    };
    let row = |rank: u32| network::Row {
        account: an_account(rank as usize),
        rank,
        rank_low: rank - rank / 3,
        rank_high: rank + rank / 2 + 1,
        score: 420.0 / f64::from(rank),
        share: 0.1 / f64::from(rank),
        direct: 3_100 / rank,
        posts: 61,
        in_first: 100 - rank,
        planned: (rank != 3).then_some(rank as usize),
        kept: (rank == 3).then_some(network::Price { accounts: Some(about(61.0, 22.0)) }),
    };
    let near = |at: usize| network::Near {
        account: an_account(at),
        planned: (at % 5 == 1).then_some(at),
        source: at % 11 == 2,
    };
    // As many as a neighbourhood shows, and the smaller drawing beside it.
    let count = if better > 0.0 { 500 } else { 60 };
    let own = (1..count).map(|at| if at % 3 == 0 { (at, 0) } else { (0, at) });
    let open = network::Open {
        made_at: ago(3),
        ends_at: ago(-14 * 24 * 60),
        span: Some((ago(7 * 24 * 60), ago(20))),
        items: 4_812,
        cut: better < 0.0,
        accounts: 46_310,
        links: 402_117,
        sources: 200,
        before: 4_210.0,
        method: "cascade",
        curve: (0..=50).map(point).collect(),
        rows: (1..=20).map(row).collect(),
        plan: (1..=50).map(an_account).collect(),
        around: Some(network::Around {
            accounts: (0..count).map(near).collect(),
            links: own.chain((1..count - 5).map(|at| (at, at + 4))).collect(),
            neighbours: 1_231,
            because: Some(a_because()),
        }),
        sealed: vec![network::Sealed {
            id: domain::id::EventId(uuid::Uuid::nil()),
            ended: false,
            queued: Some(network::Put { queued: 7, before: 0, few: 5, erased: 0 }),
            at: ago(9_000),
            by: "B. Sample".to_owned(),
            choice: a_choice(),
            accounts: 12,
            before: 4_390.0,
            after: about(2_810.0, 55.0),
            predicted: Some(network::Predicted {
                plain: (0.31, 0.38),
                wide: (0.12, 0.40),
                fits: Some(better > 0.0),
            }),
            look: Some(a_look(better)),
        }],
        fit: network::Fit {
            contents: 120,
            inside: if better > 0.0 { 109 } else { 71 },
            needed: 102,
            answers: 60,
            acted: if better > 0.0 { 59 } else { 41 },
        },
    };
    network::View {
        k: 12,
        choice: network::Choice::default(),
        shown: network::Shown::Ready(Box::new(open)),
        may_seal: true,
    }
}
