//! One HTTP POST to a peer, as a provider sends it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::peers::Peer;
use super::rxp::DOCUMENT_BYTES_MAX;
use super::tls;

/// Longest wait for a whole answer.
const WAIT_S_MAX: u64 = 20;

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Header `Date`.
    pub(crate) date: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Posts to `{endpoint}/messages`, with the headers given and `Host` from the address.
pub(crate) async fn post(
    dir: &Path,
    peer: &Peer,
    uri: &str,
    headers: &[(&'static str, String)],
    body: Vec<u8>,
) -> Result<Answer, String> {
    let exchange = exchange(dir, peer, uri, headers, body);
    timeout(Duration::from_secs(WAIT_S_MAX), exchange).await.map_err(|_| "no answer in time".to_owned())?
}

async fn exchange(
    dir: &Path,
    peer: &Peer,
    uri: &str,
    headers: &[(&'static str, String)],
    body: Vec<u8>,
) -> Result<Answer, String> {
    let uri: Uri = uri.parse().map_err(|_| "endpoint is no address".to_owned())?;
    let host = uri.host().ok_or("endpoint has no host")?.to_owned();
    let secure = uri.scheme_str() == Some("https") && !peer.plain;
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let address = peer.connect.clone().unwrap_or_else(|| format!("{host}:{port}"));
    let path = uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let authority = uri.authority().map_or(host.clone(), ToString::to_string);
    let mut request = Request::post(path).header("host", authority);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(Bytes::from(body))).map_err(|e| e.to_string())?;

    let stream = TcpStream::connect(&address).await.map_err(|e| format!("{address}: {e}"))?;
    if !secure {
        return over(stream, request).await;
    }
    let ca = peer.ca.clone().unwrap_or_else(|| dir.join("net/ca.pem"));
    let config = tls::client(&ca).map_err(|e| e.to_string())?;
    let name = ServerName::try_from(host).map_err(|e| e.to_string())?;
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    over(connector.connect(name, stream).await.map_err(|e| e.to_string())?, request).await
}

async fn over<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|e| e.to_string())?;
    let driver = tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(|e| e.to_string())?;
    let status = response.status().as_u16();
    let date = response.headers().get("date").and_then(|d| d.to_str().ok()).map(str::to_owned);
    let limited = Limited::new(response.into_body(), DOCUMENT_BYTES_MAX);
    let body = limited.collect().await.map_err(|e| e.to_string())?.to_bytes().to_vec();
    driver.abort();
    Ok(Answer { status, date, body })
}
