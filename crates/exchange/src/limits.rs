//! RXP-100: every limit of the wire, in one place. Text lengths count Unicode scalar values,
//! of which the least is what a person can see.

use crate::refused::{Code, Refused};
use domain::written;

/// How much of something a document may hold: `min..=max`, in the unit its name ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The smallest amount accepted.
    pub min: usize,
    /// The largest amount accepted.
    pub max: usize,
}

impl Limit {
    /// `min..=max`.
    const fn new(min: usize, max: usize) -> Self {
        Self { min, max }
    }

    /// Whether `amount` is inside.
    pub const fn allows(self, amount: usize) -> bool {
        self.min <= amount && amount <= self.max
    }

    /// Refuses `text` at the JSON pointer `field` if its length in characters is outside. Characters that nobody sees
    /// make no text longer: they count towards the most, and not towards the least (D10).
    pub fn text(self, field: &str, text: &str) -> Result<(), Refused> {
        let seen = written::seen(text);
        if seen < self.min {
            return self.amount(field, seen, "characters that can be seen");
        }
        self.amount(field, text.chars().count(), "characters")
    }

    /// Refuses a list at the JSON pointer `field` if it has too few or too many entries.
    pub fn count<T>(self, field: &str, list: &[T]) -> Result<(), Refused> {
        self.amount(field, list.len(), "entries")
    }

    /// Refuses `amount` of `unit` at the JSON pointer `field` if it is outside.
    pub fn amount(self, field: &str, amount: usize, unit: &str) -> Result<(), Refused> {
        if self.allows(amount) {
            return Ok(());
        }
        let Self { min, max } = self;
        Err(Refused::at(Code::Limit, field, format!("{amount} {unit}, allowed are {min} to {max}")))
    }
}

/// Refuses a text that is there and has the wrong length.
pub(crate) fn optional(limit: Limit, field: &str, text: Option<&String>) -> Result<(), Refused> {
    text.map_or(Ok(()), |text| limit.text(field, text))
}

/// RXP-100.01: a document, in bytes.
pub const DOCUMENT_BYTES: Limit = Limit::new(2, 256 * 1024);
/// RXP-100.01: an error answer, in bytes.
pub const ERROR_BYTES: Limit = Limit::new(2, 4 * 1024);
/// RXP-100.01: a contact file, in bytes.
pub const CONTACT_BYTES: Limit = Limit::new(2, 32 * 1024);
/// RXP-100.01: a JWKS, in bytes.
pub const JWKS_BYTES: Limit = Limit::new(2, 32 * 1024);
/// RXP-11: nesting of arrays and objects; the document itself is level 1.
pub const DEPTH_LEVELS: usize = 16;
/// RXP-10: the largest absolute value of an integer, 2^53 - 1.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;
/// RXP-100.02: items of a referral, notice or order.
pub const ITEMS: Limit = Limit::new(1, 200);
/// D1: assessed contents that a referral of a channel or account rests on.
pub const GROUNDS: Limit = Limit::new(2, 50);
/// RXP-100.03: a URL, in bytes.
pub const URL_BYTES: Limit = Limit::new(1, 4096);
/// RXP-100.04: a locator, in characters.
pub const LOCATOR_CHARS: Limit = Limit::new(1, 1000);
/// RXP-100.04: locators of one item or kind.
pub const LOCATORS: Limit = Limit::new(0, 10);
/// RXP-100.05: a statement, explanation or clarification, in characters.
pub const STATEMENT_CHARS: Limit = Limit::new(20, 4000);
/// Free text of information, reminder, withdrawal, contest and decision, in characters (the spec's
/// worked examples are shorter than a statement).
pub const TEXT_CHARS: Limit = Limit::new(1, 4000);
/// RXP-100.06: the text of an exemption finding `yes` or `unsure`, in characters.
pub const FINDING_CHARS: Limit = Limit::new(10, 1000);
/// D3: the text of an exemption finding `no`, in characters.
pub const FINDING_NO_CHARS: Limit = Limit::new(0, 1000);
/// RXP-100.07: a name or title, in characters.
pub const NAME_CHARS: Limit = Limit::new(1, 200);
/// RXP-100.07: an address, in characters.
pub const ADDRESS_CHARS: Limit = Limit::new(1, 300);
/// RXP-100.07: a reference, in characters.
pub const REFERENCE_CHARS: Limit = Limit::new(1, 64);
/// RXP-100.08: evidence references of one message.
pub const EVIDENCE: Limit = Limit::new(0, 50);
/// RXP-100.08: the size of a piece of evidence, in bytes.
pub const EVIDENCE_BYTES: u64 = 1 << 40;
/// RXP-100.08: a one-time link, in bytes.
pub const LINK_BYTES: Limit = Limit::new(1, 2048);
/// RXP-100.08: the life of a one-time link from `sent_at`, in milliseconds (7 days).
pub const LINK_LIFE_MS: i64 = 7 * 24 * 3600 * 1000;
/// RXP-100.09: hashes of one item.
pub const HASHES: Limit = Limit::new(0, 20);
/// RXP-100.10: entries of a `hash_publish`.
pub const HASH_ENTRIES: Limit = Limit::new(1, 1000);
/// RXP-100.11: terms of a `deconflict_query`.
pub const DECONFLICT_TERMS: Limit = Limit::new(1, 500);
/// RXP-100.12: redress entries.
pub const REDRESS: Limit = Limit::new(1, 12);
/// RXP-100.13: legal bases of a message.
pub const LEGAL_BASES: Limit = Limit::new(0, 5);
/// RXP-100.13: a legal basis, in characters.
pub const LEGAL_BASIS_CHARS: Limit = Limit::new(1, 120);
/// RXP-100.14: keys of `ext`.
pub const EXT_KEYS: Limit = Limit::new(0, 8);
/// RXP-100.14: the canonical form of `ext`, in bytes.
pub const EXT_BYTES: Limit = Limit::new(2, 4 * 1024);
/// RXP-100.15: territories of an answer.
pub const TERRITORIES: Limit = Limit::new(0, 60);
/// RXP-110: the note of an answer, in characters.
pub const NOTE_CHARS: Limit = Limit::new(1, 1000);
/// RXP-110: results of an outcome. (Each item alone, and one add-on.)
pub const RESULTS: Limit = Limit::new(1, 400);
/// RXP-124: changes of a correction.
pub const CHANGES: Limit = Limit::new(1, 50);
/// RXP-40: flags of a receipt.
pub const FLAGS: Limit = Limit::new(0, 10);
/// RXP-52: languages of a contact file.
pub const LANGUAGES: Limit = Limit::new(1, 30);
/// RXP-52: roles of a contact file.
pub const ROLES: Limit = Limit::new(1, 10);
/// RXP-52: protocol versions of a contact file.
pub const VERSIONS: Limit = Limit::new(1, 10);
/// RXP-52: keys for mail in a contact file.
pub const MAIL_KEYS: Limit = Limit::new(0, 4);
/// RXP-54: keys of a JWKS.
pub const KEYS: Limit = Limit::new(1, 20);
/// RXP-39: referrals an hour to a provider whose contact file names no number.
pub const REFERRALS_PER_HOUR_DEFAULT: u32 = 60;
/// RXP-39: the most referrals an hour that a contact file may name.
pub const REFERRALS_PER_HOUR: Limit = Limit::new(1, 1_000_000);
