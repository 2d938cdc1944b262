//! The provider book and the list of protected hosts (RXP-56, LAW-120.06, LAW-120.09, LAW-163).

use crate::{Act, Error, House, Result, people, proposal, signals};
use domain::Refusal;
use domain::access::{Actor, Authorised, Right, right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, PersonId, ProposalId, ProviderId};
use domain::preflight::Protected;
use domain::proposal::{Event, contact, contact_needs_second};
use domain::provider::{Channel, Entry, Quiet};
use domain::written::{self, Lines};
use exchange::body::preferences::{ContactPreferences, Quiet as WireQuiet};
use exchange::{Lang, OrgId};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::json;
use store::proposal::Proposal;
use store::provider::Provider;
use uuid::Uuid;

/// Longest confirmation of load, in hours.
const LOAD_MAX_HOURS: i64 = 24;
/// Hosts of one provider.
const HOSTS_MAX: usize = 500;
/// Findings of the pre-flight that a confirmed load answers.
const LOAD_CODES: [&str; 4] = ["first_referral", "host_burst", "provider_burst", "person_burst"];
/// The finding that a contact answers.
const CONTACT_CODES: [&str; 1] = ["missing_contact"];
/// Invented hosts to begin a list with: `host,kind`.
const STARTER: &str = include_str!("../data/protected_hosts.csv");

/// What came of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The provider.
    pub id: ProviderId,
    /// The change waits for a second person; until then the old contact stays in force.
    pub waits: Option<ProposalId>,
}

/// Enters a provider, or changes its entry of the same name.
///
/// `confirmed` is the note of an out-of-band check. Without it a contact or key is neither entered nor changed: the old
/// values stay in force (RXP-56). Where a contact is in force already, the change waits for a second person
/// (LAW-120.09). What waited for a contact is looked at again.
pub async fn put_provider(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
    mut entry: Entry,
    confirmed: Option<&str>,
) -> Result<Entered> {
    let (actor, id) = (space.actor(), *space.get());
    check(&mut entry)?;
    let before =
        store::provider::all(&house.db, id).await?.into_iter().find(|one| one.entry.name == entry.name);
    let changed = match &before {
        Some(before) => contact(&before.entry) != contact(&entry),
        None => entry.channel != Channel::None,
    };
    let note = match (changed, confirmed) {
        (true, None) => {
            return Err(Refusal::new(
                "RXP-56",
                "unconfirmed_contact",
                "A new contact or key is checked out of band first, for instance by a call to a known number. Say how it was checked.",
            )
            .into());
        }
        (true, Some(note)) => Some(domain::reads::reason(note)?),
        (false, _) => None,
    };
    let second = needs_second(house, id, before.as_ref(), &entry).await?;
    let mut act = Act::of(house, actor, id).await?;
    let now = act.now;
    let mut facts = json!({});
    if let Some(note) = note {
        let body = json!({ "confirmed": note });
        let document = store::crypt::put_json(&mut act.tx, id, Retention::Log, &body, now).await?;
        facts["doc"] = document.fact().into();
    }
    let of = before.as_ref().map_or_else(|| ProviderId(Uuid::now_v7()), |before| before.id);
    let entered = if second {
        let body = serde_json::to_string(&entry)?;
        let by = Some((actor.person, actor.login));
        let proposal = proposal::put(&mut act, proposal::Act::ChangeContact, of.0, body, by).await?;
        facts["proposal"] = proposal.to_string().into();
        act.append(Noun::Provider, of.0, "contact_proposed", facts).await?;
        Entered { id: of, waits: Some(proposal) }
    } else {
        let by = match &before {
            Some(before) if !changed => before.confirmed_by.unwrap_or(actor.person),
            _ => actor.person,
        };
        let what = if changed { "confirmed" } else { "changed" };
        Entered { id: put(&mut act, (of, id), &entry, by, (what, facts)).await?, waits: None }
    };
    act.commit().await?;
    house.tell(id);
    Ok(entered)
}

/// Whether an entry changes a contact that is in force: its own, or that of who answers for one of its hosts now.
async fn needs_second(
    house: &House,
    space: AgencyId,
    before: Option<&Provider>,
    entry: &Entry,
) -> Result<bool> {
    let mut second = contact_needs_second(before.map(|before| &before.entry), entry);
    // A pinned address may be one of the inside, which no other delivery reaches. In a world everything is inside (D11).
    let pinned = before.is_some_and(|before| before.entry.pinned == entry.pinned);
    second |= !entry.pinned.is_empty() && !pinned && house.world.is_none();
    for host in &entry.hosts {
        let holder = store::provider::of_host(&house.db, space, host).await?;
        second |= contact_needs_second(holder.as_ref().map(|holder| &holder.entry), entry);
    }
    Ok(second)
}

