//! Which column holds what: guessed from names and content, shown, saved, given again.

use std::collections::BTreeMap;

use domain::observation::{Audience, Handle, ItemKind, MediaRef, Record};
use serde::{Deserialize, Serialize};

use super::fields::{add, digest, handle, hex_of, inside_path, kind_of};
use super::links;
use super::out::Bad;
use super::times::{self, Order};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Address of the item.
    Url,
    /// Text of the item.
    Text,
    /// Handle of who posted it.
    Author,
    /// Name of who posted it.
    AuthorName,
    /// When it was posted.
    Time,
    /// The source's own id.
    Id,
    /// Host of the service.
    Service,
    /// Language claimed.
    Language,
    /// Group, channel or page.
    Channel,
    /// `post`, `video`, `image`, `audio`, `document`.
    Kind,
    /// Address of a file.
    MediaUrl,
    /// Path of a file beside the list.
    MediaPath,
    /// SHA-256 of a file, hex.
    Sha256,
    /// PDQ of a picture, hex.
    Pdq,
    /// Quality of the PDQ, 0..=100.
    Quality,
    /// Views or shares.
    Views,
    /// Addresses in the text, separated by spaces.
    Links,
    /// Hashtags, separated by spaces or commas.
    Hashtags,
    /// Accounts named, separated by spaces or commas.
    Mentions,
    /// `open`, `auto_join`, `human_admitted`, `private`, `unsure`.
    Audience,
}

impl Field {
    /// Every field, in the order in which people choose.
    pub const ALL: [Self; 20] = [
        Self::Url,
        Self::Text,
        Self::Author,
        Self::AuthorName,
        Self::Time,
        Self::Id,
        Self::Service,
        Self::Language,
        Self::Channel,
        Self::Kind,
        Self::MediaUrl,
        Self::MediaPath,
        Self::Sha256,
        Self::Pdq,
        Self::Quality,
        Self::Views,
        Self::Links,
        Self::Hashtags,
        Self::Mentions,
        Self::Audience,
    ];
}

/// Which column holds what. As JSON:
/// `{"delimiter":";","header":true,"day_first":true,"columns":{"url":"Link","text":"Post"}}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Between columns: `,`, `;` or tab; guessed when absent. JSON lines have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Whether the first row holds the names; guessed when absent. Without it, columns are named
    /// `1`, `2`, ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Whether `03/04/2024` is the third of April; guessed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_first: Option<bool>,
    /// Field to column name; for JSON lines a name or a path like `user.name`.
    #[serde(default)]
    pub columns: BTreeMap<Field, String>,
}

/// The columns of a table before it is read: shown to a person, who corrects what they mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Their names.
    pub names: Vec<String>,
    /// The first value of each, where there is one.
    pub first: Vec<String>,
    /// What they seem to hold.
    pub guess: Mapping,
}

