//! A command-line tool of the system in the box: one process a file, that reads this file and writes one stream.
//!
//! The program starts itself once more ([`CHILD_ARGUMENT`](super::CHILD_ARGUMENT), then [`TOOL_WORD`]); that child locks
//! itself down ([`lockdown::lock_for_tool`]) and becomes the tool. The tool finds its file under [`INPUT`], which it can
//! open and seek in, and nothing else of people: no network, no other process, no file to write, and where the kernel has
//! landlock no file to read but the system's own libraries. What it writes to its standard output is untrusted.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use super::{DecodeError, lockdown, own_program, sentence};

/// The second argument of a child that becomes a tool.
pub const TOOL_WORD: &str = "tool";

/// Where a tool finds its file. To be named as a path: a tool that is told to read its standard input cannot seek.
pub const INPUT: &str = "/proc/self/fd/0";

/// How a child ends that could not become the tool; no tool used here ends so.
const NOT_STARTED: u8 = 125;

/// Bytes of a tool's complaints that are kept.
const MAX_WORDS_BYTES: usize = 16 << 10;

/// A tool and how much it may take.
#[derive(Clone, Debug)]
pub struct Tool {
    /// The program, as [`find`] gives it.
    pub program: PathBuf,
    /// Its arguments; [`INPUT`] stands for the file.
    pub args: Vec<OsString>,
    /// Address space, MiB. Programs with many libraries need some hundred before they do anything.
    pub memory_mib: u64,
    /// Processor time, seconds.
    pub cpu_seconds: u64,
    /// Time from the start to the end, waits of who reads included.
    pub wait: Duration,
}

/// What a tool reads.
#[derive(Debug)]
pub enum Input {
    /// An open file. It may be read from anywhere in it.
    File(File),
    /// Bytes, which are put into a file that is in memory only.
    Bytes(Vec<u8>),
}

/// A tool at work. Dropping it kills it.
#[derive(Debug)]
pub struct Running {
    process: Child,
    from: ChildStdout,
    words: JoinHandle<Vec<u8>>,
    until: Instant,
}

/// A tool with this name in the folders of the path, e.g. `ffmpeg`; `None` when it is not installed.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    std::env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
}

impl Tool {
    /// Starts the tool on a file.
    ///
    /// # Errors
    /// [`DecodeError::Unavailable`].
    pub async fn start(&self, input: Input) -> Result<Running, DecodeError> {
        let unavailable = |error: std::io::Error| DecodeError::Unavailable(error.to_string());
        let file = match input {
            Input::File(file) => file,
            Input::Bytes(bytes) => {
                let filled = tokio::task::spawn_blocking(move || in_memory(&bytes)).await;
                filled.map_err(std::io::Error::other).and_then(|file| file).map_err(unavailable)?
            }
        };
        let mut process = Command::new(own_program().map_err(unavailable)?)
            .args([super::CHILD_ARGUMENT, TOOL_WORD])
            .args([self.memory_mib.to_string(), self.cpu_seconds.to_string()])
            .arg(&self.program)
            .args(&self.args)
            .env_clear()
            // One heap: each further one takes 64 MiB of the address space.
            .envs([("LANG", "C.UTF-8"), ("MALLOC_ARENA_MAX", "1"), ("OMP_THREAD_LIMIT", "1")])
            .current_dir("/")
            .stdin(Stdio::from(file))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(unavailable)?;
        let (Some(from), Some(words)) = (process.stdout.take(), process.stderr.take()) else {
            return Err(DecodeError::Unavailable("it has no line to this program".to_owned()));
        };
        let words = tokio::spawn(kept(words));
        Ok(Running { process, from, words, until: Instant::now() + self.wait })
    }

    /// Runs the tool on a file and gives all that it writes.
    ///
    /// # Errors
    /// [`DecodeError`]; that of a tool that ends with a complaint has its words.
    pub async fn output(&self, input: Input, most_bytes: usize) -> Result<Vec<u8>, DecodeError> {
        let mut running = self.start(input).await?;
        let mut written = Vec::new();
        let mut chunk = vec![0; 64 << 10];
        loop {
            match running.read(&mut chunk).await? {
                0 => break,
                read if written.len() + read > most_bytes => {
                    let words =
                        format!("The file holds more than the {most_bytes} bytes that are taken of it.");
                    return Err(DecodeError::Refused(words));
                }
                read => written.extend_from_slice(&chunk[..read]),
            }
        }
        running.end().await?;
        Ok(written)
    }
}

impl Running {
    /// What the tool has written since, as far as the buffer goes; 0 at its end.
    ///
    /// # Errors
    /// [`DecodeError::TooSlow`] when its time is over.
    pub async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, DecodeError> {
        match timeout_at(self.until, self.from.read(buffer)).await {
            Err(_) => Err(DecodeError::TooSlow),
            Ok(read) => read.map_err(|_| DecodeError::Ended),
        }
    }

    /// Waits for the end of a tool whose output was read to its end.
    ///
    /// # Errors
    /// [`DecodeError::Refused`] with the tool's words when it ended with a complaint, [`DecodeError::Ended`] when a limit
    /// or a fault ended it, [`DecodeError::TooSlow`], [`DecodeError::Unavailable`] when it could not be locked down.
    pub async fn end(mut self) -> Result<(), DecodeError> {
        let waited = timeout_at(self.until, self.process.wait()).await.map_err(|_| DecodeError::TooSlow)?;
        let status = waited.map_err(|_| DecodeError::Ended)?;
        let words = timeout_at(self.until, self.words).await.map_err(|_| DecodeError::TooSlow)?;
        judged(status, &String::from_utf8_lossy(&words.unwrap_or_default()))
    }
}

/// The last line of the complaints says most.
fn judged(status: ExitStatus, words: &str) -> Result<(), DecodeError> {
    let last = words.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("no reason given");
    match status.code() {
        Some(0) => Ok(()),
        Some(code) if code == i32::from(NOT_STARTED) => Err(DecodeError::Unavailable(sentence(last))),
        Some(_) => Err(DecodeError::Refused(sentence(&format!("The file cannot be read: {last}")))),
        None => Err(DecodeError::Ended),
    }
}

/// The beginning of what is written; the rest is read and dropped, so that the writer never waits.
async fn kept(mut from: impl AsyncRead + Unpin) -> Vec<u8> {
    let mut words = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut chunk).await {
        let room = MAX_WORDS_BYTES - words.len();
        words.extend_from_slice(&chunk[..read.min(room)]);
    }
    words
}

fn in_memory(bytes: &[u8]) -> std::io::Result<File> {
    let mut file = lockdown::memory_file()?;
    file.write_all(bytes)?;
    Ok(file)
}

/// The child's side: locks down, then becomes the tool. The arguments are those after [`TOOL_WORD`].
pub(super) fn become_tool(mut args: impl Iterator<Item = OsString>) -> ExitCode {
    let mut number = || args.next()?.to_str()?.parse::<u64>().ok();
    let (Some(memory_mib), Some(cpu_seconds)) = (number(), number()) else {
        return ExitCode::from(NOT_STARTED);
    };
    let Some(program) = args.next().map(PathBuf::from) else { return ExitCode::from(NOT_STARTED) };
    if let Err(error) = lockdown::lock_for_tool(&program, memory_mib, cpu_seconds) {
        let _ = writeln!(std::io::stderr(), "{error}");
        return ExitCode::from(NOT_STARTED);
    }
    // It returns only when it fails.
    let error = std::process::Command::new(&program).args(args).exec();
    let _ = writeln!(std::io::stderr(), "{} cannot be started: {error}", program.display());
    ExitCode::from(NOT_STARTED)
}
