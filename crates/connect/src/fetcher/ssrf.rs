//! `ssrf_corpus`: forms of inside addresses, none of which may be connected to.
//!
//! A real listener on loopback counts what it accepts. A plain client proves that the forms lead there; the
//! guarded one must not. The port rule is widened to the listener's port, so that the address decides.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::pace::Pace;
use super::policy::Guard;
use super::*;
use crate::loopback::{Server, authority, response, serve};
use crate::world_net::WorldNet;
use futures_util::future::BoxFuture;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Hosts that mean this machine or its network, as a browser's address parser or a careless one reads them.
const HOSTS: &str = "
127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 2130706433 0x7f000001 0X7F000001 0x7f.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1
0177.0.0.1 0177.1 017700000001 0177.0x0.0.01 00000177.0.0.1 127.0.0.1. 127.1. 0x7F.000001 127.0x1 127.65535
１２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 127｡1 ⑫７.1 ١٢٧.٠.٠.١ १२७.०.०.१ %31%32%37.0.0.1 127%2e0%2e0%2e1 127.0.0.%31
0x7f%2e1 1²7.0.0.1 0 0x0 00 0.0.0.0 0.0 0.0.0.1 0.1.2.3 0.0.0.0.
[::1] [::] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::0:1] [::0.0.0.1] [::127.0.0.1] [::7f00:1]
[::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:7F00:0001] [0:0:0:0:0:ffff:127.0.0.1] [::ffff:0.0.0.0] [::ffff:10.0.0.1]
[::ffff:169.254.169.254] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe]
[64:ff9b:1::127.0.0.1] [64:ff9b:1:ffff::1] [2002:7f00:1::] [2002:a00:1::1] [2001:0:7f00:1::] [2001::80ff:fffe]
[fe80::1] [fe80::1%25lo] [fe80::5efe:127.0.0.1] [2606:4700::5efe:127.0.0.1] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1]
[2001:db8::1] [3fff::1] [100::1] [5f00::1] [4000::1] [::1]. [[::1]] [::1 [127.0.0.1]
10.0.0.1 10.1 012.1 0xa.0.0.1 167772161 172.16.0.1 172.31.255.255 0xac100001 192.168.0.1 192.168.1 3232235521 0xc0a80001
0300.0250.0.1 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 100.64.0.1 100.100.100.200
168.63.129.16 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 4294967295 0xffffffff 256.0.0.1 127.0.0.0.1 127.0.0.256 0x100000000 0x7f.0x 08.0.0.1
localhost LOCALHOST LocalHost localhost. localhost.. sub.localhost a.b.localhost. localhost.localdomain ｌｏｃａｌｈｏｓｔ
ⓛⓞⓒⓐⓛⓗⓞⓢⓣ loc%61lhost ip6-localhost ip6-loopback intranet router printer.local nas.lan db.internal
metadata.google.internal host.docker.internal kubernetes.default.svc.cluster.local mail.corp tv.home pc.home.arpa
1.0.0.127.in-addr.arpa site.test site.example hidden.onion none.invalid open.outside.com. .127.0.0.1 127.0.0.1..
user@127.0.0.1 user:word@127.0.0.1 open.outside.com@127.0.0.1 open.outside.com%40127.0.0.1 :@127.0.0.1 @127.0.0.1
127.0.0.1%00.outside.com 127.0.0.1%20 127.0.0.1%09 127.0.0.1%23 127.0.0.1\u{200b} 127.0.0.1\u{ad} local\u{ad}host
";

/// Whole addresses in odd shapes. `P` stands for the listener's port.
const SHAPES: &[&str] = &[
    "http:127.0.0.1:P/",
    "http:/127.0.0.1:P/",
    "http:///127.0.0.1:P/",
    "http:////127.0.0.1:P/",
    "http:\\\\127.0.0.1:P\\",
    "http:/\\127.0.0.1:P/",
    "hTTp://127.0.0.1:P/",
    "\thttp://127.0.0.1:P/",
    "ht\ttp://127.0.0.1:P/",
    "http://127.0.0\n.1:P/",
    "http://127.0.0.1:0P/",
    "http://127.0.0.1:P#@open.outside.com/",
    "http://127.0.0.1:P?@open.outside.com/",
    "http://127.0.0.1:P\\@open.outside.com/",
    "http://open.outside.com:80@127.0.0.1:P/",
    "http://open.outside.com\\@127.0.0.1:P/",
    "http://127.0.0.1:P:80/",
    "http://127.0.0.1 :P/",
    "https://127.0.0.1:P/",
    "//127.0.0.1:P/",
    "\\\\127.0.0.1:P/",
    "127.0.0.1:P",
    "file:///etc/hostname",
    "file://127.0.0.1/etc/hostname",
    "ftp://127.0.0.1:P/",
    "gopher://127.0.0.1:P/_",
    "dict://127.0.0.1:P/",
    "ldap://127.0.0.1:P/",
    "ws://127.0.0.1:P/",
    "unix:///var/run/docker.sock",
    "view-source:http://127.0.0.1:P/",
    "blob:http://127.0.0.1:P/1",
    "jar:http://127.0.0.1:P/!/",
    "data:text/html,<p>x",
    "javascript:1",
    "",
];

/// What names may resolve to.
const ANSWERS: &str = "
127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 100.64.0.1 169.254.169.254 172.16.0.1 192.168.0.1 168.63.129.16 192.0.0.8 192.0.2.1
198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::127.0.0.1 64:ff9b::7f00:1
64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 fe80::1 fec0::1 fc00::1 fd00::1 ff02::1 100::1 3fff::1 5f00::1
2606:4700::5efe:7f00:1";

/// A resolver that gives the listed answers in turn, then the last one for ever.
struct Lies {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Lies {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |list: &&[&str]| list.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Self { answers: answers.iter().map(parse).collect(), asked: AtomicUsize::new(0) })
    }
}

