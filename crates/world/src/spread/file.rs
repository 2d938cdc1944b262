//! A network as a file for intake: each account posts, and names those whom its content reaches.

use super::Dice;
use super::population::population;
use super::process::links;
use crate::Error;
use crate::make::{START_AT_S, write_lines};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

/// Accounts that one post names at most; intake keeps no more.
const NAMED_MAX: usize = 100;
/// Posts of one content.
const COPIES: usize = 200;
/// Where all of it stands.
const HOST: &str = "wide.example";
/// Words of the texts, which say nothing.
const WORDS: [&str; 48] = [
    "amber", "bridge", "candle", "desert", "engine", "forest", "garden", "harbour", "island", "jacket",
    "kettle", "ladder", "market", "needle", "orchard", "pepper", "quarry", "river", "saddle", "tunnel",
    "umbrella", "valley", "window", "yellow", "anchor", "basket", "copper", "dinner", "eleven", "feather",
    "gravel", "hammer", "insect", "jungle", "kitchen", "lantern", "mirror", "number", "office", "pencil",
    "rabbit", "summer", "thread", "uncle", "velvet", "winter", "yonder", "zebra",
];
/// Words of one text.
const TEXT_WORDS: usize = 14;

#[derive(Serialize)]
struct Line {
    id: String,
    service: &'static str,
    url: String,
    author: String,
    text: String,
    posted_at: String,
    mentions: Vec<String>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Wide {
    /// Accounts, in all.
    pub accounts: usize,
    /// Links by mentions.
    pub links: usize,
    /// Lines of the file.
    pub posts: usize,
    /// Different texts.
    pub contents: usize,
}

/// Writes `posts.ndjson` of a network with so many accounts and about so many links into a folder, for
/// `renvoi intake --format ndjson`.
///
/// # Errors
/// [`Error::Io`] when the file cannot be written.
pub fn write(seed: u64, accounts: usize, wanted: usize, folder: &Path) -> Result<Wide, Error> {
    let people = population(seed, accounts);
    let mut dice = Dice::new(seed, "wide network");
    let out = links(&people, wanted as f64 / accounts.max(1) as f64, &mut dice);
    let pieces: Vec<(usize, &[u32])> = out
        .iter()
        .enumerate()
        .flat_map(|(from, to)| to.chunks(NAMED_MAX).map(move |to| (from, to)))
        .collect();
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    (1..order.len()).rev().for_each(|at| order.swap(at, dice.below(at + 1)));
    let texts: Vec<String> = (0..pieces.len().div_ceil(COPIES).max(1))
        .map(|number| {
            let words: Vec<&str> = (0..TEXT_WORDS).map(|_| WORDS[dice.below(WORDS.len())]).collect();
            format!("{} {number}", words.join(" "))
        })
        .collect();
    let lines: Vec<Line> = order
        .iter()
        .enumerate()
        .map(|(at, piece)| {
            let (from, to) = pieces[*piece];
            let content = at % texts.len();
            let posted = START_AT_S - 20 * 86_400 + (at / texts.len()) as i64 * 600;
            Line {
                id: format!("w-{at}"),
                service: HOST,
                url: format!("https://{HOST}/p/{at}"),
                author: format!("member{from}"),
                text: texts[content].clone(),
                posted_at: Timestamp::from_second(posted).unwrap_or_default().to_string(),
                mentions: to.iter().map(|to| format!("member{to}")).collect(),
            }
        })
        .collect();
    std::fs::create_dir_all(folder).map_err(Error::io(folder.display()))?;
    write_lines(&folder.join("posts.ndjson"), lines.iter())?;
    let links = lines.iter().map(|line| line.mentions.len()).sum();
    Ok(Wide { accounts: people.len(), links, posts: lines.len(), contents: texts.len() })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_wide_network_has_about_as_many_links_as_were_asked_for() {
        let folder = std::env::temp_dir().join(format!("renvoi-wide-{}", uuid::Uuid::now_v7()));
        let made = write(1, 2_000, 20_000, &folder).unwrap();
        assert!((made.links as f64 / 20_000.0 - 1.0).abs() < 0.1, "{made:?}");
        let text = std::fs::read_to_string(folder.join("posts.ndjson")).unwrap();
        assert_eq!((text.lines().count(), made.contents), (made.posts, made.posts.div_ceil(COPIES)));
        assert!(text.lines().all(|line| line.contains(".example/p/")));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
