//! A clock that a test moves.

use jiff::Timestamp;
use serde_json::json;
use std::path::Path;

/// Writes the time into a clock's file. Whoever reads meanwhile finds the old time or the new one, never half a file.
pub(crate) fn set(file: &Path, now: Timestamp) -> Result<(), store::Error> {
    let next = file.with_extension("next");
    std::fs::write(&next, json!({ "now": now }).to_string()).map_err(store::Error::io(&next))?;
    std::fs::rename(&next, file).map_err(store::Error::io(file))
}
