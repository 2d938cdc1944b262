//! Pages that take donations for a named account, by a table of services.

/// A service: hosts that lead to it, and what stands before the account.
struct Service {
    /// The first host is the canonical one.
    hosts: &'static [&'static str],
    /// Parts of the path before the account; the first one is canonical.
    before: &'static [&'static str],
}

const SERVICES: &[Service] = &[
    Service { hosts: &["paypal.me"], before: &[""] },
    Service { hosts: &["paypal.com"], before: &["paypalme/"] },
    Service { hosts: &["ko-fi.com"], before: &[""] },
    Service { hosts: &["patreon.com"], before: &["", "c/"] },
    Service { hosts: &["buymeacoffee.com", "coff.ee"], before: &[""] },
    Service { hosts: &["liberapay.com"], before: &[""] },
    Service { hosts: &["opencollective.com"], before: &[""] },
    Service { hosts: &["boosty.to"], before: &[""] },
    Service { hosts: &["donationalerts.com"], before: &["r/"] },
    Service { hosts: &["cash.app"], before: &["$"] },
    Service { hosts: &["venmo.com"], before: &["u/"] },
    Service { hosts: &["tipeee.com"], before: &[""] },
    Service { hosts: &["github.com"], before: &["sponsors/"] },
];

/// Telegram bots that take donations are told by what the link starts them with.
const BOT_HOSTS: [&str; 3] = ["t.me", "telegram.me", "telegram.dog"];
const BOT_START: &str = "donat";

/// Longer accounts are not taken.
const ACCOUNT_MAX_BYTES: usize = 64;

/// First parts of a path that are pages of the service and no account.
const PAGES: &[&str] = &[
    "about",
    "account",
    "api",
    "app",
    "apps",
    "blog",
    "c",
    "careers",
    "categories",
    "community",
    "contact",
    "create",
    "dashboard",
    "discover",
    "en",
    "explore",
    "faq",
    "features",
    "help",
    "home",
    "jobs",
    "legal",
    "login",
    "logout",
    "m",
    "membership",
    "pages",
    "policy",
    "posts",
    "press",
    "pricing",
    "privacy",
    "products",
    "r",
    "register",
    "s",
    "search",
    "settings",
    "shop",
    "signin",
    "signup",
    "support",
    "terms",
    "tos",
    "u",
    "user",
    "welcome",
];

/// Host, path and account of a link, in lower case, if it leads to a page for donations.
pub(super) fn canonical(link: &str) -> Option<String> {
    let link = link.to_ascii_lowercase();
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or(&link);
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    if BOT_HOSTS.contains(&host) {
        return bot(path);
    }
    let service = SERVICES.iter().find(|service| service.hosts.contains(&host))?;
    // the longest part first, so that `c/name` is not an account `c`
    let before = service.before.iter().rev().find_map(|before| Some((path.strip_prefix(before)?, *before)));
    let account = account(before?.0)?;
    let is_page = service.before[0].is_empty() && PAGES.contains(&account);
    (!is_page).then(|| format!("{}/{}{account}", service.hosts[0], service.before[0]))
}

/// `name?start=donate`.
fn bot(path: &str) -> Option<String> {
    let (name, query) = path.split_once('?')?;
    let name = account(name)?;
    let start = query.split(['&', '#']).find_map(|field| field.strip_prefix("start="))?;
    start.starts_with(BOT_START).then(|| format!("{}/{name}?start=donate", BOT_HOSTS[0]))
}

fn account(path: &str) -> Option<&str> {
    let end = path.find(['/', '?', '#']).unwrap_or(path.len());
    let account = path[..end].strip_prefix('@').unwrap_or(&path[..end]);
    let sound = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let fits = !account.is_empty() && account.len() <= ACCOUNT_MAX_BYTES;
    (fits && account.bytes().all(sound)).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, identifiers};

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = identifiers(text);
        let short: Vec<(&str, &str)> =
            found.iter().map(|one| (&text[one.range.clone()], one.value.as_str())).collect();
        assert_eq!(short, expected, "{text:?}");
        assert!(found.iter().all(|one| one.kind == Kind::Donation && !one.verified));
    }

    #[test]
    fn donation_pages() {
        check(
            "https://www.paypal.me/Sample/10EUR, paypal.com/paypalme/Sample.",
            &[
                ("https://www.paypal.me/Sample/10EUR", "paypal.me/sample"),
                ("paypal.com/paypalme/Sample", "paypal.com/paypalme/sample"),
            ],
        );
        check("(ko-fi.com/some_one)", &[("ko-fi.com/some_one", "ko-fi.com/some_one")]);
        check(
            "https://patreon.com/c/Sample?x=1",
            &[("https://patreon.com/c/Sample?x=1", "patreon.com/sample")],
        );
        check(
            "ｐａｔｒｅｏｎ．com/sam\u{200B}ple",
            &[("ｐａｔｒｅｏｎ．com/sam\u{200B}ple", "patreon.com/sample")],
        );
        check("coff.ee/sample", &[("coff.ee/sample", "buymeacoffee.com/sample")]);
        check(
            "https://liberapay.com/sample/donate",
            &[("https://liberapay.com/sample/donate", "liberapay.com/sample")],
        );
        check(
            "opencollective.com/sample-one boosty.to/two",
            &[
                ("opencollective.com/sample-one", "opencollective.com/sample-one"),
                ("boosty.to/two", "boosty.to/two"),
            ],
        );
        check(
            "https://t.me/sample_bot?start=donate_5",
            &[("https://t.me/sample_bot?start=donate_5", "t.me/sample_bot?start=donate")],
        );
        check(
            "https://github.com/sponsors/sample",
            &[("https://github.com/sponsors/sample", "github.com/sponsors/sample")],
        );
    }

    #[test]
    fn other_pages_are_none() {
        for text in [
            "https://patreon.com/login https://ko-fi.com/ ko-fi.com",
            "https://t.me/sample https://t.me/sample_bot?start=hello",
            "https://patreon.com.a.test/sample https://a.test/patreon.com/sample",
            "https://github.com/sample/sponsors https://venmo.com/sample",
            "patreon sample",
        ] {
            check(text, &[]);
        }
    }
}
