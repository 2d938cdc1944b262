//! Cutting JSON into its elements without parsing them: a scanner of brackets and strings.
//!
//! It reads forward, keeps one element at a time, and survives what is wrong inside an element, so
//! that `serde_json` judges each element alone. JSON lines and single documents are told apart by
//! their first lines.

use std::io::BufRead;

use super::out::{Bad, Out, Step, Stop};

/// Largest element that is read; a larger one is set aside.
pub(super) const ELEMENT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Longest name of a member.
const NAME_BYTES_MAX: usize = 4096;
/// Containers inside containers that are followed.
const NESTS_MAX: usize = 8;

/// Which members of an object hold the elements.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Members whose array holds elements, or whose object is one element.
    pub lists: &'static [&'static str],
    /// Members whose object, or whose array of objects, is looked into.
    pub nests: &'static [&'static str],
    /// Whether the objects of a top-level array are looked into, and not elements themselves.
    pub array_of_containers: bool,
}

impl Shape {
    /// Lines or an array of plain objects.
    pub(super) const PLAIN: Self = Self { lists: &[], nests: &[], array_of_containers: false };
}

/// One element as it stood in the file.
pub(super) struct Element<'b> {
    /// `line 3`, `messages[3]`.
    pub place: &'b str,
    /// Its bytes; JSON is promised only as far as brackets and strings go.
    pub bytes: &'b [u8],
}

pub(super) type OnElement<'f, 's> = &'f mut dyn FnMut(&mut Out<'s>, Element<'_>) -> Step;

/// Gives every element of a document, or of a document a line, to `each`.
pub(super) fn elements<'s>(
    reader: &mut dyn BufRead,
    peek: &[u8],
    shape: Shape,
    out: &mut Out<'s>,
    each: OnElement<'_, 's>,
) -> Step {
    if is_lines(peek) {
        return lines(reader, shape, out, each);
    }
    let mut cut = Cutter::new(reader);
    while cut.peek()?.is_some() {
        top(&mut cut, "", shape, out, each)?;
    }
    Ok(())
}

/// JSON lines: the first line is a whole object, or at least two of the first ones are.
fn is_lines(peek: &[u8]) -> bool {
    const LINES_LOOKED_AT: usize = 50;
    let end = peek.iter().rposition(|&byte| byte == b'\n').unwrap_or(0);
    let mut lines =
        peek[..end].split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty());
    let whole = |line: &[u8]| {
        line.first() == Some(&b'{') && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    };
    let Some(first) = lines.next() else { return false };
    let more = lines.take(LINES_LOOKED_AT).filter(|line| whole(line)).count();
    let opens = matches!(first.first(), Some(b'{' | b'['));
    whole(first) || more >= 2 || (!opens && more >= 1)
}

fn lines<'s>(reader: &mut dyn BufRead, shape: Shape, out: &mut Out<'s>, each: OnElement<'_, 's>) -> Step {
    let mut lines = Lines::new(reader);
    let plain = shape.lists.is_empty() && shape.nests.is_empty();
    while let Some(line) = lines.next()? {
        let place = format!("line {}", line.number);
        let text = line.bytes.trim_ascii();
        if text.is_empty() {
            continue;
        }
        if line.too_long {
            out.set_aside(place, too_big())?;
        } else if plain || text.first() != Some(&b'{') {
            each(out, Element { place: &place, bytes: text })?;
        } else {
            let mut inner = text;
            let mut cut = Cutter::new(&mut inner);
            match top(&mut cut, &place, shape, out, each) {
                Err(Stop::Truncated { .. }) => {
                    out.set_aside(place, Bad::new("The line ends inside the record; export it again."))?;
                }
                Err(Stop::Broken { what, .. }) => {
                    out.set_aside(place, Bad(format!("{what}; mend this line or export it again.")))?;
                }
                other => other?,
            }
        }
    }
    Ok(())
}

/// One top-level value.
fn top<'s>(
    cut: &mut Cutter<'_>,
    place: &str,
    shape: Shape,
    out: &mut Out<'s>,
    each: OnElement<'_, 's>,
) -> Step {
    match cut.peek()? {
        Some(b'[') if shape.array_of_containers => containers(cut, place, shape, (out, each), 0),
        Some(b'[') => list(cut, place, out, each),
        Some(b'{') => container(cut, place, shape, (out, each), 0),
        _ => Err(cut.broken("JSON is expected here")),
    }
}

fn list<'s>(cut: &mut Cutter<'_>, place: &str, out: &mut Out<'s>, each: OnElement<'_, 's>) -> Step {
    cut.open(b'[')?;
    let mut bytes = Vec::new();
    let mut index = 0_u64;
    while cut.more(b']')? {
        let place = format!("{place}[{index}]");
        cut.element(&mut bytes, &place)?;
        if bytes.len() > ELEMENT_BYTES_MAX {
            out.set_aside(place, too_big())?;
        } else {
            each(out, Element { place: &place, bytes: &bytes })?;
        }
        index += 1;
    }
    Ok(())
}

