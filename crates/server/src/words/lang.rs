//! The interface languages that are there.

/// An interface language with all its strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English, the source.
    En,
    /// French.
    Fr,
    /// Arabic, right to left.
    Ar,
}

/// At most this many entries of an `Accept-Language` header are read.
const ACCEPTED_ENTRIES_MAX: usize = 32;

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Ar];

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ar => "ar",
        }
    }

    /// Value of the `dir` attribute.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Fr => "ltr",
            Self::Ar => "rtl",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Ar => "العربية",
        }
    }

    /// The language of a tag such as `fr` or `fr-BE`, if it is one of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4); English when none fits.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for entry in header.split(',').take(ACCEPTED_ENTRIES_MAX) {
            let mut parts = entry.split(';');
            let Some(lang) = Self::from_tag(parts.next().unwrap_or_default()) else { continue };
            let quality =
                parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
            if quality > 0.0 && best.is_none_or(|(found, _)| quality > found) {
                best = Some((quality, lang));
            }
        }
        best.map_or(Self::En, |(_, lang)| lang)
    }
}
