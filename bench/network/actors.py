#!/usr/bin/env python3
"""Same actor elsewhere: the example `actors` of `renvoi-network` against made worlds with a known truth.

    bench/network/actors.py fit                      weights from seeds 1 to 20, curve from 21 to 40: weights.rs
    bench/network/actors.py judge [--seeds 1101-1120] [--other] [--accounts N] [--no-peer]

Needs numpy and, for the peer, rapidfuzz (both in target/bench-network/env; made with `pip install numpy rapidfuzz`). Seeds up to 100
are for development, those above for judging. The peer is Jaro-Winkler between handles, each pair of handles of different services; its
threshold is the one that fits the truth of that seed best (greatest recall at a precision of 0.95), which nobody can know who
does not know the truth. Truth: all pairs of accounts of one actor on different services; recall counts those never compared too.
"""

import argparse
import csv
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/examples/actors"
WORLD = Path(__file__).with_name("actors_world.py")
LEAD_FROM = 0.8
# Of the pairs of two actors so many are kept to fit with, each for as many.
STRANGERS_ONE_IN = 10
BINS = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001]


def world(seed, folder, other, accounts):
    out = Path(folder) / str(seed)
    subprocess.run([sys.executable, WORLD, str(seed), out, "--accounts", str(accounts)] + ["--other"] * other, check=True)
    return out


def truth_of(out):
    actors, kinds = {}, {}
    with open(f"{out}.truth.csv") as file:
        for row in csv.DictReader(file):
            actors.setdefault(row["actor"], []).append(row["account"])
            kinds[row["account"]] = row["kind"]
    pairs = set()
    for accounts in actors.values():
        pairs |= {frozenset(two) for two in itertools.combinations(accounts, 2)}
    return pairs, kinds


