//! The list of rules: TOML, one rule a line, `ID = { issue = N, tests = ["name", …] }`, and comments.

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// As in the specification: `LAW-13`, `RXP-70`.
    pub(super) id: String,
    /// Names of the test functions that prove it, at least one.
    pub(super) tests: Vec<String>,
}

/// Reads the list. Fails with the line, from 1, and what is wrong with it.
pub(super) fn read(text: &str) -> Result<Vec<Rule>, (usize, String)> {
    let mut rules: Vec<Rule> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let rule = rule(line).ok_or_else(|| {
            (n + 1, "not `ID = { issue = N, tests = [\"name\"] }`; write it so, on one line".to_owned())
        })?;
        if rules.iter().any(|other| other.id == rule.id) {
            return Err((n + 1, format!("{} a second time; join the two lines", rule.id)));
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn rule(line: &str) -> Option<Rule> {
    let (id, rest) = line.split_once(" = { issue = ")?;
    let (issue, rest) = rest.split_once(", tests = [")?;
    let _: u32 = issue.parse().ok()?;
    let names = rest.strip_suffix("] }")?;
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let tests: Option<Vec<String>> = names
        .split(", ")
        .map(|name| name.strip_prefix('"')?.strip_suffix('"').filter(|name| is_name(name)).map(str::to_owned))
        .collect();
    Some(Rule { id: id.to_owned(), tests: tests? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        let check = |text: &str, expected: Result<&[(&str, &[&str])], usize>| {
            let rule = |(id, tests): &(&str, &[&str])| Rule {
                id: (*id).to_owned(),
                tests: tests.iter().map(|t| (*t).to_owned()).collect(),
            };
            let expected = expected.map(|rules| rules.iter().map(rule).collect());
            assert_eq!(read(text).map_err(|(line, _)| line), expected, "{text}");
        };
        check("# a\n\nA-1 = { issue = 2, tests = [\"x\", \"y_2\"] }\n", Ok(&[("A-1", &["x", "y_2"])]));
        check("A-1 = { issue = 2, tests = [] }", Err(1));
        check("A-1 = { issue = two, tests = [\"x\"] }", Err(1));
        check("A-1 = { issue = 2, tests = [\"x\"] }\nA-1 = { issue = 2, tests = [\"x\"] }", Err(2));
    }
}
