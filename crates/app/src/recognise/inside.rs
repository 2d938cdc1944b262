//! What stands in documents among the files of observations: compared with terms and pictures once, when they arrive.
//!
//! Addresses in them are kept like those of the post, so that later signals find them too. Their words and pictures are
//! not: a letterhead in two documents does not make them the same content, so nothing of it may tie a cluster.

use super::{Found, Matcher, add};
use crate::{House, Result};
use connect::decoder::Want;
use connect::decoder::document::Document;
use domain::bank::PDQ_QUALITY_MIN;
use domain::id::AgencyId;

/// The word of a match that stands in a document.
pub(super) const IN_DOCUMENT: &str = "in_document";

/// Addresses of one document that are kept.
const LINKS_MAX: usize = 1_000;

/// Pictures of one document that are compared.
const PICTURES_MAX: usize = 50;

/// What is in one document, as far as it is compared.
pub(super) struct Inside {
    observation: i64,
    text: String,
    /// The eight forms of each picture that shows enough.
    pictures: Vec<[u64; 4]>,
}

/// Rows of addresses: kind, digest, observation, quality.
type Rows = Vec<(&'static str, Vec<u8>, i64, u8)>;

/// Reads a document of an observation. What cannot be read is passed over.
///
/// # Errors
/// When the decoder cannot work now.
pub(super) async fn read(
    house: &House,
    space: AgencyId,
    observation: i64,
    file: Vec<u8>,
) -> Result<Option<(Inside, Rows)>> {
    let document = match house.decoder.document(file, false).await {
        Ok(Some(document)) => document,
        Ok(None) => return Ok(None),
        Err(error) if error.is_of_the_file() => {
            tracing::debug!(%error, "a document was not read");
            return Ok(None);
        }
        Err(error) => return Err(crate::Error::Remote(error.to_string())),
    };
    let mut pictures = Vec::new();
    for picture in document.pictures.iter().take(PICTURES_MAX) {
        let want = Want { dihedral: true, ..Want::default() };
        match house.decoder.picture(picture.bytes.clone(), want).await {
            Ok(facts) if facts.pdq.is_some_and(|pdq| pdq.quality >= PDQ_QUALITY_MIN) => {
                pictures.extend(facts.dihedral.iter().flatten().map(|form| *form.words()));
            }
            Ok(_) => {}
            Err(error) if error.is_of_the_file() => {}
            Err(error) => return Err(crate::Error::Remote(error.to_string())),
        }
    }
    let rows = addresses(house, space, observation, &document)?;
    Ok(Some((Inside { observation, text: document.text(), pictures }, rows)))
}

fn addresses(house: &House, space: AgencyId, observation: i64, document: &Document) -> Result<Rows> {
    let mut rows = Vec::new();
    let text = document.text();
    let written = text::mention::mentions(&text);
    let written =
        written.iter().filter(|one| matches!(one.kind, text::mention::Kind::Link)).map(|one| one.value);
    let links = document.parts.iter().flat_map(|part| part.links.iter().map(String::as_str));
    for link in links.chain(written).take(LINKS_MAX) {
        if let Ok(url) = text::url_form::canonical(link) {
            for (kind, value) in [("url", url.key()), ("host", url.registrable.as_str())] {
                let digest = house.db.keys.digest(space, kind, value.as_bytes())?;
                rows.push((kind, digest.to_vec(), observation, 0));
            }
        }
    }
    Ok(rows)
}

/// Finds terms and pictures in documents.
pub(super) async fn find(
    house: &House,
    matcher: &Matcher,
    inside: &[Inside],
    found: &mut Found,
) -> Result<()> {
    for one in inside {
        for signal in matcher.terms_in(&one.text) {
            add(found, one.observation, signal, (0, IN_DOCUMENT));
        }
        if !matcher.pictures.is_empty() {
            for near in matcher.near(house, &one.pictures).await? {
                add(found, one.observation, near.signal, (near.distance, IN_DOCUMENT));
            }
        }
    }
    Ok(())
}
