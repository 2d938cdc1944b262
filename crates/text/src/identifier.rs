//! Identifiers that name a person, a purse or a place to pay, wherever they stand in a text.
//!
//! Each family is one file. What has a checksum is only found when the checksum holds, so an order number or a hash is
//! never taken for one. The text is read in its plain form (full-width forms as ASCII, nothing invisible, case kept),
//! and every range is one of the original. E-mail addresses and handles are found by [`crate::mention`].
//!
//! Rejected: reading `normal`. It folds case, and Base58 and mixed-case hexadecimal say something by it.

mod bitcoin;
mod donation;
mod ethereum;
mod iban;
mod monero;
mod onion;
mod phone;
mod plain;
mod tron;

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::defanged::refanged;
use crate::mention::{self, MENTIONS_MAX, Mention, mentions};
use plain::{Plain, is_raised};

/// No more identifiers than this are returned for one text.
pub const IDENTIFIERS_MAX: usize = 10_000;

/// Longer texts are cut here, at a character boundary, before they are read.
pub const TEXT_MAX_BYTES: usize = 4 * 1024 * 1024;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A bank account (ISO 13616), in capitals without spaces.
    Iban,
    /// An address of Bitcoin's main net: Base58Check as written, Bech32 and Bech32m in lower case.
    Bitcoin,
    /// An address of Ethereum and its kin, in the mixed case of EIP-55.
    Ethereum,
    /// An address of Tron, as written.
    Tron,
    /// An address of Monero's main net (standard, integrated or subaddress), as written.
    Monero,
    /// An onion service, version 3, in lower case, without what stands before and after it in a link.
    Onion,
    /// A telephone number of E.164: `+` and its digits.
    Phone,
    /// A page that takes donations: host, path and account in lower case, without scheme.
    Donation,
}

impl Kind {
    /// The word that files and messages use for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iban => "iban",
            Self::Bitcoin => "bitcoin",
            Self::Ethereum => "ethereum",
            Self::Tron => "tron",
            Self::Monero => "monero",
            Self::Onion => "onion",
            Self::Phone => "phone",
            Self::Donation => "donation",
        }
    }

    /// True for what money is sent to: accounts, purses and pages for donations. Onion services and telephone numbers are not.
    #[must_use]
    pub const fn takes_money(self) -> bool {
        match self {
            Self::Iban | Self::Bitcoin | Self::Ethereum | Self::Tron | Self::Monero | Self::Donation => true,
            Self::Onion | Self::Phone => false,
        }
    }

    /// True when what is written without an error carries a checksum. An Ethereum address in one case carries none.
    #[must_use]
    pub const fn has_checksum(self) -> bool {
        !matches!(self, Self::Phone | Self::Donation)
    }
}

/// One identifier found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    /// Byte range in the original text.
    pub range: Range<usize>,
    /// The canonical value: equal for all ways to write the same one, and found again as itself.
    pub value: String,
    /// A checksum was there and held. False for telephone numbers, donation pages, and Ethereum addresses in one case.
    pub verified: bool,
}

/// What a family made of a candidate.
struct Hit {
    kind: Kind,
    /// Where it ends in the plain text.
    end: usize,
    value: String,
    verified: bool,
}

impl Hit {
    fn verified(kind: Kind, end: usize, value: String) -> Self {
        Self { kind, end, value, verified: true }
    }
}

/// Finds the identifiers of a text, in order and without overlap, at most [`IDENTIFIERS_MAX`].
///
/// Defanged ones ([`crate::defanged`]) are read too. Inside links only onion services and donation pages are taken. Reading ends with the last link of a text that has
/// more than [`MENTIONS_MAX`] links and names.
#[must_use]
pub fn identifiers(text: &str) -> Vec<Identifier> {
    let text = &text[..text.floor_char_boundary(TEXT_MAX_BYTES)];
    let Some(refanged) = refanged(text) else { return identifiers_in(text) };
    let mut found = identifiers_in(&refanged.text);
    found.iter_mut().for_each(|one| one.range = refanged.original_range(one.range.clone()));
    found
}

/// What money is sent to in a text and in links that stand beside it, each once, in order of kind and value. It is verified
/// when it was in one place; the range is of the first such place, in the text or in its link.
#[must_use]
pub fn money<'a>(text: &str, links: impl IntoIterator<Item = &'a str>) -> Vec<Identifier> {
    let mut all = identifiers(text);
    links.into_iter().for_each(|link| all.extend(identifiers(link)));
    all.retain(|found| found.kind.takes_money());
    all.sort_by(|x, y| (x.kind, &x.value, !x.verified).cmp(&(y.kind, &y.value, !y.verified)));
    all.dedup_by(|x, y| (x.kind, &x.value) == (y.kind, &y.value));
    all
}

