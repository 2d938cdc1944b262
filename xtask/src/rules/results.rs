//! Results of a test run: the JUnit file of nextest, or the lines of `cargo test`.

use super::sources::Test;
use std::collections::BTreeMap;

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Skipped,
    Passed,
    Failed,
}

/// One test that ran or was left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// Package; empty where the form does not say.
    pub(crate) package: String,
    /// Name with its modules.
    pub(crate) name: String,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// Why it was skipped: what it printed after `skipped: `.
    pub(crate) reason: Option<String>,
}

/// What a test prints at the start of a line when it leaves out what it is for.
const SKIP_MARK: &str = "skipped: ";

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
}

/// Reads either form, and keeps the outcomes by function.
pub(super) fn read(text: &str) -> Results {
    let mut results = Results::default();
    for case in cases(text) {
        let function = case.name.rsplit("::").next().unwrap_or(&case.name).to_owned();
        let kept = results.0.entry((case.package, function)).or_insert(case.outcome);
        *kept = case.outcome.max(*kept);
    }
    results
}

/// Reads either form. A test that printed `skipped: why` did not pass: it was skipped.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    if text.contains("<testsuites") || text.contains("<testcase") {
        return text.split("<testcase ").skip(1).filter_map(junit_case).collect();
    }
    let mut cases: Vec<Case> = text.lines().filter_map(line_case).collect();
    // `cargo test -- --show-output` prints what a test said under `---- name stdout ----`.
    let mut speaker = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("---- ").and_then(|l| l.strip_suffix(" stdout ----")) {
            speaker = Some(name);
        } else if let (Some(name), Some(why)) = (speaker, line.strip_prefix(SKIP_MARK)) {
            let said = |case: &&mut Case| case.name == name && case.outcome == Outcome::Passed;
            if let Some(case) = cases.iter_mut().find(said) {
                case.outcome = Outcome::Skipped;
                case.reason = Some(why.trim().to_owned());
            }
        }
    }
    cases
}

/// From the attributes of one `<testcase` to the next.
fn junit_case(case: &str) -> Option<Case> {
    let (tag, rest) = case.split_once('>')?;
    let attribute = |name: &str| {
        let tag = format!(" {tag}");
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        value.split('"').next().map(str::to_owned)
    };
    let name = attribute("name")?;
    // nextest: `package`, or `package::binary` for integration tests.
    let class = attribute("classname").unwrap_or_default();
    let package = class.split("::").next().unwrap_or("").to_owned();
    let body = if tag.ends_with('/') { "" } else { rest.split("</testcase>").next().unwrap_or("") };
    let body = body.replace("</system-", "\n</system-");
    let says = |line: &str| {
        // The first line follows its tag; one test thread puts `test name ... ` before what a test prints.
        let line = line.trim_start();
        let line = if line.starts_with('<') {
            line.rsplit_once("-out>").map_or(line, |(_, text)| text)
        } else {
            line
        };
        let line =
            line.strip_prefix("test ").and_then(|l| l.split_once(" ... ")).map_or(line, |(_, said)| said);
        line.strip_prefix(SKIP_MARK).map(|why| why.trim().to_owned())
    };
    let reason = body.lines().find_map(says);
    let outcome = if body.contains("<failure") || body.contains("<error") {
        Outcome::Failed
    } else if body.contains("<skipped") || reason.is_some() {
        Outcome::Skipped
    } else {
        Outcome::Passed
    };
    Some(Case { package, name, outcome, reason })
}

/// `test a::b ... ok`, or `a::b ok`
fn line_case(line: &str) -> Option<Case> {
    let line = line.trim();
    let line = line.strip_prefix("test ").unwrap_or(line).replace(" ... ", " ");
    let words: Vec<&str> = line.split_whitespace().collect();
    let (name, outcome, why) = match words[..] {
        [name, "ok"] => (name, Outcome::Passed, None),
        // The reason of a failure may follow.
        [name, word, ..] if word == "FAILED" || word == "FAILED:" => (name, Outcome::Failed, None),
        [name, "ignored"] => (name, Outcome::Skipped, None),
        [name, "ignored,", ref why @ ..] => (name, Outcome::Skipped, Some(why.join(" "))),
        _ => return None,
    };
    Some(Case { package: String::new(), name: name.to_owned(), outcome, reason: why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_is_not_passed() {
        let check = |text: &str, expected: &[(&str, Outcome, Option<&str>)]| {
            let cases = cases(text);
            let found: Vec<_> =
                cases.iter().map(|c| (c.name.as_str(), c.outcome, c.reason.as_deref())).collect();
            assert_eq!(found, expected, "{text}");
        };
        let (passed, failed, skipped) = (Outcome::Passed, Outcome::Failed, Outcome::Skipped);
        check(
            "test a::b ... ok\ntest c ... FAILED\ntest result: FAILED. 1 passed\n",
            &[("a::b", passed, None), ("c", failed, None)],
        );
        check(
            "test d ... ignored, needs a day\ntest box ... FAILED: no child\n",
            &[("d", skipped, Some("needs a day")), ("box", failed, None)],
        );
        let said = "test a ... ok\ntest b ... ok\n\nsuccesses:\n\n---- a stdout ----\nskipped: no samples\n";
        check(said, &[("a", skipped, Some("no samples")), ("b", passed, None)]);
        let junit = "<testsuites><testcase name=\"a\" classname=\"x\"><system-out>running 1 test\nskipped: no samples\ntest a ... ok</system-out></testcase>\
            <testcase name=\"b\" classname=\"x\"><system-out>skipped: none, skipped twice</system-out></testcase>\
            <testcase name=\"c\" classname=\"x\"><system-out>not skipped: all there</system-out></testcase></testsuites>";
        check(
            junit,
            &[
                ("a", skipped, Some("no samples")),
                ("b", skipped, Some("none, skipped twice")),
                ("c", passed, None),
            ],
        );
    }
}
