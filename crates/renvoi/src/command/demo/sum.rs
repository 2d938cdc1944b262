//! The last line of a demo: what the product counts, what the providers saw, and where they differ.

use super::super::Failed;
use super::parts::Founded;
use serde_json::{Value, json};
use std::path::Path;
use world::play::Played;

/// One JSON object.
pub(super) async fn up(folder: &Path, founded: &[Founded], played: &Played) -> Result<Value, Failed> {
    let _ = (folder, founded);
    Ok(json!({ "played": played }))
}
