//! `renvoi scan`: grep for known content. Needs no data directory.

use super::out::tell;
use super::{Done, Failed, out as printed};
use bankfile::bank::{Bank, Entry};
use bankfile::compare::Match;
use bankfile::file::{named, printable};
use bankfile::inside::{Inside, OF_WORDS, Words};
use bankfile::scan::{self, Plan, Stats, Told};
use bankfile::walk::Rules;
use bankfile::{Reader, pdf};
use clap::Args;
use serde_json::{Value, json};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No file matches.
const EXIT_NONE: u8 = 1;
/// Time between two looks at how far it is.
const PROGRESS: Duration = Duration::from_millis(200);
/// Longest file of patterns, in bytes.
const PATTERNS_MAX_BYTES: usize = 1 << 20;

/// Finds known content in files and folders, as grep finds words
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  renvoi scan ./uploads --bank bank.ndjson\n  renvoi scan ./uploads --bank ./banks --json --stats --exclude '*.tmp' --exclude /thumbs/\n\nFiles in the folders never say what is left out; only --exclude does. Links are not followed.\n\nExit codes: 0 a file matches, 1 none does, 2 trouble: no bank or an empty one, a path that is not there or cannot be compared, no decoder."
)]
pub(crate) struct Scan {
    /// Files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A bank file, or a folder of them (see docs/formats.md).
    #[arg(long, value_name = "FILE|DIR")]
    bank: PathBuf,
    /// Prints one JSON object a match.
    #[arg(long)]
    json: bool,
    /// Names what was skipped, and what the scan came to, on standard error.
    #[arg(long)]
    stats: bool,
    /// Reads words in pictures by machine too (tesseract): some seconds a picture, and it may misread.
    #[arg(long)]
    ocr: bool,
    /// Follows symbolic links; each folder is read once.
    #[arg(long)]
    follow: bool,
    #[command(flatten)]
    files: Files,
}

/// Which files are read.
#[derive(Debug, Args)]
pub(crate) struct Files {
    /// Leaves out what a pattern of .gitignore would; may be given more than once.
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Leaves out what the patterns of a file would.
    #[arg(long, value_name = "FILE")]
    exclude_from: Vec<PathBuf>,
    /// Files over so many MiB are not read.
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    max_mib: u64,
}

impl Files {
    pub(crate) fn bytes_max(&self) -> u64 {
        self.max_mib << 20
    }

    pub(crate) fn rules(&self, follow: bool) -> Result<Rules, Failed> {
        let mut patterns = self.exclude.clone();
        for file in &self.exclude_from {
            let bad = |why: String| Failed::Input(format!("{}: {why}", file.display()));
            let bytes = bankfile::file::bytes(file, PATTERNS_MAX_BYTES).map_err(bad)?;
            let text = String::from_utf8(bytes).map_err(|_| bad("It is not UTF-8.".to_owned()))?;
            patterns.extend(text.lines().map(str::to_owned));
        }
        Rules::new(&patterns, follow).map_err(Failed::Input)
    }
}

impl Scan {
    pub(crate) async fn run(self) -> Done {
        let at = Instant::now();
        let path = self.bank.clone();
        if std::fs::metadata(&path).is_ok_and(|facts| !facts.is_file() && !facts.is_dir()) {
            let said = "A bank is read twice here, so it is a file or a folder. Write it to one.";
            return Err(Failed::Input(format!("{}: {said}", path.display())));
        }
        let read = tokio::task::spawn_blocking(move || Bank::read(&path));
        let bank = read.await.map_err(|error| Failed::Input(error.to_string()))?;
        let bank = Arc::new(bank.map_err(|error| Failed::Input(error.to_string()))?);
        let plan = Plan {
            rules: self.files.rules(self.follow)?,
            bytes_max: self.files.bytes_max(),
            paths: self.paths.clone(),
        };
        self.tell_of(&bank);
        if bank.summary.signals == 0 {
            return Err(Failed::Input(super::NO_SIGNAL.to_owned()));
        }
        let reader = match self.ocr {
            true => Some(Reader::find().await.map_err(Failed::Input)?),
            false => None,
        };
        let (path, held) = (self.bank.clone(), Arc::clone(&bank));
        let words = tokio::task::spawn_blocking(move || Words::of(&path, &held, reader)).await;
        let words = words.map_err(|error| Failed::Input(error.to_string()))?;
        let words = Arc::new(words.map_err(|error| Failed::Input(error.to_string()))?);
        let missing_tools = pdf::missing();
        if !missing_tools.is_empty() {
            let (tools, package) = (missing_tools.join(", "), pdf::PACKAGE);
            tell!("renvoi: PDF files are compared by their bytes alone: {tools} missing, install {package}");
        }
        let mut out = BufWriter::new(std::io::stdout().lock());
        let mut progress = Progress::new();
        let (mut missing, mut has_gone) = (false, false);
        let mut tell = |told: &Told, stats: &Stats| {
            if self.is_loud(told) {
                progress.wipe();
            }
            let by_hand = |path: &PathBuf| self.paths.contains(path);
            if let Told::NoFolder(path, why) | Told::Skipped(path, why, _) = told
                && (matches!(told, Told::NoFolder(..)) || by_hand(path))
            {
                tell!("renvoi: {}: {why}", printable(&named(path).0));
                missing |= by_hand(path) && told.matches().is_none_or(|(_, matches)| matches.is_empty());
            }
            self.tell(told, &bank, &mut out).map_err(|error| {
                has_gone = printed::has_gone(&error);
                format!("The output cannot be written: {error}.")
            })?;
            progress.show(stats);
            Ok(())
        };
        let stats = match scan::run(plan, Arc::clone(&bank), words, &mut tell).await {
            // Something matched, and nobody wants to know more.
            Err(_) if has_gone => {
                // What is left would only be tried again.
                drop(out.into_parts());
                return Ok(());
            }
            stats => stats.map_err(Failed::Input)?,
        };
        printed::told(out.flush())?;
        progress.wipe();
        if self.stats {
            let mut all = serde_json::to_value(&stats)?;
            all["seconds"] = json!((at.elapsed().as_secs_f64() * 1e3).round() / 1e3);
            tell!("{}", json!({ "stats": all }));
        }
        match (missing, stats.hits) {
            (true, _) => Err(Failed::Told(super::EXIT_INPUT)),
            (false, 0) => Err(Failed::Told(EXIT_NONE)),
            (false, _) => Ok(()),
        }
    }

