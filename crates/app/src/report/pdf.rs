//! A4 pages with the numbers, their definitions and breakdowns. Fonts are those of the system; nothing is drawn without one.

use super::page::{percent, spaced, time, took};
use super::{ActionDay, By};
use crate::{Error, Result};
use domain::figure;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};
use rustybuzz::{Face, UnicodeBuffer};
use std::path::Path;

/// Where the Noto fonts lie on the systems that we know.
const FOLDERS: [&str; 3] =
    ["/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto", "/usr/share/fonts/google-noto"];
/// The first that has a character draws it; the first must be there.
const FILES: [&str; 6] = [
    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansThai-Regular.ttf",
];
/// Largest font file that is read, in bytes.
const FONT_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// A4, in points.
const PAGE: (f32, f32) = (595.28, 841.89);
/// Margin on all sides, in points.
const MARGIN: f32 = 46.0;
/// Size of text, in points.
const TEXT: f32 = 8.5;
/// Size of headings, in points.
const HEADING: f32 = 12.0;
/// Line height as a multiple of the size.
const LEADING: f32 = 1.35;
/// Columns of a breakdown.
const COLUMNS: [&str; 6] = ["unique", "assessed", "referred", "answered", "removed", "no_action"];

/// A font of the system, for drawing and for measuring.
struct Typeface<'a> {
    font: Font,
    face: Face<'a>,
}

/// Something on a page.
enum Mark {
    Text { at: (f32, f32), typeface: usize, size: f32, text: String },
    Rule { y: f32, heavy: bool },
}

/// A column of a table: its width in points, and whether it holds numbers.
type Column = (f32, bool);

/// Pages as they fill.
struct Sheets<'a> {
    typefaces: &'a [Typeface<'a>],
    pages: Vec<Vec<Mark>>,
    y: f32,
}

/// Writes the document.
pub(super) fn write(day: &ActionDay) -> Result<Vec<u8>> {
    let files = files()?;
    let bad = || {
        Error::Input(
            "A Noto font of this system cannot be read. Install the package fonts-noto-core again.".into(),
        )
    };
    let typefaces: Vec<Typeface<'_>> = files
        .iter()
        .map(|bytes| {
            Some(Typeface { font: Font::new(bytes.clone().into(), 0)?, face: Face::from_slice(bytes, 0)? })
        })
        .collect::<Option<_>>()
        .ok_or_else(bad)?;
    let mut sheets = Sheets { typefaces: &typefaces, pages: vec![Vec::new()], y: MARGIN };
    compose(&mut sheets, day);
    sheets.print(&format!("{}, {} to {}", day.space.name, time(day.from), time(day.to)))
}

/// The fonts that are there.
fn files() -> Result<Vec<Vec<u8>>> {
    let folder = FOLDERS.iter().map(Path::new).find(|folder| folder.join(FILES[0]).is_file());
    let folder = folder.ok_or_else(|| {
        Error::Input("A PDF needs the Noto fonts. Install them: apt-get install fonts-noto-core.".into())
    })?;
    let mut found = Vec::new();
    for path in FILES.iter().map(|file| folder.join(file)) {
        if std::fs::metadata(&path).is_ok_and(|meta| meta.len() <= FONT_MAX_BYTES) {
            found.push(std::fs::read(&path).map_err(store::Error::io(path))?);
        }
    }
    Ok(found)
}

