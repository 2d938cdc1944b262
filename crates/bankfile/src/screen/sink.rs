//! Hits out, in the order in which posts came in.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Clock;
use super::flow::Report;

/// Bad lines that are named one by one; more are counted.
pub const BAD_LINES_NAMED_MAX: u64 = 100;

/// Batches that may wait for one before them, for each worker.
const AHEAD_PER_WORKER: u64 = 4;

/// What came of a batch.
#[derive(Debug)]
pub(super) struct Done {
    /// The hits, as they are written.
    pub(super) bytes: Vec<u8>,
    /// Lines that are no posts: number and reason.
    pub(super) bad: Vec<(u64, String)>,
    pub(super) posts: u64,
    pub(super) hits: u64,
    pub(super) incomplete: u64,
    pub(super) clock: Clock,
}

/// Where batches end.
pub(super) struct Sink<W, N> {
    state: Mutex<State<W, N>>,
    moved: Condvar,
    ahead: u64,
}

struct State<W, N> {
    output: W,
    /// Told of each bad line.
    name: N,
    next: u64,
    waiting: BTreeMap<u64, Done>,
    report: Report,
    failed: Option<io::Error>,
    /// Nobody reads any more, or something broke: what comes is dropped.
    closed: bool,
}

impl<W: Write, N: FnMut(u64, &str)> Sink<W, N> {
    pub(super) fn new(output: W, name: N, workers: usize) -> Self {
        let state = State {
            output,
            name,
            next: 0,
            waiting: BTreeMap::new(),
            report: Report::default(),
            failed: None,
            closed: false,
        };
        Self { state: Mutex::new(state), moved: Condvar::new(), ahead: AHEAD_PER_WORKER * workers as u64 }
    }

    fn lock(&self) -> MutexGuard<'_, State<W, N>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands in a batch, and waits while it is too far ahead. False when no more are wanted.
    pub(super) fn put(&self, number: u64, done: Done) -> bool {
        let mut state = self.lock();
        while number >= state.next + self.ahead && !state.closed {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting.insert(number, done);
        let mut wrote = false;
        while !state.closed {
            let next = state.next;
            let Some(done) = state.waiting.remove(&next) else { break };
            state.next += 1;
            state.write(&done);
            wrote = true;
        }
        if wrote {
            state.flush();
        }
        self.moved.notify_all();
        !state.closed
    }

    /// Ends it for everybody.
    pub(super) fn close(&self, error: Option<io::Error>) {
        let mut state = self.lock();
        state.closed = true;
        if state.failed.is_none() {
            state.failed = error;
        }
        self.moved.notify_all();
    }

    pub(super) fn finish(self) -> io::Result<Report> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.failed {
            None => Ok(state.report),
            Some(error) if error.kind() == ErrorKind::BrokenPipe => {
                Ok(Report { closed: true, ..state.report })
            }
            Some(error) => Err(error),
        }
    }
}

impl<W: Write, N: FnMut(u64, &str)> State<W, N> {
    fn write(&mut self, done: &Done) {
        for (line, reason) in &done.bad {
            self.report.bad_lines += 1;
            if self.report.bad_lines <= BAD_LINES_NAMED_MAX {
                (self.name)(*line, reason);
            }
        }
        self.report.posts += done.posts;
        self.report.hits += done.hits;
        self.report.incomplete += done.incomplete;
        self.report.clock.add(&done.clock);
        if let Err(error) = self.output.write_all(&done.bytes) {
            self.failed = Some(error);
            self.closed = true;
        }
    }

    fn flush(&mut self) {
        if let Err(error) = self.output.flush() {
            self.failed.get_or_insert(error);
            self.closed = true;
        }
    }
}
