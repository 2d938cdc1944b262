"""What is found of edited videos and sounds, what is found wrongly, and when. usage: score.py RENVOI SOURCES EDITS CHOSEN [EVERY]

Ours: `renvoi bank make --verified` of the sources, `renvoi scan` of the copies. Beside it two plain ones. The vPDQ rule, as
ThreatExchange has it, with PyPI's pdqhash on the frames that ours looks at, two a second of either video. And Chromaprint of
`fpcalc`, compared as pyacoustid does: its score counts above the best that two different sounds of CHOSEN/sound reach, whole
or ten seconds of one against the other. Where CHOSEN is another set than SOURCES, this limit and those of ours are chosen on
the same sounds, and judged on others.
"""
import concurrent.futures
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys

import acoustid
import numpy as np
import pdqhash

import edits

RADIUS, QUALITY, PERCENT, FRAMES_A_SECOND = 31, 50, 80, 2
# Of a print of fpcalc, in ten seconds.
CLIP_VALUES = 60


def lines(command):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def frames(file):
    """The different frames that show enough, a row of bits each."""
    sides = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", file],
        check=True, capture_output=True, text=True,
    ).stdout.strip()
    if not sides:
        return np.empty((0, 256), np.uint8)
    width, height = map(int, sides.split(",")[:2])
    # None is over the side to which ours makes frames smaller.
    form = ["-vf", f"fps={FRAMES_A_SECOND}", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", file, *form]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)
    hashes = [pdqhash.compute(np.ascontiguousarray(picture)) for picture in pictures]
    bits = {tuple(bits) for bits, quality in hashes if quality >= QUALITY}
    return np.array(sorted(bits), np.uint8).reshape(-1, 256)


def vpdq(asked, listed):
    """Whether either percentage is enough."""
    if not len(asked) or not len(listed):
        return False
    a, b = asked.astype(np.float32), listed.astype(np.float32)
    near = a @ (1 - b).T + (1 - a) @ b.T <= RADIUS
    return 100 * max(near.any(1).mean(), near.any(0).mean()) >= PERCENT


def chromaprint(file):
    done = subprocess.run(["fpcalc", "-raw", "-json", "-length", "0", file], capture_output=True, text=True)
    # It complains of the end of many files, and has their print all the same.
    if not done.stdout:
        raise SystemExit(f"{file}: no print: {done.stderr}")
    return json.loads(done.stdout)["fingerprint"]


def compared(one, other):
    """What pyacoustid's comparison says (`_match_fingerprints`), by arrays: its loops take a hundred times as long."""
    if not one or not other:
        return 0.0
    a, b = np.array(one, np.uint32), np.array(other, np.uint32)
    bits = np.unpackbits((a[:, None] ^ b).view(np.uint8).reshape(len(a), len(b), 4), axis=2).sum(2)
    i, j = np.nonzero(bits <= acoustid.MAX_BIT_ERROR)
    near = (j >= i - acoustid.MAX_ALIGN_OFFSET) & (j < i + acoustid.MAX_ALIGN_OFFSET)
    return np.bincount((i - j)[near] + len(b), minlength=1).max() / min(len(a), len(b))


def clips(print_of):
    """Ten seconds each of a print, one after the other."""
    return [print_of[n : n + CLIP_VALUES] for n in range(0, len(print_of) - CLIP_VALUES + 1, CLIP_VALUES)]


def truths(sources, videos, sounds):
    """Which sources may be found in the copy of one by an edit."""
    tune = json.loads((sources / "tunes.json").read_text())
    heard = lambda sound: {sound} | {video for video, one in tune.items() if one == sound}
    of = {}
    for edit in edits.VIDEO:
        for n, file in enumerate(videos):
            may = {file.name} | heard(tune[file.name])
            if edits.VIDEO[edit] is None:
                may.add(videos[(n + 7) % len(videos)].name)
            of[edit, file.stem] = (file.name, may)
    for edit, how in edits.SOUND.items():
        for n, file in enumerate(sounds):
            may = heard(file.name)
            if how == "speech":
                may |= heard(edits.talker(file, sounds).name)
            if how is None:
                may |= heard(sounds[(n + 5) % len(sounds)].name)
            of[f"sound: {edit}", file.stem] = (file.name, may)
    return of


def late(hit, edit):
    """By how many seconds the time is off, in the middle of what is told."""
    begin, speed = edits.LAID.get(edit, (0, 1))
    middle = lambda span: sum(hit[span]) / 2_000
    return abs(middle("listed_ms") - begin - speed * middle("asked_ms"))


def ours(program, bank, edit, files, of):
    """Copies that are found, with how far their time is off, and false matches."""
    found, false = {}, 0
    for hit in lines([program, "scan", *files, "--bank", bank, "--json"]):
        stem = pathlib.Path(hit["path"]).stem
        original, may = of[edit, stem]
        if hit["label"] not in may:
            false += 1
            print("FALSE", edit, hit, file=sys.stderr)
        wanted = "sound" if edit.startswith("sound") else "video"
        if hit["label"] == original and hit["kind"] == wanted:
            found[stem] = late(hit, edit)
    return found, false


class Plain:
    """What the plain ones say."""

    def __init__(self, videos, sounds, chosen, pool):
        self.pool, self.videos = pool, videos
        self.listed = dict(zip(videos, pool.map(frames, videos)))
        prints = [*sounds, *videos]
        self.prints = {file.name: one for file, one in zip(prints, pool.map(chromaprint, prints))}
        unlike = list(pool.map(chromaprint, sorted((chosen / "sound").glob("*.wav"))))
        self.bar = max(compared(part, b) for a in unlike for part in [a, *clips(a)] for b in unlike if a is not b)
        assert compared(unlike[0][:90], unlike[0][4:]) == acoustid._match_fingerprints(unlike[0][:90], unlike[0][4:])

    def __call__(self, edit, files, of):
        """Copies found, and false matches."""
        found = false = 0
        if edit.startswith("sound"):
            for file, asked in zip(files, self.pool.map(chromaprint, files)):
                original, may = of[edit, file.stem]
                names = {name for name, listed in self.prints.items() if compared(asked, listed) > self.bar}
                found += original in names
                false += len(names - may)
            return found, false
        for file, asked in zip(files, self.pool.map(frames, files)):
            original, may = of[edit, file.stem]
            names = {other.name for other in self.videos if vpdq(asked, self.listed[other])}
            found += original in names
            false += len(names - may)
        return found, false


def least(count, of):
    """The share, percent, that is lower with one chance of twenty (Clopper and Pearson, one-sided)."""
    if count == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(40):
        share = (low + high) / 2
        more = sum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(count, of + 1))
        low, high = (share, high) if more < 0.05 else (low, share)
    return 100 * low


