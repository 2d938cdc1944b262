//! The Network page over a wide network: the world's posts taken in, assessed and approved, and the page that shows them.
//!
//! A small one by default. `RENVOI_WIDE=90000` makes it of so many accounts and eight times as many links by mentions, prints
//! what took how long, and with `RENVOI_WIDE_STAY=600` the server stays for so many seconds, to be looked at in a browser.

mod clock;
#[path = "../../crates/connect/tests/decoder/harness.rs"]
mod harness;
#[expect(dead_code, reason = "the fixture of the other tests; this program needs a part of it")]
mod house;

use crate::house::Handed;
use app::network::{Choice, Whose, refresh};
use app::view::network::{self as shown, Shown};
use domain::access::Authorised;
use domain::assessment::Draft;
use harness::Test;
use house::{Built, queue, work};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const ALL: &[Test] = &[("the_page_shows_a_wide_network", the_page_shows_a_wide_network)];

/// Accounts, when nobody asks for more.
const ACCOUNTS: usize = 1_500;
/// Links by mentions for each account: with those between copies about eleven.
const LINKS: usize = 8;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(app::CHILD_ARGUMENT) => app::decoder_child::run(),
        _ => harness::run(ALL, &arguments),
    }
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn the_page_shows_a_wide_network() -> harness::Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    runtime.block_on(wide()).map_err(|error| error.to_string().into())
}

/// Says how long a part took, where somebody asked for a wide one.
fn took(what: &str, since: Instant) {
    if number("RENVOI_WIDE").is_some() {
        println!("{what}: {:.2} s", since.elapsed().as_secs_f64());
    }
}

/// Every content is found to be terrorist content by one person on its first item, and approved by another.
async fn assessed(built: &Built) -> house::Outcome {
    let Built { house, one, .. } = built;
    for cluster in queue(&house.db, one).await? {
        let draft = house::draft(house, cluster.id).await?;
        let contexts = draft.contexts.into_iter().take(1).collect();
        let (version, authorised) =
            (cluster.version, Authorised::check(&one.analyst, cluster.space, cluster)?);
        let saved = app::assess::save(house, &authorised, version, Draft { contexts, ..draft }).await?;
        house::approve(house, one, saved.id).await?;
    }
    Ok(())
}

async fn wide() -> house::Outcome {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built = Built::new().await?;
    let Built { house, one, .. } = &built;
    let accounts = number("RENVOI_WIDE").unwrap_or(ACCOUNTS);
    let folder = house.folder.join("wide");
    let since = Instant::now();
    let made = world::spread::file::write(1, accounts, accounts * LINKS, &folder)?;
    took(&format!("world {made:?}"), since);
    let since = Instant::now();
    assert_eq!(Handed::to(one.id()).file(house, &folder.join("posts.ndjson")).await?.new, made.posts as u64);
    work(house).await?;
    took("taken in", since);
    let since = Instant::now();
    while !queue(&house.db, one).await?.iter().all(|cluster| cluster.finding.is_some()) {
        assessed(&built).await?;
    }
    took("assessed and approved", since);
    let since = Instant::now();
    refresh(house, Whose { space: one.id(), keeper: None, choice: Choice::default() }).await?;
    took("network read, ranked and planned", since);
    let since = Instant::now();
    let Shown::Ready(open) = shown::open(house, &one.analyst, one.id(), Choice::default(), None).await?
    else {
        return Err("there is no network".into());
    };
    took("opened", since);
    assert_eq!(open.plan.len(), app::network::PLAN_MAX);
    assert!(
        open.accounts > accounts / 2 && open.links > accounts * LINKS / 2,
        "{} {}",
        open.accounts,
        open.links
    );
    let first = open.rows[0].account.id.clone();
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let served = server::serve(house.clone(), here, here, server::Options::default()).await?;
    let token = house::session::open(house, &one.coordinator).await?;
    let browser = reqwest::Client::builder().no_proxy().build()?;
    for path in ["/console/network".to_owned(), format!("/console/network?k=50&account={first}")] {
        let since = Instant::now();
        let page = browser.get(format!("http://{}{path}", served.addr)).bearer_auth(&token).send().await?;
        assert_eq!(page.status(), 200);
        let page = page.text().await?;
        took(&format!("page {path}, {} KiB", page.len() / 1024), since);
        assert!(page.contains("net-curve"), "{path}: {page}");
    }
    if let Some(seconds) = number("RENVOI_WIDE_STAY") {
        println!("accounts {}, links {}, sources {}", open.accounts, open.links, open.sources);
        println!("http://{}/console/network?k=50&account={first} Bearer {token}", served.addr);
        tokio::time::sleep(Duration::from_secs(seconds as u64)).await;
    }
    served.stop().await;
    Ok(())
}
