//! Signals in banks: values to match, their origin, and what a match says. A match is a reason to look, never a decision.

use crate::access::AgencyKind;
use crate::refusal::Refusal;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Default greatest distance of a PDQ match, in bits of 256 (the field's usual figure).
pub const PDQ_DISTANCE_BITS: u32 = 31;
/// Least PDQ quality, 0..=100, for a match without a person (goals.md).
pub const PDQ_QUALITY_MIN: u8 = 50;
/// Greatest distance of a TLSH match, as the authors' program counts it, lengths included: up to it
/// `threatexchange` is confident (`extensions/text_tlsh/text_tlsh.py`).
pub const TLSH_DISTANCE: u32 = 30;
/// Thousandths by which a video or sound must be faster or slower than the listed one for it to be said.
const SPEED_SAID_PER_MILLE: u32 = 20;
/// A signal that matches more subjects than this in a day is set aside by its fuse, and people are told.
pub const FUSE_MATCHES_PER_DAY: u64 = 5_000;

words! {
    /// What is compared.
    SignalKind {
        /// SHA-256 of the bytes.
        Sha256 = "sha256",
        /// SHA-1 of the bytes.
        Sha1 = "sha1",
        /// MD5 of the bytes.
        Md5 = "md5",
        /// PDQ of a picture.
        Pdq = "pdq",
        /// Canonical address.
        Url = "url",
        /// Host name.
        Host = "host",
        /// `service/handle`.
        Account = "account",
        /// A term, normalised, with word boundaries.
        Term = "term",
        /// A whole text, normalised.
        Text = "text",
        /// TLSH of a text's UTF-8 bytes, as others exchange it.
        Tlsh = "tlsh",
        /// Frames of a video, by PDQ and points. Of bank files.
        Video = "video",
        /// Print of a sound. Of bank files.
        Sound = "sound",
    }
}

/// What a picture is compared in: as it is, without a border or bars around it, and as a picture within it, each in the
/// eight positions. The word of a match, and the kind under which it is seen.
pub const PICTURE_FORMS: [(&str, &str); 24] = [
    ("original", "pdq"),
    ("rotate_90", "pdq_rotate_90"),
    ("rotate_180", "pdq_rotate_180"),
    ("rotate_270", "pdq_rotate_270"),
    ("flip_x", "pdq_flip_x"),
    ("flip_y", "pdq_flip_y"),
    ("flip_plus_1", "pdq_flip_plus_1"),
    ("flip_minus_1", "pdq_flip_minus_1"),
    ("trimmed", "pdq_trimmed"),
    ("trimmed+rotate_90", "pdq_trimmed_rotate_90"),
    ("trimmed+rotate_180", "pdq_trimmed_rotate_180"),
    ("trimmed+rotate_270", "pdq_trimmed_rotate_270"),
    ("trimmed+flip_x", "pdq_trimmed_flip_x"),
    ("trimmed+flip_y", "pdq_trimmed_flip_y"),
    ("trimmed+flip_plus_1", "pdq_trimmed_flip_plus_1"),
    ("trimmed+flip_minus_1", "pdq_trimmed_flip_minus_1"),
    ("inset", "pdq_inset"),
    ("inset+rotate_90", "pdq_inset_rotate_90"),
    ("inset+rotate_180", "pdq_inset_rotate_180"),
    ("inset+rotate_270", "pdq_inset_rotate_270"),
    ("inset+flip_x", "pdq_inset_flip_x"),
    ("inset+flip_y", "pdq_inset_flip_y"),
    ("inset+flip_plus_1", "pdq_inset_flip_plus_1"),
    ("inset+flip_minus_1", "pdq_inset_flip_minus_1"),
];

/// Most cuts of one listed picture.
pub const CUTS_MAX: usize = 32;

/// What is seen of files that show nothing: flat pictures, by the digest of their bytes.
pub const FLAT: &str = "flat";

/// Whether a word stands for something that can be seen: a kind of signal, one of [`PICTURE_FORMS`], or [`FLAT`].
#[must_use]
pub fn is_seen(word: &str) -> bool {
    SignalKind::from_word(word).is_some()
        || PICTURE_FORMS.iter().any(|(_, kind)| *kind == word)
        || word == FLAT
}

words! {
    /// What the bank's owner thinks of its content.
    Opinion {
        /// Known terrorist content, assessed.
        Positive = "positive",
        /// Worth a look; not assessed here.
        Seed = "seed",
        /// Known to be something else: suppresses matches.
        Negative = "negative",
        /// Opinions differ: shown as such, suspended.
        Disputed = "disputed",
    }
}

impl Opinion {
    /// What two who speak of the same value think together: for and against is disputed; a verdict outweighs a hint.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Disputed, _) | (_, Self::Disputed) => Self::Disputed,
            (Self::Negative, Self::Negative) => Self::Negative,
            (Self::Negative, Self::Positive | Self::Seed) | (Self::Positive | Self::Seed, Self::Negative) => {
                Self::Disputed
            }
            (Self::Positive, Self::Positive | Self::Seed) | (Self::Seed, Self::Positive) => Self::Positive,
            (Self::Seed, Self::Seed) => Self::Seed,
        }
    }
}

