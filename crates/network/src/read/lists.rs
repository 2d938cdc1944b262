//! Lists of accounts: one a line, and what is known of each.

use std::collections::HashSet;
use std::io::{BufRead, Read};

use super::edges::LINE_BYTES_MAX;
use crate::{Error, Result};

/// Lines of one list.
pub const LIST_MAX: usize = 16_000_000;

/// Reads one account a line; empty lines and a header `account` are passed over, and only the first field counts.
///
/// # Errors
/// `Line` for a line that is too long or not UTF-8, `TooMany`, `Empty` when no account is in it.
pub fn names(file: impl Read) -> Result<Vec<String>> {
    let mut all = Vec::new();
    lines(file, |at, line| {
        let name = field(line.split(',').next().unwrap_or_default()).ok_or_else(|| quoted(at))?;
        if !(all.is_empty() && name == "account") {
            all.push(name.to_owned());
        }
        Ok(())
    })?;
    if all.is_empty() { Err(Error::Empty("there is no account in it: one a line")) } else { Ok(all) }
}

/// Reads `account,chance`: how likely the provider of an account acts, 0 to 1.
///
/// # Errors
/// As `names`, and `Line` for a chance that is no number from 0 to 1, for a third field and an account named twice.
pub fn chances(file: impl Read) -> Result<Vec<(String, f64)>> {
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    lines(file, |at, line| {
        let wrong = |why: String| Err(Error::Line { line: at, why });
        let mut fields = line.split(',').map(|raw| field(raw).ok_or_else(|| quoted(at)));
        let mut next = || fields.next().unwrap_or(Ok(""));
        let (name, chance, more) = (next()?, next()?, next()?);
        if all.is_empty() && name == "account" {
            return Ok(());
        }
        if name.is_empty() || !more.is_empty() {
            return wrong("an account and its chance are needed, as in `anna,0.5`".to_owned());
        }
        match chance.parse::<f64>() {
            Ok(number) if (0.0..=1.0).contains(&number) => all.push((name.to_owned(), number)),
            _ => return wrong(format!("a chance is a number from 0 to 1, not `{chance}`")),
        }
        if seen.insert(name.to_owned()) {
            Ok(())
        } else {
            wrong(format!("{name} stands there again; name it once"))
        }
    })?;
    if all.is_empty() { Err(Error::Empty("there is no chance in it: `anna,0.5` a line")) } else { Ok(all) }
}

fn quoted(line: u64) -> Error {
    Error::Line { line, why: QUOTED.to_owned() }
}

/// Said of a quotation mark that does not stand around a field.
pub(super) const QUOTED: &str =
    "a quotation mark stands around a whole field, and neither a comma nor another one stands between two";

/// A field without what stands around it; nothing for one with a quotation mark inside or on one side.
pub(super) fn field(raw: &str) -> Option<&str> {
    let field = raw.trim();
    let inner = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(field);
    (!inner.contains('"')).then_some(inner)
}

/// Said of a zero byte: it is UTF-8, but no line that people write holds one.
pub(super) const ZERO: &str = "a zero byte stands in it, as in UTF-16; save the file as UTF-8";

/// A line as text, or why it is none.
pub(super) fn text(line: &[u8]) -> std::result::Result<&str, &'static str> {
    if line.contains(&0) { Err(ZERO) } else { std::str::from_utf8(line).map_err(|_| "not UTF-8") }
}

fn lines(file: impl Read, mut take: impl FnMut(u64, &str) -> Result<()>) -> Result<()> {
    let mut file = std::io::BufReader::new(file);
    let mut line = Vec::new();
    for at in 1.. {
        line.clear();
        let limit = LINE_BYTES_MAX as u64 + 1;
        if (&mut file).take(limit).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if at as usize > LIST_MAX {
            return Err(Error::TooMany { what: "lines", max: LIST_MAX });
        }
        if line.len() > LINE_BYTES_MAX {
            return Err(Error::Line { line: at, why: format!("over {LINE_BYTES_MAX} bytes long") });
        }
        let text = text(&line).map_err(|why| Error::Line { line: at, why: why.to_owned() })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
        if !text.is_empty() {
            take(at, text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{chances, names};

    #[test]
    fn lists_are_read_line_by_line() {
        assert_eq!(names("account\n1\n\n \"anna\" ,x\r\n".as_bytes()).unwrap(), ["1", "anna"]);
        let check = |text: &[u8], expected: &str| {
            assert_eq!(names(text).unwrap_err().to_string(), expected);
        };
        check(b"\n", "there is no account in it: one a line");
        check(b"a\n\xff\n", "line 2: not UTF-8");
        check(b"a\0\n\0", &format!("line 1: {}", super::ZERO));
        check(b"a\n\"x,y\"\n", &format!("line 2: {}", super::QUOTED));
        check(&vec![b'x'; 10_000], "line 1: over 4096 bytes long");
    }

    #[test]
    fn chances_are_parts_of_one() {
        let read = chances("account,chance\na,0.5\nb,1\n".as_bytes()).unwrap();
        assert_eq!(read, [("a".to_owned(), 0.5), ("b".to_owned(), 1.0)]);
        for bad in ["a", "a,NaN", "a,-0.1", "a,1.1"] {
            let error = chances(bad.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("line 1: a chance is a number from 0 to 1, not `"), "{error}");
        }
        let check = |text: &str, expected: &str| {
            assert_eq!(chances(text.as_bytes()).unwrap_err().to_string(), expected);
        };
        check("account,chance\n", "there is no chance in it: `anna,0.5` a line");
        check("a,0,5\n", "line 1: an account and its chance are needed, as in `anna,0.5`");
        check("a,0.5\na,0.6\n", "line 2: a stands there again; name it once");
    }
}
