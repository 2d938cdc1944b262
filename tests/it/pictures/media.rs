//! Videos, sounds and words in pictures of what comes in, against the banks: made by ffmpeg while the test runs.

use crate::browser::Browser;
use crate::database::Schema;
use crate::face::Face;
use crate::house::Handed;
use crate::house::{self, Built, HOST, work};
use app::House;
use app::people::{AgencyKind, Role};
use app::signals::{self, Format, NewBank};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connect::decoder::tool::Input;
use domain::access::{Actor, Authorised};
use domain::bank::{ListClass, Opinion, PDQ_DISTANCE_BITS, Sharing, SignalKind};
use jiff::SignedDuration;
use perceptual::Rgb;
use perceptual::sound::{self, SAMPLE_RATE};
use perceptual::video::Lister;
use serde_json::json;
use sha2::Digest as _;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use store::intake::Relevance;
use store::matches::Shown;

/// Scenes of three seconds and a tune, 21 s. Each number is another video.
fn video(at: &Path, name: &str, number: u32) -> house::Outcome {
    let boxes = (0..112).map(|n: u32| {
        let (x, y) = ((number * 97 + n * 53) % 200, (number * 41 + n * 71) % 120);
        let (w, h) = (40 + (number * 31 + n * 29) % 90, 30 + (number * 67 + n * 17) % 60);
        let colour = ["red", "lime", "blue", "yellow", "cyan", "white"][((number + n * 3) % 6) as usize];
        format!("drawbox={x}:{y}:{w}:{h}:{colour}:fill:enable='eq(mod(floor(t/3),7),{})'", n % 7)
    });
    let picture = format!("color=gray:s=320x180:r=10,{}", boxes.collect::<Vec<_>>().join(","));
    let (low, pace) = (200 + number * 37, 2 + number);
    let tones = format!(
        "aevalsrc='0.4*sin(2*PI*t*({low}+40*floor(mod(t*{pace},13))))+0.2*sin(2*PI*t*({low}+55*floor(mod(t*3,7))))':s=11025"
    );
    ffmpeg(at, &["-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", &tones, "-t", "21", name])
}

fn ffmpeg(at: &Path, args: &[&str]) -> house::Outcome {
    let run =
        Command::new("ffmpeg").args(["-v", "error", "-nostdin", "-y"]).args(args).current_dir(at).output();
    let done = run.map_err(|error| error.to_string())?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into()) }
}

/// The rows of a file that a bank lists by its frames and its sound, as `renvoi bank make` writes them.
async fn listed(house: &app::House, file: &Path) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let bytes = std::fs::read(file)?;
    let push: fn(&mut Lister, u32, &Rgb<'_>) = |lister, at_ms, frame| lister.push(at_ms, frame);
    let (lister, _) = house.ffmpeg.frames(Input::Bytes(bytes.clone()), Lister::new(true), push).await?;
    let (samples, _) = house.ffmpeg.samples(Input::Bytes(bytes.clone()), SAMPLE_RATE).await?;
    let value = hex::encode(sha2::Sha256::digest(&bytes));
    let row = |kind: &str, print: Vec<u8>| {
        let row =
            json!({ "kind": kind, "value": value, "label": "one.mp4", "print": STANDARD.encode(print) });
        format!("{row}\n")
    };
    Ok(row("video", lister.finish().to_bytes()) + &row("sound", sound::listed(&samples).to_bytes()))
}

/// Where a test goes on: a house, and who has a list and posts in it.
pub(super) struct Desk<'a> {
    house: &'a Arc<House>,
    coordinator: &'a Actor,
}

impl Built {
    pub(super) fn desk(&self) -> Desk<'_> {
        Desk { house: &self.house, coordinator: &self.one.coordinator }
    }
}

