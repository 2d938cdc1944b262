//! What people know of a host: facts with their sources, and hypotheses that stay open until somebody settles them.
//!
//! Nothing here is found by asking the host: people enter it, or hand in what a source answered.

use crate::words::words;

/// Least and greatest length of a fact or hypothesis, in characters.
pub const VALUE_CHARS: (usize, usize) = (1, 500);
/// Least and greatest length of its source, in characters.
pub const SOURCE_CHARS: (usize, usize) = (3, 300);

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
    /// One sentence for who wrote it: what is missing, too long, or not one of the words.
    pub fn sound(self) -> Result<Self, String> {
        let (value, source) = (self.value.trim().to_owned(), self.source.trim().to_owned());
        let between = |text: &str, (least, most): (usize, usize), what: &str| {
            if (least..=most).contains(&text.chars().count()) {
                return Ok(());
            }
            Err(format!("Write the {what} in {least} to {most} characters."))
        };
        between(&value, VALUE_CHARS, "fact")?;
        between(&source, SOURCE_CHARS, "source")?;
        if self.kind == NoteKind::Identification && Identification::from_word(&value).is_none() {
            return Err("Whether identification is needed is yes, no or unknown.".to_owned());
        }
        if self.kind != NoteKind::Hypothesis && self.standing != Standing::Open {
            return Err("Only a hypothesis can be supported or refuted.".to_owned());
        }
        Ok(Self { value, source, ..self })
    }
}

/// A host as it is written down: lower case, without blanks, with a dot.
///
/// # Errors
/// One sentence for who wrote it.
pub fn name(text: &str) -> Result<String, String> {
    /// Longest name of a host, in bytes (RFC 1035).
    const BYTES_MAX: usize = 253;
    let host = text.trim().trim_end_matches('.').to_lowercase();
    let labels = host.split('.').all(|label| {
        !label.is_empty()
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
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
        assert!(refused(NoteKind::Operator, "", "its imprint"));
        assert!(refused(NoteKind::Operator, &"x".repeat(501), "its imprint"));
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
        for wrong in
            ["", "files", "https://files.example", "files.example/a", "a b.example", "-a.example", "a..b"]
        {
            assert!(name(wrong).is_err(), "{wrong}");
        }
    }
}
