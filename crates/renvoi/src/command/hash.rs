//! `renvoi hash`: perceptual hashes of files. Needs no data directory.

mod document;

use super::hash_media::{Files, Part};
use super::{Done, Failed};
use crate::command::out::say;
use bankfile::file::{named, printable};
use bankfile::picture::{NoPicture, Pictures};
use bankfile::{Decoded, Reader, Want};
use clap::{Args, Subcommand};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A file was refused; it was said on its line.
const EXIT_REFUSED: u8 = 1;

/// What is told of each picture.
const WANT: Want =
    Want { dihedral: true, preview: false, asked: true, listed: false, points: false, upright: true };

/// Hashes files as the field does, in a box that can do nothing else
#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi hash image *.jpg --json\n\nExit codes: 0 all were hashed, 1 at least one was refused (its line says why)."
)]
pub(crate) struct Hash {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// PDQ of pictures (JPEG, PNG, GIF, WebP), with quality, eight positions and variants
    Image(Image),
    /// What is in documents (PDF, docx, xlsx, pptx, odt, ods, odp): parts with text, links, pictures with PDQ
    Document(document::Documents),
    /// PDQ of the frames of videos, one a second, as the vPDQ rule compares them
    Video(Files),
    /// Chromaprint of sounds, also of those of videos
    Sound(Files),
}

#[derive(Debug, Args)]
struct Image {
    /// The pictures.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints one JSON object a file, in the order given.
    #[arg(long)]
    json: bool,
    /// Adds the words that a machine reads in the picture (tesseract), with --json.
    #[arg(long)]
    words: bool,
}

impl Hash {
    pub(crate) async fn run(self) -> Done {
        match self.what {
            What::Image(image) => image.run().await,
            What::Document(documents) => documents.run().await,
            What::Video(files) => files.run(Part::Video).await,
            What::Sound(files) => files.run(Part::Sound).await,
        }
    }
}

impl Image {
    async fn run(self) -> Done {
        let pictures = Pictures::new()?;
        let reader = match self.words {
            true => Some(Reader::find().await.map_err(Failed::Other)?),
            false => None,
        };
        let read = async |file: &Path| match &reader {
            Some(reader) => pictures.words_of_file(file, reader).await.map(Some),
            None => Ok(None),
        };
        let mut answers = futures_util::stream::iter(&self.files)
            .map(async |file| {
                let facts = pictures.of_file(file, WANT).await;
                let words = if facts.is_ok() { read(file).await } else { Ok(None) };
                (file, facts.and_then(|facts| Ok((facts, words?))))
            })
            .buffered(pictures.in_hand());
        let mut refused = false;
        while let Some((file, answer)) = answers.next().await {
            refused |= answer.is_err();
            let line = match answer {
                Err(NoPicture::OfTheBox(why)) => return Err(Failed::Other(why)),
                answer if self.json => as_json(file, &answer).to_string(),
                answer => as_text(file, &answer),
            };
            say!("{line}")?;
        }
        if refused { Err(Failed::Told(EXIT_REFUSED)) } else { Ok(()) }
    }
}

/// A line that begins with the name of a file.
fn of_file(file: &Path) -> Value {
    let (name, hex) = named(file);
    let mut line = json!({ "file": name });
    if let Some(hex) = hex {
        line["file_hex"] = hex.into();
    }
    line
}

fn as_json(file: &Path, answer: &Result<(Decoded, Option<String>), NoPicture>) -> Value {
    let mut line = of_file(file);
    match answer {
        Err(why) => line["error"] = why.to_string().into(),
        Ok((facts, words)) => {
            line["sha256"] = hex::encode(facts.sha256).into();
            line["width"] = facts.width.into();
            line["height"] = facts.height.into();
            line["pdq"] = facts.pdq.map(|pdq| pdq.hash.to_string()).into();
            line["quality"] = facts.pdq.map(|pdq| pdq.quality).into();
            line["dihedral"] = texts(facts.dihedral.as_ref().map(|forms| &forms[..]));
            if facts.orientation != 1 {
                line["orientation"] = facts.orientation.into();
                line["upright"] = facts.upright.map(|pdq| pdq.hash.to_string()).into();
            }
            line["variants"] = variants(facts);
            if let Some(words) = words {
                line["words"] = json!({ "text": words, "read_by_machine": true });
            }
        }
    }
    line
}

fn texts<T: ToString>(hashes: Option<&[T]>) -> Value {
    hashes.unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>().into()
}

/// What is left when borders, bars and pages are undone; the whole is the hash itself.
fn variants(facts: &Decoded) -> Value {
    let others = facts.asked.iter().skip(1).map(|variant| {
        let at = variant.region;
        json!({
            "name": variant.name.to_string(), "x": at.x, "y": at.y, "width": at.width, "height": at.height,
            "quality": variant.hashes.quality, "dihedral": texts(Some(&variant.hashes.forms[..])),
        })
    });
    others.collect::<Vec<_>>().into()
}

fn as_text(file: &Path, answer: &Result<(Decoded, Option<String>), NoPicture>) -> String {
    let name = printable(&named(file).0);
    match answer {
        Err(why) => format!("{name}: {why}"),
        Ok((Decoded { pdq: None, width, height, .. }, _)) => {
            format!("{name}: {width} x {height} pixels, too small for a hash")
        }
        Ok((Decoded { pdq: Some(pdq), .. }, _)) => format!("{} {:>3}  {name}", pdq.hash, pdq.quality),
    }
}
