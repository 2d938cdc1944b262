//! Sign in, enrol, step up, say why you read, sign out: one's own account.

use super::{Fields, Reader, safe_back};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::{COOKIE, May, Signed};
use crate::look::Place;
use crate::pages::{enrol, reason, sign_in, step_up};
use app::sign_in as step;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::access::{AgencyKind, right};
use http::{StatusCode, header};
use maud::Markup;

/// Letters in a group of the shown secret.
const GROUP: usize = 4;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/sign-in", get(sign_in_page).post(sign_in))
        .route("/console/sign-out", post(sign_out))
        .route("/console/enrol/{token}", get(enrol_page).post(enrol))
        .route("/console/step-up", get(step_up_page).post(step_up))
        .route("/console/reason", get(reason_page).post(reason))
        .route("/console/preference", post(preference))
        .route("/console/exposure", post(exposure))
}

async fn sign_in_view(reader: &Reader, login: &str, failed: bool) -> Outcome<Markup> {
    let agencies = app::people::agencies(&reader.app.house).await?;
    let view = sign_in::View {
        agencies: agencies
            .into_iter()
            .map(|agency| {
                let name = format!("{} ({})", agency.name, agency.org);
                (agency.org, name)
            })
            .collect(),
        login: login.to_owned(),
        failed,
    };
    Ok(sign_in::page(&view, &reader.words, &reader.frame(Place::Elsewhere)))
}

async fn sign_in_page(reader: Reader) -> Outcome<Response> {
    if reader.who.is_some() {
        return Ok(Redirect::to(reader.home()).into_response());
    }
    Ok(sign_in_view(&reader, "", false).await?.into_response())
}

