//! Agency: who may what? People, roles, keys, retention, protected hosts, peers.

use crate::look::{self, Button, Display, Frame, boxed, button, facts, post};
use crate::pages::leads::{self, Switch};
use crate::words::{Lang, Words, reviewed};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The agency's name.
    pub name: String,
    /// Its people.
    pub people: Vec<Person>,
    /// Signing keys: (short id, state in words, valid until).
    pub keys: Vec<(String, String, Option<Timestamp>)>,
    /// What is kept how long: (what, days).
    pub retention: Vec<(String, u64)>,
    /// Hosts that the pre-flight protects: (host, why).
    pub protected: Vec<(String, String)>,
    /// Peers: (name, address, since).
    pub peers: Vec<(String, String, Timestamp)>,
    /// What waits for a second person.
    pub waiting: Vec<Waiting>,
    /// A link that was just made, shown once.
    pub link: Option<String>,
    /// The reader may change people and lists.
    pub may_change: bool,
    /// The sensitive analysis, for who may open it.
    pub analysis: Option<Switch>,
}

/// An act that one person proposed and another confirms (LAW-120).
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Proposal id.
    pub id: String,
    /// About whom: a person or a provider.
    pub about: String,
    /// The role to be given; `None` for a new contact of a provider.
    pub role: Option<Role>,
    /// Since when.
    pub since: Timestamp,
    /// The reader proposed it and cannot confirm it.
    pub own: bool,
}

/// One person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Person id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Codes of the roles.
    pub roles: Vec<Role>,
    /// Was here last.
    pub seen_at: Option<Timestamp>,
    /// May sign in.
    pub active: bool,
}

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Assesses.
    Analyst,
    /// Agrees to what others assessed.
    Approver,
    /// Leads an operation.
    Coordinator,
    /// Answers for a provider.
    Provider,
    /// Reads the log of reads.
    Auditor,
    /// Reads as the data protection supervisor.
    Supervisor,
    /// Keeps people and keys.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Analyst,
        Self::Approver,
        Self::Coordinator,
        Self::Provider,
        Self::Auditor,
        Self::Supervisor,
        Self::Administrator,
    ];

    /// The code of the forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Analyst => "analyst",
            Self::Approver => "approver",
            Self::Coordinator => "coordinator",
            Self::Provider => "provider",
            Self::Auditor => "auditor",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self, w: &Words) -> String {
        w.t(match self {
            Self::Analyst => "role-analyst",
            Self::Approver => "role-approver",
            Self::Coordinator => "role-coordinator",
            Self::Provider => "role-provider",
            Self::Auditor => "role-auditor",
            Self::Supervisor => "role-supervisor",
            Self::Administrator => "role-administrator",
        })
    }
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.head { h1 { (w.t("agency-question")) } p.state { bdi { (view.name) } } }
        div.cols.long {
            div.pane {
                @if let Some(link) = &view.link { (boxed(&w.t("agency-link"), &w.t("agency-link-once"), &html! { p { span.id { (link) } } })) }
                @if !view.waiting.is_empty() { (boxed(&w.t("agency-waiting"), &w.t("agency-waiting-note"), &waiting(view, w, frame))) }
                @if view.may_change {
                    (boxed(&w.t("agency-people"), &w.with("people", &[("n", view.people.len().into())]), &people(view, w, frame)))
                    (boxed(&w.t("agency-add"), "", &add(w, frame)))
                } @else { (boxed(&w.t("agency-people"), "", &html! { p.small { (w.t("agency-people-closed")) } })) }
            }
            aside.pane aria-label=(w.t("facts")) {
                (boxed(&w.t("agency-keys"), "", &facts(&view.keys.iter().map(|(id, state, until)| (
                    state.clone(),
                    html! { span.id { (id) } @if let Some(at) = until { (w.comma()) (w.t("agency-key-until")) " " (w.day(*at)) } },
                )).collect::<Vec<_>>())))
                (boxed(&w.t("agency-retention"), "", &facts(&view.retention.iter().map(|(what, days)| (
                    what.clone(), html! { (w.with("stretch-days", &[("n", (*days).into())])) },
                )).collect::<Vec<_>>())))
                (boxed(&w.t("agency-protected"), &w.t("agency-protected-note"), &protected(view, w, frame)))
                (boxed(&w.t("agency-peers"), "", &html! {
                    ul.small { @for (name, address, since) in &view.peers { li { bdi { (name) } (w.comma()) span.id { (address) } " " span.note { (w.day(*since)) } } } }
                    @if view.peers.is_empty() { p.small { (w.t("agency-peers-none")) } }
                }))
                @if let Some(analysis) = &view.analysis { (boxed(&w.t("leads-switch"), "", &leads::switch(analysis, w, frame))) }
                (boxed(&w.t("agency-languages"), &w.t("agency-languages-note"), &languages(w)))
            }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-agency"), "stacked"), &main)
}

