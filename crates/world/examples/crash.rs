//! The runner of `cargo xtask crash`: `crash PROGRAM FOLDER KILLS POWER_CUTS SEED`.

use std::process::ExitCode;
use std::time::Instant;
use world::crash::Options;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<u64> = words.iter().skip(2).filter_map(|word| word.parse().ok()).collect();
    let (&[kills, power_cuts, seed], [program, folder, ..]) = (numbers.as_slice(), words.as_slice()) else {
        eprintln!("crash PROGRAM FOLDER KILLS POWER_CUTS SEED; start it with: cargo xtask crash");
        return ExitCode::from(2);
    };
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("crash: another TLS provider was installed before");
    }
    let options = Options {
        program: program.into(),
        folder: folder.into(),
        kills: usize::try_from(kills).unwrap_or(usize::MAX),
        power_cuts: usize::try_from(power_cuts).unwrap_or(usize::MAX),
        seed,
    };
    let began = Instant::now();
    let say = |what: &str| println!("{:>6.1} s  {what}", began.elapsed().as_secs_f64());
    match world::crash::run(&options, &say).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("crash: {error}");
            ExitCode::FAILURE
        }
    }
}
