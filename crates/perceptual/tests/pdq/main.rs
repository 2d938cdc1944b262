//! PDQ against the reference binding, to the bit: hash, quality and the eight forms.
//!
//! `vectors.txt` and `wide.txt` are made by `bench/pdq_vectors.py`; the wide file has a digest in the place of the eight
//! forms. `RENVOI_PDQ_VECTORS` names a further file of either form, to be read as well.

mod drawing;

use perceptual::{Hash256, Rgb, pdq};

type Failure = Box<dyn std::error::Error>;

/// A line of the file, checked; the text names what differs.
fn check(line: &str) -> Result<(), Failure> {
    let mut fields = line.split(' ');
    let mut next = || fields.next().ok_or("a field is missing");
    let (kind, width, height) = (next()?, next()?.parse::<u32>()?, next()?.parse::<u32>()?);
    let pixels = drawing::draw(kind, width.into(), height.into(), next()?.parse()?)?;
    let picture = Rgb::new(width, height, &pixels).ok_or("the drawing has the wrong size")?;
    let (hash, quality) = (next()?.parse::<Hash256>()?, next()?.parse::<u8>()?);
    let also = next()?.parse::<u8>()?;
    let forms: Vec<&str> = fields.collect();

    if width.min(height) < 5 {
        return if pdq::hash_and_dihedral(&picture).is_none() { Ok(()) } else { Err("too small".into()) };
    }
    let (one, all) = pdq::hash_and_dihedral(&picture).ok_or("no hash")?;
    if (one.hash, one.quality) != (hash, quality) || pdq::hash(&picture) != Some(one) {
        return Err(format!("hash is {} bits off, quality {}", one.hash.distance(&hash), one.quality).into());
    }
    if all.quality != also || pdq::dihedral(&picture) != Some(all) {
        return Err(format!("dihedral quality {}", all.quality).into());
    }
    if let [digest] = forms[..] {
        let ours = all.forms.map(|form| form.to_string()).concat();
        return if fnv(&ours) == digest { Ok(()) } else { Err("the eight forms differ".into()) };
    }
    if forms.len() != 8 {
        return Err("eight forms are needed".into());
    }
    for ((name, ours), theirs) in pdq::FORM_NAMES.iter().zip(all.forms).zip(forms) {
        let theirs: Hash256 = theirs.parse()?;
        if ours != theirs {
            return Err(format!("{name} is {} bits off", ours.distance(&theirs)).into());
        }
    }
    Ok(())
}

/// FNV-1a of 64 bits, as sixteen hexadecimal digits.
fn fnv(text: &str) -> String {
    let step = |value: u64, byte| (value ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
    format!("{:016x}", text.bytes().fold(0xCBF2_9CE4_8422_2325, step))
}

fn check_all(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let wrong: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let about: Vec<&str> = line.split(' ').take(4).collect();
            check(line).err().map(|why| format!("{}: {why}", about.join(" ")))
        })
        .collect();
    println!("{} of {} pictures exact", lines.len() - wrong.len(), lines.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    lines.len()
}

#[test]
fn pdq_vectors() {
    assert_eq!(check_all(include_str!("vectors.txt")), 40);
}

#[test]
fn pdq_vectors_wide() -> Result<(), Failure> {
    assert!(check_all(include_str!("wide.txt")) >= 500);
    if let Some(path) = std::env::var_os("RENVOI_PDQ_VECTORS") {
        assert!(check_all(&std::fs::read_to_string(path)?) > 0);
    }
    Ok(())
}

#[test]
fn too_small_has_no_hash() {
    for (width, height) in [(4, 5), (5, 4), (1, 2000), (0, 0)] {
        let pixels = vec![7; width as usize * height as usize * 3];
        let picture = Rgb::new(width, height, &pixels);
        assert!(picture.is_some_and(|picture| pdq::hash(&picture).is_none()), "{width}x{height}");
    }
}

#[test]
fn turned_pixels_are_nearest_to_their_form() -> Result<(), Failure> {
    let (width, height) = (512u32, 384u32);
    let pixels = drawing::draw("clouds", width.into(), height.into(), 5)?;
    let picture = Rgb::new(width, height, &pixels).ok_or("size")?;
    let forms = pdq::dihedral(&picture).ok_or("no hash")?.forms;
    let rows: Vec<&[u8]> = pixels.chunks_exact(width as usize * 3).collect();
    let mirrored: Vec<u8> = rows.iter().flat_map(|row| row.rchunks_exact(3).flatten().copied()).collect();
    let upside: Vec<u8> = rows.iter().rev().flat_map(|row| row.iter().copied()).collect();
    for (name, pixels, form) in [("mirrored", mirrored, 5), ("upside down", upside, 4)] {
        let turned = pdq::hash(&Rgb::new(width, height, &pixels).ok_or("size")?).ok_or("no hash")?;
        let bits = forms.map(|form| turned.hash.distance(&form));
        let nearest = (0..8).min_by_key(|at| bits[*at]);
        assert_eq!(nearest, Some(form), "{name}: {bits:?}");
    }
    Ok(())
}