pub(super) async fn bank(desk: &Desk<'_>, rows: String) -> Result<signals::ImportSummary, app::Error> {
    let Desk { house, coordinator } = desk;
    let space = Authorised::check(coordinator, coordinator.agency, coordinator.agency)?;
    let new = NewBank {
        name: "known".to_owned(),
        opinion: Opinion::Positive,
        origin: "made for the test".to_owned(),
        legal_basis: "national:be:test".to_owned(),
        distance: PDQ_DISTANCE_BITS,
        review_at: house.clock.now() + SignedDuration::from_hours(24),
        sharing: Sharing::Green,
        class: ListClass::Ordinary,
    };
    let made = signals::make_bank(house, &space, new).await?;
    let made = Authorised::check(coordinator, coordinator.agency, made)?;
    signals::import(house, &made, Format::Ndjson, Cursor::new(rows.into_bytes())).await
}

/// Takes in one post a file, each with a text of its own.
pub(super) async fn posts(desk: &Desk<'_>, folder: &Path, names: &[&str]) -> Result<(), app::Error> {
    let Desk { house, coordinator } = desk;
    let line = |name: &&str| {
        let kind = if name.ends_with(".png") { "image" } else { "video" };
        let media = json!([{ "kind": kind, "path": name }]);
        let url = format!("https://{HOST}/watch/{name}");
        let post = json!({ "id": name, "url": url, "text": format!("Seen today: {name}"), "media": media,
                           "posted_at": "2026-03-04T05:06:07Z" });
        format!("{post}\n")
    };
    let lines: String = names.iter().map(line).collect();
    let summary = Handed::to(coordinator.agency)
        .by(coordinator.person)
        .relevance(Relevance::Hold { days: 7 })
        .media(folder)
        .lines(house, lines)
        .await?;
    assert_eq!((summary.new, summary.set_aside.len()), (names.len() as u64, 0), "{summary:?}");
    Ok(())
}

/// What is shown of the matches of the post with this file.
pub(super) async fn shown(built: &Built, name: &str) -> Result<Vec<Shown>, app::Error> {
    let Built { house, .. } = built;
    let rows = house.db.rows("SELECT subject, key FROM observation ORDER BY key", store::params![]).await?;
    for row in &rows {
        let found = store::observation::by_keys(&house.db, &[row.int("key")?]).await?;
        if found.iter().any(|one| one.record.as_ref().is_some_and(|record| record.text.ends_with(name))) {
            return Ok(store::matches::of_subject(&house.db, row.int("subject")?, 9).await?);
        }
    }
    Err(app::Error::Bug(format!("no post of {name}")))
}

async fn waiting(built: &Built) -> Result<usize, app::Error> {
    Ok(store::job::bodies(&built.house.db, "decode", 99).await?.len())
}

/// A video, another, and of the first a clip that is mirrored, its sound, and a broken copy.
fn files(folder: &Path) -> house::Outcome {
    std::fs::create_dir_all(folder)?;
    video(folder, "one.mp4", 1)?;
    video(folder, "other.mp4", 5)?;
    let clip = ["-ss", "5.3", "-i", "one.mp4", "-t", "10", "-vf", "hflip,scale=256:-2", "-an", "clip.mp4"];
    ffmpeg(folder, &clip)?;
    ffmpeg(folder, &["-i", "one.mp4", "-vn", "-ac", "1", "-b:a", "48k", "heard.mp3"])?;
    std::fs::write(folder.join("broken.mp4"), &std::fs::read(folder.join("one.mp4"))?[..900])?;
    Ok(())
}

/// What agrees, without the prints.
fn kinds(found: &[Shown]) -> Vec<(SignalKind, &str)> {
    found.iter().map(|found| (found.why.kind, found.why.variant.as_str())).collect()
}

/// Videos and sounds against a bank, on SQLite and where a server is named on PostgreSQL.
pub(crate) async fn compared() -> house::Outcome {
    let built = Built::new().await?;
    compared_in(&built).await?;
    if let Some(schema) = Schema::new().await? {
        let built = Built::on(Some(schema.address())).await?;
        compared_in(&built).await?;
        built.house.db.close().await;
        schema.gone().await?;
    }
    Ok(())
}

