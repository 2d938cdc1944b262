//! One post against a bank.

use domain::bank::{PDQ_DISTANCE_BITS, PDQ_QUALITY_MIN, SignalKind, TLSH_DISTANCE};
use nearest::Nearest;
use text::defanged::refanged;
use text::identifier::identifiers;
use text::language::identify;
use text::mention::{self, MENTIONS_MAX, mentions};
use text::near::{Near, Relation, Shingles};
use text::normal::{Normal, normal};
use text::tlsh::Tlsh;
use text::tokens::{self, TOKENS_MAX};
use text::url_form::canonical;

use super::hit::{Found, Hit, Identifier, Variant};
use super::post::{Medium, Post};
use super::table::{account, digest, picture};
use super::{Bank, Clock, Stage};

/// No more matches than this are given for one post.
pub const MATCHES_MAX: usize = 1_000;

/// Links of one post that are read, beside those in its text.
const LINKS_MAX: usize = 10_000;

/// What was found in a post.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    pub(crate) found: Vec<Found>,
    /// A limit ended the search: of near texts, of words, or of links.
    pub(crate) incomplete: bool,
}

impl Bank {
    /// What is known of a post; `None` when nothing is, or when a negative signal says that it is something else. Where a
    /// limit ended the search, a post of which nothing was found is told too: something may be.
    pub fn screen(&self, post: &Post, clock: &mut Clock) -> Option<Hit<'_>> {
        let mut matches = self.matches(post, clock);
        let is_empty = matches.found.is_empty() && !matches.incomplete;
        if is_empty || matches.found.iter().any(|found| self.is_negative(found)) {
            return None;
        }
        if matches.found.len() > MATCHES_MAX {
            matches.found.truncate(MATCHES_MAX);
            matches.incomplete = true;
        }
        let lang = identify(&post.text).map(str::to_owned).or_else(|| post.lang.clone());
        clock.lap(Stage::Language);
        let identifiers = identifiers_of(&post.text);
        clock.lap(Stage::Identifiers);
        Some(Hit {
            id: post.id.clone(),
            matches: matches.found.iter().map(|found| self.tell(found)).collect(),
            incomplete: matches.incomplete,
            lang: lang.unwrap_or_else(|| "und".to_owned()),
            identifiers,
        })
    }

    /// The signals that match, in the order of the bank, one a signal.
    pub(crate) fn matches(&self, post: &Post, clock: &mut Clock) -> Matches {
        let mut matches = Matches::default();
        let normal = normal(&post.text);
        clock.lap(Stage::Normalise);
        self.find_terms(&post.text, &normal, &mut matches.found);
        clock.lap(Stage::Terms);
        self.find_links(post, &mut matches);
        clock.lap(Stage::Links);
        self.find_files(post, &mut matches);
        clock.lap(Stage::Files);
        if let Some(key) = normal.exact_key().filter(|_| !self.text_rows.is_empty()) {
            self.look(SignalKind::Text, &key, Variant::Exact, &mut matches.found);
        }
        clock.lap(Stage::ExactText);
        self.find_near(&normal, &mut matches);
        self.find_tlsh(&post.text, &mut matches.found);
        clock.lap(Stage::NearText);
        matches.found.sort_unstable();
        matches.found.dedup_by_key(|found| found.row);
        matches
    }

    fn look(&self, kind: SignalKind, form: &[u8], variant: Variant, found: &mut Vec<Found>) {
        found.extend(self.table.rows(digest(kind, form)).map(|row| Found { row, distance: 0, variant }));
    }

    fn find_terms(&self, text: &str, normal: &Normal, found: &mut Vec<Found>) {
        if self.terms.is_empty() {
            return;
        }
        for hit in self.terms.find_in(text, normal) {
            let variant = if hit.as_written { Variant::Written } else { Variant::Normalised };
            // the id is the row
            let row = u32::try_from(hit.id).unwrap_or(u32::MAX);
            found.push(Found { row, distance: 0, variant });
        }
    }

    fn find_links(&self, post: &Post, matches: &mut Matches) {
        if self.sizes().links == 0 {
            return;
        }
        let mut look = |link: &str, variant: Variant| {
            if let Ok(address) = canonical(link) {
                self.look(SignalKind::Url, address.key().as_bytes(), variant, &mut matches.found);
                self.look(SignalKind::Host, address.registrable.as_bytes(), variant, &mut matches.found);
            }
        };
        for link in post.links.iter().take(LINKS_MAX) {
            look(link, Variant::Link);
        }
        let refanged = refanged(&post.text);
        let in_text = mentions(refanged.as_ref().map_or(&post.text, |refanged| &refanged.text));
        let links =
            in_text.iter().filter(|one| matches!(one.kind, mention::Kind::Link | mention::Kind::Invitation));
        for link in links {
            look(link.value, Variant::InText);
        }
        matches.incomplete |= post.links.len() > LINKS_MAX || in_text.len() >= MENTIONS_MAX;
    }

    fn find_files(&self, post: &Post, matches: &mut Matches) {
        if let Some(account) = post.account.as_deref().and_then(account) {
            self.look(SignalKind::Account, account.as_bytes(), Variant::Exact, &mut matches.found);
        }
        for file in &post.media {
            let hashes = [
                (SignalKind::Sha256, &file.sha256),
                (SignalKind::Sha1, &file.sha1),
                (SignalKind::Md5, &file.md5),
            ];
            for (kind, hash) in hashes {
                if let Some(hash) = hash {
                    matches.incomplete |= !is_hash(kind, hash);
                    self.look(kind, hash.as_bytes(), Variant::Exact, &mut matches.found);
                }
            }
            matches.incomplete |= file.pdq.as_deref().is_some_and(|pdq| picture(pdq).is_none());
            self.find_pictures(file, &mut matches.found);
        }
    }

    fn find_pictures(&self, file: &Medium, found: &mut Vec<Found>) {
        let Some(value) = file.pdq.as_deref().and_then(picture) else { return };
        if self.pictures.is_empty() || file.quality.is_some_and(|quality| quality < PDQ_QUALITY_MIN) {
            return;
        }
        for near in self.pictures.within(&value, self.limit) {
            let row = u32::try_from(near.id).unwrap_or(u32::MAX);
            let limit = self.limits.get(&row).copied().unwrap_or(PDQ_DISTANCE_BITS);
            if near.distance <= limit {
                found.push(Found { row, distance: near.distance, variant: Variant::Original });
            }
        }
    }

    fn find_near(&self, normal: &Normal, matches: &mut Matches) {
        if self.texts.entries() == 0 {
            return;
        }
        let answer = self.texts.near(&Shingles::of_normal(&normal.text));
        matches.incomplete |= !answer.complete || has_more_words(&normal.text);
        matches
            .found
            .extend(answer.found.iter().map(|near| found_near(self.text_rows[near.at as usize], near)));
    }
}

