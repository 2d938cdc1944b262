//! `renvoi hash`, `renvoi bank` and `renvoi scan` as processes, on files as people have them.

mod documents;
mod lists;
mod media;
mod mixed;
mod pictures;

use image::{DynamicImage, ImageFormat};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output};

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Runs the program in a folder.
pub(crate) fn renvoi<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Outcome<Output> {
    Ok(Command::new(env!("CARGO_BIN_EXE_renvoi")).args(args).current_dir(folder).output()?)
}

/// The JSON object of each line.
pub(crate) fn lines(bytes: &[u8]) -> Outcome<Vec<Value>> {
    let text = String::from_utf8(bytes.to_vec())?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{line}: {error}").into()))
        .collect()
}

/// The line of standard error that has this member.
pub(crate) fn told(output: &Output, member: &str) -> Outcome<Value> {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut objects = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    objects.rfind(|line| line.get(member).is_some()).ok_or(text.into()).map(|line| line[member].clone())
}

#[test]
fn hash_image_is_the_hash_of_the_pixels() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let picture = pictures::made(1, 300, 200);
    let latin = OsStr::from_bytes(b"caf\xE9.png");
    picture.save_with_format(at.join(latin), ImageFormat::Png)?;
    picture.save_with_format(at.join("b.jpg"), ImageFormat::Jpeg)?;
    fs::write(at.join("turned.jpg"), pictures::turned(&picture, 6)?)?;
    DynamicImage::new_rgb8(4, 40).save(at.join("thin.png"))?;
    fs::write(at.join("cut.jpg"), &fs::read(at.join("b.jpg"))?[..200])?;
    let args =
        ["hash", "image", "--json", "b.jpg", "cut.jpg", "none", "turned.jpg", "thin.png"].map(OsStr::new);
    let output = renvoi(at, &[&args[..], &[latin]].concat())?;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let lines = lines(&output.stdout)?;
    let names: Vec<&str> = lines.iter().filter_map(|line| line["file"].as_str()).collect();
    assert_eq!(names, ["b.jpg", "cut.jpg", "none", "turned.jpg", "thin.png", "caf\u{FFFD}.png"]);

    let rgb = picture.to_rgb8();
    let expected = perceptual::pdq::hash_and_dihedral(&perceptual::Rgb::new(300, 200, &rgb).ok_or("size")?);
    let (one, all) = expected.ok_or("no hash")?;
    let png = &lines[5];
    assert_eq!(png["file_hex"], "636166e92e706e67");
    assert_eq!(
        (&png["width"], &png["height"], &png["quality"]),
        (&300.into(), &200.into(), &one.quality.into())
    );
    assert_eq!(png["pdq"], one.hash.to_string());
    assert_eq!(png["dihedral"], Value::from(all.forms.map(|form| form.to_string()).to_vec()));
    assert_eq!(png["sha256"].as_str().map(str::len), Some(64));
    assert_eq!((&png["variants"], png.get("upright")), (&Value::Array(Vec::new()), None));

    // The pixels of the turned one are the same; shown upright it is another picture.
    assert_eq!((&lines[3]["pdq"], &lines[3]["orientation"]), (&lines[0]["pdq"], &6.into()));
    let upright: perceptual::Hash256 =
        lines[3]["upright"].as_str().ok_or("no upright")?.parse().map_err(|_| "hash")?;
    assert!(upright.distance(&all.forms[3]) <= 31 || upright.distance(&all.forms[1]) <= 31);
    assert_ne!(lines[3]["upright"], lines[3]["pdq"]);

    assert_eq!((&lines[4]["pdq"], &lines[4]["dihedral"]), (&Value::Null, &Value::Array(Vec::new())));
    assert!(lines[1]["error"].as_str().is_some_and(|why| why.contains("cut off")));
    assert!(lines[2]["error"].as_str().is_some_and(|why| why.contains("not there")));
    assert_eq!(lines[1].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(renvoi(at, &["hash", "image", "b.jpg"])?.status.code(), Some(0));
    Ok(())
}

