//! What stands inside of files: the parts of a document with their text, links and pictures, a plain text, and words that
//! a machine read in pictures; each compared with a bank by itself, and told with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use connect::decoder::document::{Document, Part};
use connect::decoder::ocr::Reader;
use connect::decoder::{Decoded, Want};
use domain::bank::{Opinion, SignalKind};

use crate::bank::Bank;
use crate::compare;
use crate::list::Unreadable;
use crate::picture::{NoPicture, Pictures};
use crate::screen::{self, Clock, Found, Post, Variant};

/// Kinds of signals that are compared with text.
pub const OF_WORDS: [SignalKind; 5] =
    [SignalKind::Term, SignalKind::Text, SignalKind::Url, SignalKind::Host, SignalKind::Tlsh];

/// A page with fewer letters and digits than this is taken for a picture of a page.
const LETTERS_OF_A_PAGE: usize = 20;

/// A long plain text is compared in pieces of so many bytes.
const PIECE_BYTES: usize = 128 << 10;

/// So much of a piece stands in the next one too.
const PIECE_OVERLAP_BYTES: usize = 8 << 10;

/// Said where a limit ended the search.
const INCOMPLETE: &str = "It holds more words or links than are compared.";

/// Matches told of one file.
const MATCHES_MAX: usize = 1_000;

/// What is compared with words: the bank's terms, texts and links, and who reads words in pictures, if anyone.
pub struct Words {
    bank: Option<screen::Bank>,
    reader: Option<Reader>,
}

/// A signal that matches inside of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// Where: `page 3`, `picture 1 of slide 2`, `picture`, `text`.
    pub part: String,
    /// Words that a machine read in a picture: it may have misread.
    pub read_by_machine: bool,
    /// What was compared.
    pub kind: SignalKind,
    /// The value in the bank; of a text the SHA-256 of its normal form.
    pub signal: String,
    /// The bank's name.
    pub bank: String,
    /// What people call it.
    pub label: Option<String>,
    /// What the bank's owner thinks of it.
    pub opinion: Opinion,
    /// As of `kind`.
    pub distance: Option<u32>,
    /// As of `kind`.
    pub variant: String,
    /// The sentence for people, with the part.
    pub why: String,
}

/// What was found inside of one file.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub(crate) found: Vec<Inside>,
    /// A part was silenced by a negative bank.
    pub(crate) suppressed: bool,
    /// Why it was not compared in every way.
    pub(crate) trouble: Option<String>,
    /// The document could be read.
    pub(crate) is_read: bool,
    /// Pictures in which a machine looked for words.
    pub(crate) pictures_read: u64,
}

/// A text of a file, with its place.
struct Said {
    post: Post,
    part: String,
    read_by_machine: bool,
    /// The whole of a document, which is there for texts that run over its parts.
    whole: bool,
}

impl Words {
    /// Of a bank: its terms, texts and links, if it has any, and the reader of words in pictures.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn of(path: &Path, bank: &Bank, reader: Option<Reader>) -> Result<Self, Unreadable> {
        let has = OF_WORDS.iter().any(|kind| bank.left_alone.contains_key(kind.word()));
        Ok(Self { bank: if has { Some(screen::Bank::words(path)?) } else { None }, reader })
    }

    /// Whether there is anything to compare with.
    #[must_use]
    pub fn any(&self) -> bool {
        self.bank.is_some()
    }

    /// Whether words in pictures are read.
    #[must_use]
    pub fn reads(&self) -> bool {
        self.reader().is_some()
    }

    /// Who reads words in pictures, if that is of use.
    fn reader(&self) -> Option<&Reader> {
        self.reader.as_ref().filter(|_| self.bank.is_some())
    }
}

