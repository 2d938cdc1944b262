//! The course of the day: coming in, the work at the desks, the hours that follow, the evening's counts.

mod morning;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use super::api::Api;
use super::desk::{Desks, good};
use super::judgement::{Judgement, Member, View};
use super::office::Office;
use super::seat::Seat;
use super::watch::Watch;
use super::{Cast, Played, Setup};
use crate::Error;

/// Hours after the morning at which people look at what came in.
const HOURS: [i64; 22] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 33, 36, 42, 48];
/// Days after the morning at which they look again, until nothing is to come.
const DAYS: [i64; 2] = [3, 7];
/// Pause between two looks at what the house still has to do.
const POLL_MS: u64 = 100;
/// While a long piece of work goes on, it is said how far it is after so many seconds.
const SAY_EVERY_S: u64 = 15;
/// Items that a person confirms together.
const TOGETHER: usize = 200;
/// Pause between two looks at whether what was just confirmed has gone through, and how many looks at most: 20 s.
const SETTLE_POLL_MS: u64 = 10;
const SETTLE_POLLS_MAX: u32 = 2_000;
/// Looks in a row at which both houses had nothing to do.
const CALM: u32 = 2;
/// Seconds that pass when the houses wait for time to pass.
const WAIT_S: i64 = 60;
/// At most so many times, else the play stops.
const WAITS_MAX: u32 = 200;
/// Findings that a confirmed load answers.
const LOAD_CODES: [&str; 4] = ["first_referral", "host_burst", "provider_burst", "person_burst"];
/// The first referral that a prompt provider got is taken back; the first answered one is contested.
const ONE: usize = 1;

/// Everybody, and what they wrote down.
pub(crate) struct Day<'a> {
    setup: Setup,
    cast: Cast,
    say: &'a dyn Fn(&str),
    desks: Desks,
    judgement: Judgement,
    offices: Vec<Office>,
    seat: Seat,
    began: Timestamp,
    fed_until: Timestamp,
    /// Subjects that somebody decided about.
    decided: BTreeSet<String>,
    /// Providers whose load a coordinator confirmed, and when.
    loads: BTreeMap<String, Timestamp>,
    played: Played,
}

impl<'a> Day<'a> {
    pub(crate) async fn open(setup: Setup, cast: Cast, say: &'a dyn Fn(&str)) -> Result<Self, Error> {
        let watch = Watch::read(&cast.control).await?;
        let began = watch.now;
        let mut desks = Desks::new(Api::new(&cast.units)?, watch);
        let mut offices = Vec::new();
        for (joining, agency) in cast.agencies.iter().zip(&setup.world.agencies) {
            offices.push(Office::open(&mut desks, joining, (&agency.id, &agency.languages)).await?);
        }
        let seat = Seat::open(&setup, &cast, desks.watch.clone()).await?;
        desks.watch.now = seat.now();
        say(&format!("{} people signed in", desks.sign_ins().len()));
        let judgement = Judgement::new(setup.truth.clone());
        Ok(Self {
            setup,
            cast,
            say,
            desks,
            judgement,
            offices,
            seat,
            began,
            fed_until: began,
            decided: BTreeSet::new(),
            loads: BTreeMap::new(),
            played: Played::default(),
        })
    }

    /// Waits until both houses have nothing to do now. When they wait for time to pass, time passes.
    async fn quiet(&mut self) -> Result<(), Error> {
        let (mut waits, mut calm) = (0, 0);
        loop {
            let units = good(self.desks.api.call(None, Method::GET, "/health", None).await?)?;
            let seat = self.seat.health().await?;
            let number =
                |name: &str| [&units, &seat].iter().filter_map(|house| house[name].as_u64()).sum::<u64>();
            let outbox = |house: &Value| house["outbox"]["waiting"].as_u64().unwrap_or(0);
            // The houses are asked one after the other: only what is seen again in a row counts.
            calm = if number("due_now") == 0 { calm + 1 } else { 0 };
            if calm >= CALM {
                calm = 0;
                if outbox(&units) + outbox(&seat) == 0 {
                    return Ok(());
                }
                waits += 1;
                if waits > WAITS_MAX {
                    return Err(Error::Play(format!("the houses do not come to rest: {units} {seat}")));
                }
                self.desks.watch.step(WAIT_S).await?;
            }
            tokio::time::sleep(Duration::from_millis(POLL_MS)).await;
        }
    }

