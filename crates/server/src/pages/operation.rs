//! Operation: how is the action going? A wall display, live, read from four metres.
//! Precision stands above the removal share; agencies stand by name, never by count.

use crate::look::{self, Bar, Display, Frame, Hold, Sign, bars, figure, hold_badge, sign, slot, split};
use crate::pages::shifts::{Counted, newest};
use crate::words::{SLOT, Words};
pub use app::view::figures::Review;
pub use app::view::wall::Counters;
use jiff::Timestamp;
use maud::{Markup, html};
use std::sync::Arc;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Name of the operation, or of the agency when there is none.
    pub name: String,
    /// Its begin and end.
    pub span: (Timestamp, Option<Timestamp>),
    /// Agencies and people that take part.
    pub who: (u64, u64),
    /// The counters; each has a live name, equal to the field's name.
    pub count: Counters,
    /// What became of the items referred; none before one was looked at again.
    pub review: Option<Review>,
    /// When the pace ends: its day stands beside it.
    pub pace_day: Option<Timestamp>,
    /// Per five minutes: (minute of the end in words, assessed, answered); at most 80 points.
    pub pace: Vec<(String, u64, u64)>,
    /// Items referred by service.
    pub services: Vec<Bar>,
    /// Items referred by language.
    pub languages: Vec<Bar>,
    /// Items answered, by answer.
    pub answers: Vec<Bar>,
    /// Agencies by name: people, assessed, on hold.
    pub agencies: Vec<(String, u64, u64, u64)>,
    /// Holds that end soonest: who, items, hold.
    pub holds: Vec<(String, u64, Hold)>,
    /// Shifts of the counts; none while they are counted.
    pub shifts: Option<Arc<Counted>>,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        (heading(view, w, frame))
        section.colm aria-label=(w.t("wall-counters")) { (counters(view, w)) }
        section.colm aria-label=(w.t("wall-work")) { (work(view, w)) }
        section.colm aria-label=(w.t("wall-agencies")) { (agencies(view, w)) }
    };
    look::page(frame, w, Display::Wall, (&w.t("page-operation"), "wall"), &main)
}

fn heading(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        div.wall-head {
            h1 { bdi { (view.name) } }
            span.mute { (w.moment(view.span.0)) @if let Some(end) = view.span.1 { " – " (w.moment(end)) } (w.comma())
                (w.with("agencies", &[("n", view.who.0.into())])) (w.comma()) (w.with("people", &[("n", view.who.1.into())])) }
            (meanings(w))
            span.live-state {
                @if let Some(end) = view.span.1.filter(|end| *end <= frame.now) {
                    span.small.mute { (slot(&w.with("wall-ended", &[("end", SLOT.into())]), &w.moment(end))) }
                } @else { span.small.mute role="status" data-live-state data-on=(w.t("live-on")) data-off=(w.t("live-off")) { (w.t("live-still")) } }
                span.big { (w.clock(frame.now)) }
            }
        }
    }
}

/// What each figure counts, one key away and beside the numbers.
fn meanings(w: &Words) -> Markup {
    let terms = [
        ("wall-seen", "means-seen"),
        ("wall-col-assessed", "means-assessed"),
        ("wall-unit-referred", "means-referred"),
        ("wall-answered", "means-answered"),
        ("wall-services", "means-services"),
        ("wall-languages", "means-languages"),
        ("wall-col-hold", "means-hold"),
        ("wall-pace", "means-pace"),
    ];
    html! {
        details.means {
            summary.b { (w.t("means-title")) }
            div.popped { (look::facts(&terms.map(|(term, key)| (w.t(term), html! { (w.t(key)) })))) }
        }
    }
}

fn counters(view: &View, w: &Words) -> Markup {
    let count = &view.count;
    #[expect(clippy::cast_precision_loss, reason = "counts of a day")]
    let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let parts = [
        (w.t("wall-referred"), count.to_refer, "to_refer"),
        (w.t("wall-not"), count.not_terrorist, "not_terrorist"),
        (w.t("wall-exempt"), count.exempt, "exempt"),
        (w.t("wall-second"), count.second_reader, "second_reader"),
    ];
    html! {
        (figure("one", "referred", &html! { (w.number(count.referred)) }, &html! { (w.with("wall-referred-items", &[("n", count.referred_clusters.into())])) }))
        div.pair {
            (figure("", "seen", &html! { (w.number(count.seen)) }, &html! { (w.t("wall-seen")) }))
            (figure("", "answered", &html! { (w.number(count.answered)) },
                &html! { (w.t("wall-answered")) (w.comma()) (slot(&w.with("wall-of-referred", &[("share", SLOT.into())]), &w.share(share(count.answered, count.referred)))) }))
        }
        div {
            h2 { span { span data-live="assessed" { (w.number(count.assessed)) } " " (w.t("wall-assessed")) } span.note { (slot(&w.with("of-all", &[("n", SLOT.into())]), &html! { span data-live="clusters" { (w.number(count.clusters)) } })) } }
            (split(&parts, w))
        }
        div.stack {
            h2 { (w.t("wall-precision")) }
            @match view.review {
                Some(Review { reviewed, standing, gone }) => {
                    (figure("", "", &w.share_fine(share(standing, count.referred)), &html! {
                        (w.with("wall-precision-of", &[("right", standing.into()), ("all", count.referred.into()), ("reviewed", reviewed.into())])) }))
                    (figure("", "", &w.share(share(gone, count.referred)), &html! {
                        (w.with("wall-gone", &[("n", gone.into()), ("all", count.referred.into())])) }))
                }
                None => { p.small.mute { (w.t("wall-precision-none")) } }
            }
        }
    }
}

