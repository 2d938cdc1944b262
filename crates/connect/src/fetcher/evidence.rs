//! From what was fetched and what was sealed to the evidence that `domain::check` judges.

use super::html::{self, Page};
use super::{Failed, FetchError, Fetched};
use domain::check::phrases::{self, PageText};
use domain::check::{Answer, Evidence, Landing, MediaSeen, Phrase, PhraseKind, Profile};
use std::collections::HashSet;
use url::Url;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 3;
/// Most words of either text that are compared.
const WORDS_LIMIT: usize = 20_000;
/// Parts of paths that stand for a login.
const LOGIN_PARTS: [&str; 10] = [
    "login",
    "log-in",
    "signin",
    "sign-in",
    "log_in",
    "sign_in",
    "auth",
    "checkpoint",
    "anmelden",
    "connexion",
];

/// The item as it was sealed before sending (D12).
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    /// Its text, whole; empty when it has none.
    pub text: &'a str,
    /// SHA-256 of its media, lower-case hex.
    pub sha256s: &'a [String],
}

/// What came of one address.
pub type Came<'a> = Result<&'a Fetched, &'a Failed>;

/// All that was fetched in one check.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The address that was asked for.
    pub asked: &'a str,
    /// What came of it.
    pub page: Came<'a>,
    /// What came of the addresses of its media.
    pub media: &'a [Came<'a>],
    /// What came of the host's front page; `None` when not asked.
    pub front_page: Option<Came<'a>>,
    /// What came of the author's profile; `None` when not asked or there is none.
    pub profile: Option<Came<'a>>,
}

/// The evidence of one check from one vantage point.
pub fn evidence(sealed: Sealed<'_>, visit: Visit<'_>) -> Evidence {
    let page = visit.page.ok().and_then(page_of);
    let text_similarity = match &page {
        Some(page) if !sealed.text.trim().is_empty() && page.words > 0 => {
            Some(similarity(sealed.text, &page.text).max(similarity(sealed.text, &page.title)))
        }
        _ => None,
    };
    let hops = match visit.page {
        Ok(fetched) => fetched.hops.len(),
        Err(failed) => failed.hops.len(),
    };
    Evidence {
        answer: answer(visit.page),
        hops: u8::try_from(hops).unwrap_or(u8::MAX),
        landing: visit.page.map_or(Landing::Same, |fetched| landing(visit.asked, &fetched.final_url)),
        text_similarity,
        sealed_words: u32::try_from(words(sealed.text).len()).unwrap_or(u32::MAX),
        page_words: page.as_ref().map_or(0, |page| page.words),
        media: media(sealed, visit),
        phrases: page.as_ref().map(phrases_of).unwrap_or_default(),
        host_serves: visit.front_page.map(serves),
        profile: visit.profile.map(profile),
        vantages: Vec::new(),
        copy_at: None,
    }
}

fn page_of(fetched: &Fetched) -> Option<Page> {
    let content_type = fetched.header("content-type");
    let media_type = fetched.media_type();
    if html::is_html(&media_type) {
        return Some(html::read(&fetched.body, content_type));
    }
    if !media_type.starts_with("text/") && media_type != "application/json" {
        return None;
    }
    let text = html::decode(&fetched.body, content_type);
    let words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
    Some(Page { text, words, ..Page::default() })
}

fn phrases_of(page: &Page) -> Vec<Phrase> {
    phrases::find(PageText {
        title: &page.title,
        headings: &page.headings,
        body: &page.text,
        words: page.words,
    })
}

fn answer(came: Came<'_>) -> Answer {
    match came {
        Ok(fetched) => Answer::Status(fetched.status),
        Err(failed) => match failed.error {
            FetchError::Dns { .. } => Answer::NoName,
            FetchError::Tls { .. } => Answer::NoTls,
            FetchError::Timeout { .. } => Answer::Timeout,
            FetchError::Connection { .. } => Answer::NoConnection,
            FetchError::Refused { .. }
            | FetchError::TooLarge { .. }
            | FetchError::TooManyRedirects { .. }
            | FetchError::TooSoon { .. }
            | FetchError::Robots { .. } => Answer::NotFollowed,
        },
    }
}

/// A host serves when its front page answers below 400, or asks only for a login.
fn serves(came: Came<'_>) -> bool {
    came.is_ok_and(|fetched| fetched.status < 400 || matches!(fetched.status, 401 | 403 | 429))
}

fn profile(came: Came<'_>) -> Profile {
    let Ok(fetched) = came else { return Profile::Unclear };
    let phrases = page_of(fetched).as_ref().map(phrases_of).unwrap_or_default();
    let says = |kind| phrases.iter().any(|phrase| phrase.prominent && phrase.kind == kind);
    match fetched.status {
        404 | 410 => Profile::Absent,
        200..=299 if says(PhraseKind::AccountGone) || says(PhraseKind::Gone) => Profile::Absent,
        200..=299 if says(PhraseKind::Login) || says(PhraseKind::Challenge) || says(PhraseKind::Geo) => {
            Profile::Unclear
        }
        200..=299 if fetched.hops.is_empty() => Profile::Present,
        _ => Profile::Unclear,
    }
}

