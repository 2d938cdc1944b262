//! Pictures for people: a short-lived address, and the preview that the decoder's child makes (D19).

use crate::{Error, House, Result};
use connect::decoder::Want;
use domain::id::AgencyId;
use jiff::Timestamp;
use uuid::Uuid;

/// How long an address works, in seconds.
const ADDRESS_SECONDS: i64 = 600;
const SPACE_BYTES: usize = 16;
const END_BYTES: usize = 8;
const DIGEST_BYTES: usize = 32;
const SEALED_BYTES: usize = SPACE_BYTES + END_BYTES + DIGEST_BYTES;
const SEAL_BYTES: usize = 32;

/// The token of a blob's preview for the media origin: only for a person who was let to the blob's page.
pub fn address(house: &House, space: AgencyId, sha256: &str) -> Result<String> {
    let digest = hex::decode(sha256).map_err(|error| Error::Bug(error.to_string()))?;
    let end = house.clock.now().as_second().saturating_add(ADDRESS_SECONDS);
    let mut token = Vec::with_capacity(SEALED_BYTES + SEAL_BYTES);
    token.extend(space.0.as_bytes());
    token.extend(end.to_be_bytes());
    token.extend(digest);
    token.extend(house.db.keys.shared_digest("media address", &token)?);
    Ok(hex::encode(token))
}

/// The space and digest of a token that is ours and not over.
fn opened(house: &House, token: &str, now: Timestamp) -> Result<Option<(AgencyId, String)>> {
    let Ok(bytes) = hex::decode(token) else { return Ok(None) };
    let Some((sealed, seal)) = bytes.split_at_checked(SEALED_BYTES) else { return Ok(None) };
    let right = house.db.keys.shared_digest("media address", sealed)?;
    let same = seal.len() == right.len() && seal.iter().zip(right).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    let (space, rest) = sealed.split_at(SPACE_BYTES);
    let (end, digest) = rest.split_at(END_BYTES);
    let end = i64::from_be_bytes(end.try_into().unwrap_or_default());
    if !same || now.as_second() > end {
        return Ok(None);
    }
    let space = Uuid::from_slice(space).map_err(|error| Error::Bug(error.to_string()))?;
    Ok(Some((AgencyId(space), hex::encode(digest))))
}

/// The preview of a token: a JPEG, or `None` when token or file is none of ours, or the file is no picture.
pub async fn preview(house: &House, token: &str) -> Result<Option<Vec<u8>>> {
    let Some((space, sha256)) = opened(house, token, house.clock.now())? else { return Ok(None) };
    let blobs = house.blobs.clone();
    let Some(bytes) = tokio::task::spawn_blocking(move || blobs.get(space, &sha256)).await?? else {
        return Ok(None);
    };
    match house.decoder.picture(bytes, Want { preview: true, ..Want::default() }).await {
        Ok(decoded) => Ok(decoded.preview),
        Err(error) if error.is_of_the_file() => Ok(None),
        Err(error) => Err(Error::Remote(error.to_string())),
    }
}
