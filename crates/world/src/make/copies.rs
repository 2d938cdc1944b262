//! Posts at a chosen copy rate, with decoys: `renvoi world copies`.
//!
//! Contents are scenes, texts and links; copies are the same content edited as people edit it. Decoys are different
//! contents that look alike: pictures of one event, flags, logos, blank and text-only pictures, texts of one template
//! with other facts, one home page under many posts. The truth says which posts are copies of one content.

mod edit;
mod look;
mod say;

use super::pictures::Folder;
use super::plan::{self, Plan};
use super::{place, start_at, text, write_json, write_lines};
use crate::Error;
use crate::model::{FORMAT_VERSION, Handle, Media, Post, Service};
use crate::rng::Rng;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// Most posts of such a world.
pub const COPIES_POSTS_MAX: usize = 100_000;
/// Posts before the first copy.
const FIRST: usize = 24;
/// Copies are mostly of one of the latest contents.
const RECENT: usize = 200;
/// Seconds between two posts.
const BETWEEN_S: i64 = 97;
/// Contents that look alike, of one group of decoys.
const GROUP: usize = 4;
/// What of 100 contents is of each kind.
const SHARES: [(Kind, usize); 10] = [
    (Kind::Scene, 40),
    (Kind::Words, 25),
    (Kind::Link, 7),
    (Kind::Event, 6),
    (Kind::Flag, 4),
    (Kind::Logo, 4),
    (Kind::Blank, 3),
    (Kind::Card, 4),
    (Kind::Template, 5),
    (Kind::Home, 2),
];

/// What a content is; from `Event` on they are decoys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Scene,
    Words,
    Link,
    Event,
    Flag,
    Logo,
    Blank,
    Card,
    Template,
    Home,
}

impl Kind {
    fn decoy(self) -> Option<&'static str> {
        match self {
            Self::Scene | Self::Words | Self::Link => None,
            Self::Event => Some("same_event"),
            Self::Flag => Some("flag"),
            Self::Logo => Some("logo"),
            Self::Blank => Some("blank"),
            Self::Card => Some("text_only"),
            Self::Template => Some("template"),
            Self::Home => Some("home_page"),
        }
    }
}

/// `copies.json`: what is true of each post, in the order of `posts.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiesTruth {
    /// [`FORMAT_VERSION`].
    pub version: u32,
    /// Seed that made this world.
    pub seed: u64,
    /// Asked share of copies, in percent of the posts.
    pub copy_rate_percent: u32,
    /// One entry a post.
    pub posts: Vec<CopyTruth>,
}

/// What is true of one post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTruth {
    /// [`Post::id`].
    pub id: String,
    /// Same number, same content.
    pub content: usize,
    /// What the content is: `scene`, `words`, `link`, or the family of the decoy.
    pub family: String,
    /// Looks like other contents and is none of them.
    pub decoy: bool,
    /// How it was copied, e.g. `crop-10`, `quoted`; nothing for the first post of a content.
    pub edit: Option<String>,
}

/// What a content shows, for its copies.
struct Content {
    kind: Kind,
    language: &'static str,
    text: String,
    /// The label that draws the scene again, and the file.
    picture: Option<(String, Media)>,
    link: Option<String>,
    /// Address of its first post.
    url: String,
}

struct Writer {
    seed: u64,
    rng: Rng,
    services: Vec<Service>,
    media: Folder,
    contents: Vec<Content>,
    texts: BTreeSet<String>,
    ids: BTreeSet<String>,
}