async fn compared_in(built: &Built) -> house::Outcome {
    if !built.house.ffmpeg.is_installed() {
        println!("skipped: no ffmpeg");
        return Ok(());
    }
    let folder = built.house.folder.join("media");
    files(&folder)?;
    // Nothing is listed, so nothing is decoded.
    posts(&built.desk(), &folder, &["one.mp4"]).await?;
    recognised(built).await?;
    assert_eq!(waiting(built).await?, 0);
    work(&built.house).await?;

    let rows = listed(&built.house, &folder.join("one.mp4")).await?;
    let bad = format!("{{\"kind\":\"video\",\"value\":\"{}\",\"print\":\"AQ==\"}}\n", "0".repeat(64));
    let summary = bank(&built.desk(), rows + &bad).await?;
    assert_eq!((summary.new, summary.set_aside.len()), (2, 1), "{summary:?}");
    assert!(summary.set_aside[0].reason.contains("bank make"), "{summary:?}");
    work(&built.house).await?;
    // What came before it was listed.
    let past = shown(built, "one.mp4").await?;
    assert_eq!(kinds(&past), [(SignalKind::Video, "original"), (SignalKind::Sound, "original")]);

    posts(&built.desk(), &folder, &["clip.mp4", "heard.mp3", "other.mp4", "broken.mp4"]).await?;
    work(&built.house).await?;
    let clip = shown(built, "clip.mp4").await?;
    assert_eq!(kinds(&clip), [(SignalKind::Video, "clip+flip-y")]);
    let (why, part) = (&clip[0].why, clip[0].why.part.ok_or("no part")?);
    assert!(part.listed_ms.0.abs_diff(part.asked_ms.0 + 5_300) <= 500, "{part:?}");
    assert!(part.asked_percent >= 90 && (40..=55).contains(&part.listed_percent), "{part:?}");
    let sentence = why.sentence();
    assert!(sentence.contains("is that of one of bank \"known\" from 0:0"), "{sentence}");
    let heard = shown(built, "heard.mp3").await?;
    assert_eq!(kinds(&heard), [(SignalKind::Sound, "original")]);
    assert!(heard[0].why.part.is_some_and(|part| part.listed_percent >= 80), "{:?}", heard[0].why);
    for name in ["other.mp4", "broken.mp4"] {
        assert_eq!(kinds(&shown(built, name).await?), [], "{name}");
    }
    assert_eq!(waiting(built).await?, 0);

    // The same file in another post is not decoded again: its bytes are not even read.
    std::fs::copy(folder.join("clip.mp4"), folder.join("again.mp4"))?;
    posts(&built.desk(), &folder, &["again.mp4"]).await?;
    recognised(built).await?;
    assert_eq!(waiting(built).await?, 1);
    let name = hex::encode(sha2::Sha256::digest(&std::fs::read(folder.join("again.mp4"))?));
    let held = built.house.blobs.get(built.one.id(), &name)?.ok_or("no file")?;
    built.house.blobs.remove(built.one.id(), &name)?;
    work(&built.house).await?;
    built.house.blobs.put(built.one.id(), &held)?;
    assert_eq!(kinds(&shown(built, "again.mp4").await?), [(SignalKind::Video, "clip+flip-y")]);
    house::sound(&built.house).await;
    Ok(())
}

