//! `renvoi lookup`: a list of 256-bit hashes in a folder, searched by nearness. Needs no data directory.

use super::{Done, Failed, out};
use crate::command::out::say;
use clap::{Args, Subcommand, ValueEnum};
use nearest::{Change, Index, Neighbour, Profile, Snapshot, Value};
use serde_json::json;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A line holds one value or one number.
const LINE_BYTES_MAX: usize = 1024;
/// Changes that become visible and durable together.
const BATCH: usize = 10_000;
/// Searches of a bench, however few queries there are.
const BENCH_SEARCHES_MIN: usize = 2_000;
/// Where a built index says how long that took.
const BUILT: &str = "built.json";
/// Stands in what is being built, so that nobody else's folder is taken for what a stopped build left.
const BUILDING: &str = "building";

/// Finds hashes that are near each other, in lists of millions
#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi lookup build hashes.txt --out index && renvoi lookup query index queries.txt --json"
)]
pub(crate) struct Lookup {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes an index of a file with a hexadecimal hash a line; the id is the line's number from 0
    Build {
        /// 64 hexadecimal digits a line
        hashes: PathBuf,
        /// A new folder
        #[arg(long, value_name = "INDEX")]
        out: PathBuf,
        /// Fast takes about 140 bytes a hash, lean under 100
        #[arg(long, value_enum, default_value_t = ProfileName::Fast)]
        profile: ProfileName,
    },
    /// Adds hashes; ids go on after the highest
    Add {
        /// The folder
        index: PathBuf,
        /// 64 hexadecimal digits a line
        hashes: PathBuf,
    },
    /// Takes hashes out
    Remove {
        /// The folder
        index: PathBuf,
        /// An id a line
        ids: PathBuf,
    },
    /// Finds all hashes near those of a file
    Query(Query),
}

#[derive(Debug, Args)]
struct Query {
    /// The folder
    index: PathBuf,
    /// 64 hexadecimal digits a line
    queries: PathBuf,
    /// Bits that may differ
    #[arg(long, default_value_t = 31, value_parser = clap::value_parser!(u32).range(0..=256))]
    radius: u32,
    /// A line of JSON a query
    #[arg(long)]
    json: bool,
    /// Measures, and adds a line about it
    #[arg(long)]
    bench: bool,
    /// Reads the whole index and holds it against its checksums first
    #[arg(long)]
    verify: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ProfileName {
    Fast,
    Lean,
}

impl Lookup {
    pub(crate) fn run(self) -> Done {
        match self.what {
            What::Build { hashes, out, profile } => build(&hashes, &out, profile),
            What::Add { index, hashes } => add(&index, &hashes),
            What::Remove { index, ids } => remove(&index, &ids),
            What::Query(query) => query.run(),
        }
    }
}

/// What is wrong with the index of a folder.
fn of(folder: &Path) -> impl Fn(nearest::Error) -> Failed {
    use nearest::Error;
    move |error| {
        let told = format!("{}: {error}", folder.display());
        match error {
            Error::Missing | Error::Exists | Error::Repeated(_) | Error::TooMany(_) => Failed::Input(told),
            Error::Io { ref source, .. } if source.kind() == std::io::ErrorKind::NotADirectory => {
                Failed::Input(format!(
                    "{} is a file; an index is a folder, as `lookup build` makes it",
                    folder.display()
                ))
            }
            _ => Failed::Other(told),
        }
    }
}

/// Opens an index to change it. A folder that holds none is left as it is.
fn open(folder: &Path) -> Result<Index, Failed> {
    drop(Snapshot::open(folder).map_err(of(folder))?);
    Index::open(folder).map_err(of(folder))
}

fn build(hashes: &Path, out: &Path, profile: ProfileName) -> Done {
    let at = Instant::now();
    let profile = match profile {
        ProfileName::Fast => Profile::Fast,
        ProfileName::Lean => Profile::Lean,
    };
    let values = lines(hashes, HASH, value)?;
    let count = values.len();
    if std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failed::Input(format!("{} is there already and not empty", out.display())));
    }
    // Under another name until it is whole: what a stopped build leaves is no index, and goes with the next one.
    let mut part = out.components().as_path().as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    if part.exists() {
        if !part.join(BUILDING).is_file() {
            return Err(Failed::Input(format!(
                "{} is there already, and no stopped build left it. Move it away, or give --out another name",
                part.display()
            )));
        }
        std::fs::remove_dir_all(&part)?;
    }
    let wrong = |error: std::io::Error| Failed::Other(format!("{}: {error}", out.display()));
    let whole = || -> Done {
        std::fs::create_dir_all(&part).map_err(wrong)?;
        std::fs::write(part.join(BUILDING), "").map_err(wrong)?;
        drop(Index::build(&part, profile, (0..).zip(values)).map_err(of(out))?);
        let built = json!({ "build_s": at.elapsed().as_secs_f64() }).to_string();
        std::fs::write(part.join(BUILT), built).map_err(wrong)?;
        std::fs::remove_file(part.join(BUILDING)).map_err(wrong)?;
        std::fs::rename(&part, out).map_err(wrong)
    };
    if let Err(failed) = whole() {
        // It may never have been made; what went wrong first is told.
        let _ = std::fs::remove_dir_all(&part);
        return Err(failed);
    }
    // The name is as durable as what it names.
    #[cfg(unix)]
    if let Some(around) = out.canonicalize()?.parent() {
        File::open(around)?.sync_all()?;
    }
    say!("{count} hashes in {}", out.display())?;
    Ok(())
}

