//! An independent verifier of the ledger; shares no code with it.
//!
//! It reads what the ledger publishes (C2SP tlog-tiles, tlog-checkpoint, signed notes, RFC 6962 proofs) and
//! believes nothing that it has not computed again: every hash from the entries upwards, every tile file that is
//! there, the signature. It needs no network, no database and no key of ours but the public one.
//!
//! It trusts the public key that it is given. A log that was wholly replaced, with its key, looks right:
//! compare the key with the one that its keeper publishes.
//!
//! - [`dir`]: a directory with a checkpoint and tiles. [`entries`]: its entries, to recount from.
//! - [`bundle`]: an exported piece of evidence.
//! - [`inclusion`], [`consistency`], [`Vkey`], [`open`]: single proofs and notes.

mod bundle;
mod files;
mod log;
mod note;
mod problem;
mod proof;

pub use bundle::{BundleReport, Proven, bundle, bundle_of};
pub use files::{Entries, entries};
pub use log::{Report, dir};
pub use note::{Checkpoint, Vkey, open};
pub use problem::{Problem, What};
pub use proof::{consistency, inclusion};

use sha2::{Digest, Sha256};

/// A SHA-256 hash, 32 bytes.
pub type Hash = [u8; 32];

/// The hash that stands for an entry (RFC 6962, section 2.1).
pub fn hash_of_entry(entry: &[u8]) -> Hash {
    digest(&[&[0], entry])
}

fn hash_of_pair(left: &Hash, right: &Hash) -> Hash {
    digest(&[&[1], left, right])
}

fn digest(parts: &[&[u8]]) -> Hash {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part);
    }
    sha.finalize().into()
}
