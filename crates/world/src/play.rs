//! Plays the action day: invented people who know only the product's public API over HTTP (D30).
//!
//! They sign in as people do, hand in what their sources sent, decide as honest readers of this world would, confirm
//! each other's work, answer questions, and move the clock. What is the same, what may be sent, to whom and when is
//! the product's to say.

pub(crate) mod api;
pub(crate) mod book;
mod day;
pub(crate) mod desk;
pub(crate) mod judgement;
pub(crate) mod office;
mod person;
mod seat;
pub(crate) mod watch;

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

pub use person::SignIn;
pub use watch::{code, keep_time, wait};

use crate::Error;
use crate::model::{Behaviour, Contact, Service, Truth, World};
use day::Day;

/// A world that can be played.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Its folder.
    pub dir: PathBuf,
    /// Its manifest.
    pub world: World,
    /// The truth about its items.
    pub truth: Truth,
    /// The service whose people use the product's own inbox.
    pub seat: Service,
    /// Clusters at the head of the queue that the players leave for a visitor.
    pub leave: usize,
}

impl Setup {
    /// Reads the world in a folder.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::File`] when it does not read; [`Error::Plan`] when no service of it answers by RXP.
    pub fn of(dir: &Path) -> Result<Self, Error> {
        let world: World = crate::serve::read_json(&dir.join("world.json"))?;
        let truth: Truth = crate::serve::read_json(&dir.join("truth.json"))?;
        let items = |host: &str| truth.items.iter().filter(|i| i.terrorist && i.service == host).count();
        let prompt = |s: &&Service| {
            s.behaviour == Behaviour::Prompt && !s.protected && matches!(s.contact, Contact::Rxp { .. })
        };
        // The one with most to answer; the first of those with equally many.
        let seat = world.services.iter().rev().filter(prompt).max_by_key(|s| items(&s.host)).cloned();
        let seat = seat.ok_or_else(|| Error::Plan("no service of this world answers by RXP".to_owned()))?;
        Ok(Self { dir: dir.to_owned(), world, truth, seat, leave: 0 })
    }
}

/// One organisation as it joins: what its operator handed over.
#[derive(Debug, Clone)]
pub struct Joining {
    /// Organisation id.
    pub org: String,
    /// Token of its administrator's one-time link.
    pub token: String,
}

/// Where everything is.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Base address of the world's control port.
    pub control: String,
    /// Base address of the agencies' API.
    pub units: String,
    /// Where the agencies say that peers reach them: this is signed.
    pub endpoint: String,
    /// The agencies, in the order of the manifest.
    pub agencies: Vec<Joining>,
    /// Base address of the API of [`Setup::seat`].
    pub seat: String,
    /// Where it says that peers reach it.
    pub seat_endpoint: String,
    /// Its administrator.
    pub provider: Joining,
}

/// What the people of the play did and saw.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Played {
    /// Lines handed in, over all agencies, reappearances too.
    pub handed_in: u64,
    /// Lines that the product knew already.
    pub known_before: u64,
    /// Assessments saved.
    pub assessed: u64,
    /// Doubts that a second reader answered.
    pub read_again: u64,
    /// Assessments that a second person confirmed.
    pub approved: u64,
    /// Referrals that a coordinator looked at because the pre-flight asked.
    pub looked: u64,
    /// Providers whose load a coordinator confirmed.
    pub loads_confirmed: u64,
    /// Questions of providers that were answered.
    pub informed: u64,
    /// Referrals taken back.
    pub withdrawn: u64,
    /// Contests decided.
    pub contested: u64,
    /// Items that came back elsewhere and were handed in.
    pub reappeared: u64,
    /// Items that the seat's person answered.
    pub answered_in_inbox: u64,
    /// Id of the operation's space.
    #[serde(skip)]
    pub space: String,
    /// Begin of the window that the report is asked for.
    pub from: String,
    /// Its end.
    pub to: String,
    /// What the providers of the world saw.
    #[serde(skip)]
    pub truth: Value,
    /// What the seat's inbox holds.
    #[serde(skip)]
    pub inbox: Value,
    /// How everybody signs in.
    #[serde(skip)]
    pub people: Vec<SignIn>,
}

/// Plays the whole day, until nothing waits and nothing is to come. `say` is told of each stage.
///
/// # Errors
/// [`Error::Play`] when the product refuses what its people must be able to do.
pub async fn play(setup: Setup, cast: Cast, say: &dyn Fn(&str)) -> Result<Played, Error> {
    let mut day = Day::open(setup, cast, say).await?;
    day.morning().await?;
    day.work().await?;
    day.hours().await?;
    day.evening().await
}
