"""Peers of `shifts`: the same alarms as JSON, from the counts alone.

    python3 shift_peers.py cusum|pelt SERIES.csv

Both know the rhythm from the first four weeks, as hour of the day times day of the week, and say nothing before; both are silent
for ten days after an alarm. They tell falls from rises, not a blackout from a migration: `fall` counts as either.

- cusum: a sum of standardised residuals beyond a deviation, up and down, and an alarm at LIMIT.
- pelt: PyPI ruptures, KernelCPD (PELT in C, linear kernel) over the last seven days, each hour anew; an alarm when the last
  part differs from the one before by a third.
"""

import csv
import json
import sys

import numpy as np

LEARNT_HOURS = 24 * 28
SILENT_HOURS = 24 * 10
WINDOW_HOURS = 24 * 7
# These four were chosen on seeds 1000 to 1002.
LIMIT = 12.0
SLACK = 1.0
PENALTY = 40.0
LAST_HOURS_MIN = 3
CHANGE = 1 / 3


def standard(counts):
    """Residuals in deviations, and what is expected by the hour of the day times the day of the week."""
    weeks = counts[:LEARNT_HOURS].reshape(-1, 7, 24)
    mean = weeks.mean(axis=(0, 1))[None, :] * weeks.mean(axis=(0, 2))[:, None] / max(weeks.mean(), 1e-9)
    over = max(((weeks - mean) ** 2 - mean).mean(), 0) / (mean**2).mean()
    expected = np.tile(mean.ravel(), len(counts) // 168 + 1)[: len(counts)]
    return (counts - expected) / np.sqrt(expected + over * expected**2 + 1e-9), expected


def cusum(counts):
    residuals, _ = standard(counts)
    up = down = 0.0
    silent = 0
    for hour in range(LEARNT_HOURS, len(counts)):
        up = max(0.0, up + residuals[hour] - SLACK)
        down = max(0.0, down - residuals[hour] - SLACK)
        if hour >= silent and max(up, down) > LIMIT:
            yield hour, "burst" if up > down else "fall"
            up = down = 0.0
            silent = hour + SILENT_HOURS


def pelt(counts):
    import ruptures

    residuals, expected = standard(counts)
    silent = 0
    for hour in range(LEARNT_HOURS, len(counts)):
        if hour < silent:
            continue
        window = slice(hour + 1 - WINDOW_HOURS, hour + 1)
        search = ruptures.KernelCPD(kernel="linear", min_size=LAST_HOURS_MIN).fit(residuals[window].reshape(-1, 1))
        ends = [0, *search.predict(pen=PENALTY)]
        if len(ends) < 3:
            continue
        ratio = counts[window] / (expected[window] + 1e-9)
        before, last = ratio[ends[-3] : ends[-2]].mean(), ratio[ends[-2] :].mean()
        if abs(last - before) > CHANGE:
            yield hour, "burst" if last > before else "fall"
            silent = hour + SILENT_HOURS


def main():
    counts = {}
    with open(sys.argv[2]) as table:
        for row in csv.DictReader(table):
            counts.setdefault(row["series"], []).append(int(row["count"]))
    find = {"cusum": cusum, "pelt": pelt}[sys.argv[1]]
    alarms = []
    for series, values in counts.items():
        for hour, kind in find(np.array(values, dtype=float)):
            alarms.append({"series": series, "kind": kind, "detected_at": hour})
    print(json.dumps(alarms))


main()