fn waiting(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        @for one in &view.waiting {
            @let what = match one.role { Some(role) => role.word(w), None => w.t("proposal-contact") };
            (post(&format!("/console/agency/proposals/{}", one.id), &frame.csrf, "stack", &html! {
                p { bdi { (one.about) } (w.comma()) (what) " " span.note { (w.moment(one.since)) } }
                (look::hidden("what", if one.role.is_some() { "role" } else { "contact" }))
                div.line-of {
                    @if !one.own { (button(&Button { label: &w.t("proposal-confirm"), name: "act", value: "confirm", key: "", class: "" })) }
                    (button(&Button { label: &w.t("proposal-drop"), name: "act", value: "drop", key: "", class: "" }))
                }
            }))
        }
    }
}

fn people(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        table.t.blocks {
            thead { tr { th scope="col" { (w.t("person-name")) } th scope="col" { (w.t("person-roles")) } th scope="col" { (w.t("person-seen")) } th scope="col" { (w.t("person-change")) } } }
            tbody { @for person in &view.people { tr {
                th scope="row" { bdi { (person.name) } @if !person.active { " " span.chip { (w.t("person-closed")) } } }
                td data-head=(w.t("person-roles")) { (w.list(&person.roles.iter().map(|role| role.word(w)).collect::<Vec<_>>())) }
                td data-head=(w.t("person-seen")) { @match person.seen_at { Some(at) => { (w.moment(at)) } None => { (w.t("person-never")) } } }
                td { details { summary { (w.t("person-change")) span.sr { " " (person.name) } } (change(person, w, frame)) } }
            } } }
        }
    }
}

fn change(person: &Person, w: &Words, frame: &Frame) -> Markup {
    post(
        &format!("/console/agency/people/{}", person.id),
        &frame.csrf,
        "stack",
        &html! {
            (roles(&person.roles, w))
            div.line-of {
                (button(&Button { label: &w.t("person-save"), name: "act", value: "roles", key: "", class: "" }))
                (button(&Button { label: &w.t("person-new-link"), name: "act", value: "link", key: "", class: "" }))
                (button(&Button { label: &if person.active { w.t("person-close") } else { w.t("person-open") }, name: "act", value: if person.active { "close" } else { "open" }, key: "", class: "" }))
            }
        },
    )
}

fn roles(given: &[Role], w: &Words) -> Markup {
    html! {
        fieldset.ticks { legend.small { (w.t("person-roles")) }
            @for role in Role::ALL { label.tick { input type="checkbox" name="roles[]" value=(role.code()) checked[given.contains(&role)]; span { (role.word(w)) } } } }
    }
}

fn add(w: &Words, frame: &Frame) -> Markup {
    post(
        "/console/agency/people",
        &frame.csrf,
        "stack",
        &html! {
            (look::field("name", &w.t("person-name"), "text", "", "off"))
            (look::field("login", &w.t("sign-in-login"), "text", "", "off"))
            (roles(&[], w))
            (button(&Button { label: &w.t("agency-add-go"), name: "", value: "", key: "", class: "go" }))
        },
    )
}

fn protected(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        @if view.protected.is_empty() { p.small { (w.t("agency-protected-none")) } }
        ul.small { @for (host, why) in &view.protected { li { bdi dir="ltr" { (host) } (w.comma()) (why)
            @if view.may_change { (post("/console/agency/protected", &frame.csrf, "line-of", &html! { (look::hidden("host", host))
                button.b.plain type="submit" name="act" value="remove" { (w.t("protected-remove")) span.sr { " " (host) } } })) } } } }
        @if view.may_change { (post("/console/agency/protected", &frame.csrf, "stack", &html! {
            (look::field("host", &w.t("protected-host"), "text", "", "off"))
            (look::field("why", &w.t("protected-why"), "text", "", "off"))
            (button(&Button { label: &w.t("protected-add"), name: "act", value: "add", key: "", class: "" }))
        })) }
    }
}

/// How many strings of each language a speaker has read; nothing else is claimed (decision D32).
fn languages(w: &Words) -> Markup {
    facts(&Lang::ALL.map(|lang| {
        let count = reviewed(lang);
        (lang.own_name().to_owned(), html! { (w.with("agency-language-read", &[("read", count.read.into()), ("all", count.all.into())])) })
    }))
}
