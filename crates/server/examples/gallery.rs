//! Writes every page with invented content as static HTML to `target/gallery/`, in each
//! language, for looking at and for `web/tests/gallery.mjs`. Run `cargo xtask web` first.

#[path = "gallery/samples.rs"]
mod samples;

use server::look::asset;
use server::words::{Lang, Words};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    std::fs::create_dir_all(&folder)?;
    for name in ["console.css", "console.js"] {
        let Some(file) = asset(name) else {
            return Err(std::io::Error::other(format!("{name} is missing; run `cargo xtask web` first")));
        };
        std::fs::write(folder.join(name), file.bytes)?;
    }
    for lang in Lang::ALL {
        let w = Words::new(lang, "Europe/Brussels");
        for (name, markup) in samples::pages(&w) {
            std::fs::write(folder.join(format!("{name}.{}.html", lang.tag())), markup.into_string())?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}
