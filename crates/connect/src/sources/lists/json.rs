//! JSON documents cut into elements, each judged alone: as the readers of observations do, by the same cutter.

use std::cell::RefCell;
use std::io::BufRead;
use std::ops::ControlFlow;

use serde_json::Value;

use super::super::json::{self, Shape};
use super::super::out::{Bad, Out, Stop};
use super::super::{Found, Input, input};
use super::{Given, Place, Take};

/// How the document is named in sentences.
pub(super) struct Name {
    /// `a MISP event`.
    pub(super) format: &'static str,
    /// What it holds: `attributes`.
    pub(super) holds: &'static str,
}

/// What an element gives, or why it cannot be read.
pub(super) type Each<'a> = dyn FnMut(&Value) -> Result<Vec<Given>, String> + 'a;

/// Hands on what `each` makes of every element; what cannot be read goes aside by its place.
pub(super) fn read(
    from: impl BufRead + Send,
    (shape, name): (Shape, Name),
    each: &mut Each<'_>,
    take: &mut Take<'_>,
) -> Result<(), String> {
    let mut opened = input::open(Input::new("The list", from)).map_err(|unusable| unusable.0)?;
    // Both the cutter's own findings and those of elements go to the same place.
    let taker = RefCell::new((take, None));
    let hand = |place: &str, given: Given| {
        let (take, failed) = &mut *taker.borrow_mut();
        match take(Place::Named(place), given) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                *failed = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let mut sink = |found: Found| match found {
        Found::SetAside(aside) | Found::Refused(aside) => hand(&aside.at, Given::Bad(aside.reason)),
        Found::Record(_) => ControlFlow::Continue(()),
    };
    let mut out = Out::new("The list", opened.encoding, &mut sink);
    let step = json::elements(&mut opened.reader, &opened.peek, shape, &mut out, &mut |out, element| {
        let read = serde_json::from_slice(element.bytes).map_err(|error| Bad::json(&error));
        match read.and_then(|value| each(&value).map_err(Bad)) {
            Err(bad) => out.set_aside(element.place, bad),
            Ok(given) => {
                out.skip();
                given.into_iter().try_for_each(|given| match hand(element.place, given) {
                    ControlFlow::Continue(()) => Ok(()),
                    ControlFlow::Break(()) => Err(Stop::Asked),
                })
            }
        }
    });
    let finished = out.finish(step, name.format, name.holds);
    if let Some(error) = taker.into_inner().1 {
        return Err(error);
    }
    finished.map(drop).map_err(|unusable| unusable.0)
}
