//! `cargo xtask bench`: builds the release binary and the bench, and runs the bench on it.

use crate::cargo::cargo;
use std::path::Path;
use std::process::Command;

/// Builds both, then runs the bench with the options as they are.
///
/// # Errors
/// One sentence that says which step did not start.
pub(crate) fn run(options: &[&str]) -> Result<bool, String> {
    let xtask = std::env::var("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").to_owned());
    let root = Path::new(&xtask).join("..");
    let build = ["build", "--release", "-p", "renvoi", "-p", "renvoi-bench"];
    if !step(cargo().args(build).current_dir(&root))? {
        return Ok(false);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let program = target.join("release/renvoi");
    let mut bench = Command::new(target.join("release/renvoi-bench"));
    bench.args(options);
    if !options.iter().any(|option| matches!(*option, "--program" | "--help" | "help")) && !options.is_empty()
    {
        bench.arg("--program").arg(program);
    }
    step(&mut bench)
}

fn step(command: &mut Command) -> Result<bool, String> {
    let status = command.status().map_err(|error| format!("{command:?} does not start: {error}"))?;
    Ok(status.success())
}
