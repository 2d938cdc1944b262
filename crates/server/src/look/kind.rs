//! Kinds of things, kinds of content and names of languages, in words.

use super::signs::Sign;
use super::{choice, text_between};
use crate::words::Words;
use domain::assessment::{STATEMENT_MAX_CHARS, STATEMENT_MIN_CHARS};
use maud::{Markup, html};

/// What a row or an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A video.
    Video,
    /// A picture.
    Image,
    /// A text.
    Text,
    /// Sound.
    Audio,
    /// A link or a list of links.
    Link,
    /// An account.
    Account,
    /// A channel.
    Channel,
    /// A whole site.
    Site,
    /// A document file.
    Document,
}

impl Kind {
    /// Its sign.
    #[must_use]
    pub const fn sign(self) -> Sign {
        match self {
            Self::Video => Sign::Video,
            Self::Image => Sign::Image,
            Self::Text | Self::Document => Sign::Text,
            Self::Audio => Sign::Audio,
            Self::Link => Sign::Link,
            Self::Account => Sign::Account,
            Self::Channel => Sign::Channel,
            Self::Site => Sign::Site,
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self, w: &Words) -> String {
        w.t(match self {
            Self::Video => "kind-video",
            Self::Image => "kind-image",
            Self::Text => "kind-text",
            Self::Audio => "kind-audio",
            Self::Link => "kind-link",
            Self::Account => "kind-account",
            Self::Channel => "kind-channel",
            Self::Site => "kind-site",
            Self::Document => "kind-document",
        })
    }
}

/// The five kinds of terrorist content (TCO Art 2(7), LAW-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TcoKind {
    /// (a)
    Incites,
    /// (b)
    SolicitsCommit,
    /// (c)
    SolicitsParticipation,
    /// (d)
    Instruction,
    /// (e)
    Threat,
}

impl TcoKind {
    /// In the order of the article and of the keys `1` to `5`.
    pub const ALL: [Self; 5] =
        [Self::Incites, Self::SolicitsCommit, Self::SolicitsParticipation, Self::Instruction, Self::Threat];

    /// The code of the wire and of the forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Incites => "incites",
            Self::SolicitsCommit => "solicits_commit",
            Self::SolicitsParticipation => "solicits_participation",
            Self::Instruction => "instruction",
            Self::Threat => "threat",
        }
    }

    /// Its words.
    #[must_use]
    pub fn word(self, w: &Words) -> String {
        w.t(match self {
            Self::Incites => "tco-incites",
            Self::SolicitsCommit => "tco-solicits-commit",
            Self::SolicitsParticipation => "tco-solicits-participation",
            Self::Instruction => "tco-instruction",
            Self::Threat => "tco-threat",
        })
    }
}

/// One kind as it stands in a draft.
#[derive(Clone, Debug)]
pub struct KindDraft {
    /// Which kind.
    pub kind: TcoKind,
    /// Ticked.
    pub ticked: bool,
    /// Where in the content: time code, page or quotation; 0..=400 characters.
    pub pinpoint: String,
    /// Why it is of this kind; 0..=4000 characters.
    pub statement: String,
    /// Offence of Directive (EU) 2017/541 (LAW-12), a code of [`offences`], or empty.
    pub offence: String,
}

/// Directive (EU) 2017/541: Art 3(1)(a) to (i) and Art 4(b), each with the key of its name.
const NAMED_OFFENCES: [(&str, &str); 10] = [
    ("3.1.a", "offence-3-1-a"),
    ("3.1.b", "offence-3-1-b"),
    ("3.1.c", "offence-3-1-c"),
    ("3.1.d", "offence-3-1-d"),
    ("3.1.e", "offence-3-1-e"),
    ("3.1.f", "offence-3-1-f"),
    ("3.1.g", "offence-3-1-g"),
    ("3.1.h", "offence-3-1-h"),
    ("3.1.i", "offence-3-1-i"),
    (PARTICIPATION, "offence-4-b"),
];

/// Art 4(b), the one offence of soliciting participation (TCO Art 2(7)(c)); the other kinds are of Art 3(1).
const PARTICIPATION: &str = "4.b";

/// Codes of the offences that a kind can be of (LAW-12), in the order of the Directive. None for `Incites`: its law asks
/// for a danger instead.
pub fn offences(kind: TcoKind) -> impl Iterator<Item = &'static str> {
    let participation = kind == TcoKind::SolicitsParticipation;
    NAMED_OFFENCES
        .iter()
        .map(|(code, _)| *code)
        .filter(move |code| kind != TcoKind::Incites && (*code == PARTICIPATION) == participation)
}

