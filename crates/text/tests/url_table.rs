//! Addresses and their one form.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use text::url_form::{BadUrl, canonical, collection_page, defang};

/// Address, canonical form.
const TABLE: &[(&str, &str)] = &[
    // plain
    ("https://example.test/a", "https://example.test/a"),
    ("HTTPS://EXAMPLE.test/A", "https://example.test/A"),
    ("  https://example.test/a \n", "https://example.test/a"),
    ("example.test/a", "https://example.test/a"),
    ("//example.test/a", "https://example.test/a"),
    ("example.test:8080/a", "https://example.test:8080/a"),
    ("http://example.test:80/a", "http://example.test/a"),
    ("https://example.test:443/a", "https://example.test/a"),
    ("https://example.test:8443/a", "https://example.test:8443/a"),
    ("https://example.test", "https://example.test/"),
    ("https://example.test./a", "https://example.test/a"),
    ("http://127.0.0.1/a", "http://127.0.0.1/a"),
    ("http://0x7f.1/a", "http://127.0.0.1/a"),
    ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
    // host dress
    ("https://www.example.test/a", "https://example.test/a"),
    ("https://m.example.test/a", "https://example.test/a"),
    ("https://mobile.example.test/a", "https://example.test/a"),
    ("https://www.m.example.test/a", "https://example.test/a"),
    ("https://en.m.example.test/wiki/A", "https://en.example.test/wiki/A"),
    ("https://www.gov.uk/a", "https://www.gov.uk/a"),
    ("https://m.blogspot.com/a", "https://m.blogspot.com/a"),
    ("https://www.news.example.co.uk/a", "https://news.example.co.uk/a"),
    // names in every script
    ("https://пример.test/путь", "https://xn--e1afmkfd.test/%D0%BF%D1%83%D1%82%D1%8C"),
    ("https://BÜCHER.test/", "https://xn--bcher-kva.test/"),
    ("https://xn--bcher-kva.test/", "https://xn--bcher-kva.test/"),
    ("https://ｅxample。test/", "https://example.test/"),
    // path
    ("https://example.test/a/", "https://example.test/a"),
    ("https://example.test//a///b", "https://example.test/a/b"),
    ("https://example.test/a/../b/./c", "https://example.test/b/c"),
    ("https://example.test/%7euser/%e2%82%ac", "https://example.test/~user/%E2%82%AC"),
    ("https://example.test/%41%2f", "https://example.test/A%2F"),
    ("https://example.test/100%", "https://example.test/100%25"),
    ("https://example.test/%%341", "https://example.test/%2541"),
    (
        "https://archive.example.test/web/2020/https://a.test//b",
        "https://archive.example.test/web/2020/https://a.test/b",
    ),
    // AMP
    ("https://amp.example.test/a", "https://example.test/a"),
    ("https://example.test/a/amp", "https://example.test/a"),
    ("https://example.test/a/amp/", "https://example.test/a"),
    ("https://example.test/a?amp=1", "https://example.test/a"),
    ("https://example.test/a?amp", "https://example.test/a"),
    ("https://example.test/a?outputType=amp&id=2", "https://example.test/a?id=2"),
    ("https://example.test/a.amp.html", "https://example.test/a.html"),
    ("https://example-test.cdn.cache.test/c/s/example.test/a", "https://example.test/a"),
    ("https://example-test.cdn.cache.test/v/example.test/a?amp_js_v=1", "http://example.test/a"),
    ("https://www.google.com/amp/s/www.example.test/a/amp/", "https://example.test/a"),
    // query
    ("https://example.test/a?utm_source=x&utm_medium=y", "https://example.test/a"),
    ("https://example.test/a?id=7&fbclid=abc", "https://example.test/a?id=7"),
    ("https://example.test/a?gclid=1&igshid=2&mc_cid=3", "https://example.test/a"),
    ("https://example.test/a?b=2&a=1", "https://example.test/a?a=1&b=2"),
    ("https://example.test/a?b=2&a=1&b=1", "https://example.test/a?b=2&a=1&b=1"),
    ("https://example.test/a?b=2&a=1&sig=9", "https://example.test/a?b=2&a=1&sig=9"),
    ("https://example.test/a?z&a=1", "https://example.test/a?z&a=1"),
    ("https://example.test/a?", "https://example.test/a"),
    ("https://example.test/a?&&x=1&", "https://example.test/a?x=1"),
    ("https://example.test/a?si=1", "https://example.test/a?si=1"),
    ("https://example.test/a?q=%c3%a9%7e", "https://example.test/a?q=%C3%A9~"),
    // fragment
    ("https://example.test/a#top", "https://example.test/a"),
    ("https://example.test/#!/a/1", "https://example.test/#!/a/1"),
    ("https://mega.nz/file/abc#key", "https://mega.nz/file/abc#key"),
    // Telegram
    ("https://t.me/Sample/12", "https://t.me/sample/12"),
    ("https://t.me/s/sample/12", "https://t.me/sample/12"),
    ("http://telegram.me/sample/12?single", "https://t.me/sample/12"),
    ("telegram.dog/sample/12", "https://t.me/sample/12"),
    ("https://sample.t.me/12", "https://t.me/sample/12"),
    ("tg://resolve?domain=Sample&post=12", "https://t.me/sample/12"),
    ("tg:resolve?domain=sample", "https://t.me/sample"),
    ("tg://join?invite=AbC-1", "https://t.me/+AbC-1"),
    ("tg://privatepost?channel=99&post=4", "https://t.me/c/99/4"),
    ("https://t.me/joinchat/AbC-1", "https://t.me/+AbC-1"),
    ("https://t.me/%2BAbC-1", "https://t.me/+AbC-1"),
    ("https://t.me/c/99/4", "https://t.me/c/99/4"),
    ("https://t.me/sample/40?thread=7", "https://t.me/sample/7/40"),
    ("https://t.me/sample/40?comment=7", "https://t.me/sample/40?comment=7"),
    ("https://t.me/s/sample", "https://t.me/sample"),
    ("https://t.me/s/sample?before=40", "https://t.me/sample?before=40"),
    ("https://web.telegram.org/k/#@Sample", "https://t.me/sample"),
    ("https://t.me/iv?url=https%3A%2F%2Fexample.test%2Fa&rhash=1", "https://example.test/a"),
    // YouTube
    ("https://youtu.be/aBc_1-2?si=x&t=9", "https://youtube.com/watch?v=aBc_1-2"),
    ("https://www.youtube.com/shorts/aBc_1-2", "https://youtube.com/watch?v=aBc_1-2"),
    ("https://www.youtube-nocookie.com/embed/aBc_1-2?rel=0", "https://youtube.com/watch?v=aBc_1-2"),
    ("http://m.youtube.com/watch?list=L&v=aBc_1-2&feature=share", "https://youtube.com/watch?v=aBc_1-2"),
    ("https://www.youtube.com/live/aBc_1-2", "https://youtube.com/watch?v=aBc_1-2"),
    ("https://www.youtube.com/@sample", "https://youtube.com/@sample"),
    // X and its mirrors
    ("https://twitter.com/Sample/status/12?s=20", "https://x.com/sample/status/12"),
    ("https://mobile.twitter.com/sample/status/12/photo/1", "https://x.com/sample/status/12"),
    ("https://nitter.net/sample/status/12#m", "https://x.com/sample/status/12"),
    ("https://fxtwitter.com/sample/status/12", "https://x.com/sample/status/12"),
    ("https://x.com/i/web/status/12", "https://x.com/i/status/12"),
    // others
    ("https://old.reddit.com/r/a/comments/1/", "https://reddit.com/r/a/comments/1"),
    (
        "https://mbasic.facebook.com/story.php?story_fbid=1&id=2&refid=3",
        "https://facebook.com/story.php?id=2&story_fbid=1",
    ),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.test%2Fa%3Ffbclid%3D1", "https://example.test/a"),
    ("https://www.google.com/url?q=https://example.test/a&sa=D", "https://example.test/a"),
];

