//! The same answers by plain loops: every signal against every post, one after the other. For tests.

use domain::bank::{Opinion, PDQ_DISTANCE_BITS, PDQ_QUALITY_MIN, SignalKind, TLSH_DISTANCE};
use text::defanged::refanged;
use text::mention::{Kind, mentions};
use text::near::{Bar, Near, Shingles};
use text::normal::exact_text_key;
use text::term::Terms;
use text::tlsh::Tlsh;
use text::url_form::canonical;

use super::engine::found_near;
use super::hit::{Found, Variant};
use super::post::Post;
use super::table::{account, picture};
use crate::Signal;

/// The signals that match, in the order of the bank. Rows are counted over the signals that can be compared.
pub(super) fn matches(bank: &[Signal], post: &Post) -> Vec<Found> {
    let comparable = bank.iter().filter(|signal| signal.opinion != Opinion::Disputed && is_sound(signal));
    (0..).zip(comparable).filter_map(|(row, signal)| best(row, signal, post)).collect()
}

/// Whether a negative signal matches.
pub(super) fn suppressed(bank: &[Signal], post: &Post) -> bool {
    bank.iter().any(|signal| {
        signal.opinion == Opinion::Negative && is_sound(signal) && best(0, signal, post).is_some()
    })
}

fn is_sound(signal: &Signal) -> bool {
    let value = signal.value.as_str();
    match signal.kind {
        SignalKind::Term => Terms::new([(0, value)]).is_ok(),
        SignalKind::Text => exact_text_key(value).is_some(),
        SignalKind::Url | SignalKind::Host => canonical(value).is_ok(),
        SignalKind::Account => account(value).is_some(),
        SignalKind::Pdq => signal.quality.is_none_or(|quality| quality >= PDQ_QUALITY_MIN),
        SignalKind::Sha256 | SignalKind::Sha1 | SignalKind::Md5 => true,
        SignalKind::Tlsh => value.parse::<Tlsh>().is_ok(),
        SignalKind::Video | SignalKind::Sound => false,
    }
}

/// The best of all ways in which a signal matches.
fn best(row: u32, signal: &Signal, post: &Post) -> Option<Found> {
    let found = |distance, variant| Found { row, distance, variant };
    let mut all = Vec::new();
    match signal.kind {
        SignalKind::Term => {
            let hits = Terms::new([(0, signal.value.as_str())])
                .map(|term| term.find(&post.text))
                .unwrap_or_default();
            let variant = |written| if written { Variant::Written } else { Variant::Normalised };
            all.extend(hits.iter().map(|hit| found(0, variant(hit.as_written))));
        }
        SignalKind::Text => {
            if exact_text_key(&post.text).is_some_and(|key| exact_text_key(&signal.value) == Some(key)) {
                all.push(found(0, Variant::Exact));
            }
            let overlap = Shingles::of(&post.text).overlap(&Shingles::of(&signal.value));
            let relation = Bar::default().judge(overlap);
            all.extend(relation.map(|relation| found_near(row, &Near { at: 0, relation, overlap })));
        }
        SignalKind::Url | SignalKind::Host => {
            let form = |link: &str| {
                let address = canonical(link).ok()?;
                Some(if signal.kind == SignalKind::Url {
                    address.key().to_owned()
                } else {
                    address.registrable
                })
            };
            let wanted = form(&signal.value);
            let readable = refanged(&post.text).map_or_else(|| post.text.clone(), |refanged| refanged.text);
            let in_text = mentions(&readable).into_iter();
            let in_text = in_text.filter(|one| matches!(one.kind, Kind::Link | Kind::Invitation));
            let links = post.links.iter().map(|link| (link.as_str(), Variant::Link));
            let links = links.chain(in_text.map(|one| (one.value, Variant::InText)));
            all.extend(links.filter(|(link, _)| form(link) == wanted).map(|(_, variant)| found(0, variant)));
        }
        SignalKind::Account => {
            if post.account.as_deref().and_then(account) == account(&signal.value) {
                all.push(found(0, Variant::Exact));
            }
        }
        SignalKind::Sha256 | SignalKind::Sha1 | SignalKind::Md5 => {
            let hashes = post.media.iter().flat_map(|file| match signal.kind {
                SignalKind::Sha256 => file.sha256.as_deref(),
                SignalKind::Sha1 => file.sha1.as_deref(),
                _ => file.md5.as_deref(),
            });
            all.extend(hashes.filter(|hash| *hash == signal.value).map(|_| found(0, Variant::Exact)));
        }
        SignalKind::Pdq => {
            let shows = post
                .media
                .iter()
                .filter(|file| file.quality.is_none_or(|quality| quality >= PDQ_QUALITY_MIN));
            let values =
                shows.filter_map(|file| Some((picture(file.pdq.as_deref()?)?, picture(&signal.value)?)));
            let distances = values.map(|(a, b)| nearest::distance(&a, &b));
            let limit = signal.distance.unwrap_or(PDQ_DISTANCE_BITS);
            all.extend(distances.filter(|bits| *bits <= limit).map(|bits| found(bits, Variant::Original)));
        }
        SignalKind::Tlsh => {
            let listed: Option<Tlsh> = signal.value.parse().ok();
            let far = listed.zip(Tlsh::of(post.text.as_bytes())).map(|(listed, post)| listed.distance(&post));
            all.extend(far.filter(|far| *far <= TLSH_DISTANCE).map(|far| found(far, Variant::Original)));
        }
        // Posts bring no prints.
        SignalKind::Video | SignalKind::Sound => {}
    }
    all.into_iter().min()
}
