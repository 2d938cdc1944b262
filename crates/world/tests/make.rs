//! The world as files: seeded, complete, within limits.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use world::model::{Post, Truth, World};
use world::{Plan, copies, make};

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("renvoi-world-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.symlink_metadata().unwrap().is_symlink() {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn lines<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Vec<T> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn same_seed_same_bytes() {
    let plan = Plan { items: 120, seed: 7, ..Plan::default() };
    let (a, b, c) = (Folder::new("same-a"), Folder::new("same-b"), Folder::new("same-c"));
    assert_eq!(make(&plan, &a.0).unwrap(), make(&plan, &b.0).unwrap());
    make(&Plan { seed: 8, ..plan }, &c.0).unwrap();
    let (a, b, c) = (files(&a.0), files(&b.0), files(&c.0));
    assert!(a == b, "two runs of one seed differ");
    assert_ne!(a["posts.ndjson"], c["posts.ndjson"]);
}

#[test]
fn the_action_day_is_complete() {
    let folder = Folder::new("day");
    let made = make(&Plan::default(), &folder.0).unwrap();
    let files = files(&folder.0);
    let world: World = serde_json::from_slice(&files["world.json"]).unwrap();
    let truth: Truth = serde_json::from_slice(&files["truth.json"]).unwrap();
    let posts: Vec<Post> = lines(&files["posts.ndjson"]);
    assert_eq!((posts.len(), truth.items.len(), made.posts), (2068, 2068, 2068));
    assert_eq!((world.services.len(), world.agencies.len(), world.languages.len()), (52, 6, 6));

    let set =
        |f: fn(&world::model::TruthItem) -> &String| truth.items.iter().map(f).collect::<BTreeSet<_>>().len();
    assert_eq!(
        (set(|i| &i.service), set(|i| &i.language), set(|i| &i.url), set(|i| &i.id)),
        (52, 6, 2068, 2068)
    );
    let copies = truth.items.iter().filter(|i| i.copy.is_some()).count();
    assert!((50..=65).contains(&(copies * 100 / 2068)), "{copies}");
    assert_eq!(copies + truth.counts.clusters, 2068);
    assert!(truth.counts.exempt >= 60 && truth.counts.reappear >= 10, "{:?}", truth.counts);

    let mut seen = BTreeSet::new();
    for agency in &world.agencies {
        let lines: Vec<Post> = lines(&files[&format!("intake/{}.ndjson", agency.id)]);
        assert_eq!(lines.len(), made.intake[&agency.id]);
        seen.extend(lines.into_iter().map(|p| p.id));
    }
    assert_eq!(seen.len(), 2068);
    assert_eq!(made.intake.values().sum::<usize>(), 2068 + truth.counts.overlaps);

    for (post, item) in posts.iter().zip(&truth.items) {
        assert_eq!(post.id, item.id);
        assert!(post.posted_at < world.start_at);
        for media in &post.media {
            let bytes = &files[&media.path];
            assert!(bytes.len() <= make::PICTURE_BYTES_MAX);
        }
    }
}

#[test]
fn copies_share_text_or_picture_with_their_cluster() {
    let folder = Folder::new("copies");
    make(&Plan { items: 400, seed: 11, ..Plan::default() }, &folder.0).unwrap();
    let files = files(&folder.0);
    let truth: Truth = serde_json::from_slice(&files["truth.json"]).unwrap();
    let posts: Vec<Post> = lines(&files["posts.ndjson"]);
    let by_id: BTreeMap<&str, usize> = posts.iter().enumerate().map(|(n, p)| (p.id.as_str(), n)).collect();
    for (n, item) in truth.items.iter().enumerate() {
        let Some(copy) = &item.copy else { continue };
        let first = by_id[copy.id.as_str()];
        assert_eq!(truth.items[first].cluster, item.cluster);
        assert!(posts[first].posted_at <= posts[n].posted_at);
        let same_picture =
            posts[first].media.first().map(|m| &m.sha256) == posts[n].media.first().map(|m| &m.sha256);
        match copy.edit.as_str() {
            "exact" | "caption" => assert!(same_picture),
            "reencode" | "scale" | "brightness" => assert!(!same_picture && !posts[n].media.is_empty()),
            _ => assert_ne!(posts[first].text, posts[n].text),
        }
    }
}

#[test]
fn texts_can_be_told_apart_by_language() {
    let folder = Folder::new("languages");
    make(&Plan { seed: 3, posts_only: Some(1200), ..Plan::default() }, &folder.0).unwrap();
    let posts: Vec<Post> = lines(&files(&folder.0)["posts.ndjson"]);
    let codes = [("ar", "ara"), ("de", "deu"), ("en", "eng"), ("es", "spa"), ("fr", "fra"), ("ru", "rus")];
    let claimed: Vec<&Post> = posts.iter().filter(|p| p.lang.is_some()).collect();
    let right = claimed.iter().filter(|post| {
        let found = whatlang::detect_lang(&post.text).map(|lang| lang.code());
        codes.iter().any(|(ours, theirs)| post.lang.as_deref() == Some(*ours) && found == Some(*theirs))
    });
    assert!(right.count() * 100 >= claimed.len() * 97, "of {}", claimed.len());
}

