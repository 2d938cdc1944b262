//! Results of a test run: the JUnit file of nextest, or plain lines.

use super::sources::Test;
use std::collections::BTreeMap;

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Skipped,
    Passed,
    Failed,
}

/// Outcomes by package (empty: not known) and name of the function. The worst counts where a name comes twice.
#[derive(Debug, Default)]
pub(super) struct Results(BTreeMap<(String, String), Outcome>);

impl Results {
    /// The outcome of a test of the sources.
    pub(super) fn of(&self, test: &Test) -> Option<Outcome> {
        let package = match test.path.split('/').collect::<Vec<_>>()[..] {
            ["crates", "renvoi", ..] => "renvoi".to_owned(),
            ["crates", name, ..] => format!("renvoi-{name}"),
            ["tests", name, ..] | [name, ..] => name.to_owned(),
            [] => String::new(),
        };
        let outcome = |package: &str| self.0.get(&(package.to_owned(), test.name.clone())).copied();
        outcome(&package).or_else(|| outcome(""))
    }

    fn add(&mut self, package: &str, name: &str, outcome: Outcome) {
        let function = name.rsplit("::").next().unwrap_or(name);
        let kept = self.0.entry((package.to_owned(), function.to_owned())).or_insert(outcome);
        *kept = outcome.max(*kept);
    }
}

/// Reads either form.
pub(super) fn read(text: &str) -> Results {
    let mut results = Results::default();
    if text.contains("<testcase") {
        text.split("<testcase ").skip(1).for_each(|case| read_case(&mut results, case));
    } else {
        text.lines().for_each(|line| read_line(&mut results, line));
    }
    results
}

/// From the attributes of one `<testcase` to the next.
fn read_case(results: &mut Results, case: &str) {
    let Some((tag, rest)) = case.split_once('>') else { return };
    let attribute = |name: &str| {
        let (_, value) =
            format!(" {tag}").split_once(&format!(" {name}=\"")).map(|(a, b)| (a.len(), b.to_owned()))?;
        value.split('"').next().map(str::to_owned)
    };
    let Some(name) = attribute("name") else { return };
    // nextest: `package`, or `package::binary` for integration tests.
    let class = attribute("classname").unwrap_or_default();
    let package = class.split("::").next().unwrap_or("");
    let body = if tag.ends_with('/') { "" } else { rest.split("</testcase>").next().unwrap_or("") };
    let outcome = if body.contains("<failure") || body.contains("<error") {
        Outcome::Failed
    } else if body.contains("<skipped") {
        Outcome::Skipped
    } else {
        Outcome::Passed
    };
    results.add(package, &name, outcome);
}

/// `test a::b ... ok`, or `a::b ok`
fn read_line(results: &mut Results, line: &str) {
    let line = line.trim();
    let line = line.strip_prefix("test ").unwrap_or(line).replace(" ... ", " ");
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, result] = words[..] else { return };
    match result {
        "ok" => results.add("", name, Outcome::Passed),
        "FAILED" => results.add("", name, Outcome::Failed),
        "ignored" => results.add("", name, Outcome::Skipped),
        _ => {}
    }
}
