//! `cargo xtask fuzz`: the targets of `fuzz/`, each for a while, side by side, guided by coverage (libFuzzer, on stable Rust).
//!
//! What was found interesting is kept under the target folder in `fuzz/corpus/`, one folder a target; each run begins
//! with it, with the lines of `fuzz/seeds/TARGET.txt` (`\n` in them is a new line; `hex:` begins bytes), and with the strings of the samples'
//! vectors where there are samples. An input that breaks a target is kept in `fuzz/broken/`, and its path is said.

use crate::cargo::cargo;
use std::fs;
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a target runs when nothing else is said.
const SECONDS: u64 = 60;

/// Longest input that is made.
const INPUT_MAX_BYTES: usize = 4096;

/// An input that takes longer is a hang.
const HANG_SECONDS: u64 = 1;

/// More memory than this is too much.
const MEMORY_MAX_MIB: usize = 2048;

/// Strings of the vectors that are taken.
const VECTORS_MAX: usize = 20_000;

/// Counters in every edge and compared values, which is what libFuzzer steers by.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Builds the targets and runs them; true when none broke.
pub(crate) fn run(options: &[&str]) -> Result<bool, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let Wanted { seconds, seed, names } = Wanted::read(options)?;
    let all = targets(&root)?;
    if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
        return Err(format!("{unknown}: no such target; there are {}", all.join(", ")));
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("fuzz");
    // --target keeps the flags away from build scripts
    let host = host()?;
    let build = cargo()
        .args(["build", "--release", "--target", &host, "--manifest-path"])
        .arg(root.join("fuzz/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
        .status();
    if !build.map_err(|error| format!("cargo does not start ({error})"))?.success() {
        return Ok(false);
    }
    let wanted: Vec<&String> = all.iter().filter(|name| names.is_empty() || names.contains(name)).collect();
    let programs = target.join(&host).join("release");
    let sound = run_all(&wanted, |name| one((&root, &target), &programs.join(name), name, (seconds, seed)))?;
    println!("{} targets of {seconds} s each, {sound} sound", wanted.len());
    Ok(sound == wanted.len())
}

/// Runs the targets, as many at once as the machine has processors, and counts the sound ones.
fn run_all(names: &[&String], one: impl Fn(&str) -> std::io::Result<bool> + Sync) -> Result<usize, String> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<usize, String> {
        let mut sound = 0;
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            sound += usize::from(one(name).map_err(|error| format!("{name}: {error}"))?);
        }
        Ok(sound)
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|each| each.join().unwrap_or(Err("a thread broke".to_owned()))).sum()
    })
}

struct Wanted {
    seconds: u64,
    seed: u64,
    names: Vec<String>,
}

impl Wanted {
    fn read(options: &[&str]) -> Result<Self, String> {
        let mut wanted = Self { seconds: SECONDS, seed: 0, names: Vec::new() };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let unit = match *option {
                "--seconds" => 1,
                "--minutes" => 60,
                "--seed" => 0,
                other if other.starts_with('-') => {
                    return Err(format!("{other}: no such option; see cargo xtask --help"));
                }
                name => {
                    wanted.names.push(name.to_owned());
                    continue;
                }
            };
            let number: Option<u64> =
                options.next().and_then(|word| word.parse().ok()).filter(|number| *number > 0);
            let number = number.ok_or_else(|| format!("{option}: a number follows it"))?;
            if unit == 0 {
                wanted.seed = number;
            } else {
                wanted.seconds = number.saturating_mul(unit);
            }
        }
        Ok(wanted)
    }
}

/// The targets by name: the files of `fuzz/targets`.
fn targets(root: &Path) -> Result<Vec<String>, String> {
    let files = fs::read_dir(root.join("fuzz/targets")).map_err(|error| format!("fuzz/targets: {error}"))?;
    let mut names: Vec<String> =
        files.flatten().filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

/// The machine's own triple, as rustc says it.
fn host() -> Result<String, String> {
    let said = Command::new("rustc")
        .arg("-vV")
        .output()
        .map_err(|error| format!("rustc does not start ({error})"))?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or("rustc names no host".to_owned())
}

/// Runs a target for its time. On a busy machine an input may wait for a second while others compute, so one that
/// was said to hang is asked again by itself, and the target goes on when it does not.
fn one(
    (root, target): (&Path, &Path),
    program: &Path,
    name: &str,
    (seconds, seed): (u64, u64),
) -> std::io::Result<bool> {
    let folder = |part: &str| target.join(part).join(name);
    let (corpus, seeds, broken) = (folder("corpus"), folder("seeds"), folder("broken"));
    for folder in [&corpus, &seeds, &broken] {
        fs::create_dir_all(folder)?;
    }
    write_seeds(root, &seeds, name)?;
    let log = target.join(format!("{name}.log"));
    let fuzzing = Fuzzing { program, corpus: &corpus, seeds: &seeds, broken: &broken, log: &log, seed };
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut inputs = 0;
    let mut trouble = Vec::new();
    while let left @ 1.. = end.saturating_duration_since(Instant::now()).as_secs() {
        let round = fuzzing.run(left)?;
        inputs += round.inputs;
        let Some(told) = round.trouble else { break };
        match round.slow {
            Some(input) if fuzzing.is_quick(&input)? => fs::remove_file(input)?,
            _ => {
                trouble = told;
                break;
            }
        }
    }
    let kept = fs::read_dir(&corpus)?.count();
    let words = if trouble.is_empty() { "sound" } else { "BROKEN" };
    let mut out = std::io::stdout();
    writeln!(out, "{name}: {words}, {inputs} inputs in {seconds} s, {kept} kept; {}", log.display())?;
    trouble.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    Ok(trouble.is_empty())
}

/// A target and its folders.
struct Fuzzing<'a> {
    program: &'a Path,
    corpus: &'a Path,
    seeds: &'a Path,
    broken: &'a Path,
    log: &'a Path,
    /// Of libFuzzer's dice; 0 throws new ones.
    seed: u64,
}

