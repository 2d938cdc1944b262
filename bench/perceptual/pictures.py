#!/usr/bin/env python3
"""The pictures on which edits are measured. usage: pictures.py PACKAGES OUT [second|third]

PACKAGES is a folder with the unpacked Debian packages of the set (they are listed in `run`); the second and the third
set, each to judge what was chosen on the ones before it, have other packages and other seeds. Writes OUT/in/*.png (at
least 300 different pictures, no side over 1,024 pixels) and OUT/decoys/FAMILY/*.png (different pictures that look alike
on purpose). One picture under two names, in two sizes or mirrored, is taken once: `same` says which, and each one left
out is printed. Nothing of it is committed.

`photo-…`   photographs of the packages, of scikit-image and scikit-learn; one with a side of 1,900 pixels or more
            gives its four quarters, which do not overlap, instead of itself
`drawn-…`   illustrations and patterns of the packages, whole; of a light and a dark one of the same, the light one
`scene-…`   generated: sky, ranges of hills, trees, a sun, grain
`poster-…`  generated: blocks of words, bars, discs on a colour
`mosaic-…`  generated: overlapping shapes of many colours
"""
import glob
import io
import os
import re
import sys

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

LONGEST_PX = 1024
QUARTER_FROM_PX = 1900
DECOYS = 60
# Of each generated kind, by set.
GENERATED = {"": 70, "second": 70, "third": 40}
SEEDS = {"": [], "second": [2], "third": [3]}

# Two pictures are the same when their outlines, brought to so many pixels a side, go together this well.
SAME_SIDE = 48
SAME_FROM = 0.8

# Packaged pictures that are no photographs.
DRAWN = """Altai IceCold Flow Kay Opal Patak Volna Canopee Cascade FlyingKonqui SafeLanding Elarun Honeywave Kokkini
Shell Cluster MilkyWay PastelHills summer_1am EveningGlow""".split()
# What is there already: a stereo partner, the same drawing in another colour or size.
LEFT_OUT = """motorcycle_right chessboard_GRAY phantom Elephants_3840x2160 Elephants_5640x3172 MATE-Stripes-Dark
Ubuntu-Mate-Cold-no-logo Ubuntu-Mate-Dark-no-logo Ubuntu-Mate-Radioactive-no-logo""".split()
WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore".split()


def packaged(root):
    """Yields (kind, name, picture)."""
    for folder in sorted(glob.glob(f"{root}/usr/share/wallpapers/*")):
        files = glob.glob(f"{folder}/contents/images/*")
        largest = max(files, key=lambda f: os.path.getsize(f) if "x" in os.path.basename(f) else 0, default=None)
        if largest:
            name = os.path.basename(folder)
            yield ("drawn" if name in DRAWN else "photo"), name, Image.open(largest)
    for file in sorted(glob.glob(f"{root}/usr/share/backgrounds/mate/*/*.*")):
        yield ("photo" if "/nature/" in file else "drawn"), stem(file), Image.open(file)
    for file in sorted(glob.glob(f"{root}/usr/share/backgrounds/gnome/*-l.webp")):
        yield "drawn", stem(file), Image.open(file)
    import skimage
    import sklearn
    science = [*glob.glob(os.path.dirname(skimage.__file__) + "/data/*.png"),
               *glob.glob(os.path.dirname(skimage.__file__) + "/data/*.jpg"),
               *glob.glob(os.path.dirname(sklearn.__file__) + "/datasets/images/*.jpg")]
    for file in sorted(science):
        yield "photo", stem(file), Image.open(file)


# Stamps that are no photographs, or the same thing again in another size, colour or language.
STAMPS_LEFT_OUT = ("cartoon", "symbols", "roadsigns", "flags", "seasonal", "clothes", "planets", "moon")


def packaged_second(root):
    """The same of the second set."""
    for file in sorted(glob.glob(f"{root}/usr/share/backgrounds/**/*.*", recursive=True)):
        if file.endswith((".png", ".jpg", ".jpeg")) and not os.path.islink(file):
            yield "drawn", stem(file), Image.open(file)
    for file in sorted(glob.glob(f"{root}/usr/share/tuxpaint/stamps/**/*.png", recursive=True)):
        if not any(part in file for part in STAMPS_LEFT_OUT):
            yield "photo", stem(file), on_white(Image.open(file))