fn media(sealed: Sealed<'_>, visit: Visit<'_>) -> MediaSeen {
    let served: Vec<&Fetched> =
        visit.media.iter().chain([&visit.page]).filter_map(|came| came.ok()).collect();
    let is_file =
        |fetched: &&&Fetched| (200..300).contains(&fetched.status) && !html::is_html(&fetched.media_type());
    if served.iter().filter(is_file).any(|file| sealed.sha256s.contains(&file.sha256)) {
        return MediaSeen::Same;
    }
    if sealed.sha256s.is_empty() || visit.media.is_empty() {
        return MediaSeen::NotLooked;
    }
    if served.iter().any(|fetched| is_file(&fetched)) {
        return MediaSeen::Other;
    }
    let absent = visit.media.iter().all(|came| came.is_ok_and(|fetched| matches!(fetched.status, 404 | 410)));
    if absent { MediaSeen::Absent } else { MediaSeen::NotLooked }
}

/// Where the redirects led; https, `www.` and a closing slash make no difference.
fn landing(asked: &str, reached: &str) -> Landing {
    let (Ok(asked), Ok(reached)) = (Url::parse(asked), Url::parse(reached)) else { return Landing::Same };
    let plain = |url: &Url| url.path().trim_end_matches('/').to_ascii_lowercase();
    let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let same_host = host(&asked) == host(&reached);
    if same_host && plain(&asked) == plain(&reached) && asked.query() == reached.query() {
        return Landing::Same;
    }
    let part_of_login = |part: &str| LOGIN_PARTS.iter().any(|login| part.eq_ignore_ascii_case(login));
    let login = |url: &Url| url.path().split(['/', '.']).any(part_of_login);
    if login(&reached) && !login(&asked) {
        return Landing::LoginPage;
    }
    match (same_host, plain(&reached).is_empty()) {
        (true, true) if !plain(&asked).is_empty() => Landing::FrontPage,
        (true, _) => Landing::OtherPage,
        (false, _) => Landing::OtherHost,
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_LIMIT)
        .map(str::to_lowercase)
        .collect()
}

/// How much of `original` is in `page`, 0..=100: the share of its three-word shingles that occur there.
///
/// Containment rather than Jaccard, because a page holds menus and comments beside the text. A text shorter
/// than a shingle counts as one shingle of its own length.
pub fn similarity(original: &str, page: &str) -> u8 {
    let (original, page) = (words(original), words(page));
    if original.is_empty() {
        return 0;
    }
    let size = SHINGLE_WORDS.min(original.len());
    let there: HashSet<&[String]> = page.windows(size).collect();
    let wanted: HashSet<&[String]> = original.windows(size).collect();
    let found = wanted.iter().filter(|shingle| there.contains(*shingle)).count();
    u8::try_from(found * 100 / wanted.len()).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn similarity_is_containment() {
        let check = |original: &str, page: &str, expected: u8| {
            assert_eq!(similarity(original, page), expected, "{original:?} in {page:?}");
        };
        let text = "the grey heron stands in the shallow water at dawn";
        check(text, text, 100);
        check(text, &format!("Menu Home {text} 3 comments"), 100);
        check(text, "THE GREY, heron stands: in the shallow water at dawn!", 100);
        check(text, "Sorry, this page is not available", 0);
        check(text, "the grey heron stands in a garden", 37);
        check("hello", "say hello there", 100);
        check("", "x", 0);
        check("x y z", "", 0);
    }

    #[test]
    fn where_redirects_led() {
        let check =
            |asked, reached, expected| assert_eq!(landing(asked, reached), expected, "{asked} {reached}");
        check("http://a.test/p/1", "https://www.a.test/p/1/", Landing::Same);
        check("https://a.test/p/1", "https://a.test/", Landing::FrontPage);
        check("https://a.test/p/1", "https://a.test/login?next=/p/1", Landing::LoginPage);
        check("https://a.test/p/1", "https://accounts.b.test/signin", Landing::LoginPage);
        check("https://a.test/p/1", "https://a.test/gone", Landing::OtherPage);
        check("https://a.test/p?id=1", "https://a.test/p?id=2", Landing::OtherPage);
        check("https://a.test/p/1", "https://b.test/p/1", Landing::OtherHost);
        check("https://a.test/p/1", "https://b.test/", Landing::OtherHost);
        check("https://a.test/author/1", "https://a.test/author/2", Landing::OtherPage);
    }

    proptest! {
        #[test]
        fn similarity_stays_in_range(original in "[a-c ]{0,60}", page in "[a-c ]{0,60}") {
            let percent = similarity(&original, &page);
            prop_assert!(percent <= 100);
            if !words(&original).is_empty() {
                prop_assert_eq!(similarity(&original, &format!("{page} {original}")), 100);
            }
        }
    }
}
