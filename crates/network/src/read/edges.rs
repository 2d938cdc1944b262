//! Edges, one a line: `from,to[,weight]`, and with a header `layer` and `time` too.

use std::collections::BTreeSet;
use std::io::Read;

use super::lists::{QUOTED, field, text};
use super::only::{Only, moment};
use crate::accounts::{Accounts, NAME_BYTES_MAX};
use crate::graph::{EDGES_MAX, Graph};
use crate::{Error, Result};

/// Bytes of one line.
pub const LINE_BYTES_MAX: usize = 4096;
const BLOCK_BYTES: usize = 1 << 20;
/// Layers of one table.
const LAYERS_MAX: usize = 256;
const WHEN: &str = "a time is a number of seconds since 1970, a date or a time as 2026-10-01T08:00:00Z";

/// Which field of a line is what.
struct Columns {
    from: usize,
    to: usize,
    weight: Option<usize>,
    layer: Option<usize>,
    time: Option<usize>,
    /// How many there are.
    all: usize,
}

/// What was read so far.
struct Reading<'a> {
    only: &'a Only,
    /// Layers that edges are of, while some are asked for.
    layers: BTreeSet<String>,
    /// Edges that are of none of them, or of another time.
    others: u64,
    columns: Option<Columns>,
    accounts: Accounts,
    edges: Vec<(u32, u32)>,
    weights: Vec<f32>,
    line: u64,
    /// The `from` of the line before: files are mostly in its order.
    last: (String, u32),
}

