//! Listeners: HTTPS for all services, HTTP that leads to it, SMTP, and the control port of the player.

use std::convert::Infallible;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming as Body};
use hyper::header::{CONTENT_TYPE, DATE, HOST, LOCATION, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::control;
use super::pages;
use super::rxp::{self, DOCUMENT_BYTES_MAX, Incoming, MEDIA_TYPE, Reply};
use super::smtp;
use super::state::Shared;
use crate::Error;

/// Connections of one listener at once.
const CONNECTIONS_MAX: usize = 512;
const HEADER_WAIT_S_MAX: u64 = 15;
const HANDSHAKE_WAIT_S_MAX: u64 = 15;

/// A connection that ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("connection dropped on purpose")]
pub(crate) struct Dropped;

pub(crate) type Answer = Response<Full<Bytes>>;

/// A listener on loopback.
pub(crate) async fn bind(port: u16) -> Result<(TcpListener, SocketAddr), Error> {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let listener = TcpListener::bind(address).await.map_err(Error::io(address))?;
    let address = listener.local_addr().map_err(Error::io(address))?;
    Ok((listener, address))
}

/// HTTPS for every service.
pub(crate) fn https(
    listener: TcpListener,
    config: rustls::ServerConfig,
    shared: Arc<Shared>,
) -> JoinHandle<()> {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    accept(listener, move |stream| {
        let (acceptor, shared) = (acceptor.clone(), shared.clone());
        async move {
            let handshake = acceptor.accept(stream);
            let Ok(Ok(stream)) =
                tokio::time::timeout(Duration::from_secs(HANDSHAKE_WAIT_S_MAX), handshake).await
            else {
                return;
            };
            http(stream, move |request| services(shared.clone(), request)).await;
        }
    })
}

/// Plain HTTP: every address leads to its HTTPS form.
pub(crate) fn plain(listener: TcpListener) -> JoinHandle<()> {
    accept(listener, |stream| async move {
        http(stream, |request| async move { Ok::<_, Infallible>(to_https(&request)) }).await;
    })
}

/// The control port.
pub(crate) fn control(listener: TcpListener, shared: Arc<Shared>) -> JoinHandle<()> {
    let stepping = Arc::new(tokio::sync::Mutex::new(()));
    accept(listener, move |stream| {
        let (shared, stepping) = (shared.clone(), stepping.clone());
        async move {
            let handle = move |request| {
                let (shared, stepping) = (shared.clone(), stepping.clone());
                async move { Ok::<_, Infallible>(control::handle(&shared, &stepping, request).await) }
            };
            http(stream, handle).await;
        }
    })
}

/// The mail sink.
pub(crate) fn mail(listener: TcpListener, shared: Arc<Shared>) -> JoinHandle<()> {
    accept(listener, move |stream| {
        let shared = shared.clone();
        async move {
            if let Err(error) = smtp::session(shared, stream).await {
                tracing::debug!(%error, "mail session ended");
            }
        }
    })
}

fn accept<F, Done>(listener: TcpListener, handle: F) -> JoinHandle<()>
where
    F: Fn(TcpStream) -> Done + Send + 'static,
    Done: Future<Output = ()> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    tokio::spawn(async move {
        while let Ok(place) = places.clone().acquire_owned().await {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            let work = handle(stream);
            tokio::spawn(async move {
                work.await;
                drop(place);
            });
        }
    })
}

async fn http<S, F, Done, E>(stream: S, handle: F)
where
    S: AsyncRead + AsyncWrite + Unpin,
    F: Fn(Request<Body>) -> Done,
    Done: Future<Output = Result<Answer, E>>,
    E: std::error::Error + Send + Sync + 'static,
{
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEADER_WAIT_S_MAX))
        .serve_connection(TokioIo::new(stream), service_fn(handle));
    if let Err(error) = connection.await {
        tracing::debug!(%error, "connection ended");
    }
}

fn header(request: &Request<Body>, name: &str) -> Option<String> {
    request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

fn to_https(request: &Request<Body>) -> Answer {
    let host = header(request, "host").unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
    let builder = Response::builder().status(StatusCode::MOVED_PERMANENTLY);
    finish(builder.header(LOCATION, format!("https://{host}{path}")), Vec::new())
}

/// One request to one of the services, by its `Host`.
async fn services(shared: Arc<Shared>, request: Request<Body>) -> Result<Answer, Dropped> {
    let host = header(&request, HOST.as_str()).unwrap_or_default();
    let Some(service) = shared.service_of(&host) else {
        return Ok(finish(Response::builder().status(StatusCode::MISDIRECTED_REQUEST), Vec::new()));
    };
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let Some(route) = path.strip_prefix("/rxp/v1/") else {
        return Ok(show(&shared, service, &request, &path));
    };
    let incoming = Incoming {
        method: request.method().to_string(),
        target_uri: format!("https://{host}{path}"),
        content_type: header(&request, "content-type"),
        content_encoding: header(&request, "content-encoding"),
        content_digest: header(&request, "content-digest"),
        rxp_id: header(&request, "rxp-id"),
        signature_input: header(&request, "signature-input"),
        signature: header(&request, "signature"),
    };
    let reply = match (incoming.method.as_str(), route) {
        ("POST", "messages") => {
            // One byte more than allowed is read, so that the receiver can say that it is too large.
            let limited = Limited::new(request.into_body(), DOCUMENT_BYTES_MAX + 1);
            let body = limited.collect().await.map(|b| b.to_bytes().to_vec());
            rxp::receive(
                &shared,
                service,
                &incoming,
                &body.unwrap_or_else(|_| vec![b' '; DOCUMENT_BYTES_MAX + 1]),
            )
        }
        ("GET", "status") => {
            return Ok(finish(
                Response::builder().header(CONTENT_TYPE, "application/json"),
                br#"{"rxp":"1"}"#.to_vec(),
            ));
        }
        ("GET", route) if route.starts_with("receipts/") => {
            rxp::receipt_of(&shared, service, &incoming, route.trim_start_matches("receipts/"))
        }
        _ => return Ok(finish(Response::builder().status(StatusCode::NOT_FOUND), Vec::new())),
    };
    if reply.drop { Err(Dropped) } else { Ok(document(&shared, reply)) }
}

fn document(shared: &Shared, reply: Reply) -> Answer {
    let mut builder = Response::builder().status(reply.status).header(CONTENT_TYPE, MEDIA_TYPE);
    if let Some(seconds) = reply.retry_after_s {
        builder = builder.header(RETRY_AFTER, seconds);
    }
    let now = shared.lock().now;
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    finish(builder.header(DATE, date), reply.body)
}

fn show(shared: &Shared, service: usize, request: &Request<Body>, path: &str) -> Answer {
    if !matches!(request.method().as_str(), "GET" | "HEAD") {
        return finish(Response::builder().status(StatusCode::METHOD_NOT_ALLOWED), Vec::new());
    }
    let page = pages::page(shared, service, path);
    let mut builder = Response::builder().status(page.status).header(CONTENT_TYPE, page.content_type);
    if let Some(location) = page.location {
        builder = builder.header(LOCATION, location);
    }
    finish(builder, page.body)
}

/// Ends a response; our own headers are always well-formed.
pub(crate) fn finish(builder: hyper::http::response::Builder, body: Vec<u8>) -> Answer {
    builder.body(Full::new(Bytes::from(body))).unwrap_or_else(|_| Response::new(Full::default()))
}

/// Writes a file whole: the player never reads half of it.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = path.with_extension("part");
    fs::write(&beside, bytes).map_err(Error::io(beside.display()))?;
    fs::rename(&beside, path).map_err(Error::io(path.display()))
}
