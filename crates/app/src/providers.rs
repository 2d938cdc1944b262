//! The provider book and the protected hosts: a coordinator's work (RXP-56, LAW-31, LAW-120.06).

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, right};
use domain::event::Noun;
use domain::id::{AgencyId, ProviderId};
use domain::preflight::Protected;
use domain::provider::{Channel, Entry};
use exchange::atoms::OrgId;
use exchange::keys::Jwks;
use jiff::SignedDuration;
use serde_json::json;
use store::provider::Provider;
use uuid::Uuid;

/// A confirmed load holds for so many hours.
const LOAD_HOURS: i64 = 24;
/// Hosts of one provider.
const HOSTS_MAX: usize = 200;
/// Longest name, in characters.
const NAME_MAX_CHARS: usize = 120;

/// Enters a provider, or replaces the entry of the same name. Whoever enters it confirms its contact and keys.
pub async fn put(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
    entry: Entry,
) -> Result<ProviderId> {
    let entry = checked(entry)?;
    let actor = space.actor();
    let mut act = Act::of(house, actor, *space.get()).await?;
    let now = act.now;
    let new = ProviderId(Uuid::now_v7());
    let id = store::provider::put(&mut act.tx, new, *space.get(), &entry, (actor.person, now)).await?;
    let facts =
        json!({ "channel": entry.channel.word(), "hosts": entry.hosts.len(), "keys": entry.jwks.is_some() });
    act.append(Noun::Provider, id.0, "entered", facts).await?;
    act.commit().await?;
    Ok(id)
}

fn checked(mut entry: Entry) -> Result<Entry> {
    let bad = |sentence: &str| Err(Error::Input(sentence.to_owned()));
    entry.name = entry.name.trim().to_owned();
    if entry.name.is_empty() || entry.name.chars().count() > NAME_MAX_CHARS {
        return bad("The provider's name has 1 to 120 characters.");
    }
    if entry.hosts.is_empty() || entry.hosts.len() > HOSTS_MAX {
        return bad("A provider answers for 1 to 200 hosts.");
    }
    for host in &mut entry.hosts {
        *host = host.trim().trim_end_matches('.').to_lowercase();
        if host.is_empty() || host.contains(['/', ':', '@', ' ']) {
            return bad("A host is a name such as video.example, without a scheme or path.");
        }
    }
    if !entry.org.is_empty() && OrgId::new(entry.org.as_str()).is_err() {
        return bad("The organisation id is a DNS name such as video.example.");
    }
    if let Some(jwks) = &entry.jwks {
        Jwks::parse(jwks.to_string().as_bytes())
            .map_err(|refused| Error::Input(format!("The keys cannot be used: {}.", refused.detail)))?;
    }
    match entry.channel {
        Channel::Rxp if entry.org.is_empty() => {
            bad("A provider that is reached by RXP has an organisation id.")
        }
        Channel::Rxp if entry.endpoint.is_none() => bad("A provider that is reached by RXP has an endpoint."),
        Channel::Mail if entry.mail.is_none() => bad("A provider that is reached by mail has an address."),
        Channel::Rxp | Channel::Mail | Channel::None => Ok(entry),
    }
}

/// Confirms the first referral to a provider, or today's load, for a day.
pub async fn confirm_load(
    house: &House,
    provider: &Authorised<Provider, right::ManageProviders>,
    reason: &str,
) -> Result<()> {
    domain::reads::reason(reason)?;
    let (actor, stored) = (provider.actor(), provider.get());
    let mut act = Act::of(house, actor, stored.space).await?;
    let until =
        act.now.saturating_add(SignedDuration::from_hours(LOAD_HOURS)).unwrap_or(jiff::Timestamp::MAX);
    store::provider::confirm_load(&mut act.tx, stored.id, until, actor.person).await?;
    act.append(Noun::Provider, stored.id.0, "load_confirmed", json!({ "until": until.to_string() })).await?;
    act.commit().await
}

/// Puts a host on the list of protected hosts, or takes it off.
pub async fn protect(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
    host: &str,
    kind: Option<Protected>,
) -> Result<()> {
    let host = host.trim().to_lowercase();
    if host.is_empty() || host.contains(['/', ':', '@', ' ']) {
        return Err(Error::Input(
            "A host is a name such as archive.example, without a scheme or path.".into(),
        ));
    }
    let mut act = Act::of(house, space.actor(), *space.get()).await?;
    store::provider::protect(&mut act.tx, *space.get(), &host, kind).await?;
    let what = if kind.is_some() { "host_protected" } else { "host_unprotected" };
    act.append(Noun::Agency, space.get().0, what, json!({ "host": host, "kind": kind.map(Protected::word) }))
        .await?;
    act.commit().await
}

/// The book of a space, by name.
pub async fn all(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
) -> Result<Vec<Provider>> {
    Ok(store::provider::all(&house.db, *space.get()).await?)
}

/// The protected hosts of a space.
pub async fn protected(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
) -> Result<Vec<(String, Protected)>> {
    Ok(store::provider::protected_hosts(&house.db, *space.get()).await?)
}

/// A space of the actor under the right to manage providers.
pub fn of_space(actor: &Actor, space: AgencyId) -> Result<Authorised<AgencyId, right::ManageProviders>> {
    Ok(Authorised::check(actor, space, space)?)
}
