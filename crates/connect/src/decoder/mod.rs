//! The decoder box: hostile bytes are decoded in a child process that can do nothing else (D19).
//!
//! The server never parses a picture. It hands the bytes to a child, which is this same program started with
//! [`CHILD_ARGUMENT`]; the child has given up files, network, new processes and most memory before it reads
//! ([`lockdown`]), and answers facts in a small message. Children are pooled and serve many files.
//! One that is slow, ends, or answers out of form is killed and replaced.
//!
//! Rejected: a process for each file (starting costs more than most pictures), and limits inside the server
//! (a decoder's fault would be the server's). The price of reuse: a child taken over by one file could lie
//! about the next ones, so a child also retires after some files.

pub mod child;
pub mod document;
mod facts;
pub mod lockdown;
mod message;
pub mod ocr;
pub mod office;
pub mod pdf;
pub mod tool;
pub mod video;
mod worker;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use perceptual::decode::Format;
use tokio::sync::Semaphore;
use tokio::time::timeout;

pub use facts::{Cut, Decoded};
pub use lockdown::{Landlock, Sandbox};
pub use message::Want;

use document::Document;
use facts::decoded;
use message::{Answer, Ask};
use worker::Worker;

/// The hidden first argument that makes the program a decoder child.
pub const CHILD_ARGUMENT: &str = "__decode";

/// Largest file taken.
pub const MAX_FILE_BYTES: usize = 32 << 20;

/// Longest side decoded.
pub const MAX_SIDE_PX: u32 = 30_000;

/// Most pixels decoded.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Longest side of a preview.
pub const PREVIEW_SIDE_PX: u32 = 512;

/// Largest preview taken from a child.
pub const MAX_PREVIEW_BYTES: usize = 1 << 20;

/// Largest body of an answer: a document, which is more than a preview and points, or than pixels.
const MAX_BODY_BYTES: usize = document::WIRE_MAX_BYTES;

/// Time for one file in children, from handing it over to the answer, a second attempt included.
pub const ANSWER_WAIT_SECONDS: u64 = 20;

/// Time for a file to get its turn.
const TURN_WAIT_SECONDS: u64 = 120;

/// Time for a child to start and lock itself down.
const READY_WAIT_SECONDS: u64 = 10;

/// A child retires after so many files.
const FILES_PER_CHILD: u32 = 500;

/// A child retires after so much work, so that every file finds four fifths of [`lockdown::CPU_SECONDS`].
const WORK_SECONDS_PER_CHILD: u64 = lockdown::CPU_SECONDS / 5;

/// How every JPEG starts.
const JPEG_START: &[u8] = b"\xFF\xD8\xFF";

/// Characters taken of a child's sentence.
const MAX_SENTENCE_CHARS: usize = 200;

/// How children are started.
#[derive(Clone, Debug)]
pub struct DecoderConfig {
    /// The program; normally this one.
    pub program: PathBuf,
    /// Its arguments; normally [`CHILD_ARGUMENT`] alone.
    pub args: Vec<OsString>,
    /// Most children at once, at least one.
    pub pool: usize,
    /// Time for one file; normally [`ANSWER_WAIT_SECONDS`].
    pub answer_wait: Duration,
}

impl DecoderConfig {
    /// This program as its own child, with as many children as `pool`.
    pub fn this_program(pool: usize) -> std::io::Result<Self> {
        Ok(Self {
            program: own_program()?,
            args: vec![CHILD_ARGUMENT.into()],
            pool,
            answer_wait: Duration::from_secs(ANSWER_WAIT_SECONDS),
        })
    }
}

/// The program that runs now, to be started once more: also after an upgrade replaced its file, so that parent and
/// child are of one version.
///
/// # Errors
/// When the system does not tell where the program is.
pub fn own_program() -> std::io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Ok(running) } else { std::env::current_exe() }
}

/// Why there are no facts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The file is not decoded; the sentence says why, for people.
    #[error("{0}")]
    Refused(String),
    /// No answer in time; the child was killed.
    #[error("The file took longer to decode than is given to one file.")]
    TooSlow,
    /// The child ended over this file: out of memory, out of processor time, or a fault.
    #[error("The decoder ended over this file.")]
    Ended,
    /// The child's answer was too long or not of the agreed form; the child was killed.
    #[error("The decoder's answer to this file was out of form.")]
    OutOfForm,
    /// All children were taken for too long; the file may be tried again later.
    #[error("All decoders are taken.")]
    Busy,
    /// No child could be started: a matter for the operator. The file may be tried again later.
    #[error("No decoder could be started: {0}")]
    Unavailable(String),
}