fn compose(sheets: &mut Sheets<'_>, day: &ActionDay) {
    let figure = |id: &str| spaced(day.counts.figures.get(id).copied().unwrap_or_default());
    sheets.line(TEXT, "Action-day report");
    sheets.line(
        18.0,
        &format!(
            "{}: {} items referred, {} answered",
            day.space.name,
            figure("referred"),
            figure("answered")
        ),
    );
    sheets.line(TEXT, &format!("{} to {}, as of {}.", time(day.from), time(day.to), time(day.as_of)));
    sheets.rule(true);
    sheets.heading("Shares");
    let rows = figure::SHARES.iter().filter_map(|share| {
        let ratio = day.counts.shares.get(share.id)?;
        let parts = format!("{} of {}", spaced(ratio.part), spaced(ratio.whole));
        Some(vec![share.name.to_owned(), percent(ratio.per_mille), parts, share.definition.to_owned()])
    });
    let columns = [(105.0, false), (50.0, true), (78.0, true), (264.0, false)];
    sheets.table(&columns, &["Share", "Value", "Parts", "Definition"], rows.collect());
    sheets.heading("The numbers");
    let rows = figure::ACTION_DAY
        .iter()
        .map(|f| vec![f.name.to_owned(), figure(f.id), f.unit.to_owned(), f.definition.to_owned()]);
    let columns = [(105.0, false), (50.0, true), (66.0, false), (276.0, false)];
    sheets.table(&columns, &["Figure", "Count", "Unit", "Definition"], rows.collect());
    durations(sheets, day);
    for (dimension, name, definition) in figure::DIMENSIONS {
        if let Some(values) = day.counts.by.get(dimension).filter(|values| !values.is_empty()) {
            sheets.heading(&format!("By: {name}"));
            sheets.paragraph(definition);
            breakdown(sheets, day, name, values);
        }
    }
    let groups = [
        ("Decisions", &day.counts.decisions),
        ("Last answer", &day.counts.answers),
        ("Last look", &day.counts.liveness),
    ];
    for (title, counts) in groups.into_iter().filter(|(_, counts)| !counts.is_empty()) {
        sheets.heading(title);
        let rows = counts.iter().map(|(word, count)| vec![word.replace('_', " "), spaced(*count)]);
        sheets.table(&[(200.0, false), (60.0, true)], &["", "Count"], rows.collect());
    }
    sheets.heading("Made from");
    sheets.paragraph("Anybody who has these leaves of the ledgers can count again: renvoi report recount.");
    let rows = day.ledgers.values().map(|head| vec![head.name.clone(), spaced(head.size), head.root.clone()]);
    sheets.table(
        &[(120.0, false), (45.0, true), (330.0, false)],
        &["Ledger", "Leaves", "Root"],
        rows.collect(),
    );
}

fn durations(sheets: &mut Sheets<'_>, day: &ActionDay) {
    for duration in figure::DURATIONS {
        let Some(timing) = day.counts.durations.get(duration.id) else { continue };
        sheets.heading(duration.name);
        sheets.paragraph(duration.definition);
        sheets.paragraph(&format!(
            "{} {} with an end, {} still open. Median {}, 90 % within {}.",
            spaced(timing.done),
            duration.unit,
            spaced(timing.open),
            took(timing.median_s),
            took(timing.p90_s)
        ));
        let rows = timing
            .marks
            .iter()
            .map(|mark| vec![took(Some(mark.after_s)), spaced(mark.done), spaced(mark.open)]);
        let columns = [(90.0, false), (90.0, true), (150.0, true)];
        sheets.table(&columns, &["After", "ended by then", "still open, watched so long"], rows.collect());
    }
}

fn breakdown(sheets: &mut Sheets<'_>, day: &ActionDay, name: &str, values: &By) {
    let mut columns: Vec<Column> = vec![(170.0, false)];
    columns.extend(COLUMNS.map(|_| (54.0, true)));
    let mut head = vec![name];
    head.extend(COLUMNS.iter().map(|id| if *id == "no_action" { "no action" } else { *id }));
    let rows = values.iter().map(|(value, figures)| {
        let shown = day.ledgers.get(value).map_or(value, |head| &head.name);
        let counts = COLUMNS.iter().map(|id| spaced(figures.get(id).copied().unwrap_or_default()));
        std::iter::once(shown.clone()).chain(counts).collect()
    });
    sheets.table(&columns, &head, rows.collect());
}

