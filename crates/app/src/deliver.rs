//! Deliver: take messages from the outbox to the other side, with retries and fallback (RXP-30 to RXP-49).
//!
//! "It happened" is a `202` with a valid signed receipt, and nothing else (RXP-02). A relay's 250 is `delivered` only.

use crate::identity::{KeyRing, sender, wire};
use crate::receipt::{Came, counted};
use crate::{Act, Error, House, Result, notice, receive};
use connect::delivery::mail::{Letter, Mail, MailOutcome};
use connect::delivery::rxp::{Prepared, Rxp};
use connect::fetcher::{AddressPolicy, Peers};
use domain::event::Noun;
use domain::id::ProviderId;
use domain::referral::{Event, next};
use exchange::receipts::{Sent, accept_response};
use exchange::refused::SenderDoes;
use exchange::{Lane, OrgId, retry};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::message::Message;
use store::outbox::Waiting;
use store::provider::Provider;
use tokio::task::JoinSet;

/// Deliveries leased at once.
const LEASED: i64 = 16;
/// Deliveries under way at once.
const AT_ONCE: usize = 4;
/// How long a link in a mail can be used, in days (D14).
const LINK_DAYS: i64 = 60;
/// The lane that a provider's governor slows down (RXP-39).
const LANE_GOVERNED: i64 = 4;
/// Seconds of the governor's hour.
const HOUR_SECONDS: i64 = 3600;
/// Outside a provider's hours a mail of lanes 4 and 5 waits; so far ahead the next open hour is looked for, in hours.
const HOURS_AHEAD_MAX: i64 = 24 * 14;

