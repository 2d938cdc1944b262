//! Agency: people, roles, links, keys, protected hosts.

use super::{Fields, Reader};
use crate::App;
use crate::api::role;
use crate::fault::{Fault, Outcome};
use crate::identity::{May, Signed};
use crate::look::Place;
use crate::pages::agency::{self, Person, View, Waiting};
use crate::pages::leads::Switch;
use crate::words::Words;
use app::people::{self, EnrolmentLink, Invite};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::access::{Authorised, Right, Role, right};
use domain::analysis::{Analysis, Opening};
use domain::evidence::Retention;
use domain::id::{PersonId, ProposalId};
use domain::preflight::Protected;
use domain::proposal::Event;
use maud::Markup;
use uuid::Uuid;

/// What is kept, with the key of its words (LAW-108); orders and preserved content come with them.
const KEPT: [(Retention, &str); 7] = [
    (Retention::Observation, "kept-observation"),
    (Retention::NotTerrorist, "kept-not-terrorist"),
    (Retention::Referral, "kept-referral"),
    (Retention::Hash, "kept-hash"),
    (Retention::LogDetail, "kept-log-detail"),
    (Retention::Wellbeing, "kept-wellbeing"),
    (Retention::Log, "kept-log"),
];

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/agency", get(page))
        .route("/console/agency/people", post(invite))
        .route("/console/agency/people/{person}", post(change))
        .route("/console/agency/proposals/{proposal}", post(decide))
        .route("/console/agency/analysis", post(analysis))
        .route("/console/agency/protected", post(protected))
}

fn of(role: Role) -> agency::Role {
    match role {
        Role::Analyst => agency::Role::Analyst,
        Role::Approver => agency::Role::Approver,
        Role::Coordinator => agency::Role::Coordinator,
        Role::Provider => agency::Role::Provider,
        Role::Auditor => agency::Role::Auditor,
        Role::Supervisor => agency::Role::Supervisor,
        Role::Administrator => agency::Role::Administrator,
    }
}

async fn shown(reader: &Reader, who: &app::sign_in::Who, link: Option<&EnrolmentLink>) -> Outcome<Markup> {
    let house = &reader.app.house;
    let facts = app::view::agency(house, &who.actor).await?;
    let people =
        if who.actor.may(Right::ManageAccess) { people::all(house, &who.actor).await? } else { Vec::new() };
    let waiting = waiting(reader, who, &people).await?;
    let analysis = match who.actor.may(Right::ManageAccess) {
        true => {
            let open = app::view::leads::opened(house, &who.actor).await?;
            Some(Switch { open })
        }
        false => None,
    };
    let view = View {
        name: who.agency.clone(),
        waiting,
        people: people
            .into_iter()
            .map(|(person, roles)| Person {
                id: person.id.to_string(),
                name: format!("{} ({})", person.name, person.login),
                roles: roles.into_iter().map(of).collect(),
                seen_at: facts.seen.get(&person.id).copied(),
                active: person.state == "active",
            })
            .collect(),
        keys: facts
            .keys
            .into_iter()
            .map(|(id, purpose, until)| (id, key_name(&purpose, &reader.words), until))
            .collect(),
        retention: KEPT.iter().map(|(class, key)| (reader.words.t(key), u64::from(class.days()))).collect(),
        protected: facts.protected,
        peers: Vec::new(),
        link: link.map(EnrolmentLink::path),
        may_change: who.actor.may(Right::ManageAccess),
        analysis,
    };
    Ok(agency::page(&view, &reader.words, &reader.frame(Place::Agency)))
}

/// What waits for a second person, as far as the reader may decide it.
async fn waiting(
    reader: &Reader,
    who: &app::sign_in::Who,
    people: &[(people::Person, Vec<Role>)],
) -> Outcome<Vec<Waiting>> {
    let (house, actor) = (&reader.app.house, &who.actor);
    let own = |proposal: &app::proposal::Proposal| {
        proposal.proposed_by.is_some_and(|(person, _)| person == actor.person)
    };
    let mut waiting = Vec::new();
    if actor.may(Right::ManageAccess) {
        for (proposal, role) in people::proposed(house, actor).await? {
            let person = people.iter().find(|(person, _)| person.id.0 == proposal.of);
            waiting.push(Waiting {
                id: proposal.id.to_string(),
                about: person.map(|(person, _)| person.name.clone()).unwrap_or_default(),
                role: Some(of(role)),
                since: proposal.made_at,
                own: own(&proposal),
            });
        }
    }
    if actor.may(Right::ManageProviders) {
        let space = Authorised::check(actor, actor.agency, actor.agency)?;
        for (proposal, entry) in app::book::proposed(house, &space).await? {
            let contact = entry.endpoint.or(entry.mail).unwrap_or_default();
            waiting.push(Waiting {
                id: proposal.id.to_string(),
                about: format!("{} ({contact})", entry.name),
                role: None,
                since: proposal.made_at,
                own: own(&proposal),
            });
        }
    }
    Ok(waiting)
}

