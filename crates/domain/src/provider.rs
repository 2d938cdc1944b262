//! The provider book: who hosts what, and how they wish to be reached.

use crate::scope::Scope;
use crate::words::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

words! {
    /// How a provider is reached.
    Channel {
        /// RXP/1 over HTTPS.
        Rxp = "rxp",
        /// E-mail with a signed link (D14).
        Mail = "mail",
        /// No contact is known: pre-flight stops (missing contact).
        None = "none",
    }
}

words! {
    /// Quiet mode, the provider's choice (RXP-136).
    Quiet {
        /// The whole ladder.
        Normal = "normal",
        /// One digest a week.
        DigestWeekly = "digest_weekly",
        /// Only the referral itself.
        NoReminders = "no_reminders",
    }
}

/// An entry of the provider book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the service or its company.
    pub name: String,
    /// Organisation id on the wire: a DNS name; empty for mail-only providers without one.
    pub org: String,
    /// Registrable hosts that it answers for.
    pub hosts: Vec<String>,
    /// How it is reached.
    pub channel: Channel,
    /// RXP endpoint, when the channel is RXP.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// Socket addresses that the endpoint's host is pinned to, when it is a named peer (D11).
    #[serde(default)]
    pub pinned: Vec<std::net::SocketAddr>,
    /// Address of the contact point.
    #[serde(default)]
    pub mail: Option<String>,
    /// Its public signing keys (JWK set), confirmed by a person (RXP-56).
    #[serde(default)]
    pub jwks: Option<serde_json::Value>,
    /// Languages that its contact point reads; the first is used.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Quiet mode.
    #[serde(default = "normal")]
    pub quiet: Quiet,
    /// Most referrals an hour that it takes (RXP-39).
    #[serde(default = "sixty")]
    pub max_referrals_per_hour: u32,
    /// IANA zone of its people.
    #[serde(default)]
    pub zone: Option<String>,
    /// What it is to the law (LAW-08, LAW-09, LAW-16).
    #[serde(default)]
    pub scope: Scope,
    /// When its people are there, for mail and reminders (RXP-44, RXP-130); none means any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Its own choice of no reminders before this time (RXP-136.04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Timestamp>,
    /// It is an authority, and a person found its keys in the signed register (LAW-19, RXP-57).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub listed: bool,
}

/// Hours of work, as a contact file writes them (RXP-52).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// IANA zone.
    pub tz: String,
    /// `HH:MM-HH:MM`.
    pub open: String,
    /// `mon` to `sun`.
    pub closed_days: Vec<String>,
}

fn normal() -> Quiet {
    Quiet::Normal
}

fn sixty() -> u32 {
    60
}
