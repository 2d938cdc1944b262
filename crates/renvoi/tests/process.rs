//! Processes that are left alone: whose words nobody can read, and whose parent was killed.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Looks at most so often at what another process does, each after a tenth of a second.
const LOOKS_MAX: usize = 1_200;

/// The program in a folder, without input.
fn renvoi(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_renvoi"));
    command.args(words).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// Looks again and again until there is something.
fn awaited<T>(mut look: impl FnMut() -> Option<T>) -> Outcome<T> {
    for _ in 0..LOOKS_MAX {
        if let Some(found) = look() {
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err("it did not come".into())
}

/// What is said beside the output goes nowhere when nobody reads it or its device is full; the output and the exit code
/// are the same.
#[test]
fn words_that_nobody_reads_break_nothing() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    std::fs::write(at.join("e.csv"), "from,to\na,a\na,b\na,b\nb,c\n")?;
    std::fs::write(at.join("bank.csv"), "kind,value\nterm,heavy rain\nsmell,x\n")?;
    let commands: [&[&str]; 6] = [
        &["network", "rank", "--edges", "e.csv", "--json"],
        &["network", "dismantle", "--edges", "e.csv"],
        &["screen", "--bank", "bank.csv", "--stats"],
        &["scan", ".", "--bank", "bank.csv", "--stats"],
        &["scan", ".", "--bank", "nowhere.csv"],
        &["fsck", "--data", "nowhere"],
    ];
    for words in commands {
        let run = |to: Stdio| -> Outcome<Output> { Ok(renvoi(at, words).stderr(to).output()?) };
        let heard = run(Stdio::piped())?;
        assert!(!heard.stderr.is_empty(), "{words:?} says nothing beside its output");
        let (reader, gone) = std::io::pipe()?;
        drop(reader);
        for to in [gone.into(), File::options().write(true).open("/dev/full")?.into()] {
            let unheard = run(to)?;
            assert_eq!(
                (unheard.status.code(), String::from_utf8_lossy(&unheard.stdout)),
                (heard.status.code(), String::from_utf8_lossy(&heard.stdout)),
                "{words:?}"
            );
        }
    }
    Ok(())
}

/// Processes that a process started and that still run, by their ids.
fn children(of: u32) -> Vec<u32> {
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| parent(*id) == Some(of)).collect()
}

/// The parent of a process that still runs.
fn parent(id: u32) -> Option<u32> {
    let facts = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in brackets may hold anything.
    let (_, facts) = facts.rsplit_once(") ")?;
    let mut facts = facts.split(' ');
    let runs = facts.next()? != "Z";
    facts.next()?.parse().ok().filter(|_| runs)
}

/// Whether a process runs that has these words among its own.
fn runs(id: u32, word: &Path) -> bool {
    let said = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    let word = word.as_os_str().as_encoded_bytes();
    parent(id).is_some() && said.split(|byte| *byte == 0).any(|part| part.starts_with(word))
}

/// A demo that is killed takes its parts with it.
#[test]
fn a_killed_demo_leaves_no_process() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path().canonicalize()?;
    let mut demo: Child =
        renvoi(&at, &["demo", "--items", "60", "--dir", "demo"]).stderr(Stdio::null()).spawn()?;
    // The world, and both houses.
    let parts = awaited(|| {
        let parts = children(demo.id());
        let parts: Vec<u32> = parts.into_iter().filter(|id| runs(*id, &at)).collect();
        (parts.len() >= 3 || demo.try_wait().is_ok_and(|over| over.is_some())).then_some(parts)
    })?;
    assert!(parts.len() >= 3, "the demo ended before its parts were there");
    demo.kill()?;
    demo.wait()?;
    awaited(|| parts.iter().all(|id| !runs(*id, &at)).then_some(()))?;
    Ok(())
}
