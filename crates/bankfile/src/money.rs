//! Posts in, the identifiers out that money is sent to: `renvoi network money`.
//!
//! Only posts that hold an identifier are kept. Which posts are copies of one content a file says by `content`, or else their
//! texts tell: equal and near ones (`text::near`) are one content, and so are those that such ones lead to. Few words make no
//! content of their own: an identifier in a text too short to be compared is one content with the other such texts that hold it.

use crate::screen::LINE_MAX_BYTES;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use text::identifier::{Kind, money};
use text::near::{Bar, Listed, Shingles};
use text::normal::normal;

/// More posts that hold an identifier are not read at once.
pub const POSTS_MAX: usize = 5_000_000;
/// Links of one post that are read beside its text.
const LINKS_MAX: usize = 10_000;
/// The last second whose milliseconds are told: the year 9999.
const SECONDS_MAX: f64 = 253_402_300_799.0;

/// An identifier of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `iban`, `bitcoin`, `ethereum`, `tron`, `monero`, `donation`.
    pub kind: &'static str,
    /// As it is written when nothing is left out.
    pub value: String,
    /// A checksum was there in one of its posts, and held.
    pub checked: bool,
    /// Nobody wrote it with the checksum that its kind has: it may be something else.
    pub doubtful: bool,
}

/// One post in which one identifier stands. Numbers are places in the lists of [`Posts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Which identifier.
    pub identifier: u32,
    /// Which post.
    pub post: u32,
    /// Which account, when the line names one.
    pub account: Option<u32>,
    /// Which service.
    pub service: u32,
    /// Which content, from 0.
    pub content: u32,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    /// Lines that are posts.
    pub read: u64,
    /// In the order of their coming.
    pub identifiers: Vec<Named>,
    /// Ids of posts that hold an identifier.
    pub ids: Vec<String>,
    /// `service/account`.
    pub accounts: Vec<String>,
    /// Their names; the first may be empty, where a line names none.
    pub services: Vec<String>,
    /// Each identifier once a post.
    pub uses: Vec<Used>,
}

/// A line, as `renvoi screen` and `renvoi intake` read it too.
#[derive(Deserialize)]
struct Line {
    id: Value,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    links: Option<Vec<String>>,
    #[serde(default, alias = "author")]
    account: Value,
    #[serde(default)]
    service: Option<String>,
    #[serde(default, alias = "posted_at")]
    time: Value,
    #[serde(default)]
    content: Option<String>,
}

/// Reads posts, a JSON object a line.
///
/// # Errors
/// What is wrong first, with its line and what to do.
pub fn read(from: impl Read) -> Result<Posts, String> {
    let mut from = BufReader::with_capacity(1 << 20, from);
    let (mut gathered, mut bytes, mut number) = (Gathered::default(), Vec::new(), 0_u64);
    loop {
        bytes.clear();
        number += 1;
        let limit = LINE_MAX_BYTES as u64 + 1;
        let read = from.by_ref().take(limit).read_until(b'\n', &mut bytes);
        if read.map_err(|error| format!("cannot be read: {error}"))? == 0 {
            break;
        }
        if bytes.len() > LINE_MAX_BYTES {
            return Err(format!("line {number} is longer than {LINE_MAX_BYTES} bytes"));
        }
        let line = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes).trim_ascii();
        if !line.is_empty() {
            let line = serde_json::from_slice(line)
                .map_err(|error| format!("line {number} is no post with id, time and text: {error}"))?;
            gathered.add(line).map_err(|wrong| format!("line {number}: {wrong}"))?;
        }
    }
    if gathered.posts.read == 0 {
        return Err("holds no posts; a JSON object a line is needed".to_owned());
    }
    gathered.whole()
}

#[derive(Default)]
struct Gathered {
    posts: Posts,
    known: HashMap<(Kind, String), u32>,
    ids: HashMap<String, u32>,
    accounts: HashMap<String, u32>,
    services: HashMap<String, u32>,
    /// Where each identifier of a post stands in `uses`: an id that comes again counts once.
    places: HashMap<(u32, u32), usize>,
    /// What tells the content of each post: what the file says, or the runs of its words.
    contents: Vec<Content>,
}

enum Content {
    Named(String),
    Text(Shingles),
}

fn number_of(list: &mut Vec<String>, known: &mut HashMap<String, u32>, name: &str) -> u32 {
    if let Some(number) = known.get(name) {
        return *number;
    }
    let number = list.len() as u32;
    list.push(name.to_owned());
    known.insert(name.to_owned(), number);
    number
}

