//! Intake: what comes in? Drop a file, see the progress in records, and what was set aside and why.

use crate::look::{self, Button, Display, Frame, SetAside, boxed, button, file_drop, post, set_aside};
use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Formats that can be read: (code, name); the first is "find out" with an empty code.
    pub formats: Vec<(String, String)>,
    /// A column mapping that was guessed and waits for a person.
    pub mapping: Option<Mapping>,
    /// Names of the mappings that are kept.
    pub kept: Vec<String>,
    /// Batches, newest first; at most 20.
    pub batches: Vec<Batch>,
}

/// A guessed mapping of columns.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The batch that waits.
    pub batch: String,
    /// Name of its file.
    pub file: String,
    /// Each column: its name, a sample, and the code that was guessed.
    pub columns: Vec<(String, String, String)>,
    /// What a column can be: (code, words).
    pub meanings: Vec<(String, String)>,
}

/// One file that came in.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Batch id.
    pub id: String,
    /// Name of the file.
    pub file: String,
    /// Its format in words.
    pub format: String,
    /// When it came.
    pub at: Timestamp,
    /// Records read and records in the file, where known.
    pub records: (u64, Option<u64>),
    /// New, seen before, refused, set aside.
    pub counts: (u64, u64, u64, u64),
    /// The first records that were set aside.
    pub aside: Vec<SetAside>,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate.wide {
            h1 { (w.t("intake-question")) }
            (file_drop(&frame.csrf, &view.formats, w))
            @if let Some(guess) = &view.mapping { (mapping(guess, w, frame)) }
            @if !view.kept.is_empty() { (kept(&view.kept, w, frame)) }
        }
        section.pane.wide aria-label=(w.t("intake-batches")) {
            @for batch in &view.batches { (one(batch, w)) }
            @if view.batches.is_empty() { p.note.pad { (w.t("intake-none")) } }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-intake"), "sheet"), &main)
}

fn mapping(guess: &Mapping, w: &Words, frame: &Frame) -> Markup {
    post(
        &format!("/console/intake/{}/mapping", guess.batch),
        &frame.csrf,
        "stack",
        &html! {
            h2 id="mapping" { (w.t("mapping-title")) } p.small.mute { bdi dir="auto" { (guess.file) } (w.comma()) (w.t("mapping-note")) }
            table.t.blocks {
                thead { tr { th scope="col" { (w.t("mapping-column")) } th scope="col" { (w.t("mapping-sample")) } th scope="col" { (w.t("mapping-meaning")) } } }
                tbody { @for (at, (column, sample, code)) in guess.columns.iter().enumerate() { tr {
                    th scope="row" { bdi { (column) } } td data-head=(w.t("mapping-sample")) { bdi { (short(sample)) } }
                    td data-head=(w.t("mapping-meaning")) { select.field name={ "column_" (at) } aria-label=(column) { @for (meaning, words) in &guess.meanings { option value=(meaning) selected[meaning == code] { (words) } } } }
                } } }
            }
            (look::field("save_as", &w.t("mapping-save"), "text", "", "off"))
            div.line-of {
                (button(&Button { label: &w.t("mapping-go"), name: "act", value: "read", key: "", class: "go" }))
                (button(&Button { label: &w.t("mapping-discard"), name: "act", value: "discard", key: "", class: "" }))
            }
        },
    )
}

/// Characters of a sample that are shown.
const SAMPLE_CHARACTERS: usize = 80;

/// The begin of a sample; an address in it has no teeth.
fn short(sample: &str) -> String {
    let begin: String = sample.chars().take(SAMPLE_CHARACTERS).collect();
    let begin = if begin.starts_with("http") { look::defanged(&begin) } else { begin };
    if sample.chars().count() > SAMPLE_CHARACTERS { format!("{begin}…") } else { begin }
}

/// The mappings that are kept: a file with the same columns is read without a question.
fn kept(names: &[String], w: &Words, frame: &Frame) -> Markup {
    html! {
        details {
            summary { (w.t("mapping-kept")) }
            p.small.mute { (w.t("mapping-kept-note")) }
            ul.stack.small { @for name in names { li { (post("/console/intake/mappings", &frame.csrf, "line-of", &html! {
                bdi { (name) } (look::hidden("name", name))
                button.b.plain type="submit" { (w.t("mapping-forget")) span.sr { " " (name) } } })) } } }
        }
    }
}

fn one(batch: &Batch, w: &Words) -> Markup {
    let (new, before, refused, aside) = batch.counts;
    boxed(
        &batch.file,
        &batch.format,
        &html! {
            p.small { (w.moment(batch.at)) (w.comma())
                (w.with("intake-counts", &[("new", new.into()), ("before", before.into()), ("refused", refused.into()), ("aside", aside.into())])) }
            @match batch.records.1 {
                Some(all) if batch.records.0 < all => {
                    label.small { (w.with("intake-records", &[("done", batch.records.0.into()), ("all", all.into())]))
                        progress max=(all) value=(batch.records.0) data-live={ "batch_" (batch.id) } {} }
                }
                _ => { p.note { (w.with("records", &[("n", batch.records.0.into())])) } }
            }
            @if aside > 0 { (set_aside(&batch.aside, aside, &format!("/console/intake/{}/aside.csv", batch.id), w)) }
        },
    )
}
