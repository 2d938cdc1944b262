//! Formats that are known by name and not yet read.

use std::ops::ControlFlow;

use super::{Found, Input, Manifest, Source, Summary, Unusable};

/// A format that a later version reads.
pub(super) struct Later(Manifest);

const REFUSES: &str = "Everything: it is not yet read.";

pub(super) static WARC: Later = Later(Manifest {
    name: "warc",
    title: "WARC web archive",
    extensions: &["warc", "warc.gz"],
    example: "renvoi intake urls list.txt",
    reads: "Nothing yet.",
    refuses: REFUSES,
});

pub(super) static WACZ: Later = Later(Manifest {
    name: "wacz",
    title: "WACZ web archive",
    extensions: &["wacz"],
    example: "renvoi intake urls list.txt",
    reads: "Nothing yet.",
    refuses: REFUSES,
});

pub(super) static XARF: Later = Later(Manifest {
    name: "xarf",
    title: "XARF abuse report",
    extensions: &["json"],
    example: "renvoi intake mail report.eml",
    reads: "Nothing yet.",
    refuses: REFUSES,
});

impl Source for Later {
    fn manifest(&self) -> Manifest {
        self.0
    }

    fn read(
        &self,
        input: Input<'_>,
        _sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        Err(Unusable(format!(
            "{} is a {}, which is not yet read: give the addresses as a list (`{}`).",
            input.name, self.0.title, self.0.example
        )))
    }
}