/// Looks into a document. `None` when it is an archive of other things. `Err` when the box cannot work.
pub(crate) async fn document(
    bytes: Vec<u8>,
    bank: &Arc<Bank>,
    words: &Arc<Words>,
    pictures: &Pictures,
) -> Result<Option<Looked>, String> {
    let compares = bank.has(SignalKind::Pdq);
    let mut looked = Looked::default();
    let document = match pictures.document(bytes, compares || words.reader().is_some()).await {
        Ok(None) => return Ok(None),
        Ok(Some(document)) => document,
        Err(NoPicture::OfTheFile(why)) => {
            looked.trouble = Some(why);
            return Ok(Some(looked));
        }
        Err(NoPicture::OfTheBox(why)) => return Err(why),
    };
    (looked.trouble, looked.is_read) = (document.trouble.clone(), true);
    if document.cut {
        looked.note("It holds more text than is read.");
    }
    let mut said: Vec<Said> = document
        .parts
        .iter()
        .map(|part| Said {
            post: Post { text: part.text.clone(), links: part.links.clone(), ..Post::default() },
            part: part.place.to_string(),
            read_by_machine: false,
            whole: false,
        })
        .collect();
    let is_scan = |part: Option<&Part>| {
        part.is_none_or(|part| part.text.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS_OF_A_PAGE)
    };
    let mut numbers = BTreeMap::<String, u32>::new();
    let mut near = BTreeMap::new();
    for shown in &document.pictures {
        let part =
            if shown.is_page { shown.place.to_string() } else { numbered(&document, shown, &mut numbers) };
        if compares {
            let want = Want { asked: true, points: bank.has_points(), ..Want::default() };
            match pictures.of_bytes(shown.bytes.clone(), want).await {
                Ok(facts) => looked.picture(&facts, &part, bank, &mut near).await?,
                Err(NoPicture::OfTheFile(why)) => looked.note(&format!("A picture in it: {why}")),
                Err(NoPicture::OfTheBox(why)) => return Err(why),
            }
        }
        // A page without text is read as a whole, and then not its pictures too.
        let scan = is_scan(document.parts.iter().find(|part| part.place == shown.place));
        let drawn = document.pictures.iter().any(|one| one.is_page && one.place == shown.place);
        if shown.is_page == (scan && drawn) {
            said.extend(looked.read(shown.bytes.clone(), part, words, pictures).await?);
        }
    }
    looked.found.extend(near.into_values());
    if document.parts.len() > 1 {
        let post = Post { text: document.text(), ..Post::default() };
        said.push(Said { post, part: "document".to_owned(), read_by_machine: false, whole: true });
    }
    looked.words(said, words).await?;
    Ok(Some(looked))
}

/// Looks into a text that is a file of its own.
pub(crate) async fn text(text: String, words: &Arc<Words>) -> Result<Looked, String> {
    let mut looked = Looked { is_read: true, ..Looked::default() };
    let said = |part: String, text: &str, whole| {
        let post = Post { text: text.to_owned(), ..Post::default() };
        Said { post, part, read_by_machine: false, whole }
    };
    let mut all: Vec<Said> = pieces(&text)
        .into_iter()
        .map(|(line, piece)| said(format!("text from line {line}"), piece, false))
        .collect();
    match all.as_mut_slice() {
        [only] => only.part = "text".to_owned(),
        _ => all.push(said("text".to_owned(), &text, true)),
    }
    looked.words(all, words).await?;
    Ok(looked)
}

/// A long text in pieces of [`PIECE_BYTES`] that reach into each other, each with the line on which it begins: more words
/// and links than a limit allows stand in a text of megabytes, and people look for a place in it.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let (mut start, mut line) = (0, 1);
    while text.len() - start > PIECE_BYTES {
        let end = text.floor_char_boundary(start + PIECE_BYTES);
        all.push((line, &text[start..end]));
        let back = text.floor_char_boundary(end - PIECE_OVERLAP_BYTES);
        // At the next line, else at the next word, else in the midst of one.
        let at = |breaks: fn(char) -> bool| text[back..end].find(breaks).map(|at| back + at + 1);
        let next = at(|c| c == '\n').or_else(|| at(|c| c.is_ascii_whitespace())).unwrap_or(back);
        line += text[start..next].matches('\n').count();
        start = next;
    }
    all.push((line, &text[start..]));
    all
}

