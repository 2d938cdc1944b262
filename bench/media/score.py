"""What is found of edited videos and sounds, and what is found wrongly. usage: score.py RENVOI SOURCES EDITS

Ours: `renvoi bank make --verified` of the sources, `renvoi scan` of the copies. Beside it the vPDQ rule on the frames that
`renvoi hash video` gives, written here once more, and Chromaprint of `fpcalc`, compared as pyacoustid does: its score
counts from the best that two different sounds reach upwards, so it has no false match by its making.
"""
import collections
import concurrent.futures
import json
import pathlib
import subprocess
import sys

import acoustid

import edits

RADIUS, QUALITY, PERCENT = 31, 50, 80


def lines(command):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def frames(line):
    """The different frames that show enough."""
    return list({int(f["pdq"], 16) for f in line.get("frames", []) if f["quality"] >= QUALITY})


def vpdq(asked, listed):
    """The two percentages; either is enough."""
    near = lambda one, others: any((one ^ other).bit_count() <= RADIUS for other in others)
    share = lambda some, others: 100 * sum(near(one, others) for one in some) / len(some) if some else 0
    return max(share(asked, listed), share(listed, asked)) >= PERCENT


def chromaprint(file):
    done = subprocess.run(["fpcalc", "-raw", "-json", "-length", "0", file], capture_output=True, text=True)
    # It complains of the end of many files, and has their print all the same.
    if not done.stdout:
        raise SystemExit(f"{file}: no print: {done.stderr}")
    return json.loads(done.stdout)["fingerprint"]


def compared(one, other):
    return acoustid._match_fingerprints(one, other) if one and other else 0.0


def truths(sources, videos, sounds):
    """Which sources may be found in each copy: by edit and file, the first is the one that it is made of."""
    made = ["testsrc2", "mandelbrot", "life", "cellauto", "gradients", "sierpinski"]
    made += [f"drawn-{n:02}" for n in range(14)] + [f"photos-{n:02}" for n in range(6)]
    tune = {name: sounds[n % len(sounds)].name for n, name in enumerate(made)}
    has = collections.defaultdict(set)
    for video in videos:
        has[tune[video.stem]].add(video.name)
    heard = lambda sound: {sound.name} | has[sound.name]
    of = {}
    for edit in edits.VIDEO:
        for n, file in enumerate(videos):
            may = {file.name, tune[file.stem]} | has[tune[file.stem]]
            if edits.VIDEO[edit] is None:
                may.add(videos[(n + 7) % len(videos)].name)
            of[edit, file.name] = may
    for edit, how in edits.SOUND.items():
        for n, file in enumerate(sounds):
            may = heard(file)
            if how == "speech":
                talk = [one for one in sounds if one.stem.startswith("speech") and one != file]
                may |= heard(talk[n % len(talk)])
            if how is None:
                may |= heard(sounds[(n + 5) % len(sounds)])
            of["sound: " + edit, file.name] = may
    return of


def main():
    program, sources, out = sys.argv[1], *map(pathlib.Path, sys.argv[2:4])
    videos, sounds = sorted((sources / "video").glob("*.mp4")), sorted((sources / "sound").glob("*.wav"))
    originals = sources / "originals"
    originals.mkdir(exist_ok=True)
    for file in videos + sounds:
        if not (originals / file.name).exists():
            (originals / file.name).hardlink_to(file)
    bank = sources / "bank.ndjson"
    lines([program, "bank", "make", originals, "--verified", "--out", bank, "--json"])
    of = truths(sources, videos, sounds)
    folder = lambda edit: ("sound_" + edit[7:] if edit.startswith("sound: ") else edit).replace(" ", "_").replace("%", "p")
    pool = concurrent.futures.ThreadPoolExecutor(2)
    listed = {f: frames(line) for f, line in zip(videos, lines([program, "hash", "video", "--json", *videos])[0])}
    prints = dict(zip(sounds, pool.map(chromaprint, sounds)))
    bar = max(compared(prints[a], prints[b]) for n, a in enumerate(sounds) for b in sounds[n + 1 :])
    print(f"{len(videos)} videos, {len(sounds)} sounds; plain Chromaprint counts over {bar:.3f}\n")
    print("| edit | copies | ours | plain rule | false, ours | false, plain |\n|---|---|---|---|---|---|")
    wrong_ours = wrong_plain = 0
    for edit in [*edits.VIDEO, *("sound: " + name for name in edits.SOUND)]:
        files = sorted((out / folder(edit)).glob("*.*"))
        original = {f: next(name for (e, name) in of if e == edit and name.rsplit(".", 1)[0] == f.stem) for f in files}
        hits, words = lines([program, "scan", out / folder(edit), "--bank", bank, "--json", "--stats"])
        is_sound = edit.startswith("sound")
        found, false = set(), 0
        for hit in hits:
            file = pathlib.Path(hit["path"])
            false += hit["label"] not in of[edit, original[file]]
            if hit["label"] not in of[edit, original[file]]:
                print("FALSE", edit, hit, file=sys.stderr)
            wanted = "sound" if is_sound else "video"
            if hit["kind"] == wanted and hit["label"] == original[file]:
                found.add(file)
        if edit == "sound alone":
            found = {pathlib.Path(hit["path"]) for hit in hits if hit["label"] == original[pathlib.Path(hit["path"])]}
        plain, plain_false = 0, 0
        if is_sound:
            asked = dict(zip(files, pool.map(chromaprint, files)))
            against = {}
            if edit == "sound alone":
                against = {f.name: one for f, one in zip(videos, pool.map(chromaprint, videos))}
            for file in files:
                mine = against.get(original[file]) or prints[sounds[0].parent / original[file]]
                plain += compared(asked[file], mine) > bar
        else:
            asked = {f: frames(line) for f, line in zip(files, lines([program, "hash", "video", "--json", *files])[0])}
            for file in files:
                for other in videos:
                    match = vpdq(asked[file], listed[other])
                    plain += match and other.name == original[file]
                    plain_false += match and other.name not in of[edit, original[file]]
        wrong_ours, wrong_plain = wrong_ours + false, wrong_plain + plain_false
        share = lambda count: f"{100 * count / len(files):.0f} %"
        missed = ", ".join(sorted(f.stem for f in set(files) - found))
        print(f"| {edit} | {len(files)} | {share(len(found))} | {share(plain)} | {false} | {plain_false} |", flush=True)
        print(f"{edit}: missed {missed}", file=sys.stderr, flush=True)
    print(f"\nFalse matches: ours {wrong_ours}, plain {wrong_plain}.")


main()
