//! Two pictures laid over one another, for a person who looks at both: where each shows in the other.
//!
//! Made when somebody looks, of the fingerprints that are kept; nothing is compared or decided here.

use super::print::Print;
use super::words;
use crate::{House, Result};
use connect::decoder::Want;
use domain::id::AgencyId;
use domain::observation::MediaRef;
use perceptual::points::{Alignment, back};

/// The frame of a picture: its corners, clockwise from the top left, shares of its sides.
const FRAME: Outline = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
/// Shares are handed out in so many parts.
const PARTS: f32 = 1000.0;

type Place = (f32, f32);
type Outline = [Place; 4];

/// A picture as it is drawn: its proportions, and the part of it that the other picture shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Width and height, in any unit; zeros when they are not known.
    pub size: (u32, u32),
    /// Corners of that part, in their order, thousandths of the sides, 0 to 1000; none where it is not known.
    pub part: Vec<(i32, i32)>,
}

/// What is known of two pictures, the listed one first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) listed: Drawn,
    pub(crate) asked: Drawn,
    /// Places that agree, where points were laid over each other.
    pub(crate) places: Option<u32>,
    /// Bits of 256 between the nearest forms of both.
    pub(crate) distance: Option<u32>,
    /// Which forms these are, as [`super::How`] names them.
    pub(crate) variant: Option<String>,
}

/// Lays one file over another, both by their SHA-256; `None` when no fingerprint of either is kept.
pub(crate) async fn over(
    house: &House,
    space: AgencyId,
    (listed, asked): (&str, &str),
) -> Result<Option<Laid>> {
    let digest = |sha256: &str| house.db.keys.digest(space, "sha256", sha256.to_lowercase().as_bytes());
    let wanted = [digest(listed)?, digest(asked)?];
    let found = store::fingerprint::get(&house.db, space, &wanted).await?;
    let print = |wanted: [u8; 32]| {
        let bytes = found.iter().find(|(digest, _)| *digest == wanted)?;
        Print::from_bytes(wanted, &bytes.1)
    };
    let (Some(one), Some(other)) = (print(wanted[0]), print(wanted[1])) else { return Ok(None) };
    let mut laid = lay(&one, &other);
    if laid.asked.part.is_empty()
        && let Some(variant) = laid.variant.clone()
    {
        laid.asked.part = within(house, space, asked, &variant).await?;
    }
    Ok(Some(laid))
}

/// Which of some files comes nearest to a hash, by what is stated of them and by their fingerprints.
pub(crate) async fn nearest_to(
    house: &House,
    space: AgencyId,
    (hash, files): (&[u8], &[MediaRef]),
) -> Result<Option<usize>> {
    let Some(hash) = words(hash) else { return Ok(None) };
    let mut best: Option<(u32, usize)> = None;
    for (at, file) in files.iter().enumerate() {
        let stated = file.pdq.as_ref().and_then(|(written, _)| words(&hex::decode(written).ok()?));
        let mut forms: Vec<[u64; 4]> = stated.into_iter().collect();
        if let Some(sha256) = &file.sha256 {
            let digest = house.db.keys.digest(space, "sha256", sha256.to_lowercase().as_bytes())?;
            let kept = store::fingerprint::get(&house.db, space, &[digest]).await?;
            let prints = kept.iter().filter_map(|(digest, bytes)| Print::from_bytes(*digest, bytes));
            forms.extend(prints.flat_map(|print| print.asked().collect::<Vec<_>>()));
        }
        let nearest = forms.iter().map(|form| nearest::distance(&hash, form)).min();
        if let Some(distance) = nearest.filter(|distance| best.is_none_or(|best| *distance < best.0)) {
            best = Some((distance, at));
        }
    }
    Ok(best.map(|best| best.1))
}

fn lay(listed: &Print, asked: &Print) -> Laid {
    let mut laid = Laid { listed: drawn(&listed.points), asked: drawn(&asked.points), ..Laid::default() };
    if let Some((distance, form, variant)) = listed.nearest(asked) {
        laid.distance = Some(distance);
        laid.listed.part = cut(&variant);
        laid.variant = Some(variant);
        laid.take(listed.laid_over(asked, form), form);
    }
    for form in 0..perceptual::pdq::FORM_NAMES.len() {
        if laid.places.is_none() {
            laid.take(listed.laid_over(asked, form), form);
        }
    }
    laid
}

impl Laid {
    /// Takes over what points say, when it is a match.
    fn take(&mut self, aligned: Option<Alignment>, form: usize) {
        let Some(aligned) = aligned.filter(Alignment::is_match) else { return };
        let outline = aligned.corners.map(|place| back(form, place));
        self.places = Some(aligned.places);
        self.asked.part = thousandths(&inside(&outline));
        self.listed.part =
            reverse(&outline).map(|outline| thousandths(&inside(&outline))).unwrap_or_default();
    }
}

fn drawn(points: &perceptual::points::Points) -> Drawn {
    let whole = |side: f32| side.round().clamp(0.0, 100_000.0) as u32;
    Drawn { size: (whole(points.width), whole(points.height)), part: Vec::new() }
}

