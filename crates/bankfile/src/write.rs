//! Writes a bank file: all of it appears under its name, or nothing does.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use connect::sources::lists::Format;
use connect::sources::lists::write::{self, Head};

use crate::{Signal, file};

/// Written at once.
const CHUNK_BYTES: usize = 1 << 20;

/// A bank file that is being written beside its place. Dropping it unfinished leaves nothing.
pub struct Writer {
    list: Option<write::Writer<BufWriter<File>>>,
    to: PathBuf,
    beside: PathBuf,
    finished: bool,
}

impl Writer {
    /// Begins. CSV when the name ends in `.csv`, else NDJSON.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `to`.
    pub fn create(to: &Path) -> io::Result<Self> {
        let table = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        Self::create_as(to, if table { Format::Csv } else { Format::Ndjson }, Head::default())
    }

    /// Begins a list of a format.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `to`, or the format is read only.
    pub fn create_as(to: &Path, format: Format, head: Head) -> io::Result<Self> {
        // A link stays, and what it leads to is replaced.
        let to = &to.canonicalize().unwrap_or_else(|_| to.to_owned());
        if std::fs::metadata(to).is_ok_and(|facts| !facts.is_file()) {
            return Err(io::Error::other("it is no regular file, and a bank is not put in its place"));
        }
        let beside = file::beside(to)?;
        let part = BufWriter::with_capacity(CHUNK_BYTES, File::create(&beside)?);
        let mut writer = Self { list: None, to: to.to_owned(), beside, finished: false };
        writer.list = Some(write::Writer::new(format, part, head)?);
        Ok(writer)
    }

    /// The file that is written until it is finished.
    #[must_use]
    pub fn beside(&self) -> &Path {
        &self.beside
    }

    /// Adds a line; says whether the format has a place for its kind.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, signal: &Signal) -> io::Result<bool> {
        self.list.as_mut().map_or(Ok(false), |list| list.put(&signal.row()))
    }

    /// Ends: the file is on the disk under its name, in place of one that was there.
    ///
    /// # Errors
    /// When it cannot be written out; nothing is left then, and a file that was there still is.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(list) = self.list.take() {
            let part = list.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
            part.sync_all()?;
        }
        std::fs::rename(&self.beside, &self.to)?;
        self.finished = true;
        file::sync_around(&self.to)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.finished {
            // It may never have been made; there is nobody to tell.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use domain::bank::{Opinion, SignalKind};
    use proptest::prelude::*;

    fn signal() -> impl Strategy<Value = Signal> {
        let word = "[a-zé,\";\\\\=+ ]{0,12}[a-z]";
        let hash = proptest::string::string_regex("[0-9a-f]{64}").unwrap();
        let optional = |text: &str| proptest::option::of(proptest::string::string_regex(text).unwrap());
        (
            hash,
            optional(word),
            "[A-Z][a-z ,]{0,8}[a-z]",
            0..4_usize,
            proptest::option::of(0..65_u32),
            0..2_usize,
        )
            .prop_map(|(value, label, bank, opinion, distance, cuts)| Signal {
                kind: SignalKind::Pdq,
                label: label.map(|label| label.trim().to_owned()),
                cuts: vec![format!("crop-15:{value}"); cuts],
                value,
                bank,
                opinion: Opinion::ALL[opinion],
                distance,
                quality: distance.map(|_| 100),
                points: (cuts > 0).then(|| "AAAA".to_owned()),
                print: (cuts == 1).then(|| "AQ==".to_owned()),
            })
    }

    proptest! {
        // Each flushes two files.
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_written_is_read_again(signals in proptest::collection::vec(signal(), 0..8)) {
            for name in ["a.ndjson", "a.csv"] {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join(name);
                let mut writer = Writer::create(&file).unwrap();
                signals.iter().for_each(|signal| assert!(writer.put(signal).unwrap()));
                writer.finish().unwrap();
                let mut read = Vec::new();
                let summary = crate::list::read(&file, |signal| { read.push(signal); Ok(()) }).unwrap();
                prop_assert_eq!(summary.left_out(), 0, "{:?}", summary);
                prop_assert_eq!(&read, &signals);
            }
        }
    }

    #[test]
    fn an_unfinished_bank_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.csv");
        std::fs::write(&file, "before").unwrap();
        drop(Writer::create(&file).unwrap());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
