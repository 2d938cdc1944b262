//! What the files of a world hold. `make` writes them, `serve` reads them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Version of the files; a reader refuses another.
pub const FORMAT_VERSION: u32 = 1;

/// `world.json`: the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// [`FORMAT_VERSION`].
    pub version: u32,
    /// Seed that made this world.
    pub seed: u64,
    /// When the play begins, UTC. Every post of `posts.ndjson` is older.
    pub start_at: Timestamp,
    /// Number of items: lines of `posts.ndjson`, each with its own address.
    pub items: usize,
    /// Number of clusters in the truth.
    pub clusters: usize,
    /// Share of items that are copies of an earlier one, 0..=95.
    pub copy_rate_percent: u32,
    /// Languages (BCP 47).
    pub languages: Vec<String>,
    /// The agencies that take part.
    pub agencies: Vec<Agency>,
    /// The services.
    pub services: Vec<Service>,
}

/// An agency that takes part in the action day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Short id: `aster`.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// RXP org id: `aster.example`.
    pub org: String,
    /// `referral_unit` or `eu_agency`: the capacity that it sends in.
    pub capacity: String,
    /// Languages that its people read.
    pub languages: Vec<String>,
}

/// A service of the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its host in lower case; also its RXP org id.
    pub host: String,
    /// Name of the company that runs it.
    pub name: String,
    /// What it hosts.
    pub kind: ServiceKind,
    /// How one reaches it.
    pub contact: Contact,
    /// What it does with a referral.
    pub behaviour: Behaviour,
    /// What its address of an item shows after the item is gone.
    pub gone_page: GonePage,
    /// How its machine misbehaves.
    pub fault: Fault,
    /// Languages that its people read, the first one preferred.
    pub languages: Vec<String>,
    /// Hours of its people, e.g. `09:00-17:00`, in `tz`.
    pub hours: String,
    /// IANA zone of its hours.
    pub tz: String,
    /// ISO 3166 code of its establishment.
    pub home_member_state: String,
    /// Press, library, archive or university: content is there for a reason that the law protects.
    pub protected: bool,
}

/// What a service hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// Videos.
    Video,
    /// Pictures.
    Images,
    /// Pastes of text.
    Paste,
    /// Threads.
    Forum,
    /// Public channels.
    Chat,
    /// Pages by one author.
    Blog,
    /// Files and collections of a library or archive.
    Archive,
    /// Short posts.
    Social,
    /// Journalism.
    Press,
}

/// How a provider is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Contact {
    /// RXP/1, with an address for mail beside it.
    Rxp {
        /// Base address of its routes.
        endpoint: String,
        /// Contact point for mail.
        email: String,
    },
    /// Mail only.
    Mail {
        /// Contact point for mail.
        email: String,
    },
    /// It publishes no contact.
    None,
}

/// What a provider does with a referral, on the stepped clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// Answers after one hour.
    Prompt,
    /// Says `under_review` after two hours, answers after thirty.
    Slow,
    /// Answers `no_action` to everything after three hours.
    Refusing,
    /// Gives its receipt and never answers.
    Silent,
    /// Asks after two hours, decides one hour after the information came.
    AskingBack,
    /// Reads mail, presses no link, removes some items after twenty hours.
    MailOnly,
    /// Is reached by nobody.
    Unreachable,
}

/// What the address of an item shows after the provider acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GonePage {
    /// 404.
    #[serde(rename = "hard_404")]
    Hard404,
    /// 410.
    #[serde(rename = "gone_410")]
    Gone410,
    /// 200 with a page that says "not available".
    #[serde(rename = "soft_404")]
    Soft404,
    /// 200 with the platform's own words that it removed the item.
    RemovedByPlatform,
    /// 200 with a login form; the content is still there for those who are logged in.
    LoginWall,
    /// 451; the content is still there elsewhere.
    GeoBlock,
    /// 302 to the home page.
    Redirect,
    /// 200 with the platform's words that the author removed the item.
    RemovedByAuthor,
    /// 200 with another post: the address was given to something else.
    Replaced,
}

/// How a provider's machine misbehaves. Each is deterministic in the message id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It does not.
    None,
    /// The first attempt of every message gets 429.
    RateLimited,
    /// The first attempt of every message gets 503 (SMTP: 451).
    Flaky,
    /// The first attempt of every message is committed and the connection dropped without an answer.
    DropAfterCommit,
}