fn identifiers_in(text: &str) -> Vec<Identifier> {
    let plain = Plain::of(text);
    let found = mentions(&plain.text);
    let end = match found.last() {
        Some(last) if found.len() == MENTIONS_MAX => last.range.end,
        _ => plain.text.len(),
    };
    let mut hits = scan(&plain.text[..end], &found);
    hits.extend(found.iter().filter_map(donation_in));
    hits.sort_by_key(|(start, hit)| (*start, hit.end));
    let mut out: Vec<Identifier> = Vec::with_capacity(hits.len().min(IDENTIFIERS_MAX));
    let mut free = 0;
    for (start, hit) in hits {
        if start >= free && out.len() < IDENTIFIERS_MAX {
            let range = plain.original_range(start..hit.end);
            out.push(Identifier { kind: hit.kind, range, value: hit.value, verified: hit.verified });
            free = hit.end;
        }
    }
    out
}

fn donation_in(link: &Mention<'_>) -> Option<(usize, Hit)> {
    let is_link = matches!(link.kind, mention::Kind::Link | mention::Kind::Invitation);
    let value = donation::canonical(link.value).filter(|_| is_link)?;
    Some((link.range.start, Hit { kind: Kind::Donation, end: link.range.end, value, verified: false }))
}

/// Tries each run of ASCII letters and digits that stands alone, and each `+`.
fn scan(plain: &str, found: &[Mention<'_>]) -> Vec<(usize, Hit)> {
    let bytes = plain.as_bytes();
    let mut links = found.iter().filter(|one| one.kind != mention::Kind::Hashtag).peekable();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() && out.len() < IDENTIFIERS_MAX {
        if bytes[at] != b'+' && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let end = run_end(bytes, at);
        while links.next_if(|link| link.range.end <= at).is_some() {}
        let in_link = links.peek().is_some_and(|link| link.range.start <= at);
        let (hit, next) = if is_open_before(plain, at) { candidate(plain, at..end) } else { (None, end) };
        out.extend(hit.filter(|hit| hit.kind == Kind::Onion || !in_link).map(|hit| (at, hit)));
        at = next.max(at + 1);
    }
    out
}

/// Where the run of ASCII letters and digits that begins at `at` ends.
fn run_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(bytes.len(), |length| at + length)
}

/// Asks the families, and says where to go on: after what was found, and after what has the groups of a bank account
/// but not its checksum, so that none of its groups is taken for a telephone number.
fn candidate(plain: &str, run: Range<usize>) -> (Option<Hit>, usize) {
    let word = &plain[run.clone()];
    let hit = if word.is_empty() || word.starts_with("00") {
        phone::at(plain, run.start)
    } else if let Some((account, end)) = iban::at(plain, run.start) {
        return (account.map(|value| Hit::verified(Kind::Iban, end, value)), end);
    } else if is_open_after(plain, run.end) {
        purse(word, run.end).or_else(|| onion::at(plain, run.clone()))
    } else {
        None
    };
    let next = hit.as_ref().map_or(run.end, |hit| hit.end);
    (hit, next)
}

/// Lengths and first characters keep the families apart.
fn purse(word: &str, end: usize) -> Option<Hit> {
    if let Some((value, verified)) = ethereum::canonical(word) {
        return Some(Hit { kind: Kind::Ethereum, end, value, verified });
    }
    let (kind, value) = None
        .or_else(|| bitcoin::canonical(word).map(|value| (Kind::Bitcoin, value)))
        .or_else(|| tron::canonical(word).map(|value| (Kind::Tron, value)))
        .or_else(|| monero::canonical(word).map(|value| (Kind::Monero, value)))?;
    Some(Hit::verified(kind, end, value))
}

/// True if a word may begin at `at`: nothing before it that would belong to the same word.
fn is_open_before(plain: &str, at: usize) -> bool {
    plain[..at].chars().next_back().is_none_or(|c| !joins(c))
}

/// True if a word may end at `at`.
fn is_open_after(plain: &str, at: usize) -> bool {
    plain[at..].chars().next().is_none_or(|c| !joins(c))
}

/// True for letters, digits and `_`. Scripts that write no space between words, or join endings to foreign words, do
/// not join: Han, kana, Hangul, Thai, Lao, Khmer, Burmese.
fn joins(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let apart = matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}');
    c.is_alphanumeric() && !apart && !is_raised(c)
}

/// The payload of Base58Check: `size` bytes, then the first four of their double SHA-256
/// (Bitcoin Core, `src/base58.cpp`).
fn base58check<const SIZE: usize>(word: &str) -> Option<[u8; SIZE]> {
    let mut bytes = [0; 64];
    let length = bs58::decode(word).onto(&mut bytes[..]).ok()?;
    let (payload, sum) = bytes[..length].split_at_checked(SIZE)?;
    let expected = Sha256::digest(Sha256::digest(payload));
    (sum.len() == 4 && sum == &expected[..4]).then(|| payload.try_into().ok()).flatten()
}

#[cfg(test)]
mod tests;