/// Confirms what another proposed, or says no.
async fn decide(
    State(app): State<App>,
    Signed(who): Signed,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let (actor, id) = (&who.actor, ProposalId(id));
    let (event, said) = match fields.one("act") {
        "confirm" => (Event::Confirm, "confirmed"),
        "drop" => (Event::Drop, "dropped"),
        _ => return Err(Fault::input("Say confirm or drop.")),
    };
    match fields.one("what") {
        "role" => people::decide_role(&app.house, actor, id, event).await?,
        "contact" => app::book::decide_contact(&app.house, actor, id, event).await?,
        _ => return Err(Fault::input("Say role or contact.")),
    }
    Ok(Redirect::to(&format!("/console/agency?said={said}")))
}

async fn page(reader: Reader, Signed(who): Signed) -> Outcome<Markup> {
    shown(&reader, &who, None).await
}

async fn invite(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    reader: Reader,
    fields: Fields,
) -> Outcome<Markup> {
    let roles = fields.all("roles[]").map(role).collect::<Outcome<_>>()?;
    let new = Invite { login: fields.one("login").to_owned(), name: fields.one("name").to_owned(), roles };
    let link = people::invite(&app.house, may.actor(), &new).await?;
    shown(&reader, &may.who, Some(&link)).await
}

async fn change(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    reader: Reader,
    Path(person): Path<Uuid>,
    fields: Fields,
) -> Outcome<Response> {
    let (actor, person) = (may.actor(), PersonId(person));
    let said = match fields.one("act") {
        "roles" => {
            let wanted = fields.all("roles[]").map(role).collect::<Outcome<Vec<_>>>()?;
            let people = people::all(&app.house, actor).await?;
            let held = people
                .into_iter()
                .find(|(found, _)| found.id == person)
                .map(|(_, roles)| roles)
                .ok_or_else(domain::access::not_here)?;
            for role in Role::ALL {
                let (had, has) = (held.contains(role), wanted.contains(role));
                if had != has {
                    people::set_role(&app.house, actor, person, *role, has).await?;
                }
            }
            "roles"
        }
        "close" => {
            people::disable(&app.house, actor, person).await?;
            "closed"
        }
        "link" | "open" => {
            let link = people::new_link(&app.house, actor, person).await?;
            return Ok(shown(&reader, &may.who, Some(&link)).await?.into_response());
        }
        _ => return Err(Fault::input("Say what to change.")),
    };
    Ok(Redirect::to(&format!("/console/agency?said={said}")).into_response())
}

/// The list of protected hosts; a page asks for no kind, so a host is entered as press, the widest.
async fn protected(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    fields: Fields,
) -> Outcome<Redirect> {
    let space = Authorised::check(may.actor(), may.actor().agency, may.actor().agency)?;
    let host = fields.one("host");
    let said = match fields.one("act") {
        "add" => {
            let kind = Protected::from_word(fields.one("why")).unwrap_or(Protected::Press);
            app::book::protect(&app.house, &space, host, kind).await?;
            "protected"
        }
        "remove" => {
            app::book::unprotect(&app.house, &space, host).await?;
            "unprotected"
        }
        _ => return Err(Fault::input("Say add or remove.")),
    };
    Ok(Redirect::to(&format!("/console/agency?said={said}")))
}

/// Opens or closes the sensitive analysis.
async fn analysis(
    State(app): State<App>,
    may: May<right::ManageAccess>,
    fields: Fields,
) -> Outcome<Redirect> {
    let whose = Authorised::check(may.actor(), may.actor().agency, may.actor().agency)?;
    let said = match fields.one("act") {
        "open" => {
            let days = fields.one("days").parse().map_err(|_| Fault::input("The days are a number."))?;
            let (purpose, reference) = (fields.one("purpose").to_owned(), fields.one("reference").to_owned());
            let covers = fields.all("covers[]").filter_map(Analysis::from_word).collect();
            app::leads::open(&app.house, &whose, Opening { purpose, reference, covers }, days).await?;
            "analysis_opened"
        }
        "close" => {
            app::leads::close(&app.house, &whose).await?;
            "analysis_closed"
        }
        _ => return Err(Fault::input("Say open or close.")),
    };
    Ok(Redirect::to(&format!("/console/agency?said={said}")))
}

/// What a signing key is for.
fn key_name(purpose: &str, w: &Words) -> String {
    match purpose {
        "document" => w.t("key-document"),
        "ledger" => w.t("key-ledger"),
        other => other.to_owned(),
    }
}
