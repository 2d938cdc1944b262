//! The child: locks itself down, then decodes one file after another until the line closes.

use std::io::{self, Read, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use perceptual::decode::{self, Limits, Picture, Refused};
use perceptual::points::Points;
use perceptual::{Hash256, pdq, variants};
use sha2::{Digest, Sha256};

use super::lockdown::{self, Sandbox};
use super::message::{self, Answer, Ask, Asked, Facts, Want};
use super::{MAX_FILE_BYTES, MAX_PIXELS, MAX_SIDE_PX, PREVIEW_SIDE_PX, document, ocr, office, tool};

/// Decoded pixels and the decoder's own buffers: half of the box.
const LIMITS: Limits =
    Limits { side_px: MAX_SIDE_PX, pixels: MAX_PIXELS, memory_bytes: lockdown::MEMORY_MIB << 19 };

/// The whole life of a decoder child. To be called first thing in `main`, before any thread is started,
/// when the first argument is [`CHILD_ARGUMENT`](super::CHILD_ARGUMENT).
#[must_use]
pub fn run() -> ExitCode {
    let mut rest = std::env::args_os().skip(2);
    if rest.next().is_some_and(|word| word == tool::TOOL_WORD) {
        return tool::become_tool(rest);
    }
    let served = match lockdown::lock() {
        Ok(sandbox) => serve(sandbox, &mut io::stdin().lock(), &mut io::stdout().lock()),
        Err(error) => Err(io::Error::other(error)),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "decoder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(sandbox: Sandbox, from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    panic::set_hook(Box::new(|_| {}));
    message::write(to, &sandbox, &[])?;
    while let Some((what, file)) = message::read(from, MAX_FILE_BYTES)? {
        let (answer, body) = panic::catch_unwind(AssertUnwindSafe(|| match what {
            Ask::Picture(want) => answer(want, file),
            Ask::Document => office_file(&file),
            Ask::Pixels => pixels(&file),
        }))
        .unwrap_or_else(|_| refused("The decoder gave up on this file."));
        message::write(to, &answer, &body)?;
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
    let mut body = match want.preview {
        true => decode::preview(&picture, PREVIEW_SIDE_PX).unwrap_or_default(),
        false => Vec::new(),
    };
    let mut facts = facts(&picture, want, sha256);
    if want.points {
        let points = picture.as_rgb().map(|rgb| Points::of(&rgb).to_bytes()).unwrap_or_default();
        facts.plain = Some(picture.as_rgb().map_or(0, |rgb| perceptual::view::plain_percent(&rgb)));
        facts.points_bytes = u32::try_from(points.len()).ok();
        body.extend(points);
    }
    if want.upright {
        let upright = picture.into_upright();
        let hash = upright.and_then(|upright| upright.as_rgb().and_then(|rgb| pdq::hash(&rgb)));
        facts.upright = hash.map(|one| (one.hash.to_string(), one.quality));
    }
    (Answer::Decoded(facts), body)
}

fn office_file(file: &[u8]) -> (Answer, Vec<u8>) {
    match office::read(file) {
        Err(why) => refused(why),
        Ok(None) => (Answer::Archive { archive: true }, Vec::new()),
        Ok(Some(found)) => match document::packed(found) {
            Some((json, body)) => (Answer::Document { document: json }, body),
            None => refused("The document holds more than is taken of one file."),
        },
    }
}

fn pixels(file: &[u8]) -> (Answer, Vec<u8>) {
    match decode::picture(file, LIMITS) {
        Err(why) => refused(why.to_string()),
        Ok(picture) => match decode::grey(&picture, ocr::SMALL_SIDE_PX, ocr::SIDE_MAX_PX) {
            Some((width, height, grey)) => (Answer::Pixels { pixels: [width, height] }, grey),
            None => refused("The picture shows nothing."),
        },
    }
}

/// All that is asked of the pixels and fits into a head.
fn facts(picture: &Picture, want: Want, sha256: String) -> Facts {
    let rgb = picture.as_rgb();
    let hashes = rgb.as_ref().and_then(|rgb| match want.dihedral {
        true => pdq::hash_and_dihedral(rgb).map(|(one, all)| (one, all.forms.to_vec())),
        false => pdq::hash(rgb).map(|one| (one, Vec::new())),
    });
    let text = |hashes: &[Hash256]| hashes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let asked = rgb.as_ref().filter(|_| want.asked).map(variants::asked).unwrap_or_default();
    let listed = rgb.as_ref().filter(|_| want.listed).map(variants::listed).unwrap_or_default();
    Facts {
        width: picture.width,
        height: picture.height,
        format: picture.format.name().to_owned(),
        pdq: hashes.as_ref().map(|(one, _)| one.hash.to_string()),
        quality: hashes.as_ref().map(|(one, _)| one.quality),
        dihedral: hashes.iter().flat_map(|(_, forms)| text(forms)).collect(),
        sha256,
        orientation: picture.orientation,
        upright: None,
        asked: asked
            .iter()
            .map(|variant| Asked {
                name: variant.name.to_string(),
                region: [variant.region.x, variant.region.y, variant.region.width, variant.region.height]
                    .map(number),
                quality: variant.hashes.quality,
                dihedral: text(&variant.hashes.forms),
            })
            .collect(),
        listed: listed
            .iter()
            .map(|cut| (cut.name.to_string(), cut.hashes.forms[0].to_string(), cut.hashes.quality))
            .collect(),
        plain: None,
        points_bytes: None,
    }
}

/// Names the kind, from the first bytes, where it is a known one.
fn not_a_picture(file: &[u8]) -> String {
    let kinds: [(usize, &[u8], &str); 11] = [
        (8, b"AVI ", "a video"),
        (8, b"WAVE", "a sound"),
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
    let known = kinds.iter().find(|(at, mark, _)| announces(*at, mark)).map(|(_, _, kind)| *kind);
    match super::announces_other_picture(file).or(known) {
        Some(kind) => format!("The file is {kind}, a kind that is not decoded here."),
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
        check(b"BM: plain words", "not a JPEG");
        check(b"BM\x36\x10\0\0\0\0\0\0\x36\0", "a BMP picture");
        check(b"MM\0*\0\0\0\x08", "a TIFF picture");
        check(b"", "empty");
    }
}
