//! What people know of a host: facts with their sources, and hypotheses that stay open until somebody settles them.
//!
//! Nothing here is found by asking the host: people enter it, or hand in what a source answered.

use crate::refusal::Refusal;
use crate::words::words;
use crate::written::{self, Lines};
use jiff::Timestamp;
use jiff::civil::Date;

/// Least and greatest length of a fact or hypothesis, in characters.
pub const VALUE_CHARS: (usize, usize) = (1, 500);
/// Least and greatest length of its source, in characters.
pub const SOURCE_CHARS: (usize, usize) = (3, 300);
/// Longest RDAP answer that is taken, in characters.
pub const RDAP_MAX_CHARS: usize = 200_000;

words! {
    /// What a note is about.
    NoteKind {
        /// Whether the service needs its users' identification: the value is one of [`Identification`].
        Identification = "identification",
        /// Who runs it: an organisation.
        Operator = "operator",
        /// Where that organisation has its seat.
        Seat = "seat",
        /// Through whom the name was registered.
        Registrar = "registrar",
        /// Since when the name is registered.
        Registered = "registered",
        /// Name servers.
        NameServers = "name_servers",
        /// Whose network it stands in.
        Network = "network",
        /// Where it takes reports.
        Contact = "contact",
        /// What it is for.
        Purpose = "purpose",
        /// What somebody supposes.
        Hypothesis = "hypothesis",
    }
}

words! {
    /// Whether a service needs its users' identification.
    Identification {
        /// It does.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

words! {
    /// How it stands with a hypothesis.
    Standing {
        /// Neither.
        Open = "open",
        /// What is known speaks for it.
        Supported = "supported",
        /// What is known speaks against it.
        Refuted = "refuted",
    }
}

/// A note as it is written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// The fact, or the hypothesis.
    pub value: String,
    /// Where it is known from.
    pub source: String,
    /// How it stands with a hypothesis; open for a fact.
    #[serde(default = "open")]
    pub standing: Standing,
}

fn open() -> Standing {
    Standing::Open
}

impl Note {
    /// The note, trimmed.
    ///
    /// # Errors
    /// What is missing, too long, hidden, or not one of the words.
    pub fn sound(self) -> Result<Self, Refusal> {
        let refused = |code, sentence: String| Refusal::new("D10", code, sentence);
        let text = |text: &str, (least, most): (usize, usize), what: &str| {
            let sentence = format!("Write the {what} in {least} to {most} characters that can be seen.");
            written::sound(text, (least, most), Lines::Several)
                .map(str::to_owned)
                .map_err(|unsound| unsound.refused(|_| refused("note_text", sentence)))
        };
        let value = text(&self.value, VALUE_CHARS, "fact")?;
        let source = text(&self.source, SOURCE_CHARS, "source")?;
        if self.kind == NoteKind::Identification && Identification::from_word(&value).is_none() {
            let sentence = "Whether identification is needed is yes, no or unknown.".to_owned();
            return Err(refused("note_identification", sentence));
        }
        if self.kind == NoteKind::Registered && !is_date(&value) {
            let sentence = "Write since when it is registered as 2026, 2026-05, 2026-05-03, or with the time as in RFC 3339.".to_owned();
            return Err(refused("note_registered", sentence));
        }
        if self.kind != NoteKind::Hypothesis && self.standing != Standing::Open {
            return Err(refused(
                "note_standing",
                "Only a hypothesis can be supported or refuted.".to_owned(),
            ));
        }
        Ok(Self { value, source, ..self })
    }
}

/// Whether a text is a year, a month, a day or a moment (RFC 3339) in which a name can have been registered.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.get(..10).unwrap_or_default().to_owned(),
    };
    let whole = text.len() <= 10 || text.parse::<Timestamp>().is_ok();
    let day = day.parse::<Date>().ok().filter(|_| whole);
    day.is_some_and(|day| (1985..=2100).contains(&day.year()))
}

/// A host as it is written down, and as addresses name it: lower case, punycode, without blanks, with a dot.
///
/// # Errors
/// One sentence for who wrote it.
pub fn name(written: &str) -> Result<String, String> {
    /// Longest name of a host, in bytes (RFC 1035).
    const BYTES_MAX: usize = 253;
    let host = text::url_form::host::ascii(written.trim().trim_end_matches('.')).unwrap_or_default();
    let labels = host.split('.').all(|label| {
        !label.is_empty()
            && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    });
    if host.contains('.') && host.len() <= BYTES_MAX && labels {
        return Ok(host);
    }
    Err("This is no host: write it like files.example, without https:// and path.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(kind: NoteKind, value: &str, source: &str) -> Note {
        Note { kind, value: value.to_owned(), source: source.to_owned(), standing: Standing::Open }
    }

    #[test]
    fn a_fact_has_a_source() {
        let written = note(NoteKind::Operator, " Example Ltd ", " its imprint, 3 May ").sound();
        assert_eq!(written, Ok(note(NoteKind::Operator, "Example Ltd", "its imprint, 3 May")));
        let refused = |kind, value: &str, source: &str| note(kind, value, source).sound().is_err();
        assert!(refused(NoteKind::Operator, "Example Ltd", "  "));
        for date in ["2026", "2026-05", "2026-05-03", "2026-05-03T04:05:06Z"] {
            assert!(!refused(NoteKind::Registered, date, "its registry"), "{date}");
        }
        for date in
            ["2020-13-45", "NaN", "2999-01-01", "9999999-01-01", "2026-05-03 about", "20é6", "long ago"]
        {
            assert!(refused(NoteKind::Registered, date, "its registry"), "{date}");
        }
        assert!(refused(NoteKind::Operator, "", "its imprint"));
        assert!(refused(NoteKind::Operator, &"x".repeat(501), "its imprint"));
        let code = |value: &str, source: &str| {
            note(NoteKind::Operator, value, source).sound().map_or_else(|refusal| refusal.code, |_| "")
        };
        assert_eq!(code("\u{200b}", "its imprint"), "note_text");
        assert_eq!(code("Example Ltd", "\u{200b}\u{200b}\u{200b}"), "note_text");
        assert_eq!(code("\0\u{202e}\u{200b}", "its imprint"), "hidden_characters");
        assert_eq!(code("Example Ltd\nof Example", "its imprint"), "");
        assert!(refused(NoteKind::Identification, "perhaps", "its imprint"));
        assert!(!refused(NoteKind::Identification, "unknown", "its imprint"));
        let settled =
            Note { standing: Standing::Refuted, ..note(NoteKind::Hypothesis, "moved", "two posts") };
        assert!(settled.clone().sound().is_ok());
        assert!(Note { kind: NoteKind::Seat, ..settled }.sound().is_err());
    }

    #[test]
    fn hosts_are_hosts() {
        assert_eq!(name(" Files.Example. "), Ok("files.example".to_owned()));
        for same in
            ["b\u{fc}cher.test", "BÜCHER.test", "bu\u{308}cher.test", "xn--bcher-kva.test", "bücher。test"]
        {
            assert_eq!(name(same), Ok("xn--bcher-kva.test".to_owned()), "{same}");
        }
        let link = text::url_form::canonical("https://bücher.test/a").map(|link| link.host);
        assert_eq!(link.as_deref(), Ok("xn--bcher-kva.test"), "a note and a link meet");
        for wrong in [
            "",
            "files",
            "https://files.example",
            "files.example/a",
            "a b.example",
            "-a.example",
            "a..b",
            "a\u{202e}b.test",
        ] {
            assert!(name(wrong).is_err(), "{wrong}");
        }
    }
}
