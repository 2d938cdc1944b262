//! The tests.

use std::future::Future;
use std::process::Command;
use std::time::Duration;

use connect::decoder::{
    DecodeError, Decoded, Decoder, DecoderConfig, Landlock, MAX_FILE_BYTES, PREVIEW_SIDE_PX, Want,
};
use image::ImageFormat;
use perceptual::decode::Format;

use crate::children::{MOODY, PROBE};
use crate::harness::{Outcome, Test};
use crate::pictures::{self, Dice};

pub(crate) const ALL: &[Test] = &[
    ("decoder_gives_facts", gives_facts),
    ("decoder_refuses_other_kinds", refuses_other_kinds),
    ("decoder_outlives_bombs", outlives_bombs),
    ("decoder_outlives_damage", outlives_damage),
    ("decoder_takes_the_largest_picture", takes_the_largest_picture),
    ("decoder_box_denies_files_and_network", box_denies_files_and_network),
    ("decoder_replaces_children", replaces_children),
    ("decoder_reuses_children", reuses_children),
    ("decoder_does_not_blame_a_file_for_earlier_ones", does_not_blame_a_file_for_earlier_ones),
    ("decoder_without_program_is_unavailable", without_program_is_unavailable),
    ("decoder_serves_many_at_once", serves_many_at_once),
];

const NOTHING: Want =
    Want { dihedral: false, preview: false, asked: false, listed: false, points: false, upright: false };
const ALL_FACTS: Want =
    Want { dihedral: true, preview: true, asked: true, listed: true, points: true, upright: true };

/// For children that answer: never waited for in full.
const LONG: Duration = Duration::from_secs(20);

/// For the child that never answers.
const SHORT: Duration = Duration::from_secs(1);

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> Result<T, std::io::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(future))
}

fn real(pool: usize) -> Result<Decoder, std::io::Error> {
    DecoderConfig::this_program(pool).map(Decoder::new)
}

fn moody(answer_wait: Duration) -> Result<Decoder, std::io::Error> {
    let usual = DecoderConfig::this_program(1)?;
    Ok(Decoder::new(DecoderConfig { args: vec![MOODY.into()], answer_wait, ..usual }))
}

