//! What the ledger writes, the independent verifier accepts; what is changed afterwards, it finds.

#![expect(clippy::unwrap_used, reason = "tests")]

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use ledger::checkpoint::{Checkpoint, sign, sign_files, vkey};
use ledger::proof::{Leaves, consistency, inclusion};
use ledger::{Frontier, Hash, leaf_hash, tiles};
use proptest::prelude::*;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

const NAME: &str = "unit.example/log";

fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(0).max(200)
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn key_line() -> String {
    vkey(NAME, &key().verifying_key()).unwrap()
}

/// Entries of different lengths, the first one empty.
fn entries(from: u64, to: u64) -> impl Iterator<Item = Vec<u8>> {
    (from..to).map(|i| format!("{i} ").repeat(i as usize % 5).into_bytes())
}

/// A log in a directory of its own, deleted at the end of the test.
struct Log {
    dir: PathBuf,
    head: Frontier,
}

impl Log {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("renvoi-ledger-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        Self { dir, head: Frontier::new() }
    }

    fn grow(&mut self, to: u64) -> &mut Self {
        let from = self.head.size();
        entries(from, to).for_each(|entry| self.head.append(leaf_hash(&entry)));
        let head = tiles::extend(&self.dir, from, entries(from, to)).unwrap();
        assert_eq!(head, self.head);
        self
    }

    fn publish(&mut self) -> &mut Self {
        let head = Checkpoint { origin: NAME.into(), size: self.head.size(), root: self.head.root() };
        tiles::publish(&self.dir, &sign(&head, &key(), NAME).unwrap()).unwrap();
        self
    }

