//! Makes a world: `renvoi world make`.

mod banks;
mod big;
mod copies;
mod lexicon;
mod pictures;
mod place;
mod plan;
mod population;
mod posts;
mod text;
mod truth;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

pub use copies::{COPIES_POSTS_MAX, CopiesTruth, CopyTruth, copies};
pub use pictures::PICTURE_BYTES_MAX;
pub(crate) use place::key as item_key;
pub use plan::{AGENCIES_MAX, COPY_RATE_PERCENT_MAX, ITEMS_MAX, LANGUAGES, POSTS_MAX, Plan, SERVICES_RANGE};
pub(crate) use truth::{INFORMED_HOURS, PROMPT_HOURS, REFUSING_HOURS, SLOW_HOURS};

use crate::Error;
use crate::model::{FORMAT_VERSION, Post, TruthCounts, World};

/// Start of the play, 2027-04-25T06:00Z, in seconds of the epoch. RXP times are 2020 to 2100 (RXP-100.16), so the day that
/// is modelled, 25 April 2017, is moved (docs/decisions/0011).
pub(crate) const START_AT_S: i64 = 1_808_632_800;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Seed of the plan.
    pub seed: u64,
    /// Lines of `posts.ndjson`.
    pub posts: usize,
    /// Lines of each intake file, by agency.
    pub intake: BTreeMap<String, usize>,
    /// Files under `media/`.
    pub pictures: usize,
    /// Counts of the truth, all 0 in a posts-only run.
    pub truth: TruthCounts,
}

/// Writes the world of a plan into `out_dir`: `world.json`, `posts.ndjson`, `intake/*.ndjson`, `media/`, `banks/*.csv`,
/// `population.ndjson`, `reappearances.ndjson`, `truth.json`; or only `posts.ndjson` with [`Plan::posts_only`].
///
/// Same plan, same bytes. Existing files of the same names are overwritten; `out_dir` is made when missing.
///
/// # Errors
/// [`Error::Plan`] outside the limits of [`Plan::check`], [`Error::Io`] when a file cannot be written.
pub fn make(plan: &Plan, out_dir: &Path) -> Result<Made, Error> {
    plan.check()?;
    fs::create_dir_all(out_dir).map_err(Error::io(out_dir.display()))?;
    if let Some(posts) = plan.posts_only {
        big::write(plan, posts, &out_dir.join("posts.ndjson"))?;
        let truth = TruthCounts::default();
        return Ok(Made { seed: plan.seed, posts, intake: BTreeMap::new(), pictures: 0, truth });
    }
    let services = plan::services(plan);
    let agencies = plan::agencies(plan);
    let people = population::population(plan, &services);
    let mut media = pictures::Folder::new(out_dir.join("media"))?;
    let drafts = posts::write_posts(plan, &services, &people, &mut media)?;
    let drafts = truth::complete(plan, &services, &agencies, drafts);
    let truth = truth::summary(&drafts);

    let world = World {
        version: FORMAT_VERSION,
        seed: plan.seed,
        start_at: start_at(),
        items: drafts.len(),
        clusters: truth.counts.clusters,
        copy_rate_percent: plan.copy_rate_percent,
        languages: plan.language_codes().into_iter().map(str::to_owned).collect(),
        agencies,
        services,
    };
    write_json(&out_dir.join("world.json"), &world)?;
    write_lines(&out_dir.join("posts.ndjson"), drafts.iter().map(|d| &d.post))?;
    write_lines(&out_dir.join("population.ndjson"), people.accounts.iter())?;
    let back = truth.items.iter().filter_map(|item| item.reappears.as_ref());
    write_lines(&out_dir.join("reappearances.ndjson"), back)?;
    let intake = write_intake(plan, &world, &drafts, out_dir)?;
    banks::write(&world, &drafts, &people, &out_dir.join("banks"))?;
    write_json(&out_dir.join("truth.json"), &truth)?;
    Ok(Made { seed: plan.seed, posts: drafts.len(), intake, pictures: media.files(), truth: truth.counts })
}

/// The start of the play.
pub(crate) fn start_at() -> Timestamp {
    Timestamp::from_second(START_AT_S).unwrap_or_default()
}

/// One file an agency. A second agency sees the item under another form of its address.
fn write_intake(
    plan: &Plan,
    world: &World,
    drafts: &[posts::Draft],
    out_dir: &Path,
) -> Result<BTreeMap<String, usize>, Error> {
    let folder = out_dir.join("intake");
    fs::create_dir_all(&folder).map_err(Error::io(folder.display()))?;
    let mut counts = BTreeMap::new();
    for agency in &world.agencies {
        let mut rng = crate::rng::Rng::new(plan.seed, &format!("intake {}", agency.id));
        let mut lines: Vec<Post> = Vec::new();
        for draft in drafts {
            match draft.truth.agencies.iter().position(|a| *a == agency.id) {
                Some(0) => lines.push(draft.post.clone()),
                Some(_) => {
                    let url = place::other_form(&mut rng, &draft.truth.url);
                    lines.push(Post { url, ..draft.post.clone() });
                }
                None => {}
            }
        }
        write_lines(&folder.join(format!("{}.ndjson", agency.id)), lines.iter())?;
        counts.insert(agency.id.clone(), lines.len());
    }
    link_media(&folder)?;
    Ok(counts)
}

/// Paths of pictures are relative to the file that names them, so `intake/media` leads to `media`.
fn link_media(folder: &Path) -> Result<(), Error> {
    let link = folder.join("media");
    if link.symlink_metadata().is_ok() {
        return Ok(());
    }
    std::os::unix::fs::symlink("../media", &link).map_err(Error::io(link.display()))
}

/// Writes pretty JSON with a final line feed.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), Error> {
    let mut text = serde_json::to_vec_pretty(value).map_err(Error::bug)?;
    text.push(b'\n');
    fs::write(path, text).map_err(Error::io(path.display()))
}

/// Writes one JSON document a line.
pub(crate) fn write_lines<'a, T: Serialize + 'a>(
    path: &Path,
    lines: impl Iterator<Item = &'a T>,
) -> Result<(), Error> {
    let file = fs::File::create(path).map_err(Error::io(path.display()))?;
    let mut out = BufWriter::new(file);
    for line in lines {
        serde_json::to_writer(&mut out, line).map_err(Error::bug)?;
        out.write_all(b"\n").map_err(Error::io(path.display()))?;
    }
    out.flush().map_err(Error::io(path.display()))
}
