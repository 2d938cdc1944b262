//! All files of some folders, each named once: to be read, set aside with a reason, or left out by a pattern.
//!
//! Files inside the folders never say what is left out: whoever filled the folder could hide anything with one named
//! `.gitignore`. Patterns are those of the person who asks, in the language of such files.

use std::collections::HashSet;
use std::fs::{self, FileType};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::file::unreadable;

/// What is left out, and whether links are followed.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Whether symbolic links inside the folders are followed. Each folder is read once then, however many lead there.
    pub follow_links: bool,
    patterns: Gitignore,
}

impl Rules {
    /// Rules with patterns in the language of `.gitignore`, beginning at each folder that is asked for.
    ///
    /// # Errors
    /// A pattern that cannot be read, as a sentence.
    pub fn new(patterns: &[String], follow_links: bool) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new("");
        for pattern in patterns {
            builder.add_line(None, pattern).map_err(|error| format!("The pattern {pattern}: {error}."))?;
        }
        let patterns = builder.build().map_err(|error| format!("The patterns: {error}."))?;
        Ok(Self { follow_links, patterns })
    }

    fn leaves_out(&self, below: &Path, is_folder: bool) -> bool {
        self.patterns.matched(below, is_folder).is_ignore()
    }
}

/// What a walk meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// To be read: a regular file when it was seen.
    File(PathBuf),
    /// Not to be read; the sentence says why.
    SetAside(PathBuf, String),
    /// Left out by a pattern: so many files, all below it.
    LeftOut(PathBuf, u64),
    /// A folder that cannot be listed, or not to its end; the sentence says why.
    NoFolder(PathBuf, String),
}

/// Walks files and folders, a folder's entries by name. `tell` answers whether to go on.
///
/// A path that is asked for is followed when it is a link. One that is not there is [`Met::NoFolder`].
pub fn walk(paths: &[PathBuf], rules: &Rules, tell: &mut dyn FnMut(Met) -> bool) {
    let mut walk = Walk { rules, been: HashSet::new(), tell };
    for path in paths {
        let on = match fs::metadata(path) {
            Err(error) => (walk.tell)(Met::NoFolder(path.clone(), unreadable(&error))),
            Ok(facts) if facts.is_dir() => walk.folders(path),
            Ok(facts) => walk.entry(path.clone(), facts.file_type()),
        };
        if !on {
            return;
        }
    }
}

struct Walk<'a> {
    rules: &'a Rules,
    /// Folders that were read, by device and number; asked only where links are followed.
    been: HashSet<(u64, u64)>,
    tell: &'a mut dyn FnMut(Met) -> bool,
}

impl Walk<'_> {
    /// A folder and all below it, the deepest first.
    fn folders(&mut self, top: &Path) -> bool {
        let mut waiting = vec![top.to_owned()];
        while let Some(folder) = waiting.pop() {
            if self.rules.follow_links && !self.is_new(&folder) {
                continue;
            }
            let (names, trouble) = list(&folder);
            let mut below = Vec::new();
            for (path, kind) in names {
                let inside = path.strip_prefix(top).unwrap_or(&path);
                let on = if self.rules.leaves_out(inside, kind.is_dir()) {
                    let files = if kind.is_dir() { count(&path) } else { 1 };
                    (self.tell)(Met::LeftOut(path, files))
                } else if kind.is_dir() {
                    below.push(path);
                    true
                } else if kind.is_symlink() && self.rules.follow_links {
                    self.link(path, &mut below)
                } else {
                    self.entry(path, kind)
                };
                if !on {
                    return false;
                }
            }
            if trouble.is_some_and(|why| !(self.tell)(Met::NoFolder(folder, why))) {
                return false;
            }
            below.reverse();
            waiting.append(&mut below);
        }
        true
    }

    /// What a link leads to; a folder waits for its turn.
    fn link(&mut self, path: PathBuf, below: &mut Vec<PathBuf>) -> bool {
        match fs::metadata(&path) {
            Ok(facts) if facts.is_dir() => {
                below.push(path);
                true
            }
            Ok(facts) => self.entry(path, facts.file_type()),
            Err(_) => (self.tell)(Met::SetAside(path, "The link leads nowhere, or in a circle.".to_owned())),
        }
    }

    fn entry(&mut self, path: PathBuf, kind: FileType) -> bool {
        let why = match kind {
            kind if kind.is_file() => return (self.tell)(Met::File(path)),
            kind if kind.is_symlink() => "It is a symbolic link, and these are not followed.",
            kind if kind.is_fifo() || kind.is_socket() => "It is a pipe or a socket.",
            _ => "It is a device.",
        };
        (self.tell)(Met::SetAside(path, why.to_owned()))
    }

    fn is_new(&mut self, folder: &Path) -> bool {
        // One that cannot be asked cannot be listed either, and that is told then.
        fs::metadata(folder).map_or(true, |facts| self.been.insert((facts.dev(), facts.ino())))
    }
}

