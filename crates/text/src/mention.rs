//! Links, names and tags found in plain text.
//!
//! One pass over the text. Addresses are found with and without a scheme, in any script; punctuation that ends the
//! sentence is not part of them. The value is a slice of the text, so the caller canonicalises what it keeps.

use std::ops::Range;

use psl::{Psl, Type};

/// No more mentions than this are returned for one text.
pub const MENTIONS_MAX: usize = 10_000;

/// Longer names and tags are not taken.
pub const NAME_MAX_CHARS: usize = 100;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A web address or a `tg:` link; without scheme where it was written without.
    Link,
    /// An invitation to a Telegram group or channel.
    Invitation,
    /// `@name`, `@name@host`, `@name.host`.
    Handle,
    /// `#tag`.
    Hashtag,
    /// An e-mail address.
    Email,
}

/// One thing found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention<'a> {
    /// What it is.
    pub kind: Kind,
    /// Byte range in the text, with its `@` or `#`.
    pub range: Range<usize>,
    /// As written, without the `@` or `#` in front and without `mailto:`.
    pub value: &'a str,
}

/// Beginnings of addresses.
const SCHEMES: &[&str] = &["https://", "http://", "tg://", "tg:resolve", "tg:join"];

/// Two-label hosts under these endings are often file names or words ("readme.md", "do.it"): without a scheme they
/// are taken only with a path or with `www.`.
const DOUBTFUL_ENDINGS: &[&str] = &[
    "md", "py", "sh", "rs", "pl", "zip", "mov", "so", "it", "to", "is", "am", "be", "me", "no", "do", "my",
    "in", "at", "as", "us", "by", "cc", "ps", "la", "de", "es", "se", "du", "ai", "id", "im", "app", "name",
    "one", "now", "my",
];

/// Finds what a text mentions, in order, at most [`MENTIONS_MAX`].
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    // every part ends before a breaking character or with the text
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_break(c) {
            if at > start {
                chunk(text, start..at, &mut out);
            }
            start = at + c.len_utf8();
        }
        if out.len() >= MENTIONS_MAX {
            break;
        }
    }
    out.truncate(MENTIONS_MAX);
    out
}

/// Characters that no address, name or tag contains.
fn is_break(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '<' | '>' | '"' | '`' | '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '|' | '\\' | '^' | '{' | '}'
            | '،' | '؛' | '؟' | '、' | '。' | '，' | '！' | '？' | '；' | '：' | '（' | '）' | '「' | '」' | '『' | '』'
            | '【' | '】' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Reads a part of the text that has no breaking characters.
fn chunk<'a>(text: &'a str, range: Range<usize>, out: &mut Vec<Mention<'a>>) {
    let part = &text[range.clone()];
    if !part.bytes().any(|b| matches!(b, b'.' | b':' | b'@' | b'#')) && !part.contains('＃') {
        return;
    }
    if let Some(at) = scheme_at(part) {
        words(text, range.start..range.start + at, out);
        let end = range.start + at + link_end(&part[at..]);
        add_link(text, range.start + at..end, out);
        if end > range.start + at {
            return words(text, end..range.end, out);
        }
    }
    words(text, range, out);
}

