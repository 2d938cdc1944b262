//! The people of the house under test: they take in, assess, approve, look at what is held, and let time pass.
//!
//! They ask the house what is open instead of remembering it, so that they find their place again after a kill. What
//! the house acknowledged goes into [`Memory`], and nothing else does.

use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::house::House;
use super::memory::Memory;
use crate::model::{Contact, Post};
use crate::play::api::{Api, Part};
use crate::play::book::{self, Browser};
use crate::play::desk::{Desks, good};
use crate::play::judgement::{Judgement, Member, View};
use crate::play::office::Office;
use crate::play::watch::Watch;
use crate::play::{Joining, Setup};
use crate::rng::Rng;
use crate::serve::Net;
use crate::{Error, make};

/// Records of one intake, at least and at most.
const RECORDS: (i64, i64) = (3, 8);
/// One intake in so many goes through the command line.
const BY_COMMAND_ONE_IN: usize = 4;
/// Clusters decided in one go.
const CLUSTERS: usize = 3;
/// Pause between two looks at what the house has to do, in milliseconds.
const POLL_MS: u64 = 40;
/// Looks at a house that does nothing, although something is due, until time passes.
const LOOKS_STUCK: u32 = 40;
/// Time that passes then, in seconds: longer than any lease that a killed process held.
pub(super) const LEASE_OVER_S: i64 = 125;
/// Time that passes when deliveries wait for their next try, in seconds.
const NEXT_TRY_S: i64 = 60;
/// Times that time passes until the house must have come to rest.
const WAITS_MAX: u32 = 60;
/// Time between two looks at what was referred, in seconds, at least and at most: answers and rechecks fall due.
const RECHECK_S: (i64, i64) = (1_900, 7_200);
/// Rows of one answer of the API.
const ROWS: usize = 500;

/// Everybody, their world, and the posts that were not handed in yet.
pub(super) struct Crew {
    desks: Desks,
    office: Office,
    judgement: Judgement,
    world: PathBuf,
    control: String,
    posts: Vec<String>,
    next: usize,
    handed: usize,
}

impl Crew {
    /// The administrator enrols everybody; a coordinator writes the provider book.
    pub(super) async fn open(setup: &Setup, house: &House, net: &Net, token: String) -> Result<Self, Error> {
        let control = format!("http://{}", net.control);
        let watch = Watch::read(&control).await?;
        let mut desks = Desks::new(Api::new(&format!("http://{}", house.address))?, watch);
        let agency = &setup.world.agencies[0];
        let joining = Joining { org: agency.org.clone(), token };
        let office = Office::open(&mut desks, &joining, (&agency.id, &agency.languages)).await?;
        let path = setup.dir.join(format!("intake/{}.ndjson", agency.id));
        let posts = std::fs::read_to_string(&path).map_err(Error::io(path.display()))?;
        let mut crew = Self {
            desks,
            office,
            judgement: Judgement::new(setup.truth.clone()),
            world: setup.dir.clone(),
            control,
            posts: posts.lines().map(str::to_owned).collect(),
            next: 0,
            handed: 0,
        };
        crew.write_book(setup, house, net).await?;
        Ok(crew)
    }

    async fn write_book(&mut self, setup: &Setup, house: &House, net: &Net) -> Result<(), Error> {
        let browser = Browser::new(net, setup.world.services.iter().map(|service| service.host.clone()))?;
        for service in setup.world.services.iter().filter(|service| book::reachable(service)) {
            let rxp = matches!(service.contact, Contact::Rxp { .. });
            let keys = if rxp { Some(browser.jwks(&service.host).await?) } else { None };
            let body = json!({"entry": book::entry(service, keys.as_ref()), "confirmed": "Checked at its own host."});
            self.desks.post(self.office.coordinator, "/api/v1/providers", &body).await?;
        }
        let org = &setup.world.agencies[0].org;
        let path = format!("/.well-known/rxp-jwks.json?org={org}");
        let keys = good(self.desks.api.call(None, Method::GET, &path, None).await?)?;
        let peer = json!([{
            "org": org, "jwks": keys, "endpoint": super::ENDPOINT, "connect": house.address.to_string(), "plain": true,
        }]);
        make::write_json(&setup.dir.join("net/peers.json"), &peer)
    }

    /// After a start: new connections, and the world's time.
    pub(super) async fn back(&mut self, house: &House) -> Result<(), Error> {
        self.desks.api = Api::new(&format!("http://{}", house.address))?;
        self.desks.watch = Watch::read(&self.control).await?;
        self.desks.watch.step(LEASE_OVER_S).await
    }

    /// Posts that were not handed in yet.
    pub(super) fn posts_left(&self) -> usize {
        self.posts.len() - self.next
    }

