//! Encryption at rest: a key a record, wrapped by the master key (D9, LAW-114); keyed digests for equality.

use crate::db::{Db, Tx};
use crate::{Error, Result, params};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use domain::evidence::Retention;
use domain::id::AgencyId;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use std::path::Path;

const NONCE_BYTES: usize = 12;
/// Folders above a new secret whose names may be new too: its own, the data directory, and where that lies.
const SECRET_FOLDERS: usize = 3;
/// Length of every key here, in bytes.
pub const KEY_BYTES: usize = 32;

/// The master key and what is derived from it.
pub struct Keys {
    wrap: ChaCha20Poly1305,
    digest: [u8; KEY_BYTES],
}

/// Random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Setup(format!("the system gives no random numbers: {error}")))?;
    Ok(bytes)
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32]> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
        .map_err(|_| Error::Damaged("a key has a wrong length".into()))?;
    for part in parts {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}

impl Keys {
    /// Derives the wrapping and digest keys from a master key.
    pub fn new(master: &[u8; KEY_BYTES]) -> Result<Self> {
        let wrap = mac(master, &[b"renvoi wrap 1"])?;
        Ok(Self {
            wrap: ChaCha20Poly1305::new(&Key::from(wrap)),
            digest: mac(master, &[b"renvoi digest 1"])?,
        })
    }

    /// Reads the master key of a data directory, or makes one (mode 0600).
    pub fn open(file: &Path) -> Result<Self> {
        match std::fs::read(file) {
            Ok(bytes) => {
                let master: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| {
                    Error::Setup(format!(
                        "{} is not a key of {KEY_BYTES} bytes. Put back the right file.",
                        file.display()
                    ))
                })?;
                Self::new(&master)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let master = random::<KEY_BYTES>()?;
                write_secret(file, &master)?;
                Self::new(&master)
            }
            Err(error) => Err(Error::io(file)(error)),
        }
    }

    /// Encrypts small secrets (signing seeds, TOTP secrets): nonce, then ciphertext.
    pub fn wrap(&self, clear: &[u8]) -> Result<Vec<u8>> {
        seal(&self.wrap, clear)
    }

    /// The secret of [`Keys::wrap`].
    pub fn unwrap_secret(&self, wrapped: &[u8]) -> Result<Vec<u8>> {
        open(&self.wrap, wrapped)
    }

    /// A keyed digest of a value in a space: equal values are found, clear ones do not stand in the database.
    pub fn digest(&self, space: AgencyId, kind: &str, value: &[u8]) -> Result<[u8; 32]> {
        mac(&self.digest, &[space.0.as_bytes(), kind.as_bytes(), &[0], value])
    }

    /// A keyed digest that is the same for all agencies of this machine: for deconfliction only (D8).
    pub fn shared_digest(&self, kind: &str, value: &[u8]) -> Result<[u8; 32]> {
        mac(&self.digest, &[b"shared", kind.as_bytes(), &[0], value])
    }

    /// Encrypts a document under a fresh key; gives body, commitment and wrapped key.
    pub fn seal_document(&self, clear: &[u8]) -> Result<Sealed> {
        let key = random::<KEY_BYTES>()?;
        Ok(Sealed {
            body: seal(&ChaCha20Poly1305::new(&Key::from(key)), clear)?,
            commitment: mac(&key, &[clear])?,
            wrapped: self.wrap(&key)?,
        })
    }

    /// The clear bytes of a document; its commitment is checked.
    pub fn open_document(&self, body: &[u8], commitment: &[u8; 32], wrapped: &[u8]) -> Result<Vec<u8>> {
        let key: [u8; KEY_BYTES] = self
            .unwrap_secret(wrapped)?
            .try_into()
            .map_err(|_| Error::Damaged("a record key has a wrong length".into()))?;
        let clear = open(&ChaCha20Poly1305::new(&Key::from(key)), body)?;
        if mac(&key, &[&clear])? != *commitment {
            return Err(Error::Damaged("a document does not agree with its commitment".into()));
        }
        Ok(clear)
    }
}

/// A document as it is stored.
pub struct Sealed {
    /// Nonce and ciphertext.
    pub body: Vec<u8>,
    /// HMAC-SHA-256 of the clear bytes by the record's key: what events cite.
    pub commitment: [u8; 32],
    /// The record's key, wrapped.
    pub wrapped: Vec<u8>,
}

fn seal(cipher: &ChaCha20Poly1305, clear: &[u8]) -> Result<Vec<u8>> {
    let nonce = random::<NONCE_BYTES>()?;
    let mut out = nonce.to_vec();
    out.extend(
        cipher.encrypt(&Nonce::from(nonce), clear).map_err(|_| Error::Damaged("encryption failed".into()))?,
    );
    Ok(out)
}

fn open(cipher: &ChaCha20Poly1305, sealed: &[u8]) -> Result<Vec<u8>> {
    let Some((nonce, body)) = sealed.split_first_chunk::<NONCE_BYTES>() else {
        return Err(Error::Damaged("an encrypted value is cut short".into()));
    };
    cipher.decrypt(&Nonce::from(*nonce), body).map_err(|_| {
        Error::Damaged("an encrypted value was changed, or the master key is another one".into())
    })
}