/// Where an address with a scheme begins: not in the middle of a Latin word.
fn scheme_at(part: &str) -> Option<usize> {
    part.match_indices(':').find_map(|(colon, _)| {
        SCHEMES.iter().find_map(|scheme| {
            let at = colon.checked_sub(scheme.find(':')?)?;
            let head = part.get(at..at + scheme.len())?;
            let open = !part[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            (open && head.eq_ignore_ascii_case(scheme)).then_some(at)
        })
    })
}

/// Where an address ends: punctuation and brackets that it did not open are not part of it.
fn link_end(link: &str) -> usize {
    let count = |c: u8| link.bytes().filter(|b| *b == c).count();
    let mut unpaired =
        [(')', count(b')').saturating_sub(count(b'('))), (']', count(b']').saturating_sub(count(b'[')))];
    let mut end = link.len();
    while let Some(last) = link[..end].chars().next_back() {
        let drop = match unpaired.iter_mut().find(|bracket| bracket.0 == last) {
            Some((_, 0)) => false,
            Some((_, count)) => {
                *count -= 1;
                true
            }
            None => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '…' | '·' | '।' | '۔'),
        };
        if !drop {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

fn add_link<'a>(text: &'a str, range: Range<usize>, out: &mut Vec<Mention<'a>>) {
    let value = &text[range.clone()];
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        let kind = if is_invitation(value) { Kind::Invitation } else { Kind::Link };
        out.push(Mention { kind, range, value });
    }
}

fn is_invitation(link: &str) -> bool {
    let link = link.to_ascii_lowercase();
    if link.starts_with("tg:") {
        return link.trim_start_matches("tg:").trim_start_matches('/').starts_with("join");
    }
    let rest = link.split_once("://").map_or(link.as_str(), |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let path = ["t.me/", "telegram.me/", "telegram.dog/"].iter().find_map(|host| rest.strip_prefix(host));
    path.is_some_and(|path| ["+", "%2b", "joinchat/"].iter().any(|mark| path.starts_with(mark)))
}

/// Reads a part without a scheme: e-mail and bare addresses, else names and tags wherever they begin.
fn words<'a>(text: &'a str, range: Range<usize>, out: &mut Vec<Mention<'a>>) {
    let part = &text[range.clone()];
    let bare =
        part.trim_start_matches(['(', '[', '*', '_', '~', '\'', ',', '.', ';', '!', '?', '-', '—', '–', '…']);
    let mut at = range.start + part.len() - bare.len();
    let bare = match bare.get(..7) {
        Some(head) if head.eq_ignore_ascii_case("mailto:") => {
            at += 7;
            &bare[7..]
        }
        _ => bare,
    };
    let bare = &bare[..link_end(bare)];
    if is_email(bare) {
        out.push(Mention { kind: Kind::Email, range: at..at + bare.len(), value: bare });
    } else if is_bare_address(bare) {
        add_link(text, at..at + bare.len(), out);
    } else {
        names(text, range, out);
    }
}

fn names<'a>(text: &'a str, range: Range<usize>, out: &mut Vec<Mention<'a>>) {
    let mut at = range.start;
    let mut free = true;
    while let Some(c) = text[at..range.end].chars().next() {
        let after = at + c.len_utf8();
        let length = match c {
            '@' if free => handle_len(&text[after..range.end]),
            '#' | '＃' if free => tag_len(&text[after..range.end]),
            _ => 0,
        };
        if length > 0 {
            let kind = if c == '@' { Kind::Handle } else { Kind::Hashtag };
            out.push(Mention { kind, range: at..after + length, value: &text[after..after + length] });
        }
        at = after + length;
        // a name begins after a sign, or right after another name
        free = length > 0 || !(c.is_alphanumeric() || matches!(c, '_' | '/' | '@' | '#' | '&'));
    }
}

fn handle_len(rest: &str) -> usize {
    let end = run(rest, |c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@'));
    let name = rest[..end].trim_end_matches(['.', '-', '@']);
    let sound = name.starts_with(|c: char| c.is_alphanumeric() || c == '_') && name.matches('@').count() <= 1;
    if sound { name.len() } else { 0 }
}

/// The length of the run of characters that a name may have; 0 if it is longer than [`NAME_MAX_CHARS`].
fn run(rest: &str, allowed: impl Fn(char) -> bool) -> usize {
    let mut count = 0;
    for (at, c) in rest.char_indices() {
        if !allowed(c) {
            return at;
        }
        count += 1;
        if count > NAME_MAX_CHARS {
            return 0;
        }
    }
    rest.len()
}

/// A tag runs over letters, marks, digits and `_`, with joiners inside, and has at least one letter.
fn tag_len(rest: &str) -> usize {
    let in_tag = |c: char| {
        c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '_' | '\u{200C}' | '\u{200D}' | '・' | '·')
    };
    let end = run(rest, in_tag);
    let tag = rest[..end].trim_end_matches(['\u{200C}', '\u{200D}', '・', '·']);
    if tag.chars().any(char::is_alphabetic) { tag.len() } else { 0 }
}

fn is_email(part: &str) -> bool {
    let Some((name, host)) = part.split_once('@') else { return false };
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'' | '=');
    !name.is_empty() && name.chars().all(sound) && is_host(host) && host.contains('.')
}

/// An address without a scheme: a host under a known suffix, and then nothing, a port, a path, a query or a fragment.
fn is_bare_address(part: &str) -> bool {
    let end = part.find(['/', ':', '?', '#']).unwrap_or(part.len());
    let (host, rest) = part.split_at(end);
    if !host.contains('.') || !is_host(host) {
        return false;
    }
    if let Some(port) = rest.strip_prefix(':')
        && !port.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let lower = host.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    let certain = rest.starts_with('/') || lower.starts_with("www.");
    let doubtful = lower.matches('.').count() == 1 && (DOUBTFUL_ENDINGS.contains(&ending) || lower != host);
    (certain || !doubtful) && is_known_ending(&lower, ending)
}

/// Labels of letters, digits and inner hyphens; the last one is no number.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label) && !host.ends_with(|c: char| c.is_ascii_digit())
}

