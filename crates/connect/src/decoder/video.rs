//! Videos and sounds by ffmpeg, in the box for tools: frames and samples come out, bytes of an agreed form.

use std::path::PathBuf;
use std::time::Duration;

use perceptual::Rgb;
use perceptual::video::ASKED_FRAMES_PER_SECOND;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

use super::tool::{self, INPUT, Input, Running, Tool};
use super::{DecodeError, TURN_WAIT_SECONDS};

/// The program.
const PROGRAM: &str = "ffmpeg";

/// Largest file that is given to ffmpeg.
pub const MAX_MEDIA_BYTES: u64 = 4 << 30;

/// So much of the beginning of a video or sound is looked at.
pub const MAX_MEDIA_SECONDS: u32 = 3_600;

/// Longest side of a frame: PDQ looks at 64 x 64 places, points at 400 pixels.
pub const FRAME_SIDE_PX: u32 = 512;

/// Address space of ffmpeg: its libraries take 300 MiB before it reads a byte.
const MEMORY_MIB: u64 = 1_536;

/// Processor time of ffmpeg for one file.
const CPU_SECONDS: u64 = 600;

/// Time of ffmpeg for one file, that of who hashes included.
const WAIT_SECONDS: u64 = 1_200;

/// Frames decoded before they are hashed.
const FRAMES_AHEAD: usize = 4;

/// The longest head of a frame: `P6`, two sides and the greatest value.
const MAX_FRAME_HEAD_BYTES: usize = 32;

/// What ffmpeg may take a file for. Nothing of it names other files, as playlists do.
const FORMATS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,wav,w64,ogg,flac,mp3,aac,flv,asf,mpeg,mpegvideo,\
                       mpegts,amr,aiff,caf";

/// What ffmpeg says of a file that has no picture, or no sound, where one is asked for.
const NO_STREAM: &str = "does not contain any stream";

/// Said to people where ffmpeg is missing.
pub const NOT_INSTALLED: &str =
    "Videos and sounds are compared by their bytes only: ffmpeg is not installed.";

/// ffmpeg, as many at once as its pool. Each file has a process of its own.
#[derive(Debug)]
pub struct Ffmpeg {
    program: Option<PathBuf>,
    turns: Semaphore,
    seconds: u32,
}

/// How far a file was seen or heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Frames, or samples.
    pub count: u64,
    /// Why there may be more; a sentence for people.
    pub broken: Option<String>,
}

/// Whether ffmpeg is there.
#[must_use]
pub fn is_installed() -> bool {
    tool::find(PROGRAM).is_some()
}

impl Ffmpeg {
    /// Looks for the program; starts nothing.
    #[must_use]
    pub fn new(pool: usize) -> Self {
        Self { program: tool::find(PROGRAM), turns: Semaphore::new(pool.max(1)), seconds: MAX_MEDIA_SECONDS }
    }

    /// Looks at so many seconds of each file only, [`MAX_MEDIA_SECONDS`] at most.
    #[must_use]
    pub fn within(self, seconds: u32) -> Self {
        Self { seconds: seconds.min(MAX_MEDIA_SECONDS), ..self }
    }

    /// Whether it is there; else [`NOT_INSTALLED`] is what to say.
    #[must_use]
    pub fn is_installed(&self) -> bool {
        self.program.is_some()
    }