fn containers<'s>(
    cut: &mut Cutter<'_>,
    place: &str,
    shape: Shape,
    (out, each): (&mut Out<'s>, OnElement<'_, 's>),
    depth: usize,
) -> Step {
    cut.open(b'[')?;
    let mut index = 0_u64;
    while cut.more(b']')? {
        let place = format!("{place}[{index}]");
        if cut.peek()? == Some(b'{') {
            container(cut, &place, shape, (out, &mut *each), depth + 1)?;
        } else {
            cut.skip()?;
            out.set_aside(place, Bad::new("An object is expected here; export it again."))?;
        }
        index += 1;
    }
    Ok(())
}

/// An object: its lists are given out; without any, at the top, the object is the element.
fn container<'s>(
    cut: &mut Cutter<'_>,
    place: &str,
    shape: Shape,
    (out, each): (&mut Out<'s>, OnElement<'_, 's>),
    depth: usize,
) -> Step {
    let mut whole = vec![b'{'];
    let mut found = false;
    let mut value = Vec::new();
    cut.open(b'{')?;
    while let Some(name) = cut.member()? {
        let next = cut.peek()?;
        let inner = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
        let nest = depth < NESTS_MAX && shape.nests.contains(&name.as_str());
        if shape.lists.contains(&name.as_str()) && matches!(next, Some(b'[' | b'{')) {
            found = true;
            if next == Some(b'[') {
                list(cut, &inner, out, &mut *each)?;
            } else {
                cut.element(&mut value, &inner)?;
                if value.len() > ELEMENT_BYTES_MAX {
                    out.set_aside(inner, too_big())?;
                } else {
                    each(out, Element { place: &inner, bytes: &value })?;
                }
            }
        } else if nest && matches!(next, Some(b'[' | b'{')) {
            found = true;
            if next == Some(b'[') {
                containers(cut, &inner, shape, (out, &mut *each), depth + 1)?;
            } else {
                container(cut, &inner, shape, (out, &mut *each), depth + 1)?;
            }
        } else {
            cut.element(&mut value, &inner)?;
            if whole.len() <= ELEMENT_BYTES_MAX {
                let comma = if whole.len() > 1 { "," } else { "" };
                whole.extend_from_slice(format!("{comma}{}:", serde_json::Value::from(name)).as_bytes());
                whole.extend_from_slice(&value);
            }
        }
    }
    if found || depth > 0 && !shape.array_of_containers && !shape.lists.is_empty() {
        return Ok(());
    }
    whole.push(b'}');
    let place = if place.is_empty() { "record 1" } else { place };
    if whole.len() > ELEMENT_BYTES_MAX {
        return out.set_aside(place, too_big());
    }
    each(out, Element { place, bytes: &whole })
}

fn too_big() -> Bad {
    let mib = ELEMENT_BYTES_MAX / 1024 / 1024;
    Bad(format!("Larger than {mib} MiB, which no record of this format is; check the export."))
}

/// A forward cutter over JSON bytes.
pub(super) struct Cutter<'r> {
    reader: &'r mut dyn BufRead,
    at: u64,
    fresh: bool,
}

impl<'r> Cutter<'r> {
    pub(super) fn new(reader: &'r mut dyn BufRead) -> Self {
        Self { reader, at: 0, fresh: true }
    }

    fn place(&self) -> String {
        format!("byte {}", self.at)
    }

    pub(super) fn broken(&self, what: &str) -> Stop {
        Stop::Broken { at: self.place(), what: what.to_owned() }
    }

    fn truncated(&self) -> Stop {
        Stop::Truncated { at: self.place() }
    }

    fn eat(&mut self, count: usize) {
        self.reader.consume(count);
        self.at += count as u64;
    }