/// Reads the edges that count out of `from,to[,weight]`. The first line may name the columns in any order, among them
/// `layer` and `time` ([`moment`]), and more of them; without such a line they are `from,to` and, if there is a third, `weight`. A byte order mark, `\r\n` and quotation marks around a field are
/// taken; a comma parts fields wherever it stands.
///
/// # Errors
/// One sentence with the line: a field is missing, a name is empty or too long, a weight is no number above 0,
/// there are more fields than columns, a quotation mark stands elsewhere than around a field, a line has over `LINE_BYTES_MAX`; or `Empty`, or `TooMany`.
pub fn edges(mut file: impl Read, only: &Only) -> Result<Graph> {
    let mut reading = Reading {
        only,
        layers: BTreeSet::new(),
        others: 0,
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

impl Reading<'_> {
    fn line(&mut self, line: &[u8]) -> Result<()> {
        self.line += 1;
        let line = if self.line == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        if line.len() > LINE_BYTES_MAX {
            return Err(self.wrong(format!("over {LINE_BYTES_MAX} bytes long")));
        }
        let text = text(line).map_err(|why| self.wrong(why.to_owned()))?;
        let Some(columns) = &self.columns else {
            let (columns, named) = header(text).map_err(|why| self.wrong(why))?;
            if columns.layer.is_none() && !self.only.layers.is_empty() {
                return Err(
                    self.wrong("layers are asked for; a header with a column layer is needed".to_owned())
                );
            }
            if columns.time.is_none() && self.only.needs_time() {
                return Err(
                    self.wrong("times are asked for; a header with a column time is needed".to_owned())
                );
            }
            self.columns = Some(columns);
            return if named { Ok(()) } else { self.edge(text) };
        };
        debug_assert!(columns.from != columns.to);
        self.edge(text)
    }

    fn edge(&mut self, text: &str) -> Result<()> {
        let Some(Columns { from, to, weight, layer, time, all }) = self.columns else { return Ok(()) };
        let (mut ends, mut heavy, mut of_layer, mut at_time) = ([None, None], None, None, None);
        for (at, raw) in text.split(',').enumerate() {
            let Some(one) = field(raw) else { return Err(self.wrong(QUOTED.to_owned())) };
            if at == from {
                ends[0] = Some(one);
            } else if at == to {
                ends[1] = Some(one);
            } else if Some(at) == weight {
                heavy = Some(one);
            } else if Some(at) == layer {
                of_layer = Some(one);
            } else if Some(at) == time {
                at_time = Some(one);
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
        if !self.counts(of_layer, at_time)? {
            self.others += 1;
            return Ok(());
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

    /// Whether an edge is of a layer and a time that are asked for.
    fn counts(&mut self, layer: Option<&str>, time: Option<&str>) -> Result<bool> {
        let asked = !self.only.layers.is_empty();
        if let Some(layer) = layer.filter(|layer| asked && !self.layers.contains(*layer)) {
            if self.layers.len() == LAYERS_MAX {
                return Err(self.wrong(format!("the table has more than {LAYERS_MAX} layers")));
            }
            self.layers.insert(layer.to_owned());
        }
        let at = match time.filter(|_| self.only.needs_time()) {
            None if self.only.needs_time() => return Err(self.wrong(WHEN.to_owned())),
            None => None,
            Some(time) => Some(moment(time).ok_or_else(|| self.wrong(format!("{WHEN}, not `{time}`")))?),
        };
        Ok(self.only.takes(layer.or(asked.then_some("")), at))
    }

    fn done(self) -> Result<Graph> {
        if let Some(unknown) = self.only.unknown(&self.layers).filter(|_| !self.layers.is_empty()) {
            return Err(Error::Layer(unknown));
        }
        if self.edges.is_empty() && self.others > 0 {
            return Err(Error::Empty("no edge is of the layers and times that are asked for"));
        }
        if self.edges.is_empty() {
            return Err(Error::Empty("there is no edge in it: a line is `from,to`"));
        }
        Graph::of_edges(self.accounts, self.edges, self.weights)
    }

    fn wrong(&self, why: String) -> Error {
        Error::Line { line: self.line, why }
    }
}

/// The columns, and whether the line names them; or why it can be no first line.
fn header(line: &str) -> std::result::Result<(Columns, bool), String> {
    let fields = line.split(',').map(|raw| field(raw).map(str::to_ascii_lowercase));
    let fields: Vec<String> = fields.collect::<Option<_>>().ok_or(QUOTED)?;
    let at = |name: &str| fields.iter().position(|field| field == name);
    // `source` and `target` is what Gephi and others write.
    match (at("from").or_else(|| at("source")), at("to").or_else(|| at("target"))) {
        (Some(from), Some(to)) => {
            let (weight, layer, time) = (at("weight"), at("layer"), at("time"));
            for used in [Some(from), Some(to), weight, layer, time].into_iter().flatten() {
                if fields[used + 1..].contains(&fields[used]) {
                    return Err(format!("two columns have the name {}", fields[used]));
                }
            }
            Ok((Columns { from, to, weight, layer, time, all: fields.len() }, true))
        }
        (None, None) => {
            let weight = (fields.len() > 2).then_some(2);
            let all = if weight.is_some() { 3 } else { 2 };
            Ok((Columns { from: 0, to: 1, weight, layer: None, time: None, all }, false))
        }
        _ => Err("a header needs the columns from and to".to_owned()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Only, moment};
    use crate::{Graph, Result};

    fn edges(file: &[u8]) -> Result<Graph> {
        super::edges(file, &Only::default())
    }

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
        check("Source,Target,Type,Id,Label,Weight\na,b,Directed,0,,2\n", &[("a", "b", 2.0)]);
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
        check(b"from,to,to\n1,2,3\n", "line 1: two columns have the name to");
        check(b"a,b\na,b\0\n", &format!("line 2: {}", super::super::lists::ZERO));
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
    fn only_edges_of_a_layer_and_a_time_count() {
        let table = "time,from,to,layer\n2026-10-01,a,b,forward\n1790899200,b,c,mention\n\
                     2026-10-03T00:00:00Z,c,d,forward\n";
        let only = |layers: &[&str], since: &str, until: &str| {
            let layers = layers.iter().map(|&layer| layer.to_owned()).collect();
            super::edges(table.as_bytes(), &Only { layers, since: moment(since), until: moment(until) })
        };
        let count =
            |layers: &[&str], since: &str, until: &str| only(layers, since, until).unwrap().edge_count();
        assert_eq!(count(&[], "", ""), 3);
        assert_eq!(count(&["forward"], "", ""), 2);
        assert_eq!(count(&["forward", "mention"], "2026-10-02", ""), 2);
        assert_eq!(count(&[], "2026-10-02", "2026-10-03"), 1);
        let wrong = |layers: &[&str], since: &str| only(layers, since, "").unwrap_err().to_string();
        assert_eq!(wrong(&["copy"], ""), "no edge is of the layer copy; there are forward, mention");
        assert_eq!(
            wrong(&["mention"], "2026-10-03"),
            "no edge is of the layers and times that are asked for"
        );
        let plain = |table: &str, only: Only| super::edges(table.as_bytes(), &only).unwrap_err().to_string();
        let layers = vec!["forward".to_owned()];
        let of_layer = Only { layers, ..Only::default() };
        let said = "line 1: layers are asked for; a header with a column layer is needed";
        assert_eq!(plain("a,b\n", of_layer), said);
        let later = Only { since: moment("2026-10-02"), ..Only::default() };
        let said = "line 1: times are asked for; a header with a column time is needed";
        assert_eq!(plain("from,to\na,b\n", later.clone()), said);
        for (row, said) in [("a,b,x", format!("{}, not `x`", super::WHEN)), ("a,b", super::WHEN.to_owned())] {
            assert_eq!(plain(&format!("from,to,time\n{row}\n"), later.clone()), format!("line 2: {said}"));
        }
    }

    #[test]
    fn lines_go_on_over_blocks() {
        let text: String = (0..200_000).map(|at| format!("{at},{}\n", at + 1)).collect();
        let graph = edges(text.as_bytes()).unwrap();
        assert_eq!((graph.len(), graph.edge_count()), (200_001, 200_000));
    }
}
