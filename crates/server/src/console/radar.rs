//! Radar: hosts by growth, and what people note of one.

use super::fields::RDAP_PATH;
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::Place;
use crate::pages::radar::{self, View};
use app::view::{radar as shown, wall};
use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, Authorised, Right, right};
use domain::host::{Note, NoteKind, Standing};
use domain::id::AgencyId;
use maud::Markup;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/radar", get(page))
        .route("/console/radar/note", post(note))
        .route(RDAP_PATH, post(rdap))
}

/// The operation that runs, else the agency: the same as on the wall.
async fn whose(app: &App, actor: &Actor) -> Outcome<Authorised<AgencyId, right::Intake>> {
    let space = wall::wall(&app.house, actor).await?.space;
    Ok(Authorised::check(actor, space, space)?)
}

async fn page(reader: Reader, may: May<right::ReadNetwork>) -> Outcome<Markup> {
    let actor = may.actor();
    let space = wall::wall(&reader.app.house, actor).await?.space;
    let open = shown::open(&reader.app.house, actor, space, reader.query.maybe("host")).await?;
    let shifts = app::view::shifts::shifts(&reader.app.house, actor, space).await?;
    let view = View { open, shifts, may_note: actor.may(Right::Intake) };
    Ok(radar::page(&view, &reader.words, &reader.frame(Place::Radar)))
}

/// Back to the worksheet.
fn back(fields: &Fields) -> Redirect {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("host", fields.one("host"))
        .append_pair("said", "noted")
        .finish();
    Redirect::to(&format!("/console/radar?{query}#sheet"))
}

async fn note(State(app): State<App>, may: May<right::Intake>, fields: Fields) -> Outcome<Redirect> {
    let kind = NoteKind::from_word(fields.one("kind"))
        .ok_or_else(|| Fault::input("Say what the note is about: choose one of the list."))?;
    let standing = match fields.maybe("standing") {
        None => Standing::Open,
        Some(word) => Standing::from_word(word)
            .ok_or_else(|| Fault::input("A hypothesis is open, supported or refuted."))?,
    };
    let (value, source) = (fields.one("value").to_owned(), fields.one("source").to_owned());
    let written = Note { kind, value, source, standing };
    app::radar::note(&app.house, &whose(&app, may.actor()).await?, fields.one("host"), written).await?;
    Ok(back(&fields))
}

async fn rdap(State(app): State<App>, may: May<right::Intake>, fields: Fields) -> Outcome<Redirect> {
    let given = (fields.one("answer"), fields.one("source"));
    app::radar::hand_in(&app.house, &whose(&app, may.actor()).await?, fields.one("host"), given).await?;
    Ok(back(&fields))
}
