//! One page that reads and prints by itself: no script, nothing from outside. Definitions stand beside the numbers.

use super::{ActionDay, By};
use domain::figure;
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");

/// Columns of a breakdown: figure and heading.
const COLUMNS: [(&str, &str); 6] = [
    ("unique", "unique"),
    ("assessed", "assessed"),
    ("referred", "referred"),
    ("answered", "answered"),
    ("removed", "removed"),
    ("no_action", "no action"),
];
/// Rows of a breakdown on the page; the others are added up in one row, and stand singly in json and csv.
const ROWS_MAX: usize = 60;

/// Writes the page.
pub(super) fn write(day: &ActionDay) -> String {
    let mut out = String::new();
    let figure = |id: &str| day.counts.figures.get(id).copied().unwrap_or_default();
    let title = format!(
        "{}: {} items referred, {} answered",
        day.space.name,
        spaced(figure("referred")),
        spaced(figure("answered"))
    );
    let window = format!("{} to {}, as of {}", time(day.from), time(day.to), time(day.as_of));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{t}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main class=\"paper\">\n\
         <header><p class=\"small\">Action-day report</p><h1>{t}</h1><p>{window}.</p></header>\n",
        t = bdi(&title),
    );
    facts(&mut out, day);
    section(&mut out, "The numbers", "", &figures(day));
    section(
        &mut out,
        "Shares",
        "Precision after review comes first; a share of removals is never read without it.",
        &shares(day),
    );
    section(
        &mut out,
        "How long it took",
        "No referral has a deadline; these are figures, not limits.",
        &durations(day),
    );
    for (dimension, name, definition) in figure::DIMENSIONS {
        if let Some(values) = day.counts.by.get(dimension).filter(|values| !values.is_empty()) {
            section(
                &mut out,
                &format!("By {}", lower(name)),
                definition,
                &breakdown(day, dimension, name, values),
            );
        }
    }
    groups(&mut out, day);
    section(
        &mut out,
        "Made from",
        "Anybody who has these leaves can count again: <code>renvoi report recount</code>.",
        &ledgers(day),
    );
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The four facts at the head.
fn facts(out: &mut String, day: &ActionDay) {
    out.push_str("<div class=\"facts4\">");
    for (id, words) in
        [("observed", "items observed"), ("referred", "items referred"), ("answered", "answered")]
    {
        let value = day.counts.figures.get(id).copied().unwrap_or_default();
        let _ = write!(out, "<div><b>{}</b><span>{words}</span></div>", spaced(value));
    }
    let ratio = day.counts.shares.get("precision_after_review");
    let share = ratio.map_or_else(|| "–".to_owned(), |ratio| percent(ratio.per_mille));
    let parts = ratio
        .map_or_else(String::new, |ratio| format!(", {} of {}", spaced(ratio.part), spaced(ratio.whole)));
    let _ = writeln!(out, "<div><b>{share}</b><span>right after review{parts}</span></div></div>");
}

fn section(out: &mut String, title: &str, aside: &str, body: &str) {
    let _ = writeln!(
        out,
        "<section class=\"with\"><div><h2>{title}</h2>{body}</div><aside><p>{aside}</p></aside></section>"
    );
}

fn table(head: &[&str], rows: &str) -> String {
    let mut out = String::from("<table class=\"t\"><thead><tr>");
    for (index, name) in head.iter().enumerate() {
        let class = if index == 0 || *name == "Definition" { "" } else { " class=\"num\"" };
        let _ = write!(out, "<th scope=\"col\"{class}>{name}</th>");
    }
    let _ = write!(out, "</tr></thead><tbody>{rows}</tbody></table>");
    out
}

fn figures(day: &ActionDay) -> String {
    let mut rows = String::new();
    for figure in figure::ACTION_DAY {
        let value = day.counts.figures.get(figure.id).copied().unwrap_or_default();
        let of =
            figure.whole.and_then(figure::of).map_or(String::new(), |whole| format!(" of {}", whole.name));
        let _ = write!(
            rows,
            "<tr><td>{}<br><span class=\"note\">{}{of}</span></td><td class=\"num\">{}</td><td class=\"note\">{}</td></tr>",
            figure.name,
            figure.unit,
            spaced(value),
            figure.definition
        );
    }
    table(&["Figure", "Count", "Definition"], &rows)
}

fn shares(day: &ActionDay) -> String {
    let mut rows = String::new();
    for share in figure::SHARES {
        let Some(ratio) = day.counts.shares.get(share.id) else { continue };
        let _ = write!(
            rows,
            "<tr><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{} of {}</td><td class=\"note\">{}</td></tr>",
            share.name,
            percent(ratio.per_mille),
            spaced(ratio.part),
            spaced(ratio.whole),
            share.definition
        );
    }
    table(&["Share", "Value", "Parts", "Definition"], &rows)
}

