//! The program under measurement, as an operator runs it.

use crate::machine;
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Time between two looks at a process, in milliseconds.
const LOOK_MS: u64 = 10;

/// The program, and a PostgreSQL address when the data is there.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub(crate) program: PathBuf,
    pub(crate) database: Option<String>,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
    pub(crate) seconds: f64,
    pub(crate) peak_kib: u64,
}

impl Ran {
    /// The first line of output as JSON.
    pub(crate) fn json(&self) -> Result<Value> {
        ensure!(self.code == 0, "it ended {}: {}", self.code, self.error.trim());
        serde_json::from_str(self.out.lines().next().unwrap_or_default()).context("its output is no JSON")
    }
}

/// A process that serves; it ends with this value.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Product {
    fn command<A: AsRef<OsStr>>(&self, args: &[A], data: Option<&Path>) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).stdin(Stdio::null());
        if let Some(data) = data {
            command.arg("--data").arg(data);
            if let Some(database) = &self.database {
                command.args(["--database", database]);
            }
        }
        command
    }

    /// Runs a command to its end and watches its memory.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: &[A], data: Option<&Path>) -> Result<Ran> {
        let mut command = self.command(args, data);
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (mut out, mut error) = (child.stdout.take(), child.stderr.take());
        let out = std::thread::spawn(move || read(out.as_mut()));
        let error = std::thread::spawn(move || read(error.as_mut()));
        let mut peak_kib = 0;
        let status = loop {
            peak_kib = machine::peak_kib(child.id()).max(peak_kib);
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(LOOK_MS));
        };
        let seconds = began.elapsed().as_secs_f64();
        let (out, error) = (out.join().unwrap_or_default(), error.join().unwrap_or_default());
        Ok(Ran { code: status.code().unwrap_or(-1), out, error, seconds, peak_kib })
    }

    /// A new data directory; gives the token of the first administrator's link.
    pub(crate) fn init(&self, data: &Path) -> Result<String> {
        let folder = data.to_string_lossy();
        let mut args = vec!["init", &folder, "Bench Unit", "--json"];
        if let Some(database) = &self.database {
            args.extend(["--database", database.as_str()]);
        }
        let made = self.run(&args, None)?.json()?;
        Ok(made["token"].as_str().unwrap_or_default().to_owned())
    }

    /// Serves a data directory on a free port of the loopback.
    pub(crate) fn serve(&self, data: &Path) -> Result<Served> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let listen = address.to_string();
        let args = ["serve", "--listen", &listen, "--media-listen", "127.0.0.1:0"];
        let mut child =
            self.command(&args, Some(data)).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        ensure!(!line.is_empty(), "the server did not start");
        Ok(Served { child, address })
    }
}

fn read(from: Option<&mut impl std::io::Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        let _ = from.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Served {
    /// Its greatest memory so far, in KiB.
    pub(crate) fn peak_kib(&self) -> u64 {
        machine::peak_kib(self.child.id())
    }

    /// Asks it to end and waits.
    pub(crate) fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Copies a data directory whose process has ended.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
