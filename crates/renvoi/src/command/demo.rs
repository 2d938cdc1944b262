//! `renvoi demo`: makes a world, founds six agencies, and plays the action day through the public API.
//!
//! The demo starts the same program that operators start, each part in a process of its own, and does by the command
//! line what an operator does there. Everything else is done by invented people through the API (D30).

mod parts;
mod sum;

use super::{Done, Failed};
use crate::command::out::{say, tell};
use clap::Args;
use parts::{Child, Founded};
use serde_json::json;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Instant;
use world::play::{Cast, Joining, Setup};
use world::{Made, Plan};

/// Clusters that a visitor of the demo finds in the queue.
const LEFT_FOR_VISITORS: usize = 12;

/// What runs, in the order in which it was started, and whether the day is over.
#[derive(Default)]
struct Stage {
    parts: Vec<Child>,
    over: bool,
}

impl Stage {
    /// Keeps a part; where it listens.
    fn push(&mut self, part: Child) -> SocketAddr {
        let address = part.address;
        self.parts.push(part);
        address
    }
}

/// Plays the action day on an invented world, on this machine, without any network
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  renvoi demo\n  renvoi demo --once --items 300 --seed 7")]
pub(crate) struct Demo {
    /// Ends after the day, with one line of JSON; without it the console stays open.
    #[arg(long)]
    once: bool,
    /// Same seed, same world and same counts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Items of the world.
    #[arg(long, default_value_t = Plan::default().items)]
    items: usize,
    /// Folder for world and data; it must be new. A temporary one when it is not given.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Keeps the folder of a run with --once.
    #[arg(long)]
    keep: bool,
}

impl Demo {
    pub(crate) async fn run(self) -> Done {
        let began = Instant::now();
        self.plan().check()?;
        let folder = self.folder()?;
        let mut stage = Stage::default();
        let done = tokio::select! {
            done = self.play(&folder, began, &mut stage) => done,
            told = super::ending::told_to_end() => told.map_err(Failed::from),
        };
        let done = match done {
            Ok(()) if !stage.over => {
                Err(Failed::Other("The demo was ended before its day was over.".to_owned()))
            }
            done => done,
        };
        for part in stage.parts.into_iter().rev() {
            part.stop().await;
        }
        if self.once && !self.keep && done.is_ok() {
            std::fs::remove_dir_all(&folder)?;
        } else {
            tell!("demo: everything is in {}", folder.display());
        }
        done
    }

    fn plan(&self) -> Plan {
        Plan { seed: self.seed, items: self.items, ..Plan::default() }
    }

    fn folder(&self) -> Result<PathBuf, Failed> {
        let folder = match &self.dir {
            Some(folder) => folder.clone(),
            None => std::env::temp_dir().join(format!("renvoi-demo-{}", std::process::id())),
        };
        if folder.join("data").exists() {
            return Err(Failed::Input(format!(
                "{} holds a demo already. Choose another --dir.",
                folder.display()
            )));
        }
        std::fs::create_dir_all(&folder)?;
        Ok(folder.canonicalize()?)
    }

    async fn play(&self, folder: &Path, began: Instant, stage: &mut Stage) -> Done {
        let say = |what: &str| tell!("demo: {:>6.1} s  {what}", began.elapsed().as_secs_f64());
        if !self.once {
            say(
                "a day is played first; the console's address and the log-ins are the last lines that follow",
            );
        }
        let made: Made = world::make(&self.plan(), &folder.join("world"))?;
        say(&format!("a world of {} items in {} clusters was made", made.posts, made.truth.clusters));
        let (providers, net) = Child::world(folder).await?;
        stage.push(providers);
        say(&format!("its {} hosts answer on {}", net.hosts.len(), net.https));
        let mut setup = Setup::of(&folder.join("world"))?;
        // A visitor finds work in the queue.
        setup.leave = if self.once { 0 } else { LEFT_FOR_VISITORS };
        let founded = parts::found(folder, &setup).await?;
        let seat = parts::found_seat(folder, &setup).await?;
        say(&format!("{} agencies were founded", founded.len()));
        let units = Child::serve(&folder.join("data"), "authority", &net, &founded[0].endpoint).await?;
        let units_at = stage.push(units);
        let inbox = Child::serve(&folder.join("provider"), "provider", &net, &seat.endpoint).await?;
        let inbox_at = stage.push(inbox);
        let joining = |one: &Founded| Joining { org: one.org.clone(), token: one.token.clone() };
        let cast = Cast {
            control: format!("http://{}", net.control),
            units: format!("http://{units_at}"),
            endpoint: founded[0].endpoint.clone(),
            agencies: founded.iter().map(joining).collect(),
            seat: format!("http://{inbox_at}"),
            seat_endpoint: seat.endpoint.clone(),
            provider: joining(&seat),
        };
        let played = world::play::play(setup, cast, &say).await?;
        say("the day is over; it is counted, counted again and verified");
        let mut line = sum::up(folder, &played).await?;
        line["seconds"] = json!((began.elapsed().as_secs_f64() * 10.0).round() / 10.0);
        say!("{line}")?;
        stage.over = true;
        if !self.once {
            parts::banner(folder, units_at, inbox_at, &played.people);
            // The world's time goes on, so that codes, leases and sessions do what they do on any day.
            let control = super::world::control(&folder.join("world"))?;
            world::play::keep_time(&control).await?;
        }
        Ok(())
    }
}
