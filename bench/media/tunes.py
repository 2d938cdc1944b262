"""Sounds for sources.py: tunes, readings by espeak-ng, music and people's voices of packages, by set and seed.

usage: tunes.py SET OUT [MUSIC [VOICES]] makes the sounds alone, OUT/NAME.wav.
"""
import pathlib
import subprocess
import sys

import numpy as np

RATE = 22050
FFMPEG = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
SECONDS = 48
MUSIC_MAX = 8

WORDS = """river window garden paper morning bridge yellow machine quiet station letter mountain winter ladder
basket engine harbour silver pencil meadow thunder kitchen village copper island market shadow orange candle forest
traffic button summer railway corner winter teacher ocean carpet number valley pocket music signal wooden turning
""".split()
# Of the first set, each reads words in no order.
VOICES = ["en", "en-us", "fr", "de", "es", "it", "pl", "en-gb-x-rp"]
# Of the second set: voice, speed, pitch, and what is read. Three have all but the text in common.
LICENCES = pathlib.Path("/usr/share/common-licenses")
READINGS = [
    ("en-gb-scotland+f3", 150, 55, "GPL-2"),
    ("en-gb-scotland+f3", 150, 55, "Artistic"),
    ("en-gb-scotland+f3", 150, 55, "MPL-1.1"),
    ("en-029+m5", 170, 35, "Apache-2.0"),
    ("pt-br", 160, 50, "caminho noite pedra vento casa verde folha mesa barco chuva lua porta livro campo ponte sino"),
    ("nl+f2", 145, 60, "brug water licht straat tuin winter vogel appel molen regen boot kaas fiets school brief hout"),
    ("cs", 155, 45, "strom voda zima dopis okno ulice kniha pole most hora mlha stůl lampa cesta jablko vlak"),
    ("ru+m3", 150, 40, "дорога вода окно книга зима дерево город поле мост письмо лампа стол яблоко поезд туман гора"),
    ("tr", 165, 55, "yol deniz pencere kitap orman kedi masa elma tren sabah bulut dağ lamba köprü çiçek kuş"),
    ("fi+f4", 150, 50, "tie vesi ikkuna kirja talvi metsä kaupunki silta kirje lamppu omena juna sumu vuori kello järvi"),
]


def run(*command, **more):
    subprocess.run([str(part) for part in command], check=True, **more)


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
        begin = int(at * RATE)
        for _ in range(dice.integers(1, 4)):
            pitch = root * 2 ** (dice.choice(scale) / 12 + dice.integers(0, 3))
            tone = sum(a * np.sin(2 * np.pi * pitch * (n + 1) * t) for n, a in enumerate(timbre))
            out[begin : begin + len(t)] += (tone * envelope)[: len(out) - begin]
        if dice.random() < 0.4:
            drum = dice.normal(size=len(t)) * np.exp(-t * 30) * 0.5
            out[begin : begin + len(t)] += drum[: len(out) - begin]
        at += length
    out = out[: int(seconds * RATE)]
    return (out / abs(out).max() * 20000).astype("<i2")


def plucked(dice, seconds, out):
    """Two voices by sox, one plucked, one of another kind, each with notes in no order."""
    parts = []
    for n, kind in enumerate(["pluck", str(dice.choice(["triangle", "square", "trapezium", "sawtooth"]))]):
        at, chain, pace = 0.0, [], dice.uniform(0.22, 0.5) * (1 + n)
        steps = np.sort(dice.choice(12, 6, replace=False))
        while at < seconds:
            length = round(float(pace * dice.choice([1, 1, 2])), 3)
            pitch = 110 * (2 - n) * 2 ** ((dice.choice(steps) + 12 * dice.integers(0, 2)) / 12)
            chain += [":"] * bool(chain) + ["synth", length, kind, f"{pitch:.2f}", "fade", "t", 0.01, length, 0.05]
            at += length
        parts.append(out.with_suffix(f".{n}.wav"))
        run("sox", "-R", "-n", "-r", RATE, "-c", 1, "-b", 16, parts[-1], *chain)
    run("sox", "-R", "-m", "-v", 0.7, parts[0], "-v", 0.3, parts[1], "-r", RATE, "-c", 1, out, "trim", 0, seconds)
    for part in parts:
        part.unlink()


