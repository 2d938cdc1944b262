//! Every page with invented content, empty and full, for the gallery and for tests: they name this file by its path.

mod desk;
mod laid;
mod money;
mod others;
mod radar;
mod sent;
mod shared;
mod subjects;

use maud::Markup;
use server::words::Words;

/// Each page with its name.
pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    [desk::pages, sent::pages, subjects::pages, others::pages, money::pages, radar::pages, laid::pages]
        .iter()
        .flat_map(|pages| pages(w))
        .collect()
}