def main():
    program, sources, out, chosen = sys.argv[1], *map(pathlib.Path, sys.argv[2:5])
    every = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    only, leave_out = os.environ.get("RENVOI_ONLY", ""), os.environ.get("RENVOI_NOT", "")
    videos, sounds = sorted((sources / "video").glob("*.mp4")), sorted((sources / "sound").glob("*.wav"))
    originals, bank = sources / "originals", sources / "bank.ndjson"
    originals.mkdir(exist_ok=True)
    for file in videos + sounds:
        if not (originals / file.name).exists():
            (originals / file.name).hardlink_to(file)
    lines([program, "bank", "make", originals, "--verified", "--out", bank, "--json"])
    of = truths(sources, videos, sounds)
    plain = Plain(videos, sounds, chosen, concurrent.futures.ThreadPoolExecutor(2))
    print(f"{len(videos)} videos, {len(sounds)} sounds; plain Chromaprint counts over {plain.bar:.3f}\n")
    print("| edit | copies | ours | plain | false, ours | false, plain | time off, median | worst |\n|---|---|---|---|---|---|---|---|")
    wrong, asked, less = [0, 0], 0, []
    for edit in [*(f"sound: {name}" for name in edits.SOUND), *edits.VIDEO]:
        if not edit.startswith(only) or (leave_out and edit.startswith(leave_out)):
            continue
        name = edit.removeprefix("sound: ")
        of_sounds = name != edit
        made_of = edits.chosen(sounds if of_sounds else videos, edits.SOUND if of_sounds else edits.VIDEO, name, every)
        stems = {file.stem for file in made_of}
        files = sorted(file for file in edits.folder(out, edit).glob("*.*") if file.stem in stems)
        if not files:
            continue
        found, false = ours(program, bank, edit, files, of)
        by_plain, false_plain = plain(edit, files, of)
        wrong = [wrong[0] + false, wrong[1] + false_plain]
        asked += len(files)
        less += [edit] * (len(found) < by_plain)
        share = lambda count: f"{100 * count / len(files):.0f} % ({least(count, len(files)):.0f})"
        off = sorted(found.values()) or [float("nan")]
        times = f"{statistics.median(off):.1f} s | {off[-1]:.1f} s"
        print(f"| {edit} | {len(files)} | {share(len(found))} | {share(by_plain)} | {false} | {false_plain} | {times} |", flush=True)
        print(f"{edit}: missed {sorted({f.stem for f in files} - set(found))}, late {[(s, round(t, 1)) for s, t in found.items() if t > 0.75]}", file=sys.stderr, flush=True)
    print(f"\n{asked} copies, each against {len(videos) + len(sounds)} files. False matches: ours {wrong[0]}, plain {wrong[1]}.")
    print(f"Ours is below plain on: {', '.join(less) or 'nothing'}. In brackets: at least so much, one-sided, 95 %.")


main()
