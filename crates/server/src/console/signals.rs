//! Signals: banks, an import, a withdrawal, an opinion.

use super::{Fields, Reader};
use crate::App;
use crate::api::{export_file, list_format};
use crate::fault::{Fault, Outcome};
use crate::identity::{May, Upload};
use crate::look::Place;
use crate::pages::signals::{self, Bank, Import, Signal, View};
use crate::words::Words;
use app::signals::{self as step, Format, NewBank};
use app::{load, view};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use domain::access::{AgencyKind, Right, right};
use domain::bank::{FUSE_MATCHES_PER_DAY, LeftOut, ListClass, Opinion, PDQ_DISTANCE_BITS, Sharing};
use domain::id::{BankId, SignalId};
use jiff::SignedDuration;
use maud::Markup;
use uuid::Uuid;

/// Largest list, in bytes.
const LIST_MAX_BYTES: usize = 64 * 1024 * 1024;
/// A bank that is made by an import is reviewed after so many days.
const REVIEW_DAYS: i64 = 180;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/signals", get(page))
        .route("/console/signals/import", post(import).layer(DefaultBodyLimit::max(LIST_MAX_BYTES)))
        .route("/console/signals/{bank}/withdraw", post(withdraw))
        .route("/console/signals/{bank}/export", post(export))
        .route("/console/signals/opinion/{signal}", post(opinion))
}

async fn page(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let w = &reader.words;
    let banks = view::signals::banks(&reader.app.house, may.actor()).await?;
    let waiting = view::signals::waiting(&reader.app.house, may.actor()).await?;
    let waits = view::waiting(&reader.app.house, may.actor()).await?.signals;
    let imports = view::signals::imports(&reader.app.house, may.actor()).await?;
    let provider = may.actor().kind == AgencyKind::Provider;
    let view = View {
        banks: banks
            .into_iter()
            .map(|found| Bank {
                id: found.bank.id.to_string(),
                name: found.bank.name,
                giver: found.bank.origin,
                basis: found.bank.legal_basis,
                sharing: found.bank.sharing,
                closed: found.bank.class != ListClass::Ordinary,
                distance: found.bank.distance,
                types: reader.words.t(holds(found.bank.opinion)),
                signals: found.live + found.suspended,
                matches: found.matches,
                negative: found.negative,
                review_at: found.review_at,
            })
            .collect(),
        disputed: waiting.iter().filter(|found| !found.blown).map(|found| signal(found, w)).collect(),
        blown: waiting.iter().filter(|found| found.blown).map(|found| signal(found, w)).collect(),
        fuse_per_day: FUSE_MATCHES_PER_DAY,
        more: waits.saturating_sub(waiting.len() as u64),
        told: view::signals::told(&reader.app.house, may.actor()).await?,
        imports: imports.iter().map(|found| import_of(found, w)).collect(),
        running: view::signals::running(&reader.app.house, may.actor()).await?,
        may_change: may.actor().may(Right::ManageSignals),
        formats: formats(|format| provider || !format.is_closed()),
        written: formats(|format| !format.is_closed()),
    };
    Ok(signals::page(&view, &reader.words, &reader.frame(Place::Signals)))
}

fn signal(found: &view::signals::Waiting, w: &Words) -> Signal {
    Signal {
        id: found.id.to_string(),
        bank: found.bank.clone(),
        short: found.short.clone(),
        opinions: found.opinions,
        why: w.t(if found.blown { "signal-blown" } else { "signal-suspended" }),
        since: found.since,
        by: found.by.clone(),
        reason: found.reason.clone(),
        today: found.today,
    }
}

fn import_of(found: &view::signals::Import, w: &Words) -> Import {
    let counts = [
        ("imports-new", found.new),
        ("imports-known", found.known),
        ("imports-disputed", found.disputed),
        ("imports-withdrawn", found.withdrawn),
        ("imports-relisted", found.relisted),
        ("imports-cut", found.cut),
        ("imports-not-compared", found.not_compared),
    ];
    let said = |(key, count): (&str, u64)| w.with(key, &[("n", count.into())]);
    Import {
        bank: found.bank.clone(),
        by: found.by.clone(),
        at: found.at,
        records: found.records,
        counts: counts.into_iter().filter(|(_, count)| *count > 0).map(said).collect(),
        left: found.set_aside,
        why: found.left_out.iter().map(|(why, count)| said((left_out(*why), *count))).collect(),
    }
}

/// The key of why rows were left out.
fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Unreadable => "left-unreadable",
        LeftOut::Kind => "left-kind",
        LeftOut::Opinion => "left-opinion",
        LeftOut::Value => "left-value",
        LeftOut::Withdrawn => "left-withdrawn",
    }
}

/// Words and names of formats.
fn formats(which: impl Fn(&Format) -> bool) -> Vec<(String, String)> {
    let named = |format: Format| (format.word().to_owned(), format.title().to_owned());
    Format::ALL.into_iter().filter(which).map(named).collect()
}