fn add(index: &Path, hashes: &Path) -> Done {
    let values = lines(hashes, HASH, value)?;
    let opened = open(index)?;
    let first = opened.snapshot().highest_id().map_or(0, |id| id + 1);
    let count = values.len();
    opened.add((first..).zip(values)).map_err(of(index))?;
    say!("{count} hashes added, ids from {first}")?;
    Ok(())
}

fn remove(index: &Path, ids: &Path) -> Done {
    let ids = lines(ids, "an id, a number from 0", |line| line.parse().ok())?;
    let opened = open(index)?;
    let before = opened.snapshot().len();
    for batch in ids.chunks(BATCH) {
        opened.apply(batch.iter().map(|id| Change::Remove { id: *id })).map_err(of(index))?;
        opened.sync().map_err(of(index))?;
    }
    say!("{} of {} ids taken out", before - opened.snapshot().len(), ids.len())?;
    Ok(())
}

impl Query {
    fn run(&self) -> Done {
        let queries = lines(&self.queries, HASH, value)?;
        let at = Instant::now();
        let index = Snapshot::open(&self.index).map_err(of(&self.index))?;
        let opened = at.elapsed();
        if self.verify {
            index.verify().map_err(of(&self.index))?;
        }
        out::all(|out| {
            for query in &queries {
                let matches = index.within(query, self.radius);
                if self.json {
                    let matches: Vec<_> = matches
                        .iter()
                        .map(|near| json!({ "id": near.id, "distance": near.distance }))
                        .collect();
                    writeln!(out, "{}", json!({ "query": hex(query), "matches": matches }))?;
                } else {
                    let words: Vec<String> = matches.iter().map(Neighbour::to_string).collect();
                    writeln!(out, "{} {}", hex(query), words.join(" "))?;
                }
            }
            if self.bench && !queries.is_empty() {
                writeln!(out, "{}", self.measure(&index, &queries, opened))?;
            }
            Ok(())
        })
    }

