//! The child: locks itself down, then decodes one file after another until the line closes.

use std::io::{self, Read, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use perceptual::decode::{self, Limits, Refused};
use perceptual::pdq;
use sha2::{Digest, Sha256};

use super::lockdown::{self, Sandbox};
use super::message::{self, Answer, Facts, Want};
use super::{MAX_FILE_BYTES, MAX_PIXELS, MAX_SIDE_PX, PREVIEW_SIDE_PX};

/// Decoded pixels and the decoder's own buffers: half of the box.
const LIMITS: Limits =
    Limits { side_px: MAX_SIDE_PX, pixels: MAX_PIXELS, memory_bytes: lockdown::MEMORY_MIB << 19 };

/// The whole life of a decoder child. To be called first thing in `main`, before any thread is started,
/// when the first argument is [`CHILD_ARGUMENT`](super::CHILD_ARGUMENT).
#[must_use]
pub fn run() -> ExitCode {
    let served = match lockdown::lock() {
        Ok(sandbox) => serve(sandbox, &mut io::stdin().lock(), &mut io::stdout().lock()),
        Err(error) => Err(io::Error::other(error)),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("decoder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(sandbox: Sandbox, from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    panic::set_hook(Box::new(|_| {}));
    message::write(to, &sandbox, &[])?;
    while let Some((want, file)) = message::read(from, MAX_FILE_BYTES)? {
        let (answer, preview) = panic::catch_unwind(AssertUnwindSafe(|| answer(want, file)))
            .unwrap_or_else(|_| refused("The decoder gave up on this file."));
        message::write(to, &answer, &preview)?;
    }
    Ok(())
}

fn refused(sentence: impl Into<String>) -> (Answer, Vec<u8>) {
    (Answer::Refused { refused: sentence.into() }, Vec::new())
}

fn answer(want: Want, file: Vec<u8>) -> (Answer, Vec<u8>) {
    let sha256 = hex::encode(Sha256::digest(&file));
    let picture = match decode::picture(&file, LIMITS) {
        Ok(picture) => picture,
        Err(Refused::NotAPicture) => return refused(not_a_picture(&file)),
        Err(why) => return refused(why.to_string()),
    };
    drop(file);
    let preview = match want.preview {
        true => decode::preview(&picture, PREVIEW_SIDE_PX).unwrap_or_default(),
        false => Vec::new(),
    };
    let hashes = picture.as_rgb().and_then(|rgb| match want.dihedral {
        true => pdq::hash_and_dihedral(&rgb).map(|(one, all)| (one, all.forms.to_vec())),
        false => pdq::hash(&rgb).map(|one| (one, Vec::new())),
    });
    let facts = Facts {
        width: picture.width,
        height: picture.height,
        format: picture.format.name().to_owned(),
        pdq: hashes.as_ref().map(|(one, _)| one.hash.to_string()),
        quality: hashes.as_ref().map(|(one, _)| one.quality),
        dihedral: hashes.iter().flat_map(|(_, forms)| forms).map(ToString::to_string).collect(),
        sha256,
    };
    (Answer::Decoded(facts), preview)
}

/// Names the kind, from the first bytes, where it is a known one.
fn not_a_picture(file: &[u8]) -> String {
    let kinds: [(usize, &[u8], &str); 13] = [
        (8, b"AVI ", "a video"),
        (8, b"WAVE", "a sound"),
        (4, b"ftypheic", "a HEIC picture"),
        (4, b"ftypavif", "an AVIF picture"),
        (4, b"ftypM4A", "a sound"),
        (4, b"ftyp", "a video"),
        (0, b"\x1A\x45\xDF\xA3", "a video"),
        (0, b"ID3", "a sound"),
        (0, b"OggS", "a sound"),
        (0, b"fLaC", "a sound"),
        (0, b"%PDF", "a document"),
        (0, b"PK\x03\x04", "a document or an archive"),
        (0, b"\xD0\xCF\x11\xE0", "a document"),
    ];
    let announces = |at: usize, mark: &[u8]| file.get(at..).is_some_and(|rest| rest.starts_with(mark));
    match kinds.iter().find(|(at, mark, _)| announces(*at, mark)) {
        Some((_, _, kind)) => format!("The file is {kind}, a kind that is not decoded here."),
        None => Refused::NotAPicture.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_named() {
        let check = |file: &[u8], expected: &str| {
            let (answer, preview) = answer(Want::default(), file.to_vec());
            assert!(preview.is_empty());
            assert!(
                matches!(&answer, Answer::Refused { refused } if refused.contains(expected)),
                "{answer:?}"
            );
        };
        check(b"\0\0\0\x18ftypmp42", "a video, a kind that is not decoded here");
        check(b"RIFF\0\0\0\0WAVE", "a sound");
        check(b"%PDF-1.7", "a document");
        check(b"PK\x03\x04", "an archive");
        check(b"plain words", "not a JPEG");
        check(b"", "empty");
    }
}