impl Gathered {
    fn add(&mut self, line: Line) -> Result<(), String> {
        self.posts.read += 1;
        let id = match &line.id {
            Value::String(id) if !id.is_empty() => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return Err("the id is a text or a number".to_owned()),
        };
        let at_ms = milliseconds(&line.time).ok_or(
            "the time is seconds since 1970, or a text with its offset such as 2026-03-04T05:06:07Z",
        )?;
        let text = line.text.unwrap_or_default();
        let links = line.links.unwrap_or_default();
        let found = money(&text, links.iter().take(LINKS_MAX).map(String::as_str));
        if found.is_empty() {
            return Ok(());
        }
        if self.contents.len() == POSTS_MAX {
            return Err(format!("over {POSTS_MAX} posts hold an identifier; hand in a part"));
        }
        let account = account(&line.account)?;
        let own = |account: &str| account.split_once('/').map(|(service, _)| service.to_owned());
        let service = line.service.or_else(|| own(account.as_deref()?)).unwrap_or_default();
        let named = account.map(|account| match account.strip_prefix(&service) {
            Some(rest) if rest.starts_with('/') || service.is_empty() => account,
            _ => format!("{service}/{account}"),
        });
        let post = number_of(&mut self.posts.ids, &mut self.ids, &id);
        if post as usize == self.contents.len() {
            self.contents.push(match line.content {
                Some(content) => Content::Named(content),
                None => Content::Text(Shingles::of_normal(&normal(&text).text)),
            });
        }
        let service = number_of(&mut self.posts.services, &mut self.services, &service);
        let account = named.map(|named| number_of(&mut self.posts.accounts, &mut self.accounts, &named));
        for one in found {
            let (kind, verified) = (one.kind, one.verified);
            let next = self.posts.identifiers.len() as u32;
            let identifier = *self.known.entry((kind, one.value.clone())).or_insert(next);
            if identifier == next {
                let doubtful = kind.has_checksum();
                let new = Named { kind: kind.word(), value: one.value, checked: false, doubtful };
                self.posts.identifiers.push(new);
            }
            let known = &mut self.posts.identifiers[identifier as usize];
            known.checked |= verified;
            known.doubtful &= !verified;
            let new = Used { identifier, post, account, service, content: 0, at_ms };
            let place = *self.places.entry((identifier, post)).or_insert(self.posts.uses.len());
            match self.posts.uses.get_mut(place) {
                Some(before) => before.at_ms = before.at_ms.min(at_ms),
                None => self.posts.uses.push(new),
            }
        }
        Ok(())
    }

    /// With the content of each use.
    fn whole(mut self) -> Result<Posts, String> {
        let contents = contents(&self.contents)?;
        for of in &mut self.posts.uses {
            of.content = contents[of.post as usize];
        }
        Ok(self.posts)
    }
}

/// The content of each post, from 0: the same name, or equal, near or too short texts.
fn contents(posts: &[Content]) -> Result<Vec<u32>, String> {
    let mut first: Vec<usize> = (0..posts.len()).collect();
    let mut names = HashMap::new();
    let texts: Vec<(usize, &Shingles)> = (0..)
        .zip(posts)
        .filter_map(|(at, post)| match post {
            Content::Named(name) => {
                first[at] = *names.entry(name.as_str()).or_insert(at);
                None
            }
            Content::Text(runs) => Some((at, runs)),
        })
        .collect();
    let listed = Listed::new(texts.iter().map(|(_, runs)| (*runs).clone()), Bar::default())
        .map_err(|error| error.to_string())?;
    let least = Bar::default().shared_min as usize;
    let mut short = None;
    for (at, runs) in &texts {
        if runs.len() < least {
            // Too short to be compared: it tells nothing of its own.
            join(&mut first, *at, *short.get_or_insert(*at));
            continue;
        }
        // An equal text is near too.
        for near in listed.near(runs).found {
            join(&mut first, *at, texts[near.at as usize].0);
        }
    }
    let mut numbers = HashMap::new();
    Ok((0..posts.len())
        .map(|at| {
            let (root, next) = (root(&mut first, at), numbers.len() as u32);
            *numbers.entry(root).or_insert(next)
        })
        .collect())
}

/// The earliest post that a post is one content with, as far as is known.
fn root(first: &mut [usize], at: usize) -> usize {
    let mut root = at;
    while first[root] != root {
        first[root] = first[first[root]];
        root = first[root];
    }
    root
}

