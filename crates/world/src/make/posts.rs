//! The posts: originals, copies, decoys, in bursts.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::pictures::{self, Edit, Folder};
use super::plan::Plan;
use super::population::Population;
use super::text::{self, Nature};
use super::{place, start_at};
use crate::Error;
use crate::model::{CopyOf, Handle, Media, Post, Service, ServiceKind, TruthItem, Will};
use crate::rng::Rng;

/// Posts are at most this old when the play begins.
const OLDEST_MINUTES: u64 = 14 * 24 * 60;
/// Originals are mostly older than this; half of them are older than twice as much.
const YOUNGEST_MINUTES: u64 = 360;
/// A burst begins every so many posts, and holds about half of those that follow.
const BURST_EVERY: usize = 60;
const BURST_MINUTES: i64 = 25;
/// Copies are mostly of one of the latest contents.
const RECENT_CONTENTS: usize = 40;
/// Copies made by the group that spreads the content, within minutes of it.
const GROUP_PERCENT: u32 = 30;
const GROUP_WINDOW_S: i64 = 600;
const PROTECTED_PERCENT: u32 = 6;
const PLAIN_PERCENT: u32 = 14;
const BLANK_PERCENT: u32 = 12;
const PICTURE_PERCENT: u32 = 45;
/// Share of each language in percent, in the order of `LANGUAGES`.
const LANGUAGE_WEIGHTS: [usize; 6] = [40, 20, 14, 10, 8, 8];
const KINDS: [&str; 5] = ["solicits_participation", "incites", "solicits_commit", "threat", "instruction"];

/// A post with its truth.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) post: Post,
    pub(crate) truth: TruthItem,
}

/// What a cluster is about.
struct Content {
    first_id: String,
    posted_at: Timestamp,
    language: &'static str,
    nature: Nature,
    kinds: Vec<String>,
    text: String,
    /// Its first picture as a file, and the seed label that draws it again.
    picture: Option<(Media, String)>,
}

struct Writer<'a> {
    plan: &'a Plan,
    services: &'a [Service],
    people: &'a Population,
    media: &'a mut Folder,
    rng: Rng,
    contents: Vec<Content>,
    ids: BTreeSet<String>,
    burst_at: Timestamp,
}

/// Writes all items, sorted by time and id; clusters are numbered in the order of their making.
pub(crate) fn write_posts(
    plan: &Plan,
    services: &[Service],
    people: &Population,
    media: &mut Folder,
) -> Result<Vec<Draft>, Error> {
    let rng = Rng::new(plan.seed, "posts");
    let mut writer = Writer {
        plan,
        services,
        people,
        media,
        rng,
        contents: Vec::new(),
        ids: BTreeSet::new(),
        burst_at: start_at(),
    };
    let mut drafts = Vec::with_capacity(plan.items);
    for n in 0..plan.items {
        if n % BURST_EVERY == 0 {
            writer.burst_at = writer.some_time_ago();
        }
        drafts.push(writer.item(n)?);
    }
    drafts.sort_by(|a, b| (a.post.posted_at, &a.post.id).cmp(&(b.post.posted_at, &b.post.id)));
    Ok(drafts)
}

