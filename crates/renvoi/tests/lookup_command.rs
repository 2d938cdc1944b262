//! `renvoi lookup` as a process: its formats, what it refuses, and what a kill leaves.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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
        let path = std::env::temp_dir().join(format!("renvoi-lookup-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// A file of lines.
    fn file(&self, name: &str, lines: &[String]) -> std::io::Result<PathBuf> {
        let path = self.0.join(name);
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(&path, text)?;
        Ok(path)
    }
}

fn lookup(what: &str, paths: &[&Path], more: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_renvoi")).args(["lookup", what]).args(paths).args(more).output()
}

fn built(folder: &Folder, hashes: &[String], profile: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let (file, index) = (folder.file("hashes", hashes)?, folder.0.join(format!("index-{profile}")));
    let made = lookup("build", &[&file, Path::new("--out"), &index], &["--profile", profile])?;
    assert!(made.status.success(), "{made:?}");
    Ok(index)
}

/// 32 bytes from a number.
fn hash(number: u64) -> [u8; 32] {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::array::from_fn(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    })
}

/// With so many bits turned.
fn turned(mut hash: [u8; 32], bits: usize) -> [u8; 32] {
    (0..bits).for_each(|bit| hash[bit * 5 % 32] ^= 1 << (bit / 32));
    hash
}

fn hex(hash: [u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn json_lines(output: &Output) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    assert!(output.status.success(), "{output:?}");
    Ok(str::from_utf8(&output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Near ones of query 0: at 31, 3, 0, 3 and, just too far, 32 bits.
fn some_hashes() -> Vec<String> {
    let near = [31, 3, 0, 3, 32].map(|bits| hex(turned(hash(0), bits)));
    near.into_iter().chain((1..300).map(|number| hex(hash(number)))).collect()
}

#[test]
fn queries_answer_by_distance_then_id() -> Outcome {
    let folder = Folder::new("query")?;
    let queries = folder.file("queries", &[hex(hash(0)), hex(hash(1_000)).to_uppercase()])?;
    for profile in ["fast", "lean"] {
        let index = built(&folder, &some_hashes(), profile)?;
        let near = [(2, 0), (1, 3), (3, 3), (0, 31)];
        let near: Vec<Value> = near.map(|(id, distance)| json!({ "id": id, "distance": distance })).to_vec();
        let expected = [
            json!({ "query": hex(hash(0)), "matches": near }),
            json!({ "query": hex(hash(1_000)), "matches": [] }),
        ];
        assert_eq!(json_lines(&lookup("query", &[&index, &queries], &["--json"])?)?, expected);
        let within = |radius| -> Result<usize, Box<dyn std::error::Error>> {
            let found = json_lines(&lookup("query", &[&index, &queries], &["--json", "--radius", radius])?)?;
            Ok(found[0]["matches"].as_array().map_or(0, Vec::len))
        };
        assert_eq!((within("0")?, within("30")?, within("32")?, within("256")?), (1, 3, 5, 304));
    }
    Ok(())
}

#[test]
fn a_bench_adds_one_line_with_all_its_figures() -> Outcome {
    let folder = Folder::new("bench")?;
    let index = built(&folder, &some_hashes(), "fast")?;
    let queries = folder.file("queries", &[hex(hash(0))])?;
    let lines = json_lines(&lookup("query", &[&index, &queries], &["--radius", "31", "--json", "--bench"])?)?;
    assert_eq!(lines.len(), 2);
    let bench = lines[1]["bench"].as_object().ok_or("no bench")?;
    let mut names: Vec<&str> = bench.keys().map(String::as_str).collect();
    names.sort_unstable();
    let expected = [
        "build_s",
        "bytes_per_hash",
        "cpu_p50_us",
        "n",
        "open_ms",
        "p10_us",
        "p50_us",
        "p99_us",
        "qps_1",
        "qps_all",
    ];
    assert_eq!(names, expected);
    assert!(bench.values().all(Value::is_number), "{bench:?}");
    assert_eq!(bench["n"], 304);
    Ok(())
}

#[test]
fn hashes_are_added_and_taken_out() -> Outcome {
    let folder = Folder::new("change")?;
    let index = built(&folder, &some_hashes(), "fast")?;
    let queries = folder.file("queries", &[hex(hash(0)), hex(hash(500))])?;
    let found = || -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let lines = json_lines(&lookup("query", &[&index, &queries], &["--json", "--radius", "3"])?)?;
        Ok(lines.iter().map(|line| line["matches"].clone()).collect())
    };
    let more = folder.file("more", &[hex(turned(hash(0), 1)), hex(hash(500))])?;
    let added = lookup("add", &[&index, &more], &[])?;
    assert_eq!(str::from_utf8(&added.stdout)?, "2 hashes added, ids from 304\n");
    let one = |id, distance| json!({ "id": id, "distance": distance });
    assert_eq!(found()?, [json!([one(2, 0), one(304, 1), one(1, 3), one(3, 3)]), json!([one(305, 0)])]);
    let ids = folder.file("ids", &["1".into(), "305".into(), "9999".into()])?;
    let removed = lookup("remove", &[&index, &ids], &[])?;
    assert_eq!(str::from_utf8(&removed.stdout)?, "2 of 3 ids taken out\n");
    assert_eq!(found()?, [json!([one(2, 0), one(304, 1), one(3, 3)]), json!([])]);
    // An id that was taken out is not given again.
    let added = lookup("add", &[&index, &more], &[])?;
    assert_eq!(str::from_utf8(&added.stdout)?, "2 hashes added, ids from 306\n");
    Ok(())
}

/// The file and the line are named, and what was there is as it was.
#[test]
fn a_line_that_cannot_be_read_changes_nothing() -> Outcome {
    let folder = Folder::new("bad")?;
    let index = built(&folder, &some_hashes(), "fast")?;
    let queries = folder.file("queries", &[hex(hash(700))])?;
    let short = hex(hash(701))[1..].to_owned();
    for bad in [short.clone(), format!("{short}00"), format!("g{short}"), String::new(), "x".repeat(5_000)] {
        let file = folder.file("bad", &[hex(hash(700)), bad.clone(), hex(hash(702))])?;
        let new = folder.0.join("new");
        let refused = [
            lookup("build", &[&file, Path::new("--out"), &new], &[])?,
            lookup("add", &[&index, &file], &[])?,
            lookup("query", &[&index, &file], &["--json"])?,
        ];
        for refused in refused {
            let said = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert_eq!(refused.status.code(), Some(2), "{bad}: {said}");
            assert!(said.contains(&format!("{}: line 2", file.display())), "{bad}: {said}");
            assert!(refused.stdout.is_empty(), "{bad}");
        }
        assert!(!new.exists(), "{bad}");
    }
    let ids = folder.file("ids", &["2".into(), "-1".into()])?;
    let refused = lookup("remove", &[&index, &ids], &[])?;
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains(&format!("{}: line 2", ids.display())));
    let lines = json_lines(&lookup("query", &[&index, &queries], &["--json", "--bench"])?)?;
    assert_eq!((&lines[0]["matches"], &lines[1]["bench"]["n"]), (&json!([]), &json!(304)));
    Ok(())
}

#[test]
fn a_folder_of_others_stays() -> Outcome {
    let folder = Folder::new("others")?;
    let file = folder.file("hashes", &some_hashes())?;
    let (index, part) = (folder.0.join("index"), folder.0.join("index.part"));
    std::fs::create_dir(&part)?;
    std::fs::write(part.join("mine.txt"), "keep")?;
    let build = || lookup("build", &[&file, Path::new("--out"), &index], &[]);
    let refused = build()?;
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("Move it away"), "{refused:?}");
    assert_eq!(std::fs::read(part.join("mine.txt"))?, b"keep");
    // What a stopped build left goes with the next one.
    std::fs::write(part.join("building"), "")?;
    assert!(build()?.status.success());
    assert!(!part.exists() && !index.join("building").exists());
    Ok(())
}

#[test]
fn what_is_no_index_is_said() -> Outcome {
    let folder = Folder::new("none")?;
    let file = folder.file("file", &[hex(hash(1))])?;
    for what in ["add", "query", "remove"] {
        let ids = folder.file("ids", &["1".into()])?;
        let refused =
            lookup(what, &[&folder.0.join("nowhere"), if what == "remove" { &ids } else { &file }], &[])?;
        assert!(!refused.status.success() && !refused.stderr.is_empty(), "{what}");
    }
    // Neither a folder in the place of a file nor one without an index is taken for one, or changed.
    let hollow = folder.0.join("hollow");
    std::fs::create_dir(&hollow)?;
    let refused = [
        (lookup("add", &[&hollow, &file], &[])?, &hollow),
        (lookup("query", &[&hollow, &file], &[])?, &hollow),
        (lookup("query", &[&hollow, &folder.0], &[])?, &folder.0),
        (lookup("build", &[&folder.0, Path::new("--out"), &folder.0.join("new")], &[])?, &folder.0),
    ];
    for (refused, named) in refused {
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.starts_with(&format!("renvoi: {}: ", named.display())), "{said}");
    }
    assert_eq!(std::fs::read_dir(&hollow)?.count(), 0);
    assert!(!folder.0.join("nowhere").exists());
    let index = built(&folder, &some_hashes(), "fast")?;
    let again = lookup("build", &[&file, Path::new("--out"), &index], &[])?;
    assert_eq!(again.status.code(), Some(2));
    Ok(())
}

