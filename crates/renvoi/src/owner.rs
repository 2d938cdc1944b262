//! The owner's door (D21): a unix socket in the data directory through which the command line asks the owning process.
//!
//! One request a connection: a line of JSON, answered by a line of JSON. Only the folder's own user, or root, is heard.

use crate::command::Failed;
use crate::command::{intake, report};
use app::House;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Name of the socket.
const SOCKET: &str = "owner.sock";
/// Longest request, in bytes.
const REQUEST_MAX_BYTES: u64 = 256 * 1024;
/// Longest answer, in bytes.
const ANSWER_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asked {
    /// Take a file in.
    Intake(intake::File),
    /// Count, and write the report to a file.
    Report(report::File),
}

fn path(folder: &Path) -> PathBuf {
    folder.join(SOCKET)
}

/// Whether a process answers at the door.
pub(crate) async fn is_there(folder: &Path) -> bool {
    UnixStream::connect(path(folder)).await.is_ok()
}

/// Asks the owner.
pub(crate) async fn ask(folder: &Path, asked: &Asked) -> Result<Value, Failed> {
    let mut stream = UnixStream::connect(path(folder)).await?;
    let mut line = serde_json::to_vec(asked)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut answer = String::new();
    BufReader::new(stream.take(ANSWER_MAX_BYTES)).read_line(&mut answer).await?;
    let mut answer: Value = serde_json::from_str(&answer)?;
    match answer["failed"].as_str() {
        None => Ok(answer["done"].take()),
        Some(sentence) if answer["input"] == true => Err(Failed::Input(sentence.to_owned())),
        Some(sentence) => Err(Failed::Other(sentence.to_owned())),
    }
}

/// Opens the door; it closes with `shutdown`.
pub(crate) fn open_door(house: Arc<House>, shutdown: CancellationToken) -> std::io::Result<JoinHandle<()>> {
    let (socket, user) = (path(&house.folder), std::fs::metadata(&house.folder)?.uid());
    // The lock file says that no other process owns the folder: what lies there is left over.
    if socket.exists() {
        std::fs::remove_file(&socket)?;
    }
    let listener = UnixListener::bind(&socket)?;
    std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                () = shutdown.cancelled() => break,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else { continue };
            let own = stream.peer_cred().is_ok_and(|peer| peer.uid() == user || peer.uid() == 0);
            if !own {
                tracing::warn!("another user knocked at the owner's door");
                continue;
            }
            let house = house.clone();
            tokio::spawn(async move {
                if let Err(error) = answer(&house, stream).await {
                    tracing::warn!(%error, "an answer at the owner's door failed");
                }
            });
        }
        if let Err(error) = std::fs::remove_file(&socket) {
            tracing::debug!(%error, "the socket was gone");
        }
    }))
}

async fn answer(house: &Arc<House>, stream: UnixStream) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    BufReader::new(reader.take(REQUEST_MAX_BYTES)).read_line(&mut line).await?;
    // Somebody only looked whether anybody is there.
    if line.is_empty() {
        return Ok(());
    }
    let answer = match serde_json::from_str(&line) {
        Ok(Asked::Intake(file)) => told(intake::take(house, file).await.map(|summary| json!(summary))),
        Ok(Asked::Report(file)) => told(report::write(house, &file).await.map(|bytes| json!(bytes))),
        Err(error) => json!({ "failed": format!("the request is not understood: {error}"), "input": true }),
    };
    writer.write_all(format!("{answer}\n").as_bytes()).await
}

fn told(done: Result<Value, Failed>) -> Value {
    match done {
        Ok(value) => json!({ "done": value }),
        Err(Failed::Input(sentence)) => json!({ "failed": sentence, "input": true }),
        Err(failed @ Failed::Told(_)) => json!({ "failed": failed.to_string(), "input": false }),
        Err(Failed::Other(sentence)) => json!({ "failed": sentence, "input": false }),
    }
}
