//! Hashes of files, decoded here and not in a box: `hash_files < NAMES`, a line a file `name hash quality form0 … form7`,
//! or `name refused: why`. `hash_files hash` leaves the forms out. For `bench/perceptual/files.py` and `jpeg.py`, on files
//! that they made themselves.
use std::io::BufRead;

use perceptual::decode::{self, Limits};
use perceptual::pdq;

const LIMITS: Limits = Limits { side_px: 30_000, pixels: 40_000_000, memory_bytes: 512 << 20 };

fn line(name: &str, with_forms: bool) -> Result<String, String> {
    let bytes = std::fs::read(name).map_err(|error| error.to_string())?;
    let picture = decode::picture(&bytes, LIMITS).map_err(|why| why.to_string())?;
    let rgb = picture.as_rgb().ok_or("size")?;
    if !with_forms {
        let one = pdq::hash(&rgb).ok_or("a side is under five pixels")?;
        return Ok(format!("{} {}", one.hash, one.quality));
    }
    let (one, all) = pdq::hash_and_dihedral(&rgb).ok_or("a side is under five pixels")?;
    let forms = all.forms.map(|form| form.to_string()).join(" ");
    Ok(format!("{} {} {forms}", one.hash, one.quality))
}

fn main() {
    let with_forms = std::env::args().nth(1).is_none_or(|what| what != "hash");
    for name in std::io::stdin().lock().lines().map_while(Result::ok) {
        println!("{name} {}", line(&name, with_forms).unwrap_or_else(|why| format!("refused: {why}")));
    }
}
