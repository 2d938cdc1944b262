//! Visits to test servers: redirects, limits, errors, politeness, robots.txt.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::pace::{PACE_DEFAULT_S, Pace};
use super::*;
use crate::loopback::{Seen, Server, authority, response, serve};
use crate::world_net::WorldNet;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// A world of one server under `a.test` and `b.test`.
async fn world(answer: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static) -> (Server, WorldNet) {
    let (ca_pem, tls) = authority(&["a.test", "b.test"]).unwrap();
    let server = serve(Some(tls), answer).await.unwrap();
    let hosts = vec!["a.test".to_owned(), "b.test".to_owned(), "c.test".to_owned()];
    let net =
        WorldNet { https: server.address, http: None, smtp: server.address, ca_pem, hosts, control: None };
    (server, net)
}

fn fetcher(net: &WorldNet, pace_s: i64) -> Fetcher {
    Fetcher::new(AddressPolicy::World(net.clone()), Pace::every_s(pace_s)).unwrap()
}

fn site(seen: &Seen) -> Vec<u8> {
    match seen.path() {
        "/page" => response(
            200,
            "content-type: text/html\r\nset-cookie: a=b\r\n",
            b"<img src=/x><script></script>hi",
        ),
        "/one" => response(301, "location: /two\r\nset-cookie: a=b\r\n", b""),
        "/two" => response(307, "location: https://b.test/page#part\r\n", b""),
        "/loop" => response(302, "location: /loop\r\n", b""),
        "/large" => response(200, "", &vec![b'x'; 9 << 20]),
        "/endless" => [b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n".to_vec(), vec![b'x'; 9 << 20]].concat(),
        "/packed" => response(200, "content-type: text/html\r\ncontent-encoding: gzip\r\n", b"\x1f\x8b"),
        "/fields" => {
            let fields: String = (0..90).map(|i| format!("x-{i}: {}\r\n", "v".repeat(1000))).collect();
            response(200, &format!("x-long: {}\r\n{fields}", "w".repeat(9000)), b"")
        }
        "/broken" => b"SMTP/1.1 hello\r\n\r\n".to_vec(),
        "/robots.txt" => response(200, "", b"User-agent: *\nDisallow: /two"),
        _ => response(404, "", b"none"),
    }
}

#[tokio::test]
async fn a_page_with_its_redirects() {
    let (server, net) = world(site).await;
    let fetcher = fetcher(&net, 0);
    let page = fetcher.get("https://a.test/one", at(5)).await.unwrap();
    assert_eq!(page.final_url, "https://b.test/page#part");
    let hops: Vec<(u16, &str)> = page.hops.iter().map(|hop| (hop.status, hop.to.as_str())).collect();
    assert_eq!(hops, [(301, "https://a.test/two"), (307, "https://b.test/page#part")]);
    assert_eq!((page.status, page.at, page.media_type().as_str()), (200, at(5), "text/html"));
    assert_eq!(page.sha256, hex::encode(Sha256::digest(&page.body)));
    assert_eq!(page.missing.len(), 2, "{:?}", page.missing);
    let heads: Vec<String> =
        server.requests.lock().unwrap().iter().map(|seen| seen.head.to_lowercase()).collect();
    for head in &heads {
        for field in ["\r\ncookie:", "\r\nreferer:", "\r\nauthorization:", "\r\naccept-encoding:"] {
            assert!(!head.contains(field), "{head}");
        }
        assert!(head.contains("\r\nuser-agent: renvoi/"), "{head}");
    }
    assert_eq!(fetcher.get("https://a.test/none", at(5)).await.unwrap().status, 404);
    let packed = fetcher.get("https://a.test/packed", at(5)).await.unwrap();
    assert!(packed.missing[0].contains("gzip"));
    let fields = fetcher.get("https://a.test/fields", at(5)).await.unwrap();
    assert_eq!(fields.headers.len(), HEADERS_LIMIT);
    assert_eq!(fields.header("x-long").map(str::len), Some(HEADER_VALUE_LIMIT_BYTES));
}

#[tokio::test]
async fn each_failure_has_its_kind() {
    let (_server, net) = world(site).await;
    let fetcher = fetcher(&net, 0);
    let kind = async |url: &str| fetcher.get(url, at(0)).await.unwrap_err();
    let looped = kind("https://a.test/loop").await;
    assert!(matches!(looped.error, FetchError::TooManyRedirects { limit: HOPS_LIMIT, .. }), "{looped}");
    assert_eq!(looped.hops.len(), HOPS_LIMIT);
    for url in ["https://a.test/large", "https://a.test/endless"] {
        let large = kind(url).await;
        assert!(matches!(large.error, FetchError::TooLarge { .. }), "{url}: {large}");
    }
    let unknown = kind("https://nobody.test/").await;
    assert!(matches!(unknown.error, FetchError::Dns { .. }), "{unknown}");
    let unnamed = kind("https://c.test/").await;
    assert!(matches!(unnamed.error, FetchError::Tls { .. }), "{unnamed}");
    let broken = kind("https://a.test/broken").await;
    assert!(matches!(broken.error, FetchError::Connection { .. }), "{broken}");
    for url in [
        "http://a.test/",
        "https://a.test:8443/",
        "https://real.org/",
        "https://127.0.0.1/",
        "https://a.test./",
    ] {
        let refused = kind(url).await;
        assert!(matches!(refused.error, FetchError::Refused { .. }), "{url}: {refused}");
    }
    let plain = serve(None, |_| response(301, "location: https://a.test/page\r\n", b"")).await.unwrap();
    let both = self::fetcher(&WorldNet { http: Some(plain.address), ..net.clone() }, 0);
    let page = both.get("http://a.test/page", at(0)).await.unwrap();
    assert_eq!((page.final_url.as_str(), page.hops.len()), ("https://a.test/page", 1));
    let (other_ca, _) = authority(&["a.test"]).unwrap();
    let stranger = self::fetcher(&WorldNet { ca_pem: other_ca, ..net.clone() }, 0);
    let untrusted = stranger.get("https://a.test/", at(0)).await.unwrap_err();
    assert!(matches!(untrusted.error, FetchError::Tls { .. }), "{untrusted}");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = self::fetcher(&WorldNet { https: closed, ..net }, 0);
    let refused = nobody.get("https://a.test/", at(0)).await.unwrap_err();
    assert!(matches!(refused.error, FetchError::Connection { .. }), "{refused}");
}

#[tokio::test]
async fn a_silent_host_is_given_up() {
    // accepts into the backlog and never answers
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let peers = Peers::new(None).with("a.test", vec![silent.local_addr().unwrap()]);
    let line = Line::new(AddressPolicy::Peer(peers)).unwrap();
    let url = line.guard.parse("http://a.test/").unwrap();
    let limits = Limits { header_ms: 20, total_ms: 60_000, body_bytes: 10 };
    let late = line.send(get(url.clone()), limits).await.unwrap_err();
    assert!(matches!(late, FetchError::Timeout { stage: "answer", limit_ms: 20, .. }), "{late}");
    let limits = Limits { header_ms: 60_000, total_ms: 20, body_bytes: 10 };
    let late = line.send(get(url), limits).await.unwrap_err();
    assert!(matches!(late, FetchError::Timeout { stage: "whole body", limit_ms: 20, .. }), "{late}");
}

#[tokio::test]
async fn polite_and_mindful_of_robots() {
    let (server, net) = world(site).await;
    let fetcher = fetcher(&net, PACE_DEFAULT_S);
    // one visit with a redirect on its own host and one to another takes one turn of each
    fetcher.get("https://a.test/one", at(100)).await.unwrap();
    for host in ["a", "b"] {
        let soon = fetcher.get(&format!("https://{host}.test/page"), at(109)).await.unwrap_err();
        assert_eq!(soon.error, FetchError::TooSoon { host: format!("{host}.test"), not_before: at(110) });
    }
    fetcher.get_in_bulk("https://a.test/page", at(110)).await.unwrap();
    let asked_not_to = fetcher.get_in_bulk("https://a.test/two?x", at(120)).await.unwrap_err();
    assert!(matches!(asked_not_to.error, FetchError::Robots { .. }), "{asked_not_to}");
    let robots = |server: &Server| {
        server.requests.lock().unwrap().iter().filter(|seen| seen.path() == "/robots.txt").count()
    };
    assert_eq!(robots(&server), 1, "kept for a day");
    fetcher.get_in_bulk("https://a.test/page", at(110 + 86_401)).await.unwrap();
    assert_eq!(robots(&server), 2);
}

/// A host that wants a login: what it sets and asks for on the way.
fn members_only(seen: &Seen) -> Vec<u8> {
    match seen.path() {
        "/group" => {
            response(401, "www-authenticate: Basic realm=x\r\nset-cookie: s=1; Path=/\r\n", b"sign in")
        }
        "/redirect" => response(302, "location: /login\r\nset-cookie: s=2; Path=/\r\n", b""),
        "/login" => response(
            200,
            "content-type: text/html\r\nset-cookie: s=3; Path=/\r\n",
            b"<form method=post action=/enter><input name=user><input name=password type=password></form>",
        ),
        "/robots.txt" => response(404, "", b""),
        _ => response(200, "", b"inside"),
    }
}

#[tokio::test]
async fn no_login_fetcher() {
    let (server, net) = world(members_only).await;
    let fetcher = fetcher(&net, 0);
    // What a login guards is told as such, and not tried again with anything.
    let closed = fetcher.get("https://a.test/group", at(0)).await.unwrap();
    assert_eq!((closed.status, closed.body.as_slice()), (401, &b"sign in"[..]));
    let form = fetcher.get("https://a.test/redirect", at(1)).await.unwrap();
    assert_eq!((form.status, form.final_url.as_str()), (200, "https://a.test/login"));
    fetcher.get("https://a.test/group", at(2)).await.unwrap();
    let requests = server.requests.lock().unwrap().clone();
    assert_eq!(requests.len(), 4, "one request a page, none more for a login");
    for seen in &requests {
        let head = seen.head.to_lowercase();
        assert!(head.starts_with("get /") && seen.body.is_empty(), "{head}");
        for field in ["cookie:", "authorization:", "x-csrf", "origin:", "proxy-authorization:"] {
            assert!(!head.contains(&format!("\r\n{field}")), "{head}");
        }
    }
    // No address carries a name and password, and one that redirects to such an address ends there.
    for url in ["https://name:word@a.test/group", "https://name@a.test/group"] {
        let refused = fetcher.get(url, at(3)).await.unwrap_err();
        assert!(matches!(refused.error, FetchError::Refused { .. }), "{url}: {refused}");
    }
    assert_eq!(server.requests.lock().unwrap().len(), 4);
    // No setting of the house and no row of a source holds an access of any kind.
    let schema = include_str!("../../../../schema.sql");
    let source = schema.split("CREATE TABLE source (").nth(1).unwrap().split(");").next().unwrap();
    let columns: Vec<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect();
    assert_eq!(columns, ["id", "space", "name", "relevance", "hold_days", "decided_by", "made_at"]);
}
