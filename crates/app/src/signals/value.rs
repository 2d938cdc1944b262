//! The one form in which a value is compared: the same that observe writes into the reverse index.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::bank::{CUTS_MAX, PDQ_QUALITY_MIN, SignalKind};
use domain::id::AgencyId;
use domain::subject::handle_key;
use perceptual::sound;
use perceptual::variants;
use perceptual::video;
use store::crypt::Keys;
use store::picture::Cut;

/// A value in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compared {
    /// What is compared.
    pub(crate) kind: SignalKind,
    /// Keyed digest; of PDQ and TLSH the hash itself.
    pub(crate) value: Vec<u8>,
    /// Whether its clear value is kept: short values that people must be able to read.
    pub(crate) keeps_clear: bool,
}

/// Brings a written value to its form, or says in a sentence why it cannot be one.
///
/// `quality` is that of a PDQ, 0..=100, when it is known.
pub(crate) fn compared(
    keys: &Keys,
    space: AgencyId,
    kind: SignalKind,
    written: &str,
    quality: Option<u8>,
) -> Result<Compared, String> {
    let written = written.trim();
    let (clear, keeps_clear) = match kind {
        SignalKind::Sha256 => (hex_of(written, 32)?.into_bytes(), false),
        SignalKind::Sha1 => (hex_of(written, 20)?.into_bytes(), false),
        SignalKind::Md5 => (hex_of(written, 16)?.into_bytes(), false),
        SignalKind::Pdq => return pdq(written, quality),
        SignalKind::Tlsh => return tlsh(written),
        SignalKind::Url => (address(written)?.key().as_bytes().to_vec(), true),
        SignalKind::Host => (host(written)?.into_bytes(), true),
        SignalKind::Account => (account(written)?.into_bytes(), true),
        SignalKind::Term => (term(written)?.into_bytes(), true),
        SignalKind::Video | SignalKind::Sound => (hex_of(written, 32)?.into_bytes(), true),
        SignalKind::Text => {
            let key = text::normal::exact_text_key(written).ok_or_else(|| {
                format!(
                    "A text of less than {} characters says too little to be compared whole; make it a term.",
                    text::normal::EXACT_KEY_MIN_CHARS
                )
            })?;
            (key.to_vec(), false)
        }
    };
    let digest = keys.digest(space, kind.word(), &clear).map_err(|error| error.to_string())?;
    Ok(Compared { kind, value: digest.to_vec(), keeps_clear })
}

/// Whether what a video or a sound is found by can be read; none is needed to take it back.
pub(crate) fn check_print(kind: SignalKind, print: Option<&str>) -> Result<(), String> {
    let bytes = print.and_then(|print| STANDARD.decode(print).ok());
    let fits = match kind {
        SignalKind::Video => bytes.is_some_and(|bytes| video::Listed::from_bytes(&bytes).is_some()),
        SignalKind::Sound => bytes.is_some_and(|bytes| sound::Listed::from_bytes(&bytes).is_some()),
        _ => true,
    };
    match fits {
        true => Ok(()),
        false => Err(format!(
            "A {kind} needs the print that `renvoi bank make` writes, in JSON lines; this one has none that can be read."
        )),
    }
}

/// Of a value that cannot be read so much is shown, characters.
const SHOWN_CHARS: usize = 80;

/// What is left of a listed picture after cuts, each written `NAME:HEX`.
pub(crate) fn cuts(written: &[String]) -> Result<Vec<Cut>, String> {
    if written.len() > CUTS_MAX {
        return Err(format!("A picture has at most {CUTS_MAX} cuts."));
    }
    let read = |one: &String| {
        let cut: variants::Cut = one.parse().map_err(|not| {
            let start: String = one.chars().take(SHOWN_CHARS).collect();
            format!("The cut {start:?} cannot be read: a cut {not}.")
        })?;
        Ok((cut.name.to_string(), crate::recognise::bytes(&cut.hash.0)))
    };
    written.iter().map(read).collect()
}

/// Lower-case hex of so many bytes.
fn hex_of(written: &str, bytes: usize) -> Result<String, String> {
    let fits = written.len() == 2 * bytes && written.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits {
        return Ok(written.to_ascii_lowercase());
    }
    Err(format!("A value of this kind has {} hexadecimal digits; this one has not.", 2 * bytes))
}