impl Lookup for Lies {
    fn lookup(&self, _host: String) -> BoxFuture<'static, Result<Vec<IpAddr>, String>> {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        let answer = self.answers[turn].clone();
        Box::pin(async move { Ok(answer) })
    }
}

/// Inside a machine that is to stay unseen.
async fn inside_server() -> Server {
    serve(None, |_| response(200, "", b"inside")).await.unwrap()
}

/// A `Public` fetcher whose port rule lets the listener's port through and that takes one name as vetted.
fn public(lies: &Arc<Lies>, port: u16, vetted: Option<(&str, std::net::SocketAddr)>) -> Fetcher {
    let lookup: Arc<dyn Lookup> = Arc::clone(lies) as Arc<dyn Lookup>;
    let mut guard = Guard::new(AddressPolicy::Public, lookup);
    guard.ports.push(port);
    guard.vetted.extend(vetted.map(|(name, address)| (name.to_owned(), address)));
    Fetcher::on(Line::guarded(guard).unwrap(), Pace::every_s(0))
}

fn forms(port: u16) -> Vec<String> {
    let hosts = HOSTS.split_whitespace().map(|host| format!("http://{host}:{port}/"));
    let shapes = SHAPES.iter().map(|shape| shape.replace('P', &port.to_string()));
    let all: Vec<String> = hosts.chain(shapes).collect();
    let distinct: std::collections::HashSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len(), "a form is listed twice");
    all
}

#[tokio::test]
async fn ssrf_corpus() {
    let inside = inside_server().await;
    let port = inside.address.port();
    let forms = forms(port);
    let lies = Lies::new(&[&["127.0.0.1"]]);
    let reached_plainly = plain_client_reaches(&inside, &forms).await;
    assert!(reached_plainly >= 40, "only {reached_plainly}: the listener would not notice");

    let fetcher = public(&lies, port, None);
    for form in &forms {
        let failed = fetcher.get(form, Timestamp::UNIX_EPOCH).await.expect_err(form);
        assert!(matches!(failed.error, FetchError::Refused { .. }), "{form}: {failed}");
    }
    assert_eq!(inside.accepted().await, reached_plainly, "a form was connected to");

    let redirected = redirects(&inside, &forms).await;
    let resolved = names(&inside).await;
    assert_eq!(inside.accepted().await, reached_plainly);
    println!(
        "ssrf_corpus: {} forms asked directly, {redirected} by redirect, {resolved} by name; 0 connected \
         (a plain client connected for {reached_plainly})",
        forms.len()
    );
    assert!(forms.len() >= 100);
}

