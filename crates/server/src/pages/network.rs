//! Network: who spreads assessed content, and what would change without some accounts? A plan sends nothing.

mod around;
mod because;
mod choice;
mod effect;
mod plan;

use crate::look::{self, Display, Frame, Sign, boxed, empty, sign, slot};
use crate::words::{SLOT, Words};
pub use app::network::effect::Measured;
pub use app::network::fit::Fit;
pub use app::network::queue::Put;
pub use app::network::{Choice, Estimate, Layer, Layers, Period, Point};
pub use app::view::network::{
    Around, Because, CutOff, Look, Named, Near, Open, Predicted, Price, Row, Sealed, Shown, Way,
};
pub use choice::query;
use maud::{Markup, html};

/// Width of the drawing of a rank's interval, and where its axis begins and ends.
const BAR: (f64, f64, f64) = (140.0, 4.0, 136.0);

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Accounts of the plan that is shown; more than there are means all.
    pub k: usize,
    /// What it is made of.
    pub choice: Choice,
    /// The network, or why there is none.
    pub shown: Shown,
    /// The reader may seal a plan.
    pub may_seal: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = match &view.shown {
        Shown::Ready(open) => {
            let k = view.k.min(open.curve.len().saturating_sub(1));
            html! {
                section.pane { (heading(open, (view.choice, k), w)) (ranks(open, (view.choice, k), w)) (sealed(open, view, w, frame)) }
                aside.pane {
                    (plan::plan(open, (view.choice, k), w))
                    @if view.may_seal { (plan::seal(open, (view.choice, k), w, frame)) }
                    @if let Some(around) = &open.around { (around::around(around, k, w)) }
                    (method(open, view.choice, w))
                }
            }
        }
        _ => html! { section.pane.wide { div.box { h1 { (w.t("net-question")) } (none(view, w)) } } },
    };
    let class = if matches!(view.shown, Shown::Ready(_)) { "net" } else { "sheet" };
    look::page(frame, w, Display::Long, (&w.t("page-network"), class), &main)
}

/// Why there are no figures, and what to do.
fn none(view: &View, w: &Words) -> Markup {
    let is_all = view.choice.is_all();
    let (said, next) = match &view.shown {
        Shown::Failed => ("net-failed", "net-failed-next"),
        Shown::Few => ("net-few", "net-few-next"),
        Shown::Empty if is_all => ("net-empty", "net-empty-next"),
        Shown::Empty => ("net-empty-choice", "net-empty-choice-next"),
        Shown::Computing | Shown::Ready(_) => ("net-computing", "net-computing-next"),
    };
    let again = choice::href(view.k, view.choice);
    let way = match &view.shown {
        Shown::Empty | Shown::Few => (w.t("net-everything"), "/console/network"),
        _ => (w.t("net-again"), again.as_str()),
    };
    let way = if is_all { (w.t("net-again"), again.as_str()) } else { way };
    let next = html! { @if !is_all { (choice::only(view.choice, w)) " " } (w.t(next)) };
    html! {
        @if !is_all { (choice::chooser(view.choice, view.k, w)) }
        (empty(&w.t(said), &next, Some((&way.0, way.1))))
    }
}

/// A number that was estimated, as people read it: whole, and never below zero.
fn whole(value: f64, w: &Words) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of accounts")]
    w.number(value.max(0.0).round() as u64)
}

/// An interval, isolated left to right.
fn interval(low: &str, high: &str) -> Markup {
    html! { bdi dir="ltr" { (low) "–" (high) } }
}

/// The handle of an account, or the word that it was erased.
fn named(account: &Named, w: &Words) -> Markup {
    html! {
        @if account.name.is_empty() { (w.t("net-erased")) } @else { bdi { (account.name) } }
        " " span.note { bdi dir="ltr" { (account.service) } }
    }
}

fn heading(open: &Open, (choice, k): (Choice, usize), w: &Words) -> Markup {
    html! {
        div.box {
            div.net-head { h1 { (w.t("net-question")) } (choice::chooser(choice, k, w)) }
            @if !choice.is_all() { p.small { (sign(Sign::Info)) " " b { (choice::only(choice, w)) } " " a href="/console/network" { (w.t("net-everything")) } } }
            p.small.mute {
                (w.with("net-about", &[("accounts", open.accounts.into()), ("links", open.links.into()), ("items", open.items.into())])) " "
                @if let Some((from, to)) = open.span { (w.with("net-span", &[("from", w.day(from).into()), ("to", w.day(to).into())])) " " }
                (w.with("net-ends", &[("day", w.day(open.ends_at).into())])) " " (w.t("net-not-persons"))
                @if open.cut { " " (w.t("net-cut")) }
            }
            p.note { (slot(&w.with("net-made", &[("at", SLOT.into())]), &w.moment(open.made_at))) }
        }
    }
}

fn ranks(open: &Open, (choice, k): (Choice, usize), w: &Words) -> Markup {
    let most = open.rows.iter().map(|row| row.rank_high).max().unwrap_or(1).max(2);
    // Ranks whose intervals reach into each other cannot be told apart.
    let joint =
        open.rows.windows(2).find(|pair| pair[1].rank_low <= pair[0].rank_high).map(|pair| pair[0].rank);
    html! {
        div.box {
            table.t.ranks {
                caption { (w.t("net-ranks")) }
                thead { tr { th scope="col" { (w.t("net-col-rank")) } th scope="col" { (w.t("net-col-why")) } th.num scope="col" { (w.t("net-col-plan")) } } }
                tbody { @for row in &open.rows { (one(row, (choice, k, most), w)) } }
            }
            @if let Some(rank) = joint { p.note { (w.with("net-overlap", &[("rank", rank.into())])) } }
        }
    }
}