    fn verdict(&self) -> Result<verify::Report, verify::Problem> {
        verify::dir(&self.dir, &key_line())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Flips one bit of a file in place, asks, and flips it back; whether it was found.
fn flip_is_found(file: &Path, bit: usize, refused: impl Fn() -> bool) -> bool {
    let (mut byte, at) = ([0], (bit / 8) as u64);
    let open = fs::OpenOptions::new().read(true).write(true).open(file).unwrap();
    open.read_exact_at(&mut byte, at).unwrap();
    open.write_all_at(&[byte[0] ^ (1 << (bit % 8))], at).unwrap();
    let found = refused();
    open.write_all_at(&byte, at).unwrap();
    found
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![dir.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for child in fs::read_dir(folder).unwrap() {
            let path = child.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn logs_of_all_shapes_verify() {
    let mut log = Log::new("shapes");
    for size in [0, 1, 2, 3, 255, 256, 257, 511, 512, 700] {
        let report = log.grow(size).publish().verdict().unwrap();
        assert_eq!((report.size, report.entries, report.ahead), (size, size, 0));
        assert_eq!(report.root, log.head.root());
    }
    let read: Vec<_> = verify::entries(&log.dir, 700).unwrap().map(Result::unwrap).collect();
    assert_eq!(read, (0..).zip(entries(0, 700)).collect::<Vec<_>>());
}

/// 65,800 entries: full tiles on two levels, one hash on the third.
#[test]
fn a_log_of_three_levels_verifies() {
    let mut log = Log::new("levels");
    let report = log.grow(65_536).grow(65_800).publish().verdict().unwrap();
    assert_eq!(report.size, 65_800);
    assert!(log.dir.join("tile/2/000.p/1").is_file());
    let at = log.dir.join("tile/2/000.p/1");
    assert!(flip_is_found(&at, 255, || log.verdict().is_err()));
    fs::remove_file(at).unwrap();
    assert_eq!(log.verdict().unwrap_err().what, verify::What::Missing);
}

#[test]
fn tiles_written_before_their_checkpoint_are_ahead() {
    let mut log = Log::new("ahead");
    let report = log.grow(300).publish().grow(600).verdict().unwrap();
    assert_eq!((report.size, report.ahead), (300, 5));
    fs::remove_dir_all(log.dir.join("tile")).unwrap();
    tiles::extend(&log.dir, 0, entries(0, 600)).unwrap();
    assert_eq!(log.publish().verdict().unwrap().size, 600);
}

#[test]
fn each_bit_of_a_small_log_counts() {
    let mut log = Log::new("bits");
    log.grow(3).grow(7).publish().verdict().unwrap();
    for file in files(&log.dir) {
        for bit in 0..fs::read(&file).unwrap().len() * 8 {
            assert!(flip_is_found(&file, bit, || log.verdict().is_err()), "{}: bit {bit}", file.display());
        }
    }
}

#[test]
fn random_bits_of_a_larger_log_count() {
    let mut log = Log::new("random-bits");
    log.grow(200).grow(256).grow(520).publish().verdict().unwrap();
    let files = files(&log.dir);
    let sizes: Vec<usize> = files.iter().map(|f| fs::read(f).unwrap().len()).collect();
    let total: usize = sizes.iter().sum();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials()) };
    let outcome = proptest::test_runner::TestRunner::new(config).run(&(0..total * 8), |mut bit| {
        let place = sizes.iter().position(|size| {
            let here = bit < size * 8;
            bit -= if here { 0 } else { size * 8 };
            here
        });
        let file = &files[place.unwrap()];
        prop_assert!(flip_is_found(file, bit, || log.verdict().is_err()), "{}: bit {}", file.display(), bit);
        Ok(())
    });
    outcome.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(trials()))]

    #[test]
    fn proofs_are_accepted_and_changed_ones_refused(size in 1u64..300, at in any::<u64>(), change in any::<usize>()) {
        let leaves: Vec<Hash> = entries(0, size).map(|e| leaf_hash(&e)).collect();
        let root_of = |n: u64| {
            let mut head = Frontier::new();
            leaves[..n as usize].iter().for_each(|leaf| head.append(*leaf));
            head.root()
        };
        let (index, old) = (at % size, at % size + 1);
        let (root, leaf) = (root_of(size), leaves[index as usize]);

        let mut path = inclusion(&Leaves(&leaves), index).unwrap();
        prop_assert!(verify::inclusion(&root, size, index, &leaf, &path).is_ok());
        prop_assert!(verify::inclusion(&root, size, size, &leaf, &path).is_err());
        for other in (0..size).filter(|other| *other != index && leaves[*other as usize] != leaf) {
            prop_assert!(verify::inclusion(&root, size, other, &leaf, &path).is_err());
        }
        path.push(root);
        prop_assert!(verify::inclusion(&root, size, index, &leaf, &path).is_err());
        path.pop();
        if !path.is_empty() {
            let n = path.len();
            path[change % n][change % 32] ^= 1;
            prop_assert!(verify::inclusion(&root, size, index, &leaf, &path).is_err());
            path.pop();
            prop_assert!(verify::inclusion(&root, size, index, &leaf, &path).is_err());
        }

        let old_root = root_of(old);
        let mut path = consistency(&Leaves(&leaves), old).unwrap();
        let accepted = |path: &[Hash]| verify::consistency((old, &old_root), (size, &root), path).is_ok();
        prop_assert!(accepted(&path));
        prop_assert!(verify::consistency((old, &root_of(old - 1)), (size, &root), &path).is_err());
        prop_assert!(verify::consistency((size + 1, &old_root), (size, &root), &path).is_err());
        path.push(root);
        prop_assert!(!accepted(&path));
        path.pop();
        if !path.is_empty() {
            let n = path.len();
            path[change % n][change % 32] ^= 1;
            prop_assert!(!accepted(&path));
            path.pop();
            prop_assert!(!accepted(&path));
        }
        prop_assert!(verify::consistency((0, &root_of(0)), (size, &root), &[]).is_ok());
    }
}

#[test]
fn a_bundle_of_one_proof_is_accepted() {
    let mut log = Log::new("bundle");
    log.grow(40).publish();
    fs::write(log.dir.join("vkey"), key_line() + "\n").unwrap();
    let leaves: Vec<Hash> = entries(0, 40).map(|e| leaf_hash(&e)).collect();
    let path = inclusion(&Leaves(&leaves), 33).unwrap();
    let proof = serde_json::json!({
        "index": 33,
        "entry_b64": BASE64_STANDARD.encode(entries(33, 34).next().unwrap()),
        "path": path.iter().map(|hash| BASE64_STANDARD.encode(hash)).collect::<Vec<_>>(),
    });
    fs::create_dir(log.dir.join("proofs")).unwrap();
    fs::write(log.dir.join("proofs/33.json"), proof.to_string()).unwrap();
    let report = verify::bundle(&log.dir).unwrap();
    assert_eq!((report.log.unwrap().entries, report.proven[0].index), (40, 33));
    fs::remove_dir_all(log.dir.join("tile")).unwrap();
    assert_eq!(verify::bundle(&log.dir).unwrap().log, None);
    fs::write(log.dir.join("proofs/33.json"), proof.to_string().replace("33,", "34,")).unwrap();
    assert_eq!(verify::bundle(&log.dir).unwrap_err().what, verify::What::Proof);
}

#[test]
fn a_bundle_with_files_is_bound_to_them() {
    use sha2::{Digest, Sha256};
    let mut log = Log::new("files");
    log.grow(6).publish();
    let write = |path: &str, bytes: &[u8]| {
        let path = log.dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let captures = [("custody.json", "{}"), ("media/page one.txt", "neutral filler text")];
    let hashes = captures.map(|(path, text)| (Sha256::digest(text).into(), path.to_owned()));
    let list = |name: &str| sign_files(name, &hashes, &key(), name).unwrap();
    write("vkey", (key_line() + "\n").as_bytes());
    write("files", list(NAME).as_bytes());
    captures.iter().for_each(|(path, text)| write(path, text.as_bytes()));
    assert_eq!(verify::bundle(&log.dir).unwrap().files, captures.map(|(path, _)| path));

    let refused = || verify::bundle(&log.dir).unwrap_err().what;
    for file in files(&log.dir).into_iter().filter(|file| !file.starts_with(log.dir.join("tile"))) {
        for bit in 0..fs::read(&file).unwrap().len() * 8 {
            let found = flip_is_found(&file, bit, || verify::bundle(&log.dir).is_err());
            assert!(found, "{}: bit {bit}", file.display());
        }
    }
    write("media/more.txt", b"");
    assert_eq!(refused(), verify::What::Uncovered);
    fs::remove_file(log.dir.join("media/more.txt")).unwrap();
    write("custody.json", b"[]");
    assert_eq!(refused(), verify::What::Altered);
    fs::remove_file(log.dir.join("custody.json")).unwrap();
    assert_eq!(refused(), verify::What::Missing);
    write("files", list("other.example/log").as_bytes());
    assert_eq!(refused(), verify::What::NotSigned(NAME.into()));
}