# Activities of gcompris whose pictures are photographs, or paintings.
ACTIVITIES = """categorization clickgame details erase explore_farm_animals explore_monuments explore_world_animals
explore_world_music louis-braille""".split()
# Photographs among the wallpapers of lxqt and the samples of opencv; no second view of the same scene, nor the same
# drawing in another colour.
PHOTOS_THIRD = """flowers fog after-the-rain Butterfly-Kenneth-Wimer beam Valendas appleflower cloud drop butterfly
this-is-not-windows aero1 aloeL apple baboon board building fruits home graf1 left01 leuvenA licenseplate_motion messi5
orange rubberwhale1 squirrel_cls starry_night stuff basketball1 chicky_512 box box_in_scene scenetext01 scenetext02
scenetext03 scenetext04 scenetext05 scenetext06 scenetext_segmented_word01 scenetext_segmented_word02 000 001 002""".split()
DRAWN_THIRD = """waves-logo origami-light lxqt-origami-green triangles plasma-logo-dark plasma_arch
simple_blue_widescreen kde-plasma HappyFish blox cards detect_blob pic2 pic3 pic5 imageTextN ml smarties""".split()


def packaged_third(root):
    """The same of the third set."""
    for file in sorted(glob.glob(f"{root}/usr/share/gcompris-qt/rcc/*.rcc")):
        if stem(file) in ACTIVITIES:
            for n, picture in enumerate(within(file)):
                yield "photo", f"{stem(file)}-{n:03}", picture
    folders = ["usr/share/doc/opencv-doc/examples", "usr/share/lxqt/wallpapers", "usr/share/palapeli/collection"]
    files = [file for folder in folders for file in glob.glob(f"{root}/{folder}/**/*.*", recursive=True)]
    for file in sorted(files):
        if file.endswith((".png", ".jpg")):
            if stem(file) in PHOTOS_THIRD or "/palapeli/" in file:
                yield "photo", stem(file), on_white(Image.open(file))
            elif stem(file) in DRAWN_THIRD:
                yield "drawn", stem(file), on_white(Image.open(file))


def within(file):
    """The pictures in a file of resources of Qt: each stands behind its length."""
    data = open(file, "rb").read()
    for start in re.finditer(rb"RIFF....WEBPVP8", data, re.DOTALL):
        at = start.start()
        length = int.from_bytes(data[at - 4 : at], "big")
        if 0 < length <= len(data) - at:
            yield on_white(Image.open(io.BytesIO(data[at : at + length])))


def on_white(picture):
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)


def outlines(picture):
    """What is known of a picture to tell whether another is the same: its changes, whole and of its middle, without an
    even margin."""
    corner = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    picture = picture.crop(ImageChops.difference(picture, corner).convert("L").point(lambda v: 255 * (v > 16)).getbbox())
    side = min(picture.size)
    x, y = (picture.width - side) // 2, (picture.height - side) // 2
    found = []
    for part in (picture, picture.crop((x, y, x + side, y + side))):
        grey = part.convert("L").resize((SAME_SIDE, SAME_SIDE), Image.BOX)
        change = np.asarray(grey, float) - np.asarray(grey.filter(ImageFilter.GaussianBlur(4)), float)
        change -= change.mean()
        found.append(change / max(1.0, np.linalg.norm(change)))
    return found


def same(one, other):
    """Whether two are one picture, mirrored or turned or not. No hash of ours or of others is asked."""
    positions = [turn(change) for change in other for turn in
                 [lambda a, n=n, flip=flip: np.rot90(a.T if flip else a, n) for n in range(4) for flip in (0, 1)]]
    return max(float((change * position).sum()) for change in one for position in positions) >= SAME_FROM


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def shrunk(picture):
    scale = LONGEST_PX / max(picture.size)
    if scale >= 1:
        return picture
    return picture.resize([max(1, round(side * scale)) for side in picture.size], Image.LANCZOS)


