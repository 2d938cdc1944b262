//! One data directory and all that a step needs: database, blobs, clock, ways out, decoder.

use crate::clock::Clock;
use crate::{Error, Result};
use connect::decoder::ocr::Reader;
use connect::decoder::video::Ffmpeg;
use connect::decoder::{Decoder, DecoderConfig};
use connect::fetcher::{AddressPolicy, Fetcher, Pace};
use connect::world_net::WorldNet;
use domain::id::AgencyId;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Db;
use store::blob::Blobs;
use store::crypt::Keys;
use tokio::sync::broadcast;

/// Decoder children at once.
const DECODERS: usize = 2;
/// Files that ffmpeg decodes at once.
const FFMPEGS: usize = 1;
/// So much of the beginning of a video or sound is compared, seconds.
const MEDIA_SECONDS_MAX: u32 = 900;
/// Seconds between two visits of one host on the open internet (RXP-140).
const POLITE_SECONDS: i64 = 10;
/// Live notices kept for a slow page.
const NOTICES: usize = 1024;

/// Which side this process serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// An authority: assesses and refers.
    Authority,
    /// A provider: receives and answers.
    Provider,
}

/// A data directory that this process owns (D21).
pub struct House {
    /// Its folder.
    pub folder: PathBuf,
    /// Its database.
    pub db: Db,
    /// Its blobs.
    pub blobs: Blobs,
    /// Read by who stores pictures before the rows that name them, written by who forgets pictures that no row names.
    pub(crate) pictures: tokio::sync::RwLock<()>,
    /// Its time.
    pub clock: Clock,
    /// Its side.
    pub seat: Seat,
    /// Where this server is reached by peers: `https://host/rxp/v1`.
    pub endpoint: String,
    /// The decoder's children.
    pub decoder: Arc<Decoder>,
    /// What decodes videos and sounds, when it is installed.
    pub ffmpeg: Ffmpeg,
    /// What reads words in pictures, when it was asked for.
    pub words: Option<Reader>,
    /// The one safe fetcher for content.
    pub fetcher: Fetcher,
    /// Its world, when it is one.
    pub world: Option<World>,
    /// The SMTP relay, when set.
    pub relay: Option<connect::delivery::mail::Relay>,
    /// Tells pages that something changed: the space.
    pub notices: broadcast::Sender<AgencyId>,
    /// Matchers of each space, made again when its signals change.
    pub(crate) matchers: crate::recognise::Matchers,
    /// How often people looked up in this minute.
    pub(crate) lookups: crate::lookup::Paces,
    /// Pictures of closed lists, and how often uploads were compared in this minute.
    pub(crate) uploads: crate::signals::Uploads,
    /// Networks of assessed content, made again when it changes.
    pub(crate) networks: crate::network::Networks,
    /// Cells among the acts of assessed content, by space.
    pub(crate) cells: crate::remembered::Remembered<crate::view::cells::Cells>,
    /// Shifts of counts, by space.
    pub(crate) shifts: crate::remembered::Remembered<crate::view::shifts::Counted>,
    /// Links out of assessed content.
    pub(crate) outlinks: crate::remembered::Remembered<crate::radar::Outlinks>,
    /// Likely same actors, by space.
    pub(crate) leads: crate::remembered::Remembered<crate::view::leads::Leads>,
    /// Identifiers that money is sent to, by space.
    pub(crate) money: crate::remembered::Remembered<crate::view::money::Money>,
    _lock: std::fs::File,
}

/// A data directory that was made as a world: marked for ever, banner on each page (D11).
pub struct World {
    /// The world's folder.
    pub folder: PathBuf,
    /// Its network.
    pub net: WorldNet,
}

/// How a house is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Its folder.
    pub folder: PathBuf,
    /// Its side.
    pub seat: Seat,
    /// Where peers reach it.
    pub endpoint: String,
    /// PostgreSQL instead of SQLite.
    pub database: Option<String>,
    /// SMTP relay `host:port`, unencrypted on loopback or STARTTLS elsewhere.
    pub relay: Option<String>,
    /// A machine reads words in pictures.
    pub reads_words: bool,
}

