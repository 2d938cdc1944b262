"""Videos and sounds that are unlike each other, by seed. usage: sources.py OUT [PICTURES [MUSIC]]

OUT/video/NAME.mp4 (40 s, picture and sound) and OUT/sound/NAME.wav (60 s). PICTURES is a folder with natural pictures,
MUSIC one with music, both of Debian's packages; without them there are fewer sources.
"""
import pathlib
import subprocess
import sys

import numpy as np

RATE = 22050
SIDE = (480, 270)
FPS = 25
SECONDS = 40
SOUND_SECONDS = 60
FFMPEG = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
ENCODE = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k"]

# Pictures of ffmpeg that move.
LAVFI = {
    "testsrc2": "testsrc2=s=480x270:r=25",
    "mandelbrot": "mandelbrot=s=480x270:r=25:start_scale=2:end_scale=0.02:end_pts=1000",
    "life": "life=s=160x90:r=5:mold=10:ratio=0.3:seed=7:death_color=#C83232:life_color=#00ff00,scale=480:270:flags=neighbor,fps=25",
    "cellauto": "cellauto=s=160x90:r=10:rule=30:seed=5:full=1,scale=480:270:flags=neighbor,fps=25",
    "gradients": "gradients=s=480x270:r=25:nb_colors=7:seed=11:speed=0.05",
    "sierpinski": "sierpinski=s=480x270:r=25:type=carpet:seed=3:jump=60",
}


def smooth(dice, width, height, cells):
    """Noise of one grain, 0 to 1."""
    coarse = dice.random((cells + 1, cells + 1))
    ys, xs = np.linspace(0, cells, height, endpoint=False), np.linspace(0, cells, width, endpoint=False)
    y0, x0 = ys.astype(int), xs.astype(int)
    fy, fx = (ys - y0)[:, None], (xs - x0)[None, :]
    fy, fx = fy * fy * (3 - 2 * fy), fx * fx * (3 - 2 * fx)
    at = lambda dy, dx: coarse[np.ix_(y0 + dy, x0 + dx)]
    return (at(0, 0) * (1 - fy) + at(1, 0) * fy) * (1 - fx) + (at(0, 1) * (1 - fy) + at(1, 1) * fy) * fx


def scene(dice, width, height):
    """A still larger than the frame: clouds, and shapes over them."""
    big = (int(width * 1.5), int(height * 1.5))
    layers = [sum(smooth(dice, *big, 2 ** n) / 2 ** (n - 1) for n in range(1, 6)) for _ in range(3)]
    picture = np.stack(layers, axis=2)
    picture = (picture - picture.min()) / np.ptp(picture) * 255
    ys, xs = np.mgrid[0 : big[1], 0 : big[0]]
    for _ in range(int(dice.integers(4, 16))):
        colour = dice.random(3) * 255
        x, y, w, h = dice.random(4) * [big[0], big[1], big[0] / 3, big[1] / 3]
        if dice.random() < 0.5:
            mask = (abs(xs - x) < w / 2) & (abs(ys - y) < h / 2)
        else:
            mask = ((xs - x) / (w / 2 + 9)) ** 2 + ((ys - y) / (h / 2 + 9)) ** 2 < 1
        picture[mask] = colour
    return picture.astype(np.uint8)


def drawn(dice, frames):
    """Scenes of 3 to 6 s in which the view wanders, and something moves."""
    width, height = SIDE
    left = 0
    for n in range(frames):
        if left == 0:
            left = total = int(dice.integers(3, 7)) * FPS
            still = scene(dice, width, height)
            room = np.array([still.shape[1] - width, still.shape[0] - height])
            start, end = dice.random(2) * room, dice.random(2) * room
            ball, path, size = dice.random(3) * 255, dice.random(4), int(dice.integers(12, 40))
        share = 1 - left / total
        x, y = (start + (end - start) * share).astype(int)
        frame = still[y : y + height, x : x + width].copy()
        cx = int((path[0] + (path[1] - path[0]) * share) * width)
        cy = int((path[2] + (path[3] - path[2]) * share) * height)
        frame[max(cy - size, 0) : cy + size, max(cx - size, 0) : cx + size] = ball
        left -= 1
        yield frame


def notes(dice, seconds):
    """A tune: chords of a scale of its own, at a pace of its own, with timbre and drum of its own."""
    out = np.zeros(int(seconds * RATE) + RATE)
    root, pace = 110 * 2 ** (dice.integers(0, 12) / 12), dice.uniform(0.18, 0.45)
    scale = np.sort(dice.choice(12, 7, replace=False))
    timbre = dice.random(6) / np.arange(1, 7)
    at = 0.0
    while at < seconds:
        length = pace * dice.choice([1, 1, 2, 3])
        t = np.arange(int(length * RATE * 1.3)) / RATE
        envelope = np.minimum(1, t * 60) * np.exp(-t * dice.uniform(1, 5))
        for _ in range(dice.integers(1, 4)):
            pitch = root * 2 ** (dice.choice(scale) / 12 + dice.integers(0, 3))
            tone = sum(a * np.sin(2 * np.pi * pitch * (n + 1) * t) for n, a in enumerate(timbre))
            begin = int(at * RATE)
            out[begin : begin + len(t)] += (tone * envelope)[: len(out) - begin]
        if dice.random() < 0.4:
            drum = dice.normal(size=len(t)) * np.exp(-t * 30) * 0.5
            begin = int(at * RATE)
            out[begin : begin + len(t)] += drum[: len(out) - begin]
        at += length
    out = out[: int(seconds * RATE)]
    return (out / abs(out).max() * 20000).astype("<i2")