/// Originals, and copies as people make them: each is found, by its name, and nothing else is.
#[test]
fn scan_finds_edited_copies_of_a_bank_of_originals() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    fs::create_dir_all(at.join("originals/sub"))?;
    fs::create_dir_all(at.join("uploads"))?;
    let original = pictures::made(7, 640, 480);
    original.save(at.join("originals/one.png"))?;
    pictures::made(8, 500, 500).save(at.join("originals/sub/two.png"))?;
    fs::write(at.join("originals/words.txt"), "neutral filler words")?;
    fs::write(at.join("originals/empty"), "")?;
    let copies = [
        ("again.jpg", original.clone()),
        ("cut.png", original.crop_imm(32, 24, 576, 432)),
        ("half.png", original.crop_imm(100, 60, 420, 400)),
        ("mirrored.png", original.fliph()),
        ("small.png", original.thumbnail(200, 200)),
        ("bordered.png", pictures::bordered(&original, 40)),
    ];
    for (name, copy) in &copies {
        copy.save(at.join("uploads").join(name))?;
    }
    fs::copy(at.join("originals/words.txt"), at.join("uploads/words"))?;
    for seed in 20..26 {
        pictures::made(seed, 400, 300).save(at.join(format!("uploads/other-{seed}.png")))?;
    }

    let made = renvoi(at, &["bank", "make", "originals", "--verified", "--out", "known.ndjson", "--json"])?;
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let made = &lines(&made.stdout)?[0];
    let counts = ["files", "pictures", "set_aside", "signals"].map(|name| made[name].as_u64());
    assert_eq!(counts, [Some(3), Some(2), Some(1), Some(5)]);

    let output = renvoi(at, &["scan", "uploads", "--bank", "known.ndjson", "--json", "--stats"])?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let hits = lines(&output.stdout)?;
    let mut found: Vec<(&str, &str)> =
        hits.iter().filter_map(|hit| Some((hit["path"].as_str()?, hit["label"].as_str()?))).collect();
    found.sort_unstable();
    let mut expected: Vec<(String, &str)> =
        copies.iter().map(|(name, _)| (format!("uploads/{name}"), "one.png")).collect();
    expected.push(("uploads/words".to_owned(), "words.txt"));
    expected.sort_unstable();
    assert_eq!(found, expected.iter().map(|(path, label)| (&path[..], *label)).collect::<Vec<_>>());
    let of = |name: &str| hits.iter().find(|hit| hit["path"] == format!("uploads/{name}")).ok_or("no hit");
    let variant = |name: &str| of(name).map(|hit| hit["variant"].as_str().unwrap_or_default().to_owned());
    assert_eq!(variant("again.jpg")?, "original");
    assert_eq!(variant("mirrored.png")?, "flip-y");
    assert_eq!(variant("bordered.png")?, "trimmed");
    assert!(variant("cut.png")?.starts_with("crop-"), "{}", variant("cut.png")?);
    assert_eq!((variant("half.png")?, &of("half.png")?["distance"]), ("points".to_owned(), &Value::Null));
    let words = of("words")?;
    assert_eq!(
        (&words["kind"], &words["distance"], &words["bank"]),
        (&"sha256".into(), &0.into(), &"known".into())
    );
    assert!(
        of("cut.png")?["why"].as_str().is_some_and(|why| why.contains("cut by") && why.contains("\"known\""))
    );
    let stats = told(&output, "stats")?;
    assert_eq!(
        (&stats["files"], &stats["scanned"], &stats["pictures"]),
        (&13.into(), &13.into(), &12.into())
    );

    // What nobody has looked at is listed by its bytes and its PDQ alone.
    assert!(renvoi(at, &["bank", "make", "originals", "--out", "plain.csv"])?.status.success());
    let output = renvoi(at, &["scan", "uploads", "--bank", "plain.csv", "--json"])?;
    let plain = lines(&output.stdout)?;
    assert!(plain.iter().all(|hit| hit["path"] != "uploads/cut.png" && hit["path"] != "uploads/half.png"));
    assert!(plain.iter().any(|hit| hit["path"] == "uploads/mirrored.png"));
    Ok(())
}