/// The key of what a bank's owner thinks of its signals.
pub(super) fn holds(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Negative => "bank-holds-negative",
        Opinion::Seed => "bank-holds-seed",
        Opinion::Positive => "bank-holds-positive",
        Opinion::Disputed => "bank-holds-disputed",
    }
}

/// What came with the form.
#[derive(Default)]
struct Form {
    csrf: Option<String>,
    bank: String,
    giver: String,
    basis: String,
    sharing: String,
    format: String,
    opinion: String,
    list: Vec<u8>,
}

async fn read(mut parts: Multipart) -> Outcome<Form> {
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            form.list = part.bytes().await?.to_vec();
            continue;
        }
        let text = part.text().await?.trim().to_owned();
        match name.as_str() {
            "csrf" => form.csrf = Some(text),
            "bank" => form.bank = text,
            "giver" => form.giver = text,
            "basis" => form.basis = text,
            "sharing" => form.sharing = text,
            "format" => form.format = text,
            "opinion" => form.opinion = text,
            other => return Err(Fault::input(format!("There is no field \"{other}\"."))),
        }
    }
    Ok(form)
}

async fn import(
    State(app): State<App>,
    upload: Upload<right::ManageSignals>,
    parts: Multipart,
) -> Outcome<Redirect> {
    let form = read(parts).await?;
    let who = upload.prove(form.csrf.as_deref())?;
    let format = list_format(Some(&form.format), &form.list)?;
    let sharing = match form.sharing.as_str() {
        "" => Sharing::Red,
        word => Sharing::from_word(word)
            .ok_or_else(|| Fault::input("A bank is handed on red, amber, green or clear."))?,
    };
    let opinion = match form.opinion.as_str() {
        "" => step::opinion_of(format, &form.list),
        word => {
            Opinion::from_word(word).filter(|opinion| *opinion != Opinion::Disputed).ok_or_else(|| {
                Fault::input("What is thought of a bank's content is seed, positive or negative.")
            })?
        }
    };
    let space = domain::access::Authorised::check(&who.actor, who.actor.agency, who.actor.agency)?;
    let known =
        step::banks(&app.house, who.actor.agency).await?.into_iter().find(|bank| bank.name == form.bank);
    let id: BankId = match known {
        Some(bank) => bank.id,
        None => {
            let review_at =
                app.house.clock.now().saturating_add(SignedDuration::from_hours(24 * REVIEW_DAYS));
            let new = NewBank {
                name: form.bank,
                opinion,
                legal_basis: if form.basis.is_empty() { form.giver.clone() } else { form.basis },
                origin: form.giver,
                distance: PDQ_DISTANCE_BITS,
                review_at: review_at.unwrap_or(jiff::Timestamp::MAX),
                sharing,
                class: format.class(),
            };
            step::make_bank(&app.house, &space, new).await?.id
        }
    };
    let bank = load::bank::<right::ManageSignals>(&app.house, &who.actor, id).await?;
    let summary = step::import(&app.house, &bank, format, std::io::Cursor::new(form.list)).await?;
    let others = summary.left_out.get(&LeftOut::Opinion).copied().unwrap_or_default();
    if others > 0 && others == summary.records {
        return Err(Fault::input(format!(
            "Nothing of this list went in: what its {others} rows think is not what the bank \"{}\" holds ({}). Import it into a bank of its own opinion.",
            bank.get().name,
            bank.get().opinion
        )));
    }
    Ok(Redirect::to("/console/signals?said=imported"))
}

async fn withdraw(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(bank): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let bank = load::bank::<right::ManageSignals>(&app.house, may.actor(), BankId(bank)).await?;
    let id: SignalId =
        fields.one("signal").parse().map_err(|_| Fault::input("Name the signal by its id."))?;
    let signal = load::signal::<right::ManageSignals>(&app.house, may.actor(), id).await?;
    if signal.get().bank != bank.get().id {
        return Err(domain::access::not_here().into());
    }
    step::withdraw(&app.house, &signal, fields.one("reason")).await?;
    Ok(Redirect::to("/console/signals?said=signal_withdrawn"))
}

async fn export(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(bank): Path<Uuid>,
    fields: Fields,
) -> Outcome<Response> {
    let bank = load::bank::<right::ManageSignals>(&app.house, may.actor(), BankId(bank)).await?;
    export_file(&app, &bank, fields.one("format")).await
}

async fn opinion(
    State(app): State<App>,
    may: May<right::ManageSignals>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let signal = load::signal::<right::ManageSignals>(&app.house, may.actor(), SignalId(id)).await?;
    let reason = fields.one("reason");
    let said = match fields.one("opinion") {
        "for" => {
            step::uphold(&app.house, &signal, reason).await?;
            "opinion_for"
        }
        "against" => {
            step::dispute(&app.house, &signal, reason).await?;
            "opinion_against"
        }
        "back" => {
            step::withdraw(&app.house, &signal, reason).await?;
            "signal_withdrawn"
        }
        _ => return Err(Fault::input("Say for, against or back.")),
    };
    Ok(Redirect::to(&format!("/console/signals?said={said}")))
}
