//! `screen BANK <posts >hits`: the stream alone, for `bench/screen.py`; the whole program takes long to build.

use std::time::Instant;

use bankfile::screen::{Bank, Settings, run};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("screen BANK <posts >hits")?;
    let begun = Instant::now();
    let (bank, summary) = Bank::read(path.as_ref())?;
    let loaded = begun.elapsed();
    eprintln!("{} of {} lines left out", summary.left_out(), summary.lines);
    let workers = std::env::var("SCREEN_THREADS").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let settings = Settings { workers, stats: true };
    let name = |line: u64, reason: &str| eprintln!("line {line}: {reason}");
    let report = run(&bank, std::io::stdin(), std::io::stdout(), settings, name)?;
    eprintln!("{}", report.stats(&bank, loaded));
    Ok(())
}
