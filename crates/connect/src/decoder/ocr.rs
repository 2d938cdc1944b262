//! Text inside pictures, read by a machine: tesseract, when it is installed, with the languages that are installed.
//!
//! It never gets a file of others: a picture is decoded in a child, and the reader gets grey pixels. First it says which
//! script it sees, then it reads with the languages of that script, and once more with the one language that the text
//! turns out to be in, for together they spoil each other's accents. What it reads is a machine's guess, and is marked so
//! wherever it goes.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::DecodeError;
use super::tool::{INPUT, Input, Tool, find};

/// What is installed with it, on Debian.
pub const PACKAGE: &str = "tesseract-ocr";

/// A picture with no side over this is made twice as large, pixels.
pub const SMALL_SIDE_PX: u32 = 1_000;

/// A picture with a longer side is made smaller, pixels.
pub const SIDE_MAX_PX: u32 = 3_000;

/// Most text of one picture, bytes of UTF-8.
pub const TEXT_MAX_BYTES: usize = 256 << 10;

/// Languages that read one picture at once.
const LANGUAGES_MAX: usize = 6;

/// Address space of the reader: each language takes some dozen MiB.
const MEMORY_MIB: u64 = 1_024;

/// Processor time and time for one picture, seconds.
const CPU_SECONDS: u64 = 20;
const WAIT_SECONDS: u64 = 40;

/// Longest list of languages, bytes.
const LIST_MAX_BYTES: usize = 64 << 10;

/// Languages by the script in which they are written, as the reader names both, the usual ones first.
const SCRIPTS: [(&str, &[&str]); 9] = [
    ("Latin", &["eng", "fra", "deu", "pol", "por", "spa", "ita", "tur", "nld", "ron", "ces", "swe"]),
    ("Cyrillic", &["rus", "ukr", "bul", "srp", "bel", "mkd"]),
    ("Greek", &["ell"]),
    ("Arabic", &["ara", "fas", "urd", "kur_ara", "pus"]),
    ("Hebrew", &["heb"]),
    ("Devanagari", &["hin", "mar", "nep"]),
    ("Han", &["chi_sim", "chi_tra"]),
    ("Japanese", &["jpn"]),
    ("Korean", &["kor"]),
];

/// Languages as [`text::language`] names them, and their packs, of scripts that have several.
const LANGUAGES: [(&str, &str); 14] = [
    ("en", "eng"),
    ("fr", "fra"),
    ("de", "deu"),
    ("pl", "pol"),
    ("pt", "por"),
    ("es", "spa"),
    ("it", "ita"),
    ("tr", "tur"),
    ("nl", "nld"),
    ("ru", "rus"),
    ("uk", "ukr"),
    ("ar", "ara"),
    ("fa", "fas"),
    ("ur", "urd"),
];

/// The language that every script is read with beside its own: addresses are written in its letters.
const OF_ADDRESSES: &str = "eng";

/// What tells scripts apart.
const SCRIPT_PACK: &str = "osd";

/// Grey pixels, top row first.
#[derive(Debug)]
pub struct Pixels {
    width: u32,
    height: u32,
    grey: Vec<u8>,
}

impl Pixels {
    /// `None` when there are more or fewer than the sides say.
    #[must_use]
    pub fn new([width, height]: [u32; 2], grey: Vec<u8>) -> Option<Self> {
        let pixels = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
        let fits = width.max(height) <= SIDE_MAX_PX && pixels > 0 && pixels == grey.len();
        fits.then_some(Self { width, height, grey })
    }

    /// As a file: binary PGM.
    fn file(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.grey);
        file
    }
}

/// The reader of this machine.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    /// Codes of ISO 639-2, as its packs are named.
    languages: Vec<String>,
    tells_scripts: bool,
}

impl Reader {
    /// The reader, when it is installed with at least one language.
    ///
    /// # Errors
    /// A sentence that says what to install.
    pub async fn find() -> Result<Self, String> {
        let missing = format!("Text in pictures is not read: install {PACKAGE} and its languages.");
        let program = find("tesseract").ok_or_else(|| missing.clone())?;
        let lister = tool(program.clone(), &["--list-langs"]);
        let list = lister.output(Input::Bytes(Vec::new()), LIST_MAX_BYTES).await;
        let list = list.map_err(|error| format!("Text in pictures is not read: {error}"))?;
        let list = String::from_utf8_lossy(&list);
        // The first line is a heading.
        let all: Vec<&str> = list.lines().skip(1).map(str::trim).collect();
        let known = SCRIPTS.iter().flat_map(|(_, languages)| languages.iter().copied());
        let languages: Vec<String> =
            known.filter(|language| all.contains(language)).map(str::to_owned).collect();
        match languages.is_empty() {
            true => Err(missing),
            false => Ok(Self { program, languages, tells_scripts: all.contains(&SCRIPT_PACK) }),
        }
    }

    /// The languages that are installed and used.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// What stands in a picture; empty when it reads nothing.
    ///
    /// # Errors
    /// As of every tool.
    pub(super) async fn read(&self, pixels: &Pixels) -> Result<String, DecodeError> {
        let script = match self.tells_scripts {
            true => self.script(pixels).await?,
            false => None,
        };
        let languages = self.languages_of(script);
        let text = self.read_as(pixels, &languages).await?;
        match self.language_of(&text).filter(|one| languages.first() != Some(one)) {
            Some(language) => self.read_as(pixels, &self.beside_addresses(vec![language])).await,
            None => Ok(text),
        }
    }

