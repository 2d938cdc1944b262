//! `renvoi bank import` and `renvoi bank export` as processes: what one writes, the other reads and scan finds.

use crate::{Outcome, lines, pictures, renvoi};
use image::ImageFormat;
use serde_json::Value;
use std::fs;

#[test]
fn a_bank_goes_out_comes_back_and_finds_the_same() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    fs::create_dir(at.join("originals"))?;
    pictures::made(1, 300, 200).save_with_format(at.join("originals/one.png"), ImageFormat::Png)?;
    let made = renvoi(at, &["bank", "make", "originals", "--verified", "--out", "known.ndjson"])?;
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    for (format, ending) in [
        ("threatexchange_csv", "csv"),
        ("threatexchange", "json"),
        ("misp", "json"),
        ("stix", "json"),
        ("csv", "csv"),
    ] {
        let list = format!("list-{format}.{ending}");
        let args = ["bank", "export", "known.ndjson", "--format", format, "--out", &list, "--json"];
        let out = renvoi(at, &args)?;
        assert_eq!(out.status.code(), Some(0), "{out:?}");
        assert_eq!(
            lines(&out.stdout)?[0],
            serde_json::json!({ "written": 2, "without_place": 0, "set_aside": 0 })
        );
        let back =
            renvoi(at, &["bank", "import", &list, "--out", "back.ndjson", "--name", "known", "--json"])?;
        assert_eq!(back.status.code(), Some(0), "{back:?}");
        assert_eq!(lines(&back.stdout)?[0]["written"], 2, "{format}");
        // The list itself is a bank, too.
        for bank in ["back.ndjson", list.as_str()] {
            let found = renvoi(at, &["scan", "originals", "--bank", bank, "--json"])?;
            let mut kinds: Vec<Value> = lines(&found.stdout)?.iter().map(|hit| hit["kind"].clone()).collect();
            kinds.sort_by_key(ToString::to_string);
            assert_eq!(kinds, ["pdq", "sha256"], "{format}, {bank}: {found:?}");
        }
    }
    Ok(())
}

#[test]
fn lists_that_cannot_be_used_leave_no_bank() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let check = |list: &str, said: &str| -> Outcome {
        fs::write(at.join("list"), list)?;
        let output = renvoi(at, &["bank", "import", "list", "--out", "bank.ndjson"])?;
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{output:?}");
        assert!(!at.join("bank.ndjson").exists());
        Ok(())
    };
    check("just words", "not a bank")?;
    check("{\"data\":[", "not usable as ThreatExchange JSON")?;
    check("<queryResult><images></images></queryResult>", "provider's seat only")?;
    check("{\"hashRecords\":[]}", "provider's seat only")?;
    fs::write(
        at.join("list"),
        "{\"data\":[{\"type\":\"HASH_MD5\",\"indicator\":\"12\"},{\"type\":\"URI\",\"indicator\":\"https://a.test/1\"}]}",
    )?;
    let output = renvoi(at, &["bank", "import", "list", "--out", "bank.ndjson"])?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("data[0]: A value of this kind has 32"),
        "{output:?}"
    );
    Ok(())
}
