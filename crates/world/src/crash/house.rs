//! The product as an operator runs it: the program, its folder, its process that is killed and started again.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::disk::{Disk, Lost};
use crate::Error;
use crate::rng::Rng;
use crate::serve::Net;

/// Longest wait until a started house answers, in seconds.
const START_SECONDS_MAX: u64 = 60;
/// Longest run of a command of the operator, in seconds.
const COMMAND_SECONDS_MAX: u64 = 300;
/// First and last port tried: below those that the system gives to outgoing connections.
const PORTS: (u16, u16) = (18_000, 28_000);
/// Tries to find a free port.
const PORTS_TRIED_MAX: usize = 100;
/// The library that watches the files, as source.
const WATCH_SOURCE: &str = include_str!("watch.c");

/// The house under test.
pub(super) struct House {
    program: PathBuf,
    /// Everything of this run.
    folder: PathBuf,
    /// The data directory.
    pub(super) data: PathBuf,
    /// Name of its agency.
    pub(super) agency: String,
    /// Where it listens, after each start.
    pub(super) address: SocketAddr,
    smtp: SocketAddr,
    process: Option<Child>,
    watcher: Option<PathBuf>,
}

/// What an operator's command said.
pub(super) struct Said {
    /// Whether it ended with 0.
    pub(super) good: bool,
    /// Standard output.
    pub(super) out: String,
    /// Standard error.
    pub(super) err: String,
}

