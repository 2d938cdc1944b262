//! Kills and power cuts of the real program; `cargo xtask crash` runs this with larger numbers.

use std::path::PathBuf;
use std::time::Instant;
use world::crash::{Options, run};

/// Kills, power cuts and seed, when `RENVOI_CRASH` does not say others.
const USUAL: [usize; 3] = [4, 2, 1];

/// Nothing acknowledged is lost, nothing is sent twice, and a receipt stands for what is kept (RXP-33).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crash_power() -> Result<(), world::Error> {
    // A second installation is refused and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let words = std::env::var("RENVOI_CRASH").unwrap_or_default();
    let numbers: Vec<usize> = words.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [kills, power_cuts, seed] = numbers.try_into().unwrap_or(USUAL);
    let folder = std::env::temp_dir().join(format!("renvoi-crash-{}", std::process::id()));
    let program = PathBuf::from(env!("CARGO_BIN_EXE_renvoi"));
    let options = Options { program, folder: folder.clone(), kills, power_cuts, seed: seed as u64 };
    let began = Instant::now();
    let good = run(&options, &|what| println!("{:>6.1} s  {what}", began.elapsed().as_secs_f64())).await?;
    assert!(good, "everything of this run is in {}", folder.display());
    let _ = std::fs::remove_dir_all(&folder);
    Ok(())
}
