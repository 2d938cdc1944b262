//! Search: have we seen this? A link, a handle, a text or a picture; the reason is asked each time.

use super::words_of::{hold, kind};
use super::{Fields, Reader, again, conflict};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::{May, Upload};
use crate::look::Place;
use crate::pages::search::{self, Found, View};
use crate::words::Words;
use app::search::{self as step, Answer, How, Question};
use app::sign_in::Who;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::access::{Authorised, right};
use maud::Markup;

/// Largest picture that is asked with, in bytes.
const PICTURE_MAX_BYTES: usize = 34 * 1024 * 1024;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/search", get(page).post(ask))
        .layer(DefaultBodyLimit::max(PICTURE_MAX_BYTES))
}

async fn page(reader: Reader, _: May<right::Search>) -> Markup {
    let view = View { asked: reader.query.one("q").to_owned(), ..View::default() };
    search::page(&view, &reader.words, &reader.frame(Place::Search))
}

/// What came with the form.
#[derive(Default)]
struct Form {
    csrf: Option<String>,
    text: String,
    picture: Vec<u8>,
    reason: String,
}

async fn read(mut parts: Multipart) -> Outcome<Form> {
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await?;
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "csrf" => form.csrf = Some(text()),
            "q" => form.text = text(),
            "reason" => form.reason = text(),
            "file" => form.picture = bytes.to_vec(),
            other => return Err(Fault::input(format!("There is no field \"{other}\"."))),
        }
    }
    Ok(form)
}

async fn ask(reader: Reader, upload: Upload<right::Search>, parts: Multipart) -> Outcome<Response> {
    let form = read(parts).await?;
    let who = upload.prove(form.csrf.as_deref())?;
    let (text, reason) = (form.text.clone(), form.reason.clone());
    match answered(&reader, &who, form).await {
        Ok(page) => Ok(page.into_response()),
        Err(fault) => {
            // A file cannot be put back; text and reason can.
            let page = search::page(&View::default(), &reader.words, &reader.frame(Place::Search));
            let fields = Fields::of(&[("q", &text), ("reason", &reason)]);
            let typed = ("/console/search", &fields);
            let page = again::put_back(&reader, &page.into_string(), typed, &fault.0)
                .ok_or_else(|| fault.clone())?;
            Ok((again::status(&fault.0), page).into_response())
        }
    }
}

async fn answered(reader: &Reader, who: &Who, form: Form) -> Outcome<Markup> {
    let question = match (form.text.is_empty(), form.picture.is_empty()) {
        (false, _) => Question::Text(form.text.clone()),
        (true, false) => Question::Picture(form.picture),
        (true, true) => return Err(Fault::input("Ask with a text or with a picture.")),
    };
    let mut all = Answer::default();
    for space in &who.actor.spaces {
        let space = Authorised::check(&who.actor, *space, *space)?;
        let found = step::ask(&reader.app.house, &space, question.clone(), &form.reason).await?;
        all.observations += found.observations;
        all.subjects.extend(found.subjects);
        all.seen.extend(found.seen);
        all.clusters.extend(found.clusters);
        all.signals.extend(found.signals);
        all.holds.extend(found.holds);
    }
    let view = view(reader, form.text, &all);
    Ok(search::page(&view, &reader.words, &reader.frame(Place::Search)))
}

fn view(reader: &Reader, asked: String, answer: &Answer) -> View {
    let w = &reader.words;
    let why: Vec<String> = answer.signals.iter().map(domain::bank::Why::sentence).collect();
    View {
        understood: format!("{} {}", w.with("records", &[("n", answer.observations.into())]), why.join(" ")),
        asked,
        found: How::ALL
            .into_iter()
            .map(|how| (w.t(how_key(how)), found_so(answer, how)))
            .filter(|(_, found)| !found.is_empty())
            .collect(),
        similar: answer
            .clusters
            .iter()
            .map(|found| Found {
                href: format!("/console/queue/{}", found.id),
                kind: kind(&found.kind),
                url: found.service.clone(),
                note: [w.with("items", &[("n", found.members.into())]), stands(found.state, w)]
                    .join(w.comma()),
                seen_at: Some(found.first_seen),
            })
            .collect(),
        holds: answer.holds.iter().map(|answer| (hold(*answer, None), String::new())).collect(),
    }
}

/// The items that were found so.
fn found_so(answer: &Answer, how: How) -> Vec<Found> {
    let of = |id| answer.seen.get(id).filter(|(found, _)| *found == how);
    let items = answer.subjects.iter().filter_map(|found| Some((found, of(&found.id)?)));
    items
        .map(|(found, (_, seen))| Found {
            href: format!("/console/subject/{}", found.id),
            kind: kind(seen),
            url: found.address.clone().unwrap_or_else(|| found.service.clone()),
            note: String::new(),
            seen_at: None,
        })
        .collect()
}

/// The words for what was compared.
fn how_key(how: How) -> &'static str {
    match how {
        How::Same => "search-same",
        How::Picture => "search-pictures",
        How::Account => "search-account",
        How::Host => "search-host",
        How::Words => "search-words",
    }
}

/// Whether a cluster waits or what became of it.
fn stands(state: domain::cluster::Queued, w: &Words) -> String {
    match state {
        domain::cluster::Queued::Open => w.t("search-to-assess"),
        other => conflict::state(other, w),
    }
}