fn pdq(written: &str, quality: Option<u8>) -> Result<Compared, String> {
    let value = hex::decode(hex_of(written, 32)?).map_err(|error| error.to_string())?;
    if quality.is_some_and(|quality| quality < PDQ_QUALITY_MIN) {
        return Err(format!(
            "The picture shows too little: its quality is under {PDQ_QUALITY_MIN}. It would match unlike pictures."
        ));
    }
    Ok(Compared { kind: SignalKind::Pdq, value, keeps_clear: false })
}

/// The digits of a TLSH, in upper case and with its `T1`: what is compared, and what is shown.
fn tlsh(written: &str) -> Result<Compared, String> {
    let digest: text::tlsh::Tlsh = written.parse().map_err(|bad: text::tlsh::BadTlsh| bad.to_string())?;
    Ok(Compared { kind: SignalKind::Tlsh, value: digest.to_string().into_bytes(), keeps_clear: false })
}

fn address(written: &str) -> Result<text::url_form::Canonical, String> {
    text::url_form::canonical(written).map_err(|bad| format!("{bad} Mend the address and hand it in again."))
}

/// The registrable host of a host name or an address.
pub(crate) fn host(written: &str) -> Result<String, String> {
    Ok(address(written)?.registrable)
}

/// `service/handle`; a leading `@` of the handle is left out.
fn account(written: &str) -> Result<String, String> {
    match written.split_once('/') {
        Some((service, handle)) if !service.is_empty() && !handle.trim_start_matches('@').is_empty() => {
            Ok(handle_key(service, handle))
        }
        _ => Err("An account is written service/handle, for instance video.example/someone.".to_owned()),
    }
}

fn term(written: &str) -> Result<String, String> {
    text::term::Terms::new([(1, written)]).map_err(|bad| bad.to_string())?;
    Ok(text::normal::normal(written).text)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn check(kind: SignalKind, one: &str, other: &str, same: bool) {
        let keys = Keys::new(&[7; 32]).unwrap();
        let of = |written| compared(&keys, AgencyId(Uuid::nil()), kind, written, None).unwrap().value;
        assert_eq!(of(one) == of(other), same, "{kind}: {one} {other}");
    }

    fn refused(kind: SignalKind, written: &str, quality: Option<u8>) {
        let keys = Keys::new(&[7; 32]).unwrap();
        assert!(compared(&keys, AgencyId(Uuid::nil()), kind, written, quality).is_err(), "{kind}: {written}");
    }

    #[test]
    fn values_in_one_form() {
        let hex = "ab".repeat(32);
        check(SignalKind::Sha256, &hex, &hex.to_uppercase(), true);
        check(SignalKind::Pdq, &hex, &hex.to_uppercase(), true);
        check(SignalKind::Sha1, &"0f".repeat(20), &" 0F".repeat(20).replace(' ', ""), true);
        check(SignalKind::Md5, &"0f".repeat(16), &"f0".repeat(16), false);
        check(SignalKind::Url, "http://www.video.example/a?utm_source=x", "https://video.example/a", true);
        check(SignalKind::Url, "https://video.example/a", "https://video.example/b", false);
        check(SignalKind::Host, "video.example", "https://video.example/a", true);
        check(SignalKind::Account, "Video.example/@Someone", "video.example/someone", true);
        check(SignalKind::Term, "Green  TABLE", "green table", true);
        let tlsh = "T11A90020EB324049555820492611AD15455457429091521A45D4B4CC16036891D010018";
        check(SignalKind::Tlsh, tlsh, &tlsh.to_lowercase().replace("t1", ""), true);
        let text = "The lamp stands beside the green table";
        check(SignalKind::Text, text, &text.to_uppercase(), true);
    }

    #[test]
    fn values_that_cannot_be_used() {
        refused(SignalKind::Sha256, &"ab".repeat(31), None);
        refused(SignalKind::Sha256, &"zz".repeat(32), None);
        refused(SignalKind::Pdq, &"ab".repeat(32), Some(PDQ_QUALITY_MIN - 1));
        refused(SignalKind::Url, "ftp://video.example/a", None);
        refused(SignalKind::Account, "someone", None);
        refused(SignalKind::Term, " \u{200B} ", None);
        refused(SignalKind::Text, "too short", None);
        refused(SignalKind::Tlsh, "T1A0", None);
    }
}