impl House {
    /// A house that was not founded yet, in a new folder.
    pub(super) fn new(program: &Path, folder: &Path, net: &Net, rng: &mut Rng) -> Result<Self, Error> {
        Ok(Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            data: folder.join("data"),
            agency: String::new(),
            address: free_port(rng)?,
            smtp: net.smtp,
            process: None,
            watcher: None,
        })
    }

    /// Makes the library that watches, with the C compiler.
    pub(super) async fn make_watcher(&mut self) -> Result<(), Error> {
        let (source, library) = (self.folder.join("watch.c"), self.folder.join("watch.so"));
        std::fs::write(&source, WATCH_SOURCE).map_err(Error::io(source.display()))?;
        let mut compile = Command::new("cc");
        compile.args(["-O2", "-shared", "-fPIC", "-o"]).arg(&library).arg(&source).arg("-lpthread");
        let said = finish(compile, "cc").await?;
        if !said.good {
            return Err(Error::Play(format!("cc does not make the watcher of files: {}", said.err)));
        }
        self.watcher = Some(library);
        Ok(())
    }

    /// A command of the operator: `renvoi ARGS`.
    pub(super) async fn command(&self, args: &[&OsStr]) -> Result<Said, Error> {
        let mut command = Command::new(&self.program);
        command.args(args);
        finish(command, &args.first().map(|arg| arg.to_string_lossy().into_owned()).unwrap_or_default()).await
    }

    /// A command with `--data`.
    pub(super) async fn on_data(&self, args: &[&str]) -> Result<Said, Error> {
        let mut all: Vec<&OsStr> = args.iter().map(|arg| OsStr::new(*arg)).collect();
        all.extend([OsStr::new("--data"), self.data.as_os_str()]);
        self.command(&all).await
    }

    /// Founds it with its first agency; gives the token of the administrator's link.
    pub(super) async fn found(
        &mut self,
        world: &Path,
        (name, org, capacity): (&str, &str, &str),
    ) -> Result<String, Error> {
        name.clone_into(&mut self.agency);
        let args = [
            OsStr::new("init"),
            self.data.as_os_str(),
            OsStr::new(name),
            OsStr::new("--world"),
            world.as_os_str(),
            OsStr::new("--org"),
            OsStr::new(org),
            OsStr::new("--kind"),
            OsStr::new(capacity),
            OsStr::new("--json"),
        ];
        let said = self.command(&args).await?;
        let link: Value = serde_json::from_str(&said.out).unwrap_or_default();
        let token = link["token"].as_str().map(str::to_owned);
        token.ok_or_else(|| Error::Play(format!("renvoi init gave no link: {}", said.err)))
    }

    /// Starts it and waits until it listens; `watched`: its changes of files are noted from here on.
    pub(super) async fn start(&mut self, watched: bool) -> Result<(), Error> {
        let mut command = Command::new(&self.program);
        command
            .args(["serve", "--seat", "authority", "--endpoint", super::ENDPOINT, "--data"])
            .arg(&self.data);
        command.args(["--listen", &self.address.to_string(), "--media-listen", "127.0.0.1:0"]);
        command.args(["--relay", &self.smtp.to_string()]);
        let errors = self.folder.join("serve.log");
        let errors = std::fs::File::options()
            .create(true)
            .append(true)
            .open(&errors)
            .map_err(Error::io(errors.display()))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors).kill_on_drop(true);
        if watched {
            copy(&self.data, &self.before())?;
            let library = self.watcher.as_deref().ok_or_else(|| Error::bug("no watcher was made"))?;
            command.env("LD_PRELOAD", library).env("WATCH_FOLDER", &self.data).env("WATCH_LOG", self.log());
        }
        let mut process = command.spawn().map_err(Error::io(self.program.display()))?;
        let out = process.stdout.take().ok_or_else(|| Error::bug("a process without output"))?;
        self.process = Some(process);
        let mut lines = BufReader::new(out).lines();
        let first = tokio::time::timeout(Duration::from_secs(START_SECONDS_MAX), lines.next_line()).await;
        match first {
            Ok(Ok(Some(_))) => Ok(()),
            _ => Err(Error::Play(format!(
                "the house did not start again; its words are in {}",
                self.folder.join("serve.log").display()
            ))),
        }
    }

    /// SIGKILL, now.
    pub(super) async fn kill(&mut self) -> Result<(), Error> {
        if let Some(mut process) = self.process.take() {
            process.kill().await.map_err(Error::io("the house's process"))?;
        }
        Ok(())
    }

    /// SIGTERM, and its ending is waited for.
    pub(super) async fn stop(&mut self) -> Result<(), Error> {
        let Some(mut process) = self.process.take() else { return Ok(()) };
        let id = process.id().unwrap_or_default().to_string();
        Command::new("kill").arg(id).status().await.map_err(Error::io("kill"))?;
        let ended = tokio::time::timeout(Duration::from_secs(START_SECONDS_MAX), process.wait()).await;
        match ended {
            Ok(Ok(status)) if status.success() => Ok(()),
            other => Err(Error::Play(format!("the house did not end well: {other:?}"))),
        }
    }

    /// After a kill of a watched process: puts in place of its folder what a power cut in that moment would have left.
    pub(super) fn cut_power(&mut self, rng: &mut Rng) -> Result<Lost, Error> {
        let (before, after, log) = (self.before(), self.folder.join("after"), self.log());
        let bytes = std::fs::read(&log).map_err(Error::io(log.display()))?;
        let mut disk = Disk::of(&before, &self.data)?;
        disk.play(&bytes)?;
        let lost = disk.cut((&self.data, &after), rng)?;
        for gone in [&self.data, &before] {
            std::fs::remove_dir_all(gone).map_err(Error::io(gone.display()))?;
        }
        std::fs::remove_file(&log).map_err(Error::io(log.display()))?;
        std::fs::rename(&after, &self.data).map_err(Error::io(after.display()))?;
        Ok(lost)
    }

    fn before(&self) -> PathBuf {
        self.folder.join("before")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("changes")
    }
}

async fn finish(mut command: Command, name: &str) -> Result<Said, Error> {
    command.stdin(Stdio::null()).kill_on_drop(true);
    let run = tokio::time::timeout(Duration::from_secs(COMMAND_SECONDS_MAX), command.output()).await;
    let output = run.map_err(|_| Error::Play(format!("{name} does not end")))?.map_err(Error::io(name))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Said { good: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) })
}

fn free_port(rng: &mut Rng) -> Result<SocketAddr, Error> {
    for _ in 0..PORTS_TRIED_MAX {
        let port = rng.between(i64::from(PORTS.0), i64::from(PORTS.1));
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, u16::try_from(port).unwrap_or(PORTS.0)));
        if TcpListener::bind(address).is_ok() {
            return Ok(address);
        }
    }
    Err(Error::Play("no port is free".to_owned()))
}

/// Copies a folder's folders and files; sockets are left out.
fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(to).map_err(Error::io(to.display()))?;
    for entry in std::fs::read_dir(from).map_err(Error::io(from.display()))? {
        let entry = entry.map_err(Error::io(from.display()))?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(Error::io(path.display()))?;
        if kind.is_dir() {
            copy(&path, &target)?;
        } else if kind.is_file() {
            std::fs::copy(&path, &target).map_err(Error::io(path.display()))?;
        }
    }
    Ok(())
}
