//! Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), Ed25519 only.

use crate::{Hash, Problem, What, digest};
use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};

/// Longest checkpoint, in bytes.
pub(crate) const NOTE_LIMIT_BYTES: u64 = 65_536;
/// Most signatures on one note.
const SIGNATURES_LIMIT: usize = 100;
/// Where problems of a checkpoint are.
const CHECKPOINT: &str = "checkpoint";

/// The public key of a log: `name+id+key`, as published by its keeper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vkey {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

/// The head of a log, whose signature was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root hash over them.
    pub root: Hash,
}

impl Vkey {
    /// Reads `name+id+key`: id is 8 hexadecimal digits, key is base64 of a byte 1 and 32 bytes.
    pub fn parse(line: &str) -> Result<Self, Problem> {
        let bad = |why| What::Form(why).at("vkey");
        let mut parts = line.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad("a key is name+id+key"));
        };
        if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(bad("the name is empty or has white space"));
        }
        let typed = BASE64_STANDARD.decode(key).map_err(|_| bad("the key is not base64"))?;
        let Some((1, key)) = typed.split_first() else {
            return Err(bad("the key is not Ed25519"));
        };
        let key: [u8; 32] = key.try_into().map_err(|_| bad("the key has not 32 bytes"))?;
        let [a, b, c, d, ..] = digest(&[name.as_bytes(), b"\n", &typed]);
        if id != format!("{a:02x}{b:02x}{c:02x}{d:02x}") {
            return Err(bad("the id does not belong to name and key"));
        }
        let key = VerifyingKey::from_bytes(&key).map_err(|_| bad("the key is not a point of the curve"))?;
        if key.is_weak() {
            return Err(bad("the key is weak"));
        }
        Ok(Self { name: name.to_owned(), id: [a, b, c, d], key })
    }

    /// Name of the key, which is the name of its log.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Checks the signature of a checkpoint and reads it. Signatures of other keys are passed over.
pub fn open(note: &[u8], vkey: &Vkey) -> Result<Checkpoint, Problem> {
    let checkpoint = read(signed_text(note, vkey, CHECKPOINT, NOTE_LIMIT_BYTES)?)?;
    if checkpoint.origin != vkey.name {
        return Err(What::OtherLog(checkpoint.origin).at(CHECKPOINT));
    }
    Ok(checkpoint)
}

/// The text of a signed note with a good signature of this key. It ends with a line feed.
pub(crate) fn signed_text<'a>(
    note: &'a [u8],
    vkey: &Vkey,
    place: &str,
    limit_bytes: u64,
) -> Result<&'a str, Problem> {
    let bad = |why| What::Form(why).at(place);
    if note.len() as u64 > limit_bytes {
        return Err(What::TooLong { limit_bytes }.at(place));
    }
    let note = str::from_utf8(note).map_err(|_| bad("not UTF-8"))?;
    if note.chars().any(|c| c.is_ascii_control() && c != '\n') {
        return Err(bad("a control character"));
    }
    let cut = note.rfind("\n\n").ok_or_else(|| bad("no empty line before the signatures"))?;
    let (text, signatures) = (&note[..=cut], &note[cut + 2..]);
    check_signatures(text, signatures, vkey).map_err(|what| what.at(place))?;
    Ok(text)
}

fn check_signatures(text: &str, signatures: &str, vkey: &Vkey) -> Result<(), What> {
    let bad = What::Form;
    let lines = signatures.strip_suffix('\n').ok_or_else(|| bad("does not end with a line feed"))?;
    let mut signed = false;
    for (n, line) in lines.split('\n').enumerate() {
        if n == SIGNATURES_LIMIT {
            return Err(bad("more than 100 signatures"));
        }
        let line = line.strip_prefix("\u{2014} ").ok_or_else(|| bad("a signature begins with a dash"))?;
        let (name, blob) = line.split_once(' ').ok_or_else(|| bad("a signature is a name and base64"))?;
        let blob = BASE64_STANDARD.decode(blob).map_err(|_| bad("a signature is not base64"))?;
        let (id, signature) = blob.split_at_checked(4).ok_or_else(|| bad("a signature is too short"))?;
        if name != vkey.name || id != vkey.id {
            continue;
        }
        let signature = Signature::from_slice(signature).map_err(|_| bad("a signature has not 64 bytes"))?;
        let verdict = vkey.key.verify_strict(text.as_bytes(), &signature);
        verdict.map_err(|_| What::Signature(vkey.name.clone()))?;
        signed = true;
    }
    if signed { Ok(()) } else { Err(What::NotSigned(vkey.name.clone())) }
}

/// Origin, size, root, one a line; further lines are extensions, signed and passed over.
fn read(text: &str) -> Result<Checkpoint, Problem> {
    let bad = |why| What::Form(why).at(CHECKPOINT);
    let lines: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
    let [origin, size, root, ..] = lines[..] else {
        return Err(bad("fewer than three lines"));
    };
    if lines.iter().any(|line| line.is_empty()) {
        return Err(bad("an empty line"));
    }
    let number: u64 = size.parse().map_err(|_| bad("the size is not a number"))?;
    if number.to_string() != size {
        return Err(bad("the size is not a plain number"));
    }
    let root = BASE64_STANDARD.decode(root).map_err(|_| bad("the root hash is not base64"))?;
    let root = root.try_into().map_err(|_| bad("the root hash has not 32 bytes"))?;
    Ok(Checkpoint { origin: origin.to_owned(), size: number, root })
}