#[test]
fn every_seed_shows_every_language_and_service() {
    for seed in [7, 1_000_003, u64::MAX] {
        let folder = Folder::new(&format!("seed-{seed}"));
        make(&Plan { seed, items: 120, ..Plan::default() }, &folder.0).unwrap();
        let truth: Truth = serde_json::from_slice(&files(&folder.0)["truth.json"]).unwrap();
        let languages: BTreeSet<&str> = truth.items.iter().map(|i| i.language.as_str()).collect();
        let services: BTreeSet<&str> = truth.items.iter().map(|i| i.service.as_str()).collect();
        let agencies: BTreeSet<&str> = truth.items.iter().map(|i| i.agencies[0].as_str()).collect();
        assert_eq!((languages.len(), services.len(), agencies.len()), (6, 52, 6), "seed {seed}");
    }
}

#[test]
fn small_and_odd_plans_work() {
    for (items, services, agencies, languages) in
        [(1, 8, 1, 1), (8, 8, 2, 2), (300, 60, 12, 6), (40, 9, 3, 4)]
    {
        let folder = Folder::new(&format!("odd-{items}-{services}"));
        let plan = Plan { seed: 99, items, services, agencies, languages, ..Plan::default() };
        assert_eq!(make(&plan, &folder.0).unwrap().posts, items);
    }
}

#[test]
fn a_big_file_repeats_at_the_rate_asked() {
    let folder = Folder::new("big");
    let plan = Plan { posts_only: Some(3000), copy_rate_percent: 30, ..Plan::default() };
    make(&plan, &folder.0).unwrap();
    let files = files(&folder.0);
    assert_eq!(files.len(), 1);
    let posts: Vec<Post> = lines(&files["posts.ndjson"]);
    let texts: BTreeSet<&str> = posts.iter().map(|p| p.text.as_str()).collect();
    let urls: BTreeSet<&str> = posts.iter().map(|p| p.url.as_str()).collect();
    assert_eq!((posts.len(), urls.len()), (3000, 3000));
    assert!((1900..=2300).contains(&texts.len()), "{}", texts.len());
}

#[test]
fn posts_come_in_bursts_and_over_days() {
    let folder = Folder::new("bursts");
    make(&Plan { seed: 21, items: 900, ..Plan::default() }, &folder.0).unwrap();
    let posts: Vec<Post> = lines(&files(&folder.0)["posts.ndjson"]);
    let mut hours: BTreeMap<i64, usize> = BTreeMap::new();
    for post in &posts {
        *hours.entry(post.posted_at.as_second() / 3600).or_default() += 1;
    }
    let busiest = hours.values().max().copied().unwrap();
    assert!(hours.len() >= 24, "{} hours", hours.len());
    assert!((20..450).contains(&busiest), "{busiest} posts in one hour");
}

#[test]
fn copies_are_seeded_and_told_apart() {
    let (one, again, other) = (Folder::new("copies-1"), Folder::new("copies-2"), Folder::new("copies-3"));
    let truth = copies(5, 240, 60, &one.0).unwrap();
    assert_eq!(truth, copies(5, 240, 60, &again.0).unwrap());
    assert!(files(&one.0) == files(&again.0), "same seed, same bytes");
    assert_ne!(truth, copies(6, 240, 60, &other.0).unwrap());
    let text = fs::read_to_string(one.0.join("posts.ndjson")).unwrap();
    let posts: Vec<Post> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(posts.len(), truth.posts.len());
    let (mut said, mut first) = (BTreeMap::new(), BTreeSet::new());
    for (post, told) in posts.iter().zip(&truth.posts) {
        assert_eq!(post.id, told.id);
        assert_eq!(first.insert(told.content), told.edit.is_none(), "the first post of a content is no copy");
        // The words of an original are those of no other content.
        if told.edit.is_none() {
            assert_eq!(said.insert(post.text.clone(), told.content), None, "{}", post.text);
        }
    }
    let copied = truth.posts.iter().filter(|told| told.edit.is_some()).count();
    assert!((45..=65).contains(&(copied * 100 / posts.len())), "{copied}");
    let families: BTreeSet<&str> = truth.posts.iter().map(|told| told.family.as_str()).collect();
    assert!(families.len() >= 9, "{families:?}");
    assert!(copies(5, 0, 60, &other.0).is_err() && copies(5, 9, 96, &other.0).is_err());
}
