//! Reports: what do we publish? Every figure has its definition beside it.

use crate::look::{self, Display, Frame};
use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Reports that can be opened, newest first: of each operation, and of the agency.
    pub reports: Vec<Offer>,
    /// The open one.
    pub open: Option<Report>,
}

/// A report that can be opened.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Of what: the operation, or the agency.
    pub title: String,
    /// The span that it covers.
    pub span: (Timestamp, Timestamp),
}

/// An action-day report.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its id, which is also its reference.
    pub id: String,
    /// Its title in words.
    pub title: String,
    /// The span that it covers.
    pub span: (Timestamp, Timestamp),
    /// When it was written.
    pub written_at: Timestamp,
    /// The head figures: (number, what it counts).
    pub figures: Vec<(u64, String)>,
    /// The tables.
    pub tables: Vec<Table>,
    /// Definitions, printed beside the numbers; their numbers are their places, from 1.
    pub definitions: Vec<String>,
    /// Why every figure is zero, when work of the agency is counted elsewhere.
    pub all_zero: bool,
    /// Share of assessments with identical texts, 0..=1 (decision D3).
    pub identical_texts: Option<f64>,
    /// The ledger's checkpoint: size and root.
    pub checkpoint: (u64, String),
    /// A second path recomputed every number and agrees.
    pub recomputed: Option<bool>,
}

/// A name, and the number of its definition, from 1.
pub type Named = (String, Option<usize>);

/// One table; the first column names, the others count.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// Heads of the columns.
    pub heads: Vec<Named>,
    /// Rows: name and counts.
    pub rows: Vec<(Named, Vec<u64>)>,
    /// Number of the definition of what it is about, from 1.
    pub about: Option<usize>,
    /// Numbers of the definitions that stand beside it, from 1.
    pub definitions: Vec<usize>,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        @if let Some(report) = &view.open {
            nav.acts.noprint aria-label=(w.t("reports-question")) {
                @for offer in &view.reports { a.b.plain href={ "/console/reports/" (offer.id) } aria-current=[(offer.id == report.id).then_some("page")] { (offer.title) } }
                @for form in ["json", "csv", "html", "pdf"] {
                    a.b href={ "/console/reports/" (report.id) "." (form) } { (w.with("report-save", &[("form", form.to_uppercase().into())])) }
                }
            }
        }
        @match &view.open {
            Some(report) => { (paper(report, w)) }
            None => { (choice(&view.reports, w)) }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-reports"), "stacked"), &main)
}

/// Which report: an operation's, or the agency's.
fn choice(reports: &[Offer], w: &Words) -> Markup {
    html! {
        article.paper {
            header { h1 { (w.t("reports-question")) } p { (w.t("reports-choose")) } }
            table.t {
                thead { tr { th scope="col" { (w.t("report-kind")) } th scope="col" { (w.t("report-span")) } } }
                tbody { @for offer in reports { tr {
                    th scope="row" { a href={ "/console/reports/" (offer.id) } { bdi { (offer.title) } } }
                    td { (w.moment(offer.span.0)) " – " (w.moment(offer.span.1)) }
                } } }
            }
        }
    }
}

fn paper(report: &Report, w: &Words) -> Markup {
    html! {
        article.paper {
            header {
                p.small.mute { (w.t("report-kind")) (w.comma()) span.id { (report.id) } }
                h1 { (report.title) }
                p { (w.moment(report.span.0)) " – " (w.moment(report.span.1)) ". " (w.t("report-written")) " " (w.moment(report.written_at)) "." }
            }
            div.facts4 { @for (number, what) in &report.figures { div { b { (w.number(*number)) } span { (what) } } } }
            @for table in &report.tables { (section(table, report, w)) }
            section.with {
                div { h2 { (w.t("report-trust")) }
                    p { @match report.recomputed {
                        Some(true) => { (w.t("report-recomputed")) }
                        Some(false) => { (w.t("report-differs")) }
                        None => { (w.t("report-not-recomputed")) }
                    } }
                    @if let Some(share) = report.identical_texts { p { (w.t("report-identical")) " " (w.share_fine(share)) } } }
                aside { p { span.ref { "§" } span { (w.with("report-checkpoint", &[("n", report.checkpoint.0.into())])) (w.comma()) span.id { (report.checkpoint.1) } } } }
            }
        }
    }
}

/// A name with the number of its definition.
fn named((name, number): &Named) -> Markup {
    html! { bdi { (name) } @if let Some(number) = number { a.ref href={ "#d" (number) } { (number) } } }
}

fn section(table: &Table, report: &Report, w: &Words) -> Markup {
    html! {
        section.with {
            div { h2 { (named(&(table.title.clone(), table.about))) }
                @if report.all_zero && table.about.is_none() { p { (w.t("report-all-zero")) } }
                div.sidelong role="region" tabindex="0" aria-label=(table.title) { table.t {
                    thead { tr { @for (at, head) in table.heads.iter().enumerate() { th scope="col" class=[(at > 0).then_some("num")] { (named(head)) } } } }
                    tbody { @for (name, counts) in &table.rows { tr { th scope="row" { (named(name)) } @for count in counts { td.num { (w.number(*count)) } } } } }
                } } }
            aside { @for number in &table.definitions {
                @if let Some(said) = number.checked_sub(1).and_then(|at| report.definitions.get(at)) { p id={ "d" (number) } { span.ref { (number) } span dir="auto" { (said) } } }
            } }
        }
    }
}
