//! `cargo xtask web`: the islands and the style of the console, bundled into `web/dist`.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// Installs what the lock file names when it is newer than `node_modules`, then bundles.
///
/// # Errors
/// One sentence that says what is missing or which step failed.
pub(crate) fn run() -> Result<bool, String> {
    // Cargo names the folder of this clone; the compiled-in name may be that of another with a shared target.
    let xtask = std::env::var("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").to_owned());
    let web = Path::new(&xtask).join("../web");
    if stale(&web) {
        step(&web, "npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    }
    step(&web, "node", &["build.mjs"])?;
    Ok(true)
}

/// npm writes `node_modules/.package-lock.json` at the end of each install.
fn stale(web: &Path) -> bool {
    let changed = |path: &str| -> Option<SystemTime> { web.join(path).metadata().ok()?.modified().ok() };
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(lock), Some(installed)) => lock > installed,
        _ => true,
    }
}

fn step(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new(program).args(arguments).current_dir(folder).status().map_err(|fault| {
        format!("{program} does not start ({fault}); on Debian: apt-get install nodejs npm")
    })?;
    if status.success() { Ok(()) } else { Err(format!("{program} {} failed in web/", arguments.join(" "))) }
}
