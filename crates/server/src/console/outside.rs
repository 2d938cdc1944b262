//! What people without an account see: the public page, contest by reference, and the page of a link in mail (D14).

use super::csv::cell;
use super::{Fields, Reader, again, refill};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::look::{self, Button, Display, Place, address, button, post as form};
use crate::pages::inbox::answer_fields;
use crate::pages::public::{self, Contested, View};
use crate::words::{Lang, Words};
use app::receive;
use app::view::public::Figures;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::header;
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/public", get(page))
        .route("/public/figures.csv", get(figures_csv))
        .route("/public/figures.json", get(figures_json))
        .route("/public/contest", post(contest))
        .route("/m/{token}", get(link).post(opened))
        .route("/m/{token}/answer", post(answered))
}

/// The figures: their name for programs, the number, and the keys of their words.
fn named(figures: &Figures) -> [(&'static str, u64, &'static str, &'static str); 6] {
    [
        ("sent", figures.sent, "figure-sent", "figure-sent-means"),
        ("answered", figures.answered, "figure-answered", "figure-answered-means"),
        ("withdrawn", figures.withdrawn, "figure-withdrawn", "figure-withdrawn-means"),
        ("repaired", figures.repaired.0, "figure-repaired", "figure-repaired-means"),
        ("repair_hours", figures.repaired.1, "figure-repair", "figure-repair-means"),
        ("contested", figures.contested, "figure-contested", "figure-contested-means"),
    ]
}

/// Open data: one row a figure, with its definition and the span.
async fn figures_csv(reader: Reader) -> Outcome<Response> {
    let figures = app::view::public::figures(&reader.app.house).await?;
    let mut table = "figure,number,name,definition,from,to\r\n".to_owned();
    for (id, number, name, means) in named(&figures) {
        let words = [reader.words.t(name), reader.words.t(means)];
        let span = [figures.span.0.to_string(), figures.span.1.to_string()];
        let texts: Vec<String> = words.iter().chain(&span).map(|text| cell(text)).collect();
        table.push_str(&format!("{id},{number},{}\r\n", texts.join(",")));
    }
    let name = "attachment; filename=\"figures.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)], table)
        .into_response())
}

/// The same as JSON.
async fn figures_json(reader: Reader) -> Outcome<Json<Value>> {
    let figures = app::view::public::figures(&reader.app.house).await?;
    let w = &reader.words;
    let list: Vec<Value> = named(&figures)
        .into_iter()
        .map(|(id, number, name, means)| {
            json!({ "figure": id, "number": number, "name": w.t(name), "definition": w.t(means) })
        })
        .collect();
    Ok(Json(json!({
        "agencies": figures.agencies, "from": figures.span.0.to_string(), "to": figures.span.1.to_string(), "figures": list,
    })))
}

/// A figure on the page. Hours are counted up to whole ones: of what took minutes the page does not say an hour.
fn shown_number(id: &str, number: u64, w: &Words) -> String {
    if id == "repair_hours" && number > 0 {
        return w.with("figure-up-to", &[("n", number.into())]);
    }
    w.number(number)
}

async fn shown(reader: &Reader, reference: &str, contested: Option<Contested>) -> Outcome<Markup> {
    let figures = app::view::public::figures(&reader.app.house).await?;
    let w = &reader.words;
    let view = View {
        agencies: figures.agencies.clone(),
        span: figures.span,
        figures: named(&figures)
            .map(|(id, number, name, means)| (shown_number(id, number, w), w.t(name), w.t(means)))
            .to_vec(),
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

async fn contest(State(app): State<App>, reader: Reader, fields: Fields) -> Outcome<Response> {
    let reference = fields.one("reference");
    let contested = match app::contest::by_reference(&app.house, reference, fields.one("reason")).await {
        Ok(number) => Contested::Registered(number.to_string()),
        Err(app::Error::Refused(refusal)) if ["not_here", "own_number"].contains(&refusal.code) => {
            let own = refusal.code == "own_number";
            let contested = if own { Contested::OwnNumber } else { Contested::Unknown };
            let page = shown(&reader, reference, Some(contested)).await?;
            // The page says why above the form.
            let page = refill::refill(&page.into_string(), ("/public/contest", &fields), "");
            return Ok(PreEscaped(page.unwrap_or_default()).into_response());
        }
        Err(other) => return Err(other.into()),
    };
    Ok(shown(&reader, reference, Some(contested)).await?.into_response())
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
) -> Outcome<Response> {
    let items = fields.all("items[]").map(str::to_owned).collect();
    let done = match super::inbox::chosen(&fields, items) {
        Ok(chosen) => app::receipt::answered_by_link(&app.house, &token, chosen).await.map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    match done {
        Ok(message) => Ok(letter(&app, &reader, &token, &message, true).await?.into_response()),
        Err(fault) => {
            // Whoever answers has opened it: opening it again makes no other receipt.
            let message = receive::confirmed_by_link(&app.house, &token).await?;
            let page = letter(&app, &reader, &token, &message, false).await?.into_string();
            let typed = (&*format!("/m/{token}/answer"), &fields);
            let page = again::put_back(&reader, &page, typed, &fault.0).ok_or_else(|| fault.clone())?;
            Ok((again::status(&fault.0), page).into_response())
        }
    }
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
    let contest = app::view::public::contest_reference(&document);
    let main = html! {
        article.paper lang="en" dir="ltr" {
            header lang=(w.lang.tag()) dir=(w.lang.dir()) { h1 { (w.t("mail-received")) } p.small.mute { span.id { (text(&document["id"])) } } }
            @if answered { p.finding.pass role="status" lang=(w.lang.tag()) dir=(w.lang.dir()) { (w.t("mail-answered")) } }
            p { (text(&body["voluntary_notice"])) }
            p { (text(&body["text"])) }
            @if !contest.is_empty() { div lang=(w.lang.tag()) dir=(w.lang.dir()) {
                p { b { (w.t("contest-reference")) } " " span.id { (contest) } br;
                    a href={ "/public?reference=" (contest) "#contest" } { (w.t("contest-title")) } } } }
            (form(&format!("/m/{token}/answer"), "", "stack", &html! {
                ol { @for item in &items { li {
                    p { label { @if referred { input type="checkbox" name="items[]" value=(text(&item["item"])); " " } (address(&text(&item["url"]))) } }
                    @for statement in item["statements"].as_object().into_iter().flat_map(|all| all.values()) { p { (text(statement)) } }
                    @if let Some(whole) = super::inbox::whole(item) { (look::rests_on(&whole, &Words::new(Lang::En, "UTC"))) }
                } } }
                @if referred {
                    div lang=(w.lang.tag()) dir=(w.lang.dir()) { p { (w.t("mail-answer")) } (answer_fields(w)) }
                }
            }))
        }
    };
    Ok(look::page(&reader.frame(Place::Elsewhere), w, Display::Long, (&w.t("mail-title"), "stacked"), &main))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_not_shown_as_an_hour() {
        for (lang, expected) in [(Lang::En, "up to 1"), (Lang::Fr, "jusqu’à 1")] {
            assert_eq!(shown_number("repair_hours", 1, &Words::new(lang, "UTC")), expected);
        }
        let w = Words::new(Lang::En, "UTC");
        assert_eq!(
            (shown_number("repair_hours", 0, &w), shown_number("sent", 1, &w)),
            ("0".into(), "1".into())
        );
    }
}
