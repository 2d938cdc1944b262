#!/usr/bin/env python3
"""Cells: the example `cells` of `renvoi-network` against planted ones.

    python3 bench/network/cells.py --generator coshare.py [--seeds 2000-2019] [--posts N]

Builds the example, makes each seed's events, judges accounts and pairs, prints a row a seed and the mean. Needs numpy for the
generator.
"""

import argparse
import csv
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def f1(truth, found):
    both = len(truth & found)
    return 2 * both / (len(truth) + len(found)) if truth or found else 1.0


def pair(a, b):
    return (min(a, b), max(a, b))


def judge(program, generator, seed, posts):
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/made"
        subprocess.run([sys.executable, generator, str(seed), out, str(posts)], check=True, capture_output=True)
        begin = time.perf_counter()
        found = json.loads(subprocess.run([program, out + ".events.csv"], check=True, capture_output=True).stdout)
        seconds = time.perf_counter() - begin
        cells = {}
        with open(out + ".truth.csv") as truth:
            for row in csv.DictReader(truth):
                cells.setdefault(row["cell"], set()).add(row["account"])
    accounts = f1(set().union(*cells.values()), {name for cell in found["cells"] for name in cell["accounts"]})
    pairs = {pair(*two) for members in cells.values() for two in itertools.combinations(members, 2)}
    return accounts, f1(pairs, {pair(a, b) for a, b, _ in found["pairs"]}), seconds


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--generator", required=True)
    options.add_argument("--seeds", default="2000-2019")
    options.add_argument("--posts", type=int, default=1_000_000)
    given = options.parse_args()
    subprocess.run(["cargo", "build", "--release", "-p", "renvoi-network", "--example", "cells"], check=True, cwd=ROOT)
    first, last = map(int, given.seeds.split("-"))
    print("| seed | F1 accounts | F1 pairs | s |\n|---|---|---|---|")
    rows = []
    for seed in range(first, last + 1):
        rows.append(judge(TARGET / "release/examples/cells", given.generator, seed, given.posts))
        print(f"| {seed} | {rows[-1][0]:.3f} | {rows[-1][1]:.3f} | {rows[-1][2]:.2f} |", flush=True)
    mean = [statistics.mean(column) for column in zip(*rows)]
    worst = (min(row[0] for row in rows), min(row[1] for row in rows), max(row[2] for row in rows))
    print("| mean | {:.3f} | {:.3f} | {:.2f} |".format(*mean))
    print("| worst | {:.3f} | {:.3f} | {:.2f} |".format(*worst))


main()
