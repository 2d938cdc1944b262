//! The log of transparency-dev/tessera (`testdata/log`), restated: right as it is, and every flipped bit found.

#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../../../tests/samples.rs"]
mod place;

use base64::{Engine, prelude::BASE64_STANDARD};
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use verify::{Vkey, What};

const VKEY: &str = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

/// Size, root and signature of its checkpoints.
const CHECKPOINTS: [(u64, &str, &str); 5] = [
    (
        0,
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqj\
         Oq89wVvTA60eubCc4oufo5BvIVEgtQc=",
    ),
    (
        1,
        "0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=",
        "M9e0lhr9kuLxGdAtaUrhm84TQffVsLdcy808sN0a3WyniNlfcr9+bywoiIke\
         1YYciCNjJGkCgIlQ8b16jhsmg/SChAM=",
    ),
    (
        5,
        "gy5gl3aksFyiCO95a/1vLXz88A3dRq+0l9Sxte8ZqZQ=",
        "M9e0lmn5eDHyHP10zJObZdFAX2y1V8fdDKBi4IiHbDYf1TCUBwxZOhqwv2QZ\
         Cqrdda2zTRTrmnwjwscN5RBTEmZUYAs=",
    ),
    (
        10,
        "y8/gZsZCtitsMan09tY+k8I7Qpr7Y5fbO2tLi9GQnfU=",
        "M9e0lrmwaVEOWFZ+HS5ITnRd2YMOSWE5QeoYu+6DHwJLnJ+SVeJ2ZiYeD7lV\
         C5oGJx76gbfLSyCUEq6D8JkarrsuiQQ=",
    ),
    (
        15,
        "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=",
        "M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt\
         /uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=",
    ),
];

const ENTRIES: [&str; 15] = [
    "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf",
    "threeten", "fourten", "fivten",
];

/// The hashes of `tile/0/000.p/15`.
const HASHES: [&str; 15] = [
    "d0d7360ab79f58ab1e1e3fe64ad77e2ea0bc07e36b5f46ed2223edd9298df9e9",
    "ab1ab7f07c7c8fe0eff4ba6faa53c7e4412e91a599153e8aa4e01beece5b7825",
    "671f146c5e471e8a1a83a3c214ce4ba907b8f3a5888d14cc8cd3ce75bb12ef94",
    "f715ab3faa5d071e6e2ac4bb994d5bf735943dcc3799da0d085e7980cfb9336a",
    "ccc29ae0e02a77b0f4578c1ac17493d79cf4262104929ac804f91fc4e7ac5af0",
    "ca233e7a26b8c35c2c93f524c7b905e7a2105640d6dcc594694cff56d26efb25",
    "d90d0fe63491f93764c1d5d6cb1f866c1597d0a65b359916cc28f24cf4a8cecc",
    "4e1720a15d8361c2be542c4150358094dc662f2dabeddabb74aefe3a5810296b",
    "f751d0a9a3f35a56c1b140e4dc9bd2a4e4caec173889f646c576737c004e9ae5",
    "1d397d3d1902b011c12620ec8276f13ccf813f9a15dc7b077db2e2f0ca09077d",
    "bb2d8c46edf697d5733185e694b4ee2c1d04b84222c9fcb4d8a5d0a2fecfed33",
    "3bad5c1c0eb3037ca7261ecfcdd10fadf07c684d580560819c970d22979478fb",
    "a5f4fecc9f63c361fe39bd564bc86137bc23637e77194d6682680c84a7eb9ad5",
    "b6c94e61bdb317e092f2f4d4494ae0ea49069def34864e39e5c8cf65779a495f",
    "3786dc18e75f450d499f119c1eaee20dd8293f21fc9d08714a18d72b1cd60eb5",
];

