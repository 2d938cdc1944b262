//! A bank out of a folder of originals: each file by its SHA-256, each picture by its PDQ, and where people have looked at
//! the originals, by what finds edited copies too.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect::decoder::{Decoded, Want};
use domain::bank::{Opinion, SignalKind};
use futures_util::StreamExt;
use perceptual::pdq::MIN_MATCH_QUALITY;
use perceptual::sound;
use perceptual::variants::{Cut, Name};
use perceptual::video;
use serde::Serialize;
use text::normal::normal;
use tokio::sync::mpsc;

use crate::media::{Media, Of};
use crate::picture::{NoPicture, Pictures};
use crate::read::{self, Wanted};
use crate::walk::{self, Met, Rules};
use crate::write::Writer;
use crate::{Document, Signal, file};

/// Files found before they are read.
const AHEAD: usize = 1_024;

/// A bank that is to be made.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder of the originals.
    pub folder: PathBuf,
    /// The file to be written; it replaces one that is there.
    pub out: PathBuf,
    /// The bank's name.
    pub name: String,
    /// What its owner thinks of it.
    pub opinion: Opinion,
    /// A person has looked at every original, so cuts and points are listed too.
    pub verified: bool,
    /// The text of each document is listed too, as it is: the bank then holds it for whoever reads it.
    pub texts: bool,
    /// What is left out.
    pub rules: Rules,
    /// Larger files are not read, bytes.
    pub bytes_max: u64,
}

/// What a bank came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Originals whose digest was written.
    pub files: u64,
    /// Of these, pictures whose PDQ was written.
    pub pictures: u64,
    /// Of these, pictures that show too little to be matched by their PDQ.
    pub flat: u64,
    /// Videos whose frames were written.
    pub videos: u64,
    /// Sounds, also of videos, whose print was written.
    pub sounds: u64,
    /// Lines written.
    pub signals: u64,
    /// Files without any line, or pictures without a PDQ.
    pub set_aside: u64,
    /// Files left out by a pattern.
    pub excluded: u64,
}

/// The lines of one file, and what is wrong with it.
struct Lines {
    path: PathBuf,
    signals: Vec<Signal>,
    trouble: Option<String>,
    excluded: u64,
}

/// Pictures of documents with a shorter side are left out: marks and lines of a lay-out, pixels.
const IN_DOCUMENT_SIDE_MIN_PX: u32 = 200;

/// Longest text of a document that is listed, bytes: a line of a bank has 1 MiB.
const TEXT_MAX_BYTES: usize = 448 << 10;

/// Makes the bank; none where no file gives a line. `tell` hears of each file: its path, and why it is set aside, if it is.
///
/// # Errors
/// When the file cannot be written, the folder cannot be listed, or the decoder box cannot work, as a sentence. Then there is no file, or
/// still the one that was there.
pub async fn run(plan: Plan, tell: &mut dyn FnMut(&Path, Option<&str>)) -> Result<Made, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", plan.out.display());
    let pictures = Pictures::new().map_err(|error| error.to_string())?;
    let media = Media::new();
    let mut writer = Writer::create(&plan.out).map_err(failed)?;
    let own = [plan.out.clone(), writer.beside().to_owned()];
    let (to, from) = mpsc::channel(AHEAD);
    let (paths, rules) = ([plan.folder.clone()], plan.rules.clone());
    let walker = tokio::task::spawn_blocking(move || {
        walk::walk(&paths, &rules, &mut |met| to.blocking_send(met).is_ok());
    });
    let met = futures_util::stream::unfold(from, async |mut from| Some((from.recv().await?, from)));
    let mut lines = std::pin::pin!(
        met.map(|met| lines(met, &plan, &own, (&pictures, &media))).buffered(pictures.in_hand())
    );
    let mut made = Made::default();
    while let Some(lines) = lines.next().await {
        let Lines { path, signals, trouble, excluded } = lines?;
        made.excluded += excluded;
        made.set_aside += u64::from(trouble.is_some());
        made.signals += signals.len() as u64;
        for signal in &signals {
            writer.put(signal).map_err(failed)?;
            made.files += u64::from(signal.kind == SignalKind::Sha256);
            made.videos += u64::from(signal.kind == SignalKind::Video);
            made.sounds += u64::from(signal.kind == SignalKind::Sound);
            made.pictures += u64::from(signal.kind == SignalKind::Pdq);
            made.flat += u64::from(signal.quality.is_some_and(|quality| quality < MIN_MATCH_QUALITY));
        }
        tell(&path, trouble.as_deref());
    }
    walker.await.map_err(|error| error.to_string())?;
    // A bank of nothing would make every scan find nothing.
    if made.signals > 0 {
        writer.finish().map_err(failed)?;
    }
    Ok(made)
}

