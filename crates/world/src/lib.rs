//! The synthetic world, its providers and its truth. Knows no kernel and no domain (D30).
//!
//! [`make()`] writes an invented population, its posts, generated pictures, banks and the truth about them.
//! [`serve()`] runs the providers of such a world: pages over HTTPS, RXP/1, a mail sink, on a stepped clock.
//! [`play::play()`] plays a day on it: invented people who use the product through its public API.
//! [`spread`] lets contents spread before and after accounts are referred, and holds two real actions.
//! [`crash::run()`] kills the product while they do, and judges by what the providers received.
//!
//! Everything here is invented: neutral sentences about weather, markets and trains, shapes and gradients, hosts
//! under `.test` and `.example`, and a slogan of the invented "Example Group" as the marker of what counts as
//! terrorist content in this world.
//!
//! The protocol code (canonical form, signatures, HTTP signatures, SMTP) is written a second time here on purpose:
//! what this crate says about the exchange is a second opinion, not an echo.

pub mod crash;
pub mod make;
pub mod model;
pub mod play;
mod rng;
pub mod serve;
pub mod spread;

pub use make::{CopiesTruth, CopyTruth, Made, Plan, copies, make};
pub use serve::{Running, ServeOptions, serve};

/// What can go wrong, by who must act.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user asked for a world that cannot be made.
    #[error("{0}")]
    Plan(String),
    /// The operator: a file cannot be read or written, a port not bound.
    #[error("{place}: {source}")]
    Io {
        /// Path or address.
        place: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The operator: a file of the world does not read.
    #[error("{place}: {reason}")]
    File {
        /// Path.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// The player: the product answered what its people cannot work with.
    #[error("the play stopped: {0}")]
    Play(String),
    /// A bug: encoding or certificate making failed on our own data.
    #[error("internal: {0}")]
    Bug(String),
}

impl Error {
    pub(crate) fn io(place: impl std::fmt::Display) -> impl FnOnce(std::io::Error) -> Self {
        let place = place.to_string();
        move |source| Self::Io { place, source }
    }

    pub(crate) fn bug(error: impl std::fmt::Display) -> Self {
        Self::Bug(error.to_string())
    }
}
