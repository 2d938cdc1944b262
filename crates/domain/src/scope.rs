//! Who a provider is to the law: a service for the public, offered in the Union, or something else (LAW-08, LAW-09, LAW-16).
//!
//! A referral is for voluntary consideration and stays possible for each of them; what is found is said and kept.
//! Only private communication is out of reach of every instrument: it is refused at intake and at assessment.

use crate::preflight::{Found, Weight};
use crate::refusal::Refusal;
use crate::words::words;
use serde::{Deserialize, Serialize};

/// Least length of the reason for a link to the Union, in characters.
pub const REASON_MIN_CHARS: usize = 10;
/// Greatest length of the reason for a link to the Union, in characters.
pub const REASON_MAX_CHARS: usize = 1000;

words! {
    /// What kind of service would receive the message (LAW-08, LAW-16).
    RecipientKind {
        /// Stores content at a person's request and shows it to the public.
        Hosting = "hosting",
        /// An audiovisual media service: Directive 2010/13/EU prevails.
        Avms = "avms",
        /// Carries messages between named persons.
        PrivateMessaging = "private_messaging",
        /// Keeps a top-level domain.
        Registry = "registry",
        /// Registers domain names.
        Registrar = "registrar",
        /// Answers name queries.
        Dns = "dns",
        /// Moves money.
        Payment = "payment",
        /// Shields other services.
        DdosProtection = "ddos_protection",
        /// Bare cloud or network infrastructure.
        Infrastructure = "infrastructure",
    }
}

words! {
    /// How the provider is tied to the Union (LAW-09).
    UnionLink {
        /// It is established in the Union.
        Established = "established",
        /// Many users are in Member States.
        SignificantUsers = "significant_users",
        /// It aims at Member States.
        Targeting = "targeting",
        /// It can be reached from the Union and no more.
        None = "none",
        /// Not known yet.
        Unsure = "unsure",
    }
}

impl RecipientKind {
    /// Outside Regulation (EU) 2021/784: it does not show content to the public at a person's request.
    #[must_use]
    pub fn is_excluded(self) -> bool {
        !matches!(self, Self::Hosting | Self::Avms)
    }
}

/// What the provider book says of a provider's place in the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// What kind of service it is.
    pub recipient_kind: RecipientKind,
    /// How it is tied to the Union.
    pub union_link: UnionLink,
    /// Why so; required for every answer but `unsure`.
    #[serde(default)]
    pub union_link_reason: String,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            recipient_kind: RecipientKind::Hosting,
            union_link: UnionLink::Unsure,
            union_link_reason: String::new(),
        }
    }
}

impl Scope {
    /// A link to the Union that was found or denied has its reason (LAW-09).
    pub fn check(&self) -> Result<(), Refusal> {
        let chars = self.union_link_reason.trim().chars().count();
        let least = if self.union_link == UnionLink::Unsure { 0 } else { REASON_MIN_CHARS };
        if (least..=REASON_MAX_CHARS).contains(&chars) {
            return Ok(());
        }
        Err(Refusal::new(
            "LAW-09",
            "union_link_reason",
            format!(
                "Say in {least} to {REASON_MAX_CHARS} characters why the link of this provider to the Union is \"{}\".",
                self.union_link
            ),
        ))
    }

    /// What the pre-flight of a referral says about it.
    #[must_use]
    pub fn found(&self) -> Vec<Found> {
        let found =
            |rule, code, weight, sentence: String| Found { subject: None, rule, code, weight, sentence };
        let mut all = Vec::new();
        if self.recipient_kind == RecipientKind::Avms {
            all.push(found(
                "LAW-16",
                "avms",
                Weight::Look,
                "This is an audiovisual media service: Directive 2010/13/EU prevails (TCO Art 1(5)). A coordinator says why it is referred all the same.".into(),
            ));
        }
        if self.recipient_kind.is_excluded() {
            all.push(found(
                "LAW-08",
                "recipient_outside",
                Weight::Note,
                format!("A service of the kind \"{}\" is outside TCO Art 2(3). A referral remains possible; an order would not.", self.recipient_kind),
            ));
        }
        if self.union_link == UnionLink::None {
            all.push(found(
                "LAW-09",
                "no_union_link",
                Weight::Note,
                "This provider does not offer its services in the Union: that it can be reached is not enough (TCO rec. 16). A referral remains possible; an order would not.".into(),
            ));
        }
        all
    }
}
