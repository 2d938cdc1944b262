//! One side of the exchange: a house with its server, and what it says to the other side.

use super::pair::{Fail, UNIT};
use crate::database::Schema;
use crate::house::{Folder, Outcome, opening};
use app::House;
use app::clock::Clock;
use domain::id::{AgencyId, CaseId, MessageId, PersonId};
use exchange::http_signature::{Stamp, sign_get, sign_post};
use exchange::{Envelope, Signed};
use jiff::SignedDuration;
use serde_json::{Value, json};
use server::{Options, Served};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use store::{Lane, params};
use uuid::Uuid;

/// How long keys are valid, in hours: longer than any test lasts.
const KEY_HOURS: i64 = 24 * 365 * 5;

/// One house with its server.
pub(super) struct Side {
    pub(super) house: Arc<House>,
    pub(super) served: Served,
    /// The agency whose side this is.
    pub(super) agency: AgencyId,
    /// Its name on the wire.
    pub(super) org: &'static str,
    pub(super) folder: Folder,
    pub(super) schema: Option<Schema>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Said {
    /// The code of a refusal (RXP-80); empty when it is none.
    pub(super) fn code(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// The endpoint of an organisation, as its peers reach it.
pub(super) fn endpoint(org: &str) -> String {
    format!("http://rxp.{org}/rxp/v1")
}

/// A house on its database, at the shared clock.
pub(super) async fn open(
    folder: &Path,
    (org, schema, relay): (&str, Option<&Schema>, Option<SocketAddr>),
    clock: &Path,
) -> Result<Arc<House>, Fail> {
    let mut opening = opening(folder, schema.map(Schema::address));
    opening.endpoint = endpoint(org);
    opening.relay = relay.map(|relay| relay.to_string());
    if org != UNIT {
        opening.seat = app::house::Seat::Provider;
    }
    let mut house = House::open(opening).await?;
    Arc::get_mut(&mut house).ok_or("the house is shared")?.clock = Clock::Stepped(clock.to_owned());
    Ok(house)
}

pub(super) async fn serve(house: &Arc<House>) -> Result<Served, Fail> {
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Ok(server::serve(house.clone(), here, here, Options::default()).await?)
}

impl Side {
    pub(super) async fn lengthen_keys(&self) -> Outcome {
        let until = self.house.clock.now() + SignedDuration::from_hours(KEY_HOURS);
        let mut tx = self.house.db.write(Lane::Bulk).await?;
        tx.run("UPDATE agency_key SET not_after = $1", params![until]).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn restart(self, clock: &Path) -> Result<Self, Fail> {
        let Self { house, served, agency, org, folder, schema } = self;
        served.stop().await;
        let relay = house.relay.as_ref().map(|relay| format!("{}:{}", relay.host, relay.port));
        house.db.close().await;
        drop(house);
        let relay = relay.map(|relay| relay.parse()).transpose()?;
        let house = open(folder.path(), (org, schema.as_ref(), relay), clock).await?;
        let served = serve(&house).await?;
        Ok(Self { house, served, agency, org, folder, schema })
    }

    /// Its public keys.
    pub(super) async fn jwks(&self) -> Result<Value, Fail> {
        Ok(serde_json::to_value(app::identity::own_jwks(&self.house, self.agency).await?)?)
    }

    /// A message as it is stored on this side.
    pub(super) async fn message(&self, id: MessageId) -> Result<Option<store::message::Message>, Fail> {
        Ok(store::message::get(&self.house.db, self.agency, id).await?)
    }

    /// The document of a stored message, as text.
    pub(super) async fn document(&self, id: MessageId) -> Result<String, Fail> {
        let message = self.message(id).await?.ok_or("no such message")?;
        self.text(message.document).await
    }

    /// The receipt of a stored message, as text.
    pub(super) async fn receipt(&self, id: MessageId) -> Result<Option<String>, Fail> {
        match self.message(id).await?.and_then(|message| message.receipt) {
            Some(key) => Ok(Some(self.text(key).await?)),
            None => Ok(None),
        }
    }

    /// The receipt that this side gave for a message that came in.
    pub(super) async fn receipt_given(&self, id: MessageId) -> Result<String, Fail> {
        Ok(self.receipt(id).await?.ok_or("no receipt was given")?)
    }

    async fn text(&self, key: i64) -> Result<String, Fail> {
        Ok(String::from_utf8(store::crypt::get(&self.house.db, key).await?.ok_or("erased")?)?)
    }

    /// Signs any message of this side, also one that the program would never build.
    pub(super) async fn sign(&self, to: &str, of: &Told<'_>) -> Result<(MessageId, Signed), Fail> {
        let us = app::identity::sender(&self.house, self.agency).await?;
        let id = of.id.unwrap_or_else(|| MessageId(Uuid::now_v7()));
        let mut envelope = json!({
            "rxp": "1", "id": id, "type": of.kind, "case": of.case, "from": us.org, "to": to, "capacity": us.capacity,
            "sent_at": app::identity::wire(self.house.clock.now())?, "lang": "en", "body": of.body,
        });
        if !us.legal_basis.is_empty() {
            envelope["legal_basis"] = serde_json::to_value(&us.legal_basis)?;
        }
        if let Some(original) = of.reply {
            envelope["in_reply_to"] = original.to_string().into();
        }
        Ok((id, serde_json::from_value::<Envelope>(envelope)?.sign(&us.key)?))
    }

    /// Posts a document to another side, with a fresh HTTP signature.
    pub(super) async fn post(&self, to: &Self, id: MessageId, document: &str) -> Result<Said, Fail> {
        let us = app::identity::sender(&self.house, self.agency).await?;
        let stamp = Stamp { created_s: self.house.clock.now().as_second(), nonce: store::crypt::random()? };
        let url = format!("{}/messages", to.house.endpoint);
        let fields = sign_post(&url, id, document.as_bytes(), &us.key, stamp);
        let mut request = browser()?.post(format!("http://{}/rxp/v1/messages", to.served.addr));
        for (name, value) in fields {
            request = request.header(name, value);
        }
        said(request.body(document.to_owned())).await
    }

    /// Signs and posts.
    pub(super) async fn tell(&self, to: &Self, of: &Told<'_>) -> Result<Said, Fail> {
        let (id, signed) = self.sign(to.org, of).await?;
        self.post(to, id, &signed.document).await
    }

    /// The headers of a signed `GET` of a path below the other side's endpoint.
    pub(super) async fn signed_get(
        &self,
        to: &Self,
        path: &str,
    ) -> Result<Vec<(&'static str, String)>, Fail> {
        let us = app::identity::sender(&self.house, self.agency).await?;
        let stamp = Stamp { created_s: self.house.clock.now().as_second(), nonce: store::crypt::random()? };
        Ok(sign_get(&format!("{}{path}", to.house.endpoint), &us.key, stamp))
    }

    /// Gets a path of this side, such as `/rxp/v1/status`.
    pub(super) async fn get(&self, path: &str, fields: &[(&str, String)]) -> Result<Said, Fail> {
        let mut request = browser()?.get(format!("http://{}{path}", self.served.addr));
        for (name, value) in fields {
            request = request.header(*name, value);
        }
        said(request).await
    }

    /// A session of one of its people, who said why they read; gives its token.
    pub(super) async fn signed_in(&self, person: PersonId, reason: Option<&str>) -> Result<String, Fail> {
        use sha2::Digest as _;
        let now = self.house.clock.now();
        let token = format!("{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple());
        let session = store::person::Session {
            login: Uuid::now_v7(),
            person,
            csrf: "none".to_owned(),
            seen_at: now,
            ends_at: now + SignedDuration::from_hours(8),
            step_up_until: None,
            reason: None,
        };
        let mut tx = self.house.db.write(Lane::Person).await?;
        tx.run("UPDATE person SET state = 'active' WHERE id = $1", params![person]).await?;
        store::person::put_session(&mut tx, sha2::Sha256::digest(token.as_bytes()).into(), &session, now)
            .await?;
        if let Some(reason) = reason {
            store::person::set_reason(&mut tx, session.login, reason).await?;
        }
        tx.commit().await?;
        Ok(token)
    }

    /// A page of the console in a session.
    pub(super) async fn page(&self, token: &str, path: &str) -> Result<Said, Fail> {
        self.get(path, &[("authorization", format!("Bearer {token}"))]).await
    }

    /// A form of the console in a session.
    pub(super) async fn form(&self, token: &str, path: &str, fields: &[(&str, &str)]) -> Result<Said, Fail> {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = browser()?.post(format!("http://{}{path}", self.served.addr)).bearer_auth(token);
        said(request.header("content-type", "application/x-www-form-urlencoded").body(form)).await
    }

    /// How many rows a query counts.
    pub(super) async fn count(&self, sql: &'static str) -> Result<i64, Fail> {
        Ok(self.house.db.one(sql, params![]).await?.int("n")?)
    }

    /// Facts about a thing, oldest first: what, leaf, facts.
    pub(super) async fn facts(&self, of: Uuid) -> Result<Vec<(String, i64, Value)>, Fail> {
        let sql = "SELECT what, leaf, entry FROM event WHERE of_id = $1 ORDER BY leaf";
        let rows = self.house.db.rows(sql, params![of]).await?;
        rows.iter()
            .map(|row| {
                Ok((row.text("what")?, row.int("leaf")?, row.json::<Value>("entry")?["facts"].clone()))
            })
            .collect()
    }
}

/// What a message says.
pub(super) struct Told<'a> {
    pub(super) kind: &'a str,
    pub(super) case: CaseId,
    pub(super) reply: Option<MessageId>,
    pub(super) body: Value,
    pub(super) id: Option<MessageId>,
}

/// A message about a matter.
pub(super) fn told(kind: &str, case: CaseId, reply: Option<MessageId>, body: Value) -> Told<'_> {
    Told { kind, case, reply, body, id: None }
}

/// A client that follows nothing.
pub(super) fn browser() -> Result<reqwest::Client, Fail> {
    Ok(reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?)
}

/// Sends and reads.
pub(super) async fn said(request: reqwest::RequestBuilder) -> Result<Said, Fail> {
    let answer = request.send().await?;
    let led = answer.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
    Ok(Said { status: answer.status().as_u16(), body: led.unwrap_or(answer.text().await?) })
}