/// Delivers what is due; gives how many were tried.
pub async fn due(house: &Arc<House>) -> Result<u64> {
    let leased = store::outbox::lease(&house.db, house.clock.now(), LEASED).await?;
    let leased = governed(house, leased).await?;
    let count = leased.len() as u64;
    let mut under_way = JoinSet::new();
    for waiting in leased {
        if under_way.len() == AT_ONCE
            && let Some(done) = under_way.join_next().await
        {
            done??;
        }
        let house = house.clone();
        under_way.spawn(async move { one(&house, &waiting).await });
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(count)
}

/// Puts referrals back that are more than a provider takes in an hour (RXP-39). Lanes 1 to 3 are never slowed down, and
/// a retry is no new referral.
async fn governed(house: &House, leased: Vec<Waiting>) -> Result<Vec<Waiting>> {
    let now = house.clock.now();
    let since = now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
    let mut used: BTreeMap<ProviderId, u64> = BTreeMap::new();
    let mut go = Vec::with_capacity(leased.len());
    for waiting in leased {
        let first = waiting.lane == LANE_GOVERNED && waiting.attempts == 1 && waiting.channel != "webhook";
        let (true, Some(id)) = (first, waiting.provider) else {
            go.push(waiting);
            continue;
        };
        let kind = store::message::get(&house.db, waiting.agency, waiting.message).await?;
        let entry = store::provider::get(&house.db, id).await?.map(|provider| provider.entry);
        let (true, Some(entry)) = (kind.is_some_and(|message| message.kind == "referral"), entry) else {
            go.push(waiting);
            continue;
        };
        let limit = u64::from(entry.max_referrals_per_hour.max(1));
        let count = match used.get(&id) {
            Some(count) => *count,
            None => store::outbox::lane_four_since(&house.db, id, since).await?,
        };
        if count < limit {
            used.insert(id, count + 1);
            go.push(waiting);
            continue;
        }
        used.insert(id, count);
        let wait = SignedDuration::from_secs(HOUR_SECONDS / i64::try_from(limit).unwrap_or(HOUR_SECONDS));
        let mut tx = house.db.write(store::Lane::Bulk).await?;
        let next_at = now.saturating_add(wait.max(SignedDuration::from_secs(1))).unwrap_or(Timestamp::MAX);
        store::outbox::postpone(&mut tx, &waiting, next_at).await?;
        tx.commit().await?;
    }
    Ok(go)
}

/// One attempt of one delivery.
async fn one(house: &Arc<House>, waiting: &Waiting) -> Result<()> {
    let outcome = match waiting.channel.as_str() {
        "rxp" => by_rxp(house, waiting).await,
        "mail" => by_mail(house, waiting).await,
        "webhook" => by_webhook(house, waiting).await,
        other => Err(Error::Bug(format!("no channel \"{other}\""))),
    };
    if let Err(error) = outcome {
        tracing::warn!(%error, message = %waiting.message, "a delivery was not tried to its end");
        again(house, waiting, &error.to_string(), None, false).await?;
    }
    Ok(())
}

async fn provider(house: &House, waiting: &Waiting) -> Result<Provider> {
    let id = waiting.provider.ok_or_else(|| Error::Bug("a delivery without provider".into()))?;
    store::provider::get(&house.db, id).await?.ok_or_else(|| Error::Bug("a provider is gone".into()))
}

async fn message(house: &House, waiting: &Waiting) -> Result<(Message, String)> {
    let message = store::message::get(&house.db, waiting.agency, waiting.message)
        .await?
        .ok_or_else(|| Error::Bug("a message is gone".into()))?;
    let document = store::crypt::get(&house.db, message.document)
        .await?
        .ok_or_else(|| Error::Bug("a message was erased before it was delivered".into()))?;
    Ok((message, String::from_utf8(document).map_err(|_| Error::Bug("a message is not text".into()))?))
}

/// The way to an endpoint: a named peer at its pinned address, a world's host, or the open internet.
fn way(house: &House, provider: &Provider, endpoint: &str) -> Result<Rxp> {
    let policy = if !provider.entry.pinned.is_empty() {
        let host = text::url_form::canonical(endpoint).map(|url| url.host).unwrap_or_default();
        let host = if host.is_empty() { host_of(endpoint) } else { host };
        AddressPolicy::Peer(Peers::new(None).with(&host, provider.entry.pinned.clone()))
    } else if let Some(world) = &house.world {
        AddressPolicy::World(world.net.clone())
    } else {
        AddressPolicy::Public
    };
    Rxp::new(policy).map_err(|error| Error::Remote(error.to_string()))
}

pub(crate) fn host_of(endpoint: &str) -> String {
    let rest = endpoint.split_once("://").map_or(endpoint, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host).to_owned()
}

async fn by_rxp(house: &Arc<House>, waiting: &Waiting) -> Result<()> {
    let provider = provider(house, waiting).await?;
    let (message, document) = message(house, waiting).await?;
    if message.receipt.is_some() {
        return done(house, waiting).await;
    }
    let Some(endpoint) = provider.entry.endpoint.clone() else {
        return again(house, waiting, "the provider's entry has no endpoint", None, false).await;
    };
    let from = sender(house, waiting.agency).await?;
    let (envelope, signed) = exchange::document::open(&document)?;
    let url = format!("{}/messages", endpoint.trim_end_matches('/'));
    let now = house.clock.now();
    let stamp =
        exchange::http_signature::Stamp { created_s: now.as_second(), nonce: store::crypt::random()? };
    let headers =
        exchange::http_signature::sign_post(&url, envelope.id, document.as_bytes(), &from.key, stamp)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
    let way = way(house, &provider, &endpoint)?;
    let answer = way.post(Prepared { url, headers, body: document.into_bytes() }).await;
    let sent =
        Sent { id: envelope.id, case: envelope.case, digest: signed.digest, from: from.org, to: envelope.to };
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return again(house, waiting, &error.to_string(), None, false).await,
    };
    let ring = KeyRing::of(house, sent.to.as_str()).await?;
    let lookup = |org: &OrgId, kid: &str| ring.lookup(org, kid);
    match accept_response((answer.status, &answer.body), &sent, wire(now)?, lookup) {
        Ok((receipt, verified)) => {
            let at = receipt.received_at.timestamp();
            acknowledged(house, &message, &verified.document, at, "rxp").await
        }
        Err(not) if retries(not.then) => {
            let told = not.answer.as_ref().and_then(|answer| answer.retry_after_s);
            again(house, waiting, &not.why, told, answer.status == 503).await
        }
        Err(not) => refused(house, waiting, &message, &not.why).await,
    }
}

fn retries(then: SenderDoes) -> bool {
    then.retries()
}

/// The receipt is here: the message happened.
async fn acknowledged(
    house: &House,
    message: &Message,
    receipt: &str,
    at: Timestamp,
    channel: &str,
) -> Result<()> {
    let space = receive::space_of(house, message).await?;
    let mut act = Act::of_machine(house, message.agency, space).await?;
    counted(&mut act, message.id, &Came { document: receipt, at, channel }).await?;
    act.commit().await?;
    house.tell(space);
    Ok(())
}

async fn done(house: &House, waiting: &Waiting) -> Result<()> {
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    store::outbox::done(&mut tx, waiting.agency, waiting.message).await?;
    Ok(tx.commit().await?)
}