    /// Hands the frames of a file, [`ASKED_FRAMES_PER_SECOND`] and with no side over [`FRAME_SIDE_PX`], to `push` with their
    /// time in milliseconds, on a thread of its own, and gives back who took them. No frame where the file has no picture.
    ///
    /// # Errors
    /// [`DecodeError`]. A file whose beginning could be read is no error; [`Extent::broken`] says it.
    pub async fn frames<T: Send + 'static>(
        &self,
        input: Input,
        mut taker: T,
        push: fn(&mut T, u32, &Rgb<'_>),
    ) -> Result<(T, Extent), DecodeError> {
        let side = FRAME_SIDE_PX;
        let filter = format!(
            "fps={ASKED_FRAMES_PER_SECOND},scale='min({side},iw)':'min({side},ih)':force_original_aspect_ratio=decrease"
        );
        let most = self.seconds * ASKED_FRAMES_PER_SECOND;
        let most_text = most.to_string();
        let out = ["-map", "0:V:0?", "-vf", &filter, "-frames:v", &most_text, "-pix_fmt", "rgb24"];
        let form = ["-f", "image2pipe", "-c:v", "ppm"];
        let _turn = self.turn().await?;
        let mut running = self.start(input, &[&out[..], &form[..]].concat()).await?;
        let (to, mut from) = mpsc::channel::<Frame>(FRAMES_AHEAD);
        let hashing = tokio::task::spawn_blocking(move || {
            while let Some(frame) = from.blocking_recv() {
                if let Some(rgb) = Rgb::new(frame.width, frame.height, &frame.pixels) {
                    push(&mut taker, frame.at_ms, &rgb);
                }
            }
            taker
        });
        let mut count = 0;
        let mut buffer = Vec::new();
        while count < u64::from(most) {
            let at_ms = u32::try_from(count * 1_000 / u64::from(ASKED_FRAMES_PER_SECOND)).unwrap_or(u32::MAX);
            let Some(frame) = frame(&mut running, &mut buffer, at_ms).await? else { break };
            count += 1;
            if to.send(frame).await.is_err() {
                break;
            }
        }
        drop(to);
        let taker = hashing.await.map_err(|error| DecodeError::Unavailable(error.to_string()))?;
        let seconds = count / u64::from(ASKED_FRAMES_PER_SECOND);
        Ok((taker, extent(running.end().await, count, (seconds, self.seconds))?))
    }

    /// The samples of the first sound of a file: one channel, so many a second. None where the file has no sound.
    ///
    /// # Errors
    /// As for [`Ffmpeg::frames`].
    pub async fn samples(&self, input: Input, rate: u32) -> Result<(Vec<i16>, Extent), DecodeError> {
        let rate_text = rate.to_string();
        let seconds = self.seconds.to_string();
        let out = ["-map", "0:a:0?", "-ac", "1", "-ar", &rate_text, "-t", &seconds, "-f", "s16le"];
        let _turn = self.turn().await?;
        let mut running = self.start(input, &out).await?;
        let most = u64::from(self.seconds) * u64::from(rate);
        let mut samples = Vec::new();
        let mut chunk = vec![0; 64 << 10];
        let mut odd = None;
        while (samples.len() as u64) < most {
            let read = running.read(&mut chunk).await?;
            if read == 0 {
                break;
            }
            for byte in &chunk[..read] {
                match odd.take() {
                    None => odd = Some(*byte),
                    Some(low) => samples.push(i16::from_le_bytes([low, *byte])),
                }
            }
        }
        let count = samples.len() as u64;
        let extent = extent(running.end().await, count, (count / u64::from(rate.max(1)), self.seconds))?;
        Ok((samples, extent))
    }

    async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, DecodeError> {
        let wait = Duration::from_secs(TURN_WAIT_SECONDS + WAIT_SECONDS);
        let turn = timeout(wait, self.turns.acquire()).await.map_err(|_| DecodeError::Busy)?;
        turn.map_err(|_| DecodeError::Busy)
    }