/// Looks for words in a picture that is a file of its own.
pub(crate) async fn picture(
    bytes: Vec<u8>,
    words: &Arc<Words>,
    pictures: &Pictures,
) -> Result<Looked, String> {
    let mut looked = Looked::default();
    let said = looked.read(bytes, "picture".to_owned(), words, pictures).await?;
    looked.words(said.into_iter().collect(), words).await?;
    Ok(looked)
}

/// `picture 2 of page 3`: counted within its part.
fn numbered(
    document: &Document,
    shown: &connect::decoder::document::Embedded,
    numbers: &mut BTreeMap<String, u32>,
) -> String {
    let place = shown.place.to_string();
    let number = numbers.entry(place.clone()).or_default();
    *number += 1;
    let alone = document.pictures.iter().filter(|one| !one.is_page && one.place == shown.place).count() == 1;
    if alone { format!("picture of {place}") } else { format!("picture {number} of {place}") }
}

impl Looked {
    fn note(&mut self, why: &str) {
        self.trouble.get_or_insert_with(|| why.to_owned());
    }

    /// Compares a picture; of several that match a signal, the first nearest is told.
    async fn picture(
        &mut self,
        facts: &Decoded,
        part: &str,
        bank: &Arc<Bank>,
        near: &mut BTreeMap<u32, Inside>,
    ) -> Result<(), String> {
        let (asked, points, held) = (facts.asked.clone(), facts.points.clone(), Arc::clone(bank));
        let matches = tokio::task::spawn_blocking(move || {
            compare::judged(&held, compare::picture(&held, &asked, points.as_ref()), Vec::new())
        });
        let matches = matches.await.map_err(|error| error.to_string())?;
        self.suppressed |= matches.suppressed;
        for one in matches.found {
            let entry = &bank.entries[one.entry as usize];
            // Without a distance there were points, which say less than a hash.
            let better =
                |known: &Inside| one.distance.unwrap_or(u32::MAX) < known.distance.unwrap_or(u32::MAX);
            if near.get(&one.entry).is_none_or(better) {
                let inside = Inside {
                    part: part.to_owned(),
                    read_by_machine: false,
                    kind: entry.kind,
                    signal: entry.value.to_string(),
                    bank: bank.names[usize::from(entry.bank)].clone(),
                    label: entry.label.as_deref().map(str::to_owned),
                    opinion: entry.opinion,
                    distance: one.distance,
                    variant: one.variant,
                    why: format!("{}: {}", capital(part), one.why),
                };
                near.insert(one.entry, inside);
            }
        }
        Ok(())
    }

    /// What a machine reads in a picture, when one is asked to.
    async fn read(
        &mut self,
        bytes: Vec<u8>,
        part: String,
        words: &Arc<Words>,
        pictures: &Pictures,
    ) -> Result<Option<Said>, String> {
        let Some(reader) = words.reader() else { return Ok(None) };
        match pictures.words(bytes, reader).await {
            Ok(text) => {
                self.pictures_read += 1;
                let post = Post { text, ..Post::default() };
                Ok(Some(Said { post, part, read_by_machine: true, whole: false }))
            }
            Err(NoPicture::OfTheFile(why)) => {
                self.note(&format!("Words in a picture were not read. {why}"));
                Ok(None)
            }
            Err(NoPicture::OfTheBox(why)) => Err(why),
        }
    }

    /// Compares what stands in the parts; a signal that matches several is told of the first, and how many more.
    async fn words(&mut self, said: Vec<Said>, words: &Arc<Words>) -> Result<(), String> {
        if words.bank.is_none() || said.is_empty() {
            return Ok(());
        }
        let words = Arc::clone(words);
        let told = tokio::task::spawn_blocking(move || match &words.bank {
            Some(bank) => told(bank, &said),
            None => Told::default(),
        });
        let Told { found, suppressed, incomplete } = told.await.map_err(|error| error.to_string())?;
        self.suppressed |= suppressed;
        if incomplete {
            self.note(INCOMPLETE);
        }
        self.found.extend(found);
        self.found.truncate(MATCHES_MAX);
        Ok(())
    }
}

