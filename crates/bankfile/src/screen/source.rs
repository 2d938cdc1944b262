//! Lines in, a batch at a time.

use std::io::{self, ErrorKind, Read};

/// Longer lines are bad lines, and are not kept.
pub const LINE_MAX_BYTES: usize = 8 * 1024 * 1024;

/// Asked of the input at a time. What is there is taken: nobody waits for a batch to fill.
const READ_BYTES: usize = 256 * 1024;

/// Whole lines that follow each other.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Its number, from 0 without a gap.
    pub(super) number: u64,
    /// The number of its first line, from 1.
    pub(super) line: u64,
    /// The lines; the last may be without its end.
    pub(super) bytes: Vec<u8>,
    /// The first line was longer than [`LINE_MAX_BYTES`], and is empty here.
    pub(super) cut: bool,
}

/// Where batches come from.
pub(super) struct Source<R> {
    input: R,
    next: u64,
    line: u64,
    /// The beginning of a line of which the end has not come.
    rest: Vec<u8>,
    /// The line of `rest` is too long: its bytes are dropped until it ends.
    dropping: bool,
    ended: bool,
}

impl<R: Read> Source<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, next: 0, line: 1, rest: Vec::new(), dropping: false, ended: false }
    }

    /// Ends the reading.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// Fills a batch, whose memory is used again; false when there is nothing more.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> io::Result<bool> {
        let bytes = &mut batch.bytes;
        bytes.clear();
        bytes.append(&mut self.rest);
        let mut whole = 0;
        while whole == 0 && !self.ended {
            let before = bytes.len();
            self.ended = read_some(&mut self.input, bytes)? == 0;
            whole = bytes[before..].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| before + at + 1);
            if whole == 0 && (self.dropping || bytes.len() > LINE_MAX_BYTES) {
                self.dropping = true;
                bytes.clear();
            }
        }
        batch.cut = std::mem::take(&mut self.dropping);
        if batch.cut {
            let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
            bytes.drain(..end);
            whole -= end.min(whole);
        }
        if whole > 0 {
            self.rest.extend(bytes.drain(whole..));
        }
        if bytes.is_empty() && !batch.cut {
            return Ok(false);
        }
        batch.number = self.next;
        batch.line = self.line;
        self.next += 1;
        self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(true)
    }
}

/// Reads what is there, once.
fn read_some(input: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let before = bytes.len();
    bytes.resize(before + READ_BYTES, 0);
    let read = loop {
        match input.read(&mut bytes[before..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            outcome => break outcome,
        }
    };
    bytes.truncate(before + *read.as_ref().unwrap_or(&0));
    read
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// An input that gives so many bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    /// Every line with its number; one that is too long as `None`.
    fn lines(text: &[u8], drop: usize) -> Vec<(u64, Option<String>)> {
        let (mut source, mut batch, mut all) = (Source::new(Drops(text, drop)), Batch::default(), Vec::new());
        let mut numbers = 0..;
        while source.fill(&mut batch).unwrap() {
            assert_eq!(numbers.next(), Some(batch.number));
            for (number, line) in (batch.line..).zip(batch.bytes.split_inclusive(|byte| *byte == b'\n')) {
                let line = String::from_utf8_lossy(line).trim_end().to_owned();
                all.push((number, Some(line).filter(|_| !(batch.cut && number == batch.line))));
            }
        }
        all
    }

    #[test]
    fn lines_whatever_the_drops() {
        let line = |number: u64, text: &str| (number, Some(text.to_owned()));
        for drop in [1, 2, 3, 7, 1000] {
            assert_eq!(
                lines(b"a\nbc\n\ndef\n", drop),
                [line(1, "a"), line(2, "bc"), line(3, ""), line(4, "def")]
            );
            assert_eq!(lines(b"a\nbc", drop), [line(1, "a"), line(2, "bc")]);
            assert_eq!(lines(b"", drop), []);
            assert_eq!(lines(b"\n", drop), [line(1, "")]);
        }
    }

    #[test]
    fn long_lines_are_dropped() {
        let long = "x".repeat(LINE_MAX_BYTES + 2 * READ_BYTES);
        let found = lines(format!("a\n{long}\nb\n{long}\n{long}\nc\n").as_bytes(), READ_BYTES);
        let texts: Vec<Option<&str>> = found.iter().map(|line| line.1.as_deref()).collect();
        assert_eq!(texts, [Some("a"), None, Some("b"), None, None, Some("c")]);
        assert_eq!(found.iter().map(|line| line.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }
}
