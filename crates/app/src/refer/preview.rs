//! What the pre-flight would say if somebody confirmed now: a dry run for the person who is asked to.
//!
//! It seals nothing, looks at no address and keeps nothing. What only the look before sending can know is left out;
//! the pre-flight itself runs again, whole, before anything is sent (D13).

use super::{item_facts, load_of, resting, seal};
use crate::approve::{Target, by_provider};
use crate::identity::sender;
use crate::{House, Result, assess, whole};
use domain::access::{Authorised, right};
use domain::assessment::Draft;
use domain::preflight::{self, Found, ItemFacts, MessageFacts};
use domain::provider::Channel;
use std::sync::Arc;
use store::assessment::Assessment;
use store::provider::Provider;

/// A referral that confirming would cause, and what would be found in front of it.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Name of the provider, or the host that no provider is known for.
    pub provider: String,
    /// By which way it would go.
    pub channel: Channel,
    /// Items in it.
    pub items: u64,
    /// What was found, items first.
    pub found: Vec<Found>,
}

/// Runs dry for each provider.
pub async fn preview(
    house: &Arc<House>,
    assessment: &Authorised<Assessment, right::Read>,
) -> Result<Vec<Preview>> {
    let mut previews = Vec::new();
    let draft = assess::draft(house, assessment.get()).await?;
    for (target, keys) in by_provider(house, assessment.get()).await? {
        let (name, provider) = match target {
            Target::Known(id) => {
                let provider =
                    store::provider::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
                (provider.entry.name.clone(), Some(provider))
            }
            Target::Unknown(host) => (host, None),
        };
        let mut items = Vec::with_capacity(keys.len());
        for key in keys {
            items.push(item(house, (assessment.get(), &draft), key, provider.as_ref()).await?);
        }
        let message = message(house, assessment, provider.as_ref(), &items).await?;
        let mut found = preflight::inspect(&items, &message, house.clock.now());
        // Nobody looked yet, so that nothing could be seen says nothing.
        found.retain(|found| found.code != "not_looked_at");
        previews.push(Preview {
            provider: name,
            channel: provider.map_or(Channel::None, |provider| provider.entry.channel),
            items: items.len() as u64,
            found,
        });
    }
    Ok(previews)
}

async fn item(
    house: &Arc<House>,
    (assessment, draft): (&Assessment, &Draft),
    key: i64,
    provider: Option<&Provider>,
) -> Result<ItemFacts> {
    let subject = store::subject::by_key(&house.db, key).await?.ok_or_else(domain::access::not_here)?;
    let now = house.clock.now();
    let (seal, reachable, page_says) = seal::kept(house, subject.key, now).await?.unwrap_or_default();
    let sent_before = match provider {
        Some(provider) => {
            store::referral::reserved(&house.db, assessment.space, key, provider.id).await?.is_some()
        }
        None => false,
    };
    let of = (assessment.space, assessment.agency, assessment.id);
    let grounds = resting(house, &subject, draft).await?.len();
    let mut facts = item_facts(house, of, &subject, grounds).await?;
    facts.page_says = page_says;
    facts.reachable = reachable;
    // The step seals first and sends then; here it counts as done.
    facts.sealed_at = Some(seal.map_or(now, |seal| seal.sealed_at));
    facts.sent_before = sent_before;
    Ok(facts)
}

async fn message(
    house: &House,
    assessment: &Authorised<Assessment, right::Read>,
    provider: Option<&Provider>,
    items: &[ItemFacts],
) -> Result<MessageFacts> {
    let hosts = items.iter().map(|item| item.host.as_str()).collect();
    let load = match provider {
        Some(provider) => load_of(house, provider, assessment.actor().person, hosts).await?,
        None => store::referral::Load::default(),
    };
    // This content is not counted yet; once confirmed it is.
    let own = u64::from(items.iter().any(|item| !item.known_content));
    Ok(MessageFacts {
        has_contact: provider.is_some_and(|provider| provider.entry.channel != Channel::None),
        sender_known: sender(house, assessment.get().agency).await.is_ok(),
        provider_known: load.receipts > 0,
        load_confirmed: provider
            .and_then(|provider| provider.load)
            .is_some_and(|(until, _)| house.clock.now() < until),
        new_on_host_7d: load.new_on_host + own,
        new_to_provider_24h: load.new_to_provider + own,
        new_by_person_24h: load.new_by_person + own,
        removed_30d: load.removed,
        grounds_min: whole::least(house, assessment.get().agency).await?,
        scope: provider.map(|provider| provider.entry.scope.clone()).unwrap_or_default(),
    })
}
