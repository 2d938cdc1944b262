//! Services with several doors to one item.

use url::Url;

/// Hosts that are another door to a service, after dress labels were dropped.
const MIRRORS: &[(&str, &str)] = &[
    ("telegram.me", "t.me"),
    ("telegram.dog", "t.me"),
    ("twitter.com", "x.com"),
    ("nitter.net", "x.com"),
    ("nitter.poast.org", "x.com"),
    ("xcancel.com", "x.com"),
    ("fxtwitter.com", "x.com"),
    ("vxtwitter.com", "x.com"),
    ("fixupx.com", "x.com"),
    ("fixvx.com", "x.com"),
    ("youtube-nocookie.com", "youtube.com"),
    ("music.youtube.com", "youtube.com"),
    ("gaming.youtube.com", "youtube.com"),
    ("yewtu.be", "youtube.com"),
    ("piped.video", "youtube.com"),
    ("fb.com", "facebook.com"),
    ("mbasic.facebook.com", "facebook.com"),
    ("web.facebook.com", "facebook.com"),
    ("touch.facebook.com", "facebook.com"),
    ("de-de.facebook.com", "facebook.com"),
    ("instagr.am", "instagram.com"),
    ("ddinstagram.com", "instagram.com"),
    ("old.reddit.com", "reddit.com"),
    ("new.reddit.com", "reddit.com"),
    ("np.reddit.com", "reddit.com"),
    ("vkontakte.ru", "vk.com"),
    ("vk.ru", "vk.com"),
    ("vxtiktok.com", "tiktok.com"),
];

/// Pages that only send on: host, path, and the parameter with the address.
const SENDERS: &[(&str, &str, &str)] = &[
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("google.com", "/url", "q"),
    ("google.com", "/url", "url"),
    ("youtube.com", "/redirect", "q"),
    ("vk.com", "/away.php", "to"),
    ("t.me", "/iv", "url"),
    ("out.reddit.com", "/", "url"),
    ("steamcommunity.com", "/linkfilter", "url"),
];

/// The address inside an address that only sends on.
pub(super) fn unwrap(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    let path = url.path();
    SENDERS.iter().filter(|row| row.0 == host && row.1 == path).find_map(|row| {
        let value = parameter(url, row.2)?;
        (value.starts_with("http://") || value.starts_with("https://")).then_some(value)
    })
}

/// The web address of a `tg:` link, if it names something that has one.
pub(super) fn app_link(input: &str) -> Option<String> {
    let head = input.get(..3).filter(|head| head.eq_ignore_ascii_case("tg:"))?;
    let link =
        Url::parse(&format!("https://tg.invalid/{}", input[head.len()..].trim_start_matches('/'))).ok()?;
    let get = |name| parameter(&link, name).filter(|value| is_name(value));
    match link.path().trim_matches('/') {
        "resolve" => {
            let name = get("domain")?;
            let post = get("post").map(|post| format!("/{post}")).unwrap_or_default();
            let topic = get("thread").map(|topic| format!("/{topic}")).unwrap_or_default();
            let comment = get("comment").map(|comment| format!("?comment={comment}")).unwrap_or_default();
            Some(format!("https://t.me/{name}{topic}{post}{comment}"))
        }
        "join" => Some(format!("https://t.me/+{}", get("invite")?)),
        "privatepost" => Some(format!("https://t.me/c/{}/{}", get("channel")?, get("post")?)),
        _ => None,
    }
}

/// Moves another door's host to the host of the service.
pub(super) fn mirror(url: &mut Url) {
    let host = url.host_str().unwrap_or_default();
    let Some(row) = MIRRORS.iter().find(|row| row.0 == host) else { return };
    if url.port().is_none() {
        move_to(url, row.1, None);
    }
}