/// Puts an entry in force; what waited for it is looked at again.
async fn put(
    act: &mut Act,
    (of, space): (ProviderId, AgencyId),
    entry: &Entry,
    by: PersonId,
    (what, mut facts): (&str, serde_json::Value),
) -> Result<ProviderId> {
    let now = act.now;
    let provider = store::provider::put(&mut act.tx, of, space, entry, (by, now)).await?;
    facts["channel"] = entry.channel.word().into();
    facts["hosts"] = json!(entry.hosts);
    facts["confirmed_by"] = by.to_string().into();
    let taken = store::provider::take_over(&mut act.tx, space, provider).await?;
    for referral in &taken {
        // Its host had no provider when it was approved; the approval was of the item, not of who answers for it.
        let facts = json!({ "provider": provider.to_string() });
        act.append(Noun::Referral, referral.0, "readdressed", facts).await?;
    }
    let mut waiting = store::provider::waiting(&mut act.tx, provider, &CONTACT_CODES).await?;
    waiting.extend(taken);
    facts["referrals"] = waiting.iter().map(ToString::to_string).collect::<Vec<_>>().into();
    act.append(Noun::Provider, provider.0, what, facts).await?;
    Ok(provider)
}

/// Contacts of a space that wait for a second person, oldest first, with the entry that was proposed.
pub async fn proposed(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
) -> Result<Vec<(Proposal, Entry)>> {
    store::proposal::waiting(&house.db, *space.get(), proposal::Act::ChangeContact)
        .await?
        .into_iter()
        .map(|proposal| {
            let entry = serde_json::from_str(&proposal.body)?;
            Ok((proposal, entry))
        })
        .collect()
}

/// A second person puts a proposed contact in force, or says no to it. Saying no needs one person only.
pub async fn decide_contact(house: &House, actor: &Actor, id: ProposalId, event: Event) -> Result<()> {
    actor.need(Right::ManageProviders)?;
    let (mut act, stored) = proposal::decide(house, actor, id, proposal::Act::ChangeContact, event).await?;
    let facts = json!({ "proposal": id.to_string() });
    if event == Event::Confirm {
        let entry: Entry = serde_json::from_str(&stored.body)?;
        put(&mut act, (ProviderId(stored.of), stored.space), &entry, actor.person, ("confirmed", facts))
            .await?;
    } else {
        act.append(Noun::Provider, stored.of, "contact_dropped", facts).await?;
    }
    act.commit().await?;
    house.tell(stored.space);
    Ok(())
}

fn check(entry: &mut Entry) -> Result<()> {
    let unnamed = || Error::Input(format!("A provider has a name and at most {HOSTS_MAX} hosts."));
    let name = written::sound(&entry.name, (1, usize::MAX), Lines::One);
    entry.name = name.map_err(|bad| bad.refused(|_| unnamed()))?.to_owned();
    if entry.hosts.len() > HOSTS_MAX {
        return Err(unnamed());
    }
    entry.scope.check()?;
    checked_names(entry)?;
    for host in &mut entry.hosts {
        *host = signals::host(host).map_err(Error::Input)?;
    }
    entry.hosts.sort_unstable();
    entry.hosts.dedup();
    let reached = match entry.channel {
        Channel::Rxp => entry.endpoint.is_some() && entry.jwks.is_some() && !entry.org.is_empty(),
        Channel::Mail => entry.mail.is_some(),
        Channel::None => true,
    };
    if let Some(mail) = entry.mail.as_deref() {
        people::checked_mail(mail)?;
    }
    if let Some(endpoint) = entry.endpoint.as_deref().filter(|endpoint| !is_endpoint(endpoint)) {
        return Err(Error::Input(format!(
            "\"{}\" is no endpoint. Write it as https://provider.example/rxp/v1.",
            endpoint.escape_debug()
        )));
    }
    if !reached {
        return Err(Error::Input(
            "RXP needs an organisation, an endpoint and keys; mail needs an address. Fill them in."
                .to_owned(),
        ));
    }
    Ok(())
}

/// Its id, languages and zone: they stand on pages and in letters, so each has its form.
fn checked_names(entry: &Entry) -> Result<()> {
    let odd = |what: &str, text: &str, remedy: &str| {
        Err(Error::Input(format!("\"{}\" is no {what}. {remedy}", text.escape_debug())))
    };
    if !entry.org.is_empty() && OrgId::new(&entry.org).is_err() {
        return odd("organisation id", &entry.org, "Write its DNS name, as provider.example.");
    }
    if let Some(tag) = entry.languages.iter().find(|tag| Lang::new((*tag).clone()).is_err()) {
        return odd("language", tag, "Write its tag, as en or pt-BR.");
    }
    match entry.zone.as_deref().filter(|zone| TimeZone::get(zone).is_err()) {
        Some(zone) => odd("time zone", zone, "Write its IANA name, as Europe/Brussels."),
        None => Ok(()),
    }
}

