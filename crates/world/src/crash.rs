//! Kills the product at random moments, cuts its power, and judges by what its peers received (D22, D23, RXP-33).
//!
//! The real program serves an agency; its providers are this world and keep their own log. People work over the public
//! API and remember what was acknowledged. At a random moment of a random phase the process gets SIGKILL, or its folder
//! is put back to what a power cut would have left ([`disk`]); then it is started again, and everything goes on. At the
//! end nothing acknowledged may be lost and nothing may have been sent twice.

mod crew;
mod disk;
mod house;
mod judge;
mod log;
mod memory;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::play::Setup;
use crate::rng::Rng;
use crate::{Error, Plan, ServeOptions};
use crew::Crew;
use house::House;
use judge::Received;
use memory::Memory;

/// Where the house says that peers reach it: this is signed.
const ENDPOINT: &str = "http://unit.example/rxp/v1";
/// Fewest and most items of the world that is made for a run.
const ITEMS: (usize, usize) = (120, 20_000);
/// Items of the world for each kill.
const ITEMS_PER_KILL: usize = 4;
/// Services of that world.
const SERVICES: usize = 16;
/// Its copies, in percent of the items.
const COPIES_PERCENT: u32 = 30;
/// One restart in so many is preceded by `renvoi fsck`; one after a power cut always is.
const FSCK_ONE_IN: usize = 4;
/// First guess of how long a phase takes, in milliseconds; from then on it is measured.
const PHASE_MS: u64 = 600;
/// A kill comes until this share of a phase's time, in percent: some come after it.
const WITHIN_PERCENT: u64 = 115;

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program `renvoi`.
    pub program: PathBuf,
    /// A new folder for everything.
    pub folder: PathBuf,
    /// Times that the process is killed.
    pub kills: usize,
    /// Times that the power is cut.
    pub power_cuts: usize,
    /// Same seed, same plan of phases and moments; what the machine does in them differs.
    pub seed: u64,
}

/// What a killed house was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Intake,
    Approve,
    Send,
    Recheck,
}

const PHASES: [Phase; 4] = [Phase::Intake, Phase::Approve, Phase::Send, Phase::Recheck];

impl Phase {
    fn word(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Approve => "approve",
            Self::Send => "send",
            Self::Recheck => "recheck",
        }
    }
}

/// Counts of a phase.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    kills: usize,
    cuts: usize,
    under_way: usize,
    took_ms: u64,
}

/// A run under way.
struct Run<'a> {
    house: House,
    crew: Crew,
    memory: Memory,
    rng: Rng,
    tallies: [Tally; PHASES.len()],
    unsynced: usize,
    names: usize,
    checked: usize,
    wrong: Vec<String>,
    say: &'a dyn Fn(&str),
}

/// Runs it; true when nothing was lost and nothing sent twice. `say` is told of the progress and the result.
///
/// # Errors
/// When the house does not start again, or refuses what its people must be able to do.
pub async fn run(options: &Options, say: &dyn Fn(&str)) -> Result<bool, Error> {
    let began = Instant::now();
    std::fs::create_dir_all(&options.folder).map_err(Error::io(options.folder.display()))?;
    let folder = options.folder.canonicalize().map_err(Error::io(options.folder.display()))?;
    let sessions = options.kills + options.power_cuts;
    let plan = Plan {
        seed: options.seed,
        items: (ITEMS_PER_KILL * sessions).clamp(ITEMS.0, ITEMS.1),
        agencies: 1,
        services: SERVICES,
        copy_rate_percent: COPIES_PERCENT,
        ..Plan::default()
    };
    let world = folder.join("world");
    crate::make(&plan, &world)?;
    let providers = crate::serve(&world, &ServeOptions::default()).await?;
    let setup = Setup::of(&world)?;
    let mut rng = Rng::new(options.seed, "crash");
    let mut house = House::new(&options.program, &folder, &providers.net, &mut rng)?;
    if options.power_cuts > 0 {
        house.make_watcher().await?;
    }
    let agency = &setup.world.agencies[0];
    let token = house.found(&world, (&agency.name, &agency.org, &agency.capacity)).await?;
    house.start(false).await?;
    let crew = Crew::open(&setup, &house, &providers.net, token).await?;
    say(&format!("{} items, {} services, everybody signed in", plan.items, plan.services));
    let tallies = [Tally { took_ms: PHASE_MS, ..Tally::default() }; PHASES.len()];
    let (memory, unsynced, names, checked, wrong) = (Memory::default(), 0, 0, 0, Vec::new());
    let mut run = Run { house, crew, memory, rng, tallies, unsynced, names, checked, wrong, say };
    for (n, (phase, cut)) in planned(options, &mut Rng::new(options.seed, "phases")).into_iter().enumerate() {
        run.session(phase, cut).await?;
        if (n + 1) % 20 == 0 {
            say(&format!("{} of {sessions}, {} acts acknowledged", n + 1, run.memory.acts()));
        }
    }
    run.end(options, began).await
}

/// Phases in equal shares and power cuts among the kills, in an order that the seed gives.
fn planned(options: &Options, rng: &mut Rng) -> Vec<(Phase, bool)> {
    let kinds = [(options.kills, false), (options.power_cuts, true)];
    let each =
        kinds.into_iter().flat_map(|(count, cut)| (0..count).map(move |n| (PHASES[n % PHASES.len()], cut)));
    let mut all: Vec<(Phase, bool)> = each.collect();
    for n in (1..all.len()).rev() {
        all.swap(n, rng.below(n + 1));
    }
    all
}

