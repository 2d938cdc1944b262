//! The processes of a demo, and what its operator types.

use super::super::Failed;
use super::super::out::{beside_as_is, tell};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{ChildStdout, Command};
use world::play::{Played, Setup, SignIn};
use world::serve::Net;

/// Longest wait for a process to say that it is up, in seconds.
const START_SECONDS_MAX: u64 = 60;
/// Longest wait for a process to end by itself, in seconds.
const END_SECONDS_MAX: u64 = 10;

/// A process of the demo.
pub(super) struct Child {
    process: tokio::process::Child,
    /// Where it listens; the control port of a world.
    pub(super) address: SocketAddr,
    _said: Lines<BufReader<ChildStdout>>,
}

/// An agency that the operator founded.
pub(super) struct Founded {
    /// Organisation id.
    pub(super) org: String,
    /// Token of the administrator's link.
    pub(super) token: String,
    /// Where peers reach it.
    pub(super) endpoint: String,
}

fn this_program() -> Result<Command, Failed> {
    let mut command = Command::new(app::own_program()?);
    command.kill_on_drop(true).stdin(Stdio::null());
    Ok(command)
}

/// Starts a process and waits for its first line.
async fn start(
    mut command: Command,
) -> Result<(tokio::process::Child, Lines<BufReader<ChildStdout>>, String), Failed> {
    // What it reads ends when this process does, even when that is killed; then it ends too.
    command.arg("--until-input-ends").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn()?;
    let out = process.stdout.take().ok_or_else(|| Failed::Other("a process without output".into()))?;
    let mut lines = BufReader::new(out).lines();
    let first = tokio::time::timeout(Duration::from_secs(START_SECONDS_MAX), lines.next_line()).await;
    match first {
        Ok(Ok(Some(line))) => Ok((process, lines, line)),
        _ => Err(Failed::Other("a process of the demo did not start; its words are above".into())),
    }
}

/// A free port of the loopback.
fn free() -> Result<SocketAddr, Failed> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

impl Child {
    /// `renvoi world serve`.
    pub(super) async fn world(folder: &Path) -> Result<(Self, Net), Failed> {
        let mut command = this_program()?;
        command.args(["world", "serve"]).arg(folder.join("world"));
        let (process, said, line) = start(command).await?;
        let net: Net = serde_json::from_str(&line)?;
        Ok((Self { process, address: net.control, _said: said }, net))
    }

    /// `renvoi serve`.
    pub(super) async fn serve(data: &Path, seat: &str, net: &Net, endpoint: &str) -> Result<Self, Failed> {
        let address = free()?;
        let mut command = this_program()?;
        command.args(["serve", "--seat", seat, "--endpoint", endpoint, "--data"]).arg(data);
        command.args(["--listen", &address.to_string(), "--media-listen", "127.0.0.1:0"]);
        command.args(["--relay", &net.smtp.to_string()]);
        let (process, said, _) = start(command).await?;
        Ok(Self { process, address, _said: said })
    }

    /// Asks it to end, and waits for a while.
    pub(super) async fn stop(mut self) {
        if let Some(id) = self.process.id() {
            let asked = Command::new("kill").arg(id.to_string()).status().await;
            if asked.is_ok_and(|status| status.success()) {
                let _ = tokio::time::timeout(Duration::from_secs(END_SECONDS_MAX), self.process.wait()).await;
            }
        }
        let _ = self.process.start_kill();
    }
}

