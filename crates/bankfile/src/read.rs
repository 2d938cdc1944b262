//! One file of somebody else: its digests, and its picture, document or text if it is one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use connect::decoder::document::TEXT_MAX_BYTES;
use connect::decoder::video::announces_media;
use connect::decoder::{self, MAX_FILE_BYTES};
use domain::bank::SignalKind;
use encoding_rs::{Encoding, UTF_8};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::file::{self, unreadable};

/// Read at once.
const CHUNK_BYTES: usize = 1 << 20;

/// What announces a picture, a document or a video stands in so many first bytes.
const START_BYTES: usize = 1_024;

/// What of a file is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Larger files are not read.
    pub(crate) bytes_max: u64,
    /// SHA-256, SHA-1, MD5.
    pub(crate) digests: [bool; 3],
    /// Whether the bytes of pictures are kept.
    pub(crate) picture: bool,
    /// Whether those of documents are.
    pub(crate) document: bool,
    /// Whether plain text is.
    pub(crate) text: bool,
}

/// What of a file is there.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) bytes: u64,
    /// Lower-case hexadecimal digits, of those that were wanted.
    pub(crate) digests: Vec<(SignalKind, String)>,
    /// The bytes, when the file announces a picture.
    pub(crate) picture: Option<Vec<u8>>,
    /// The bytes, when the file announces a document, or an archive, which may be one.
    pub(crate) document: Option<Vec<u8>>,
    /// The first [`TEXT_MAX_BYTES`] of a plain text.
    pub(crate) text: Option<String>,
    /// Whether the file announces a video or a sound.
    pub(crate) media: bool,
    /// Why the picture or the document that the file announces is not there.
    pub(crate) no_picture: Option<String>,
}

/// Reads a file once. Empty files have nothing to compare.
pub(crate) fn content(path: &Path, wanted: Wanted) -> Result<Content, String> {
    let (mut file, size) = file::open(path)?;
    if size > wanted.bytes_max {
        return Err(format!("It is over {} MiB.", wanted.bytes_max >> 20));
    }
    let mut chunk = vec![0; CHUNK_BYTES.min(usize::try_from(size).unwrap_or(CHUNK_BYTES).max(START_BYTES))];
    let first = fill(&mut file, &mut chunk)?;
    if first == 0 {
        return Err("It is empty.".to_owned());
    }
    let mut content = Content::default();
    let start = &chunk[..first.min(START_BYTES)];
    let is_picture = wanted.picture && decoder::announces_picture(start);
    let is_kept = is_picture || wanted.document && decoder::announces_document(start);
    let other = decoder::announces_other_picture(start).filter(|_| wanted.picture && !is_kept);
    content.no_picture =
        other.map(|kind| format!("It is {kind}, a kind that is not decoded: only its bytes were compared."));
    content.media = announces_media(start) && other.is_none();
    let is_text = wanted.text && !is_kept && !content.media && announces_text(start);
    let large = size > MAX_FILE_BYTES as u64;
    if is_kept && large {
        let what = if is_picture { "a picture" } else { "a document or an archive" };
        content.no_picture = Some(format!("It is {what} of over {} MiB.", MAX_FILE_BYTES >> 20));
    }
    let most = match (is_kept && !large, is_text) {
        (true, _) => MAX_FILE_BYTES,
        (_, true) => TEXT_MAX_BYTES,
        _ => 0,
    };
    let mut kept = Vec::with_capacity(usize::try_from(size).unwrap_or(most).min(most));
    let mut digests = Digests::new(wanted.digests);
    let mut read = first;
    while read > 0 && (digests.any() || kept.len() < most) {
        content.bytes += read as u64;
        if content.bytes > wanted.bytes_max {
            return Err("It grows while it is read.".to_owned());
        }
        digests.update(&chunk[..read]);
        kept.extend_from_slice(&chunk[..read.min(most - kept.len())]);
        read = fill(&mut file, &mut chunk)?;
    }
    content.digests = digests.finish();
    if is_text {
        if size > most as u64 {
            content.no_picture =
                Some(format!("It is a text of over {} MiB: its first part was compared.", most >> 20));
        }
        content.text = Some(decoded(&kept));
    } else {
        let kept = (is_kept && !large).then_some(kept);
        (content.picture, content.document) = if is_picture { (kept, None) } else { (None, kept) };
    }
    Ok(content)
}

/// Whether a file that begins so is plain text: UTF-8 without control characters but those of lines, or UTF-16 that says so.
fn announces_text(start: &[u8]) -> bool {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding != UTF_8 || !start.contains(&0);
    }
    let is_odd = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    // A character may be cut at the end of what is looked at.
    let is_utf8 = std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none(), |_| true);
    is_utf8 && !start.iter().any(is_odd)
}

