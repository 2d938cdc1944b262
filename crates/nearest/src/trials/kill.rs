//! A process that is killed.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::lists::Chance;
use super::trials;
use crate::{Index, Profile, Snapshot};

/// Ids that are looked up after a kill, twice.
const CHECKED: usize = 500;
const FOLDER: &str = "RENVOI_NEAREST_KILL";

/// Not a test by itself: the process that `a_killed_process_loses_nothing_acknowledged` kills.
#[test]
fn the_one_that_is_killed() -> Result<(), Box<dyn std::error::Error>> {
    let Ok(folder) = std::env::var(FOLDER) else { return Ok(()) };
    let folder = PathBuf::from(folder);
    let index = Index::open(&folder).or_else(|_| Index::create(&folder, Profile::Fast))?;
    let mut next = index.snapshot().len() as u64;
    loop {
        for _ in 0..100 {
            index.insert(next, Chance(next).value())?;
            next += 1;
        }
        index.sync()?;
        println!("\nsynced {next}");
        std::io::stdout().flush()?;
    }
}

#[test]
#[cfg_attr(not(unix), ignore = "kills")]
fn a_killed_process_loses_nothing_acknowledged() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("renvoi-nearest-kill-{}", std::process::id()));
    let mut chance = Chance(3);
    for _ in 0..trials(8).min(300) {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--exact", "trials::kill::the_one_that_is_killed", "--nocapture"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let enough = 1 + chance.below(40);
        let mut acknowledged = 0;
        let synced = lines
            .by_ref()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("synced ")?.parse().ok());
        for next in synced.take(enough) {
            acknowledged = next;
        }
        child.kill()?;
        child.wait()?;
        // What it still said before it was killed counts too.
        for line in lines.map_while(Result::ok) {
            acknowledged =
                line.strip_prefix("synced ").and_then(|next| next.parse().ok()).unwrap_or(acknowledged);
        }
        let snapshot = Snapshot::open(&folder)?;
        assert!(acknowledged > 0 && snapshot.len() as u64 >= acknowledged, "{acknowledged}");
        // All of the last, and some of those that outlived kills before.
        let old = (0..acknowledged).step_by(acknowledged as usize / CHECKED + 1);
        for id in old.chain(acknowledged.saturating_sub(CHECKED as u64)..acknowledged) {
            let found = snapshot.within(&Chance(id).value(), 0);
            assert_eq!(found.iter().map(|near| near.id).collect::<Vec<_>>(), [id]);
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
