//! A check: one visit by the fetcher, what it showed, and what follows (exchange.md section 14, D17).
//!
//! [`classify`] turns evidence into a class of RXP-141 with a confidence and a reason. HTTP status alone never
//! decides, one check alone never changes a status ([`two_agree`]), and nothing here says *who* made content
//! go away unless the host or the provider said so ([`cause`]).

pub mod classify;
mod phrase_groups;
mod phrase_table;
pub mod phrases;
pub mod schedule;
pub mod statistics;

pub use classify::{classify, copy_found};
pub use phrases::{Phrase, PhraseKind};
pub use schedule::next_due;

use serde::{Deserialize, Serialize};

/// Least time between two checks that may confirm each other (RXP-140).
pub const AGREE_APART_MINUTES: i64 = 30;
/// Text similarity, in percent, from which a page still holds the sealed text (RXP-141.01).
pub const SAME_TEXT_PERCENT: u8 = 90;
/// Text similarity, in percent, up to which the sealed text counts as absent.
pub const ABSENT_TEXT_PERCENT: u8 = 30;

/// The fourteen classes of RXP-141.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Liveness {
    /// RXP-141.01: the sealed media or text is there.
    StillUp,
    /// RXP-141.02: 404 or 410, and the host serves other pages.
    GoneHard,
    /// RXP-141.03: a page of absence, the original is not on it.
    GoneSoft,
    /// RXP-141.04: the host's own words say that it removed it.
    RemovedByPlatform,
    /// RXP-141.05: the host's own words say that the author removed it.
    RemovedByAuthor,
    /// RXP-141.06: the profile is absent as well.
    AccountGone,
    /// RXP-141.07: refused here or there by territory.
    GeoBlocked,
    /// RXP-141.08: an age or login wall; the content is not visible.
    AgeOrLoginWall,
    /// RXP-141.09: the address answers with other content.
    Replaced,
    /// RXP-141.10: the same content at the address we were led to.
    Moved,
    /// RXP-141.11: the same or nearly the same content at another address.
    CopyElsewhere,
    /// RXP-141.12: the host does not answer for other pages either.
    HostDown,
    /// RXP-141.13: the host does not let the checker see.
    CheckerBlocked,
    /// RXP-141.14: none of the above.
    Unclear,
}

/// Whether the public can no longer see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offline {
    /// It is gone from its address.
    Yes,
    /// It is there.
    No,
    /// It is gone in some territories.
    Partly,
    /// The check does not tell.
    Unknown,
}

impl Liveness {
    /// The class of a stable word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// All classes, in the order of RXP-141.
    pub const ALL: [Self; 14] = [
        Self::StillUp,
        Self::GoneHard,
        Self::GoneSoft,
        Self::RemovedByPlatform,
        Self::RemovedByAuthor,
        Self::AccountGone,
        Self::GeoBlocked,
        Self::AgeOrLoginWall,
        Self::Replaced,
        Self::Moved,
        Self::CopyElsewhere,
        Self::HostDown,
        Self::CheckerBlocked,
        Self::Unclear,
    ];

    /// The last column of RXP-141. `CopyElsewhere` speaks of another address, so it tells nothing of this one.
    pub const fn offline(self) -> Offline {
        match self {
            Self::StillUp | Self::Moved => Offline::No,
            Self::GoneHard
            | Self::GoneSoft
            | Self::RemovedByPlatform
            | Self::RemovedByAuthor
            | Self::AccountGone
            | Self::Replaced => Offline::Yes,
            Self::GeoBlocked => Offline::Partly,
            Self::AgeOrLoginWall
            | Self::CopyElsewhere
            | Self::HostDown
            | Self::CheckerBlocked
            | Self::Unclear => Offline::Unknown,
        }
    }

    /// The word on the wire and in reports, e.g. `gone_soft`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::StillUp => "still_up",
            Self::GoneHard => "gone_hard",
            Self::GoneSoft => "gone_soft",
            Self::RemovedByPlatform => "removed_by_platform",
            Self::RemovedByAuthor => "removed_by_author",
            Self::AccountGone => "account_gone",
            Self::GeoBlocked => "geo_blocked",
            Self::AgeOrLoginWall => "age_or_login_wall",
            Self::Replaced => "replaced",
            Self::Moved => "moved",
            Self::CopyElsewhere => "copy_elsewhere",
            Self::HostDown => "host_down",
            Self::CheckerBlocked => "checker_blocked",
            Self::Unclear => "unclear",
        }
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A hint: a person should look.
    Low,
    /// Likely; one more sign would settle it.
    Medium,
    /// Two independent signs, or one that cannot come about by chance.
    High,
}

impl Confidence {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What the address answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// An HTTP status after redirects, 100..=999.
    Status(u16),
    /// The name did not resolve.
    NoName,
    /// No trusted TLS connection.
    NoTls,
    /// No answer in time.
    Timeout,
    /// The connection failed or broke.
    NoConnection,
    /// We did not go there: our address rules, the size limit or a loop of redirects.
    NotFollowed,
}

/// Where redirects led.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Landing {
    /// To the address asked for (or its https, `www.` or slash form).
    Same,
    /// To another page of the same host.
    OtherPage,
    /// To the host's front page.
    FrontPage,
    /// To a page whose address is that of a login.
    LoginPage,
    /// To another host.
    OtherHost,
}