fn work(view: &View, w: &Words) -> Markup {
    html! {
        @if view.pace.len() > 1 { figure { h2 { span { (w.t("wall-pace")) } span.note { @if let Some(at) = view.pace_day { (Words::new(w.lang, "UTC").day(at)) (w.comma()) } (w.t("wall-pace-unit")) } } (pace(&view.pace, w)) } }
        div.two {
            figure { h2 { span { (w.t("wall-services")) } span.note { (w.t("wall-unit-referred")) } } (counted(&view.services, w)) }
            figure { h2 { span { (w.t("wall-languages")) } span.note { (w.t("wall-unit-referred")) } } (counted(&view.languages, w)) }
        }
        figure { h2 { span { (w.t("wall-answers")) } span.note { (w.t("wall-answers-unit")) } } (counted(&view.answers, w)) }
    }
}

/// Bars, or the word that there is nothing yet.
fn counted(list: &[Bar], w: &Words) -> Markup {
    html! { @if list.is_empty() { p.small.mute { (w.t("wall-nothing")) } } @else { (bars(list, w)) } }
}

/// The plot: 640 by 200, axis at 170, room for the words at its end.
#[expect(clippy::cast_precision_loss, reason = "counts of five minutes")]
fn pace(points: &[(String, u64, u64)], w: &Words) -> Markup {
    let most = points.iter().map(|(_, assessed, answered)| *assessed.max(answered)).max().unwrap_or(1).max(1);
    let x = |at: usize| 44.0 + 456.0 * at as f64 / (points.len() - 1) as f64;
    let y = |count: u64| 170.0 - 156.0 * count as f64 / most as f64;
    let line = |pick: fn(&(String, u64, u64)) -> u64| {
        points
            .iter()
            .enumerate()
            .map(|(at, point)| format!(" {:.1} {:.1}", x(at), y(pick(point))))
            .collect::<String>()
    };
    let (_, assessed, answered) = points.last().cloned().unwrap_or_default();
    let lower = if (y(assessed) - y(answered)).abs() < 18.0 { 18.0 } else { 0.0 };
    let step = (points.len() / 6).max(1);
    html! {
        svg.plot.wide viewBox="0 0 640 196" role="img" aria-label={ (w.with("wall-pace-assessed", &[("n", assessed.into())])) (w.comma()) (w.with("wall-pace-answered", &[("n", answered.into())])) } {
            @for part in [most, most / 2] { path.grid d={ "M44 " (y(part)) "H500" } {} text x="38" y=(y(part) + 4.0) text-anchor="end" { (part) } }
            path.ax d="M44 170.5H500" {}
            path.line1 d={ "M" (line(|point| point.1)) } {}
            path.line2 d={ "M" (line(|point| point.2)) } {}
            text.lab x="506" y=(y(assessed) + 4.0) { (w.with("wall-pace-assessed", &[("n", assessed.into())])) }
            text.lab x="506" y=(y(answered) + 4.0 + lower) { (w.with("wall-pace-answered", &[("n", answered.into())])) }
            @for (at, (hour, _, _)) in points.iter().enumerate().step_by(step) { text x=(format!("{:.1}", x(at))) y="190" text-anchor="middle" { (hour) } }
        }
    }
}

fn agencies(view: &View, w: &Words) -> Markup {
    html! {
        div {
            h2 { span { (w.t("wall-agencies")) } span.note { (w.t("wall-by-name")) } }
            table.t {
                thead { tr { th scope="col" { (w.t("wall-unit")) } th.num scope="col" { (w.t("wall-people")) } th.num scope="col" { (w.t("wall-col-assessed")) } th.num scope="col" { (w.t("wall-col-hold")) } } }
                tbody { @for (name, people, assessed, held) in &view.agencies {
                    tr { td { bdi { (name) } } td.num { (w.number(*people)) } td.num { (w.number(*assessed)) } td.num { (w.number(*held)) } }
                } }
            }
        }
        div {
            h2 { span { (w.with("wall-holds", &[("n", view.holds.len().into())])) } span.note { (w.t("wall-soonest")) } }
            ul.holds { @for (who, items, hold) in &view.holds {
                li { span { bdi { (who) } (w.comma()) (w.with("items", &[("n", (*items).into())])) } (hold_badge(*hold, w)) }
            } }
            @if view.holds.is_empty() { p.small.mute { (sign(Sign::Clear)) " " (w.t("wall-holds-none")) } }
        }
        div { h2 { span { (w.t("shifts-title")) } span.note { (w.t("shifts-note")) } } (newest(view.shifts.as_deref(), w)) }
    }
}
