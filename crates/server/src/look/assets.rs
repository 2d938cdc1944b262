//! The bundle that `cargo xtask web` writes, inside the program.

use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Bundle;

/// One file of the bundle.
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: &'static str,
}

/// The file of that name (`console.css`, `console.js`), or `None`.
#[must_use]
pub fn asset(name: &str) -> Option<Asset> {
    let media_type = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        _ => return None,
    };
    Bundle::get(name).map(|file| Asset { bytes: file.data, media_type })
}

/// Address of an asset with the head of its SHA-256, so that it may be cached for ever.
#[must_use]
pub fn asset_href(base: &str, name: &str) -> String {
    match Bundle::get(name) {
        Some(file) => {
            let head: String =
                file.metadata.sha256_hash().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            format!("{base}{name}?v={head}")
        }
        None => format!("{base}{name}"),
    }
}
