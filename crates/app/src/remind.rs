//! Remind: a referral without answer is mentioned again, kindly and seldom, and then no more (RXP-130 to RXP-137).
//!
//! In: referrals that have reached their provider. Out: reminders in the outbox, one digest a provider and day, or the
//! neutral end of the ladder. Until [`CLEAN_MIN`] reminders were received, a person starts them for each provider and
//! day (D4). Every reminder checks that approval, liveness and holds still stand.

use crate::answer::post;
use crate::identity::{sender, wire};
use crate::receive::step;
use crate::{Act, House, Result, deconflict};
use domain::access::{Authorised, right};
use domain::event::Noun;
use domain::id::{MessageId, ProviderId};
use domain::provider::{Channel, Quiet};
use domain::referral::{Event, State};
use exchange::body::preferences::{Hours, Quiet as WireQuiet};
use exchange::body::reminder::{LastCheck, Reminder};
use exchange::ladder::{Next, Rungs, Standing, Step, Why, next};
use exchange::liveness::LivenessClass;
use exchange::{Body, Draft, Envelope, ItemRef, Lang, OrgId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;
use store::provider::Provider;
use store::referral::{Referral, Reminded};
use uuid::Uuid;

/// Reminders that were received before they go out without a person (D4).
pub const CLEAN_MIN: u64 = 50;
/// Lane of reminders (RXP-37).
const LANE: i64 = 5;
/// Referrals of one page.
const PAGE: i64 = 200;
/// No step before this, in hours (RXP-132).
const FIRST_HOURS: i64 = 72;
/// `received` and `under_review` pause the ladder so long, in days (RXP-70.12).
const PAUSE_DAYS: i64 = 14;
/// A look older than this says nothing any more, in hours (RXP-130).
const LOOK_HOURS: i64 = 24;

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reminders put into the outbox.
    pub sent: u64,
    /// Ladders that ended without an answer.
    pub ended: u64,
    /// Reminders that wait for a person to start them.
    pub waiting: u64,
}

/// Climbs every ladder whose time has come.
pub async fn due(house: &House) -> Result<Round> {
    let now = house.clock.now();
    let before = now.saturating_sub(SignedDuration::from_hours(FIRST_HOURS)).unwrap_or(Timestamp::MIN);
    let (mut round, mut from) = (Round::default(), Uuid::nil());
    let mut digests: BTreeMap<ProviderId, Option<Timestamp>> = BTreeMap::new();
    loop {
        let page = store::referral::unanswered(&house.db, from, before, PAGE).await?;
        let Some(last) = page.last() else { return Ok(round) };
        from = last.id.0;
        for referral in &page {
            let Some(provider) = store::provider::get(&house.db, referral.provider).await? else { continue };
            let digest = match digests.get(&provider.id) {
                Some(digest) => *digest,
                None => *digests
                    .entry(provider.id)
                    .or_insert(store::outbox::last_reminder(&house.db, provider.id).await?),
            };
            one(house, referral, &provider, digest, &mut round).await?;
        }
    }
}

/// A person starts today's reminders to a provider; gives how many went out.
pub async fn start(house: &House, provider: &Authorised<Provider, right::ManageProviders>) -> Result<u64> {
    let Provider { id, space, .. } = *provider.get();
    let mut act = Act::of(house, provider.actor(), space).await?;
    act.append(Noun::Provider, id.0, "reminders_started", json!({})).await?;
    act.commit().await?;
    Ok(due(house).await?.sent)
}

/// How many reminders to a provider wait for a person.
pub async fn waiting(house: &House, provider: &Provider) -> Result<u64> {
    let now = house.clock.now();
    let before = now.saturating_sub(SignedDuration::from_hours(FIRST_HOURS)).unwrap_or(Timestamp::MIN);
    let digest = store::outbox::last_reminder(&house.db, provider.id).await?;
    let mut count = 0;
    for referral in store::referral::unanswered(&house.db, Uuid::nil(), before, PAGE).await? {
        if referral.provider == provider.id {
            let reminded = store::referral::reminded(&house.db, &referral).await?;
            let next = climb(&referral, &reminded, provider, digest, now)?;
            count += u64::from(matches!(next, Next::Remind(_)));
        }
    }
    Ok(count * u64::from(!may_go(house, provider).await?))
}

/// Whether reminders to a provider need no person today.
async fn may_go(house: &House, provider: &Provider) -> Result<bool> {
    if store::outbox::clean_reminders(&house.db, provider.space).await? >= CLEAN_MIN {
        return Ok(true);
    }
    let now = house.clock.now();
    let today = Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(86_400)).unwrap_or(now);
    Ok(store::event::last(&house.db, Noun::Provider, provider.id.0, "reminders_started")
        .await?
        .is_some_and(|at| at >= today))
}

