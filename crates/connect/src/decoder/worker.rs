//! One child, seen from the server.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::lockdown::Sandbox;
use super::message::{self, Answer, Ask, LENGTHS_BYTES};
use super::{
    DecodeError, DecoderConfig, FILES_PER_CHILD, MAX_BODY_BYTES, READY_WAIT_SECONDS, WORK_SECONDS_PER_CHILD,
};

/// A running child. Dropping it kills it.
#[derive(Debug)]
pub(super) struct Worker {
    process: Child,
    to: ChildStdin,
    from: ChildStdout,
    files: u32,
    /// Time spent on answers: never less than the processor time of the one thread.
    worked: Duration,
}

impl Worker {
    /// Starts a child without environment and waits until it is locked down.
    pub(super) async fn start(config: &DecoderConfig) -> Result<(Self, Sandbox), DecodeError> {
        let unavailable = |what: &str| DecodeError::Unavailable(what.to_owned());
        let mut process = Command::new(&config.program)
            .args(&config.args)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| unavailable(&error.to_string()))?;
        let (Some(to), Some(from)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(unavailable("it has no line to the server"));
        };
        let mut worker = Self { process, to, from, files: 0, worked: Duration::ZERO };
        let wait = Duration::from_secs(READY_WAIT_SECONDS);
        match timeout(wait, worker.read::<Sandbox>()).await {
            Ok(Ok((sandbox, _))) => Ok((worker, sandbox)),
            Ok(Err(_)) => Err(unavailable("it could not lock itself down")),
            Err(_) => Err(unavailable("it did not get ready in time")),
        }
    }

    /// Hands over a file and takes the answer with its body. After an error the child is of no use.
    pub(super) async fn ask(&mut self, file: &[u8], what: Ask) -> Result<(Answer, Vec<u8>), DecodeError> {
        let start = Instant::now();
        let opening = message::opening(&what, file.len()).map_err(|_| DecodeError::OutOfForm)?;
        let handed = async {
            self.to.write_all(&opening).await?;
            self.to.write_all(file).await?;
            self.to.flush().await
        };
        handed.await.map_err(|_| DecodeError::Ended)?;
        let answer = self.read().await?;
        self.files += 1;
        self.worked += start.elapsed();
        Ok(answer)
    }

    async fn read<T: DeserializeOwned>(&mut self) -> Result<(T, Vec<u8>), DecodeError> {
        let mut sizes = [0; LENGTHS_BYTES];
        self.from.read_exact(&mut sizes).await.map_err(|_| DecodeError::Ended)?;
        let (head, body) = message::lengths(sizes, MAX_BODY_BYTES).ok_or(DecodeError::OutOfForm)?;
        let (mut head, mut body) = (vec![0; head], vec![0; body]);
        self.from.read_exact(&mut head).await.map_err(|_| DecodeError::Ended)?;
        self.from.read_exact(&mut body).await.map_err(|_| DecodeError::Ended)?;
        Ok((serde_json::from_slice(&head).map_err(|_| DecodeError::OutOfForm)?, body))
    }

    /// Whether it has served enough.
    pub(super) fn is_worn(&self) -> bool {
        self.files >= FILES_PER_CHILD || self.worked.as_secs() >= WORK_SECONDS_PER_CHILD
    }

    /// Kills the child and waits for its end. A failure means that it has ended already.
    pub(super) async fn kill(mut self) {
        let _ = self.process.kill().await;
    }
}
