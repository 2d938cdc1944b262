//! Cargo, started by a program that cargo started.

use std::process::Command;

/// Cargo as a shell would start it. What the outer one said of this package goes: some build scripts (ring's) ask for
/// such variables, so that they, and all that is built on them, would be built again each time they come and go.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let of_package = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
                .iter()
                .any(|start| name.starts_with(start))
        });
        if of_package {
            command.env_remove(name);
        }
    }
    command
}
