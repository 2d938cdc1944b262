//! A bank file, made ready for files and for posts: cuts, points, terms, addresses.
#![no_main]

use std::io::Write;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(input).expect("a disk with room");
    if let Ok(bank) = bankfile::bank::Bank::read(file.path()) {
        assert_eq!(bank.entries.len() as u64 + bank.left_alone.values().sum::<u64>(), bank.summary.signals);
        assert!(bank.entries.iter().all(|entry| usize::from(entry.bank) < bank.names.len()));
    }
    let _ = bankfile::screen::Bank::read(file.path());
});
