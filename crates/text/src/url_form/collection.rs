//! Addresses that show many things, not one.

use super::Canonical;

const HOME: &str = "This is the home page of a site, not one item.";
const PROFILE: &str = "This is the profile of an account, not one item.";
const CHANNEL: &str = "This is a channel or group, not one message.";
const INVITATION: &str = "This is an invitation to a group, not one message.";
const SEARCH: &str = "This is a page of search results, not one item.";
const TAG: &str = "This is the page of a tag or topic, not one item.";
const LIST: &str = "This is a list of items, not one item.";

/// First parts of a path that are followed by a name, and by nothing else when the whole account is shown.
const PROFILE_PARTS: &[&str] = &[
    "user", "users", "u", "profile", "profiles", "member", "members", "author", "authors", "people",
    "person", "account", "creator", "artist",
];
const CHANNEL_PARTS: &[&str] = &[
    "channel",
    "channels",
    "group",
    "groups",
    "community",
    "communities",
    "c",
    "r",
    "forum",
    "forums",
    "board",
];
const TAG_PARTS: &[&str] =
    &["tag", "tags", "hashtag", "hashtags", "topic", "topics", "category", "categories", "label"];
const SEARCH_PARTS: &[&str] =
    &["search", "results", "find", "explore", "suche", "recherche", "buscar", "ara"];
const LIST_PARTS: &[&str] = &[
    "playlist",
    "playlists",
    "list",
    "lists",
    "feed",
    "feeds",
    "rss",
    "album",
    "albums",
    "gallery",
    "archive",
    "archives",
    "videos",
    "photos",
    "posts",
    "page",
    "trending",
    "latest",
    "sitemap.xml",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
];

/// Tells that an address shows a profile, channel, search, tag, list or home page, in a sentence; `None` if it may
/// be one item. A heuristic on the address alone: a person decides.
#[must_use]
pub fn collection_page(address: &Canonical) -> Option<&'static str> {
    let parts: Vec<&str> = address.path().split('/').filter(|part| !part.is_empty()).collect();
    let names = names_in(address.query());
    match address.host.as_str() {
        "t.me" => telegram(&parts),
        "x.com" => x(&parts),
        "youtube.com" => youtube(&parts),
        "facebook.com" => facebook(&parts, &names),
        "instagram.com" | "threads.net" | "tiktok.com" => account_service(&parts),
        "vk.com" => vk(&parts, &names),
        _ => general(&parts, &names),
    }
}

fn names_in(query: &str) -> Vec<&str> {
    query.split('&').filter_map(|part| part.split('=').next()).filter(|name| !name.is_empty()).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn telegram(parts: &[&str]) -> Option<&'static str> {
    match parts {
        [] => Some(HOME),
        [first] if first.starts_with('+') => Some(INVITATION),
        ["addlist", ..] => Some(LIST),
        ["addstickers" | "addemoji", ..] => None,
        [_] | ["c", _] => Some(CHANNEL),
        [.., last] if !is_number(last) => Some(CHANNEL),
        _ => None,
    }
}

fn x(parts: &[&str]) -> Option<&'static str> {
    match parts {
        [] | ["home"] => Some(HOME),
        ["search" | "explore", ..] => Some(SEARCH),
        ["hashtag", ..] => Some(TAG),
        ["i", "lists" | "communities" | "topics", ..] | [_, "lists", ..] => Some(LIST),
        [_] | [_, "media" | "with_replies" | "likes" | "followers" | "following"] => Some(PROFILE),
        _ => None,
    }
}

fn youtube(parts: &[&str]) -> Option<&'static str> {
    match parts {
        [] => Some(HOME),
        ["channel" | "c" | "user", ..] => Some(CHANNEL),
        ["results"] => Some(SEARCH),
        ["playlist"] | ["feed", ..] => Some(LIST),
        ["hashtag", ..] => Some(TAG),
        [first, ..] if first.starts_with('@') => Some(CHANNEL),
        _ => None,
    }
}

fn facebook(parts: &[&str], names: &[&str]) -> Option<&'static str> {
    match parts {
        [] => Some(HOME),
        ["search", ..] => Some(SEARCH),
        ["hashtag", ..] => Some(TAG),
        ["profile.php"] => Some(PROFILE),
        ["groups", _] | ["groups"] => Some(CHANNEL),
        ["watch"] if names.contains(&"v") => None,
        ["watch"] => Some(LIST),
        [file] if file.ends_with(".php") || names.contains(&"story_fbid") => None,
        ["people", ..] | [_] | [_, "posts" | "photos" | "videos" | "about"] => Some(PROFILE),
        _ => None,
    }
}

/// Services where the first part of the path is an account.
fn account_service(parts: &[&str]) -> Option<&'static str> {
    match parts {
        [] => Some(HOME),
        ["explore", "tags", ..] | ["tag", ..] => Some(TAG),
        ["explore" | "search" | "discover", ..] => Some(SEARCH),
        [_] | [_, "reels" | "tagged" | "live"] => Some(PROFILE),
        _ => None,
    }
}

fn vk(parts: &[&str], names: &[&str]) -> Option<&'static str> {
    const ITEMS: &[&str] =
        &["wall-", "wall", "photo", "video", "clip", "doc", "audio", "story", "topic-", "@"];
    match parts {
        [] => Some(HOME),
        ["search" | "feed", ..] => Some(SEARCH),
        _ if names.iter().any(|name| matches!(*name, "w" | "z")) => None,
        [one]
            if ITEMS.iter().any(|item| {
                one.strip_prefix(item).is_some_and(|rest| rest.contains('_') || *item == "@")
            }) =>
        {
            None
        }
        [_] => Some(PROFILE),
        _ => None,
    }
}

fn general(parts: &[&str], names: &[&str]) -> Option<&'static str> {
    let first = parts.first().map(|part| part.to_ascii_lowercase()).unwrap_or_default();
    let is = |table: &[&str]| table.contains(&first.as_str());
    let searched = names.iter().any(|name| matches!(*name, "q" | "s" | "query" | "search"));
    match parts.len() {
        0 if searched => Some(SEARCH),
        0 if names.is_empty() => Some(HOME),
        1 if matches!(first.as_str(), "index.html" | "index.htm" | "index.php" | "home")
            && names.is_empty() =>
        {
            Some(HOME)
        }
        _ if is(SEARCH_PARTS) => Some(SEARCH),
        1 if first.starts_with('@') => Some(PROFILE),
        1 | 2 if is(PROFILE_PARTS) => Some(PROFILE),
        1 | 2 if is(CHANNEL_PARTS) => Some(CHANNEL),
        _ if is(TAG_PARTS) => Some(TAG),
        _ if ends_as_page(parts) => Some(LIST),
        1 if is(LIST_PARTS) => Some(LIST),
        2 if matches!(first.as_str(), "playlist" | "playlists" | "list" | "lists" | "feed" | "archive") => {
            Some(LIST)
        }
        _ => None,
    }
}

/// `…/page/2` is a list.
fn ends_as_page(parts: &[&str]) -> bool {
    matches!(parts, [.., page, number] if page.eq_ignore_ascii_case("page") && is_number(number))
}