fn trials(usual: usize) -> usize {
    std::env::var("RENVOI_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The parent keeps answering.
async fn still_answers(decoder: &Decoder) -> Outcome {
    let good = decoder.picture(pictures::small(ImageFormat::Png)?, NOTHING).await?;
    assert_eq!((good.width, good.height), (48, 40));
    Ok(())
}

fn gives_facts() -> Outcome {
    let formats = [
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::WebP, Format::Webp),
        (ImageFormat::Jpeg, Format::Jpeg),
    ];
    wait(async {
        let decoder = real(1)?;
        assert!(decoder.sandbox().is_none());
        for (given, expected) in formats {
            let file = pictures::small(given)?;
            let facts: Decoded = decoder.picture(file.clone(), ALL_FACTS).await?;
            assert_eq!((facts.width, facts.height, facts.format), (48, 40, expected));
            assert!(facts.preview.is_some_and(|preview| preview.starts_with(b"\xFF\xD8\xFF")));
            let pdq = facts.pdq.ok_or("no hash")?;
            assert_eq!(facts.dihedral.map(|forms| forms[0]), Some(pdq.hash));
            let bare = decoder.picture(file, NOTHING).await?;
            assert_eq!((bare.pdq, bare.sha256), (Some(pdq), facts.sha256));
            assert_eq!((bare.dihedral, bare.preview), (None, None));
        }
        let tiny = decoder.picture(pictures::vast_and_flat(4, 900)?, ALL_FACTS).await?;
        assert_eq!((tiny.pdq, tiny.dihedral), (None, None));
        assert!(decoder.sandbox().is_some());
        Ok(())
    })?
}

fn refuses_other_kinds() -> Outcome {
    wait(async {
        let decoder = real(1)?;
        for (file, expected) in [
            (&b""[..], "empty"),
            (b"\0\0\0\x18ftypmp42", "a video, a kind that is not decoded here"),
            (b"OggS", "a sound"),
            (b"%PDF-1.7", "a document"),
            (b"<html>", "not a JPEG"),
        ] {
            let refused = decoder.picture(file.to_vec(), ALL_FACTS).await;
            let sentence = refused.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(sentence.contains(expected), "{sentence}");
        }
        let heavy = decoder.picture(vec![0; MAX_FILE_BYTES + 1], NOTHING).await;
        assert!(heavy.is_err_and(|error| error.is_of_the_file() && error.to_string().contains("32 MiB")));
        Ok(())
    })?
}

fn outlives_bombs() -> Outcome {
    let jpeg = pictures::small(ImageFormat::Jpeg)?;
    let bombs = [
        ("PNG of 60000 x 60000", pictures::png_announcing(60_000, 60_000), "60000 x 60000"),
        ("PNG of most", pictures::png_announcing(0x7FFF_FFFF, 0x7FFF_FFFF), "picture"),
        ("PNG without pixels", pictures::png_announcing(6_000, 6_000), "damaged"),
        ("PNG too many but not too wide", pictures::png_announcing(8_000, 8_000), "8000 x 8000"),
        ("GIF of most", pictures::gif_announcing_most(), "65535 x 65535"),
        ("GIF frame over its screen", pictures::gif_with_frame_over_its_screen(), ""),
        ("JPEG of most", pictures::jpeg_announcing_most(&jpeg), "65534 x 65534"),
        ("JPEG, head only", jpeg[..jpeg.len() / 4].to_vec(), "damaged"),
        ("JPEG, three bytes", jpeg[..3].to_vec(), "damaged"),
    ];
    wait(async {
        let decoder = real(1)?;
        for (name, bomb, expected) in bombs {
            let answer = decoder.picture(bomb, ALL_FACTS).await;
            let sentence = answer.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(sentence.contains(expected), "{name}: {sentence:?}");
            still_answers(&decoder).await?;
        }
        // Cut in the middle a JPEG may still show its upper half; either is in order, an end is not.
        match decoder.picture(jpeg[..jpeg.len() * 3 / 4].to_vec(), ALL_FACTS).await {
            Ok(_) | Err(DecodeError::Refused(_)) => still_answers(&decoder).await,
            Err(other) => Err(other.into()),
        }
    })?
}

fn outlives_damage() -> Outcome {
    let formats = [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg];
    let files = formats.map(pictures::small);
    wait(async {
        let decoder = real(2)?;
        let (mut read, mut refused, mut ended) = (0, 0, 0);
        for trial in 0..trials(1_000) {
            let mut dice = Dice(trial as u64);
            let file = match trial % 8 {
                at @ 0..4 => pictures::damaged(files[at].as_ref().map_err(ToString::to_string)?, &mut dice),
                4 => (0..dice.below(300)).map(|_| dice.next() as u8).collect(),
                _ => pictures::damaged(files[0].as_ref().map_err(ToString::to_string)?, &mut dice),
            };
            match decoder.picture(file, ALL_FACTS).await {
                Ok(_) => read += 1,
                Err(DecodeError::Refused(_)) => refused += 1,
                Err(DecodeError::Ended | DecodeError::TooSlow) => ended += 1,
                Err(error) => return Err(format!("trial {trial}: {error}").into()),
            }
        }
        println!("{read} read, {refused} refused, {ended} ended a child");
        still_answers(&decoder).await
    })?
}

fn takes_the_largest_picture() -> Outcome {
    let file = pictures::vast_and_flat(8_000, 5_000)?;
    wait(async {
        let decoder = real(1)?;
        let facts = decoder.picture(file, ALL_FACTS).await?;
        assert_eq!(facts.pdq.map(|pdq| pdq.quality), Some(0));
        let preview = facts.preview.ok_or("no preview")?;
        let small = decoder.picture(preview, NOTHING).await?;
        assert_eq!((small.width, small.height), (PREVIEW_SIDE_PX, PREVIEW_SIDE_PX * 5 / 8));
        Ok(())
    })?
}

fn box_denies_files_and_network() -> Outcome {
    let out = Command::new(std::env::current_exe()?).arg(PROBE).output()?;
    let words = String::from_utf8(out.stdout)?;
    assert!(out.status.success(), "{words}");
    assert_eq!(words.lines().count(), 11, "{words}");
    for line in words.lines() {
        assert!(line.ends_with(": denied"), "{line}");
    }
    Ok(())
}

fn replaces_children() -> Outcome {
    wait(async {
        let (decoder, hasty) = (moody(LONG)?, moody(SHORT)?);
        let hung = hasty.picture("hang".into(), NOTHING).await;
        assert_eq!(hung, Err(DecodeError::TooSlow));
        let next = hasty.picture("word".into(), NOTHING).await;
        assert!(matches!(next, Err(DecodeError::Refused(_))), "{next:?}");
        let check = async |mood: &str, expected: Result<(), DecodeError>| -> Outcome {
            let answer = decoder.picture(mood.into(), NOTHING).await;
            assert_eq!(answer.map(drop), expected, "{mood}");
            let next = decoder.picture("word".into(), NOTHING).await;
            assert!(
                matches!(next, Err(DecodeError::Refused(words)) if words.starts_with("process ")),
                "{mood}"
            );
            Ok(())
        };
        check("end", Err(DecodeError::Ended)).await?;
        check("half", Err(DecodeError::Ended)).await?;
        for mood in ["long head", "long body", "prose", "false hash", "unasked forms", "unasked preview"] {
            check(mood, Err(DecodeError::OutOfForm)).await?;
        }
        check("in form", Ok(())).await?;
        let cut = "a".repeat(10) + &"b".repeat(190);
        check("long words", Err(DecodeError::Refused(cut))).await?;
        assert_eq!(decoder.sandbox().map(|sandbox| sandbox.landlock), Some(Landlock::Absent));
        Ok(())
    })?
}

fn reuses_children() -> Outcome {
    wait(async {
        let decoder = moody(LONG)?;
        let first = decoder.picture("word".into(), NOTHING).await;
        let second = decoder.picture("word".into(), NOTHING).await;
        assert_eq!(first, second);
        let _ = decoder.picture("prose".into(), NOTHING).await;
        let third = decoder.picture("word".into(), NOTHING).await;
        assert_ne!(first, third);
        Ok(())
    })?
}

fn does_not_blame_a_file_for_earlier_ones() -> Outcome {
    wait(async {
        let decoder = moody(LONG)?;
        let _ = decoder.picture("word".into(), NOTHING).await;
        let answer = decoder.picture("end if used".into(), NOTHING).await;
        assert!(matches!(&answer, Err(DecodeError::Refused(_))), "{answer:?}");
        Ok(())
    })?
}

fn without_program_is_unavailable() -> Outcome {
    wait(async {
        let usual = DecoderConfig::this_program(1)?;
        let decoder = Decoder::new(DecoderConfig { program: "/renvoi/nowhere".into(), ..usual.clone() });
        let answer = decoder.picture("word".into(), NOTHING).await;
        assert!(matches!(&answer, Err(error @ DecodeError::Unavailable(_)) if !error.is_of_the_file()));
        // A program that knows nothing of the talk is no decoder either.
        let decoder = Decoder::new(DecoderConfig { args: vec!["--list".into()], ..usual });
        let answer = decoder.picture("word".into(), NOTHING).await;
        assert!(matches!(answer, Err(DecodeError::Unavailable(_))));
        Ok(())
    })?
}

fn serves_many_at_once() -> Outcome {
    let file = pictures::small(ImageFormat::Png)?;
    wait(async {
        let decoder = real(2)?;
        let all =
            futures_util::future::join_all((0..20).map(|_| decoder.picture(file.clone(), ALL_FACTS))).await;
        let first = all[0].clone()?;
        assert!(all.into_iter().all(|answer| answer.as_ref() == Ok(&first)));
        Ok(())
    })?
}
