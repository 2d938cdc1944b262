//! A bank as one file, for people who have files and no server.
//!
//! - [`list`] reads a bank file, or a folder of them, line by line, and sets bad lines aside.
//! - [`convert`] makes one of the field's lists, and such lists of one.
//! - [`screen`] compares a stream of posts with one.
//! - [`write`](mod@write) writes one, whole or not at all.
//! - [`make`] makes one of a folder of originals, [`bank`] holds one in memory, [`scan`] compares files with it, and
//!   [`walk`](mod@walk) finds these.
//! - [`money`] finds the identifiers in posts that money is sent to.
//! - [`inside`] compares what stands in documents, and words that a machine reads in pictures.
//! - [`picture`] hashes pictures in the decoder box, [`media`] videos and sounds, [`file`] opens what others have made.
//!
//! The lines are those that the import of signals reads (`docs/formats.md`, "Bank files").

pub mod bank;
pub mod compare;
pub mod convert;
pub mod file;
pub mod inside;
pub mod list;
pub mod make;
pub mod media;
pub mod money;
mod moving;
pub mod picture;
mod read;
pub mod scan;
pub mod screen;
mod signal;
pub mod walk;
pub mod write;

pub use connect::decoder::document::Document;
pub use connect::decoder::ocr::Reader;
pub use connect::decoder::{Decoded, Want, pdf};
pub use connect::sources::lists::Format;
pub use connect::sources::lists::write::Head;
pub use domain::bank::Opinion;
pub use perceptual::sound;
pub use signal::Signal;
