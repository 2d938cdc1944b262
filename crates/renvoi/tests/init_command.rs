//! `renvoi init` as a process: a refused one leaves the folder as it was.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn new(name: &str) -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("renvoi-init-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

fn init(folder: &Path, more: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_renvoi")).arg("init").arg(folder).args(more).output()
}

/// What was refused can be mended and said again.
#[test]
fn a_refused_init_leaves_nothing() -> Outcome {
    let folder = Folder::new("refused")?;
    let data = folder.0.join("data");
    let mistakes: [&[&str]; 8] = [
        &[""],
        &["Unit", "--org", "not a name"],
        &["Unit", "--kind", "nobody"],
        &["Unit", "--login", ""],
        &["Unit", "--mail", "desk"],
        &["Unit", "--mail", "desk@unit.example\r\nBcc: other@unit.example"],
        &["Unit", "--world", "/nowhere/at/all"],
        &["Unit", "--database", "no address"],
    ];
    for mistake in mistakes {
        let refused = init(&data, mistake)?;
        assert!(!refused.status.success(), "{mistake:?}");
        assert!(!data.exists(), "{mistake:?} left {}", data.display());
    }
    assert!(init(&data, &["Unit"])?.status.success());
    // A folder that is a house already is not touched.
    assert_eq!(init(&data, &["Unit"])?.status.code(), Some(2));
    assert!(data.join("keys").join("master.key").exists());
    Ok(())
}

/// What lay in the folder before stays.
#[test]
fn a_refused_init_keeps_what_was_there() -> Outcome {
    let folder = Folder::new("kept")?;
    let data = folder.0.join("data");
    std::fs::create_dir_all(data.join("blobs"))?;
    std::fs::write(data.join("notes.txt"), "mine")?;
    assert_eq!(init(&data, &["Unit", "--kind", "nobody"])?.status.code(), Some(2));
    let mut left: Vec<String> = std::fs::read_dir(&data)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()?;
    left.sort();
    assert_eq!(left, ["blobs", "notes.txt"]);
    Ok(())
}

/// A file cannot become a data directory: one sentence, and it stays.
#[test]
fn a_file_is_no_folder() -> Outcome {
    let folder = Folder::new("file")?;
    let file = folder.0.join("table.csv");
    std::fs::write(&file, "a,b")?;
    let refused = init(&file, &[])?;
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr)?.contains("Name a new folder."));
    assert_eq!(std::fs::read(&file)?, b"a,b");
    Ok(())
}