/// Writes `posts.ndjson`, `media/` and `copies.json` into `out`. Same seed, same bytes.
///
/// # Errors
/// [`Error::Plan`] for more than [`COPIES_POSTS_MAX`] posts or a rate over 95 %; [`Error::Io`] for a file.
pub fn copies(seed: u64, posts: usize, copy_rate_percent: u32, out: &Path) -> Result<CopiesTruth, Error> {
    let plan = Plan { seed, copy_rate_percent, ..Plan::default() };
    plan.check()?;
    if !(1..=COPIES_POSTS_MAX).contains(&posts) {
        return Err(Error::Plan(format!("--posts must be 1 to {COPIES_POSTS_MAX}")));
    }
    std::fs::create_dir_all(out).map_err(Error::io(out.display()))?;
    let mut writer = Writer {
        seed,
        rng: Rng::new(seed, "copies"),
        services: plan::services(&plan).into_iter().filter(|service| !service.protected).collect(),
        media: Folder::new(out.join("media"))?,
        contents: Vec::new(),
        texts: BTreeSet::new(),
        ids: BTreeSet::new(),
    };
    let mut lines = Vec::with_capacity(posts);
    let mut truth = Vec::with_capacity(posts);
    for n in 0..posts {
        let copied = n >= FIRST && writer.rng.percent(copy_rate_percent);
        let (mut post, told) = if copied { writer.copy()? } else { writer.original()? };
        let left = i64::try_from(posts - n).unwrap_or(i64::MAX);
        post.posted_at = start_at() - SignedDuration::from_secs(left * BETWEEN_S);
        lines.push(post);
        truth.push(told);
    }
    write_lines(&out.join("posts.ndjson"), lines.iter())?;
    let truth = CopiesTruth { version: FORMAT_VERSION, seed, copy_rate_percent, posts: truth };
    write_json(&out.join("copies.json"), &truth)?;
    Ok(truth)
}

impl Writer {
    fn original(&mut self) -> Result<(Post, CopyTruth), Error> {
        let mut at = self.rng.below(100);
        let mut kind = Kind::Scene;
        for (other, share) in SHARES {
            kind = other;
            match at.checked_sub(share) {
                Some(rest) => at = rest,
                None => break,
            }
        }
        let language = *self.rng.pick(&plan::LANGUAGES);
        let alike = self.contents.iter().filter(|content| content.kind == kind).count();
        // Members of a group follow one another; what they share is drawn from the label of the group.
        let group = Rng::new(self.seed, &format!("{kind:?} {}", alike / GROUP));
        let language =
            if kind >= Kind::Template { plan::LANGUAGES[group.clone().below(6)] } else { language };
        let (text, link) = self.words(kind, language, &group);
        let label = format!("{kind:?} {} {}", alike / GROUP, alike);
        let picture = self.picture(kind, &group, &label, alike)?;
        self.contents.push(Content { kind, language, text, picture, link, url: String::new() });
        let number = self.contents.len() - 1;
        let content = &self.contents[number];
        let media = content.picture.iter().map(|(_, media)| media.clone()).collect();
        let (text, link) = (content.text.clone(), content.link.clone());
        let post = self.post(None, text, media, link);
        self.contents[number].url.clone_from(&post.url);
        let told = self.told(&post, number, None);
        Ok((post, told))
    }

    /// Words of a content that are those of no other, and its link.
    fn words(&mut self, kind: Kind, language: &'static str, group: &Rng) -> (String, Option<String>) {
        loop {
            let rng = &mut self.rng;
            let (text, link) = match kind {
                Kind::Template => (say::template(rng, &mut group.clone(), language), None),
                Kind::Link => {
                    let link =
                        format!("https://{}/read/{}", rng.pick(&self.services).host, place::short_id(rng));
                    (format!("{} {link}", say::subject(rng, language)), Some(link))
                }
                Kind::Home => {
                    let link = format!("https://{}/", group.clone().pick(&self.services).host);
                    (format!("{} {link}", say::short(rng, language)), Some(link))
                }
                _ => (say::whole(rng, language), None),
            };
            if self.texts.insert(text.clone()) {
                return (text, link);
            }
        }
    }

    fn picture(
        &mut self,
        kind: Kind,
        group: &Rng,
        label: &str,
        alike: usize,
    ) -> Result<Option<(String, Media)>, Error> {
        let mut own = Rng::new(self.seed, label);
        let mut group = group.clone();
        // The same flag, logo or blank file stands under posts that say different things.
        if matches!(kind, Kind::Flag | Kind::Logo | Kind::Blank) && alike % GROUP == GROUP - 1 {
            let same = self.contents.iter().rev().find(|content| content.kind == kind);
            return Ok(same.and_then(|content| content.picture.clone()));
        }
        let drawn = match kind {
            Kind::Scene => look::scene(&mut own),
            Kind::Event => look::event(&mut group, &mut own),
            Kind::Flag => look::flag(&mut group, &mut own),
            Kind::Logo => look::logo(&mut group, &mut own),
            Kind::Blank => look::blank(&mut own),
            Kind::Card => look::card(&mut group, &mut own),
            Kind::Words | Kind::Link | Kind::Template | Kind::Home => return Ok(None),
        };
        let media = self.media.keep(&super::pictures::jpeg(&drawn, 88)?)?;
        Ok(Some((label.to_owned(), media)))
    }

