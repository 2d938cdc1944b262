//! `renvoi screen`: posts in, what is known of a bank out. Needs no data directory.

use super::out::tell;
use super::{Done, Failed};
use bankfile::screen::{Bank, Settings, run};
use clap::Args;
use std::path::PathBuf;
use std::time::Instant;

/// Lines of a bank that are named when they were left out; more are counted.
const LEFT_OUT_NAMED_MAX: usize = 20;

/// Reads posts, a JSON object a line, and writes the hits
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi screen --bank known.csv <posts.ndjson >hits.ndjson")]
pub(crate) struct Screen {
    /// A bank file, or a folder of them
    #[arg(long, value_name = "FILE|DIR")]
    bank: PathBuf,
    /// Says on standard error how many posts there were, how fast, and where the time went
    #[arg(long)]
    stats: bool,
    /// The output is always JSON; accepted as everywhere
    #[arg(long)]
    json: bool,
    /// Threads; as many as there are processors when not said
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

impl Screen {
    pub(crate) fn run(self) -> Done {
        // the output is JSON, asked for or not
        let Self { bank: path, stats, json: _json, threads } = self;
        if std::fs::metadata("/dev/stdin").is_ok_and(|facts| facts.is_dir()) {
            return Err(Failed::Input("Standard input is a folder. Hand in a file of posts.".to_owned()));
        }
        let begun = Instant::now();
        let (bank, summary) = Bank::read(&path).map_err(|error| Failed::Input(error.to_string()))?;
        for aside in summary.set_aside.iter().take(LEFT_OUT_NAMED_MAX) {
            tell!("renvoi: {}, {}: {}", path.display(), aside.at, aside.reason);
        }
        if summary.left_out() > 0 {
            tell!("renvoi: bank: {} of {} lines were left out.", summary.left_out(), summary.lines);
        }
        if summary.signals == 0 {
            return Err(Failed::Input(super::NO_SIGNAL.to_owned()));
        }
        let loaded = begun.elapsed();
        let settings = Settings { workers: threads, stats };
        let name = |line: u64, reason: &str| tell!("renvoi: line {line}: {reason}");
        let report = run(&bank, std::io::stdin(), std::io::stdout(), settings, name).map_err(|error| {
            Failed::Other(format!("The posts cannot be read, or the hits not be written: {error}."))
        })?;
        if stats {
            tell!("{}", report.stats(&bank, loaded));
        }
        if report.bad_lines > 0 {
            tell!("renvoi: {} lines are no posts; the others were read.", report.bad_lines);
            if report.posts == 0 {
                return Err(Failed::Input("No line is a post.".to_owned()));
            }
        }
        Ok(())
    }
}