def natural(pictures, out):
    kept = []
    for kind, name, picture in pictures:
        if name in LEFT_OUT or min(picture.size) < 240:
            continue
        picture = picture.convert("RGB")
        outline = outlines(picture)
        twin = next((other for other, known in kept if same(known, outline)), None)
        if twin:
            print(f"{name} is {twin}, left out")
            continue
        kept.append((name, outline))
        width, height = picture.size
        if kind == "photo" and max(width, height) >= QUARTER_FROM_PX:
            for n in range(4):
                x, y = n % 2 * width // 2, n // 2 * height // 2
                quarter = picture.crop((x, y, x + width // 2, y + height // 2))
                shrunk(quarter).save(f"{out}/photo-{name}-{n + 1}.png", compress_level=1)
        else:
            shrunk(picture).save(f"{out}/{kind}-{name}.png", compress_level=1)


def noise(rng, width, height, cells, octaves=4):
    """Values 0 to 1 that vary at several scales."""
    total, weight = np.zeros((height, width)), 0.0
    for octave in range(octaves):
        n = cells << octave
        small = Image.fromarray((rng.random((n, n)) * 255).astype(np.uint8))
        total += np.asarray(small.resize((width, height), Image.BICUBIC)) / 255.0 / 2**octave
        weight += 1 / 2**octave
    return total / weight


def colour(rng, low=0, high=255):
    return tuple(int(v) for v in rng.integers(low, high, 3))


def size(rng):
    return [(1024, 683), (960, 640), (800, 800), (683, 1024), (1000, 562), (720, 960)][int(rng.integers(6))]


def scene(rng):
    width, height = size(rng)
    top, low = np.array(colour(rng, 40, 255)), np.array(colour(rng, 90, 255))
    y = np.linspace(0, 1, height)[:, None, None]
    clouds = noise(rng, width, height, int(rng.integers(2, 6)))[..., None]
    canvas = top * (1 - y) + low * y + (clouds - 0.5) * rng.uniform(30, 140)
    sun = (np.arange(width)[None, :] - rng.uniform(0, width)) ** 2 + (
        np.arange(height)[:, None] - rng.uniform(0, height / 2)) ** 2
    canvas += (np.exp(-sun / rng.uniform(800, 9000)) * rng.uniform(60, 160))[..., None]
    for layer in range(int(rng.integers(2, 6))):
        base = height * (0.35 + 0.6 * (layer + rng.random()) / 6)
        ridge = base - (noise(rng, width, 8, int(rng.integers(3, 12)), 5)[4] - 0.4) * height * rng.uniform(0.2, 0.7)
        inside = np.arange(height)[:, None] > ridge[None, :]
        ground = np.array(colour(rng, 10, 190)) + (noise(rng, width, height, 24, 4) - 0.5)[..., None] * rng.uniform(40, 160)
        canvas = np.where(inside[..., None], ground, canvas)
    picture = Image.fromarray(np.clip(canvas + rng.normal(0, 4, canvas.shape), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(5, 40))):
        x, y, r = rng.uniform(0, width), rng.uniform(height * 0.4, height), rng.uniform(6, 60)
        shade = colour(rng, 5, 140)
        draw.rectangle((x - r / 8, y, x + r / 8, y + r * 1.5), fill=shade)
        draw.polygon([(x - r, y + r / 2), (x, y - r * 2), (x + r, y + r / 2)], fill=colour(rng, 5, 160))
    return picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.2))))


def words(rng, count):
    return " ".join(WORDS[int(n)] for n in rng.integers(0, len(WORDS), count))


def poster(rng):
    width, height = size(rng)
    ground = np.array(colour(rng)) + (noise(rng, width, height, 3, 3) - 0.5)[..., None] * rng.uniform(0, 120)
    picture = Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(2, 9))):
        x, y, w, h = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(30, 500), rng.uniform(10, 260)
        [draw.rectangle, draw.ellipse][int(rng.integers(2))]((x, y, x + w, y + h), fill=colour(rng))
    for _ in range(int(rng.integers(3, 12))):
        font = ImageFont.load_default(size=float(rng.uniform(14, 90)))
        place = (rng.uniform(-20, width * 0.7), rng.uniform(0, height * 0.95))
        draw.text(place, words(rng, int(rng.integers(1, 7))), fill=colour(rng), font=font)
    return picture


