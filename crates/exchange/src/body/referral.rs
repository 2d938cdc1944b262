//! `referral` (RXP-20.02): draws attention, for the provider's voluntary consideration (TCO recital 40).
//!
//! Invariant: no field says by when, how urgent, or what follows if nothing is done (RXP-01, LAW-02).

use crate::atoms::{ItemRef, Lang, WireTime, check_url};
use crate::body::dialogue;
use crate::document::Envelope;
use crate::limits;
use crate::refused::{Code, Refused};
use crate::voluntary_notice;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The body of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// The fixed sentence (RXP-24).
    pub voluntary_notice: String,
    /// 1 to 200 items, channels or accounts.
    pub items: Vec<Item>,
    /// Why it is not exempt (LAW-13), in summary or in full (D6).
    pub exemption_assessment: Exemption,
    /// The part of the provider's terms that may apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_hint: Option<String>,
    /// A wish about evidence, e.g. to disable rather than destroy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_note: Option<String>,
    /// The sender's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// One thing referred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its handle in this case.
    pub item: ItemRef,
    /// What it is; left out for an item (D1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Where it is.
    pub url: String,
    /// Where in it: time code, page, post.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locators: Vec<String>,
    /// 1 to 5 kinds of TCO 2(7).
    pub kinds: Vec<Kind>,
    /// One statement for each kind.
    pub statements: BTreeMap<Kind, String>,
    /// Where in it, for each kind (D6).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pinpoints: BTreeMap<Kind, Vec<String>>,
    /// The offences that a kind refers to (LAW-12).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offence_refs: BTreeMap<Kind, Vec<Offence>>,
    /// Why incitement causes a danger (LAW-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_reasoning: Option<String>,
    /// Hashes of its media.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hashes: Vec<Hash>,
    /// What the sender has sealed, by digest; never inline (RXP-03).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The language of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_lang: Option<Lang>,
    /// For a channel or account: the assessed contents it rests on (D1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Ground>,
    /// For a channel or account: why all of it, and not only those contents (D1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proportionality: Option<String>,
}

/// What an entry of `items` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One post, page, video, file.
    Item,
    /// A channel or group.
    Channel,
    /// An account.
    Account,
}

/// One assessed content of a channel or account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Where it is.
    pub url: String,
    /// Where in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locators: Vec<String>,
    /// 1 to 5 kinds.
    pub kinds: Vec<Kind>,
    /// One statement for each kind.
    pub statements: BTreeMap<Kind, String>,
}

/// The kinds of content of TCO 2(7) (LAW-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// (a) incites, and so causes a danger.
    Incites,
    /// (b) solicits to commit or to contribute to an offence.
    SolicitsCommit,
    /// (c) solicits to take part in a group.
    SolicitsParticipation,
    /// (d) instructs on weapons or methods.
    Instruction,
    /// (e) threatens.
    Threat,
}

impl Kind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incites => "incites",
            Self::SolicitsCommit => "solicits_commit",
            Self::SolicitsParticipation => "solicits_participation",
            Self::Instruction => "instruction",
            Self::Threat => "threat",
        }
    }
}

/// Directive (EU) 2017/541, by article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Offence {
    /// Attack upon life.
    #[serde(rename = "3(1)(a)")]
    Art3A,
    /// Attack upon physical integrity.
    #[serde(rename = "3(1)(b)")]
    Art3B,
    /// Kidnapping, hostage-taking.
    #[serde(rename = "3(1)(c)")]
    Art3C,
    /// Extensive destruction.
    #[serde(rename = "3(1)(d)")]
    Art3D,
    /// Seizure of aircraft, ships, transport.
    #[serde(rename = "3(1)(e)")]
    Art3E,
    /// Weapons.
    #[serde(rename = "3(1)(f)")]
    Art3F,
    /// Dangerous substances, fires, floods, explosions.
    #[serde(rename = "3(1)(g)")]
    Art3G,
    /// Supply of water, power or the like.
    #[serde(rename = "3(1)(h)")]
    Art3H,
    /// Systems and data interference.
    #[serde(rename = "3(1)(i)")]
    Art3I,
    /// Participation in a group.
    #[serde(rename = "4(b)")]
    Art4B,
}

/// A hash of the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hash {
    /// By which algorithm.
    pub alg: HashAlg,
    /// As that algorithm writes it: hex, or text of its own.
    pub value: String,
}