/// Longest pinpoint in characters.
const PINPOINT_CHARACTERS_MAX: u32 = 400;
/// Shortest and longest statement in characters (RXP-100.05).
const STATEMENT_CHARACTERS: (usize, usize) = (STATEMENT_MIN_CHARS, STATEMENT_MAX_CHARS);

/// The five kinds; a ticked kind opens its place, its reason and, where the law needs it, its offence.
#[must_use]
pub fn kinds(drafts: &[KindDraft], danger: &str, w: &Words) -> Markup {
    html! {
        fieldset.kinds {
            legend.sr { (w.t("kinds-title")) }
            @for (at, draft) in drafts.iter().enumerate() {
                @let code = draft.kind.code();
                div.kindbox {
                    label data-key=(at + 1) aria-keyshortcuts=(at + 1) {
                        input type="checkbox" name="kinds[]" value=(code) checked[draft.ticked];
                        kbd aria-hidden="true" { (at + 1) }
                        span { (draft.kind.word(w)) }
                    }
                    div.opens {
                        label.labelled { span { (w.t("kind-pinpoint")) }
                            input.field name={ "pinpoint_" (code) } value=(draft.pinpoint) maxlength=(PINPOINT_CHARACTERS_MAX) dir="auto"; }
                        (text_between(&format!("statement_{code}"), &html! { (w.t("kind-statement")) }, &draft.statement, STATEMENT_CHARACTERS, w))
                        @if draft.kind != TcoKind::Incites { (offence(draft, w)) }
                        @else {
                            (text_between("danger", &html! { (w.t("danger-question")) " " span.note { (w.t("danger-required")) } }, danger, STATEMENT_CHARACTERS, w))
                        }
                    }
                }
            }
        }
    }
}

/// One of the offences of a kind. Where there is only one, it is chosen already.
fn offence(draft: &KindDraft, w: &Words) -> Markup {
    let codes: Vec<&str> = offences(draft.kind).collect();
    let named = |code: &str| {
        let name = NAMED_OFFENCES.iter().find(|(known, _)| *known == code).map_or("", |(_, key)| key);
        let (article, letter) = code.rsplit_once('.').unwrap_or((code, ""));
        let article = article.split_once('.').map_or(article.to_owned(), |(a, b)| format!("{a}({b})"));
        let article = format!("{article}({letter})");
        let of = [("article", article.into()), ("name", w.t(name).into())];
        (code.to_owned(), w.with("offence-article", &of))
    };
    let mut options = Vec::with_capacity(codes.len() + 1);
    if codes.len() > 1 {
        options.push((String::new(), w.t("offence-none")));
    }
    options.extend(codes.into_iter().map(named));
    choice(&format!("offence_{}", draft.kind.code()), &w.t("offence-question"), &options, &draft.offence)
}

/// Languages that have a name here: tag and key.
const LANGUAGES: [(&str, &str); 16] = [
    ("ar", "lang-ar"),
    ("de", "lang-de"),
    ("el", "lang-el"),
    ("en", "lang-en"),
    ("es", "lang-es"),
    ("fr", "lang-fr"),
    ("it", "lang-it"),
    ("ku", "lang-ku"),
    ("nl", "lang-nl"),
    ("pl", "lang-pl"),
    ("pt", "lang-pt"),
    ("ru", "lang-ru"),
    ("sv", "lang-sv"),
    ("tr", "lang-tr"),
    ("und", "lang-und"),
    ("zxx", "lang-none"),
];

/// The name of a content language by its tag; the tag itself when we have no word for it.
#[must_use]
pub fn language_name(tag: &str, w: &Words) -> String {
    let named = LANGUAGES.iter().find(|(named, _)| *named == tag);
    named.map_or_else(|| tag.to_owned(), |(_, key)| w.t(key))
}

/// Languages whose name in words holds a part, in lower case.
#[must_use]
pub fn languages_named(part: &str, w: &Words) -> Vec<&'static str> {
    let holds = |(_, key): &&(&str, &str)| w.t(key).to_lowercase().contains(part);
    LANGUAGES.iter().filter(holds).map(|(tag, _)| *tag).collect()
}
