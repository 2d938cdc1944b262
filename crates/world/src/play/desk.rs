//! Everybody of the play at their desks: who they are, how they come in, and how they ask the product.

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::api::{Api, Part, Refused, Said};
use super::person::{CODE_SECONDS, Person, SignIn};
use super::watch::Watch;
use crate::Error;

/// Longest wait of a person for the next code, in codes.
const CODES_WAITED_MAX: usize = 4;
/// Why the people of the play read.
const REASON: &str = "Joint action day: assessing and referring what was handed in";

/// A person's place at the desks.
pub(crate) type Who = usize;

/// The desks.
#[derive(Debug)]
pub(crate) struct Desks {
    pub(crate) api: Api,
    pub(crate) watch: Watch,
    people: Vec<Person>,
}

impl Desks {
    pub(crate) fn new(api: Api, watch: Watch) -> Self {
        Self { api, watch, people: Vec::new() }
    }

    /// What everybody types to sign in.
    pub(crate) fn sign_ins(&self) -> Vec<SignIn> {
        self.people.iter().map(|person| person.knows.clone()).collect()
    }

    /// Uses a one-time link: the person chooses a password and confirms the second factor that the page shows.
    pub(crate) async fn enrol(&mut self, token: &str, org: &str, role: &str) -> Result<Who, Error> {
        let path = format!("/api/v1/enrol/{token}");
        let offer = good(self.api.call(None, Method::GET, &path, None).await?)?;
        let word = |name: &str| offer[name].as_str().unwrap_or_default().to_owned();
        let login = word("login");
        let password = format!("{login} of {org} likes quiet trains");
        let knows =
            SignIn { agency: org.to_owned(), login, password, secret: word("secret"), role: role.to_owned() };
        self.people.push(Person::new(knows)?);
        let who = self.people.len() - 1;
        let body = json!({"password": self.people[who].knows.password, "code": self.code(who).await?});
        good(self.api.call(None, Method::POST, &path, Some(&body)).await?)?;
        Ok(who)
    }

    /// The next code; the person waits for it when the current one was typed already.
    async fn code(&mut self, who: Who) -> Result<String, Error> {
        for _ in 0..CODES_WAITED_MAX {
            if let Some(code) = self.people[who].code(self.watch.now) {
                return Ok(code);
            }
            self.watch.step(CODE_SECONDS).await?;
        }
        Err(Error::Play("no code came".to_owned()))
    }

    /// A token of a session that holds; signs in when there is none, and says why the person reads.
    async fn token(&mut self, who: Who) -> Result<String, Error> {
        let now = self.watch.now;
        if let Some(token) = self.people[who].token(now) {
            return Ok(token.to_owned());
        }
        let code = self.code(who).await?;
        let knows = self.people[who].knows.clone();
        let body =
            json!({"agency": knows.agency, "login": knows.login, "password": knows.password, "code": code});
        let answer = good(self.api.call(None, Method::POST, "/api/v1/sign-in", Some(&body)).await?)?;
        let token = answer["token"].as_str().unwrap_or_default().to_owned();
        let why = json!({"reason": REASON});
        // Those who read nothing personal give no reason; the product says so.
        let _ = self.api.call(Some(&token), Method::POST, "/api/v1/reason", Some(&why)).await?;
        let now = self.watch.now;
        self.people[who].signed_in(&token, now);
        Ok(token)
    }

    /// Opens sending and giving access with a fresh code, unless they are open.
    pub(crate) async fn prove(&mut self, who: Who) -> Result<(), Error> {
        self.token(who).await?;
        if self.people[who].may_send(self.watch.now) {
            return Ok(());
        }
        let code = self.code(who).await?;
        let token = self.token(who).await?;
        let body = json!({"code": code});
        good(self.api.call(Some(&token), Method::POST, "/api/v1/step-up", Some(&body)).await?)?;
        let now = self.watch.now;
        self.people[who].stepped_up(now);
        Ok(())
    }

    /// One request of a person.
    pub(crate) async fn ask(&mut self, who: Who, method: Method, path: &str, body: Option<&Value>) -> Said {
        let token = self.token(who).await?;
        let mut said = self.api.call(Some(&token), method.clone(), path, body).await?;
        if matches!(&said, Err(no) if no.status == 401) {
            self.people[who].forget_session();
            let token = self.token(who).await?;
            said = self.api.call(Some(&token), method, path, body).await?;
        }
        let now = self.watch.now;
        self.people[who].used_session(now);
        Ok(said)
    }

    /// Reads; a refusal ends the play.
    pub(crate) async fn get(&mut self, who: Who, path: &str) -> Result<Value, Error> {
        good(self.ask(who, Method::GET, path, None).await?)
    }

    /// Acts; a refusal ends the play.
    pub(crate) async fn post(&mut self, who: Who, path: &str, body: &Value) -> Result<Value, Error> {
        good(self.ask(who, Method::POST, path, Some(body)).await?)
    }

    /// Hands in files; a refusal ends the play.
    pub(crate) async fn upload(&mut self, who: Who, path: &str, parts: &[Part<'_>]) -> Result<Value, Error> {
        let token = self.token(who).await?;
        good(self.api.upload(&token, path, parts).await?)
    }

    /// Hands in a list; a refusal ends the play.
    pub(crate) async fn hand(&mut self, who: Who, path: &str, list: Vec<u8>) -> Result<Value, Error> {
        let token = self.token(who).await?;
        good(self.api.hand(&token, path, list).await?)
    }

    /// Now.
    pub(crate) fn now(&self) -> Timestamp {
        self.watch.now
    }
}

/// What must not be refused.
pub(crate) fn good(said: Result<Value, Refused>) -> Result<Value, Error> {
    said.map_err(|no| Error::Play(format!("{} {} {}", no.status, no.code, no.sentence)))
}
