//! Provider: how do they work with us? Contact, open referrals, answers; quiet mode.

use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Answer, Bar, Place, language_name};
use crate::pages::provider::{self, View};
use app::view::referral::Find;
use app::{book, load, view};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Authorised, Right, right};
use domain::id::ProviderId;
use domain::provider::{Channel, Quiet};
use maud::Markup;
use uuid::Uuid;

/// Open referrals that are listed.
const OPEN_SHOWN: usize = 50;
/// Referrals whose items are counted, the newest first.
const COUNTED_MAX: i64 = 1_000;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/provider/{provider}", get(page))
        .route("/console/provider/{provider}/contact", post(contact))
        .route("/console/provider/{provider}/quiet", post(quiet))
        .route("/console/provider/{provider}/reminders", post(reminders))
}

async fn page(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (house, actor, w) = (&reader.app.house, may.actor(), &reader.words);
    let loaded = load::provider::<right::Read>(house, actor, ProviderId(id)).await?;
    let entry = &loaded.get().entry;
    let theirs = Find { provider: Some(loaded.get().id), ..Find::default() };
    let (theirs, _) = view::referral::referrals(house, actor, &actor.spaces, theirs, COUNTED_MAX).await?;
    let referred: u64 = theirs.iter().map(|row| row.items.0).sum();
    let answered: u64 = theirs.iter().map(|row| row.items.1).sum();
    let mail = w.t("contact-mail");
    let contacts = [("RXP", &entry.endpoint), (mail.as_str(), &entry.mail)];
    let answers = view::figures::answers_of(house, actor, loaded.get().id).await?;
    let view = View {
        id: id.to_string(),
        name: entry.name.clone(),
        zone: entry.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        languages: w.list(&entry.languages.iter().map(|tag| language_name(tag, w)).collect::<Vec<_>>()),
        contacts: contacts
            .into_iter()
            .filter_map(|(what, address)| Some((what.to_owned(), address.clone()?)))
            .collect(),
        checked: loaded.get().confirmed_by.is_some(),
        mail: entry.mail.clone().unwrap_or_default(),
        way: match entry.channel {
            Channel::Rxp => "RXP".to_owned(),
            Channel::Mail => mail.clone(),
            Channel::None => w.t("contact-none"),
        },
        items: (referred.saturating_sub(answered), referred),
        since: theirs.last().map_or_else(|| house.clock.now(), |row| row.made_at),
        answers: answers
            .into_iter()
            .filter_map(|(code, count)| {
                let label = Answer::from_code(&code)?.word(w);
                Some(Bar { label, count, rest: false, live: String::new() })
            })
            .collect(),
        survival: Vec::new(),
        quiet: entry.quiet != Quiet::Normal,
        open: theirs
            .iter()
            .filter(|row| row.queued_at.is_some() && row.items.1 < row.items.0)
            .take(OPEN_SHOWN)
            .map(|row| (row.reference.clone(), format!("/console/sent/{}", row.id)))
            .collect(),
        reminders: app::remind::waiting(house, loaded.get()).await?,
        may_change: actor.may(Right::ManageProviders),
    };
    Ok(provider::page(&view, w, &reader.frame(Place::Elsewhere)))
}

/// Enters or changes the address for mail; a provider that nothing reached is reached by mail then.
async fn contact(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded = load::provider::<right::ManageProviders>(&app.house, may.actor(), ProviderId(id)).await?;
    let mut entry = loaded.get().entry.clone();
    entry.mail = Some(fields.one("mail").trim().to_owned());
    if entry.channel == Channel::None {
        entry.channel = Channel::Mail;
    }
    let space = Authorised::check(may.actor(), loaded.get().space, loaded.get().space)?;
    let entered = book::put_provider(&app.house, &space, entry, Some(fields.one("note"))).await?;
    let said = if entered.waits.is_some() { "contact_waits" } else { "contact_in_force" };
    Ok(Redirect::to(&format!("/console/provider/{id}?said={said}")))
}

async fn quiet(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded = load::provider::<right::ManageProviders>(&app.house, may.actor(), ProviderId(id)).await?;
    let mut entry = loaded.get().entry.clone();
    let (quiet, said) = match fields.one("quiet") {
        "on" => (Quiet::DigestWeekly, "quiet_on"),
        "off" => (Quiet::Normal, "quiet_off"),
        _ => return Err(Fault::input("Say on or off.")),
    };
    entry.quiet = quiet;
    let space = Authorised::check(may.actor(), loaded.get().space, loaded.get().space)?;
    book::put_provider(&app.house, &space, entry, None).await?;
    Ok(Redirect::to(&format!("/console/provider/{id}?said={said}")))
}

/// A person starts today's reminders (D4).
async fn reminders(
    State(app): State<App>,
    may: May<right::ManageProviders>,
    Path(id): Path<Uuid>,
) -> Outcome<Redirect> {
    let loaded = load::provider::<right::ManageProviders>(&app.house, may.actor(), ProviderId(id)).await?;
    app::remind::start(&app.house, &loaded).await?;
    Ok(Redirect::to(&format!("/console/provider/{id}?said=reminded")))
}
