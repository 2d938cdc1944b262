//! Edges, one a line: `from,to[,weight]`.

use std::io::Read;

use super::lists::{QUOTED, field};
use crate::accounts::{Accounts, NAME_BYTES_MAX};
use crate::graph::{EDGES_MAX, Graph};
use crate::{Error, Result};

/// Bytes of one line.
pub const LINE_BYTES_MAX: usize = 4096;
const BLOCK_BYTES: usize = 1 << 20;

/// Which field of a line is what.
struct Columns {
    from: usize,
    to: usize,
    weight: Option<usize>,
    /// How many there are.
    all: usize,
}

/// What was read so far.
struct Reading {
    columns: Option<Columns>,
    accounts: Accounts,
    edges: Vec<(u32, u32)>,
    weights: Vec<f32>,
    line: u64,
    /// The `from` of the line before: files are mostly in its order.
    last: (String, u32),
}

/// Reads `from,to[,weight]`. The first line may name the columns in any order, and more of them; without such a line
/// they are `from,to` and, if there is a third, `weight`. A byte order mark, `\r\n` and quotation marks around a field are
/// taken; a comma parts fields wherever it stands.
///
/// # Errors
/// One sentence with the line: a field is missing, a name is empty or too long, a weight is no number above 0,
/// there are more fields than columns, a quotation mark stands elsewhere than around a field, a line has over `LINE_BYTES_MAX`; or `Empty`, or `TooMany`.
pub fn edges(mut file: impl Read) -> Result<Graph> {
    let mut reading = Reading {
        columns: None,
        accounts: Accounts::new(),
        edges: Vec::new(),
        weights: Vec::new(),
        line: 0,
        last: (String::new(), u32::MAX),
    };
    let mut block = vec![0; BLOCK_BYTES];
    let mut kept = 0;
    loop {
        let read = match file.read(&mut block[kept..]) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let filled = kept + read;
        let mut begin = 0;
        while let Some(len) = block[begin..filled].iter().position(|byte| *byte == b'\n') {
            reading.line(&block[begin..begin + len])?;
            begin += len + 1;
        }
        if read == 0 {
            reading.line(&block[begin..filled])?;
            return reading.done();
        }
        block.copy_within(begin..filled, 0);
        kept = filled - begin;
        if kept > LINE_BYTES_MAX {
            reading.line += 1;
            return Err(reading.wrong(format!("over {LINE_BYTES_MAX} bytes long")));
        }
    }
}

impl Reading {
    fn line(&mut self, line: &[u8]) -> Result<()> {
        self.line += 1;
        let line = if self.line == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        if line.len() > LINE_BYTES_MAX {
            return Err(self.wrong(format!("over {LINE_BYTES_MAX} bytes long")));
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return Err(self.wrong("not UTF-8".to_owned()));
        };
        let Some(columns) = &self.columns else {
            let Some((columns, named)) = header(text) else { return Err(self.wrong(QUOTED.to_owned())) };
            let columns =
                columns.ok_or_else(|| self.wrong("a header needs the columns from and to".to_owned()));
            self.columns = Some(columns?);
            return if named { Ok(()) } else { self.edge(text) };
        };
        debug_assert!(columns.from != columns.to);
        self.edge(text)
    }

    fn edge(&mut self, text: &str) -> Result<()> {
        let Some(Columns { from, to, weight, all }) = self.columns else { return Ok(()) };
        let (mut ends, mut heavy) = ([None, None], None);
        for (at, raw) in text.split(',').enumerate() {
            let Some(one) = field(raw) else { return Err(self.wrong(QUOTED.to_owned())) };
            if at == from {
                ends[0] = Some(one);
            } else if at == to {
                ends[1] = Some(one);
            } else if Some(at) == weight {
                heavy = Some(one);
            } else if at >= all && !one.is_empty() {
                let why = "no comma may stand in a name, and a number is written as 1.5";
                return Err(self.wrong(format!("more than the {all} fields of the table; {why}")));
            }
        }
        let [Some(from), Some(to)] = ends else {
            return Err(self.wrong("an edge has two accounts, as in `anna,bert`".to_owned()));
        };
        for name in [from, to] {
            if name.is_empty() || name.len() > NAME_BYTES_MAX {
                return Err(self.wrong(format!("the name of an account has 1 to {NAME_BYTES_MAX} bytes")));
            }
        }
        if weight.is_some() {
            let number = heavy.and_then(|field| field.parse::<f32>().ok());
            match number.filter(|number| number.is_finite() && *number > 0.0) {
                Some(number) => self.weights.push(number),
                None => {
                    let found = heavy.unwrap_or_default();
                    return Err(self.wrong(format!("a weight is a number above 0, not `{found}`")));
                }
            }
        }
        if self.edges.len() >= EDGES_MAX {
            return Err(Error::TooMany { what: "edges", max: EDGES_MAX });
        }
        if self.last.1 == u32::MAX || self.last.0 != from {
            self.last.1 = self.accounts.place(from)?;
            self.last.0.clear();
            self.last.0.push_str(from);
        }
        let to = self.accounts.place(to)?;
        self.edges.push((self.last.1, to));
        Ok(())
    }