impl DecodeError {
    /// Whether the file itself is at fault, so that it is set aside with this reason and not tried again.
    #[must_use]
    pub fn is_of_the_file(&self) -> bool {
        match self {
            Self::Refused(_) | Self::TooSlow | Self::Ended | Self::OutOfForm => true,
            Self::Busy | Self::Unavailable(_) => false,
        }
    }
}

/// Whether the first bytes of a file announce a picture of a format that is decoded. Nothing is parsed.
#[must_use]
pub fn announces_picture(start: &[u8]) -> bool {
    Format::of(start).is_some()
}

/// The kind of picture that the first bytes of a file announce and that is not decoded, as in "a BMP picture".
#[must_use]
pub fn announces_other_picture(start: &[u8]) -> Option<&'static str> {
    const KINDS: [(usize, &[u8], &str); 11] = [
        (4, b"ftypheic", "a HEIC picture"),
        (4, b"ftypheix", "a HEIC picture"),
        (4, b"ftypmif1", "a HEIF picture"),
        (4, b"ftypavif", "an AVIF picture"),
        (0, b"II*\0", "a TIFF picture"),
        (0, b"MM\0*", "a TIFF picture"),
        (0, b"\xFF\x0A", "a JPEG XL picture"),
        (0, b"\0\0\0\x0CJXL ", "a JPEG XL picture"),
        (0, b"\0\0\0\x0CjP  ", "a JPEG 2000 picture"),
        (0, b"\xFF\x4F\xFF\x51", "a JPEG 2000 picture"),
        (0, b"8BPS", "a Photoshop picture"),
    ];
    let at = |at: usize, mark: &[u8]| start.get(at..).is_some_and(|rest| rest.starts_with(mark));
    // Two letters announce little; behind them stand a size and four bytes that are zero.
    let is_bmp = at(0, b"BM") && at(6, &[0; 4]);
    KINDS
        .iter()
        .find(|(place, mark, _)| at(*place, mark))
        .map(|(_, _, kind)| *kind)
        .or_else(|| is_bmp.then_some("a BMP picture"))
}

/// Whether the first bytes of a file announce a document that is read, or an archive, which may be one.
#[must_use]
pub fn announces_document(start: &[u8]) -> bool {
    pdf::announces(start) || office::announces(start) || office::announces_old(start)
}

/// The pool of decoder children. Children are started when first needed and end with the pool.
#[derive(Debug)]
pub struct Decoder {
    config: DecoderConfig,
    turns: Semaphore,
    free: Mutex<Vec<Worker>>,
    sandbox: OnceLock<Sandbox>,
}

impl Decoder {
    /// A pool without children yet.
    #[must_use]
    pub fn new(config: DecoderConfig) -> Self {
        let turns = Semaphore::new(config.pool.max(1));
        Self { config, turns, free: Mutex::default(), sandbox: OnceLock::new() }
    }

    /// What held the first child; `None` before it was started. For the operator's page.
    pub fn sandbox(&self) -> Option<Sandbox> {
        self.sandbox.get().copied()
    }

    /// Decodes one file in a child. Dropping the future kills the child that has the file.
    ///
    /// A file over which a used child ends is tried once more in a fresh one, so that no file is blamed for
    /// memory or time that earlier files took.
    pub async fn picture(&self, bytes: Vec<u8>, want: Want) -> Result<Decoded, DecodeError> {
        let found = |answer, body| match answer {
            Answer::Decoded(facts) => decoded(&facts, body, want),
            _ => None,
        };
        self.in_turn(bytes, Ask::Picture(want), found).await
    }

