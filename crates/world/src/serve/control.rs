//! The control port: the player moves the clock, asks for the truth, and reads what came up.

use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming as Body;
use hyper::header::CONTENT_TYPE;
use hyper::{Request, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::behaviour;
use super::net::{Answer, finish, replace};
use super::outbox;
use super::pages;
use super::state::{Shared, wire_time};
use super::truth;

/// Largest body of a request.
const BODY_BYTES_MAX: usize = 4096;

/// One request of the player. Steps of the clock wait for each other.
pub(crate) async fn handle(
    shared: &Arc<Shared>,
    stepping: &tokio::sync::Mutex<()>,
    request: Request<Body>,
) -> Answer {
    let (method, path) = (request.method().as_str().to_owned(), request.uri().path().to_owned());
    match (method.as_str(), path.as_str()) {
        ("GET", "/__world/health") => json_answer(200, &json!({"ready": true})),
        ("GET", "/__world/clock") => {
            let now = shared.lock().now;
            json_answer(200, &json!({"now": wire_time(now)}))
        }
        ("POST", "/__world/clock") => {
            let asked = body_of(request).await;
            let Some(now) = asked["now"].as_str().and_then(|t| t.parse::<Timestamp>().ok()) else {
                return json_answer(
                    400,
                    &json!({"error": "body must be {\"now\": \"2027-04-25T06:00:00Z\"}"}),
                );
            };
            let _one_at_a_time = stepping.lock().await;
            step(shared, now).await
        }
        ("POST", "/__world/remove") => {
            let asked = body_of(request).await;
            let Some(item) = asked["url"].as_str().and_then(|url| shared.item_of(url)) else {
                return json_answer(404, &json!({"error": "no such item"}));
            };
            shared.lock().remove_by_hand(shared, item);
            json_answer(200, &json!({"removed": true}))
        }
        ("GET", "/__world/truth") => {
            let counts = truth::counts(shared, &shared.lock());
            json_answer(200, &counts)
        }
        ("GET", "/__world/feed") => {
            let since = request.uri().query().and_then(|q| q.strip_prefix("since="));
            let since = since.map(|s| s.replace("%3A", ":").replace("%3a", ":").parse::<Timestamp>());
            if since.as_ref().is_some_and(Result::is_err) {
                return json_answer(400, &json!({"error": "since must be a time like 2027-04-25T06:00:00Z"}));
            }
            let lines = pages::feed(&shared.lock(), since.and_then(Result::ok));
            finish(Response::builder().header(CONTENT_TYPE, "application/x-ndjson"), lines)
        }
        _ => json_answer(404, &json!({"error": "no such route"})),
    }
}

async fn body_of(request: Request<Body>) -> Value {
    let body = Limited::new(request.into_body(), BODY_BYTES_MAX).collect().await;
    let body = body.map(|b| b.to_bytes().to_vec()).unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_default()
}

/// Moves the clock, does what falls due, sends what came of it. The clock never goes back.
async fn step(shared: &Arc<Shared>, now: Timestamp) -> Answer {
    let (actions, reappeared, now) = {
        let mut inner = shared.lock();
        if now < inner.now {
            let text = wire_time(inner.now);
            return json_answer(409, &json!({"error": "the clock does not go back", "now": text}));
        }
        let before = inner.reappeared;
        let actions = behaviour::step(shared, &mut inner, now);
        (actions, inner.reappeared - before, inner.now)
    };
    if let Err(error) = write_clock(shared) {
        return json_answer(500, &json!({"error": error.to_string()}));
    }
    let sent = outbox::deliver(shared).await;
    json_answer(
        200,
        &json!({
            "now": wire_time(now), "actions": actions, "reappeared": reappeared,
            "outcomes_sent": sent.acknowledged, "outcomes_pending": sent.pending,
        }),
    )
}

/// `net/clock.json`: the time for those who do not ask the control port.
pub(crate) fn write_clock(shared: &Shared) -> Result<(), crate::Error> {
    let now = shared.lock().now;
    let clock = format!("{}\n", json!({"now": wire_time(now)}));
    replace(&shared.dir.join("net/clock.json"), clock.as_bytes())
}

fn json_answer(status: u16, value: &Value) -> Answer {
    let builder = Response::builder().status(status).header(CONTENT_TYPE, "application/json");
    finish(builder, format!("{value}\n").into_bytes())
}
