//! The stream: counters of the reader's spaces, sent when something changes there (server-sent events).
//!
//! An event holds the whole state, so a reader that comes back needs nothing of what it missed: its `Last-Event-ID` is
//! answered by the state of now. A stream keeps no session alive, and ends with it or with the server.

use crate::App;
use crate::identity::Signed;
use app::sign_in::Who;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A silent line is kept open by a comment every so many seconds.
const KEEP_ALIVE_SECONDS: u64 = 15;
/// Changes within so many milliseconds are sent together.
const TOGETHER_MS: u64 = 400;
/// A stream ends after so many seconds; the browser comes back, and its session is looked at again.
const STREAM_SECONDS: u64 = 15 * 60;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(stream))
}

/// Counters of your spaces, live: events named `counters`.
#[utoipa::path(get, path = "/api/v1/stream", tag = "house", responses((status = 200, description = "text/event-stream")),
    extensions(("x-right" = json!("session"))))]
async fn stream(State(app): State<App>, Signed(who): Signed) -> Response {
    live(app, who)
}

/// The answer to a reader of the stream.
pub(crate) fn live(app: App, who: Who) -> Response {
    let keep = KeepAlive::new().interval(Duration::from_secs(KEEP_ALIVE_SECONDS));
    let mut response = Sse::new(events(app, who)).keep_alive(keep).into_response();
    // Proxies must not gather the events.
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

fn events(app: App, who: Who) -> impl Stream<Item = Result<Event, Infallible>> {
    let notices = app.house.notices.subscribe();
    let end = tokio::time::Instant::now() + Duration::from_secs(STREAM_SECONDS);
    futures_util::stream::unfold(
        (app, who, notices, true),
        move |(app, who, mut notices, first)| async move {
            if !first {
                loop {
                    let notice = tokio::select! {
                        () = app.shutdown.cancelled() => return None,
                        () = tokio::time::sleep_until(end) => return None,
                        notice = notices.recv() => notice,
                    };
                    match notice {
                        Ok(space) if !who.actor.spaces.contains(&space) => {}
                        // Too many to keep: the state of now is sent, which is all that counts.
                        Ok(_) | Err(RecvError::Lagged(_)) => break,
                        Err(RecvError::Closed) => return None,
                    }
                }
                tokio::time::sleep(Duration::from_millis(TOGETHER_MS)).await;
                while notices.try_recv().is_ok() {}
            }
            let event = counters(&app, &who).await?;
            Some((Ok(event), (app, who, notices, false)))
        },
    )
}

async fn counters(app: &App, who: &Who) -> Option<Event> {
    let waiting = match app::view::waiting(&app.house, &who.actor).await {
        Ok(waiting) => waiting,
        Err(error) => {
            tracing::error!(%error, "the counters could not be read");
            return None;
        }
    };
    let mut all = Map::new();
    all.insert("clusters_waiting".into(), waiting.clusters.into());
    all.insert("letters_waiting".into(), waiting.letters.into());
    all.insert("cases_waiting".into(), waiting.cases.into());
    all.insert("signals_waiting".into(), waiting.signals.into());
    if who.actor.may(domain::access::Right::Read)
        && let Ok(wall) = app::view::wall::wall(&app.house, &who.actor).await
        && let Ok(wall) = app::view::wall::counters(&app.house, &who.actor, &wall).await
        && let Ok(Value::Object(wall)) = serde_json::to_value(wall)
    {
        all.extend(wall);
    }
    let id = app.house.clock.now().as_microsecond().to_string();
    Some(Event::default().event("counters").id(id).data(Value::Object(all).to_string()))
}