/// Tries again by RXP-43, and starts the fallback when it is due (RXP-44).
async fn again(
    house: &House,
    waiting: &Waiting,
    said: &str,
    told_s: Option<u32>,
    unavailable: bool,
) -> Result<()> {
    let now = house.clock.now();
    let elapsed_s = u64::try_from(now.as_second() - waiting.made_at.as_second()).unwrap_or(0);
    let tried = retry::Tried {
        lane: Lane::of_number(waiting.lane),
        attempts: u32::try_from(waiting.attempts).unwrap_or(u32::MAX),
        elapsed_s,
        unavailable,
        retry_after_s: told_s,
    };
    let [byte] = store::crypt::random::<1>()?;
    let next = retry::next(&tried, f64::from(byte) / 255.0);
    let mut act = Act::of_machine(house, waiting.agency, waiting.agency).await?;
    let wait = next.wait_ms.map(|ms| SignedDuration::from_millis(i64::try_from(ms).unwrap_or(i64::MAX)));
    let (state, at) = match wait {
        Some(wait) => ("waiting", now.saturating_add(wait).unwrap_or(Timestamp::MAX)),
        None => ("failed", now),
    };
    store::outbox::set(&mut act.tx, waiting, state, at, said).await?;
    if next.fallback && waiting.channel == "rxp" {
        fallback(house, &mut act, waiting).await?;
    } else if state == "failed" {
        gave_up(&mut act, waiting).await?;
    }
    act.commit().await
}

/// The fallback by mail, once (RXP-44): lanes 1 to 3 at once and with an alert for the duty phone, the others within the
/// provider's hours. It carries the same message: whichever way arrives first gives the receipt (RXP-46).
async fn fallback(house: &House, act: &mut Act, waiting: &Waiting) -> Result<()> {
    let known = "SELECT message FROM outbox WHERE agency = $1 AND message = $2 AND channel = 'mail'";
    if !act.tx.rows(known, store::params![waiting.agency, waiting.message]).await?.is_empty() {
        return Ok(());
    }
    let now = act.now;
    let pressing = Lane::of_number(waiting.lane).is_pressing();
    let entry = match waiting.provider {
        Some(id) => store::provider::get(&house.db, id).await?.map(|provider| provider.entry),
        None => None,
    };
    let at = match &entry {
        Some(entry) if !pressing => within_hours(entry, now),
        _ => now,
    };
    let fallback = Waiting { channel: "mail".to_owned(), attempts: 0, made_at: at, ..waiting.clone() };
    store::outbox::enqueue(&mut act.tx, &fallback, at).await?;
    let facts = json!({ "attempts": waiting.attempts, "at": at.to_string() });
    act.append(Noun::Message, waiting.message.0, "fallback", facts).await?;
    if pressing {
        act.append(Noun::Message, waiting.message.0, "duty_alert", json!({ "lane": waiting.lane })).await?;
    }
    Ok(())
}

/// The first full hour, from now, in which somebody is at the provider; now when it names no hours.
pub(crate) fn within_hours(entry: &domain::provider::Entry, now: Timestamp) -> Timestamp {
    let hours = entry.hours.as_ref().and_then(|hours| serde_json::to_value(hours).ok());
    let hours: Option<exchange::body::preferences::Hours> =
        hours.and_then(|hours| serde_json::from_value(hours).ok());
    let Some(hours) = hours else { return now };
    let whole = now.as_second() - now.as_second().rem_euclid(HOUR_SECONDS);
    let later = (1..HOURS_AHEAD_MAX).filter_map(|n| Timestamp::from_second(whole + n * HOUR_SECONDS).ok());
    std::iter::once(now).chain(later).find(|at| hours.is_open(*at)).unwrap_or(now)
}

async fn gave_up(act: &mut Act, waiting: &Waiting) -> Result<()> {
    if waiting.channel == "webhook" {
        act.append(Noun::Message, waiting.message.0, "notice_failed", json!({})).await?;
        return Ok(());
    }
    act.append(Noun::Message, waiting.message.0, "undelivered", json!({ "attempts": waiting.attempts }))
        .await?;
    if let Some(referral) = store::referral::of_message_in(&mut act.tx, waiting.message).await?
        && let Ok(state) = next(referral.state, Event::GiveUp)
    {
        store::referral::set_state(&mut act.tx, referral.id, state).await?;
        act.append(Noun::Referral, referral.id.0, Event::GiveUp.word(), json!({})).await?;
    }
    Ok(())
}

