//! One number a line: figure, dimension, value, count, definition.

use super::ActionDay;
use crate::Result;
use std::fmt::Write as _;

/// Writes the long form, with a header, CRLF and RFC 4180 quotes.
pub(super) fn write(day: &ActionDay) -> Result<Vec<u8>> {
    let mut out = String::from("figure,dimension,value,count,definition\r\n");
    let mut line = |figure: &str, dimension: &str, value: &str, count: Option<i64>| {
        let definition = day.definitions.iter().find(|definition| definition.id == figure);
        let definition = definition.map_or("", |definition| definition.definition);
        let count = count.map(|count| count.to_string()).unwrap_or_default();
        let fields = [figure, dimension, value, &count, definition].map(cell);
        let _ = write!(out, "{}\r\n", fields.join(","));
    };
    let number = |count: u64| i64::try_from(count).ok();
    for (figure, count) in &day.counts.figures {
        line(figure, "all", "", number(*count));
    }
    for (share, ratio) in &day.counts.shares {
        line(
            share,
            "per_mille",
            &format!("{}/{}", ratio.part, ratio.whole),
            ratio.per_mille.and_then(number),
        );
    }
    for (duration, timing) in &day.counts.durations {
        line(duration, "done", "", number(timing.done));
        line(duration, "open", "", number(timing.open));
        line(duration, "median_s", "", timing.median_s);
        line(duration, "p90_s", "", timing.p90_s);
        for mark in &timing.marks {
            line(duration, "done_after_s", &mark.after_s.to_string(), number(mark.done));
            line(duration, "open_after_s", &mark.after_s.to_string(), number(mark.open));
        }
    }
    for (dimension, values) in &day.counts.by {
        for (value, figures) in values {
            for (figure, count) in figures {
                line(figure, dimension, value, number(*count));
            }
        }
    }
    let groups = [
        ("assessments", "decision", &day.counts.decisions),
        ("referred", "answer", &day.counts.answers),
        ("referred", "liveness", &day.counts.liveness),
    ];
    for (figure, dimension, counts) in groups {
        for (value, count) in counts {
            line(figure, dimension, value, number(*count));
        }
    }
    Ok(out.into_bytes())
}

/// A cell; one that a spreadsheet would take for a formula is marked as text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']) && text.parse::<i64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells() {
        let check = |text: &str, expected: &str| assert_eq!(cell(text), expected);
        check("plain", "plain");
        check("a, \"b\"", "\"a, \"\"b\"\"\"");
        check("=1+1", "'=1+1");
        check("-5", "-5");
    }
}
