//! Invented views of a match laid open: two pictures, two texts, a value, and a bare fingerprint.

use super::shared::{ago, frame};
use domain::bank::Sharing;
use maud::Markup;
use server::look::{Distance, Passage, Place, Tile, TileState, Variant};
use server::pages::why::{self, Known, Listed, Side, Value, View, Wrong};
use server::words::Words;

const FILLER: &str = "Lorem ipsum dolor sit amet, consectetur adipiscing elit";

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    let frame = frame(Place::Queue);
    vec![
        ("why-pictures", why::page(&two_pictures(w), w, &frame)),
        ("why-texts", why::page(&two_texts(w), w, &frame)),
        ("why-value", why::page(&a_value(w), w, &frame)),
        ("why-fingerprint", why::page(&a_fingerprint(w), w, &frame)),
    ]
}

fn side(url: &str) -> Side {
    let source = "data:,".to_owned();
    Side {
        href: Some("/console/subject/1".to_owned()),
        url: url.to_owned(),
        seen_at: Some(ago(52)),
        tile: Some(Tile { state: TileState::Hidden { source }, moving: false, severity: 1 }),
        size: (640, 480),
        ..Side::default()
    }
}

fn listed() -> Listed {
    Listed {
        bank: "Bank North".to_owned(),
        giver: "Unit West".to_owned(),
        opinion: "positive".to_owned(),
        negative: false,
        state: "It is in force.".to_owned(),
        label: "lamp-17.png".to_owned(),
        by: "B. Sample".to_owned(),
        at: Some(ago(9_000)),
        sharing: Sharing::Amber,
        basis: "Example Act, section 4".to_owned(),
        found_at: ago(50),
    }
}

fn two_pictures(w: &Words) -> View {
    View {
        sentence: w.t("match-picture"),
        readings: Variant::Mirrored.reading(w).into_iter().collect(),
        back: "/console/queue/7f3a19".to_owned(),
        item: Side {
            part: vec![(120, 80), (900, 140), (880, 760), (100, 700)],
            ..side("https://video.example/watch/81bb02d4")
        },
        known: Known::Held(Box::new(Side {
            part: vec![(0, 0), (900, 0), (900, 1000), (0, 1000)],
            ..side("https://files.example/d/1")
        })),
        distance: Some(Distance { found: 14, limit: 31, of: 256 }),
        places: Some(41),
        share: None,
        exact: false,
        listed: Some(listed()),
        others: vec![(w.t("match-term"), "/console/why/1/3".to_owned())],
        exposure: (41, 380),
        wrong: Some(Wrong::Dispute("1".to_owned())),
    }
}

fn passage(text: &str, both: bool) -> Passage {
    Passage { text: text.to_owned(), matched: both.then_some(1), ends: false, odd: None }
}

fn two_texts(w: &Words) -> View {
    let text = |before: &str, after: &str| Side {
        tile: None,
        text: vec![passage(before, false), passage(FILLER, true), passage(after, false)],
        lang: "la".to_owned(),
        ..side("https://forum.example/t/12")
    };
    View {
        sentence: w.with("evidence-quoted", &[("n", 80_u64.into())]),
        item: text("Somebody wrote: ", ", and so on."),
        known: Known::Held(Box::new(text("", "."))),
        distance: None,
        places: None,
        share: Some(80),
        listed: None,
        readings: Vec::new(),
        others: Vec::new(),
        ..two_pictures(w)
    }
}

fn a_value(w: &Words) -> View {
    let address = |url: &str| Value::Address(url.to_owned());
    View {
        sentence: w.t("match-address"),
        readings: Vec::new(),
        exact: true,
        item: Side {
            tile: None,
            value: Some(address("http://www.files.example/d/1?utm_source=x")),
            ..side("https://forum.example/t/13")
        },
        known: Known::Value(address("https://files.example/d/1")),
        distance: None,
        places: None,
        ..two_pictures(w)
    }
}

fn a_fingerprint(w: &Words) -> View {
    View {
        item: side("https://video.example/watch/90ce6613"),
        known: Known::Fingerprint,
        places: None,
        listed: Some(Listed {
            negative: true,
            label: String::new(),
            by: String::new(),
            at: None,
            ..listed()
        }),
        ..two_pictures(w)
    }
}
