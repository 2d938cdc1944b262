//! `cargo xtask crash`: the test of kills and power cuts (`crates/renvoi/tests/crash.rs`), with numbers of one's own.

use crate::cargo::cargo;

/// Kills when nothing else is said.
const KILLS: u64 = 60;
/// Power cuts when nothing else is said.
const POWER_CUTS: u64 = 6;
/// Seed when nothing else is said.
const SEED: u64 = 1;

/// Builds and runs it; true when nothing was lost and nothing sent twice.
pub(crate) fn run(options: &[&str]) -> Result<bool, String> {
    let (mut kills, mut power_cuts, mut seed) = (KILLS, POWER_CUTS, SEED);
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let number = options.next().and_then(|word| word.parse().ok());
        let number =
            number.ok_or_else(|| format!("{option}: a number follows it; see cargo xtask --help"))?;
        match *option {
            "--kills" => kills = number,
            "--power-cuts" => power_cuts = number,
            "--seed" => seed = number,
            other => return Err(format!("{other}: no such option; see cargo xtask --help")),
        }
    }
    // --workspace: the same features as ./check, so that both share one build.
    let mut command = cargo();
    command.args(["test", "--quiet", "--workspace", "--test", "crash", "--", "--nocapture"]);
    command.env("RENVOI_CRASH", format!("{kills} {power_cuts} {seed}"));
    let ended = command.status().map_err(|e| format!("cargo does not start ({e})"))?;
    Ok(ended.success())
}