def pairs_of(out):
    """Measures, probabilities and names of all compared pairs; seconds."""
    begin = time.perf_counter()
    done = subprocess.run([PROGRAM, *(f"{out}.{kind}.csv" for kind in ("accounts", "links", "uploads"))], check=True,
                          capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    rows = [line.split(",") for line in done.stdout.splitlines()]
    return rows[0][3:], [(row[0], row[1]) for row in rows[1:]], np.array([row[2:] for row in rows[1:]], dtype=float), seconds


def load(seeds, other, accounts):
    """For each seed: measures and probability, truth of each compared pair, true pairs that were never compared, and more."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            out = world(seed, folder, other, accounts)
            true, kinds = truth_of(out)
            heads, names, values, seconds = pairs_of(out)
            is_true = np.array([frozenset(pair) in true for pair in names])
            yield {"seed": seed, "out": out, "heads": heads, "names": names, "x": values[:, 1:], "p": values[:, 0], "true": is_true,
                   "all": len(true), "pairs": true, "kinds": kinds, "seconds": seconds}
            for file in Path(folder).iterdir():
                file.unlink()


def logistic(x, y, count, ridge=3.0):
    """Weights, the first of them the beginning, by Newton's steps; row i stands for count[i] rows."""
    x = np.hstack([np.ones((len(x), 1)), x])
    weights, penalty = np.zeros(x.shape[1]), np.full(x.shape[1], ridge)
    penalty[0] = 0
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (count * (p - y)) + penalty * weights
        curve = (x * (count * p * (1 - p))[:, None]).T @ x + np.diag(penalty) + 1e-9 * np.eye(x.shape[1])
        step = np.linalg.solve(curve, slope)
        weights -= step * min(1, 5 / np.abs(step).max())
        if np.abs(step).max() < 1e-5:
            break
    return weights


def with_products(x):
    return np.hstack([x] + [x[:, i : i + 1] * x[:, : i + 1] for i in range(x.shape[1])])


def isotonic(odds, y):
    """The rising curve that fits best (pool adjacent violators), thinned to few points."""
    order = np.argsort(odds)
    blocks = []
    for at in order:
        blocks.append([y[at], 1, odds[at]])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            value, count, middle = blocks.pop()
            blocks[-1] = [blocks[-1][0] + value, blocks[-1][1] + count, blocks[-1][2] + middle]
    points = [(middle / count, value / count, count) for value, count, middle in blocks]
    kept = []
    for odd, part, count in points:
        if kept and (odd - kept[-1][0] < 0.35 or kept[-1][2] < 40):
            o, p, c = kept[-1]
            kept[-1] = ((o * c + odd * count) / (c + count), (p * c + part * count) / (c + count), c + count)
        else:
            kept.append((odd, part, count))
    return [(odd, part) for odd, part, _ in kept]


def fit(_):
    """Prints weights.rs: a weight for each measure and each product of two, and the curve."""
    x, y, heads = [], [], []
    lots = np.random.default_rng(1)
    for one in load(range(1, 21), False, 4_000):
        heads = one["heads"]
        kept = one["true"] | (lots.random(len(one["true"])) < 1 / STRANGERS_ONE_IN)
        x.append(one["x"][kept])
        y.append(one["true"][kept])
    y = np.concatenate(y).astype(float)
    weights = np.round(logistic(with_products(np.vstack(x)), y, np.where(y > 0, 1, STRANGERS_ONE_IN)), 3)
    odds, true, every = [], [], 0
    for one in load(range(21, 41), False, 4_000):
        odds.append(with_products(one["x"]) @ weights[1:] + weights[0])
        true.append(one["true"])
        every += one["all"]
    odds, true = np.concatenate(odds), np.concatenate(true).astype(float)
    print("//! Weights and curve, as `bench/network/actors.py fit` writes them; no line is changed by hand.\n")
    print("/// Log odds of a candidate without any evidence.")
    print(f"pub(super) const BEGIN: f64 = {weights[0]:.3f};\n")
    n = len(heads)
    print(f"/// Of each measure.\npub(super) const SINGLE: [f64; {n}] = [\n    " + ", ".join(f"{w:.3f}" for w in weights[1 : n + 1]) + ",\n];\n")
    print("/// Of the product of a measure with itself and each before it.")
    print(f"pub(super) const PRODUCTS: [&[f64]; {n}] = [")
    at = n + 1
    for i in range(n):
        print("    &[" + ", ".join(f"{w:.3f}" for w in weights[at : at + i + 1]) + "],")
        at += i + 1
    points = isotonic(odds, true)
    print("];\n\n/// From log odds to probability: points, straight between them, flat outside.")
    print(f"pub(super) const CURVE: [(f64, f64); {len(points)}] = [")
    for odd, part in points:
        print(f"    ({odd:.3f}, {part:.5f}),")
    print("];")
    order = np.argsort(-odds)
    found = np.cumsum(true[order])
    right = found / np.arange(1, len(found) + 1)
    for wanted in (0.95, 0.955, 0.96):
        last = np.nonzero(right >= wanted)[0].max()
        least = np.interp(odds[order][last], *zip(*points))
        print(f"precision {wanted}: recall {found[last] / every:.3f}, from probability {least:.3f}", file=sys.stderr)
    print(f"of {every} true pairs {true.sum() / every:.3f} were compared", file=sys.stderr)


def judged(found, true, every):
    right = int(np.sum(found & true))
    return right / max(1, int(found.sum())), right / max(1, every)


def peer(one):
    """Jaro-Winkler between handles: precision and recall at the best threshold."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cdist
    rows = list(csv.DictReader(open(f"{one['out']}.accounts.csv")))
    handles, services = [row["handle"].lower() for row in rows], np.array([row["service"] for row in rows])
    begin = time.perf_counter()
    alike = cdist(handles, handles, scorer=JaroWinkler.similarity, score_cutoff=0.75, dtype=np.float32)
    i, j = np.nonzero(np.triu((alike > 0) & (services[:, None] != services[None, :]), 1))
    score = alike[i, j]
    seconds = time.perf_counter() - begin
    true = np.array([frozenset((rows[a]["account"], rows[b]["account"])) in one["pairs"] for a, b in zip(i, j)])
    best, most = (0.0, 0.0), (0.0, 0.0, 0.0)
    for least in np.unique(score):
        precision, recall = judged(score >= least, true, one["all"])
        if precision >= 0.95 and recall > best[1]:
            best = (precision, recall)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        if f1 > most[2]:
            most = (precision, recall, f1)
    return best, most, seconds


def judge(options):
    first, last = (int(seed) for seed in options.seeds.split("-"))
    table, probabilities, truths, by_kind, peers = [], [], [], {}, []
    for one in load(range(first, last + 1), options.other, options.accounts):
        lead = one["p"] >= LEAD_FROM
        table.append((one["seed"], *judged(lead, one["true"], one["all"]), int(lead.sum()), one["all"], one["seconds"]))
        if not options.no_peer:
            peers.append(peer(one))
        probabilities.append(one["p"])
        truths.append(one["true"])
        leads = {frozenset(pair) for pair, is_lead in zip(one["names"], lead) if is_lead}
        for pair in one["pairs"]:
            kind = max((one["kinds"][account] for account in pair), key=["first", "same", "varied", "unlike"].index)
            by_kind.setdefault("handle " + kind, []).append(pair in leads)
        for pair in leads - one["pairs"]:
            kinds = {one["kinds"][account] for account in pair}
            decoy = "fan" if "fan" in kinds else "mirror" if "mirror" in kinds else "others"
            by_kind.setdefault("false: " + decoy, []).append(True)
    for seed, precision, recall, leads, every, seconds in table:
        print(f"{seed}: precision {precision:.3f}, recall {recall:.3f}, {leads} leads, {every} true pairs, {seconds:.1f} s")
    columns = np.array([row[1:] for row in table])
    print(f"mean: precision {columns[:, 0].mean():.3f} (worst {columns[:, 0].min():.3f}), recall {columns[:, 1].mean():.3f} "
          f"(worst {columns[:, 1].min():.3f}), {columns[:, 4].mean():.2f} s")
    for kind, found in sorted(by_kind.items()):
        print(f"{kind}: {len(found)}" if kind.startswith("false") else f"{kind}: recall {np.mean(found):.3f} of {len(found)}")
    if peers:
        best, most = np.array([row[0] for row in peers]), np.array([row[1] for row in peers])
        print(f"Jaro-Winkler of handles, best threshold of each seed: recall {best[:, 1].mean():.3f} at precision 0.95 or more"
              f"; at its best F1 precision {most[:, 0].mean():.3f}, recall {most[:, 1].mean():.3f}")
    p, true = np.concatenate(probabilities), np.concatenate(truths)
    error, shown = 0.0, 0.0
    at_work = p >= BINS[1]
    for low, high in zip(BINS, BINS[1:]):
        among = (p >= low) & (p < high)
        if not among.any():
            continue
        said, was = p[among].mean(), true[among].mean()
        error += abs(said - was) * among.sum() / len(p)
        shown += abs(said - was) * (among & at_work).sum() / at_work.sum()
        print(f"said {low:.2f} to {min(high, 1):.2f}: {among.sum()} pairs, mean said {said:.3f}, true {was:.3f}")
    print(f"expected calibration error {error:.4f}; of pairs from {BINS[1]} on {shown:.4f}; Brier {np.mean((p - true) ** 2):.5f}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=["fit", "judge"])
    options.add_argument("--seeds", default="1101-1120")
    options.add_argument("--other", action="store_true")
    options.add_argument("--accounts", type=int, default=4_000)
    options.add_argument("--no-peer", action="store_true")
    chosen = options.parse_args()
    {"fit": fit, "judge": judge}[chosen.what](chosen)


if __name__ == "__main__":
    main()