fn join(first: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(first, one), root(first, other));
    first[one.max(other)] = one.min(other);
}

fn account(value: &Value) -> Result<Option<String>, String> {
    let handle = value.get("handle").unwrap_or(value);
    match handle {
        Value::Null => Ok(None),
        Value::String(handle) if !handle.is_empty() => Ok(Some(handle.clone())),
        _ => Err("the account is a text, or an object with a handle".to_owned()),
    }
}

fn milliseconds(time: &Value) -> Option<u64> {
    if let Some(seconds) = time.as_f64() {
        return (0.0..=SECONDS_MAX).contains(&seconds).then_some((seconds * 1000.0).round() as u64);
    }
    let at: jiff::Timestamp = time.as_str()?.trim().parse().ok()?;
    u64::try_from(at.as_millisecond()).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const IBAN: &str = "DE89370400440532013000";
    const LONG: &str =
        "The first train to the coast leaves from platform nine at dawn, and the last one at dusk.";
    const OTHER: &str =
        "Seven clocks rest beside a quiet river while the meadow waits for barrels and candles.";

    fn lines(lines: &[&str]) -> Posts {
        read(lines.join("\n").as_bytes()).unwrap()
    }

    fn line(id: u32, account: &str, text: &str) -> String {
        serde_json::json!({ "id": id, "account": account, "time": 1000 + id, "text": text }).to_string()
    }

    /// Copies, also edited ones, are one content; so are texts that say nothing but the number.
    #[test]
    fn copies_are_one_content() {
        let edited = LONG.replace("platform nine", "platform ten");
        let all = [
            line(1, "a.example/one", &format!("{LONG} Give to {IBAN}")),
            line(2, "a.example/two", &format!("{edited} Give to {IBAN}")),
            line(3, "a.example/two", &format!("{OTHER} Give to {IBAN}")),
            line(4, "a.example/six", &format!("{IBAN}!")),
            line(5, "b.example/ten", &format!("to {IBAN}")),
            line(6, "b.example/ten", "nothing of it"),
        ];
        let posts = lines(&all.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((posts.read, posts.ids.len(), posts.identifiers.len()), (6, 5, 1));
        assert_eq!(posts.uses.iter().map(|of| of.content).collect::<Vec<_>>(), [0, 0, 1, 2, 2]);
        assert_eq!(posts.accounts, ["a.example/one", "a.example/two", "a.example/six", "b.example/ten"]);
        assert_eq!(posts.services, ["a.example", "b.example"]);
        assert_eq!(posts.uses[0].at_ms, 1_001_000);
    }

    #[test]
    fn lines_as_others_write_them() {
        let posts = lines(&[
            r#"{"id":"x","service":"a.example","author":{"handle":"one","name":"One"},"posted_at":"2026-03-04T05:06:07Z","text":null,"links":["https://ko-fi.com/some_one"],"content":"c7"}"#,
            r#"{"id":"x","service":"a.example","account":"a.example/one","time":5,"text":"","links":["ko-fi.com/some_one"],"content":"c8"}"#,
            "",
            r#"{"id":3,"time":7,"text":"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed","content":"c7"}"#,
        ]);
        assert_eq!(posts.accounts, ["a.example/one"]);
        assert_eq!(posts.uses.len(), 2, "an id that comes again counts once");
        assert_eq!((posts.uses[0].at_ms, posts.uses[1].content), (5_000, 0));
        let told: Vec<_> =
            posts.identifiers.iter().map(|one| (one.kind, one.checked, one.doubtful)).collect();
        assert_eq!(told, [("donation", false, false), ("ethereum", false, true)]);
    }

    #[test]
    fn bad_lines_get_one_sentence() {
        for (text, expected) in [
            ("", "holds no posts"),
            ("\n\n", "holds no posts"),
            ("nothing", "line 1 is no post"),
            (r#"{"id":1,"text":"x"}"#, "line 1: the time is seconds"),
            (r#"{"id":1,"time":-1}"#, "line 1: the time is seconds"),
            (r#"{"id":1,"time":"yesterday"}"#, "line 1: the time is seconds"),
            ("{\"id\":1,\"time\":1}\n{\"id\":null,\"time\":1}", "line 2: the id is"),
            (r#"{"id":1,"time":1,"account":7,"text":"DE89370400440532013000"}"#, "line 1: the account is"),
        ] {
            let said = read(text.as_bytes()).unwrap_err();
            assert!(said.starts_with(expected), "{text}: {said}");
        }
    }
}