/// What is known of the sealed media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaSeen {
    /// Nothing was sealed, or no media was fetched.
    NotLooked,
    /// A file with a sealed SHA-256 is served.
    Same,
    /// Media were fetched and none is a sealed one.
    Other,
    /// The media's own address answers 404 or 410.
    Absent,
}

/// How the author's profile answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// A profile is served.
    Present,
    /// 404, 410, or the words of an absent or suspended account.
    Absent,
    /// It answered, and it tells nothing.
    Unclear,
}

/// What another vantage point saw at about the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vantage {
    /// ISO 3166-1 alpha-2 of the place it looks from.
    pub territory: String,
    /// Whether it saw the sealed content.
    pub up: bool,
}

/// All that one check gathered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What the address answered in the end.
    pub answer: Answer,
    /// How many redirects were followed.
    pub hops: u8,
    /// Where they led.
    pub landing: Landing,
    /// How much of the sealed text is on the page, 0..=100; `None` when no text was sealed or no text came.
    pub text_similarity: Option<u8>,
    /// Words of the sealed text; under five the similarity says little.
    pub sealed_words: u32,
    /// Words visible on the page.
    pub page_words: u32,
    /// What is known of the sealed media.
    pub media: MediaSeen,
    /// The host's own words that were found.
    pub phrases: Vec<Phrase>,
    /// Whether the host serves another page; `None` when not looked.
    pub host_serves: Option<bool>,
    /// The author's profile; `None` when there is none or it was not looked at.
    pub profile: Option<Profile>,
    /// What others saw; empty when there is one vantage point.
    pub vantages: Vec<Vantage>,
    /// Address of a copy that was found, when one was.
    pub copy_at: Option<String>,
}

/// The class of one check, how sure, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The class.
    pub class: Liveness,
    /// How sure.
    pub confidence: Confidence,
    /// One sentence that names the evidence.
    pub why: String,
}

/// Whether two checks together may change a status (RXP-140).
///
/// They agree when both give the same answer to "offline?", the answer is not `Unknown`, and they are at least
/// [`AGREE_APART_MINUTES`] apart. (A host that says 404 first and shows a page of absence later agrees.)
pub fn two_agree(previous: Liveness, current: Liveness, minutes_between: i64) -> bool {
    minutes_between >= AGREE_APART_MINUTES
        && previous.offline() == current.offline()
        && current.offline() != Offline::Unknown
}

/// Why content went away, as far as anyone said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The provider answered that it acted, or its page says so.
    ProviderAction,
    /// The host's words name the author.
    Author,
    /// Gone, and nobody said why.
    Unknown,
    /// It is not known to be gone.
    NotGone,
}

/// RXP-142: `provider_action` only with an answer of section 11 by which the provider acted, or with class .04.
pub fn cause(class: Liveness, provider_answered_acted: bool) -> Cause {
    match class.offline() {
        Offline::No | Offline::Unknown => Cause::NotGone,
        Offline::Yes | Offline::Partly if provider_answered_acted => Cause::ProviderAction,
        Offline::Yes | Offline::Partly => match class {
            Liveness::RemovedByPlatform => Cause::ProviderAction,
            Liveness::RemovedByAuthor => Cause::Author,
            _ => Cause::Unknown,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_serde_and_are_all() {
        for class in Liveness::ALL {
            assert_eq!(serde_json::json!(class), class.word());
        }
    }

    #[test]
    fn offline_table() {
        let yes: Vec<&str> = Liveness::ALL
            .into_iter()
            .filter(|class| class.offline() == Offline::Yes)
            .map(Liveness::word)
            .collect();
        assert_eq!(
            yes,
            [
                "gone_hard",
                "gone_soft",
                "removed_by_platform",
                "removed_by_author",
                "account_gone",
                "replaced"
            ]
        );
    }

    #[test]
    fn one_check_changes_nothing() {
        use Liveness::{GoneHard, GoneSoft, HostDown, Moved, StillUp};
        let check = |previous, current, minutes, expected| {
            assert_eq!(two_agree(previous, current, minutes), expected, "{previous:?} {current:?} {minutes}");
        };
        check(GoneHard, GoneHard, 30, true);
        check(GoneHard, GoneHard, 29, false);
        check(GoneHard, GoneSoft, 60, true);
        check(StillUp, Moved, 60, true);
        check(StillUp, GoneHard, 60, false);
        check(HostDown, HostDown, 600, false);
        check(GoneHard, GoneHard, -60, false);
    }

    #[test]
    fn cause_needs_somebodys_word() {
        use Liveness::{GoneHard, HostDown, RemovedByAuthor, RemovedByPlatform, StillUp};
        let check = |class, answered, expected| assert_eq!(cause(class, answered), expected, "{class:?}");
        check(GoneHard, false, Cause::Unknown);
        check(GoneHard, true, Cause::ProviderAction);
        check(RemovedByPlatform, false, Cause::ProviderAction);
        check(RemovedByAuthor, false, Cause::Author);
        check(StillUp, true, Cause::NotGone);
        check(HostDown, true, Cause::NotGone);
    }
}
