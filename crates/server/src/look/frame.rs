//! The frame of every page: skip link, top bar, pages, languages, time in two zones,
//! the banner of a world, the keys, and what was just done.

use super::signs::{self, Sign, sign};
use super::{asset_href, key_hint, post};
use crate::words::{Lang, Words};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

/// Whose seat the reader sits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// A person of a referral unit.
    Unit,
    /// A person of a provider.
    Provider,
    /// Nobody is signed in.
    Outside,
}

/// The page in the bar that is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What next?
    Queue,
    /// Do I agree?
    Approve,
    /// What is open?
    Sent,
    /// How is the action going?
    Operation,
    /// Who matters, and what if?
    Network,
    /// Radar.
    Radar,
    /// Who asks for money, and where?
    Money,
    /// Have we seen this?
    Search,
    /// What comes in?
    Intake,
    /// What do we know, from whom?
    Signals,
    /// What do we publish?
    Reports,
    /// Can I trust it?
    Ledger,
    /// Who may what?
    Agency,
    /// What do they ask of me?
    Inbox,
    /// None of these.
    Elsewhere,
}

/// How the page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// At a desk; panes scroll, the bar stays.
    Desk,
    /// At a desk, as one long page.
    Long,
    /// On a wall, from four metres; dark unless the reader chose.
    Wall,
}

/// What was just done, said once.
#[derive(Clone, Debug)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// Where to see what became of it: (words, address).
    pub see: Option<(String, &'static str)>,
    /// The way back, if there is one.
    pub undo: Option<Undo>,
}

/// The way back: one POST.
#[derive(Clone, Debug)]
pub struct Undo {
    /// Where it is posted.
    pub action: String,
}

/// What the frame knows of the reader and the moment.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Whose seat.
    pub seat: Seat,
    /// Current page.
    pub place: Place,
    /// Name of the person, if one is signed in.
    pub person: Option<String>,
    /// Agency or provider of the person.
    pub agency: String,
    /// Pages that the person's roles do not open; they do not stand in the bar.
    pub closed: Vec<Place>,
    /// Clusters to assess, letters to approve, or cases in the inbox; shown beside the page's name.
    pub counts: Vec<(Place, u64)>,
    /// Path of this page, for the language switch.
    pub path: String,
    /// Token of the session for every form.
    pub csrf: String,
    /// Now.
    pub now: Timestamp,
    /// The data directory is a world: nothing here is real (decision D11).
    pub world: bool,
    /// The person wants media grey, blurred.
    pub veils: (bool, bool),
    /// Where assets are: `/assets/`.
    pub assets: String,
    /// What was just done.
    pub said: Option<Said>,
}

const UNIT_PAGES: [(Place, &str, &str); 13] = [
    (Place::Queue, "page-queue", "/console/queue"),
    (Place::Approve, "page-approve", "/console/approve"),
    (Place::Sent, "page-sent", "/console/sent"),
    (Place::Operation, "page-operation", "/console/operation"),
    (Place::Network, "page-network", "/console/network"),
    (Place::Radar, "page-radar", "/console/radar"),
    (Place::Money, "page-money", "/console/money"),
    (Place::Search, "page-search", "/console/search"),
    (Place::Intake, "page-intake", "/console/intake"),
    (Place::Signals, "page-signals", "/console/signals"),
    (Place::Reports, "page-reports", "/console/reports"),
    (Place::Ledger, "page-ledger", "/console/ledger"),
    (Place::Agency, "page-agency", "/console/agency"),
];
const PROVIDER_PAGES: [(Place, &str, &str); 1] = [(Place::Inbox, "page-inbox", "/console/inbox")];

impl Frame {
    fn pages(&self) -> Vec<(Place, &'static str, &'static str)> {
        let all: &[(Place, &str, &str)] = match self.seat {
            Seat::Unit => &UNIT_PAGES,
            Seat::Provider => &PROVIDER_PAGES,
            Seat::Outside => &[],
        };
        all.iter().filter(|(place, ..)| !self.closed.contains(place)).copied().collect()
    }

    /// The first page that is the person's.
    fn home(&self) -> &'static str {
        self.pages().first().map_or("/", |(.., href)| href)
    }
}

/// The whole document. `main` is what stands in the `main` element, `class` its grid.
#[must_use]
pub fn page(
    frame: &Frame,
    w: &Words,
    display: Display,
    (title, class): (&str, &str),
    main: &Markup,
) -> Markup {
    let wall = display == Display::Wall;
    html! {
        (DOCTYPE)
        html lang=(w.lang.tag()) dir=(w.lang.dir()) data-display=[wall.then_some("wall")] data-theme=[wall.then_some("dark")]
            data-seat=[(frame.seat == Seat::Unit).then_some("unit")] data-grey=[frame.veils.0.then_some("")] data-blur=[frame.veils.1.then_some("")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="same-origin";
                meta name="csrf" content=(frame.csrf);
                title { (title) " · Renvoi" }
                link rel="stylesheet" href=(asset_href(&frame.assets, "console.css"));
                script src=(asset_href(&frame.assets, "console.js")) type="module" {}
            }
            body class=[(display == Display::Desk).then_some("desk-body")] data-counter=(w.with("characters-of", &[("n", "{n}".into()), ("most", "{most}".into())])) {
                (signs::sheet())
                a.skip href="#main" { (w.t("frame-skip")) }
                @if frame.world { p.world role="note" { (sign(Sign::Info)) " " (w.t("frame-world")) " " (w.with("frame-world-day", &[("day", w.day(frame.now).into())])) } }
                (top(frame, w))
                @if let Some(said) = &frame.said { (toast(frame, said, w)) }
                main id="main" class=(class) { (main) }
                @if frame.seat == Seat::Unit { (cleared(w)) }
                @if frame.seat != Seat::Outside { (keys_dialog(frame, w)) (goto_dialog(frame, w)) }
            }
        }
    }
}

