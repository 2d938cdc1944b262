//! What a page says, without rendering it: a tokenizer, no scripts, no styles, nothing loaded.
//!
//! Rejected: a tree builder (`scraper`, `lol_html`): words, title and headings need none, and the tokenizer
//! brings no further crate.

use encoding_rs::{Encoding, UTF_8};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// Most of a page's bytes that are read.
const PAGE_LIMIT_BYTES: usize = 4 << 20;
/// Most text that is kept.
const TEXT_LIMIT_BYTES: usize = 1 << 20;
/// How far into a page a `meta charset` is looked for (WHATWG: 1024 bytes).
const CHARSET_SEARCH_BYTES: usize = 1024;
/// Most addresses of embedded files that are kept.
const FILES_LIMIT: usize = 200;

/// Elements that do not break a line of text.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "em", "font", "i", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];

/// The words of a page by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Content of the first `title`.
    pub title: String,
    /// Content of `h1` and `h2`, one a line.
    pub headings: String,
    /// Visible text, blocks separated by line breaks; `noscript` included, scripts and styles not.
    pub text: String,
    /// Words in `text`.
    pub words: u32,
    /// Addresses of pictures, sounds, videos and frames as written; also `og:image` and `og:video`.
    pub files: Vec<String>,
    /// How many scripts the page has.
    pub scripts: u32,
    /// Target of `meta refresh`, as written.
    pub refresh: Option<String>,
    /// The page was longer than what is read.
    pub cut: bool,
}

impl Page {
    /// What a full capture would hold and this reading does not, a sentence each.
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        if self.scripts > 0 {
            missing.push(format!("Scripts were not run: {}.", self.scripts));
        }
        if !self.files.is_empty() {
            missing
                .push(format!("Pictures, sounds, videos and frames were not fetched: {}.", self.files.len()));
        }
        if self.refresh.is_some() {
            missing.push("The page asks to go on to another address; this was not followed.".to_owned());
        }
        missing
    }
}

/// Whether a media type (lower case, without parameters) is that of a page. No type counts as a page.
pub fn is_html(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml" | "")
}

/// Reads a page; `content_type` is the header as it came, for its charset. Never fails: bad bytes are replaced.
pub fn read(bytes: &[u8], content_type: Option<&str>) -> Page {
    let cut = bytes.len() > PAGE_LIMIT_BYTES;
    let text = decode(&bytes[..bytes.len().min(PAGE_LIMIT_BYTES)], content_type);
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader { page: Page { cut, ..Page::default() }, ..Reader::default() };
    for token in Tokenizer::new_with_emitter(text.as_str(), emitter) {
        let Ok(token) = token;
        reader.take(token);
    }
    let mut page = reader.page;
    page.title = collapse(&page.title);
    page.headings = lines(&page.headings);
    page.text = lines(&page.text);
    page.words = u32::try_from(page.text.split_whitespace().count()).unwrap_or(u32::MAX);
    page
}

/// Decodes text by byte-order mark, then the header's charset, then `meta charset`, then UTF-8.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    let named = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let at = lower.find("charset=")? + "charset=".len();
        let label = lower[at..].trim_start_matches(['"', '\'', ' ']);
        Encoding::for_label(label.split(['"', '\'', ';', ' ', '>', '/']).next()?.as_bytes())
    };
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_SEARCH_BYTES)]);
    let encoding = content_type.and_then(named).or_else(|| named(&head)).unwrap_or(UTF_8);
    encoding.decode(bytes).0.into_owned()
}

#[derive(Default)]
struct Reader {
    page: Page,
    /// The element whose text goes nowhere.
    silent: Option<Vec<u8>>,
    in_title: bool,
    in_heading: bool,
}

