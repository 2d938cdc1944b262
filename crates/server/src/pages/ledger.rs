//! Ledger: can I trust it? The checkpoint, the proof of a record, and how to verify without us.

use crate::look::{self, Button, Display, Frame, Sign, boxed, button, facts, post, sign};
use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Records in the tree.
    pub size: u64,
    /// Root, Base64.
    pub root: String,
    /// The signed checkpoint, as it is published.
    pub checkpoint: String,
    /// When it was signed.
    pub newest_at: Timestamp,
    /// The last verification: when and whether it held.
    pub verified: Option<(Timestamp, bool)>,
    /// The record that was asked for.
    pub record: Option<Record>,
    /// Newest records: (number, words, when); at most 50.
    pub newest: Vec<(u64, String, Timestamp)>,
}

/// One record with its proof.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number, from 0.
    pub number: u64,
    /// The hash of its leaf, hexadecimal.
    pub leaf: String,
    /// What it is, in words.
    pub what: String,
    /// The hashes of its inclusion proof, hexadecimal.
    pub proof: Vec<String>,
    /// The proof leads to the root.
    pub holds: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.head { h1 { (w.t("ledger-question")) } p.state { (state(view, w)) } }
        div.cols.long {
            div.pane {
                (boxed(&w.t("ledger-checkpoint"), "", &html! {
                    (facts(&[
                        (w.t("ledger-size"), html! { (w.number(view.size)) }),
                        (w.t("ledger-root"), html! { span.id { (view.root) } }),
                        (w.t("ledger-newest-at"), w.moment(view.newest_at)),
                    ]))
                    pre.id tabindex="0" aria-label=(w.t("ledger-checkpoint")) { (view.checkpoint) }
                    (post("/console/ledger/verify", &frame.csrf, "", &html! { (button(&Button { label: &w.t("ledger-verify"), name: "", value: "", key: "", class: "go" })) }))
                }))
                @if let Some(record) = &view.record { (proof(record, w)) }
            }
            aside.pane aria-label=(w.t("ledger-look")) {
                (boxed(&w.t("ledger-look"), "", &html! {
                    form.stack method="get" action="/console/ledger" {
                        (look::field("record", &w.t("ledger-number"), "text", "", "off"))
                        (button(&Button { label: &w.t("ledger-prove"), name: "", value: "", key: "", class: "" }))
                    }
                }))
                (boxed(&w.t("ledger-newest"), "", &html! {
                    ul.small { @for (number, words, at) in &view.newest { li { a.ref href={ "/console/ledger?record=" (number) } aria-label=(w.with("ledger-record", &[("n", (*number).into())])) { (w.number(*number)) } " " bdi { (words) } " " bdi.note { (w.moment(*at)) } } } }
                }))
                (boxed(&w.t("ledger-offline"), "", &html! { p.small { (w.t("ledger-offline-how")) } pre.id { "renvoi ledger verify --data DIR" } }))
            }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-ledger"), "stacked"), &main)
}

fn state(view: &View, w: &Words) -> Markup {
    match view.verified {
        Some((at, true)) => {
            html! { span.chip.ok { (sign(Sign::Clear)) (w.t("ledger-holds")) " " (w.moment(at)) } }
        }
        Some((at, false)) => {
            html! { span.chip.barred { (sign(Sign::Stop)) (w.t("ledger-broken")) " " (w.moment(at)) } }
        }
        None => html! { span.chip { (sign(Sign::Ask)) (w.t("ledger-unverified")) } },
    }
}

fn proof(record: &Record, w: &Words) -> Markup {
    boxed(
        &w.with("ledger-record", &[("n", record.number.into())]),
        &record.what,
        &html! {
            p.small { @if record.holds { (sign(Sign::Check)) " " (w.t("proof-holds")) } @else { (sign(Sign::Stop)) " " (w.t("proof-broken")) } }
            (facts(&[(w.t("proof-leaf"), html! { span.id { (record.leaf) } })]))
            details { summary { (w.with("proof-hashes", &[("n", record.proof.len().into())])) }
                ol.proof { @for hash in &record.proof { li { span.id { (hash) } } } } }
        },
    )
}