/// Where the second picture's frame lies in the first, of where the first's lies in the second.
fn reverse(outline: &Outline) -> Option<Outline> {
    let [origin, right, _, below] = *outline;
    let (across, down) = (minus(right, origin), minus(below, origin));
    let area = across.0 * down.1 - across.1 * down.0;
    if area.abs() < 1e-6 {
        return None;
    }
    Some(FRAME.map(|corner| {
        let (x, y) = minus(corner, origin);
        ((x * down.1 - y * down.0) / area, (across.0 * y - across.1 * x) / area)
    }))
}

fn minus(one: Place, other: Place) -> Place {
    (one.0 - other.0, one.1 - other.1)
}

/// The part of an outline that lies within the frame (Sutherland and Hodgman, 1974).
fn inside(outline: &Outline) -> Vec<Place> {
    // How far inside an edge a place lies, for the four edges.
    let edges: [fn(Place) -> f32; 4] = [|(x, _)| x, |(x, _)| 1.0 - x, |(_, y)| y, |(_, y)| 1.0 - y];
    edges.iter().fold(outline.to_vec(), |part, depth| {
        let mut kept = Vec::with_capacity(part.len() + 1);
        for (at, place) in part.iter().enumerate() {
            let before = part[(at + part.len() - 1) % part.len()];
            let (from, to) = (depth(before), depth(*place));
            if (from < 0.0) != (to < 0.0) {
                let share = from / (from - to);
                let (x, y) = minus(*place, before);
                kept.push((before.0 + share * x, before.1 + share * y));
            }
            if to >= 0.0 {
                kept.push(*place);
            }
        }
        kept
    })
}

fn thousandths(places: &[Place]) -> Vec<(i32, i32)> {
    let part = |share: f32| (share * PARTS).round().clamp(0.0, PARTS) as i32;
    places.iter().map(|(x, y)| (part(*x), part(*y))).collect()
}

/// The part of a listed picture that is left after the cut of a variant.
fn cut(variant: &str) -> Vec<(i32, i32)> {
    let share = variant.split('+').find_map(|part| part.strip_prefix("crop-")?.parse::<i32>().ok());
    match share.filter(|share| (1..500).contains(share)) {
        Some(share) => rectangle((share, share), (1000 - share, 1000 - share)),
        None => Vec::new(),
    }
}

fn rectangle((left, top): (i32, i32), (right, bottom): (i32, i32)) -> Vec<(i32, i32)> {
    vec![(left, top), (right, top), (right, bottom), (left, bottom)]
}

/// Where a border or a page around a picture ends: the decoder says it when it is asked.
async fn within(house: &House, space: AgencyId, sha256: &str, variant: &str) -> Result<Vec<(i32, i32)>> {
    let parts: Vec<&str> = variant.split('+').filter(|part| ["trimmed", "inset"].contains(part)).collect();
    let (Some(wanted), Some(file)) = (parts.first(), house.blobs.get(space, sha256)?) else {
        return Ok(Vec::new());
    };
    let decoded = match house.decoder.picture(file, Want { asked: true, ..Want::default() }).await {
        Ok(decoded) => decoded,
        Err(error) if error.is_of_the_file() => return Ok(Vec::new()),
        Err(error) => return Err(crate::Error::Remote(error.to_string())),
    };
    let share = |at: usize, of: u32| thousandth(at, of as usize);
    let found = decoded.asked.iter().find(|one| one.name.to_string() == *wanted).map(|one| {
        let region = one.region;
        let (width, height) = (decoded.width, decoded.height);
        rectangle(
            (share(region.x, width), share(region.y, height)),
            (share(region.x + region.width, width), share(region.y + region.height, height)),
        )
    });
    Ok(found.unwrap_or_default())
}

fn thousandth(at: usize, of: usize) -> i32 {
    i32::try_from(at * 1000 / of.max(1)).unwrap_or(1000).min(1000)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// The corners, wherever the outline begins.
    fn corners(mut part: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
        part.sort_unstable();
        part
    }

    #[test]
    fn what_lies_in_one_lies_back_in_the_other() {
        // The first picture fills the right half of the second, and a quarter of it is cut off below.
        let outline = [(0.5, 0.0), (1.0, 0.0), (1.0, 4.0 / 3.0), (0.5, 4.0 / 3.0)];
        let found = corners(thousandths(&inside(&outline)));
        assert_eq!(found, corners(rectangle((500, 0), (1000, 1000))));
        let back = reverse(&outline).unwrap();
        assert_eq!(corners(thousandths(&inside(&back))), corners(rectangle((0, 0), (1000, 750))));
        let turned = [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)];
        let again = reverse(&reverse(&turned).unwrap()).unwrap();
        for (place, wanted) in again.iter().zip(turned) {
            assert!((place.0 - wanted.0).abs() < 1e-5 && (place.1 - wanted.1).abs() < 1e-5, "{again:?}");
        }
        assert_eq!(reverse(&[(0.0, 0.0); 4]), None);
        assert!(inside(&[(2.0, 2.0), (3.0, 2.0), (3.0, 3.0), (2.0, 3.0)]).is_empty());
    }

    #[test]
    fn a_cut_of_the_listed_picture_is_its_middle() {
        assert_eq!(cut("inset+crop-25+flip-x"), rectangle((25, 25), (975, 975)));
        assert!(cut("original").is_empty() && cut("crop-900").is_empty() && cut("").is_empty());
    }
}