/// The other side refused for good: a person must look.
async fn refused(house: &House, waiting: &Waiting, message: &Message, why: &str) -> Result<()> {
    let space = receive::space_of(house, message).await?;
    let mut act = Act::of_machine(house, waiting.agency, space).await?;
    let now = act.now;
    store::outbox::set(&mut act.tx, waiting, "failed", now, why).await?;
    gave_up(&mut act, waiting).await?;
    act.commit().await
}

async fn by_webhook(house: &Arc<House>, waiting: &Waiting) -> Result<()> {
    notice::call(house, waiting).await?;
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    store::outbox::set(&mut tx, waiting, "done", house.clock.now(), "taken").await?;
    Ok(tx.commit().await?)
}

async fn by_mail(house: &Arc<House>, waiting: &Waiting) -> Result<()> {
    let provider = provider(house, waiting).await?;
    let (message, document) = message(house, waiting).await?;
    if message.receipt.is_some() {
        return done(house, waiting).await;
    }
    let Some(relay) = &house.relay else {
        return again(house, waiting, "no mail relay is set: start with --relay host:port", None, false)
            .await;
    };
    let Some(to) = provider.entry.mail.clone() else {
        return refused(house, waiting, &message, "the provider's entry has no mail address").await;
    };
    let agency = store::agency::get(&house.db, waiting.agency)
        .await?
        .ok_or_else(|| Error::Bug("an agency is gone".into()))?;
    let (envelope, signed) = exchange::document::open(&document)?;
    let token = hex::encode(store::crypt::random::<16>()?);
    let origin = house.endpoint.trim_end_matches("/rxp/v1");
    let (link, contest_page) = (format!("{origin}/m/{token}"), format!("{origin}/public"));
    let now = house.clock.now();
    let mail = exchange::mail::FallbackMail {
        envelope: &envelope,
        signed: &signed,
        from: &agency.settings.mail,
        to: &to,
        link: &link,
        contest_page: &contest_page,
        date: wire(now)?,
        must_encrypt: false,
    };
    let letter = Letter {
        from: agency.settings.mail.clone(),
        to: vec![to.clone()],
        message: exchange::mail::build(&mail)?,
    };
    let expires = now.saturating_add(SignedDuration::from_hours(24 * LINK_DAYS)).unwrap_or(Timestamp::MAX);
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    store::message::put_mail_link(
        &mut tx,
        Sha256::digest(token.as_bytes()).into(),
        waiting.agency,
        // The copy of a receipt leads to what was received.
        message.in_reply_to.filter(|_| message.kind == "receipt").unwrap_or(message.id),
        expires,
    )
    .await?;
    tx.commit().await?;
    let post = Mail::new(relay.clone()).map_err(|error| Error::Remote(error.to_string()))?;
    match post.send(letter).await {
        Ok(MailOutcome::Accepted { reply }) => relayed(house, waiting, &message, &reply).await,
        Ok(MailOutcome::RefusedForGood { reply }) => refused(house, waiting, &message, &reply).await,
        Ok(MailOutcome::RefusedForNow { reply }) => again(house, waiting, &reply, None, false).await,
        Err(error) => again(house, waiting, &error.to_string(), None, false).await,
    }
}

async fn relayed(house: &House, waiting: &Waiting, message: &Message, reply: &str) -> Result<()> {
    let space = receive::space_of(house, message).await?;
    let mut act = Act::of_machine(house, waiting.agency, space).await?;
    let now = act.now;
    // Nothing comes back for the copy of a receipt (RXP-21).
    let state = if message.kind == "receipt" { "done" } else { "relayed" };
    store::outbox::set(&mut act.tx, waiting, state, now, reply).await?;
    act.append(
        Noun::Message,
        message.id.0,
        "relayed",
        json!({ "type": message.kind, "case": message.matter.to_string() }),
    )
    .await?;
    if let Some(referral) = store::referral::of_message_in(&mut act.tx, message.id).await?
        && let Ok(state) = next(referral.state, Event::RelayAccepted)
    {
        store::referral::set_state(&mut act.tx, referral.id, state).await?;
        act.append(Noun::Referral, referral.id.0, Event::RelayAccepted.word(), json!({})).await?;
        crate::recheck::first_due(&mut act, referral.id).await?;
    }
    act.commit().await?;
    house.tell(space);
    Ok(())
}