/// How many loopback forms an unguarded client connects to: proof that the corpus and the listener work.
async fn plain_client_reaches(inside: &Server, forms: &[String]) -> usize {
    // This client is made before any of ours, and reqwest asks for a provider.
    let _already = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
    for form in forms {
        let Ok(url) = Url::parse(form) else { continue };
        let here = match url.host() {
            Some(url::Host::Ipv4(v4)) => v4.is_loopback() || v4.is_unspecified(),
            Some(url::Host::Ipv6(v6)) => v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback()),
            Some(url::Host::Domain(name)) => name == "localhost",
            None => false,
        };
        if here && url.scheme() == "http" {
            let _any = client.get(url).send().await;
        }
    }
    inside.accepted().await
}

/// Redirects to each form, from a host that `Public` reached and from a host of a world.
async fn redirects(inside: &Server, forms: &[String]) -> usize {
    // a header cannot carry a line break, and an empty Location leads back to itself
    let carried = |form: &&String| !form.is_empty() && !form.contains(['\n', '\t']);
    let sent: Vec<String> = forms.iter().filter(carried).cloned().collect();
    let targets = sent.clone();
    let answer =
        move |seen: &crate::loopback::Seen| match seen.path().strip_prefix("/to/").map(str::parse::<usize>) {
            Some(Ok(index)) => response(302, &format!("location: {}\r\n", targets[index]), b""),
            _ => response(200, "", b"outside"),
        };
    let open = serve(None, answer.clone()).await.unwrap();
    let lies = Lies::new(&[&["127.0.0.1"]]);
    let fetcher = public(&lies, inside.address.port(), Some(("open.outside.com", open.address)));
    let (ca_pem, tls) = authority(&["open.test"]).unwrap();
    let world = serve(Some(tls), answer).await.unwrap();
    let net = WorldNet {
        https: world.address,
        http: None,
        smtp: world.address,
        ca_pem,
        hosts: vec!["open.test".to_owned()],
        control: None,
    };
    let in_world = Fetcher::new(AddressPolicy::World(net), Pace::every_s(0)).unwrap();
    for (index, form) in sent.iter().enumerate() {
        for (fetcher, base) in
            [(&fetcher, "http://open.outside.com/to/"), (&in_world, "https://open.test/to/")]
        {
            match fetcher.get(&format!("{base}{index}"), Timestamp::UNIX_EPOCH).await {
                // read against its base the form is a path of the same host
                Ok(page) => assert!(page.body == b"outside" || page.body.is_empty(), "{form}: {page:?}"),
                Err(failed) => {
                    assert!(matches!(failed.error, FetchError::Refused { .. }), "{form}: {failed}");
                    assert!(failed.hops.len() <= 1, "{form}: {:?}", failed.hops);
                }
            }
        }
    }
    assert!(open.accepted().await >= sent.len());
    assert!(world.accepted().await >= sent.len());
    sent.len() * 2
}

/// Names that resolve inside, alone or beside an outside address.
async fn names(inside: &Server) -> usize {
    let mut count = 0;
    for answer in ANSWERS.split_whitespace() {
        for answers in [&[answer][..], &["93.184.215.14", answer], &[answer, "2606:4700::1111"]] {
            let lies = Lies::new(&[answers]);
            let fetcher = public(&lies, inside.address.port(), None);
            let url = format!("http://127.0.0.1.outside.com:{}/", inside.address.port());
            let failed = fetcher.get(&url, Timestamp::UNIX_EPOCH).await.unwrap_err();
            assert!(matches!(failed.error, FetchError::Refused { .. }), "{answers:?}: {failed}");
            assert_eq!(lies.asked.load(Ordering::SeqCst), 1, "resolved once for a connection");
            count += 1;
        }
    }
    count
}

