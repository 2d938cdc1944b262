//! Videos and sounds, made by ffmpeg while the test runs.

use crate::{Outcome, lines, renvoi, told};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Scenes of three seconds and a tune, 24 s. Each number is another video.
fn video(at: &Path, name: &str, number: u32) -> Outcome {
    let colours = ["red", "lime", "blue", "yellow", "cyan", "magenta", "orange", "white"];
    let box_at = |n: u32| {
        let (x, y) = ((number * 97 + n * 53) % 200, (number * 41 + n * 71) % 120);
        let (w, h) = (40 + (number * 31 + n * 29) % 90, 30 + (number * 67 + n * 17) % 60);
        let colour = colours[((number + n * 3) % 8) as usize];
        let part = format!("enable='eq(mod(floor(t/3),8),{})'", n % 8);
        format!("drawbox={x}:{y}:{w}:{h}:{colour}:fill:{part}")
    };
    let boxes: Vec<String> = (0..40).map(box_at).collect();
    let picture = format!("color=gray:s=320x180:r=10,{}", boxes.join(","));
    let tones = format!(
        "aevalsrc='0.4*sin(2*PI*t*({}+40*floor(mod(t*{},13))))+0.2*sin(2*PI*t*({}+55*floor(mod(t*3,7))))':s=11025",
        200 + number * 37,
        2 + number,
        400 + number * 23
    );
    ffmpeg(at, &["-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", &tones, "-t", "24", name])
}

fn ffmpeg(at: &Path, args: &[&str]) -> Outcome {
    let done =
        Command::new("ffmpeg").args(["-v", "error", "-nostdin", "-y"]).args(args).current_dir(at).output()?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into()) }
}

fn is_missing() -> bool {
    let missing = Command::new("ffmpeg").arg("-version").output().is_err();
    if missing {
        println!("skipped: no ffmpeg");
    }
    missing
}

#[test]
fn edited_videos_and_sounds_are_found_with_their_time() -> Outcome {
    if is_missing() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    fs::create_dir_all(at.join("originals"))?;
    fs::create_dir_all(at.join("uploads"))?;
    video(at, "originals/one.mp4", 1)?;
    video(at, "originals/two.mp4", 2)?;
    video(at, "uploads/other.mkv", 5)?;
    let one = "originals/one.mp4";
    ffmpeg(at, &["-ss", "6.3", "-i", one, "-t", "12", "-vf", "hflip", "-an", "uploads/mirrored.mp4"])?;
    ffmpeg(at, &["-i", one, "-vf", "pad=420:260:50:40:navy", "-an", "uploads/bordered.avi"])?;
    ffmpeg(
        at,
        &["-ss", "8", "-i", "originals/two.mp4", "-t", "12", "-vn", "-b:a", "48k", "uploads/heard.mp3"],
    )?;
    fs::write(at.join("uploads/cut.mp4"), &fs::read(at.join(one))?[..4_000])?;
    fs::write(at.join("uploads/list.mp4"), b"\0\0\0\x18ftypmp42nothing else")?;

    let made = renvoi(at, &["bank", "make", "originals", "--verified", "--out", "bank.ndjson", "--json"])?;
    let made = lines(&made.stdout)?.remove(0);
    assert_eq!(
        (&made["videos"], &made["sounds"], &made["set_aside"]),
        (&2.into(), &2.into(), &0.into()),
        "{made}"
    );

    let output = renvoi(at, &["scan", "uploads", "--bank", "bank.ndjson", "--json", "--stats"])?;
    let hits = lines(&output.stdout)?;
    let told_of = |file: &str| -> Vec<String> {
        let of = hits.iter().filter(|hit| hit["path"] == format!("uploads/{file}"));
        of.map(|hit| format!("{} {} {}", hit["kind"], hit["label"], hit["variant"]).replace('"', ""))
            .collect()
    };
    assert_eq!(told_of("mirrored.mp4"), ["video one.mp4 clip+flip-y"], "{hits:#?}");
    assert_eq!(told_of("bordered.avi"), ["video one.mp4 clip+trimmed"], "{hits:#?}");
    assert_eq!(told_of("heard.mp3"), ["sound two.mp4 clip"], "{hits:#?}");
    assert_eq!(told_of("other.mkv"), [""; 0], "{hits:#?}");
    let why = |file: &str| {
        hits.iter().find(|hit| hit["path"] == format!("uploads/{file}")).map(|hit| hit["why"].to_string())
    };
    let mirrored = why("mirrored.mp4").unwrap_or_default();
    assert!(mirrored.contains("(clip+flip-y)") && mirrored.contains("is that of one of"), "{mirrored}");
    let heard = why("heard.mp3").unwrap_or_default();
    assert!(heard.contains("from 0:08"), "{heard}");
    let stats = told(&output, "stats")?;
    assert_eq!(
        (&stats["files"], &stats["scanned"], &stats["skipped"]),
        (&6.into(), &4.into(), &2.into()),
        "{stats}"
    );
    Ok(())
}