async fn lines(
    met: Met,
    plan: &Plan,
    own: &[PathBuf],
    (pictures, media): (&Pictures, &Media),
) -> Result<Lines, String> {
    let without = |path, trouble, excluded| Lines { path, signals: Vec::new(), trouble, excluded };
    let path = match met {
        Met::File(path) => path,
        Met::SetAside(path, why) => return Ok(without(path, Some(why), 0)),
        Met::LeftOut(path, files) => return Ok(without(path, None, files)),
        // Half a bank would be taken for a whole one.
        Met::NoFolder(path, why) => return Err(format!("{}: {why}", path.display())),
    };
    if own.iter().any(|own| file::is_same(&path, own)) {
        return Ok(without(path, Some("It is the bank itself.".to_owned()), 0));
    }
    let wanted = Wanted {
        bytes_max: plan.bytes_max,
        digests: [true, false, false],
        picture: true,
        document: plan.verified || plan.texts,
        text: plan.texts,
    };
    let read = tokio::task::spawn_blocking(move || (read::content(&path, wanted), path));
    let (content, path) = read.await.map_err(|error| error.to_string())?;
    let content = match content {
        Ok(content) => content,
        Err(why) => return Ok(without(path, Some(why), 0)),
    };
    let label = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let line = |kind, value| Signal {
        kind,
        value,
        label: label.clone(),
        bank: plan.name.clone(),
        opinion: plan.opinion,
        distance: None,
        quality: None,
        cuts: Vec::new(),
        points: None,
        print: None,
    };
    let mut signals: Vec<Signal> =
        content.digests.into_iter().map(|(kind, digest)| line(kind, digest)).collect();
    let mut trouble = content.no_picture;
    if let Some(bytes) = content.picture {
        let want = Want { listed: plan.verified, points: plan.verified, ..Want::default() };
        match pictures.of_bytes(bytes, want).await {
            Ok(facts) => signals.extend(picture(&facts, line(SignalKind::Pdq, String::new()))),
            Err(NoPicture::OfTheFile(why)) => trouble = Some(why),
            Err(NoPicture::OfTheBox(why)) => return Err(why),
        }
    }
    if let Some(text) = &content.text {
        signals.extend(whole_text(text).map(|text| line(SignalKind::Text, text)));
    }
    if let Some(bytes) = content.document {
        match pictures.document(bytes, false).await {
            Ok(None) => {}
            Ok(Some(document)) => signals.extend(of_document(&document, plan, pictures, line).await?),
            Err(NoPicture::OfTheFile(why)) => trouble = Some(why),
            Err(NoPicture::OfTheBox(why)) => return Err(why),
        }
    }
    if content.media {
        let of = media.listed(&path, plan.verified).await.map_err(|error| error.to_string())?;
        let file = signals.first().map(|digest| digest.value.clone()).unwrap_or_default();
        trouble = of.trouble.clone();
        signals.extend(moving(of, &line(SignalKind::Video, file)));
    }
    Ok(Lines { path, signals, trouble, excluded: 0 })
}

/// The lines of a document: its pictures where people have looked at them, and its text where that is asked for.
async fn of_document(
    document: &Document,
    plan: &Plan,
    pictures: &Pictures,
    line: impl Fn(SignalKind, String) -> Signal,
) -> Result<Vec<Signal>, String> {
    let mut signals = Vec::new();
    if plan.texts {
        signals.extend(whole_text(&document.text()).map(|text| line(SignalKind::Text, text)));
    }
    for shown in document.pictures.iter().filter(|_| plan.verified) {
        let want = Want { listed: true, points: true, ..Want::default() };
        let facts = match pictures.of_bytes(shown.bytes.clone(), want).await {
            Ok(facts) => facts,
            Err(NoPicture::OfTheFile(_)) => continue,
            Err(NoPicture::OfTheBox(why)) => return Err(why),
        };
        if facts.width.min(facts.height) >= IN_DOCUMENT_SIDE_MIN_PX {
            let mut named = line(SignalKind::Pdq, String::new());
            named.label = named.label.map(|label| format!("{label}, {}", shown.place));
            let flat = |signal: &Signal| signal.quality.is_some_and(|quality| quality < MIN_MATCH_QUALITY);
            signals.extend(picture(&facts, named).filter(|signal| !flat(signal)));
        }
    }
    Ok(signals)
}

/// A text as it is listed; none where it says too little to be compared whole. Control characters, each of which takes six
/// in a line of JSON, become blanks.
fn whole_text(text: &str) -> Option<String> {
    let text = &text[..text.floor_char_boundary(TEXT_MAX_BYTES)];
    normal(text).exact_key().map(|_| text.replace(|c: char| c.is_control() && c != '\n', " "))
}

/// The line of a picture; none where it is too small for a hash.
fn picture(facts: &Decoded, line: Signal) -> Option<Signal> {
    let whole = facts.pdq?;
    let cuts = facts.listed.iter().filter(|cut| cut.name != Name::Whole);
    // A cut that shows too little would match what is unlike.
    let cuts = cuts.filter(|cut| cut.pdq.quality >= MIN_MATCH_QUALITY);
    Some(Signal {
        value: whole.hash.to_string(),
        quality: Some(whole.quality),
        cuts: cuts.map(|cut| Cut { name: cut.name, hash: cut.pdq.hash }.to_string()).collect(),
        points: facts
            .points
            .as_ref()
            .filter(|points| !points.points.is_empty())
            .map(|points| STANDARD.encode(points.to_bytes())),
        ..line
    })
}

/// The lines of a video and of a sound, whose values are the digest of their file.
fn moving(of: Of<video::Listed, sound::Listed>, line: &Signal) -> impl Iterator<Item = Signal> {
    let of_kind = |kind, bytes: Vec<u8>| Signal { kind, print: Some(STANDARD.encode(bytes)), ..line.clone() };
    let video = of.video.map(|listed| of_kind(SignalKind::Video, listed.to_bytes()));
    let sound = of.sound.map(|listed| of_kind(SignalKind::Sound, listed.to_bytes()));
    video.into_iter().chain(sound)
}
