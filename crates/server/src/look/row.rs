//! One row of the queue: the reason in words, never a picture.

use super::signs::{Sign, sign};
use super::{Hold, Kind, hold_badge};
use crate::words::Words;
use maud::{Markup, html};

/// Why a cluster stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody's life may be in danger (decision D35).
    ThreatToLife,
    /// Copies appear fast.
    Spreading {
        /// Copies seen.
        copies: u64,
        /// The first was seen so many seconds ago.
        seconds: u64,
    },
    /// Few people can have seen it yet.
    Fresh {
        /// Age in seconds.
        seconds: u64,
    },
    /// A colleague wants another pair of eyes.
    SecondReader {
        /// The colleague.
        by: String,
    },
    /// Came back after it was gone.
    Returned {
        /// Days between.
        days: u64,
    },
    /// A trusted flagger asked.
    Flagger,
    /// Bytes are the same as in a bank.
    Same,
    /// A picture near a known one.
    Near {
        /// Bits between them.
        bits: u32,
    },
    /// Shows a part of a known video.
    Video {
        /// From when in the file: `0:08`.
        from: String,
        /// To when.
        to: String,
    },
    /// Has a part of a known sound.
    Sound {
        /// From when in the file.
        from: String,
        /// To when.
        to: String,
    },
    /// A machine read a known term in a picture.
    ReadByMachine,
    /// Holds links to known items.
    Links {
        /// How many.
        n: u64,
    },
    /// A known sentence or term.
    Term,
    /// Is at, or links to, a known address or host.
    KnownAddress,
    /// An account or channel in a bank.
    KnownAccount,
    /// Returned by the approver with a reason.
    SentBack {
        /// The approver.
        by: String,
    },
    /// A person put it in.
    PutIn {
        /// Who.
        by: String,
    },
    /// An account or channel that a plan proposed. Its rank is no reason and is not said.
    Proposed,
    /// Nothing but its age.
    Waiting,
}

impl Why {
    /// The reason in words.
    #[must_use]
    pub fn words(&self, w: &Words) -> String {
        match self {
            Self::ThreatToLife => w.t("why-threat"),
            Self::Spreading { copies, seconds } => {
                w.with("why-spreading", &[("n", (*copies).into()), ("time", w.stretch(*seconds).into())])
            }
            Self::Fresh { seconds } => w.with("why-fresh", &[("time", w.stretch(*seconds).into())]),
            Self::SecondReader { by } => w.with("why-second-reader", &[("name", by.into())]),
            Self::Returned { days } => w.with("why-returned", &[("n", (*days).into())]),
            Self::Flagger => w.t("why-flagger"),
            Self::Same => w.t("why-same"),
            Self::Near { bits } => w.with("why-near", &[("n", (*bits).into())]),
            Self::Video { from, to } => w.with("why-video", &[("from", from.into()), ("to", to.into())]),
            Self::Sound { from, to } => w.with("why-sound", &[("from", from.into()), ("to", to.into())]),
            Self::ReadByMachine => w.t("why-read"),
            Self::Links { n } => w.with("why-links", &[("n", (*n).into())]),
            Self::Term => w.t("why-term"),
            Self::KnownAddress => w.t("why-address"),
            Self::KnownAccount => w.t("why-account"),
            Self::SentBack { by } => w.with("why-sent-back", &[("name", by.into())]),
            Self::PutIn { by } => w.with("why-put-in", &[("name", by.into())]),
            Self::Proposed => w.t("why-proposed"),
            Self::Waiting => w.t("why-waiting"),
        }
    }

    /// Whether the reason says already when it began.
    const fn says_when(&self) -> bool {
        matches!(self, Self::Spreading { .. } | Self::Fresh { .. } | Self::Returned { .. })
    }

    const fn sign(&self, kind: Kind) -> Sign {
        match self {
            Self::ThreatToLife => Sign::Stop,
            Self::Spreading { .. } => Sign::Spread,
            Self::Fresh { .. } => Sign::Clock,
            Self::SecondReader { .. } | Self::KnownAccount => Sign::Account,
            Self::Returned { .. } => Sign::Again,
            Self::Flagger => Sign::Seal,
            Self::Links { .. } | Self::KnownAddress => Sign::Link,
            Self::SentBack { .. } => Sign::Back,
            Self::PutIn { .. } => Sign::Drop,
            Self::Same
            | Self::Near { .. }
            | Self::Video { .. }
            | Self::Sound { .. }
            | Self::ReadByMachine
            | Self::Term
            | Self::Proposed
            | Self::Waiting => kind.sign(),
        }
    }
}

/// One cluster in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it opens.
    pub href: String,
    /// Its short name on screen.
    pub short: String,
    /// What it is.
    pub kind: Kind,
    /// Why it is here.
    pub why: Why,
    /// Since when it waits, in seconds.
    pub age_seconds: u64,
    /// Language in words.
    pub language: String,
    /// Items in the cluster.
    pub items: u64,
    /// Services they stand on.
    pub services: u64,
    /// The host, when there is one only.
    pub host: Option<String>,
    /// A hold that bars it.
    pub hold: Option<Hold>,
    /// Open with another person.
    pub open_with: Option<String>,
    /// The row whose detail stands beside the list.
    pub selected: bool,
}

/// The row as a link.
#[must_use]
pub fn row(row: &Row, w: &Words) -> Markup {
    html! {
        a href=(row.href) aria-current=[row.selected.then_some("true")] {
            (sign(row.why.sign(row.kind)))
            span.why { (row.why.words(w)) }
            span.age { (row.short) }
            span.sub {
                span { (row.kind.word(w)) }
                span { (row.language) }
                @if row.items > 1 { span { (w.with("items", &[("n", row.items.into())])) } }
                @match &row.host {
                    Some(host) if row.services <= 1 => { span { bdi dir="ltr" { (host) } } }
                    _ => { span { (w.with("services", &[("n", row.services.into())])) } }
                }
                @if !row.why.says_when() { span { (w.with("row-seen", &[("time", w.stretch(row.age_seconds).into())])) } }
                @if let Some(name) = &row.open_with { span.visited-by { (w.with("row-open-with", &[("name", name.into())])) } }
                @if let Some(hold) = row.hold { (hold_badge(hold, w)) }
            }
        }
    }
}
