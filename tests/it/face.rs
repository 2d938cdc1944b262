//! A real server on a free port, people who enrol and sign in as people do, and a clock that tests move (D30).

use crate::house::Handed;
use crate::house::{Folder, opening};
use app::House;
use app::clock::Clock;
use app::people::{self, AgencyKind, EnrolmentLink, FirstAgency, Invite, Role, Settings};
use domain::access::Actor;
use domain::proposal::Event;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use server::{Options, Served};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A password that is long enough.
pub(crate) const PASSWORD: &str = "a long sentence of plain words";
/// When every test begins.
const BEGIN: &str = "2026-03-04T05:06:07Z";

/// A running server with its house.
pub(crate) struct Face {
    pub(crate) house: Arc<House>,
    pub(crate) served: Served,
    pub(crate) http: Client,
    /// Where the house reads the time.
    clock: PathBuf,
    _folder: Folder,
    now: Mutex<Timestamp>,
}

/// An enrolled person.
#[derive(Debug, Clone)]
pub(crate) struct Someone {
    pub(crate) org: String,
    pub(crate) login: String,
    pub(crate) person: String,
    secret: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Said {
    /// The word of a problem; empty when it is none.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// What a test may fail with.
pub(crate) type Fail = Box<dyn std::error::Error + Send + Sync>;

impl Face {
    /// A server without agencies.
    pub(crate) async fn new() -> Result<Self, Fail> {
        Self::with_relay(None).await
    }

    /// The same, with a mail relay.
    pub(crate) async fn with_relay(relay: Option<SocketAddr>) -> Result<Self, Fail> {
        // A second installation is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = Folder::new();
        let mut opening = opening(folder.path(), None);
        opening.relay = relay.map(|relay| relay.to_string());
        let mut house = House::open(opening).await?;
        let clock = folder.join("clock.json");
        Arc::get_mut(&mut house).ok_or("the house is shared")?.clock = Clock::Stepped(clock);
        Self::serve(house, folder, BEGIN.parse()?).await
    }

    /// A server whose house is a world for ever (D11). Its providers run, and its time is theirs.
    pub(crate) async fn in_world(world: &Path) -> Result<Self, Fail> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = Folder::new();
        let house = House::open(opening(folder.path(), None)).await?;
        house.mark_world(world).await?;
        house.db.close().await;
        drop(house);
        let house = House::open(opening(folder.path(), None)).await?;
        let now = house.clock.now();
        Self::serve(house, folder, now).await
    }

    async fn serve(house: Arc<House>, folder: Folder, now: Timestamp) -> Result<Self, Fail> {
        let Clock::Stepped(clock) = house.clock.clone() else { return Err("a clock that tests move".into()) };
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        crate::clock::set(&clock, now)?;
        let served = server::serve(house.clone(), here, here, Options::default()).await?;
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        Ok(Self { house, served, http, clock, _folder: folder, now: Mutex::new(now) })
    }

    /// Moves the clock.
    pub(crate) fn wait(&self, seconds: i64) -> Result<(), Fail> {
        let mut now = self.now.lock().map_err(|_| "the clock is broken")?;
        *now += SignedDuration::from_secs(seconds);
        Ok(crate::clock::set(&self.clock, *now)?)
    }

    /// Somebody else moved the clock to a time.
    pub(crate) fn moved(&self, to: Timestamp) -> Result<(), Fail> {
        *self.now.lock().map_err(|_| "the clock is broken")? = to;
        Ok(())
    }

    /// An agency and its first administrator's link.
    pub(crate) async fn found(&self, org: &str, kind: AgencyKind) -> Result<EnrolmentLink, Fail> {
        Ok(self.found_as(org, kind, org).await?)
    }

    /// An agency with a name in law.
    pub(crate) async fn found_as(
        &self,
        org: &str,
        kind: AgencyKind,
        legal_name: &str,
    ) -> Result<EnrolmentLink, app::Error> {
        let settings = Settings {
            legal_name: legal_name.to_owned(),
            mail: format!("desk@{org}"),
            phone: "+3200000000".to_owned(),
            legal_basis: vec!["terms".to_owned()],
            languages: vec!["en".to_owned()],
            grounds_min: 3,
            webhook: None,
        };
        let first = FirstAgency { name: format!("Agency {org}"), kind, org: org.to_owned(), settings };
        people::found(&self.house, first, "admin", "Administrator").await
    }

    /// A person with some roles, invited by the operator and enrolled over HTTP. Roles that need a second person are
    /// confirmed by the agency's administrator.
    pub(crate) async fn someone(&self, org: &str, login: &str, roles: &[Role]) -> Result<Someone, Fail> {
        let agency = people::agency(&self.house, org).await?;
        let new = Invite { login: login.to_owned(), name: login.to_owned(), roles: roles.to_vec() };
        let link = people::invite_by_operator(&self.house, &agency, &new).await?;
        let admin = self.actor(&agency, "admin").await?;
        for (proposal, _) in people::proposed(&self.house, &admin).await? {
            people::decide_role(&self.house, &admin, proposal.id, Event::Confirm).await?;
        }
        self.enrol(org, &link).await
    }

    /// A person of an agency as the steps see them, in a log-in of its own, stepped up.
    pub(crate) async fn actor(&self, agency: &people::Agency, login: &str) -> Result<Actor, Fail> {
        let person = people::person(&self.house, agency, login).await?;
        Ok(Actor {
            person: person.id,
            agency: agency.id,
            kind: agency.kind,
            roles: store::person::roles(&self.house.db, person.id).await?,
            spaces: vec![agency.id],
            stepped_up_until: Some(jiff::Timestamp::MAX),
            login: uuid::Uuid::now_v7(),
            read_reason: None,
        })
    }

    /// Uses an enrolment link over HTTP.
    pub(crate) async fn enrol(&self, org: &str, link: &EnrolmentLink) -> Result<Someone, Fail> {
        let path = format!("/api/v1/enrol/{}", link.token);
        let offer = self.call(None, Method::GET, &path, None).await?;
        let secret = base32(offer.body["secret"].as_str().ok_or("no secret was offered")?);
        let someone = Someone {
            org: org.to_owned(),
            login: link.login.clone(),
            person: link.person.to_string(),
            secret,
        };
        let body = json!({ "password": PASSWORD, "code": self.code(&someone)? });
        let said = self.call(None, Method::POST, &path, Some(body)).await?;
        if said.status != 204 {
            return Err(format!("enrolment: {said:?}").into());
        }
        Ok(someone)
    }

    /// The next code that was not used: the clock goes on one step.
    pub(crate) fn code(&self, of: &Someone) -> Result<String, Fail> {
        self.wait(30)?;
        let seconds = self.now.lock().map_err(|_| "the clock is broken")?.as_second();
        let secret: [u8; 20] = of.secret.as_slice().try_into()?;
        let totp = totp_rs::Builder::new().with_secret(secret).build()?;
        Ok(totp.generate(u64::try_from(seconds)?).to_string())
    }

    /// Signs in over HTTP; gives the token.
    pub(crate) async fn sign_in(&self, who: &Someone) -> Result<String, Fail> {
        let said = self.try_sign_in(who, PASSWORD, &self.code(who)?).await?;
        said.body["token"].as_str().map(str::to_owned).ok_or_else(|| format!("sign-in: {said:?}").into())
    }

    /// Tries to sign in.
    pub(crate) async fn try_sign_in(&self, who: &Someone, password: &str, code: &str) -> Result<Said, Fail> {
        let body = json!({ "agency": who.org, "login": who.login, "password": password, "code": code });
        self.call(None, Method::POST, "/api/v1/sign-in", Some(body)).await
    }

    /// Where the server is.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.served.addr)
    }

    /// One call of the API.
    pub(crate) async fn call(
        &self,
        token: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Said, Fail> {
        let mut request = self.http.request(method, self.url(path));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        said(request.send().await?).await
    }
}

/// Status and JSON of an answer; a stream is not read.
pub(crate) async fn said(response: Response) -> Result<Said, Fail> {
    let status = response.status().as_u16();
    let stream = response
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/event-stream"));
    let text = if stream { String::new() } else { response.text().await? };
    Ok(Said { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
}

/// RFC 4648, section 6.
fn base32(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for value in text.chars().filter_map(|letter| ALPHABET.find(letter)) {
        bits = bits << 5 | u32::try_from(value).unwrap_or_default();
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    bytes
}

/// Takes in some posts for an agency, each a content of its own, and does the waiting work.
pub(crate) async fn take_in(face: &Face, org: &str, posts: usize) -> Result<(), Fail> {
    let agency = people::agency(&face.house, org).await?;
    Handed::to(agency.id)
        .lines(&face.house, (0..posts).map(crate::house::handed::post).collect::<String>())
        .await?;
    crate::house::work(&face.house).await?;
    Ok(())
}
