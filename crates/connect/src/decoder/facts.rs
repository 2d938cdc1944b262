//! What a child says of a picture, as types: nothing is taken over that is not of its form.

use perceptual::Hash256;
use perceptual::decode::Format;
use perceptual::pdq::{Dihedral, PdqResult};
use perceptual::points::Points;
use perceptual::variants::{Name, Variant};
use perceptual::view::Region;

use super::message::{Asked, Facts, Want};
use super::{JPEG_START, MAX_PREVIEW_BYTES};

/// Most variants of a picture, of either side.
const MAX_VARIANTS: usize = 16;

/// The facts of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What it was.
    pub format: Format,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// `None` where a side is under five pixels.
    pub pdq: Option<PdqResult>,
    /// The eight forms, if wanted and if there is a hash.
    pub dihedral: Option<[Hash256; 8]>,
    /// A JPEG, if wanted. Untrusted: to be shown to people, never decoded by the server.
    pub preview: Option<Vec<u8>>,
    /// How the file says that it is to be turned before it is shown, as EXIF counts: 1 (as it is) to 8.
    pub orientation: u8,
    /// The hash of the picture as it is to be shown, if wanted and if that is not how it is.
    pub upright: Option<PdqResult>,
    /// The variants of a picture that asks, if wanted; the first is the whole.
    pub asked: Vec<Variant>,
    /// The hashes of a verified picture for a list, if wanted; the first is the whole.
    pub listed: Vec<Cut>,
    /// The points, if wanted.
    pub points: Option<Points>,
    /// How much of it is areas of one brightness each, in percent, if points are wanted.
    pub plain: Option<u8>,
}

/// What a copy would be after a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What was cut.
    pub name: Name,
    /// Its hash and quality.
    pub pdq: PdqResult,
}

/// The facts as types. `None` when one is not of its form, is missing, or was not asked for.
pub(super) fn decoded(facts: &Facts, mut body: Vec<u8>, want: Want) -> Option<Decoded> {
    let pdq = match (&facts.pdq, facts.quality) {
        (Some(text), Some(quality)) => Some(pdq(text, quality)?),
        (None, None) => None,
        _ => return None,
    };
    let dihedral = match (want.dihedral && pdq.is_some(), facts.dihedral.is_empty()) {
        (true, _) => Some(eight(&facts.dihedral)?),
        (false, true) => None,
        (false, false) => return None,
    };
    let points = match (want.points, facts.points_bytes) {
        (true, Some(bytes)) => {
            let at = body.len().checked_sub(usize::try_from(bytes).ok()?)?;
            Some(Points::from_bytes(&body.split_off(at))?)
        }
        (false, None) => None,
        _ => return None,
    };
    let preview = match (want.preview, body.is_empty()) {
        (true, _) => Some(Some(body).filter(|bytes| is_preview(bytes))?),
        (false, true) => None,
        (false, false) => return None,
    };
    let unasked = (!want.asked && !facts.asked.is_empty()) || (!want.listed && !facts.listed.is_empty());
    if facts.plain.is_some() != want.points || facts.plain.is_some_and(|plain| plain > 100) {
        return None;
    }
    let many = facts.asked.len().max(facts.listed.len()) > MAX_VARIANTS;
    if unasked || many || !(1..=8).contains(&facts.orientation) || (!want.upright && facts.upright.is_some())
    {
        return None;
    }
    let cut = |(name, hash, quality): &(String, String, u8)| {
        Some(Cut { name: name.parse().ok()?, pdq: self::pdq(hash, *quality)? })
    };
    let mut sha256 = [0; 32];
    hex::decode_to_slice(&facts.sha256, &mut sha256).ok()?;
    Some(Decoded {
        width: facts.width,
        height: facts.height,
        format: Format::named(&facts.format)?,
        sha256,
        pdq,
        dihedral,
        preview,
        orientation: facts.orientation,
        upright: facts
            .upright
            .as_ref()
            .map(|(hash, quality)| self::pdq(hash, *quality).ok_or(()))
            .transpose()
            .ok()?,
        asked: facts.asked.iter().map(|asked| variant(asked, facts)).collect::<Option<_>>()?,
        listed: facts.listed.iter().map(cut).collect::<Option<_>>()?,
        points,
        plain: facts.plain,
    })
}

