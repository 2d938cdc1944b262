//! What the journey stands on: a world with its providers, a unit with three people, and a running server.

use crate::face::{Face, Fail, Said, Someone, said};
use crate::house::Folder;
use app::people::{AgencyKind, Role};
use reqwest::Method;
use serde_json::{Value, json};

const UNIT: &str = "unit.example";
/// Items of the world; the story is about one of them.
const ITEMS: usize = 150;
/// Pause between two looks of a person, and how often they look.
const LOOK_MS: u64 = 50;
const LOOKS_MAX: usize = 1200;

/// The text of a value; empty when it is none.
pub(crate) fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A unit with three people and a running server, in a world whose providers run too.
pub(crate) struct Day {
    pub(crate) face: Face,
    providers: world::Running,
    world: Folder,
    pub(crate) ana: Desk,
    pub(crate) cleo: Desk,
    pub(crate) emil: Desk,
    _workers: tokio::sync::watch::Sender<bool>,
}

/// A person who signed in.
pub(crate) struct Desk {
    who: Someone,
    token: String,
}

impl Day {
    pub(crate) async fn begin() -> Result<Self, Fail> {
        let world = Folder::new();
        world::make(&world::Plan { items: ITEMS, ..world::Plan::default() }, world.path())?;
        let providers = world::serve(world.path(), &world::ServeOptions::default()).await?;
        let face = Face::in_world(world.path()).await?;
        face.found(UNIT, AgencyKind::ReferralUnit).await?;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        tokio::spawn(app::engine::run(face.house.clone(), stopped));
        let ana = Desk::open(&face, "ana", Role::Analyst).await?;
        let cleo = Desk::open(&face, "cleo", Role::Approver).await?;
        let emil = Desk::open(&face, "emil", Role::Coordinator).await?;
        let day = Self { face, providers, world, ana, cleo, emil, _workers: stop };
        day.introduce().await?;
        Ok(day)
    }

    /// An item that its provider will remove within the hour, and that provider's host.
    fn item(&self) -> Result<(String, String), Fail> {
        let read = |name: &str| -> Result<Value, Fail> {
            Ok(serde_json::from_slice(&std::fs::read(self.world.join(name))?)?)
        };
        let (truth, world) = (read("truth.json")?, read("world.json")?);
        let services = world["services"].as_array().cloned().unwrap_or_default();
        let plain = |host: &Value| {
            services
                .iter()
                .any(|s| s["host"] == *host && s["gone_page"] == "hard_404" && s["fault"] == "none")
        };
        let item = truth["items"].as_array().into_iter().flatten().find(|item| {
            item["will"]["answer"] == "removed"
                && item["will"]["after_hours"] == 1
                && item["will"]["asks"] == false
                && plain(&item["service"])
        });
        let item = item.ok_or("this world has no such item")?;
        Ok((word(&item["id"]).to_owned(), word(&item["service"]).to_owned()))
    }

    /// The unit enters the provider, and the provider hears who the unit is.
    async fn introduce(&self) -> Result<(), Fail> {
        let (_, host) = self.item()?;
        let net = &self.providers.net;
        let ca = reqwest::Certificate::from_pem(&std::fs::read(&net.ca)?)?;
        let browser =
            reqwest::Client::builder().no_proxy().tls_certs_only([ca]).resolve(&host, net.https).build()?;
        let keys = browser.get(format!("https://{host}:{}/.well-known/rxp-jwks.json", net.https.port()));
        let keys: Value = serde_json::from_str(&keys.send().await?.text().await?)?;
        let entry = json!({
            "name": host, "org": host, "hosts": [host], "channel": "rxp", "endpoint": format!("https://{host}/rxp/v1"), "jwks": keys,
        });
        let checked = "Read out on the telephone by the contact point";
        self.post(&self.emil, "/api/v1/providers", json!({"entry": entry, "confirmed": checked})).await?;
        let ours = self
            .face
            .call(None, Method::GET, &format!("/.well-known/rxp-jwks.json?org={UNIT}"), None)
            .await?
            .body;
        let peers = json!([{
            "org": UNIT, "jwks": ours, "endpoint": self.face.house.endpoint, "connect": self.face.served.addr.to_string(), "plain": true,
        }]);
        Ok(std::fs::write(self.world.join("net/peers.json"), peers.to_string())?)
    }

