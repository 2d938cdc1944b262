#!/usr/bin/env python3
"""Changes of the mix: four services with six series each, as six languages. On two of them one series hands a part of its posts to
another, at once or within up to six days. Beside that a migration, a blackout, a burst, and a service that is down for five hours.

    mix.py SEED OUT                              writes OUT.series.csv and OUT.truth.csv (series,service,kind,hour)
    mix.py --judge --program PATH [--seeds A-B]  what the example `shifts` of `renvoi-network` says of them

A mix is found when it is said of the giver or the taker within ten days. What was said of either before as the fall or the rise
that it looks like is counted for itself; every other alarm is false, also a mix where none was planted.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile

import numpy as np

HOURS = 24 * 90
LATE_HOURS = 240
SERIES = 24


def make(seed, out):
    rng = np.random.default_rng(seed)
    time = np.arange(HOURS)
    rhythm = (1 + 0.6 * np.sin(time / 24 * 2 * np.pi)) * (1 + 0.25 * np.sin(time / 168 * 2 * np.pi))
    means = rng.uniform(8, 60, SERIES)
    expected = means[:, None] * rhythm
    kinds = [("none", "")] * SERIES
    begin = lambda: 24 * 45 + int(rng.integers(0, 24 * 30))
    for service in (0, 1):
        giver, taker = (service + 4 * int(at) for at in rng.choice(6, 2, replace=False))
        at, days, part = begin(), rng.choice([0.1, 2.0, 4.0, 6.0]), rng.uniform(0.5, 0.9)
        gone = np.clip((time - at) / (24 * days), 0, 1) * part * expected[giver]
        expected[giver] -= gone
        expected[taker] += gone
        kinds[giver], kinds[taker] = ("mix", at), ("mix", at)
    for kind, series in (("migration", 2), ("blackout", 6), ("burst", 3)):
        at = begin()
        kept = np.ones(HOURS)
        if kind == "migration":
            kept[at:] = np.clip(1 - np.arange(HOURS - at) / (24 * rng.uniform(4, 9)), 0.3, 1)
        else:
            kept[at : at + 90] = 0.1 if kind == "blackout" else 3.0
        expected[series] *= kept
        kinds[series] = (kind, at)
    down = 24 * 40 + int(rng.integers(0, 24 * 40))
    expected[3::4, down : down + 5] *= 0.02
    counts = rng.negative_binomial(8, 8 / (8 + expected))
    with open(out + ".series.csv", "w") as rows:
        rows.write("series,service,hour,count\n")
        for series in range(SERIES):
            rows.writelines(f"s{series:02d},svc{series % 4}.test,{hour},{count}\n" for hour, count in enumerate(counts[series]))
    with open(out + ".truth.csv", "w") as rows:
        rows.write("series,service,kind,hour\n")
        rows.writelines(f"s{at:02d},svc{at % 4}.test,{kind},{hour}\n" for at, (kind, hour) in enumerate(kinds))


def judge(alarms, truth):
    """Delays by kind, how many mixes were first told as something else, false alarms, and how many of those say mix."""
    found, first, false, false_mix = {}, set(), 0, 0
    for alarm in alarms:
        kind, service, hour = truth[alarm["series"]]
        event = (kind, service if kind == "mix" else alarm["series"])
        timely = hour is not None and 0 <= alarm["detected_at"] - hour <= LATE_HOURS
        if timely and alarm["kind"] == kind:
            found.setdefault(event, alarm["detected_at"] - hour)
        elif timely and kind == "mix":
            first.add(event)
        else:
            false += 1
            false_mix += alarm["kind"] == "mix"
    return found, len(first), false, false_mix


def main():
    if len(sys.argv) == 3 and sys.argv[1].isdigit():
        return make(int(sys.argv[1]), sys.argv[2])
    options = argparse.ArgumentParser()
    options.add_argument("--judge", action="store_true", required=True)
    options.add_argument("--program", required=True)
    options.add_argument("--seeds", default="101-120")
    given = options.parse_args()
    low, high = map(int, given.seeds.split("-"))
    delays, first, false, false_mix = {}, 0, 0, 0
    for seed in range(low, high + 1):
        with tempfile.TemporaryDirectory() as folder:
            make(seed, f"{folder}/made")
            with open(f"{folder}/made.truth.csv") as rows:
                truth = {row["series"]: (row["kind"], row["service"], int(row["hour"]) if row["hour"] else None) for row in csv.DictReader(rows)}
            told = subprocess.run([given.program, f"{folder}/made.series.csv"], check=True, capture_output=True, text=True)
            found, at_first, wrong, wrong_mix = judge(json.loads(told.stdout), truth)
        for (kind, _), delay in found.items():
            delays.setdefault(kind, []).append(delay)
        first, false, false_mix = first + at_first, false + wrong, false_mix + wrong_mix
    seeds = high - low + 1
    print(f"seeds {given.seeds}, load {os.getloadavg()[0]:.1f}\n\n| kind | found | median delay, h | nine of ten within, h |\n|---|---|---|---|")
    for kind, each in (("mix", 2), ("blackout", 1), ("burst", 1), ("migration", 1)):
        all_of = sorted(delays.get(kind, []))
        late = all_of[int(len(all_of) * 0.9)] if all_of else "-"
        print(f"| {kind} | {len(all_of)} of {each * seeds} | {statistics.median(all_of) if all_of else '-'} | {late} |")
    per = 500 / (seeds * SERIES * HOURS / 24)
    print(f"\nmixes first told as a fall or a rise: {first}; false alarms in 500 series-days: {false * per:.2f}, of which mix {false_mix * per:.2f}")


main()