/// Of several matches of a signal the lowest is told: the text that holds all of what is listed, the nearest, a part
/// rather than the whole.
fn rank(found: &Found, said: &Said) -> (bool, u32, bool) {
    (found.variant == Variant::Part, found.distance, said.whole)
}

/// What is told of the parts of one file.
#[derive(Default)]
struct Told {
    /// The signals, in the order of the bank.
    found: Vec<Inside>,
    /// A negative one silenced a part.
    suppressed: bool,
    /// A limit ended the search in a part.
    incomplete: bool,
}

/// The signals of each part, in the order of the bank; of several matches of one the lowest by [`rank`].
fn told(bank: &screen::Bank, said: &[Said]) -> Told {
    let mut first = BTreeMap::<u32, (Found, usize, BTreeSet<usize>)>::new();
    let (mut suppressed, mut incomplete) = (false, false);
    for (at, one) in said.iter().enumerate() {
        let matches = bank.matches(&one.post, &mut Clock::new(false));
        let mut found = matches.found;
        incomplete |= matches.incomplete && !one.whole;
        found.retain(|found| {
            !one.whole || matches!(bank.tell(found).kind, SignalKind::Text | SignalKind::Tlsh)
        });
        if found.iter().any(|found| bank.is_negative(found)) {
            suppressed |= found.iter().any(|found| !bank.is_negative(found));
            continue;
        }
        for found in found {
            let known = first.entry(found.row).or_insert((found, at, BTreeSet::new()));
            if rank(&found, one) < rank(&known.0, &said[known.1]) {
                (known.0, known.1) = (found, at);
            }
            if !one.whole {
                known.2.insert(at);
            }
        }
    }
    let inside = first.into_values().map(|(found, at, all)| {
        let (told, one) = (bank.tell(&found), &said[at]);
        let machine = if one.read_by_machine { ", as a machine reads it" } else { "" };
        let more = match all.len().saturating_sub(1) {
            0 => String::new(),
            1 => " One more part matches.".to_owned(),
            more => format!(" {more} more parts match."),
        };
        Inside {
            why: format!("{}{machine}: {}{more}", capital(&one.part), told.why),
            part: one.part.clone(),
            read_by_machine: one.read_by_machine,
            kind: told.kind,
            signal: told.signal.to_owned(),
            bank: told.bank.to_owned(),
            label: told.label.map(str::to_owned),
            opinion: told.opinion,
            distance: Some(told.distance),
            variant: told.variant.to_owned(),
        }
    });
    Told { found: inside.collect(), suppressed, incomplete }
}

fn capital(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_lines_and_its_pieces_overlap() {
        assert_eq!(pieces("a\nb"), [(1, "a\nb")]);
        let text: String = (1..=40_000).map(|line| format!("{line} é\n")).collect();
        let all = pieces(&text);
        assert!(all.len() > 2 && all.iter().all(|(_, piece)| piece.len() <= PIECE_BYTES));
        for (line, piece) in &all {
            assert!(piece.starts_with(&format!("{line} ")), "{line}: {}", &piece[..20]);
        }
        for pair in all.windows(2) {
            let shared = pair[0].1.len() - (pair[1].1.as_ptr() as usize - pair[0].1.as_ptr() as usize);
            assert!((PIECE_OVERLAP_BYTES / 2..=PIECE_OVERLAP_BYTES).contains(&shared), "{shared}");
        }
        let end = all.last().map(|(_, piece)| piece.as_ptr() as usize + piece.len());
        assert_eq!(end, Some(text.as_ptr() as usize + text.len()));
        let endless = "é".repeat(PIECE_BYTES);
        assert_eq!(pieces(&endless).iter().map(|(line, _)| *line).max(), Some(1));
        assert!(pieces(&endless).len() >= 3);
    }
}
