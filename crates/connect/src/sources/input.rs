//! Opening: the byte-order mark, the encoding, and what is no text at all.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Manifest, Mapping, Unusable, by_name, guess};

/// How much is looked at before deciding on the encoding and the shape.
const PEEK_BYTES: usize = 256 * 1024;
/// Block size when a file is decoded.
const BLOCK_BYTES: usize = 64 * 1024;

/// What a source is given to read.
pub struct Input<'a> {
    /// The bytes.
    pub reader: Box<dyn BufRead + Send + 'a>,
    /// The file's name as people know it, for sentences.
    pub name: String,
    /// For tables: the mapping to use instead of a guess.
    pub mapping: Option<Mapping>,
}

impl<'a> Input<'a> {
    /// An input without a mapping.
    pub fn new(name: impl Into<String>, reader: impl BufRead + Send + 'a) -> Self {
        Self { reader: Box::new(reader), name: name.into(), mapping: None }
    }

    /// The same input with a mapping that a person gave or saved.
    #[must_use]
    pub fn with_mapping(mut self, mapping: Mapping) -> Self {
        self.mapping = Some(mapping);
        self
    }
}

/// An opened text: UTF-8 bytes from here on (invalid ones stay where they were, to be set aside).
pub(super) struct Opened<'a> {
    /// The bytes, without byte-order mark, from the start.
    pub reader: Box<dyn BufRead + Send + 'a>,
    /// The first bytes of `reader`, at most [`PEEK_BYTES`].
    pub peek: Vec<u8>,
    /// Name of the encoding for the summary.
    pub encoding: &'static str,
    /// True when `peek` is the whole file.
    pub whole: bool,
}

/// Opens a text file and refuses what is empty or binary.
pub(super) fn open(input: Input<'_>) -> Result<Opened<'_>, Unusable> {
    let Input { mut reader, name, .. } = input;
    let mut peek = Vec::with_capacity(BLOCK_BYTES);
    reader.by_ref().take(PEEK_BYTES as u64).read_to_end(&mut peek).map_err(|error| {
        Unusable(format!("{name} cannot be read: {error}. Check the file and its rights."))
    })?;
    let whole = peek.len() < PEEK_BYTES;
    let (encoding, mark) = Encoding::for_bom(&peek).unwrap_or((UTF_8, 0));
    if peek[mark..].iter().all(u8::is_ascii_whitespace) && whole {
        return Err(Unusable(format!("{name} is empty: export it again and give the new file.")));
    }
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let rest = io::Cursor::new(peek.split_off(mark)).chain(reader);
        let mut decoded = BufReader::with_capacity(PEEK_BYTES, Decoding::new(rest, encoding));
        let peek = first_of(&mut decoded, &name)?;
        refuse_binary(&peek, &name)?;
        return Ok(Opened { reader: Box::new(decoded), peek, encoding: encoding.name(), whole });
    }
    peek.drain(..mark);
    refuse_binary(&peek, &name)?;
    let reader = Box::new(io::Cursor::new(peek.clone()).chain(reader));
    Ok(Opened { reader, peek, encoding: "UTF-8", whole })
}

fn first_of(reader: &mut impl BufRead, name: &str) -> Result<Vec<u8>, Unusable> {
    let bytes = reader.fill_buf().map_err(|error| Unusable(format!("{name} cannot be read: {error}.")))?;
    Ok(bytes.to_vec())
}

fn refuse_binary(peek: &[u8], name: &str) -> Result<(), Unusable> {
    let what = match peek {
        [0x1f, 0x8b, ..] => Some("is compressed (gzip): unpack it first"),
        [b'P', b'K', 3 | 5, ..] => Some("is a zip archive: unpack it and give the file inside"),
        _ if peek.contains(&0) => {
            Some("is binary (it holds NUL bytes): give the exported text file, saved as UTF-8")
        }
        _ => None,
    };
    what.map_or(Ok(()), |what| Err(Unusable(format!("{name} {what}."))))
}

