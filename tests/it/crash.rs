//! Kills: a child works on a house and says what was done; it is killed at random moments; nothing that it said is lost.
//!
//! A kill leaves the page cache, so power cuts are simulated too: the write-ahead log of a copy is cut at random places
//! after the last acknowledged commit.

use crate::fsck::{Dice, copy_folder};
use crate::house::{Built, Folder, Outcome, approve, assess, desk_of, intake, opening, queue, work};
use app::{House, fsck, publish, sweep};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Kills when `RENVOI_KILLS` does not say more.
const KILLS: u64 = 20;
/// Names the folder to the child.
const FOLDER: &str = "RENVOI_CRASH_FOLDER";
/// Names the first post to the child.
const FIRST: &str = "RENVOI_CRASH_FIRST";
/// Posts that one child can hand in.
const POSTS: usize = 1_000;
/// Length of the write-ahead log's own header and of a frame's, in bytes (SQLite file format, section 4.1).
const WAL_HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;

/// The two salts and the number of frames of the write-ahead log that belong to them, and bytes a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wal {
    salts: u64,
    frames: usize,
    frame_bytes: usize,
}

fn wal(folder: &Path) -> Wal {
    let bytes = std::fs::read(folder.join("renvoi.db-wal")).unwrap_or_default();
    if bytes.len() < WAL_HEADER_BYTES {
        return Wal::default();
    }
    let page = u32::from_be_bytes(bytes[8..12].try_into().unwrap_or_default()) as usize;
    let salts = &bytes[16..24];
    let frame_bytes = FRAME_HEADER_BYTES + page;
    let frames = bytes[WAL_HEADER_BYTES..]
        .chunks_exact(frame_bytes)
        .take_while(|frame| &frame[8..16] == salts)
        .count();
    Wal { salts: u64::from_be_bytes(salts.try_into().unwrap_or_default()), frames, frame_bytes }
}

fn say(folder: &Path, what: &str) {
    let wal = wal(folder);
    println!("\nack {} {} {what}", wal.salts, wal.frames);
    let _ = std::io::stdout().flush();
}

/// The child's work; as a test of its own it does nothing.
#[tokio::test]
async fn the_child() -> Outcome {
    let (Ok(folder), Ok(first)) = (std::env::var(FOLDER), std::env::var(FIRST)) else { return Ok(()) };
    let (folder, first) = (Path::new(&folder), first.parse::<usize>()?);
    let house = House::open(opening(folder, None)).await?;
    sweep::at_start(&house).await?;
    work(&house).await?;
    let desk = desk_of(&house, "Unit One").await?;
    say(folder, "open");
    for post in (first..first + POSTS).step_by(3) {
        let summary = intake(&house, &desk, post..post + 3).await?;
        assert_eq!(summary.new, 3);
        say(folder, &format!("intake {post}"));
        work(&house).await?;
        for cluster in queue(&house.db, &desk).await?.into_iter().take(2) {
            let assessment = assess(&house, &desk, cluster.id).await?;
            say(folder, &format!("assess {assessment}"));
            for referral in approve(&house, &desk, assessment).await? {
                say(folder, &format!("approve {referral}"));
            }
        }
        publish::all(&house).await?;
        say(folder, &format!("publish {}", store::event::published(&house.db, desk.id()).await?));
    }
    Ok(())
}