/// Brings the address to the one form its service has for the item.
pub(super) fn unify(url: &mut Url) {
    let Some(host) = url.host_str() else { return };
    if url.port().is_some() {
        return;
    }
    match host {
        "t.me" => telegram(url, None),
        "web.telegram.org" => telegram_web(url),
        "x.com" => x(url),
        "youtube.com" | "youtu.be" => youtube(url),
        _ if MIRRORS.iter().any(|row| row.1 == host) => move_to_https(url),
        _ => match host.strip_suffix(".t.me").map(str::to_owned) {
            Some(name) if is_name(&name) => telegram(url, Some(name)),
            _ => {}
        },
    }
}

/// The web client shows `t.me/name` as `#@name`.
fn telegram_web(url: &mut Url) {
    let name = url.fragment().and_then(|fragment| fragment.strip_prefix('@')).filter(|name| is_name(name));
    if let Some(name) = name {
        let path = name.to_ascii_lowercase();
        url.set_fragment(None);
        url.set_query(None);
        move_to(url, "t.me", Some(&path));
    }
}

/// Telegram: previews (`/s/`), invitation spellings, names as subdomains; names in lower case.
fn telegram(url: &mut Url, subdomain: Option<String>) {
    let mut parts: Vec<String> = subdomain.into_iter().collect();
    parts.extend(url.path().split('/').filter(|part| !part.is_empty()).map(str::to_owned));
    while parts.len() > 1 && parts[0] == "s" {
        parts.remove(0);
    }
    if parts.len() == 2 && parts[0] == "joinchat" {
        parts = vec![format!("+{}", parts[1])];
    } else if let Some(hash) = parts.first().and_then(|first| first.strip_prefix("%2B")) {
        parts[0] = format!("+{hash}");
    }
    let named = parts.first().is_some_and(|first| is_name(first) && first != "c");
    if named {
        parts[0].make_ascii_lowercase();
        if let (2, Some(topic)) = (parts.len(), parameter(url, "thread").filter(|topic| is_number(topic))) {
            parts.insert(1, topic);
        }
    }
    let comment = parameter(url, "comment").filter(|comment| is_number(comment));
    if named && parts.len() > 1 && parts[1..].iter().all(|part| is_number(part)) {
        url.set_query(comment.map(|comment| format!("comment={comment}")).as_deref());
    }
    move_to(url, "t.me", Some(&parts.join("/")));
}

/// X: one post is `/name/status/number`, whatever stands behind it.
fn x(url: &mut Url) {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let path = match parts.as_slice() {
        [name, "status" | "statuses", post, ..] if is_number(post) => {
            Some(format!("{}/status/{post}", name.to_ascii_lowercase()))
        }
        ["i", "web", "status", post, ..] if is_number(post) => Some(format!("i/status/{post}")),
        _ => None,
    };
    if path.is_some() {
        url.set_query(None);
    }
    move_to(url, "x.com", path.as_deref());
}

/// YouTube: one video is `/watch?v=`.
fn youtube(url: &mut Url) {
    let short = url.host_str() == Some("youtu.be");
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let video = match parts.as_slice() {
        [video] if short => Some((*video).to_owned()),
        ["shorts" | "embed" | "live" | "v" | "e", video, ..] => Some((*video).to_owned()),
        ["watch"] => parameter(url, "v"),
        _ => None,
    };
    match video.filter(|video| is_name(video) && video != "videoseries") {
        Some(video) => {
            url.set_query(Some(&format!("v={video}")));
            move_to(url, "youtube.com", Some("watch"));
        }
        None => move_to_https(url),
    }
}

/// Sets https, the host, and the path if one is given.
fn move_to(url: &mut Url, host: &str, path: Option<&str>) {
    // None of these can fail: http and https swap freely, and the hosts are those of the tables above.
    let _ = url.set_scheme("https");
    let _ = url.set_host(Some(host));
    if let Some(path) = path {
        url.set_path(path);
    }
}

fn move_to_https(url: &mut Url) {
    let _ = url.set_scheme("https");
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|pair| pair.0 == name).map(|pair| pair.1.into_owned())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
