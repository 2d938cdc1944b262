//! Things seen once: of a small world of copies and decoys, does each content come to one cluster, and no decoy to
//! another's?
//!
//! This test program starts itself as the decoder's child; therefore it has a harness of its own.

mod clock;
#[path = "../../crates/connect/tests/decoder/harness.rs"]
mod harness;
#[expect(dead_code, reason = "the fixture of the other tests; this program needs a part of it")]
mod house;

use crate::house::Handed;
use app::view::why::{Known, With, why};
use domain::access::right;
use domain::cluster::Evidence;
use harness::Test;
use house::{Built, queue, work};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

const ALL: &[Test] = &[("copies_are_seen_once", copies_are_seen_once)];

/// Posts of the world.
const POSTS: usize = 160;
/// Copies, in percent.
const RATE: u32 = 60;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(app::CHILD_ARGUMENT) => app::decoder_child::run(),
        _ => harness::run(ALL, &arguments),
    }
}

fn copies_are_seen_once() -> harness::Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    runtime.block_on(seen_once()).map_err(|error| error.to_string().into())
}

/// Lays a near copy beside what came first; whether the part of the picture that both show is known. Texts share words.
async fn laid_open(
    house: &app::House,
    desk: &house::Desk,
    member: &store::cluster::Member,
) -> Result<bool, app::Error> {
    let item = app::view::subject::load::<right::Read>(house, &desk.analyst, member.subject_id).await?;
    let found = why(house, &item, With::First).await?;
    let Known::Held(known) = &found.known else { panic!("what came first is here: {found:?}") };
    if member.evidence == Evidence::NearText {
        assert!(!found.item.shared.is_empty() && !known.shared.is_empty(), "{found:?}");
        return Ok(false);
    }
    for side in [&found.item, known.as_ref()] {
        assert!(side.drawn.size.0 > 0 && side.drawn.size.1 > 0, "{found:?}");
        assert!(side.drawn.part.iter().all(|(x, y)| (0..=1000).contains(x) && (0..=1000).contains(y)));
        assert!(side.drawn.part.is_empty() || side.drawn.part.len() >= 3, "{found:?}");
    }
    Ok(found.places.is_some() && !found.item.drawn.part.is_empty() && !known.drawn.part.is_empty())
}

async fn seen_once() -> house::Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let folder = house.folder.join("copies");
    let truth = world::copies(11, POSTS, RATE, &folder)?;
    assert_eq!(
        Handed::to(one.id()).media(&folder).file(house, &folder.join("posts.ndjson")).await?.new,
        POSTS as u64
    );
    work(house).await?;
    let rows = house.db.rows("SELECT cluster FROM observation ORDER BY key", store::params![]).await?;
    let clusters: Vec<String> = rows.iter().map(|row| row.text("cluster")).collect::<Result<_, _>>()?;
    assert_eq!(clusters.len(), POSTS);

    let mut contents: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut first: BTreeMap<usize, &str> = BTreeMap::new();
    let (mut copies, mut found) = (0, 0);
    for (told, cluster) in truth.posts.iter().zip(&clusters) {
        contents.entry(cluster).or_default().insert(told.content);
        let home = *first.entry(told.content).or_insert(cluster);
        if told.edit.is_some() {
            copies += 1;
            found += usize::from(home == cluster);
        }
    }
    let wrong: Vec<_> = contents.values().filter(|contents| contents.len() > 1).collect();
    assert!(wrong.is_empty(), "different contents in one cluster: {wrong:?}");
    assert!(truth.posts.iter().filter(|told| told.decoy).count() > 10, "hardly any decoy");
    assert!(found * 100 >= copies * 95, "{found} of {copies} copies found");

    // Every member says by what it was joined, and near ones how.
    let (mut words, mut laid) = (BTreeSet::new(), 0);
    for cluster in queue(&house.db, one).await? {
        for member in store::cluster::members(&house.db, cluster.id, 500).await? {
            let near = matches!(member.evidence, Evidence::NearPicture | Evidence::NearText);
            let how: Option<app::recognise::How> = serde_json::from_str(&member.how).ok();
            assert_eq!(how.is_some(), near, "{member:?}");
            words.insert(member.evidence.word());
            laid += usize::from(near && laid_open(house, one, &member).await?);
        }
    }
    assert!(words.len() >= 5, "{words:?}");
    assert!(laid >= 5, "hardly any copy is laid over its first picture: {laid}");
    house::sound(house).await;
    Ok(())
}