    pub(crate) async fn hand_in(&self) -> Result<Value, Fail> {
        let (id, _) = self.item()?;
        let posts = std::fs::read_to_string(self.world.join("posts.ndjson"))?;
        let line =
            posts.lines().find(|line| line.contains(&format!("\"id\":\"{id}\""))).ok_or("no such post")?;
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = format!(
            "--x\r\nContent-Disposition: form-data; name=\"records\"; filename=\"a.ndjson\"\r\n\r\n{line}\n\r\n--x--\r\n"
        );
        let request = self.face.http.post(self.face.url("/api/v1/intake")).bearer_auth(&self.ana.token);
        let request = request.header("content-type", "multipart/form-data; boundary=x");
        Ok(said(request.body(field("format", "ndjson") + &file).send().await?).await?.body)
    }

    pub(crate) async fn get(&self, desk: &Desk, path: &str) -> Result<Value, Fail> {
        good(path, self.face.call(Some(&desk.token), Method::GET, path, None).await?)
    }

    pub(crate) async fn post(&self, desk: &Desk, path: &str, body: Value) -> Result<Value, Fail> {
        good(path, self.face.call(Some(&desk.token), Method::POST, path, Some(body)).await?)
    }

    /// Proves with a fresh code that it is the person.
    pub(crate) async fn prove(&self, desk: &Desk) -> Result<(), Fail> {
        let code = self.face.code(&desk.who)?;
        self.post(desk, "/api/v1/step-up", json!({"code": code})).await.map(drop)
    }

    /// Emil looks until a part of the page is there; the workers do the rest.
    pub(crate) async fn until(&self, path: &str, part: impl Fn(&Value) -> Value) -> Result<Value, Fail> {
        for _ in 0..LOOKS_MAX {
            let found = part(&self.get(&self.emil, path).await?);
            if !found.is_null() {
                return Ok(found);
            }
            tokio::time::sleep(std::time::Duration::from_millis(LOOK_MS)).await;
        }
        Err(format!("{path} does not come to it: {}", self.get(&self.emil, path).await?).into())
    }

    pub(crate) async fn until_is(&self, path: &str, pointer: &str, expected: &str) -> Result<(), Fail> {
        let is = |shown: &Value| {
            shown.pointer(pointer).filter(|found| *found == expected).cloned().unwrap_or_default()
        };
        self.until(path, is).await.map(drop)
    }

    /// The world's clock moves; everybody signs in again, for an hour is long.
    pub(crate) async fn clock(&mut self, now: &str) -> Result<(), Fail> {
        let url = format!("http://{}/__world/clock", self.providers.net.control);
        self.face.http.post(url).body(json!({"now": now}).to_string()).send().await?.error_for_status()?;
        self.face.moved(now.parse()?)?;
        self.emil = Desk::open_again(&self.face, &self.emil.who).await?;
        Ok(())
    }

    pub(crate) async fn truth(&self) -> Result<Value, Fail> {
        let url = format!("http://{}/__world/truth", self.providers.net.control);
        Ok(said(self.face.http.get(url).send().await?).await?.body)
    }

    pub(crate) async fn report(&self) -> Result<Value, Fail> {
        let space = app::people::agency(&self.face.house, UNIT).await?.id;
        let (from, to) = ("2027-04-25T00:00:00Z".parse()?, "2027-04-26T00:00:00Z".parse()?);
        Ok(serde_json::to_value(app::report::action_day(&self.face.house, space, from, to).await?)?)
    }
}

impl Desk {
    async fn open(face: &Face, login: &str, role: Role) -> Result<Self, Fail> {
        let who = face.someone(UNIT, login, &[role]).await?;
        Self::open_again(face, &who).await
    }

    async fn open_again(face: &Face, who: &Someone) -> Result<Self, Fail> {
        let token = face.sign_in(who).await?;
        let why = json!({"reason": "The story of one item"});
        face.call(Some(&token), Method::POST, "/api/v1/reason", Some(why)).await?;
        Ok(Self { who: who.clone(), token })
    }
}

fn good(path: &str, said: Said) -> Result<Value, Fail> {
    if said.status >= 300 {
        Err(format!("{path}: {} {}", said.status, said.body).into())
    } else {
        Ok(said.body)
    }
}