/// A reader that turns any encoding into UTF-8, block by block.
struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    sent: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self {
            inner,
            decoder,
            raw: vec![0; BLOCK_BYTES],
            ready: vec![0; BLOCK_BYTES * 3],
            sent: BLOCK_BYTES * 3,
            ended: false,
        }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.sent >= self.ready.len() && !self.ended {
            let got = self.inner.read(&mut self.raw)?;
            self.ended = got == 0;
            self.ready.resize(self.decoder.max_utf8_buffer_length(got).unwrap_or(BLOCK_BYTES * 3), 0);
            let (_, _, wrote, _) = self.decoder.decode_to_utf8(&self.raw[..got], &mut self.ready, self.ended);
            self.ready.truncate(wrote);
            self.sent = 0;
        }
        let some = out.len().min(self.ready.len() - self.sent.min(self.ready.len()));
        out[..some].copy_from_slice(&self.ready[self.sent..self.sent + some]);
        self.sent += some;
        Ok(some)
    }
}

/// Refuses as a list or a table what is plainly of another format, and names that.
pub(super) fn refuse_other(opened: &Opened<'_>, name: &str, wanted: &str) -> Result<(), Unusable> {
    let start = opened.peek.trim_ascii_start();
    let markup = matches!(start, [b'{' | b'[', ..]) || matches!(start, [b'<', b'?' | b'!', ..]);
    let other = guess(&opened.peek, "").filter(|other| !matches!(*other, "urls" | "csv"));
    match other.and_then(by_name) {
        Some(other) => {
            let Manifest { name: word, title, .. } = other.manifest();
            Err(Unusable(format!("{name} is not usable as {wanted}: it looks like {title}. Use `{word}`.")))
        }
        None if markup => Err(Unusable(format!(
            "{name} is not usable as {wanted}: it is XML or JSON. Name its own format."
        ))),
        None => Ok(()),
    }
}

/// The bytes of `opened` turned from another encoding, for lists and XML that are not UTF-8.
pub(super) fn turn<'a>(opened: Opened<'a>, encoding: &'static Encoding) -> Opened<'a> {
    if encoding == UTF_8 || opened.encoding != "UTF-8" {
        return opened;
    }
    let (peek, _) = encoding.decode_without_bom_handling(&opened.peek);
    let peek = peek.into_owned().into_bytes();
    let reader = Box::new(BufReader::with_capacity(BLOCK_BYTES, Decoding::new(opened.reader, encoding)));
    Opened { reader, peek, encoding: encoding.name(), whole: opened.whole }
}

/// Whether a list whose start is `peek` is better read as windows-1252: more lines are broken as
/// UTF-8 than are true non-ASCII UTF-8.
pub(super) fn looks_windows_1252(peek: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let end = peek.iter().rposition(|&byte| byte == b'\n').map_or(peek.len(), |at| at + 1);
    for line in peek[..end].split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => good += 1,
            Err(_) => bad += 1,
        }
    }
    bad > good
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<(String, &'static str), Unusable> {
        let mut opened = open(Input::new("a.txt", bytes))?;
        let mut all = String::new();
        opened.reader.read_to_string(&mut all).unwrap();
        assert_eq!(opened.peek, all.as_bytes());
        Ok((all, opened.encoding))
    }

    #[test]
    fn marks_and_encodings() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            std::iter::once(0xfeff)
                .chain(text.encode_utf16())
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        assert_eq!(text(b"plain").unwrap(), ("plain".into(), "UTF-8"));
        assert_eq!(text(b"\xef\xbb\xbfmark").unwrap(), ("mark".into(), "UTF-8"));
        assert_eq!(text(&utf16("été 🌧", false)).unwrap(), ("été 🌧".into(), "UTF-16LE"));
        assert_eq!(text(&utf16("été 🌧", true)).unwrap(), ("été 🌧".into(), "UTF-16BE"));
    }

    #[test]
    fn empty_and_binary_are_told() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b" \r\n\t", "empty"),
            (b"\xef\xbb\xbf", "empty"),
            (b"\x1f\x8b\x08\x00", "gzip"),
            (b"PK\x03\x04", "zip"),
            (b"abc\x00def", "binary"),
        ] {
            let Unusable(sentence) = text(bytes).unwrap_err();
            assert!(sentence.contains(word), "{sentence}");
        }
    }

    #[test]
    fn windows_1252_is_seen_by_majority() {
        assert!(looks_windows_1252(b"caf\xe9\nplain\n"));
        assert!(!looks_windows_1252("café\nété\nx".as_bytes()));
        assert!(!looks_windows_1252(b"caf\xc3\xa9\nb\xc3\xa9\nbad \xe9\n"));
        assert!(!looks_windows_1252(b"ascii only\n"));
    }
}