impl Reader {
    fn take(&mut self, token: Token) {
        match token {
            Token::StartTag(tag) => self.open(&tag),
            Token::EndTag(tag) => self.close(&tag.name),
            Token::String(text) => self.say(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        match name {
            b"script" => self.page.scripts += 1,
            b"title" => self.in_title = self.page.title.is_empty(),
            b"h1" | b"h2" => self.in_heading = true,
            b"meta" => self.meta(tag),
            b"img" | b"video" | b"audio" | b"source" | b"iframe" | b"embed" => self.file(tag, b"src"),
            b"object" => self.file(tag, b"data"),
            _ => {}
        }
        if matches!(name, b"script" | b"style" | b"template" | b"svg")
            && !tag.self_closing
            && self.silent.is_none()
        {
            self.silent = Some(name.to_vec());
        }
        self.edge(name);
    }

    fn close(&mut self, name: &[u8]) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        }
        match name {
            b"title" => self.in_title = false,
            b"h1" | b"h2" => {
                self.in_heading = false;
                self.page.headings.push('\n');
            }
            _ => {}
        }
        self.edge(name);
    }

    /// A block's edge ends a line of text; an inline element's does not.
    fn edge(&mut self, name: &[u8]) {
        if !INLINE.iter().any(|inline| inline.as_bytes() == name) {
            self.page.text.push('\n');
        }
    }

    fn say(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        let room = TEXT_LIMIT_BYTES.saturating_sub(self.page.text.len());
        if room < text.len() {
            self.page.cut = true;
            return;
        }
        if self.in_title {
            self.page.title.push_str(text);
            return;
        }
        if self.in_heading {
            self.page.headings.push_str(text);
        }
        self.page.text.push_str(text);
    }

    fn meta(&mut self, tag: &StartTag<()>) {
        let content = attribute(tag, b"content").unwrap_or_default();
        if attribute(tag, b"http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
            let at = content.to_ascii_lowercase().find("url=");
            self.page.refresh = at.map(|at| content[at + 4..].trim_matches(['"', '\'', ' ']).to_owned());
        }
        if attribute(tag, b"property").is_some_and(|name| matches!(name.as_str(), "og:image" | "og:video")) {
            self.file(tag, b"content");
        }
    }

    fn file(&mut self, tag: &StartTag<()>, name: &[u8]) {
        if let Some(address) = attribute(tag, name)
            && self.page.files.len() < FILES_LIMIT
            && !address.is_empty()
        {
            self.page.files.push(address);
        }
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(text: &str) -> String {
    text.lines().map(collapse).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_by_their_places() {
        let page = read(
            b"<!doctype html><title> A &amp; B\n</title><style>p{}</style><script>var x='<p>no</p>'</script>\
              <body><h1>Big <em>news</em></h1><p>One <b>t</b>wo&nbsp;three<p>four<template><p>hidden</p></template>\
              <noscript>Scripts please</noscript><svg><title>icon</title></svg><img src='/a.png'>\
              <meta property=og:video content=/v.mp4><meta http-equiv=Refresh content='0; URL=/next'>five",
            Some("text/html"),
        );
        assert_eq!(page.title, "A & B");
        assert_eq!(page.headings, "Big news");
        assert_eq!(page.text, "Big news\nOne two three\nfour\nScripts please\nfive");
        assert_eq!(page.words, 9);
        assert_eq!(page.files, ["/a.png", "/v.mp4"]);
        assert_eq!((page.scripts, page.refresh.as_deref()), (1, Some("/next")));
        assert_eq!(page.missing().len(), 3);
    }

    #[test]
    fn charsets() {
        let check = |bytes: &[u8], header: Option<&str>, expected: &str| {
            assert_eq!(read(bytes, header).text, expected);
        };
        check("Ωμέγα".as_bytes(), None, "Ωμέγα");
        check(b"\xef\xf0\xe8\xe2\xe5\xf2", Some("text/html; charset=windows-1251"), "привет");
        check(b"<meta charset='iso-8859-2'>\xbf\xf3\xb3w", None, "żółw");
        check(b"\xff\xfea\0b\0", Some("text/html; charset=utf-8"), "ab");
        check(b"a\xffb", None, "a\u{fffd}b");
    }

    #[test]
    fn hostile_pages_end() {
        for page in
            ["<script>".repeat(50_000), "<".repeat(100_000), "<svg>".repeat(50_000), "&".repeat(100_000)]
        {
            let read = read(page.as_bytes(), None);
            assert!(read.text.len() <= TEXT_LIMIT_BYTES);
        }
    }
}
