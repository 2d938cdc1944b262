//! The stepped clock of the world, as the player moves it.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use super::api::Api;
use crate::Error;

/// The time that everybody of the play sees.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    control: Api,
    /// Now.
    pub(crate) now: Timestamp,
}

impl Watch {
    /// Reads the time from the control port.
    pub(crate) async fn read(control: &str) -> Result<Self, Error> {
        let control = Api::new(control)?;
        let answer = ask(&control, Method::GET, "/__world/clock", None).await?;
        Ok(Self { now: time(&answer)?, control })
    }

    /// Moves on by seconds; the world does what falls due.
    pub(crate) async fn step(&mut self, seconds: i64) -> Result<(), Error> {
        self.to(self.now + SignedDuration::from_secs(seconds)).await
    }

    /// Moves on to a time.
    pub(crate) async fn to(&mut self, at: Timestamp) -> Result<(), Error> {
        let body = json!({"now": at.to_string()});
        let answer = ask(&self.control, Method::POST, "/__world/clock", Some(&body)).await?;
        self.now = time(&answer)?;
        Ok(())
    }

    /// A provider's people take an item away by hand, as those do who read their mail in an inbox of the product.
    pub(crate) async fn remove(&self, url: &str) -> Result<(), Error> {
        let body = json!({"url": url});
        ask(&self.control, Method::POST, "/__world/remove", Some(&body)).await.map(drop)
    }

    /// What the providers saw.
    pub(crate) async fn truth(&self) -> Result<Value, Error> {
        ask(&self.control, Method::GET, "/__world/truth", None).await
    }

    /// Items that came up since a time, one JSON document each.
    pub(crate) async fn feed(&self, since: Timestamp) -> Result<String, Error> {
        let path = format!("/__world/feed?since={since}");
        self.control.text(&path).await
    }
}

/// Lets the world's time go on as the day's own, second by second, while people look at what was played.
///
/// # Errors
/// When the world no longer answers.
pub async fn keep_time(control: &str) -> Result<(), Error> {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        // Read anew each time: somebody may let hours pass meanwhile.
        let mut watch = Watch::read(control).await?;
        if let Err(error) = watch.step(1).await {
            tracing::debug!(%error, "the clock was moved by somebody else");
        }
    }
}

/// Lets hours of the world pass at once, so that its providers do what they do by then; gives the new time.
///
/// # Errors
/// When the world does not answer.
pub async fn wait(control: &str, hours: u32) -> Result<Timestamp, Error> {
    let mut watch = Watch::read(control).await?;
    watch.step(i64::from(hours) * 3600).await?;
    Ok(watch.now)
}

/// The one-time code of a Base32 secret at the world's time, as an authenticator that lived there would show it.
///
/// # Errors
/// When the world does not answer or the secret is no Base32.
pub async fn code(control: &str, secret: &str) -> Result<String, Error> {
    let watch = Watch::read(control).await?;
    super::person::code_of(secret, watch.now)
}

fn time(answer: &Value) -> Result<Timestamp, Error> {
    let text = answer["now"].as_str().unwrap_or_default();
    text.parse().map_err(|_| Error::Play(format!("the world's clock says {answer}")))
}

async fn ask(control: &Api, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Error> {
    control.call(None, method, path, body).await?.map_err(|no| Error::Play(no.sentence))
}