async fn sign_in(State(app): State<App>, reader: Reader, fields: Fields) -> Outcome<Response> {
    let typed = step::Credentials {
        agency: fields.one("agency").to_owned(),
        login: fields.one("login").to_owned(),
        password: fields.one("password").to_owned(),
        code: fields.one("code").to_owned(),
    };
    match step::sign_in(&app.house, typed).await {
        Ok(signed) => {
            let cookie = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Strict", signed.token);
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
        }
        Err(app::Error::Refused(_)) => {
            let page = sign_in_view(&reader, fields.one("login"), true).await?;
            Ok((StatusCode::UNAUTHORIZED, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn sign_out(State(app): State<App>, Signed(who): Signed) -> Outcome<Response> {
    step::sign_out(&app.house, &who.actor).await?;
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/console/sign-in")).into_response())
}

async fn enrol_view(reader: &Reader, token: &str, failed: Option<String>) -> Outcome<Markup> {
    let found = step::enrolment(&reader.app.house, token).await?;
    let letters: Vec<char> = found.secret.chars().collect();
    let secret: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    let view = enrol::View {
        token: token.to_owned(),
        person: found.name,
        agency: found.agency,
        login: found.login,
        secret: secret.join(" "),
        failed,
    };
    Ok(enrol::page(&view, &reader.words, &reader.frame(Place::Elsewhere)))
}

async fn enrol_page(reader: Reader, Path(token): Path<String>) -> Outcome<Markup> {
    enrol_view(&reader, &token, None).await
}

async fn enrol(
    State(app): State<App>,
    reader: Reader,
    Path(token): Path<String>,
    fields: Fields,
) -> Outcome<Response> {
    let failed = if fields.one("password") != fields.one("password_again") {
        reader.words.t("enrol-unequal")
    } else {
        match step::enrol(&app.house, &token, fields.one("password").to_owned(), fields.one("code")).await {
            Ok(()) => return Ok(Redirect::to("/console/sign-in").into_response()),
            Err(app::Error::Refused(refusal)) if refusal.code != "link_over" => refusal.sentence,
            Err(other) => return Err(other.into()),
        }
    };
    let page = enrol_view(&reader, &token, Some(failed)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn step_up_view(reader: &Reader, back: &str, failed: bool) -> Markup {
    let about = if back.starts_with("/console/approve") { "step-up-approve" } else { "step-up-other" };
    let view = step_up::View { about_to: reader.words.t(about), back: safe_back(back).to_owned(), failed };
    step_up::page(&view, &reader.words, &reader.frame(Place::Elsewhere))
}

async fn step_up_page(reader: Reader, _: Signed) -> Markup {
    step_up_view(&reader, reader.query.one("back"), false)
}

async fn step_up(
    State(app): State<App>,
    reader: Reader,
    may: May<right::OwnAccount>,
    fields: Fields,
) -> Outcome<Response> {
    let back = safe_back(fields.one("back"));
    match step::step_up(&app.house, may.actor(), fields.one("code")).await {
        Ok(_) => {
            // What asked for the code was not done: the page says so.
            let joint = if back.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{back}{joint}said=proved")).into_response())
        }
        Err(app::Error::Refused(refusal)) if refusal.code == "wrong_code" => {
            Ok((StatusCode::FORBIDDEN, step_up_view(&reader, back, true)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// Reasons that people of a referral unit can pick; each is a key of the words, and its English words are what is kept.
const REASONS: [(&str, &str); 4] = [
    ("shift", "reason-shift"),
    ("operation", "reason-operation"),
    ("second", "reason-second"),
    ("quality", "reason-quality"),
];
/// Reasons that people of a provider can pick: they are no police, and their work has other occasions.
const PROVIDER_REASONS: [(&str, &str); 4] = [
    ("moderation", "reason-moderation"),
    ("complaint", "reason-complaint"),
    ("duty", "reason-duty"),
    ("audit", "reason-audit"),
];

/// The reasons that fit whoever reads.
fn reasons_of(kind: AgencyKind) -> &'static [(&'static str, &'static str)] {
    if kind == AgencyKind::Provider { &PROVIDER_REASONS } else { &REASONS }
}

async fn reason_page(reader: Reader, Signed(who): Signed) -> Markup {
    let reasons = reasons_of(who.actor.kind)
        .iter()
        .map(|(code, key)| ((*code).to_owned(), reader.words.t(key)))
        .collect();
    let view = reason::View { reasons, back: safe_back(reader.query.one("back")).to_owned() };
    reason::page(&view, &reader.words, &reader.frame(Place::Elsewhere))
}

async fn reason(State(app): State<App>, may: May<right::OwnAccount>, fields: Fields) -> Outcome<Redirect> {
    let english = crate::words::Words::new(crate::words::Lang::En, "UTC");
    let picked = reasons_of(may.actor().kind)
        .iter()
        .find(|(code, _)| *code == fields.one("reason"))
        .map(|(_, key)| english.t(key));
    let text = match (fields.maybe("note"), picked) {
        (Some(note), Some(picked)) => format!("{picked}: {note}"),
        (Some(note), None) => note.to_owned(),
        (None, Some(picked)) => picked,
        (None, None) => String::new(),
    };
    step::reason(&app.house, may.actor(), &text).await?;
    Ok(Redirect::to(safe_back(fields.one("back"))))
}

/// Grey and blur are kept in the browser: they say something about the person.
async fn preference(_: Signed, fields: Fields) -> Outcome<Response> {
    let (name, value) = match (fields.maybe("grey"), fields.maybe("blur")) {
        (Some(value @ ("on" | "off")), None) => ("grey", value),
        (None, Some(value @ ("on" | "off"))) => ("blur", value),
        _ => return Err(Fault::input("Say grey or blur, on or off.")),
    };
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Strict; Secure; HttpOnly");
    Ok(([(header::SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response())
}

/// What a person was shown, counted for that person alone.
async fn exposure(
    State(app): State<App>,
    may: May<right::OwnAccount>,
    fields: Fields,
) -> Outcome<StatusCode> {
    app::sign_in::expose(&app.house, may.actor(), fields.number("items")?, fields.number("seconds")?).await?;
    Ok(StatusCode::NO_CONTENT)
}
