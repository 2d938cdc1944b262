//! HTML of posts as plain text: tags fall, breaks become lines, entities become characters.
//!
//! This is for reading and matching, never for showing: the console escapes what it prints.

/// What a piece of HTML says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The text without markup, lines separated by `\n`.
    pub text: String,
    /// Links: address and class, as written.
    pub links: Vec<(String, String)>,
    /// Addresses of pictures, videos and sounds inside.
    pub media: Vec<(String, &'static str)>,
}

/// Reads a piece of HTML.
pub(super) fn plain(html: &str) -> Plain {
    let mut out = Plain::default();
    let mut rest = html;
    let last_end = html.rfind('>');
    while let Some(at) = rest.find('<') {
        push_text(&mut out.text, &rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let starts_tag =
            rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        // Without a `>` ahead nothing more is a tag: looking again and again would be quadratic.
        let ahead = last_end.is_some_and(|last| html.len() - rest.len() < last);
        let end = if starts_tag && ahead { tag_end(rest) } else { None };
        let Some(end) = end else {
            push_text(&mut out.text, "<");
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name = tag.split([' ', '\t', '\n', '\r', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if matches!(name.as_str(), "script" | "style") && !tag.starts_with('/') {
            let close = format!("</{name}");
            rest = find_ignoring_case(rest, &close).map_or("", |at| &rest[at..]);
            continue;
        }
        see_tag(&mut out, &name, tag);
    }
    push_text(&mut out.text, rest);
    out.text = tidy(&out.text);
    out
}

fn see_tag(out: &mut Plain, name: &str, tag: &str) {
    let closes = tag.starts_with('/');
    match name {
        "br" => out.text.push('\n'),
        "p" | "blockquote" | "ul" | "ol" | "figure" | "h1" | "h2" | "h3" | "h4" | "pre" if closes => {
            out.text.push_str("\n\n");
        }
        "div" | "li" | "tr" if closes => out.text.push('\n'),
        "a" if !closes => {
            if let Some(href) = attribute(tag, "href") {
                out.links.push((href, attribute(tag, "class").unwrap_or_default()));
            }
        }
        "img" | "video" | "audio" | "source" if !closes => {
            // Counting pixels are no pictures.
            let pixel = ["width", "height"].iter().any(|side| attribute(tag, side).as_deref() == Some("1"));
            if let Some(src) = attribute(tag, "src").filter(|_| !pixel) {
                let kind = match name {
                    "img" => "image",
                    "audio" => "audio",
                    _ => "video",
                };
                out.media.push((src, kind));
            }
        }
        _ => {}
    }
}

/// Where the tag that opens `text` ends: the `>` outside of quotes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.find('>')
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|part| part.eq_ignore_ascii_case(what.as_bytes()))
}

/// The value of an attribute, entities read.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = find_ignoring_case(&tag[from..], name) {
        let start = from + at;
        let before = tag[..start].chars().next_back().is_some_and(char::is_whitespace);
        let after = tag[start + name.len()..].trim_start();
        from = start + name.len();
        if let (true, Some(value)) = (before, after.strip_prefix('=')) {
            let value = value.trim_start();
            let value = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
                _ => value.split(char::is_whitespace).next().unwrap_or_default(),
            };
            return Some(unescape(value.trim()));
        }
    }
    None
}

fn push_text(out: &mut String, raw: &str) {
    out.push_str(&unescape(raw));
}

/// Characters for entities; what is no entity stays as written.
pub(super) fn unescape(text: &str) -> String {
    const ENTITY_BYTES_MAX: usize = 12;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(ENTITY_BYTES_MAX).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|&c| c != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "rlm" => '\u{200f}',
        "lrm" => '\u{200e}',
        _ => return None,
    })
}

/// At most one empty line in a row, no blanks at line ends.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.trim().lines() {
        let line = line.trim();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank <= 1 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_html() {
        for (html, expected) in [
            ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
            ("you can&#39;t &amp; won&rsquo;t &unknown; &", "you can't & won’t &unknown; &"),
            ("<span class=\"invisible\">https://</span><span>a.example</span>", "https://a.example"),
            ("a < b > c", "a < b > c"),
            ("<script>alert('<p>')</script>after<style>p{}</style>", "after"),
            ("<!-- no -->yes<!-- open", "yes"),
            ("<a title='x > y' href=\"#\">t</a>", "t"),
            ("<p", "<p"),
        ] {
            assert_eq!(plain(html).text, expected, "{html}");
        }
    }

    #[test]
    fn links_and_media() {
        let got = plain(
            "<a class=\"mention\" href='https://a.example/?x=1&amp;y=2'>t</a><img src=/p.png><a data-href='no'>",
        );
        assert_eq!(got.links, [("https://a.example/?x=1&y=2".to_owned(), "mention".to_owned())]);
        assert_eq!(got.media, [("/p.png".to_owned(), "image")]);
    }
}
