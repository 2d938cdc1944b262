//! Rows of a table of comma-separated values, none longer than a line may be.

use std::io::{self, Read};

use super::edges::LINE_BYTES_MAX;
use super::lists::ZERO;

/// Bytes of the file that a row of the greatest length may take, with its marks.
const TAKEN_MAX: usize = 2 * LINE_BYTES_MAX;
/// Taken from the file at once.
const BUFFER_BYTES: usize = 1 << 18;

/// Why no further row is read.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// A row that begins at this line, from 1, is too long: as after a quotation mark that is never closed.
    #[error("line {0}: over {LINE_BYTES_MAX} bytes long")]
    Long(u64),
    /// A field of this row runs on in the next line: a quotation mark that is never closed would swallow rows.
    #[error(
        "line {0}: a field goes on in the next line; close the quotation mark, or take the line break out"
    )]
    Break(u64),
    /// A zero byte stands in this row.
    #[error("line {0}: {ZERO}")]
    Zero(u64),
    /// A row has more or fewer fields than the first one.
    #[error("line {line}: {found} of {columns} fields; put a field with a comma in quotation marks")]
    Fields {
        /// From 1.
        line: u64,
        /// How many it has.
        found: u64,
        /// How many the first line names.
        columns: u64,
    },
    /// The file cannot be read on.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Ends the reading when one row has taken this much.
struct Bounded<R> {
    from: R,
    left: usize,
    ran_out: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            self.ran_out = true;
            return Err(io::Error::other("a row is too long"));
        }
        let read = self.from.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

/// A table whose rows are read one by one.
pub(crate) struct Rows<R> {
    reader: csv::Reader<Bounded<R>>,
}

impl<R: Read> Rows<R> {
    /// The table, and the first line of it.
    pub(crate) fn new(from: R) -> Result<(Self, csv::ByteRecord), RowError> {
        let from = Bounded { from, left: TAKEN_MAX, ran_out: false };
        let mut builder = csv::ReaderBuilder::new();
        let reader = builder.buffer_capacity(BUFFER_BYTES).has_headers(false).from_reader(from);
        let (mut rows, mut heads) = (Self { reader }, csv::ByteRecord::new());
        rows.next(&mut heads)?;
        Ok((rows, heads))
    }

    /// The line of the row, from 1; none when there is no further one.
    pub(crate) fn next(&mut self, row: &mut csv::ByteRecord) -> Result<Option<u64>, RowError> {
        let line = self.reader.position().line();
        self.reader.get_mut().left = TAKEN_MAX;
        let more = match self.reader.read_byte_record(row) {
            Err(_) if self.reader.get_ref().ran_out => return Err(RowError::Long(line)),
            Err(error) => return Err(why(error, line)),
            Ok(more) => more,
        };
        if row.as_slice().len() > LINE_BYTES_MAX {
            return Err(RowError::Long(line));
        }
        if row.as_slice().iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            return Err(RowError::Break(line));
        }
        if row.as_slice().contains(&0) {
            return Err(RowError::Zero(line));
        }
        Ok(more.then_some(line))
    }
}

fn why(error: csv::Error, line: u64) -> RowError {
    match error.into_kind() {
        csv::ErrorKind::UnequalLengths { expected_len: columns, len: found, .. } => {
            RowError::Fields { line, found, columns }
        }
        csv::ErrorKind::Io(error) => RowError::Io(error),
        other => RowError::Io(io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn no_row_takes_more_than_a_line_may() {
        let (mut rows, heads) = Rows::new("a,b\n1,\"2,3\"\n4,5\n".as_bytes()).unwrap();
        assert_eq!(heads, vec!["a", "b"]);
        let mut row = csv::ByteRecord::new();
        assert_eq!(rows.next(&mut row).unwrap(), Some(2));
        assert_eq!(row, vec!["1", "2,3"]);
        assert_eq!((rows.next(&mut row).unwrap(), rows.next(&mut row).unwrap()), (Some(3), None));

        let long = |text: &mut dyn Read| Rows::new(text).err().unwrap().to_string();
        // Neither of these ends.
        assert_eq!(long(&mut io::repeat(0)), "line 1: over 4096 bytes long");
        assert_eq!(long(&mut "\"".as_bytes().chain(io::repeat(b'\n'))), "line 1: over 4096 bytes long");
        assert_eq!(long(&mut "x".repeat(LINE_BYTES_MAX + 1).as_bytes()), "line 1: over 4096 bytes long");
        let text = format!("a\nb\n{}\nc\n", "x".repeat(5_000));
        let (mut rows, _) = Rows::new(text.as_bytes()).unwrap();
        assert_eq!(rows.next(&mut row).unwrap(), Some(2));
        assert_eq!(rows.next(&mut row).unwrap_err().to_string(), "line 3: over 4096 bytes long");
    }

    #[test]
    fn no_row_swallows_another() {
        let check = |second: &str, expected: &str| {
            let text = format!("a,b\n{second}\n4,5\n");
            let (mut rows, _) = Rows::new(text.as_bytes()).unwrap();
            assert_eq!(rows.next(&mut csv::ByteRecord::new()).unwrap_err().to_string(), expected);
        };
        let open =
            "line 2: a field goes on in the next line; close the quotation mark, or take the line break out";
        check("1,\"2", open);
        check("1,\"2\n3\"", open);
        check("1,2\0", &format!("line 2: {ZERO}"));
        check("1", "line 2: 1 of 2 fields; put a field with a comma in quotation marks");
    }
}
