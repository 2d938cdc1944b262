#!/usr/bin/env python3
"""Shifts: the example `shifts` of `renvoi-network` against planted ones, without and with posts, and peers beside it.

    python3 bench/network/shifts.py --generator shifts.py [--seeds 4000-4019] [--peers cusum,pelt]

An alarm is right when its kind is, and it comes within ten days from the hour on in which the shift begins; every other one
is false, also one that comes before. The delay is `detected_at` less that hour: 0 is the first hour. Peers that tell only
falls are right with a blackout and with a migration. Needs numpy for the generator; peers need what `shift_peers.py` names.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from cells import timed

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
LATE_HOURS = 240
DAYS = 90
KINDS = ("blackout", "burst", "migration")
SAME = {"fall": ("blackout", "migration")}


def judge(alarms, truth):
    """Kind and delay of what was found, and the number of false alarms."""
    hits, false = {}, 0
    for alarm in alarms:
        kind, hour = truth[alarm["series"]]
        delay = alarm["detected_at"] - hour
        right = kind in SAME.get(alarm["kind"], (alarm["kind"],)) and 0 <= delay <= LATE_HOURS
        if right and alarm["series"] not in hits:
            hits[alarm["series"]] = (kind, delay)
        else:
            false += 1
    return list(hits.values()), false


class Way:
    """One program, and what it found over all seeds."""

    def __init__(self, name, command, posts):
        self.name, self.command, self.posts = name, command, posts
        self.hits, self.false, self.clock, self.processor = [], 0, 0.0, 0.0

    def run(self, out, truth):
        files = [out + ".series.csv"] + ([out + ".posts.csv"] if self.posts else [])
        printed, clock, processor = timed([*self.command, *files])
        hits, false = judge(json.loads(printed), truth)
        self.hits += hits
        self.false += false
        self.clock += clock
        self.processor += processor

    def rows(self, planted, seeds):
        alarms = 500 * self.false / (len(planted) * DAYS)
        precision = len(self.hits) / max(1, len(self.hits) + self.false)
        for kind in KINDS:
            delays = sorted(delay for of, delay in self.hits if of == kind)
            median = f"{statistics.median(delays):g}" if delays else "-"
            late = delays[int(len(delays) * 0.9)] if delays else "-"
            cells = [self.name, kind, f"{len(delays)} of {planted.count(kind)}", median, late, f"{precision:.3f}"]
            cells += [f"{alarms:.2f}", f"{self.processor / seeds:.2f}"]
            yield "| " + " | ".join(map(str, cells)) + " |"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--generator", required=True)
    options.add_argument("--seeds", default="4000-4019")
    options.add_argument("--peers", default="")
    options.add_argument("--program", help="the example, when it is built already")
    given = options.parse_args()
    if not given.program:
        command = ["cargo", "build", "--release", "-p", "renvoi-network", "--example", "shifts"]
        subprocess.run(command, check=True, cwd=ROOT)
    program = str(given.program or TARGET / "release/examples/shifts")
    peer = str(Path(__file__).with_name("shift_peers.py"))
    ways = [Way("renvoi, counts", [program], False), Way("renvoi, posts", [program], True)]
    ways += [Way(name, [sys.executable, peer, name], False) for name in given.peers.split(",") if name]
    first, last = map(int, given.seeds.split("-"))
    planted = []
    print(f"load at the begin {os.getloadavg()[0]:.1f}\n")
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/made"
            subprocess.run([sys.executable, given.generator, str(seed), out], check=True, capture_output=True)
            with open(out + ".truth.csv") as rows:
                truth = {row["series"]: (row["kind"], int(row["hour"] or -(10**6))) for row in csv.DictReader(rows)}
            planted += [kind for kind, _ in truth.values()]
            for way in ways:
                way.run(out, truth)
        print(f"seed {seed} judged", file=sys.stderr, flush=True)
    heads = "program | kind | found | median delay, h | nine of ten within, h | precision | false in 500 series-days"
    print(f"| {heads} | s of the processor for 52 series |\n|---|---|---|---|---|---|---|---|")
    for way in ways:
        print("\n".join(way.rows(planted, last + 1 - first)))
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