fn is_preview(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG_START) && bytes.len() <= MAX_PREVIEW_BYTES
}

fn pdq(text: &str, quality: u8) -> Option<PdqResult> {
    (quality <= 100).then_some(PdqResult { hash: text.parse().ok()?, quality })
}

fn eight(texts: &[String]) -> Option<[Hash256; 8]> {
    let forms: Vec<Hash256> = texts.iter().map(|text| text.parse().ok()).collect::<Option<_>>()?;
    forms.try_into().ok()
}

/// A variant that lies in the picture.
fn variant(asked: &Asked, facts: &Facts) -> Option<Variant> {
    let [x, y, width, height] = asked.region;
    let inside = |at: u32, side: u32, of: u32| at.checked_add(side).is_some_and(|end| end <= of);
    if asked.quality > 100 || !inside(x, width, facts.width) || !inside(y, height, facts.height) {
        return None;
    }
    let [x, y, width, height] = [x, y, width, height].map(|pixels| pixels as usize);
    Some(Variant {
        name: asked.name.parse().ok()?,
        region: Region { x, y, width, height },
        hashes: Dihedral { forms: eight(&asked.dihedral)?, quality: asked.quality },
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_form_and_was_asked_for_is_taken() {
        let hash = "0".repeat(64);
        let asked = |region: [u32; 4]| Asked {
            name: "inset".to_owned(),
            region,
            quality: 100,
            dihedral: vec![hash.clone(); 8],
        };
        let good = || Facts {
            width: 9,
            height: 9,
            format: "png".to_owned(),
            pdq: Some(hash.clone()),
            quality: Some(100),
            dihedral: Vec::new(),
            sha256: hash.clone(),
            orientation: 6,
            upright: Some((hash.clone(), 100)),
            asked: vec![asked([1, 1, 8, 8])],
            listed: vec![("crop-15".to_owned(), hash.clone(), 100)],
            plain: Some(40),
            points_bytes: Some(5),
        };
        let want = Want { asked: true, listed: true, points: true, upright: true, ..Want::default() };
        let empty = Points::default().to_bytes();
        let taken = decoded(&good(), empty.clone(), want).unwrap();
        assert_eq!(
            (taken.orientation, taken.asked[0].region.x, taken.listed[0].name),
            (6, 1, Name::Crop(15))
        );
        let check = |what: &str, change: &dyn Fn(&mut Facts)| {
            let mut facts = good();
            change(&mut facts);
            assert_eq!(decoded(&facts, empty.clone(), want), None, "{what}");
        };
        check("outside", &|facts| facts.asked[0].region = [1, 1, 9, 8]);
        check("overflow", &|facts| facts.asked[0].region = [u32::MAX, 1, 8, 8]);
        check("seven forms", &|facts| facts.asked[0].dihedral.truncate(7));
        check("name", &|facts| facts.listed[0].0 = "crop".to_owned());
        check("many", &|facts| facts.listed = vec![facts.listed[0].clone(); 17]);
        check("quality", &|facts| facts.upright = Some(("0".repeat(64), 101)));
        check("orientation", &|facts| facts.orientation = 0);
        check("points", &|facts| facts.points_bytes = Some(6));
        check("plain", &|facts| facts.plain = Some(101));
        check("no plain", &|facts| facts.plain = None);
        check("no points", &|facts| facts.points_bytes = None);
        for other in
            [Want { asked: false, ..want }, Want { listed: false, ..want }, Want { upright: false, ..want }]
        {
            assert_eq!(decoded(&good(), empty.clone(), other), None, "{other:?}");
        }
    }
}