fn top(frame: &Frame, w: &Words) -> Markup {
    html! {
        header.top {
            a.brand href=(frame.home()) { (sign(Sign::Mark)) bdi lang="en" { "Renvoi" } }
            @if frame.seat == Seat::Provider { span.seat { bdi dir="ltr" { (frame.agency) } (w.comma()) (w.t("frame-contact-point")) } }
            @if frame.pages().is_empty() { span.nav {} } @else {
                nav.nav aria-label=(w.t("frame-pages")) {
                    @for (place, key, href) in frame.pages() {
                        a href=(href) aria-current=[(place == frame.place).then_some("page")] {
                            (w.t(key))
                            @if let Some((_, count)) = frame.counts.iter().find(|(of, _)| *of == place) { " " span.n data-live=(live_name(place)) { (w.number(*count)) } }
                        }
                    }
                }
            }
            div.who {
                @if frame.seat != Seat::Outside {
                    button.b.plain.js type="button" data-key="Ctrl-K" data-open="goto" aria-keyshortcuts="Control+K" { span.sr { (w.t("frame-goto")) } kbd { "Ctrl-K" } }
                    button.b.plain.js type="button" data-key="?" data-open="keys" { span.sr { (w.t("frame-keys")) } kbd { "?" } }
                }
                span.zone { (w.clock(frame.now)) " " span.note { (w.utc(frame.now)) } }
                @if let Some(person) = &frame.person {
                    details.me {
                        summary { bdi { (person) } }
                        div.popped {
                            @if frame.seat == Seat::Unit { p { bdi { (frame.agency) } } }
                            (post("/console/sign-out", &frame.csrf, "", &html! { button.b type="submit" { (w.t("frame-sign-out")) } }))
                        }
                    }
                }
                @for lang in Lang::ALL.into_iter().filter(|lang| *lang != w.lang) {
                    a href={ (frame.path) "?lang=" (lang.tag()) } hreflang=(lang.tag()) lang=(lang.tag()) { (lang.own_name()) }
                }
            }
        }
    }
}

/// Name of the live counter beside a page's name.
const fn live_name(place: Place) -> &'static str {
    match place {
        Place::Queue => "clusters_waiting",
        Place::Approve => "letters_waiting",
        Place::Signals => "signals_waiting",
        _ => "cases_waiting",
    }
}

fn toast(frame: &Frame, said: &Said, w: &Words) -> Markup {
    html! {
        div.toast role="status" data-toast {
            (sign(Sign::Check)) span { (said.text) }
            @if let Some((words, href)) = &said.see { a.b href=(href) { (words) } }
            @if let Some(undo) = &said.undo {
                (post(&undo.action, &frame.csrf, "", &html! {
                    button.b type="submit" data-key="z" aria-keyshortcuts="z" { (w.t("frame-undo")) (key_hint("z")) }
                }))
            }
        }
    }
}

fn cleared(w: &Words) -> Markup {
    html! {
        div.cleared hidden data-cleared-note {
            p.strong { (w.t("frame-cleared")) }
            p.small.mute { (w.t("frame-cleared-way")) }
            button.b type="button" data-uncover { (w.t("frame-uncover")) }
        }
    }
}

const KEYS: [(&str, &str); 19] = [
    ("j", "key-next"),
    ("k", "key-previous"),
    ("Space", "key-reveal"),
    ("g", "key-grey"),
    ("b", "key-blur"),
    ("1–5", "key-kind"),
    ("x", "key-exempt"),
    ("n", "key-not"),
    ("u", "key-unsure"),
    ("d", "key-defer"),
    ("Enter", "key-save"),
    ("a", "key-approve"),
    ("r", "key-return"),
    ("w", "key-withdraw"),
    ("z", "key-undo"),
    ("/", "key-search"),
    ("?", "key-keys"),
    ("Ctrl-K", "key-goto"),
    ("Esc Esc", "key-clear"),
];

fn keys_dialog(frame: &Frame, w: &Words) -> Markup {
    let shown =
        KEYS.iter().filter(|(key, _)| frame.seat == Seat::Unit || matches!(*key, "j" | "k" | "?" | "Ctrl-K"));
    html! {
        dialog.dialog id="keys" aria-labelledby="keys-title" {
            h2 id="keys-title" { (w.t("frame-keys")) }
            dl.keys { @for (key, words) in shown { dt { kbd { (key) } } dd { (w.t(words)) } } }
            label.tick { input type="checkbox" data-single-keys checked; span { (w.t("keys-single")) } }
            form method="dialog" { button.b { (w.t("frame-close")) } }
        }
    }
}

fn goto_dialog(frame: &Frame, w: &Words) -> Markup {
    html! {
        dialog.dialog id="goto" aria-labelledby="goto-title" {
            h2 id="goto-title" { (w.t("frame-goto")) }
            @if frame.seat == Seat::Unit {
                form method="get" action="/console/search" {
                    label.labelled { span { (w.t("search-label")) } input.field type="search" name="q" autocomplete="off" dir="auto"; }
                }
            }
            ul.goto { @for (_, key, href) in frame.pages() { li { a href=(href) { (w.t(key)) } } } }
            form method="dialog" { button.b { (w.t("frame-close")) } }
        }
    }
}
