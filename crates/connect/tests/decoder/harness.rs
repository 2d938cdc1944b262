//! What `cargo test` and nextest expect of a test program: listing, filtering, one line a test.

use std::error::Error;
use std::process::ExitCode;
use std::{panic, process};

pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// A test and its name.
pub(crate) type Test = (&'static str, fn() -> Outcome);

/// Options that are followed by a value.
const VALUED: [&str; 4] = ["--test-threads", "--format", "--color", "--logfile"];

pub(crate) fn run(tests: &[Test], arguments: &[String]) -> ExitCode {
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let (filters, skips) = filters(arguments);
    let fits =
        |name: &str, filter: &&str| if has("--exact") { name == *filter } else { name.contains(*filter) };
    let chosen: Vec<&Test> = tests
        .iter()
        .filter(|(name, _)| filters.is_empty() || filters.iter().any(|filter| fits(name, filter)))
        .filter(|(name, _)| !skips.iter().any(|skip| fits(name, skip)))
        .filter(|_| !has("--ignored"))
        .collect();
    if has("--list") {
        chosen.iter().for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", chosen.len());
    let failed = chosen.iter().filter(|test| !passes(test)).count();
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {} passed; {failed} failed; 0 ignored\n", chosen.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

fn filters(arguments: &[String]) -> (Vec<&str>, Vec<&str>) {
    let (mut filters, mut skips) = (Vec::new(), Vec::new());
    let mut left = arguments.iter().map(String::as_str);
    while let Some(argument) = left.next() {
        match argument {
            "--skip" => skips.extend(left.next()),
            option if VALUED.contains(&option) => _ = left.next(),
            option if option.starts_with("--") => {}
            filter => filters.push(filter),
        }
    }
    (filters, skips)
}

fn passes((name, test): &Test) -> bool {
    let outcome = panic::catch_unwind(test);
    let word = match &outcome {
        Ok(Ok(())) => "ok".to_owned(),
        Ok(Err(error)) => format!("FAILED: {error}"),
        Err(_) => format!("FAILED: panicked (process {})", process::id()),
    };
    println!("test {name} ... {word}");
    matches!(outcome, Ok(Ok(())))
}