/// Recognises what waits to be, and decodes nothing.
async fn recognised(built: &Built) -> house::Outcome {
    let house = &built.house;
    for job in store::job::lease(&house.db, house.clock.now(), &["recognise"], 9).await? {
        if let app::flow::Job::Recognise { space, from, to } = serde_json::from_str(&job.body)? {
            app::recognise::run(house, space, from, to).await?;
        }
        let mut tx = house.db.write(store::Lane::Bulk).await?;
        store::job::done(&mut tx, job.id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A post with a clip of a listed video, as people see it: the row of the queue, the cluster, and why it matched.
pub(crate) async fn seen() -> house::Outcome {
    let face = Face::new().await?;
    if !face.house.ffmpeg.is_installed() {
        println!("skipped: no ffmpeg");
        return Ok(());
    }
    let org = "one.example";
    face.found(org, AgencyKind::ReferralUnit).await?;
    let who = face.someone(org, "lead", &[Role::Coordinator, Role::Analyst]).await?;
    let agency = app::people::agency(&face.house, org).await?;
    let coordinator = face.actor(&agency, "lead").await?;
    let desk = Desk { house: &face.house, coordinator: &coordinator };
    let folder = face.house.folder.join("media");
    files(&folder)?;
    bank(&desk, listed(&face.house, &folder.join("one.mp4")).await?).await?;
    work(&face.house).await?;
    posts(&desk, &folder, &["clip.mp4"]).await?;
    work(&face.house).await?;

    let browser = Browser::signed_in(&face, &who).await?;
    browser.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    let clusters =
        store::cluster::queue(&face.house.db, &[agency.id], domain::cluster::Queued::Open, 9).await?;
    let cluster = clusters.first().ok_or("no cluster")?;
    let told = "From 0:00 to 0:10 the video shows what a known video shows from 0:05 to 0:15";
    let open = browser.get(&format!("/console/queue/{}", cluster.id)).await?;
    let row = "Part of a known video, 0:00 to 0:10";
    assert_eq!(open.status, 200);
    assert!(open.page.contains(row) && open.page.contains(told), "{}", open.page);
    let found = store::matches::of_cluster(&face.house.db, cluster.id, 9).await?;
    let found = found.first().ok_or("no match")?;
    for path in [
        format!("/console/why/{}/{}", found.subject, found.signal),
        format!("/console/subject/{}", found.subject),
    ] {
        let page = browser.get(&path).await?;
        assert!(page.status == 200 && page.page.contains(told), "{path}: {}", page.page);
        assert!(!page.page.contains("agrees exactly"), "{path}");
    }
    Ok(())
}

/// Words that a machine reads in a picture, against terms.
pub(crate) async fn read() -> house::Outcome {
    let mut built = Built::new().await?;
    let font = Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    let reader = connect::decoder::ocr::Reader::find().await;
    let (Ok(reader), true, true) = (reader, font.exists(), built.house.ffmpeg.is_installed()) else {
        println!("skipped: no tesseract, or nothing to write words with");
        return Ok(());
    };
    let folder = built.house.folder.join("media");
    std::fs::create_dir_all(&folder)?;
    let write = |words: &str, name: &str| {
        let text = format!("drawtext=fontfile={}:text='{words}':fontsize=48:x=40:y=80", font.display());
        ffmpeg(&folder, &["-f", "lavfi", "-i", "color=white:s=900x240", "-vf", &text, "-frames:v", "1", name])
    };
    write("The green lantern market", "words.png")?;
    write("A quiet winter morning", "others.png")?;
    let term = "{\"kind\":\"term\",\"value\":\"green lantern\"}\n";
    assert_eq!(bank(&built.desk(), term.to_owned()).await?.new, 1);
    work(&built.house).await?;
    // Not asked for: pictures are not read.
    posts(&built.desk(), &folder, &["others.png"]).await?;
    work(&built.house).await?;
    assert_eq!(waiting(&built).await?, 0);
    std::sync::Arc::get_mut(&mut built.house).ok_or("the house is in use")?.words = Some(reader);
    std::fs::copy(folder.join("others.png"), folder.join("others-2.png"))?;
    posts(&built.desk(), &folder, &["words.png", "others-2.png"]).await?;
    work(&built.house).await?;
    let found = shown(&built, "words.png").await?;
    assert_eq!(kinds(&found), [(SignalKind::Term, "read_in_picture")]);
    assert!(found[0].why.sentence().contains("A machine read"), "{:?}", found[0].why);
    assert_eq!(kinds(&shown(&built, "others-2.png").await?), []);
    Ok(())
}
