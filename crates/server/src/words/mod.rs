//! The words people read: Fluent messages in English, French and Arabic, and
//! the forms of numbers, times and durations that `look.md` asks for.
//!
//! A key that is missing in a language falls back to English, then to the key
//! in brackets; a test renders every page in every language and fails on either.

mod catalogue;
mod counted;
mod figures;
mod lang;
mod rules;

pub use catalogue::{FILES, Reviewed, reviewed};
pub use lang::Lang;

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::tz::TimeZone;

/// Stands in a message for a piece of markup; see [`crate::look::slot`].
pub const SLOT: &str = "\u{fffc}";

/// One argument of a message.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A count: chooses the plural and is written with groups of three.
    Count(u64),
    /// A text, put in as it is.
    Text(String),
}

macro_rules! counts {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(value: $kind) -> Self {
                Self::Count(u64::from(value))
            }
        }
    )*};
}
counts!(u8, u16, u32, u64);

impl From<usize> for Arg {
    fn from(value: usize) -> Self {
        Self::Count(value as u64)
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

/// The words of one reader: a language and the zone of their clock.
#[derive(Clone, Debug)]
pub struct Words {
    /// The interface language.
    pub lang: Lang,
    zone: TimeZone,
}

impl Words {
    /// `zone` is an IANA name (`Europe/Brussels`); an unknown name means UTC.
    #[must_use]
    pub fn new(lang: Lang, zone: &str) -> Self {
        Self { lang, zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC) }
    }

    /// The message `key`, without arguments.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message `key` with named arguments.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let mut list = FluentArgs::new();
        for (name, value) in args {
            match value {
                #[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
                Arg::Count(count) => list.set(*name, FluentValue::from(*count as f64)),
                Arg::Text(text) => list.set(*name, FluentValue::from(text.clone())),
            }
        }
        catalogue::message(self.lang, key, &list)
            .or_else(|| catalogue::message(Lang::En, key, &list))
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// The separator of a list of names in this language.
    #[must_use]
    pub fn comma(&self) -> &'static str {
        match self.lang {
            Lang::Ar => "، ",
            Lang::En | Lang::Fr => ", ",
        }
    }

    /// Names joined as the language joins them.
    #[must_use]
    pub fn list<T: AsRef<str>>(&self, names: &[T]) -> String {
        let isolate = |name: &T| match self.lang.dir() {
            // Names of another direction keep their place in the list.
            "rtl" => format!("\u{2068}{}\u{2069}", name.as_ref()),
            _ => name.as_ref().to_owned(),
        };
        names.iter().map(isolate).collect::<Vec<_>>().join(self.comma())
    }
}

#[cfg(test)]
mod tests;
