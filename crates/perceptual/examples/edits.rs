//! Measures which edited copies are found: `edits FOLDER SET [EVERY]`, where FOLDER is what `edits.py` wrote and SET
//! is `tuned`, `held-out` or `all` (half of the pictures each, by a hash of the name), of which every EVERYth copy is asked about. `bench/perceptual/run` prints the
//! table from its lines `edit original found-by`, and the lines `false …`.
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use perceptual::decode::{self, Limits, Picture};
use perceptual::pdq;
use perceptual::points::{self, Index, Points};
use perceptual::variants::{self, Variant};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// As the box of `connect` has them.
const LIMITS: Limits = Limits { side_px: 30_000, pixels: 40_000_000, memory_bytes: 256 << 20 };
const THREADS: usize = 2;

struct Listed {
    name: String,
    variants: Vec<Variant>,
    points: Points,
}

fn read(path: &Path) -> Result<Picture, Failure> {
    let failed = |why: String| format!("{}: {why}", path.display());
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    Ok(decode::picture(&bytes, LIMITS).map_err(|why| failed(why.to_string()))?)
}

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, set, rest @ ..] = &args[..] else { return Err("usage: edits FOLDER SET [EVERY]".into()) };
    let every = rest.first().map_or(Ok(1), |text| text.parse())?;
    let folder = PathBuf::from(folder);
    let mut names: Vec<String> = std::fs::read_dir(folder.join("original"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().trim_end_matches(".png").to_owned()))
        .collect::<Result<_, Failure>>()?;
    names.retain(|name| set == "all" || (set == "held-out") == is_held_out(name));
    names.sort();
    let listed = on_threads(&names, |name| {
        let picture = read(&folder.join(format!("original/{name}.png")))?;
        let rgb = picture.as_rgb().ok_or("size")?;
        let (variants, points) = (variants::listed(&rgb), Points::of(&rgb));
        Ok(Listed { name: name.clone(), variants, points })
    })?;
    let index = Index::of(listed.iter().map(|one| &one.points));
    println!("pictures {}", listed.len());
    println!("points {}", index.len());
    for one in &listed {
        let quality = one.variants.first().map_or(0, |first| first.hashes.quality);
        println!("original {} {quality} {}", one.name, one.points.points.len());
    }
    let truth = std::fs::read_to_string(folder.join("truth.csv"))?;
    let lines: Vec<&str> = truth.lines().skip(1).collect();
    let mut asked: Vec<(&str, String, &str)> = lines
        .iter()
        .filter_map(|line| {
            let (file, rest) = line.split_once(',')?;
            let (original, edit) = rest.split_once(',')?;
            Some((file, original.trim_start_matches("original/").trim_end_matches(".png").to_owned(), edit))
        })
        .filter(|(_, original, _)| names.contains(original))
        .enumerate()
        .filter(|(n, _)| (n + n / 20) % every == 0)
        .map(|(_, copy)| copy)
        .collect();
    // In no order of names, so that a run that is broken off is a fair part.
    asked.sort_by_key(|(file, _, _)| fnv(file));
    on_threads(&asked, |(file, original, edit)| {
        let picture = read(&folder.join(file))?;
        print!("{}", judge(&picture, original, edit, &listed, &index).ok_or("size")?);
        Ok(())
    })?;
    println!("pairs {}", asked.len() * (listed.len() - 1));
    Ok(())
}

/// The lines of one copy.
fn judge(picture: &Picture, original: &str, edit: &str, listed: &[Listed], index: &Index) -> Option<String> {
    let rgb = picture.as_rgb()?;
    let asked = variants::asked(&rgb);
    let points = Points::of(&rgb);
    let (mut right, mut out) = (Vec::new(), String::new());
    let mut add = |other: &str, why: String, by: &'static str| match other == original {
        true => right.push((by, why)),
        false => out += &format!("false {edit} {original} {other} {by} {why}\n"),
    };
    for one in listed {
        let plain = one.variants.first().zip(asked.first()).is_some_and(|(a, b)| {
            a.hashes.quality.min(b.hashes.quality) >= pdq::MIN_MATCH_QUALITY
                && a.hashes.forms[0].distance(&b.hashes.forms[0]) <= variants::MATCH_RADIUS_BITS
        });
        if plain {
            add(&one.name, "-".into(), "plain");
        }
        if let Some(met) = variants::meet(&one.variants, &asked) {
            let by = match (met.listed, met.asked) {
                (variants::Name::Crop(_), _) => "crop",
                (_, variants::Name::Inset) => "inset",
                (variants::Name::Trimmed, _) | (_, variants::Name::Trimmed) => "trimmed",
                _ => "turned",
            };
            let form = pdq::FORM_NAMES[met.form];
            add(&one.name, format!("{}/{}/{form}/{}", met.listed, met.asked, met.distance), by);
        }
    }
    for form in 0..8 {
        let turned = points.form(form);
        for one in index.candidates(&turned, usize::MAX).into_iter().map(|(n, _)| &listed[n as usize]) {
            let pairs = points::pairs(&one.points, &turned);
            let Some(lay) = points::align(&one.points, &turned, pairs) else { continue };
            let why = format!(
                "{}/{}/{:.2}/{:.2}/{:.2}/{}",
                pdq::FORM_NAMES[form],
                lay.places,
                lay.support,
                lay.agreement,
                lay.visible,
                lay.spread
            );
            if lay.is_match() {
                add(&one.name, why, "points");
            } else if std::env::var_os("NEAR").is_some() {
                add(&one.name, why, "near");
            }
        }
    }
    let by: Vec<String> = right.iter().map(|(by, why)| format!("{by}={why}")).collect();
    Some(format!("{out}copy {edit} {original} {}\n", by.join(" ")))
}

/// Half of the names, by a hash of them.
fn is_held_out(name: &str) -> bool {
    fnv(name) >> 20 & 1 == 1
}

fn fnv(text: &str) -> u64 {
    let step = |value: u64, byte| (value ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
    text.bytes().fold(0xCBF2_9CE4_8422_2325, step)
}

/// All answers in the order of the questions, or the first failure.
fn on_threads<T: Sync, R: Send>(
    all: &[T],
    run: impl Fn(&T) -> Result<R, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = run(one);
                    if let Ok(mut done) = done.lock() {
                        done.push((std::ptr::from_ref(one) as usize, answer));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().map_err(|_| "a thread gave up")?;
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, answer)| answer).collect()
}