    /// Clusters and assessments that wait for a person.
    pub(super) async fn open_work(&mut self) -> Result<usize, Error> {
        let queue = self.desks.get(self.office.analysts[0], "/api/v1/queue?limit=20").await?;
        let waiting = self.desks.get(self.office.approvers[0], "/api/v1/assessments?state=assessed").await?;
        Ok(list(&queue, "clusters").len() + list(&waiting, "assessments").len())
    }

    /// Hands in some posts that were not handed in before.
    pub(super) async fn take_in(
        &mut self,
        house: &House,
        memory: &mut Memory,
        rng: &mut Rng,
    ) -> Result<(), Error> {
        let count = rng.between(RECORDS.0, RECORDS.1) as usize;
        let end = (self.next + count).min(self.posts.len());
        let posts = self.posts[self.next..end].to_vec();
        self.handed += 1;
        if self.handed.is_multiple_of(BY_COMMAND_ONE_IN) {
            let file = self.world.join("handed.ndjson");
            std::fs::write(&file, posts.join("\n")).map_err(Error::io(file.display()))?;
            let said = house.on_data(&["intake", "ndjson", &file.to_string_lossy(), "--json"]).await?;
            if !said.good {
                return Err(Error::Play(format!("renvoi intake: {}", said.err)));
            }
        } else {
            self.upload(&posts).await?;
        }
        // What was not acknowledged is handed in again.
        self.next = end;
        memory.posts.extend(posts);
        Ok(())
    }

    /// Uploads posts with their pictures; gives how many were new.
    pub(super) async fn upload(&mut self, posts: &[String]) -> Result<u64, Error> {
        let mut paths = Vec::new();
        for post in posts {
            let post: Post = serde_json::from_str(post).map_err(Error::bug)?;
            paths.extend(post.media.into_iter().map(|media| media.path));
        }
        paths.sort();
        paths.dedup();
        let lines = posts.join("\n").into_bytes();
        let mut parts = vec![
            Part::field("format", "ndjson"),
            Part::field("source", "crash"),
            Part { field: "records", file: Some("posts.ndjson"), bytes: lines },
        ];
        for path in &paths {
            let file = self.world.join(path);
            let bytes = std::fs::read(&file).map_err(Error::io(file.display()))?;
            parts.push(Part { field: "media", file: Some(path), bytes });
        }
        let summary = self.desks.upload(self.office.analysts[0], "/api/v1/intake", &parts).await?;
        Ok(summary["new"].as_u64().unwrap_or(0))
    }

    /// Approves what waits for it, then decides the first clusters of the queue and approves those.
    pub(super) async fn decide(&mut self, memory: &mut Memory) -> Result<(), Error> {
        let waiting = self.desks.get(self.office.approvers[0], "/api/v1/assessments?state=assessed").await?;
        for row in list(&waiting, "assessments") {
            self.approve(word(&row, "id"), memory).await?;
        }
        let queue = self.desks.get(self.office.analysts[0], "/api/v1/queue?limit=20").await?;
        for row in list(&queue, "clusters").into_iter().take(CLUSTERS) {
            if let Some(assessment) = self.assess(word(&row, "id"), memory).await? {
                self.approve(assessment, memory).await?;
            }
        }
        Ok(())
    }

    /// Decides a cluster; gives the assessment when it waits for a second person.
    async fn assess(&mut self, cluster: String, memory: &mut Memory) -> Result<Option<String>, Error> {
        let analyst = self.office.analysts[0];
        let shown = self.desks.get(analyst, &format!("/api/v1/clusters/{cluster}")).await?;
        let (view, members) = self.alike(&shown);
        let lease =
            self.desks.post(analyst, &format!("/api/v1/clusters/{cluster}/lease"), &json!({})).await?;
        let body = json!({"version": lease["version"], "draft": self.judgement.draft(view, &members)});
        let path = format!("/api/v1/clusters/{cluster}/assessments");
        let saved = self.desks.post(analyst, &path, &body).await?;
        let id = word(&saved, "assessment");
        memory.assessments.entry(id.clone()).or_default();
        let mut state = word(&saved, "state");
        if state == "awaits_reader" {
            let body = json!({"finding": "no", "text": "Read again: the comment repeats the call and debates nothing."});
            let path = format!("/api/v1/assessments/{id}/reading");
            state = word(&self.desks.post(self.office.approvers[1], &path, &body).await?, "state");
        }
        Ok((state == "assessed").then_some(id))
    }

    /// Members of a cluster that one decision fits: terrorist content before what is exempt, that before the rest.
    fn alike(&self, shown: &Value) -> (View, Vec<Member>) {
        let mut groups = self.judgement.groups(&list(shown, "items"), |_| true);
        groups.pop_first().map_or((View::Not, Vec::new()), |((view, _), members)| (view, members))
    }

