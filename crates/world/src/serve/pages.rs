//! What a browser or a liveness check sees: item pages, what stands there after removal, profiles, home, robots.

use serde_json::json;

use super::accounts;
use super::contact;
use super::state::{Inner, Item, Shared};
use crate::make::item_key;
use crate::model::GonePage;

/// Items listed on a home or profile page.
const LISTED_MAX: usize = 20;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) location: Option<String>,
}

fn html(status: u16, language: &str, title: &str, body: &str) -> Page {
    let direction = if language == "ar" { "rtl" } else { "ltr" };
    let title = escaped(title);
    let text = format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n{body}\n</body>\n</html>\n"
    );
    Page { status, content_type: "text/html; charset=utf-8", body: text.into_bytes(), location: None }
}

fn file(content_type: &'static str, body: Option<Vec<u8>>) -> Page {
    match body {
        Some(body) => Page { status: 200, content_type, body, location: None },
        None => html(404, "en", "Not found", "<h1>404 Not found</h1>"),
    }
}

/// The page of a GET on a service.
pub(crate) fn page(shared: &Shared, service: usize, path_and_query: &str) -> Page {
    let path = path_and_query.split('?').next().unwrap_or("/");
    let inner = shared.lock();
    let host = &shared.service(service).host;
    match path {
        "/" | "" => home(shared, &inner, service),
        "/robots.txt" => file("text/plain", Some(b"User-agent: *\nAllow: /\nCrawl-delay: 10\n".to_vec())),
        "/.well-known/rxp-contact.json" => {
            file("application/json", contact::file(shared, service, inner.now))
        }
        "/.well-known/rxp-contact.txt" => file("text/plain", contact::text(shared, service, inner.now)),
        "/.well-known/rxp-jwks.json" => file("application/json", Some(contact::jwks(shared, service))),
        "/login" => login(),
        _ => {
            if let Some(name) = path.strip_prefix("/media/") {
                return media(shared, &inner, service, name);
            }
            let key = item_key(&format!("https://{host}{path_and_query}"));
            match key.as_ref().and_then(|key| inner.by_key.get(key)) {
                Some(&item) => item_page(shared, &inner.items[item]),
                None if let Some(handle) = accounts::holder(&inner, service, path) => {
                    profile(&inner, service, &handle)
                }
                None => html(
                    404,
                    "en",
                    "Not found",
                    "<h1>404 Not found</h1><p>There is nothing at this address.</p>",
                ),
            }
        }
    }
}

fn item_page(shared: &Shared, item: &Item) -> Page {
    if item.gone_at.is_some() {
        return gone(shared, item);
    }
    let post = &item.post;
    let pictures: String = post
        .media
        .iter()
        .map(|m| {
            let name = m.path.strip_prefix("media/").unwrap_or(&m.path);
            format!("<img src=\"/media/{name}\" width=\"{}\" height=\"{}\" alt=\"\">\n", m.width, m.height)
        })
        .collect();
    let body = format!(
        "<article>\n<h1><a rel=\"author\" href=\"/@{handle}\">{name}</a></h1>\n<time datetime=\"{at}\">{at}</time>\n<p>{text}</p>\n{pictures}</article>",
        handle = escaped(&post.author.handle),
        name = escaped(&post.author.name),
        at = post.posted_at,
        text = escaped(&post.text),
    );
    let title: String = post.text.chars().take(60).collect();
    html(200, post.lang.as_deref().unwrap_or("und"), &title, &body)
}

fn gone(shared: &Shared, item: &Item) -> Page {
    let service = shared.service(item.service);
    match service.gone_page {
        GonePage::Hard404 => {
            html(404, "en", "Not found", "<h1>404 Not found</h1><p>There is nothing at this address.</p>")
        }
        GonePage::Gone410 => html(410, "en", "Gone", "<h1>410 Gone</h1>"),
        GonePage::Soft404 => html(
            200,
            "en",
            "Not available",
            "<h1>This page is not available</h1><p>It may have been moved, or the link is wrong.</p>",
        ),
        GonePage::RemovedByPlatform => {
            let text = format!(
                "<h1>Removed</h1><p>{} removed this content because it breaks our terms of service.</p>",
                escaped(&service.name)
            );
            html(200, "en", "Removed", &text)
        }
        GonePage::RemovedByAuthor => {
            html(200, "en", "Deleted", "<h1>Deleted</h1><p>The author deleted this post.</p>")
        }
        GonePage::Replaced => {
            let text = "<article>\n<h1>Town library</h1>\n<p>Our reading room is closed on the first Monday of the month because we count the books. Bring them back before the evening.</p>\n</article>";
            html(200, "en", "Reading room", text)
        }
        GonePage::LoginWall => login(),
        GonePage::GeoBlock => html(
            451,
            "en",
            "Not available in your country",
            "<h1>This content is not available in your country</h1>",
        ),
        GonePage::Redirect => {
            let location = Some(format!("https://{}/", service.host));
            Page { location, ..html(302, "en", "Moved", "<p><a href=\"/\">Home</a></p>") }
        }
    }
}

fn login() -> Page {
    let form = "<h1>Log in to continue</h1><form method=\"post\" action=\"/login\"><input name=\"user\"><input name=\"password\" type=\"password\"><button>Log in</button></form><p>You must confirm your age to see this page.</p>";
    html(200, "en", "Log in", form)
}

fn home(shared: &Shared, inner: &Inner, service: usize) -> Page {
    let about = shared.service(service);
    let links = listing(inner, |item| item.service == service);
    html(200, "en", &about.name, &format!("<h1>{}</h1>\n<ul>\n{links}</ul>", escaped(&about.name)))
}

fn profile(inner: &Inner, service: usize, handle: &str) -> Page {
    if inner.suspended.contains(&(service, handle.to_owned())) {
        return html(404, "en", "Account suspended", "<h1>This account is suspended</h1>");
    }
    let links = listing(inner, |item| accounts::holds(item, service, handle));
    html(200, "en", handle, &format!("<h1>@{}</h1>\n<ul>\n{links}</ul>", escaped(handle)))
}

fn listing(inner: &Inner, holds: impl Fn(&Item) -> bool) -> String {
    let shown = inner.items.iter().filter(|item| item.gone_at.is_none() && holds(item)).take(LISTED_MAX);
    shown.map(|item| format!("<li><a href=\"{0}\">{0}</a></li>\n", escaped(&item.url))).collect()
}

/// A picture, as long as one item here that shows it stands.
fn media(shared: &Shared, inner: &Inner, service: usize, name: &str) -> Page {
    let shows = |item: &&Item| {
        item.service == service && item.post.media.iter().any(|m| m.path == format!("media/{name}"))
    };
    let standing = inner.items.iter().filter(shows).any(|item| item.gone_at.is_none());
    let content_type = if name.ends_with(".png") { "image/png" } else { "image/jpeg" };
    // The name stands in a post of ours, so it is a plain file name.
    let bytes = if standing { std::fs::read(shared.dir.join("media").join(name)).ok() } else { None };
    file(content_type, bytes)
}

/// The feed of what came up during the play, as a source would give it: NDJSON of posts in `(since, now]`.
pub(crate) fn feed(inner: &Inner, since: Option<jiff::Timestamp>) -> Vec<u8> {
    let fresh = |item: &&Item| item.appeared_at.is_some_and(|at| since.is_none_or(|since| at > since));
    inner
        .items
        .iter()
        .filter(fresh)
        .map(|item| format!("{}\n", json!(item.post)))
        .collect::<String>()
        .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
