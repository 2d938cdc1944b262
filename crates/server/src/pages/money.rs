//! Money: who asks for money, and where (D34). A list of identifiers by how many accounts posted them in contents of their own,
//! and the sheet of one, which prints on one page.

use crate::look::{self, Display, Frame, Listed, address, boxed, defanged, empty, listed_groups, slot};
use crate::words::{SLOT, Words};
pub use app::view::money::{Beside, Item, LeftOut, List, Member, ON_ONE_PAGE, Reckoned, Row, Sheet, Under};
pub use app::view::network::Named;
use domain::analysis::DAYS_MAX;
use maud::{Markup, html};

/// Kinds of identifier, as files and messages call them.
pub const KINDS: [&str; 6] = ["iban", "bitcoin", "ethereum", "tron", "monero", "donation"];
/// Width of one day, and height of the drawing.
const DAY: (usize, u32) = (10, 60);

/// The words of a kind.
#[must_use]
pub fn kind(kind: &str, w: &Words) -> String {
    w.t(match kind {
        "iban" => "money-kind-iban",
        "bitcoin" => "money-kind-bitcoin",
        "ethereum" => "money-kind-ethereum",
        "tron" => "money-kind-tron",
        "monero" => "money-kind-monero",
        _ => "money-kind-donation",
    })
}

/// The identifier as text that no program turns into a link.
fn value(kind: &str, value: &str) -> Markup {
    html! { span.id translate="no" { @if kind == "donation" { (defanged(value)) } @else { (value) } } }
}

fn count(key: &str, n: u64, w: &Words) -> String {
    w.with(key, &[("n", n.into())])
}

