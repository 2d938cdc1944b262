//! The provider whose people use the product's own inbox: what they are asked, and what they answer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::api::Api;
use super::book;
use super::desk::{Desks, Who, good};
use super::judgement::Judgement;
use super::office::invited;
use super::person::SignIn;
use super::watch::Watch;
use super::{Cast, Setup};
use crate::Error;
use crate::model::Service;

/// How the agencies checked whose keys these are (RXP-56).
pub(crate) const CHECKED: &str = "Read out on the telephone by the contact point of this invented world";

/// The provider's people and their house.
pub(crate) struct Seat {
    desks: Desks,
    answerer: Who,
    coordinator: Who,
    host: String,
    endpoint: String,
    address: String,
}

impl Seat {
    pub(crate) async fn open(setup: &Setup, cast: &Cast, watch: Watch) -> Result<Self, Error> {
        let mut desks = Desks::new(Api::new(&cast.seat)?, watch);
        let administrator = desks.enrol(&cast.provider.token, &cast.provider.org, "administrator").await?;
        let person = ("pia", "Pia Answers", "provider");
        let answerer = invited(&mut desks, administrator, &cast.provider, person).await?;
        let person = ("quin", "Quin Coordinator", "coordinator");
        let coordinator = invited(&mut desks, administrator, &cast.provider, person).await?;
        Ok(Self {
            desks,
            answerer,
            coordinator,
            host: setup.seat.host.clone(),
            endpoint: cast.seat_endpoint.clone(),
            address: cast.seat.trim_start_matches("http://").to_owned(),
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.desks.now()
    }

    pub(crate) fn time(&mut self, now: Timestamp) {
        self.desks.watch.now = now;
    }

    pub(crate) fn sign_ins(&self) -> Vec<SignIn> {
        self.desks.sign_ins()
    }

    /// Its entry in the agencies' book: a named peer at a pinned address of this machine (D11).
    pub(crate) async fn entry(&self, service: &Service) -> Result<Value, Error> {
        let path = format!("/.well-known/rxp-jwks.json?org={}", self.host);
        let keys = good(self.desks.api.call(None, Method::GET, &path, None).await?)?;
        let mut entry = book::entry(service, Some(&keys));
        entry["endpoint"] = json!(self.endpoint);
        entry["pinned"] = json!([self.address]);
        Ok(entry)
    }

    /// Enters the agencies that it will hear from.
    pub(crate) async fn know(&mut self, peers: &[Value], connect: &str) -> Result<(), Error> {
        for peer in peers {
            let entry = json!({
                "name": peer["org"], "org": peer["org"], "hosts": [peer["org"]], "channel": "rxp",
                "endpoint": peer["endpoint"], "pinned": [connect], "mail": null, "jwks": peer["jwks"],
                "languages": ["en"],
            });
            let body = json!({"entry": entry, "confirmed": CHECKED});
            self.desks.post(self.coordinator, "/api/v1/providers", &body).await?;
        }
        Ok(())
    }

    /// Answers what is open, as the world's truth says that this provider decides. The items go from the pages.
    pub(crate) async fn work(&mut self, judgement: &Judgement, world: &Watch) -> Result<u64, Error> {
        let open = self.desks.get(self.answerer, "/api/v1/inbox?state=open&limit=500").await?;
        let mut by_message: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in open["items"].as_array().into_iter().flatten() {
            let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            by_message.entry(word("message")).or_default().push(word("item"));
        }
        let mut answered = 0;
        for (message, items) in by_message {
            answered += self.answer(&message, &items, (judgement, world)).await?;
        }
        Ok(answered)
    }

    async fn answer(
        &mut self,
        message: &str,
        items: &[String],
        (judgement, world): (&Judgement, &Watch),
    ) -> Result<u64, Error> {
        let shown = self.desks.get(self.answerer, &format!("/api/v1/inbox/{message}")).await?;
        let mut alike: BTreeMap<(String, Option<String>), Vec<String>> = BTreeMap::new();
        for item in shown["document"]["body"]["items"].as_array().into_iter().flatten() {
            let name = item["item"].as_str().unwrap_or_default().to_owned();
            let url = item["url"].as_str().unwrap_or_default();
            if !items.contains(&name) {
                continue;
            }
            let Some(will) = judgement.will(url, &self.host) else { continue };
            if will.gone {
                world.remove(url).await?;
            }
            let Some(answer) = will.answer.clone() else { continue };
            alike.entry((answer, will.reason.clone())).or_default().push(name);
        }
        let mut answered = 0;
        for ((answer, reason), names) in alike {
            let basis = if answer == "no_action" { "none" } else { "terms" };
            let body = json!({"items": names, "answer": answer, "reason": reason, "basis": basis});
            self.desks.post(self.answerer, &format!("/api/v1/inbox/{message}/answer"), &body).await?;
            answered += names.len() as u64;
        }
        Ok(answered)
    }

    /// What the provider's own log says: items by state and answer.
    pub(crate) async fn counts(&mut self) -> Result<Value, Error> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for state in ["open", "answered", "withdrawn"] {
            let path = format!("/api/v1/inbox?state={state}&limit=500");
            let answer = self.desks.get(self.answerer, &path).await?;
            for row in answer["items"].as_array().into_iter().flatten() {
                *counts.entry("referred".to_owned()).or_default() += 1;
                *counts.entry(state.to_owned()).or_default() += 1;
                if let Some(answer) = row["answer"].as_str() {
                    *counts.entry(answer.to_owned()).or_default() += 1;
                }
            }
        }
        Ok(json!(counts))
    }

    /// Whether its house has something to do now.
    pub(crate) async fn health(&self) -> Result<Value, Error> {
        good(self.desks.api.call(None, Method::GET, "/health", None).await?)
    }
}
