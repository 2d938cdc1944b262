//! `cargo xtask tally FILE`: how many tests of a run passed, failed and were skipped, and which did not pass.

use crate::rules::{Case, Outcome, cases};

/// Prints each test that did not pass, then `N passed, N failed, N skipped`; true when none failed.
///
/// # Errors
/// One sentence when the file cannot be read or names no test.
pub(crate) fn run(path: &str) -> Result<bool, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| format!("{path}: cannot be read ({e}); run the tests first"))?;
    let cases = cases(&text);
    if cases.is_empty() {
        return Err(format!("{path}: names no test; run the tests first"));
    }
    for case in &cases {
        let Case { package, name, outcome, reason } = case;
        match outcome {
            Outcome::Passed => {}
            Outcome::Failed => println!("failed   {package} {name}"),
            Outcome::Skipped => {
                println!("skipped  {package} {name}: {}", reason.as_deref().unwrap_or("ignored"));
            }
        }
    }
    let count = |outcome: Outcome| cases.iter().filter(|case| case.outcome == outcome).count();
    let [passed, failed, skipped] = [Outcome::Passed, Outcome::Failed, Outcome::Skipped].map(count);
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    Ok(failed == 0)
}
