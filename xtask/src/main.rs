//! The project's own chores: `cargo xtask tidy`, `rules`, `tally`, `web`, `crash`, `fuzz`, `bench`.

mod bench;
mod cargo;
mod crash;
mod fuzz;
mod rules;
mod tally;
mod tidy;
mod tree;
mod web;

use std::process::ExitCode;

const HELP: &str = "\
The project's own chores, run from anywhere in the repository.

  cargo xtask tidy
      Proves the shape of the house: arrows between crates, words, sizes, languages, migrations.
      One line for each finding, `path:line: what; what to do`. Ends 1 when there is one (warnings do not count).

  cargo xtask rules [--results FILE] [--strict]
      Prints each rule of docs/rules.toml, its test, where it is, and its result.
      FILE: the JUnit file of nextest (target/nextest/default/junit.xml), or lines `name ok` / `name FAILED`
      as `cargo test` prints them. Ends 1 when a test failed; with --strict also when one is missing or not run.

  cargo xtask tally FILE
      Counts the tests of such a file: one line for each that failed or was skipped, then the three numbers.
      A test that printed `skipped: why` counts as skipped. Ends 1 when one failed.

  cargo xtask web
      Bundles the console's scripts and style into web/dist; installs what web/package-lock.json names first.

  cargo xtask crash [--kills N] [--power-cuts N] [--seed N]
      Kills the real program at random moments of intake, approve, send and recheck, cuts its power, and judges by what
      the providers received. Ends 1 when something acknowledged was lost or something was sent twice.

  cargo xtask fuzz [--minutes N | --seconds N] [--seed N] [TARGET...]
      Feeds hostile input to the parsers, a minute each when nothing is said; fuzz/README.md says more.
      Ends 1 when one broke: the input is kept, and its path is said.

  cargo xtask bench intake|files|clusters [OPTIONS]
      Builds the release binary and measures it: intake of 100,000 posts, big files. bench/README.md says how.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args[..] {
        ["tidy"] => tree::Tree::load().map(|tree| tidy::run(&tree)),
        ["rules", ref options @ ..] => tree::Tree::load().and_then(|tree| rules::run(&tree, options)),
        ["tally", path] => tally::run(path),
        ["web"] => web::run(),
        ["crash", ref options @ ..] => crash::run(options),
        ["fuzz", ref options @ ..] => fuzz::run(options),
        ["bench", ref options @ ..] => bench::run(options),
        ["--help" | "-h" | "help"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}