    /// Everything that waits for a person: the queue, the second person, the third, questions, the seat's inbox.
    pub(crate) async fn work(&mut self) -> Result<(), Error> {
        self.clear_queue().await?;
        self.quiet().await?;
        while self.look_at_held().await? > 0 {
            self.quiet().await?;
        }
        self.inform().await?;
        self.seat.time(self.desks.now());
        self.played.answered_in_inbox += self.seat.work(&self.judgement, &self.desks.watch).await?;
        self.desks.watch.now = self.seat.now();
        self.quiet().await
    }

    async fn clear_queue(&mut self) -> Result<(), Error> {
        let reader = self.offices[0].analysts[0];
        let path = format!("/api/v1/queue?space={}&limit=500", self.played.space);
        let mut told = Instant::now();
        loop {
            let queue = self.desks.get(reader, &path).await?;
            let rows = queue["clusters"].as_array().cloned().unwrap_or_default();
            let rows: Vec<Value> = rows.into_iter().skip(self.setup.leave).collect();
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let office = self.office_of(&row);
                self.decide(&office, &row).await?;
                if told.elapsed() >= Duration::from_secs(SAY_EVERY_S) {
                    told = Instant::now();
                    (self.say)(&format!(
                        "{} assessments, {} confirmed …",
                        self.played.assessed, self.played.approved
                    ));
                }
            }
            (self.say)(&format!("{} assessments, {} confirmed", self.played.assessed, self.played.approved));
        }
    }

    /// Whose people read the language; the others share what nobody reads.
    fn office_of(&self, row: &Value) -> Office {
        let language = row["language"].as_str().unwrap_or("und");
        let readers: Vec<&Office> =
            self.offices.iter().filter(|o| o.languages.iter().any(|l| l == language)).collect();
        let turn = usize::try_from(row["number"].as_u64().unwrap_or(0)).unwrap_or(0);
        match readers.len() {
            0 => self.offices[turn % self.offices.len()].clone(),
            n => readers[turn % n].clone(),
        }
    }

    /// One cluster: members that are alike are decided together, each group once.
    async fn decide(&mut self, office: &Office, row: &Value) -> Result<(), Error> {
        let turn = usize::try_from(row["number"].as_u64().unwrap_or(0)).unwrap_or(0) / self.offices.len();
        let analyst = office.analysts[turn % office.analysts.len()];
        let cluster = row["id"].as_str().unwrap_or_default();
        let shown = self.desks.get(analyst, &format!("/api/v1/clusters/{cluster}")).await?;
        let items = shown["items"].as_array().cloned().unwrap_or_default();
        let groups = self.judgement.groups(&items, |subject| !self.decided.contains(subject));
        for ((view, _), members) in groups {
            // The everyday ones come last: saying so is about all that is left.
            let together = if view == View::Not { members.len() } else { TOGETHER };
            for some in members.chunks(together) {
                self.save(office, (analyst, cluster), (view, some)).await?;
            }
        }
        Ok(())
    }

    async fn save(
        &mut self,
        office: &Office,
        (analyst, cluster): (usize, &str),
        (view, members): (View, &[Member]),
    ) -> Result<(), Error> {
        let lease =
            self.desks.post(analyst, &format!("/api/v1/clusters/{cluster}/lease"), &json!({})).await?;
        let draft = self.judgement.draft(view, members);
        let body = json!({"version": lease["version"], "draft": draft});
        let path = format!("/api/v1/clusters/{cluster}/assessments");
        let saved = self.desks.post(analyst, &path, &body).await?;
        self.played.assessed += 1;
        self.decided.extend(members.iter().map(|member| member.subject.clone()));
        let id = saved["assessment"].as_str().unwrap_or_default();
        let mut state = saved["state"].as_str().unwrap_or_default().to_owned();
        if state == "awaits_reader" {
            let body = json!({"finding": "no", "text": "Read again: the comment repeats the call and debates nothing."});
            let path = format!("/api/v1/assessments/{id}/reading");
            let read = self.desks.post(office.approvers[1], &path, &body).await?;
            read["state"].as_str().unwrap_or_default().clone_into(&mut state);
            self.played.read_again += 1;
        }
        if state == "assessed" {
            self.approve(office, id).await?;
        }
        Ok(())
    }

    /// Waits until what was confirmed before has been through its pre-flight: whether a burst is seen at one referral or
    /// at the next must not hang on which of two threads was faster.
    async fn settled(&self) -> Result<(), Error> {
        for _ in 0..SETTLE_POLLS_MAX {
            let units = good(self.desks.api.call(None, Method::GET, "/health", None).await?)?;
            if units["due_now"] == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(SETTLE_POLL_MS)).await;
        }
        Ok(())
    }

    async fn approve(&mut self, office: &Office, assessment: &str) -> Result<(), Error> {
        self.settled().await?;
        let approver = office.approvers[0];
        self.desks.prove(approver).await?;
        let shown = self.desks.get(approver, &format!("/api/v1/assessments/{assessment}")).await?;
        let body = json!({"version": shown["version"]});
        self.desks.post(approver, &format!("/api/v1/assessments/{assessment}/approval"), &body).await?;
        self.played.approved += 1;
        Ok(())
    }

    async fn referrals(&mut self, state: &str) -> Result<Vec<Value>, Error> {
        let path = format!("/api/v1/referrals?space={}&state={state}&limit=500", self.played.space);
        let answer = self.desks.get(self.offices[0].coordinator, &path).await?;
        Ok(answer["referrals"].as_array().cloned().unwrap_or_default())
    }

    /// What the pre-flight holds for a third person: a coordinator confirms a provider's load once for all that waits
    /// for it, looks at the rest, and lets it go with a reason.
    async fn look_at_held(&mut self) -> Result<u64, Error> {
        let coordinator = self.offices[0].coordinator;
        let (mut let_go, mut confirmed) = (0, BTreeSet::new());
        for referral in self.referrals("approved").await? {
            let findings = referral["findings"].as_array().cloned().unwrap_or_default();
            let weighs = |weight: &str| findings.iter().any(|finding| finding["weight"] == weight);
            if !referral["looked_by"].is_null() || weighs("stop") || !weighs("look") {
                continue;
            }
            let load = findings.iter().any(|f| LOAD_CODES.iter().any(|code| f["code"] == *code));
            let id = referral["id"].as_str().unwrap_or_default();
            let provider = referral["provider"].as_str().unwrap_or_default().to_owned();
            if load && !self.confirmed_on(&provider) {
                let body =
                    json!({"hours": 24, "reason": "Contact and load were confirmed for this action day."});
                self.desks.post(coordinator, &format!("/api/v1/providers/{provider}/load"), &body).await?;
                self.loads.insert(provider.clone(), self.desks.now());
                self.played.loads_confirmed += 1;
                let_go += 1;
            } else if !confirmed.contains(&provider) || !load {
                let body =
                    json!({"text": "Looked at by a third person: the item is no publication of the host."});
                self.desks.post(coordinator, &format!("/api/v1/referrals/{id}/look"), &body).await?;
                self.played.looked += 1;
                let_go += 1;
            }
            confirmed.insert(provider);
        }
        Ok(let_go)
    }

    /// A load is confirmed for a day.
    fn confirmed_on(&self, provider: &str) -> bool {
        let day = SignedDuration::from_hours(24);
        self.loads.get(provider).is_some_and(|at| self.desks.now().duration_since(*at) < day)
    }

    /// Questions of providers.
    async fn inform(&mut self) -> Result<(), Error> {
        for referral in self.referrals("in_dialogue").await? {
            let id = referral["id"].as_str().unwrap_or_default();
            let body =
                json!({"text": "The sentence with the slogan of the invented Example Group is meant."});
            let analyst = self.offices[0].analysts[0];
            self.desks.post(analyst, &format!("/api/v1/referrals/{id}/information"), &body).await?;
            self.played.informed += 1;
        }
        Ok(())
    }

    /// The hours and days that follow.
    pub(crate) async fn hours(&mut self) -> Result<(), Error> {
        self.take_one_back().await?;
        let steps = HOURS.into_iter().chain(DAYS.map(|days| days * 24));
        for hour in steps {
            let at = self.began + SignedDuration::from_hours(hour);
            if at > self.desks.now() {
                self.desks.watch.to(at).await?;
            }
            self.quiet().await?;
            self.feed().await?;
            self.work().await?;
            (self.say)(&format!("hour {hour}: {} reappeared so far", self.played.reappeared));
        }
        self.contest_one().await
    }

    /// What came up since the last look is handed in like anything else.
    async fn feed(&mut self) -> Result<(), Error> {
        let until = self.desks.now();
        let lines = self.desks.watch.feed(self.fed_until).await?;
        self.fed_until = until;
        let count = lines.lines().filter(|line| !line.is_empty()).count();
        if count == 0 {
            return Ok(());
        }
        self.played.reappeared += count as u64;
        let office = self.offices[0].clone();
        self.hand_in(&office, lines.into_bytes()).await?;
        self.quiet().await
    }

    /// One referral was a mistake: its analyst takes it back.
    async fn take_one_back(&mut self) -> Result<(), Error> {
        for referral in self.referrals("acknowledged").await?.into_iter().rev().take(ONE) {
            let id = referral["id"].as_str().unwrap_or_default();
            let body = json!({"reason": "wrong_item", "text": "The address of another item was meant."});
            let analyst = self.offices[0].analysts[0];
            self.desks.post(analyst, &format!("/api/v1/referrals/{id}/withdrawal"), &body).await?;
            self.played.withdrawn += 1;
        }
        self.quiet().await
    }

    /// Somebody contests an answered referral by its reference; a third person decides.
    async fn contest_one(&mut self) -> Result<(), Error> {
        for referral in self.referrals("outcome_known").await?.into_iter().rev().take(ONE) {
            let id = referral["id"].as_str().unwrap_or_default();
            let shown =
                self.desks.get(self.offices[0].coordinator, &format!("/api/v1/referrals/{id}")).await?;
            let body = json!({
                "reference": shown["contest"], "reasons": "The item reports on an invented event and praises nobody.",
            });
            let said = self.desks.api.call(None, Method::POST, "/api/v1/contests", Some(&body)).await?;
            let contest = good(said)?["id"].as_str().unwrap_or_default().to_owned();
            let body = json!({"upheld": false, "reasons": "Looked at again by a third person: the call stands in the item."});
            let path = format!("/api/v1/referrals/{id}/contests/{contest}/decision");
            self.desks.post(self.offices[0].coordinator, &path, &body).await?;
            self.played.contested += 1;
        }
        Ok(())
    }

    /// What the providers saw is asked.
    pub(crate) async fn evening(mut self) -> Result<Played, Error> {
        self.played.from = (self.began - SignedDuration::from_hours(1)).to_string();
        self.quiet().await?;
        self.played.to = (self.desks.now() + SignedDuration::from_hours(1)).to_string();
        self.played.truth = self.desks.watch.truth().await?;
        self.played.inbox = self.seat.counts().await?;
        self.played.people = self.desks.sign_ins();
        self.played.people.extend(self.seat.sign_ins());
        Ok(self.played)
    }
}