def reckoned(dice, seconds, out):
    """A tune by ffmpeg: pitch and loudness by numbers of no order, a third of the time with a chirp."""
    a, b = dice.uniform(10, 90, 2)
    pace, low = dice.uniform(2.2, 4.5), dice.uniform(120, 260)
    chance = lambda seed: f"mod(abs(sin(floor(t*{pace:.3f})*{seed:.4f}+1)*43758.5453)\\,1)"
    pitch = f"{low:.2f}*pow(2\\,floor(20*{chance(a)})/12)"
    wave = f"0.3*sin(2*PI*t*{pitch})+0.15*sin(4*PI*t*{pitch})+0.2*{chance(b)}*sin(2*PI*t*3.01*{pitch})"
    run(*FFMPEG, "-f", "lavfi", "-i", f"aevalsrc={wave}:s={RATE}", "-t", seconds, "-ac", 1, out)


def read(text, seconds, out, voice, speed, pitch):
    """Somebody reads."""
    raw = out.with_suffix(".raw.wav")
    run("espeak-ng", "-v", voice, "-s", speed, "-p", pitch, "-w", raw, "--stdin", input=text.encode())
    run(*FFMPEG, "-stream_loop", 3, "-i", raw, "-t", seconds, "-ac", 1, "-ar", RATE, out)
    raw.unlink()


def piece(file, seconds, out):
    run(*FFMPEG, "-i", file, "-vn", "-t", seconds, "-ac", 1, "-ar", RATE, out)


def voices(files, seconds, out):
    """Short sentences of people, one after the other."""
    listed = out.with_suffix(".txt")
    listed.write_text("".join(f"file '{file}'\n" for file in files))
    run(*FFMPEG, "-f", "concat", "-safe", 0, "-i", listed, "-t", seconds, "-ac", 1, "-ar", RATE, out)
    listed.unlink()


def first(out, seconds, dice):
    for n in range(12):
        yield out / f"tune-{n:02}.wav", lambda file, n=n: run(
            *FFMPEG, "-f", "s16le", "-ar", RATE, "-ac", 1, "-i", "-", file, input=notes(dice(1000 + n), seconds).tobytes()
        )
    for n, voice in enumerate(VOICES):
        d = dice(2000 + n)
        text = " ".join(d.choice(WORDS, int(seconds * 2.4)))
        how = (voice, int(d.integers(130, 190)), int(d.integers(20, 80)))
        yield out / f"speech-{n:02}.wav", lambda file, text=text, how=how: read(text, seconds, file, *how)


def second(out, seconds, dice):
    for n in range(6):
        yield out / f"plucked-{n:02}.wav", lambda file, n=n: plucked(dice(7000 + n), seconds, file)
    for n in range(4):
        yield out / f"reckoned-{n:02}.wav", lambda file, n=n: reckoned(dice(8000 + n), seconds, file)
    for n, (voice, speed, pitch, text) in enumerate(READINGS):
        if " " not in text:
            text = (LICENCES / text).read_text(errors="replace")[1500:4500]
        else:
            text = ". ".join(" ".join(dice(9000 + 100 * n + m).permutation(text.split())) for m in range(8))
        how = (voice, speed, pitch)
        yield out / f"speech-{n:02}.wav", lambda file, text=text, how=how: read(text, seconds, file, *how)


def files(folders, *kinds):
    """What lies in folders with `:` between, by name."""
    each = (pathlib.Path(one).rglob(kind) for one in folders.split(":") if one for kind in kinds)
    return sorted(file for found in each for file in found)


def make(chosen, out, music, spoken):
    """Writes what is not there yet."""
    seconds, music, spoken = SECONDS, files(music, "*.ogg", "*.mp3"), files(spoken, "en/*.ogg")
    out.mkdir(parents=True, exist_ok=True)
    plan = list({"first": first, "second": second}[chosen](out, seconds, np.random.default_rng))
    # The largest of a folder are whole pieces, not single tones.
    pieces = sorted(music, key=lambda file: -file.stat().st_size)[:MUSIC_MAX]
    plan += [(out / f"music-{n:02}.wav", lambda file, one=one: piece(one, seconds, file)) for n, one in enumerate(pieces)]
    long = sorted(spoken, key=lambda file: -file.stat().st_size)
    for n in range(min(2, len(long) // 20)):
        some = long[n * 20 : n * 20 + 20]
        plan.append((out / f"voices-{n:02}.wav", lambda file, some=some: voices(some, seconds, file)))
    for file, how in plan:
        if not file.exists():
            how(file)


if __name__ == "__main__":
    make(sys.argv[1], pathlib.Path(sys.argv[2]), *(sys.argv[3:] + [""] * 2)[:2])
