//! Notice: a provider's own system hears of a new referral or withdrawal by its webhook; the receipt never waits for it.
//!
//! The call says that something came and where to read it: no address, no text, no evidence.

use crate::identity::Sender;
use crate::{Act, Error, House, Result};
use connect::delivery::webhook::{Call, Webhook};
use connect::fetcher::{AddressPolicy, Peers};
use domain::id::AgencyId;
use serde_json::json;
use store::message::Message;
use store::outbox::Waiting;

/// Lane of notices: after everything that goes to others.
const LANE: i64 = 5;
/// Name and version of the JSON (`docs/guides/provider.md`).
const FORMAT: &str = "renvoi-notice/1";

/// Queues the call for a message that came in, in the transaction that keeps it.
pub(crate) async fn enqueue(act: &mut Act, us: &Sender, message: &Message) -> Result<()> {
    if us.agency.settings.webhook.is_none() || !["referral", "withdrawal"].contains(&message.kind.as_str()) {
        return Ok(());
    }
    let waiting = Waiting {
        message: message.id,
        agency: message.agency,
        provider: None,
        channel: "webhook".to_owned(),
        lane: LANE,
        attempts: 0,
        made_at: act.now,
    };
    Ok(store::outbox::enqueue(&mut act.tx, &waiting, act.now).await?)
}

/// The secret that signs an agency's calls: from the machine's key, so that it is nowhere stored.
pub fn secret(house: &House, agency: AgencyId) -> Result<String> {
    Ok(hex::encode(house.db.keys.digest(agency, "webhook", b"v1")?))
}

/// Makes the call; an error says why it was not taken.
pub(crate) async fn call(house: &House, waiting: &Waiting) -> Result<()> {
    let agency = store::agency::get(&house.db, waiting.agency).await?;
    let url = agency
        .and_then(|agency| agency.settings.webhook)
        .ok_or_else(|| Error::Input("the agency has no webhook any more".into()))?;
    let message = store::message::get(&house.db, waiting.agency, waiting.message)
        .await?
        .ok_or_else(|| Error::Bug("a message is gone".into()))?;
    let items = store::inbox::of_message(&house.db, waiting.agency, waiting.message).await?.len();
    let base = house.endpoint.trim_end_matches("/rxp/v1");
    let of = message.in_reply_to.filter(|_| message.kind == "withdrawal").unwrap_or(message.id);
    let body = json!({
        "format": FORMAT, "type": message.kind, "id": message.id, "case": message.matter, "from": message.peer,
        "in_reply_to": message.in_reply_to, "items": items, "received_at": message.made_at.to_string(),
        "page": format!("{base}/console/inbox/{of}"),
    });
    let call = Call {
        secret: secret(house, waiting.agency)?.into_bytes(),
        body: body.to_string().into_bytes(),
        at: house.clock.now(),
        url,
    };
    let remote = |error: String| Error::Remote(error);
    let webhook = Webhook::new(policy(house, waiting.agency, &call.url).await?)
        .map_err(|error| remote(error.to_string()))?;
    let answer = webhook.call(call).await.map_err(|error| remote(error.to_string()))?;
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    Err(Error::Remote(format!("the webhook answered {}", answer.status)))
}

/// An inside address is reached only when the agency's book pins it under the webhook's host (D11).
async fn policy(house: &House, agency: AgencyId, url: &str) -> Result<AddressPolicy> {
    let host = crate::deliver::host_of(url);
    let registrable = text::url_form::canonical(url).map_or_else(|_| host.clone(), |form| form.registrable);
    let entry = store::provider::of_host(&house.db, agency, &registrable).await?;
    if let Some(entry) = entry.filter(|entry| !entry.entry.pinned.is_empty()) {
        return Ok(AddressPolicy::Peer(Peers::new(None).with(&host, entry.entry.pinned)));
    }
    Ok(house.world.as_ref().map_or(AddressPolicy::Public, |world| AddressPolicy::World(world.net.clone())))
}
