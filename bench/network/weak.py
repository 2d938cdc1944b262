#!/usr/bin/env python3
"""Services with six series each, of which the first is weak for 4 to 40 days: all its series fall to 50 to 80 %, at once or within
four days. Two series migrate meanwhile, one of them on the weak service, and one of that service falls silent.

    weak.py SEED OUT    writes OUT.series.csv, OUT.truth.csv, OUT.posts.csv as the generator shifts.py does, without posts
"""

import sys

import numpy as np

seed, out = int(sys.argv[1]), sys.argv[2]
rng = np.random.default_rng(seed)
hours = 24 * 90
time = np.arange(hours)
rhythm = (1 + 0.6 * np.sin(time / 24 * 2 * np.pi)) * (1 + 0.25 * np.sin(time / 168 * 2 * np.pi))
at = 24 * 40 + int(rng.integers(0, 24 * 20))
share, days, ramp = [0.6, 0.7, 0.8, 0.5][seed % 4], [4, 10, 40][seed % 3], [0, 24, 96][(seed // 3) % 3]
weak = np.ones(hours)
weak[at : at + 24 * days] = share
if ramp:
    weak[at : at + ramp] = np.linspace(1, share, ramp)
rows, truth = [], []
for series in range(24):
    mean, kept, kind, begin = rng.uniform(8, 60) * rhythm, np.ones(hours), "none", ""
    if series in (0, 1):
        kind, begin = "migration", at + 24 + int(rng.integers(0, 48))
        kept[begin:] = np.clip(1 - np.arange(hours - begin) / (24 * rng.uniform(4, 9)), 0.3, 1)
    if series == 4:
        kind, begin = "blackout", at + 30
        kept[begin : begin + 90] = 0.1
    expected = mean * kept * (weak if series % 4 == 0 else 1)
    name, service = f"s{series:02d}", f"svc{series % 4}.test"
    counts = rng.negative_binomial(8, 8 / (8 + expected))
    rows += [f"{name},{service},{hour},{int(count)}\n" for hour, count in enumerate(counts)]
    truth.append(f"{name},{service},{kind},{begin}\n")
open(out + ".series.csv", "w").write("series,service,hour,count\n" + "".join(rows))
open(out + ".truth.csv", "w").write("series,service,kind,hour\n" + "".join(truth))
open(out + ".posts.csv", "w").write("hour,account,service,host\n")
