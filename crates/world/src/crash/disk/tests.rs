#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

/// A log as `watch.c` writes it.
#[derive(Default)]
struct Notes(Vec<u8>);

impl Notes {
    fn add(mut self, what: What, (inode, offset): (u64, u64), texts: [&[u8]; 2]) -> Self {
        for number in [what as u64, inode, offset, texts[0].len() as u64, texts[1].len() as u64] {
            self.0.extend(number.to_le_bytes());
        }
        self.0.extend(texts.concat());
        self
    }
    fn on(self, what: What, inode: u64, path: &str) -> Self {
        self.add(what, (inode, 0), [path.as_bytes(), b""])
    }
    fn write(self, inode: u64, offset: u64, bytes: &[u8]) -> Self {
        self.add(What::Wrote, (inode, offset), [bytes, b""])
    }
    fn sync(self, inode: u64) -> Self {
        self.add(What::Synced, (inode, 0), [b"", b""])
    }
    fn rename(self, from: &str, to: &str) -> Self {
        self.add(What::Renamed, (0, 0), [from.as_bytes(), to.as_bytes()])
    }
}

/// Every state that many cuts leave: path and content of each file.
fn states(notes: &Notes) -> BTreeSet<Vec<(String, Vec<u8>)>> {
    let folder = std::env::temp_dir().join(format!(
        "renvoi-disk-{}-{:?}",
        std::process::id(),
        std::thread::current().id()
    ));
    let (copy, after) = (folder.join("copy"), folder.join("after"));
    fs::create_dir_all(&copy).unwrap();
    fs::write(copy.join("kept"), [b'a'; 1024]).unwrap();
    let mut states = BTreeSet::new();
    for seed in 0..200 {
        let mut disk = Disk::of(&copy, Path::new("/data")).unwrap();
        disk.play(&notes.0).unwrap();
        disk.cut((&copy, &after), &mut Rng::new(seed, "cut")).unwrap();
        let mut files = Vec::new();
        list(&after, &after, &mut files);
        files.sort();
        states.insert(files);
        fs::remove_dir_all(&after).unwrap();
    }
    fs::remove_dir_all(&folder).unwrap();
    states
}

fn list(root: &Path, folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(root, &path, into);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            into.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// Contents of one file over all states; `None` where it is not there.
fn of(states: &BTreeSet<Vec<(String, Vec<u8>)>>, name: &str) -> BTreeSet<Option<Vec<u8>>> {
    let one = |files: &Vec<(String, Vec<u8>)>| {
        files.iter().find(|(at, _)| at == name).map(|(_, bytes)| bytes.clone())
    };
    states.iter().map(one).collect()
}

#[test]
fn unsynced_writes_are_kept_lost_or_torn() {
    let write = Notes::default().on(What::Opened, 1, "/data/kept").write(1, 0, &[b'b'; 1024]);
    let half = |first: u8, second: u8| Some([[first; 512], [second; 512]].concat());
    let (a, b) = (b'a', b'b');
    let seen = of(&states(&write), "kept");
    assert_eq!(seen, BTreeSet::from([half(a, a), half(a, b), half(b, a), half(b, b)]));
    assert_eq!(of(&states(&write.sync(1)), "kept"), BTreeSet::from([half(b, b)]));
}

#[test]
fn a_name_is_safe_when_its_folder_was_synced() {
    let made = || Notes::default().on(What::Made, 2, "/data/new").write(2, 0, b"x").sync(2);
    let there = Some(b"x".to_vec());
    assert_eq!(of(&states(&made()), "new"), BTreeSet::from([None, there.clone()]));
    let synced = made().on(What::Opened, 3, "/data").sync(3);
    assert_eq!(of(&states(&synced), "new"), BTreeSet::from([there.clone()]));
    // The bytes were not synced before the name was.
    let empty = Notes::default().on(What::Made, 2, "/data/new").write(2, 0, b"x");
    let named = empty.rename("/data/new", "/data/name").on(What::Opened, 3, "/data").sync(3);
    assert_eq!(of(&states(&named), "name"), BTreeSet::from([Some(Vec::new()), there]));
    assert_eq!(of(&states(&named), "new"), BTreeSet::from([None]));
}

#[test]
fn what_lies_in_a_lost_folder_is_lost() {
    let inside = |notes: Notes| {
        let made = notes
            .on(What::FolderMade, 0, "/data/f")
            .on(What::Made, 2, "/data/f/new")
            .write(2, 0, b"x")
            .sync(2);
        made.on(What::Opened, 3, "/data/f").sync(3)
    };
    let there = Some(b"x".to_vec());
    assert_eq!(of(&states(&inside(Notes::default())), "f/new"), BTreeSet::from([None, there.clone()]));
    let safe = inside(Notes::default()).on(What::Opened, 4, "/data").sync(4);
    assert_eq!(of(&states(&safe), "f/new"), BTreeSet::from([there]));
}

#[test]
fn names_of_a_folder_are_lost_from_the_end() {
    let notes = Notes::default().on(What::Made, 2, "/data/1").on(What::Made, 3, "/data/2").on(
        What::Removed,
        0,
        "/data/kept",
    );
    let names = |files: &Vec<(String, Vec<u8>)>| {
        files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>().join(" ")
    };
    let seen: BTreeSet<String> = states(&notes).iter().map(names).collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["1 2", "1 2 kept", "1 kept", "kept"]);
}

#[test]
fn a_record_that_the_kill_cut_off_is_left_out() {
    let mut notes = Notes::default().on(What::Opened, 1, "/data/kept").write(1, 0, b"b").sync(1);
    let whole = notes.0.len();
    notes = notes.write(1, 0, b"cccc");
    for end in whole..notes.0.len() {
        let cut = Notes(notes.0[..end].to_vec());
        assert_eq!(of(&states(&cut), "kept").len(), 1, "{end}");
        if end > whole + 3 {
            break;
        }
    }
    assert!(Disk::of(Path::new("/nowhere"), Path::new("/data")).is_err());
}
