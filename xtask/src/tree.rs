//! The text files of the repository, read once; checks work on this and touch no disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Folders that hold nothing that people wrote.
const SKIPPED_FOLDERS: [&str; 5] = ["target", "node_modules", "dist", "demo-data", "proptest-regressions"];
/// Larger files are data, not text to check.
const FILE_LIMIT_BYTES: u64 = 2 * 1024 * 1024;

/// Text by path from the root of the repository, with `/`.
#[derive(Debug, Default)]
pub(crate) struct Tree(pub(crate) BTreeMap<String, String>);

impl Tree {
    /// Reads the repository that cargo runs this program from, else the one that it was built from.
    pub(crate) fn load() -> Result<Self, String> {
        let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&folder).parent().unwrap_or(Path::new("."));
        let mut tree = Self::default();
        tree.add(root, "").map_err(|(path, e)| format!("{path}: cannot be read ({e}); check its rights"))?;
        Ok(tree)
    }

    fn add(&mut self, root: &Path, folder: &str) -> Result<(), (String, std::io::Error)> {
        let at = |path: &str| {
            let path = path.to_owned();
            move |e| (path, e)
        };
        for child in fs::read_dir(root.join(folder)).map_err(at(folder))? {
            let child = child.map_err(at(folder))?;
            let name = child.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let meta = child.metadata().map_err(at(&path))?;
            if meta.is_dir() {
                if name != ".git" && !SKIPPED_FOLDERS.contains(&name.as_str()) {
                    self.add(root, &path)?;
                }
            } else if meta.is_file() && meta.len() <= FILE_LIMIT_BYTES {
                // What is not UTF-8 is a picture or a sample.
                if let Ok(text) = String::from_utf8(fs::read(child.path()).map_err(at(&path))?) {
                    self.0.insert(path, text);
                }
            }
        }
        Ok(())
    }

    /// Files below a folder (with `/` at its end; empty: all) whose names end so, in order of their paths.
    pub(crate) fn under<'a>(
        &'a self,
        folder: &'a str,
        end: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let below = self.0.iter().filter(move |(path, _)| path.starts_with(folder) && path.ends_with(end));
        below.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// One file.
    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }
}