/// Names that a column has, most certain first; letters and digits only, lower case.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Url,
        &[
            "url",
            "link",
            "posturl",
            "permalink",
            "posturi",
            "contenturl",
            "itemurl",
            "pageurl",
            "uri",
            "href",
            "address",
            "webaddress",
            "lien",
            "adresse",
            "urls",
            "الرابط",
            "رابط",
        ],
    ),
    (
        Field::Text,
        &[
            "text",
            "content",
            "posttext",
            "body",
            "message",
            "fulltext",
            "caption",
            "description",
            "comment",
            "post",
            "tweet",
            "title",
            "texte",
            "contenu",
            "النص",
            "نص",
        ],
    ),
    (
        Field::Author,
        &[
            "author",
            "authorhandle",
            "handle",
            "userscreenname",
            "screenname",
            "userusername",
            "username",
            "useracct",
            "accountacct",
            "user",
            "account",
            "accountname",
            "poster",
            "profile",
            "authorusername",
            "authorid",
            "userid",
            "auteur",
            "compte",
            "الحساب",
        ],
    ),
    (
        Field::AuthorName,
        &["authorname", "displayname", "username", "fullname", "nickname", "userdisplayname", "nom"],
    ),
    (
        Field::Time,
        &[
            "postedat",
            "time",
            "date",
            "datetime",
            "timestamp",
            "createdat",
            "created",
            "published",
            "publishedat",
            "postdate",
            "dateposted",
            "posted",
            "pubdate",
            "createdutc",
            "dateheure",
            "التاريخ",
            "تاريخ",
        ],
    ),
    (Field::Id, &["id", "postid", "itemid", "messageid", "statusid", "tweetid", "guid", "uuid", "idstr"]),
    (Field::Service, &["service", "platform", "site", "host", "domain", "network", "plateforme", "المنصة"]),
    (Field::Language, &["lang", "language", "langue", "locale", "اللغة"]),
    (
        Field::Channel,
        &[
            "channel",
            "channelname",
            "group",
            "groupname",
            "page",
            "chat",
            "community",
            "subreddit",
            "canal",
            "القناة",
        ],
    ),
    (Field::Kind, &["kind", "type", "contenttype", "mediatype", "itemtype"]),
    (
        Field::MediaUrl,
        &["mediaurl", "imageurl", "videourl", "fileurl", "attachmenturl", "media", "image", "thumbnail"],
    ),
    (Field::MediaPath, &["mediapath", "path", "file", "filename", "filepath"]),
    (Field::Sha256, &["sha256", "sha256hash", "hash", "filehash", "mediasha256", "hashsha256"]),
    (Field::Pdq, &["pdq", "pdqhash", "mediapdq"]),
    (Field::Quality, &["quality", "pdqquality", "mediaquality"]),
    (
        Field::Views,
        &["views", "viewcount", "viewscount", "shares", "sharecount", "retweetcount", "impressions", "vues"],
    ),
    (Field::Links, &["links", "outlinks", "outboundlinks"]),
    (Field::Hashtags, &["hashtags", "tags", "hashtag"]),
    (Field::Mentions, &["mentions", "mentioned"]),
    (Field::Audience, &["audience", "visibility"]),
];

/// A name without what people vary: case, spaces, signs.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Fields told by the names alone.
pub(super) fn by_names<S: AsRef<str>>(names: &[S]) -> BTreeMap<Field, String> {
    let plain: Vec<String> = names.iter().map(|name| plain_name(name.as_ref())).collect();
    let mut columns = BTreeMap::new();
    let mut taken = vec![false; names.len()];
    for (field, known) in NAMES {
        let found = known.iter().find_map(|known| plain.iter().position(|name| name == known));
        if let Some(at) = found.filter(|&at| !taken[at]) {
            taken[at] = true;
            columns.insert(*field, names[at].as_ref().to_owned());
        }
    }
    columns
}

/// The whole guess: names first, then what the values look like.
pub(super) fn guess<S: AsRef<str>>(names: &[S], rows: &[Vec<String>]) -> BTreeMap<Field, String> {
    let mut columns = by_names(names);
    // A column called `link` or `post` that holds something else is not believed.
    columns.retain(|field, name| match field {
        Field::Url => names
            .iter()
            .position(|n| n.as_ref() == name)
            .is_none_or(|at| share(rows, at, |value| links::entry(value).is_some()) != Some(false)),
        Field::Time => names.iter().position(|n| n.as_ref() == name).is_none_or(|at| {
            share(rows, at, |value| times::parse(value, Order::DayFirst).is_some() || value.contains('/'))
                != Some(false)
        }),
        _ => true,
    });
    type Test = fn(&str) -> bool;
    let tests: [(Field, Test); 3] = [
        (Field::Url, |value| links::web(&links::refang(value)).is_some()),
        (Field::Sha256, |value| hex_of(value, 32).is_some()),
        (Field::Time, |value| times::parse(value, Order::DayFirst).is_some()),
    ];
    for (field, test) in tests {
        let free = |columns: &BTreeMap<Field, String>, at: usize| {
            !columns.values().any(|taken| taken == names[at].as_ref())
        };
        if columns.contains_key(&field) {
            continue;
        }
        let found = (0..names.len()).find(|&at| free(&columns, at) && share(rows, at, test) == Some(true));
        if let Some(at) = found {
            columns.insert(field, names[at].as_ref().to_owned());
        }
    }
    if !columns.contains_key(&Field::Text)
        && let Some(at) = longest(names, rows, &columns)
    {
        columns.insert(Field::Text, names[at].as_ref().to_owned());
    }
    columns
}

