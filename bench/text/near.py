"""Near texts: `text::near` beside rensa, datasketch (both MinHash with 128 values and bands) and py-tlsh.

Each round lists the same texts and asks about the same copies, contender by contender; the table shows the median
round. Peers get runs of three words of `text.lower().split()`, the sets that ours compares too, and the threshold 0.5;
for each, seconds of the processor count (rensa uses several cores where it can). TLSH has no search of its own: the
digests of text and copy are compared, and a distance of at most 70 counts as found.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import re
import statistics
import subprocess
import time
from pathlib import Path

import datasketch
import made
import rensa
import tlsh

EDITS = {
    "same": lambda text, texts: text,
    "upper case": lambda text, texts: text.upper(),
    "zero-width": lambda text, texts: made.zero_width(text),
    "homoglyphs": lambda text, texts: made.homoglyphs(text),
    "one word changed": lambda text, texts: made.one_word(text),
    "cut to 60 %": lambda text, texts: made.cut(text),
    "quoted": lambda text, texts: f"{texts.plain(15, 25)} {text} {texts.plain(15, 25)}",
    "others": lambda text, texts: texts.written(texts.plain(10, 32)),
}
PERMUTATIONS, THRESHOLD, TLSH_DISTANCE = 128, 0.5, 70


def runs(text):
    words = text.lower().split()
    return [" ".join(words[at:at + 3]) for at in range(max(1, len(words) - 2))]


class Rensa:
    name = "rensa"

    def sketch(self, texts):
        return rensa.RMinHash.from_token_sets([runs(text) for text in texts], PERMUTATIONS, 42)

    def list(self, texts):
        self.lsh = rensa.RMinHashLSH(THRESHOLD, PERMUTATIONS, 32)
        for at, one in enumerate(self.sketch(texts)):
            self.lsh.insert(at, one)

    def ask(self, texts):
        return [self.lsh.query(one) for one in self.sketch(texts)]


class Datasketch:
    name = "datasketch"

    def sketch(self, texts):
        sets = ([run.encode() for run in runs(text)] for text in texts)
        return datasketch.MinHash.generator(sets, num_perm=PERMUTATIONS)

    def list(self, texts):
        self.lsh = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        for at, one in enumerate(self.sketch(texts)):
            self.lsh.insert(at, one, check_duplication=False)

    def ask(self, texts):
        return [self.lsh.query(one) for one in self.sketch(texts)]


class Tlsh:
    name = "py-tlsh"

    def list(self, texts):
        self.digests = [tlsh.hash(text.encode()) for text in texts]

    def ask(self, texts):
        return [[at] if near(self.digests[at], tlsh.hash(text.encode())) else [] for at, text in enumerate(texts)]


def near(a, b):
    return a not in ("", "TNULL") and b not in ("", "TNULL") and tlsh.diff(a, b) <= TLSH_DISTANCE


def measure(contender, listed, asked):
    begun = time.process_time()
    contender.list(listed)
    out = {"list": len(listed) / (time.process_time() - begun), "ask": {}, "found": {}, "others": {}}
    for edit, texts in asked.items():
        begun = time.process_time()
        answers = contender.ask(texts)
        out["ask"][edit] = len(texts) / (time.process_time() - begun)
        out["found"][edit] = sum(at in answer for at, answer in enumerate(answers)) / len(texts)
        out["others"][edit] = sum(any(other != at for other in answer) for at, answer in enumerate(answers)) / len(texts)
    return out


def ours(program, folder, edits):
    said = subprocess.run([program, folder / "listed.txt", *(folder / f"{edit}.txt" for edit in edits)], check=True,
                          capture_output=True, text=True).stdout
    listed, digests, *files = map(json.loads, said.splitlines())
    out = {"list": listed["listed"] / listed["s"], "tlsh": digests["tlsh"] / digests["s"],
           "bytes": listed["bytes"] / listed["listed"], "ask": {}, "found": {}, "others": {}}
    for edit, file in zip(edits, files):
        out["ask"][edit] = file["asked"] / file["s"]
        out["found"][edit], out["others"][edit] = file["same"] / file["asked"], file["others"] / file["asked"]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    for name, default in [("listed", 50_000), ("asked", 2_000), ("rounds", 3), ("seed", 1)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    texts = made.Texts(args.seed)
    listed = [texts.written(texts.plain(10, 32)) for _ in range(args.listed)]
    asked = {edit: [change(text, texts) for text in listed[: args.asked]] for edit, change in EDITS.items()}
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, lines in [("listed", listed), *asked.items()]:
        (args.folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    load = os.getloadavg()[0]
    rounds = {}
    for _ in range(args.rounds):
        rounds.setdefault("text::near", []).append(ours(args.program, args.folder, asked))
        for peer in (Rensa, Datasketch, Tlsh):
            rounds.setdefault(peer.name, []).append(measure(peer(), listed, asked))
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("rensa", "datasketch", "py-tlsh"))
    print(f"{time.strftime('%d %B %Y')}, {model.group(1) if model else platform.machine()}, {os.cpu_count()} processors, load "
          f"{load:.1f} to {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, {versions}; {args.listed:,} listed texts, "
          f"{args.asked:,} copies of each kind, seed {args.seed}, median of {args.rounds} rounds\n")

    def middle(name, read):
        return statistics.median(read(one) for one in rounds[name])

    print("| | listed a second | asked a second | " + " | ".join(EDITS) + " |\n|" + "---|" * (len(EDITS) + 3))
    for name in rounds:
        rate = middle(name, lambda one: statistics.harmonic_mean(one["ask"].values()))
        shares = [middle(name, lambda one: one["others" if edit == "others" else "found"][edit]) for edit in EDITS]
        print(f"| {name} | {middle(name, lambda one: one['list']):,.0f} | {rate:,.0f} | "
              + " | ".join(f"{share:.1%}" for share in shares) + " |")
    mine = rounds["text::near"]
    print(f"\nOurs: {statistics.median(one['bytes'] for one in mine):.0f} bytes a listed text; "
          f"TLSH digests a second {statistics.median(one['tlsh'] for one in mine):,.0f}.")


if __name__ == "__main__":
    main()