    async fn approve(&mut self, assessment: String, memory: &mut Memory) -> Result<(), Error> {
        let approver = self.office.approvers[0];
        self.desks.prove(approver).await?;
        let shown = self.desks.get(approver, &format!("/api/v1/assessments/{assessment}")).await?;
        let body = json!({"version": shown["version"]});
        let path = format!("/api/v1/assessments/{assessment}/approval");
        let approved = self.desks.post(approver, &path, &body).await?;
        for referral in list(&approved, "referrals") {
            memory.referrals.entry(referral.as_str().unwrap_or_default().to_owned()).or_default();
        }
        memory.assessments.insert(assessment, true);
        Ok(())
    }

    /// Lets what is held for a third person go, waits until all is sent, and reads what became of it.
    pub(super) async fn send(&mut self, memory: &mut Memory) -> Result<(), Error> {
        self.quiet().await?;
        while self.look_at_held(memory).await? > 0 {
            self.quiet().await?;
        }
        self.read(memory).await
    }

    async fn look_at_held(&mut self, memory: &mut Memory) -> Result<usize, Error> {
        let (coordinator, mut looked) = (self.office.coordinator, 0);
        for referral in self.referrals("&state=approved").await? {
            let findings = list(&referral, "findings");
            let weighs = |weight: &str| findings.iter().any(|finding| finding["weight"] == weight);
            if !referral["looked_by"].is_null() || weighs("stop") || !weighs("look") {
                continue;
            }
            let id = word(&referral, "id");
            let body =
                json!({"text": "Looked at by a third person: the item is no publication of the host."});
            self.desks.post(coordinator, &format!("/api/v1/referrals/{id}/look"), &body).await?;
            memory.referrals.entry(id).or_default().looked = true;
            looked += 1;
        }
        Ok(looked)
    }

    /// Time passes: providers answer, and what was referred is looked at again. Then it is read.
    pub(super) async fn recheck(&mut self, memory: &mut Memory, rng: &mut Rng) -> Result<(), Error> {
        self.desks.watch.step(rng.between(RECHECK_S.0, RECHECK_S.1)).await?;
        self.quiet().await?;
        self.read(memory).await
    }

    /// Reads every referral and the checkpoint: what was shown to a person is acknowledged.
    pub(super) async fn read(&mut self, memory: &mut Memory) -> Result<(), Error> {
        for row in self.referrals("").await? {
            memory.saw_row(&row);
        }
        let head = self.desks.get(self.office.coordinator, "/api/v1/ledger").await?;
        memory.saw_head(&head);
        for id in memory.unsettled() {
            let shown = self.desks.get(self.office.coordinator, &format!("/api/v1/referrals/{id}")).await?;
            memory.saw_referral(&id, &shown);
        }
        Ok(())
    }

    async fn referrals(&mut self, filter: &str) -> Result<Vec<Value>, Error> {
        let path = format!("/api/v1/referrals?limit={ROWS}{filter}");
        Ok(list(&self.desks.get(self.office.coordinator, &path).await?, "referrals"))
    }

    /// One referral or assessment as it is shown now; nothing when it is not there.
    pub(super) async fn shown(&mut self, path: &str) -> Result<Option<Value>, Error> {
        Ok(self.desks.ask(self.office.coordinator, Method::GET, path, None).await?.ok())
    }

    /// Waits until the house has nothing to do. When it waits for time to pass, time passes.
    pub(super) async fn quiet(&mut self) -> Result<(), Error> {
        let (mut waits, mut stuck, mut before) = (0, 0, 0);
        loop {
            let health = good(self.desks.api.call(None, Method::GET, "/health", None).await?)?;
            let due = health["due_now"].as_u64().unwrap_or(0);
            let waiting = health["outbox"]["waiting"].as_u64().unwrap_or(0);
            if due + waiting == 0 {
                return Ok(());
            }
            stuck = if due == before { stuck + 1 } else { 0 };
            before = due;
            // What a killed process had leased is free again when the lease is over.
            let pass =
                if due == 0 { Some(NEXT_TRY_S) } else { (stuck >= LOOKS_STUCK).then_some(LEASE_OVER_S) };
            if let Some(seconds) = pass {
                (waits, stuck) = (waits + 1, 0);
                if waits > WAITS_MAX {
                    return Err(Error::Play(format!("the house does not come to rest: {health}")));
                }
                self.desks.watch.step(seconds).await?;
            }
            tokio::time::sleep(Duration::from_millis(POLL_MS)).await;
        }
    }

    /// What the providers counted.
    pub(super) async fn truth(&self) -> Result<Value, Error> {
        self.desks.watch.truth().await
    }

    /// The log of the providers.
    pub(super) fn seen(&self) -> PathBuf {
        Path::new(&self.world).join("net/seen.ndjson")
    }
}

/// A list in an answer.
pub(super) fn list(answer: &Value, name: &str) -> Vec<Value> {
    answer[name].as_array().cloned().unwrap_or_default()
}

/// A word in an answer.
pub(super) fn word(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap_or_default().to_owned()
}
