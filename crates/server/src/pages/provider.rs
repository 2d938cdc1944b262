//! Provider: how do they work with us? Figures with their unit, period and denominator.

use crate::look::{self, Bar, Button, Display, Frame, bars, boxed, button, facts, post, text_between};
use crate::words::Words;
use domain::reads::{REASON_MAX_CHARS, REASON_MIN_CHARS};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Provider id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its IANA zone.
    pub zone: String,
    /// Languages of its contact point, in words.
    pub languages: String,
    /// Its contact points: (what for in words, address).
    pub contacts: Vec<(String, String)>,
    /// A person checked them out of band (RXP-56).
    pub checked: bool,
    /// Its address for mail, where a person enters or changes it.
    pub mail: String,
    /// How letters travel, in words.
    pub way: String,
    /// Items open, and items referred in all.
    pub items: (u64, u64),
    /// Since when these figures count.
    pub since: Timestamp,
    /// Answers by class, in items.
    pub answers: Vec<Bar>,
    /// Time to gone: for each mark, the share still up with its interval, and items at risk.
    pub survival: Vec<Survival>,
    /// Quiet mode: the provider wants one letter a week at most.
    pub quiet: bool,
    /// Open referrals: (words, page).
    pub open: Vec<(String, String)>,
    /// Reminders that wait for a person to start them (D4).
    pub reminders: u64,
    /// The reader may change the quiet mode.
    pub may_change: bool,
}

/// One row under the survival curve.
#[derive(Clone, Copy, Debug)]
pub struct Survival {
    /// Hours since delivery.
    pub hours: u64,
    /// Share still up, 0..=1, with its 95 % interval.
    pub share: (f64, f64, f64),
    /// Items still watched then.
    pub at_risk: u64,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.head {
            h1 { bdi dir="ltr" { (view.name) } }
            p.state { span { (w.t("provider-question")) } span { (w.t("provider-time")) " " (w.clock_at(frame.now, &view.zone)) }
                @if view.quiet { span.chip { (look::sign(look::Sign::Hold)) (w.t("provider-quiet-on")) } } }
        }
        div.cols.long {
            div.pane {
                (boxed(&w.t("provider-answers"), &w.with("items-since", &[("n", view.items.1.into()), ("day", w.day(view.since).into())]), &html! { @if view.answers.is_empty() { p.small { (w.t("answer-none")) } } @else { (bars(&view.answers, w)) } }))
                (boxed(&w.t("provider-survival"), &w.t("provider-survival-note"), &survival(view, w)))
                (boxed(&w.t("provider-open"), &w.with("items", &[("n", view.items.0.into())]), &html! {
                    ul.small.others { @for (words, href) in &view.open { li { a href=(href) { (words) } } } }
                    @if view.open.is_empty() { p.small { (w.t("provider-open-none")) } }
                }))
            }
            aside.pane aria-label=(w.t("facts")) {
                (boxed(&w.t("provider-contacts"), "", &contacts(view, w)))
                @if view.may_change { (boxed(&w.t("provider-contact"), "", &contact(view, w, frame))) }
                @if view.may_change && view.reminders > 0 { (boxed(&w.t("provider-reminders"), &w.number(view.reminders), &reminders(view, w, frame))) }
                @if view.may_change { (boxed(&w.t("provider-quiet"), "", &quiet(view, w, frame))) }
            }
        }
    };
    look::page(frame, w, Display::Long, (&view.name, "stacked"), &main)
}

fn contacts(view: &View, w: &Words) -> Markup {
    html! {
        (facts(&[(w.t("provider-reads"), html! { @if view.languages.is_empty() { span.mute { (w.t("provider-reads-unknown")) } } @else { (view.languages) } }), (w.t("provider-way"), html! { (view.way) })]))
        table.t { caption.sr { (w.t("provider-contacts")) } tbody {
            @for (what, address) in &view.contacts {
                tr { th scope="row" { (what) } td { span.id { (address) } br;
                    span.note { (w.t(if view.checked { "provider-checked" } else { "provider-unchecked" })) } } }
            }
        } }
    }
}

