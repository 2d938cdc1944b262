//! Hashes of a picture and of what an edit may have made of it, each under its own name.
//!
//! Two sides meet. The side that asks has a copy: it may undo what was put around the picture (borders, bars, a page)
//! and turn it, all of which needs no more than the copy ([`asked`]). The side that lists has the picture, and where
//! people have verified it, it may hash what a copy would be after a cut ([`listed`]), which nobody can undo. A list
//! that was received as bare hashes has [`Name::Whole`] alone and still gains everything that the asking side does.
//!
//! Hashes are compared as PDQ prescribes: within [`MATCH_RADIUS_BITS`], and never under [`MIN_MATCH_QUALITY`].

use std::fmt;

use crate::pdq::{self, Dihedral, MIN_MATCH_QUALITY};
use crate::view::{self, Region};
use crate::{Hash256, Rgb};

/// Two hashes within this distance are a match, bits.
pub const MATCH_RADIUS_BITS: u32 = 31;

/// Shares cut off each side for the list of a verified picture, in thousandths. PDQ bridges a good hundredth.
const CROPS_PER_MILLE: [u16; 8] = [15, 25, 37, 50, 62, 75, 87, 100];

/// What a hash is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// The picture as it is.
    Whole,
    /// Without borders and bars of one colour.
    Trimmed,
    /// A picture found within a page, as in a screenshot.
    Inset,
    /// So many thousandths cut off at each side.
    Crop(u16),
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => out.write_str("whole"),
            Self::Trimmed => out.write_str("trimmed"),
            Self::Inset => out.write_str("inset"),
            Self::Crop(share) => write!(out, "crop-{share}"),
        }
    }
}

/// The text is the name of no variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAName;

impl std::str::FromStr for Name {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        match text {
            "whole" => Ok(Self::Whole),
            "trimmed" => Ok(Self::Trimmed),
            "inset" => Ok(Self::Inset),
            _ => {
                let share = text.strip_prefix("crop-").and_then(|share| share.parse().ok());
                share.filter(|share| *share < 500).map(Self::Crop).ok_or(NotAName)
            }
        }
    }
}

/// A hash of what is left of a listed picture after a cut, written `NAME:HEX`: `crop-25:0f…` or `trimmed:0f…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What was cut.
    pub name: Name,
    /// Its hash.
    pub hash: Hash256,
}

/// The text is no cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACut;

impl fmt::Display for NotACut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(
            "is written crop-N:HEX (N thousandths of each side, 1 to 499) or trimmed:HEX, with 64 hexadecimal digits",
        )
    }
}

impl std::error::Error for NotACut {}

impl std::str::FromStr for Cut {
    type Err = NotACut;

    fn from_str(text: &str) -> Result<Self, NotACut> {
        let (name, hash) = text.split_once(':').ok_or(NotACut)?;
        let name: Name = name.parse().map_err(|_| NotACut)?;
        match name {
            Name::Trimmed | Name::Crop(1..) => Ok(Self { name, hash: hash.parse().map_err(|_| NotACut)? }),
            Name::Whole | Name::Inset | Name::Crop(0) => Err(NotACut),
        }
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.name, self.hash)
    }
}

/// A variant: what it is of, where it lies in the picture, and its hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What was hashed.
    pub name: Name,
    /// Where it lies in the picture.
    pub region: Region,
    /// Its hashes in the eight positions, and its quality.
    pub hashes: Dihedral,
}

/// The variants of a picture that asks: whole, trimmed, and up to two pictures within it. The first is
/// [`Name::Whole`]; none for a picture with a side under [`pdq::MIN_SIDE_PX`].
#[must_use]
pub fn asked(picture: &Rgb<'_>) -> Vec<Variant> {
    let mut regions = vec![(Name::Whole, Region::whole(picture))];
    if picture.width().min(picture.height()) >= pdq::MIN_SIDE_PX {
        regions.extend(view::trimmed(picture).map(|region| (Name::Trimmed, region)));
        regions.extend(view::insets(picture).into_iter().map(|region| (Name::Inset, region)));
    }
    regions.into_iter().filter_map(|(name, region)| variant(picture, name, region)).collect()
}

/// The variants of a verified picture for a list: whole, trimmed, and cut at all sides by 1.5 to 10 %.
#[must_use]
pub fn listed(picture: &Rgb<'_>) -> Vec<Variant> {
    let whole = Region::whole(picture);
    let mut regions = vec![(Name::Whole, whole)];
    if picture.width().min(picture.height()) >= pdq::MIN_SIDE_PX {
        regions.extend(view::trimmed(picture).map(|region| (Name::Trimmed, region)));
    }
    let crop = |share: u16| (Name::Crop(share), whole.cropped(f32::from(share) / 1000.0));
    regions.extend(CROPS_PER_MILLE.map(crop));
    regions.into_iter().filter_map(|(name, region)| variant(picture, name, region)).collect()
}

fn variant(picture: &Rgb<'_>, name: Name, region: Region) -> Option<Variant> {
    let hashes = if region == Region::whole(picture) {
        pdq::dihedral(picture)?
    } else {
        let pixels = region.pixels(picture);
        let (width, height) = (region.width.try_into().ok()?, region.height.try_into().ok()?);
        pdq::dihedral(&Rgb::new(width, height, &pixels)?)?
    };
    Some(Variant { name, region, hashes })
}

/// Which variants met, and how near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Of the listed picture.
    pub listed: Name,
    /// Of the picture that asks.
    pub asked: Name,
    /// Index of [`pdq::FORM_NAMES`]: the asking picture in this position is the listed one.
    pub form: usize,
    /// Where the listed variant lies in the asking picture.
    pub region: Region,
    /// Bits by which the hashes differ.
    pub distance: u32,
}

/// The nearest meeting of two pictures' variants within [`MATCH_RADIUS_BITS`] and of [`MIN_MATCH_QUALITY`] at least.
/// With a long list an index does this.
#[must_use]
pub fn meet(listed: &[Variant], asked: &[Variant]) -> Option<Meeting> {
    let good = |variant: &&Variant| variant.hashes.quality >= MIN_MATCH_QUALITY;
    let mut best: Option<Meeting> = None;
    for one in asked.iter().filter(good) {
        for (form, hash) in one.hashes.forms.iter().enumerate() {
            for other in listed.iter().filter(good) {
                let distance = other.hashes.forms[0].distance(hash);
                if distance <= best.map_or(MATCH_RADIUS_BITS, |best| best.distance.saturating_sub(1)) {
                    best = Some(Meeting {
                        listed: other.name,
                        asked: one.name,
                        form,
                        region: one.region,
                        distance,
                    });
                }
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_again() {
        for name in [Name::Whole, Name::Trimmed, Name::Inset, Name::Crop(15), Name::Crop(100)] {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        for text in ["", "crop-", "crop-500", "crop--1", "Whole"] {
            assert_eq!(text.parse::<Name>(), Err(NotAName), "{text}");
        }
    }
}
