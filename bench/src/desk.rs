//! People at the API: they enrol by their link, sign in with password and code, and prove themselves again.

use anyhow::{Context as _, Result, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use totp_rs::Builder;

/// Seconds of one code.
const CODE_SECONDS: u64 = 30;
/// Length of a secret, in bytes (RFC 4226).
const SECRET_BYTES: usize = 20;
const PASSWORD: &str = "quiet trains run on winter mornings";

/// The API of a server.
#[derive(Clone)]
pub(crate) struct Api {
    http: Client,
    base: String,
}

/// A person who enrolled.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    login: String,
    secret: [u8; SECRET_BYTES],
    /// Number of the last code that was typed: each works once.
    used: u64,
    pub(crate) token: String,
}

impl Api {
    pub(crate) fn new(address: std::net::SocketAddr) -> Result<Self> {
        Ok(Self { http: Client::builder().no_proxy().build()?, base: format!("http://{address}") })
    }

    /// One request; a refusal is an error.
    pub(crate) async fn call(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        finish(path, request).await
    }

    /// Hands in a list.
    pub(crate) async fn list(&self, token: &str, path: &str, csv: String) -> Result<Value> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(token);
        finish(path, request.header("content-type", "text/csv").body(csv)).await
    }

    /// Uses a one-time link.
    pub(crate) async fn enrol(&self, link: &str) -> Result<Person> {
        let path = format!("/api/v1/enrol/{link}");
        let offer = self.call("", Method::GET, &path, None).await?;
        let word = |name: &str| offer[name].as_str().unwrap_or_default().to_owned();
        let secret = base32(&word("secret")).context("the secret is no Base32")?;
        let mut person = Person { login: word("login"), secret, used: 0, token: String::new() };
        let body = json!({"password": PASSWORD, "code": person.code().await?});
        self.call("", Method::POST, &path, Some(&body)).await?;
        Ok(person)
    }

    /// An administrator invites; the invited enrols and signs in.
    pub(crate) async fn invite(&self, admin: &Person, login: &str, roles: &[&str]) -> Result<Person> {
        let body = json!({"login": login, "name": format!("{login} of the bench"), "roles": roles});
        let link = self.call(&admin.token, Method::POST, "/api/v1/people", Some(&body)).await?;
        let mut person = self.enrol(link["token"].as_str().unwrap_or_default()).await?;
        self.sign_in(&mut person).await?;
        Ok(person)
    }

    /// Opens a session and says why the person reads.
    pub(crate) async fn sign_in(&self, person: &mut Person) -> Result<()> {
        let code = person.code().await?;
        let body =
            json!({"agency": "unit.example", "login": person.login, "password": PASSWORD, "code": code});
        let answer = self.call("", Method::POST, "/api/v1/sign-in", Some(&body)).await?;
        person.token = answer["token"].as_str().unwrap_or_default().to_owned();
        let why = json!({"reason": "Measuring the machine"});
        // Those who read nothing personal give no reason; the product says so.
        let _ = self.call(&person.token, Method::POST, "/api/v1/reason", Some(&why)).await;
        Ok(())
    }

    /// Opens sending and giving access with a fresh code.
    pub(crate) async fn prove(&self, person: &mut Person) -> Result<()> {
        let body = json!({"code": person.code().await?});
        self.call(&person.token, Method::POST, "/api/v1/step-up", Some(&body)).await.map(drop)
    }

    /// Work that is due now, or being done.
    pub(crate) async fn due(&self) -> Result<u64> {
        let health = self.call("", Method::GET, "/health", None).await?;
        health["due_now"].as_u64().context("/health says no due_now")
    }
}

async fn finish(path: &str, request: reqwest::RequestBuilder) -> Result<Value> {
    let response = request.send().await.with_context(|| path.to_owned())?;
    let status = response.status();
    let text = response.text().await?;
    ensure!(status.is_success(), "{path}: {status} {text}");
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

impl Person {
    /// The next code that was not typed yet; waits for it.
    async fn code(&mut self) -> Result<String> {
        let totp = Builder::new()
            .with_step_duration(CODE_SECONDS)
            .with_secret(self.secret)
            .build()
            .map_err(|error| anyhow::anyhow!("no code: {error}"))?;
        loop {
            let current = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / CODE_SECONDS;
            let number = (self.used + 1).max(current - 1);
            if number <= current {
                self.used = number;
                return Ok(totp.generate(number * CODE_SECONDS).to_string());
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// RFC 4648, without padding.
fn base32(text: &str) -> Option<[u8; SECRET_BYTES]> {
    let (mut bits, mut count, mut bytes) = (0u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = match letter.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            letter @ b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5 | u32::from(value)) & 0xFFF;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    bytes.try_into().ok()
}