#[test]
fn scan_exits_as_grep_does() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    fs::create_dir_all(at.join("files"))?;
    fs::write(at.join("files/a"), "abc")?;
    fs::write(at.join("files/b.tmp"), "abc")?;
    fs::write(at.join("files/.gitignore"), "*")?;
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    fs::write(
        at.join("bank.csv"),
        format!("kind,value,label\nsha256,{abc},ABC\nterm,word,\nsha256,short,\naccount,a.test/b,\n"),
    )?;
    let code = |args: &[&str]| -> Outcome<Option<i32>> { Ok(renvoi(at, args)?.status.code()) };
    assert_eq!(code(&["scan", "files", "--bank", "bank.csv"])?, Some(0));
    assert_eq!(code(&["scan", "files/.gitignore", "--bank", "bank.csv"])?, Some(1));
    // What was named and could not be compared is said; in a folder it is no trouble.
    fs::write(at.join("files/empty"), "")?;
    let named = renvoi(at, &["scan", "files/empty", "--bank", "bank.csv"])?;
    assert_eq!(named.status.code(), Some(2), "{named:?}");
    assert!(String::from_utf8_lossy(&named.stderr).contains("files/empty: It is empty."), "{named:?}");
    assert_eq!(code(&["scan", "files", "--bank", "bank.csv"])?, Some(0));
    fs::remove_file(at.join("files/empty"))?;
    for (nothing, bank) in
        [("empty.csv", "kind,value\n"), ("blank.ndjson", "\n\n"), ("bad.csv", "kind,value\nsha256,short\n")]
    {
        fs::write(at.join(nothing), bank)?;
        let output = renvoi(at, &["scan", "files", "--bank", nothing])?;
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("The bank holds no signal that can be compared."), "{said}");
        let output = renvoi(at, &["bank", "import", nothing, "--out", "none.ndjson"])?;
        assert_eq!((output.status.code(), at.join("none.ndjson").exists()), (Some(2), false), "{output:?}");
    }
    fs::create_dir(at.join("hollow"))?;
    let output = renvoi(at, &["bank", "make", "hollow", "--out", "none.ndjson"])?;
    assert_eq!((output.status.code(), at.join("none.ndjson").exists()), (Some(2), false), "{output:?}");
    assert_eq!(code(&["scan", "files", "none", "--bank", "bank.csv"])?, Some(2));
    assert_eq!(code(&["scan", "files", "--bank", "none"])?, Some(2));
    assert_eq!(code(&["scan", "files", "--bank", "bank.csv", "--exclude", "{a"])?, Some(2));

    let output = renvoi(at, &["scan", "files", "--bank", "bank.csv", "--exclude", "*.tmp", "--stats"])?;
    assert_eq!(
        String::from_utf8(output.stdout.clone())?,
        format!("files/a: [ABC] The file is byte for byte one of bank \"bank\" (sha256).\n")
    );
    let stats = told(&output, "stats")?;
    let counts = ["files", "scanned", "excluded", "hits"].map(|name| stats[name].as_u64());
    assert_eq!(counts, [Some(3), Some(2), Some(1), Some(1)]);
    // What of the bank is not compared is said.
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("line 4") && said.contains("not compared with files: account, signals: 1"),
        "{said}"
    );

    // A negative bank says that it is something else.
    fs::create_dir(at.join("banks"))?;
    fs::copy(at.join("bank.csv"), at.join("banks/one.csv"))?;
    fs::write(at.join("banks/news.csv"), format!("kind,value,opinion\nsha256,{abc},negative\n"))?;
    let output = renvoi(at, &["scan", "files", "--bank", "banks", "--stats"])?;
    assert_eq!((output.status.code(), &told(&output, "stats")?["suppressed"]), (Some(1), &2.into()));
    Ok(())
}

/// What another program writes is not read: a word of its own says so, not that a file has gone.
#[test]
fn a_dash_is_no_file() -> Outcome {
    let folder = tempfile::tempdir()?;
    for what in ["image", "document"] {
        let output = renvoi(folder.path(), &["hash", what, "-"])?;
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = String::from_utf8(output.stdout)?;
        assert!(said.contains("what another program writes is not read here"), "{what}: {said}");
    }
    // A file of that name is one.
    pictures::made(1, 300, 200).save_with_format(folder.path().join("-"), ImageFormat::Png)?;
    assert!(renvoi(folder.path(), &["hash", "image", "-"])?.status.success());
    Ok(())
}