def mosaic(rng):
    width, height = size(rng)
    picture = Image.new("RGB", (width, height), colour(rng))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(20, 120))):
        x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(10, 240)
        turns = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(3, 8))))
        draw.polygon([(x + r * np.cos(t), y + r * np.sin(t)) for t in turns], fill=colour(rng))
    grain = (noise(rng, width, height, 16, 4) - 0.5)[..., None] * rng.uniform(10, 120)
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def template(rng, n):
    """The same frame, mark and banner; another picture inside."""
    inner = [scene, poster, mosaic][n % 3](rng).resize((760, 430))
    page = Image.new("RGB", (960, 640), (18, 32, 74))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 540, 960, 640), fill=(190, 24, 30))
    draw.text((30, 560), "LOREM NEWS TODAY", fill="white", font=ImageFont.load_default(size=54))
    draw.ellipse((850, 20, 930, 100), fill=(240, 200, 30))
    draw.text((868, 36), "LN", fill="black", font=ImageFont.load_default(size=34))
    page.paste(inner, (60, 70))
    return page


def text_only(rng, _):
    page = Image.new("RGB", (800, 1000), (252, 252, 250))
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=24)
    for line in range(int(rng.integers(20, 30))):
        draw.text((60, 60 + line * 30), words(rng, int(rng.integers(4, 9))), fill=(20, 20, 20), font=font)
    return page


def flag(rng, n):
    page = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(page)
    for k in range(3):
        box = (k * 300, 0, k * 300 + 300, 600) if n % 2 else (0, k * 200, 900, k * 200 + 200)
        draw.rectangle(box, fill=colour(rng))
    if n % 3 == 0:
        r = rng.uniform(40, 140)
        draw.ellipse((450 - r, 300 - r, 450 + r, 300 + r), fill=colour(rng))
    return page


def screenshot(rng, _):
    """Chats in one app: the same bars and bubbles at other places, other words."""
    page = Image.new("RGB", (540, 960), (229, 221, 213))
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=20)
    draw.rectangle((0, 0, 540, 80), fill=(7, 94, 84))
    draw.ellipse((20, 15, 70, 65), fill=(200, 200, 200))
    draw.text((90, 26), "Profile name", fill="white", font=ImageFont.load_default(size=26))
    draw.rectangle((0, 890, 540, 960), fill=(240, 240, 240))
    draw.text((30, 912), "Type a message", fill=(120, 120, 120), font=font)
    y = 110
    while y < 820:
        lines, mine = int(rng.integers(1, 4)), rng.random() < 0.5
        x = 150 if mine else 20
        draw.rounded_rectangle((x, y, x + 370, y + 24 + 28 * lines), 14, fill=(220, 248, 198) if mine else "white")
        for line in range(lines):
            draw.text((x + 14, y + 10 + 28 * line), words(rng, 4)[:34], fill=(30, 30, 30), font=font)
        y += 44 + 28 * lines
    return page


def main():
    root, out, *chosen = sys.argv[1:]
    chosen = "".join(chosen)
    os.makedirs(f"{out}/in", exist_ok=True)
    natural({"": packaged, "second": packaged_second, "third": packaged_third}[chosen](root), f"{out}/in")
    seed = SEEDS[chosen]
    for kind, make in enumerate([scene, poster, mosaic]):
        for n in range(GENERATED[chosen]):
            make(np.random.default_rng([*seed, kind, n])).save(f"{out}/in/{make.__name__}-{n:03}.png", compress_level=1)
    for kind, make in enumerate([template, text_only, flag, screenshot]):
        folder = f"{out}/decoys/{make.__name__}"
        os.makedirs(folder, exist_ok=True)
        for n in range(DECOYS):
            make(np.random.default_rng([*seed, 100 + kind, n]), n).save(f"{folder}/{n:03}.png", compress_level=1)
    for kind in ["photo", "drawn", "scene", "poster", "mosaic"]:
        print(kind, len(glob.glob(f"{out}/in/{kind}-*.png")))


main()
