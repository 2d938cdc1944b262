//! `cargo xtask rules`: each rule that is listed, its test, where that is, and its result.

mod list;
mod results;
mod sources;

use crate::tree::Tree;
pub(crate) use results::{Case, Outcome, cases};
use std::collections::BTreeSet;

/// The list of rules.
const LIST: &str = "docs/rules.toml";

/// Names of all test functions in the sources.
pub(crate) fn test_names(tree: &Tree) -> BTreeSet<String> {
    sources::tests(tree).into_iter().map(|test| test.name).collect()
}

/// One line of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: String,
    test: String,
    place: String,
    result: String,
}

/// Prints the table; true when nothing failed and, with `--strict`, nothing is missing or was not run.
pub(crate) fn run(tree: &Tree, options: &[&str]) -> Result<bool, String> {
    let (mut strict, mut results) = (false, None);
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--strict" => strict = true,
            "--results" => {
                let path = options.next().ok_or("--results: no file named; give the results after it")?;
                let text = std::fs::read_to_string(path)
                    .map_err(|e| format!("{path}: cannot be read ({e}); run the tests first"))?;
                results = Some(results::read(&text));
            }
            other => return Err(format!("{other}: no such option; see cargo xtask --help")),
        }
    }
    let text = tree.get(LIST).ok_or_else(|| format!("{LIST}: is not there; take it from the repository"))?;
    let rules = list::read(text).map_err(|(line, why)| format!("{LIST}:{line}: {why}"))?;
    let rows = table(&rules, &sources::tests(tree), results.as_ref());
    print(&rows);
    let count = |result: &str| rows.iter().filter(|row| row.result == result).count();
    let [missing, failed, not_run] = ["MISSING", "FAILED", "not run"].map(count);
    let open = |result: &str| result == "MISSING" || result == "not run";
    let ids = |open_only: bool| {
        let chosen = rules
            .iter()
            .filter(|rule| !open_only || rows.iter().any(|row| row.id == rule.id && open(&row.result)));
        chosen.count()
    };
    println!(
        "{} rules, {} of them open: {missing} tests missing, {failed} failed, {not_run} not run",
        ids(false),
        ids(true)
    );
    Ok(failed == 0 && !(strict && missing + not_run > 0))
}

/// A row for each place where a test of a rule is; one with MISSING where there is none.
fn table(rules: &[list::Rule], tests: &[sources::Test], results: Option<&results::Results>) -> Vec<Row> {
    let mut rows = Vec::new();
    for rule in rules {
        for name in &rule.tests {
            let mut places = tests.iter().filter(|test| test.name == *name).peekable();
            let row = |place: String, result: &str| Row {
                id: rule.id.clone(),
                test: name.clone(),
                place,
                result: result.to_owned(),
            };
            if places.peek().is_none() {
                rows.push(row("-".into(), "MISSING"));
            }
            for test in places {
                let outcome = results.and_then(|results| results.of(test));
                let result = match outcome {
                    _ if test.ignored => "not run",
                    None => "not run",
                    Some(Outcome::Passed) => "ok",
                    Some(Outcome::Failed) => "FAILED",
                    Some(Outcome::Skipped) => "not run",
                };
                rows.push(row(format!("{}:{}", test.path, test.line), result));
            }
        }
    }
    rows
}

fn print(rows: &[Row]) {
    let wide = |column: fn(&Row) -> &str| rows.iter().map(|row| column(row).len()).max().unwrap_or(0);
    let (id, test) = (wide(|r| &r.id), wide(|r| &r.test));
    let place = wide(|r| &r.place);
    for row in rows {
        println!("{:id$}  {:test$}  {:place$}  {}", row.id, row.test, row.place, row.result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let tree = Tree::of(&[
            ("crates/domain/src/a.rs", "#[test]\nfn good() {}\n#[test]\nfn bad() {}\n"),
            ("crates/domain/tests/b.rs", "#[test]\n#[ignore]\nfn slow() {}\n"),
            ("crates/app/src/good.rs", "fn helper() {}\n#[tokio::test]\nasync fn good() {}\n"),
        ]);
        let list = "L-1 = { issue = 2, tests = [\"good\", \"none\"] }\nL-2 = { issue = 2, tests = [\"bad\", \"slow\"] }\n";
        let rules = list::read(list).unwrap_or_default();
        let check = |results: Option<&str>, expected: &[&str]| {
            let results = results.map(results::read);
            let rows = table(&rules, &sources::tests(&tree), results.as_ref());
            let rows: Vec<String> =
                rows.iter().map(|r| format!("{} {} {} {}", r.id, r.test, r.place, r.result)).collect();
            assert_eq!(rows, expected);
        };
        let row = |row: &str, result: &str| format!("{row} {result}");
        let expect = |app: &str, domain: &str, bad: &str| {
            [
                row("L-1 good crates/app/src/good.rs:3", app),
                row("L-1 good crates/domain/src/a.rs:2", domain),
                "L-1 none - MISSING".to_owned(),
                row("L-2 bad crates/domain/src/a.rs:4", bad),
                "L-2 slow crates/domain/tests/b.rs:3 not run".to_owned(),
            ]
        };
        let as_str = |rows: &[String; 5]| rows.iter().map(|r| r.clone().leak() as &str).collect::<Vec<_>>();
        check(None, &as_str(&expect("not run", "not run", "not run")));
        check(Some("test a::good ... ok\nbad FAILED\n"), &as_str(&expect("ok", "ok", "FAILED")));
        let junit = "<testsuite name=\"renvoi-domain\"><testcase name=\"a::good\" classname=\"renvoi-domain\" time=\"1\"/>\
            <testcase name=\"a::bad\" classname=\"renvoi-domain\"><failure type=\"x\">a > b</failure></testcase></testsuite>";
        check(Some(junit), &as_str(&expect("not run", "ok", "FAILED")));
    }
}
