"""Edited copies. usage: edits.py SOURCES OUT [EVERY]

Writes OUT/EDIT/NAME.mp4 of each video and OUT/EDIT/NAME.mp3 of each sound, by ffmpeg, two at a time. With EVERY each edit
is made of every so manieth source only, another edit of others.
"""
import concurrent.futures
import pathlib
import subprocess
import sys

FFMPEG = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1"]
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p", "-c:a", "aac"]
BOX = "drawbox=x=iw*0.1:y=ih*0.8:w=iw*0.8:h=ih*0.14:color=black@0.8:t=fill"
FONT = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
WORDS = f",drawtext=fontfile={FONT}:text='Plain words that somebody put here':fontcolor=white:fontsize=h/14:x=(w-tw)/2:y=h*0.84"
SUBTITLE = BOX + (WORDS if pathlib.Path(FONT).exists() else "")

# Name, options before the input, options after it.
VIDEO = {
    "re-encode": ([], ["-vf", "scale=320:-2", "-crf", "38"]),
    "crop 5 %": ([], ["-vf", "crop=iw*0.9:ih*0.9"]),
    "crop 10 %": ([], ["-vf", "crop=iw*0.8:ih*0.8"]),
    "border": ([], ["-vf", "pad=iw*1.25:ih*1.25:iw*0.125:ih*0.125:color=#203040"]),
    "letterbox": ([], ["-vf", "pad=iw:iw:0:(oh-ih)/2"]),
    "mirror": ([], ["-vf", "hflip"]),
    "subtitle": ([], ["-vf", SUBTITLE]),
    "clip of 10 s": (["-ss", "13.37"], ["-t", "10"]),
    "clip, cropped, subtitle": (["-ss", "21.71"], ["-t", "10", "-vf", f"crop=iw*0.92:ih*0.92,{SUBTITLE}"]),
    "speed +5 %": ([], ["-vf", "setpts=PTS/1.05", "-af", "atempo=1.05"]),
    "speed -5 %": ([], ["-vf", "setpts=PTS/0.95", "-af", "atempo=0.95"]),
    "clip, speed +5 %, mirror": (["-ss", "8.2"], ["-t", "12", "-vf", "setpts=PTS/1.05,hflip", "-af", "atempo=1.05"]),
    "picture alone": ([], ["-an"]),
    "sound alone": ([], ["-vn"]),
    "10 s in another video": None,
}

SOUND = {
    "re-encode": ([], ["-b:a", "32k", "-ar", "16000"]),
    "clip of 10 s": (["-ss", "17.43"], ["-t", "10"]),
    "clip, re-encoded": (["-ss", "31.2"], ["-t", "10", "-b:a", "48k"]),
    "speed +5 %": ([], ["-af", "asetrate=22050*1.05,aresample=22050"]),
    "speed -5 %": ([], ["-af", "asetrate=22050*0.95,aresample=22050"]),
    "tempo +5 %": ([], ["-af", "atempo=1.05"]),
    "tempo -5 %": ([], ["-af", "atempo=0.95"]),
    "clip, speed +5 %": (["-ss", "9.7"], ["-t", "12", "-af", "asetrate=22050*1.05,aresample=22050"]),
    "louder, filtered": ([], ["-af", "highpass=300,lowpass=3000,volume=2"]),
    "under noise": "noise",
    "under speech": "speech",
    "10 s in another sound": None,
}

# Second 0 of a copy is this second of its source, and how fast the source goes by; of all others 0 and 1.
LAID = {
    "clip of 10 s": (13.37, 1),
    "clip, cropped, subtitle": (21.71, 1),
    "speed +5 %": (0, 1.05),
    "speed -5 %": (0, 0.95),
    "clip, speed +5 %, mirror": (8.2, 1.05),
    "10 s in another video": (12.6 - 15, 1),
    "sound: clip of 10 s": (17.43, 1),
    "sound: clip, re-encoded": (31.2, 1),
    "sound: speed +5 %": (0, 1.05),
    "sound: speed -5 %": (0, 0.95),
    "sound: tempo +5 %": (0, 1.05),
    "sound: tempo -5 %": (0, 0.95),
    "sound: clip, speed +5 %": (9.7, 1.05),
    "sound: 10 s in another sound": (23.3 - 20, 1),
}


def run(*options):
    subprocess.run([*FFMPEG, *map(str, options)], check=True)


def folder(out, edit):
    """Where the copies of an edit are."""
    return out / edit.replace(": ", "_").replace(" ", "_").replace("%", "p")


def talker(file, sounds):
    """Who speaks over a sound."""
    talk = [one for one in sounds if one.stem.startswith("speech") and one != file]
    return talk[sounds.index(file) % len(talk)]


def video(file, others, edit, out):
    before_after = VIDEO[edit]
    target = folder(out, edit) / (file.stem + (".m4a" if edit == "sound alone" else ".mp4"))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    if before_after is None:
        other = others[(others.index(file) + 7) % len(others)]
        size = "scale=384:216,fps=12,setsar=1"
        graph = f"[0:v]{size}[a];[1:v]{size}[b];[2:v]{size}[c];[a][b][c]concat=n=3"
        pieces = ["-t", "15", "-i", other, "-ss", "12.6", "-t", "10", "-i", file, "-ss", "20", "-t", "15", "-i", other]
        run(*pieces, "-filter_complex", graph, "-an", *X264, target)
        return
    before, after = before_after
    run(*before, "-i", file, *X264, *after, target)


def sound(file, others, edit, out):
    how = SOUND[edit]
    target = folder(out, f"sound: {edit}") / (file.stem + ".mp3")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    encode = ["-ac", "1", "-c:a", "libmp3lame", "-b:a", "96k"]
    if how == "noise":
        noise = ["-f", "lavfi", "-i", f"anoisesrc=color=pink:seed={others.index(file)}:amplitude=0.3:r=22050"]
        run("-i", file, *noise, "-filter_complex", "amix=inputs=2:duration=first:weights=1 0.7", *encode, target)
    elif how == "speech":
        talk = talker(file, others)
        level = "[0]loudnorm=I=-20[a];[1]loudnorm=I=-20[b];[a][b]amix=inputs=2:duration=first:normalize=0"
        run("-i", file, "-i", talk, "-filter_complex", level, "-ar", "22050", *encode, target)
    elif how is None:
        other = others[(others.index(file) + 5) % len(others)]
        pieces = ["-t", "20", "-i", other, "-ss", "23.3", "-t", "10", "-i", file, "-ss", "30", "-t", "20", "-i", other]
        run(*pieces, "-filter_complex", "concat=n=3:v=0:a=1", *encode, target)
    else:
        before, after = how
        run(*before, "-i", file, *encode, *after, target)


def chosen(files, edits, edit, every):
    """The sources of which an edit is made."""
    nth = list(edits).index(edit)
    return [file for m, file in enumerate(files) if (m + nth) % every == 0]


def main():
    sources, out = map(pathlib.Path, sys.argv[1:3])
    videos, sounds = sorted((sources / "video").glob("*.mp4")), sorted((sources / "sound").glob("*.wav"))
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    work = [(sound, file, sounds, edit) for edit in SOUND for file in chosen(sounds, SOUND, edit, every)]
    work += [(video, file, videos, edit) for edit in VIDEO for file in chosen(videos, VIDEO, edit, every)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one[0](*one[1:], out), work))


if __name__ == "__main__":
    main()