    /// The next byte that is not white space, not taken; `None` at the end of the file.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            let at = self.at;
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => return Err(Stop::Io { at: format!("byte {at}"), error }),
            };
            if buffer.is_empty() {
                return Ok(None);
            }
            match buffer.iter().position(|byte| !byte.is_ascii_whitespace()) {
                Some(skip) => {
                    let byte = buffer[skip];
                    self.eat(skip);
                    return Ok(Some(byte));
                }
                None => {
                    let all = buffer.len();
                    self.eat(all);
                }
            }
        }
    }

    fn need(&mut self) -> Result<u8, Stop> {
        self.peek()?.ok_or_else(|| self.truncated())
    }

    /// Takes an opening bracket.
    pub(super) fn open(&mut self, bracket: u8) -> Step {
        if self.need()? != bracket {
            return Err(self.broken(&format!("`{}` is expected here", char::from(bracket))));
        }
        self.eat(1);
        self.fresh = true;
        Ok(())
    }

    /// Whether another element follows before `close`, which is taken.
    pub(super) fn more(&mut self, close: u8) -> Result<bool, Stop> {
        let byte = self.need()?;
        if byte == close {
            self.eat(1);
            self.fresh = false;
            return Ok(false);
        }
        if self.fresh {
            self.fresh = false;
            return Ok(true);
        }
        if byte != b',' {
            return Err(self.broken("`,` is expected here"));
        }
        self.eat(1);
        if self.need()? == close {
            self.eat(1);
            return Ok(false);
        }
        Ok(true)
    }

    /// The name of the next member of an object; `None` at its end.
    pub(super) fn member(&mut self) -> Result<Option<String>, Stop> {
        if !self.more(b'}')? {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        if self.need()? != b'"' {
            return Err(self.broken("a member's name in quotes is expected here"));
        }
        self.value(&mut bytes, NAME_BYTES_MAX)?;
        let name = serde_json::from_slice(&bytes).unwrap_or_default();
        if self.need()? != b':' {
            return Err(self.broken("`:` is expected here"));
        }
        self.eat(1);
        Ok(Some(name))
    }

    /// The next value into `bytes`; when the file ends inside, the stop names `place`.
    pub(super) fn element(&mut self, bytes: &mut Vec<u8>, place: &str) -> Step {
        self.value(bytes, ELEMENT_BYTES_MAX).map_err(|stop| match stop {
            Stop::Truncated { at } => Stop::Truncated { at: format!("{place}, {at}") },
            other => other,
        })
    }

    /// Passes over the next value.
    pub(super) fn skip(&mut self) -> Step {
        self.value(&mut Vec::new(), 0)
    }

    /// The next value into `bytes`, which is left with `limit + 1` bytes when it is larger.
    fn value(&mut self, bytes: &mut Vec<u8>, limit: usize) -> Step {
        bytes.clear();
        let first = self.need()?;
        if matches!(first, b'}' | b']' | b',' | b':') {
            return Err(self.broken("a value is expected here"));
        }
        let scalar = !matches!(first, b'{' | b'[' | b'"');
        let mut scan = Scan::default();
        loop {
            let at = self.at;
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => return Err(Stop::Io { at: format!("byte {at}"), error }),
            };
            if buffer.is_empty() {
                // A bare number may end with the file; anything else is cut off.
                return if scalar && !bytes.is_empty() { Ok(()) } else { Err(self.truncated()) };
            }
            let (used, done) = if scalar { scalar_end(buffer) } else { scan.run(buffer) };
            let room = (limit + 1).saturating_sub(bytes.len()).min(used);
            bytes.extend_from_slice(&buffer[..room]);
            self.eat(used);
            if done {
                return Ok(());
            }
        }
    }

    /// Where the cutter stands, in bytes from the start of the text.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// True when only white space is left.
    pub(super) fn ended(&mut self) -> Result<bool, Stop> {
        Ok(self.peek()?.is_none())
    }
}

fn scalar_end(buffer: &[u8]) -> (usize, bool) {
    let end = buffer.iter().position(|b| matches!(b, b',' | b'}' | b']') || b.is_ascii_whitespace());
    (end.unwrap_or(buffer.len()), end.is_some())
}

/// Brackets and strings of one value, across blocks.
#[derive(Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// How much of `buffer` belongs to the value, and whether it ends there.
    fn run(&mut self, buffer: &[u8]) -> (usize, bool) {
        for (index, &byte) in buffer.iter().enumerate() {
            if self.in_string {
                if self.escaped {
                    self.escaped = false;
                } else if byte == b'\\' {
                    self.escaped = true;
                } else if byte == b'"' {
                    self.in_string = false;
                }
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    _ => continue,
                }
            }
            if self.depth == 0 && !self.in_string {
                return (index + 1, true);
            }
        }
        (buffer.len(), false)
    }
}

/// One line of a text.
pub(super) struct Line<'b> {
    /// From 1.
    pub number: u64,
    /// Without its line end.
    pub bytes: &'b [u8],
    /// True when it is longer than [`ELEMENT_BYTES_MAX`]; `bytes` is then its start.
    pub too_long: bool,
}

/// Lines of a text, one at a time in one buffer.
pub(super) struct Lines<'r> {
    reader: &'r mut dyn BufRead,
    buffer: Vec<u8>,
    number: u64,
}

impl<'r> Lines<'r> {
    pub(super) fn new(reader: &'r mut dyn BufRead) -> Self {
        Self { reader, buffer: Vec::new(), number: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, Stop> {
        self.buffer.clear();
        let mut total = 0_usize;
        let mut ended = false;
        self.number += 1;
        while !ended {
            let part = match self.reader.fill_buf() {
                Ok(part) => part,
                Err(error) => return Err(Stop::Io { at: format!("line {}", self.number), error }),
            };
            if part.is_empty() {
                break;
            }
            let end = part.iter().position(|&byte| byte == b'\n');
            let used = end.map_or(part.len(), |end| end + 1);
            let room = (ELEMENT_BYTES_MAX + 1).saturating_sub(self.buffer.len()).min(used);
            self.buffer.extend_from_slice(&part[..room]);
            total += used;
            ended = end.is_some();
            self.reader.consume(used);
        }
        if total == 0 {
            return Ok(None);
        }
        let too_long = self.buffer.len() > ELEMENT_BYTES_MAX;
        let bytes = self.buffer.strip_suffix(b"\n").unwrap_or(&self.buffer);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        Ok(Some(Line { number: self.number, bytes, too_long }))
    }
}
