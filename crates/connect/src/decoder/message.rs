//! The talk between the server and the decoder child, over the child's standard input and output.
//!
//! A message is two lengths (32 bits, big-endian), then a JSON head, then a body:
//!
//! | from | head | body |
//! |---|---|---|
//! | child, once | [`Sandbox`](super::lockdown::Sandbox) | none |
//! | server | [`Ask`] | the file |
//! | child | [`Answer`] | the preview, if wanted, then the points, if wanted; a document; pixels |
//!
//! The child may be in the hands of a hostile file, so the server judges each length before it reads on and
//! takes nothing from the answer that it has not parsed into a type.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

/// Longest head of a message.
pub(super) const MAX_HEAD_BYTES: u32 = 16 * 1024;

/// Bytes of the two lengths.
pub(super) const LENGTHS_BYTES: usize = 8;

/// What is asked of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ask {
    /// The facts of a picture.
    Picture(Want),
    /// The text and the pictures of an office file.
    Document,
    /// A picture in grey, of a size to be read by a machine.
    Pixels,
}

/// What is asked beyond size, format, SHA-256 and PDQ, which are always given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Want {
    /// The PDQ hashes of the eight positions.
    pub dihedral: bool,
    /// A JPEG preview with no side over [`PREVIEW_SIDE_PX`](super::PREVIEW_SIDE_PX), without metadata.
    pub preview: bool,
    /// The variants of a picture that asks: what is left when borders, bars and pages are undone.
    pub asked: bool,
    /// The hashes of a verified picture for a list: trimmed, and cut at all sides.
    pub listed: bool,
    /// The points that find the picture again in a cut or covered copy.
    pub points: bool,
    /// The hash of the picture as it is to be shown, where the file says that it is to be turned.
    pub upright: bool,
}

/// What the child says of a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Decoded(Facts),
    Refused {
        refused: String,
    },
    /// A document; so many bytes of the body are its JSON.
    Document {
        document: u32,
    },
    /// No document but an archive of other things.
    Archive {
        archive: bool,
    },
    /// Grey pixels, the body: pixels in a row, rows.
    Pixels {
        pixels: [u32; 2],
    },
}

/// The facts of a picture, in their text forms.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Facts {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) format: String,
    /// None where a side is under five pixels.
    pub(super) pdq: Option<String>,
    pub(super) quality: Option<u8>,
    /// Eight, or none.
    pub(super) dihedral: Vec<String>,
    pub(super) sha256: String,
    /// 1 (as it is) to 8.
    pub(super) orientation: u8,
    /// Of the picture as it is to be shown; none where that is how it is, or was not asked for.
    pub(super) upright: Option<(String, u8)>,
    pub(super) asked: Vec<Asked>,
    /// Name, hash and quality of each.
    pub(super) listed: Vec<(String, String, u8)>,
    /// How much of it is plain, in percent, where points were asked for.
    #[serde(default)]
    pub(super) plain: Option<u8>,
    /// How many bytes at the end of the body are points.
    pub(super) points_bytes: Option<u32>,
}

/// A variant of a picture that asks.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    pub(super) name: String,
    /// x, y, width, height in pixels.
    pub(super) region: [u32; 4],
    pub(super) quality: u8,
    /// Eight.
    pub(super) dihedral: Vec<String>,
}

/// The two lengths of a message; `None` when one is over its bound.
pub(super) fn lengths(bytes: [u8; LENGTHS_BYTES], max_body: usize) -> Option<(usize, usize)> {
    let [a, b, c, d, e, f, g, h] = bytes;
    let (head, body) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
    let (head, body) = ((head <= MAX_HEAD_BYTES).then_some(head)?, usize::try_from(body).ok()?);
    Some((usize::try_from(head).ok()?, (body <= max_body).then_some(body)?))
}

/// The lengths and the head of a message, ready to be followed by its body.
pub(super) fn opening(head: &impl Serialize, body: usize) -> io::Result<Vec<u8>> {
    let head = serde_json::to_vec(head)?;
    let length = |bytes: usize| u32::try_from(bytes).map_err(|_| io::ErrorKind::InvalidInput);
    let mut opening = Vec::with_capacity(LENGTHS_BYTES + head.len());
    opening.extend(length(head.len())?.to_be_bytes());
    opening.extend(length(body)?.to_be_bytes());
    opening.extend(head);
    Ok(opening)
}

/// Child side: the next request; `None` when the server has closed the line.
pub(super) fn read(from: &mut impl Read, max_body: usize) -> io::Result<Option<(Ask, Vec<u8>)>> {
    let mut sizes = [0; LENGTHS_BYTES];
    match from.read_exact(&mut sizes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let (head, body) = lengths(sizes, max_body).ok_or(io::ErrorKind::InvalidData)?;
    let (mut head, mut body) = (vec![0; head], vec![0; body]);
    from.read_exact(&mut head)?;
    from.read_exact(&mut body)?;
    Ok(Some((serde_json::from_slice(&head)?, body)))
}

/// Child side: sends a message.
pub(super) fn write(to: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    to.write_all(&opening(head, body.len())?)?;
    to.write_all(body)?;
    to.flush()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn request_survives_the_way() {
        let want = Ask::Picture(Want { dihedral: true, points: true, ..Want::default() });
        let mut line = Vec::new();
        write(&mut line, &want, b"file").unwrap();
        write(&mut line, &Ask::Document, b"").unwrap();
        let mut line = &line[..];
        assert_eq!(read(&mut line, 4).unwrap(), Some((want, b"file".to_vec())));
        assert_eq!(read(&mut line, 4).unwrap(), Some((Ask::Document, Vec::new())));
        assert_eq!(read(&mut line, 4).unwrap(), None);
    }

    #[test]
    fn bounds_are_judged_before_reading() {
        let check = |head: u32, body: u32, expected: Option<(usize, usize)>| {
            let mut bytes = [0; LENGTHS_BYTES];
            bytes[..4].copy_from_slice(&head.to_be_bytes());
            bytes[4..].copy_from_slice(&body.to_be_bytes());
            assert_eq!(lengths(bytes, 1000), expected, "{head} {body}");
        };
        check(0, 0, Some((0, 0)));
        check(16_384, 1000, Some((16_384, 1000)));
        check(16_385, 0, None);
        check(0, 1001, None);
        check(u32::MAX, u32::MAX, None);
    }

    #[test]
    fn answers_are_one_of_two() {
        let facts = r#"{"width":1,"height":1,"format":"png","pdq":null,"quality":null,"dihedral":[],"sha256":"",
            "orientation":1,"upright":null,"asked":[],"listed":[],"points_bytes":null}"#;
        assert!(matches!(serde_json::from_str(facts), Ok(Answer::Decoded(_))));
        assert!(matches!(serde_json::from_str(r#"{"refused":"No."}"#), Ok(Answer::Refused { .. })));
        assert!(matches!(serde_json::from_str(r#"{"document":7}"#), Ok(Answer::Document { document: 7 })));
        for other in ["{}", "null", r#"{"width":1}"#, &facts.replace("\"format\"", "\"shape\"")] {
            assert!(serde_json::from_str::<Answer>(other).is_err(), "{other}");
        }
    }
}
