//! The stream: every worker takes lines, compares them, and hands in what it found.
//!
//! There is no queue to fill up: a worker holds the input while it reads, and waits when its batch is too far ahead of
//! the one that is written next. So a slow reader of the hits slows the reading of posts, and memory is that of a few
//! batches for each worker.

use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::clock::{Clock, Stage};
use super::sink::{Done, Sink};
use super::source::{Batch, LINE_MAX_BYTES, Source};
use super::{Bank, Post};

/// Threads that are started at most.
const WORKERS_MAX: usize = 256;

/// How a stream is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Threads; 0 for as many as there are processors.
    pub workers: usize,
    /// Whether to measure where the time goes.
    pub stats: bool,
}

/// What came of a stream.
#[derive(Debug, Clone)]
pub struct Report {
    /// Posts that were compared.
    pub posts: u64,
    /// Posts of which something is known.
    pub hits: u64,
    /// Lines that are no posts. Blank lines are not counted.
    pub bad_lines: u64,
    /// Hits in which a limit ended the search.
    pub incomplete: u64,
    /// Whoever reads the hits left before the end.
    pub closed: bool,
    /// From begin to end.
    pub took: Duration,
    /// Where the time of all workers went, if it was measured.
    pub clock: Clock,
}

impl Default for Report {
    fn default() -> Self {
        let (posts, hits, bad_lines, incomplete) = (0, 0, 0, 0);
        let took = Duration::ZERO;
        Self { posts, hits, bad_lines, incomplete, closed: false, took, clock: Clock::new(false) }
    }
}

/// Compares each post of `input`, a JSON object a line, and writes the hits to `output`, a JSON object a line, in the
/// order of the posts. `name` is told of bad lines: number and reason.
///
/// # Errors
/// When the input cannot be read or the output not be written. That nobody reads the output any more is no error.
pub fn run(
    bank: &Bank,
    input: impl Read + Send,
    output: impl Write + Send,
    settings: Settings,
    name: impl FnMut(u64, &str) + Send,
) -> io::Result<Report> {
    let begun = Instant::now();
    let workers = match settings.workers {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        workers => workers,
    };
    let workers = workers.min(WORKERS_MAX);
    let source = Mutex::new(Source::new(input));
    let sink = Sink::new(output, name, workers);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                // should a worker break, the others do not wait for its batch
                let leaving = Leaving(|| sink.close(Some(io::Error::other("A worker broke off."))));
                work(bank, &source, &sink, settings.stats);
                std::mem::forget(leaving);
            });
        }
    });
    let report = sink.finish()?;
    Ok(Report { took: begun.elapsed(), ..report })
}

/// Does something when it is dropped.
struct Leaving<F: Fn()>(F);

impl<F: Fn()> Drop for Leaving<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn work<R: Read, W: Write, N: FnMut(u64, &str)>(
    bank: &Bank,
    source: &Mutex<Source<R>>,
    sink: &Sink<W, N>,
    stats: bool,
) {
    let mut batch = Batch::default();
    loop {
        let filled = source.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut batch);
        match filled {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => return sink.close(Some(error)),
        }
        if !sink.put(batch.number, screen(bank, &batch, stats)) {
            return source.lock().unwrap_or_else(PoisonError::into_inner).end();
        }
    }
}

/// Compares the posts of a batch.
fn screen(bank: &Bank, batch: &Batch, stats: bool) -> Done {
    let clock = Clock::new(stats);
    let mut done = Done { bytes: Vec::new(), bad: Vec::new(), posts: 0, hits: 0, incomplete: 0, clock };
    let lines = batch.bytes.split(|byte| *byte == b'\n');
    for (number, line) in (batch.line..).zip(lines) {
        if batch.cut && number == batch.line {
            done.bad.push((number, format!("The line is longer than {LINE_MAX_BYTES} bytes.")));
            continue;
        }
        let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line).trim_ascii();
        if line.is_empty() {
            continue;
        }
        let post = serde_json::from_slice::<Post>(line);
        done.clock.lap(Stage::Read);
        match post {
            Ok(post) => one(bank, &post, &mut done),
            Err(error) => done.bad.push((number, format!("The line is not a post: {error}."))),
        }
        done.clock.skip();
    }
    done
}

fn one(bank: &Bank, post: &Post, done: &mut Done) {
    done.posts += 1;
    let Some(hit) = bank.screen(post, &mut done.clock) else { return };
    let length = done.bytes.len();
    // writing to memory does not fail; were it to, there would be no half line
    if serde_json::to_writer(&mut done.bytes, &hit).is_ok() {
        done.bytes.push(b'\n');
        done.hits += 1;
        done.incomplete += u64::from(hit.incomplete);
    } else {
        done.bytes.truncate(length);
    }
    done.clock.lap(Stage::Write);
}
