//! What people without an account see: the public page, contest by reference, and the page of a link in mail (D14).

use super::{Fields, Reader};
use crate::App;
use crate::fault::Outcome;
use crate::look::{self, Button, Display, Place, address, button, post as form};
use crate::pages::inbox::answer_fields;
use crate::pages::public::{self, Contested, View};
use app::receive;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use maud::{Markup, html};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/public", get(page))
        .route("/public/contest", post(contest))
        .route("/m/{token}", get(link).post(opened))
        .route("/m/{token}/answer", post(answered))
}

async fn shown(reader: &Reader, reference: &str, contested: Option<Contested>) -> Outcome<Markup> {
    let house = &reader.app.house;
    let figures = app::view::public::figures(house).await?;
    let w = &reader.words;
    let figure = |number: u64, name: &str, means: &str| (number, w.t(name), w.t(means));
    let view = View {
        agencies: figures.agencies,
        span: figures.span,
        figures: vec![
            figure(figures.sent, "figure-sent", "figure-sent-means"),
            figure(figures.answered, "figure-answered", "figure-answered-means"),
            figure(figures.withdrawn, "figure-withdrawn", "figure-withdrawn-means"),
            figure(figures.repaired.0, "figure-repaired", "figure-repaired-means"),
            figure(figures.repaired.1, "figure-repair", "figure-repair-means"),
            figure(figures.contested, "figure-contested", "figure-contested-means"),
        ],
        laws: vec![
            ("Europol".to_owned(), "Regulation (EU) 2016/794, Art 4(1)(m)".to_owned()),
            ("TCO".to_owned(), "Regulation (EU) 2021/784, recital 40".to_owned()),
        ],
        reference: reference.to_owned(),
        contested,
    };
    Ok(public::page(&view, w, &reader.frame(Place::Elsewhere)))
}

async fn page(reader: Reader) -> Outcome<Markup> {
    shown(&reader, reader.query.one("reference"), None).await
}

async fn contest(State(app): State<App>, reader: Reader, fields: Fields) -> Outcome<Markup> {
    let reference = fields.one("reference");
    let contested = match app::contest::by_reference(&app.house, reference, fields.one("reason")).await {
        Ok(number) => Contested::Registered(number.to_string()),
        Err(app::Error::Refused(refusal)) if refusal.code == "not_here" => Contested::Unknown,
        Err(other) => return Err(other.into()),
    };
    shown(&reader, reference, Some(contested)).await
}

/// A GET shows no evidence and makes no receipt: scanners press links.
async fn link(reader: Reader, Path(token): Path<String>) -> Markup {
    let w = &reader.words;
    let frame = reader.frame(Place::Elsewhere);
    let main = html! {
        div.gate {
            h1 { (w.t("mail-title")) }
            p { (w.t("mail-how")) }
            (form(&format!("/m/{token}"), "", "stack", &html! {
                (button(&Button { label: &w.t("mail-go"), name: "", value: "", key: "", class: "go" }))
            }))
        }
    };
    look::page(&frame, w, Display::Long, (&w.t("mail-title"), "sheet"), &main)
}

/// The POST makes the receipt and shows what was sent.
async fn opened(State(app): State<App>, reader: Reader, Path(token): Path<String>) -> Outcome<Markup> {
    let message = receive::confirmed_by_link(&app.house, &token).await?;
    letter(&app, &reader, &token, &message, false).await
}

/// The same page takes the answer, for the items that are ticked or for all (D14).
async fn answered(
    State(app): State<App>,
    reader: Reader,
    Path(token): Path<String>,
    fields: Fields,
) -> Outcome<Markup> {
    let items = fields.all("items[]").map(str::to_owned).collect();
    let chosen = super::inbox::chosen(&fields, items)?;
    let message = app::receipt::answered_by_link(&app.house, &token, chosen).await?;
    letter(&app, &reader, &token, &message, true).await
}

/// What was sent, and for a referral the answers under it.
async fn letter(
    app: &App,
    reader: &Reader,
    token: &str,
    message: &app::view::public::Letter,
    answered: bool,
) -> Outcome<Markup> {
    let document = app::view::public::document(&app.house, message).await?;
    let w = &reader.words;
    let body = &document["body"];
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let items = body["items"].as_array().cloned().unwrap_or_default();
    let referred = document["type"] == "referral";
    let main = html! {
        article.paper lang="en" dir="ltr" {
            header { h1 lang=(w.lang.tag()) dir=(w.lang.dir()) { (w.t("mail-received")) } p.small.mute { span.id { (text(&document["id"])) } } }
            @if answered { p.finding.pass role="status" lang=(w.lang.tag()) dir=(w.lang.dir()) { (w.t("mail-answered")) } }
            p { (text(&body["voluntary_notice"])) }
            p { (text(&body["text"])) }
            (form(&format!("/m/{token}/answer"), "", "stack", &html! {
                ol { @for item in &items { li {
                    p { label { @if referred { input type="checkbox" name="items[]" value=(text(&item["item"])); " " } (address(&text(&item["url"]))) } }
                    @for statement in item["statements"].as_object().into_iter().flat_map(|all| all.values()) { p { (text(statement)) } }
                } } }
                @if referred {
                    div lang=(w.lang.tag()) dir=(w.lang.dir()) { p { (w.t("mail-answer")) } (answer_fields(w)) }
                }
            }))
        }
    };
    Ok(look::page(&reader.frame(Place::Elsewhere), w, Display::Long, (&w.t("mail-title"), "stacked"), &main))
}
