//! `renvoi demo`: makes a world, founds six agencies, and plays the action day through the public API.
//!
//! The demo starts the same program that operators start, each part in a process of its own, and does by the command
//! line what an operator does there. Everything else is done by invented people through the API (D30).

mod parts;
mod sum;

use super::{Done, Failed};
use clap::Args;
use parts::{Child, Founded};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;
use world::play::{Cast, Joining, Setup};
use world::{Made, Plan};

/// Clusters that a visitor of the demo finds in the queue.
const LEFT_FOR_VISITORS: usize = 12;

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
        let done = self.play(&folder, began).await;
        if self.once && !self.keep && done.is_ok() {
            std::fs::remove_dir_all(&folder)?;
        } else {
            eprintln!("demo: everything is in {}", folder.display());
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

    async fn play(&self, folder: &Path, began: Instant) -> Done {
        let say = |what: &str| eprintln!("demo: {:>6.1} s  {what}", began.elapsed().as_secs_f64());
        let made: Made = world::make(&self.plan(), &folder.join("world"))?;
        say(&format!("a world of {} items in {} clusters was made", made.posts, made.truth.clusters));
        let (providers, net) = Child::world(folder).await?;
        say(&format!("its {} hosts answer on {}", net.hosts.len(), net.https));
        let mut setup = Setup::of(&folder.join("world"))?;
        // A visitor finds work in the queue.
        setup.leave = if self.once { 0 } else { LEFT_FOR_VISITORS };
        let founded = parts::found(folder, &setup).await?;
        let seat = parts::found_seat(folder, &setup).await?;
        say(&format!("{} agencies were founded", founded.len()));
        let units = Child::serve(&folder.join("data"), "authority", &net, &founded[0].endpoint).await?;
        let inbox = Child::serve(&folder.join("provider"), "provider", &net, &seat.endpoint).await?;
        let joining = |one: &Founded| Joining { org: one.org.clone(), token: one.token.clone() };
        let cast = Cast {
            control: format!("http://{}", net.control),
            units: format!("http://{}", units.address),
            endpoint: founded[0].endpoint.clone(),
            agencies: founded.iter().map(joining).collect(),
            seat: format!("http://{}", inbox.address),
            seat_endpoint: seat.endpoint.clone(),
            provider: joining(&seat),
        };
        let played = world::play::play(setup, cast, &say).await?;
        say("the day is over; it is counted, counted again and verified");
        let mut line = sum::up(folder, &played).await?;
        line["seconds"] = json!((began.elapsed().as_secs_f64() * 10.0).round() / 10.0);
        println!("{line}");
        if !self.once {
            parts::banner(folder, &units, &inbox, &played.people);
            // The world's time goes on, so that codes, leases and sessions do what they do on any day.
            let control = super::world::control(&folder.join("world"))?;
            tokio::select! {
                pressed = tokio::signal::ctrl_c() => pressed?,
                ended = world::play::keep_time(&control) => ended?,
            }
        }
        for part in [inbox, units, providers] {
            part.stop().await;
        }
        Ok(())
    }
}
