//! The server loop: a limit on connections, a time to send headers, and an orderly end.

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// Connections of one listener at once; more wait in the system's queue.
const CONNECTIONS_MAX: usize = 1024;
/// Time to send the headers of a request, in seconds.
const HEADERS_SECONDS: u64 = 15;
/// Time for the TLS handshake, in seconds.
const HANDSHAKE_SECONDS: u64 = 10;
/// Streams of one HTTP/2 connection at once.
const STREAMS_MAX: u32 = 64;
/// Time for running requests to end at shutdown, in seconds.
const ENDING_SECONDS: u64 = 20;
/// Pause after a failed accept (no file descriptors left), in milliseconds.
const ACCEPT_PAUSE_MS: u64 = 50;

/// Serves a router until `shutdown`, then lets running requests end.
pub(crate) async fn run(
    listener: TcpListener,
    router: Router,
    tls: Option<Arc<rustls::ServerConfig>>,
    shutdown: CancellationToken,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    let acceptor = tls.map(TlsAcceptor::from);
    loop {
        let place = tokio::select! {
            () = shutdown.cancelled() => break,
            place = Arc::clone(&places).acquire_owned() => place,
        };
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(ACCEPT_PAUSE_MS)).await;
                continue;
            }
        };
        let watcher = graceful.watcher();
        let (router, acceptor) = (router.clone(), acceptor.clone());
        tokio::spawn(async move {
            let _place = place;
            match acceptor {
                None => connection(stream, router, watcher).await,
                Some(acceptor) => {
                    let limit = Duration::from_secs(HANDSHAKE_SECONDS);
                    if let Ok(Ok(stream)) = tokio::time::timeout(limit, acceptor.accept(stream)).await {
                        connection(stream, router, watcher).await;
                    }
                }
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(Duration::from_secs(ENDING_SECONDS), graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

async fn connection<S>(stream: S, router: Router, watcher: hyper_util::server::graceful::Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(HEADERS_SECONDS));
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(STREAMS_MAX);
    let connection =
        builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}