fn start(folder: &Path, first: usize) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["crash::the_child", "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// What a child said before it was killed.
#[derive(Default)]
struct Said {
    lines: Vec<String>,
    salts: u64,
    frames: usize,
}

/// Lets a child work until it said `acks` things and a little longer, then kills it.
fn run_and_kill(folder: &Path, first: usize, dice: &mut Dice) -> std::io::Result<Said> {
    let mut child = start(folder, first)?;
    let acks = 1 + dice.below(24) as usize;
    let longer = Duration::from_micros(dice.below(40_000));
    let mut said = Said::default();
    let out = child.stdout.take().ok_or_else(|| std::io::Error::other("no output"))?;
    let mut lines = BufReader::new(out).lines();
    let mut hear = |said: &mut Said| -> std::io::Result<bool> {
        let Some(line) = lines.next().transpose()? else { return Ok(false) };
        let mut words = line.split(' ');
        if let (Some("ack"), Some(Ok(salts)), Some(Ok(frames))) =
            (words.next(), words.next().map(str::parse), words.next().map(str::parse))
        {
            (said.salts, said.frames) = (salts, frames);
            said.lines.push(words.collect::<Vec<_>>().join(" "));
        }
        Ok(true)
    };
    while said.lines.len() < acks && hear(&mut said)? {}
    assert!(said.lines.len() == acks, "the child ended by itself after {:?}", said.lines);
    // The kill must come between two of its steps, not only right after one.
    std::thread::sleep(longer);
    child.kill()?;
    child.wait()?;
    while hear(&mut said)? {}
    Ok(said)
}

/// Opens what is left and compares it with what was said.
async fn inspect(
    folder: &Path,
    said: &[String],
) -> Result<Arc<House>, Box<dyn std::error::Error + Send + Sync>> {
    let house = House::open(opening(folder, None)).await?;
    let report = fsck::run(&house).await;
    assert!(report.is_clean(), "after {said:?}: {:#?}", report.problems);
    for line in said {
        let there = match line.split_once(' ') {
            Some(("assess", id)) => store::assessment::get(&house.db, id.parse()?).await?.is_some(),
            Some(("approve", id)) => store::referral::get(&house.db, id.parse()?).await?.is_some(),
            Some(("publish", size)) => {
                let id = desk_of(&house, "Unit One").await?.id();
                store::event::head(&house.db, id).await?.size() >= size.parse()?
            }
            _ => true,
        };
        assert!(there, "\"{line}\" was acknowledged and is lost");
    }
    Ok(house)
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_by_kills_and_power_cuts() -> Outcome {
    let built = Built::new().await?;
    built.house.db.close().await;
    let Built { folder, house, .. } = built;
    drop(house);
    let kills = std::env::var("RENVOI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut dice = Dice(5);
    let mut said = Vec::new();
    let mut cuts = 0;
    for kill in 0..kills {
        let heard = run_and_kill(folder.path(), kill as usize * POSTS, &mut dice)?;
        said.extend(heard.lines.iter().cloned());
        cuts += usize::from(power_cut(folder.path(), &heard, &said, &mut dice).await?);
        let house = inspect(folder.path(), &said).await?;
        sweep::at_start(&house).await?;
        publish::all(&house).await?;
        let report = fsck::run(&house).await;
        assert!(report.is_clean(), "{:#?}", report.problems);
    }
    // What was acknowledged as taken in is known: handing it in again adds nothing.
    let house = House::open(opening(folder.path(), None)).await?;
    let desk = desk_of(&house, "Unit One").await?;
    for line in &said {
        if let Some(("intake", post)) = line.split_once(' ') {
            let post: usize = post.parse()?;
            assert_eq!(intake(&house, &desk, post..post + 3).await?.new, 0, "{line}");
        }
    }
    println!("{kills} kills, {cuts} power cuts, {} acknowledged acts, none lost", said.len());
    Ok(())
}

/// A copy whose write-ahead log lost its end: everything acknowledged is there.
async fn power_cut(
    folder: &Path,
    heard: &Said,
    said: &[String],
    dice: &mut Dice,
) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
    let wal = wal(folder);
    if wal.frames == 0 {
        return Ok(false);
    }
    let copy = Folder::new();
    copy_folder(folder, copy.path())?;
    // After the log was begun anew, what was acknowledged before stands in the synced file.
    let safe = if wal.salts == heard.salts { heard.frames } else { 0 };
    let kept = safe + dice.below((wal.frames - safe) as u64 + 1) as usize;
    let torn = if kept < wal.frames { dice.below(wal.frame_bytes as u64) } else { 0 };
    let file = std::fs::OpenOptions::new().write(true).open(copy.join("renvoi.db-wal"))?;
    file.set_len((WAL_HEADER_BYTES + kept * wal.frame_bytes) as u64 + torn)?;
    // The index of the log lies in memory; a power cut takes it.
    let _ = std::fs::remove_file(copy.join("renvoi.db-shm"));
    // Published tiles may be ahead of a cut database only if they were written after the last acknowledged commit.
    let house = House::open(opening(copy.path(), None)).await?;
    let id = desk_of(&house, "Unit One").await?.id();
    let size = store::event::head(&house.db, id).await?.size();
    drop(house);
    let unsaid = std::fs::read_to_string(publish_path(copy.path(), id))
        .ok()
        .and_then(|note| ledger::checkpoint::parse(&note).ok())
        .is_some_and(|head| head.size > size);
    if unsaid {
        std::fs::remove_dir_all(copy.join("ledger"))?;
        let house = House::open(opening(copy.path(), None)).await?;
        publish::all(&house).await?;
        drop(house);
    }
    inspect(copy.path(), said).await?;
    Ok(true)
}

fn publish_path(folder: &Path, agency: domain::id::AgencyId) -> std::path::PathBuf {
    folder.join("ledger").join(agency.to_string()).join(ledger::tiles::CHECKPOINT)
}