    fn done(self) -> Result<Graph> {
        if self.edges.is_empty() {
            return Err(Error::Empty("there is no edge in it: a line is `from,to`"));
        }
        Graph::of_edges(self.accounts, self.edges, self.weights)
    }

    fn wrong(&self, why: String) -> Error {
        Error::Line { line: self.line, why }
    }
}

/// The columns, none when the line names some but not both ends, and whether it names them; nothing for a line with a
/// quotation mark that belongs to no field.
fn header(line: &str) -> Option<(Option<Columns>, bool)> {
    let fields = line.split(',').map(|raw| field(raw).map(str::to_ascii_lowercase));
    let fields: Vec<String> = fields.collect::<Option<_>>()?;
    let at = |name: &str| fields.iter().position(|field| field == name);
    Some(match (at("from"), at("to")) {
        (Some(from), Some(to)) => (Some(Columns { from, to, weight: at("weight"), all: fields.len() }), true),
        (None, None) => {
            let weight = (fields.len() > 2).then_some(2);
            (Some(Columns { from: 0, to: 1, weight, all: if weight.is_some() { 3 } else { 2 } }), false)
        }
        _ => (None, true),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::edges;

    #[test]
    fn edges_are_read_as_people_write_them() {
        let check = |text: &str, expected: &[(&str, &str, f32)]| {
            let graph = edges(text.as_bytes()).unwrap();
            let names = graph.accounts();
            let all = (0..graph.len() as u32)
                .flat_map(|from| graph.out().edges_of(from).map(move |(to, weight)| (from, to, weight)));
            let found: Vec<_> =
                all.map(|(from, to, weight)| (names.name(from), names.name(to), weight)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("from,to\n1,2\n2,1\n", &[("1", "2", 1.0), ("2", "1", 1.0)]);
        check("1,2\n2,3", &[("1", "2", 1.0), ("2", "3", 1.0)]);
        check("\u{feff}from,to\r\n\"anna\", bert \r\n\r\n", &[("anna", "bert", 1.0)]);
        check("weight,to,note,from\n2.5,b,x,a\n", &[("a", "b", 2.5)]);
        check("a,b,3\na,b,0.5\n", &[("a", "b", 3.5)]);
        // An id says nothing about how much memory there is to take.
        check("99999999999999,4000000\n", &[("99999999999999", "4000000", 1.0)]);
    }

    #[test]
    fn a_bad_line_is_named_in_one_sentence() {
        let check = |text: &[u8], expected: &str| {
            assert_eq!(edges(text).unwrap_err().to_string(), expected, "{}", String::from_utf8_lossy(text));
        };
        check(b"", "there is no edge in it: a line is `from,to`");
        check(b"from,to\n", "there is no edge in it: a line is `from,to`");
        check(b"from,to\n1,1\n", "no edge joins two accounts");
        check(b"from,to\n1,2\n3\n", "line 3: an edge has two accounts, as in `anna,bert`");
        check(b"1,\n", "line 1: the name of an account has 1 to 512 bytes");
        check(b"from,weight\n1,2\n", "line 1: a header needs the columns from and to");
        for bad in ["NaN", "-1", "0", "inf", "x", ""] {
            let text = format!("from,to,weight\na,b,{bad}\n");
            check(text.as_bytes(), &format!("line 2: a weight is a number above 0, not `{bad}`"));
        }
        check(b"from,to,weight\na,b\n", "line 2: a weight is a number above 0, not ``");
        check(b"a,b\nc,\xff\n", "line 2: not UTF-8");
        for bad in ["\"a1\",\"x,y\"", "\"x,y\",a", "a,b\"c", "a,\"b", "a,\"b\"\"c\""] {
            check(format!("a,b\n{bad}\n").as_bytes(), &format!("line 2: {}", super::QUOTED));
            check(format!("{bad}\n").as_bytes(), &format!("line 1: {}", super::QUOTED));
        }
        let more = |line: u64, all: u64| {
            let why = "no comma may stand in a name, and a number is written as 1.5";
            format!("line {line}: more than the {all} fields of the table; {why}")
        };
        check(b"a0,a2,1,5\n", &more(1, 3));
        check(b"a,b\na,b,2\n", &more(2, 2));
        check(b"from,to,weight\na0,a2,1,5\n", &more(2, 3));
        let long = format!("a,b\na,{}\n", "x".repeat(5000));
        check(long.as_bytes(), "line 2: over 4096 bytes long");
        check(&vec![b'x'; 3 << 20], "line 1: over 4096 bytes long");
    }

    #[test]
    fn lines_go_on_over_blocks() {
        let text: String = (0..200_000).map(|at| format!("{at},{}\n", at + 1)).collect();
        let graph = edges(text.as_bytes()).unwrap();
        assert_eq!((graph.len(), graph.edge_count()), (200_001, 200_000));
    }
}
