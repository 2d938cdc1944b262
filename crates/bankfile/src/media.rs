//! Videos and sounds of files: decoded by ffmpeg in the box, one process a file, and hashed here.

use std::path::Path;

use connect::decoder::DecodeError;
use connect::decoder::tool::Input;
use connect::decoder::video::{Extent, Ffmpeg, NOT_INSTALLED};
use perceptual::Rgb;
use perceptual::pdq::{self, PdqResult};
use perceptual::sound::{self, Print, SAMPLE_RATE};
use perceptual::video::{self, Asker, Lister};

use crate::file;
use crate::picture::NoPicture;

/// Said of a file that announces a video or a sound and has none.
const NOTHING: &str = "It has no picture and no sound that can be read.";

/// The box for videos and sounds.
#[derive(Debug)]
pub struct Media {
    ffmpeg: Ffmpeg,
}

/// What a file came to: its video, its sound, and what is wrong with it, a sentence for people.
#[derive(Debug, Clone, Default)]
pub struct Of<V, S> {
    /// None where it has no picture, or nothing was asked for.
    pub video: Option<V>,
    /// None where it has no sound, or too little of it, or nothing was asked for.
    pub sound: Option<S>,
    /// Why it was not read, or not to its end.
    pub trouble: Option<String>,
}

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wants {
    /// Its frames.
    pub video: bool,
    /// Points of its frames.
    pub points: bool,
    /// Its sound.
    pub sound: bool,
}

/// The frames that the vPDQ rule looks at: their time in milliseconds, and their PDQ.
#[derive(Debug, Clone, Default)]
pub struct Frames(pub Vec<(u32, PdqResult)>);

impl Frames {
    fn push(&mut self, at_ms: u32, frame: &Rgb<'_>) {
        if at_ms.is_multiple_of(video::LISTED_STEP_MS) {
            self.0.extend(pdq::hash(frame).map(|hash| (at_ms, hash)));
        }
    }
}

type Heard<S> = Result<Option<(S, Extent)>, DecodeError>;

impl Media {
    /// As many files at once as there are cores. Nothing is started yet.
    #[must_use]
    pub fn new() -> Self {
        Self { ffmpeg: Ffmpeg::new(std::thread::available_parallelism().map_or(1, usize::from)) }
    }

    /// What a list keeps of a file; cuts and points only where people have verified it.
    ///
    /// # Errors
    /// [`NoPicture::OfTheBox`]; what is wrong with the file is told in what it came to.
    pub async fn listed(
        &self,
        path: &Path,
        verified: bool,
    ) -> Result<Of<video::Listed, sound::Listed>, NoPicture> {
        let push: fn(&mut Lister, u32, &Rgb<'_>) = |lister, at_ms, frame| lister.push(at_ms, frame);
        let seen = self.frames(path, Lister::new(verified), push).await;
        let heard = self.sound(path, |samples| sound::listed(&samples)).await;
        let mut of = both(seen.map(|seen| seen.map(|(lister, extent)| (lister.finish(), extent))), heard)?;
        of.video = of.video.filter(|video| !video.frames.is_empty());
        of.sound = of.sound.filter(|listed| listed.print.0.len() >= sound::line::LEAST_VALUES);
        Ok(of)
    }

    /// What of a file is compared with a list.
    ///
    /// # Errors
    /// As for [`Media::listed`].
    pub async fn asked(
        &self,
        path: &Path,
        wants: Wants,
    ) -> Result<Of<video::Asked, sound::Asked>, NoPicture> {
        let push: fn(&mut Asker, u32, &Rgb<'_>) = |asker, at_ms, frame| asker.push(at_ms, frame);
        let seen = match wants.video {
            true => self.frames(path, Asker::new(wants.points), push).await,
            false => Ok(None),
        };
        let heard = match wants.sound {
            true => self.sound(path, |samples| sound::asked(&samples)).await,
            false => Ok(None),
        };
        let of = both(seen.map(|seen| seen.map(|(asker, extent)| (asker.finish(), extent))), heard)?;
        // A sound where only videos are listed is no trouble, nor the other way round.
        Ok(Of { trouble: of.trouble.filter(|why| why != NOTHING || (wants.video && wants.sound)), ..of })
    }

    /// What `renvoi hash` tells of a file.
    ///
    /// # Errors
    /// As for [`Media::listed`].
    pub async fn hashed(&self, path: &Path) -> Result<Of<Frames, Print>, NoPicture> {
        let push: fn(&mut Frames, u32, &Rgb<'_>) = |frames, at_ms, frame| frames.push(at_ms, frame);
        let seen = self.frames(path, Frames::default(), push).await;
        both(seen, self.sound(path, |samples| sound::print(&samples)).await)
    }

    async fn frames<T: Send + 'static>(
        &self,
        path: &Path,
        taker: T,
        push: fn(&mut T, u32, &Rgb<'_>),
    ) -> Heard<T> {
        let (taker, extent) = self.ffmpeg.frames(self.open(path)?, taker, push).await?;
        Ok((extent.count > 0).then_some((taker, extent)))
    }

    async fn sound<S: Send + 'static>(&self, path: &Path, print: fn(Vec<i16>) -> S) -> Heard<S> {
        let (samples, extent) = self.ffmpeg.samples(self.open(path)?, SAMPLE_RATE).await?;
        if samples.is_empty() {
            return Ok(None);
        }
        let printed = tokio::task::spawn_blocking(move || print(samples)).await;
        Ok(Some((printed.map_err(|error| DecodeError::Unavailable(error.to_string()))?, extent)))
    }

    fn open(&self, path: &Path) -> Result<Input, DecodeError> {
        if !self.ffmpeg.is_installed() {
            return Err(DecodeError::Refused(NOT_INSTALLED.to_owned()));
        }
        file::open(path).map(|(file, _)| Input::File(file)).map_err(DecodeError::Refused)
    }
}

impl Default for Media {
    fn default() -> Self {
        Self::new()
    }
}

/// What both came to. A file whose picture is broken may have a good sound.
fn both<V, S>(seen: Heard<V>, heard: Heard<S>) -> Result<Of<V, S>, NoPicture> {
    let (video, seen) = one(seen)?;
    let (sound, heard) = one(heard)?;
    let nothing = (video.is_none() && sound.is_none()).then(|| NOTHING.to_owned());
    Ok(Of { video, sound, trouble: seen.or(heard).or(nothing) })
}

fn one<T>(read: Heard<T>) -> Result<(Option<T>, Option<String>), NoPicture> {
    match read {
        Ok(None) => Ok((None, None)),
        Ok(Some((of, extent))) => Ok((Some(of), extent.broken)),
        Err(error) if error.is_of_the_file() => Ok((None, Some(error.to_string()))),
        Err(error) => Err(NoPicture::OfTheBox(error.to_string())),
    }
}