async fn typed(mut command: Command) -> Result<Value, Failed> {
    let output = command.output().await?;
    if !output.status.success() {
        return Err(Failed::Other(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn token(link: &Value) -> String {
    link["token"].as_str().unwrap_or_default().to_owned()
}

/// Founds every agency of the world in `data`, by `renvoi init` and `renvoi agency add`.
pub(super) async fn found(folder: &Path, setup: &Setup) -> Result<Vec<Founded>, Failed> {
    let data = folder.join("data");
    let endpoint = "http://units.example/rxp/v1";
    let mut founded = Vec::new();
    for agency in &setup.world.agencies {
        let mut command = this_program()?;
        if founded.is_empty() {
            command.arg("init").arg(&data).arg(&agency.name).arg("--world").arg(folder.join("world"));
        } else {
            command.args(["agency", "add", &agency.name, "--data"]).arg(&data);
        }
        command.args(["--org", &agency.org, "--kind", &agency.capacity, "--json"]);
        command.args(["--languages", &agency.languages.join(",")]);
        let link = typed(command).await?;
        founded.push(Founded { org: agency.org.clone(), token: token(&link), endpoint: endpoint.to_owned() });
    }
    Ok(founded)
}

/// Founds the provider that reads its referrals in an inbox of Renvoi.
pub(super) async fn found_seat(folder: &Path, setup: &Setup) -> Result<Founded, Failed> {
    let service = &setup.seat;
    let mut command = this_program()?;
    command.arg("init").arg(folder.join("provider")).arg(&service.name);
    command.arg("--world").arg(folder.join("world"));
    command.args(["--org", &service.host, "--kind", "provider", "--json"]);
    let link = typed(command).await?;
    let endpoint = format!("http://{}/rxp/v1", service.host);
    Ok(Founded { org: service.host.clone(), token: token(&link), endpoint })
}

/// Says where the console is and how the invented people sign in; last, because it stays in view, whom to begin as.
pub(super) fn banner(folder: &Path, units: SocketAddr, inbox: SocketAddr, people: &[SignIn]) {
    tell!("");
    tell!("The day is over; nothing of it is real. Everybody who can sign in:");
    tell!("Agency · login · password · secret of the codes (Base32) · role:");
    for person in people {
        tell!(
            "  {} · {} · {} · {} · {}",
            person.agency,
            person.login,
            person.password,
            person.secret,
            person.role
        );
    }
    let program =
        std::env::current_exe().map_or_else(|_| "renvoi".to_owned(), |path| path.display().to_string());
    let world = folder.join("world");
    tell!("");
    tell!("The console: http://{units}/");
    tell!("The inbox of a provider: http://{inbox}/");
    tell!(
        "Begin as an analyst, then be the second person, the coordinator for what is held back, and the provider. A code works once; these lines give one:"
    );
    let analyst = people.iter().find(|person| person.role == "analyst");
    let beside = |role: &str| {
        people.iter().find(|person| {
            person.role == role && analyst.is_none_or(|analyst| analyst.agency == person.agency)
        })
    };
    let (approver, coordinator) = (beside("approver"), beside("coordinator"));
    let provider = people.iter().find(|person| person.role == "provider");
    for person in [analyst, approver, coordinator, provider].into_iter().flatten() {
        tell!(
            "  {}: agency {}, login {}, password {}",
            person.role,
            person.agency,
            person.login,
            person.password
        );
        tell!("    {program} world code {} --world {}", person.secret, world.display());
    }
    tell!("Providers of the world answer after some hours. To let hours pass (then sign in again):");
    tell!("  {program} world wait 2 --world {}", world.display());
    tell!("Ctrl-C ends it.");
}

/// The report of the play's space, by `renvoi report action-day`; written to `file` and read back.
pub(super) async fn report(data: &Path, played: &Played, file: &Path) -> Result<Value, Failed> {
    let mut command = this_program()?;
    command.args(["report", "action-day", "--space", &played.space, "--format", "json"]);
    command.args(["--from", &played.from, "--to", &played.to]);
    command.arg("--out").arg(file).arg("--data").arg(data);
    let output = command.output().await?;
    if !output.status.success() {
        return Err(Failed::Other(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

/// Whether `renvoi report recount` finds every number again in the ledgers.
pub(super) async fn recount(ledgers: &[PathBuf], report: &Path) -> Result<bool, Failed> {
    let mut command = this_program()?;
    command.args(["report", "recount", "--json"]).args(ledgers).arg("--against").arg(report);
    let output = command.output().await?;
    if !output.status.success() {
        beside_as_is(format_args!("demo: {}", String::from_utf8_lossy(&output.stdout)));
        beside_as_is(format_args!("demo: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(output.status.success())
}