fn durations(day: &ActionDay) -> String {
    let mut out = String::new();
    for duration in figure::DURATIONS {
        let Some(timing) = day.counts.durations.get(duration.id) else { continue };
        let _ = write!(
            out,
            "<h3>{}</h3><p class=\"note\">{}</p><p>{} {} with an end, {} still open. Median {}, 90 % within {}.</p>",
            duration.name,
            duration.definition,
            spaced(timing.done),
            duration.unit,
            spaced(timing.open),
            took(timing.median_s),
            took(timing.p90_s)
        );
        let mut rows = String::new();
        for mark in &timing.marks {
            let _ = write!(
                rows,
                "<tr><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
                took(Some(mark.after_s)),
                spaced(mark.done),
                spaced(mark.open)
            );
        }
        out.push_str(&table(&["After", "ended by then", "still open and watched so long"], &rows));
    }
    out
}

fn breakdown(day: &ActionDay, dimension: &str, name: &str, values: &By) -> String {
    let mut ordered: Vec<_> = values.iter().collect();
    if dimension != "hour" {
        let weight = |figures: &std::collections::BTreeMap<&'static str, u64>| {
            std::cmp::Reverse((figures.get("referred").copied(), figures.get("unique").copied()))
        };
        ordered.sort_by_key(|(value, figures)| (weight(figures), value.as_str()));
    }
    let mut rows = String::new();
    let mut row = |name: &str, count: &dyn Fn(&str) -> u64| {
        let _ = write!(rows, "<tr><td>{}</td>", bdi(name));
        for (figure, _) in COLUMNS {
            let _ = write!(rows, "<td class=\"num\">{}</td>", spaced(count(figure)));
        }
        rows.push_str("</tr>");
    };
    let (shown, others) = ordered.split_at(ordered.len().min(ROWS_MAX));
    for (value, figures) in shown {
        let name = day.ledgers.get(*value).map_or(value.as_str(), |head| head.name.as_str());
        row(name, &|figure| figures.get(figure).copied().unwrap_or_default());
    }
    if !others.is_empty() {
        row(&format!("{} others", others.len()), &|figure| {
            others.iter().filter_map(|(_, figures)| figures.get(figure)).sum()
        });
    }
    let mut head = vec![name];
    head.extend(COLUMNS.map(|(_, heading)| heading));
    table(&head, &rows)
}

fn groups(out: &mut String, day: &ActionDay) {
    let groups = [
        ("Decisions", "Assessments first saved in the window, by what was decided.", &day.counts.decisions),
        (
            "Answers",
            "Referred items by the last answer of their provider; none: no answer so far.",
            &day.counts.answers,
        ),
        (
            "Last look",
            "Referred items by what the last look found (RXP-141). Seen gone does not mean removed by the provider.",
            &day.counts.liveness,
        ),
    ];
    for (title, aside, counts) in groups {
        if counts.is_empty() {
            continue;
        }
        let mut rows = String::new();
        for (word, count) in counts {
            let _ = write!(
                rows,
                "<tr><td>{}</td><td class=\"num\">{}</td></tr>",
                word.replace('_', " "),
                spaced(*count)
            );
        }
        section(out, title, aside, &table(&["", "Count"], &rows));
    }
}

fn ledgers(day: &ActionDay) -> String {
    let mut rows = String::new();
    for head in day.ledgers.values() {
        let _ = write!(
            rows,
            "<tr><td>{}</td><td class=\"num\">{}</td><td class=\"num id\">{}</td></tr>",
            bdi(&head.name),
            spaced(head.size),
            head.root
        );
    }
    table(&["Ledger", "Leaves", "Root"], &rows)
}

/// Text from outside, escaped and kept from turning the line around.
fn bdi(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    if text.is_ascii() { escaped } else { format!("<bdi>{escaped}</bdi>") }
}

fn lower(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A number in groups of three, with a narrow space.
pub(super) fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Thousandths as per cent with one place.
pub(super) fn percent(per_mille: Option<u64>) -> String {
    per_mille.map_or_else(|| "–".to_owned(), |value| format!("{}.{} %", value / 10, value % 10))
}

/// Seconds in words of at most two units.
pub(super) fn took(seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else { return "–".to_owned() };
    let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3_600, seconds % 3_600 / 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min {} s", seconds % 60),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// A time in UTC for people, to the minute.
pub(super) fn time(at: jiff::Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_numbers() {
        assert_eq!(spaced(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(spaced(12), "12");
        assert_eq!(percent(Some(995)), "99.5 %");
        assert_eq!(took(Some(59)), "59 s");
        assert_eq!(took(Some(3_700)), "1 h 1 min");
        assert_eq!(took(Some(200_000)), "2 d 7 h");
        assert_eq!(bdi("<a> & \"b\""), "&lt;a&gt; &amp; &quot;b&quot;");
    }
}