/// RXP-100.09.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HashAlg {
    /// SHA-256.
    #[serde(rename = "sha-256")]
    Sha256,
    /// BLAKE3.
    Blake3,
    /// MD5.
    Md5,
    /// PDQ.
    Pdq,
    /// TMK+PDQF.
    Tmk,
    /// vPDQ.
    Vpdq,
    /// TLSH.
    Tlsh,
}

/// Evidence named, not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// SHA-256 of the bytes.
    pub digest: crate::atoms::Digest,
    /// In bytes, at most 2^40.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
    /// A link that works once, at most 7 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Until when the link works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_until: Option<WireTime>,
}

/// LAW-13: six questions, and the true purpose. `context`, `editorial_responsibility` and `eu_listed_author`
/// belong to the full form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// For teaching?
    pub education: Finding,
    /// Reporting?
    pub journalism: Finding,
    /// Art?
    pub art: Finding,
    /// Research?
    pub research: Finding,
    /// To prevent or counter terrorism?
    pub counter_terrorism: Finding,
    /// A view in public debate, polemic or controversial as it may be?
    pub public_debate: Finding,
    /// What it is for.
    pub true_purpose: String,
    /// Where and by whom it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Whether somebody has editorial responsibility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editorial_responsibility: Option<bool>,
    /// Whether the author is on a list of the Union.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eu_listed_author: Option<YesNoUnsure>,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Exempt?
    pub finding: YesNoUnsure,
    /// Why. Optional in a referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A doubt is not a "no" (LAW-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNoUnsure {
    /// No.
    No,
    /// Yes.
    Yes,
    /// Perhaps.
    Unsure,
}

impl Referral {
    pub(crate) fn check(&self, envelope: &Envelope) -> Result<(), Refused> {
        voluntary_notice::check("/body/voluntary_notice", &envelope.lang, &self.voluntary_notice)?;
        limits::ITEMS.count("/body/items", &self.items)?;
        let mut handles = BTreeSet::new();
        for (index, item) in self.items.iter().enumerate() {
            let at = format!("/body/items/{index}");
            item.check(&at, envelope.sent_at)?;
            if !handles.insert(&item.item) {
                return Err(Refused::at(Code::Schema, &format!("{at}/item"), "the same handle twice"));
            }
        }
        let evidence: usize = self.items.iter().map(|item| item.evidence.len()).sum();
        limits::EVIDENCE.amount("/body/items", evidence, "evidence references")?;
        self.exemption_assessment.check("/body/exemption_assessment")?;
        limits::optional(limits::NOTE_CHARS, "/body/terms_hint", self.terms_hint.as_ref())?;
        limits::optional(limits::NOTE_CHARS, "/body/evidence_note", self.evidence_note.as_ref())?;
        limits::optional(limits::REFERENCE_CHARS, "/body/reference", self.reference.as_ref())
    }
}

impl Item {
    fn check(&self, at: &str, sent_at: WireTime) -> Result<(), Refused> {
        check_url(&format!("{at}/url"), &self.url)?;
        dialogue::check_locators(&format!("{at}/locators"), &self.locators)?;
        check_kinds(at, &self.kinds, &self.statements)?;
        for (kind, pinpoints) in &self.pinpoints {
            let field = format!("{at}/pinpoints/{}", kind.as_str());
            self.require_kind(&field, *kind)?;
            dialogue::check_locators(&field, pinpoints)?;
        }
        for (kind, offences) in &self.offence_refs {
            let field = format!("{at}/offence_refs/{}", kind.as_str());
            self.require_kind(&field, *kind)?;
            if offences.iter().collect::<BTreeSet<_>>().len() != offences.len() {
                return Err(Refused::at(Code::Schema, &field, "the same offence twice"));
            }
        }
        limits::optional(
            limits::STATEMENT_CHARS,
            &format!("{at}/danger_reasoning"),
            self.danger_reasoning.as_ref(),
        )?;
        limits::HASHES.count(&format!("{at}/hashes"), &self.hashes)?;
        for (index, hash) in self.hashes.iter().enumerate() {
            hash.check(&format!("{at}/hashes/{index}/value"))?;
        }
        for (index, evidence) in self.evidence.iter().enumerate() {
            evidence.check(&format!("{at}/evidence/{index}"), sent_at)?;
        }
        self.check_grounds(at)
    }