    async fn start(&self, input: Input, out: &[&str]) -> Result<Running, DecodeError> {
        let program =
            self.program.clone().ok_or_else(|| DecodeError::Unavailable(NOT_INSTALLED.to_owned()))?;
        let size = match &input {
            Input::File(file) => {
                file.metadata().map_err(|error| DecodeError::Refused(error.to_string()))?.len()
            }
            Input::Bytes(bytes) => bytes.len() as u64,
        };
        if size > MAX_MEDIA_BYTES {
            let sentence = format!("The file is over {} MiB, more than is decoded.", MAX_MEDIA_BYTES >> 20);
            return Err(DecodeError::Refused(sentence));
        }
        let file = format!("file:{INPUT}");
        let seconds = self.seconds.to_string();
        let quiet = ["-nostdin", "-hide_banner", "-v", "error", "-threads", "1", "-filter_threads", "1"];
        let only =
            ["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS, "-t", &seconds, "-i", &file];
        let args = [&quiet[..], &only, &["-sn", "-dn"], out, &["pipe:1"]].concat();
        let tool = Tool {
            program,
            args: args.into_iter().map(Into::into).collect(),
            memory_mib: MEMORY_MIB,
            cpu_seconds: CPU_SECONDS,
            wait: Duration::from_secs(WAIT_SECONDS),
        };
        tool.start(input).await
    }
}

struct Frame {
    at_ms: u32,
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// The next frame, as a PPM picture; `None` at the end, also in the middle of a frame: then the tool says why.
async fn frame(
    running: &mut Running,
    buffer: &mut Vec<u8>,
    at_ms: u32,
) -> Result<Option<Frame>, DecodeError> {
    let mut chunk = vec![0; 64 << 10];
    loop {
        if let Some((width, height, head)) = head(buffer)? {
            let end = head + (width * height * 3) as usize;
            if buffer.len() >= end {
                let pixels = buffer[head..end].to_vec();
                buffer.drain(..end);
                return Ok(Some(Frame { at_ms, width, height, pixels }));
            }
        }
        match running.read(&mut chunk).await? {
            0 => return Ok(None),
            read => buffer.extend_from_slice(&chunk[..read]),
        }
    }
}

/// Width, height, and where the pixels begin; `None` while the head is not all there.
fn head(bytes: &[u8]) -> Result<Option<(u32, u32, usize)>, DecodeError> {
    let start = &bytes[..bytes.len().min(MAX_FRAME_HEAD_BYTES)];
    let mut lines = start.splitn(4, |byte| *byte == b'\n');
    let (Some(mark), Some(sides), Some(most), Some(_)) =
        (lines.next(), lines.next(), lines.next(), lines.next())
    else {
        let whole = bytes.len() < MAX_FRAME_HEAD_BYTES;
        return if whole { Ok(None) } else { Err(DecodeError::OutOfForm) };
    };
    let sides_text = std::str::from_utf8(sides).ok();
    let read = sides_text
        .and_then(|sides| sides.split_once(' '))
        .and_then(|(width, height)| Some((width.parse::<u32>().ok()?, height.parse::<u32>().ok()?)));
    let fits = |side: u32| (1..=FRAME_SIDE_PX).contains(&side);
    match read {
        Some((width, height)) if mark == b"P6" && most == b"255" && fits(width) && fits(height) => {
            Ok(Some((width, height, mark.len() + sides.len() + most.len() + 3)))
        }
        _ => Err(DecodeError::OutOfForm),
    }
}

/// What is to be said of a file that was read so far.
fn extent(
    ended: Result<(), DecodeError>,
    count: u64,
    (seconds, most): (u64, u32),
) -> Result<Extent, DecodeError> {
    let broken = match ended {
        Ok(()) if seconds >= u64::from(most) => {
            Some(format!("Only its first {} minutes were compared.", most / 60))
        }
        Ok(()) => None,
        Err(DecodeError::Refused(words)) if words.contains(NO_STREAM) => None,
        Err(error @ (DecodeError::Refused(_) | DecodeError::Ended)) if count > 0 => {
            Some(format!("It was read for {seconds} seconds, then: {error}"))
        }
        Err(error) => return Err(error),
    };
    Ok(Extent { count, broken })
}

/// Whether the first bytes of a file announce a video or a sound that is read. Nothing is parsed.
#[must_use]
pub fn announces_media(start: &[u8]) -> bool {
    let has = |at: usize, mark: &[u8]| start.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let marks: [(usize, &[u8]); 17] = [
        (0, b"\x1A\x45\xDF\xA3"),
        (8, b"AVI "),
        (8, b"WAVE"),
        (0, b"OggS"),
        (0, b"fLaC"),
        (0, b"ID3"),
        (0, b"FLV\x01"),
        (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11"),
        (0, b"\0\0\x01\xBA"),
        (0, b"\0\0\x01\xB3"),
        (0, b"#!AMR"),
        (8, b"AIFF"),
        (0, b"caff"),
        (4, b"moov"),
        (4, b"mdat"),
        (4, b"wide"),
        (0, b"riff\x2E\x91\xCF\x11"),
    ];
    // Pictures are kept in the same container.
    let picture =
        [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"].iter().any(|kind| has(8, *kind));
    let mpeg_sound = matches!(start, [0xFF, 0xFB | 0xFA | 0xF3 | 0xF2 | 0xF1 | 0xF9, ..]);
    let packets = start.first() == Some(&0x47) && start.get(188) == Some(&0x47);
    (has(4, b"ftyp") && !picture) || mpeg_sound || packets || marks.iter().any(|(at, mark)| has(*at, mark))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn frame_heads() {
        let check = |bytes: &[u8], expected: Option<Option<(u32, u32, usize)>>| {
            assert_eq!(head(bytes).ok(), expected, "{}", String::from_utf8_lossy(bytes));
        };
        check(b"", Some(None));
        check(b"P6\n512 28", Some(None));
        check(b"P6\n512 288\n255\n", Some(Some((512, 288, 15))));
        check(b"P6\n512 288\n255\nabc", Some(Some((512, 288, 15))));
        for bad in
            ["P5\n1 1\n255\n", "P6\n513 1\n255\n", "P6\n0 1\n255\n", "P6\n1 1\n65535\n", "P6\n1\n255\n"]
        {
            check(bad.as_bytes(), None);
        }
        check(&[b'a'; 40], None);
    }

    #[test]
    fn what_was_read_counts() {
        let refused = |words: &str| Err(DecodeError::Refused(words.to_owned()));
        assert_eq!(extent(Ok(()), 4, (2, 3_600)).unwrap(), Extent { count: 4, broken: None });
        assert_eq!(
            extent(refused("Output file #0 does not contain any stream"), 0, (0, 3_600)).unwrap().broken,
            None
        );
        assert!(extent(refused("bad"), 4, (2, 3_600)).unwrap().broken.unwrap().contains("for 2 seconds"));
        assert_eq!(extent(refused("bad"), 0, (0, 3_600)), refused("bad").map(|()| Extent::default()));
        assert!(extent(Ok(()), 9, (3_600, 3_600)).unwrap().broken.unwrap().contains("60 minutes"));
        assert!(extent(Ok(()), 9, (900, 900)).unwrap().broken.unwrap().contains("15 minutes"));
        assert_eq!(extent(Err(DecodeError::TooSlow), 4, (2, 3_600)), Err(DecodeError::TooSlow));
    }

    #[test]
    fn media_are_announced() {
        let check = |start: &[u8], expected: bool| assert_eq!(announces_media(start), expected, "{start:?}");
        check(b"\0\0\0\x18ftypmp42", true);
        check(b"\0\0\0\x18ftypheic", false);
        check(b"RIFF\0\0\0\0WAVE", true);
        check(b"RIFF\0\0\0\0WEBP", false);
        check(b"\xFF\xFB\x90", true);
        check(b"\xFF\xD8\xFF", false);
        check(b"#EXTM3U", false);
        check(b"", false);
        let mut packets = [0; 400];
        packets[0] = 0x47;
        check(&packets, false);
        packets[188] = 0x47;
        check(&packets, true);
    }
}