words! {
    /// How far a bank may be handed on: the Traffic Light Protocol 2.0 (first.org/tlp).
    Sharing {
        /// Not beyond this agency: it is not exported.
        Red = "red",
        /// To those who need to know, and their clients.
        Amber = "amber",
        /// Within the community.
        Green = "green",
        /// To everybody.
        Clear = "clear",
    }
}

words! {
    /// What a list is of. All but the ordinary ones are closed (D16): loaded in the provider seat only, after two people
    /// enabled them; never shown, never handed on, compared with nothing that is kept.
    ListClass {
        /// Any content that is assessed here.
        Ordinary = "ordinary",
        /// Sexual abuse of children.
        ChildAbuse = "child_abuse",
        /// Intimate images that are shared without consent.
        Intimate = "intimate",
    }
}

words! {
    /// Where a signal stands.
    SignalState {
        /// Matches.
        Live = "live",
        /// Disputed: does not match until a person decides.
        Suspended = "suspended",
        /// Set aside by its fuse.
        Blown = "blown",
        /// Withdrawn: matching stopped everywhere.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What happens to a signal.
    SignalEvent {
        /// Taken into a bank.
        Added = "added",
        /// Someone disputes it.
        Disputed = "disputed",
        /// A person upheld it, or reset the fuse.
        Upheld = "upheld",
        /// It matched too much.
        FuseBlew = "fuse_blew",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Why a row was left out, told by a word: sentences can hold what the row said.
    LeftOut {
        /// It cannot be read in its format.
        Unreadable = "unreadable",
        /// A kind that there is not.
        Kind = "kind",
        /// Another opinion than the bank's.
        Opinion = "opinion",
        /// No value of its kind, or one that says too little.
        Value = "value",
        /// It was withdrawn from the bank before.
        Withdrawn = "withdrawn",
    }
}

/// Whether a list may be loaded into a bank, and by whom (D16). `enabled`: classes that two people enabled in the space.
pub fn may_load(
    (bank, list): (ListClass, ListClass),
    kind: AgencyKind,
    enabled: &[ListClass],
) -> Result<(), Refusal> {
    let refuse = |code, sentence: &str| Err(Refusal::new("D16", code, sentence));
    if bank != list {
        return refuse(
            "list_class",
            "A list of child abuse or of intimate images goes into a bank of that class, and nothing else does.",
        );
    }
    if list == ListClass::Ordinary {
        return Ok(());
    }
    may_enable(kind)?;
    if !enabled.contains(&list) {
        return refuse(
            "list_not_enabled",
            "Such lists are off until two people of the provider enabled them.",
        );
    }
    Ok(())
}

/// Whether an agency of that kind may enable closed lists at all (D16).
pub fn may_enable(kind: AgencyKind) -> Result<(), Refusal> {
    if kind == AgencyKind::Provider {
        return Ok(());
    }
    Err(Refusal::new(
        "D16",
        "list_seat",
        "Lists of child abuse and of intimate images are loaded in a provider's seat only.",
    ))
}

/// Whether a bank may be handed on, and how far.
pub fn may_export(sharing: Sharing, class: ListClass) -> Result<(), Refusal> {
    if class != ListClass::Ordinary {
        return Err(Refusal::new(
            "D16",
            "list_closed",
            "This list is closed: it is never shown and never handed on.",
        ));
    }
    if sharing == Sharing::Red {
        return Err(Refusal::new(
            "LAW-167",
            "bank_sharing",
            "This bank is not to be handed on (red). Who answers for it can make one that may be.",
        ));
    }
    Ok(())
}

/// The next state of a signal; `None` before it was added.
pub fn next(state: Option<SignalState>, event: SignalEvent) -> Result<SignalState, Refusal> {
    use SignalEvent as E;
    use SignalState as S;
    match (state, event) {
        (None, E::Added) => Ok(S::Live),
        (Some(S::Live | S::Blown), E::Disputed) => Ok(S::Suspended),
        (Some(S::Suspended | S::Blown), E::Upheld) => Ok(S::Live),
        (Some(S::Live), E::FuseBlew) => Ok(S::Blown),
        (Some(S::Live | S::Suspended | S::Blown), E::Withdrawn) => Ok(S::Withdrawn),
        (state, event) => Err(Refusal::new(
            "D26",
            "bad_transition",
            format!("A signal that is \"{}\" cannot be \"{event}\".", state.map_or("new", SignalState::word)),
        )),
    }
}

/// What a match says: signal, bank, distance, variant, and why in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// What was compared.
    pub kind: SignalKind,
    /// The bank's name.
    pub bank: String,
    /// The bank's opinion.
    pub opinion: Opinion,
    /// Bits of 256 for PDQ; of TLSH its own distance; 0 for exact kinds.
    pub distance: u32,
    /// The limit that was applied.
    pub limit: u32,
    /// Which form matched: `original`, `rotate_90`, `flip_x`, `normalised` …
    pub variant: String,
    /// Of videos and sounds: which part of it, and which part of the listed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

/// The variant of a match with words that a machine read in a picture.
pub const READ_IN_PICTURE: &str = "read_in_picture";

/// Which part of a video or sound is met in a listed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// From when to when in the file, milliseconds.
    pub asked_ms: (u32, u32),
    /// From when to when in the listed one, milliseconds.
    pub listed_ms: (u32, u32),
    /// How much of the file's time that is, percent.
    pub asked_percent: u32,
    /// How much of the listed one's time that is, percent.
    pub listed_percent: u32,
    /// How fast the listed one goes by, thousandths of its own speed.
    pub speed_per_mille: u32,
}

impl Part {
    /// Of two spans and where both end, milliseconds.
    #[must_use]
    pub fn of(asked: ((u32, u32), u32), listed: ((u32, u32), u32), speed_per_mille: u32) -> Self {
        let percent = |((from, to), end): ((u32, u32), u32)| {
            let share = u64::from(to.saturating_sub(from)) * 100 / u64::from(end.max(1));
            u32::try_from(share.min(100)).unwrap_or(100)
        };
        Self {
            asked_ms: asked.0,
            listed_ms: listed.0,
            asked_percent: percent(asked),
            listed_percent: percent(listed),
            speed_per_mille,
        }
    }

    /// `0:08 to 0:18`.
    fn times((from, to): (u32, u32)) -> String {
        let time = |ms: u32| format!("{}:{:02}", ms / 60_000, ms / 1_000 % 60);
        format!("{} to {}", time(from), time(to))
    }

    /// Whether the file goes by faster than the listed one, slower, or so nearly as fast that it is not said.
    #[must_use]
    pub fn pace(&self) -> Ordering {
        match self.speed_per_mille {
            _ if self.speed_per_mille.abs_diff(1_000) < SPEED_SAID_PER_MILLE => Ordering::Equal,
            speed => speed.cmp(&1_000),
        }
    }

    /// By how much it goes faster or slower, percent.
    #[must_use]
    pub fn pace_percent(&self) -> u32 {
        (self.speed_per_mille.abs_diff(1_000) + 5) / 10
    }

    /// What both have, in words that follow "The video" or "The sound".
    fn told(&self, bank: &str, variant: &str) -> String {
        let form = if variant == "original" { String::new() } else { format!(" ({variant})") };
        let percent = self.pace_percent();
        let pace = match self.pace() {
            Ordering::Equal => String::new(),
            Ordering::Greater => format!(", {percent} % faster"),
            Ordering::Less => format!(", {percent} % slower"),
        };
        format!(
            "from {} is that of one of bank \"{bank}\" from {}{form}{pace}: {} % of this one, {} % of the listed one",
            Self::times(self.asked_ms),
            Self::times(self.listed_ms),
            self.asked_percent,
            self.listed_percent
        )
    }
}

impl SignalKind {
    /// The greatest distance of a match of this kind, of the distance of the bank's pictures; 0 for exact kinds.
    #[must_use]
    pub fn limit(self, pictures: u32) -> u32 {
        match self {
            Self::Pdq => pictures,
            Self::Tlsh => TLSH_DISTANCE,
            _ => 0,
        }
    }
}

/// How a picture is near a listed one, of the parts of the match's variant.
fn near(variant: &str) -> String {
    let (mut said, mut listed) = (String::new(), "one".to_owned());
    for part in variant.split('+') {
        let cut = part.strip_prefix("crop-").and_then(|share| share.parse::<u32>().ok());
        match (part, cut) {
            (_, Some(share)) => listed = format!("one cut by {}.{} % at each side", share / 10, share % 10),
            ("original", _) => {}
            ("trimmed", _) if said.is_empty() => said.push_str(", without its border"),
            ("trimmed", _) => listed = "one without its border".to_owned(),
            ("inset", _) => said.push_str(" inside of it"),
            (turned, _) => said.push_str(&format!(", turned ({})", turned.replace('_', "-"))),
        }
    }
    let comma = if said.contains(',') { "," } else { "" };
    format!("{said}{comma} is near {listed}")
}

impl Why {
    /// The sentence for the person.
    #[must_use]
    pub fn sentence(&self) -> String {
        let bank = &self.bank;
        match self.kind {
            SignalKind::Sha256 | SignalKind::Sha1 | SignalKind::Md5 => {
                format!("The file is byte for byte one of bank \"{bank}\" ({}).", self.kind)
            }
            SignalKind::Pdq if self.variant == "original" => {
                format!(
                    "The picture is near one of bank \"{bank}\": {} of 256 bits differ, limit {}.",
                    self.distance, self.limit
                )
            }
            SignalKind::Pdq if self.variant == "in_document" => format!(
                "A picture in a document is near one of bank \"{bank}\": {} of 256 bits differ, limit {}.",
                self.distance, self.limit
            ),
            SignalKind::Term if self.variant == "in_document" => {
                format!("A document holds a term of bank \"{bank}\".")
            }
            SignalKind::Term if self.variant == READ_IN_PICTURE => {
                format!(
                    "A machine read a term of bank \"{bank}\" in a picture. Look whether it stands there."
                )
            }
            SignalKind::Pdq => format!(
                "The picture{} of bank \"{bank}\": {} of 256 bits differ, limit {}.",
                near(&self.variant),
                self.distance,
                self.limit
            ),
            SignalKind::Url => format!("The address, or one that it links to, is in bank \"{bank}\"."),
            SignalKind::Host => format!("The host, or one that it links to, is in bank \"{bank}\"."),
            SignalKind::Account => format!("The account or channel is in bank \"{bank}\"."),
            SignalKind::Term => format!("The text holds a term of bank \"{bank}\"."),
            SignalKind::Tlsh => format!(
                "The text is near one of bank \"{bank}\": TLSH distance {}, limit {}.",
                self.distance, self.limit
            ),
            SignalKind::Video | SignalKind::Sound => match &self.part {
                Some(part) => format!("The {} {}.", self.kind, part.told(bank, &self.variant)),
                None => format!("The {} has a part of one of bank \"{bank}\".", self.kind),
            },
            SignalKind::Text => {
                format!("The text is the same, apart from spelling variants, as one of bank \"{bank}\".")
            }
        }
    }
}

/// Whether matches of negative banks outweigh the others: then nothing is raised.
#[must_use]
pub fn suppressed(matches: &[Why]) -> bool {
    matches.iter().any(|why| why.opinion == Opinion::Negative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signal_machine() {
        let mut table = String::new();
        for state in std::iter::once(None).chain(SignalState::ALL.iter().copied().map(Some)) {
            for event in SignalEvent::ALL {
                if let Ok(after) = next(state, *event) {
                    table.push_str(&format!(
                        "{} + {event} -> {after}\n",
                        state.map_or("new", SignalState::word)
                    ));
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn opinions_together() {
        use Opinion::{Disputed, Negative, Positive, Seed};
        for (one, other, both) in [
            (Positive, Positive, Positive),
            (Positive, Seed, Positive),
            (Seed, Seed, Seed),
            (Negative, Negative, Negative),
            (Negative, Seed, Disputed),
            (Negative, Positive, Disputed),
            (Disputed, Positive, Disputed),
        ] {
            assert_eq!((one.with(other), other.with(one)), (both, both), "{one} {other}");
        }
    }

    #[test]
    fn closed_lists_are_for_an_enabled_provider_only() {
        use ListClass::{ChildAbuse, Intimate, Ordinary};
        let check = |bank, list, kind, enabled: &[ListClass], expected: &str| {
            let code = may_load((bank, list), kind, enabled).map_or_else(|refusal| refusal.code, |()| "yes");
            assert_eq!(code, expected, "{bank} {list} {kind}");
        };
        let all = [ChildAbuse, Intimate];
        check(Ordinary, Ordinary, AgencyKind::ReferralUnit, &[], "yes");
        check(ChildAbuse, ChildAbuse, AgencyKind::Provider, &all, "yes");
        check(ChildAbuse, ChildAbuse, AgencyKind::Provider, &[Intimate], "list_not_enabled");
        check(ChildAbuse, Ordinary, AgencyKind::Provider, &all, "list_class");
        check(Ordinary, Intimate, AgencyKind::Provider, &all, "list_class");
        for kind in AgencyKind::ALL.iter().filter(|kind| **kind != AgencyKind::Provider) {
            check(Intimate, Intimate, *kind, &all, "list_seat");
        }
        assert!(may_export(Sharing::Red, Ordinary).is_err() && may_export(Sharing::Clear, Intimate).is_err());
        assert!(may_export(Sharing::Amber, Ordinary).is_ok());
    }

    #[test]
    fn a_picture_is_near_in_words() {
        let check = |variant: &str, expected: &str| assert_eq!(near(variant), expected, "{variant}");
        check("original", " is near one");
        check("crop-50", " is near one cut by 5.0 % at each side");
        check(
            "trimmed+flip_y+crop-37",
            ", without its border, turned (flip-y), is near one cut by 3.7 % at each side",
        );
        check("inset+rotate_90", " inside of it, turned (rotate-90), is near one");
        check("trimmed+trimmed", ", without its border, is near one without its border");
    }

    #[test]
    fn negative_bank_suppresses() {
        let why = |opinion| Why {
            kind: SignalKind::Pdq,
            bank: "b".into(),
            opinion,
            distance: 3,
            limit: 31,
            variant: "original".into(),
            part: None,
        };
        assert!(!suppressed(&[why(Opinion::Positive)]));
        assert!(suppressed(&[why(Opinion::Positive), why(Opinion::Negative)]));
    }
}
