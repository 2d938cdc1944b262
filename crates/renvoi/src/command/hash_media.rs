//! `renvoi hash video` and `renvoi hash sound`: frames of videos and prints of sounds.

use super::{Done, Failed};
use crate::command::out::say;
use bankfile::file::{named, printable};
use bankfile::media::{Frames, Media, Of};
use bankfile::picture::NoPicture;
use bankfile::sound::Print;
use clap::Args;
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A file was refused; it was said on its line.
const EXIT_REFUSED: u8 = 1;
/// Files in hand at once; ffmpeg has its own limit.
const IN_HAND: usize = 4;

#[derive(Debug, Args)]
pub(super) struct Files {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints one JSON object a file, in the order given.
    #[arg(long)]
    json: bool,
}

/// What of the files is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Video,
    Sound,
}

impl Files {
    pub(super) async fn run(self, part: Part) -> Done {
        let media = Media::new();
        let mut answers = futures_util::stream::iter(&self.files)
            .map(async |file| (file, media.hashed(file).await))
            .buffered(IN_HAND);
        let mut refused = false;
        while let Some((file, of)) = answers.next().await {
            let of = of.map_err(|why: NoPicture| Failed::Other(why.to_string()))?;
            let line = line(file, part, &of);
            refused |= line.get("error").is_some();
            match self.json {
                true => say!("{line}")?,
                false => say!("{}", as_text(&line))?,
            }
        }
        if refused { Err(Failed::Told(EXIT_REFUSED)) } else { Ok(()) }
    }
}

/// The line of a file. What was read of a broken one is given, with the reason.
fn line(file: &Path, part: Part, of: &Of<Frames, Print>) -> Value {
    let (name, hex) = named(file);
    let mut line = json!({ "file": name });
    if let Some(hex) = hex {
        line["file_hex"] = hex.into();
    }
    match part {
        Part::Video => match &of.video {
            Some(frames) => {
                let frames = frames.0.iter().map(|(at_ms, one)| {
                    json!({ "at_ms": at_ms, "pdq": one.hash.to_string(), "quality": one.quality })
                });
                line["frames"] = frames.collect::<Vec<_>>().into();
            }
            None => line["error"] = "It has no picture that can be read.".into(),
        },
        Part::Sound => match &of.sound {
            Some(print) => {
                line["length_ms"] = print.length_ms().into();
                line["chromaprint"] = print.0.clone().into();
            }
            None => line["error"] = "It has no sound that can be read, or under 3 seconds of it.".into(),
        },
    }
    if let Some(trouble) = &of.trouble {
        line["error"] = trouble.as_str().into();
    }
    line
}

fn as_text(line: &Value) -> String {
    let name = printable(line["file"].as_str().unwrap_or_default());
    if let Some(error) = line["error"].as_str() {
        return format!("{name}: {error}");
    }
    if let Some(frames) = line["frames"].as_array() {
        let lines = frames.iter().map(|frame| {
            let (at, pdq) =
                (frame["at_ms"].as_u64().unwrap_or_default(), frame["pdq"].as_str().unwrap_or_default());
            format!("{pdq} {:>3}  {name} {}:{:02}", frame["quality"], at / 60_000, at / 1_000 % 60)
        });
        return lines.collect::<Vec<_>>().join("\n");
    }
    let values = line["chromaprint"].as_array().map_or(0, Vec::len);
    format!("{name}: {values} values; --json prints them")
}