    fn copy(&mut self) -> Result<(Post, CopyTruth), Error> {
        let count = self.contents.len();
        let number = if self.rng.percent(70) {
            count - 1 - self.rng.below(count.min(RECENT))
        } else {
            self.rng.below(count)
        };
        let content = &self.contents[number];
        let (kind, language, url) = (content.kind, content.language, content.url.clone());
        let (text, link, picture) = (content.text.clone(), content.link.clone(), content.picture.clone());
        if self.rng.percent(4) {
            let media = picture.into_iter().map(|(_, media)| media).collect();
            let again = say::tracked(&mut self.rng, &url);
            let post = self.post(Some(again), text, media, link);
            let told = self.told(&post, number, Some("again"));
            return Ok((post, told));
        }
        let (post, edit) = match kind {
            Kind::Scene => self.scene_again(language, text, picture)?,
            Kind::Words => {
                let (text, edit) = say::edited(&mut self.rng, language, &text);
                (self.post(None, text, Vec::new(), None), edit)
            }
            Kind::Link => {
                let link = say::tracked(&mut self.rng, &link.unwrap_or_default());
                let text = format!("{} {link}", say::subject(&mut self.rng, language));
                (self.post(None, text, Vec::new(), Some(link)), "tracking")
            }
            _ => {
                let media = picture.into_iter().map(|(_, media)| media).collect();
                (self.post(None, text, media, link), "exact")
            }
        };
        let told = self.told(&post, number, Some(edit));
        Ok((post, told))
    }

    fn scene_again(
        &mut self,
        language: &'static str,
        text: String,
        picture: Option<(String, Media)>,
    ) -> Result<(Post, &'static str), Error> {
        let Some((label, media)) = picture else { return Err(Error::bug("a scene without a picture")) };
        let text = if self.rng.percent(50) { text } else { say::whole(&mut self.rng, language) };
        if self.rng.percent(25) {
            return Ok((self.post(None, text, vec![media], None), "exact"));
        }
        let scene = look::scene(&mut Rng::new(self.seed, &label));
        let edit = *self.rng.pick(&edit::EDITS);
        let (edited, quality) = edit::apply(&scene, edit);
        let media = self.media.keep(&super::pictures::jpeg(&edited, quality)?)?;
        Ok((self.post(None, text, vec![media], None), edit))
    }

    fn told(&self, post: &Post, content: usize, edit: Option<&str>) -> CopyTruth {
        let kind = self.contents[content].kind;
        let plain = match kind {
            Kind::Scene => "scene",
            Kind::Words => "words",
            _ => "link",
        };
        CopyTruth {
            id: post.id.clone(),
            content,
            family: kind.decoy().unwrap_or(plain).to_owned(),
            decoy: kind.decoy().is_some(),
            edit: edit.map(str::to_owned),
        }
    }

    /// A post by anyone on any service, at a new address unless one is given.
    fn post(&mut self, url: Option<String>, text: String, media: Vec<Media>, link: Option<String>) -> Post {
        let service = self.services[self.rng.below(self.services.len())].clone();
        let name = text::name(&mut self.rng);
        let short = loop {
            let short = place::short_id(&mut self.rng);
            if self.ids.insert(short.clone()) {
                break short;
            }
        };
        let author = Handle { handle: name.clone(), name };
        Post {
            id: format!("{}/{short}", service.host),
            url: url.unwrap_or_else(|| place::address(&service, &short, &author.handle)),
            service: service.host,
            kind: if media.is_empty() { "post" } else { "image" }.to_owned(),
            text,
            author,
            channel: None,
            posted_at: start_at(),
            lang: None,
            media,
            links: link.into_iter().collect(),
            mentions: Vec::new(),
            hashtags: Vec::new(),
            forwarded_from: None,
            audience: "open".to_owned(),
            views: self.rng.heavy(20, 400_000),
        }
    }
}