    /// Searches one by one in one thread, then as many as there are cores.
    fn measure(&self, index: &Snapshot, queries: &[Value], opened: Duration) -> serde_json::Value {
        let searches = BENCH_SEARCHES_MIN.max(queries.len());
        let all = || queries.iter().cycle().take(searches);
        let begun = (Instant::now(), cpu());
        let mut us: Vec<f64> = all()
            .map(|query| {
                let at = Instant::now();
                std::hint::black_box(index.within(query, self.radius));
                at.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        let (one, cpu_used) = (begun.0.elapsed(), cpu().zip(begun.1).map(|(after, before)| after - before));
        us.sort_by(f64::total_cmp);
        let rounded = |figure: f64| (figure * 100.0).round() / 100.0;
        let part = |percent: usize| rounded(us[(us.len() - 1) * percent / 100]);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let at = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| all().map(|query| index.within(query, self.radius).len()).sum::<usize>());
            }
        });
        let rate = |searches: usize, time: Duration| (searches as f64 / time.as_secs_f64()).round();
        let size = index.size();
        // The time of the processor is told in hundredths of a second: the share of it, of the middle search.
        let share = cpu_used.map_or(1.0, |used| (used / one.as_secs_f64()).min(1.0));
        let built: Option<serde_json::Value> =
            std::fs::read(self.index.join(BUILT)).ok().and_then(|text| serde_json::from_slice(&text).ok());
        json!({ "bench": {
            "n": size.values,
            "p10_us": part(10),
            "p50_us": part(50),
            "p99_us": part(99),
            "cpu_p50_us": rounded(part(50) * share),
            "qps_1": rate(searches, one),
            "qps_all": rate(searches * threads, at.elapsed()),
            "bytes_per_hash": rounded(size.bytes as f64 / size.values.max(1) as f64),
            "open_ms": rounded(opened.as_secs_f64() * 1e3),
            "build_s": built.map(|built| built["build_s"].clone()),
        } })
    }
}

/// Seconds of the processor that this process had, where the system tells (`/proc/self/stat`, fields 14 and 15, in
/// hundredths).
fn cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// What a line of hashes is.
const HASH: &str = "a hash of 64 hexadecimal digits";

/// Every line, read; the first that is not what is `wanted` is an error with its place.
fn lines<T>(file: &Path, wanted: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Failed> {
    let wrong = |error: std::io::Error| Failed::Input(format!("{}: {error}", file.display()));
    let opened = File::open(file).map_err(wrong)?;
    let mut reader = BufReader::with_capacity(1 << 20, opened);
    let (mut all, mut line) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        let limit = LINE_BYTES_MAX as u64;
        if std::io::Read::take(&mut reader, limit).read_until(b'\n', &mut line).map_err(wrong)? == 0 {
            return Ok(all);
        }
        let text = std::str::from_utf8(&line).ok().map(str::trim);
        let Some(one) = text.and_then(&read) else {
            let place = all.len() + 1;
            return Err(Failed::Input(format!("{}: line {place} is not {wanted}", file.display())));
        };
        all.push(one);
    }
}

/// 64 hexadecimal digits, the first of which are the highest bits.
fn value(line: &str) -> Option<Value> {
    let digits = line.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let word = |at: usize| u64::from_str_radix(&line[at * 16..at * 16 + 16], 16).ok();
    Some([word(0)?, word(1)?, word(2)?, word(3)?])
}

fn hex(value: &Value) -> String {
    value.iter().map(|word| format!("{word:016x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{hex, value};

    #[test]
    fn hashes_are_64_digits() {
        let text = "f8f8f0cce0f4a84d0e370a22028f67f0b36e2ed596623e1d33e6b39c4e9c9b22";
        assert_eq!(value(text).map(|value| hex(&value)).as_deref(), Some(text));
        assert_eq!(value(&text.to_uppercase()).map(|value| hex(&value)).as_deref(), Some(text));
        for bad in
            ["", "f8", &text[1..], &format!("{text}0"), &text.replace('f', "+"), &text.replace("f8", "é")]
        {
            assert_eq!(value(bad), None, "{bad}");
        }
    }
}
