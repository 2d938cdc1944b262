//! The test functions in the sources.

use crate::tree::Tree;

/// A function under `#[test]`, also of tokio and within `proptest!`, or a row of a `&[Test]` of an own harness.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Test {
    pub(super) name: String,
    /// File, from the root of the repository.
    pub(super) path: String,
    /// Line of its `fn`, from 1.
    pub(super) line: usize,
    /// Has `#[ignore]`.
    pub(super) ignored: bool,
}

/// All tests in the Rust files, in order of their paths and lines.
pub(super) fn tests(tree: &Tree) -> Vec<Test> {
    tree.under("", ".rs").flat_map(|(path, text)| tests_in(path, text)).collect()
}

fn tests_in(path: &str, text: &str) -> Vec<Test> {
    let mut tests = Vec::new();
    let (mut marked, mut ignored) = (false, false);
    let mut listed = false;
    for (n, line) in text.lines().enumerate() {
        listed = (listed || line.contains(": &[Test] = &[")) && !line.starts_with("];");
        let line = line.trim_start();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            (marked, ignored) = (true, false);
        } else if line.starts_with("#[ignore") {
            ignored = true;
        }
        // `("name", function),` of a test program without the standard harness.
        let row = line.split_once(": &[Test] = &[").map_or(line, |(_, row)| row);
        if let Some((name, _)) = row.strip_prefix("(\"").and_then(|row| row.split_once("\", "))
            && listed
        {
            tests.push(Test { name: name.to_owned(), path: path.to_owned(), line: n + 1, ignored: false });
        }
        let signature = line.strip_prefix("async ").unwrap_or(line);
        let Some(rest) = signature.strip_prefix("fn ") else { continue };
        if std::mem::take(&mut marked)
            && let Some((name, _)) = rest.split_once(['(', '<'])
        {
            tests.push(Test { name: name.to_owned(), path: path.to_owned(), line: n + 1, ignored });
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions() {
        let text = "fn no() {}\n#[test]\n/// Why.\n#[should_panic]\nfn one() {}\nproptest! {\n    #[test]\n    fn two(a in 0..1) {}\n}\n\
            #[tokio::test(flavor = \"multi_thread\")]\n#[ignore = \"slow\"]\nasync fn three() {}\n";
        let found: Vec<_> = tests_in("a.rs", text).into_iter().map(|t| (t.name, t.line, t.ignored)).collect();
        let own =
            "const ALL: &[Test] = &[\n    (\"four\", four),\n];\nconst X: &[X] = &[\n    (\"no\", no),\n];\n";
        assert_eq!(
            tests_in("b.rs", own).iter().map(|t| (t.name.as_str(), t.line)).collect::<Vec<_>>(),
            [("four", 2)]
        );
        assert_eq!(found, [("one".into(), 5, false), ("two".into(), 8, false), ("three".into(), 12, true)]);
    }
}
