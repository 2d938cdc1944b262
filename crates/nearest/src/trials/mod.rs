//! The index against plain lists, and against disks that fail. `RENVOI_TRIALS` makes them longer.

mod disk;
mod exact;
mod flood;
mod kill;
mod lists;
mod model;
mod power;

/// How often, or what `RENVOI_TRIALS` says.
fn trials(usual: usize) -> usize {
    std::env::var("RENVOI_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
