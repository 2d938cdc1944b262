//! One line of a bank file.

use connect::sources::lists::Row;
use domain::bank::{CUTS_MAX, Opinion, SignalKind};
use perceptual::video::MAX_BYTES;
use serde::Serialize;
use text::tlsh::Tlsh;

/// Longest label that is kept, in characters.
const LABEL_MAX_CHARS: usize = 200;

/// The greatest distance that a line may ask for, bits of 256.
const DISTANCE_MAX_BITS: u32 = 64;

/// Longest print of a video or a sound, Base64.
const PRINT_MAX_CHARS: usize = MAX_BYTES.div_ceil(3) * 4;

/// A value to look for, as a bank file gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// What is compared.
    pub kind: SignalKind,
    /// The value as written, without blanks around it. Hashes are lower-case hexadecimal digits of the right length;
    /// all other kinds are brought to the form in which they are compared by who compares them.
    pub value: String,
    /// What people call it; for a picture the name of the original's file. At most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The bank's name: that of the line, else that of the file without its ending.
    pub bank: String,
    /// What the bank's owner thinks of it; [`Opinion::Seed`] when the line does not say.
    pub opinion: Opinion,
    /// The greatest distance of a match, bits of 256 (0 to 64); the usual one when absent. Of `pdq` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<u32>,
    /// Quality of a PDQ, 0 to 100, when it is known. Under 50 it is never matched by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<u8>,
    /// PDQ hashes of what a cut or trimmed copy of the picture would be: `NAME:HEX`. For pictures that people verified.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<String>,
    /// Points of the picture, in Base64. For pictures that people verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// What finds a video or a sound again, in Base64. Of `video` and `sound` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
}

impl Signal {
    /// The signal of a row, or a sentence that says what is wrong with it. `bank` and `opinion` are those of rows that
    /// have none.
    pub(crate) fn of(row: Row, (bank, opinion): (&str, Opinion)) -> Result<Self, String> {
        let word = row.kind.trim().to_lowercase();
        let kind = SignalKind::from_word(&word).ok_or_else(|| {
            let words: Vec<&str> = SignalKind::ALL.iter().map(|kind| kind.word()).collect();
            format!("There is no kind \"{word}\". Choose one of: {}.", words.join(", "))
        })?;
        let opinion = match filled(row.opinion) {
            None => opinion,
            Some(word) => Opinion::from_word(&word).ok_or_else(|| {
                let words: Vec<&str> = Opinion::ALL.iter().map(|opinion| opinion.word()).collect();
                format!("There is no opinion \"{word}\". Choose one of: {}.", words.join(", "))
            })?,
        };
        if row.quality.is_some_and(|quality| quality > 100) {
            return Err(BAD_QUALITY.to_owned());
        }
        if row.distance.is_some_and(|bits| bits > DISTANCE_MAX_BITS) {
            return Err(format!("A distance is a whole number from 0 to {DISTANCE_MAX_BITS}."));
        }
        if row.cuts.len() > CUTS_MAX {
            return Err(format!("A picture has at most {CUTS_MAX} cuts."));
        }
        let print = filled(row.print);
        if print.as_ref().is_some_and(|print| print.len() > PRINT_MAX_CHARS) {
            return Err(format!("A print has at most {PRINT_MAX_CHARS} characters."));
        }
        Ok(Signal {
            kind,
            value: value(kind, &row.value)?,
            label: filled(row.label).map(|label| label.chars().take(LABEL_MAX_CHARS).collect()),
            bank: filled(row.bank).unwrap_or_else(|| bank.to_owned()),
            opinion,
            distance: row.distance,
            quality: row.quality,
            cuts: row.cuts,
            points: filled(row.points),
            print,
        })
    }

    /// The row that is written of it.
    pub(crate) fn row(&self) -> Row {
        Row {
            kind: self.kind.word().to_owned(),
            value: self.value.clone(),
            label: self.label.clone(),
            bank: Some(self.bank.clone()),
            opinion: Some(self.opinion.word().to_owned()),
            distance: self.distance,
            quality: self.quality,
            cuts: self.cuts.clone(),
            points: self.points.clone(),
            print: self.print.clone(),
            gone: false,
            entry: None,
        }
    }
}

const BAD_QUALITY: &str = "A quality is a whole number from 0 to 100.";

/// A text that is not blank, without blanks around it.
fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The value without blanks around it; hashes in lower case and judged by their length.
fn value(kind: SignalKind, written: &str) -> Result<String, String> {
    let written = written.trim();
    if written.is_empty() {
        return Err("The line has no value.".to_owned());
    }
    if kind == SignalKind::Tlsh {
        let digest: Tlsh = written.parse().map_err(|bad: text::tlsh::BadTlsh| bad.to_string())?;
        return Ok(digest.to_string());
    }
    let digits = match kind {
        SignalKind::Sha256 | SignalKind::Pdq | SignalKind::Video | SignalKind::Sound => 64,
        SignalKind::Sha1 => 40,
        SignalKind::Md5 => 32,
        SignalKind::Url
        | SignalKind::Host
        | SignalKind::Account
        | SignalKind::Term
        | SignalKind::Text
        | SignalKind::Tlsh => {
            return Ok(written.to_owned());
        }
    };
    if written.len() == digits && written.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(written.to_ascii_lowercase());
    }
    Err(format!("A value of this kind has {digits} hexadecimal digits; this one has not."))
}