impl Run<'_> {
    /// Works up to the phase, kills in it, and starts again.
    async fn session(&mut self, phase: Phase, cut: bool) -> Result<(), Error> {
        if cut {
            // From here on every change of the files is known: nothing before it is in doubt.
            self.house.stop().await?;
            self.house.start(true).await?;
            self.crew.back(&self.house).await?;
        }
        self.prepare(phase).await?;
        let tally = &mut self.tallies[phase as usize];
        let within = tally.took_ms * WITHIN_PERCENT / 100;
        let moment =
            Duration::from_micros(self.rng.below(usize::try_from(within * 1000).unwrap_or(1)) as u64);
        let mut own = self.rng.clone();
        let (began, mut under_way) = (Instant::now(), false);
        let work = work(phase, (&mut self.crew, &self.house), (&mut self.memory, &mut own));
        tokio::select! {
            done = work => {
                done?;
                let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(tally.took_ms);
                tally.took_ms = (3 * tally.took_ms + took) / 4;
                tokio::time::sleep_until((began + moment).into()).await;
            }
            () = tokio::time::sleep(moment) => under_way = true,
        }
        self.house.kill().await?;
        self.rng = own;
        tally.under_way += usize::from(under_way);
        if cut {
            tally.cuts += 1;
            let lost = self.house.cut_power(&mut self.rng)?;
            self.unsynced += lost.unsynced;
            self.names += lost.names;
        } else {
            tally.kills += 1;
        }
        if cut || self.rng.below(FSCK_ONE_IN) == 0 {
            let kind = if cut { "power cut" } else { "kill" };
            let wrong = judge::fsck(&self.house).await?;
            self.checked += 1;
            self.wrong
                .extend(wrong.into_iter().map(|what| format!("after a {kind} in {}: {what}", phase.word())));
        }
        self.house.start(false).await?;
        self.crew.back(&self.house).await
    }

    /// What a phase needs: an approval needs records, sending needs an approval, a recheck needs what was sent.
    async fn prepare(&mut self, phase: Phase) -> Result<(), Error> {
        if matches!(phase, Phase::Approve | Phase::Send) && self.crew.open_work().await? == 0 {
            if self.crew.posts_left() == 0 {
                return Ok(());
            }
            self.crew.take_in(&self.house, &mut self.memory, &mut self.rng).await?;
            self.crew.quiet().await?;
        }
        match phase {
            Phase::Intake | Phase::Approve => Ok(()),
            Phase::Send => self.crew.decide(&mut self.memory).await,
            Phase::Recheck => self.crew.send(&mut self.memory).await,
        }
    }

    /// Comes to rest, judges, and says the result.
    async fn end(mut self, options: &Options, began: Instant) -> Result<bool, Error> {
        self.crew.decide(&mut self.memory).await?;
        self.crew.send(&mut self.memory).await?;
        self.crew.recheck(&mut self.memory, &mut self.rng).await?;
        let received = Received::read(&self.crew.seen())?;
        let wrong = judge::judge(&mut self.crew, &mut self.memory, (&received, &self.house.data)).await?;
        self.wrong.extend(wrong);
        self.house.stop().await?;
        self.wrong.extend(judge::fsck(&self.house).await?);
        self.wrong.extend(judge::ledger(&self.house, &self.memory, &received).await?);
        let say = self.say;
        say(&format!("{:<8} {:>6} {:>11} {:>22}", "phase", "kills", "power cuts", "an act was under way"));
        for (phase, tally) in PHASES.iter().zip(&self.tallies) {
            say(&format!(
                "{:<8} {:>6} {:>11} {:>22}",
                phase.word(),
                tally.kills,
                tally.cuts,
                tally.under_way
            ));
        }
        say(&format!(
            "power cuts took {} changes of names and put {} writes in doubt; fsck ran {} times in between",
            self.names, self.unsynced, self.checked
        ));
        say(&format!(
            "providers received {} referrals and {} mails, {} of them again under the same Message-ID",
            received.referrals.len(),
            received.mails,
            received.mails_again
        ));
        for wrong in &self.wrong {
            say(&format!("WRONG {wrong}"));
        }
        let (acts, seconds) = (self.memory.acts(), began.elapsed().as_secs());
        let found = if self.wrong.is_empty() {
            "nothing lost, nothing sent twice".to_owned()
        } else {
            format!("{} things wrong", self.wrong.len())
        };
        say(&format!(
            "seed {}: {} kills, {} power cuts, {acts} acknowledged acts: {found}, {seconds} s",
            options.seed, options.kills, options.power_cuts
        ));
        Ok(self.wrong.is_empty())
    }
}

/// The work of a phase.
async fn work(
    phase: Phase,
    (crew, house): (&mut Crew, &House),
    (memory, rng): (&mut Memory, &mut Rng),
) -> Result<(), Error> {
    match phase {
        Phase::Intake => crew.take_in(house, memory, rng).await,
        Phase::Approve => crew.decide(memory).await,
        Phase::Send => crew.send(memory).await,
        Phase::Recheck => crew.recheck(memory, rng).await,
    }
}
