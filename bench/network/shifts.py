#!/usr/bin/env python3
"""Shifts: the example `shifts` of `renvoi-network` against planted ones, without and with posts.

    python3 bench/network/shifts.py --generator shifts.py [--seeds 2000-2019]

An alarm is right when its kind is, and it comes within ten days from the hour on in which the shift begins; every other one
is false, also one that comes before. The delay is `detected_at` less that hour: 0 is the first hour. Needs numpy for the
generator.
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

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
LATE_HOURS = 240
DAYS = 90


def judge(program, files, truth):
    """Delays by kind, the number planted by kind, false alarms."""
    alarms = json.loads(subprocess.run([program, *files], check=True, capture_output=True).stdout)
    hits, false = {}, []
    for alarm in alarms:
        kind, hour = truth[alarm["series"]]
        delay = alarm["detected_at"] - hour
        if alarm["kind"] == kind and 0 <= delay <= LATE_HOURS and alarm["series"] not in hits:
            hits[alarm["series"]] = (kind, delay)
        else:
            false.append(alarm)
    return list(hits.values()), false


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--generator", required=True)
    options.add_argument("--seeds", default="2000-2019")
    given = options.parse_args()
    subprocess.run(["cargo", "build", "--release", "-p", "renvoi-network", "--example", "shifts"], check=True, cwd=ROOT)
    program = TARGET / "release/examples/shifts"
    first, last = map(int, given.seeds.split("-"))
    hits, false, planted, days = {"counts": [], "posts": []}, {"counts": 0, "posts": 0}, [], 0
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/made"
            subprocess.run([sys.executable, given.generator, str(seed), out], check=True, capture_output=True)
            with open(out + ".truth.csv") as rows:
                truth = {row["series"]: (row["kind"], int(row["hour"] or -10**6)) for row in csv.DictReader(rows)}
            planted += [kind for kind, _ in truth.values()]
            days += len(truth) * DAYS
            for way, files in (("counts", [out + ".series.csv"]), ("posts", [out + ".series.csv", out + ".posts.csv"])):
                right, wrong = judge(program, files, truth)
                hits[way] += right
                false[way] += len(wrong)
        print(f"seed {seed} judged", file=sys.stderr, flush=True)
    print("| | kind | found | median delay, h | nine of ten within, h | precision | false alarms in 500 series-days |")
    print("|---|---|---|---|---|---|---|")
    for way, found in hits.items():
        precision = len(found) / (len(found) + false[way])
        for kind in ("blackout", "burst", "migration"):
            delays = sorted(delay for of, delay in found if of == kind)
            late = delays[int(len(delays) * 0.9)]
            row = f"| {way} | {kind} | {len(delays)} of {planted.count(kind)} | {statistics.median(delays):g} | {late} |"
            print(row, f"{precision:.3f} | {false[way] * 500 / days:.2f} |")


main()