/// The text of bytes in the encoding that they begin with, else UTF-8; what is none of it becomes U+FFFD.
fn decoded(bytes: &[u8]) -> String {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
}

/// As much as there is, up to the length of the buffer.
fn fill(file: &mut File, buffer: &mut [u8]) -> Result<usize, String> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(&error)),
        }
    }
    Ok(filled)
}

/// The digests that are wanted, over the same bytes.
struct Digests {
    sha256: Option<Sha256>,
    sha1: Option<Sha1>,
    md5: Option<Md5>,
}

impl Digests {
    fn new([sha256, sha1, md5]: [bool; 3]) -> Self {
        Self {
            sha256: sha256.then(Sha256::default),
            sha1: sha1.then(Sha1::default),
            md5: md5.then(Md5::default),
        }
    }

    fn any(&self) -> bool {
        self.sha256.is_some() || self.sha1.is_some() || self.md5.is_some()
    }

    fn update(&mut self, bytes: &[u8]) {
        self.sha256.iter_mut().for_each(|digest| digest.update(bytes));
        self.sha1.iter_mut().for_each(|digest| digest.update(bytes));
        self.md5.iter_mut().for_each(|digest| digest.update(bytes));
    }

    fn finish(self) -> Vec<(SignalKind, String)> {
        let sha256 = self.sha256.map(|digest| (SignalKind::Sha256, hex::encode(digest.finalize())));
        let sha1 = self.sha1.map(|digest| (SignalKind::Sha1, hex::encode(digest.finalize())));
        let md5 = self.md5.map(|digest| (SignalKind::Md5, hex::encode(digest.finalize())));
        [sha256, sha1, md5].into_iter().flatten().collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_for_all() {
        let folder = tempfile::tempdir().unwrap();
        let check = |bytes: &[u8], wanted: Wanted| {
            std::fs::write(folder.path().join("a"), bytes).unwrap();
            content(&folder.path().join("a"), wanted)
        };
        let all =
            Wanted { bytes_max: 40 << 20, digests: [true; 3], picture: true, document: true, text: true };
        let words = check(b"abc", all).unwrap();
        let short: Vec<&str> = words.digests.iter().map(|(_, hex)| &hex[..8]).collect();
        assert_eq!((words.bytes, short, words.picture), (3, vec!["ba7816bf", "a9993e36", "90015098"], None));
        assert_eq!(words.text.as_deref(), Some("abc"));
        let mut gif = b"GIF89a".to_vec();
        gif.resize((3 << 20) + 5, 7);
        let picture = check(&gif, all).unwrap();
        assert_eq!((picture.bytes, picture.picture.as_deref()), (gif.len() as u64, Some(&gif[..])));
        let only = check(&gif, Wanted { digests: [false; 3], ..all }).unwrap();
        assert_eq!((only.picture.as_deref(), only.digests), (Some(&gif[..]), Vec::new()));
        let pdf = check(b"%PDF-1.7", all).unwrap();
        assert_eq!((pdf.document.as_deref(), pdf.picture), (Some(&b"%PDF-1.7"[..]), None));
        assert!(check(b"PK\x03\x04", Wanted { document: false, ..all }).unwrap().document.is_none());
        gif.resize(MAX_FILE_BYTES + 1, 7);
        let large = check(&gif, all).unwrap();
        assert!(
            large.picture.is_none()
                && large.no_picture.unwrap().contains("32 MiB")
                && large.digests.len() == 3
        );
        let text = |bytes: &[u8]| check(bytes, all).unwrap().text;
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0").as_deref(), Some("a\u{e9}"));
        assert_eq!(text(b"\xEF\xBB\xBFa\tb\r\n").as_deref(), Some("a\tb\r\n"));
        assert_eq!(
            text(&[b"a".repeat(1_023), b"\xC3\xA9\xFF".to_vec()].concat()).map(|text| text.len()),
            Some(1_028)
        );
        assert_eq!(
            (text(b"a\0b"), text(b"caf\xE9 au"), text(b"%PDF-1.7"), text(b"\x7FELF\x02")),
            (None, None, None, None)
        );
        let long =
            check("\u{e9}".repeat(TEXT_MAX_BYTES).as_bytes(), Wanted { digests: [false; 3], ..all }).unwrap();
        assert_eq!(long.text.map(|text| text.len()), Some(TEXT_MAX_BYTES));
        assert!(long.no_picture.unwrap().contains("over 4 MiB"));
        assert!(check(b"abc", Wanted { text: false, ..all }).unwrap().text.is_none());
        assert_eq!(check(b"", all).unwrap_err(), "It is empty.");
        assert_eq!(check(&[0; 3], Wanted { bytes_max: 2, ..all }).unwrap_err(), "It is over 0 MiB.");
    }
}
