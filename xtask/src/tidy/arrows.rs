//! Arrows between crates go down only (design, section 2).

use super::Finding;
use crate::tree::Tree;

const KERNELS: [&str; 6] = ["perceptual", "nearest", "text", "network", "ledger", "verify"];

/// Each crate and the crates of the house that it may use.
const ARROWS: [(&str, &[&str]); 16] = [
    ("perceptual", &[]),
    ("nearest", &[]),
    ("text", &[]),
    ("network", &[]),
    ("ledger", &[]),
    // The verifier shares no code with the ledger, so it may not even reach it.
    ("verify", &[]),
    // Value types of the kernels, without their default features; it verifies nothing itself.
    ("domain", &["perceptual", "nearest", "text", "network", "ledger"]),
    // It counts a report again from the exported ledger: nothing that counted it first, nor what wrote the ledger.
    ("recount", &[]),
    ("exchange", &["domain"]),
    ("store", &["domain", "ledger"]),
    // The decoder box feeds pixels to `perceptual` (decision D19); links have one canonical form, that of `text`.
    ("connect", &["exchange", "domain", "perceptual", "text"]),
    // A bank as a file: what files are compared with, without a house.
    ("bankfile", &["connect", "domain", "perceptual", "nearest", "text"]),
    (
        "app",
        &[
            "store",
            "connect",
            "exchange",
            "domain",
            "perceptual",
            "nearest",
            "text",
            "network",
            "ledger",
            "verify",
        ],
    ),
    ("server", &["app", "domain"]),
    // `lookup` and `network` are kernels for people with files, without a house.
    ("renvoi", &["server", "app", "world", "verify", "recount", "nearest", "network", "bankfile"]),
    // The world knows no kernel and no domain, so that its truth is independent (decision D30).
    ("world", &[]),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.under("crates/", "/Cargo.toml") {
        let Some(name) = path.strip_prefix("crates/").and_then(|p| p.strip_suffix("/Cargo.toml")) else {
            continue;
        };
        if name.contains('/') {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            let remedy = "give it a layer in xtask/src/tidy/arrows.rs and in ARCHITECTURE.md";
            findings.push(Finding::new(path, 1, format!("the crate {name} has no layer"), remedy));
            continue;
        };
        for dependency in dependencies(text) {
            findings.extend(judge(path, name, allowed, &dependency));
        }
    }
    findings
}

fn judge(path: &str, name: &str, allowed: &[&str], dependency: &Dependency) -> Option<Finding> {
    let to = dependency.to.as_str();
    let line = dependency.line;
    if dependency.for_tests {
        // Tests may look across, but the verifier, the recount and the world stay apart even there.
        let apart = (name == "verify" && to == "ledger") || name == "world" || name == "recount";
        let remedy = "move the test to the crate that may know both";
        return apart.then(|| Finding::new(path, line, format!("tests of {name} use {to}"), remedy));
    }
    if !allowed.contains(&to) {
        let may = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
        let remedy = format!("move the code, or let a layer above join them (may use: {may})");
        return Some(Finding::new(
            path,
            line,
            format!("the arrow {name} → {to} is not in the design"),
            remedy,
        ));
    }
    if name == "domain" && KERNELS.contains(&to) && dependency.with_features {
        let remedy = "take the value types alone, without features";
        return Some(Finding::new(path, line, format!("domain uses features of {to}"), remedy));
    }
    None
}

/// One use of a crate of the house.
struct Dependency {
    to: String,
    line: usize,
    for_tests: bool,
    with_features: bool,
}

/// The crates of the house that a manifest names in any of its sections of dependencies, also renamed ones.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut section = String::new();
    let mut found: Vec<Dependency> = Vec::new();
    for (n, line) in manifest.lines().enumerate() {
        let line = line.split('#').next().unwrap_or("").trim();
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').to_owned();
        }
        if !section.contains("dependencies") {
            continue;
        }
        let for_tests = section.contains("dev-dependencies");
        let with_features = line.contains("features = [") || line.contains("default-features = true");
        // `renvoi-x = …`, `y = { package = "renvoi-x" }`, `[dependencies.renvoi-x]`
        match line
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .find_map(|w| w.strip_prefix("renvoi-"))
        {
            Some(to) => found.push(Dependency { to: to.to_owned(), line: n + 1, for_tests, with_features }),
            None if section.contains("renvoi-") && with_features => {
                found.iter_mut().rev().take(1).for_each(|last| last.with_features = true);
            }
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn arrows() {
        let check = |krate: &str, manifest: &str, expected: &[&str]| {
            let path = format!("crates/{krate}/Cargo.toml");
            assert_eq!(found(super::check, &[(&path, manifest)]), expected, "{krate}: {manifest}");
        };
        check(
            "app",
            "[dependencies]\nrenvoi-store = { workspace = true }\nrenvoi-verify.workspace = true",
            &[],
        );
        check("server", "[dependencies]\nrenvoi-app.workspace = true\nserde = \"1\" # renvoi-store", &[]);
        let up = "crates/store/Cargo.toml:2: the arrow store → app is not in the design";
        check("store", "[dependencies]\nrenvoi-app.workspace = true", &[up]);
        check("store", "[dependencies]\nx = { package = \"renvoi-app\", path = \"../app\" }", &[up]);
        check("store", "[target.'cfg(unix)'.build-dependencies]\nrenvoi-app.workspace = true", &[up]);
        let at_header = "crates/store/Cargo.toml:1: the arrow store → app is not in the design";
        check("store", "[dependencies.renvoi-app]\nworkspace = true", &[at_header]);
        check("ledger", "[dev-dependencies]\nrenvoi-verify.workspace = true", &[]);
        let apart = "crates/verify/Cargo.toml:2: tests of verify use ledger";
        check("verify", "[dev-dependencies]\nrenvoi-ledger.workspace = true", &[apart]);
        let not_domain = "crates/world/Cargo.toml:2: the arrow world → domain is not in the design";
        check("world", "[dependencies]\nrenvoi-domain.workspace = true", &[not_domain]);
        let features = "crates/domain/Cargo.toml:2: domain uses features of perceptual";
        let manifest = "[dependencies]\nrenvoi-perceptual = { workspace = true, features = [\"decode\"] }";
        check("domain", manifest, &[features]);
        check("extra", "", &["crates/extra/Cargo.toml:1: the crate extra has no layer"]);
    }
}
