//! Money: identifiers that money is sent to, and the sheet of one (D34).

use super::Reader;
use super::listed::{Asked, ROWS_SHOWN};
use crate::App;
use crate::fault::Outcome;
use crate::identity::May;
use crate::look::{Listed, Place};
use crate::pages::money::{self, kind};
use app::view::money as shown;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use domain::access::right;
use maud::Markup;
use uuid::Uuid;

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/money", get(list)).route("/console/money/{id}", get(sheet))
}

async fn list(reader: Reader, may: May<right::ReadLeads>) -> Outcome<Markup> {
    let (asked, w) = (Asked::of(&reader), &reader.words);
    let group = money::KINDS.into_iter().find(|kind| *kind == asked.group).unwrap_or_default();
    let part =
        (usize::try_from(asked.after).unwrap_or_default(), usize::try_from(ROWS_SHOWN).unwrap_or_default());
    let found = shown::list(&reader.app.house, may.actor(), group, part).await?;
    let list = Listed {
        path: "/console/money",
        search: String::new(),
        group,
        groups: found.kinds.iter().map(|(of, count)| (*of, kind(of, w), *count)).collect(),
        rows: found.rows.len() as u64,
        shown: asked.shown(found.rows.len()),
        all: found.all,
    };
    Ok(money::page(&found, &list, w, &reader.frame(Place::Money)))
}

async fn sheet(reader: Reader, may: May<right::ReadLeads>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let whole = reader.query.one("all") == "yes";
    let found = shown::sheet(&reader.app.house, may.actor(), id, whole).await?;
    Ok(money::sheet_page(found.as_ref(), &reader.words, &reader.frame(Place::Money)))
}
