//! Test only: small HTTP servers on loopback, plain or with TLS by a throw-away authority.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A request as a test server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

/// A running test server; it ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// Connections accepted.
    pub(crate) accepts: Arc<AtomicUsize>,
    pub(crate) requests: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Waits until every connection made so far is counted: accepts come in order, so our own comes last.
    pub(crate) async fn accepted(&self) -> usize {
        let before = self.accepts.load(Ordering::SeqCst);
        let Ok(_own) = TcpStream::connect(self.address).await else { return before };
        loop {
            let now = self.accepts.load(Ordering::SeqCst);
            if now > before {
                return self.accepts.fetch_sub(1, Ordering::SeqCst) - 1;
            }
            tokio::task::yield_now().await;
        }
    }
}

/// Answers each request by `answer`: the whole HTTP response as bytes.
pub(crate) async fn serve(
    tls: Option<TlsAcceptor>,
    answer: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static,
) -> std::io::Result<Server> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let accepts = Arc::new(AtomicUsize::new(0));
    let requests = Arc::new(Mutex::new(Vec::new()));
    let server = Server { address, accepts: Arc::clone(&accepts), requests: Arc::clone(&requests) };
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            accepts.fetch_add(1, Ordering::SeqCst);
            let (tls, answer, requests) = (tls.clone(), Arc::clone(&answer), Arc::clone(&requests));
            tokio::spawn(async move {
                match tls {
                    None => one(stream, &*answer, &requests).await,
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => one(stream, &*answer, &requests).await,
                        Err(_) => None,
                    },
                }
            });
        }
    });
    Ok(server)
}

async fn one(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &(impl Fn(&Seen) -> Vec<u8> + ?Sized),
    requests: &Mutex<Vec<Seen>>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let length = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok()
        })
        .unwrap_or(0);
    while bytes.len() < head_end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let seen = Seen { head, body: bytes.split_off(head_end) };
    let response = answer(&seen);
    requests.lock().ok()?.push(seen);
    stream.write_all(&response).await.ok()?;
    stream.shutdown().await.ok()
}

/// A whole response with its length.
pub(crate) fn response(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A throw-away authority (PEM) and an acceptor with a certificate by it for `hosts`.
pub(crate) fn authority(hosts: &[&str]) -> Result<(Vec<u8>, TlsAcceptor), Box<dyn std::error::Error>> {
    let _already = rustls::crypto::ring::default_provider().install_default();
    let mut ca = rcgen::CertificateParams::new(Vec::new())?;
    ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let ca_key = rcgen::KeyPair::generate()?;
    let ca_pem = ca.self_signed(&ca_key)?.pem().into_bytes();
    let issuer = rcgen::Issuer::new(ca, ca_key);
    let names: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    let key = rcgen::KeyPair::generate()?;
    let leaf = rcgen::CertificateParams::new(names)?.signed_by(&key, &issuer)?;
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der())?;
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)?;
    Ok((ca_pem, TlsAcceptor::from(Arc::new(config))))
}
