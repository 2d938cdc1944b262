//! A gate on the way to a house: it lets requests through, loses them, loses the answers, or answers itself.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Longest request or answer that passes, in bytes.
const PASSES_MAX_BYTES: usize = 1 << 20;

/// What a gate does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// It passes.
    Through,
    /// It is lost before it arrives.
    Lost,
    /// It arrives, and its answer is lost.
    AnswerLost,
    /// It arrives twice; the second answer goes back.
    Twice,
    /// It does not arrive; this is answered: status and body.
    Says(u16, String),
}

struct State {
    way: Way,
    seen: Vec<Vec<u8>>,
}

/// A gate in front of a house.
pub(super) struct Gate {
    /// Where it listens.
    pub(super) addr: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Gate {
    /// A gate that lets requests through to an address. It ends with the test's runtime.
    pub(super) async fn before(house: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let addr = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State { way: Way::Through, seen: Vec::new() }));
        let kept = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&kept);
                // A broken connection is what some of these tests are about.
                tokio::spawn(async move { drop(pass(stream, house, &state).await) });
            }
        });
        Ok(Self { addr, state })
    }

    /// What it does from now on.
    pub(super) fn set(&self, way: Way) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).way = way;
    }

    /// Every request so far, byte for byte.
    pub(super) fn seen(&self) -> Vec<Vec<u8>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).seen.clone()
    }
}

async fn pass(mut from: TcpStream, house: SocketAddr, state: &Mutex<State>) -> std::io::Result<()> {
    let request = whole(&mut from).await?;
    let way = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.seen.push(request.clone());
        state.way.clone()
    };
    let answer = match way {
        Way::Lost => return Ok(()),
        Way::AnswerLost => {
            raw(house, &request).await?;
            return Ok(());
        }
        Way::Through => raw(house, &request).await?,
        Way::Twice => {
            raw(house, &request).await?;
            raw(house, &request).await?
        }
        Way::Says(status, body) => {
            let length = body.len();
            format!("HTTP/1.1 {status} Said\r\ncontent-type: application/rxp+json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
                .into_bytes()
        }
    };
    from.write_all(&answer).await?;
    from.shutdown().await
}

/// Sends a request byte for byte and gives the whole answer.
pub(super) async fn raw(to: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(to).await?;
    stream.write_all(request).await?;
    whole(&mut stream).await
}

/// Head and body of a request or an answer, by its `content-length`.
async fn whole(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut wanted = usize::MAX;
    while bytes.len() < wanted {
        let mut part = [0; 8192];
        let read = stream.read(&mut part).await?;
        if read == 0 || bytes.len() > PASSES_MAX_BYTES {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&part[..read]);
        if wanted == usize::MAX
            && let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            wanted = end + 4 + length.unwrap_or(0);
        }
    }
    Ok(bytes)
}