/// A suffix of the public list, or a name reserved for tests and examples.
fn is_known_ending(host: &str, ending: &str) -> bool {
    if matches!(ending, "test" | "example") {
        return true;
    }
    match idna::domain_to_ascii(host) {
        Ok(ascii) => psl::List.suffix(ascii.as_bytes()).is_some_and(|suffix| {
            suffix.is_known() && matches!(suffix.typ(), Some(Type::Icann | Type::Private))
        }),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Kind::{Email, Handle, Hashtag, Invitation, Link};
    use super::*;

    fn check(text: &str, expected: &[(Kind, &str)]) {
        let found = mentions(text);
        let short: Vec<(Kind, &str)> = found.iter().map(|found| (found.kind, found.value)).collect();
        assert_eq!(short, expected, "{text:?}");
        for found in found {
            assert!(text[found.range].ends_with(found.value));
        }
    }

    #[test]
    fn mentions_links() {
        check("see https://a.test/b?c=d#e.", &[(Link, "https://a.test/b?c=d#e")]);
        check(
            "(http://a.test/b_(c)) and <https://b.test>",
            &[(Link, "http://a.test/b_(c)"), (Link, "https://b.test")],
        );
        check(
            "[text](https://a.test/b), HTTPS://B.test!",
            &[(Link, "https://a.test/b"), (Link, "HTTPS://B.test")],
        );
        check("见https://a.test/b。下一步", &[(Link, "https://a.test/b")]);
        check("https://пример.test/путь؟", &[(Link, "https://пример.test/путь")]);
        check("زوروا https://a.test/b، شكرا", &[(Link, "https://a.test/b")]);
        check(
            "www.a.test a.test/b sub.example.org:8080/x",
            &[(Link, "www.a.test"), (Link, "a.test/b"), (Link, "sub.example.org:8080/x")],
        );
        check(
            "example.com, example.co.uk; пример.рф",
            &[(Link, "example.com"), (Link, "example.co.uk"), (Link, "пример.рф")],
        );
        check("readme.md end.It was do.it e.g. 3.5 v1.2.3 a..b 10.0.0.1 so...", &[]);
        check("tg://resolve?domain=sample&post=3", &[(Link, "tg://resolve?domain=sample&post=3")]);
        check("https:// http://. xhttp://", &[]);
    }

    #[test]
    fn mentions_invitations() {
        check(
            "t.me/+AbC-1 and https://t.me/joinchat/AbC",
            &[(Invitation, "t.me/+AbC-1"), (Invitation, "https://t.me/joinchat/AbC")],
        );
        check(
            "tg://join?invite=AbC, t.me/sample/3",
            &[(Invitation, "tg://join?invite=AbC"), (Link, "t.me/sample/3")],
        );
    }

    #[test]
    fn mentions_names_and_tags() {
        check(
            "@sample, (@other_one) .@third!",
            &[(Handle, "sample"), (Handle, "other_one"), (Handle, "third")],
        );
        check(
            "@name@host.test @name.host.test @a@b@c",
            &[(Handle, "name@host.test"), (Handle, "name.host.test")],
        );
        check(
            "#rain#sun #мороз #مطر_اليوم #雨の日 #हिन्दी ＃雪",
            &[
                (Hashtag, "rain"),
                (Hashtag, "sun"),
                (Hashtag, "мороз"),
                (Hashtag, "مطر_اليوم"),
                (Hashtag, "雨の日"),
                (Hashtag, "हिन्दी"),
                (Hashtag, "雪"),
            ],
        );
        check("#1 #12 a#b c@d @ # ## #2024x", &[(Hashtag, "2024x")]);
        check(
            "mail a.b+c@example.test or mailto:d@example.test.",
            &[(Email, "a.b+c@example.test"), (Email, "d@example.test")],
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn mentions_are_in_order(text in "(\\PC|[@#:/. ()a-c]|https://|t\\.me/|＃){0,30}") {
            let mut before = 0;
            for found in mentions(&text) {
                prop_assert!(before <= found.range.start && found.range.start < found.range.end);
                prop_assert!(text[found.range.clone()].ends_with(found.value));
                before = found.range.end;
            }
        }

        #[test]
        fn mentions_find_a_link_in_any_sentence(words in "[a-zа-яا-ي ]{0,20}", path in "[a-z0-9/]{0,10}[a-z0-9]", end in "[.,!?)]{0,3}") {
            let text = format!("{words} https://a.test/{path}{end} {words}");
            let link = format!("https://a.test/{path}");
            prop_assert_eq!(mentions(&text).iter().filter(|found| found.value == link).count(), 1);
        }
    }
}