#[test]
fn url_table() {
    for (input, expected) in TABLE {
        let got = canonical(input).unwrap_or_else(|bad| panic!("{input}: {bad}"));
        assert_eq!(got.url, *expected, "{input}");
        assert_eq!(got.original, *input);
        assert_eq!(canonical(expected).unwrap().url, *expected, "again: {expected}");
    }
    assert!(TABLE.len() >= 60);
}

#[test]
fn url_refused() {
    let table = [
        ("", BadUrl::Empty),
        (" \t", BadUrl::Empty),
        ("ftp://example.test/a", BadUrl::Scheme),
        ("mailto:a@example.test", BadUrl::Scheme),
        ("javascript:alert(1)", BadUrl::Scheme),
        ("data:text/plain,a", BadUrl::Scheme),
        ("https://user:secret@example.test/", BadUrl::Credentials),
        ("https://user@example.test/", BadUrl::Credentials),
        ("https://", BadUrl::Host),
        ("https://exa mple.test/", BadUrl::Host),
        ("http://1.2.3.456/", BadUrl::Host),
        ("http://[::1/", BadUrl::Host),
        ("https://./a", BadUrl::Host),
    ];
    for (input, expected) in table {
        assert_eq!(canonical(input).unwrap_err(), expected, "{input}");
    }
    let long = format!("https://example.test/{}", "a".repeat(text::url_form::URL_MAX_BYTES));
    assert_eq!(canonical(&long).unwrap_err(), BadUrl::TooLong);
}