/// Whether most of a column's values pass; `None` when it has none.
fn share(rows: &[Vec<String>], at: usize, test: impl Fn(&str) -> bool) -> Option<bool> {
    let values = rows.iter().filter_map(|row| row.get(at)).filter(|value| !value.trim().is_empty());
    let (all, good) = values.fold((0, 0), |(all, good), value| (all + 1, good + usize::from(test(value))));
    (all > 0).then_some(good * 2 > all)
}

/// The free column with the longest values, when they are words.
fn longest<S: AsRef<str>>(
    names: &[S],
    rows: &[Vec<String>],
    columns: &BTreeMap<Field, String>,
) -> Option<usize> {
    const WORDS_BYTES_MIN: usize = 12;
    let mean = |at: usize| {
        let bytes: usize = rows.iter().filter_map(|row| row.get(at)).map(String::len).sum();
        bytes / rows.len().max(1)
    };
    let words = |at: usize| share(rows, at, |value| value.trim().contains(' ')) == Some(true);
    (0..names.len())
        .filter(|&at| !columns.values().any(|taken| taken == names[at].as_ref()))
        .filter(|&at| words(at) && mean(at) >= WORDS_BYTES_MIN)
        .max_by_key(|&at| mean(at))
}

/// How a mapped row is read.
pub(super) struct Row<'r> {
    pub place: &'r str,
    /// The format, for the key.
    pub format: &'static str,
    pub order: Order,
    /// The value of a field; empty values are absent.
    pub get: &'r dyn Fn(Field) -> Option<String>,
}

/// A row as a record; `Ok(None)` when its audience is private.
pub(super) fn record(row: &Row<'_>) -> Result<Option<Record>, Bad> {
    let get = row.get;
    let url = get(Field::Url).map(|url| address(&url)).transpose()?;
    let text = get(Field::Text).unwrap_or_default();
    let media = media(row)?;
    if url.is_none() && text.is_empty() && media.is_none() {
        return Err(Bad::new("No address, no text and no file in this row; fill one or map another column."));
    }
    let service = get(Field::Service).map(|service| service_of(&service));
    let service = service.or_else(|| url.as_deref().map(links::host)).unwrap_or_default();
    let Some(audience) = audience(get(Field::Audience).as_deref(), url.is_some())? else { return Ok(None) };
    let time = get(Field::Time);
    let posted_at = time
        .as_deref()
        .map(|time| times::parse(time, row.order).ok_or_else(|| bad_time(time)))
        .transpose()?;
    let author = get(Field::Author);
    // All that tells two rows apart: a row that differs in any of it is another record.
    let parts = [get(Field::Id), url.clone(), Some(text.clone()), author.clone(), time];
    let parts = parts.map(Option::unwrap_or_default);
    let key = format!("{}:{}", row.format, digest(&parts.each_ref().map(String::as_str)));
    let mut record = Record::of(row.place.to_owned(), key, service.clone(), audience);
    record.author = who(&service, author.as_deref(), get(Field::AuthorName).as_deref());
    record.channel = get(Field::Channel).and_then(|channel| handle(&service, &channel, None));
    record.posted_at = posted_at;
    record.claimed_language = get(Field::Language);
    record.kind = match get(Field::Kind).as_deref().and_then(kind) {
        Some(kind) => kind,
        None => media.as_ref().map_or(ItemKind::Post, |media| media.kind),
    };
    record.media = media.into_iter().collect();
    record.views = get(Field::Views).and_then(|views| views.replace([' ', ',', '.'], "").parse().ok());
    record.links = match get(Field::Links) {
        Some(links) => links::in_text(&links),
        None => links::in_text(&text),
    };
    for tag in words(get(Field::Hashtags)) {
        add(&mut record.hashtags, tag.trim_start_matches('#'));
    }
    record.mentions =
        words(get(Field::Mentions)).iter().filter_map(|name| handle(&service, name, None)).collect();
    record.text = text;
    record.url = url;
    Ok(Some(record))
}

fn words(list: Option<String>) -> Vec<String> {
    let list = list.unwrap_or_default();
    let parts =
        list.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '[' | ']' | '"' | '\''));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The address as given when it is one, else refanged or with its scheme.