    /// D1: a channel or account rests on assessed contents and a reason of its own; an item on neither.
    fn check_grounds(&self, at: &str) -> Result<(), Refused> {
        let field = format!("{at}/grounds");
        if matches!(self.subject, None | Some(Subject::Item)) {
            if self.grounds.is_empty() && self.proportionality.is_none() {
                return Ok(());
            }
            return Err(Refused::at(Code::Schema, &field, "only a channel or account has grounds"));
        }
        limits::GROUNDS.count(&field, &self.grounds)?;
        for (index, ground) in self.grounds.iter().enumerate() {
            let at = format!("{field}/{index}");
            check_url(&format!("{at}/url"), &ground.url)?;
            dialogue::check_locators(&format!("{at}/locators"), &ground.locators)?;
            check_kinds(&at, &ground.kinds, &ground.statements)?;
        }
        let field = format!("{at}/proportionality");
        let reason = self.proportionality.as_deref().unwrap_or_default();
        limits::STATEMENT_CHARS.text(&field, reason)
    }

    fn require_kind(&self, field: &str, kind: Kind) -> Result<(), Refused> {
        if self.kinds.contains(&kind) {
            return Ok(());
        }
        Err(Refused::at(Code::Schema, field, "for a kind that is not ticked"))
    }
}

/// LAW-10: 1 to 5 different kinds, each with its own statement and none without.
fn check_kinds(at: &str, kinds: &[Kind], statements: &BTreeMap<Kind, String>) -> Result<(), Refused> {
    let ticked: BTreeSet<_> = kinds.iter().collect();
    if kinds.is_empty() || ticked.len() != kinds.len() {
        return Err(Refused::at(Code::Schema, &format!("{at}/kinds"), "no kind, or one twice"));
    }
    if !ticked.iter().copied().eq(statements.keys()) {
        return Err(Refused::at(Code::Schema, &format!("{at}/statements"), "one statement for each kind"));
    }
    for (kind, statement) in statements {
        limits::STATEMENT_CHARS.text(&format!("{at}/statements/{}", kind.as_str()), statement)?;
    }
    Ok(())
}

impl Hash {
    fn check(&self, field: &str) -> Result<(), Refused> {
        let hex_digits = match self.alg {
            HashAlg::Sha256 | HashAlg::Blake3 | HashAlg::Pdq => Some(64),
            HashAlg::Md5 => Some(32),
            HashAlg::Tmk | HashAlg::Vpdq | HashAlg::Tlsh => None,
        };
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let fits = match hex_digits {
            Some(digits) => self.value.len() == digits && self.value.bytes().all(hex),
            None => {
                limits::LOCATOR_CHARS.allows(self.value.len())
                    && self.value.bytes().all(|b| b.is_ascii_graphic())
            }
        };
        if fits { Ok(()) } else { Err(Refused::at(Code::Schema, field, "not a value of that algorithm")) }
    }
}

impl Evidence {
    fn check(&self, at: &str, sent_at: WireTime) -> Result<(), Refused> {
        if self.size > limits::EVIDENCE_BYTES {
            return Err(Refused::at(Code::Limit, &format!("{at}/size"), "more than 2^40 bytes"));
        }
        limits::NAME_CHARS.text(&format!("{at}/media_type"), &self.media_type)?;
        match (&self.link, self.link_until) {
            (None, None) => Ok(()),
            (Some(link), Some(until)) => {
                limits::LINK_BYTES.amount(&format!("{at}/link"), link.len(), "bytes")?;
                check_url(&format!("{at}/link"), link)?;
                if (0..=limits::LINK_LIFE_MS).contains(&(until.ms() - sent_at.ms())) {
                    return Ok(());
                }
                Err(Refused::at(Code::Limit, &format!("{at}/link_until"), "a link lives at most 7 days"))
            }
            _ => Err(Refused::at(Code::Schema, at, "link and link_until go together")),
        }
    }
}

impl Exemption {
    /// The six questions by name.
    pub fn findings(&self) -> [(&'static str, &Finding); 6] {
        [
            ("education", &self.education),
            ("journalism", &self.journalism),
            ("art", &self.art),
            ("research", &self.research),
            ("counter_terrorism", &self.counter_terrorism),
            ("public_debate", &self.public_debate),
        ]
    }

    fn check(&self, at: &str) -> Result<(), Refused> {
        for (question, finding) in self.findings() {
            let limit = match finding.finding {
                YesNoUnsure::No => limits::FINDING_NO_CHARS,
                YesNoUnsure::Yes | YesNoUnsure::Unsure => limits::FINDING_CHARS,
            };
            limits::optional(limit, &format!("{at}/{question}/text"), finding.text.as_ref())?;
        }
        limits::FINDING_CHARS.text(&format!("{at}/true_purpose"), &self.true_purpose)?;
        limits::optional(limits::FINDING_CHARS, &format!("{at}/context"), self.context.as_ref())
    }
}