impl House {
    /// Opens the data directory and owns it until it is dropped. `None` world: the open internet.
    pub async fn open(opening: Opening) -> Result<Arc<Self>> {
        let folder = opening.folder;
        store::folder_of_owner(&folder.join("keys"))?;
        let lock = own(&folder)?;
        let keys = Keys::open(&folder.join("keys").join("master.key"))?;
        let db = match &opening.database {
            Some(address) => Db::postgres(address, keys).await?,
            None => Db::sqlite(&folder.join("renvoi.db"), keys).await?,
        };
        let world = match store::agency::house(&db, "world").await? {
            Some(path) => {
                let path = PathBuf::from(path);
                let net = WorldNet::read(&path.join("net").join("net.json"))
                    .map_err(|error| Error::Input(error.to_string()))?;
                Some(World { folder: path, net })
            }
            None => None,
        };
        let (policy, pace, clock) = match &world {
            Some(world) => {
                (AddressPolicy::World(world.net.clone()), Pace::every_s(0), Clock::of_world(&world.folder))
            }
            None => (AddressPolicy::Public, Pace::every_s(POLITE_SECONDS), Clock::System),
        };
        let fetcher = Fetcher::new(policy, pace).map_err(|error| Error::Bug(error.to_string()))?;
        let config = DecoderConfig::this_program(DECODERS).map_err(|error| Error::Bug(error.to_string()))?;
        let words = match opening.reads_words {
            true => Some(Reader::find().await.map_err(Error::Input)?),
            false => None,
        };
        let house = Arc::new(Self {
            blobs: Blobs::open(&folder.join("blobs"))?,
            pictures: tokio::sync::RwLock::new(()),
            db,
            clock,
            seat: opening.seat,
            endpoint: opening.endpoint,
            decoder: Arc::new(Decoder::new(config)),
            ffmpeg: Ffmpeg::new(FFMPEGS).within(MEDIA_SECONDS_MAX),
            words,
            fetcher,
            world,
            relay: opening.relay.as_deref().map(relay).transpose()?,
            notices: broadcast::channel(NOTICES).0,
            matchers: crate::recognise::Matchers::default(),
            lookups: crate::lookup::Paces::default(),
            uploads: crate::signals::Uploads::default(),
            networks: crate::network::Networks::default(),
            cells: crate::remembered::Remembered::default(),
            shifts: crate::remembered::Remembered::default(),
            outlinks: crate::remembered::Remembered::default(),
            leads: crate::remembered::Remembered::default(),
            money: crate::remembered::Remembered::default(),
            folder,
            _lock: lock,
        });
        // Before anybody else can begin an intake: what is open now, a crash left open.
        if let Err(error) = crate::sweep::at_start(&house).await {
            tracing::error!(%error, "what a crash left open was not closed");
        }
        Ok(house)
    }

    /// Marks a data directory without agencies as a world, for ever (D11). It takes effect at the next opening.
    pub async fn mark_world(&self, world: &Path) -> Result<()> {
        if !store::agency::all(&self.db).await?.is_empty() {
            return Err(Error::Input("Only a new data directory can become a world.".into()));
        }
        let world = world.canonicalize().map_err(store::Error::io(world))?;
        let mut tx = self.db.write(store::Lane::Person).await?;
        store::agency::set_house(&mut tx, "world", &world.to_string_lossy()).await?;
        Ok(tx.commit().await?)
    }

    /// Tells pages that something changed in a space. Nobody listening is no matter.
    pub fn tell(&self, space: AgencyId) {
        let _ = self.notices.send(space);
    }
}

/// One process owns a data directory (D21).
fn own(folder: &Path) -> Result<std::fs::File> {
    let path = folder.join("owner.lock");
    let file = std::fs::File::create(&path).map_err(store::Error::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(Error::Input(format!(
            "{} is in use by another renvoi process. Stop it, use another --data folder, or do it in the console: people and what is kept stand on its page Agency.",
            folder.display()
        ))),
    }
}

fn relay(address: &str) -> Result<connect::delivery::mail::Relay> {
    let bad = || Error::Input(format!("The mail relay \"{address}\" is not host:port."));
    let (host, port) = address.rsplit_once(':').ok_or_else(bad)?;
    let loopback = host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    Ok(connect::delivery::mail::Relay {
        host: host.to_owned(),
        port: port.parse().map_err(|_| bad())?,
        encryption: if loopback {
            connect::delivery::mail::Encryption::None
        } else {
            connect::delivery::mail::Encryption::StartTls
        },
        ca_pem: None,
        credentials: None,
        hello: "renvoi.invalid".to_owned(),
    })
}
