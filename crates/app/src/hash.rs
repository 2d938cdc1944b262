//! Hashes of a file by program, as lists of the field write them: nothing is compared, and nothing is kept.
//!
//! Who asks has the right to search, gives a reason, and asks as often as for a lookup at most (D10, D16).

use crate::{Error, House, Result, lookup};
use connect::decoder::Want;
use domain::access::{Authorised, right};
use domain::bank::{PDQ_QUALITY_MIN, SignalKind};
use domain::id::AgencyId;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a file is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A picture: its PDQ, and its digests. A file that is none is refused.
    Picture,
    /// Words in UTF-8: their TLSH, and the digests.
    Text,
    /// Anything: its digests, and the PDQ when it is a picture.
    Any,
}

/// Hashes by kind, as text: hexadecimal digits. Empty where there is none that could be matched, as programs of the field
/// expect it: of a picture with a PDQ quality under [`PDQ_QUALITY_MIN`], of a text that is too short or too even.
pub async fn run(
    house: &House,
    space: &Authorised<AgencyId, right::Search>,
    (content, bytes): (Content, Vec<u8>),
    reason: Option<&str>,
) -> Result<BTreeMap<SignalKind, String>> {
    lookup::admit(house, space, reason).await?;
    if bytes.is_empty() || bytes.len() > lookup::FILE_MAX_BYTES {
        return Err(Error::Input(format!(
            "Ask with a file of 1 byte to {} MiB.",
            lookup::FILE_MAX_BYTES >> 20
        )));
    }
    let mut hashes = BTreeMap::from([
        (SignalKind::Sha256, hex::encode(Sha256::digest(&bytes))),
        (SignalKind::Sha1, hex::encode(Sha1::digest(&bytes))),
        (SignalKind::Md5, hex::encode(Md5::digest(&bytes))),
    ]);
    if content == Content::Text {
        let tlsh = text::tlsh::Tlsh::of(words(&bytes)?.as_bytes());
        hashes.insert(SignalKind::Tlsh, tlsh.map(|tlsh| tlsh.to_string()).unwrap_or_default());
        return Ok(hashes);
    }
    if !connect::decoder::announces_picture(lookup::start(&bytes)) {
        return match content {
            Content::Picture => Err(lookup::no_picture()),
            Content::Text | Content::Any => Ok(hashes),
        };
    }
    match house.decoder.picture(bytes, Want::default()).await {
        Ok(decoded) => {
            let pdq = decoded.pdq.filter(|pdq| pdq.quality >= PDQ_QUALITY_MIN);
            hashes.insert(SignalKind::Pdq, pdq.map(|pdq| pdq.hash.to_string()).unwrap_or_default());
        }
        Err(error) if error.is_of_the_file() && content == Content::Any => {}
        Err(error) if error.is_of_the_file() => return Err(Error::Input(error.to_string())),
        Err(error) => return Err(Error::Remote(error.to_string())),
    }
    Ok(hashes)
}

/// The words of a file that is said to be a text.
pub(crate) fn words(bytes: &[u8]) -> Result<&str> {
    let said = "The text is not UTF-8. Send it as UTF-8, or as a file of another kind.";
    std::str::from_utf8(bytes).map_err(|_| Error::Input(said.to_owned()))
}