    /// Reads a document: its text by part, and its pictures. Office files are read in a child, a PDF by poppler's tools in
    /// a box of their own. `None` for an archive of other things. With `pages`, the first pages of a PDF are drawn too.
    ///
    /// # Errors
    /// As [`picture`](Self::picture). A tool that is missing is said of the file.
    pub async fn document(&self, bytes: Vec<u8>, pages: bool) -> Result<Option<Document>, DecodeError> {
        if pdf::announces(&bytes) {
            small_enough(&bytes)?;
            let _turn = self.turn().await?;
            return pdf::read(bytes, pages).await.map(Some);
        }
        if office::announces_old(&bytes) {
            return Err(DecodeError::Refused(office::old(&bytes).to_owned()));
        }
        let found = |answer, body: Vec<u8>| match answer {
            Answer::Archive { .. } if body.is_empty() => Some(None),
            Answer::Document { document: json } => document::unpacked(json, &body).map(Some),
            _ => None,
        };
        self.in_turn(bytes, Ask::Document, found).await
    }

    /// What a machine reads in a picture. The picture is decoded in a child; the reader gets pixels only.
    ///
    /// # Errors
    /// As [`picture`](Self::picture).
    pub async fn words(&self, bytes: Vec<u8>, reader: &ocr::Reader) -> Result<String, DecodeError> {
        let found = |answer, body: Vec<u8>| match answer {
            Answer::Pixels { pixels } => ocr::Pixels::new(pixels, body),
            _ => None,
        };
        let pixels = self.in_turn(bytes, Ask::Pixels, found).await?;
        let _turn = self.turn().await?;
        reader.read(&pixels).await
    }

    async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, DecodeError> {
        let wait = Duration::from_secs(TURN_WAIT_SECONDS);
        let turn = timeout(wait, self.turns.acquire()).await.map_err(|_| DecodeError::Busy)?;
        turn.map_err(|_| DecodeError::Busy)
    }

    /// Asks one question of one file when its turn has come. `found` takes an answer that is in form.
    async fn in_turn<T>(
        &self,
        bytes: Vec<u8>,
        what: Ask,
        found: impl Fn(Answer, Vec<u8>) -> Option<T>,
    ) -> Result<T, DecodeError> {
        small_enough(&bytes)?;
        let _turn = self.turn().await?;
        let used = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut left = self.config.answer_wait;
        if let Some(worker) = used {
            let start = Instant::now();
            match self.ask(worker, (&bytes, what), left, &found).await {
                Err(DecodeError::Ended) => left = left.saturating_sub(start.elapsed()),
                answer => return answer,
            }
        }
        self.ask(self.start().await?, (&bytes, what), left, &found).await
    }

    async fn start(&self) -> Result<Worker, DecodeError> {
        let (worker, sandbox) = Worker::start(&self.config).await?;
        self.sandbox.get_or_init(|| {
            if sandbox.landlock != Landlock::Full {
                tracing::warn!(landlock = ?sandbox.landlock, "decoder children go on with the other locks");
            }
            sandbox
        });
        Ok(worker)
    }

    /// Asks a child and puts it back if it answered in form and is not worn.
    async fn ask<T>(
        &self,
        mut worker: Worker,
        (bytes, what): (&[u8], Ask),
        wait: Duration,
        found: impl Fn(Answer, Vec<u8>) -> Option<T>,
    ) -> Result<T, DecodeError> {
        let answer = timeout(wait, worker.ask(bytes, what)).await;
        let judged = match answer {
            Err(_) => Err(DecodeError::TooSlow),
            Ok(Err(error)) => Err(error),
            Ok(Ok((Answer::Refused { refused }, _))) => Ok(Err(DecodeError::Refused(sentence(&refused)))),
            Ok(Ok((answer, body))) => found(answer, body).map(Ok).ok_or(DecodeError::OutOfForm),
        };
        match judged {
            Ok(answer) => {
                if !worker.is_worn() {
                    self.free.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                }
                answer
            }
            Err(error) => {
                worker.kill().await;
                Err(error)
            }
        }
    }
}

fn small_enough(bytes: &[u8]) -> Result<(), DecodeError> {
    if bytes.len() <= MAX_FILE_BYTES {
        return Ok(());
    }
    let sentence = format!("The file is over {} MiB, more than is decoded.", MAX_FILE_BYTES >> 20);
    Err(DecodeError::Refused(sentence))
}

/// A child's words, cut and without control characters.
fn sentence(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(MAX_SENTENCE_CHARS).collect()
}
