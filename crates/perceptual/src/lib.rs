//! Perceptual hashes: what a picture looks like, as 256 bits that are near for near pictures; videos and sounds by time.
//!
//! - [`pdq`] is the hash of the field, to the bit that of its reference, with its quality and its eight positions.
//! - [`variants`] hashes what an edit may have left of a picture or put around it, and says which variants met.
//! - [`points`] finds a picture again that was cut, covered or slightly turned, and says where it lies in the copy.
//!
//! - [`video`] says which moments of one video are seen in another, [`sound`] which part of a sound is heard in one.
//!
//! The crate takes pixels and samples. It opens no file and knows no format, so it can run anywhere on trusted memory.
//! The `decode` feature turns bytes into pixels; only the decoder child of `connect` switches it on,
//! because hostile bytes are never parsed in the server process. The `sound` feature makes prints of samples.
//!
//! Rejected: the published crate for PDQ. It has no dihedral forms and brings old picture decoders along.

#[cfg(feature = "decode")]
pub mod decode;
mod grey;
mod hash256;
mod pace;
pub mod pdq;
pub mod points;
mod rgb;
pub mod sound;
pub mod variants;
pub mod video;
pub mod view;

pub use hash256::{Hash256, NotAHash};
pub use pace::{CLIP_UNDER_PERCENT, SPEED_SAID_PER_MILLE};
pub use rgb::Rgb;
