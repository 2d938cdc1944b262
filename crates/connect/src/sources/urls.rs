//! Plain lists of addresses, one a line; `#` begins a comment; defanged forms are accepted.

use std::ops::ControlFlow;

use domain::observation::{Audience, Record};
use encoding_rs::WINDOWS_1252;

use super::fields::digest;
use super::out::{Bad, Out, Step};
use super::{Found, Input, Manifest, Source, Summary, Unusable, guess, input, json, links};

/// Reads lists of addresses.
pub(super) struct Urls;

impl Source for Urls {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "urls",
            title: "List of addresses",
            extensions: &["txt", "lst", "list", "urls"],
            example: "renvoi intake urls list.txt",
            reads: "One web address a line, also without scheme or defanged (hxxp://, [.]); what follows it on the line is kept as text; # begins a comment.",
            refuses: "Lines that are no web address are set aside.",
        }
    }

    fn read(
        &self,
        given: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        let name = given.name.clone();
        let opened = input::open(given)?;
        input::refuse_other(&opened, &name, "a list of addresses")?;
        if is_table(&opened.peek) {
            return Err(Unusable(format!(
                "{name} is not usable as a list of addresses: it looks like a table. Use `csv`."
            )));
        }
        let latin = input::looks_windows_1252(&opened.peek);
        let mut opened = if latin { input::turn(opened, WINDOWS_1252) } else { opened };
        let mut out = Out::new(&name, opened.encoding, sink);
        if latin {
            out.note("Not UTF-8: read as windows-1252.");
        }
        let step = lines(&mut opened.reader, &mut out);
        out.finish(step, "a list of addresses", "addresses")
    }
}

fn lines(reader: &mut dyn std::io::BufRead, out: &mut Out<'_>) -> Step {
    let mut lines = json::Lines::new(reader);
    while let Some(line) = lines.next()? {
        let place = format!("line {}", line.number);
        if line.too_long {
            out.set_aside(place, Bad::new("The line is larger than 8 MiB; check the list."))?;
            continue;
        }
        let Ok(text) = std::str::from_utf8(line.bytes) else {
            out.set_aside(place, Bad::new("The line is not UTF-8; save the list again as UTF-8."))?;
            continue;
        };
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match entry(text, &place) {
            Some(mut record) => {
                record.original = line.bytes.to_vec();
                out.record(record)?;
            }
            None if line.number == 1 && is_title(text) => {}
            None => out.set_aside(
                place,
                Bad::new("No web address at the start of the line; correct it or put # before it."),
            )?,
        }
    }
    Ok(())
}

/// A table with a row of names; a list whose addresses are followed by notes is none.
fn is_table(peek: &[u8]) -> bool {
    let first = peek.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    guess(peek, "") == Some("csv") && entry(first.trim(), "").is_none()
}

/// A line that only names the list's column.
fn is_title(text: &str) -> bool {
    matches!(
        text.trim_matches('"').to_ascii_lowercase().as_str(),
        "url" | "urls" | "link" | "links" | "address"
    )
}

/// The address at the start of the line, what follows it as text.
fn entry(text: &str, place: &str) -> Option<Record> {
    let text = text.trim_start_matches(['-', '*', '•', '\u{200f}', '\u{200e}']).trim_start();
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>') && !text.starts_with(c));
    let (first, rest) = text.split_at(end.unwrap_or(text.len()));
    let (first, rest) = match links::entry(first.trim_end_matches([',', ';'])) {
        Some(found) => (found, rest),
        // A table of one column and more: the address ends at the first delimiter.
        None => {
            let (head, tail) = first.split_once([',', ';'])?;
            (links::entry(head)?, tail)
        }
    };
    let key = format!("urls:{}", digest(&[&first]));
    let mut record = Record::of(place.to_owned(), key, links::host(&first), Audience::Open);
    let rest = rest.trim().trim_matches(['"', '>']).trim_start_matches([',', ';', '#']).trim();
    record.text = rest.to_owned();
    record.url = Some(first);
    Some(record)
}
