//! The face: API, pages, inbox, session, stream. Thin.
//!
//! Two origins: one for pages and API, one that serves files from outside, sandboxed and without cookies. A request
//! passes headers, the identity ([`identity`]), then one handler, which loads through `app::load` and calls one step.

pub mod api;
pub mod console;
pub mod fault;
mod headers;
pub mod identity;
mod listen;
pub mod look;
mod media;
pub mod pages;
mod rxp;
pub mod words;

use app::House;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use http::StatusCode;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::timeout::TimeoutLayer;

/// Largest body of a request that is not an upload, in bytes.
const BODY_MAX_BYTES: usize = 1024 * 1024;
/// Longest a request may take, in seconds; streams are outside.
const REQUEST_SECONDS: u64 = 60;

/// What a server is told besides its addresses.
#[derive(Default)]
pub struct Options {
    /// TLS; without it plain HTTP, for loopback and behind a proxy.
    pub tls: Option<Arc<rustls::ServerConfig>>,
    /// Origin of the media listener as browsers reach it, such as `https://media.renvoi.example`; found from its
    /// address when missing.
    pub media_origin: Option<String>,
}

/// What handlers share.
#[derive(Clone)]
pub struct App {
    /// The data directory.
    pub house: Arc<House>,
    /// Origin of the media listener.
    pub media_origin: Arc<str>,
    /// Cancelled when the server ends: streams end too.
    pub shutdown: CancellationToken,
    /// When this server began.
    pub started_at: jiff::Timestamp,
}

/// A running server.
pub struct Served {
    /// Where pages and API are.
    pub addr: SocketAddr,
    /// Where media are.
    pub media_addr: SocketAddr,
    shutdown: CancellationToken,
    listeners: [tokio::task::JoinHandle<()>; 2],
}

impl Served {
    /// A token that ends the server when it is cancelled.
    #[must_use]
    pub fn shutdown(&self) -> CancellationToken {
        self.shutdown.clone()
    }

    /// Lets running requests end, then returns.
    pub async fn stop(self) {
        self.shutdown.cancel();
        self.ended().await;
    }

    /// Waits until the server has ended.
    pub async fn ended(self) {
        for listener in self.listeners {
            if let Err(error) = listener.await {
                tracing::error!(%error, "a listener failed");
            }
        }
    }
}

/// Starts the server on both addresses; port 0 takes a free one.
pub async fn serve(
    house: Arc<House>,
    listen: SocketAddr,
    media_listen: SocketAddr,
    options: Options,
) -> std::io::Result<Served> {
    let (pages, media) = (bound(listen).await?, bound(media_listen).await?);
    let (addr, media_addr) = (pages.local_addr()?, media.local_addr()?);
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let shutdown = CancellationToken::new();
    let app = App {
        media_origin: options.media_origin.unwrap_or_else(|| format!("{scheme}://{media_addr}")).into(),
        started_at: house.clock.now(),
        house,
        shutdown: shutdown.clone(),
    };
    let media_router = media::router(app.clone());
    let listeners = [
        tokio::spawn(listen::run(pages, router(app), options.tls.clone(), shutdown.clone())),
        tokio::spawn(listen::run(media, media_router, options.tls, shutdown.clone())),
    ];
    Ok(Served { addr, media_addr, shutdown, listeners })
}

/// Listens; what goes wrong names the address.
async fn bound(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let sentence = format!(
            "cannot listen on {address}: {error}. Stop what listens there, or name another address (--listen, --media-listen)."
        );
        std::io::Error::new(error.kind(), sentence)
    })
}

/// Everything of the first origin.
fn router(app: App) -> Router {
    let policy = headers::page_policy(&app.media_origin);
    let [api, streams, uploads] = [api::router(), api::streams(), api::uploads()]
        .map(|part| part.split_for_parts().0.layer(axum::middleware::from_fn(fault::as_problem)));
    let timed = api.merge(console::router(&app)).merge(rxp::router()).layer(TimeoutLayer::with_status_code(
        StatusCode::REQUEST_TIMEOUT,
        Duration::from_secs(REQUEST_SECONDS),
    ));
    timed
        .merge(streams)
        .merge(uploads)
        .merge(console::untimed(&app))
        .fallback(console::not_found)
        .layer(axum::middleware::from_fn_with_state(app.clone(), identity::identify))
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(axum::middleware::from_fn_with_state(policy, headers::strict))
        .with_state(app)
}