#[test]
fn url_parts() {
    let address = canonical("http://www.bücher.example.co.uk:8080/a/b?x=1#c").unwrap();
    assert_eq!(address.host, "xn--bcher-kva.example.co.uk");
    assert_eq!(address.registrable, "example.co.uk");
    assert_eq!(address.display_host(), "bücher.example.co.uk");
    assert_eq!((address.path(), address.query()), ("/a/b", "x=1"));
    assert_eq!(address.key(), "//xn--bcher-kva.example.co.uk:8080/a/b?x=1");
    assert_eq!(
        canonical("http://example.test/a").unwrap().key(),
        canonical("https://example.test/a").unwrap().key()
    );
    assert_eq!(canonical("http://127.0.0.1/").unwrap().registrable, "127.0.0.1");
    assert_eq!(canonical("http://localhost/").unwrap().registrable, "localhost");
    assert_eq!(canonical("https://some.blogspot.com/a").unwrap().registrable, "some.blogspot.com");
}

#[test]
fn url_defang() {
    assert_eq!(defang("https://a.example.test/b.html?c=d.e"), "hxxps://a[.]example[.]test/b.html?c=d.e");
    assert_eq!(defang("http://example.test"), "hxxp://example[.]test");
    assert_eq!(defang("example.test/a.b"), "example[.]test/a.b");
}

/// Address, is it a page of many things?
const PAGES: &[(&str, bool)] = &[
    ("https://example.test/", true),
    ("https://example.test/index.html", true),
    ("https://example.test/?p=12", false),
    ("https://example.test/?s=rain", true),
    ("https://example.test/search?q=rain", true),
    ("https://example.test/user/sample", true),
    ("https://example.test/user/sample/post/3", false),
    ("https://example.test/users/sample/statuses/3", false),
    ("https://example.test/@sample", true),
    ("https://example.test/@sample/12", false),
    ("https://example.test/tag/rain", true),
    ("https://example.test/category/rain/page/2", true),
    ("https://example.test/playlist/4", true),
    ("https://example.test/feed", true),
    ("https://example.test/channel/sample", true),
    ("https://example.test/2024/05/rain-at-noon", false),
    ("https://example.test/news/page/3", true),
    ("https://example.test/p/12", false),
    ("https://t.me/sample", true),
    ("https://t.me/s/sample", true),
    ("https://t.me/+AbC", true),
    ("https://t.me/sample/12", false),
    ("https://t.me/c/99/4", false),
    ("https://t.me/c/99", true),
    ("https://x.com/sample", true),
    ("https://x.com/sample/media", true),
    ("https://x.com/sample/status/1", false),
    ("https://x.com/search?q=rain", true),
    ("https://x.com/hashtag/rain", true),
    ("https://youtube.com/watch?v=abc", false),
    ("https://youtube.com/@sample/videos", true),
    ("https://youtube.com/playlist?list=a", true),
    ("https://youtube.com/results?search_query=a", true),
    ("https://facebook.com/sample", true),
    ("https://facebook.com/sample/posts/12", false),
    ("https://facebook.com/story.php?story_fbid=1&id=2", false),
    ("https://facebook.com/groups/12", true),
    ("https://instagram.com/sample", true),
    ("https://instagram.com/p/abc", false),
    ("https://tiktok.com/@sample", true),
    ("https://tiktok.com/@sample/video/12", false),
    ("https://reddit.com/r/rain", true),
    ("https://reddit.com/r/rain/comments/1/a", false),
    ("https://vk.com/sample", true),
    ("https://vk.com/wall-1_2", false),
];

