//! `renvoi intake` as a process: what it prints and how it ends, for every format.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A format and an example with more than one record.
const EXAMPLES: [(&str, &str); 10] = [
    ("telegram", "telegram.json"),
    ("mastodon", "mastodon.json"),
    ("bluesky", "bluesky-jetstream.ndjson"),
    ("csv", "table.csv"),
    ("ndjson", "posts.ndjson"),
    ("urls", "urls.txt"),
    ("misp", "misp.json"),
    ("stix", "stix.json"),
    ("feed", "rss.xml"),
    ("mail", "two.mbox"),
];
/// Formats whose last record may be shorter and still be one.
const OPEN_END: [&str; 3] = ["csv", "urls", "mail"];

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn with_house(name: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let path = std::env::temp_dir().join(format!("renvoi-intake-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        let folder = Self(path);
        let made = renvoi(&["init".as_ref(), &folder.0.join("data"), "--json".as_ref()])?;
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Ok(folder)
    }

    fn take(&self, format: &str, file: &Path) -> std::io::Result<Output> {
        let data = self.0.join("data");
        renvoi(&["intake".as_ref(), format.as_ref(), file, "--json".as_ref(), "--data".as_ref(), &data])
    }
}

fn renvoi(args: &[&Path]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_renvoi")).args(args).output()
}

fn example(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../connect/tests/fixtures").join(file)
}

fn summary(output: &Output) -> Result<Value, Box<dyn std::error::Error>> {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A cut file keeps its good records and names the place; the whole file adds the rest; a second run adds nothing.
#[test]
fn cut_whole_and_again() -> Outcome {
    let folder = Folder::with_house("again")?;
    for (format, file) in EXAMPLES {
        let bytes = std::fs::read(example(file))?;
        let cut = folder.0.join(file);
        std::fs::write(&cut, &bytes[..bytes.len() * 7 / 8])?;
        let kept = summary(&folder.take(format, &cut)?)?;
        assert!(kept["new"].as_u64() > Some(0), "{format}: {kept}");
        let aside = kept["set_aside"].as_array().cloned().unwrap_or_default();
        assert!(!aside.is_empty() || OPEN_END.contains(&format), "{format}: {kept}");
        for entry in aside {
            assert!(entry["at"].as_str().is_some_and(|at| !at.is_empty()), "{format}: {entry}");
        }
        let whole = summary(&folder.take(format, &example(file))?)?;
        assert!(whole["observed"].as_u64() >= kept["observed"].as_u64(), "{format}: {whole}");
        let again = summary(&folder.take(format, &example(file))?)?;
        assert_eq!(again["new"], 0, "{format}: {again}");
        assert_eq!(again["duplicate"], whole["observed"], "{format}: {again}");
    }
    Ok(())
}

/// Nothing usable ends 2 with one sentence and prints no summary.
#[test]
fn nothing_usable_ends_2() -> Outcome {
    let folder = Folder::with_house("unusable")?;
    let file = folder.0.join("unusable");
    let binary: Vec<u8> = (0..4_096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let drawing: &[u8] =
        b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"3\"/></svg>\n";
    for (format, _) in EXAMPLES {
        for (what, bytes) in [("empty", &b""[..]), ("binary", &binary), ("another format", drawing)] {
            std::fs::write(&file, bytes)?;
            let output = folder.take(format, &file)?;
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{format}, {what}: {said}");
            assert_eq!(said.trim().lines().count(), 1, "{format}, {what}: {said}");
            assert!(output.stdout.is_empty(), "{format}, {what}");
        }
    }
    Ok(())
}