impl Bank {
    /// Texts whose TLSH is near: with every listed one in turn.
    fn find_tlsh(&self, text: &str, found: &mut Vec<Found>) {
        let Some(asked) = (!self.tlsh.is_empty()).then(|| Tlsh::of(text.as_bytes())).flatten() else {
            return;
        };
        let far = self.tlsh.iter().map(|(listed, row)| (listed.distance(&asked), *row));
        let near = far.filter(|(distance, _)| *distance <= TLSH_DISTANCE);
        found.extend(near.map(|(distance, row)| Found { row, distance, variant: Variant::Original }));
    }
}

/// Whether a digest is written with as many hexadecimal digits as its kind has.
fn is_hash(kind: SignalKind, written: &str) -> bool {
    let digits = match kind {
        SignalKind::Md5 => 32,
        SignalKind::Sha1 => 40,
        _ => 64,
    };
    written.len() == digits && written.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text has more words than are read.
fn has_more_words(normal: &str) -> bool {
    let mut words = 0;
    if normal.len() > TOKENS_MAX {
        tokens::each(normal, |_| words += 1);
    }
    words >= TOKENS_MAX
}

/// A near text, with its distance in hundredths, rounded up: 0 is all.
pub(super) fn found_near(row: u32, near: &Near) -> Found {
    let (variant, share) = match near.relation {
        Relation::Same => (Variant::SameWords, 1000),
        Relation::Edited => (Variant::Edited, near.overlap.resemblance_per_mille()),
        Relation::Quoted => (Variant::Quoted, near.overlap.quoted_per_mille()),
        Relation::Part => (Variant::Part, near.overlap.part_per_mille()),
    };
    Found { row, distance: (1000 - share.min(1000)).div_ceil(10), variant }
}

fn identifiers_of(text: &str) -> Vec<Identifier> {
    let found = identifiers(text).into_iter();
    let mut all: Vec<Identifier> = found
        .map(|one| Identifier { kind: one.kind.word(), value: one.value, verified: one.verified })
        .collect();
    all.sort();
    all.dedup();
    all
}