#[tokio::test]
async fn rebinding_meets_the_check_again() {
    let inside = inside_server().await;
    let lies = Lies::new(&[&["93.184.215.14"], &["127.0.0.1"]]);
    let fetcher = public(&lies, inside.address.port(), None);
    // the first answer is good, and whoever used it would be pinned to it …
    let first = fetcher.line.guard.addresses("turning.outside.com", true).await.unwrap();
    assert_eq!(first, ["93.184.215.14:0".parse().unwrap()]);
    // … the next connection asks anew and is refused
    let url = format!("http://turning.outside.com:{}/", inside.address.port());
    let failed = fetcher.get(&url, Timestamp::UNIX_EPOCH).await.unwrap_err();
    assert!(failed.to_string().contains("127.0.0.1"), "{failed}");
    assert_eq!(inside.accepted().await, 0);
}

#[tokio::test]
async fn the_listener_notices_a_guarded_client_too() {
    let inside = inside_server().await;
    let lies = Lies::new(&[&["127.0.0.1"]]);
    let fetcher = public(&lies, inside.address.port(), Some(("open.outside.com", inside.address)));
    let page = fetcher.get("http://open.outside.com/", Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!((page.status, page.body.as_slice()), (200, b"inside".as_slice()));
    assert_eq!(inside.accepted().await, 1);
}

#[tokio::test]
async fn public_keeps_to_web_ports_and_peer_is_no_content() {
    let lies = Lies::new(&[&["93.184.215.14"]]);
    let lookup: Arc<dyn Lookup> = lies;
    let fetcher = Fetcher::with_lookup(AddressPolicy::Public, Pace::every_s(0), lookup).unwrap();
    for (url, expected) in [
        ("https://open.outside.com/", true),
        ("http://open.outside.com:443/", true),
        ("https://open.outside.com:8443/", false),
        ("http://open.outside.com:22/", false),
        ("http://93.184.215.14/", true),
        ("http://93.184.215.14:25/", false),
        ("http://[2606:4700::1111]/", true),
    ] {
        assert_eq!(fetcher.line.guard.parse(url).is_ok(), expected, "{url}");
    }
    assert!(Fetcher::new(AddressPolicy::Peer(Peers::default()), Pace::every_s(0)).is_err());
}

/// Writes an IPv4 address as C libraries and browsers read it: `parts` parts, each in its own radix.
fn written(bits: u32, parts: usize, radixes: u32, zeros: usize) -> String {
    let last_bits = 8 * (5 - parts as u32);
    let part = |index: usize| match index + 1 == parts {
        true => bits & (u32::MAX >> (32 - last_bits)),
        false => (bits >> (24 - 8 * index)) & 0xff,
    };
    let digits = |index: usize| match (radixes >> (2 * index)) & 3 {
        0 => format!("0x{:0>zeros$}{:x}", "", part(index)),
        1 => format!("0X{:X}", part(index)),
        2 => format!("0{:0>zeros$}{:o}", "", part(index)),
        _ => part(index).to_string(),
    };
    (0..parts).map(digits).collect::<Vec<_>>().join(".")
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(
        std::env::var("RENVOI_TRIALS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(512)
    ))]

    /// Whatever the writing, the number decides: inside is refused, outside is let through.
    #[test]
    fn writing_does_not_matter(
        near in 0_usize..9, bits in proptest::prelude::any::<u32>(), parts in 1_usize..=4,
        radixes in proptest::prelude::any::<u32>(), zeros in 0_usize..6, v6 in 0_usize..8,
    ) {
        let networks: [u32; 8] =
            [0, 0x0a00_0000, 0x7f00_0000, 0xa9fe_0000, 0xac10_0000, 0xc0a8_0000, 0x6440_0000, 0xe000_0000];
        let bits = networks.get(near).map_or(bits, |network| network | (bits & 0xffff));
        let guard = Guard::new(AddressPolicy::Public, Lies::new(&[&["127.0.0.1"]]));
        let v4 = std::net::Ipv4Addr::from_bits(bits);
        let host = written(bits, parts, radixes, zeros);
        let passes = guard.parse(&format!("http://{host}/")).is_ok();
        proptest::prop_assert_eq!(passes, inside(v4.into()).is_none(), "{} as {}", v4, host);
        let carriers = ["::", "::ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "fe80::5efe:", "fc00::", "2606:4700::5efe:"];
        let carried = format!("http://[{}{v4}]/", carriers[v6]);
        proptest::prop_assert!(guard.parse(&carried).is_err(), "{}", carried);
    }
}