/// A new or other address for mail, with how it was checked (RXP-56).
fn contact(view: &View, w: &Words, frame: &Frame) -> Markup {
    let how = html! { (w.t("provider-contact-how")) };
    post(
        &format!("/console/provider/{}/contact", view.id),
        &frame.csrf,
        "stack",
        &html! {
            p.small { (w.t("provider-contact-what")) }
            (look::field("mail", &w.t("contact-mail"), "email", &view.mail, "off"))
            (text_between("note", &how, "", (REASON_MIN_CHARS, REASON_MAX_CHARS), w))
            (button(&Button { label: &w.t("provider-contact-go"), name: "", value: "", key: "", class: "" }))
        },
    )
}

fn survival(view: &View, w: &Words) -> Markup {
    if view.survival.is_empty() {
        return html! { p.small { (w.t("provider-survival-none")) } };
    }
    html! {
        (curve(&view.survival, w))
        table.t {
            thead { tr { th scope="col" { (w.t("survival-hours")) } th.num scope="col" { (w.t("survival-share")) } th.num scope="col" { (w.t("survival-interval")) } th.num scope="col" { (w.t("survival-risk")) } } }
            tbody { @for row in &view.survival { tr {
                th scope="row" { (w.with("stretch-hours", &[("n", row.hours.into())])) }
                td.num { (w.share(row.share.0)) }
                td.num { (w.share(row.share.1)) " – " (w.share(row.share.2)) }
                td.num { (w.number(row.at_risk)) }
            } } }
        }
    }
}

/// The plot: 600 wide, 160 high, with 40 for the axis at its start.
fn curve(rows: &[Survival], w: &Words) -> Markup {
    let last = rows.iter().map(|row| row.hours).max().unwrap_or(1).max(1);
    #[expect(clippy::cast_precision_loss, reason = "hours of a plot")]
    let x = |hours: u64| 40.0 + 540.0 * hours as f64 / last as f64;
    let y = |share: f64| 150.0 - 140.0 * share;
    let steps = |pick: fn(&Survival) -> f64| {
        let mut path = String::new();
        let mut before = None;
        for row in rows {
            if let Some(level) = before {
                path.push_str(&format!(" {:.1} {:.1}", x(row.hours), level));
            }
            path.push_str(&format!(" {:.1} {:.1}", x(row.hours), y(pick(row))));
            before = Some(y(pick(row)));
        }
        path
    };
    let said: Vec<String> =
        rows.iter().map(|row| format!("{} h: {:.0} %", row.hours, row.share.0 * 100.0)).collect();
    html! {
        svg.plot.wide viewBox="0 0 600 176" role="img" aria-label=(format!("{}: {}", w.t("provider-survival"), w.list(&said))) {
            @for share in [0.25, 0.5, 0.75, 1.0] {
                path.grid d={ "M40 " (y(share)) "H580" } {}
                text x="34" y=(y(share) + 4.0) text-anchor="end" { (format!("{:.0} %", share * 100.0)) }
            }
            path.ax d="M40 150H580" {}
            path.bound d={ "M" (steps(|row| row.share.1)) } {}
            path.bound d={ "M" (steps(|row| row.share.2)) } {}
            path.curve d={ "M" (steps(|row| row.share.0)) } {}
            @for row in rows { text x=(format!("{:.1}", x(row.hours))) y="168" text-anchor="middle" { (row.hours) " h" } }
        }
    }
}

fn reminders(view: &View, w: &Words, frame: &Frame) -> Markup {
    post(
        &format!("/console/provider/{}/reminders", view.id),
        &frame.csrf,
        "stack",
        &button(&Button { label: &w.t("provider-reminders-start"), name: "", value: "", key: "", class: "" }),
    )
}

fn quiet(view: &View, w: &Words, frame: &Frame) -> Markup {
    post(
        &format!("/console/provider/{}/quiet", view.id),
        &frame.csrf,
        "stack",
        &html! {
            p.small { (w.t("provider-quiet-what")) }
            (button(&Button {
                label: &if view.quiet { w.t("provider-quiet-end") } else { w.t("provider-quiet-start") },
                name: "quiet", value: if view.quiet { "off" } else { "on" }, key: "", class: "",
            }))
        },
    )
}
