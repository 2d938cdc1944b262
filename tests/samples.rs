//! Where the samples of the specification are, for the tests of every crate: they name this file by its path.

use std::path::{Path, PathBuf};

/// The folder of samples: `RENVOI_SAMPLES`, or `shared/samples` above the repository; or a line that says there is none.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("RENVOI_SAMPLES").map(PathBuf::from);
    let mut above =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/samples"));
    let found = named.or_else(|| above.find(|folder| folder.is_dir()));
    if found.is_none() {
        println!("skipped: no samples");
    }
    found
}