    /// What of the bank is not compared, so that nobody takes it for compared.
    fn tell_of(&self, bank: &Bank) {
        for aside in &bank.summary.set_aside {
            tell!("renvoi: {}, {}: {}", self.bank.display(), aside.at, printable(&aside.reason));
        }
        if bank.summary.set_aside_unlisted > 0 {
            tell!("renvoi: {} more lines were set aside", bank.summary.set_aside_unlisted);
        }
        for (kind, count) in &bank.left_alone {
            if OF_WORDS.iter().all(|word| word.word() != *kind) {
                tell!("renvoi: not compared with files: {kind}, signals: {count}");
            }
        }
    }

    /// Whether a line is written about it.
    fn is_loud(&self, told: &Told) -> bool {
        match told {
            Told::NoFolder(..) => true,
            Told::Skipped(path, _, matches) => self.stats || !matches.is_empty() || self.paths.contains(path),
            Told::Scanned(_, matches) => !matches.is_empty(),
            Told::Excluded(..) => false,
        }
    }

    fn tell(&self, told: &Told, bank: &Bank, out: &mut impl Write) -> std::io::Result<()> {
        if self.stats
            && let Told::Skipped(path, why, _) = told
        {
            let (name, hex) = named(path);
            let mut skipped = json!({ "path": name, "reason": why });
            if let Some(hex) = hex {
                skipped["path_hex"] = hex.into();
            }
            tell!("{}", json!({ "skipped": skipped }));
        }
        let Some((path, matches)) = told.matches() else { return Ok(()) };
        for found in &matches.found {
            let entry = &bank.entries[found.entry as usize];
            match self.json {
                true => writeln!(out, "{}", as_json(path, found, entry, bank))?,
                false => writeln!(out, "{}", as_text(path, found, entry))?,
            }
        }
        for inside in &matches.inside {
            match self.json {
                true => writeln!(out, "{}", inside_as_json(path, inside))?,
                false => writeln!(out, "{}", inside_as_text(path, inside))?,
            }
        }
        // What is found is seen when it is found.
        if matches.is_empty() { Ok(()) } else { out.flush() }
    }
}

fn as_json(path: &Path, found: &Match, entry: &Entry, bank: &Bank) -> Value {
    let (name, hex) = named(path);
    let mut line = json!({
        "path": name, "kind": entry.kind, "signal": entry.value, "bank": bank.names[usize::from(entry.bank)],
        "label": entry.label, "distance": found.distance, "variant": found.variant, "why": found.why,
        "opinion": entry.opinion,
    });
    if let Some(part) = &found.part {
        line["asked_ms"] = json!(part.asked_ms);
        line["listed_ms"] = json!(part.listed_ms);
        line["asked_percent"] = part.asked_percent.into();
        line["listed_percent"] = part.listed_percent.into();
        line["speed_per_mille"] = part.speed_per_mille.into();
    }
    if let Some(hex) = hex {
        line["path_hex"] = hex.into();
    }
    line
}

/// `kind` says that it stands inside; what was compared is `signal_kind`.
fn inside_as_json(path: &Path, inside: &Inside) -> Value {
    let (name, hex) = named(path);
    let mut line = json!({
        "path": name, "kind": if inside.part == "picture" { "words" } else { "document" }, "signal": inside.signal,
        "bank": inside.bank, "label": inside.label, "distance": inside.distance, "variant": inside.variant,
        "why": inside.why, "opinion": inside.opinion, "signal_kind": inside.kind, "part": inside.part,
        "read_by_machine": inside.read_by_machine,
    });
    if let Some(hex) = hex {
        line["path_hex"] = hex.into();
    }
    line
}

fn inside_as_text(path: &Path, inside: &Inside) -> String {
    let label = inside.label.as_deref().map(|label| format!(" [{label}]")).unwrap_or_default();
    printable(&format!("{}:{label} {}", named(path).0, inside.why))
}

fn as_text(path: &Path, found: &Match, entry: &Entry) -> String {
    let label = entry.label.as_deref().map(|label| format!(" [{label}]")).unwrap_or_default();
    printable(&format!("{}:{label} {}", named(path).0, found.why))
}

/// How far it is, on a terminal.
struct Progress {
    on: bool,
    shown: Option<Instant>,
}

impl Progress {
    fn new() -> Self {
        Self { on: std::io::stderr().is_terminal(), shown: None }
    }

    fn show(&mut self, stats: &Stats) {
        if self.on && self.shown.is_none_or(|shown| shown.elapsed() > PROGRESS) {
            self.shown = Some(Instant::now());
            printed::beside_as_is(format_args!(
                "\r\x1b[K{} files, {} match, {} skipped",
                stats.files, stats.files_matched, stats.skipped
            ));
        }
    }

    /// Takes the line away, so that another may be written; it comes again with the next file.
    fn wipe(&mut self) {
        if self.shown.take().is_some() {
            printed::beside_as_is(format_args!("\r\x1b[K"));
        }
    }
}