/// A directory of one test, deleted at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("renvoi-verify-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The whole log, with the checkpoint of this size.
    fn tessera(name: &str, size: u64) -> Self {
        let folder = Self::new(name);
        folder.write("checkpoint", checkpoint(size).as_bytes());
        for n in [5, 15] {
            folder.write(&format!("tile/entries/000.p/{n}"), &bundle(n));
        }
        for n in [5, 10, 15] {
            folder.write(&format!("tile/0/000.p/{n}"), &hex::decode(HASHES[..n].concat()).unwrap());
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn checkpoint(size: u64) -> String {
    let (_, root, signature) = CHECKPOINTS.into_iter().find(|c| c.0 == size).unwrap();
    let name = "example.com/log/testdata";
    format!("{name}\n{size}\n{root}\n\n\u{2014} {name} {signature}\n")
}

fn bundle(n: usize) -> Vec<u8> {
    ENTRIES[..n].iter().flat_map(|e| [&[0, e.len() as u8], e.as_bytes()].concat()).collect()
}

/// Every file below a directory, as path from it.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for child in fs::read_dir(folder).unwrap() {
            let path = child.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Flips each bit of each file in turn; each must be found. Returns how many there were.
fn flip_every_bit(dir: &Path, verdict: impl Fn(&Path) -> bool) -> usize {
    assert!(verdict(dir), "right before");
    let mut flips = 0;
    for file in files(dir) {
        let path = dir.join(&file);
        let good = fs::read(&path).unwrap();
        // One byte in place: much cheaper than writing the file anew.
        let open = fs::OpenOptions::new().write(true).open(&path).unwrap();
        for bit in 0..good.len() * 8 {
            let at = bit / 8;
            open.write_all_at(&[good[at] ^ (1 << (bit % 8))], at as u64).unwrap();
            assert!(!verdict(dir), "{file}: bit {bit} not found");
            open.write_all_at(&[good[at]], at as u64).unwrap();
            flips += 1;
        }
    }
    assert!(verdict(dir), "right afterwards");
    flips
}

#[test]
fn tessera_log_verifies() {
    let folder = Folder::tessera("right", 15);
    let report = verify::dir(&folder.0, VKEY).unwrap();
    assert_eq!((report.origin.as_str(), report.size), ("example.com/log/testdata", 15));
    assert_eq!((report.entries, report.files, report.ahead), (15, 5, 0));
    let entries: Vec<_> = verify::entries(&folder.0, 15).unwrap().map(Result::unwrap).collect();
    let expected: Vec<_> = (0u64..).zip(ENTRIES.map(|e| e.as_bytes().to_vec())).collect();
    assert_eq!(entries, expected);
}

#[test]
fn tessera_checkpoints_of_each_size() {
    let check = |size, ahead| {
        let folder = Folder::tessera(&format!("size-{size}"), size);
        let report = verify::dir(&folder.0, VKEY).unwrap();
        assert_eq!((report.size, report.entries, report.ahead), (size, size, ahead));
    };
    check(0, 5);
    check(1, 5);
    check(5, 3);
    check(10, 2);
    check(15, 0);
}

#[test]
fn every_flipped_bit_is_found() {
    let folder = Folder::tessera("flips", 15);
    let flips = flip_every_bit(&folder.0, |dir| verify::dir(dir, VKEY).is_ok());
    assert_eq!(flips, (196 + 99 + 29 + 480 + 320 + 160) * 8);
}

#[test]
fn what_is_wrong_is_said() {
    let check = |name, change: &dyn Fn(&Folder), expected: &str| {
        let folder = Folder::tessera(name, 15);
        change(&folder);
        assert_eq!(verify::dir(&folder.0, VKEY).unwrap_err().to_string(), expected);
    };
    let rebuild = "build the tiles again from the database, or ask the log's keeper for them again";
    check(
        "no-tile",
        &|f| fs::remove_file(f.0.join("tile/0/000.p/15")).unwrap(),
        &format!("tile/0/000.p/15: is not there; {rebuild}"),
    );
    check(
        "no-entries",
        &|f| fs::remove_file(f.0.join("tile/entries/000.p/15")).unwrap(),
        &format!("tile/entries/000.p/15: is not there; {rebuild}"),
    );
    check("stray", &|f| f.write("tile/0/1", b""), "tile/0/1: is no file of a log; take the file away");
    check(
        "hash",
        &|f| f.write("tile/0/000.p/5", &[7; 160]),
        &format!("tile/0/000.p/5 hash 0: differs from what the entries lead to; {rebuild}"),
    );
    check(
        "other-size",
        &|f| f.write("checkpoint", checkpoint(15).replace("15", "14").as_bytes()),
        "checkpoint: the signature of example.com/log/testdata does not fit the text; \
         do not use this checkpoint; ask the log's keeper for it again",
    );
    check(
        "unsigned",
        &|f| f.write("checkpoint", checkpoint(15).replace("\u{2014} example", "\u{2014} sample").as_bytes()),
        "checkpoint: has no signature of example.com/log/testdata; \
         check that key and checkpoint are of the same log",
    );
}

#[test]
fn an_entry_changed_with_its_tiles_fails_at_the_root() {
    let folder = Folder::tessera("root", 15);
    let changed = bundle(15).iter().map(|b| if *b == b'x' { b'y' } else { *b }).collect::<Vec<u8>>();
    folder.write("tile/entries/000.p/15", &changed);
    let mut hashes = HASHES.map(|h| hex::decode(h).unwrap());
    hashes[5] = verify::hash_of_entry(b"siy").to_vec();
    for n in [10, 15] {
        folder.write(&format!("tile/0/000.p/{n}"), &hashes[..n].concat());
    }
    assert_eq!(verify::dir(&folder.0, VKEY).unwrap_err().what, What::Root);
}

#[test]
fn keys_refused() {
    let check = |line: &str, why| {
        assert_eq!(Vkey::parse(line).unwrap_err().what, What::Form(why), "{line}");
    };
    check("", "a key is name+id+key");
    check("+33d7b496+AeHT", "the name is empty or has white space");
    check("a b+33d7b496+AeHT", "the name is empty or has white space");
    check("a+33d7b496+!", "the key is not base64");
    check("a+33d7b496+AuHT", "the key is not Ed25519");
    check("a+33d7b496+AeHT", "the key has not 32 bytes");
    check(&VKEY.replace("33d7b496", "33D7B496"), "the id does not belong to name and key");
    check(&VKEY.replace("testdata", "testdate"), "the id does not belong to name and key");
    assert_eq!(Vkey::parse(VKEY).unwrap().name(), "example.com/log/testdata");
}

#[test]
fn a_second_signature_is_passed_over() {
    let key = Vkey::parse(VKEY).unwrap();
    let witness = format!("\u{2014} witness.example {}\n", BASE64_STANDARD.encode([9; 76]));
    assert!(verify::open(format!("{}{witness}", checkpoint(5)).as_bytes(), &key).is_ok());
    let only = checkpoint(5).split_inclusive("\n\n").next().unwrap().to_owned() + &witness;
    assert!(matches!(verify::open(only.as_bytes(), &key).unwrap_err().what, What::NotSigned(_)));
}

/// A bundle with the proof of entry 4 in the log of 5; its path is made by hand from the published hashes.
fn evidence(name: &str, with_tiles: bool) -> Folder {
    let folder = if with_tiles { Folder::tessera(name, 15) } else { Folder::new(name) };
    let entry = BASE64_STANDARD.encode("five");
    if with_tiles {
        folder.write("vkey", format!("{VKEY}\n").as_bytes());
        return folder;
    }
    folder.write("checkpoint", checkpoint(5).as_bytes());
    folder.write("vkey", format!("{VKEY}\n").as_bytes());
    // The log of four before it, as one hash: 0x01 and two halves, each 0x01 and two leaves.
    let leaf = |i: usize| hex::decode(HASHES[i]).unwrap();
    let node = |l: &[u8], r: &[u8]| {
        use sha2::{Digest, Sha256};
        Sha256::digest([&[1], l, r].concat()).to_vec()
    };
    let four = node(&node(&leaf(0), &leaf(1)), &node(&leaf(2), &leaf(3)));
    let proof = format!(
        "{{\"index\": 4, \"entry_b64\": \"{entry}\", \"path\": [\"{}\"]}}\n",
        BASE64_STANDARD.encode(four)
    );
    folder.write("proofs/4.json", proof.as_bytes());
    folder
}

#[test]
fn bundle_verify() {
    let folder = evidence("proof", false);
    let report = verify::bundle(&folder.0).unwrap();
    assert_eq!((report.checkpoint.size, report.log, report.vkey.as_str()), (5, None, VKEY));
    assert_eq!((report.proven[0].index, report.proven[0].entry.as_slice()), (4, b"five".as_slice()));
    assert!(report.files.is_empty());
    flip_every_bit(&folder.0, |dir| verify::bundle(dir).is_ok());

    let folder = evidence("whole", true);
    let report = verify::bundle_of(&folder.0, VKEY).unwrap();
    assert_eq!((report.log.unwrap().entries, report.proven.len()), (15, 0));
    assert!(verify::bundle_of(&folder.0, &VKEY.replace("example", "sample")).is_err());
}

#[test]
fn bundles_refused() {
    let check = |name, change: &dyn Fn(&Folder), expected: What| {
        let folder = evidence(name, false);
        change(&folder);
        assert_eq!(verify::bundle(&folder.0).unwrap_err().what, expected);
    };
    check("nothing", &|f| fs::remove_dir_all(f.0.join("proofs")).unwrap(), What::Nothing);
    check("no-key", &|f| fs::remove_file(f.0.join("vkey")).unwrap(), What::Missing);
    check("proof-name", &|f| f.write("proofs/a.txt", b""), What::Uncovered);
    check("uncovered", &|f| f.write("media/a.png", b""), What::Uncovered);
    check(
        "not-a-list",
        &|f| f.write("files", checkpoint(5).as_bytes()),
        What::Form("not a list of files of this log"),
    );
    check(
        "proof-form",
        &|f| f.write("proofs/a.json", b"{}"),
        What::Form("not {\"index\", \"entry_b64\", \"path\"}"),
    );
    let far = br#"{"index":5,"entry_b64":"","path":[]}"#;
    check("far", &|f| f.write("proofs/a.json", far), What::OutOfRange { asked: 5, size: 5 });
    let ahead = |f: &Folder| f.write("tile/entries/000.p/15", &bundle(15));
    let folder = evidence("ahead", true);
    folder.write("checkpoint", checkpoint(5).as_bytes());
    ahead(&folder);
    assert_eq!(verify::bundle(&folder.0).unwrap_err().place, "tile");
}

/// The files themselves.
#[test]
fn tessera_samples() {
    let Some(samples) = place::folder() else { return };
    let dir = samples.join("vectors/tlog/tessera_log");
    assert_eq!(verify::dir(&dir, VKEY).unwrap().files, 5);
    let key = Vkey::parse(VKEY).unwrap();
    for (size, ..) in CHECKPOINTS {
        let note = fs::read(dir.join(format!("checkpoint.{size}"))).unwrap();
        assert_eq!(verify::open(&note, &key).unwrap().size, size);
        assert_eq!(note, checkpoint(size).as_bytes());
    }
}