/// The list.
#[must_use]
pub fn page(view: &List, list: &Listed, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        section.pane {
            div.box {
                h1 { (w.t("money-question")) }
                p.small.mute { (w.with("money-about", &[("days", DAYS_MAX.unsigned_abs().into())])) }
                @match &view.reckoned {
                    Some(reckoned) => { p.note { (slot(&w.with("money-made", &[("at", SLOT.into())]), &w.moment(reckoned.made_at))) } }
                    None => { p.small { (w.t("money-counting")) } }
                }
            }
            @if view.reckoned.is_some() { (rows(view, list, w)) }
        }
        aside.pane {
            (boxed(&w.t("money-method-title"), &w.t("leads-note"), &html! { (method(w)) p.note { (open_for(&view.under, w)) } }))
            (boxed(&w.t("money-limits-title"), "", &limits(w)))
            @if let Some(reckoned) = &view.reckoned { (boxed(&w.t("money-left-title"), "", &left_out(&reckoned.left_out, w))) }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-money"), "net"), &main)
}

fn rows(view: &List, list: &Listed, w: &Words) -> Markup {
    if view.kinds.is_empty() {
        let next = html! { (w.t("money-empty-next")) };
        let way = w.t("page-queue");
        return html! { div.box { (empty(&w.t("money-empty"), &next, Some((&way, "/console/queue")))) } };
    }
    html! {
        div.box {
            (listed_groups(list, w))
            table.t.ranks {
                caption { (w.t("money-caption")) }
                thead { tr { th.num scope="col" { (w.t("money-apart")) } th scope="col" { (w.t("money-col-identifier")) } th scope="col" { (w.t("money-col-span")) } } }
                tbody { @for row in &view.rows { (one(row, w)) } }
            }
            p.note.pad { (w.with("money-shown", &[("shown", list.rows.into()), ("all", list.all.into())]))
                @if list.shown < list.all { " " a href={ "/console/money?group=" (list.group) "&after=" (list.shown) } { (w.t("money-next")) } } }
        }
    }
}

fn one(row: &Row, w: &Words) -> Markup {
    let (first, last) = (w.day(row.first_at), w.day(row.last_at));
    html! {
        tr {
            td.num { b { (w.number(row.apart.into())) } }
            td {
                a href={ "/console/money/" (row.id) } { (value(row.kind, &row.value)) }
                p { (kind(row.kind, w)) ". " (counts(row, w)) }
                @if row.standing != "apart" { p { (says(row, w)) } }
            }
            td { (first) @if first != last { " – " (last) } }
        }
    }
}

/// Accounts, contents, posts and services, each with its count.
fn counts(row: &Row, w: &Words) -> String {
    let args = [
        ("accounts", row.accounts.into()),
        ("contents", row.contents.into()),
        ("posts", row.posts.into()),
        ("services", row.services.into()),
    ];
    w.with("money-counts", &args)
}

/// What the counts say, and what they do not.
fn says(row: &Row, w: &Words) -> String {
    match row.standing {
        "one_account" => w.t("money-says-one-account"),
        "one_content" => count("money-says-one-content", row.accounts.into(), w),
        _ => w.with("money-says-apart", &[("apart", row.apart.into()), ("accounts", row.accounts.into())]),
    }
}

fn open_for(under: &Under, w: &Words) -> String {
    let said = [
        ("purpose", under.purpose.clone().into()),
        ("reference", under.reference.clone().into()),
        ("day", w.day(under.ends_at).into()),
    ];
    w.with("leads-open-for", &said)
}

fn method(w: &Words) -> Markup {
    html! { p.small { (w.t("money-method")) } p.small { (w.t("money-method-apart")) } }
}

/// What an identifier does not say.
fn limits(w: &Words) -> Markup {
    html! {
        ul.small { @for key in ["money-limit-whose", "money-limit-shared", "money-limit-read", "money-limit-checksum", "money-limit-where"] { li { (w.t(key)) } } }
    }
}

fn left_out(left: &LeftOut, w: &Words) -> Markup {
    let days = DAYS_MAX.unsigned_abs();
    html! {
        ul.small {
            li { (w.with("money-left-old", &[("n", left.old.into()), ("days", days.into())])) }
            li { (count("money-left-unapproved", left.unapproved, w)) }
            li { (count("money-left-erased", left.erased, w)) }
            li { (count("money-left-unchecked", left.unchecked, w)) }
            @if left.cut { li { (w.t("money-left-cut")) } }
        }
    }
}

/// The sheet of one identifier; none while it is reckoned.
#[must_use]
pub fn sheet_page(view: Option<&Sheet>, w: &Words, frame: &Frame) -> Markup {
    let main = match view {
        None => {
            html! { article.paper { header { h1 { (w.t("money-sheet")) } p { (w.t("money-counting")) } } } }
        }
        Some(view) => html! {
            nav.acts.noprint aria-label=(w.t("page-money")) {
                a.b.plain href="/console/money" { (w.t("money-back")) }
                @if cut(view) { a.b.plain href={ "/console/money/" (view.row.id) "?all=yes" } { (w.t("money-whole")) } }
                button.b.js type="button" data-print { (w.t("money-print")) }
            }
            (paper(view, w))
        },
    };
    look::page(frame, w, Display::Long, (&w.t("money-sheet"), "stacked"), &main)
}

/// More accounts or posts are known than stand on the sheet.
fn cut(view: &Sheet) -> bool {
    view.items.len() < view.row.posts as usize && view.items.len() <= ON_ONE_PAGE
        || view.members.len() < view.row.accounts as usize && view.members.len() <= ON_ONE_PAGE
}

fn paper(view: &Sheet, w: &Words) -> Markup {
    let row = &view.row;
    let figure =
        |number: u32, key: &str| html! { div { b { (w.number(number.into())) } span { (w.t(key)) } } };
    html! {
        article.paper.lead-sheet {
            header {
                p.small { b { (w.t("money-lead")) } }
                h1 { (kind(row.kind, w)) " " (value(row.kind, &row.value)) }
                p.small.mute { (w.t(if row.checked { "money-checked" } else { "money-unchecked" })) " " (open_for(&view.under, w)) " "
                    (slot(&w.with("money-made", &[("at", SLOT.into())]), &w.moment(view.reckoned.made_at))) }
            }
            div.facts4 { (figure(row.apart, "money-apart")) (figure(row.accounts, "money-accounts")) (figure(row.contents, "money-contents")) (figure(row.posts, "money-posts")) }
            section.with {
                div {
                    p.strong { (says(row, w)) }
                    (times(view, w))
                    (members(view, w))
                    (items(view, w))
                }
                aside {
                    h2 { (w.t("money-limits-title")) } (limits(w))
                    h2 { (w.t("money-services")) }
                    ul { @for (service, posts) in &view.services { li { bdi dir="ltr" { (service) } " " (w.number((*posts).into())) } } }
                    @if !view.beside.is_empty() { (beside(view, w)) }
                    h2 { (w.t("money-method-title")) } (method(w))
                    h2 { (w.t("money-left-title")) } (left_out(&view.reckoned.left_out, w))
                }
            }
        }
    }
}

/// Posts of each day, as a drawing with what it says in words.
fn times(view: &Sheet, w: &Words) -> Markup {
    let (wide, high) = DAY;
    let most = view.days.iter().copied().max().unwrap_or(0).max(1);
    let (first, last) = (w.day(view.row.first_at), w.day(view.row.last_at));
    let said = w.with(
        "money-times-said",
        &[("first", first.into()), ("last", last.into()), ("most", u64::from(most).into())],
    );
    html! {
        h2 { (w.t("money-times")) }
        figure {
            svg.days viewBox={ "0 0 " (view.days.len() * wide) " " (high + 1) } preserveAspectRatio="none" role="img" aria-label=(said) {
                @for (day, posts) in view.days.iter().enumerate().filter(|(_, posts)| **posts > 0) {
                    @let tall = (posts * high / most).max(4);
                    rect x=(day * wide + 1) y=(high - tall) width=(wide - 2) height=(tall) {}
                }
                path d={ "M0 " (high) ".5H" (view.days.len() * wide) } {}
            }
            p.note.ends dir="ltr" { bdi { (w.day(view.reckoned.since)) } bdi { (w.day(view.reckoned.made_at)) } }
            figcaption.small { (said) }
        }
    }
}

fn named(name: &str, service: &str, w: &Words) -> Markup {
    html! { @if name.is_empty() { (w.t("net-erased")) } @else { bdi { (name) } } " " span.note { bdi dir="ltr" { (service) } } }
}

fn members(view: &Sheet, w: &Words) -> Markup {
    let left = u64::from(view.row.accounts).saturating_sub(view.members.len() as u64);
    html! {
        h2 { (w.t("money-accounts")) }
        @if view.members.is_empty() { p.small { (w.t("money-accounts-none")) } } @else {
            table.t {
                thead { tr { th scope="col" { (w.t("money-col-account")) } th.num scope="col" { (w.t("money-posts")) } th scope="col" { (w.t("money-contents")) } th scope="col" { (w.t("money-col-span")) } } }
                tbody { @for member in &view.members { (one_member(member, w)) } }
            }
        }
        @if left > 0 { p.note { (count("money-left-accounts", left, w)) } }
    }
}

fn one_member(member: &Member, w: &Words) -> Markup {
    let numbers: Vec<String> =
        member.contents.iter().take(ON_ONE_PAGE).map(|number| w.number(*number as u64)).collect();
    let (first, last) = (w.day(member.first_at), w.day(member.last_at));
    html! {
        tr {
            td { a href={ "/console/subject/" (member.account.id) } { (named(&member.account.name, &member.account.service, w)) } }
            td.num { (w.number(member.posts.into())) }
            td { (numbers.join(w.comma())) @if member.contents.len() > ON_ONE_PAGE { " …" } }
            td { (first) @if first != last { " – " (last) } }
        }
    }
}

fn items(view: &Sheet, w: &Words) -> Markup {
    let left = u64::from(view.row.posts).saturating_sub(view.items.len() as u64);
    html! {
        h2 { (w.t("money-posts")) }
        table.t {
            thead { tr { th scope="col" { (w.t("money-col-at")) } th scope="col" { (w.t("money-col-content")) } th scope="col" { (w.t("money-col-post")) } } }
            tbody { @for item in &view.items { (one_item(item, w)) } }
        }
        @if left > 0 { p.note { (count("money-left-posts", left, w)) } }
    }
}

fn one_item(item: &Item, w: &Words) -> Markup {
    html! {
        tr {
            td { (w.moment(item.at)) }
            td { a href={ "/console/queue/" (item.content) } { (w.number(item.number_of_content as u64)) } }
            td {
                a href={ "/console/subject/" (item.subject) } { @if item.address.is_empty() { (w.t("net-erased")) } @else { (address(&item.address)) } }
                @if let Some(account) = &item.account { p { (named(&account.name, &account.service, w)) } }
                @if !item.letters.is_empty() { p.note { (w.t("message-referral")) @for (id, reference) in &item.letters { " " a href={ "/console/sent/" (id) } { span.id { (reference) } } } } }
            }
        }
    }
}

fn beside(view: &Sheet, w: &Words) -> Markup {
    html! {
        h2 { (w.t("money-beside")) }
        ul { @for other in &view.beside { li {
            a href={ "/console/money/" (other.id) } { (value(other.kind, &other.value)) } " " (kind(other.kind, w)) ". " (count("money-beside-accounts", other.accounts.into(), w))
        } } }
        @if view.beside_left > 0 { p.note { (count("money-beside-left", view.beside_left, w)) } }
    }
}
