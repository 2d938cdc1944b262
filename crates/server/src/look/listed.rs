//! A list that may be long: it is searched, narrowed to a group, and leafed through by a hundred.

use super::hidden;
use crate::words::Words;
use maud::{Markup, html};

/// What is shown of a long list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Its page: a path of the console.
    pub path: &'static str,
    /// What was searched for.
    pub search: String,
    /// The code of the group that is shown; empty for all.
    pub group: &'static str,
    /// Groups: code, words, how many stand in each.
    pub groups: Vec<(&'static str, String, u64)>,
    /// Rows on this page.
    pub rows: u64,
    /// The last row's place among all.
    pub shown: u64,
    /// How many there are of what was asked for.
    pub all: u64,
}

impl Listed {
    /// Nothing was asked for and nothing is there.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.rows == 0 && self.search.is_empty() && self.group.is_empty()
    }

    /// The list of a group and of what was searched for.
    fn href(&self, group: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("group", group).append_pair("q", &self.search);
        format!("{}?{}", self.path, query.finish())
    }
}

/// The search, and what waits for whom. `search` are the words of its field.
#[must_use]
pub fn listed_find(list: &Listed, search: &str, w: &Words) -> Markup {
    html! {
        form.find method="get" action=(list.path) {
            label.sr for="f" { (search) }
            input.field id="f" type="search" name="q" value=(list.search) placeholder=(search) data-key="/" dir="auto";
            @if !list.group.is_empty() { (hidden("group", list.group)) }
            kbd aria-hidden="true" { "/" }
        }
        (listed_groups(list, w))
    }
}

/// The groups of a list, each with how many stand in it.
#[must_use]
pub fn listed_groups(list: &Listed, w: &Words) -> Markup {
    let link = |code: &str, words: &str, count: u64| {
        html! { a href=(list.href(code)) aria-current=[(code == list.group).then_some("true")] { (words) " " (w.number(count)) } }
    };
    html! {
        nav.groups aria-label=(w.t("sent-groups")) {
            (link("", &w.t("sent-group-all"), list.groups.iter().map(|(_, _, count)| count).sum()))
            @for (code, words, count) in &list.groups { (link(code, words, *count)) }
        }
    }
}

/// How many of how many are shown, and the way to the older ones.
#[must_use]
pub fn listed_foot(list: &Listed, w: &Words) -> Markup {
    html! {
        p.note.pad { (w.with("sent-shown", &[("shown", list.rows.into()), ("all", list.all.into())]))
            @if list.shown < list.all { " " a href={ (list.href(list.group)) "&after=" (list.shown) } { (w.t("sent-older")) } } }
    }
}
