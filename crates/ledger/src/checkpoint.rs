//! The signed head of the log: C2SP tlog-checkpoint in a C2SP signed note, with Ed25519.

use crate::Hash;
use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// Longest name of a key or origin, in bytes (house limit).
pub const NAME_BYTES_MAX: usize = 255;
/// Longest checkpoint that is read, in bytes (house limit).
pub const NOTE_BYTES_MAX: usize = 65_536;

/// First word of a signed list of files.
const FILES_HEADER: &str = "bundle-files/1";
/// The byte that names Ed25519 in signed notes.
const ED25519: u8 = 1;

/// The head of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: a name that is unique in the world, such as `unit.example/log`. It is the key's name too.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root hash of these entries.
    pub root: Hash,
}

/// A name or text that cannot be signed or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNote {
    /// Names are 1 to 255 bytes without white space, control characters and `+`.
    #[error("the name of a log or key is 1 to 255 bytes without white space or '+'")]
    Name,
    /// Not a checkpoint.
    #[error("not a checkpoint: {0}")]
    Form(&'static str),
}

/// Signs a head: the text of the `checkpoint` file. Fails when the origin or the key's name has a forbidden form.
pub fn sign(head: &Checkpoint, key: &SigningKey, key_name: &str) -> Result<String, BadNote> {
    check_name(&head.origin)?;
    check_name(key_name)?;
    let text = format!("{}\n{}\n{}\n", head.origin, head.size, BASE64_STANDARD.encode(head.root));
    Ok(note(&text, key, key_name))
}

/// Signs a list of files that lie beside a checkpoint in an exported bundle (its `files`): SHA-256 and relative
/// path of each. Its first line can begin no checkpoint. Fails when the origin, the key's name or a path has a
/// forbidden form; a path is names joined by `/`, without control characters.
pub fn sign_files(
    origin: &str,
    files: &[(Hash, String)],
    key: &SigningKey,
    key_name: &str,
) -> Result<String, BadNote> {
    check_name(origin)?;
    check_name(key_name)?;
    let mut text = format!("{FILES_HEADER} {origin}\n");
    for (hash, path) in files {
        let plain =
            |name: &str| !name.is_empty() && name != "." && name != ".." && !name.contains(char::is_control);
        if !path.split('/').all(plain) {
            return Err(BadNote::Form("a path of a file is not plain and relative"));
        }
        text += &format!("{} {path}\n", BASE64_STANDARD.encode(hash));
    }
    Ok(note(&text, key, key_name))
}

/// A signed note of one signature (C2SP signed-note); the text ends with a line feed.
fn note(text: &str, key: &SigningKey, key_name: &str) -> String {
    let mut signature = key_id(key_name, &key.verifying_key()).to_vec();
    signature.extend(key.sign(text.as_bytes()).to_bytes());
    format!("{text}\n\u{2014} {key_name} {}\n", BASE64_STANDARD.encode(signature))
}

/// The public key as a line that verifiers take: `name+id+key`. Fails when the name has a forbidden form.
pub fn vkey(name: &str, key: &VerifyingKey) -> Result<String, BadNote> {
    check_name(name)?;
    let id = u32::from_be_bytes(key_id(name, key));
    let mut typed = vec![ED25519];
    typed.extend(key.as_bytes());
    Ok(format!("{name}+{id:08x}+{}", BASE64_STANDARD.encode(typed)))
}

/// Reads the head out of a checkpoint file without looking at its signatures: for the log's own files only.
pub fn parse(note: &str) -> Result<Checkpoint, BadNote> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(BadNote::Form("longer than 65,536 bytes"));
    }
    let (text, _signatures) = note.split_once("\n\n").ok_or(BadNote::Form("no empty line"))?;
    let mut lines = text.split('\n');
    let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
        return Err(BadNote::Form("fewer than three lines"));
    };
    check_name(origin)?;
    let number: u64 = size.parse().map_err(|_| BadNote::Form("the second line is no number"))?;
    if number.to_string() != size {
        return Err(BadNote::Form("the second line is not a plain decimal number"));
    }
    let root = BASE64_STANDARD.decode(root).map_err(|_| BadNote::Form("the third line is not base64"))?;
    let root = root.try_into().map_err(|_| BadNote::Form("the root hash has not 32 bytes"))?;
    Ok(Checkpoint { origin: origin.to_owned(), size: number, root })
}

/// First four bytes of SHA-256 over name, line feed, type of key, key.
fn key_id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(key.as_bytes())
        .finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

fn check_name(name: &str) -> Result<(), BadNote> {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > NAME_BYTES_MAX || name.contains(forbidden) {
        return Err(BadNote::Name);
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // The published test key of transparency-dev/tessera and two checkpoints that it signed.
    const NAME: &str = "example.com/log/testdata";
    const SEED: &str = "eca663f499017d2365c27c7a7679158d43cfec1330bdb259290afbd0d21777a0";
    const AT_15: &str = "example.com/log/testdata\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n\
        \u{2014} example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/\
        uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=\n";
    const VKEY: &str = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    fn key() -> SigningKey {
        let seed = hex::decode(SEED).unwrap();
        SigningKey::from_bytes(&seed.try_into().unwrap())
    }

    #[test]
    fn tessera_checkpoint_signs_the_same() {
        let head = parse(AT_15).unwrap();
        assert_eq!((head.origin.as_str(), head.size), (NAME, 15));
        assert_eq!(sign(&head, &key(), NAME).unwrap(), AT_15);
        assert_eq!(vkey(NAME, &key().verifying_key()).unwrap(), VKEY);
    }

    #[test]
    fn lists_of_files() {
        let sign = |path: &str| sign_files("log.example", &[([0; 32], path.into())], &key(), "log.example");
        let note = sign("media/a b.png").unwrap();
        let line = format!("{} media/a b.png", BASE64_STANDARD.encode([0; 32]));
        assert!(note.starts_with(&format!("bundle-files/1 log.example\n{line}\n\n")), "{note}");
        for path in ["", "/a", "a//b", "../a", "a/.", "a\nb"] {
            assert!(sign(path).is_err(), "{path:?}");
        }
        assert!(parse(&note).is_err());
    }

    #[test]
    fn forms_refused() {
        let check = |note: &str, expected| assert_eq!(parse(note), Err(expected), "{note:?}");
        let root = BASE64_STANDARD.encode([0; 32]);
        check("", BadNote::Form("no empty line"));
        check("a\n1\n\n", BadNote::Form("fewer than three lines"));
        check(&format!("a b\n1\n{root}\n\n"), BadNote::Name);
        check(&format!("a\n01\n{root}\n\n"), BadNote::Form("the second line is not a plain decimal number"));
        check(&format!("a\n-1\n{root}\n\n"), BadNote::Form("the second line is no number"));
        check("a\n1\n!\n\n", BadNote::Form("the third line is not base64"));
        check("a\n1\nAAAA\n\n", BadNote::Form("the root hash has not 32 bytes"));
        check(&"a".repeat(NOTE_BYTES_MAX + 1), BadNote::Form("longer than 65,536 bytes"));

        let head = Checkpoint { origin: "log.example".into(), size: 0, root: [0; 32] };
        for name in ["", "a+b", "a b", "a\nb", &"x".repeat(256)] {
            assert_eq!(sign(&head, &key(), name), Err(BadNote::Name), "{name:?}");
            assert_eq!(vkey(name, &key().verifying_key()), Err(BadNote::Name), "{name:?}");
        }
    }
}