/// Writes a secret file for its owner only, flushed.
pub fn write_secret(file: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut out = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .map_err(Error::io(file))?;
    out.write_all(bytes).and_then(|()| out.sync_all()).map_err(Error::io(file))?;
    // Its name, and those of the folders that a new data directory was just given.
    file.ancestors().skip(1).take(SECRET_FOLDERS).try_for_each(crate::sync_folder)
}

/// Where a document stands and what it commits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// Inside key.
    pub key: i64,
    /// Its commitment, for events.
    pub commitment: [u8; 32],
}

impl Put {
    /// The commitment as a fact: `hmac-sha-256:` and hex.
    #[must_use]
    pub fn fact(&self) -> String {
        format!("hmac-sha-256:{}", hex::encode(self.commitment))
    }
}

/// The document of a referral's file that a fact names, the newest where two are alike; `None` when it was erased.
pub async fn of_fact(db: &Db, fact: &str) -> Result<Option<i64>> {
    let Some(commitment) = fact.strip_prefix("hmac-sha-256:").and_then(|digits| hex::decode(digits).ok())
    else {
        return Ok(None);
    };
    let found = db
        .maybe(
            "SELECT key FROM document WHERE commitment = $1 AND retention = 'R3' ORDER BY key DESC LIMIT 1",
            params![commitment],
        )
        .await?;
    found.map(|row| row.int("key")).transpose()
}

/// Stores a document in the transaction.
pub async fn put(
    tx: &mut Tx,
    space: AgencyId,
    retention: Retention,
    clear: &[u8],
    now: Timestamp,
) -> Result<Put> {
    let sealed = tx.keys.seal_document(clear)?;
    let key = tx.numbers("document", 1).await?;
    put_sealed(tx, vec![(key, space, retention, now, sealed)]).await.map(|mut puts| puts.remove(0))
}

/// Stores documents that were sealed outside the transaction, under keys taken by [`Tx::numbers`].
pub async fn put_sealed(
    tx: &mut Tx,
    documents: Vec<(i64, AgencyId, Retention, Timestamp, Sealed)>,
) -> Result<Vec<Put>> {
    let mut puts = Vec::with_capacity(documents.len());
    let mut bodies = Vec::with_capacity(documents.len());
    let mut keys = Vec::with_capacity(documents.len());
    for (key, space, retention, now, sealed) in documents {
        puts.push(Put { key, commitment: sealed.commitment });
        bodies.push(params![key, space, retention.word(), now, sealed.body, sealed.commitment]);
        keys.push(params![key, sealed.wrapped]);
    }
    tx.insert("document", &["key", "space", "retention", "made_at", "body", "commitment"], bodies, "")
        .await?;
    tx.insert("record_key", &["document", "wrapped"], keys, "").await?;
    Ok(puts)
}

/// A document as JSON, stored in the transaction.
pub async fn put_json<T: serde::Serialize>(
    tx: &mut Tx,
    space: AgencyId,
    retention: Retention,
    value: &T,
    now: Timestamp,
) -> Result<Put> {
    let clear = serde_json::to_vec(value).map_err(|error| Error::Damaged(error.to_string()))?;
    put(tx, space, retention, &clear, now).await
}

const GET: &str = "SELECT d.body, d.commitment, k.wrapped FROM document d
                   LEFT JOIN record_key k ON k.document = d.key WHERE d.key = $1";

/// The clear bytes of a document; `None` when it was erased.
pub async fn get(db: &Db, key: i64) -> Result<Option<Vec<u8>>> {
    let Some(row) = db.maybe(GET, params![key]).await? else { return Ok(None) };
    clear(&db.keys, &row)
}

/// The same inside a transaction.
pub async fn get_in(tx: &mut Tx, key: i64) -> Result<Option<Vec<u8>>> {
    let Some(row) = tx.maybe(GET, params![key]).await? else { return Ok(None) };
    let keys = std::sync::Arc::clone(&tx.keys);
    clear(&keys, &row)
}

/// The clear bytes of a row with columns `body`, `commitment`, `wrapped`.
pub fn clear(keys: &Keys, row: &crate::Row) -> Result<Option<Vec<u8>>> {
    match row.bytes("wrapped") {
        Ok(wrapped) => {
            Ok(Some(keys.open_document(&row.bytes("body")?, &row.digest("commitment")?, &wrapped)?))
        }
        Err(_) => Ok(None),
    }
}

/// A JSON document; `None` when it was erased.
pub async fn get_json<T: serde::de::DeserializeOwned>(db: &Db, key: i64) -> Result<Option<T>> {
    get(db, key)
        .await?
        .map(|clear| {
            serde_json::from_slice(&clear).map_err(|error| Error::Damaged(format!("document {key}: {error}")))
        })
        .transpose()
}

/// Destroys the key of a document and empties its body; what events say of it stays true.
pub async fn erase(tx: &mut Tx, key: i64, why: &str, now: Timestamp) -> Result<()> {
    tx.run("DELETE FROM record_key WHERE document = $1", params![key]).await?;
    tx.run("UPDATE document SET body = $2 WHERE key = $1", params![key, Vec::<u8>::new()]).await?;
    tx.run(
        "INSERT INTO erasure (document, erased_at, why) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        params![key, now, why],
    )
    .await?;
    Ok(())
}