/// What one run of libFuzzer came to.
struct Round {
    inputs: u64,
    /// What it said when it broke.
    trouble: Option<Vec<String>>,
    /// The input that took too long, when that was the trouble.
    slow: Option<PathBuf>,
}

impl Fuzzing<'_> {
    fn run(&self, seconds: u64) -> std::io::Result<Round> {
        let ended = Command::new(self.program)
            .args([self.corpus, self.seeds])
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-seed={}", self.seed))
            .arg(format!("-max_len={INPUT_MAX_BYTES}"))
            .arg(format!("-timeout={HANG_SECONDS}"))
            .arg(format!("-rss_limit_mb={MEMORY_MAX_MIB}"))
            .arg(format!("-artifact_prefix={}/", self.broken.display()))
            .args(["-print_final_stats=1", "-verbosity=1"])
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.log)?)
            .status()?;
        let said = String::from_utf8_lossy(&fs::read(self.log)?).into_owned();
        let inputs = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        let inputs = inputs.and_then(|count| count.trim().parse().ok()).unwrap_or_default();
        if ended.success() {
            return Ok(Round { inputs, trouble: None, slow: None });
        }
        let telling = |line: &&str| line.contains("panicked at") || line.contains("Test unit written");
        let mut told: Vec<String> = said.lines().filter(telling).map(str::to_owned).collect();
        if told.is_empty() {
            told.push(format!("it ended with {ended}"));
        }
        let slow = told.iter().find_map(|line| line.split_once("Test unit written to "));
        let slow = slow.map(|(_, path)| PathBuf::from(path)).filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("timeout-"))
        });
        Ok(Round { inputs, trouble: Some(told), slow })
    }

    /// Whether an input is done in time in one of three attempts.
    fn is_quick(&self, input: &Path) -> std::io::Result<bool> {
        for _ in 0..3 {
            let mut again = Command::new(self.program);
            again.arg(input).arg(format!("-timeout={HANG_SECONDS}"));
            again.arg(format!("-artifact_prefix={}/", self.broken.display()));
            if again.stdout(Stdio::null()).stderr(Stdio::null()).status()?.success() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A file for each line of the committed seeds, and for each string of the vectors.
fn write_seeds(root: &Path, seeds: &Path, name: &str) -> std::io::Result<()> {
    let own = fs::read_to_string(root.join("fuzz/seeds").join(format!("{name}.txt"))).unwrap_or_default();
    let own = own.lines().map(seed);
    for (at, seed) in own.chain(vectors(root).into_iter().map(String::into_bytes)).enumerate() {
        fs::write(seeds.join(format!("{at:05}")), seed)?;
    }
    Ok(())
}

/// The bytes of a line.
fn seed(line: &str) -> Vec<u8> {
    let bytes = |hex: &str| {
        let pairs = hex.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).ok());
        pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
    };
    line.strip_prefix("hex:").and_then(bytes).unwrap_or_else(|| line.replace("\\n", "\n").into_bytes())
}

/// The strings in the vectors of addresses and identifiers, where there are samples.
fn vectors(root: &Path) -> Vec<String> {
    let named = std::env::var_os("RENVOI_SAMPLES").map(PathBuf::from);
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut above = root.ancestors().map(|folder| folder.join("shared/samples"));
    let Some(samples) = named.or_else(|| above.find(|folder| folder.is_dir())) else { return Vec::new() };
    let files = ["url_canonical", "financial_ids"]
        .iter()
        .flat_map(|part| fs::read_dir(samples.join("vectors").join(part)));
    let texts = files.flatten().flatten().filter_map(|file| fs::read_to_string(file.path()).ok());
    let mut strings: Vec<String> = texts
        .flat_map(|text| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    strings.retain(|text| (3..=INPUT_MAX_BYTES).contains(&text.len()));
    strings.sort();
    strings.dedup();
    strings.truncate(VECTORS_MAX);
    strings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options() {
        let check = |options: &[&str], expected: Result<(u64, &[&str]), ()>| {
            let found = Wanted::read(options).map(|wanted| (wanted.seconds, wanted.names)).map_err(|_| ());
            assert_eq!(
                found,
                expected
                    .map(|(seconds, names)| (seconds, names.iter().map(|name| (*name).to_owned()).collect()))
            );
        };
        check(&[], Ok((SECONDS, &[])));
        check(&["--minutes", "10", "normal"], Ok((600, &["normal"])));
        check(&["a", "--seconds", "5", "b"], Ok((5, &["a", "b"])));
        check(&["--seed", "3", "a"], Ok((SECONDS, &["a"])));
        for bad in [&["--seconds"][..], &["--seconds", "0"], &["--minutes", "x"], &["--hours", "1"]] {
            check(bad, Err(()));
        }
    }

    #[test]
    fn seeds() {
        assert_eq!(seed("a\\nb"), b"a\nb");
        assert_eq!(seed("hex:00ff0a"), [0, 255, 10]);
        assert_eq!(seed("hex:0g"), b"hex:0g");
    }

    /// Each file of a target is a binary of the manifest, and has seeds.
    #[test]
    fn targets_are_listed() -> Result<(), String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).map_err(|error| error.to_string())?;
        for name in targets(&root)? {
            assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
            assert!(root.join(format!("fuzz/seeds/{name}.txt")).is_file(), "{name}");
        }
        Ok(())
    }
}