impl Sheets<'_> {
    /// Starts a page when `height` does not fit any more.
    fn need(&mut self, height: f32) {
        if self.y + height > PAGE.1 - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn line(&mut self, size: f32, text: &str) {
        for line in self.wrapped(text, size, PAGE.0 - 2.0 * MARGIN) {
            self.need(size * LEADING);
            self.y += size * LEADING;
            self.put(MARGIN, self.y, size, &line);
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.line(TEXT, text);
        self.y += 3.0;
    }

    fn heading(&mut self, text: &str) {
        self.need(HEADING * 6.0);
        self.y += HEADING * 0.9;
        self.line(HEADING, text);
        self.y += 2.0;
    }

    fn rule(&mut self, heavy: bool) {
        self.y += 3.5;
        self.mark(Mark::Rule { y: self.y, heavy });
    }

    fn table(&mut self, columns: &[Column], head: &[&str], rows: Vec<Vec<String>>) {
        self.row(columns, &head.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        for row in rows {
            self.row(columns, &row);
        }
    }

    fn row(&mut self, columns: &[Column], cells: &[String]) {
        const GAP: f32 = 6.0;
        let cells: Vec<Vec<String>> = cells
            .iter()
            .zip(columns)
            .map(|(cell, (width, _))| self.wrapped(cell, TEXT, width - GAP))
            .collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
        self.need(lines as f32 * TEXT * LEADING + 4.0);
        let (top, mut x) = (self.y, MARGIN);
        for (cell, (width, number)) in cells.iter().zip(columns) {
            for (index, line) in cell.iter().enumerate() {
                let indent = if *number { width - GAP - self.width(line, TEXT) } else { 0.0 };
                self.put(x + indent, top + (index + 1) as f32 * TEXT * LEADING, TEXT, line);
            }
            x += width;
        }
        self.y = top + lines as f32 * TEXT * LEADING;
        self.rule(false);
    }

    /// Which font draws each part of a text.
    fn runs(&self, text: &str) -> Vec<(usize, String)> {
        let mut runs: Vec<(usize, String)> = Vec::new();
        for character in text.chars() {
            let draws = |typeface: &Typeface<'_>| typeface.face.glyph_index(character).is_some();
            let before = runs.last().map(|(typeface, _)| *typeface);
            // A space stays with what is before it, so that a phrase is shaped and ordered as one.
            let stays = before.filter(|index| character == ' ' && draws(&self.typefaces[*index]));
            let index = stays.or_else(|| self.typefaces.iter().position(draws)).unwrap_or(0);
            match runs.last_mut() {
                Some((typeface, run)) if *typeface == index => run.push(character),
                _ => runs.push((index, character.to_string())),
            }
        }
        runs
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        self.runs(text).iter().map(|(typeface, run)| self.run_width(*typeface, run, size)).sum()
    }

    fn run_width(&self, typeface: usize, run: &str, size: f32) -> f32 {
        let face = &self.typefaces[typeface].face;
        if typeface == 0 {
            // Left to right without ligatures: the sum is near enough to break lines, and exact for digits.
            let advance = |character| face.glyph_hor_advance(face.glyph_index(character)?);
            let sum: u32 = run.chars().filter_map(advance).map(u32::from).sum();
            return sum as f32 / face.units_per_em() as f32 * size;
        }
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.guess_segment_properties();
        let glyphs = rustybuzz::shape(face, &[], buffer);
        let advance: i32 = glyphs.glyph_positions().iter().map(|position| position.x_advance).sum();
        advance as f32 / face.units_per_em() as f32 * size
    }

    fn put(&mut self, mut x: f32, y: f32, size: f32, text: &str) {
        for (typeface, text) in self.runs(text) {
            let width = self.run_width(typeface, &text, size);
            self.mark(Mark::Text { at: (x, y), typeface, size, text });
            x += width;
        }
    }

    /// Breaks a text into lines that fit; a word that is too long for a line is cut.
    fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let line = lines.last().cloned().unwrap_or_default();
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size) <= width {
                lines.pop();
                lines.push(longer);
                continue;
            }
            if line.is_empty() {
                lines.pop();
            }
            let mut rest = String::new();
            for character in word.chars() {
                rest.push(character);
                if self.width(&rest, size) > width && rest.chars().count() > 1 {
                    rest.pop();
                    lines.push(std::mem::replace(&mut rest, character.to_string()));
                }
            }
            lines.push(rest);
        }
        lines
    }

    fn print(mut self, foot: &str) -> Result<Vec<u8>> {
        let count = self.pages.len();
        let mut document = krilla::Document::new();
        for number in 1..=count {
            let foot = format!("{foot}. Page {number} of {count}");
            let runs = self.runs(&foot);
            let mut x = MARGIN;
            for (typeface, text) in runs {
                let width = self.run_width(typeface, &text, 7.0);
                self.pages[number - 1].push(Mark::Text {
                    at: (x, PAGE.1 - MARGIN / 2.0),
                    typeface,
                    size: 7.0,
                    text,
                });
                x += width;
            }
        }
        for marks in &self.pages {
            let settings =
                PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| Error::Bug("A4 is no page".into()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            surface.set_fill(Some(Fill { paint: luma::Color::new(20).into(), ..Fill::default() }));
            for mark in marks {
                match mark {
                    Mark::Text { at, typeface, size, text } => surface.draw_text(
                        Point::from_xy(at.0, at.1),
                        self.typefaces[*typeface].font.clone(),
                        *size,
                        text,
                        false,
                        TextDirection::Auto,
                    ),
                    Mark::Rule { y, heavy } => {
                        let height = if *heavy { 1.4 } else { 0.3 };
                        let mut path = PathBuilder::new();
                        if let Some(rect) = Rect::from_xywh(MARGIN, *y, PAGE.0 - 2.0 * MARGIN, height) {
                            path.push_rect(rect);
                        }
                        if let Some(path) = path.finish() {
                            surface.draw_path(&path);
                        }
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| Error::Bug(format!("a PDF could not be written: {error:?}")))
    }
}