    async fn read_as(&self, pixels: &Pixels, languages: &[&str]) -> Result<String, DecodeError> {
        let tool = tool(self.program.clone(), &[INPUT, "stdout", "-l", &languages.join("+")]);
        let text = tool.output(Input::Bytes(pixels.file()), TEXT_MAX_BYTES).await?;
        let text = String::from_utf8_lossy(&text);
        // Pages end with a form feed.
        Ok(text.trim_end_matches(['\u{c}', '\n', ' ']).to_owned())
    }

    /// The script that it sees; `None` when there are too few letters to say.
    async fn script(&self, pixels: &Pixels) -> Result<Option<&'static str>, DecodeError> {
        let tool = tool(self.program.clone(), &[INPUT, "stdout", "--psm", "0", "-l", SCRIPT_PACK]);
        match tool.output(Input::Bytes(pixels.file()), TEXT_MAX_BYTES).await {
            Ok(words) => Ok(script_of(&String::from_utf8_lossy(&words))),
            // It ends with a complaint when there is too little to see.
            Err(DecodeError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The installed language of a text.
    fn language_of(&self, text: &str) -> Option<&'static str> {
        let language = text::language::identify(text)?;
        let pack = LANGUAGES.iter().find(|(code, _)| *code == language).map(|(_, pack)| *pack)?;
        self.languages.iter().any(|one| one == pack).then_some(pack)
    }

    fn beside_addresses<'a>(&self, mut chosen: Vec<&'a str>) -> Vec<&'a str> {
        if self.languages.iter().any(|one| one == OF_ADDRESSES) && !chosen.contains(&OF_ADDRESSES) {
            chosen.push(OF_ADDRESSES);
        }
        chosen
    }

    /// The installed languages of a script, and that of addresses; without one, the first of every script.
    fn languages_of(&self, script: Option<&str>) -> Vec<&str> {
        let installed = |language: &&str| self.languages.iter().any(|one| one == language);
        let of_script: Vec<&str> = SCRIPTS
            .iter()
            .filter(|(name, _)| Some(*name) == script)
            .flat_map(|(_, languages)| languages.iter().copied().filter(installed))
            .collect();
        let mut chosen = match of_script.is_empty() {
            false => of_script,
            true => SCRIPTS
                .iter()
                .filter_map(|(_, languages)| languages.iter().copied().find(|language| installed(language)))
                .collect(),
        };
        chosen.truncate(LANGUAGES_MAX - 1);
        self.beside_addresses(chosen)
    }
}

fn tool(program: PathBuf, args: &[&str]) -> Tool {
    Tool {
        program,
        args: args.iter().map(OsString::from).collect(),
        memory_mib: MEMORY_MIB,
        cpu_seconds: CPU_SECONDS,
        wait: Duration::from_secs(WAIT_SECONDS),
    }
}

/// The script in the reader's words, if it is one of ours.
fn script_of(words: &str) -> Option<&'static str> {
    let name = words.lines().find_map(|line| line.strip_prefix("Script:"))?.trim();
    SCRIPTS.iter().map(|(script, _)| *script).find(|script| *script == name)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn languages_follow_the_script() {
        let reader = |languages: &[&str]| Reader {
            program: PathBuf::new(),
            languages: languages.iter().map(ToString::to_string).collect(),
            tells_scripts: true,
        };
        let check = |languages: &[&str], script: Option<&str>, expected: &str| {
            assert_eq!(reader(languages).languages_of(script).join("+"), expected, "{script:?}");
        };
        let all = ["eng", "fra", "deu", "pol", "por", "rus", "ell", "ara"];
        check(&all, Some("Latin"), "eng+fra+deu+pol+por");
        check(&all, Some("Cyrillic"), "rus+eng");
        check(&all, Some("Hebrew"), "eng+rus+ell+ara");
        check(&all, None, "eng+rus+ell+ara");
        check(&["ara"], Some("Arabic"), "ara");
        let polish = "Targ otwiera się wcześnie w sobotę, a piekarz sprzedaje ciepły chleb koło mostu.";
        assert_eq!(
            (reader(&all).language_of(polish), reader(&["eng"]).language_of(polish)),
            (Some("pol"), None)
        );
        assert_eq!(reader(&all).language_of("xx"), None);
        assert_eq!(script_of("Rotate: 0\nScript: Greek\nScript confidence: 9.50\n"), Some("Greek"));
        assert_eq!((script_of("Script: Runes"), script_of("")), (None, None));
    }

    #[test]
    fn pixels_are_as_many_as_their_sides_say() {
        let check = |sides: [u32; 2], pixels: usize| Pixels::new(sides, vec![7; pixels]).is_some();
        assert!(check([3, 2], 6) && check([SIDE_MAX_PX, 1], 3_000));
        assert!(!check([3, 2], 5) && !check([0, 2], 0) && !check([SIDE_MAX_PX + 1, 1], 3_001));
        assert!(!check([u32::MAX, u32::MAX], 1));
        let file = Pixels::new([3, 1], vec![1, 2, 3]).unwrap().file();
        assert_eq!(file, b"P5\n3 1\n255\n\x01\x02\x03");
    }
}
