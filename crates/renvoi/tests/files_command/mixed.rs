//! A folder of everything that a folder can hold: each file is accounted for, and what is known is found.

use crate::{Outcome, lines, pictures, renvoi, told};
use image::{DynamicImage, ImageFormat};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Files of the folder when `RENVOI_TRIALS` says nothing; its full size is 10,000.
const FILES: usize = 400;

/// Kinds of files, each in its turn.
const KINDS: usize = 25;

/// What is written again and again.
struct Bytes {
    original: Vec<u8>,
    copy: Vec<u8>,
    others: Vec<Vec<u8>>,
    bomb: Vec<u8>,
}

/// What a scan has to say of the folder.
#[derive(Debug, Default, PartialEq, Eq)]
struct Expected {
    scanned: u64,
    skipped: u64,
    excluded: u64,
    /// Paths that match.
    hits: Vec<OsString>,
}

#[derive(Clone, Copy, PartialEq)]
enum As {
    Scanned,
    Skipped,
    Excluded,
    Hit,
    /// Bytes match, the picture cannot be read or the file may not be read by this user.
    IfReadable,
}

#[test]
fn scan_accounts_for_every_file_of_a_mixed_folder() -> Outcome {
    let trials = std::env::var("RENVOI_TRIALS").ok().and_then(|text| text.parse().ok());
    let count: usize = trials.unwrap_or(FILES).min(10_000);
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let bytes = Bytes {
        original: pictures::encoded(&pictures::made(1, 320, 240), ImageFormat::Png)?,
        copy: pictures::encoded(&pictures::made(1, 320, 240).fliph(), ImageFormat::Jpeg)?,
        others: (50..58)
            .map(|seed| pictures::encoded(&pictures::made(seed, 200, 160), ImageFormat::Jpeg))
            .collect::<Outcome<_>>()?,
        bomb: pictures::encoded(&DynamicImage::new_luma8(5_000, 5_000), ImageFormat::Png)?,
    };
    fs::create_dir_all(at.join("originals"))?;
    fs::write(at.join("originals/known.png"), &bytes.original)?;
    assert!(
        renvoi(at, &["bank", "make", "originals", "--verified", "--out", "bank.ndjson"])?.status.success()
    );

    let mut expected = Expected::default();
    let mut pipes = Vec::new();
    for n in 0..count {
        let inside = at.join("mixed").join(format!("{:02}", n / KINDS % 40));
        fs::create_dir_all(&inside)?;
        put(&inside, n, &bytes, &mut expected, &mut pipes)?;
    }
    if !pipes.is_empty() {
        assert!(Command::new("mkfifo").args(&pipes).status()?.success());
    }
    let start = Instant::now();
    let output =
        renvoi(at, &["scan", "mixed", "--bank", "bank.ndjson", "--json", "--stats", "--exclude", "*.tmp"])?;
    println!("{count} files in {:.1} s", start.elapsed().as_secs_f64());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let stats = told(&output, "stats")?;
    println!("{stats}");
    let number = |name: &str| stats[name].as_u64().unwrap_or(u64::MAX);
    assert_eq!(number("files"), count as u64);
    assert_eq!(number("files"), number("scanned") + number("skipped") + number("excluded"));
    let counts = (number("scanned"), number("skipped"), number("excluded"), number("folders_unread"));
    assert_eq!(counts, (expected.scanned, expected.skipped, expected.excluded, 0));
    let reasons: BTreeMap<String, u64> = serde_json::from_value(stats["reasons"].clone())?;
    assert_eq!(reasons.values().sum::<u64>(), expected.skipped);

    let mut found = Vec::new();
    for hit in lines(&output.stdout)? {
        let name = match hit.get("path_hex").and_then(|hex| hex.as_str()) {
            Some(hex) => OsStr::from_bytes(&hex::decode(hex)?).to_owned(),
            None => hit["path"].as_str().ok_or("no path")?.into(),
        };
        assert_eq!(hit["label"], "known.png");
        found.push(name);
    }
    found.dedup();
    expected.hits.sort();
    found.sort();
    assert_eq!(found, expected.hits);
    Ok(())
}

