"""Videos and sounds that are unlike each other, by seed. usage: sources.py SET OUT [PICTURES [MUSIC [VOICES [FILMS]]]]

OUT/video/NAME.mp4 (36 s, picture and sound), OUT/sound/NAME.wav (48 s) and OUT/tunes.json: which sound a video has. The
set `first` is for choosing numbers, `second` for judging; they share no seed, no voice, no text and no package. PICTURES is
a folder with natural pictures, MUSIC one with music (or several, with `:` between), VOICES with people who speak English
(in folders `en`), FILMS with videos, all of packages; without them there are fewer sources.
"""
import json
import pathlib
import subprocess
import sys

import numpy as np

import tunes

RATE = tunes.RATE
SIDE = (384, 216)
FPS = 12
SECONDS = 36
FFMPEG = tunes.FFMPEG
ENCODE = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k"]
ROUGH = "scale=384:216:flags=neighbor,fps=12"

# Pictures of ffmpeg that move.
LAVFI = {
    "first": {
        "testsrc2": "testsrc2=s=384x216:r=12",
        "mandelbrot": "mandelbrot=s=384x216:r=12:start_scale=2:end_scale=0.02:end_pts=480",
        "life": f"life=s=160x90:r=5:mold=10:ratio=0.3:seed=7:death_color=#C83232:life_color=#00ff00,{ROUGH}",
        "cellauto": f"cellauto=s=160x90:r=10:rule=30:seed=5:full=1,{ROUGH}",
        "gradients": "gradients=s=384x216:r=12:nb_colors=7:seed=11:speed=0.05",
        "sierpinski": "sierpinski=s=384x216:r=12:type=carpet:seed=3:jump=60",
    },
    "second": {
        "testsrc": "testsrc=s=384x216:r=12",
        "mandelbrot": "mandelbrot=s=384x216:r=12:start_x=-1.25066:start_y=0.02012:start_scale=1:end_scale=0.003:end_pts=460",
        "life": f"life=s=128x72:r=6:rule=B36/S23:ratio=0.4:seed=77:mold=5:death_color=#3264C8:life_color=#ffff00,{ROUGH}",
        "cellauto": f"cellauto=s=128x72:r=8:rule=110:seed=55:full=1,{ROUGH}",
        "gradients": "gradients=s=384x216:r=12:nb_colors=5:seed=1234:speed=0.03",
        "sierpinski": "sierpinski=s=384x216:r=12:type=triangle:seed=31:jump=90",
    },
}
# How many are drawn, and the first seed.
DRAWN = {"first": (12, 0), "second": (12, 100)}
PHOTOS_MAX = 4
PHOTOS_EACH = 9


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
            ball, path, size = dice.random(3) * 255, dice.random(4), int(dice.integers(10, 32))
        share = 1 - left / total
        x, y = (start + (end - start) * share).astype(int)
        frame = still[y : y + height, x : x + width].copy()
        cx = int((path[0] + (path[1] - path[0]) * share) * width)
        cy = int((path[2] + (path[3] - path[2]) * share) * height)
        frame[max(cy - size, 0) : cy + size, max(cx - size, 0) : cx + size] = ball
        left -= 1
        yield frame


def photos(files, seed):
    """Natural pictures, four seconds each, slowly nearer."""
    from PIL import Image

    dice = np.random.default_rng(seed)
    each = SECONDS * FPS // len(files)
    for file in files:
        picture = Image.open(file).convert("RGB").resize((SIDE[0] * 2, SIDE[1] * 2))
        centre, end = dice.random(2), dice.uniform(0.5, 0.8)
        for n in range(each):
            size = 1 + (end - 1) * n / each
            w, h = picture.width * size, picture.height * size
            x, y = (picture.width - w) * centre[0], (picture.height - h) * centre[1]
            yield np.asarray(picture.resize(SIDE, box=(x, y, x + w, y + h)))


def filmed(files, seed):
    """Films one after the other, and what is missing is drawn."""
    left = SECONDS * FPS
    form = ["-vf", f"fps={FPS},scale={SIDE[0]}:{SIDE[1]}", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    for file in files:
        film = subprocess.run([*FFMPEG, "-i", file, *form], check=True, capture_output=True).stdout
        for frame in np.frombuffer(film, np.uint8).reshape(-1, SIDE[1], SIDE[0], 3)[:left]:
            left -= 1
            yield frame
    yield from drawn(np.random.default_rng(seed), left)


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


def videos(chosen, out, sounds, pictures, films):
    (out / "video").mkdir(parents=True, exist_ok=True)
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIDE[0]}x{SIDE[1]}", "-r", str(FPS), "-i", "-"]
    count, seed = DRAWN[chosen]
    plan = {name: (["-f", "lavfi", "-i", source], None) for name, source in LAVFI[chosen].items()}
    plan |= {f"drawn-{n:02}": (raw, drawn(np.random.default_rng(seed + n), SECONDS * FPS)) for n in range(count)}
    for n in range(min(PHOTOS_MAX, len(pictures) // PHOTOS_EACH)):
        plan[f"photos-{n:02}"] = (raw, photos(pictures[n * PHOTOS_EACH : (n + 1) * PHOTOS_EACH], 3000 + seed + n))
    if films:
        plan["filmed-00"] = (raw, filmed(films, 5000 + seed))
    heard = {f"{name}.mp4": sounds[n % len(sounds)].name for n, name in enumerate(plan)}
    (out / "tunes.json").write_text(json.dumps(heard))
    for name, (take, feed) in plan.items():
        file, tune = out / "video" / f"{name}.mp4", out / "sound" / heard[f"{name}.mp4"]
        if file.exists():
            continue
        command = [*FFMPEG, *take, "-i", tune, "-map", "0:v", "-map", "1:a", "-t", str(SECONDS), *ENCODE, file]
        process = subprocess.Popen(command, stdin=subprocess.PIPE if feed else subprocess.DEVNULL)
        if feed:
            for frame in feed:
                process.stdin.write(frame.tobytes())
            process.stdin.close()
        if process.wait() != 0:
            raise SystemExit(f"{name} cannot be made")


def main():
    chosen, out = sys.argv[1], pathlib.Path(sys.argv[2])
    folders = sys.argv[3:] + [""] * 4
    pictures = unlike(tunes.files(folders[0], "*.jpg", "*.png"))
    tunes.make(chosen, out / "sound", folders[1], folders[2])
    sounds = sorted((out / "sound").glob("*.wav"))
    videos(chosen, out, sounds, pictures, tunes.files(folders[3], "*.mp4"))


if __name__ == "__main__":
    main()