#[test]
fn collection_pages() {
    for (input, expected) in PAGES {
        let why = collection_page(&canonical(input).unwrap());
        assert_eq!(why.is_some(), *expected, "{input}: {why:?}");
    }
}

fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

fn odd_url() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        "([a-z]{1,3}\\.){0,2}(www|m|amp|mobile|sample|xn--bcher-kva)\\.(example|t|x|youtube|blogspot|gov)\\.(test|me|com|uk|co\\.uk)",
        Just("t.me".to_owned()),
        Just("telegram.me".to_owned()),
        Just("a.t.me".to_owned()),
        Just("youtu.be".to_owned()),
        Just("www.youtube.com".to_owned()),
        Just("nitter.net".to_owned()),
        Just("twitter.com".to_owned()),
        Just("a-b.cdn.cache.test".to_owned()),
        Just("www.google.com".to_owned()),
        Just("web.telegram.org".to_owned()),
        Just("m.facebook.com".to_owned()),
        Just("mega.nz".to_owned()),
        Just("[::1]".to_owned()),
        Just("10.1".to_owned()),
    ];
    let part = prop_oneof![
        "[a-zA-Z0-9%._~+@:=é-]{0,5}",
        Just("s".to_owned()),
        Just("amp".to_owned()),
        Just("c".to_owned()),
        Just("joinchat".to_owned()),
        Just("status".to_owned()),
        Just("watch".to_owned()),
        Just("%2e%2E".to_owned()),
        Just("..".to_owned()),
        Just("http:".to_owned()),
        Just("example.test".to_owned()),
        Just("a.amp.html".to_owned()),
        "[0-9]{1,3}",
        "%[0-9a-fA-F%]{0,4}",
        Just("url".to_owned()),
        Just("iv".to_owned()),
    ];
    let query = prop_oneof![
        "[a-c]=[0-9%a]{0,4}",
        "utm_[a-c]=1",
        Just("amp".to_owned()),
        Just("v=abc".to_owned()),
        Just("thread=3".to_owned()),
        Just("comment=3".to_owned()),
        Just("single".to_owned()),
        Just("t=1".to_owned()),
        Just("%41=1".to_owned()),
        Just("sig=1".to_owned()),
        Just("url=https://m.example.test/a/amp?b".to_owned()),
        Just("q=http://t.me/s/A/1".to_owned()),
        "[a-z%'é \\[\\]+=]{0,6}",
    ];
    let ports = prop_oneof![4 => Just(""), 1 => Just(":80"), 1 => Just(":443"), 1 => Just(":81")];
    let schemes = prop_oneof![4 => Just("https://"), 2 => Just("http://"), 1 => Just("")];
    let ends = prop_oneof![3 => Just(String::new()), 1 => "#[!@a-z/%?]{0,5}", 1 => Just("/".to_owned())];
    (schemes, host, ports, prop::collection::vec(part, 0..5), prop::collection::vec(query, 0..4), ends)
        .prop_map(|(scheme, host, port, parts, query, end)| {
            let mark = if query.is_empty() { "" } else { "?" };
            format!("{scheme}{host}{port}/{}{mark}{}{end}", parts.join("/"), query.join("&"))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials()) })]

    #[test]
    fn url_is_idempotent(input in odd_url()) {
        if let Ok(once) = canonical(&input) {
            let twice = canonical(&once.url);
            prop_assert_eq!(twice.as_ref().map(|c| c.url.as_str()), Ok(once.url.as_str()), "{}", input);
            prop_assert!(once.url.is_ascii());
            prop_assert_eq!(&twice.unwrap().host, &once.host);
            let _ = collection_page(&once);
        }
    }

    #[test]
    fn url_never_panics(input in "\\PC{0,40}") {
        let _ = canonical(&input).map(|c| (c.display_host(), collection_page(&c)));
        let _ = defang(&input);
    }
}
