//! RXP-170: the worked examples of the specification, and the keys they are signed with.

use exchange::{Jwk, Lookup, OrgId, WireTime, ijson};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The worked examples: number and type, and text as in the specification.
pub(crate) fn all() -> Vec<(String, String)> {
    let mut examples: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("digests.json"))
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    examples.sort();
    examples
}

/// The text of one, by its number.
pub(crate) fn text(number: &str) -> String {
    all().into_iter().find(|(name, _)| name.starts_with(number)).unwrap().1
}

/// The same as a value.
pub(crate) fn value(number: &str) -> serde_json::Value {
    ijson::parse(text(number).as_bytes()).unwrap().value
}

/// The digests that the specification prints, by number.
pub(crate) fn digests() -> serde_json::Map<String, serde_json::Value> {
    serde_json::from_str(&std::fs::read_to_string(folder().join("digests.json")).unwrap()).unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// The example key of an organisation: never used elsewhere.
pub(crate) fn key(org: &str) -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&Sha256::digest(format!("rxp example key {org}")).into())
}

/// The same as a JWK, with the time of the worked JWKS.
pub(crate) fn jwk(org: &str) -> Jwk {
    Jwk::of(&key(org), 1_790_000_000, 1_821_536_000)
}

/// A key store that knows the one key of each organisation.
pub(crate) fn lookup(org: &OrgId, kid: &str) -> Lookup {
    let key = jwk(org.as_str());
    if key.kid == kid { Lookup::Key(key) } else { Lookup::NoSuchKey }
}

/// A time after all of the examples.
pub(crate) fn now() -> WireTime {
    time("2027-01-10T00:00:00.000Z")
}

/// Cases of a property test: `few`, or what `RENVOI_TRIALS` says.
pub(crate) fn trials(few: u32) -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(few)
}

pub(crate) fn time(text: &str) -> WireTime {
    text.parse().unwrap()
}
