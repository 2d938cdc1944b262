#!/usr/bin/env python3
"""Cells: the example `cells` of `renvoi-network` against planted ones, and peers beside it.

    python3 bench/network/cells.py --generator coshare.py [--seeds 5000-5019] [--posts N] [--peers numpy,duckdb,toolkit]

Builds the example, makes each seed's events, judges accounts and pairs, prints a row for each seed and program. A peer gives
pairs with how often they met; its threshold is the one of 2 to 20 that fits the truth of that seed best, for accounts and
for pairs apart: better than anybody can choose who does not know the truth. Time is of the whole program, start and reading
with it: by the clock, and of the processor. Needs numpy for the generator; peers need what `cell_peers.py` names.
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
THRESHOLDS = range(2, 21)


def f1(truth, found):
    both = len(truth & found)
    return 2 * both / (len(truth) + len(found)) if truth or found else 1.0


def pair(a, b):
    return (min(a, b), max(a, b))


def timed(command):
    """What it printed, seconds by the clock, seconds of the processor."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.DEVNULL)
        _, state, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        if state != 0:
            raise SystemExit(f"{command} failed: {state}")
        printed.seek(0)
        return printed.read(), seconds, used.ru_utime + used.ru_stime


def read_truth(file):
    cells = {}
    with open(file) as truth:
        for row in csv.DictReader(truth):
            cells.setdefault(row["cell"], set()).add(row["account"])
    pairs = {pair(*two) for members in cells.values() for two in itertools.combinations(members, 2)}
    return set().union(*cells.values()), pairs


def ours(program, events, truth):
    printed, clock, processor = timed([program, events])
    found = json.loads(printed)
    accounts = {name for cell in found["cells"] for name in cell["accounts"]}
    return f1(truth[0], accounts), f1(truth[1], {pair(a, b) for a, b, _ in found["pairs"]}), clock, processor


def theirs(name, events, truth):
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/pairs.csv"
        peer = str(Path(__file__).with_name("cell_peers.py"))
        _, clock, processor = timed([sys.executable, peer, name, events, out])
        with open(out) as table:
            rows = [(pair(a, b), int(count)) for a, b, count in csv.reader(table)]
    best = [0.0, 0.0]
    for least in THRESHOLDS:
        pairs = {two for two, count in rows if count >= least}
        accounts = set(itertools.chain.from_iterable(pairs))
        best = [max(best[0], f1(truth[0], accounts)), max(best[1], f1(truth[1], pairs))]
    return best[0], best[1], clock, processor


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--generator", required=True)
    options.add_argument("--seeds", default="5000-5019")
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--peers", default="")
    options.add_argument("--program", help="the example, when it is built already")
    given = options.parse_args()
    if not given.program:
        command = ["cargo", "build", "--release", "-p", "renvoi-network", "--example", "cells"]
        subprocess.run(command, check=True, cwd=ROOT)
    program = given.program or TARGET / "release/examples/cells"
    first, last = map(int, given.seeds.split("-"))
    peers = [peer for peer in given.peers.split(",") if peer]
    rows = {}
    print(f"{given.posts} events, load at the begin {os.getloadavg()[0]:.1f}\n")
    print("| seed | program | F1 accounts | F1 pairs | s, clock | s, processor |\n|---|---|---|---|---|---|")
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/made"
            made = [sys.executable, given.generator, str(seed), out, str(given.posts)]
            subprocess.run(made, check=True, capture_output=True)
            truth, events = read_truth(out + ".truth.csv"), out + ".events.csv"
            for name in ["renvoi", *peers]:
                row = ours(program, events, truth) if name == "renvoi" else theirs(name, events, truth)
                rows.setdefault(name, []).append(row)
                print(f"| {seed} | {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |", flush=True)
    for name, all_rows in rows.items():
        print(f"| mean | {name} | " + " | ".join(f"{statistics.mean(column):.3f}" for column in zip(*all_rows)) + " |")
        f1s = [min(column) for column in list(zip(*all_rows))[:2]]
        print(f"| worst | {name} | {f1s[0]:.3f} | {f1s[1]:.3f} | | |")
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