WORDS = """river window garden paper morning bridge yellow machine quiet station letter mountain winter ladder
basket engine harbour silver pencil meadow thunder kitchen village copper island market shadow orange candle forest
traffic button summer railway corner winter teacher ocean carpet number valley pocket music signal wooden turning
""".split()


def speech(dice, seconds, out, voice):
    """Somebody reads words in no order."""
    text = " ".join(dice.choice(WORDS, int(seconds * 2.4)))
    speed, pitch = str(int(dice.integers(130, 190))), str(int(dice.integers(20, 80)))
    raw = out.with_suffix(".raw.wav")
    subprocess.run(["espeak-ng", "-v", voice, "-s", speed, "-p", pitch, "-w", raw, text], check=True)
    subprocess.run([*FFMPEG, "-stream_loop", "3", "-i", raw, "-t", str(seconds), "-ac", "1", "-ar", str(RATE), out], check=True)
    raw.unlink()


def wav(samples, out):
    take = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-"]
    subprocess.run([*FFMPEG, *take, out], input=samples.tobytes(), check=True)


def sounds(out, music):
    out.mkdir(parents=True, exist_ok=True)
    for n in range(16):
        file = out / f"tune-{n:02}.wav"
        if not file.exists():
            wav(notes(np.random.default_rng(1000 + n), SOUND_SECONDS), file)
    for n, voice in enumerate(["en", "en-us", "fr", "de", "es", "it", "pl", "en-gb-x-rp"]):
        file = out / f"speech-{n:02}.wav"
        if not file.exists():
            speech(np.random.default_rng(2000 + n), SOUND_SECONDS, file, voice)
    for n, piece in enumerate(music):
        file = out / f"music-{n:02}.wav"
        if not file.exists():
            subprocess.run([*FFMPEG, "-i", piece, "-t", str(SOUND_SECONDS), "-ac", "1", "-ar", str(RATE), file], check=True)


def videos(out, pictures, sound):
    out.mkdir(parents=True, exist_ok=True)
    tunes = sorted(sound.glob("*.wav"))
    length = ["-t", str(SECONDS)]

    def make(name, take, feed=None):
        file = out / f"{name}.mp4"
        if file.exists():
            return
        tune = tunes[len(list(out.glob("*.mp4"))) % len(tunes)]
        command = [*FFMPEG, *take, "-i", tune, "-map", "0:v", "-map", "1:a", *length, *ENCODE, file]
        process = subprocess.Popen(command, stdin=subprocess.PIPE if feed else subprocess.DEVNULL)
        if feed:
            for frame in feed:
                process.stdin.write(frame.tobytes())
            process.stdin.close()
        if process.wait() != 0:
            raise SystemExit(f"{name} cannot be made")

    for name, source in LAVFI.items():
        make(name, ["-f", "lavfi", "-i", source])
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIDE[0]}x{SIDE[1]}", "-r", str(FPS), "-i", "-"]
    for n in range(14):
        make(f"drawn-{n:02}", raw, drawn(np.random.default_rng(n), SECONDS * FPS))
    # Ten natural pictures a video, four seconds each, slowly nearer.
    for n in range(min(6, len(pictures) // 10)):
        make(f"photos-{n:02}", raw, photos(pictures[n * 10 : n * 10 + 10], n))


def photos(files, seed):
    from PIL import Image

    dice = np.random.default_rng(3000 + seed)
    for file in files:
        picture = Image.open(file).convert("RGB").resize((SIDE[0] * 2, SIDE[1] * 2))
        centre, end = dice.random(2), dice.uniform(0.5, 0.8)
        for n in range(SECONDS * FPS // len(files)):
            size = 1 + (end - 1) * n / (SECONDS * FPS // len(files))
            w, h = picture.width * size, picture.height * size
            x, y = (picture.width - w) * centre[0], (picture.height - h) * centre[1]
            yield np.asarray(picture.resize(SIDE, box=(x, y, x + w, y + h)))


def unlike(files):
    """Packages hold a picture in many sizes, and by day and by night: one of each."""
    import pdqhash
    from PIL import Image

    kept, hashes, names = [], [], set()
    for file in files:
        name = str(file).split("/contents/")[0]
        small = np.asarray(Image.open(file).convert("RGB").resize((512, 288)))
        bits = pdqhash.compute(small)[0].astype(int)
        if name not in names and all(abs(bits - other).sum() > 90 for other in hashes):
            kept.append(file)
            hashes.append(bits)
            names.add(name)
    return kept


def main():
    out = pathlib.Path(sys.argv[1])
    natural = unlike(sorted(pathlib.Path(sys.argv[2]).rglob("*.jpg"))) if len(sys.argv) > 2 else []
    music = sorted(pathlib.Path(sys.argv[3]).rglob("*.ogg"), key=lambda file: -file.stat().st_size)[:8] if len(sys.argv) > 3 else []
    sounds(out / "sound", music)
    videos(out / "video", natural, out / "sound")


main()
