//! `renvoi screen` as a process: what goes in, what comes out, how it ends.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const BANK: &str = "kind,value,label\nterm,heavy rain,weather\nurl,https://video.test/a,\nsmell,x,\n";

fn start(folder: &Path, options: &[&str]) -> Outcome<std::process::Child> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_renvoi"));
    let command = command.arg("screen").args(options).current_dir(folder);
    Ok(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
}

fn screen(folder: &Path, options: &[&str], input: &str) -> Outcome<Output> {
    let mut child = start(folder, options)?;
    // a program that refuses its bank does not read
    let _ = child.stdin.take().ok_or("no input")?.write_all(input.as_bytes());
    Ok(child.wait_with_output()?)
}

#[test]
fn screen_says_what_it_knows_and_how_it_went() -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("bank.csv"), BANK)?;
    let input = "{\"id\":1,\"text\":\"HEAVY rain\"}\nnothing\n{\"id\":\"b\",\"text\":\"dry\"}\n{\"id\":\"c\",\"links\":[\"http://www.video.test/a\"]}\n";
    let output = screen(folder.path(), &["--bank", "bank.csv", "--stats"], input)?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let hits = String::from_utf8(output.stdout)?;
    let hits: Vec<serde_json::Value> = hits.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert_eq!((hits.len(), &hits[0]["id"], &hits[1]["id"]), (2, &1.into(), &"c".into()));
    assert_eq!(hits[0]["matches"][0]["label"], "weather");
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.contains("line 4: There is no kind") && said.contains("line 2: The line is not a post"),
        "{said}"
    );
    let stats = said.lines().find(|line| line.starts_with("{\"stats\"")).ok_or("no stats")?;
    let stats: serde_json::Value = serde_json::from_str(stats)?;
    assert_eq!((&stats["stats"]["posts"], &stats["stats"]["bad_lines"]), (&3.into(), &1.into()));
    Ok(())
}

#[test]
fn screen_says_what_it_did_not_read_whole() -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("bank.csv"), BANK)?;
    let post = |id: &str, tags: usize| {
        let text = format!("{} https://video.test/a", "#a ".repeat(tags));
        format!("{}\n", serde_json::json!({ "id": id, "text": text }))
    };
    let output =
        screen(folder.path(), &["--bank", "bank.csv"], &(post("few", 9_000) + &post("many", 10_000)))?;
    let hits = String::from_utf8(output.stdout)?;
    let hits: Vec<serde_json::Value> = hits.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let told =
        |at: usize| (&hits[at]["id"], hits[at]["matches"].as_array().map(Vec::len), &hits[at]["incomplete"]);
    assert_eq!(told(0), (&"few".into(), Some(1), &serde_json::Value::Null));
    assert_eq!(told(1), (&"many".into(), Some(0), &true.into()));
    Ok(())
}

#[test]
fn screen_refuses_what_it_cannot_use() -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("bank.csv"), BANK)?;
    std::fs::write(folder.path().join("empty.csv"), "kind,value\nsmell,x\n")?;
    let check = |bank: &str, input: &str, expected: i32| -> Outcome {
        let output = screen(folder.path(), &["--bank", bank], input)?;
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(expected), 0),
            "{bank} {input} {output:?}"
        );
        Ok(())
    };
    check("bank.csv", "", 0)?;
    check("bank.csv", "{\"id\":1}\nx\n", 0)?;
    check("bank.csv", "x\n\ny", 2)?;
    check("none.csv", "{\"id\":1}\n", 2)?;
    check("empty.csv", "{\"id\":1}\n", 2)
}

/// `renvoi screen … | head -1`: it ends without a word, though posts go on.
#[test]
fn screen_ends_quietly_when_nobody_reads() -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("bank.csv"), "kind,value\nterm,heavy rain\n")?;
    let mut child = start(folder.path(), &["--bank", "bank.csv"])?;
    let (mut input, mut hits) =
        (child.stdin.take().ok_or("no input")?, child.stdout.take().ok_or("no output")?);
    let posts = "{\"id\":1,\"text\":\"heavy rain\"}\n".repeat(1_000);
    input.write_all(posts.as_bytes())?;
    hits.read_exact(&mut [0; 10])?;
    drop(hits);
    // writing fails as soon as it has ended
    while input.write_all(posts.as_bytes()).is_ok() {}
    drop(input);
    let output = child.wait_with_output()?;
    assert_eq!((output.status.code(), String::from_utf8(output.stderr)?.as_str()), (Some(0), ""));
    Ok(())
}