/// The entries of a folder by name, and why there may be more.
fn list(folder: &Path) -> (Vec<(PathBuf, FileType)>, Option<String>) {
    let mut entries = Vec::new();
    let mut read = || -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            entries.push((entry.path(), entry.file_type()?));
        }
        Ok(())
    };
    let trouble = read().err().map(|error| unreadable(&error));
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    (entries, trouble)
}

/// Files below a folder that is left out; links are not followed.
fn count(top: &Path) -> u64 {
    let (mut waiting, mut files) = (vec![top.to_owned()], 0);
    while let Some(folder) = waiting.pop() {
        for (path, kind) in list(&folder).0 {
            if kind.is_dir() { waiting.push(path) } else { files += 1 }
        }
    }
    files
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn met(paths: &[PathBuf], rules: &Rules, top: &Path) -> Vec<String> {
        let mut all = Vec::new();
        walk(paths, rules, &mut |met| {
            let name = |path: &Path| path.strip_prefix(top).unwrap().display().to_string();
            all.push(match met {
                Met::File(path) => name(&path),
                Met::SetAside(path, _) => format!("{}!", name(&path)),
                Met::LeftOut(path, files) => format!("{}-{files}", name(&path)),
                Met::NoFolder(path, _) => format!("{}?", name(&path)),
            });
            true
        });
        all
    }

    #[test]
    fn every_file_is_met_once() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        fs::create_dir_all(top.join("a/b")).unwrap();
        fs::create_dir_all(top.join("thumbs/x")).unwrap();
        for name in ["1.png", "a/2.tmp", "a/b/3", "a/.gitignore", "thumbs/4", "thumbs/x/5"] {
            fs::write(top.join(name), "*\n").unwrap();
        }
        symlink("..", top.join("a/up")).unwrap();
        symlink("1.png", top.join("file")).unwrap();
        symlink("self", top.join("self")).unwrap();
        let paths = [top.to_owned(), top.join("none")];
        let patterns = |patterns: &[&str], follow| {
            Rules::new(&patterns.iter().map(ToString::to_string).collect::<Vec<_>>(), follow).unwrap()
        };
        let all = [
            "1.png",
            "file!",
            "self!",
            "a/.gitignore",
            "a/2.tmp",
            "a/up!",
            "a/b/3",
            "thumbs/4",
            "thumbs/x/5",
            "none?",
        ];
        assert_eq!(met(&paths, &patterns(&[], false), top), all);
        let some =
            ["1.png", "file!", "self!", "thumbs-2", "a/.gitignore", "a/2.tmp-1", "a/up!", "a/b/3", "none?"];
        assert_eq!(met(&paths, &patterns(&["/thumbs", "*.tmp"], false), top), some);
        let followed =
            ["1.png", "file", "self!", "a/.gitignore", "a/2.tmp", "a/b/3", "thumbs/4", "thumbs/x/5", "none?"];
        assert_eq!(met(&paths, &patterns(&[], true), top), followed);
        assert_eq!(met(&[top.join("file")], &patterns(&[], false), top), ["file"]);
        assert!(Rules::new(&["{a".to_owned()], false).unwrap_err().contains("{a"));
    }
}
