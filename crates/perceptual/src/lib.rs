//! Perceptual hashes of pictures: PDQ, its plain reference and its dihedral forms.
//!
//! The crate takes pixels. It opens no file and knows no format, so it can run anywhere on trusted memory.
//! The `decode` feature turns bytes into pixels; only the decoder child of `connect` switches it on,
//! because hostile bytes are never parsed in the server process.
//!
//! Rejected: the published crate for PDQ. It has no dihedral forms and brings old picture decoders along.

#[cfg(feature = "decode")]
pub mod decode;
mod hash256;
pub mod pdq;
mod rgb;

pub use hash256::{Hash256, NotAHash};
pub use rgb::Rgb;
