//! `renvoi network` as a process: what bad files are told, and why an account is in a plan.

use std::path::Path;
use std::process::{Command, Output};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn network(folder: &Path, words: &[&str]) -> Outcome<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_renvoi"));
    Ok(command.arg("network").args(words).current_dir(folder).output()?)
}

/// Both ends of what holds a network together go first, and it is said what comes of it.
#[test]
fn what_holds_together_goes_first() -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("e.csv"), edges())?;
    let output = network(folder.path(), &["dismantle", "--edges", "e.csv", "--top", "3", "--json"])?;
    let told: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let first: Vec<&str> =
        told["order"].as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
    assert_eq!(first.len(), 3, "{told}");
    assert!(["aside", "bridge", "other"].iter().all(|hub| first.contains(hub)), "{told}");
    assert!(told["robustness"].as_f64() <= told["robustness_by_degree"].as_f64(), "{told}");
    Ok(())
}

/// One source, one bridge to thirty accounts, and one with forty followers to whom content seldom comes.
fn edges() -> String {
    let through = (0..30).map(|at| format!("bridge,only{at}\n"));
    let aside = (0..40).map(|at| format!("aside,both{at}\nother,both{at}\n"));
    let head = "from,to\nsource,bridge\nsource,aside\nfar,aside\nfurther,aside\n".to_owned();
    head + &through.chain(aside).collect::<String>()
}

#[test]
fn bad_files_get_one_sentence() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text);
    file("e.csv", edges().as_bytes())?;
    file("s.txt", b"source\n")?;
    file("p.txt", b"bridge\n")?;
    let check = |command: &str, edges: &[u8], sources: &str, plan: &str, expected: &str| -> Outcome {
        file("bad.csv", edges)?;
        file("bad-s.txt", sources.as_bytes())?;
        file("bad-p.txt", plan.as_bytes())?;
        let mut words = vec![command, "--edges", "bad.csv", "--json"];
        if command == "plan" || command == "simulate" {
            words.extend(["--sources", "bad-s.txt"]);
        }
        if command == "simulate" {
            words.extend(["--remove", "bad-p.txt"]);
        }
        let output = network(folder.path(), &words)?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{command}: {said}");
        assert!(said.contains(expected) && said.lines().count() <= 2, "{command}: {said}");
        Ok(())
    };
    let good = edges();
    for command in ["rank", "communities", "dismantle", "plan", "simulate"] {
        let check = |edges: &[u8], expected: &str| check(command, edges, "source\n", "bridge\n", expected);
        check(b"", "bad.csv: there is no edge in it")?;
        check(b"from,to\nx,x\n", "bad.csv: no edge joins two accounts")?;
        check(b"from,to,weight\na,b,NaN\n", "bad.csv: line 2: a weight is a number above 0, not `NaN`")?;
        check(b"from,to,weight\na,b,-1\n", "bad.csv: line 2: a weight is a number above 0, not `-1`")?;
        check(b"from,to\na\n", "bad.csv: line 2: an edge has two accounts")?;
        check(b"from,to\na,\xff\n", "bad.csv: line 2: not UTF-8")?;
        check(&vec![b'1'; 1 << 20], "bad.csv: line 1: over 4096 bytes long")?;
    }
    for command in ["plan", "simulate"] {
        let check = |sources: &str, plan: &str, expected: &str| {
            check(command, good.as_bytes(), sources, plan, expected)
        };
        check("", "bridge\n", "bad-s.txt: there is no account in it")?;
        check(
            "nobody\nno one\n",
            "bridge\n",
            "bad-s.txt: of the sources, 2 stand in no edge; the first is nobody",
        )?;
    }
    check(
        "simulate",
        good.as_bytes(),
        "source\n",
        "nobody\n",
        "bad-p.txt: of the accounts of the plan, 1 stands in no edge",
    )?;
    check("simulate", good.as_bytes(), "source\n", "source\n", "source is a source")?;
    Ok(())
}