/// Makes a file of the kind whose turn it is, and says what is expected of it.
fn put(inside: &Path, n: usize, bytes: &Bytes, expected: &mut Expected, pipes: &mut Vec<PathBuf>) -> Outcome {
    let named = |name: &[u8]| inside.join(OsStr::from_bytes(&[name, format!("-{n}").as_bytes()].concat()));
    let other = &bytes.others[n / KINDS % bytes.others.len()];
    let write = |name: &[u8], content: &[u8]| fs::write(named(name), content);
    let sparse = |name: &[u8], start: &[u8], length: u64| -> std::io::Result<()> {
        let mut file = File::create(named(name))?;
        file.write_all(start)?;
        file.set_len(length)
    };
    let (name, kind): (&[u8], As) = match n % KINDS {
        0 => (b"original.png", As::Hit),
        1 => (b"mirrored.jpg", As::Hit),
        2 => (b"other.jpg", As::Scanned),
        3 => (b"empty", As::Skipped),
        4 => (b"cut.jpg", As::Skipped),
        5 => (b"start-of-a.png", As::Skipped),
        6 => (b"words.txt", As::Scanned),
        7 => (b"bad-sum.png", As::Skipped),
        8 => (b"announces-too-much.gif", As::Skipped),
        9 if n % (KINDS * 8) == 9 => (b"flat-bomb.png", As::Scanned),
        9 => (b"bytes", As::Scanned),
        10 => (b"sparse", As::Skipped),
        11 => (b"sparse.gif", As::Skipped),
        12 => (b"link-to-itself", As::Skipped),
        13 => (b"link-to-the-folder", As::Skipped),
        14 => (b"link-to-nothing", As::Skipped),
        15 => (b"not-to-be-read.png", As::IfReadable),
        16 => (b"latin-\xE9\xFF.png", As::Hit),
        17 => (b"line\nturn\x1b[2J.jpg", As::Scanned),
        18 => (b"pipe", As::Skipped),
        19 => (b"\xE2\x80\xAEright-to-left.png", As::Hit),
        20 => (b"video.mp4", As::Scanned),
        21 => (b"damaged.jpg", As::IfReadable),
        22 => (b"zip.png", As::Skipped),
        23 => (b"looks.gif", As::Skipped),
        _ => (b"left-out", As::Excluded),
    };
    match n % KINDS {
        0 | 15 | 16 | 19 => write(name, &bytes.original)?,
        1 => write(name, &bytes.copy)?,
        2 | 17 => write(name, other)?,
        3 => write(name, b"")?,
        4 => write(name, &other[..200])?,
        5 => write(name, &bytes.original[..60])?,
        6 => write(name, b"neutral filler words")?,
        7 => {
            // The size of the picture stands in bytes 16 to 24, under a check sum.
            let mut file = bytes.original.clone();
            file[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
            write(name, &file)?;
        }
        8 => write(
            name,
            b"GIF89a\xFF\xFF\xFF\xFF\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x02D\x01\0;",
        )?,
        9 if n % (KINDS * 8) == 9 => write(name, &bytes.bomb)?,
        9 => write(name, &[0xA5; 5_000])?,
        10 => sparse(name, b"", 2 << 40 >> (n % 3 * 5))?,
        11 => sparse(name, b"GIF89a", 33 << 20)?,
        12 => symlink(named(name).file_name().ok_or("name")?, named(name))?,
        13 => symlink("..", named(name))?,
        14 => symlink("nothing-there", named(name))?,
        18 => pipes.push(named(name)),
        20 => write(name, b"\0\0\0\x18ftypmp42\0\0\0\0")?,
        21 => {
            let mut file = bytes.copy.clone();
            let middle = file.len() / 2;
            file[middle..middle + 40].fill(0x3C);
            write(name, &file)?;
        }
        22 => write(name, b"PK\x03\x04 and no picture")?,
        23 => write(name, b"GIF89a and then words")?,
        _ => fs::write(inside.join(format!("left-out-{n}.tmp")), &bytes.original)?,
    }
    if n % KINDS == 15 {
        fs::set_permissions(named(name), Permissions::from_mode(0o000))?;
    }
    let readable = n % KINDS != 15 || File::open(named(name)).is_ok();
    let is_hit = kind == As::Hit || (kind == As::IfReadable && readable);
    if is_hit {
        let path = named(name);
        expected.hits.push(path.strip_prefix(inside.ancestors().nth(2).ok_or("folder")?)?.into());
    }
    match kind {
        As::Excluded => expected.excluded += 1,
        As::Skipped => expected.skipped += 1,
        As::IfReadable if !readable => expected.skipped += 1,
        As::Scanned | As::Hit | As::IfReadable => expected.scanned += 1,
    }
    Ok(())
}