pub(super) fn address(url: &str) -> Result<String, Bad> {
    if links::web(url).is_some() {
        return Ok(url.trim().to_owned());
    }
    links::entry(url).ok_or_else(|| {
        Bad::new("The address is no web address; correct it, or leave the column out of the mapping.")
    })
}

/// A service by its host; other words stay as they are, in lower case.
pub(super) fn service_of(service: &str) -> String {
    let host = links::host(service);
    if host.is_empty() { service.trim().to_lowercase() } else { host }
}

pub(super) fn bad_time(time: &str) -> Bad {
    const SHOWN_CHARS_MAX: usize = 40;
    let shown: String = time.chars().take(SHOWN_CHARS_MAX).collect();
    Bad(format!("The time `{shown}` is no date between 1990 and 2100; write it as 2026-05-01T10:00:00Z."))
}

/// The audience by its word; `Ok(None)` for private. Without a word, what has an address is open.
pub(super) fn audience(word: Option<&str>, has_url: bool) -> Result<Option<Audience>, Bad> {
    let Some(word) = word else { return Ok(Some(if has_url { Audience::Open } else { Audience::Unsure })) };
    Ok(Some(match word.trim().to_ascii_lowercase().as_str() {
        "open" | "public" | "unlisted" => Audience::Open,
        "auto_join" => Audience::AutoJoin,
        "human_admitted" => Audience::HumanAdmitted,
        "unsure" | "unknown" => Audience::Unsure,
        "private" | "direct" | "followers" => return Ok(None),
        _ => {
            return Err(Bad::new(
                "The audience is none of open, auto_join, human_admitted, private, unsure; correct it.",
            ));
        }
    }))
}

/// An author by handle or profile address, else by name.
fn who(service: &str, author: Option<&str>, name: Option<&str>) -> Option<Handle> {
    match author {
        Some(author) => {
            let last = links::web(author)
                .and_then(|url| Some(url.path_segments()?.rfind(|part| !part.is_empty())?.to_owned()));
            handle(service, last.as_deref().unwrap_or(author), name)
        }
        None => name.and_then(|name| super::fields::named(service, name)),
    }
}

pub(super) fn kind(word: &str) -> Option<ItemKind> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "post" | "text" | "status" | "message" => ItemKind::Post,
        "video" => ItemKind::Video,
        "image" | "picture" | "photo" => ItemKind::Image,
        "audio" => ItemKind::Audio,
        "document" | "file" => ItemKind::Document,
        _ => return None,
    })
}

fn media(row: &Row<'_>) -> Result<Option<MediaRef>, Bad> {
    let get = row.get;
    let (url, path, sha, pdq) =
        (get(Field::MediaUrl), get(Field::MediaPath), get(Field::Sha256), get(Field::Pdq));
    if url.is_none() && path.is_none() && sha.is_none() && pdq.is_none() {
        return Ok(None);
    }
    let by_name = kind_of(None, path.as_deref().or(url.as_deref()));
    let mut media = MediaRef::of(get(Field::Kind).as_deref().and_then(kind).unwrap_or(by_name));
    media.url = url.map(|url| address(&url)).transpose()?;
    media.path = path.as_deref().and_then(inside_path);
    media.missing = path.is_some() && media.path.is_none();
    media.sha256 = match sha {
        Some(sha) => {
            Some(hex_of(&sha, 32).ok_or_else(|| Bad::new("The SHA-256 is not 64 hex digits; correct it."))?)
        }
        None => None,
    };
    let quality = get(Field::Quality).and_then(|quality| quality.parse().ok()).unwrap_or(100);
    media.pdq = pdq.map(|pdq| pdq_of(&pdq, quality)).transpose()?;
    Ok(Some(media))
}

pub(super) fn pdq_of(hex: &str, quality: u8) -> Result<(String, u8), Bad> {
    match hex_of(hex, 32) {
        Some(hex) if quality <= 100 => Ok((hex, quality)),
        Some(_) => Err(Bad::new("The PDQ quality is not 0 to 100; correct it.")),
        None => Err(Bad::new("The PDQ is not 64 hex digits; correct it.")),
    }
}