#[test]
fn hash_of_videos_and_sounds() -> Outcome {
    if is_missing() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    video(at, "a.mkv", 3)?;
    ffmpeg(at, &["-i", "a.mkv", "-vn", "a.wav"])?;
    fs::write(at.join("b.mkv"), b"\x1A\x45\xDF\xA3 and nothing else")?;
    let videos = renvoi(at, &["hash", "video", "--json", "a.mkv", "a.wav", "b.mkv"])?;
    assert_eq!(videos.status.code(), Some(1), "{videos:?}");
    let videos = lines(&videos.stdout)?;
    let frames = videos[0]["frames"].as_array().ok_or("no frames")?;
    assert_eq!((frames.len(), &frames[5]["at_ms"]), (24, &5_000.into()));
    assert!(frames.iter().all(|frame| frame["pdq"].as_str().is_some_and(|pdq| pdq.len() == 64)));
    assert!(videos[1]["error"].is_string() && videos[2]["error"].is_string(), "{videos:?}");
    let sounds = renvoi(at, &["hash", "sound", "--json", "a.mkv", "a.wav"])?;
    let sounds = lines(&sounds.stdout)?;
    // 24 s, eight values a second but for the time that the first one spans; formats pad the end.
    let values = sounds.iter().map(|line| line["chromaprint"].as_array().map_or(0, Vec::len));
    assert!(values.clone().all(|values| (170..=175).contains(&values)), "{:?}", values.collect::<Vec<_>>());
    Ok(())
}

/// Without ffmpeg, bytes are compared, the reason is said, and nothing fails.
#[test]
fn without_ffmpeg_the_reason_is_said() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    fs::create_dir_all(at.join("originals"))?;
    fs::write(at.join("originals/a.mp4"), b"\0\0\0\x18ftypmp42 some bytes")?;
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_renvoi")).args(args).current_dir(at).env("PATH", "/nowhere").output()
    };
    let made = run(&["bank", "make", "originals", "--out", "bank.ndjson", "--json"])?;
    assert!(
        made.status.success() && String::from_utf8_lossy(&made.stderr).contains("ffmpeg is not installed"),
        "{made:?}"
    );
    assert_eq!(lines(&made.stdout)?[0]["signals"], 1);
    let sound = r#"{"kind":"sound","value":"HEX","print":"AQ=="}"#.replace("HEX", &"0".repeat(64));
    fs::write(at.join("bank.ndjson"), format!("{}{sound}\n", fs::read_to_string(at.join("bank.ndjson"))?))?;
    let output = run(&["scan", "originals", "--bank", "bank.ndjson", "--json", "--stats"])?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(lines(&output.stdout)?.len(), 1);
    let stats = told(&output, "stats")?;
    assert_eq!((&stats["skipped"], &stats["sounds"]), (&1.into(), &0.into()), "{stats}");
    Ok(())
}