/// What the ladder says of one referral.
fn climb(
    referral: &Referral,
    reminded: &Reminded,
    provider: &Provider,
    last_digest: Option<Timestamp>,
    now: Timestamp,
) -> Result<Next> {
    let entry = &provider.entry;
    let hours = entry.hours.as_ref().map(serde_json::to_value).transpose()?;
    let hours: Option<Hours> = hours.and_then(|hours| serde_json::from_value(hours).ok());
    let paused = entry.paused_until.filter(|until| now < *until);
    let since = [referral.acknowledged_at.or(referral.queued_at), reminded.last_step, reminded.informed];
    let pause = SignedDuration::from_hours(24 * PAUSE_DAYS);
    let rungs = Rungs {
        standing: match referral.state {
            State::Delivered => Standing::Delivered,
            State::Acknowledged => Standing::Acknowledged,
            State::InDialogue => Standing::InDialogue,
            _ => Standing::Settled,
        },
        steps_done: u8::try_from(referral.steps).unwrap_or(3),
        last_step_at: wire(since.into_iter().flatten().max().unwrap_or(referral.made_at))?,
        answered_pause_until: reminded
            .progress
            .map(|at| wire(at.saturating_add(pause).unwrap_or(Timestamp::MAX)))
            .transpose()?,
        last_check: last_check(reminded, now)?,
        quiet: match (paused, entry.quiet) {
            (Some(_), _) => WireQuiet::PausedUntil,
            (None, Quiet::Normal) => WireQuiet::Normal,
            (None, Quiet::DigestWeekly) => WireQuiet::DigestWeekly,
            (None, Quiet::NoReminders) => WireQuiet::NoReminders,
        },
        quiet_until: paused.map(wire).transpose()?,
        hours: hours.as_ref(),
        last_digest_at: last_digest.map(wire).transpose()?,
    };
    Ok(next(&rungs, wire(now)?))
}

/// Open items that the last look, at most a day ago, found still there.
fn up(reminded: &Reminded, now: Timestamp) -> impl Iterator<Item = (&String, Timestamp)> {
    reminded.looks.iter().filter_map(move |(item, class, at)| {
        let fresh = now.duration_since(*at) <= SignedDuration::from_hours(LOOK_HOURS);
        (class == "still_up" && fresh).then_some((item, *at))
    })
}

fn last_check(reminded: &Reminded, now: Timestamp) -> Result<Option<LastCheck>> {
    let oldest = up(reminded, now).map(|(_, at)| at).min();
    oldest.map(|at| Ok(LastCheck { class: LivenessClass::StillUp, at: wire(at)? })).transpose()
}

async fn one(
    house: &House,
    referral: &Referral,
    provider: &Provider,
    last_digest: Option<Timestamp>,
    round: &mut Round,
) -> Result<()> {
    let now = house.clock.now();
    let reminded = store::referral::reminded(&house.db, referral).await?;
    match climb(referral, &reminded, provider, last_digest, now)? {
        Next::Remind(_) if !may_go(house, provider).await? => round.waiting += 1,
        Next::Remind(rung) if stands(house, referral).await? => {
            remind(house, referral, provider, &reminded, rung).await?;
            round.sent += 1;
        }
        Next::End => {
            let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
            if step(&mut act, referral, Event::LadderEnd).await? {
                round.ended += 1;
            }
            act.commit().await?;
            house.tell(referral.space);
        }
        // Nobody looked within a day: a look comes first.
        Next::Wait(Why::NotSeenUp, _) if reminded.is_stale(now, LOOK_HOURS) => {
            let mut tx = house.db.write(store::Lane::Bulk).await?;
            store::look::set_due(&mut tx, referral.id, None, Some(now)).await?;
            tx.commit().await?;
        }
        Next::Remind(_) | Next::Wait(..) | Next::Off => {}
    }
    Ok(())
}

/// Whether the approval still stands and no hold came between (D4).
async fn stands(house: &House, referral: &Referral) -> Result<bool> {
    let assessment = store::assessment::get(&house.db, referral.assessment).await?;
    if assessment.is_none_or(|assessment| assessment.state != domain::assessment::State::Approved) {
        return Ok(false);
    }
    let now = house.clock.now();
    for item in store::referral::items(&house.db, referral.id).await? {
        let Some(subject) = store::subject::by_key(&house.db, item.subject).await? else { return Ok(false) };
        let answers = deconflict::before_sending(house, referral.space, referral.agency, &subject).await?;
        if answers.iter().any(|(answer, until)| domain::hold::stops(*answer, *until, now)) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn remind(
    house: &House,
    referral: &Referral,
    provider: &Provider,
    reminded: &Reminded,
    rung: Step,
) -> Result<()> {
    let Some(original) = referral.message else { return Ok(()) };
    let us = sender(house, referral.agency).await?;
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let now = act.now;
    let (lang, Some(last_check)) = (Lang::new("en")?, last_check(reminded, now)?) else { return Ok(()) };
    let body = Reminder {
        voluntary_notice: exchange::voluntary_notice::wording(&lang).text.to_owned(),
        step: rung.number(),
        items: up(reminded, now).map(|(item, _)| ItemRef::new(item.clone())).collect::<Result<_, _>>()?,
        last_check,
        text: rung.wording().to_owned(),
    };
    let draft = Draft {
        id: MessageId(Uuid::now_v7()),
        case: referral.matter,
        in_reply_to: Some(original),
        from: us.org.clone(),
        to: OrgId::new(crate::refer::receiver(provider))?,
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        sent_at: wire(now)?,
        lang,
        handling: None,
    };
    let envelope = Envelope::draft(draft, &Body::from(body))?;
    let signed = envelope.sign(&us.key)?;
    post(house, &mut act, &envelope, &signed, LANE).await?;
    if rung.other_channel() && provider.entry.channel == Channel::Rxp && provider.entry.mail.is_some() {
        store::outbox::by_mail_only(&mut act.tx, referral.agency, envelope.id).await?;
    }
    store::referral::add_step(&mut act.tx, referral.id).await?;
    let facts = json!({ "step": rung.number(), "message": envelope.id.to_string() });
    // Nobody confirmed a mail that was only delivered: the machine has no step there, the ledger has the fact.
    let what =
        if referral.state == State::Acknowledged { Event::Remind.word() } else { "reminded_unconfirmed" };
    act.append(Noun::Referral, referral.id.0, what, facts).await?;
    act.commit().await?;
    house.tell(referral.space);
    Ok(())
}
