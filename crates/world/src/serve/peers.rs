//! The senders that providers know: `net/peers.json`, written by the player before it sends, read again on each use.

use std::fs;
use std::path::{Path, PathBuf};

use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use serde_json::Value;

use super::jws;

/// Largest file read.
const PEERS_BYTES_MAX: usize = 1 << 20;

/// One sender. The file holds a list of these, one of these, or `{"peers": […]}`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Peer {
    /// Org id.
    pub(crate) org: String,
    /// JWKS document.
    pub(crate) jwks: Value,
    /// Base address of its RXP routes, e.g. `https://aster.example/rxp/v1`: the one that is signed.
    pub(crate) endpoint: String,
    /// Address to connect to, `127.0.0.1:8080`, when the name of the endpoint leads nowhere.
    #[serde(default)]
    pub(crate) connect: Option<String>,
    /// Plain HTTP on `connect`, although the endpoint says `https` (a proxy would end TLS before it).
    #[serde(default)]
    pub(crate) plain: bool,
    /// PEM of the authority of its certificate; else that of the world.
    #[serde(default)]
    pub(crate) ca: Option<PathBuf>,
}

impl Peer {
    /// Its keys that are not revoked. `nbf` and `exp` are not judged: a stepped clock may be years away from them.
    pub(crate) fn keys(&self) -> Vec<VerifyingKey> {
        let list = self.jwks["keys"].as_array().map_or(&[][..], Vec::as_slice);
        list.iter()
            .filter(|jwk| jwk.get("revoked_at").is_none_or(Value::is_null))
            .filter_map(jws::from_jwk)
            .collect()
    }
}

/// All peers; none when the file is missing or does not read.
pub(crate) fn read(dir: &Path) -> Vec<Peer> {
    let path = dir.join("net/peers.json");
    let Ok(bytes) = fs::read(&path) else { return Vec::new() };
    if bytes.len() > PEERS_BYTES_MAX {
        return Vec::new();
    }
    let value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    let list = match value {
        Value::Object(mut map) if map.contains_key("peers") => map.remove("peers").unwrap_or_default(),
        Value::Object(map) => Value::Array(vec![Value::Object(map)]),
        other => other,
    };
    let list = list.as_array().cloned().unwrap_or_default();
    list.into_iter().filter_map(|peer| serde_json::from_value(peer).ok()).collect()
}

/// One peer by its org id.
pub(crate) fn find(dir: &Path, org: &str) -> Option<Peer> {
    read(dir).into_iter().find(|peer| peer.org == org)
}