#[test]
fn the_same_actor_is_told_with_what_speaks_for_it() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    let mut accounts = "account,service,handle\na,video.test,kolvatrin\nb,chat.test,kolvatrin_2\n".to_owned();
    let mut uploads = "time,account,object\n".to_owned();
    for other in 0..60 {
        accounts += &format!("s{other},video.test,{}\n", "bcdfgh".repeat(other % 3 + 1) + &other.to_string());
        uploads += &format!("{},s{other},o{}\n", other * 7_000, other % 9);
    }
    file("a.csv", &accounts)?;
    file("l.csv", "from,to,where\na,b,bio\nb,a,bio\n")?;
    file("u.csv", &uploads)?;
    let words = ["actors", "--accounts", "a.csv", "--links", "l.csv", "--uploads", "u.csv", "--json"];
    let output = network(folder.path(), &words)?;
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let first = &told["pairs"][0];
    assert_eq!((&first["a"], &first["b"]), (&"a".into(), &"b".into()));
    assert!(first["adds"]["links"].as_f64().is_some_and(|add| add > 0.0), "{first}");
    file("l.csv", "from,to\na,nobody\n")?;
    let output = network(folder.path(), &words)?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    assert!(said.contains("l.csv: line 2: nobody does not stand among the accounts"), "{said}");
    Ok(())
}

/// Whoever reads may go, as `head` does; a full device is told in one sentence.
#[test]
fn output_that_cannot_be_written_breaks_nothing() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    file("e.csv", &edges())?;
    file("s.txt", "source\n")?;
    file("p.txt", "bridge\n")?;
    file("t.csv", "time,account,object\n1,a,x\n")?;
    file("c.csv", "series,service,hour,count\na,x,1,2\n")?;
    let spread = ["--edges", "e.csv", "--sources", "s.txt"];
    let commands: [Vec<&str>; 6] = [
        vec!["rank", "--edges", "e.csv"],
        [&["plan", "--k", "1"], &spread[..]].concat(),
        [&["simulate", "--remove", "p.txt"], &spread[..]].concat(),
        vec!["communities", "--edges", "e.csv"],
        vec!["cells", "--events", "t.csv", "--json"],
        vec!["shifts", "--series", "c.csv", "--json"],
    ];
    for words in commands {
        let run = |to: std::process::Stdio| -> Outcome<(Option<i32>, String)> {
            let mut command = Command::new(env!("CARGO_BIN_EXE_renvoi"));
            let started = command.arg("network").args(&words).current_dir(folder.path()).stdout(to);
            let output = started.stderr(std::process::Stdio::piped()).spawn()?.wait_with_output()?;
            Ok((output.status.code(), String::from_utf8(output.stderr)?))
        };
        let (reader, writer) = std::io::pipe()?;
        drop(reader);
        assert_eq!(run(writer.into())?, (Some(0), String::new()), "{words:?}");
        let (code, said) = run(std::fs::File::options().write(true).open("/dev/full")?.into())?;
        assert_eq!(code, Some(1), "{words:?}: {said}");
        assert!(said.starts_with("renvoi: The output cannot be written: "), "{words:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    Ok(())
}

/// A plan never takes the place of what it is made of, and names are harmless on a terminal.
#[test]
fn a_plan_spares_its_inputs_and_the_terminal() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    file("e.csv", &edges().replace("bridge", "bri\u{1b}[2Jdge"))?;
    file("s.txt", "source\n")?;
    let plan = |out: &str| -> Outcome<(Option<i32>, String, String)> {
        let words = ["plan", "--edges", "e.csv", "--sources", "s.txt", "--k", "1", "--why", "--out", out];
        let output = network(folder.path(), &words)?;
        Ok((output.status.code(), String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?))
    };
    for input in ["e.csv", "./s.txt"] {
        let (code, _, said) = plan(input)?;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("The plan would be written over"), "{said}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("s.txt"))?, "source\n");
    assert_eq!(plan("none/p.txt")?.0, Some(2));
    let (code, shown, said) = plan("p.txt")?;
    assert_eq!(code, Some(0), "{said}");
    assert!(!shown.contains('\u{1b}') && shown.contains("bri\\u{1b}[2Jdge"), "{shown}");
    assert_eq!(std::fs::read_to_string(folder.path().join("p.txt"))?, "bri\u{1b}[2Jdge\n");
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 3);
    for words in [["rank", "--edges", "e.csv"], ["communities", "--edges", "e.csv"]] {
        let output = network(folder.path(), &words)?;
        assert!(!String::from_utf8(output.stdout)?.contains('\u{1b}'), "{words:?}");
    }
    Ok(())
}