/// Killed at once, when its first file is there, when its second is there: all is there, or nothing.
#[cfg(unix)]
#[test]
fn a_kill_during_add_leaves_the_old_or_the_new() -> Outcome {
    let folder = Folder::new("kill")?;
    let index = built(&folder, &some_hashes(), "fast")?;
    let many: Vec<String> = (10_000..30_000).map(|number| hex(hash(number))).collect();
    let asked: Vec<String> = many.iter().step_by(1_000).cloned().collect();
    let (file, queries) = (folder.file("many", &many)?, folder.file("queries", &asked)?);
    let files = || std::fs::read_dir(&index).map_or(0, Iterator::count);
    for (round, more_files) in [0, 1, 2, 1, usize::MAX].into_iter().enumerate() {
        let before = files();
        let mut child = Command::new(env!("CARGO_BIN_EXE_renvoi"))
            .args(["lookup", "add"])
            .args([&index, &file])
            .stdout(Stdio::null())
            .spawn()?;
        while child.try_wait()?.is_none() && files() < before.saturating_add(more_files) {
            std::thread::yield_now();
        }
        child.kill()?;
        child.wait()?;
        let lines =
            json_lines(&lookup("query", &[&index, &queries], &["--json", "--radius", "0", "--verify"])?)?;
        let counts: Vec<usize> =
            lines.iter().map(|line| line["matches"].as_array().map_or(0, Vec::len)).collect();
        assert!(counts.iter().all(|count| *count == counts[0] && *count <= round + 1), "{round}: {counts:?}");
        let is_last = more_files == usize::MAX;
        assert!(!is_last || counts[0] > 0, "the one that was not killed added nothing");
    }
    Ok(())
}
