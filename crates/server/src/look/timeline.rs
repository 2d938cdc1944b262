//! What happened: time, mark, sentence.

use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// Who or what did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Ring: a machine saw it.
    Machine,
    /// Dot: a person decided.
    Person,
    /// Diamond: it left the house.
    Out,
    /// Diamond, too: it came from outside.
    In,
}

/// One event.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Its mark.
    pub mark: Mark,
    /// The sentence.
    pub text: String,
    /// Its record in the ledger, if it has one.
    pub record: Option<u64>,
}

/// The events in the order given, as an ordered list.
#[must_use]
pub fn timeline(events: &[Event], w: &Words) -> Markup {
    html! {
        ol.line {
            @for event in events {
                li {
                    span.when { (w.day(event.at)) br; (w.clock_fine(event.at)) }
                    span class=(match event.mark {
                        Mark::Machine => "dot",
                        Mark::Person => "dot person",
                        Mark::Out | Mark::In => "dot out",
                    }) {}
                    span { bdi { (event.text) }
                        @if let Some(record) = event.record {
                            a.ref href={ "/console/ledger?record=" (record) } aria-label=(w.with("ledger-record", &[("n", record.into())])) { (w.number(record)) }
                        }
                    }
                }
            }
        }
    }
}