/// A file that says it has 10 GB and holds nothing is told so at once.
#[test]
fn a_file_of_holes_is_refused() -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::File::create(folder.path().join("holes.csv"))?.set_len(10 << 30)?;
    let output = network(folder.path(), &["rank", "--edges", "holes.csv"])?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("holes.csv: line 1: over 4096 bytes long"), "{said}");
    Ok(())
}

#[test]
fn a_plan_says_why() -> Outcome {
    let folder = tempfile::tempdir()?;
    // Loops and repeated edges are left out and said; ids are texts.
    std::fs::write(folder.path().join("e.csv"), edges() + "source,source\nsource,bridge\n")?;
    std::fs::write(folder.path().join("s.txt"), "source\nsource\n")?;
    let words =
        ["plan", "--edges", "e.csv", "--sources", "s.txt", "--k", "1", "--why", "--out", "p.txt", "--json"];
    let output = network(folder.path(), &words)?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("1 edges from an account to itself left out")
            && said.contains("1 edges stand there again")
    );
    let told: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let first = &told["plan"][0];
    assert_eq!(first["account"], "bridge");
    assert_eq!(first["because"]["ways"][0]["accounts"], serde_json::json!(["source", "bridge"]));
    assert_eq!((&first["because"]["rank"], &first["because"]["in_first"]), (&1.into(), &1.0.into()));
    assert_eq!(std::fs::read_to_string(folder.path().join("p.txt"))?, "bridge\n");
    let output = network(folder.path(), &words[..words.len() - 1])?;
    let said = String::from_utf8(output.stdout)?;
    assert!(said.contains("of the audience is reached only through it"), "{said}");
    Ok(())
}

/// Who copies a content copies the number in it: only contents of their own set accounts apart.
#[test]
fn money_by_accounts_apart() -> Outcome {
    let folder = tempfile::tempdir()?;
    let contents = [
        "The first train to the coast leaves from platform nine at dawn, says the old clock.",
        "Seven barrels rest beside a quiet river while the meadow waits for candles and rain.",
    ];
    let line = |id: usize, account: &str, content: usize, value: &str| {
        let text = format!("{} Give to {value}", contents[content]);
        serde_json::json!({ "id": id, "time": 1_772_600_000 + id, "account": account, "text": text })
            .to_string()
    };
    let (iban, address) = ("DE89 3704 0044 0532 0130 00", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
    let mut lines: Vec<String> =
        (0..9).map(|id| line(id, &format!("chat.example/a{id}"), 0, address)).collect();
    lines.extend([line(10, "chat.example/a1", 0, iban), line(11, "video.example/b", 1, iban)]);
    std::fs::write(folder.path().join("p.ndjson"), lines.join("\n"))?;
    let output = network(folder.path(), &["money", "--posts", "p.ndjson", "--json"])?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let (first, second) = (&told["identifiers"][0], &told["identifiers"][1]);
    assert_eq!((&first["value"], &first["apart"]), (&"DE89370400440532013000".into(), &2.into()), "{told}");
    assert_eq!((&second["accounts"], &second["apart"]), (&9.into(), &1.into()), "{told}");
    assert_eq!((&second["standing"], &told["posts"]), (&"one_content".into(), &11.into()), "{told}");
    assert_eq!(first["beside"][0]["accounts"], 1, "{told}");
    let output = network(folder.path(), &["money", "--posts", "p.ndjson"])?;
    let said = String::from_utf8(output.stdout)?;
    assert!(said.starts_with("2 apart\t2 accounts\t2 contents\t2 posts\tapart\tiban\t"), "{said}");
    std::fs::write(folder.path().join("bad.ndjson"), "{\"id\":1}\n")?;
    let output = network(folder.path(), &["money", "--posts", "bad.ndjson"])?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    assert!(said.contains("bad.ndjson: line 1: the time is seconds"), "{said}");
    Ok(())
}
