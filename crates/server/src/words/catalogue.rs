//! The message files, parsed once and kept.

use super::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

macro_rules! files {
    ($($name:literal),*) => {
        /// Every message file: its name and its text in English, French and Arabic.
        pub const FILES: &[(&str, [&str; 3])] = &[$((
            $name,
            [
                include_str!(concat!("../../locales/en/", $name, ".ftl")),
                include_str!(concat!("../../locales/fr/", $name, ".ftl")),
                include_str!(concat!("../../locales/ar/", $name, ".ftl")),
            ],
        )),*];
    };
}
files!(
    "defined", "frame", "network", "leads", "money", "radar", "parts", "desk", "office", "outside", "rules",
    "said", "why", "work"
);

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> = LazyLock::new(|| Lang::ALL.map(bundle));

const fn index(lang: Lang) -> usize {
    match lang {
        Lang::En => 0,
        Lang::Fr => 1,
        Lang::Ar => 2,
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks matter where directions mix; left-to-right pages are copied and searched without them.
    bundle.set_use_isolating(lang.dir() == "rtl");
    bundle.set_formatter(Some(|value, _| match value {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "only counts are passed as numbers"
        )]
        FluentValue::Number(number) => Some(super::figures::grouped(number.value as u64)),
        _ => None,
    }));
    for (_, texts) in FILES {
        // A broken entry is dropped here and fails `every_file_parses`.
        let resource = match FluentResource::try_new(texts[index(lang)].to_owned()) {
            Ok(whole) => whole,
            Err((part, _)) => part,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The message in this language, or `None` when it is not there.
pub(super) fn message(lang: Lang, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = &BUNDLES[index(lang)];
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut faults).into_owned())
}

/// How many strings of a language a speaker has read (decision D32). The source language starts as unread, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Strings with `# reviewed: yes, NAME`.
    pub read: usize,
    /// All strings of the language.
    pub all: usize,
}

/// Counts the review marks of a language.
#[must_use]
pub fn reviewed(lang: Lang) -> Reviewed {
    let marks = FILES
        .iter()
        .flat_map(|(_, texts)| texts[index(lang)].lines())
        .filter_map(|line| line.strip_prefix("# reviewed: "));
    let mut count = Reviewed { read: 0, all: 0 };
    for mark in marks {
        count.all += 1;
        count.read += usize::from(mark.starts_with("yes"));
    }
    count
}