/// An address of the web with a host, without credentials.
fn is_endpoint(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty()
        && !host.contains('@')
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// A coordinator confirms the first referral to a provider, or today's load, for some hours. What waited for that is
/// looked at again.
pub async fn confirm_load(
    house: &House,
    provider: &Authorised<Provider, right::ManageProviders>,
    hours: i64,
    reason: &str,
) -> Result<u64> {
    let reason = domain::reads::reason(reason)?;
    if !(1..=LOAD_MAX_HOURS).contains(&hours) {
        let sentence = format!("A load is confirmed for 1 to {LOAD_MAX_HOURS} hours.");
        return Err(Refusal::new("LAW-120.06", "load_hours", sentence).into());
    }
    let Provider { id, space, .. } = *provider.get();
    let mut act = Act::of(house, provider.actor(), space).await?;
    let now = act.now;
    let until = now
        .checked_add(SignedDuration::from_hours(hours))
        .map_err(|error| Error::Bug(format!("the end of a load: {error}")))?;
    store::provider::confirm_load(&mut act.tx, id, until, provider.actor().person).await?;
    let body = json!({ "reason": reason });
    let document = store::crypt::put_json(&mut act.tx, space, Retention::Log, &body, now).await?;
    let waiting = store::provider::waiting(&mut act.tx, id, &LOAD_CODES).await?;
    let referrals: Vec<String> = waiting.iter().map(ToString::to_string).collect();
    let facts = json!({ "until": until.to_string(), "referrals": referrals, "doc": document.fact() });
    act.append(Noun::Provider, id.0, "load_confirmed", facts).await?;
    act.commit().await?;
    house.tell(space);
    Ok(waiting.len() as u64)
}

/// A provider says how it wants to be written to (RXP-20.33, RXP-136). Where messages go and whose keys are believed is
/// never changed by it (RXP-56).
pub(crate) async fn prefer(act: &mut Act, org: &str, wishes: &ContactPreferences) -> Result<()> {
    for provider in store::provider::of_org_in(&mut act.tx, org).await? {
        if provider.space != act.agency() {
            continue;
        }
        let mut entry = provider.entry;
        if let Some(quiet) = wishes.quiet {
            entry.paused_until = wishes.paused_until.map(exchange::WireTime::timestamp);
            entry.quiet = match quiet {
                WireQuiet::Normal | WireQuiet::PausedUntil => Quiet::Normal,
                WireQuiet::DigestWeekly => Quiet::DigestWeekly,
                WireQuiet::NoReminders => Quiet::NoReminders,
            };
        }
        if let Some(hours) = &wishes.hours {
            entry.hours = serde_json::from_value(serde_json::to_value(hours)?)?;
        }
        if let Some(most) = wishes.max_referrals_per_hour {
            entry.max_referrals_per_hour = most;
        }
        if !wishes.languages.is_empty() {
            entry.languages = wishes.languages.iter().map(ToString::to_string).collect();
        }
        store::provider::set_entry(&mut act.tx, provider.id, &entry).await?;
        act.append(Noun::Provider, provider.id.0, "prefers", json!({ "quiet": entry.quiet.word() })).await?;
    }
    Ok(())
}

/// Puts a host on the list of protected hosts; a finding on it needs a third person's look.
pub async fn protect(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
    host: &str,
    kind: Protected,
) -> Result<()> {
    list(house, space, &[(signals::host(host).map_err(Error::Input)?, Some(kind))]).await
}

/// Takes a host off the list.
pub async fn unprotect(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
    host: &str,
) -> Result<()> {
    list(house, space, &[(signals::host(host).map_err(Error::Input)?, None)]).await
}

/// Puts the starter list on a space's list; gives how many hosts it has.
pub async fn start_list(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
) -> Result<usize> {
    let hosts = starter()?;
    list(house, space, &hosts).await?;
    Ok(hosts.len())
}

async fn list(
    house: &House,
    space: &Authorised<AgencyId, right::ManageProviders>,
    hosts: &[(String, Option<Protected>)],
) -> Result<()> {
    let id = *space.get();
    let mut act = Act::of(house, space.actor(), id).await?;
    for (host, kind) in hosts {
        store::provider::protect(&mut act.tx, id, host, *kind).await?;
        let what = if kind.is_some() { "protected" } else { "unprotected" };
        let facts = json!({ "host": host, "kind": kind.map(Protected::word) });
        act.append(Noun::Agency, id.0, what, facts).await?;
    }
    act.commit().await?;
    house.tell(id);
    Ok(())
}

fn starter() -> Result<Vec<(String, Option<Protected>)>> {
    STARTER
        .lines()
        .skip(1)
        .map(|line| {
            let (host, kind) = line.split_once(',').unwrap_or((line, ""));
            let kind =
                Protected::from_word(kind).ok_or_else(|| Error::Bug(format!("starter list: {line}")))?;
            Ok((host.to_owned(), Some(kind)))
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn starter_list_is_invented_and_in_form() {
        let hosts = starter().unwrap();
        assert!(hosts.len() >= 10);
        for (host, _) in hosts {
            assert!(host.ends_with(".example") || host.ends_with(".test"), "{host}");
            assert_eq!(signals::host(&host).as_ref(), Ok(&host));
        }
    }

    #[test]
    fn endpoints_are_web_addresses() {
        for good in ["https://provider.example/rxp/v1", "http://127.0.0.1:8700/rxp/v1", "https://[::1]:8"] {
            assert!(is_endpoint(good), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "http://u:p@h.example/",
            "https://h\r\nX: y",
        ] {
            assert!(!is_endpoint(bad), "{bad:?}");
        }
    }
}