impl Writer<'_> {
    fn item(&mut self, n: usize) -> Result<Draft, Error> {
        let service = self.service(n);
        if self.services[service].protected {
            return self.protected(n, service);
        }
        // The first items bring each language and each service once.
        if n >= self.plan.languages && self.rng.percent(self.plan.copy_rate_percent) {
            return self.copy(n, service);
        }
        self.original(n, service)
    }

    /// The first items go round, so that each service has one; then a few services hold most.
    fn service(&mut self, n: usize) -> usize {
        let count = self.services.len();
        if n < count {
            return n;
        }
        let hosting = self.services.iter().filter(|s| !s.protected).count();
        if self.rng.percent(PROTECTED_PERCENT) {
            return hosting + self.rng.below(count - hosting);
        }
        let weight = |rank: usize| 1000 / (rank + 3);
        let mut at = self.rng.below((0..hosting).map(weight).sum());
        for rank in 0..hosting {
            match at.checked_sub(weight(rank)) {
                Some(rest) => at = rest,
                None => return rank,
            }
        }
        0
    }

    fn language(&mut self, n: usize) -> &'static str {
        let codes = self.plan.language_codes();
        if n < codes.len() {
            return codes[n];
        }
        let weights = &LANGUAGE_WEIGHTS[..codes.len()];
        let mut at = self.rng.below(weights.iter().sum());
        for (code, weight) in codes.iter().zip(weights) {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return code,
            }
        }
        codes[0]
    }

    fn original(&mut self, n: usize, service: usize) -> Result<Draft, Error> {
        let language = self.language(n);
        let plain = n >= self.services.len() && self.rng.percent(PLAIN_PERCENT);
        let nature = if plain { Nature::Plain } else { Nature::Call };
        let text = text::post_text(&mut self.rng, language, nature);
        let blank = plain && self.rng.percent(BLANK_PERCENT * 3);
        let picture = match self.services[service].kind {
            ServiceKind::Images | ServiceKind::Video => true,
            ServiceKind::Paste => false,
            _ => self.rng.percent(PICTURE_PERCENT),
        };
        let picture = if blank {
            let file = pictures::png_or_jpeg(&pictures::blank(&mut self.rng))?;
            Some((self.media.keep(&file)?, String::new()))
        } else if picture {
            Some(self.new_picture()?)
        } else {
            None
        };
        let kinds = if plain { Vec::new() } else { self.kinds() };
        let posted_at = self.time();
        let content = Content { first_id: String::new(), posted_at, language, nature, kinds, text, picture };
        let media = content.picture.iter().map(|(media, _)| media.clone()).collect();
        self.contents.push(content);
        let cluster = self.contents.len() - 1;
        let mut draft = self.draft(Shape { service, cluster, media, text: None, author: None, posted_at });
        self.contents[cluster].first_id.clone_from(&draft.post.id);
        if blank {
            draft.truth.decoy = Some("blank_picture".to_owned());
        }
        Ok(draft)
    }

    fn kinds(&mut self) -> Vec<String> {
        let first = if self.rng.percent(60) { 0 } else { self.rng.below(KINDS.len()) };
        let mut kinds = vec![KINDS[first].to_owned()];
        if self.rng.percent(15) {
            kinds.push(KINDS[(first + 1) % KINDS.len()].to_owned());
        }
        kinds
    }

    fn new_picture(&mut self) -> Result<(Media, String), Error> {
        let label = format!("picture {}", self.contents.len());
        let picture = pictures::draw(&mut Rng::new(self.plan.seed, &label));
        Ok((self.media.keep(&pictures::jpeg(&picture, 80)?)?, label))
    }

    /// An earlier content again, a little later: by anyone on this service, or by a group on its own services.
    fn copy(&mut self, n: usize, service: usize) -> Result<Draft, Error> {
        let cluster = self.copied_content();
        let by_group = n >= self.services.len() && self.rng.percent(GROUP_PERCENT);
        let member = if by_group { self.people.member(&mut self.rng, cluster) } else { None };
        let (service, author) = match member {
            Some((account, service)) => (service, Some(account.handle())),
            None => (service, None),
        };
        let delay_s = match author {
            Some(_) => self.rng.between(5, GROUP_WINDOW_S),
            None => self.rng.heavy(120, 5 * 86_400) as i64,
        };
        let first = self.contents[cluster].posted_at;
        let newest = start_at() - SignedDuration::from_secs(self.rng.between(30, 1800));
        let later = first + SignedDuration::from_secs(delay_s);
        let posted_at = later.min(newest).max(first + SignedDuration::from_secs(1));
        let (media, text, edit) = self.copied_form(cluster)?;
        let first_id = self.contents[cluster].first_id.clone();
        let mut draft = self.draft(Shape { service, cluster, media, text, author, posted_at });
        draft.truth.copy = Some(CopyOf { id: first_id, edit: edit.to_owned() });
        Ok(draft)
    }

    fn copied_content(&mut self) -> usize {
        let count = self.contents.len();
        let blank = |c: &Content| c.picture.as_ref().is_some_and(|(_, label)| label.is_empty());
        for _ in 0..8 {
            let at = if self.rng.percent(60) {
                count - 1 - self.rng.below(count.min(RECENT_CONTENTS))
            } else {
                (self.rng.heavy(3, u64::MAX) as usize) % count
            };
            let content = &self.contents[at];
            if !blank(content) && matches!(content.nature, Nature::Call | Nature::Plain) {
                return at;
            }
        }
        0
    }

    fn copied_form(&mut self, cluster: usize) -> Result<(Vec<Media>, Option<String>, &'static str), Error> {
        let Some((media, label)) = self.contents[cluster].picture.clone() else {
            let (text, edit) = text::edited(&mut self.rng, &self.contents[cluster].text);
            return Ok((Vec::new(), Some(text), edit));
        };
        let (language, nature) = (self.contents[cluster].language, self.contents[cluster].nature);
        let caption = self.rng.percent(30).then(|| text::post_text(&mut self.rng, language, nature));
        let edit = match self.rng.below(6) {
            0 => Edit::Reencode,
            1 => Edit::Scale,
            2 => Edit::Brightness,
            _ => {
                let word = if caption.is_some() { "caption" } else { "exact" };
                return Ok((vec![media], caption, word));
            }
        };
        let picture = pictures::draw(&mut Rng::new(self.plan.seed, &label));
        let quality = 50 + 5 * self.rng.below(6) as u8;
        let file = pictures::jpeg(&pictures::apply(&picture, edit), quality)?;
        Ok((vec![self.media.keep(&file)?], caption, edit.word()))
    }

    /// Press, libraries, archives, universities: they quote, or show the same picture, for a protected purpose.
    fn protected(&mut self, n: usize, service: usize) -> Result<Draft, Error> {
        let press = self.services[service].kind == ServiceKind::Press;
        let nature = if press { Nature::Press } else { Nature::Record };
        let shown: Vec<usize> = (0..self.contents.len())
            .rev()
            .filter(|at| {
                let content = &self.contents[*at];
                content.nature == Nature::Call && content.picture.as_ref().is_some_and(|(_, l)| !l.is_empty())
            })
            .take(RECENT_CONTENTS)
            .collect();
        let same_picture = !shown.is_empty() && self.rng.percent(35);
        let (mut draft, decoy) = if same_picture {
            let cluster = *self.rng.pick(&shown);
            let content = &self.contents[cluster];
            let media = content.picture.iter().map(|(media, _)| media.clone()).collect();
            let (first_id, first_at, language) =
                (content.first_id.clone(), content.posted_at, content.language);
            let text = text::post_text(&mut self.rng, language, nature);
            let newest = start_at() - SignedDuration::from_secs(20);
            let posted_at = (first_at + SignedDuration::from_hours(2))
                .min(newest)
                .max(first_at + SignedDuration::from_secs(1));
            let mut draft =
                self.draft(Shape { service, cluster, media, text: Some(text), author: None, posted_at });
            draft.truth.copy = Some(CopyOf { id: first_id, edit: "exact".to_owned() });
            (draft, "same_picture")
        } else {
            let language = self.language(n);
            let text = text::post_text(&mut self.rng, language, nature);
            let picture = if self.rng.percent(60) { Some(self.new_picture()?) } else { None };
            let decoy = if picture.is_some() { "same_event_picture" } else { "quotation" };
            let posted_at = self.time();
            let media = picture.iter().map(|(media, _)| media.clone()).collect();
            let content = Content {
                first_id: String::new(),
                posted_at,
                language,
                nature,
                kinds: Vec::new(),
                text,
                picture,
            };
            self.contents.push(content);
            let cluster = self.contents.len() - 1;
            let draft = self.draft(Shape { service, cluster, media, text: None, author: None, posted_at });
            self.contents[cluster].first_id.clone_from(&draft.post.id);
            (draft, decoy)
        };
        draft.truth.terrorist = false;
        draft.truth.kinds.clear();
        draft.truth.decoy = Some(decoy.to_owned());
        draft.truth.exempt = Some(if press { "journalism" } else { "research" }.to_owned());
        Ok(draft)
    }

    fn some_time_ago(&mut self) -> Timestamp {
        let minutes = self.rng.heavy(YOUNGEST_MINUTES, OLDEST_MINUTES) as i64;
        start_at() - SignedDuration::from_mins(minutes)
    }

    fn time(&mut self) -> Timestamp {
        let near = self.rng.percent(50);
        let base = if near { self.burst_at } else { self.some_time_ago() };
        let spread = if near { BURST_MINUTES * 60 } else { 3600 };
        let at = base + SignedDuration::from_secs(self.rng.between(0, spread));
        at.min(start_at() - SignedDuration::from_secs(self.rng.between(60, 3600)))
    }

    fn draft(&mut self, shape: Shape) -> Draft {
        let service = &self.services[shape.service];
        let content = &self.contents[shape.cluster];
        let anyone = self.people.author(&mut self.rng, shape.service).handle();
        let author = shape.author.unwrap_or(anyone);
        let channel = matches!(service.kind, ServiceKind::Chat | ServiceKind::Forum).then(|| Handle {
            handle: format!("c_{}", author.handle),
            name: format!("{} channel", author.name),
        });
        let holder = channel.as_ref().map_or(&author.handle, |c| &c.handle).clone();
        let short = loop {
            let short = place::short_id(&mut self.rng);
            if self.ids.insert(short.clone()) {
                break short;
            }
        };
        let url = place::address(service, &short, &holder);
        let lexicon = text::lexicon(content.language);
        let kind = match service.kind {
            ServiceKind::Video => "video",
            ServiceKind::Images => "image",
            ServiceKind::Archive => "document",
            _ => "post",
        };
        let text = shape.text.unwrap_or_else(|| content.text.clone());
        let mentioned = self.people.author(&mut self.rng, shape.service).handle.clone();
        let from = self.people.author(&mut self.rng, shape.service).handle();
        let seen_url =
            if self.rng.percent(15) { place::other_form(&mut self.rng, &url) } else { url.clone() };
        let links = if self.rng.percent(20) {
            vec![format!("https://{}/", self.rng.pick(self.services).host)]
        } else {
            vec![]
        };
        let hashtag = if content.nature == Nature::Call { 0 } else { 1 + self.rng.below(3) };
        let post = Post {
            id: format!("{}/{short}", service.host),
            service: service.host.clone(),
            url: seen_url,
            kind: kind.to_owned(),
            text,
            author,
            audience: if channel.is_some() && self.rng.percent(20) { "auto_join" } else { "open" }.to_owned(),
            channel,
            posted_at: shape.posted_at,
            lang: self.rng.percent(30).then(|| content.language.to_owned()),
            media: shape.media,
            links,
            mentions: if self.rng.percent(10) { vec![mentioned] } else { vec![] },
            hashtags: if self.rng.percent(35) { vec![lexicon.hashtags[hashtag].to_owned()] } else { vec![] },
            forwarded_from: self.rng.percent(12).then_some(from),
            views: self.rng.heavy(20, 400_000),
        };
        let truth = untold(&post, content, url, shape.cluster);
        Draft { post, truth }
    }
}

/// What differs between the items of a cluster.
struct Shape {
    service: usize,
    cluster: usize,
    media: Vec<Media>,
    /// Another text than the content's.
    text: Option<String>,
    /// Who posts it; else anyone of the service.
    author: Option<Handle>,
    posted_at: Timestamp,
}

/// The truth of a post before its receivers, provider and return are known.
fn untold(post: &Post, content: &Content, url: String, cluster: usize) -> TruthItem {
    TruthItem {
        id: post.id.clone(),
        url,
        service: post.service.clone(),
        cluster,
        terrorist: content.nature == Nature::Call,
        kinds: content.kinds.clone(),
        exempt: None,
        decoy: None,
        language: content.language.to_owned(),
        agencies: Vec::new(),
        copy: None,
        known: false,
        will: Will { answer: None, reason: None, after_hours: 0, asks: false, gone: false },
        reappears: None,
    }
}