fn one(row: &Row, (choice, k, most): (Choice, usize, u32), w: &Words) -> Markup {
    let planned = row.planned.is_some_and(|place| place <= k);
    html! {
        tr {
            td { b { (row.rank) } " " span.note { (interval(&row.rank_low.to_string(), &row.rank_high.to_string())) } (bar(row, most, w)) }
            td {
                a href={ (choice::href(k, choice)) "&account=" (row.account.id) "#around" } { (named(&row.account, w)) }
                @if row.kept.is_some() { " " span.chip.hold { (sign(Sign::Hold)) (w.t("net-kept")) } }
                p { (why(row, w)) }
                @if let Some(price) = &row.kept { p { (cost(price, w)) } }
            }
            td.num {
                @if row.kept.is_some() { (sign(Sign::Hold)) " " (w.t("net-is-kept")) }
                @else if let Some(place) = row.planned {
                    span data-net-place=(place) hidden[!planned] { (sign(Sign::Check)) " " (w.t("net-yes")) }
                    span.mute data-net-place=(place) data-net-out="" hidden[planned] { (w.t("net-no")) }
                }
                @else { span.mute { (w.t("net-no")) } }
            }
        }
    }
}

/// Why this one: figures only, each with its unit.
fn why(row: &Row, w: &Words) -> Markup {
    html! {
        (slot(&w.with("net-why-through", &[("n", whole(row.score, w).into()), ("share", SLOT.into())]), &w.share_fine(row.share))) " "
        (w.with("net-why-direct", &[("direct", row.direct.into()), ("posts", row.posts.into())])) " "
        (w.with("net-why-first", &[("n", row.in_first.into())]))
    }
}

fn cost(price: &Price, w: &Words) -> Markup {
    match price.accounts {
        None => html! { (w.t("net-price-none")) },
        Some(price) => {
            let range = interval(&whole(price.low, w), &whole(price.high, w));
            html! { (slot(&w.with("net-price", &[("n", whole(price.mean, w).into()), ("range", SLOT.into())]), &range)) }
        }
    }
}

/// A rank and its interval on an axis that all rows share.
fn bar(row: &Row, most: u32, w: &Words) -> Markup {
    let (width, from, to) = BAR;
    let x = |rank: u32| format!("{:.1}", from + (to - from) * f64::from(rank - 1) / f64::from(most - 1));
    let said = w.with(
        "net-rank-said",
        &[("rank", row.rank.into()), ("low", row.rank_low.into()), ("high", row.rank_high.into())],
    );
    html! {
        svg.rankbar viewBox={ "0 0 " (width) " 14" } role="img" aria-label=(said) {
            path.axis d={ "M" (from) " 7H" (to) } {}
            path.range d={ "M" (x(row.rank_low)) " 7H" (x(row.rank_high)) } {}
            circle.dot cx=(x(row.rank)) cy="7" r="4" {}
        }
    }
}

fn sealed(open: &Open, view: &View, w: &Words, frame: &Frame) -> Markup {
    let may_queue = view.may_seal;
    let body = html! {
        @if open.sealed.is_empty() { p.small.mute { (w.t("net-sealed-none")) } }
        @else {
            table.t {
                thead { tr { th scope="col" { (w.t("net-sealed-at")) } th.num scope="col" { (w.t("net-col-accounts")) } th.num scope="col" { (w.t("net-col-before")) } th.num scope="col" { (w.t("net-col-after")) } } }
                tbody { @for plan in &open.sealed {
                    tr {
                        td { (w.moment(plan.at)) @if !plan.by.is_empty() { " " span.note { bdi { (plan.by) } } }
                            @if !plan.choice.is_all() { p.small.mute { (choice::brief(plan.choice, w)) } }
                            (to_queue(plan, view, w, frame)) }
                        td.num { (w.number(plan.accounts as u64)) }
                        td.num { (whole(plan.before, w)) }
                        td.num { (whole(plan.after.mean, w)) " " span.note { (interval(&whole(plan.after.low, w), &whole(plan.after.high, w))) } }
                    }
                    @if plan.look.is_some() { tr { td colspan="4" { (effect::effect(plan, w)) } } }
                } }
            }
            p.note { (w.t("net-sealed-what")) @if may_queue { " " (w.t("net-queue-what")) } }
        }
    };
    html! { div id="sealed" { (boxed(&w.t("net-sealed"), "", &body)) } }
}

/// What became of the accounts of a sealed plan, and the way into the queue.
fn to_queue(plan: &Sealed, view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        @if let Some(put) = plan.queued {
            p.small { (w.with("net-queued", &[("there", (put.queued + put.before).into()), ("few", put.few.into()), ("erased", put.erased.into())])) }
        }
        @if plan.ended { p.small.mute { (w.t("net-plan-ended")) } }
        @else if view.may_seal {
            (look::post("/console/network/queue", &frame.csrf, "", &html! {
                (look::hidden("plan", &plan.id.to_string()))
                (choice::kept(view.choice))
                button.b type="submit" { (w.t("net-queue")) }
            }))
        }
    }
}

fn method(open: &Open, choice: Choice, w: &Words) -> Markup {
    let body = html! {
        p.small { (w.with("net-method", &[("worlds", app::network::WORLDS.into()), ("sources", open.sources.into())])) }
        p.small { (w.t("net-assumes")) @if !choice.is_all() { " " (choice::only(choice, w)) } }
        p.small { (w.t("net-intervals")) }
        p.small { (w.with("net-fit", &[("n", open.fit.contents.into()), ("inside", open.fit.inside.into()), ("needed", open.fit.needed.into())])) " "
            (w.with("net-acted", &[("n", open.fit.answers.into()), ("acted", open.fit.acted.into())])) }
    };
    boxed(&w.t("net-method-title"), "", &body)
}
