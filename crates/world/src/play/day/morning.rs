//! The morning: the operation begins, the provider book and the banks are written, and what sources sent is handed in.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use super::super::api::Part;
use super::super::book::{self, Browser};
use super::super::desk::good;
use super::super::office::Office;
use super::super::seat::CHECKED;
use super::Day;
use crate::Error;
use crate::model::{Contact, Post};

/// Days until a bank is reviewed.
const REVIEW_DAYS: i64 = 90;
/// Distance of pictures that are alike, in bits of 256.
const PDQ_BITS: u32 = 31;
/// What the agencies agreed.
const ARRANGEMENT: &str = "Purpose: to assess and refer what was handed in on this day. Each agency puts in what its \
    sources sent and decides for itself. Contact for data subjects: desk@aster.example.";

impl Day<'_> {
    /// Before the work: the operation, the book, the banks, what the sources sent.
    pub(crate) async fn morning(&mut self) -> Result<(), Error> {
        self.found_operation().await?;
        self.write_book().await?;
        self.import_banks().await?;
        (self.say)("the provider book and the banks are in");
        for office in self.offices.clone() {
            let path = self.setup.dir.join(format!("intake/{}.ndjson", office.id));
            let lines = fs::read(&path).map_err(Error::io(path.display()))?;
            self.hand_in(&office, lines).await?;
        }
        (self.say)(&format!("{} lines were handed in", self.played.handed_in));
        self.quiet().await?;
        (self.say)("everything is recognised");
        Ok(())
    }

    async fn found_operation(&mut self) -> Result<(), Error> {
        let ends = self.began + SignedDuration::from_hours(48);
        let agencies: Vec<&str> =
            self.setup.world.agencies.iter().map(|agency| agency.name.as_str()).collect();
        let body = json!({
            "name": "Joint action day", "starts_at": self.began.to_string(), "ends_at": ends.to_string(),
            "agencies": agencies, "arrangement": ARRANGEMENT,
        });
        let made = self.desks.post(self.offices[0].coordinator, "/api/v1/operations", &body).await?;
        self.played.space = made["id"].as_str().unwrap_or_default().to_owned();
        Ok(())
    }

    /// A coordinator enters each service as its contact says; the keys come from its own host.
    async fn write_book(&mut self) -> Result<(), Error> {
        let net = book::net(&self.setup.dir)?;
        let hosts = self.setup.world.services.iter().map(|service| service.host.clone());
        let browser = Browser::new(&net, hosts)?;
        let coordinator = self.offices[0].coordinator;
        let at = self.at_space();
        for service in self.setup.world.services.clone() {
            if !book::reachable(&service) {
                continue;
            }
            let entry = if service.host == self.setup.seat.host {
                self.seat.entry(&service).await?
            } else {
                let rxp = matches!(service.contact, Contact::Rxp { .. });
                let keys = if rxp { Some(browser.jwks(&service.host).await?) } else { None };
                book::entry(&service, keys.as_ref())
            };
            let body = json!({"entry": entry, "confirmed": CHECKED});
            self.desks.post(coordinator, &format!("/api/v1/providers{at}"), &body).await?;
        }
        for service in self.setup.world.services.clone() {
            if let Some(kind) = book::protected(&service) {
                let body = json!({"host": service.host, "kind": kind});
                self.desks.post(coordinator, &format!("/api/v1/protected-hosts{at}"), &body).await?;
            }
        }
        self.introduce().await
    }

    /// The agencies tell the world's providers and the seat who they are: key sets and endpoint.
    async fn introduce(&mut self) -> Result<(), Error> {
        let mut peers = Vec::new();
        let connect = self.cast.units.trim_start_matches("http://").to_owned();
        for agency in &self.cast.agencies {
            let path = format!("/.well-known/rxp-jwks.json?org={}", agency.org);
            let keys = good(self.desks.api.call(None, Method::GET, &path, None).await?)?;
            peers.push(json!({
                "org": agency.org, "jwks": keys, "endpoint": self.cast.endpoint, "connect": connect, "plain": true,
            }));
        }
        self.seat.know(&peers, &connect).await?;
        let path = self.setup.dir.join("net/peers.json");
        crate::make::write_json(&path, &peers)
    }

    async fn import_banks(&mut self) -> Result<(), Error> {
        let coordinator = self.offices[0].coordinator;
        let review = self.began + SignedDuration::from_hours(24 * REVIEW_DAYS);
        // A slogan or an account is a reason to look; only contents were assessed before.
        for (file, name, opinion) in [
            ("sha256", "Files the partner knows", "positive"),
            ("text", "Texts the partner knows", "positive"),
            ("url", "Links the partner knows", "positive"),
            ("account", "Accounts the partner knows", "seed"),
            ("term", "Slogans the partner knows", "seed"),
            ("host-protected", "Archives, press and libraries", "negative"),
        ] {
            let path = self.setup.dir.join(format!("banks/{file}.csv"));
            let list = fs::read(&path).map_err(Error::io(path.display()))?;
            let body = json!({
                "name": name, "opinion": opinion, "origin": "partner.example", "distance": PDQ_BITS,
                "legal_basis": "Shared by a partner for this operation", "review_at": review.to_string(),
            });
            let bank =
                self.desks.post(coordinator, &format!("/api/v1/banks{}", self.at_space()), &body).await?;
            let id = bank["id"].as_str().unwrap_or_default();
            self.desks.hand(coordinator, &format!("/api/v1/banks/{id}/signals?format=csv"), list).await?;
        }
        Ok(())
    }

    fn at_space(&self) -> String {
        format!("?space={}", self.played.space)
    }

    /// An analyst hands in a file with the pictures that it names. In a small world an agency may have seen nothing.
    pub(super) async fn hand_in(&mut self, office: &Office, lines: Vec<u8>) -> Result<(), Error> {
        if lines.trim_ascii().is_empty() {
            return Ok(());
        }
        let mut pictures = BTreeMap::new();
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let post: Post = serde_json::from_slice(line).map_err(Error::bug)?;
            for media in post.media {
                let file = self.setup.dir.join(&media.path);
                if let Entry::Vacant(place) = pictures.entry(media.path) {
                    place.insert(fs::read(&file).map_err(Error::io(file.display()))?);
                }
            }
        }
        let source = format!("watch of {}", office.id);
        let mut parts = vec![
            Part::field("format", "ndjson"),
            Part::field("source", &source),
            Part::field("relevance", "submit"),
            Part::field("space", &self.played.space),
            Part { field: "records", file: Some("posts.ndjson"), bytes: lines },
        ];
        for (path, bytes) in &pictures {
            parts.push(Part { field: "media", file: Some(path), bytes: bytes.clone() });
        }
        let summary = self.desks.upload(office.analysts[0], "/api/v1/intake", &parts).await?;
        let aside = summary["set_aside"].as_array().map_or(0, Vec::len);
        if aside > 0 {
            return Err(Error::Play(format!("{aside} lines of {} were set aside: {summary}", office.id)));
        }
        self.played.handed_in += summary["records"].as_u64().unwrap_or(0);
        self.played.known_before += summary["duplicate"].as_u64().unwrap_or(0);
        Ok(())
    }
}