/// One line of `posts.ndjson`: a post as a source would send it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Stable id at the source: `HOST/ID`.
    pub id: String,
    /// Host of the service.
    pub service: String,
    /// Address as the source saw it.
    pub url: String,
    /// `post`, `video`, `image`, `document`.
    pub kind: String,
    /// Text, whole.
    pub text: String,
    /// Who posted it.
    pub author: Handle,
    /// The channel that holds it, on services that have channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Handle>,
    /// When, UTC.
    pub posted_at: Timestamp,
    /// Language that the service claims, on some posts only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Pictures.
    pub media: Vec<Media>,
    /// Addresses in the text.
    pub links: Vec<String>,
    /// Handles named, without `@`.
    pub mentions: Vec<String>,
    /// Hashtags without `#`.
    pub hashtags: Vec<String>,
    /// Where it was forwarded from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<Handle>,
    /// `open` or `auto_join`.
    pub audience: String,
    /// Views counted by the service.
    pub views: u64,
}

/// An account or channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handle {
    /// Without `@`.
    pub handle: String,
    /// Name shown.
    pub name: String,
}

/// A picture of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// `image`.
    pub kind: String,
    /// Path from the folder of the world.
    pub path: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// `truth.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// Counts over the items.
    pub counts: TruthCounts,
    /// One entry an item, in the order of `posts.ndjson`.
    pub items: Vec<TruthItem>,
}

/// Counts over the items of [`Truth`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthCounts {
    /// All.
    pub items: usize,
    /// Clusters of the same content.
    pub clusters: usize,
    /// Terrorist content in this invented world, exempt ones left out.
    pub terrorist: usize,
    /// Shows the same material for a purpose that the law protects.
    pub exempt: usize,
    /// Neither.
    pub other: usize,
    /// Items whose cluster stands in a bank.
    pub known: usize,
    /// Lines of the intake files beyond the number of items: the same item sent by a second agency.
    pub overlaps: usize,
    /// Items that come back elsewhere when they are removed.
    pub reappear: usize,
}

/// What is true of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthItem {
    /// [`Post::id`].
    pub id: String,
    /// Canonical address: https, no tracking, no mobile form.
    pub url: String,
    /// Host of the service.
    pub service: String,
    /// Same number, same content.
    pub cluster: usize,
    /// Terrorist content in this invented world (an exempt item says false).
    pub terrorist: bool,
    /// Kinds of LAW-10 that apply when `terrorist`.
    pub kinds: Vec<String>,
    /// Protected purpose: `journalism`, `research`, `education`.
    pub exempt: Option<String>,
    /// Why it could mislead: `same_event_picture`, `same_picture`, `blank_picture`, `quotation`.
    pub decoy: Option<String>,
    /// Language of the text.
    pub language: String,
    /// Agencies that receive it; the first one saw it first.
    pub agencies: Vec<String>,
    /// Id of the item that it copies, and how.
    pub copy: Option<CopyOf>,
    /// The cluster stands in a bank.
    pub known: bool,
    /// What the provider will do when it is referred.
    pub will: Will,
    /// Comes back on another service after it was removed.
    pub reappears: Option<Reappears>,
}

/// How an item copies another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyOf {
    /// Id of the first item of the cluster.
    pub id: String,
    /// `exact`, `case`, `zero_width`, `punctuation`, `caption`, `reencode`, `scale`, `brightness`.
    pub edit: String,
}

/// What a provider will do with one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Will {
    /// Final answer of RXP-111, or nothing when it never answers.
    pub answer: Option<String>,
    /// Reason given with it.
    pub reason: Option<String>,
    /// Hours after receipt (after the information, when it asks first).
    pub after_hours: u32,
    /// Asks for information first.
    pub asks: bool,
    /// The item's page changes.
    pub gone: bool,
}

/// Where an item comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reappears {
    /// Address of the new item.
    pub url: String,
    /// Hours after the removal.
    pub after_hours: u32,
    /// What the new provider will do.
    pub will: Will,
    /// The new post; its `posted_at` is set when it appears.
    pub post: Post,
}
